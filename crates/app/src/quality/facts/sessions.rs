//! Individual sessions of a course, seats in groups, and attendance at either.

use std::collections::BTreeMap;

use domain::calendar::{AppointmentReason, AppointmentState};
use domain::care_plan::PlanStatus;
use domain::codes::{DeliveryType, EncounterClass};
use domain::encounter::{Encounter, EncounterStatus};
use domain::ids::EncounterId;
use domain::planned_intervention::PlannedIntervention;
use domain::workdays::{local_date, local_time};
use jiff::civil::Time;
use standard::facts::words::{AttendanceStatus, Format, Mode};
use standard::facts::{Attendance, Enrolment, Session};

use super::CourseView;
use super::codes::said;
use super::elements::covered;
use super::interventions::{contacts, granted};

/// The individual sessions of the interventions: their contacts that were no team's, and completed modules of digital
/// courses. What a session covered is what was ticked of the intervention by the next one.
pub(super) fn of(view: &CourseView<'_>) -> Vec<Session> {
    let mut all = Vec::new();
    for it in granted(view) {
        let contacts = contacts(view, it);
        let mut elements = ticked(view, it, &contacts);
        let alone = contacts.iter().filter(|one| one.session.is_none() && one.status != EncounterStatus::Planned);
        all.extend(alone.map(|one| session(view, it, one, elements.remove(&one.id).unwrap_or_default())));
        all.extend(modules(view, it));
    }
    all
}

fn ticked(
    view: &CourseView<'_>,
    it: &PlannedIntervention,
    contacts: &[&Encounter],
) -> BTreeMap<EncounterId, Vec<String>> {
    let checklist = view.record.checklists.iter().map(|one| &one.value).find(|one| one.intervention == it.id);
    checklist.map_or_else(BTreeMap::new, |checklist| covered(checklist, it.code, contacts.iter().copied()))
}

fn session(view: &CourseView<'_>, it: &PlannedIntervention, contact: &Encounter, elements: Vec<String>) -> Session {
    let times = view.record.appointments.iter().map(|time| &time.value);
    let time = times.filter(|time| time.intervention == it.id).find(|time| time.start == contact.start);
    Session {
        id: contact.id.to_string(),
        intervention: Some(it.id.to_string()),
        date: Some(local_time(contact.start)),
        planned_minutes: minutes(contact.start, contact.end),
        held: Some(contact.status == EncounterStatus::Finished),
        format: Some(Format::Individual),
        mode: Some(mode(contact.class)),
        place: time.and_then(|time| said(&time.place)),
        led_by: contact.held_by.iter().map(ToString::to_string).collect(),
        elements_covered: elements,
        ..Session::default()
    }
}

/// Whole minutes from start to end.
pub(in crate::quality) fn minutes(start: jiff::Timestamp, end: jiff::Timestamp) -> Option<i32> {
    i32::try_from(end.duration_since(start).as_mins()).ok()
}

pub(in crate::quality) const fn mode(class: EncounterClass) -> Mode {
    match class {
        EncounterClass::AtPremises => Mode::Fremmoede,
        EncounterClass::Home => Mode::Hjemmebesoeg,
        EncounterClass::Phone => Mode::Telefon,
        EncounterClass::Screen => Mode::Video,
    }
}

/// Completed modules: each is a session in the app, without anybody there. Of a module the day is known, not the time.
fn modules(view: &CourseView<'_>, it: &PlannedIntervention) -> Vec<Session> {
    let digital = view.record.digital_course(it.id).map(|of| &of.value);
    let modules = digital.into_iter().flat_map(|of| of.modules.iter().enumerate());
    let done = modules.filter_map(|(at, module)| Some((at, module.completed_on?)));
    done.map(|(at, on)| Session {
        id: format!("{}-modul-{at}", it.id),
        intervention: Some(it.id.to_string()),
        unsupervised: Some(true),
        date: Some(on.to_datetime(Time::midnight())),
        held: Some(true),
        format: Some(Format::Individual),
        mode: Some(Mode::App),
        ..Session::default()
    })
    .collect()
}

/// The seats: interventions with a team, and what its leader must mind as staff noted it. On which day the seat was
/// given is not kept with the citizen.
pub(super) fn enrolments(view: &CourseView<'_>) -> Vec<Enrolment> {
    let seats = granted(view).filter(|it| it.delivery == DeliveryType::Group);
    seats.filter_map(enrolment).collect()
}

fn enrolment(it: &PlannedIntervention) -> Option<Enrolment> {
    let (completed_on, dropped_on) = match it.status {
        PlanStatus::Completed { ended_on } => (Some(ended_on), None),
        PlanStatus::Stopped { ended_on, .. } | PlanStatus::Cancelled { ended_on, .. } => (None, Some(ended_on)),
        _ => (None, None),
    };
    let minded: Vec<&str> = it.care.iter().map(|point| point.label()).collect();
    Some(Enrolment {
        id: it.id.to_string(),
        intervention: Some(it.id.to_string()),
        group: Some(it.team?.to_string()),
        completed_on,
        dropped_on,
        adaptation_note: said(&minded.join(", ")),
        ..Enrolment::default()
    })
}

/// Who came to what: contacts that were held, that somebody stayed away from, or sent regrets for; and times that we called
/// off.
pub(super) fn attendances(view: &CourseView<'_>) -> Vec<Attendance> {
    let mut all = Vec::new();
    for it in granted(view) {
        all.extend(contacts(view, it).into_iter().filter_map(|contact| attendance(it, contact)));
        let times = view.record.appointments.iter().map(|time| &time.value).filter(|time| time.intervention == it.id);
        let ours = |state: &AppointmentState| match state {
            AppointmentState::Cancelled { reason, .. } => *reason == AppointmentReason::Staff,
            AppointmentState::Booked | AppointmentState::Moved { .. } | AppointmentState::Held => false,
        };
        all.extend(times.filter(|time| ours(&time.state)).map(|time| Attendance {
            id: time.id.to_string(),
            session: None,
            intervention: Some(it.id.to_string()),
            status: Some(AttendanceStatus::CancelledByUs),
            date: Some(local_date(time.start)),
        }));
    }
    all
}

fn attendance(it: &PlannedIntervention, contact: &Encounter) -> Option<Attendance> {
    let status = match contact.status {
        EncounterStatus::Finished => AttendanceStatus::Present,
        EncounterStatus::NoShow => AttendanceStatus::NoShow,
        // A session that is called off makes no contact: a cancelled one is regrets.
        EncounterStatus::Cancelled => AttendanceStatus::Excused,
        EncounterStatus::Planned | EncounterStatus::EnteredInError => return None,
    };
    Some(Attendance {
        id: format!("{}-fremmøde", contact.id),
        session: Some(contact.session.map_or_else(|| contact.id.to_string(), |session| session.to_string())),
        intervention: Some(it.id.to_string()),
        status: Some(status),
        date: Some(local_date(contact.start)),
    })
}
