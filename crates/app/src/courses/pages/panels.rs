//! The panels below a course's picture, each a list of lines.

use domain::care_plan::PlanStatus;
use domain::codes::{DeliveryType, EncounterClass, InterventionCode, StopReason};
use domain::consent::Consent;
use domain::course::Course;
use domain::encounter::Encounter;
use domain::follow_up::FollowUpState;
use domain::goal::GoalOutcome;
use domain::ids::CourseId;
use domain::message::Delivery;
use domain::planned_intervention::{PlannedIntervention, check_grant};
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::lanes::{Event, Lane, Shape, attended, ended_on, requests_of};
use crate::access::{User, name_of};
use crate::citizens::{CitizenView, MessageRow};
use crate::courses::{encounter_tag, plan_tag, what_was_held};
use crate::layout::{Choice, Link, Moment, Tag, capitalised, dates};
use crate::mailbox::{delivery_next, delivery_tag, outgoing_label, take_back_href};
use crate::records::CitizenRecord;
use crate::safety::{self, ChecklistView};
use crate::{calendar, digital, suppliers, talks};

pub(super) struct GoalLine {
    pub(super) words: String,
    pub(super) tag: Tag,
    pub(super) when: String,
    pub(super) said: Option<String>,
}

#[expect(clippy::struct_excessive_bools, reason = "what a line shows or not is no state")]
pub(super) struct InterventionLine {
    pub(super) id: Uuid,
    pub(super) version: i64,
    pub(super) name: &'static str,
    pub(super) detail: String,
    /// The intervention of its plan that it supports.
    pub(super) supports: Option<&'static str>,
    /// Practical cooking can be granted beside it.
    pub(super) may_be_supported: bool,
    /// The forms it can be delivered in.
    pub(super) deliveries: Vec<Choice>,
    pub(super) tag: Tag,
    pub(super) reason: Option<&'static str>,
    pub(super) next: Option<Link>,
    /// It can still be ended, by whom may.
    pub(super) open: bool,
    pub(super) paused: bool,
    /// A talk is held or called off on its own page.
    pub(super) talk: bool,
    /// The supplier that has it, and how it stands there.
    pub(super) supplier: Option<(String, Tag)>,
    /// How far it is, when it is digital.
    pub(super) digital: Option<Tag>,
    /// Where it is made digital.
    pub(super) digital_href: String,
    /// Where it is given to a supplier.
    pub(super) supplier_href: String,
    /// The required content, with what was dealt with.
    pub(super) content: Option<ChecklistView>,
}

pub(super) struct ContactLine {
    pub(super) at: Moment,
    pub(super) what: String,
    pub(super) class: &'static str,
    pub(super) tag: Tag,
    /// Why the citizen did not come, when it was told.
    pub(super) absence: Option<&'static str>,
    pub(super) who: String,
    pub(super) note: Option<String>,
    pub(super) href: String,
}

pub(super) struct FollowUpLine {
    pub(super) id: Uuid,
    pub(super) at: Moment,
    pub(super) tag: Tag,
    pub(super) said: Option<String>,
    pub(super) planned: bool,
    /// Where it is rung about.
    pub(super) call: String,
}

pub(super) struct ConsentLine {
    pub(super) id: Uuid,
    pub(super) purpose: &'static str,
    pub(super) tag: Tag,
    pub(super) said: String,
    /// A yes that stands, and can be taken back.
    pub(super) stands: bool,
}

pub(super) struct LetterLine {
    pub(super) at: Moment,
    pub(super) kind: &'static str,
    pub(super) to: String,
    pub(super) tag: Tag,
    pub(super) next: &'static str,
    pub(super) href: String,
    /// It has not left yet.
    pub(super) take_back: Option<String>,
}

