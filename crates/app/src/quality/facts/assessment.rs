//! What a clarifying or needs talk found out.

use std::ops::Range;

use domain::adaptation::Adaptations;
use domain::care_plan::PlanStatus;
use domain::codes::InterventionCode;
use domain::course::TalkArea;
use domain::encounter::Encounter;
use domain::ids::PlannedInterventionId;
use domain::response::{Answer, Quantity, Response};
use domain::stratification::{ESBJERG, Step, Stratification};
use domain::workdays::local_date;
use jiff::civil::Date;
use standard::facts::words::RiskTobacco;
use standard::facts::words::{Grade, Risk};
use standard::facts::{Assessment, Need, RiskAlcohol};

use super::CourseView;
use super::words::{TalkWords, talks_held};

/// The instrument of the five risk factors (KS-3.1-11).
const RISKS: &str = "kram_risk";
/// The talk about health literacy.
const HEALTH_LITERACY: &str = "health_literacy_chat";

/// The assessments of the talks that were held. What was answered, granted or decided counts for the newest talk before
/// it; an instrument that was answered ahead counts for the first talk.
pub(super) fn of(view: &CourseView<'_>) -> Vec<Assessment> {
    let talks = talks_held(view);
    let day = |at: usize| talks.get(at).map_or(Date::MAX, |(_, contact)| local_date(contact.start));
    let assess = |(at, (talk, contact)): (usize, &(PlannedInterventionId, &Encounter))| {
        let from = if at == 0 { Date::MIN } else { day(at) };
        one(view, *talk, contact, &(from..day(at + 1)))
    };
    talks.iter().enumerate().map(assess).collect()
}

/// Functioning and health are done when something stands under their headings in the journal note (areas of the talk, quality
/// standard 3.1). Health literacy is done with three themes of its talk or a mark. Single questions about barriers, work,
/// network, habits, values and the disease have no field of their own: they stand in the words of the areas.
fn one(view: &CourseView<'_>, talk: PlannedInterventionId, contact: &Encounter, when: &Range<Date>) -> Assessment {
    let words = TalkWords::of(contact);
    let done = |area| words.area(area).map(|_| true);
    let literacy = literacy(view, when);
    let risks = newest(view, RISKS, when);
    let risk = |no| risks.and_then(|it| points(it, no));
    let level = stratified(view, when);
    let step = |factor: &str| level.and_then(|it| it.answers.get(factor).copied());
    Assessment {
        id: contact.id.to_string(),
        talk: Some(talk.to_string()),
        date: Some(local_date(contact.start)),
        function_done: done(TalkArea::Functioning),
        health_done: done(TalkArea::Disease),
        health_literacy_done: literacy.map(|_| true),
        health_literacy_low: literacy,
        risk_tobacco: risk(1).and_then(tobacco),
        risk_alcohol: risks.and_then(alcohol),
        risk_inactivity: risk(7).and_then(present),
        risk_diet: risk(9).and_then(present),
        risk_mental: risk(11).and_then(present),
        risk_worsens_disease: risks.map(worsens).unwrap_or_default(),
        need_coping: need(view, when, &[InterventionCode::DiseaseManagement, InterventionCode::MentalCoping]),
        need_activity: need(view, when, &[InterventionCode::PhysicalTraining, InterventionCode::ActivityGuidance]),
        need_nutrition: need(
            view,
            when,
            &[
                InterventionCode::DietaryGuidance,
                InterventionCode::DietaryTreatment,
                InterventionCode::CookingInPractice,
            ],
        ),
        strat_coping: step("coping").map(ability),
        strat_complexity: step("complexity").map(weight),
        ..Assessment::default()
    }
}

/// The newest whole answer to an instrument in the course.
fn newest<'a>(view: &CourseView<'a>, instrument: &str, when: &Range<Date>) -> Option<&'a Response> {
    let mine = view.record.responses.iter().map(|it| &it.value).filter(|it| it.course == Some(view.course.id));
    let fits = mine.filter(|it| it.instrument == instrument && it.counts() && when.contains(&it.on));
    fits.max_by_key(|it| (it.on, it.id))
}

