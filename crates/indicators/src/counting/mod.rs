//! How each indicator counts: one function a figure, over the same facts that the requirements are decided from
//! ([`standard::facts`]).
//!
//! A function tells [`Unit`]s: of which day, whether it counts, meets it, has a value or a group. What it is split by is read
//! from its subject by [`strata`], the same way for all. [`REGISTRY`] holds every indicator once. What counts is decided on a
//! day, and [`Seen::until`] says how long that holds.
//!
//! A unit with a time limit or a follow-up counts when that has passed, met or not: otherwise the newest month would hold the
//! quick ones alone. A unit of which a needed fact was not recorded is missing: told beside the figure, never guessed.

mod aftercare;
mod capacity;
mod documentation;
mod equity;
mod outcomes;
mod quality;
mod referrals;
mod seen;
mod shared;
pub mod strata;
mod times;
mod unit;
pub mod unrecorded;
mod uptake;
mod words;

use std::sync::LazyLock;

use standard::Finding;
use standard::facts::CourseFacts;

pub use seen::Seen;
pub use shared::NOT_STATED;
pub use unit::{Subject, Tell, Unit, UnitState};
pub use words::{is_label, label};

/// Which way everything is counted. It goes up when the program counts anything in another way than the one before it, so that
/// tables that are kept are counted anew.
pub const COUNTED_AS: u32 = 4;

/// How an indicator counts.
#[derive(Debug)]
pub struct Indicator {
    /// Its id among the definitions.
    pub id: &'static str,
    /// The version of the definition that it counts.
    pub version: u8,
    /// What it looks at; a figure over courses and groups looks at both.
    pub counts: &'static [Count],
    /// How months become a period.
    pub over: Over,
}

impl Indicator {
    /// The first version, in which the months of a period are added.
    pub(crate) const fn new(id: &'static str, counts: &'static [Count]) -> Self {
        Self { id, version: 1, counts, over: Over::Sum }
    }

    /// Each month holds the twelve months that end with it.
    const fn of_year(self) -> Self {
        Self { over: Over::Last, ..self }
    }
}

/// A function that tells the units of something.
#[derive(Debug, Clone, Copy)]
pub enum Count {
    /// Of a course.
    Course(for<'t, 'a> fn(&'a CourseFacts, &'a Seen<'a>, Tell<'t, 'a>)),
    /// Of all courses of one citizen together.
    Citizen(for<'t, 'a> fn(&'a [&'a CourseFacts], &'a Seen<'a>, Tell<'t, 'a>)),
    /// Of the municipality beside its courses.
    Municipality(for<'t, 'a> fn(&'a Seen<'a>, Tell<'t, 'a>)),
    /// Of what a rule said about a unit of a requirement.
    Finding(for<'t, 'a> fn(&'a Finding<'a>, Tell<'t, 'a>)),
}

/// How the months of a figure become a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// They are added.
    Sum,
    /// The last one stands for all: it holds unique citizens of the twelve months that end with it, or what stands at its end.
    Last,
}

/// Every indicator, in the order of the definitions.
pub static REGISTRY: LazyLock<Vec<&'static Indicator>> = LazyLock::new(|| {
    let families = [
        referrals::INDICATORS,
        times::INDICATORS,
        uptake::INDICATORS,
        capacity::INDICATORS,
        documentation::INDICATORS,
        outcomes::INDICATORS,
        aftercare::INDICATORS,
        equity::INDICATORS,
        quality::INDICATORS,
    ];
    families.into_iter().flatten().collect()
});

/// Where an indicator stands in [`REGISTRY`].
pub fn place(id: &str) -> Option<usize> {
    REGISTRY.iter().position(|one| one.id == id)
}

/// The units of the courses of one citizen, by the place of the indicator.
pub fn citizen<'a>(courses: &'a [&'a CourseFacts], seen: &'a Seen<'a>, tell: &mut dyn FnMut(usize, Unit<'a>)) {
    for (place, count) in counts() {
        match count {
            Count::Course(count) => {
                for course in courses {
                    count(course, seen, &mut |unit| tell(place, unit));
                }
            }
            Count::Citizen(count) => count(courses, seen, &mut |unit| tell(place, unit)),
            Count::Municipality(_) | Count::Finding(_) => {}
        }
    }
}

/// The units of the municipality beside its courses.
pub fn municipality<'a>(seen: &'a Seen<'a>, tell: &mut dyn FnMut(usize, Unit<'a>)) {
    for (place, count) in counts() {
        if let Count::Municipality(count) = count {
            count(seen, &mut |unit| tell(place, unit));
        }
    }
}

/// The units of what a rule said.
pub fn finding<'a>(finding: &'a Finding<'a>, tell: &mut dyn FnMut(usize, Unit<'a>)) {
    for (place, count) in counts() {
        if let Count::Finding(count) = count {
            count(finding, &mut |unit| tell(place, unit));
        }
    }
}

fn counts() -> impl Iterator<Item = (usize, Count)> {
    REGISTRY.iter().enumerate().flat_map(|(place, one)| one.counts.iter().map(move |count| (place, *count)))
}

#[cfg(test)]
mod tests;
