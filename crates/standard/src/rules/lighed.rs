//! Lighed: who takes part and who does not, and needs that stand in the way (standard, sections 3.3 and 3.4; the inspiration
//! catalogue).

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::afklarende_samtale::{assessment, filled};
use super::delivered::ran;
use super::ending::{died, weakest};
use super::forms::stopped_in;
use super::tilrettelaeggelse::is_open;
use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::words::{Grade, ReferralOutcome, TalkKind};
use crate::facts::{Contact, CourseFacts, Group, Needs, Offer, Referral, Talk, Ternary};
use crate::limits::LimitId;
use crate::outcome::Verdict;
use crate::totals::Ended;

pub(super) const RULES: &[Rule] = &[
    Rule { requirement: "KS-3.3-02", decide: Decide::Municipality(followed_by_group) },
    Rule { requirement: "KS-3.3-03", decide: Decide::Course(reason_known) },
    Rule { requirement: "KS-3.4-02", decide: Decide::Municipality(gap_acted_on) },
    Rule { requirement: "SP-004-20", decide: Decide::Course(special_needs) },
    Rule { requirement: "IK-002-02", decide: Decide::Course(language_support) },
    Rule { requirement: "IK-002-06", decide: Decide::Talk(stratified) },
    Rule { requirement: "IK-002-12", decide: Decide::Municipality(adapted_offers) },
];

/// What participants are split by (KS-3.3-02).
const STRATA: [&str; 6] = ["strat_level", "language_need", "district", "age_band", "sex", "mental_illness"];
/// Split by as well where it is recorded for anybody.
const EDUCATION: &str = "education";
/// The reason that says none.
const UNKNOWN: &str = "unknown";
/// Months that a gap is looked at over (KS-3.4-02).
const GAP_MONTHS: i32 = 12;
/// The language that needs no support.
const DANISH: &str = "da";

/// KS-3.3-02, section 3.3: within the year somebody looked at who takes part, by every stratum, beside population figures
/// where they are loaded.
fn followed_by_group(at: &Context<'_>) -> Verdict {
    let tables = at.municipality.tables();
    let this_year = |day: Option<Date>| day.is_some_and(|day| day.year() == at.today.year());
    let reviewed = || tables.indicators.iter().filter(|one| this_year(one.run_on) && this_year(one.reviewed_on));
    let strata: BTreeSet<&str> = reviewed().flat_map(|one| one.strata.iter().map(String::as_str)).collect();
    let education = at.totals.educated == 0 || strata.contains(EDUCATION);
    let populations = &tables.populations;
    Case::today()
        .needs(
            "population.dataset_date",
            populations.is_empty() || populations.iter().any(|one| one.dataset_date.is_some()),
        )
        .recorded("indicator.reviewed_on", reviewed().next().is_some())
        .recorded("indicator.strata", education && STRATA.iter().all(|one| strata.contains(one)))
        .decide(at)
}

/// Whether a reason says why.
fn says_why(reason: Option<&String>) -> bool {
    filled(reason) && reason.is_none_or(|reason| reason != UNKNOWN)
}

/// KS-3.3-03, section 3.3: why a request was declined, nobody was reached or an intervention was stopped is known by the
/// closing.
fn reason_known(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let referrals = course.referrals.iter().filter_map(|one| not_taken_up(course, one, at));
    let stopped = course.interventions.iter().filter_map(|one| {
        let case = Case::on(stopped_in(one, at)?);
        Some(case.recorded("intervention.stop_reason", says_why(one.stop_reason.as_ref())))
    });
    weakest(referrals.chain(stopped).map(|case| by_closing(case, course).except("dead", died(course)).decide(at)))
}

/// Until the course closes.
fn by_closing(case: Case, course: &CourseFacts) -> Case {
    match course.closed_on {
        Some(day) => case.by(day),
        None => case.waits(is_open(course)),
    }
}

