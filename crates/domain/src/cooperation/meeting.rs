//! Meetings, and what was agreed at them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{LINE_MOST, NUMBER, Struck, TEXT_MOST, fits, names_somebody, too_long};
use crate::ids::{AgreedId, MeetingId, UserId};
use crate::words::word_enum;

word_enum! {
    /// With whom one meets.
    pub enum Forum {
        /// The committee of municipality and practice.
        Klu = ("klu", "Kommunalt-lægeligt udvalg (KLU)"),
        /// The health cluster.
        Cluster = ("cluster", "Sundhedsklynge"),
        /// Practice consultants.
        Consultant = ("consultant", "Praksiskonsulenter"),
        /// Somebody else.
        Partner = ("partner", "Anden samarbejdspartner"),
    }
}

/// A meeting, planned or held. Each change is a version: what it said before stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Stable id.
    pub id: MeetingId,
    /// With whom.
    pub forum: Forum,
    /// The day.
    pub held_on: Date,
    /// Who took or takes part, as it was written.
    pub participants: Option<String>,
    /// What is on the agenda.
    pub agenda: String,
    /// Prevention is on it: what the standard asks of the committee (SP-004-15).
    pub about_prevention: bool,
    /// What was decided.
    pub decisions: Option<String>,
    /// What was agreed, in the order it was.
    #[serde(default)]
    pub agreed: Vec<Agreed>,
    /// Should not have been written.
    #[serde(default)]
    pub struck: Option<Struck>,
}

/// What somebody does by a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// Stable id.
    pub id: AgreedId,
    /// What.
    pub what: String,
    /// Who does it, as it was written.
    pub who: String,
    /// By when.
    pub by: Date,
    /// When it was done, and who said so.
    #[serde(default)]
    pub done: Option<(Date, UserId)>,
    /// Should not have been written.
    #[serde(default)]
    pub struck: Option<Struck>,
}

/// Where an agreement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgreedState {
    /// Done on this day.
    Done(Date),
    /// Its day is not past.
    Open,
    /// Its day is past.
    Late,
}

/// Why a meeting cannot be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MeetingError {
    /// Nothing on the agenda, or too much.
    #[error("the agenda is empty or too long")]
    Agenda,
    /// Too many letters in who takes part.
    #[error("the participants are too long")]
    Participants,
    /// Too many letters in what was decided.
    #[error("the decisions are too long")]
    Decisions,
    /// Decided at a meeting that is yet to come.
    #[error("decided before it was held")]
    DecidedBefore,
    /// What was agreed is not said.
    #[error("what was agreed is empty or too long")]
    What,
    /// Who does it is not said.
    #[error("who does it is empty or too long")]
    Who,
    /// To be done before the meeting.
    #[error("to be done before the meeting")]
    BeforeMeeting,
    /// There is no such agreement.
    #[error("no such agreement")]
    NoSuchAgreement,
    /// A number that may be somebody's.
    #[error("the text holds a number of ten digits")]
    Number,
}

impl MeetingError {
    /// What people read.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::Agenda => "Skriv dagsordenen, højst 4.000 tegn.",
            Self::Participants => "Deltagerne må højst fylde 200 tegn.",
            Self::Decisions => "Beslutningerne må højst fylde 4.000 tegn.",
            Self::DecidedBefore => "Mødet er ikke holdt endnu. Skriv beslutningerne, når det er holdt.",
            Self::What => "Skriv, hvad der er aftalt, højst 200 tegn.",
            Self::Who => "Skriv, hvem der gør det, højst 200 tegn.",
            Self::BeforeMeeting => "Fristen ligger før mødet. Ret datoen.",
            Self::NoSuchAgreement => "Aftalen findes ikke.",
            Self::Number => NUMBER,
        }
    }

    /// The field it is about, as the API names it.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Agenda | Self::Number => "agenda",
            Self::Participants => "participants",
            Self::Decisions | Self::DecidedBefore => "decisions",
            Self::What => "what",
            Self::Who => "who",
            Self::BeforeMeeting => "by",
            Self::NoSuchAgreement => "id",
        }
    }
}

