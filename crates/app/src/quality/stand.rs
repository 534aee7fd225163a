//! Where each requirement and each area stands, from what is kept: pure, so that pages, files and the command say the same.

use std::collections::HashMap;

use jiff::ToSpan;
use jiff::civil::Date;
use standard::attestation::{self, State};
use standard::facts::Attestation;
use standard::{Area, Check, Outcome, Requirement, STANDARD, Share, Tally};

use super::kept::Count;
use super::settings::{SetAside, StandardSettings};

/// A requirement with where it stands.
#[derive(Debug, Clone)]
pub struct RequirementStand<'a> {
    /// The requirement.
    pub requirement: &'static Requirement,
    /// Outcomes of all units.
    pub all: Tally,
    /// Outcomes of the month before this.
    pub month: Tally,
    /// Outcomes of the last three whole months.
    pub quarter: Tally,
    /// Outcomes of the three months before those.
    pub quarter_before: Tally,
    /// Whether it holds.
    pub status: Status<'a>,
}

/// Whether a requirement holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Status<'a> {
    /// Every unit meets it.
    Met,
    /// Some do not, or nobody knows.
    Partly,
    /// None does.
    NotMet,
    /// There is no unit whose time is up.
    Nothing,
    /// A figure without a judgement.
    Figure,
    /// The system guarantees it.
    Guaranteed,
    /// Somebody declares it, or does not.
    Declared(State<'a>),
    /// The municipality has switched it off.
    Off(&'a SetAside),
}

impl Status<'_> {
    /// Whether it counts as fulfilled; none for what is not judged.
    pub const fn is_fulfilled(&self) -> Option<bool> {
        match self {
            Self::Met | Self::Guaranteed | Self::Declared(State::Valid(_) | State::ExpiresSoon(_)) => Some(true),
            Self::Partly | Self::NotMet | Self::Declared(State::Expired(_) | State::Missing) => Some(false),
            Self::Nothing | Self::Figure | Self::Off(_) => None,
        }
    }

    /// In a list what has to be done comes first.
    pub const fn order(&self) -> u8 {
        match self {
            Self::NotMet => 0,
            Self::Declared(State::Expired(_)) => 1,
            Self::Partly => 2,
            Self::Declared(State::Missing) => 3,
            Self::Declared(State::ExpiresSoon(_)) => 4,
            Self::Met | Self::Guaranteed | Self::Declared(State::Valid(_)) => 5,
            Self::Figure | Self::Nothing | Self::Off(_) => 6,
        }
    }
}

/// An area with where it stands.
#[derive(Debug, Clone)]
pub struct AreaStand {
    /// The area.
    pub area: &'static Area,
    /// Outcomes of all units of what is judged from the records.
    pub all: Tally,
    /// Those of the month before this.
    pub month: Tally,
    /// Those of the last three whole months.
    pub quarter: Tally,
    /// Those of the three months before.
    pub quarter_before: Tally,
    /// Requirements that are fulfilled.
    pub fulfilled: usize,
    /// Requirements that are judged.
    pub judged: usize,
}

/// Where every requirement stands, in the order of the standard.
pub fn requirements<'a>(
    counts: &[Count],
    settings: &'a StandardSettings,
    given: &'a [Attestation],
    today: Date,
) -> Vec<RequirementStand<'a>> {
    let mut by_requirement: HashMap<&str, Vec<&Count>> = HashMap::new();
    for count in counts {
        by_requirement.entry(count.requirement.as_str()).or_default().push(count);
    }
    let none = Vec::new();
    let months = Months::before(today);
    let each = STANDARD.requirements.iter().map(|requirement| {
        let own = by_requirement.get(requirement.id.as_str()).unwrap_or(&none);
        let sum = |within: &dyn Fn(Option<Date>) -> bool| {
            let mut tally = Tally::default();
            own.iter().filter(|one| within(one.month)).for_each(|one| add(&mut tally, one));
            tally
        };
        let all = sum(&|_| true);
        RequirementStand {
            requirement,
            all,
            month: sum(&|month| month == Some(months.last)),
            quarter: sum(&|month| month.is_some_and(|month| month >= months.quarter && month <= months.last)),
            quarter_before: sum(&|month| month.is_some_and(|month| month >= months.before && month < months.quarter)),
            status: status(requirement, all, settings, given, today),
        }
    });
    each.collect()
}

/// The month before this, the first of the last three, and the first of the three before.
struct Months {
    last: Date,
    quarter: Date,
    before: Date,
}

impl Months {
    fn before(today: Date) -> Self {
        let first = today.first_of_month();
        let ago = |months: i32| first.saturating_sub(months.months());
        Self { last: ago(1), quarter: ago(3), before: ago(6) }
    }
}

