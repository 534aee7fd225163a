//! One course changed at a time gives what looking at all of them anew gives; what is still to be done comes from the rules.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use standard::facts::words::{AttendanceStatus, CourseStatus, InterventionStatus};
use standard::facts::{self, CourseFacts, Municipality};
use standard::{Awaited, Context, Finding, Outcome, Switches, Totals, UnitKind, Verdict, evaluate};

fn municipality() -> Municipality {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/paper");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.file_name().unwrap().to_string_lossy().starts_with("municipality"));
    files.sort();
    let parts: Vec<String> = files.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    facts::read(&parts.join("\n")).unwrap()
}

/// Something that changes in a course.
#[derive(Debug, Clone, Copy)]
enum Edit {
    Received(i32),
    Closed(Option<i32>),
    Status(CourseStatus),
    Level(i32),
    Granted(Option<i32>),
    Begun(Option<i32>),
    Ended(InterventionStatus, i32),
    Support(i32),
    Area(bool),
    Absent,
    Changed(i32),
    Untalked,
    Uncontacted,
    Unsent,
    Emptied,
}

fn edit() -> impl Strategy<Value = Edit> {
    let day = -120..120i32;
    prop_oneof![
        day.clone().prop_map(Edit::Received),
        prop::option::of(day.clone()).prop_map(Edit::Closed),
        prop::sample::select(CourseStatus::ALL).prop_map(Edit::Status),
        (1..4i32).prop_map(Edit::Level),
        prop::option::of(day.clone()).prop_map(Edit::Granted),
        prop::option::of(day.clone()).prop_map(Edit::Begun),
        (prop::sample::select(InterventionStatus::ALL), day).prop_map(|(status, day)| Edit::Ended(status, day)),
        (0..4i32).prop_map(Edit::Support),
        any::<bool>().prop_map(Edit::Area),
        Just(Edit::Absent),
        (-3..4i32).prop_map(Edit::Changed),
        Just(Edit::Untalked),
        Just(Edit::Uncontacted),
        Just(Edit::Unsent),
        Just(Edit::Emptied),
    ]
}

fn change(course: &mut CourseFacts, edit: Edit) {
    let day = |days: i32| date(2026, 10, 15).saturating_add(days.days());
    let intervention = course.interventions.first_mut();
    match edit {
        Edit::Received(days) => {
            course.started_on = Some(day(days));
            course.referrals.iter_mut().for_each(|one| one.received_on = Some(day(days)));
        }
        Edit::Closed(days) => course.closed_on = days.map(day),
        Edit::Status(status) => course.status = Some(status),
        Edit::Level(level) => course.strat_level = Some(level),
        Edit::Granted(days) => intervention.into_iter().for_each(|one| one.granted_on = days.map(day)),
        Edit::Begun(days) => intervention.into_iter().for_each(|one| one.started_on = days.map(day)),
        Edit::Ended(status, days) => intervention.into_iter().for_each(|one| {
            one.status = Some(status);
            one.ended_on = Some(day(days));
        }),
        Edit::Support(level) => intervention.into_iter().for_each(|one| one.support_level = Some(level)),
        Edit::Area(known) => {
            course.citizen.iter_mut().for_each(|one| one.area = known.then(|| "Midt".to_owned()));
        }
        Edit::Absent => course.attendances.iter_mut().for_each(|one| one.status = Some(AttendanceStatus::NoShow)),
        Edit::Changed(by) => course.test_results.iter_mut().for_each(|one| one.change = Some(f64::from(by))),
        Edit::Untalked => course.talks.clear(),
        Edit::Uncontacted => course.contacts.clear(),
        Edit::Unsent => course.messages.clear(),
        Edit::Emptied => {
            *course = CourseFacts { id: course.id.clone(), ..CourseFacts::default() };
        }
    }
}

