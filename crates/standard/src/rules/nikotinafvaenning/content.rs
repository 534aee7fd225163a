//! What a cessation course holds: elements, dependence test, medicine and the doctor (standard, sections 5.2 to 5.4).

use jiff::ToSpan;
use jiff::civil::Date;

use super::{ELEMENTS, MEDICINE, is_nicotine, record};
use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{CourseType, MedicineKind};
use crate::facts::{CourseFacts, Intervention, Nicotine, Ternary, TestResult};
use crate::limits::LimitId;
use crate::outcome::Verdict;
use crate::rules::delivered::{
    Delivered, by_second_session, completed_on, covered, filled, is_alive, over_on, stopped_on,
};

pub(in crate::rules) const RULES: &[Rule] = &[
    Rule { requirement: "KS-5.2-01", decide: Decide::Intervention(nine_elements) },
    Rule { requirement: "KS-5.2-02", decide: Decide::Intervention(dependence_test) },
    Rule { requirement: "KS-5.2-03", decide: Decide::Intervention(medicine_guidance) },
    Rule { requirement: "KS-5.2-04", decide: Decide::Intervention(over_the_counter) },
    Rule { requirement: "KS-5.2-05", decide: Decide::Intervention(prescription) },
    Rule { requirement: "KS-5.3-09", decide: Decide::Intervention(flexible) },
    Rule { requirement: "KS-5.4-01", decide: Decide::Intervention(psychotropics) },
];

/// How long after the stop date advice on medicine is in time: 14 days, in the text of KS-5.2-04.
const ADVICE_DAYS: i32 = 14;

/// KS-5.2-01, section 5.2: an intensive course covers all nine elements.
fn nine_elements(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let (completed, stopped) = (completed_on(of, at), stopped_on(of, at));
    let other = matches!(of.course_type, Some(CourseType::Short | CourseType::Other));
    let ended = completed.or(stopped).filter(|_| is_nicotine(of) && !other);
    let Some(ended_on) = ended else { return Verdict::OUTSIDE };
    let had = Delivered::of(course, of, at);
    let elements = had.elements();
    Case::on(ended_on)
        .except("stopped_early", stopped.is_some())
        .except("flexible", of.course_type == Some(CourseType::Flexible))
        .needs("intervention.course_type", of.course_type.is_some())
        .needs("session.elements_covered", had.is_recorded())
        .recorded("session.elements_covered", ELEMENTS.iter().all(|element| elements.contains(element)))
        .decide(at)
}

/// KS-5.2-02, section 5.2: dependence is tested with FTND or HSI by the second session.
fn dependence_test(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(started_on) = at.in_period(of.started_on).filter(|_| is_nicotine(of)) else { return Verdict::OUTSIDE };
    let own = |test: &&TestResult| test.intervention.as_deref() == Some(&of.id);
    let named = |name: &'static str| {
        course.test_results.iter().filter(own).filter(move |test| test.instrument.as_deref() == Some(name))
    };
    let tests = || named("ftnd").chain(named("hsi"));
    let adapted = record(course, &of.id).is_some_and(|record| record.adapted_test == Some(true));
    let complete = || tests().filter(|test| test.complete == Some(true));
    let done_on = complete().filter_map(|test| test.date).min();
    let case = Case::on(started_on)
        .except("refused", tests().any(|test| filled(test.refused_reason.as_ref())))
        .except("adapted_test", adapted || named("adapted").next().is_some())
        .needs("testresult.complete", done_on.is_some() || tests().all(|test| test.complete.is_some()))
        .needs("testresult.date", done_on.is_some() || complete().next().is_none())
        .done("testresult.date", done_on);
    by_second_session(case, &Delivered::of(course, of, at), of).decide(at)
}

/// KS-5.2-03, section 5.2: guidance on medicine is given in every course, of whatever type.
fn medicine_guidance(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let ended = completed_on(of, at).or(stopped_on(of, at)).filter(|_| is_nicotine(of));
    let Some(ended_on) = ended else { return Verdict::OUTSIDE };
    let had = Delivered::of(course, of, at);
    if had.count() == 0 {
        return Verdict::OUTSIDE;
    }
    Case::on(ended_on)
        .except("one_contact", had.count() == 1)
        .needs("session.elements_covered", had.is_recorded())
        .recorded("session.elements_covered", had.elements().contains(MEDICINE))
        .decide(at)
}

