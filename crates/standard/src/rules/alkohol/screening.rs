//! Screening and what its result leads to (standard, section 8.2).

use jiff::civil::Date;

use super::{
    alcohol_talks, audit, audits, held, in_treatment, is_alcohol, mentally_ill, record, suggests_dependence, talk_of,
};
use crate::case::Case;
use crate::context::{Context, days_between};
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{AlcoholClass, TalkKind, TreatmentAnswer};
use crate::facts::{Alcohol, CourseFacts, Intervention, Talk, TestResult};
use crate::limits::LimitId;
use crate::outcome::Verdict;

pub(in crate::rules) const RULES: &[Rule] = &[
    Rule { requirement: "KS-8.2-01", decide: Decide::Intervention(screened) },
    Rule { requirement: "KS-8.2-02", decide: Decide::Intervention(talk_after_screening) },
    Rule { requirement: "KS-8.2-03", decide: Decide::Intervention(treatment_after_screening) },
    Rule { requirement: "KS-8.2-04", decide: Decide::Intervention(treatment_with_mental_illness) },
    Rule { requirement: "KS-8.2-05", decide: Decide::Intervention(informed_about_treatment) },
];

/// What is told about treatment: the elements of KS-8.2-05.
const TOLD: [&str; 4] =
    ["frit valg", "vederlagsfri", "mulighed for anonymitet", "lokale frivillige støtteorganisationer"];

/// KS-8.2-01, section 8.2: the talk begins with a complete AUDIT, at most `audit_valid_days` old.
fn screened(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let Some((_, held_on)) = held(course, of, at) else { return Verdict::OUTSIDE };
    let oldest = at.count(LimitId::AuditValidDays);
    let in_time = |day: Date| day <= held_on && days_between(day, held_on) <= oldest;
    let on_day = |test: &TestResult| test.date.is_none_or(in_time);
    let complete = || audits(course, of).filter(|test| test.complete == Some(true));
    let valid = complete().any(|test| test.date.is_some_and(in_time));
    let unsure = |test: &TestResult| test.complete.is_none() && on_day(test);
    Case::on(held_on)
        .needs("testresult.complete", valid || !audits(course, of).any(unsure))
        .needs("testresult.date", valid || complete().all(|test| test.date.is_some()))
        .by(held_on)
        .recorded("testresult.complete", valid)
        .decide(at)
}

/// KS-8.2-02, section 8.2: AUDIT from `audit_low` to below `audit_high` leads to the talk.
fn talk_after_screening(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let points = at.limit(LimitId::AuditLow)..at.limit(LimitId::AuditHigh);
    let found = audit(course, of, at).filter(|(_, total)| points.contains(total));
    let (Some((tested_on, _)), ill) = (found, mentally_ill(course)) else { return Verdict::OUTSIDE };
    if ill == Some(true) {
        return Verdict::OUTSIDE;
    }
    let about = |talk: &&Talk| talk.intervention.as_ref().is_none_or(|id| *id == of.id);
    let talks = alcohol_talks(course).filter(about);
    let offered_on = talks.flat_map(|talk| [talk.offered_on, talk.held_on]).flatten().min();
    Case::on(tested_on)
        .except("in_treatment", in_treatment(course))
        .needs("citizen.mental_illness", ill.is_some())
        .by(talk_due(tested_on, at))
        .done("talk.offered_on", offered_on)
        .decide(at)
}

fn talk_due(tested_on: Date, at: &Context<'_>) -> Date {
    at.workdays_after(tested_on, LimitId::AlcoholStartWorkdays)
}

/// KS-8.2-03, section 8.2: AUDIT of `audit_high` or more leads to treatment within `alcohol_referral_workdays`.
fn treatment_after_screening(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let found = audit(course, of, at).filter(|(_, total)| suggests_dependence(*total, at));
    let Some((tested_on, _)) = found else { return Verdict::OUTSIDE };
    let case = Case::on(tested_on)
        .except("in_treatment", in_treatment(course))
        .by(at.workdays_after(tested_on, LimitId::AlcoholReferralWorkdays));
    treatment(case, course, of, tested_on).decide(at)
}

/// KS-8.2-04, sections 8.2 and 8.4: with a mental illness, AUDIT of `audit_low` or more, or a use classed as heavy or
/// harmful, leads to treatment within `alcohol_referral_workdays`.
fn treatment_with_mental_illness(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let ill = mentally_ill(course);
    let tested = audit(course, of, at);
    let class = record(course, of).and_then(|record| record.class);
    let classed = matches!(class, Some(AlcoholClass::Storforbrug | AlcoholClass::Skadeligt));
    let positive = classed || tested.is_some_and(|(_, total)| total >= at.limit(LimitId::AuditLow));
    let found_on = tested.map(|(day, _)| day).or_else(|| held(course, of, at).map(|(_, day)| day));
    let Some(found_on) = found_on.filter(|_| positive && ill != Some(false)) else { return Verdict::OUTSIDE };
    let case = Case::on(found_on)
        .except("in_treatment", in_treatment(course))
        .needs("citizen.mental_illness", ill.is_some())
        .by(at.workdays_after(found_on, LimitId::AlcoholReferralWorkdays));
    treatment(case, course, of, found_on).decide(at)
}

/// Treatment is owed: the referral, or the citizen's no or later with another contact offered.
fn treatment(case: Case, course: &CourseFacts, of: &Intervention, found_on: Date) -> Case {
    let record = record(course, of);
    let answer = record.and_then(|record| record.treatment_answer);
    let referred_on = record.and_then(|record| record.treatment_referral_on);
    let refused = matches!(answer, Some(TreatmentAnswer::Declined | TreatmentAnswer::Later));
    if !refused || referred_on.is_some() {
        return case.done("alcohol.treatment_referral_on", referred_on);
    }
    let own = talk_of(course, of).map(|talk| &talk.id);
    let again = |talk: &&Talk| {
        let kind = matches!(talk.kind, Some(TalkKind::ForebyggendeSamtaleAlkohol | TalkKind::OpfoelgendeSamtale));
        kind && Some(&talk.id) != own
    };
    let talks = course.talks.iter().filter(again).filter_map(|talk| talk.offered_on);
    let follow_ups = course.follow_ups.iter().filter_map(|one| one.offered_on);
    case.done("followup.offered_on", talks.chain(follow_ups).filter(|day| *day >= found_on).min())
}

/// KS-8.2-05, section 8.2: who is referred to treatment is told about choice, cost, anonymity and local support.
fn informed_about_treatment(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let Some(record) = record(course, of).filter(|_| is_alcohol(of)) else { return Verdict::OUTSIDE };
    let offered_on = || audit(course, of, at).map(|(day, _)| day).or_else(|| held(course, of, at).map(|(_, day)| day));
    let day = match record {
        Alcohol { treatment_referral_on: Some(day), .. } => at.in_period(Some(*day)),
        Alcohol { treatment_answer: Some(_), .. } => offered_on(),
        _ => None,
    };
    let Some(day) = day else { return Verdict::OUTSIDE };
    let told = TOLD.iter().all(|item| record.info_given.iter().any(|given| given == item));
    Case::on(day).by(day).recorded("alcohol.info_given", told).decide(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::STANDARD;

    #[test]
    fn what_is_told_is_that_of_the_standard() {
        assert_eq!(STANDARD.requirement("KS-8.2-05").unwrap().elements, TOLD);
    }
}
