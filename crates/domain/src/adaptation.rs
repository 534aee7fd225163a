//! Adaptations: what is done differently for a citizen, so that booking, letters and teams follow by themselves.
//!
//! A mark from the talk about health literacy, or a level of support, proposes; a person accepts. Each decision keeps
//! because of what it was proposed, who made it and when. AdaptationSource: quality standard 3.1 (KS-3.1-08) and 3.4 (KS-3.4-01);
//! instruments, `health_literacy_chat`.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{CitizenId, UserId};
use crate::stratification::Stratum;
use crate::words::word_enum;

word_enum! {
    /// Something that is done differently.
    pub enum Adaptation {
        /// We call where we would write.
        CallInsteadOfLetter = ("call_instead_of_letter", "Opkald i stedet for brev"),
        /// Letters are written large, with pictures for day, time and place.
        PictureLetter = ("picture_letter", "Brev med billeder og stor skrift"),
        /// Letters say how to have them read aloud.
        ReadAloud = ("read_aloud", "Oplæsning af breve"),
        /// An interpreter comes to each time.
        Interpreter = ("interpreter", "Tolk"),
        /// Transport to each time.
        Transport = ("transport", "Kørsel"),
        /// Somebody comes along.
        Companion = ("companion", "Følgeskab"),
        /// A smaller team.
        SmallerTeam = ("smaller_team", "Mindre hold"),
    }
}

impl Adaptation {
    /// What it changes from now on.
    pub const fn changes(self) -> &'static str {
        match self {
            Self::CallInsteadOfLetter => "Når en tid bookes, bliver det en opgave at ringe i stedet for at sende brev.",
            Self::PictureLetter => "Breve til borgeren har stor skrift, få ord og billeder.",
            Self::ReadAloud => "Breve til borgeren fortæller, hvordan de bliver læst op.",
            Self::Interpreter => "Hver tid bookes med tolk.",
            Self::Transport => "Hver tid bookes med kørsel.",
            Self::Companion => "Hver tid bookes med en, der følger borgeren.",
            Self::SmallerTeam => "Der kommer en advarsel, når borgeren står på et stort hold.",
        }
    }
}

word_enum! {
    /// A mark of the talk about health literacy.
    pub enum Mark {
        /// Access to and understanding of information.
        WrittenHard = ("written_hard", "Svært at forstå skriftlig information"),
        /// Language.
        LanguageHard = ("language_hard", "Svært at tale om helbred på dansk"),
        /// Getting there.
        TravelHard = ("travel_hard", "Svært at komme frem"),
        /// Supportive relations: comes alone, and that is hard.
        AloneHard = ("alone_hard", "Svært at komme alene"),
        /// Many people at once.
        CrowdHard = ("crowd_hard", "Svært at være mange sammen"),
    }
}

impl Mark {
    /// What it proposes.
    pub const fn proposes(self) -> &'static [Adaptation] {
        use Adaptation as A;
        match self {
            Self::WrittenHard => &[A::CallInsteadOfLetter, A::PictureLetter, A::ReadAloud],
            Self::LanguageHard => &[A::Interpreter],
            Self::TravelHard => &[A::Transport],
            Self::AloneHard => &[A::Companion],
            Self::CrowdHard => &[A::SmallerTeam],
        }
    }
}

/// Because of what an adaptation is proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AdaptationSource {
    /// A mark of the talk.
    Mark(Mark),
    /// The level of support.
    Level(Stratum),
}

impl AdaptationSource {
    /// What staff read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Mark(mark) => mark.label(),
            Self::Level(stratum) => stratum.label(),
        }
    }
}

/// What was decided about an adaptation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// It is done; otherwise it was declined.
    pub accepted: bool,
    /// Because of what it was proposed; nothing when somebody chose it without.
    pub because: BTreeSet<AdaptationSource>,
    /// Who decided.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}

/// What is done differently for a citizen. A citizen has one; each change is its next version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adaptations {
    /// For whom.
    pub citizen: CitizenId,
    /// What was marked.
    pub marks: BTreeSet<Mark>,
    /// What was decided.
    pub decided: BTreeMap<Adaptation, Decision>,
}

/// An adaptation to decide about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedAdaptation {
    /// Which.
    pub adaptation: Adaptation,
    /// Because of what; never empty.
    pub because: BTreeSet<AdaptationSource>,
}

/// The levels that ask for company and a team of their own.
const fn of_level(stratum: Stratum) -> &'static [Adaptation] {
    match stratum {
        Stratum::Own | Stratum::Support => &[],
        Stratum::Extended => &[Adaptation::Companion, Adaptation::SmallerTeam],
    }
}

impl Adaptations {
    /// Nothing marked, nothing decided.
    pub const fn none(citizen: CitizenId) -> Self {
        Self { citizen, marks: BTreeSet::new(), decided: BTreeMap::new() }
    }

    /// Whether it is done for the citizen.
    pub fn has(&self, adaptation: Adaptation) -> bool {
        self.decided.get(&adaptation).is_some_and(|decision| decision.accepted)
    }

