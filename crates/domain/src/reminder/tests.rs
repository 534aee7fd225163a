use jiff::Timestamp;
use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::citizen::{Address, Identity, Needs, PersonName, Phone, PhoneKind};
use crate::ids::CitizenId;

fn citizen(by: NoticeChannel, reminders: ReminderWish) -> Citizen {
    let name = PersonName { given: Some("Nancy Ann Test".into()), surname: "Berggren".into() };
    Citizen {
        address: Some(Address { street: Some("Testgade 1".into()), ..Address::default() }),
        phones: vec![Phone { number: "70000001".into(), kind: PhoneKind::Mobile }],
        needs: Needs { notice_by: Some(by), reminders, ..Needs::default() },
        ..Citizen::named(CitizenId(Uuid::from_u128(1)), Identity::Anonymous, name)
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn due_at(by: NoticeChannel, wish: ReminderWish, start: &str) -> Vec<String> {
    let all = reminders(&citizen(by, wish), at(start), None, &Limits::default());
    all.iter().map(|reminder| format!("{} {}", reminder.kind.word(), reminder.due_at)).collect()
}

#[test]
fn two_days_before_and_on_the_day_if_wished() {
    let tuesday = "2026-12-08T12:00:00Z";
    assert_eq!(due_at(NoticeChannel::Sms, ReminderWish::Before, tuesday), ["reminder 2026-12-06T07:00:00Z"]);
    let both = ["reminder 2026-12-06T07:00:00Z", "day_reminder 2026-12-08T07:00:00Z"];
    assert_eq!(due_at(NoticeChannel::Sms, ReminderWish::AlsoOnTheDay, tuesday), both);
    assert!(due_at(NoticeChannel::Sms, ReminderWish::None, tuesday).is_empty());
}

#[test]
fn an_early_time_is_told_of_on_the_evening_before() {
    let early = due_at(NoticeChannel::Sms, ReminderWish::AlsoOnTheDay, "2026-12-08T07:30:00Z");
    assert_eq!(early[1], "day_reminder 2026-12-07T17:00:00Z");
}

#[test]
fn colleagues_ring_on_working_days_and_a_letter_leaves_in_time_for_the_post() {
    let tuesday = "2026-12-08T12:00:00Z";
    assert_eq!(due_at(NoticeChannel::Call, ReminderWish::Before, tuesday), ["reminder 2026-12-04T07:00:00Z"]);
    assert_eq!(due_at(NoticeChannel::Letter, ReminderWish::AlsoOnTheDay, tuesday), ["reminder 2026-11-27T07:00:00Z"]);
}

#[test]
fn the_hour_is_danish_on_both_sides_of_the_change_of_clocks() {
    // Sunday 28 March 2027 the clock is put forward.
    assert_eq!(
        due_at(NoticeChannel::Sms, ReminderWish::AlsoOnTheDay, "2027-03-29T10:00:00Z"),
        ["reminder 2027-03-27T07:00:00Z", "day_reminder 2027-03-29T06:00:00Z"]
    );
}

#[test]
fn what_the_citizen_was_told_later_than_that_is_not_told_again() {
    let start = at("2026-12-08T12:00:00Z");
    let nancy = citizen(NoticeChannel::Sms, ReminderWish::AlsoOnTheDay);
    let all = reminders(&nancy, start, Some(at("2026-12-07T09:00:00Z")), &Limits::default());
    assert_eq!(all.iter().map(|one| one.kind).collect::<Vec<_>>(), [NoticeKind::DayReminder]);
}

#[test]
fn nobody_writes_to_the_dead() {
    let dead =
        Citizen { deceased_on: Some(date(2026, 12, 1)), ..citizen(NoticeChannel::Sms, ReminderWish::AlsoOnTheDay) };
    assert!(reminders(&dead, at("2026-12-08T12:00:00Z"), None, &Limits::default()).is_empty());
}

#[test]
fn after_a_standstill_only_the_last_that_is_due_is_given() {
    let start = at("2026-12-08T12:00:00Z");
    let all = reminders(&citizen(NoticeChannel::Sms, ReminderWish::AlsoOnTheDay), start, None, &Limits::default());
    let due_kind = |now: &str| due(&all, start, at(now)).map(|one| one.kind);
    assert_eq!(due_kind("2026-12-06T06:59:00Z"), None);
    assert_eq!(due_kind("2026-12-06T07:00:00Z"), Some(NoticeKind::Reminder));
    assert_eq!(due_kind("2026-12-08T09:00:00Z"), Some(NoticeKind::DayReminder));
    assert_eq!(due_kind("2026-12-08T12:00:00Z"), None, "it has begun");
}

proptest::proptest! {
    #[test]
    fn every_reminder_comes_by_day_before_the_time_and_within_the_horizon(
        minute in 0i64..2_000_000, days in 1u16..15, post in 1u16..16, by in 0usize..3, wish in 0usize..3,
        told in proptest::option::of(0i64..2_000_000),
    ) {
        let instant = |minute: i64| Timestamp::from_second(1_790_000_000 + minute * 60).unwrap();
        let (start, told) = (instant(minute), told.map(instant));
        let limits = Limits { reminder_days: days, post_workdays: post, ..Limits::default() };
        let somebody = citizen(NoticeChannel::ALL[by], ReminderWish::ALL[wish]);
        let all = reminders(&somebody, start, told, &limits);
        for one in &all {
            proptest::prop_assert!(one.due_at < start && is_decent(one.due_at));
            proptest::prop_assert!(told.is_none_or(|told| told < one.due_at));
            proptest::prop_assert!(start.duration_since(one.due_at).as_hours() <= 24 * horizon_days(&limits));
        }
        proptest::prop_assert!(all.windows(2).all(|two| two[0].due_at <= two[1].due_at));
        proptest::prop_assert_eq!(due(&all, start, start), None);
    }
}
