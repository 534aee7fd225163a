//! What a course's picture shows, read from the record: a lane per kind, each with its bars and marks.

use domain::calendar::Appointment;
use domain::care_plan::CarePlan;
use domain::course::CourseState;
use domain::encounter::{Encounter, EncounterBasis, EncounterStatus};
use domain::follow_up::FollowUpState;
use domain::ids::CourseId;
use domain::referral::ReferralState;
use domain::workdays::local_date;
use jiff::civil::Date;

use crate::citizens::MessageRow;
use crate::language::Language;
use crate::mailbox::outgoing_label;
use crate::records::{CitizenRecord, StoredRequest};

/// The sign of an event; its form carries the meaning, never its colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Referral,
    Call,
    Talk,
    Planned,
    Came,
    Regrets,
    Away,
    Message,
    Event,
}

impl Shape {
    /// All of them, in the order of the legend.
    pub(super) const ALL: [Self; 9] = [
        Self::Referral,
        Self::Call,
        Self::Talk,
        Self::Planned,
        Self::Came,
        Self::Regrets,
        Self::Away,
        Self::Message,
        Self::Event,
    ];

    /// The id of its drawing.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Referral => "referral",
            Self::Call => "call",
            Self::Talk => "talk",
            Self::Planned => "planned",
            Self::Came => "came",
            Self::Regrets => "regrets",
            Self::Away => "away",
            Self::Message => "message",
            Self::Event => "event",
        }
    }

    /// What the legend says.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Referral => "Henvisning",
            Self::Call => "Opkald",
            Self::Talk => "Samtale",
            Self::Planned => "Planlagt",
            Self::Came => "Mødt",
            Self::Regrets => "Afbud",
            Self::Away => "Udeblevet",
            Self::Message => "Besked",
            Self::Event => "Hændelse",
        }
    }
}

/// Something that happened, or is going to, on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Event {
    pub(super) on: Date,
    pub(super) shape: Shape,
    pub(super) text: String,
    /// What the sender wrote about it.
    pub(super) about: Option<String>,
}

impl Event {
    fn new(on: Date, shape: Shape, text: impl Into<String>) -> Self {
        Self { on, shape, text: text.into(), about: None }
    }
}

/// Something that lasts; without an end it goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: Date,
    pub(super) to: Option<Date>,
    pub(super) text: String,
}

/// A row of the picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lane {
    pub(super) label: String,
    pub(super) bar: Option<Span>,
    /// Oldest first.
    pub(super) events: Vec<Event>,
}

impl Lane {
    /// The lane as it is drawn for a reader: words are cut to their room, so they are read before they are drawn.
    pub(super) fn read_in(&self, language: Language) -> Self {
        let text = |event: &Event| {
            let text = language.text(&event.text);
            event.about.as_ref().map_or_else(|| text.clone(), |about| format!("{text}: {about}"))
        };
        Self {
            label: language.text(&self.label),
            bar: self.bar.as_ref().map(|bar| Span { text: language.text(&bar.text), ..bar.clone() }),
            events: self.events.iter().map(|event| Event::new(event.on, event.shape, text(event))).collect(),
        }
    }
}

/// The lanes of a course that have something in them.
pub(super) fn lanes(record: &CitizenRecord, messages: &[MessageRow], course: CourseId) -> Vec<Lane> {
    let simple = [
        ("Henvisninger", referrals(record, course)),
        ("Opkald", calls(record, course)),
        ("Samtaler", talks(record, course)),
    ];
    let after = [
        ("Beskeder", letters(record, messages, course)),
        ("Opfølgning", follow_ups(record, course)),
        ("Hændelser", happenings(record, course)),
    ];
    let lane = |(label, events): (&str, Vec<Event>)| Lane { label: label.to_owned(), bar: None, events };
    let plans = record.care_plans.iter().map(|p| &p.value).filter(|p| p.course == course);
    let plans = plans.filter_map(|plan| plan_lane(record, plan));
    let mut all: Vec<Lane> = simple.into_iter().map(lane).chain(plans).chain(after.into_iter().map(lane)).collect();
    all.retain(|lane| lane.bar.is_some() || !lane.events.is_empty());
    for lane in &mut all {
        lane.events.sort_by_key(|event| event.on);
    }
    all
}

