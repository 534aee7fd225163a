//! Afklarende samtale: what a clarifying talk clears up and ends with (standard, section 3.1).

use jiff::civil::Date;

use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{Fsiii, RiskTobacco, TalkKind};
use crate::facts::{Assessment, CourseFacts, Intervention, Needs, RiskAlcohol, Talk, Ternary};
use crate::limits::LimitId;
use crate::outcome::Verdict;

pub(super) const RULES: &[Rule] = &[
    Rule { requirement: "KS-3.1-04", decide: Decide::Talk(shared_understanding) },
    Rule { requirement: "KS-3.1-05", decide: Decide::Intervention(assessment_decides) },
    Rule { requirement: "KS-3.1-08", decide: Decide::Talk(form_fits) },
    Rule { requirement: "KS-3.1-09", decide: Decide::Talk(function) },
    Rule { requirement: "KS-3.1-10", decide: Decide::Talk(everyday_life) },
    Rule { requirement: "KS-3.1-11", decide: Decide::Talk(risk_factors) },
    Rule { requirement: "KS-3.1-12", decide: Decide::Talk(disease) },
    Rule { requirement: "KS-3.1-13", decide: Decide::Talk(maintenance) },
    Rule { requirement: "KS-3.1-14", decide: Decide::Talk(dual_use) },
    Rule { requirement: "KS-3.1-15", decide: Decide::Talk(joint_plan) },
];

/// The day a clarifying talk was held, when that is in the period.
fn held(talk: &Talk, at: &Context<'_>) -> Option<Date> {
    at.in_period(talk.held_on).filter(|_| talk.kind == Some(TalkKind::AfklarendeSamtale))
}

/// The assessment of an id, in the course.
pub(super) fn assessment<'a>(course: &'a CourseFacts, id: Option<&String>) -> Option<&'a Assessment> {
    id.and_then(|id| course.assessments.iter().find(|one| one.id == *id))
}

/// Whether a text says something.
pub(super) fn filled(text: Option<&String>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty())
}

/// A talk whose notes are due `documentation_workdays` after it; one that the citizen stopped does not count.
fn notes(talk: &Talk, held_on: Date, at: &Context<'_>) -> Case {
    Case::on(held_on)
        .except("stopped_by_citizen", talk.stopped_by_citizen == Some(true))
        .by(at.workdays_after(held_on, LimitId::DocumentationWorkdays))
}

/// Notes of an area of the assessment: no assessment linked to the talk is unknown once they are due.
fn area(
    course: &CourseFacts,
    talk: &Talk,
    at: &Context<'_>,
    look: impl FnOnce(Case, &Assessment, Date) -> Case,
) -> Verdict {
    let Some(held_on) = held(talk, at) else { return Verdict::OUTSIDE };
    let case = notes(talk, held_on, at);
    match assessment(course, talk.assessment.as_ref()) {
        Some(found) => look(case, found, at.workdays_after(held_on, LimitId::DocumentationWorkdays)),
        None => case.answered("talk.assessment", None),
    }
    .decide(at)
}

/// KS-3.1-04, section 3.1: what matters, motivation, and goals in order of priority are noted.
fn shared_understanding(course: &CourseFacts, talk: &Talk, at: &Context<'_>) -> Verdict {
    area(course, talk, at, |case, found, due| {
        let made = |on: Option<Date>| on.is_none_or(|on| on <= due);
        let goals = || course.goals.iter().filter(|goal| made(goal.created_on) && filled(goal.text_citizen.as_ref()));
        case.recorded("assessment.what_matters", filled(found.what_matters.as_ref()))
            .recorded("assessment.motivation", found.motivation.is_some())
            .recorded("goal.text_citizen", goals().next().is_some())
            .recorded("goal.priority", goals().all(|goal| goal.priority.is_some()))
    })
}