/// KS-5.2-04, section 5.2: who uses medicine over the counter is advised on dose, duration and tapering, here or at a
/// pharmacy, by 14 days after the stop date.
fn over_the_counter(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(record) = medicine(course, of, at, MedicineKind::OverTheCounter) else { return Verdict::OUTSIDE };
    let at_pharmacy = record.product_advice_by.as_deref() == Some("pharmacy");
    let advised = record.product_advice_by.is_some()
        && (at_pharmacy || filled(record.dose_advice.as_ref()))
        && (at_pharmacy || record.duration_weeks.is_some())
        && (at_pharmacy || filled(record.taper_plan.as_ref()));
    let last = record.stop_date.map(|day| day.saturating_add(ADVICE_DAYS.days()));
    let case = Case::today()
        .except("medicine_declined", record.medicine_declined == Some(true))
        .recorded("nicotine.product_advice_by", record.product_advice_by.is_some())
        .recorded("nicotine.dose_advice", advised || filled(record.dose_advice.as_ref()))
        .recorded("nicotine.duration_weeks", advised || record.duration_weeks.is_some())
        .recorded("nicotine.taper_plan", advised || filled(record.taper_plan.as_ref()));
    around_stop_date(case, last, of, advised).decide(at)
}

/// KS-5.2-05, section 5.2: who uses medicine on prescription has spoken with the own doctor before the stop date.
fn prescription(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(record) = medicine(course, of, at, MedicineKind::Prescription) else { return Verdict::OUTSIDE };
    let case = Case::today().done("nicotine.gp_contact_on", record.gp_contact_on);
    around_stop_date(case, day_before(record.stop_date), of, false).decide(at)
}

/// The record of a course in the period whose citizen uses or plans medicine of a kind.
fn medicine<'a>(
    course: &'a CourseFacts,
    of: &Intervention,
    at: &Context<'_>,
    kind: MedicineKind,
) -> Option<&'a Nicotine> {
    let record = record(course, &of.id).filter(|_| is_nicotine(of) && is_alive(of, at))?;
    (record.medicine_kind == Some(kind) || record.medicine_kind == Some(MedicineKind::Both)).then_some(record)
}

/// Due on a day that the stop date gives. Without one it waits while the course runs; after that nobody can tell, unless it
/// is `enough` that it was done.
fn around_stop_date(case: Case, last: Option<Date>, of: &Intervention, enough: bool) -> Case {
    match last {
        Some(last) => case.by(last),
        None if over_on(of).is_none() => case.waits(true),
        None => case.needs("nicotine.stop_date", enough),
    }
}

fn day_before(day: Option<Date>) -> Option<Date> {
    day.and_then(|day| day.yesterday().ok())
}

/// KS-5.3-09, section 5.3: a flexible course holds guidance on medicine and `flexible_elements_min` of the nine elements.
/// The figure is how many.
fn flexible(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let flexible = is_nicotine(of) && of.course_type == Some(CourseType::Flexible);
    let ended = completed_on(of, at).or(stopped_on(of, at)).filter(|_| flexible);
    let Some(ended_on) = ended else { return Verdict::OUTSIDE };
    let had = Delivered::of(course, of, at);
    let elements = had.elements();
    let count = covered(&ELEMENTS, &elements);
    Case::on(ended_on)
        .except("one_contact", had.count() == 1)
        .needs("session.elements_covered", had.is_recorded())
        .recorded("session.elements_covered", elements.contains(MEDICINE))
        .holds("too_few_elements", count >= at.count(LimitId::FlexibleElementsMin))
        .figure(Some(f64::from(count)))
        .decide(at)
}

/// KS-5.4-01, section 5.4: the doctor of a citizen who smokes and takes psychotropic medicine is asked before the stop date.
fn psychotropics(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let alive = is_nicotine(of) && is_alive(of, at);
    let Some(record) = record(course, &of.id).filter(|_| alive) else { return Verdict::OUTSIDE };
    let smoke = ["cigaretter", "pibe", "cerutter", "vandpibe"];
    let smokes = record.products.iter().any(|product| smoke.contains(&product.kind.as_str()));
    let excused = filled(record.psychotropics_not_relevant_reason.as_ref());
    let takes = record.psychotropics.and_then(Ternary::known);
    let without_smoke = !smokes && !record.products.is_empty();
    if takes == Some(false) || (without_smoke && !excused) {
        return Verdict::OUTSIDE;
    }
    let case = Case::today()
        .except("without_smoke", without_smoke)
        .needs("nicotine.psychotropics", takes.is_some() && !record.products.is_empty())
        .done("nicotine.doctor_contact_on", record.doctor_contact_on);
    around_stop_date(case, day_before(record.stop_date), of, false).decide(at)
}