/// The requests that the course answers.
pub(super) fn requests_of(record: &CitizenRecord, course: CourseId) -> impl Iterator<Item = &StoredRequest> {
    let joined = move |stored: &&StoredRequest| matches!(&stored.request.state, ReferralState::Joined { course: to, .. } if *to == course);
    record.requests.iter().map(|r| &r.value).filter(joined)
}

fn referrals(record: &CitizenRecord, course: CourseId) -> Vec<Event> {
    let event = |stored: &StoredRequest| {
        let areas = || stored.request.areas.iter().map(|a| a.label()).collect::<Vec<_>>().join(", ");
        let about = stored.focus.first().map(|focus| focus.text.clone());
        let areas = about.is_none().then(areas).filter(|areas| !areas.is_empty());
        let source = stored.request.source.label();
        let text = areas.map_or_else(|| source.to_owned(), |areas| format!("{source}: {areas}"));
        Event { about, ..Event::new(local_date(stored.request.received_at), Shape::Referral, text) }
    };
    requests_of(record, course).map(event).collect()
}

fn calls(record: &CitizenRecord, course: CourseId) -> Vec<Event> {
    let requests: Vec<_> = requests_of(record, course).map(|stored| stored.request.id).collect();
    let ours = record.attempts.iter().map(|a| &a.value).filter(|a| requests.contains(&a.service_request));
    let text = |reached| if reached { "Truffet" } else { "Ikke truffet" };
    ours.map(|a| {
        let text = format!("{}: {}", a.channel.label(), text(a.reached).to_lowercase());
        Event::new(local_date(a.at), Shape::Call, text)
    })
    .collect()
}

fn talks(record: &CitizenRecord, course: CourseId) -> Vec<Event> {
    let label = |id| record.interventions.iter().find(|i| i.value.id == id).map(|i| i.value.code.label());
    let of_talk = |encounter: &Encounter| match encounter.based_on {
        EncounterBasis::Intervention(id) => label(id),
        EncounterBasis::CarePlan(_) => None,
    };
    let held = record.encounters.iter().map(|e| &e.value).filter(|e| e.course == course).filter_map(|encounter| {
        let shape = match encounter.status {
            EncounterStatus::Finished => Shape::Talk,
            EncounterStatus::Planned => Shape::Planned,
            EncounterStatus::Cancelled => Shape::Regrets,
            EncounterStatus::NoShow => Shape::Away,
            EncounterStatus::EnteredInError => return None,
        };
        Some(Event::new(local_date(encounter.start), shape, of_talk(encounter)?))
    });
    let times = record.appointments.iter().map(|a| &a.value).filter(|a| a.course == course && a.state.is_active());
    let time = |time: &Appointment| Event::new(local_date(time.start), Shape::Planned, time.code.label());
    held.chain(times.map(time)).collect()
}

