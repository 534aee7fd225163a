//! What must not wait: the treating doctor, an unborn child, and a stop that is dangerous (standard, section 8.2).

use domain::deadlines::Deadline;
use jiff::civil::Date;

use super::{audit, audits, held, is_alcohol, mentally_ill, record, suggests_dependence};
use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{AlcoholClass, AlcoholGoal};
use crate::facts::{Chosen, Citizen, Consent, CourseFacts, Intervention, Noted, Pregnant};
use crate::limits::LimitId;
use crate::outcome::Verdict;
use crate::rules::forms::filled;

pub(in crate::rules) const RULES: &[Rule] = &[
    Rule { requirement: "KS-8.2-06", decide: Decide::Intervention(doctor_told) },
    Rule { requirement: "KS-8.2-07", decide: Decide::Intervention(pregnant_referred) },
    Rule { requirement: "KS-8.2-08", decide: Decide::Intervention(notification_considered) },
    Rule { requirement: "KS-8.2-12", decide: Decide::Intervention(doctor_before_stop) },
];

/// Whether a consent is given and was not withdrawn by a day.
fn given(consent: Option<&Consent>, until: Date) -> bool {
    consent.is_some_and(|one| one.answer && one.withdrawn_on.is_none_or(|day| day > until))
}

/// A consent is owed as an answer, dated when it has a date.
fn asked(case: Case, fact: &'static str, consent: Option<&Consent>) -> Case {
    match consent.map(|consent| consent.on) {
        Some(Some(on)) => case.done(fact, Some(on)),
        Some(None) => case,
        None => case.recorded(fact, false),
    }
}

/// KS-8.2-06, section 8.2: with signs of dependence and a mental illness the treating doctor is told within
/// `alcohol_referral_workdays`, when the citizen agrees.
fn doctor_told(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let ill = mentally_ill(course);
    let found = audit(course, of, at).filter(|(_, total)| suggests_dependence(*total, at) && ill != Some(false));
    let Some((tested_on, _)) = found else { return Verdict::OUTSIDE };
    let due = at.workdays_after(tested_on, LimitId::AlcoholReferralWorkdays);
    let consent = course.consents.as_ref().and_then(|consents| consents.treating_doctor.as_ref());
    let id = consent.and_then(|consent| consent.id.as_ref());
    let mut told = course.messages.iter().filter(|message| id.is_some() && message.consent_id.as_ref() == id);
    let case = Case::on(tested_on).needs("citizen.mental_illness", ill.is_some()).by(due);
    let case = asked(case, "consent.treating_doctor", consent);
    if given(consent, due) {
        return case.done("message.sent_on", told.find_map(|message| message.sent_on)).decide(at);
    }
    case.decide(at)
}

/// Signs of harmful use by a citizen who is or may be pregnant: since when, and the case, which needs somebody to know.
fn pregnant_at_risk(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Option<(Date, Case)> {
    let tested = audit(course, of, at);
    let class = record(course, of).filter(|_| is_alcohol(of)).and_then(|record| record.class);
    let classed = matches!(class, Some(AlcoholClass::Skadeligt | AlcoholClass::Afhaengighed));
    let positive = classed || tested.is_some_and(|(_, total)| total >= at.limit(LimitId::AuditMid));
    let found_on = tested.map(|(day, _)| day).or_else(|| held(course, of, at).map(|(_, day)| day));
    let citizen = course.citizen.as_ref()?;
    let pregnant = citizen.pregnant.and_then(Pregnant::known);
    let may_be = pregnant == Some(true) || (pregnant.is_none() && can_be_pregnant(citizen));
    let day = found_on.filter(|_| positive && may_be)?;
    Some((day, Case::on(day).needs("citizen.pregnant", pregnant.is_some())))
}

/// Women from 15 to 49 years.
fn can_be_pregnant(citizen: &Citizen) -> bool {
    citizen.sex.as_deref() == Some("female") && citizen.age.is_some_and(|age| (15..=49).contains(&age))
}

/// KS-8.2-07, section 8.2: a pregnant citizen who may drink harmfully is, when she agrees, referred both to the family clinic
/// and to treatment within `pregnancy_referral_workdays`.
fn pregnant_referred(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let Some((found_on, case)) = pregnant_at_risk(course, of, at) else { return Verdict::OUTSIDE };
    let due = at.due(Deadline::Notification, found_on);
    let consent = course.consents.as_ref().and_then(|consents| consents.referral.as_ref());
    let record = record(course, of);
    let case = asked(case.by(due), "consent.referral", consent);
    if !given(consent, due) {
        return case.decide(at);
    }
    case.done("alcohol.family_clinic_referral_on", record.and_then(|record| record.family_clinic_referral_on))
        .done("alcohol.treatment_referral_on", record.and_then(|record| record.treatment_referral_on))
        .decide(at)
}

/// KS-8.2-08, section 8.2: in the same situation a notification is considered and decided, whatever she agrees to.
fn notification_considered(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let Some((found_on, case)) = pregnant_at_risk(course, of, at) else { return Verdict::OUTSIDE };
    let record = record(course, of);
    let considered = record.and_then(|record| record.notification_considered.as_ref());
    let decided = |one: &Chosen| one.word == "made" || filled(one.reason.as_ref());
    case.by(at.due(Deadline::Notification, found_on))
        .holds("not_considered", considered.is_none_or(|one| one.answer))
        .done("alcohol.notification_considered", considered.and_then(|one: &Noted| one.on.filter(|_| one.by.is_some())))
        .recorded(
            "alcohol.notification_decision",
            record.and_then(|record| record.notification_decision.as_ref()).is_some_and(decided),
        )
        .decide(at)
}

/// KS-8.2-12, section 8.2: with very high use or signs of dependence somebody asks whether a doctor is needed before a stop,
/// and if so sends the citizen there.
fn doctor_before_stop(course: &CourseFacts, of: &Intervention, at: &Context<'_>) -> Verdict {
    let Some((_, held_on)) = held(course, of, at) else { return Verdict::OUTSIDE };
    let stops = record(course, of).filter(|record| record.goal_type == Some(AlcoholGoal::Stop));
    let Some(record) = stops else { return Verdict::OUTSIDE };
    let tested = audits(course, of).filter_map(|test| test.total).any(|total| suggests_dependence(total, at));
    let dependent = tested || record.class == Some(AlcoholClass::Afhaengighed);
    if !dependent && record.very_high_use != Some(true) {
        return Verdict::OUTSIDE;
    }
    let needed = record.medical_need == Some(true);
    Case::on(held_on)
        .recorded("alcohol.medical_need", record.medical_need.is_some())
        .recorded("alcohol.medical_referral_on", !needed || record.medical_referral_on.is_some())
        .decide(at)
}
