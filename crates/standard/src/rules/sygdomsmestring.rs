//! Sygdomsmestring: disease coping (standard, chapter 4).

use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{Area, Format, Fsiii, SetBy, TalkKind};
use crate::facts::{CourseFacts, Diagnosis, Group, Intervention, Need, Offer};
use crate::limits::LimitId;
use crate::outcome::Verdict;
use crate::rules::delivered::{
    Delivered, any_known, before_second_session, completed_on, filled, is_active, offered, outside_working_hours,
    stopped_on,
};

pub(super) const RULES: &[Rule] = &[
    Rule { requirement: "KS-4.1-01", decide: Decide::Course(offered_coping) },
    Rule { requirement: "KS-4.2-01", decide: Decide::Intervention(fitted) },
    Rule { requirement: "KS-4.2-02", decide: Decide::Municipality(considerate_offers) },
    Rule { requirement: "KS-4.2-03", decide: Decide::Intervention(own_goal) },
    Rule { requirement: "KS-4.2-04", decide: Decide::Intervention(several_diseases) },
    Rule { requirement: "KS-4.2-05", decide: Decide::Intervention(all_elements) },
    Rule { requirement: "KS-4.3-01", decide: Decide::Group(small_groups) },
    Rule { requirement: "KS-4.3-04", decide: Decide::Group(group_lessons) },
    Rule { requirement: "KS-4.3-05", decide: Decide::Intervention(individual_lessons) },
    Rule { requirement: "KS-4.4-01", decide: Decide::Intervention(specific_knowledge) },
];

/// The seven elements of KS-4.2-05.
const ELEMENTS: [&str; 7] = [
    "sygdomskendskab",
    "sygdomsforværring",
    "betydning af andre forebyggende indsatser",
    "mental sundhed",
    "sociale forhold",
    "mestring i hverdagen",
    "pårørende",
];

const fn is_coping(code: Fsiii) -> bool {
    matches!(code, Fsiii::Sygdomshaandtering | Fsiii::MentalHaandtering | Fsiii::Faerdighedstraening)
}

fn coping(of: &Intervention) -> bool {
    of.fsiii_code.is_some_and(is_coping)
}

/// KS-4.1-01, section 4.1: who may benefit is offered disease coping within `start_days` of the talk that found the need.
fn offered_coping(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let assessed = |talk: &Option<String>| course.assessments.iter().find(|one| Some(&one.id) == talk.as_ref());
    let mut talks = course.talks.iter().filter(|talk| talk.kind == Some(TalkKind::AfklarendeSamtale));
    let found = talks.find_map(|talk| {
        let held_on = at.in_period(talk.held_on)?;
        let need = assessed(&talk.assessment)?.need_coping;
        need.is_none_or(|need| need == Need::Yes).then_some((talk, held_on, need))
    });
    let Some((talk, held_on, need)) = found else { return Verdict::OUTSIDE };
    let offer = offered(course, is_coping);
    Case::on(held_on)
        .except("other_intervention_first", filled(talk.citizen_choice.as_ref()))
        .needs("assessment.need_coping", need.is_some())
        .by(at.days_after(held_on, LimitId::StartDays))
        .done("intervention.offered_on", offer.and_then(|one| one.offered_on))
        .recorded("intervention.answer", offer.is_some_and(|one| one.answer.is_some()))
        .decide(at)
}

/// KS-4.2-01, section 4.2: how the intervention is fitted to the citizen is written before the second session.
fn fitted(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(started_on) = at.in_period(of.started_on).filter(|_| coping(of)) else { return Verdict::OUTSIDE };
    let case = Case::on(started_on)
        .recorded("intervention.differentiation_reason", filled(of.differentiation_reason.as_ref()));
    before_second_session(case, &Delivered::of(course, of, at), of).decide(at)
}