/// KS-3.3-03: a request that led to nothing. One that was never answered is its own reason, when the attempts stand with what
/// they led to.
fn not_taken_up(course: &CourseFacts, referral: &Referral, at: &Context<'_>) -> Option<Case> {
    let case = Case::on(at.in_period(referral.outcome_on.or(referral.received_on))?);
    match referral.outcome? {
        ReferralOutcome::Declined => {
            Some(case.recorded("referral.decline_reason", says_why(referral.decline_reason.as_ref())))
        }
        ReferralOutcome::NeverReached => {
            let about = |one: &&Contact| one.referral.as_ref().is_none_or(|id| *id == referral.id);
            let attempts = || course.contacts.iter().filter(about);
            let tried = attempts().next().is_some();
            let case = case.needs("contact.result", attempts().all(|one| one.result.is_some()));
            Some(case.recorded("contact.result", tried))
        }
        _ => None,
    }
}

/// KS-3.4-02, section 3.4: when the levels of support differ by more than `equity_gap_points` over twelve months, in who
/// completes or in who gets better, something is done about it. The figure is the greatest gap in points; levels with fewer
/// than `small_number` are left out.
fn gap_acted_on(at: &Context<'_>) -> Verdict {
    let after = at.today.saturating_sub(GAP_MONTHS.months());
    let mut levels: BTreeMap<i32, Ended> = BTreeMap::new();
    let ended = at.totals.ended.iter().filter(|((on, level), _)| *on > after && *on <= at.today && *level > 0);
    for ((_, level), counts) in ended {
        let sum = levels.entry(*level).or_default();
        sum.all += counts.all;
        sum.completed += counts.completed;
        sum.compared += counts.compared;
        sum.improved += counts.improved;
    }
    if levels.is_empty() {
        return Verdict::OUTSIDE;
    }
    let least = i64::from(at.count(LimitId::SmallNumber));
    let completion = gap(levels.values().map(|one| (one.completed, one.all)), least);
    let change = gap(levels.values().map(|one| (one.improved, one.compared)), least);
    let greatest = completion.into_iter().chain(change).reduce(f64::max);
    let acted = at.municipality.tables().indicators.iter().any(|one| filled(one.gap_action.as_ref()));
    let wide = greatest.is_some_and(|gap| gap > at.limit(LimitId::EquityGapPoints));
    Case::today()
        .except("small_number", completion.is_none())
        .recorded("indicator.gap_action", !wide || acted)
        .figure(greatest)
        .decide(at)
}

/// The gap in points between the highest and the lowest share of those with enough of them; none with fewer than two.
fn gap(parts: impl Iterator<Item = (i64, i64)>, least: i64) -> Option<f64> {
    let number = |count: i64| u32::try_from(count).map_or(0.0, f64::from);
    let enough = parts.filter(|(_, of)| *of > 0 && *of >= least);
    let shares: Vec<f64> = enough.map(|(part, of)| 100.0 * number(part) / number(of)).collect();
    let highest = shares.iter().copied().reduce(f64::max)?;
    let lowest = shares.iter().copied().reduce(f64::min)?;
    (shares.len() > 1).then_some(highest - lowest)
}

/// SP-004-20: a need for an interpreter, transport or a companion has an arrangement, or a reason why not, by the first
/// session.
fn special_needs(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let Some(started_on) = course.started_on.filter(|on| *on <= at.to) else { return Verdict::OUTSIDE };
    let Some(needs) = course.needs.as_ref().filter(|_| course.closed_on.is_none_or(|on| on >= at.from)) else {
        return Verdict::OUTSIDE;
    };
    let transport = needs.transport.as_ref().is_some_and(|noted| noted.answer);
    if !transport && needs.interpreter != Some(Ternary::Yes) && needs.companion != Some(Ternary::Yes) {
        return Verdict::OUTSIDE;
    }
    let answered = filled(needs.arrangement.as_ref()) || filled(needs.not_met_reason.as_ref());
    let due = course.first_session_on.or(course.closed_on).unwrap_or(at.today);
    Case::on(started_on)
        .except("declined", needs.declined == Some(true))
        .by(due)
        .recorded("need.arrangement", answered)
        .decide(at)
}

