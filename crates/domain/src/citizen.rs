//! The citizen: who it is, how to reach them, what they need to take part.

mod changes;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::identifiers::{AlternativeIdentifier, Cpr};
use crate::ids::{CitizenId, OrganizationId};
use crate::notice::NoticeChannel;
use crate::reminder::ReminderWish;
use crate::words::word_enum;

pub use changes::changes;

/// A person whose record the municipality keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citizen {
    /// Stable id, also in the report.
    pub id: CitizenId,
    /// What names the person.
    pub identity: Identity,
    /// Name as registered or as told.
    pub name: PersonName,
    /// Where the person lives, when known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// Name and address protection (CPR): the address is never shown, printed or sent.
    pub protected_address: bool,
    /// Telephone numbers, the preferred one first.
    pub phones: Vec<Phone>,
    /// E-mail, for what is not health data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Language spoken, when it is not Danish.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What the person needs to take part; asked at first contact (KS-2.2-01 and the needs block of the flow).
    pub needs: Needs,
    /// Relatives named by the citizen or the referrer. Being named gives no right to anything.
    pub relatives: Vec<Relative>,
    /// The citizen's own doctor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub general_practitioner: Option<OrganizationId>,
    /// Day of death, from the person register.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deceased_on: Option<Date>,
    /// The municipality the citizen moved to, by name, when it is no longer ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved_to: Option<String>,
    /// Set when the record should never have been made.
    pub entered_in_error: bool,
}

impl Citizen {
    /// Somebody of whom nothing more is known than what names them.
    pub fn named(id: CitizenId, identity: Identity, name: PersonName) -> Self {
        Self {
            id,
            identity,
            name,
            address: None,
            protected_address: false,
            phones: Vec::new(),
            email: None,
            language: None,
            needs: Needs::default(),
            relatives: Vec::new(),
            general_practitioner: None,
            deceased_on: None,
            moved_to: None,
            entered_in_error: false,
        }
    }
}

/// What names a citizen. The anonymous alcohol contact has no number and is never reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Identity {
    /// A CPR number.
    Cpr(Cpr),
    /// A replacement number; cannot be reported to FK-Gateway.
    Alternative(AlternativeIdentifier),
    /// Anonymous counselling about alcohol (flow, consent rule 10): local statistics only.
    Anonymous,
}

impl Identity {
    /// The CPR number, when there is one.
    pub const fn cpr(&self) -> Option<&Cpr> {
        match self {
            Self::Cpr(cpr) => Some(cpr),
            Self::Alternative(_) | Self::Anonymous => None,
        }
    }

    /// The number as ten characters, whichever it is.
    pub fn number(&self) -> Option<&str> {
        match self {
            Self::Cpr(cpr) => Some(cpr.as_str()),
            Self::Alternative(number) => Some(number.as_str()),
            Self::Anonymous => None,
        }
    }
}

/// A name in two parts, as messages carry it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonName {
    /// First names; may be missing in a message.
    pub given: Option<String>,
    /// Surname.
    pub surname: String,
}

impl PersonName {
    /// First names and surname.
    pub fn full(&self) -> String {
        match &self.given {
            Some(given) => format!("{given} {}", self.surname),
            None => self.surname.clone(),
        }
    }

    /// First letter of the first name and of the last surname, for small badges.
    pub fn initials(&self) -> String {
        let given = self.given.as_deref().unwrap_or_default();
        let names = [given.split_whitespace().next(), self.surname.split_whitespace().next_back()];
        names.into_iter().flatten().filter_map(|name| name.chars().next()).flat_map(char::to_uppercase).collect()
    }
}

impl std::fmt::Debug for PersonName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonName(***)")
    }
}

/// A postal address in the parts that MedCom knows. `Debug` hides it, since it may be protected.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Street and number.
    pub street: Option<String>,
    /// Place within the district.
    pub suburb: Option<String>,
    /// Postal district.
    pub district: Option<String>,
    /// Postal code.
    pub post_code: Option<String>,
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Address(***)")
    }
}

impl Address {
    /// One line: street, place, postal code and district.
    pub fn line(&self) -> String {
        let town = [&self.post_code, &self.district].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
        [self.street.clone(), self.suburb.clone(), (!town.is_empty()).then_some(town)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// A telephone number and where it rings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// Digits as given.
    pub number: String,
    /// Mobile, work or landline.
    pub kind: PhoneKind,
}

word_enum! {
    /// Where a telephone rings (MedCom TelephoneSubscriberCode).
    pub enum PhoneKind {
        /// Mobile.
        Mobile = ("mobile", "Mobil"),
        /// At work.
        Work = ("work", "Arbejde"),
        /// Landline.
        Landline = ("landline", "Fastnet"),
    }
}

/// What a citizen needs to take part. `asked` tells an unanswered block from "needs nothing".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "a block of yes/no questions, each answered on its own")]
pub struct Needs {
    /// The block was gone through with the citizen.
    pub asked: bool,
    /// Interpreter, with the language in [`Citizen::language`].
    pub interpreter: bool,
    /// Transport to and from.
    pub transport: bool,
    /// Somebody to come along.
    pub companion: bool,
    /// Reduced sight.
    pub sight: bool,
    /// Reduced hearing.
    pub hearing: bool,
    /// Help with digital things.
    pub digital: bool,
    /// When the citizen can best be reached, in their words.
    pub best_time: Option<String>,
    /// How the citizen wants short messages, when that was said.
    pub notice_by: Option<NoticeChannel>,
    /// Whether and when the citizen wants to be reminded of a time.
    pub reminders: ReminderWish,
}

/// A relative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relative {
    /// How they are related.
    pub relation: Relation,
    /// Name.
    pub name: PersonName,
    /// CPR number when the message gave one.
    pub cpr: Option<Cpr>,
}

word_enum! {
    /// How a relative is related (MedCom RelationCode).
    pub enum Relation {
        /// Not said.
        Unspecified = ("unspecified", "pårørende"),
        /// Mother.
        Mother = ("mother", "mor"),
        /// Father.
        Father = ("father", "far"),
        /// Son.
        Son = ("son", "søn"),
        /// Daughter.
        Daughter = ("daughter", "datter"),
    }
}

impl Citizen {
    /// Whether a report about the person can be made: only with a CPR number. A record made by mistake is reported
    /// too, as entered in error, so that what was sent before is withdrawn.
    pub const fn reportable(&self) -> bool {
        matches!(self.identity, Identity::Cpr(_))
    }

    /// Whole years on a day; only a CPR number tells.
    pub fn age_on(&self, day: Date) -> Option<u16> {
        self.identity.cpr().map(|cpr| cpr.age_on(day))
    }

    /// The address where it may stand: none when it is protected.
    pub fn shown_address(&self) -> Option<String> {
        if self.protected_address { None } else { self.address.as_ref().map(Address::line) }
    }
}