impl Meeting {
    /// Everything that is wrong with it, its agreements apart.
    pub fn faults(&self, today: Date) -> Vec<MeetingError> {
        use MeetingError as E;
        let texts = [Some(&self.agenda), self.participants.as_ref(), self.decisions.as_ref()];
        let found = [
            (!fits(&self.agenda, TEXT_MOST), E::Agenda),
            (too_long(self.participants.as_ref(), LINE_MOST), E::Participants),
            (too_long(self.decisions.as_ref(), TEXT_MOST), E::Decisions),
            (self.decisions.is_some() && !self.was_held(today), E::DecidedBefore),
            (names_somebody(texts.into_iter().flatten().map(String::as_str)), E::Number),
        ];
        found.into_iter().filter(|(wrong, _)| *wrong).map(|(_, error)| error).collect()
    }

    /// Whether it has been held.
    pub fn was_held(&self, today: Date) -> bool {
        self.held_on <= today
    }

    /// Adds what was agreed.
    ///
    /// # Errors
    ///
    /// What or who is not said, its day lies before the meeting, a number of ten digits stands in it.
    pub fn agree(mut self, new: Agreed) -> Result<Self, MeetingError> {
        self.check(&new)?;
        self.agreed.push(new);
        Ok(self)
    }

    /// Corrects what was agreed; whether it is done stays.
    ///
    /// # Errors
    ///
    /// As [`Self::agree`]; there is no such agreement.
    pub fn correct(self, id: AgreedId, what: String, who: String, by: Date) -> Result<Self, MeetingError> {
        let before = self.standing(id)?.clone();
        let after = Agreed { what, who, by, ..before };
        self.check(&after)?;
        self.put(after)
    }

    /// Says that it is done, or after all not.
    ///
    /// # Errors
    ///
    /// There is no such agreement.
    pub fn settle(self, id: AgreedId, done: Option<(Date, UserId)>) -> Result<Self, MeetingError> {
        let before = self.standing(id)?.clone();
        // Said twice it was done the first time.
        let done = done.map(|said| before.done.unwrap_or(said));
        self.put(Agreed { done, ..before })
    }

    /// Strikes what should not have been written.
    ///
    /// # Errors
    ///
    /// There is no such agreement.
    pub fn strike_agreed(self, id: AgreedId, struck: Struck) -> Result<Self, MeetingError> {
        let before = self.standing(id)?.clone();
        self.put(Agreed { struck: Some(struck), ..before })
    }

    /// What was agreed and stands.
    pub fn standing_agreed(&self) -> impl Iterator<Item = &Agreed> {
        self.agreed.iter().filter(|it| it.struck.is_none())
    }

    fn standing(&self, id: AgreedId) -> Result<&Agreed, MeetingError> {
        self.standing_agreed().find(|it| it.id == id).ok_or(MeetingError::NoSuchAgreement)
    }

    fn put(mut self, after: Agreed) -> Result<Self, MeetingError> {
        let place = self.agreed.iter_mut().find(|it| it.id == after.id).ok_or(MeetingError::NoSuchAgreement)?;
        *place = after;
        Ok(self)
    }

    fn check(&self, it: &Agreed) -> Result<(), MeetingError> {
        use MeetingError as E;
        let found = [
            (!fits(&it.what, LINE_MOST), E::What),
            (!fits(&it.who, LINE_MOST), E::Who),
            (it.by < self.held_on, E::BeforeMeeting),
            (names_somebody([it.what.as_str(), it.who.as_str()]), E::Number),
        ];
        found.into_iter().find(|(wrong, _)| *wrong).map_or(Ok(()), |(_, error)| Err(error))
    }
}

