//! The figures of an answer as they may be shown: each group with its stages, how many are missing, and the same of each offer.

use domain::identifiers::MunicipalityCode;
use indicators::counting::{NOT_STATED, label};
use indicators::definition::Breakdown;
use indicators::equity::missing_people::{Against, MissingPeople, OfferAsked, missing_people, published};
use indicators::equity::participation::{ALL_OFFERS, Participants, Reached};
use indicators::statistics::Share;
use indicators::suppression::{self, Shown};

use super::asked::{Answer, Question};
use super::protect::{ShownGroups, ShownStages, protect};
use crate::monitoring;

/// A group of the breakdown.
pub(super) struct Group {
    /// What it is called.
    pub(super) name: String,
    /// Its name is the municipality's own.
    pub(super) own: bool,
    pub(super) shown: ShownStages,
    /// Adults in the population table.
    pub(super) persons: Option<u64>,
    /// How many would take part, if all groups took part as often, and how many are missing; none where it is not told.
    pub(super) missing: Option<(f64, u32)>,
    /// It is one of those that are compared.
    pub(super) is_placed: bool,
}

/// What is shown of a question.
pub(super) struct Figures {
    pub(super) groups: Vec<Group>,
    pub(super) sum: Option<ShownStages>,
    /// What is measured against; none when there is nobody, or when those referred would be measured against themselves.
    pub(super) against: Option<Against>,
    /// Those who take part of all groups that are compared; none where it is not told.
    pub(super) placed: Option<u32>,
    /// Of those referred of the groups that are compared.
    pub(super) referred: Option<u32>,
    /// Adults in the population table.
    pub(super) persons: u64,
    /// Nobody was referred.
    pub(super) is_empty: bool,
}

/// How many are missing with an offer.
pub(super) struct OfferRow {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) take_part: Shown,
    /// Missing in all; none where it is not told.
    pub(super) missing: Option<u32>,
    /// The group that most are missing of, and whether its name is the municipality's own.
    pub(super) most: Option<(String, bool)>,
}

/// What everything is made of: the groups of one offer, protected, with those missing.
struct OfOffer<'a> {
    strata: Vec<(&'a str, Participants)>,
    shown: ShownGroups,
    people: Option<MissingPeople>,
    missing: Vec<Option<u32>>,
}

/// Somebody may have several diseases, so these groups do not add up.
pub(super) fn adds_up(by: Breakdown) -> bool {
    by != Breakdown::Disease
}

impl<'a> OfOffer<'a> {
    fn new(answer: &'a Answer, home: &MunicipalityCode, offer: &str) -> Self {
        let Question { stage, by, period, .. } = answer.question;
        let participation = &answer.kept.participation;
        let strata = participation.strata(offer, by, period);
        let shown = protect(&strata, adds_up(by));
        let asked = OfferAsked { offer, stage, by, period };
        let population = answer.measured.as_ref().map(|measured| (&measured.table, home, None));
        // Those referred are not measured against themselves.
        let people = missing_people(participation, asked, population)
            .filter(|found| found.against == Against::Population || stage != Reached::Referred);
        let missing = people.as_ref().map_or_else(Vec::new, |people| {
            let stages = compared(people, stage);
            published(people, shown.is_known(&placed(people), stages), |group| shown.is_exact(group, stages))
        });
        Self { strata, shown, people, missing }
    }

    /// The sum of a stage over the groups that are compared, where a reader may know it.
    fn known(&self, stage: Reached) -> Option<u32> {
        let people = self.people.as_ref()?;
        let placed = placed(people);
        let own = self.strata.iter().filter(|(name, _)| placed.contains(name));
        let sum: i64 = own.map(|(_, stages)| stages.of(stage)).sum();
        self.shown.is_known(&placed, &[stage]).then(|| u32::try_from(sum).unwrap_or(0))
    }
}

