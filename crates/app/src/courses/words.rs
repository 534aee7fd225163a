//! How a course and its parts are said wherever they are shown: the tag of each state, and what a contact was.

use domain::care_plan::PlanStatus;
use domain::course::CourseState;
use domain::encounter::{Encounter, EncounterBasis, EncounterStatus};
use domain::ids::CarePlanId;
use domain::planned_intervention::PlannedIntervention;

use crate::layout::Tag;
use crate::records::CitizenRecord;

/// Where a course stands.
pub(crate) fn course_tag(state: &CourseState) -> Tag {
    match state {
        CourseState::Closed { .. } | CourseState::Archived { .. } => Tag::done(state.label()),
        CourseState::Paused { .. } => Tag::partly(state.label()),
        open if open.is_open() => Tag::of("wait", "wait", state.label()),
        _ => Tag::of("line", "flag", state.label()),
    }
}

/// Where a plan or an intervention stands.
pub(crate) fn plan_tag(status: PlanStatus) -> Tag {
    match status {
        PlanStatus::Completed { .. } => Tag::done(status.label()),
        PlanStatus::Active { .. } => Tag::of("wait", "wait", status.label()),
        PlanStatus::Granted | PlanStatus::Paused { .. } => Tag::partly(status.label()),
        PlanStatus::Cancelled { .. } | PlanStatus::Stopped { .. } | PlanStatus::EnteredInError { .. } => {
            Tag::of("line", "flag", status.label())
        }
    }
}

/// Whether a contact was held.
pub(crate) fn encounter_tag(status: EncounterStatus) -> Tag {
    match status {
        EncounterStatus::Finished => Tag::done(status.label()),
        EncounterStatus::Planned => Tag::planned(status.label()),
        EncounterStatus::Cancelled | EncounterStatus::NoShow | EncounterStatus::EnteredInError => {
            Tag::of("line", "flag", status.label())
        }
    }
}

/// The talk, or the names of the interventions.
pub(crate) fn what_was_held(record: &CitizenRecord, encounter: &Encounter) -> String {
    match encounter.based_on {
        EncounterBasis::Intervention(id) => {
            let talk = record.interventions.iter().find(|i| i.value.id == id);
            talk.map_or("Samtale", |i| i.value.code.label()).to_owned()
        }
        EncounterBasis::CarePlan(plan) => {
            let names: Vec<&str> = in_plan(record, Some(plan)).map(|i| i.code.label()).collect();
            if names.is_empty() { "Kontakt".to_owned() } else { names.join(", ") }
        }
    }
}

/// The interventions of a care plan, or those that stand alone, in the order they were granted.
pub(crate) fn in_plan(record: &CitizenRecord, plan: Option<CarePlanId>) -> impl Iterator<Item = &PlannedIntervention> {
    record.interventions.iter().map(|i| &i.value).filter(move |i| i.care_plan == plan)
}