/// "Uge 16 · 2 indsatser gennemført, 1 i gang".
pub(super) fn summary(record: &CitizenRecord, course: &Course, today: Date) -> String {
    let end = ended_on(&course.state).unwrap_or(today);
    let week = (end - course.opened_on).get_days() / 7 + 1;
    let statuses =
        || record.interventions.iter().map(|i| &i.value).filter(|i| i.course == course.id && !i.code.is_talk());
    let count = |wanted: fn(PlanStatus) -> bool| statuses().filter(|i| wanted(i.status)).count();
    let parts = [
        (count(|s| matches!(s, PlanStatus::Completed { .. })), "gennemført"),
        (count(|s| matches!(s, PlanStatus::Active { .. } | PlanStatus::Paused { .. })), "i gang"),
        (count(|s| matches!(s, PlanStatus::Granted)), "ikke begyndt"),
    ];
    let said =
        parts.iter().filter(|(n, _)| *n > 0).map(|(n, text)| format!("{n} {text}")).collect::<Vec<_>>().join(", ");
    let week = if ended_on(&course.state).is_some() { format!("{week} uger") } else { format!("{week}. uge") };
    if said.is_empty() { format!("{week} · ingen indsatser endnu") } else { format!("{week} · indsatser: {said}") }
}

/// What the picture shows, for who cannot see it.
pub(super) fn finding(lanes: &[Lane], record: &CitizenRecord, course: CourseId, now: Timestamp) -> String {
    let counted = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let talks: usize = lanes.iter().flat_map(|l| &l.events).filter(|e: &&Event| e.shape == Shape::Talk).count();
    let mut said = vec![
        counted(requests_of(record, course).count(), "henvisning", "henvisninger"),
        counted(talks, "samtale holdt", "samtaler holdt"),
    ];
    let bars = lanes.iter().filter(|lane| lane.bar.is_some());
    said.extend(bars.filter_map(|lane| Some(format!("{}: {}", lane.label, attended(&lane.events)?))));
    let next = calendar::next_time(record, now).map(|fact| format!(" {}: {}.", fact.label, fact.said));
    format!("{}.{}", said.join(", "), next.unwrap_or_default())
}

pub(super) fn goals(record: &CitizenRecord, course: CourseId, today: Date) -> Vec<GoalLine> {
    let goals = record.goals.iter().map(|g| &g.value).filter(|g| g.course == course);
    let line = |goal: &domain::goal::Goal| GoalLine {
        words: goal.words.clone(),
        tag: goal.evaluation.as_ref().map_or_else(|| Tag::planned("Ikke vurderet endnu"), |e| outcome_tag(e.outcome)),
        when: match &goal.evaluation {
            Some(evaluation) => format!("Vurderet {}", dates::short_day(evaluation.on, today)),
            None => format!("Sat {}", dates::short_day(goal.set_on, today)),
        },
        said: goal.evaluation.as_ref().and_then(|e| e.words.clone()),
    };
    goals.map(line).collect()
}

fn outcome_tag(outcome: GoalOutcome) -> Tag {
    match outcome {
        GoalOutcome::Reached => Tag::done(outcome.label()),
        GoalOutcome::Partly => Tag::partly(outcome.label()),
        GoalOutcome::NotReached | GoalOutcome::Dropped => Tag::of("line", "flag", outcome.label()),
    }
}

pub(super) fn interventions(
    record: &CitizenRecord,
    course: CourseId,
    users: &[User],
    now: Timestamp,
) -> Vec<InterventionLine> {
    let today = local_date(now);
    // Follow-ups have a panel of their own.
    let ours =
        record.interventions.iter().filter(|i| i.value.course == course && i.value.code != InterventionCode::FollowUp);
    ours.map(|stored| {
        let it = &stored.value;
        let time = record.time_of(it.id);
        let end = it.planned_end_on.map(|day| format!(", planlagt til {}", dates::short_day(day, today)));
        let when = match it.status.ended_on() {
            Some(day) => format!(", sluttede {}", dates::short_day(day, today)),
            None => end.unwrap_or_default(),
        };
        let granted = dates::short_day(it.granted_on, today);
        let talk = it.code.is_talk();
        let alone = talk || (it.team.is_none() && it.delivery == DeliveryType::Individual);
        InterventionLine {
            id: it.id.0,
            version: stored.version,
            name: it.code.label(),
            detail: format!("{}, bevilget {granted}{when}", it.delivery.label()),
            supports: record
                .interventions
                .iter()
                .map(|i| &i.value)
                .find(|other| it.supports(other))
                .map(|o| o.code.label()),
            may_be_supported: !record.interventions.iter().any(|i| i.value.status.is_open() && i.value.supports(it))
                && it.can_be_supported(),
            deliveries: deliveries(it),
            tag: plan_tag(it.status),
            reason: it.status.reason().map(StopReason::label),
            next: match time {
                Some(time) if it.status.is_open() => {
                    let first = capitalised(&calendar::time_text(time.value.start, now));
                    let text = match record.times_of(it.id).count() {
                        1 => first,
                        all => format!("{first} · {all} tider"),
                    };
                    Some(Link::new(format!("/kalender/tider/{}", time.value.id), text))
                }
                None if alone && it.status == PlanStatus::Granted => {
                    Some(Link::new(calendar::booking_href(it.id), "Book tid"))
                }
                _ if talks::has_page(it.code) && !it.status.is_open() => {
                    Some(Link::new(format!("{}/borger", talks::talk_href(it.id)), "Borgerens plan"))
                }
                _ => None,
            },
            open: it.status.is_open(),
            paused: matches!(it.status, PlanStatus::Paused { .. }),
            talk,
            supplier: suppliers::standing(record, it.id, today),
            digital: digital::standing(record, it.id),
            digital_href: digital::digital_href(it.id),
            supplier_href: suppliers::given_href(it.id),
            content: safety::checklist(record, it.id, users, today),
        }
    })
    .collect()
}

