//! Free times and what may be booked: never two at the same time, never outside the hours, never on a closed day.

use std::collections::BTreeSet;

use domain::calendar::{
    Absence, AppointmentError, FreeTime, Need, NeedArrangement, NeedState, PartOfDay, Period, PractitionerRole, Search,
    Unmet, Wishes, Workday, WorkingHours, check_needs, check_time, free_times, needs_of, suggest,
};
use domain::citizen::Needs;
use domain::codes::EncounterClass;
use domain::ids::UserId;
use domain::workdays::{ExtraClosedDays, instant, is_workday, local, local_date, local_time};
use jiff::civil::{Date, Time, date, time};
use jiff::{Timestamp, ToSpan};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::values::id;

fn hours() -> impl Strategy<Value = Vec<WorkingHours>> {
    let quarter = |n: i8| time(n / 4, (n % 4) * 15, 0, 0);
    let one = (select(Workday::ALL), 28_i8..60, 2_i8..24).prop_map(move |(day, from, length)| WorkingHours {
        day,
        from: quarter(from),
        to: quarter(from + length),
        place: "Lokale 3".into(),
    });
    // One a day, so that they never overlap.
    vec(one, 0..6).prop_map(|all| {
        let mut seen = BTreeSet::new();
        all.into_iter().filter(|hours| seen.insert(hours.day)).collect()
    })
}

fn role() -> impl Strategy<Value = PractitionerRole> {
    (id(), hours()).prop_map(|(id, hours): (UserId, _)| PractitionerRole { hours, ..PractitionerRole::empty(id) })
}

/// Around both days on which the clock changes, and Easter.
fn first_day() -> impl Strategy<Value = Date> {
    (select(vec![date(2026, 3, 23), date(2026, 10, 19), date(2026, 3, 30), date(2026, 12, 21)]), 0_i32..7)
        .prop_map(|(day, more)| day.saturating_add(more.days()))
}

fn taken(from: Date) -> impl Strategy<Value = Vec<Period>> {
    vec((0_i64..14 * 24 * 4, 1_i64..12), 0..20).prop_map(move |all| {
        let zero = instant(from, Time::midnight()).unwrap();
        let at = |quarters: i64| zero + jiff::SignedDuration::from_mins(15 * quarters);
        all.into_iter().map(|(start, length)| Period { start: at(start), end: at(start + length) }).collect()
    })
}

fn search(from: Date, minutes: i64) -> Search {
    let now = instant(from, time(7, 0, 0, 0)).unwrap();
    Search { now, from, to: from.saturating_add(13.days()), minutes, closed: ExtraClosedDays::default() }
}

proptest! {
    #[test]
    fn free_times_never_overlap_what_is_taken_or_each_other_and_lie_inside_the_hours(
        role in role(), (from, taken) in first_day().prop_flat_map(|from| (Just(from), taken(from))), minutes in 15_i64..120
    ) {
        let search = search(from, minutes);
        let found = free_times(&role, &taken, search);
        for (index, free) in found.iter().enumerate() {
            prop_assert!(!taken.iter().any(|other| other.overlaps(free.period)));
            prop_assert!(!found[index + 1..].iter().any(|other| other.period.overlaps(free.period)));
            prop_assert!(free.period.start > search.now && is_workday(local_date(free.period.start), search.closed));
            prop_assert_eq!(free.period.end.duration_since(free.period.start).as_mins(), minutes);
            let (start, end) = (local_time(free.period.start), local_time(free.period.end));
            let fits = role.hours.iter().any(|hours| {
                Some(hours.day) == Workday::of(start.date()) && hours.from <= start.time() && end.time() <= hours.to
            });
            prop_assert!(fits, "{start} is outside the hours");
        }
    }

    #[test]
    fn what_is_free_can_be_booked_and_then_no_more(
        role in role(), (from, taken) in first_day().prop_flat_map(|from| (Just(from), taken(from)))
    ) {
        let search = search(from, 60);
        let mut taken = taken;
        for free in free_times(&role, &taken, search) {
            let book = |taken: &[Period]| check_time(&role, taken, free.period, search.now, search.closed);
            prop_assert_eq!(book(&taken), Ok(free.place.clone()));
            taken.push(free.period);
            prop_assert_eq!(book(&taken), Err(AppointmentError::Taken));
        }
        let left = free_times(&role, &taken, search);
        prop_assert!(left.is_empty() || left.iter().all(|free| !taken.iter().any(|t| t.overlaps(free.period))));
    }

    #[test]
    fn suggestions_are_free_times_that_fit_and_at_most_three(
        role in role(), from in first_day(), part in select(vec![None, Some(PartOfDay::Morning), Some(PartOfDay::Afternoon)]),
        days in 0_i32..14, interpreter in any::<bool>()
    ) {
        let found = free_times(&role, &[], search(from, 60));
        let needs = if interpreter { vec![Need::Interpreter] } else { Vec::new() };
        let promised_on = Some(from.saturating_add(days.days()));
        let wishes = Wishes { needs, part_of_day: part, promised_on, today: from };
        let chosen = suggest(&found, &wishes);
        prop_assert!(chosen.len() <= 3 && chosen.windows(2).all(|pair| pair[0].period.start < pair[1].period.start));
        let fit = found.iter().filter(|free| wishes.unmet(free).is_none()).count();
        for free in &chosen {
            prop_assert!(found.contains(free));
            let unmet = wishes.unmet(free);
            prop_assert!(unmet.is_none() || (unmet == Some(Unmet::AfterPromise) && fit < 3));
        }
        prop_assert!(chosen.len() == 3 || chosen.len() >= fit.min(3));
    }
}

