//! Results of instruments in a course.

use domain::codes::InterventionCode as C;
use domain::quantity::Quantity;
use domain::response::{Phase as OurPhase, Response, ResponseStatus};
use domain::safety::PhysicalTest;
use standard::facts::TestResult;
use standard::facts::words::Phase;

use super::CourseView;
use super::codes::said;
use super::interventions::{answers, considered_talk, of_code, owner};
use super::nutrition::CODES as NUTRITION;

/// Instruments of training.
const PHYSICAL: [&str; 6] = ["sixmwt", "twomwt", "sts30", "tug", "stairs", "step2min"];

/// What is written when nobody wrote why.
const NO_REASON: &str = "Ikke begrundet";

/// The answered instruments, and what was only typed on the page of safety, which has no day. A result belongs to the
/// intervention whose instrument it is; why an instrument was chosen is not recorded.
pub(super) fn of(view: &CourseView<'_>) -> Vec<TestResult> {
    let all: Vec<TestResult> = responses(view).map(|it| result(view, it)).collect();
    let typed = typed(view, &all);
    all.into_iter().chain(typed).collect()
}

/// What was answered or measured in the course, or refused; not what waits for the citizen, nor errors.
pub(super) fn responses<'a>(view: &CourseView<'a>) -> impl Iterator<Item = &'a Response> + use<'a> {
    let course = view.course.id;
    let mine = view.record.responses.iter().map(|it| &it.value).filter(move |it| it.course == Some(course));
    mine.filter(|it| !it.entered_in_error && it.status != ResponseStatus::NotStarted)
}

/// A number of ours.
pub(super) fn number(of: Quantity) -> f64 {
    f64::from(of.as_hundredths()) / 100.0
}

fn codes(instrument: &str) -> &'static [C] {
    match instrument {
        "audit" => &[C::AlcoholTalk],
        "ftnd" | "hsi" | "co" | "smoke_free" | "stopbasen_baseline" | "stopbasen_end" | "stopbasen_6m" => {
            &[C::NicotineCessation]
        }
        "bmi_weight" | "nutrition_risk" => &NUTRITION,
        physical if PHYSICAL.contains(&physical) => &[C::PhysicalTraining],
        _ => &[],
    }
}

fn result(view: &CourseView<'_>, it: &Response) -> TestResult {
    let of = owner(view, codes(&it.instrument), it.on).map(|of| of.id.to_string());
    let reason = || Some(it.reason.as_deref().and_then(said).unwrap_or_else(|| NO_REASON.to_owned()));
    let pair = (it.phase == OurPhase::End).then(|| compare(view, it)).flatten();
    let complete = match it.status {
        ResponseStatus::Complete => Some(true),
        ResponseStatus::Incomplete | ResponseStatus::InProgress => Some(false),
        ResponseStatus::Refused | ResponseStatus::NotPossible | ResponseStatus::NotStarted => None,
    };
    TestResult {
        id: Some(it.id.to_string()),
        intervention: of.or_else(|| considered_talk(view).filter(|_| it.instrument == "audit")),
        instrument: Some(it.instrument.clone()),
        version: Some(it.version.to_string()),
        date: Some(it.on),
        phase: Some(phase(it.phase)),
        complete,
        total: it.score.map(number),
        change: pair.and_then(|(_, change)| change),
        comparable: pair.map(|(comparable, _)| comparable),
        place: it.setting.place.as_deref().and_then(said),
        equipment: it.setting.equipment.as_deref().and_then(said),
        refused_reason: reason().filter(|_| it.status == ResponseStatus::Refused),
        not_possible_reason: reason().filter(|_| it.status == ResponseStatus::NotPossible),
        ..TestResult::default()
    }
}

const fn phase(phase: OurPhase) -> Phase {
    match phase {
        OurPhase::Start => Phase::Start,
        OurPhase::Mid => Phase::Mid,
        OurPhase::End => Phase::End,
        OurPhase::FollowUp => Phase::Followup,
    }
}

/// An end against the first start that counts: whether they may be compared, and how much better it got. None without a
/// start, or when the municipality loaded the instrument itself.
fn compare(view: &CourseView<'_>, end: &Response) -> Option<(bool, Option<f64>)> {
    let instrument = instruments::find(&end.instrument, end.version)?;
    let starts = responses(view).filter(|it| it.instrument == end.instrument && it.phase == OurPhase::Start);
    let start = starts.filter(|it| it.counts()).min_by_key(|it| (it.on, it.id))?;
    Some(match instruments::change(instrument, start, end, None) {
        Ok(change) => (true, Some(number(change.amount))),
        Err(_) => (false, None),
    })
}

/// AUDIT's total and the physical tests as they were typed on the page of safety, where the instrument itself was not used.
fn typed(view: &CourseView<'_>, all: &[TestResult]) -> Vec<TestResult> {
    let Some(answers) = answers(view) else { return Vec::new() };
    let used = |id: &str, phase: Option<Phase>| {
        all.iter().any(|it| it.instrument.as_deref() == Some(id) && (phase.is_none() || it.phase == phase))
    };
    let one = |id: &str, code: &'static [C], phase: Option<Phase>, total: Option<f64>| {
        let of = of_code(view, code).next().map(|it| it.id.to_string());
        (!used(id, phase)).then(|| TestResult {
            intervention: of.or_else(|| considered_talk(view).filter(|_| id == "audit")),
            instrument: Some(id.to_owned()),
            phase,
            total,
            ..TestResult::default()
        })
    };
    let audit = answers.audit_total.and_then(|total| one("audit", &[C::AlcoholTalk], None, Some(f64::from(total))));
    let physical = |test: Option<PhysicalTest>, phase: Phase| {
        test.and_then(|test| one(instrument(test), &[C::PhysicalTraining], Some(phase), None))
    };
    let start = physical(answers.start_test, Phase::Start);
    audit.into_iter().chain(start).chain(physical(answers.end_test, Phase::End)).collect()
}

const fn instrument(test: PhysicalTest) -> &'static str {
    match test {
        PhysicalTest::SixMinuteWalk => "sixmwt",
        PhysicalTest::TwoMinuteWalk => "twomwt",
        PhysicalTest::ChairStand => "sts30",
        PhysicalTest::TimedUpAndGo => "tug",
        PhysicalTest::Stairs => "stairs",
        PhysicalTest::TwoMinuteStep => "step2min",
    }
}
