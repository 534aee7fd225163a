//! Målgruppe: whom the offers are for (standard, section 2.1).

use super::afklarende_samtale::assessment;
use super::areas::{area_of, requested};
use super::delivered::{any_known, is_active};
use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{Area, Fsiii, ReferralOutcome, TargetGroup};
use crate::facts::{CourseFacts, Group, Intervention, Offer, Referral};
use crate::limits::LimitId;
use crate::outcome::Verdict;

pub(super) const RULES: &[Rule] = &[
    Rule { requirement: "KS-2.1-01", decide: Decide::Municipality(all_six) },
    Rule { requirement: "KS-2.1-02", decide: Decide::Referral(open_to_all) },
    Rule { requirement: "KS-2.1-03", decide: Decide::Municipality(open_at_risk) },
    Rule { requirement: "KS-2.1-05", decide: Decide::Intervention(assessed_need) },
];

/// The offers of an area that can be had on the day.
fn offers_of<'a>(area: Area, at: &'a Context<'_>) -> impl Iterator<Item = &'a Offer> {
    at.municipality.tables().offers.iter().filter(move |offer| offer.area == Some(area) && is_active(offer, at))
}

/// KS-2.1-01, section 2.1: each of the six areas has an active offer with a code of the area and a place within
/// `offer_horizon_days`. A group of unknown size or start makes an area unknown that has no other.
fn all_six(at: &Context<'_>) -> Verdict {
    let horizon = at.days_after(at.today, LimitId::OfferHorizonDays);
    let ahead = |group: &Group| -> Option<bool> {
        let (places, start) = (group.places, group.start_date);
        let out =
            places.is_some_and(|count| count <= 0) || start.is_some_and(|day| !(at.today..=horizon).contains(&day));
        if out { Some(false) } else { (places.is_some() && start.is_some()).then_some(true) }
    };
    let area = |area: Area| -> (bool, Option<bool>) {
        let fits = |offer: &Offer| offer.area == Some(area) && offer.fsiii_code.and_then(area_of) == Some(area);
        let mine = |group: &&Group| {
            let offer = group.offer.as_deref().and_then(|id| at.municipality.offer(id));
            offer.is_some_and(|offer| fits(offer) && is_active(offer, at)) && group.cancelled != Some(true)
        };
        let offered = at.municipality.tables().offers.iter().any(|offer| fits(offer) && is_active(offer, at));
        (offered, any_known(at.municipality.tables().groups.iter().filter(mine).map(ahead)))
    };
    let areas: Vec<_> = Area::ALL.iter().map(|one| area(*one)).collect();
    Case::today()
        .needs("group.start_date", areas.iter().all(|(_, places)| places.is_some()))
        .recorded("offer.fsiii_code", areas.iter().all(|(offered, _)| *offered))
        .recorded("group.places", areas.iter().all(|(_, places)| *places == Some(true)))
        .decide(at)
}

/// KS-2.1-02, section 2.1: nobody who asks for nicotine cessation or a talk about alcohol is turned away for want of a chronic
/// disease, and no active offer of the two areas asks for one.
fn open_to_all(_: &CourseFacts, referral: &Referral, at: &Context<'_>) -> Verdict {
    let open = |area: &Area| matches!(area, Area::Nikotinafvaenning | Area::Alkohol);
    let asked = requested(referral, at).filter(open);
    let Some(received_on) = at.in_period(referral.received_on).filter(|_| asked.is_some()) else {
        return Verdict::OUTSIDE;
    };
    let offers = [Area::Nikotinafvaenning, Area::Alkohol].into_iter().flat_map(|area| offers_of(area, at));
    let closed = any_known(offers.map(|offer| offer.requires_chronic_disease));
    let rejected = referral.outcome == Some(ReferralOutcome::Rejected);
    let reason = referral.rejection_reason.as_deref();
    let elsewhere = referral.outcome == Some(ReferralOutcome::Moved) || reason == Some("other_municipality");
    Case::on(received_on)
        .except("withdrew_before_answer", referral.decline_reason.as_deref() == Some("withdrew_before_answer"))
        .except("other_municipality", elsewhere)
        .needs("referral.rejection_reason", !rejected || reason.is_some())
        .needs("offer.requires_chronic_disease", closed.is_some())
        .holds("no_chronic_disease", !rejected || reason != Some("no_chronic_disease"))
        .holds("offer_asks_for_chronic_disease", closed != Some(true))
        .waits(referral.outcome.is_none())
        .recorded("referral.outcome", referral.outcome.is_some())
        .decide(at)
}

/// KS-2.1-03, section 2.1: physical activity and nutrition each have an active offer that citizens at risk may take. The figure
/// is how many such citizens started on one in the period.
#[expect(clippy::cast_precision_loss, reason = "counts of starts, far below where it would matter")]
fn open_at_risk(at: &Context<'_>) -> Verdict {
    let areas = [Area::FysiskAktivitet, Area::Ernaering];
    if areas.into_iter().all(|area| offers_of(area, at).next().is_none()) {
        return Verdict::OUTSIDE;
    }
    let admits = |offer: &Offer| {
        let groups = &offer.target_groups;
        (!groups.is_empty()).then(|| groups.contains(&TargetGroup::Risiko))
    };
    let admitted = areas.map(|area| any_known(offers_of(area, at).map(admits)));
    let at_risk = |(group, code): &(TargetGroup, Fsiii)| {
        *group == TargetGroup::Risiko && area_of(*code).is_some_and(|area| areas.contains(&area))
    };
    let starts: i64 = at.totals.started.iter().filter(|(key, _)| at_risk(key)).map(|(_, count)| count).sum();
    Case::today()
        .needs("offer.target_groups", admitted.iter().all(Option::is_some))
        .holds("not_open_at_risk", admitted.iter().all(|one| *one == Some(true)))
        .figure(Some(starts as f64))
        .decide(at)
}

/// KS-2.1-05, section 2.1: a grant rests on an assessment of function and health that is no older than the course.
fn assessed_need(course: &CourseFacts, intervention: &Intervention, at: &Context<'_>) -> Verdict {
    let other = matches!(intervention.fsiii_code, Some(Fsiii::NikotinTobaksafvaenning | Fsiii::SamtaleOmAlkohol));
    let Some(granted_on) = at.in_period(intervention.granted_on).filter(|_| !other) else { return Verdict::OUTSIDE };
    let case = Case::on(granted_on).except("transferred", intervention.transferred == Some(true));
    if intervention.assessment_id.is_none() {
        return case.recorded("intervention.assessment_id", false).decide(at);
    }
    let found = assessment(course, intervention.assessment_id.as_ref());
    let date = found.and_then(|one| one.date);
    let fresh = date.is_none_or(|on| on <= granted_on && course.started_on.is_none_or(|start| start <= on));
    case.needs("assessment.date", date.is_some())
        .answered("assessment.function_done", found.and_then(|one| one.function_done))
        .answered("assessment.health_done", found.and_then(|one| one.health_done))
        .holds("not_of_the_course", fresh)
        .decide(at)
}
