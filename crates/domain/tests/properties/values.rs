//! Strategies for the small values that records are made of.

use std::fmt::Debug;

use domain::citizen::PersonName;
use domain::identifiers::Cpr;
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use proptest::sample::select;
use uuid::Uuid;

/// Official test persons; no other numbers are ever made up.
const TEST_PERSONS: [&str; 5] = ["2512489996", "2509479989", "0201919990", "2103009996", "2311143995"];

/// One of a vocabulary's words.
pub fn word<T: Copy + Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> + Clone {
    select(all)
}

/// An identifier; few enough that two of them are sometimes the same.
pub fn id<T: From<Uuid> + Debug>() -> impl Strategy<Value = T> + Clone {
    (1u128..6).prop_map(|n| T::from(Uuid::from_u128(n)))
}

/// A day within two years from 2026, across two Easters and two Christmases.
pub fn day() -> impl Strategy<Value = Date> + Clone {
    (0i32..730).prop_map(|n| date(2026, 1, 1).saturating_add(n.days()))
}

/// An instant within the same two years.
pub fn instant() -> impl Strategy<Value = Timestamp> + Clone {
    (1_767_225_600i64..1_830_000_000).prop_map(|s| Timestamp::from_second(s).unwrap())
}

/// A text in Danish letters, sometimes empty or only spaces.
pub fn text() -> impl Strategy<Value = String> + Clone {
    "[a-zæøåA-ZÆØÅ \"\\\\;<é]{0,12}"
}

/// A text or none.
pub fn maybe_text() -> impl Strategy<Value = Option<String>> + Clone {
    proptest::option::of(text())
}

/// A test person's number.
pub fn cpr() -> impl Strategy<Value = Cpr> + Clone {
    select(TEST_PERSONS.as_slice()).prop_map(|text| Cpr::parse(text).unwrap())
}

/// A name.
pub fn name() -> impl Strategy<Value = PersonName> + Clone {
    (maybe_text(), text()).prop_map(|(given, surname)| PersonName { given, surname })
}