fn monday_to_friday() -> PractitionerRole {
    let nine_to_twelve = |day: &Workday| WorkingHours {
        day: *day,
        from: time(9, 0, 0, 0),
        to: time(12, 0, 0, 0),
        place: "Lokale 3".into(),
    };
    let hours = Workday::ALL.iter().map(nine_to_twelve).collect();
    PractitionerRole { hours, ..PractitionerRole::empty(UserId(uuid::Uuid::from_u128(1))) }
}

fn starts(found: &[FreeTime]) -> Vec<String> {
    found.iter().map(|free| local(free.period.start).strftime("%a %H:%M").to_string()).collect()
}

#[test]
fn the_hour_stays_when_the_clock_changes_in_between() {
    // Friday to Monday across the last Sunday of March.
    let search = Search { to: date(2026, 3, 30), ..search(date(2026, 3, 27), 60) };
    assert_eq!(
        starts(&free_times(&monday_to_friday(), &[], search)),
        ["Fri 09:00", "Fri 10:30", "Mon 09:00", "Mon 10:30"]
    );
}

#[test]
fn holidays_absences_and_the_pause_are_left_out() {
    let mut role = monday_to_friday();
    // From Wednesday before Easter to the Tuesday after it.
    let over_easter = Search { to: date(2026, 4, 7), ..search(date(2026, 4, 1), 60) };
    assert_eq!(starts(&free_times(&role, &[], over_easter)), ["Wed 09:00", "Wed 10:30", "Tue 09:00", "Tue 10:30"]);
    let at = |day: Date, hour: i8, minute: i8| instant(day, time(hour, minute, 0, 0)).unwrap();
    let tuesday = date(2026, 4, 7);
    role.absences =
        vec![Absence { period: Period { start: at(tuesday, 0, 0), end: at(tuesday, 23, 0) }, what: "Kursus".into() }];
    let taken = [Period { start: at(date(2026, 4, 1), 10, 0), end: at(date(2026, 4, 1), 10, 30) }];
    assert_eq!(starts(&free_times(&role, &taken, over_easter)), ["Wed 11:00"], "the pause after half past ten");
    let away = Period { start: at(tuesday, 9, 0), end: at(tuesday, 10, 0) };
    let now = at(date(2026, 4, 1), 8, 0);
    assert_eq!(check_time(&role, &[], away, now, ExtraClosedDays::default()), Err(AppointmentError::Away));
}

#[test]
fn a_time_that_cannot_be_is_refused_with_its_reason() {
    let role = monday_to_friday();
    let at = |day: i8, hour: i8| instant(date(2026, 11, day), time(hour, 0, 0, 0)).unwrap();
    let try_it = |start: Timestamp, end: Timestamp| {
        check_time(&role, &[], Period { start, end }, at(24, 8), ExtraClosedDays::default())
    };
    assert_eq!(try_it(at(24, 9), at(24, 10)), Ok("Lokale 3".into()));
    assert_eq!(try_it(at(24, 10), at(24, 9)), Err(AppointmentError::Unreadable));
    assert_eq!(try_it(at(24, 7), at(24, 8)), Err(AppointmentError::Past));
    assert_eq!(try_it(at(24, 11), at(24, 13)), Err(AppointmentError::OutsideHours));
    assert_eq!(try_it(at(28, 9), at(28, 10)), Err(AppointmentError::Closed));
}

#[test]
fn a_need_has_an_answer_and_one_that_cannot_be_met_a_reason() {
    let needs = Needs { interpreter: true, transport: true, companion: true, ..Needs::default() };
    let needed = needs_of(&needs, EncounterClass::Phone);
    assert_eq!(needed, [Need::Interpreter], "nobody is fetched for a telephone call");
    assert_eq!(check_needs(&needed, &[]), Err(AppointmentError::NeedOpen(Need::Interpreter)));
    let answer = |state, reason: Option<&str>| NeedArrangement {
        need: Need::Interpreter,
        state,
        reason: reason.map(str::to_owned),
    };
    assert_eq!(check_needs(&needed, &[answer(NeedState::Asked, None)]), Ok(()));
    let without = check_needs(&needed, &[answer(NeedState::NotPossible, Some(" "))]);
    assert_eq!(without, Err(AppointmentError::NeedReason(Need::Interpreter)));
    assert_eq!(check_needs(&needed, &[answer(NeedState::NotPossible, Some("Borgeren ønsker det"))]), Ok(()));
}

#[test]
fn the_part_of_the_day_is_read_from_the_citizens_own_words() {
    assert_eq!(PartOfDay::in_words("Helst om formiddagen"), Some(PartOfDay::Morning));
    assert_eq!(PartOfDay::in_words("Eftermiddag efter kl. 14"), Some(PartOfDay::Afternoon));
    assert_eq!(PartOfDay::in_words("Formiddag eller eftermiddag"), None);
    assert_eq!(PartOfDay::in_words("Efter arbejde"), None);
}

#[test]
fn hours_that_overlap_or_run_backwards_cannot_stand() {
    use domain::calendar::HoursError;
    let mut role = monday_to_friday();
    assert_eq!(role.check(), Ok(()));
    role.hours[0].to = time(8, 0, 0, 0);
    assert_eq!(role.check(), Err(HoursError::EndBeforeStart));
    role.hours[0].to = time(10, 0, 0, 0);
    role.hours[1].day = Workday::Monday;
    assert_eq!(role.check(), Err(HoursError::Overlap));
    role.hours[1].day = Workday::Tuesday;
    role.hours[1].place = " ".into();
    assert_eq!(role.check(), Err(HoursError::PlaceMissing));
}
