//! Who is referred, begins, completes and gains, for each offer and stratum, by the month of the request: kept beside the counts
//! of the indicators ([`crate::totals::Contribution`]), and changed by one citizen at a time.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use standard::Context;
use standard::facts::words::{Attainment, InterventionStatus, NicotineOutcome};
use standard::facts::{CourseFacts, Intervention};
use standard::rules::taken_up;

use crate::counting::{Subject, strata};
use crate::definition::Breakdown;
use crate::period::{FigurePeriod, Month};
use crate::totals::{Cell, CellName};

/// What its counts are called among the kept ones; no indicator has such an id.
pub const PARTICIPATION: &str = "participation";

/// What participation is split by: what the standard asks about (KS-3.3-02, KS-3.4-02). What is kept names a breakdown by its
/// place here; another order means that everything is counted anew (`counting::COUNTED_AS`).
pub const EQUITY: [Breakdown; 8] = [
    Breakdown::AgeBand,
    Breakdown::Sex,
    Breakdown::District,
    Breakdown::Disease,
    Breakdown::Education,
    Breakdown::LanguageNeed,
    Breakdown::MentalIllness,
    Breakdown::StratLevel,
];

/// What stands for all offers together.
pub const ALL_OFFERS: &str = "";

/// How far a citizen came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// Referred, or asked for.
    Referred,
    /// Had a first session.
    Started,
    /// Completed.
    Completed,
    /// Gained: a test that can be compared is better, a goal is reached, nicotine stopped.
    Gained,
}

/// How many came how far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Participants {
    /// Referred.
    pub referred: i64,
    /// Of these, began.
    pub started: i64,
    /// Of these, completed.
    pub completed: i64,
    /// Of these, gained.
    pub gained: i64,
}

/// What the stages after the first are called in a kept cell.
const STARTED: &str = "started";
const COMPLETED: &str = "completed";
const GAINED: &str = "gained";

impl Participants {
    /// As they are kept: the referred, and how many in each later stage.
    pub fn cell(self) -> Cell {
        let stages = [(STARTED, self.started), (COMPLETED, self.completed), (GAINED, self.gained)];
        let groups = stages.into_iter().filter(|(_, count)| *count != 0).map(|(name, count)| (name.into(), count));
        Cell { of: self.referred, groups: groups.collect(), ..Cell::default() }
    }

    /// Those of a kept cell.
    pub fn of_cell(cell: &Cell) -> Self {
        let of = |stage: &str| cell.groups.get(stage).copied().unwrap_or(0);
        Self { referred: cell.of, started: of(STARTED), completed: of(COMPLETED), gained: of(GAINED) }
    }

    /// One of them.
    pub const fn of(self, stage: Reached) -> i64 {
        match stage {
            Reached::Referred => self.referred,
            Reached::Started => self.started,
            Reached::Completed => self.completed,
            Reached::Gained => self.gained,
        }
    }

    const fn merge(&mut self, other: Self, step: i64) {
        self.referred += step * other.referred;
        self.started += step * other.started;
        self.completed += step * other.completed;
        self.gained += step * other.gained;
    }
}

type Strata = BTreeMap<Box<str>, BTreeMap<Month, Participants>>;

/// Participation by offer, breakdown, stratum and month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Participation {
    offers: BTreeMap<Box<str>, BTreeMap<Breakdown, Strata>>,
}

impl Participation {
    /// Counts a course in.
    pub fn add(&mut self, course: &CourseFacts, at: &Context<'_>) {
        self.count(course, at, 1);
    }

    /// Takes it out, as it was when it was counted.
    pub fn remove(&mut self, course: &CourseFacts, at: &Context<'_>) {
        self.count(course, at, -1);
    }

    /// The offers that anybody was referred to.
    pub fn offers(&self) -> impl Iterator<Item = &str> {
        self.offers.keys().map(AsRef::as_ref).filter(|offer| *offer != ALL_OFFERS)
    }

    /// Each stratum of an offer in a period of requests, by name.
    pub fn strata(&self, offer: &str, by: Breakdown, period: FigurePeriod) -> Vec<(&str, Participants)> {
        let strata = self.offers.get(offer).and_then(|by_breakdown| by_breakdown.get(&by)).into_iter().flatten();
        let sum = |months: &BTreeMap<Month, Participants>| {
            let within = months.range(Month::of(period.from())..=Month::of(period.to()));
            within.fold(Participants::default(), |mut sum, (_, stages)| {
                sum.merge(*stages, 1);
                sum
            })
        };
        let counted = strata.map(|(stratum, months)| (stratum.as_ref(), sum(months)));
        counted.filter(|(_, stages)| *stages != Participants::default()).collect()
    }

