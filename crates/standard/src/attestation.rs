//! Where a requirement stands that a named person declares with evidence.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::catalogue::{Check, Requirement};
use crate::facts::{Attestation, DateOrNone};

/// How long before its end an attestation is told about, in days.
pub const SOON_DAYS: i32 = 60;

/// Where it stands.
#[derive(Debug, Clone, PartialEq)]
pub enum State<'a> {
    /// It holds.
    Valid(Held<'a>),
    /// It holds, and its end is near.
    ExpiresSoon(Held<'a>),
    /// It held once.
    Expired(Held<'a>),
    /// Nobody has declared it, or without evidence.
    Missing,
}

/// An attestation that was given.
#[derive(Debug, Clone, PartialEq)]
pub struct Held<'a> {
    /// The attestation: who, when and on what evidence.
    pub attestation: &'a Attestation,
    /// Last day it holds; none for ever.
    pub until: Option<Date>,
}

/// Where a requirement stands on a day; of several attestations the one that holds longest counts. None for a requirement
/// that is decided otherwise.
pub fn state<'a>(requirement: &Requirement, given: &'a [Attestation], today: Date) -> Option<State<'a>> {
    let Check::Attest(text) = &requirement.check else { return None };
    let held = given.iter().filter_map(|attestation| {
        let about = attestation.requirement_id.as_deref() == Some(requirement.id.as_str());
        let on = attestation.given_on.filter(|on| about && *on <= today)?;
        let named = attestation.by.as_ref().is_some_and(|by| !by.trim().is_empty());
        let shown = attestation.evidence.as_ref().is_some_and(|evidence| !evidence.trim().is_empty());
        (named && shown).then(|| Held { attestation, until: until(attestation, on, text.validity_months) })
    });
    let Some(held) = held.max_by_key(|held| held.until.unwrap_or(Date::MAX)) else { return Some(State::Missing) };
    Some(match held.until {
        Some(until) if until < today => State::Expired(held),
        Some(until) if until <= today.saturating_add(SOON_DAYS.days()) => State::ExpiresSoon(held),
        Some(_) | None => State::Valid(held),
    })
}

/// The earlier of what was agreed and what the standard lets it hold.
fn until(attestation: &Attestation, given_on: Date, validity_months: u16) -> Option<Date> {
    let most = (validity_months > 0).then(|| given_on.saturating_add(i32::from(validity_months).months()));
    match attestation.expires_on {
        Some(DateOrNone::On(day)) => Some(most.map_or(day, |most| most.min(day))),
        Some(DateOrNone::None) | None => most,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::STANDARD;
    use jiff::civil::date;

    fn given(on: Date) -> Attestation {
        Attestation {
            requirement_id: Some("KS-1.1-01".to_owned()),
            by: Some("S-01".to_owned()),
            evidence: Some("Gennemgang af behov og kapacitet".to_owned()),
            given_on: Some(on),
            ..Attestation::default()
        }
    }

    fn on(given: &[Attestation], today: Date) -> Option<State<'_>> {
        state(STANDARD.requirement("KS-1.1-01").unwrap(), given, today)
    }

    #[test]
    fn it_holds_for_as_long_as_the_standard_says_and_is_told_about_before() {
        let given = [given(date(2026, 1, 15))];
        assert!(matches!(on(&given, date(2026, 6, 1)), Some(State::Valid(_))));
        assert!(matches!(on(&given, date(2026, 12, 1)), Some(State::ExpiresSoon(_))));
        assert!(matches!(on(&given, date(2027, 1, 15)), Some(State::ExpiresSoon(_))), "the last day");
        assert!(matches!(on(&given, date(2027, 1, 16)), Some(State::Expired(_))));
    }

    #[test]
    fn without_evidence_or_a_person_it_is_missing() {
        let bare = Attestation { evidence: None, ..given(date(2026, 1, 15)) };
        assert_eq!(on(&[bare], date(2026, 2, 1)), Some(State::Missing));
        assert_eq!(on(&[], date(2026, 2, 1)), Some(State::Missing));
    }

    #[test]
    fn a_requirement_decided_from_records_has_none() {
        assert_eq!(state(STANDARD.requirement("KS-2.2-06").unwrap(), &[], date(2026, 2, 1)), None);
    }
}