/// KS-3.1-05, section 3.1: a grant names the assessment and a finding of it, and function, literacy and health are assessed.
fn assessment_decides(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(granted_on) = at.in_period(intervention.granted_on) else { return Verdict::OUTSIDE };
    let case = Case::on(granted_on).except("granted_directly", is_direct(intervention));
    if intervention.assessment_id.is_none() {
        return case.recorded("intervention.assessment_id", false).decide(at);
    }
    let found = assessment(course, intervention.assessment_id.as_ref());
    case.answered("assessment.function_done", found.and_then(|one| one.function_done))
        .answered("assessment.health_literacy_done", found.and_then(|one| one.health_literacy_done))
        .answered("assessment.health_done", found.and_then(|one| one.health_done))
        .recorded("intervention.reason_conditions", !intervention.reason_conditions.is_empty())
        .decide(at)
}

/// Nicotine cessation or an alcohol talk that no assessment led to.
fn is_direct(intervention: &Intervention) -> bool {
    let direct = matches!(intervention.fsiii_code, Some(Fsiii::NikotinTobaksafvaenning | Fsiii::SamtaleOmAlkohol));
    direct && intervention.assessment_id.is_none()
}

/// KS-3.1-08, section 3.1: the practical needs are known by the talk, and its form is chosen.
fn form_fits(course: &CourseFacts, talk: &Talk, at: &Context<'_>) -> Verdict {
    let Some(held_on) = held(talk, at) else { return Verdict::OUTSIDE };
    let case = Case::on(held_on).recorded("talk.form", filled(talk.form.as_ref()));
    let Some(needs) = &course.needs else { return case.recorded("need.interpreter", false).decide(at) };
    needs_answered(case, needs)
        .needs("need.interpreter", needs.answered_on.is_some())
        .holds("after_the_talk", needs.answered_on.is_none_or(|on| on <= held_on))
        .decide(at)
}

fn needs_answered(case: Case, needs: &Needs) -> Case {
    let interpreter = needs.interpreter == Some(Ternary::Yes);
    case.recorded("need.interpreter", needs.interpreter.is_some())
        .recorded("need.language", !interpreter || filled(needs.language.as_ref()))
        .recorded("need.sensory", needs.sensory.is_some())
        .recorded("need.transport", needs.transport.is_some())
        .recorded("need.companion", needs.companion.is_some())
        .recorded("need.digital", needs.digital.is_some())
        .recorded("need.cognitive", needs.cognitive.is_some())
}

/// KS-3.1-09, section 3.1: function is assessed, with barriers and resources.
fn function(course: &CourseFacts, talk: &Talk, at: &Context<'_>) -> Verdict {
    area(course, talk, at, |case, found, _| {
        case.answered("assessment.function_done", found.function_done)
            .recorded("assessment.barriers", filled(found.barriers.as_ref()))
            .recorded("assessment.resources", filled(found.resources.as_ref()))
    })
}

/// KS-3.1-10, section 3.1: health literacy, work, network and habits.
fn everyday_life(course: &CourseFacts, talk: &Talk, at: &Context<'_>) -> Verdict {
    area(course, talk, at, |case, found, _| {
        case.answered("assessment.health_literacy_done", found.health_literacy_done)
            .recorded("assessment.work", filled(found.work.as_ref()))
            .recorded("assessment.network", found.network.is_some())
            .recorded("assessment.habits", filled(found.habits.as_ref()))
    })
}

/// KS-3.1-11, section 3.1: five risk factors have an answer, and those that worsen the disease are marked.
fn risk_factors(course: &CourseFacts, talk: &Talk, at: &Context<'_>) -> Verdict {
    area(course, talk, at, |case, found, _| {
        case.recorded("assessment.risk_tobacco", found.risk_tobacco.is_some())
            .recorded("assessment.risk_alcohol", found.risk_alcohol.is_some())
            .recorded("assessment.risk_inactivity", found.risk_inactivity.is_some())
            .recorded("assessment.risk_diet", found.risk_diet.is_some())
            .recorded("assessment.risk_mental", found.risk_mental.is_some())
            .recorded("assessment.risk_worsens_disease", found.risk_worsens_disease.is_some())
    })
}

