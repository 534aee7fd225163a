//! A request for help: a MedCom referral, a call, a walk-in, a department's or a relative's enquiry.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::codes::RequestedArea;
use crate::ids::{CitizenId, FocusConditionId, MessageId, OrganizationId, ServiceRequestId, UserId};
use crate::referral::ReferralState;
use crate::words::word_enum;

/// A request, and where it stands. A *referral* when it came by MedCom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceRequest {
    /// Stable id, also in the report.
    pub id: ServiceRequestId,
    /// About whom.
    pub citizen: CitizenId,
    /// When it reached the municipality. Elapsed time is always counted from here, whatever happens inside.
    pub received_at: Timestamp,
    /// Who asked.
    pub source: Source,
    /// How it came.
    pub channel: Channel,
    /// The asking organisation, when it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requester: Option<OrganizationId>,
    /// The person who referred, as written in the letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referrer: Option<Referrer>,
    /// What is asked for. Read by staff from the text; MedCom has no code for it.
    pub areas: BTreeSet<RequestedArea>,
    /// Whether a chronic disease is the ground; unknown until somebody has read the letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chronic_disease: Option<bool>,
    /// Planned operation: a preoperative referral is urgent (SP-004-19).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation_on: Option<Date>,
    /// Why, in the asker's words; plain text. The formatted letter is read from the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The letter it came with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letter: Option<LetterReference>,
    /// Referral diagnoses in the order of the letter.
    pub focus_conditions: Vec<FocusConditionId>,
    /// Where it stands.
    pub state: ReferralState,
    /// Who has it.
    pub owner: Owner,
    /// The request this one takes the place of, when a citizen is referred anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaces: Option<ServiceRequestId>,
    /// What staff must look at before going on.
    pub flags: BTreeSet<Flag>,
    /// When the sender was told that no course started, or got the referral back; told once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender_told_at: Option<Timestamp>,
    /// When the sender was last asked for what the letter lacks. While [`Flag::BackgroundMissing`] is set, the answer is
    /// awaited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_at: Option<Timestamp>,
    /// When the sender last wrote about the request. While [`Flag::Answered`] is set, nobody has read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Timestamp>,
    /// When staff will try to reach the citizen again, after an attempt that failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_attempt_on: Option<Date>,
}

impl ServiceRequest {
    /// Since when the sender owes an answer; none when nothing is asked.
    pub fn waits_since(&self) -> Option<Timestamp> {
        self.asked_at.filter(|_| self.flags.contains(&Flag::BackgroundMissing))
    }
}

/// The person who referred.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referrer {
    /// Name as written.
    pub name: String,
    /// Title, when given.
    pub title: Option<String>,
}

/// What ties a request to the letter that brought it and to the answers it must get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterReference {
    /// The stored message whose letter is the valid one (the newest correction).
    pub message: MessageId,
    /// Which letter of the message, counted from zero.
    pub index: u16,
    /// MedCom letter id.
    pub letter_id: String,
    /// MedCom version, decides the version of the closing note.
    pub version: String,
    /// The sender's location number as received; may be unusable.
    pub sender_ean: String,
    /// Ties the messages of one course together; returned unchanged.
    pub episode_of_care: String,
    /// Category of the newer namespace, given back in the answer.
    pub category: Option<String>,
}

word_enum! {
    /// Who asks.
    pub enum Source {
        /// The citizen's own doctor.
        GeneralPractice = ("general_practice", "Egen læge"),
        /// A specialist in practice.
        Specialist = ("specialist", "Speciallæge"),
        /// A hospital.
        Hospital = ("hospital", "Sygehus"),
        /// A department of the municipality.
        MunicipalDepartment = ("municipal_department", "Anden afdeling i kommunen"),
        /// Another municipality.
        OtherMunicipality = ("other_municipality", "Anden kommune"),
        /// The citizen.
        Citizen = ("citizen", "Borgeren selv"),
        /// A relative.
        Relative = ("relative", "Pårørende"),
    }
}

word_enum! {
    /// How the request came.
    pub enum Channel {
        /// By MedCom message.
        Medcom = ("medcom", "MedCom"),
        /// By web form.
        Web = ("web", "Hjemmeside"),
        /// By telephone.
        Phone = ("phone", "Telefon"),
        /// In person.
        WalkIn = ("walk_in", "Personligt fremmøde"),
    }
}

word_enum! {
    /// Things staff must look at.
    pub enum Flag {
        /// The sender's location number cannot be answered (medcom section 8 row 16).
        CannotBeAnswered = ("cannot_be_answered", "Kan ikke besvares: afsenderens lokationsnummer er ugyldigt"),
        /// A correction changed the letter after somebody had read it.
        Corrected = ("corrected", "Rettet af afsenderen"),
        /// A correction for which no earlier letter, or several, was found.
        CorrectionWithoutOriginal = ("correction_without_original", "Rettelse uden kendt oprindelig henvisning"),
        /// The citizen was not known to us before.
        UnknownCitizen = ("unknown_citizen", "Borgeren var ikke kendt"),
        /// The background was missing and the sender has been asked.
        BackgroundMissing = ("background_missing", "Afventer svar fra afsender"),
        /// The sender has written about the request, and nobody has read it.
        Answered = ("answered", "Svar fra afsender"),
    }
}

/// Who has something to do: a unit until a person takes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// The intake as a whole.
    #[default]
    Intake,
    /// A named unit inside the municipality.
    Unit(String),
    /// One person.
    User(UserId),
}

/// A referral diagnosis (fokustilstand, henvisningsdiagnose).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FocusCondition {
    /// Stable id, also in the report.
    pub id: FocusConditionId,
    /// About whom.
    pub citizen: CitizenId,
    /// The code, add-on codes joined with `+`.
    pub code: FocusCode,
    /// The text beside the code.
    pub text: String,
    /// Whether it still holds.
    pub active: bool,
    /// Withdrawn as an error.
    pub entered_in_error: bool,
}

/// The code of a referral diagnosis in the system it came in; never translated.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "system", content = "code", rename_all = "snake_case")]
pub enum FocusCode {
    /// SKS classification.
    Sks(String),
    /// ICPC-2.
    Icpc(String),
    /// Text only: `uspecificeretkode`, or no code.
    Text,
}
