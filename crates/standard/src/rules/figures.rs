//! Monitorering: what the municipality has as a whole, its population figures, indicators and improvement (standard,
//! chapter 9).

use jiff::ToSpan;
use jiff::civil::Date;

use super::ending::{says, weakest};
use crate::case::Case;
use crate::context::{Context, days_between};
use crate::evaluate::{Decide, Rule};
use crate::facts::IndicatorFacts;
use crate::limits::LimitId;
use crate::outcome::{Outcome, Verdict};

pub(super) const RULES: &[Rule] = &[
    Rule { requirement: "KS-9-01", decide: Decide::Municipality(access) },
    Rule { requirement: "KS-9.1-01", decide: Decide::Municipality(looked_at_monthly) },
    Rule { requirement: "KS-9.1-04", decide: Decide::Municipality(population_used) },
    Rule { requirement: "KS-9.1-05", decide: Decide::Municipality(coverage_split) },
    Rule { requirement: "KS-9.1-07", decide: Decide::Municipality(core_set) },
    Rule { requirement: "KS-9.1-14", decide: Decide::Municipality(improvement) },
];

/// The requirement that every area has an offer, which KS-9-01 rests on.
const OFFERED: &str = "KS-2.1-01";
/// The indicator of coverage, participants beside the population.
const COVERAGE: &str = "E01";
/// How many strata coverage is split by at least (KS-9.1-05).
const COVERAGE_STRATA: usize = 2;
/// The indicators that every municipality has switched on (KS-9.1-07).
const CORE: [&str; 28] = [
    "R01", "R03", "T01", "T02", "T03", "T04", "T05", "T07", "U01", "U05", "U06", "U08", "C01", "C02", "D03", "O02",
    "O05", "O06", "A01", "A02", "A07", "E01", "E02", "E03", "Q01", "Q02", "Q03", "Q07",
];
/// The names of months, as a date in words has them.
const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];

fn runs<'a>(at: &Context<'a>, id: &str) -> impl Iterator<Item = &'a IndicatorFacts> {
    at.municipality.tables().indicators.iter().filter(move |one| one.id.as_deref() == Some(id))
}

/// KS-9-01, chapter 9: every area has an offer that can be had (KS-2.1-01), and population figures are there to see whom they
/// reach, by [`Totals::reached`](crate::Totals::reached).
fn access(at: &Context<'_>) -> Verdict {
    let offered = super::RULES.iter().find(|rule| rule.requirement == OFFERED);
    if let Some(Decide::Municipality(offered)) = offered.map(|rule| rule.decide) {
        let verdict = offered(at);
        if verdict.outcome != Outcome::Met {
            return verdict;
        }
    }
    let populations = &at.municipality.tables().populations;
    Case::today().recorded("population.count", populations.iter().any(|one| one.count.is_some())).decide(at)
}

/// KS-9.1-01, section 9.1: every month indicators run on data no older than `indicator_age_days` and somebody responsible
/// opens them.
fn looked_at_monthly(at: &Context<'_>) -> Verdict {
    let first = at.from.first_of_month();
    let months = std::iter::successors(Some(first), |month| month.checked_add(1.month()).ok());
    weakest(months.take_while(|month| *month <= at.to.min(at.today)).map(|month| looked_at(at, month)))
}

/// KS-9.1-01: one month. A run on data of no known day, with nothing else in the month, is unknown.
fn looked_at(at: &Context<'_>, month: Date) -> Verdict {
    let indicators = at.municipality.tables().indicators.iter();
    let opened = indicators.filter(|one| one.reviewed_on.is_some());
    let age = |one: &IndicatorFacts| {
        let run_on = one.run_on.filter(|on| on.first_of_month() == month)?;
        Some(one.data_date.map(|data| days_between(data, run_on)))
    };
    let ages: Vec<Option<i32>> = opened.filter_map(age).collect();
    let fresh = ages.iter().flatten().any(|age| *age <= at.count(LimitId::IndicatorAgeDays));
    Case::on(month)
        .by(month.last_of_month())
        .needs("indicator.data_date", fresh || !ages.contains(&None))
        .recorded("indicator.run_on", fresh)
        .decide(at)
}