/// KS-4.2-02, section 4.2: one can come outside working hours, and an offer is made for a special group or for one alone.
fn considerate_offers(at: &Context<'_>) -> Verdict {
    let of_area = |offer: &&Offer| offer.area == Some(Area::Sygdomsmestring) && is_active(offer, at);
    let offers: Vec<&Offer> = at.municipality.tables().offers.iter().filter(of_area).collect();
    if offers.is_empty() {
        return Verdict::OUTSIDE;
    }
    let hours = any_known(offers.iter().map(|offer| outside_working_hours(offer)));
    let special = any_known(offers.iter().map(|offer| {
        let alone = offer.delivery_modes.iter().any(|mode| matches!(mode.as_str(), "hjemmebesoeg" | "telefon"));
        let known = alone || !offer.adapted_for.is_empty() || !offer.delivery_modes.is_empty();
        known.then_some(alone || !offer.adapted_for.is_empty())
    }));
    Case::today()
        .needs("offer.time_of_day", hours.is_some())
        .needs("offer.delivery_modes", special.is_some())
        .holds("working_hours_only", hours != Some(false))
        .holds("nothing_special", special != Some(false))
        .decide(at)
}

/// KS-4.2-03, section 4.2: before the last session the citizen has set a goal of the intervention.
fn own_goal(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(completed_on) = completed_on(of, at).filter(|_| coping(of)) else { return Verdict::OUTSIDE };
    let last = Delivered::of(course, of, at).last_day();
    let goals = course.goals.iter().filter(|goal| goal.intervention_id.as_deref() == Some(&of.id));
    let own = goals.map(|goal| match (goal.set_by, goal.created_on, last) {
        (Some(SetBy::Joint | SetBy::Professional), _, _) => Some(false),
        (Some(SetBy::Citizen), Some(created_on), Some(last)) => Some(created_on < last),
        _ => None,
    });
    let own = any_known(own);
    Case::on(completed_on).needs("goal.set_by", own.is_some()).recorded("goal.set_by", own != Some(false)).decide(at)
}

/// KS-4.2-04, section 4.2: with two chronic diseases or more, a note says how they are looked at together.
fn several_diseases(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(started_on) = at.in_period(of.started_on).filter(|_| coping(of)) else { return Verdict::OUTSIDE };
    let diagnoses = course.citizen.as_ref().map_or(&[][..], |citizen| &citizen.diagnoses);
    if !diagnoses.is_empty() && diagnoses.iter().filter(|one| one.is_chronic()).count() < 2 {
        return Verdict::OUTSIDE;
    }
    let case = Case::on(started_on)
        .needs("citizen.diagnoses", !diagnoses.is_empty())
        .recorded("intervention.multimorbidity_note", filled(of.multimorbidity_note.as_ref()));
    before_second_session(case, &Delivered::of(course, of, at), of).decide(at)
}

/// KS-4.2-05, section 4.2: each of the seven elements was covered in a session the citizen had, or is not relevant for a
/// reason.
fn all_elements(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let (completed, stopped) = (completed_on(of, at), stopped_on(of, at));
    let ended = completed.or(stopped).filter(|_| of.fsiii_code == Some(Fsiii::Sygdomshaandtering));
    let Some(ended_on) = ended else { return Verdict::OUTSIDE };
    let had = Delivered::of(course, of, at);
    let elements = had.elements();
    let excused = |element: &str| filled(of.element_not_relevant_reason.get(element));
    let all = ELEMENTS.into_iter().all(|element| elements.contains(element) || excused(element));
    Case::on(ended_on)
        .except("stopped_early", stopped.is_some())
        .needs("session.elements_covered", had.is_recorded())
        .recorded("session.elements_covered", all)
        .decide(at)
}

/// KS-4.3-01, section 4.3: a group starts with at most `small_group_max`. The figure is how many it started with.
fn small_groups(group: &Group, at: &Context<'_>) -> Verdict {
    let coping = group.fsiii_code.is_some_and(is_coping) && group.cancelled != Some(true);
    let Some(start) = at.in_period(group.start_date).filter(|start| coping && *start <= at.today) else {
        return Verdict::OUTSIDE;
    };
    let enrolled = group.enrolled_at_start;
    Case::on(start)
        .except("open_lecture", group.open_lecture == Some(true))
        .needs("group.enrolled_at_start", enrolled.is_some())
        .holds("too_many", enrolled.is_none_or(|enrolled| enrolled <= at.count(LimitId::SmallGroupMax)))
        .figure(enrolled.map(f64::from))
        .decide(at)
}