const fn add(tally: &mut Tally, one: &Count) {
    let place = match one.outcome {
        Outcome::Met => &mut tally.met,
        Outcome::NotMet => &mut tally.not_met,
        Outcome::NotYetDue => &mut tally.not_yet_due,
        Outcome::NotApplicable => &mut tally.not_applicable,
        Outcome::Unknown => &mut tally.unknown,
    };
    *place += one.count;
}

fn status<'a>(
    requirement: &Requirement,
    all: Tally,
    settings: &'a StandardSettings,
    given: &'a [Attestation],
    today: Date,
) -> Status<'a> {
    if let Some(off) = settings.off.get(&requirement.id) {
        return Status::Off(off);
    }
    match &requirement.check {
        Check::Design(_) => Status::Guaranteed,
        Check::Attest(_) => {
            attestation::state(requirement, given, today).map_or(Status::Declared(State::Missing), Status::Declared)
        }
        Check::Data(rule) if rule.informational => Status::Figure,
        Check::Data(_) => match all.share() {
            Share { of: 0, .. } => Status::Nothing,
            Share { met, of, .. } if met == of => Status::Met,
            Share { met: 0, .. } => Status::NotMet,
            Share { .. } => Status::Partly,
        },
    }
}

/// Where each area with a requirement stands.
pub fn areas(all: &[RequirementStand<'_>]) -> Vec<AreaStand> {
    let each = STANDARD.areas.iter().map(|area| {
        let own = || all.iter().filter(|one| one.requirement.area == area.id);
        let judged = || {
            own().filter(|one| matches!(one.status, Status::Met | Status::Partly | Status::NotMet | Status::Nothing))
        };
        let sum = |of: fn(&RequirementStand<'_>) -> Tally| judged().map(of).fold(Tally::default(), plus);
        AreaStand {
            area,
            all: sum(|one| one.all),
            month: sum(|one| one.month),
            quarter: sum(|one| one.quarter),
            quarter_before: sum(|one| one.quarter_before),
            fulfilled: own().filter(|one| one.status.is_fulfilled() == Some(true)).count(),
            judged: own().filter(|one| one.status.is_fulfilled().is_some()).count(),
        }
    });
    each.filter(|stand| all.iter().any(|one| one.requirement.area == stand.area.id)).collect()
}

const fn plus(one: Tally, other: Tally) -> Tally {
    Tally {
        met: one.met + other.met,
        not_met: one.not_met + other.not_met,
        not_yet_due: one.not_yet_due + other.not_yet_due,
        not_applicable: one.not_applicable + other.not_applicable,
        unknown: one.unknown + other.unknown,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 24);

    fn count(requirement: &str, month: Option<Date>, outcome: Outcome, count: u64) -> Count {
        Count { requirement: requirement.to_owned(), month, outcome, count }
    }

    fn stands(counts: &[Count]) -> Vec<RequirementStand<'static>> {
        let settings: &'static StandardSettings = Box::leak(Box::default());
        requirements(counts, settings, &[], TODAY)
    }

    #[test]
    fn months_are_told_apart_and_what_belongs_to_none_counts_in_the_whole() {
        let counts = [
            count("KS-2.2-06", Some(date(2026, 11, 1)), Outcome::Met, 1),
            count("KS-2.2-06", Some(date(2026, 10, 1)), Outcome::Met, 2),
            count("KS-2.2-06", Some(date(2026, 8, 1)), Outcome::NotMet, 3),
            count("KS-2.2-06", Some(date(2026, 7, 1)), Outcome::Unknown, 4),
            count("KS-2.2-06", None, Outcome::NotYetDue, 5),
        ];
        let all = stands(&counts);
        assert_eq!(all.len(), 256);
        let one = all.iter().find(|one| one.requirement.id == "KS-2.2-06").unwrap();
        assert_eq!((one.all.share().met, one.all.share().of, one.all.not_yet_due), (3, 10, 5));
        assert_eq!((one.month.met, one.quarter.share().of, one.quarter_before.unknown), (2, 5, 4));
        assert_eq!(one.status, Status::Partly);
        let area = areas(&all).into_iter().find(|area| area.area.id == one.requirement.area).unwrap();
        assert_eq!((area.all.met, area.all.not_met, area.all.unknown), (3, 3, 4));
        assert!(area.judged > area.fulfilled && area.fulfilled > 0, "what the system guarantees is fulfilled");
    }

    #[test]
    fn without_a_unit_whose_time_is_up_nothing_is_judged() {
        let all = stands(&[count("KS-2.2-06", None, Outcome::NotYetDue, 5)]);
        let of = |id: &str| all.iter().find(|one| one.requirement.id == id).unwrap();
        assert_eq!(of("KS-2.2-06").status, Status::Nothing);
        assert_eq!(of("KS-2.2-01").status, Status::Guaranteed);
        assert_eq!(of("KS-1.1-01").status, Status::Declared(State::Missing));
    }
}
