//! The indicators counted the plain way, to hold what is kept against.

use std::collections::BTreeMap;

use app::quality::each_course;
use app::{App, Caller};
use indicators::totals::{Cell, CellName, Totals};
use jiff::civil::Date;
use standard::facts::CourseFacts;
use standard::{Context, Switches, evaluate};

/// Every indicator from the facts of everybody, past what is kept.
pub async fn counted_anew(app: &App, who: &Caller, at: &Context<'_>) -> Totals {
    let mut citizens: BTreeMap<String, Vec<CourseFacts>> = BTreeMap::new();
    each_course(app, who, at.municipality, at.today, |course| {
        let citizen = course.citizen.as_ref().map_or_else(|| course.id.clone(), |citizen| citizen.id.clone());
        citizens.entry(citizen).or_default().push(course);
    })
    .await
    .unwrap();
    let (mut totals, mut whole) = (Totals::default(), at.clone());
    for courses in citizens.values() {
        totals.add(&courses.iter().collect::<Vec<_>>(), at);
        for course in courses {
            whole.totals.add(course, (at.from, at.to));
            evaluate::course(course, at, &Switches::default(), |finding| totals.add_finding(&finding, at));
        }
    }
    totals.add_municipality(at);
    evaluate::municipality(&whole, &Switches::default(), |finding| totals.add_finding(&finding, at));
    totals
}

/// Counts unsplit from a month on, by name.
pub fn unsplit(totals: &Totals, from: Date) -> BTreeMap<CellName, Cell> {
    let cells = totals.cells().filter(|(name, _)| name.by.is_empty() && name.month.first_day() >= from);
    cells.map(|(name, cell)| (name, cell.clone())).collect()
}
