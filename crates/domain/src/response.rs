//! Answered instruments: who answered what, how, where and when. Scoring is in the crate `instruments`; a response keeps
//! the instrument's id and version, so that old answers are always read by the questions they answered.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::value::SeqAccessDeserializer;
use serde::de::{Error, IntoDeserializer, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::ids::{CitizenId, CourseId, ResponseId, SessionId, UserId};
pub use crate::quantity::Quantity;
use crate::words::word_enum;

word_enum! {
    /// How far a response is. Nothing is imputed: an incomplete one meets no requirement and enters no average.
    pub enum ResponseStatus {
        /// Given to the citizen, nothing answered yet.
        NotStarted = ("not_started", "Ikke begyndt"),
        /// Being answered.
        InProgress = ("in_progress", "I gang"),
        /// Every needed answer is there.
        Complete = ("complete", "Udfyldt"),
        /// Ended with answers missing.
        Incomplete = ("incomplete", "Ufuldstændig"),
        /// The citizen does not want it; the reason is kept.
        Refused = ("refused", "Borgeren ønsker det ikke"),
        /// It cannot be done; the reason is kept.
        NotPossible = ("not_possible", "Ikke muligt"),
    }
}

word_enum! {
    /// Where in the course an instrument was used. Start and end make the pair that change is read from.
    pub enum Phase {
        /// At the start.
        Start = ("start", "Start"),
        /// On the way.
        Mid = ("mid", "Undervejs"),
        /// At the end.
        End = ("end", "Slut"),
        /// At a follow-up.
        FollowUp = ("followup", "Opfølgning"),
    }
}

word_enum! {
    /// How answers came to be. A pair is comparable only in the same mode.
    pub enum Mode {
        /// The citizen alone, on a tablet or on paper.
        CitizenSelf = ("citizen_self", "Borgeren selv"),
        /// The citizen with somebody's help.
        CitizenWithHelp = ("citizen_with_help", "Borgeren med hjælp"),
        /// Read aloud and written down by staff.
        Interview = ("interview", "Læst højt"),
        /// Measured by staff.
        Measured = ("measured", "Målt"),
    }
}

/// The answer to one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Answer {
    /// The points of the option chosen, or a number.
    Value(Quantity),
    /// Several options.
    Many(BTreeSet<Quantity>),
    /// Own words.
    Text(String),
    /// Asked, and not known or not stated: an answer too.
    NotStated,
}

/// By what it is, in one step: each answer of every citizen is read whenever the whole standard is judged.
impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Said;
        impl<'de> Visitor<'de> for Said {
            type Value = Answer;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number, several, own words or nothing")
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Answer, E> {
                Quantity::deserialize(number.into_deserializer()).map(Answer::Value)
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<Answer, E> {
                Quantity::deserialize(number.into_deserializer()).map(Answer::Value)
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<Answer, E> {
                Quantity::deserialize(number.into_deserializer()).map(Answer::Value)
            }
            fn visit_str<E: Error>(self, words: &str) -> Result<Answer, E> {
                Ok(Answer::Text(words.to_owned()))
            }
            fn visit_string<E: Error>(self, words: String) -> Result<Answer, E> {
                Ok(Answer::Text(words))
            }
            fn visit_unit<E: Error>(self) -> Result<Answer, E> {
                Ok(Answer::NotStated)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, several: A) -> Result<Answer, A::Error> {
                BTreeSet::deserialize(SeqAccessDeserializer::new(several)).map(Answer::Many)
            }
        }
        deserializer.deserialize_any(Said)
    }
}

/// Answers by the numbers of their items. What is not here was not answered.
pub type Answers = BTreeMap<u16, Answer>;

/// Where a test was done and with what: the same at start and end, or the pair is not comparable (KS-6.3-10).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TestSetting {
    /// Place: "Sal 2, 30 m bane".
    pub place: Option<String>,
    /// Equipment: "Stol 43 cm".
    pub equipment: Option<String>,
}

/// What the professional decided on a result. A result guides, it does not decide (quality standard 8.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Word of the route, one of the instrument's.
    pub route: String,
    /// Why another route than the proposed one.
    pub reason: Option<String>,
    /// What was asked on the way, such as consent, with the answer's word.
    pub said: BTreeMap<String, String>,
    /// What the citizen was told of the route, by its place in the list.
    pub told: BTreeSet<u16>,
    /// Who decided.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}

/// One use of an instrument with one citizen. A correction is the next version of the record and says why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// Stable id.
    pub id: ResponseId,
    /// Who answered or was measured.
    pub citizen: CitizenId,
    /// The course that was open, when there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub course: Option<CourseId>,
    /// Id of the instrument.
    pub instrument: String,
    /// Version of the instrument.
    pub version: u16,
    /// How.
    pub mode: Mode,
    /// Where in the course.
    pub phase: Phase,
    /// The day it is about.
    pub on: Date,
    /// Who recorded it, or handed over the tablet.
    pub recorded_by: UserId,
    /// Place and equipment.
    #[serde(default)]
    pub setting: TestSetting,
    /// The session of a team, when it was measured in a class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// The answers.
    pub answers: Answers,
    /// What staff knows that changes the advice, by its word; none when nobody was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<BTreeSet<String>>,
    /// How far.
    pub status: ResponseStatus,
    /// Why it was refused, was not possible or was stopped early.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// A test that was stopped before its time: kept, and never part of a pair.
    #[serde(default)]
    pub stopped_early: bool,
    /// The score by the instrument's own version; none when incomplete or without scoring.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<Quantity>,
    /// What was decided on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// Should never have been recorded.
    #[serde(default)]
    pub entered_in_error: bool,
}

impl Response {
    /// One that nothing is answered in yet, of an instrument in a version.
    pub fn begun(
        id: ResponseId,
        citizen: CitizenId,
        (instrument, version): (&str, u16),
        (mode, phase): (Mode, Phase),
        on: Date,
        recorded_by: UserId,
    ) -> Self {
        Self {
            id,
            citizen,
            course: None,
            instrument: instrument.to_owned(),
            version,
            mode,
            phase,
            on,
            recorded_by,
            setting: TestSetting::default(),
            session: None,
            answers: Answers::new(),
            facts: None,
            status: ResponseStatus::NotStarted,
            reason: None,
            stopped_early: false,
            score: None,
            decision: None,
            entered_in_error: false,
        }
    }
}

impl Response {
    /// Whether it counts as a result: complete and no error.
    pub fn counts(&self) -> bool {
        self.status == ResponseStatus::Complete && !self.entered_in_error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_back_as_they_were_stored() {
        let answers: Answers = [
            (1, Answer::Value(Quantity::whole(3))),
            (2, Answer::Value(Quantity::parse("89,5").unwrap())),
            (3, Answer::Text("12".to_owned())),
            (4, Answer::NotStated),
            (5, Answer::Many([Quantity::whole(1), Quantity::whole(2)].into())),
        ]
        .into();
        let text = serde_json::to_string(&answers).unwrap();
        assert_eq!(text, r#"{"1":3,"2":89.5,"3":"12","4":null,"5":[1,2]}"#);
        assert_eq!(serde_json::from_str::<Answers>(&text).unwrap(), answers);
    }
}