/// The stages that those missing are made of.
fn compared(people: &MissingPeople, stage: Reached) -> &'static [Reached] {
    match (people.against, stage) {
        (Against::Population, Reached::Referred) => &[Reached::Referred],
        (Against::Population, Reached::Started) => &[Reached::Started],
        (Against::Population, Reached::Completed) => &[Reached::Completed],
        (Against::Population, Reached::Gained) => &[Reached::Gained],
        (Against::Referred, Reached::Referred | Reached::Started) => &[Reached::Referred, Reached::Started],
        (Against::Referred, Reached::Completed) => &[Reached::Referred, Reached::Completed],
        (Against::Referred, Reached::Gained) => &[Reached::Referred, Reached::Gained],
    }
}

fn placed(people: &MissingPeople) -> Vec<&str> {
    people.strata.iter().map(|one| one.stratum.as_str()).collect()
}

/// What is shown of the offer that is asked about.
pub(super) fn of(answer: &Answer, home: &MunicipalityCode) -> Figures {
    let found = OfOffer::new(answer, home, &answer.question.offer);
    let people = found.people.as_ref();
    let strata = people.map_or(&[][..], |people| &people.strata);
    let is_population = people.is_some_and(|people| people.against == Against::Population);
    let mut words: Vec<&str> = found.strata.iter().map(|(word, _)| *word).collect();
    words.extend(strata.iter().map(|one| one.stratum.as_str()));
    words.sort_unstable_by_key(|word| (is_not_stated(word), *word));
    words.dedup();
    let group = |word: &&str| {
        let at = strata.iter().position(|one| one.stratum == *word);
        let missing =
            at.and_then(|at| found.missing.get(at).copied().flatten().map(|count| (strata[at].expected, count)));
        Group {
            name: monitoring::named(word),
            own: label(word).is_none(),
            shown: found.shown.of(word),
            persons: at.filter(|_| is_population).map(|at| strata[at].persons),
            missing,
            is_placed: at.is_some(),
        }
    };
    Figures {
        groups: words.iter().map(group).collect(),
        sum: found.shown.sum,
        against: people.map(|people| people.against),
        placed: found.known(answer.question.stage),
        referred: found.known(Reached::Referred),
        persons: if is_population { strata.iter().map(|one| one.persons).sum() } else { 0 },
        is_empty: found.strata.is_empty(),
    }
}

pub(super) fn is_not_stated(word: &str) -> bool {
    matches!(word, NOT_STATED | "not_assessed")
}

/// The same in short of every offer that anybody was referred to, and of all of them first.
pub(super) fn of_offers(answer: &Answer, home: &MunicipalityCode) -> Vec<OfferRow> {
    let used: Vec<&str> = answer.kept.participation.offers().collect();
    let named = answer.offers.iter().filter(|(id, _)| used.contains(&id.as_str()));
    let all = std::iter::once((ALL_OFFERS, "Alle tilbud"));
    let rows = all.chain(named.map(|(id, name)| (id.as_str(), name.as_str())));
    rows.filter_map(|(id, name)| row(&OfOffer::new(answer, home, id), answer.question.stage, id, name)).collect()
}

fn row(found: &OfOffer<'_>, stage: Reached, id: &str, name: &str) -> Option<OfferRow> {
    let people = found.people.as_ref()?;
    let each = people.strata.iter().zip(&found.missing);
    let most = each.filter_map(|(one, missing)| Some((*missing.as_ref()?, one))).filter(|(missing, _)| *missing > 0);
    let take_part = found.shown.sum.map_or(Shown::Withheld, |sum| sum.of(stage));
    let all_known = found.missing.iter().all(Option::is_some);
    Some(OfferRow {
        id: id.to_owned(),
        name: name.to_owned(),
        take_part,
        missing: found.missing.iter().copied().sum::<Option<u32>>(),
        most: most
            .max_by_key(|(missing, one)| (*missing, std::cmp::Reverse(one.stratum.clone())))
            .filter(|_| all_known)
            .map(|(_, one)| (monitoring::named(&one.stratum), label(&one.stratum).is_none())),
    })
}

/// The share of those referred who came to a stage, where it may be shown.
pub(super) fn share(of: ShownStages, stage: Reached) -> Option<Share> {
    suppression::share(of.exact(stage)?, of.exact(Reached::Referred)?)
}
