//! What belongs to offers and to what is delivered: fitted to the disease, room enough, and talks around digital courses.

use domain::deadlines::Deadline;
use jiff::civil::Date;

use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{Area, ContactPurpose, TalkAnswer, TalkKind};
use crate::facts::{CourseFacts, Enrolment, Group, Intervention, Offer, Talk};
use crate::outcome::Verdict;
use crate::rules::delivered::{any_known, is_active, outside_working_hours};
use crate::rules::forms::{TALK_DATE, completed_in, filled, of};

pub(in crate::rules) const OFFER: &[Rule] = &[
    Rule { requirement: "KS-3-04", decide: Decide::Enrolment(fitted_to_disease) },
    Rule { requirement: "SP-004-22", decide: Decide::Municipality(room_enough) },
    Rule { requirement: "IK-002-11", decide: Decide::Intervention(talks_around_digital) },
];

/// How a digital intervention is delivered, in the words of FSIII.
const DIGITAL: &str = "digital levering";
/// Ways of delivery that need no journey (SP-004-22).
const FROM_HOME: [&str; 3] = ["video", "app", "telefon"];

/// KS-3-04, chapter 3: where an offer has parts for a disease, a completed seat has a note on how it was fitted, or the group
/// is for a disease the participant has.
fn fitted_to_disease(course: &CourseFacts, seat: &Enrolment, at: &Context<'_>) -> Verdict {
    let group = seat.group.as_deref().and_then(|id| at.municipality.group(id));
    let intervention = course.interventions.iter().find(|one| seat.intervention.as_ref() == Some(&one.id));
    let offer = group.and_then(|one| one.offer.as_deref()).or_else(|| intervention?.offer.as_deref());
    let Some(offer) = offer.and_then(|id| at.municipality.offer(id)) else { return Verdict::OUTSIDE };
    let over_on = at.in_period(seat.completed_on.or(seat.dropped_on));
    let Some(over_on) = over_on.filter(|_| offer.disease_specific_elements != Some(false)) else {
        return Verdict::OUTSIDE;
    };
    let diagnoses = course.citizen.iter().flat_map(|citizen| &citizen.diagnoses);
    let for_disease = group.and_then(|group| group.diagnosis.as_deref()).filter(|code| !code.is_empty());
    let fits = for_disease.is_some_and(|code| diagnoses.into_iter().any(|one| one.code.starts_with(code)));
    Case::on(over_on)
        .except("dropped_out", seat.completed_on.is_none())
        .needs("offer.disease_specific_elements", offer.disease_specific_elements.is_some())
        .by(over_on)
        .recorded("enrolment.adaptation_note", fits || filled(seat.adaptation_note.as_ref()))
        .decide(at)
}

/// Whether somebody who works can take an offer, or somebody at home.
fn at_any_time(offer: &Offer) -> Option<bool> {
    let from_home = offer.delivery_modes.iter().any(|mode| FROM_HOME.contains(&mode.as_str()));
    let modes = (!offer.delivery_modes.is_empty()).then_some(from_home);
    any_known([outside_working_hours(offer), modes].into_iter())
}

/// SP-004-22, quality in prevention: nobody has waited longer than `start_days` without an action, and each area with an offer
/// has one outside working hours or from home.
fn room_enough(at: &Context<'_>) -> Verdict {
    let tables = at.municipality.tables();
    let active = || tables.offers.iter().filter(|offer| is_active(offer, at));
    if active().next().is_none() {
        return Verdict::OUTSIDE;
    }
    let too_long = |since: Date| at.due(Deadline::Start, since) < at.today;
    let acted = |group: &Group, since: Date| group.action_on.is_some_and(|on| on >= since);
    let of_active = |group: &&Group| {
        let offer = group.offer.as_deref().and_then(|id| at.municipality.offer(id));
        offer.is_none_or(|offer| is_active(offer, at))
    };
    let queues = tables.groups.iter().filter(of_active).filter(|group| group.waiting.is_some_and(|count| count > 0));
    let old = any_known(queues.map(|group| {
        let since = group.waiting_since?;
        Some(too_long(since) && !acted(group, since))
    }));
    let helped = |offer: &str, since: Date| {
        tables.groups.iter().any(|group| group.offer.as_deref() == Some(offer) && acted(group, since))
    };
    let mut waiting = at.totals.waiting.keys();
    let granted = waiting.any(|(since, offer)| too_long(*since) && !helped(offer, *since));
    let areas = Area::ALL.iter().filter_map(|area| {
        let mut offers = active().filter(|offer| offer.area == Some(*area)).peekable();
        offers.peek()?;
        Some(any_known(offers.map(at_any_time)))
    });
    let areas: Vec<Option<bool>> = areas.collect();
    Case::today()
        .needs("group.waiting", old.is_some())
        .needs("offer.time_of_day", areas.iter().all(Option::is_some))
        .holds("waiting_too_long", old != Some(true) && !granted)
        .holds("only_in_working_hours", areas.iter().all(|one| *one != Some(false)))
        .decide(at)
}

/// IK-002-11, Varde: a completed digital intervention had a talk at its start, one at its end, and feedback from a professional,
/// by the end of the course.
fn talks_around_digital(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let digital = intervention.delivery_type.as_deref() == Some(DIGITAL);
    let Some(ended_on) = completed_in(intervention, at).filter(|_| digital) else { return Verdict::OUTSIDE };
    let started_on = intervention.started_on.unwrap_or(ended_on);
    let about = |one: &&Talk| one.intervention.is_none() || of(one.intervention.as_ref(), intervention);
    let agreed = |one: &Talk| one.answer == Some(TalkAnswer::Accepted);
    let held = |is: fn(TalkKind) -> bool, when: &dyn Fn(Date) -> bool| {
        let talks = course.talks.iter().filter(about).filter(move |one| one.kind.is_some_and(is));
        any_known(talks.map(|one| match one.held_on {
            Some(on) => Some(when(on)),
            None => (!agreed(one)).then_some(false),
        }))
    };
    let start =
        held(|kind| matches!(kind, TalkKind::Opstartssamtale | TalkKind::AfklarendeSamtale), &|on| on <= started_on);
    let end = held(|kind| kind == TalkKind::AfsluttendeSamtale, &|on| on > started_on);
    let feedback = course.contacts.iter().any(|one| {
        one.purpose == Some(ContactPurpose::Feedback)
            && (one.intervention.is_none() || of(one.intervention.as_ref(), intervention))
    });
    let case = Case::on(ended_on)
        .needs(TALK_DATE, start.is_some() && end.is_some())
        .recorded("talk.kind", start == Some(true) && end == Some(true))
        .recorded("contact.purpose", feedback);
    match course.closed_on {
        Some(closed_on) => case.by(closed_on),
        None => case.waits(true),
    }
    .decide(at)
}
