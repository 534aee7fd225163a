//! The rows behind a figure: which courses, referrals and interventions it is made of. For those who treat the citizens, and
//! only with the right to see them.

use jiff::civil::Date;
use standard::Context;
use standard::facts::CourseFacts;

use crate::counting::{self, Over, REGISTRY, Seen, Unit, UnitState};
use crate::period::{FigurePeriod, Month};

/// A unit of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureRow {
    /// The course; none for what belongs to none, as a group.
    pub course: Option<String>,
    /// The referral that it is about, if it is about one.
    pub referral: Option<String>,
    /// The intervention that it is about, if it is about one.
    pub intervention: Option<String>,
    /// The session that it is about, if it is about one.
    pub session: Option<String>,
    /// Its day.
    pub on: Date,
    /// Whether it counts, and why not.
    pub state: UnitState,
    /// Whether it is in the numerator.
    pub met: bool,
    /// Its value in thousandths.
    pub value: Option<i64>,
    /// Its group.
    pub group: Option<String>,
}

impl FigureRow {
    fn of(unit: &Unit<'_>) -> Self {
        let subject = &unit.subject;
        Self {
            course: subject.course.map(|one| one.id.clone()),
            referral: subject.referral.map(|one| one.id.clone()),
            intervention: subject.intervention.map(|one| one.id.clone()),
            session: subject.session.map(|one| one.id.clone()),
            on: unit.on,
            state: unit.state(),
            met: unit.met > 0,
            value: unit.value,
            group: unit.group.map(str::to_owned),
        }
    }
}

/// Which rows are meant.
#[derive(Debug, Clone, Copy)]
pub struct RowsAsked<'a> {
    /// Id of the indicator.
    pub indicator: &'a str,
    /// Its part; empty for the main figure.
    pub part: &'a str,
    /// The period.
    pub period: FigurePeriod,
}

impl RowsAsked<'_> {
    fn holds(self, place: usize, unit: &Unit<'_>) -> bool {
        let Some(indicator) = REGISTRY.get(place).filter(|one| one.id == self.indicator) else { return false };
        let within = match indicator.over {
            Over::Sum => self.period.contains(unit.on),
            Over::Last => Month::of(unit.on) == Month::of(self.period.to()),
        };
        within && unit.part == self.part
    }
}

/// The rows of the courses of one citizen.
pub fn of_citizen(courses: &[&CourseFacts], at: &Context<'_>, asked: RowsAsked<'_>) -> Vec<FigureRow> {
    let (seen, mut rows) = (Seen::on(at), Vec::new());
    counting::citizen(courses, &seen, &mut |place, unit| {
        rows.extend(asked.holds(place, &unit).then(|| FigureRow::of(&unit)));
    });
    rows
}

/// The rows of the municipality beside its courses: groups, offers, projects.
pub fn of_municipality(at: &Context<'_>, asked: RowsAsked<'_>) -> Vec<FigureRow> {
    let (seen, mut rows) = (Seen::on(at), Vec::new());
    counting::municipality(&seen, &mut |place, unit| {
        rows.extend(asked.holds(place, &unit).then(|| FigureRow::of(&unit)));
    });
    rows
}