fn deliveries(it: &PlannedIntervention) -> Vec<Choice> {
    let allowed = |delivery: &&DeliveryType| check_grant(it.code, **delivery, it.code.care_plan_category()).is_ok();
    let choice = |delivery: &DeliveryType| Choice {
        value: delivery.word().to_owned(),
        label: delivery.label().to_owned(),
        hint: None,
        selected: *delivery == it.delivery,
    };
    DeliveryType::ALL.iter().filter(allowed).map(choice).collect()
}

/// Contacts, the newest first.
pub(super) fn contacts(record: &CitizenRecord, course: CourseId, users: &[User], now: Timestamp) -> Vec<ContactLine> {
    let mut ours: Vec<&Encounter> = record.encounters.iter().map(|e| &e.value).filter(|e| e.course == course).collect();
    ours.sort_by_key(|e| std::cmp::Reverse(e.start));
    let line = |encounter: &Encounter| ContactLine {
        at: Moment::exactly(encounter.start, now),
        what: what_was_held(record, encounter),
        class: encounter.class.label(),
        tag: encounter_tag(encounter.status),
        absence: encounter.absence.map(domain::encounter::AbsenceReason::label),
        who: encounter.held_by.map(|user| name_of(users, user)).unwrap_or_default(),
        note: encounter.note.clone(),
        href: format!("/kontakter/{}", encounter.id),
    };
    ours.into_iter().map(line).collect()
}

pub(super) fn follow_ups(record: &CitizenRecord, course: CourseId, today: Date) -> Vec<FollowUpLine> {
    let ours = record.follow_ups.iter().map(|f| &f.value).filter(|f| f.course == course);
    let line = |f: &domain::follow_up::FollowUp| {
        let (tag, said) = match &f.state {
            FollowUpState::Planned => (Tag::deadline(f.due_on, today), None),
            FollowUpState::Done { kept, words, .. } => (Tag::done(kept.label()), words.clone()),
            FollowUpState::NotReached { .. } => (Tag::of("line", "flag", "Ikke truffet"), None),
            FollowUpState::Declined { .. } => (Tag::of("line", "flag", "Takket nej"), None),
            FollowUpState::Cancelled { .. } => (Tag::of("line", "flag", "Aflyst"), None),
        };
        let planned = f.state == FollowUpState::Planned;
        FollowUpLine { id: f.id.0, at: Moment::day(f.due_on, today), tag, said, planned, call: super::call_href(f.id) }
    };
    ours.map(line).collect()
}