type Told = Vec<(&'static str, UnitKind, String, Verdict)>;

fn told(tell: impl FnOnce(&mut dyn FnMut(Finding<'_>))) -> Told {
    let mut all = Vec::new();
    tell(&mut |one| all.push((one.requirement, one.unit, one.id.to_owned(), one.verdict)));
    all
}

fn of_course(course: &CourseFacts, at: &Context<'_>) -> Told {
    told(|tell| evaluate::course(course, at, &Switches::default(), tell))
}

fn of_whole(at: &Context<'_>) -> Told {
    told(|tell| evaluate::municipality(at, &Switches::default(), tell))
}

fn totals(courses: &[CourseFacts], period: (Date, Date)) -> Totals {
    let mut totals = Totals::default();
    for course in courses {
        totals.add(course, period);
    }
    totals
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn one_course_at_a_time_is_as_all_of_them_anew(edits in prop::collection::vec((0..40usize, edit()), 1..12)) {
        let Municipality { facts, mut courses, on, from, to, .. } = municipality();
        let mut kept = Context::new(&facts, on, (from, to));
        kept.totals = totals(&courses, (from, to));
        let mut cells: Vec<Told> = courses.iter().map(|course| of_course(course, &kept)).collect();
        for (which, edit) in edits {
            let which = which % courses.len();
            let course = &mut courses[which];
            kept.totals.remove(course, (from, to));
            change(course, edit);
            kept.totals.add(course, (from, to));
            cells[which] = of_course(course, &kept);
        }
        let mut anew = Context::new(&facts, on, (from, to));
        anew.totals = totals(&courses, (from, to));
        prop_assert_eq!(&kept.totals, &anew.totals);
        let all: Vec<Told> = courses.iter().map(|course| of_course(course, &anew)).collect();
        prop_assert_eq!(cells, all);
        prop_assert_eq!(of_whole(&kept), of_whole(&anew));
    }

    #[test]
    fn what_is_counted_in_is_counted_out_again(which in 0..40usize, edits in prop::collection::vec(edit(), 0..6)) {
        let Municipality { mut courses, from, to, .. } = municipality();
        let which = which % courses.len();
        let mut course = courses.swap_remove(which);
        for edit in edits {
            change(&mut course, edit);
        }
        let before = totals(&courses, (from, to));
        let mut after = before.clone();
        after.add(&course, (from, to));
        after.remove(&course, (from, to));
        prop_assert_eq!(before, after);
    }

    #[test]
    fn parts_of_the_courses_add_up_to_all_of_them(split in 0..40usize) {
        let Municipality { courses, from, to, .. } = municipality();
        let (first, second) = courses.split_at(split % courses.len());
        let mut added = totals(first, (from, to));
        added.merge(totals(second, (from, to)));
        prop_assert_eq!(added, totals(&courses, (from, to)));
    }
}

#[test]
fn totals_kept_by_name_are_the_same_totals() {
    let Municipality { courses, from, to, .. } = municipality();
    let all = totals(&courses, (from, to));
    let named = all.named();
    assert!(named.len() > 20 && named.values().all(|count| *count != 0));
    assert_eq!(Totals::of_named(named.iter().map(|(name, count)| (name.as_str(), *count))), all);
}

#[test]
fn the_courses_add_up_to_something_in_every_count() {
    let Municipality { courses, from, to, .. } = municipality();
    let Totals { started, ended, waiting, high_need, reached, courses, referrals, educated } =
        totals(&courses, (from, to));
    assert!(courses > 0 && educated > 0);
    let counts = [started.len(), ended.len(), waiting.len(), high_need.len(), reached.len(), referrals.len()];
    assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
    assert!(ended.values().all(|one| one.completed <= one.all && one.improved <= one.compared));
}

#[test]
fn what_is_still_to_be_done_is_what_the_rules_miss_the_earliest_first() {
    let Municipality { facts, courses, on, from, to, .. } = municipality();
    let at = Context::new(&facts, on, (from, to));
    let mut seen = 0;
    for course in &courses {
        let open = evaluate::deadlines(course, &at, &Switches::default());
        assert!(open.is_sorted_by_key(|one| (one.due, one.requirement)), "{}", course.id);
        let undone = |verdict: &Verdict| {
            let open = matches!(verdict.outcome, Outcome::NotYetDue | Outcome::NotMet | Outcome::Unknown);
            open && verdict.due.is_some() && !verdict.missing.is_empty()
        };
        let cells = of_course(course, &at);
        let owed = cells.iter().filter(|(.., verdict)| undone(verdict));
        let found = |(requirement, _, id, verdict): &(&str, UnitKind, String, Verdict)| {
            let same =
                |one: &Awaited<'_>| one.requirement == *requirement && one.id == id && Some(one.due) == verdict.due;
            open.iter().filter(|one| same(one)).count() == 1
        };
        assert!(owed.clone().all(found), "{}", course.id);
        assert!(open.len() >= owed.count(), "{}", course.id);
        seen += open.len();
    }
    assert!(seen > 0);
    let course = courses.iter().find(|course| course.id == "F29").unwrap();
    let open = evaluate::deadlines(course, &at, &Switches::default());
    let status = open.iter().find(|one| one.requirement == "KS-3.5-02").unwrap();
    assert_eq!((status.unit, status.id, status.due), (UnitKind::Course, "F29", date(2026, 12, 11)));
    assert_eq!(status.missing, ["message.sent_on"]);
}
