//! One citizen changed at a time, and one day after another, gives what counting everything anew gives.
#![allow(clippy::unwrap_used)]

mod municipality;

use std::collections::BTreeMap;

use indicators::definition::Breakdown;
use indicators::equity::drift::{Drift, LEVELS};
use indicators::equity::participation::{PARTICIPATION, Participation};
use indicators::equity::way::WAY;
use indicators::totals::{Added, Cell, CellName, Contribution, Sums, Totals};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use municipality::{citizens, counted, findings, municipality};
use proptest::prelude::*;
use standard::Context;
use standard::facts::words::{
    AttendanceStatus, ContactResult, CourseStatus, InterventionStatus, OfferAnswer, ReferralOutcome, Source,
};
use standard::facts::{Contact, CourseFacts, DecidedLevel, Municipality};

/// Something that changes in a course.
#[derive(Debug, Clone, Copy)]
enum Edit {
    Received(i32),
    From(Source),
    Ended(ReferralOutcome),
    Closed(Option<i32>),
    Status(CourseStatus),
    Level(Option<i32>),
    Decided(i32, i32, i32),
    Granted(Option<i32>),
    Answered(OfferAnswer),
    Begun(Option<i32>),
    Over(InterventionStatus, Option<i32>),
    Came(AttendanceStatus),
    Reached(ContactResult, i32),
    Changed(i32),
    Score(Option<i32>),
    Lives(bool),
    Dead(Option<i32>),
    Talked(Option<i32>),
    Unwritten,
    Emptied,
}

fn edit() -> impl Strategy<Value = Edit> {
    let day = -200..400i32;
    let maybe = prop::option::of(day.clone());
    prop_oneof![
        day.clone().prop_map(Edit::Received),
        prop::sample::select(Source::ALL).prop_map(Edit::From),
        prop::sample::select(ReferralOutcome::ALL).prop_map(Edit::Ended),
        maybe.clone().prop_map(Edit::Closed),
        prop::sample::select(CourseStatus::ALL).prop_map(Edit::Status),
        prop::option::of(1..4i32).prop_map(Edit::Level),
        (1..4i32, 1..4i32, day.clone()).prop_map(|(scored, decided, on)| Edit::Decided(scored, decided, on)),
        maybe.clone().prop_map(Edit::Granted),
        prop::sample::select(OfferAnswer::ALL).prop_map(Edit::Answered),
        maybe.clone().prop_map(Edit::Begun),
        (prop::sample::select(InterventionStatus::ALL), maybe.clone()).prop_map(|(status, on)| Edit::Over(status, on)),
        prop::sample::select(AttendanceStatus::ALL).prop_map(Edit::Came),
        (prop::sample::select(ContactResult::ALL), day.clone()).prop_map(|(result, on)| Edit::Reached(result, on)),
        (-40..60i32).prop_map(Edit::Changed),
        prop::option::of(5..26i32).prop_map(Edit::Score),
        any::<bool>().prop_map(Edit::Lives),
        maybe.clone().prop_map(Edit::Dead),
        maybe.prop_map(Edit::Talked),
        Just(Edit::Unwritten),
        Just(Edit::Emptied),
    ]
}

