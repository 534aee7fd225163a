//! The way from request to completed, for each offer by the month of the request: how many came to each step, who is still on
//! the way, and how long those waited who began. Kept as participation is.

use jiff::civil::Date;
use standard::facts::words::{ContactResult, InterventionStatus, ReferralOutcome};
use standard::facts::{CourseFacts, Intervention};
use standard::rules::taken_up;
use standard::{Context, days_between};

use super::participation::{ALL_OFFERS, asked_on, offers_of};
use crate::totals::Cell;

/// What its counts are called among the kept ones; no indicator has such an id.
pub const WAY: &str = "way";

/// A step on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WayStep {
    /// Referred, or asked for.
    Referred,
    /// Spoken with.
    Contacted,
    /// A talk was held.
    Talked,
    /// Had a first session.
    Started,
    /// Completed.
    Completed,
}

impl WayStep {
    /// From the first to the last.
    pub const ALL: [Self; 5] = [Self::Referred, Self::Contacted, Self::Talked, Self::Started, Self::Completed];

    /// What it is called in a kept cell: those whose last step it is, and of them those still on the way.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Referred => ("at_referred", "open_referred"),
            Self::Contacted => ("at_contacted", "open_contacted"),
            Self::Talked => ("at_talked", "open_talked"),
            Self::Started => ("at_started", "open_started"),
            Self::Completed => ("at_completed", "open_completed"),
        }
    }
}

/// Where the citizens of some months stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Way {
    cell: Cell,
}

impl Way {
    /// Adds what was kept of a month.
    pub fn add(&mut self, cell: &Cell) {
        self.cell.merge(cell, 1);
    }

    /// Those who came to a step and no further.
    pub fn stopped_at(&self, step: WayStep) -> u32 {
        self.group(step.words().0)
    }

    /// Those of them who are still on the way.
    pub fn under_way_at(&self, step: WayStep) -> u32 {
        self.group(step.words().1)
    }

    /// Days from the request to the first session of those who began, each with how many.
    pub fn waits(&self) -> impl Iterator<Item = (u32, u32)> {
        let days = |thousandths: i64| u32::try_from(thousandths / 1_000).unwrap_or(0);
        self.cell.values.iter().map(move |(value, count)| (days(*value), u32::try_from(*count).unwrap_or(0)))
    }

    fn group(&self, word: &str) -> u32 {
        self.cell.groups.get(word).and_then(|count| u32::try_from(*count).ok()).unwrap_or(0)
    }
}

/// Where a course stands: with all offers together, and with each that it asked for or had.
pub(crate) fn each(course: &CourseFacts, at: &Context<'_>, tell: &mut dyn FnMut(&str, Date, &Cell)) {
    let Some(day) = asked_on(course) else { return };
    tell(ALL_OFFERS, day, &cell(course, day, &taken_up(course).collect::<Vec<_>>()));
    for offer in offers_of(course, at) {
        let of_offer: Vec<_> = taken_up(course).filter(|one| one.offer.as_deref() == Some(offer)).collect();
        tell(offer, day, &cell(course, day, &of_offer));
    }
}

fn cell(course: &CourseFacts, asked_on: Date, of: &[&Intervention]) -> Cell {
    let last = last_step(course, of);
    let (stands, open) = last.words();
    let mut cell = Cell { of: 1, ..Cell::default() };
    cell.groups.insert(stands.into(), 1);
    if last != WayStep::Completed && is_under_way(course, of) {
        cell.groups.insert(open.into(), 1);
    }
    let begun = of.iter().filter(|one| one.citizen_wished_later.is_none()).filter_map(|one| one.started_on).min();
    if let Some(begun) = begun {
        cell.values.insert(i64::from(days_between(asked_on, begun).max(0)) * 1_000, 1);
    }
    cell
}

/// The last step that a citizen came to. Who came to a later one came past those before it, written down or not.
fn last_step(course: &CourseFacts, of: &[&Intervention]) -> WayStep {
    let begun = || of.iter().filter(|one| one.started_on.is_some());
    if begun().any(|one| one.status == Some(InterventionStatus::Completed)) {
        WayStep::Completed
    } else if begun().next().is_some() {
        WayStep::Started
    } else if course.talks.iter().any(|talk| talk.held_on.is_some()) {
        WayStep::Talked
    } else if course.contacts.iter().any(|contact| contact.result == Some(ContactResult::Reached)) {
        WayStep::Contacted
    } else {
        WayStep::Referred
    }
}

/// Whether more can come: neither the course nor what was given has ended, and the request has not been turned down.
fn is_under_way(course: &CourseFacts, of: &[&Intervention]) -> bool {
    const OVER: [InterventionStatus; 3] =
        [InterventionStatus::Completed, InterventionStatus::Stopped, InterventionStatus::Cancelled];
    let turned_down = |outcome: Option<ReferralOutcome>| outcome.is_some_and(|it| it != ReferralOutcome::Accepted);
    let refused = !course.referrals.is_empty() && course.referrals.iter().all(|one| turned_down(one.outcome));
    let over = !of.is_empty() && of.iter().all(|one| one.status.is_some_and(|status| OVER.contains(&status)));
    course.closed_on.is_none() && !refused && !over
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use standard::facts::{Contact, MunicipalityFacts, Referral, Talk};

    use super::*;

    fn asked(id: &str) -> CourseFacts {
        let referral = Referral { received_on: Some(date(2026, 9, 1)), ..Referral::default() };
        CourseFacts { id: id.to_owned(), referrals: vec![referral], ..CourseFacts::default() }
    }

    fn begun(id: &str, status: InterventionStatus) -> CourseFacts {
        let one = Intervention {
            started_on: Some(date(2026, 9, 20)),
            status: Some(status),
            offer: Some("O".to_owned()),
            ..Intervention::default()
        };
        CourseFacts { interventions: vec![one], ..asked(id) }
    }

    fn way(courses: &[CourseFacts], offer: &str) -> Way {
        let municipality = MunicipalityFacts::default();
        let day = date(2026, 11, 1);
        let at = Context::new(&municipality, day, (day, day));
        let mut way = Way::default();
        for course in courses {
            each(course, &at, &mut |told, _, cell| {
                if told == offer {
                    way.add(cell);
                }
            });
        }
        way
    }

    /// One still waits and one was turned down; one is spoken with, one had a talk and closed; one stopped, one completed, and
    /// both of them waited nineteen days.
    #[test]
    fn each_stands_at_the_last_step_that_was_come_to() {
        let mut turned_down = asked("2");
        turned_down.referrals[0].outcome = Some(ReferralOutcome::Declined);
        let spoken_with = Contact { result: Some(ContactResult::Reached), ..Contact::default() };
        let talk = Talk { held_on: Some(date(2026, 9, 10)), ..Talk::default() };
        let all = [
            asked("1"),
            turned_down,
            CourseFacts { contacts: vec![spoken_with], ..asked("3") },
            CourseFacts { talks: vec![talk], closed_on: Some(date(2026, 9, 11)), ..asked("4") },
            begun("5", InterventionStatus::Stopped),
            begun("6", InterventionStatus::Completed),
        ];
        let found = way(&all, ALL_OFFERS);
        let told = WayStep::ALL.map(|step| (found.stopped_at(step), found.under_way_at(step)));
        assert_eq!(told, [(2, 1), (1, 1), (1, 0), (1, 0), (1, 0)]);
        assert_eq!(found.waits().collect::<Vec<_>>(), [(19, 2)]);
        assert_eq!(way(&all, "O").stopped_at(WayStep::Completed), 1);
    }
}
