//! Which activities fit a citizen's wish, in which order, and why.
//!
//! Nothing is hidden behind a score: each proposal says what of the wish it meets, and the one thing it does not.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Activity, ActivityDay, ActivityKind, Price};
use crate::words::word_enum;

/// What a citizen would like. Nothing said is nothing asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Words of what it is: "svømning", "kor".
    pub words: Option<String>,
    /// What kind of thing.
    pub kind: Option<ActivityKind>,
    /// A part of the place's name: a town or quarter.
    pub place: Option<String>,
    /// On this day.
    pub day: Option<ActivityDay>,
    /// At most so many kroner, each time or for whatever the price is for.
    pub most_kroner: Option<u16>,
    /// Whoever is new must be welcome.
    pub beginners: bool,
    /// No steps.
    pub step_free: bool,
    /// There must be a film to see first.
    pub video: bool,
}

word_enum! {
    /// A part of a wish.
    pub enum Criterion {
        /// What it is.
        Words = ("words", "Det, der søges"),
        /// Kind of thing.
        Kind = ("kind", "Slags"),
        /// Where.
        Place = ("place", "Stedet"),
        /// When.
        Day = ("day", "Dagen"),
        /// What it costs.
        Price = ("price", "Prisen"),
        /// Beginners.
        Beginners = ("beginners", "Åben for begyndere"),
        /// Without steps.
        StepFree = ("step_free", "Uden trin"),
        /// A film.
        Video = ("video", "Video"),
    }
}

/// An activity that fits, wholly or but for one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<'a> {
    /// Which.
    pub activity: &'a Activity,
    /// What of the wish it meets.
    pub met: Vec<Criterion>,
    /// What it does not; at most one.
    pub missed: Option<Criterion>,
}

impl Wish {
    /// What is asked for, with whether an activity has it.
    fn asked(&self, activity: &Activity) -> Vec<(Criterion, bool)> {
        let entry = &activity.entry;
        let holds = |text: &str, part: &str| text.to_lowercase().contains(&part.trim().to_lowercase());
        let said = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        let mut asked = Vec::new();
        if let Some(words) = said(&self.words) {
            let all = [&entry.title, &entry.association, entry.about.as_ref().unwrap_or(&entry.title)];
            asked.push((Criterion::Words, all.iter().any(|text| holds(text, &words))));
        }
        if let Some(kind) = self.kind {
            asked.push((Criterion::Kind, entry.kind == kind));
        }
        if let Some(place) = said(&self.place) {
            asked.push((Criterion::Place, holds(&entry.place, &place)));
        }
        if let Some(day) = self.day {
            asked.push((Criterion::Day, entry.day == day));
        }
        if let Some(most) = self.most_kroner {
            asked.push((Criterion::Price, entry.price.is_some_and(|price| price.kroner <= most)));
        }
        let flags = [
            (Criterion::Beginners, self.beginners, entry.beginners),
            (Criterion::StepFree, self.step_free, entry.step_free),
            (Criterion::Video, self.video, entry.video.is_some()),
        ];
        asked.extend(flags.into_iter().filter(|(_, wanted, _)| *wanted).map(|(what, _, has)| (what, has)));
        asked
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What fits a wish: first what meets all of it, then what misses one thing; among those whoever welcomes beginners, then
/// the cheaper, then by name. What is stale or closed is never there.
///
/// An activity of another subject is none that misses one thing: what is searched for in words is always met.
pub fn matches<'a>(activities: &'a [Activity], wish: &Wish, today: Date) -> Vec<Match<'a>> {
    let mut found: Vec<Match<'a>> = activities
        .iter()
        .filter(|activity| activity.may_be_proposed(today))
        .filter_map(|activity| {
            let (met, missed): (Vec<_>, Vec<_>) = wish.asked(activity).into_iter().partition(|(_, has)| *has);
            let missed: Vec<Criterion> = missed.into_iter().map(|(what, _)| what).collect();
            let met: Vec<Criterion> = met.into_iter().map(|(what, _)| what).collect();
            let near = match missed.as_slice() {
                [] => true,
                [Criterion::Words] => false,
                [_] => !met.is_empty(),
                _ => false,
            };
            near.then(|| Match { activity, met, missed: missed.first().copied() })
        })
        .collect();
    found.sort_by(|a, b| order(a).cmp(&order(b)));
    found
}

fn order<'a>(found: &Match<'a>) -> (bool, bool, u32, &'a str, &'a str) {
    let entry = &found.activity.entry;
    let price = entry.price.map_or(u32::MAX, Price::a_year);
    (found.missed.is_some(), !entry.beginners, price, &entry.title, &entry.association)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::tests::walk;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 6, 1);

    fn wish() -> Wish {
        Wish { day: Some(ActivityDay::Monday), beginners: true, ..Wish::default() }
    }

    #[test]
    fn what_fits_all_of_the_wish_says_what_it_meets() {
        let all = [walk()];
        let found = matches(&all, &wish(), TODAY);
        assert_eq!(found[0].met, [Criterion::Day, Criterion::Beginners]);
        assert_eq!(found[0].missed, None);
    }

    #[test]
    fn what_misses_one_thing_comes_after_and_says_which() {
        let mut tuesday = walk();
        tuesday.entry.day = ActivityDay::Tuesday;
        tuesday.entry.price = Some(Price { kroner: 0, per: super::super::PricePeriod::Time });
        let all = [tuesday, walk()];
        let found = matches(&all, &wish(), TODAY);
        assert_eq!(found.iter().map(|m| m.missed).collect::<Vec<_>>(), [None, Some(Criterion::Day)]);
        let strict = Wish { most_kroner: Some(0), ..wish() };
        assert_eq!(matches(&[walk()], &Wish { place: Some("Andenby".into()), ..strict }, TODAY), [], "two are missed");
    }

    #[test]
    fn words_are_looked_for_everywhere_and_never_guessed() {
        let all = [walk()];
        let says = |text: &str| Wish { words: Some(text.into()), ..wish() };
        assert_eq!(matches(&all, &says("gymnastik"), TODAY).len(), 1);
        assert!(matches(&all, &says("svømning"), TODAY).is_empty());
    }

    #[test]
    fn without_a_wish_everything_fresh_is_there_and_nothing_stale() {
        let all = [walk(), Activity { confirmed_on: date(2025, 1, 1), ..walk() }];
        assert_eq!(matches(&all, &Wish::default(), TODAY).len(), 1);
    }
}