/// KS-9.1-04, section 9.1: a population figure no older than `population_age_months` is loaded, and coverage was reviewed in
/// the year.
fn population_used(at: &Context<'_>) -> Verdict {
    let populations = &at.municipality.tables().populations;
    let recent = |day: Date| at.today <= at.months_after(day, LimitId::PopulationAgeMonths);
    let fresh = populations.iter().filter_map(|one| one.dataset_date).any(recent);
    let undated = populations.iter().any(|one| one.dataset_date.is_none());
    let this_year = |one: &IndicatorFacts| one.reviewed_on.is_some_and(|on| on.year() == at.today.year());
    Case::today()
        .needs("population.dataset_date", fresh || !undated)
        .recorded("population.source", !populations.is_empty())
        .holds("too_old", fresh || populations.is_empty())
        .recorded("indicator.reviewed_on", runs(at, COVERAGE).any(this_year))
        .decide(at)
}

/// KS-9.1-05, section 9.1: who takes part is seen beside the population, by two strata or more.
fn coverage_split(at: &Context<'_>) -> Verdict {
    if at.municipality.tables().populations.is_empty() {
        return Verdict::OUTSIDE;
    }
    let split = runs(at, COVERAGE).any(|one| one.strata.len() >= COVERAGE_STRATA);
    Case::today().recorded("indicator.strata", split).decide(at)
}

/// KS-9.1-07, section 9.1: each indicator of the core set is switched on and has an owner.
fn core_set(at: &Context<'_>) -> Verdict {
    CORE.iter()
        .fold(Case::today(), |case, id| {
            let with_owner = |one: &IndicatorFacts| says(one.owner.as_ref());
            if runs(at, id).any(|one| with_owner(one) && one.enabled == Some(true)) {
                return case;
            }
            let Some(one) = runs(at, id).next() else { return case.recorded("indicator.id", false) };
            let owned = runs(at, id).any(with_owner);
            case.answered("indicator.enabled", one.enabled).recorded("indicator.owner", owned)
        })
        .decide(at)
}

/// KS-9.1-14, section 9.1: each improvement project of the year has an aim with a number and a date, an indicator, and a
/// tested change. The figure is how many projects there are.
fn improvement(at: &Context<'_>) -> Verdict {
    let year = at.today.year();
    let begun = |day: Option<Date>| day.is_none_or(|day| day.year() <= year);
    let over = |day: Option<Date>| day.is_some_and(|day| day.year() < year);
    let all = at.municipality.tables().improvements.iter();
    let active: Vec<_> = all.filter(|one| begun(one.active_from) && !over(one.active_to)).collect();
    if active.is_empty() {
        return Verdict::OUTSIDE;
    }
    Case::today()
        .needs("improvement.pdsa_count", active.iter().all(|one| one.pdsa_count.is_some()))
        .recorded("improvement.aim", active.iter().all(|one| one.aim.as_deref().is_some_and(is_measurable)))
        .recorded("improvement.indicator_id", active.iter().all(|one| one.indicator_id.is_some()))
        .holds("nothing_tested", active.iter().all(|one| one.pdsa_count.is_none_or(|count| count >= 1)))
        .figure(u32::try_from(active.len()).ok().map(f64::from))
        .decide(at)
}

/// Whether an aim holds a number and a date: `31. december 2026`, `31.12.2026`, `31/12-2026` or `2026-12-31`.
fn is_measurable(aim: &str) -> bool {
    let words: Vec<String> =
        aim.split_whitespace().map(|word| word.trim_end_matches([',', '.']).to_lowercase()).collect();
    let is_month = |at: usize| words.get(at).is_some_and(|word| MONTHS.contains(&word.as_str()));
    let is_date = |word: &str| {
        let parts: Vec<&str> = word.split(['.', '/', '-']).collect();
        parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.chars().all(|one| one.is_ascii_digit()))
    };
    let has_date = words.iter().enumerate().any(|(at, word)| is_month(at) || is_date(word));
    let is_number = |(at, word): (usize, &String)| {
        let beside_month = is_month(at + 1) || at.checked_sub(1).is_some_and(is_month);
        word.starts_with(|first: char| first.is_ascii_digit()) && !is_date(word) && !beside_month
    };
    has_date && words.iter().enumerate().any(is_number)
}

#[cfg(test)]
mod tests {
    use super::is_measurable;

    #[test]
    fn an_aim_has_a_number_beside_its_date() {
        assert!(is_measurable("Frafald fra 28 % til 18 % inden 31. december 2026"));
        assert!(is_measurable("Ventetid på 20 dage 1/12-2026."));
        assert!(!is_measurable("Bedre fastholdelse inden 31. december 2026"));
        assert!(!is_measurable("Frafald på 18 %"));
    }
}