    /// Because of what an adaptation would be proposed now.
    fn sources(&self, adaptation: Adaptation, level: Option<Stratum>) -> BTreeSet<AdaptationSource> {
        let marks = self
            .marks
            .iter()
            .filter(|mark| mark.proposes().contains(&adaptation))
            .map(|mark| AdaptationSource::Mark(*mark));
        let level = level.filter(|stratum| of_level(*stratum).contains(&adaptation)).map(AdaptationSource::Level);
        marks.chain(level).collect()
    }

    /// What is proposed and not decided yet. One that was declined is proposed again only when there is a new reason.
    pub fn proposed(&self, level: Option<Stratum>) -> Vec<ProposedAdaptation> {
        let open = |adaptation: &Adaptation| {
            let because = self.sources(*adaptation, level);
            let new = match self.decided.get(adaptation) {
                None => true,
                Some(decision) => !decision.accepted && !because.is_subset(&decision.because),
            };
            (new && !because.is_empty()).then_some(ProposedAdaptation { adaptation: *adaptation, because })
        };
        Adaptation::ALL.iter().filter_map(open).collect()
    }

    /// Decides: those chosen are done, the others are not. What stands already keeps who decided it and when.
    #[must_use]
    pub fn decide(
        mut self,
        chosen: &BTreeSet<Adaptation>,
        level: Option<Stratum>,
        (by, at): (UserId, Timestamp),
    ) -> Self {
        for adaptation in Adaptation::ALL.iter().copied() {
            let (accepted, because) = (chosen.contains(&adaptation), self.sources(adaptation, level));
            let known = self.decided.get(&adaptation);
            let same = known.is_some_and(|decision| {
                decision.accepted == accepted && (accepted || because.is_subset(&decision.because))
            });
            let nothing = !accepted && known.is_none() && because.is_empty();
            if !same && !nothing {
                self.decided.insert(adaptation, Decision { accepted, because, by, at });
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn citizen() -> Adaptations {
        Adaptations::none(CitizenId(Uuid::from_u128(1)))
    }

    fn now(seconds: i64) -> (UserId, Timestamp) {
        (UserId(Uuid::from_u128(2)), Timestamp::from_second(seconds).unwrap())
    }

    fn names(proposed: &[ProposedAdaptation]) -> Vec<Adaptation> {
        proposed.iter().map(|one| one.adaptation).collect()
    }

    #[test]
    fn hard_to_read_proposes_a_call_pictures_and_reading_aloud() {
        let marked = Adaptations { marks: [Mark::WrittenHard].into(), ..citizen() };
        let proposed = marked.proposed(None);
        use Adaptation as A;
        assert_eq!(names(&proposed), [A::CallInsteadOfLetter, A::PictureLetter, A::ReadAloud]);
        assert!(proposed.iter().all(|one| one.because == BTreeSet::from([AdaptationSource::Mark(Mark::WrittenHard)])));
        assert!(Mark::ALL.iter().all(|mark| !mark.proposes().is_empty()));
    }

    #[test]
    fn the_highest_level_proposes_company_and_a_smaller_team() {
        assert_eq!(citizen().proposed(Some(Stratum::Support)), []);
        let proposed = citizen().proposed(Some(Stratum::Extended));
        assert_eq!(names(&proposed), [Adaptation::Companion, Adaptation::SmallerTeam]);
    }

    #[test]
    fn what_was_declined_is_asked_again_only_for_a_new_reason() {
        let marked = Adaptations { marks: [Mark::AloneHard].into(), ..citizen() };
        let declined = marked.decide(&BTreeSet::new(), None, now(1));
        assert_eq!(declined.proposed(None), []);
        assert!(!declined.has(Adaptation::Companion));
        let again = declined.proposed(Some(Stratum::Extended));
        assert_eq!(names(&again), [Adaptation::Companion, Adaptation::SmallerTeam]);
    }

    #[test]
    fn a_decision_keeps_who_made_it_and_because_of_what_until_it_is_changed() {
        let marked = Adaptations { marks: [Mark::WrittenHard].into(), ..citizen() };
        let chosen = BTreeSet::from([Adaptation::PictureLetter, Adaptation::Transport]);
        let first = marked.decide(&chosen, None, now(1));
        assert!(first.has(Adaptation::PictureLetter) && first.has(Adaptation::Transport));
        assert!(!first.has(Adaptation::ReadAloud) && first.decided.contains_key(&Adaptation::ReadAloud));
        assert!(first.decided[&Adaptation::Transport].because.is_empty(), "chosen without a proposal");
        assert!(!first.decided.contains_key(&Adaptation::SmallerTeam), "nobody asked");
        let second = first.clone().decide(&chosen, None, now(2));
        assert_eq!(second, first);
        let third = second.decide(&BTreeSet::from([Adaptation::Transport]), None, now(3));
        assert_eq!(third.decided[&Adaptation::PictureLetter].at, now(3).1);
        assert_eq!(third.decided[&Adaptation::Transport].at, now(1).1);
    }
}
