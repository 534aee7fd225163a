//! What the standard and the figures make of nicotine cessation.

use app::quality::course_of;
use domain::ids::CourseId;
use domain::permission::Role;
use indicators::period::FigurePeriod;
use indicators::totals::Totals;
use jiff::civil::{Date, date};
use standard::facts::{CourseFacts, MunicipalityFacts};
use standard::{Context, Outcome, Switches, evaluate};
use testkit::municipality::staff;

use crate::Desk;

pub async fn facts_of(desk: &Desk, course: CourseId, on: Date) -> CourseFacts {
    course_of(&desk.app, &staff(1, Role::Professional), &MunicipalityFacts::default(), course, on).await.unwrap()
}

/// What the standard says about a new occasion to get help.
pub fn new_occasion(facts: &CourseFacts, on: Date) -> (Outcome, Option<Date>) {
    let tables = MunicipalityFacts::default();
    let at = Context::new(&tables, on, (on.first_of_year(), on));
    let mut found = Vec::new();
    evaluate::course(facts, &at, &Switches::default(), |told| {
        if told.requirement == "KS-5.3-11" {
            found.push((told.verdict.outcome, told.verdict.due));
        }
    });
    found[0]
}

/// How many were reached six months after, in May, and how many of them stayed without nicotine (O06).
pub fn stopped_after(facts: &CourseFacts, on: Date) -> (i64, i64) {
    let tables = MunicipalityFacts::default();
    let mut totals = Totals::default();
    totals.add(&[facts], &Context::new(&tables, on, (on.first_of_year(), on)));
    let may = FigurePeriod::between(date(2027, 5, 1), date(2027, 5, 31)).unwrap();
    let cell = totals.cell("O06", "", None, may);
    (cell.of, cell.met)
}
