//! What comes into a report: what changed, and from there everything that is referred to, to the end.

use crate::kind::{Key, ResourceKind};
use crate::scope::Scope;

use super::{BuildError, Draft, Inclusion, Sheet};

/// The drafts of the report in the order of the entries; empty when there is nothing to tell.
pub fn choose<'d>(
    sheet: &Sheet,
    drafts: &'d [Draft],
    scope: &Scope<'_>,
) -> Result<Vec<(&'d Draft, Inclusion)>, BuildError> {
    let standing: Vec<Inclusion> = drafts.iter().map(|draft| compare(draft, scope)).collect();
    let mut open: Vec<usize> = (0..drafts.len()).filter(|i| starts(&drafts[*i], standing[*i])).collect();
    if open.is_empty() {
        return Ok(Vec::new());
    }
    // The citizen is the first draft and always comes along.
    open.push(0);
    let mut chosen = vec![false; drafts.len()];
    while let Some(i) = open.pop() {
        if !std::mem::replace(&mut chosen[i], true) {
            for key in &sheet.references[drafts[i].references.clone()] {
                open.push(place(drafts, *key, scope)?);
            }
        }
    }
    Ok(drafts.iter().zip(standing).zip(chosen).filter(|(_, chosen)| *chosen).map(|(pair, _)| pair).collect())
}

fn compare(draft: &Draft, scope: &Scope<'_>) -> Inclusion {
    match scope.reported.0.get(&draft.key) {
        None => Inclusion::New,
        Some(hash) if *hash == draft.hash => Inclusion::Referred,
        Some(_) => Inclusion::Updated,
    }
}

/// Whether a draft is a reason to send a report. A citizen alone is none until death or withdrawal changes it.
fn starts(draft: &Draft, standing: Inclusion) -> bool {
    match standing {
        Inclusion::New => draft.stands_alone && draft.key.0 != ResourceKind::Citizen,
        Inclusion::Updated => draft.stands_alone,
        Inclusion::Referred => false,
    }
}

fn place(drafts: &[Draft], key: Key, scope: &Scope<'_>) -> Result<usize, BuildError> {
    drafts.binary_search_by_key(&key, |draft| draft.key).map_err(|_| missing(key, scope))
}

fn missing((kind, id): Key, scope: &Scope<'_>) -> BuildError {
    if kind == ResourceKind::Organization && scope.organization(id.into()).is_some() {
        BuildError::PerformerWithoutSor(id)
    } else {
        BuildError::Missing { kind, id }
    }
}
