//! Every resource the record gives rise to, rendered once and fingerprinted, in the order of the entries.

use crate::kind::{Key, ResourceKind};
use crate::reported::ContentHash;
use crate::scope::Scope;
use crate::{
    care_plan, citizen, condition, encounter, focus_condition, organization, planned_intervention, service_request,
};

use super::{BuildError, Draft, Sheet};

/// Renders the record.
pub fn draw(scope: &Scope<'_>) -> Result<(Sheet, Vec<Draft>), BuildError> {
    let records = &scope.records;
    let mut desk = Desk::for_about(records.care_plans.len() + records.interventions.len() + records.encounters.len());
    desk.draw((ResourceKind::Citizen, records.citizen.id.0), true, |sheet| citizen::write(scope, sheet))?;
    requests(scope, &mut desk)?;
    for it in records.conditions.iter().filter(|c| scope.shows_condition(c)) {
        desk.draw((ResourceKind::Condition, it.id.0), true, |sheet| condition::write(it, scope, sheet))?;
    }
    for it in records.care_plans {
        let told = !scope.plan_is_untold(it);
        desk.draw((ResourceKind::CarePlan, it.id.0), told, |sheet| care_plan::write(it, sheet))?;
    }
    for it in records.interventions {
        let told = !scope.intervention_is_untold(it);
        desk.draw((ResourceKind::PlannedIntervention, it.id.0), told, |sheet| {
            planned_intervention::write(it, scope, sheet)
        })?;
    }
    for it in records.encounters {
        if let Some(status) = encounter::status(it, scope) {
            desk.draw((ResourceKind::Encounter, it.id.0), true, |sheet| encounter::write(it, status, sheet))?;
        }
    }
    organizations(scope, &mut desk)?;
    desk.sorted()
}

/// Requests with their diagnoses. A diagnosis stands for itself only when it was told before: else its request tells.
fn requests(scope: &Scope<'_>, desk: &mut Desk) -> Result<(), BuildError> {
    for it in scope.records.service_requests {
        if let Some(status) = service_request::status(it, scope) {
            desk.draw((ResourceKind::ServiceRequest, it.id.0), true, |sheet| {
                service_request::write(it, status, scope, sheet)
            })?;
        }
    }
    for it in scope.records.focus_conditions.iter().filter(|f| scope.shows_focus(f)) {
        let key = (ResourceKind::FocusCondition, it.id.0);
        desk.draw(key, scope.reported.has(key), |sheet| focus_condition::write(it, scope, sheet))?;
    }
    Ok(())
}

/// Organisations that something refers to or that were told before. One without a SOR code is left out here; it is an
/// error only when the report needs it.
fn organizations(scope: &Scope<'_>, desk: &mut Desk) -> Result<(), BuildError> {
    let mut wanted: Vec<Key> = desk.sheet.references.clone();
    wanted.retain(|(kind, _)| *kind == ResourceKind::Organization);
    wanted.sort_unstable();
    wanted.dedup();
    for it in scope.records.organizations {
        let key = (ResourceKind::Organization, it.id.0);
        let told = scope.reported.has(key);
        if let Some(sor) = it.sor.as_ref().filter(|_| told || wanted.binary_search(&key).is_ok()) {
            desk.draw(key, told, |sheet| organization::write(it, sor, sheet))?;
        }
    }
    Ok(())
}

struct Desk {
    sheet: Sheet,
    drafts: Vec<Draft>,
}

impl Desk {
    /// Room for so many resources and the few that every record has.
    fn for_about(count: usize) -> Self {
        Self { sheet: Sheet::for_about(count + 6), drafts: Vec::with_capacity(count + 6) }
    }

    fn draw(
        &mut self,
        key: Key,
        stands_alone: bool,
        write: impl FnOnce(&mut Sheet) -> Result<(), BuildError>,
    ) -> Result<(), BuildError> {
        let (text, first) = (self.sheet.bytes.len(), self.sheet.references.len());
        write(&mut self.sheet)?;
        let text = text..self.sheet.bytes.len();
        let hash = ContentHash::of(&self.sheet.bytes[text.clone()]);
        self.drafts.push(Draft { key, text, references: first..self.sheet.references.len(), hash, stands_alone });
        Ok(())
    }

    fn sorted(mut self) -> Result<(Sheet, Vec<Draft>), BuildError> {
        self.drafts.sort_unstable_by_key(|draft| draft.key);
        match self.drafts.windows(2).find(|pair| pair[0].key == pair[1].key) {
            Some(pair) => Err(BuildError::Twice { kind: pair[0].key.0, id: pair[0].key.1 }),
            None => Ok((self.sheet, self.drafts)),
        }
    }
}