impl Agreed {
    /// Where it stands on a day.
    pub fn state(&self, today: Date) -> AgreedState {
        match self.done {
            Some((on, _)) => AgreedState::Done(on),
            None if self.by < today => AgreedState::Late,
            None => AgreedState::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    const TODAY: Date = date(2026, 11, 24);
    const WHO: UserId = UserId(Uuid::from_u128(9));
    const FIRST: AgreedId = AgreedId(Uuid::from_u128(2));

    fn meeting() -> Meeting {
        Meeting {
            id: MeetingId(Uuid::from_u128(1)),
            forum: Forum::Klu,
            held_on: date(2026, 11, 10),
            participants: None,
            agenda: "Kapacitet og ventetid".into(),
            about_prevention: true,
            decisions: Some("Vi sender tal hvert kvartal".into()),
            agreed: Vec::new(),
            struck: None,
        }
    }

    fn agreed(by: Date) -> Agreed {
        Agreed { id: FIRST, what: "Send tal".into(), who: "Kommunen".into(), by, done: None, struck: None }
    }

    #[test]
    fn a_meeting_has_an_agenda_and_decides_when_it_is_held() {
        assert_eq!(meeting().faults(TODAY), []);
        let later = Meeting { held_on: date(2026, 11, 25), ..meeting() };
        assert_eq!(later.faults(TODAY), [MeetingError::DecidedBefore]);
        assert_eq!(Meeting { decisions: None, ..later }.faults(TODAY), [], "it may be planned");
        let nothing = Meeting { agenda: " ".into(), participants: Some("x".repeat(201)), ..meeting() };
        assert_eq!(nothing.faults(TODAY), [MeetingError::Agenda, MeetingError::Participants]);
        let named = Meeting { decisions: Some("Ring til 251248-9996".into()), ..meeting() };
        assert_eq!(named.faults(TODAY), [MeetingError::Number]);
    }

    #[test]
    fn what_is_agreed_is_done_late_or_open_and_done_twice_is_done_once() {
        let it = meeting().agree(agreed(date(2026, 11, 23))).unwrap();
        assert_eq!(it.agreed[0].state(TODAY), AgreedState::Late);
        assert_eq!(agreed(TODAY).state(TODAY), AgreedState::Open, "its day counts");
        let done =
            it.settle(FIRST, Some((date(2026, 11, 20), WHO))).unwrap().settle(FIRST, Some((TODAY, WHO))).unwrap();
        assert_eq!(done.agreed[0].state(TODAY), AgreedState::Done(date(2026, 11, 20)));
        let corrected = done.correct(FIRST, "Send tal og tekst".into(), "Kommunen".into(), TODAY).unwrap();
        assert!(corrected.agreed[0].done.is_some() && corrected.agreed[0].what == "Send tal og tekst");
        assert_eq!(corrected.settle(FIRST, None).unwrap().agreed[0].state(TODAY), AgreedState::Open);
    }

    #[test]
    fn what_is_agreed_says_what_who_and_a_day_after_the_meeting() {
        let refused = |new| meeting().agree(new).map(|_| ()).unwrap_err();
        assert_eq!(refused(agreed(date(2026, 11, 9))), MeetingError::BeforeMeeting);
        assert_eq!(refused(Agreed { what: " ".into(), ..agreed(TODAY) }), MeetingError::What);
        assert_eq!(refused(Agreed { who: String::new(), ..agreed(TODAY) }), MeetingError::Who);
        assert_eq!(refused(Agreed { who: "2512489996".into(), ..agreed(TODAY) }), MeetingError::Number);
        assert_eq!(meeting().settle(FIRST, None), Err(MeetingError::NoSuchAgreement));
    }

    #[test]
    fn what_is_struck_stays_and_is_agreed_no_more() {
        let struck = Struck { reason: "Skrevet to gange".into(), by: WHO, on: TODAY };
        let it = meeting().agree(agreed(TODAY)).unwrap().strike_agreed(FIRST, struck).unwrap();
        assert_eq!((it.agreed.len(), it.standing_agreed().count()), (1, 0));
        assert_eq!(it.settle(FIRST, None), Err(MeetingError::NoSuchAgreement));
    }
}
