//! Where the forms of STOPbasen stand for a nicotine intervention, and what they lack.

use domain::codes::InterventionCode;
use domain::ids::CourseId;
use domain::planned_intervention::PlannedIntervention;
use domain::response::{Response, ResponseStatus};
use domain::stop_course::StopForm;
use jiff::civil::Date;

use crate::measures::Instruments;
use crate::records::CitizenRecord;

/// The nicotine interventions of a citizen, the oldest first, each with the granting day of the next one.
pub(crate) fn nicotine(record: &CitizenRecord) -> Vec<(&PlannedIntervention, Option<Date>)> {
    let all = record.interventions.iter().map(|i| &i.value);
    let mut ours: Vec<_> = all.filter(|i| i.code == InterventionCode::NicotineCessation).collect();
    ours.sort_by_key(|i| (i.granted_on, i.id));
    with_next(&ours)
}

/// Each with the granting day of the next one; they stand in the order of their days.
fn with_next<'a>(ours: &[&'a PlannedIntervention]) -> Vec<(&'a PlannedIntervention, Option<Date>)> {
    let next = |place: usize, day: Date| ours[place..].iter().map(|i| i.granted_on).find(|other| *other > day);
    ours.iter().enumerate().map(|(place, it)| (*it, next(place, it.granted_on))).collect()
}

/// The newest nicotine intervention of a course, with the granting day of the next one.
pub(super) fn of_course(record: &CitizenRecord, course: CourseId) -> Option<(&PlannedIntervention, Option<Date>)> {
    nicotine(record).into_iter().rev().find(|(it, _)| it.course == course)
}

/// The newest nicotine intervention of all.
pub(super) fn newest(record: &CitizenRecord) -> Option<&PlannedIntervention> {
    nicotine(record).into_iter().next_back().map(|(it, _)| it)
}

/// The answers of a form for an intervention.
pub(super) fn answered<'a>(
    record: &'a CitizenRecord,
    form: StopForm,
    (it, next): (&PlannedIntervention, Option<Date>),
) -> Option<&'a Response> {
    form.answered(it.granted_on, next, record.responses.iter().map(|r| &r.value))
}

/// Whether an instrument is offered for a citizen: STOPbasen's forms need the consents that go with them.
pub(crate) fn may_offer(record: &CitizenRecord, instrument: &str) -> bool {
    StopForm::parse(instrument).map_or(true, |form| form.allowed(&record.consent_values()).is_ok())
}

/// The questions without an answer, in their order; "not stated" is an answer.
pub(super) fn missing(known: &Instruments, response: &Response) -> Vec<String> {
    if response.status == ResponseStatus::Complete {
        return Vec::new();
    }
    let Some(instrument) = known.find(&response.instrument, response.version) else { return Vec::new() };
    let open = instrument.items.iter().filter(|item| !item.optional && !response.answers.contains_key(&item.no));
    open.map(|item| item.text.clone()).collect()
}
