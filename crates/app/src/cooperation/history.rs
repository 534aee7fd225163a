//! What a record said before it was corrected, version by version.

use jiff::Timestamp;

use super::kept::Written;
use crate::layout::Moment;

/// A version before the newest.
pub(super) struct Before {
    pub(super) at: Moment,
    pub(super) by: String,
    pub(super) said: Vec<(&'static str, String)>,
}

/// The versions before the newest that said something else, the newest first. `said` gives the texts of one.
pub(super) fn before<R>(
    versions: &[Written<R>],
    now: Timestamp,
    said: impl Fn(&R) -> Vec<(&'static str, String)>,
) -> Vec<Before> {
    let mut shown: Vec<Before> = Vec::new();
    let mut last = versions.first().map(|newest| said(&newest.value));
    for version in versions.iter().skip(1) {
        let texts = said(&version.value);
        if last.as_ref() == Some(&texts) {
            continue;
        }
        last = Some(texts.clone());
        let said = texts.into_iter().filter(|(_, text)| !text.is_empty()).collect();
        shown.push(Before { at: Moment::exactly(version.at, now), by: version.by.clone(), said });
    }
    shown
}