/// IK-002-02, Aarhus: a need for an interpreter or another language has an arrangement, an offer in that language or a reason
/// why not, by the first session.
fn language_support(course: &CourseFacts, at: &Context<'_>) -> Verdict {
    let foreign = |needs: &&Needs| needs.language.as_deref().is_some_and(|language| language != DANISH);
    let in_need = |needs: &&Needs| needs.interpreter == Some(Ternary::Yes) || foreign(needs);
    let Some((started_on, needs)) = course.started_on.zip(course.needs.as_ref().filter(in_need)) else {
        return Verdict::OUTSIDE;
    };
    if !ran(course, at) {
        return Verdict::OUTSIDE;
    }
    let offers = course.interventions.iter().filter_map(|one| at.municipality.offer(one.offer.as_deref()?));
    let spoken = |offer: &Offer| offer.languages.iter().any(|language| Some(language) == needs.language.as_ref());
    let in_language = offers.filter(|_| foreign(&needs)).any(spoken);
    let answered = filled(needs.arrangement.as_ref()) || filled(needs.not_met_reason.as_ref()) || in_language;
    let case = Case::on(started_on);
    let case = match course.first_session_on.or(course.closed_on) {
        Some(due) => case.by(due),
        None => case.waits(true),
    };
    if answered || filled(needs.language.as_ref()) {
        return case.recorded("need.arrangement", answered).decide(at);
    }
    case.answered("need.language", None).decide(at)
}

/// The level of coordination by ability to cope and complexity.
const fn level(coping: Grade, complexity: Grade) -> i32 {
    match (coping, complexity) {
        (Grade::High, Grade::Low | Grade::Medium) | (Grade::Medium, Grade::Low) => 1,
        (Grade::High, Grade::High) | (Grade::Medium, Grade::Medium) | (Grade::Low, Grade::Low) => 2,
        (Grade::Medium, Grade::High) | (Grade::Low, Grade::Medium | Grade::High) => 3,
    }
}

/// IK-002-06, Esbjerg: where stratification is switched on, a clarifying talk sets coping, complexity and the level that the
/// table gives, or another with a reason.
fn stratified(course: &CourseFacts, talk: &Talk, at: &Context<'_>) -> Verdict {
    let counts = at.municipality.tables().settings.stratification == Some(true)
        && talk.kind == Some(TalkKind::AfklarendeSamtale);
    let Some(held_on) = at.in_period(talk.held_on).filter(|_| counts) else { return Verdict::OUTSIDE };
    let case = Case::on(held_on);
    let Some(found) = assessment(course, talk.assessment.as_ref()) else {
        return case.answered("assessment.strat_coping", None).decide(at);
    };
    let given = found.strat_coping.zip(found.strat_complexity).map(|(coping, complexity)| level(coping, complexity));
    let differs = given.is_some() && course.strat_level.is_some() && given != course.strat_level;
    case.recorded("assessment.strat_coping", found.strat_coping.is_some())
        .recorded("assessment.strat_complexity", found.strat_complexity.is_some())
        .recorded("course.strat_level", course.strat_level.is_some())
        .recorded("course.strat_override_reason", !differs || filled(course.strat_override_reason.as_ref()))
        .decide(at)
}

/// IK-002-12, Aalborg and others: what there is for citizens in a vulnerable place; a café has at most `cafe_max`
/// participants. The figure is the number of offers.
fn adapted_offers(at: &Context<'_>) -> Verdict {
    let runs =
        |one: &&Offer| one.active_from.is_none_or(|from| from <= at.to) && one.active_to.is_none_or(|to| to >= at.from);
    let tables = at.municipality.tables();
    let offers: Vec<&Offer> = tables.offers.iter().filter(|one| !one.adapted_for.is_empty()).filter(runs).collect();
    if offers.is_empty() {
        return Verdict::OUTSIDE;
    }
    let met = |group: &&Group| {
        let begun = group.start_date.is_none_or(|on| on <= at.to.min(at.today));
        begun && group.cancelled != Some(true) && group.ended_on.is_none_or(|on| on >= at.from)
    };
    let of_cafe =
        |group: &&Group| offers.iter().any(|one| one.cafe == Some(true) && group.offer.as_ref() == Some(&one.id));
    let sizes: Vec<Option<i32>> =
        tables.groups.iter().filter(of_cafe).filter(met).map(|group| group.enrolled_at_start).collect();
    let most = at.count(LimitId::CafeMax);
    Case::today()
        .needs("group.enrolled_at_start", sizes.iter().all(Option::is_some))
        .holds("cafe_too_large", sizes.iter().flatten().all(|size| *size <= most))
        .figure(u32::try_from(offers.len()).ok().map(f64::from))
        .decide(at)
}
