//! I1 and I2: counting every indicator of 50,000 courses from nothing, beside only counting the rows they are made of; a change
//! of one citizen in the kept table; and protecting a table of all municipalities by the months of a year.
#![allow(clippy::cast_precision_loss, clippy::unwrap_used, reason = "a benchmark prints what it measured")]

use std::hint::black_box;

use benches::{goal, rate};
use indicators::suppression;
use indicators::totals::Totals;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use standard::Context;
use standard::facts::{self, CourseFacts, Municipality};

const COURSES: usize = 50_000;
/// Changed one after another in the kept table.
const CHANGES: usize = 1_000;

/// The municipality that was worked out on paper.
fn paper() -> Municipality {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/indicators/tests/paper");
    let parts = ["1_tables", "2_chronic", "3_others"]
        .map(|part| std::fs::read_to_string(format!("{folder}/municipality_{part}.toml")).unwrap());
    facts::read(&parts.join("\n")).unwrap()
}

/// Its courses again and again, each time of other citizens and on other days of three years.
fn courses(of: &Municipality) -> Vec<CourseFacts> {
    let many = (0..).flat_map(|round: i32| of.courses.iter().map(move |course| moved(course, round)));
    many.take(COURSES).collect()
}

fn moved(course: &CourseFacts, round: i32) -> CourseFacts {
    let by = (round % 1_095 - 547).days();
    let later = |day: &mut Option<Date>| *day = day.map(|day| day.saturating_add(by));
    let mut course = course.clone();
    course.id = format!("{}-{round}", course.id);
    course.citizen.iter_mut().for_each(|one| one.id = format!("{}-{round}", one.id));
    [&mut course.started_on, &mut course.first_session_on, &mut course.closed_on].into_iter().for_each(later);
    course.referrals.iter_mut().for_each(|one| later(&mut one.received_on));
    course.contacts.iter_mut().for_each(|one| later(&mut one.attempted_on));
    for one in &mut course.talks {
        [&mut one.offered_on, &mut one.held_on].into_iter().for_each(later);
    }
    for one in &mut course.interventions {
        let days = [&mut one.offered_on, &mut one.answered_on, &mut one.granted_on, &mut one.started_on];
        days.into_iter().chain([&mut one.ended_on, &mut one.stopped_on]).for_each(later);
    }
    course.attendances.iter_mut().for_each(|one| later(&mut one.date));
    course
}

fn counted<'a>(courses: impl Iterator<Item = &'a CourseFacts>, at: &Context<'_>) -> Totals {
    let mut totals = Totals::default();
    for course in courses {
        totals.add(&[course], at);
    }
    totals.add_municipality(at);
    totals
}

fn main() {
    let of = paper();
    let at = Context::new(&of.facts, date(2028, 6, 30), (of.from, of.to));
    let courses = courses(&of);
    let rows = rate("walk the rows (floor)", "courses/s", COURSES, || {
        black_box(courses.iter().map(rows_of).sum::<usize>());
    });
    let all = rate("count 71 indicators", "courses/s", COURSES, || {
        black_box(counted(courses.iter(), &at));
    });
    println!("I1: {COURSES} courses from nothing in {:.2} s, {:.0} times the floor", COURSES as f64 / all, rows / all);

    let mut changes = Vec::new();
    for part in [COURSES / 10, COURSES] {
        let mut kept = counted(courses.iter().take(part), &at);
        changes.push(rate(&format!("change one citizen of {part}"), "changes/s", CHANGES, || {
            for course in courses.iter().take(CHANGES) {
                kept.remove(&[course], &at);
                kept.add(&[course], &at);
            }
        }));
    }
    // A change takes as long whatever the size of the table.
    goal("I2", "a change among 50,000 against one among 5,000", changes[1] / changes[0], 1.0 / 1.3);

    let table: Vec<Vec<u32>> = (0..98).map(|row| (0..12).map(|month| (row * 7 + month * 5) % 23).collect()).collect();
    rate("protect 98 x 12 counts", "tables/s", 1, || {
        black_box(suppression::table(&table));
    });
}

/// What a course has in it.
fn rows_of(course: &CourseFacts) -> usize {
    let days = course.attendances.iter().filter(|one| one.date.is_some()).count();
    let ends = course.interventions.iter().filter(|one| one.ended_on.is_some()).count();
    let referrals = course.referrals.iter().filter(|one| one.received_on.is_some()).count();
    days + ends + referrals + course.talks.len() + course.contacts.len() + course.test_results.len()
}