/// The newest answer for each purpose that was asked about.
pub(super) fn consents(record: &CitizenRecord, users: &[User], today: Date) -> Vec<ConsentLine> {
    let mut newest: Vec<&Consent> = Vec::new();
    for consent in record.consents.iter().map(|c| &c.value) {
        newest.retain(|known| known.purpose != consent.purpose);
        newest.push(consent);
    }
    let line = |consent: &Consent| {
        let on = dates::short_day(consent.on, today);
        let asked = name_of(users, consent.asked_by);
        let tag = match (consent.withdrawn_at, consent.given) {
            (Some(_), _) => Tag::of("line", "flag", "Trukket tilbage"),
            (None, true) => Tag::done("Ja"),
            (None, false) => Tag::of("line", "close", "Nej"),
        };
        ConsentLine {
            id: consent.id.0,
            purpose: consent.purpose.label(),
            tag,
            said: format!(
                "Til {}. {} {on}, spurgt af {asked}",
                consent.purpose.recipient().to_lowercase().replace("stopbasen", "STOPbasen"),
                consent.form.label()
            ),
            stands: consent.given && consent.withdrawn_at.is_none(),
        }
    };
    newest.into_iter().map(line).collect()
}

/// The statuses that were sent about a course, the newest first; what was refused or taken back did not arrive.
pub(super) fn statuses(view: &CitizenView, course: CourseId) -> impl Iterator<Item = &MessageRow> {
    let since = requests_of(&view.record, course).map(|stored| stored.request.received_at).min();
    let arrives = |m: &&MessageRow| !matches!(Delivery::parse(&m.state), Ok(Delivery::Refused | Delivery::TakenBack));
    let ours = view.messages.iter().filter(|m| !m.incoming && m.kind == "XDIS15").filter(arrives);
    ours.filter(move |m| since.is_some_and(|since| m.at >= since))
}

/// Letters of ours since the course's first request, the newest first; receipts are in the mailbox.
pub(super) fn letters(view: &CitizenView, course: CourseId, now: Timestamp) -> Vec<LetterLine> {
    let from = requests_of(&view.record, course).map(|stored| stored.request.received_at).min();
    let ours = view.messages.iter().filter(|m| !m.incoming && m.kind.starts_with("XDIS"));
    let ours = ours.filter(|m| from.is_some_and(|from| m.at >= from));
    ours.map(|message| {
        let gln = message.party.as_deref().unwrap_or_default();
        let partner = view.partners.iter().find(|p| p.gln.as_ref().is_some_and(|g| g.as_str() == gln));
        LetterLine {
            at: Moment::exactly(message.at, now),
            kind: outgoing_label(&message.kind),
            to: partner.map_or_else(|| gln.to_owned(), |p| p.name.clone()),
            tag: delivery_tag(&message.state),
            next: delivery_next(&message.state),
            href: format!("/udgaaende/{}", message.id),
            take_back: take_back_href(message.id, &message.kind, &message.state),
        }
    })
    .collect()
}

/// Plans that are not ended; the only one is chosen already.
pub(super) fn plan_choices(record: &CitizenRecord, course: CourseId, chosen: &str) -> Vec<Choice> {
    let open: Vec<_> =
        record.care_plans.iter().map(|p| &p.value).filter(|p| p.course == course && p.status.is_open()).collect();
    let only = open.len() == 1;
    let choice = |plan: &&domain::care_plan::CarePlan| {
        let parts = record.interventions.iter().map(|i| &i.value).filter(|i| i.care_plan == Some(plan.id));
        let names = parts.map(|i| i.code.label()).collect::<Vec<_>>().join(", ");
        let value = plan.id.to_string();
        Choice {
            selected: only || value == chosen,
            label: if names.is_empty() { plan.category.label().to_owned() } else { names },
            value,
            hint: None,
        }
    };
    open.iter().map(choice).collect()
}

pub(super) fn class_choices(chosen: &str) -> Vec<Choice> {
    let chosen = EncounterClass::parse(chosen).unwrap_or_default();
    let choice = |class: &EncounterClass| Choice {
        value: class.word().to_owned(),
        label: class.label().to_owned(),
        hint: None,
        selected: *class == chosen,
    };
    EncounterClass::ALL.iter().map(choice).collect()
}

pub(super) fn stop_choices(chosen: &str) -> Vec<Choice> {
    let choice = |reason: &StopReason| Choice {
        value: reason.word().to_owned(),
        label: reason.label().to_owned(),
        hint: None,
        selected: reason.word() == chosen,
    };
    StopReason::ALL.iter().map(choice).collect()
}
