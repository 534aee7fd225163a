//! The way from the health centre to an association: which activity, the first visit, who goes along, and whether the
//! citizen got there (KS-3.5-04 to KS-3.5-06; the escort as Køge Kommune has it, IK-002-03).

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::activity::Activity;
use crate::citizen::Citizen;
use crate::consent::{Answer, Consent, ConsentPurpose, answer};
use crate::ids::{ActivityId, BridgeId, CitizenId, CourseId, UserId};
use crate::words::word_enum;

/// "Kom du afsted?" is asked this many days after the first visit (house rule: four weeks).
pub const ASK_AFTER_DAYS: i64 = 28;

/// A citizen's way to an activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bridge {
    /// Stable id.
    pub id: BridgeId,
    /// Who.
    pub citizen: CitizenId,
    /// The course it came out of, when there is one.
    pub course: Option<CourseId>,
    /// Where to.
    pub activity: ActivityId,
    /// Its name, association and place as they were when it was agreed: the card says so still when the entry is changed.
    pub agreed: AgreedActivity,
    /// Day of the first visit.
    pub first_visit_on: Date,
    /// Its hour, Danish time.
    pub first_visit_at: Option<Time>,
    /// Day it was agreed.
    pub agreed_on: Date,
    /// Who agreed it with the citizen and asks afterwards.
    pub by: UserId,
    /// Somebody who goes along.
    pub escort: Option<Escort>,
    /// How it went; none until somebody has asked.
    pub result: Option<BridgeResult>,
}

/// An activity as it was agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreedActivity {
    /// Name.
    pub title: String,
    /// Association.
    pub association: String,
    /// Place.
    pub place: String,
    /// The association's contact person.
    pub contact: String,
    /// Their telephone.
    pub phone: Option<String>,
}

impl From<&Activity> for AgreedActivity {
    fn from(activity: &Activity) -> Self {
        let entry = &activity.entry;
        Self {
            title: entry.title.clone(),
            association: entry.association.clone(),
            place: entry.place.clone(),
            contact: entry.contact.name.clone(),
            phone: entry.contact.phone.clone(),
        }
    }
}

/// Somebody asked to go along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escort {
    /// The organisation asked.
    pub partner: ActivityId,
    /// Its name as it was.
    pub partner_name: String,
    /// Day they were asked.
    pub asked_on: Date,
    /// What they were told; kept word for word.
    pub shared: EscortShare,
    /// What they answered.
    pub answer: EscortAnswer,
    /// Who comes, as the partner said it.
    pub who: Option<String>,
}

word_enum! {
    /// What a partner answered to the request for an escort.
    pub enum EscortAnswer {
        /// No answer yet.
        Waiting = ("waiting", "Afventer svar"),
        /// Somebody comes.
        Yes = ("yes", "En følgeven kommer"),
        /// Nobody can.
        No = ("no", "Ingen kan følge"),
    }
}

/// What a partner is told about a citizen.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscortShare {
    /// The first of the first names.
    pub first_name: String,
    /// Day of the visit.
    pub on: Date,
    /// Hour.
    pub at: Option<Time>,
    /// Where they meet: the activity's place.
    pub place: String,
    /// What the citizen has agreed to beyond that.
    pub more: Option<EscortMore>,
}

impl std::fmt::Debug for EscortShare {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EscortShare(***)")
    }
}

/// What is told when the citizen has agreed to more.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscortMore {
    /// Whole name.
    pub name: String,
    /// Telephone.
    pub phone: Option<String>,
    /// Where the escort may come to the door; never a protected address.
    pub address: Option<String>,
}

impl std::fmt::Debug for EscortMore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EscortMore(***)")
    }
}

/// How it went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BridgeResult {
    /// Whether they came.
    pub outcome: BridgeOutcome,
    /// Day they were asked.
    pub on: Date,
    /// Why, when somebody said.
    pub reason: Option<String>,
}

word_enum! {
    /// Whether a citizen got to the association.
    pub enum BridgeOutcome {
        /// Still there four weeks later.
        StillComes = ("still_comes", "Kommer stadig"),
        /// Came once.
        CameOnce = ("came_once", "Kom én gang"),
        /// Never came.
        DidNotCome = ("did_not_come", "Kom ikke"),
    }
}

/// Why something cannot be done with a bridge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BridgeError {
    /// The citizen is dead: nobody is asked and nothing is agreed.
    #[error("the citizen is dead")]
    CitizenDead,
    /// The entry is stale, closed or no activity.
    #[error("the activity may not be proposed")]
    NotProposed,
    /// The first visit lies before today.
    #[error("the first visit is in the past")]
    InThePast,
    /// It has been said how it went.
    #[error("the bridge has its result already")]
    Over,
    /// Whoever is asked offers no escort.
    #[error("the partner offers no escort")]
    NoEscort,
    /// No one was asked.
    #[error("nobody was asked for an escort")]
    NotAsked,
}

impl BridgeError {
    /// What staff read.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::CitizenDead => "Borgeren er død. Der aftales ikke mere.",
            Self::NotProposed => "Aktiviteten er lukket eller ikke bekræftet i et halvt år. Ring til foreningen først.",
            Self::InThePast => "Første gang skal være i dag eller senere.",
            Self::Over => "Det er allerede skrevet ind, hvordan det gik.",
            Self::NoEscort => "Vælg en organisation, der har følgevenner.",
            Self::NotAsked => "Der er ikke spurgt om en følgeven endnu.",
        }
    }
}

impl Bridge {
    /// The day the citizen is asked whether they got there: a habit of the house, no requirement sets it.
    pub fn ask_on(&self) -> Date {
        self.first_visit_on.saturating_add(ASK_AFTER_DAYS.days())
    }

    /// Says how it went; once.
    pub fn end(self, result: BridgeResult) -> Result<Self, BridgeError> {
        if self.result.is_some() { Err(BridgeError::Over) } else { Ok(Self { result: Some(result), ..self }) }
    }

    /// Asks a partner for an escort; a new question takes the place of the one before.
    pub fn ask_escort(self, escort: Escort) -> Result<Self, BridgeError> {
        if self.result.is_some() { Err(BridgeError::Over) } else { Ok(Self { escort: Some(escort), ..self }) }
    }

    /// What the partner answered; an answer may be changed, as people change theirs.
    pub fn answer_escort(self, answer: EscortAnswer, who: Option<String>) -> Result<Self, BridgeError> {
        let escort = self.escort.clone().ok_or(BridgeError::NotAsked)?;
        Ok(Self { escort: Some(Escort { answer, who, ..escort }), ..self })
    }
}

/// What a partner may be told: first name, time and place, and no more until the citizen has agreed to it.
pub fn escort_share(bridge: &Bridge, citizen: &Citizen, consents: &[Consent]) -> EscortShare {
    let given = citizen.name.given.as_deref().unwrap_or_default();
    let agreed = matches!(answer(consents, ConsentPurpose::Escort), Answer::Given(_));
    let address = citizen.address.as_ref().filter(|_| !citizen.protected_address).map(crate::citizen::Address::line);
    EscortShare {
        first_name: given.split_whitespace().next().unwrap_or("Borgeren").to_owned(),
        on: bridge.first_visit_on,
        at: bridge.first_visit_at,
        place: bridge.agreed.place.clone(),
        more: agreed.then(|| EscortMore {
            name: citizen.name.full(),
            phone: citizen.phones.first().map(|phone| phone.number.clone()),
            address: address.filter(|line| !line.is_empty()),
        }),
    }
}