    /// Adds what was kept under its name; what is kept of something else is left out.
    pub fn put(&mut self, name: &CellName, cell: &Cell) {
        let Some(by) = name.breakdown().filter(|by| EQUITY.contains(by) && name.indicator == PARTICIPATION) else {
            return;
        };
        self.step((&name.part, by, &name.stratum), name.month, Participants::of_cell(cell), 1);
    }

    fn count(&mut self, course: &CourseFacts, at: &Context<'_>, step: i64) {
        let subject = Subject::of(course);
        each(course, at, &mut |offer, day, stages| {
            for by in EQUITY {
                let mut tell = |stratum: &str| self.step((offer, by, stratum), Month::of(day), stages, step);
                strata::each(by, &subject, at, &mut tell);
            }
        });
    }

    fn step(&mut self, (offer, by, stratum): (&str, Breakdown, &str), month: Month, stages: Participants, step: i64) {
        let by_breakdown = self.offers.entry(offer.into()).or_default();
        let strata = by_breakdown.entry(by).or_default();
        let months = strata.entry(stratum.into()).or_default();
        let counts = months.entry(month).or_default();
        counts.merge(stages, step);
        if *counts == Participants::default() {
            months.remove(&month);
            strata.retain(|_, months| !months.is_empty());
            by_breakdown.retain(|_, strata| !strata.is_empty());
            self.offers.retain(|_, by_breakdown| !by_breakdown.is_empty());
        }
    }
}

/// The day a course was asked for: that of its first request, else of its beginning.
pub(super) fn asked_on(course: &CourseFacts) -> Option<Date> {
    course.referrals.iter().filter_map(|one| one.received_on).min().or(course.started_on)
}

/// The offers that a course asked for or had, each once.
pub(super) fn offers_of<'a>(course: &'a CourseFacts, at: &Context<'_>) -> BTreeSet<&'a str> {
    let asked_for = course.referrals.iter().filter_map(|one| one.requested_area.as_deref());
    let had = taken_up(course).filter_map(|one| one.offer.as_deref());
    asked_for.filter(|id| at.municipality.offer(id).is_some()).chain(had).collect()
}

/// How far a course came: with all offers together, and with each that it asked for or had.
pub(crate) fn each(course: &CourseFacts, at: &Context<'_>, tell: &mut dyn FnMut(&str, Date, Participants)) {
    let Some(day) = asked_on(course) else { return };
    tell(ALL_OFFERS, day, stages(course, taken_up(course)));
    for offer in offers_of(course, at) {
        let of_offer = taken_up(course).filter(|one| one.offer.as_deref() == Some(offer));
        tell(offer, day, stages(course, of_offer));
    }
}

/// How far a citizen came with some interventions; each stage counts only those who came through the one before.
fn stages<'a>(course: &CourseFacts, of: impl Iterator<Item = &'a Intervention>) -> Participants {
    let (mut started, mut completed, mut gained) = (false, false, false);
    for one in of.filter(|one| one.started_on.is_some()) {
        started = true;
        if one.status == Some(InterventionStatus::Completed) {
            completed = true;
            gained |= has_gained(course, one);
        }
    }
    Participants { referred: 1, started: started.into(), completed: completed.into(), gained: gained.into() }
}

fn has_gained(course: &CourseFacts, of: &Intervention) -> bool {
    let about = |link: Option<&String>| link.is_none_or(|id| *id == of.id);
    let better = course.test_results.iter().any(|test| {
        about(test.intervention.as_ref()) && test.comparable == Some(true) && test.change.is_some_and(|by| by > 0.0)
    });
    let reached = course.goals.iter().any(|goal| {
        let there = matches!(goal.attainment, Some(Attainment::Reached | Attainment::Exceeded));
        about(goal.intervention_id.as_ref()) && there
    });
    let stopped = course
        .nicotine_courses
        .iter()
        .any(|record| record.intervention.as_ref() == Some(&of.id) && record.outcome == Some(NicotineOutcome::Stopped));
    better || reached || stopped
}
