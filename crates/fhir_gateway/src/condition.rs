//! An FSIII condition: Condition, profile klgateway-119-condition. The category says whether the course works on it.

use domain::condition::{Condition, ConditionState};
use serde::Serialize;

use crate::elements::{Coding, Concept, Day, Reference};
use crate::kind::ResourceKind;
use crate::records::WithdrawnCondition;
use crate::report::{BuildError, Sheet};
use crate::scope::Scope;
use crate::systems::{CLINICAL, CONDITION_CATEGORY, FSIII, VERIFICATION};

#[derive(Serialize)]
struct Told {
    #[serde(rename = "clinicalStatus")]
    clinical_status: Concept<'static>,
    #[serde(rename = "verificationStatus")]
    verification_status: Concept<'static>,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<[Concept<'static>; 1]>,
    code: Concept<'static>,
    subject: Reference,
    #[serde(rename = "recordedDate")]
    recorded_on: Day,
}

/// Writes a condition.
pub fn write(condition: &Condition, scope: &Scope<'_>, sheet: &mut Sheet) -> Result<(), BuildError> {
    let (active, verified, in_focus) = told_state(condition.state, scope.options.withdrawn_condition);
    let subject = sheet.refer(ResourceKind::Citizen, condition.citizen.0);
    let told = Told {
        clinical_status: clinical(active),
        verification_status: verification(verified),
        category: in_focus.then(|| [Coding::bare(CONDITION_CATEGORY, "problem-list-item").into()]),
        code: Coding::new(FSIII, condition.code.code(), condition.code.label()).into(),
        subject,
        recorded_on: Day(condition.recorded_on),
    };
    sheet.write((ResourceKind::Condition, condition.id.0), &told)
}

/// Whether it is active, how sure, whether in focus: the guide's table, and the choice for a withdrawn one.
const fn told_state(state: ConditionState, withdrawn: WithdrawnCondition) -> (bool, &'static str, bool) {
    match (state, withdrawn) {
        (ConditionState::InFocus, _) => (true, "confirmed", true),
        (ConditionState::OutOfFocus, _) => (true, "confirmed", false),
        (ConditionState::Resolved, _) | (ConditionState::EnteredInError, WithdrawnCondition::Inactive) => {
            (false, "confirmed", false)
        }
        (ConditionState::EnteredInError, WithdrawnCondition::EnteredInError) => (true, "entered-in-error", false),
    }
}

/// `clinicalStatus`; the profile forbids a display.
pub fn clinical(active: bool) -> Concept<'static> {
    Coding::bare(CLINICAL, if active { "active" } else { "inactive" }).into()
}

/// `verificationStatus`.
pub fn verification(code: &'static str) -> Concept<'static> {
    Coding::bare(VERIFICATION, code).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_told_as_the_table_says() {
        use WithdrawnCondition as W;
        assert_eq!(told_state(ConditionState::InFocus, W::EnteredInError), (true, "confirmed", true));
        assert_eq!(told_state(ConditionState::OutOfFocus, W::EnteredInError), (true, "confirmed", false));
        assert_eq!(told_state(ConditionState::Resolved, W::EnteredInError), (false, "confirmed", false));
        assert_eq!(told_state(ConditionState::EnteredInError, W::EnteredInError), (true, "entered-in-error", false));
        assert_eq!(told_state(ConditionState::EnteredInError, W::Inactive), (false, "confirmed", false));
    }
}