fn change(course: &mut CourseFacts, edit: Edit) {
    let day = |days: i32| date(2026, 8, 15).saturating_add(days.days());
    match edit {
        Edit::Received(on) => course.referrals.iter_mut().for_each(|one| one.received_on = Some(day(on))),
        Edit::From(source) => course.referrals.iter_mut().for_each(|one| one.source = Some(source)),
        Edit::Ended(outcome) => course.referrals.iter_mut().for_each(|one| one.outcome = Some(outcome)),
        Edit::Closed(on) => course.closed_on = on.map(day),
        Edit::Status(status) => course.status = Some(status),
        Edit::Level(level) => course.strat_level = level,
        Edit::Decided(scored, decided, on) => course.levels.push(DecidedLevel {
            model: "esbjerg".to_owned(),
            version: 1,
            scored,
            decided,
            decided_on: Some(day(on)),
        }),
        Edit::Granted(on) => course.interventions.iter_mut().for_each(|one| one.granted_on = on.map(day)),
        Edit::Answered(answer) => course.interventions.iter_mut().for_each(|one| {
            one.answer = Some(answer);
            one.offered_on = Some(day(0));
        }),
        Edit::Begun(on) => course.interventions.iter_mut().for_each(|one| one.started_on = on.map(day)),
        Edit::Over(status, on) => course.interventions.iter_mut().for_each(|one| {
            one.status = Some(status);
            one.ended_on = on.map(day);
        }),
        Edit::Came(status) => course.attendances.iter_mut().for_each(|one| one.status = Some(status)),
        Edit::Reached(result, on) => {
            let contact = Contact { attempted_on: Some(day(on)), result: Some(result), ..Contact::default() };
            course.contacts.push(contact);
        }
        Edit::Changed(by) => course.test_results.iter_mut().for_each(|one| one.change = Some(f64::from(by) / 3.0)),
        Edit::Score(score) => {
            course.closure.get_or_insert_default().satisfaction_asked = Some(day(0));
            course.closure.get_or_insert_default().satisfaction_score = score.map(f64::from);
        }
        Edit::Lives(in_north) => course.citizen.iter_mut().for_each(|one| {
            one.area = Some(if in_north { "Nord" } else { "Vest" }.to_owned());
        }),
        Edit::Dead(on) => course.citizen.iter_mut().for_each(|one| one.dead_on = on.map(day)),
        Edit::Talked(on) => course.talks.iter_mut().for_each(|one| one.held_on = on.map(day)),
        Edit::Unwritten => {
            course.consents = None;
            course.needs = None;
            course.nicotine_courses.clear();
        }
        Edit::Emptied => {
            let citizen = course.citizen.clone();
            *course = CourseFacts { id: course.id.clone(), citizen, ..CourseFacts::default() };
        }
    }
}

fn seen_on(of: &Municipality, today: Date) -> Context<'_> {
    Context::new(&of.facts, today, (of.from, of.to))
}

/// The courses of the citizen that a course belongs to.
fn household(courses: &[CourseFacts], which: usize) -> Vec<&CourseFacts> {
    citizens(courses).into_iter().find(|own| own.iter().any(|one| one.id == courses[which].id)).unwrap()
}

