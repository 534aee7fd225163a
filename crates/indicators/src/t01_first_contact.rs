//! T01: first attempt to reach the citizen within the limit in working days from reception (KS-2.2-06).

use domain::limits::Limits;
use domain::workdays::{ExtraClosedDays, add_workdays};
use jiff::civil::Date;

use crate::{Counted, Indicator, ReferralFacts};

/// Share of referrals with a first attempt in time.
pub static FIRST_CONTACT: Indicator = Indicator {
    code: "T01",
    version: 1,
    title: "Første kontaktforsøg inden for fristen efter henvisning",
    counts: first_contact,
};

fn first_contact(facts: &ReferralFacts, limits: &Limits, today: Date) -> Counted {
    let due_on = add_workdays(facts.received_on, limits.contact_workdays, ExtraClosedDays::default());
    match (facts.first_attempt_on, facts.fell_away_on) {
        (Some(day), _) if day <= due_on => Counted::Met,
        (None, Some(day)) if day <= due_on => Counted::Excluded,
        (None, _) if today <= due_on => Counted::NotYetDue,
        (Some(_) | None, _) => Counted::NotMet,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn counted(first_attempt_on: Option<Date>, fell_away_on: Option<Date>, today: Date) -> Counted {
        let facts = ReferralFacts { received_on: date(2026, 3, 2), first_attempt_on, fell_away_on };
        (FIRST_CONTACT.counts)(&facts, &Limits::default(), today)
    }

    #[test]
    fn an_attempt_on_the_fifth_working_day_is_in_time() {
        assert_eq!(counted(Some(date(2026, 3, 9)), None, date(2026, 4, 1)), Counted::Met);
        assert_eq!(counted(Some(date(2026, 3, 10)), None, date(2026, 4, 1)), Counted::NotMet);
    }

    #[test]
    fn a_referral_nobody_has_called_is_not_met_once_its_time_is_up() {
        assert_eq!(counted(None, None, date(2026, 3, 9)), Counted::NotYetDue);
        assert_eq!(counted(None, None, date(2026, 3, 10)), Counted::NotMet);
    }

    #[test]
    fn one_that_fell_away_in_time_does_not_count() {
        assert_eq!(counted(None, Some(date(2026, 3, 4)), date(2026, 4, 1)), Counted::Excluded);
    }
}