/// KS-4.3-04, section 4.3: a group had `group_lessons_min` lessons of `group_lesson_minutes`; a longer session is as many
/// whole ones. The figure is the number of lessons.
fn group_lessons(group: &Group, at: &Context<'_>) -> Verdict {
    let coping = group.fsiii_code.is_some_and(is_coping);
    let Some(ended_on) = at.in_period(group.ended_on).filter(|_| coping) else { return Verdict::OUTSIDE };
    let length = at.count(LimitId::GroupLessonMinutes).max(1);
    let held = group.session.iter().filter(|session| session.held == Some(true));
    let lessons: i32 = held.clone().filter_map(|session| session.planned_minutes).map(|minutes| minutes / length).sum();
    let enough = lessons >= at.count(LimitId::GroupLessonsMin);
    let all_known = held.clone().all(|session| session.planned_minutes.is_some())
        && group.session.iter().all(|session| session.held.is_some());
    Case::on(ended_on)
        .except("cancelled", group.cancelled == Some(true))
        .needs("session.planned_minutes", enough || all_known)
        .holds("too_few_lessons", enough)
        .figure(Some(f64::from(lessons)))
        .decide(at)
}

/// KS-4.3-05, section 4.3: alone, the citizen had `ind_lessons_min` sessions of `ind_lesson_minutes_min`. The figure is how
/// many; below `ind_lessons_target` is worth a look.
fn individual_lessons(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let individual = coping(of) && of.format == Some(Format::Individual);
    let Some(completed_on) = completed_on(of, at).filter(|_| individual) else { return Verdict::OUTSIDE };
    let had = Delivered::of(course, of, at);
    let shortest = at.count(LimitId::IndLessonMinutesMin);
    let is_lesson = |minutes: &i32| *minutes >= shortest;
    let lessons = had.sessions().filter_map(|session| session.planned_minutes).filter(is_lesson).count();
    let lessons = i32::try_from(lessons).unwrap_or(i32::MAX);
    let enough = lessons >= at.count(LimitId::IndLessonsMin);
    let all_known = had.sessions().all(|session| session.planned_minutes.is_some());
    Case::on(completed_on)
        .except("supplements_group", of.supplements_group == Some(true))
        .needs("session.planned_minutes", enough || all_known)
        .holds("too_few_lessons", enough)
        .figure(Some(f64::from(lessons)))
        .decide(at)
}

/// KS-4.4-01, section 4.4: the citizen has learned about the own main disease; a group for another one does not count.
fn specific_knowledge(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let (completed, stopped) = (completed_on(of, at), stopped_on(of, at));
    let Some(ended_on) = completed.or(stopped).filter(|_| coping(of)) else { return Verdict::OUTSIDE };
    let main = course.citizen.as_ref().and_then(|citizen| main_diagnosis(&citizen.diagnoses));
    let had = Delivered::of(course, of, at);
    let fits = |group: &Group| match (group.diagnosis.as_deref(), main) {
        (Some("none") | None, _) => true,
        (Some(code), Some(main)) => main.code.starts_with(code),
        (Some(_), None) => false,
    };
    Case::on(ended_on)
        .except("stopped_early", stopped.is_some())
        .needs("citizen.diagnoses", main.is_some())
        .needs("session.elements_covered", had.is_recorded())
        .recorded("session.elements_covered", had.elements_of(fits).contains("sygdomsspecifik_viden"))
        .decide(at)
}

/// The diagnosis marked as the main one, or the only one.
fn main_diagnosis(diagnoses: &[Diagnosis]) -> Option<&Diagnosis> {
    diagnoses.iter().find(|one| one.main).or(match diagnoses {
        [only] => Some(only),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::STANDARD;

    #[test]
    fn the_elements_are_those_of_the_standard() {
        assert_eq!(STANDARD.requirement("KS-4.2-05").unwrap().elements, ELEMENTS);
    }
}