/// What a citizen adds, with what the rules said.
fn contribution(own: &[&CourseFacts], at: &Context<'_>) -> Contribution {
    let mut all = Contribution::of_citizen(own, at);
    for course in own {
        for finding in findings(std::slice::from_ref(*course), at) {
            all.add_finding(&finding, at);
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn one_citizen_at_a_time_is_as_all_of_them_anew(edits in prop::collection::vec((0..64usize, edit()), 1..12)) {
        let mut of = municipality();
        let mut courses = std::mem::take(&mut of.courses);
        let at = seen_on(&of, of.on);
        let mut kept = counted(&courses, &at);
        for (which, edit) in edits {
            let which = which % courses.len();
            kept.remove(&household(&courses, which), &at);
            let before = std::slice::from_ref(&courses[which]);
            for finding in findings(before, &at) {
                kept.remove_finding(&finding, &at);
            }
            change(&mut courses[which], edit);
            kept.add(&household(&courses, which), &at);
            let after = std::slice::from_ref(&courses[which]);
            for finding in findings(after, &at) {
                kept.add_finding(&finding, &at);
            }
        }
        prop_assert_eq!(kept, counted(&courses, &at));
    }

    #[test]
    fn one_day_at_a_time_is_as_every_day_anew(
        edits in prop::collection::vec((0..64usize, edit()), 0..6),
        start in 0..500i32,
        steps in prop::collection::vec(1..120i32, 1..5),
    ) {
        let mut of = municipality();
        let mut courses = std::mem::take(&mut of.courses);
        for (which, edit) in edits {
            let which = which % courses.len();
            change(&mut courses[which], edit);
        }
        let citizens = citizens(&courses);
        let mut today = date(2026, 6, 1).saturating_add(start.days());
        let mut kept = Totals::default();
        let mut counted: Vec<(Date, Added)> =
            citizens.iter().map(|own| (today, kept.add(own, &seen_on(&of, today)))).collect();
        let mut tables = (today, kept.add_municipality(&seen_on(&of, today)));
        for step in steps {
            today = today.saturating_add(step.days());
            // Only those whose time has come are looked at.
            for (own, (on, added)) in citizens.iter().zip(&mut counted) {
                if added.until.is_some_and(|until| until <= today) {
                    kept.remove(own, &seen_on(&of, *on));
                    (*on, *added) = (today, kept.add(own, &seen_on(&of, today)));
                }
            }
            if tables.1.until.is_some_and(|until| until <= today) {
                kept.remove_municipality(&seen_on(&of, tables.0));
                tables = (today, kept.add_municipality(&seen_on(&of, today)));
            }
            let mut anew = Totals::default();
            for own in &citizens {
                anew.add(own, &seen_on(&of, today));
            }
            anew.add_municipality(&seen_on(&of, today));
            prop_assert_eq!(&kept, &anew, "on {}", today);
        }
    }

    /// Cells moved by what each citizen adds, as it is kept beside them and read again, are the totals.
    #[test]
    fn cells_moved_by_what_is_kept_of_each_citizen_are_the_totals(
        edits in prop::collection::vec((0..64usize, edit()), 1..8),
    ) {
        let mut of = municipality();
        let mut courses = std::mem::take(&mut of.courses);
        let at = seen_on(&of, of.on);
        let mut sums = Sums::default();
        let mut step = |own: &Contribution, step: i64| sums.merge(own, step);
        let written = |own: &Contribution| serde_json::to_string(own).unwrap();
        let mut kept: Vec<String> = citizens(&courses).iter().map(|own| written(&contribution(own, &at))).collect();
        kept.push(written(&Contribution::of_municipality(&at)));
        for text in &kept {
            step(&serde_json::from_str(text).unwrap(), 1);
        }
        for (which, edit) in edits {
            let which = which % courses.len();
            let before: String = written(&contribution(&household(&courses, which), &at));
            prop_assert!(kept.contains(&before));
            change(&mut courses[which], edit);
            let after = contribution(&household(&courses, which), &at);
            let place = kept.iter().position(|text| *text == before).unwrap();
            step(&serde_json::from_str(&kept[place]).unwrap(), -1);
            step(&after, 1);
            kept[place] = written(&after);
        }
        let anew = counted(&courses, &at);
        let mut cells: BTreeMap<CellName, Cell> =
            sums.cells().into_iter().map(|(name, cell)| (name, cell.clone())).collect();
        let (mut read, mut participation) = (Totals::default(), Participation::default());
        for (name, cell) in &cells {
            read.put(name, cell);
            participation.put(name, cell);
        }
        let mut participation_anew = Participation::default();
        for course in &courses {
            participation_anew.add(course, &at);
        }
        prop_assert_eq!(participation, participation_anew);
        let (mut drift, mut drift_anew) = (Drift::default(), Drift::default());
        let is_read = |name: &CellName| name.by.is_empty() || name.breakdown() == Some(Breakdown::District);
        cells.iter().filter(|(name, _)| is_read(name)).for_each(|(name, cell)| drift.put(name, cell));
        let mut all = Sums::default();
        for own in citizens(&courses) {
            all.merge(&Contribution::of_citizen(&own, &at), 1);
        }
        all.cells().iter().filter(|(name, _)| is_read(name)).for_each(|(name, cell)| drift_anew.put(name, cell));
        prop_assert_eq!(drift, drift_anew);
        cells.retain(|name, _| ![PARTICIPATION, WAY, LEVELS].contains(&name.indicator.as_ref()));
        prop_assert_eq!(&cells, &anew.cells().map(|(name, cell)| (name, cell.clone())).collect());
        prop_assert_eq!(read, anew);
    }

    #[test]
    fn two_parts_added_are_the_whole_and_taken_away_leave_the_other(split in 0..16usize) {
        let mut of = municipality();
        let courses = std::mem::take(&mut of.courses);
        let at = seen_on(&of, of.on);
        let citizens = citizens(&courses);
        let (first, second) = citizens.split_at(split % citizens.len());
        let total = |part: &[Vec<&CourseFacts>]| {
            let mut totals = Totals::default();
            for own in part {
                totals.add(own, &at);
            }
            totals
        };
        let mut whole = total(first);
        whole.merge(&total(second));
        prop_assert_eq!(&whole, &total(&citizens));
        whole.subtract(&total(second));
        prop_assert_eq!(&whole, &total(first));
    }
}
