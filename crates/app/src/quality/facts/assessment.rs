//! What a clarifying or needs talk found out.

use std::ops::Range;

use domain::adaptation::Adaptations;
use domain::care_plan::PlanStatus;
use domain::codes::InterventionCode;
use domain::course::{RiskFactor, TalkArea};
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
use crate::talks::RISK_ANSWERS;

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
    let of = Risks { response: risks, words };
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
        risk_tobacco: of.tobacco(),
        risk_alcohol: of.alcohol(),
        risk_inactivity: of.present(RiskFactor::Inactivity),
        risk_diet: of.present(RiskFactor::Diet),
        risk_mental: of.present(RiskFactor::MentalHealth),
        risk_worsens_disease: risks.map(worsens),
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

/// The answer about a risk factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answered {
    No,
    Yes,
    NotWished,
}

/// What was answered about the five: in the instrument when it was used, else with the same three answers in the talk,
/// where other words tell nothing.
#[derive(Clone, Copy)]
struct Risks<'a> {
    response: Option<&'a Response>,
    words: TalkWords<'a>,
}

impl Risks<'_> {
    fn of(self, factor: RiskFactor) -> Option<Answered> {
        let by = [Answered::No, Answered::Yes, Answered::NotWished];
        if let Some(response) = self.response {
            let chosen = points(response, item(factor))?;
            return by.into_iter().zip(0..).find(|(_, at)| Quantity::whole(*at) == chosen).map(|(answer, _)| answer);
        }
        let said = self.words.risk(factor)?;
        by.into_iter().zip(RISK_ANSWERS).find(|(_, (_, label))| *label == said).map(|(answer, _)| answer)
    }

    /// A yes does not say daily or occasional and is left out.
    fn tobacco(self) -> Option<RiskTobacco> {
        match self.of(RiskFactor::Smoking)? {
            Answered::No => Some(RiskTobacco::None),
            Answered::NotWished => Some(RiskTobacco::NotDiscussed),
            Answered::Yes => None,
        }
    }

    /// Units a week when they were told. A risk within the limit, or without a number, is one of pattern.
    fn alcohol(self) -> Option<RiskAlcohol> {
        let units = self.response.and_then(|it| points(it, UNITS_A_WEEK));
        let told = units.filter(|it| *it != Quantity::whole(0));
        let told = told.map(|it| RiskAlcohol::Units(f64::from(it.as_hundredths()) / 100.0));
        match self.of(RiskFactor::Alcohol)? {
            Answered::NotWished => Some(RiskAlcohol::NotDiscussed),
            Answered::No => told.or(Some(RiskAlcohol::None)),
            Answered::Yes => told.filter(|_| units > Some(WEEKLY_LIMIT)).or(Some(RiskAlcohol::Pattern)),
        }
    }

    fn present(self, factor: RiskFactor) -> Option<Risk> {
        self.of(factor).map(|answer| match answer {
            Answered::No => Risk::Absent,
            Answered::Yes => Risk::Present,
            Answered::NotWished => Risk::NotWished,
        })
    }
}

/// The number of a factor's question in the instrument; whether it worsens the disease is asked right after.
const fn item(factor: RiskFactor) -> u16 {
    match factor {
        RiskFactor::Smoking => 1,
        RiskFactor::Alcohol => 4,
        RiskFactor::Inactivity => 7,
        RiskFactor::Diet => 9,
        RiskFactor::MentalHealth => 11,
    }
}

const UNITS_A_WEEK: u16 = 6;

/// More units a week are a risk (the instrument's own hint).
const WEEKLY_LIMIT: Quantity = Quantity::whole(10);

/// The factors that are said to worsen the disease.
fn worsens(response: &Response) -> Vec<String> {
    let all = [
        (RiskFactor::Smoking, "tobacco"),
        (RiskFactor::Alcohol, "alcohol"),
        (RiskFactor::Inactivity, "inactivity"),
        (RiskFactor::Diet, "diet"),
        (RiskFactor::MentalHealth, "mental"),
    ];
    let yes = all.into_iter().filter(|(factor, _)| points(response, item(*factor) + 1) == Some(Quantity::whole(1)));
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