/// KS-3.1-12, section 3.1: the disease, other diseases, the citizen's understanding and supporting relations.
fn disease(course: &CourseFacts, talk: &Talk, at: &Context<'_>) -> Verdict {
    use crate::facts::words::TargetGroup::{Kronisk, Risiko};
    if !matches!(course.target_group, Some(Kronisk | Risiko)) {
        return Verdict::OUTSIDE;
    }
    let diagnoses = course.citizen.as_ref().is_some_and(|citizen| !citizen.diagnoses.is_empty());
    area(course, talk, at, |case, found, _| {
        case.except("at_risk_only", course.target_group == Some(Risiko))
            .recorded("citizen.diagnoses", diagnoses)
            .recorded("assessment.comorbidity", filled(found.comorbidity.as_ref()))
            .recorded("assessment.disease_understanding", filled(found.disease_understanding.as_ref()))
            .recorded("assessment.support_relations", filled(found.support_relations.as_ref()))
    })
}

/// KS-3.1-13, section 3.1: how change is kept, and with whom, is talked about already here.
fn maintenance(course: &CourseFacts, talk: &Talk, at: &Context<'_>) -> Verdict {
    let Some(held_on) = held(talk, at) else { return Verdict::OUTSIDE };
    let led_to = |one: &Intervention| one.granted_on.is_some_and(|on| on >= held_on) && !is_direct(one);
    let plan = course.plan.as_ref();
    Case::on(held_on)
        .except("no_intervention", !course.interventions.iter().any(led_to))
        .recorded("plan.maintenance_initial", plan.is_some_and(|plan| filled(plan.maintenance_initial.as_ref())))
        .recorded("plan.network_people", plan.is_some_and(|plan| plan.network_people.is_some()))
        .decide(at)
}

/// KS-3.1-14, section 3.1: with both tobacco and alcohol over `alcohol_units_week`, a change in both is discussed.
fn dual_use(course: &CourseFacts, talk: &Talk, at: &Context<'_>) -> Verdict {
    let (Some(held_on), Some(found)) = (held(talk, at), assessment(course, talk.assessment.as_ref())) else {
        return Verdict::OUTSIDE;
    };
    let smokes = matches!(found.risk_tobacco, Some(RiskTobacco::Daily | RiskTobacco::Occasional));
    let drinks = match found.risk_alcohol {
        Some(RiskAlcohol::Units(units)) => units > units_a_week(at),
        Some(RiskAlcohol::Pattern) => true,
        _ => false,
    };
    let silent = smokes && found.risk_alcohol == Some(RiskAlcohol::NotDiscussed)
        || drinks && found.risk_tobacco == Some(RiskTobacco::NotDiscussed);
    let both = smokes && drinks;
    if !silent && !both {
        return Verdict::OUTSIDE;
    }
    Case::on(held_on)
        .except("not_wished", silent)
        .answered("assessment.dual_use_discussed", found.dual_use_discussed)
        .decide(at)
}

/// KS-3.1-15, section 3.1: the talk ends with a plan with a goal and a next step, given to the citizen.
fn joint_plan(course: &CourseFacts, talk: &Talk, at: &Context<'_>) -> Verdict {
    let Some(held_on) = held(talk, at) else { return Verdict::OUTSIDE };
    let case = notes(talk, held_on, at);
    let Some(plan) = &course.plan else { return case.done("plan.created_on", None).decide(at) };
    case.answered("plan.created_on", plan.created_on.map(|_| true))
        .done("plan.created_on", plan.created_on)
        .done("plan.given_to_citizen_on", plan.given_to_citizen_on)
        .recorded("plan.elements", !plan.elements.is_empty())
        .recorded("goal.text_citizen", course.goals.iter().any(|goal| filled(goal.text_citizen.as_ref())))
        .decide(at)
}

/// Units a week above which alcohol is a risk.
const fn units_a_week(at: &Context<'_>) -> f64 {
    at.limit(LimitId::AlcoholUnitsWeek)
}