/// A course of interventions: when it runs, and every time somebody was expected.
fn plan_lane(record: &CitizenRecord, plan: &CarePlan) -> Option<Lane> {
    let parts: Vec<_> =
        record.interventions.iter().map(|i| &i.value).filter(|i| i.care_plan == Some(plan.id)).collect();
    // Follow-ups have a lane of their own, with their days.
    if !parts.is_empty() && parts.iter().all(|i| i.code == domain::codes::InterventionCode::FollowUp) {
        return None;
    }
    let names: Vec<_> = parts.iter().map(|i| i.code.label()).collect();
    let label = if names.is_empty() { plan.category.label().to_owned() } else { names.join(", ") };
    let times = record.encounters.iter().map(|e| &e.value).filter(|e| e.based_on == EncounterBasis::CarePlan(plan.id));
    let events: Vec<Event> = times
        .filter_map(|encounter| {
            let (shape, text) = match encounter.status {
                EncounterStatus::Finished => (Shape::Came, "Mødt"),
                EncounterStatus::Planned => (Shape::Planned, "Planlagt"),
                EncounterStatus::Cancelled => (Shape::Regrets, "Afbud"),
                EncounterStatus::NoShow => (Shape::Away, "Udeblevet"),
                EncounterStatus::EnteredInError => return None,
            };
            Some(Event::new(local_date(encounter.start), shape, text))
        })
        .collect();
    let first = events.iter().map(|e| e.on).min();
    let from = plan.status.started_on().into_iter().chain(first).min().unwrap_or(plan.granted_on);
    let planned_end = parts.iter().filter_map(|i| i.planned_end_on).max();
    let came = attended(&events);
    let so_far = came.map_or_else(|| plan.status.label().to_owned(), |came| format!("{}, {came}", plan.status.label()));
    let bar = Span { from, to: plan.status.ended_on().or(planned_end).map(|to| to.max(from)), text: so_far };
    Some(Lane { label, bar: Some(bar), events })
}

/// "5 af 6 gange"; nothing before the first time.
pub(super) fn attended(events: &[Event]) -> Option<String> {
    let came = events.iter().filter(|e| e.shape == Shape::Came).count();
    let all = events.iter().filter(|e| matches!(e.shape, Shape::Came | Shape::Regrets | Shape::Away)).count();
    (all > 0).then(|| format!("{came} af {all} {}", if all == 1 { "gang" } else { "gange" }))
}

/// Letters, not receipts, from the first request to the end of the course.
fn letters(record: &CitizenRecord, messages: &[MessageRow], course: CourseId) -> Vec<Event> {
    let Some(from) = requests_of(record, course).map(|stored| stored.request.received_at).min() else {
        return Vec::new();
    };
    let letters = messages.iter().filter(|m| !m.incoming && m.at >= from && m.kind.starts_with("XDIS"));
    let event = |m: &MessageRow| Event::new(local_date(m.at), Shape::Message, outgoing_label(&m.kind));
    letters.map(event).collect()
}

fn follow_ups(record: &CitizenRecord, course: CourseId) -> Vec<Event> {
    let ours = record.follow_ups.iter().map(|f| &f.value).filter(|f| f.course == course);
    let event = |f: &domain::follow_up::FollowUp| {
        let (on, shape, text) = match &f.state {
            FollowUpState::Planned => (f.due_on, Shape::Planned, "Opfølgning"),
            FollowUpState::Done { on, .. } => (*on, Shape::Talk, "Fulgt op"),
            FollowUpState::NotReached { on } => (*on, Shape::Away, "Ikke truffet"),
            FollowUpState::Declined { on } => (*on, Shape::Regrets, "Takket nej"),
            FollowUpState::Cancelled { .. } => return None,
        };
        Some(Event::new(on, shape, text))
    };
    ours.filter_map(event).collect()
}

fn happenings(record: &CitizenRecord, course: CourseId) -> Vec<Event> {
    let state = record.courses.iter().find(|c| c.value.id == course).map(|c| &c.value.state);
    let end = state.and_then(|state| Some((ended_on(state)?, state.label())));
    let death = record.citizen.value.deceased_on.map(|on| (on, "Død"));
    // Death closes the course the same day and says it better.
    let all = death.or(end).into_iter();
    all.map(|(on, text)| Event::new(on, Shape::Event, text)).collect()
}

/// When a course ended.
pub(super) fn ended_on(state: &CourseState) -> Option<Date> {
    match state {
        CourseState::Closed { at }
        | CourseState::Withdrawn { at }
        | CourseState::Transferred { at }
        | CourseState::Dead { at }
        | CourseState::Archived { at } => Some(local_date(*at)),
        CourseState::Intake
        | CourseState::Clarifying
        | CourseState::Planned
        | CourseState::Active
        | CourseState::Paused { .. }
        | CourseState::Closing { .. } => None,
    }
}