fn points(response: &Response, no: u16) -> Option<Quantity> {
    match response.answers.get(&no)? {
        Answer::Value(points) => Some(*points),
        Answer::Many(_) | Answer::Text(_) | Answer::NotStated => None,
    }
}

const NONE: Quantity = Quantity::whole(0);
const SOME: Quantity = Quantity::whole(1);
const NOT_TALKED_ABOUT: Quantity = Quantity::whole(2);

/// "Risk" does not say daily or occasional and is left out.
fn tobacco(points: Quantity) -> Option<RiskTobacco> {
    match points {
        NONE => Some(RiskTobacco::None),
        NOT_TALKED_ABOUT => Some(RiskTobacco::NotDiscussed),
        _ => None,
    }
}

/// Units a week when they were told; a risk within the limit, or without a number, is one of pattern.
fn alcohol(response: &Response) -> Option<RiskAlcohol> {
    let units = points(response, 6).map(|units| f64::from(units.as_hundredths()) / 100.0);
    let over = units.is_some_and(|units| units > f64::from(WEEKLY_LIMIT));
    match points(response, 4)? {
        NOT_TALKED_ABOUT => Some(RiskAlcohol::NotDiscussed),
        SOME if !over => Some(RiskAlcohol::Pattern),
        NONE if units.is_none_or(|units| units == 0.0) => Some(RiskAlcohol::None),
        _ => units.map(RiskAlcohol::Units),
    }
}

/// More units a week are a risk (the instrument's own hint, Sundhedsstyrelsen).
const WEEKLY_LIMIT: i32 = 10;

fn present(points: Quantity) -> Option<Risk> {
    match points {
        NONE => Some(Risk::Absent),
        SOME => Some(Risk::Present),
        NOT_TALKED_ABOUT => Some(Risk::NotWished),
        _ => None,
    }
}

/// The factors that are said to worsen the disease: each factor's question is followed by that one.
fn worsens(response: &Response) -> Vec<String> {
    let all = [(2, "tobacco"), (5, "alcohol"), (8, "inactivity"), (10, "diet"), (12, "mental")];
    let yes = all.into_iter().filter(|(no, _)| points(response, *no) == Some(SOME));
    yes.map(|(_, word)| word.to_owned()).collect()
}

/// Health literacy: low when two themes need support, or something was marked as hard; none when it was not talked about.
fn literacy(view: &CourseView<'_>, when: &Range<Date>) -> Option<bool> {
    let marked = view.record.adaptations.iter().map(|it| &it.value).any(|it: &Adaptations| !it.marks.is_empty());
    let score = newest(view, HEALTH_LITERACY, when).and_then(|it| it.score);
    if marked { Some(true) } else { score.map(|score| score >= Quantity::whole(2)) }
}

/// A need that an intervention was granted for. That there is none, or that it waits, is not recorded.
fn need(view: &CourseView<'_>, when: &Range<Date>, codes: &[InterventionCode]) -> Option<Need> {
    let mine = view.record.interventions.iter().map(|it| &it.value).filter(|it| it.course == view.course.id);
    let mut granted = mine.filter(|it| codes.contains(&it.code) && when.contains(&it.granted_on));
    granted.any(|it| !matches!(it.status, PlanStatus::EnteredInError { .. })).then_some(Need::Yes)
}

/// The newest stratification by coping and complexity.
fn stratified<'a>(view: &CourseView<'a>, when: &Range<Date>) -> Option<&'a Stratification> {
    let mine = view.record.stratifications.iter().map(|it| &it.value).filter(|it| it.course == view.course.id);
    let fits = mine.filter(|it| it.model == ESBJERG.word && when.contains(&local_date(it.at)));
    fits.max_by_key(|it| it.at)
}

/// A light factor of coping is a high ability.
const fn ability(step: Step) -> Grade {
    match step {
        Step::Light => Grade::High,
        Step::Middle => Grade::Medium,
        Step::Heavy => Grade::Low,
    }
}

const fn weight(step: Step) -> Grade {
    match step {
        Step::Light => Grade::Low,
        Step::Middle => Grade::Medium,
        Step::Heavy => Grade::High,
    }
}
