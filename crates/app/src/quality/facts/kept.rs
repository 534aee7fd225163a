//! What is kept about a citizen beside the record: messages to others, letters to the citizen, reports.

use std::collections::{BTreeMap, HashMap};

use domain::consent::Basis;
use domain::ids::{CourseId, OrganizationId};
use domain::message::Delivery;
use domain::notice::{NoticeChannel, NoticeKind, NoticeState};
use domain::organization::Organization;
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use crate::records::Since;

/// What the facts of a citizen need from beside the record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeptBeside {
    /// Messages that went to others, or are on their way, and receipts of letters about the citizen.
    pub outgoing: Vec<OutgoingKept>,
    /// Letters, short messages and calls, to the citizen and about them.
    pub notices: Vec<NoticeKept>,
    /// Days with something to report, and their newest report.
    pub reports: Vec<ReportKept>,
    /// Since when the record has said what it says.
    pub since: Since,
    /// Day each form of STOPbasen was first exported, by its response.
    pub stop_exports: BTreeMap<Uuid, Date>,
}

/// A message by the mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingKept {
    /// Which.
    pub id: Uuid,
    /// XDIS15, XDIS91, XCTL02, XCTL03 or VANS.
    pub kind: String,
    /// Location number of the receiver.
    pub receiver: String,
    /// The request it is about.
    pub service_request: Option<Uuid>,
    /// The incoming message it answers.
    pub answers: Option<Uuid>,
    /// Where it stands.
    pub delivery: Delivery,
    /// When it was written.
    pub queued_at: Timestamp,
    /// When it was handed over.
    pub sent_at: Option<Timestamp>,
    /// What it rests on.
    pub basis: Option<Basis>,
    /// What a closing note says.
    pub text: Option<MessageText>,
}

/// The words of a closing note by its headings, and who signed it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MessageText {
    /// What was offered and how it went.
    pub course: Option<String>,
    /// Results of tests and measures.
    pub outcome: Option<String>,
    /// Agreements and follow-up.
    pub follow_up: Option<String>,
    /// Who signed.
    pub sender_name: Option<String>,
    /// Their title.
    pub sender_title: Option<String>,
    /// How they are reached.
    pub sender_contact: Option<String>,
}

/// A letter, a short message or a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeKept {
    /// Which.
    pub id: Uuid,
    /// About what.
    pub kind: NoticeKind,
    /// How.
    pub channel: NoticeChannel,
    /// Whether it was given.
    pub state: NoticeState,
    /// The time, session, offer or course it is about; the outgoing message when that carries it.
    pub subject: Uuid,
    /// The course it belongs to.
    pub course: Option<CourseId>,
    /// When it was written.
    pub made_at: Timestamp,
    /// When it was given, or fell away.
    pub ended_at: Option<Timestamp>,
    /// To whom, when it is not to the citizen.
    pub recipient: Option<String>,
    /// What it rests on, when it is not to the citizen.
    pub basis: Option<Basis>,
}

/// A day with something to report, and its newest report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportKept {
    /// The day.
    pub day: Date,
    /// When its newest report was sent; none while there is none or it waits.
    pub sent_at: Option<Timestamp>,
    /// Taken in or refused; none while nobody has answered.
    pub accepted: Option<bool>,
    /// What the gateway said to it.
    pub error: Option<String>,
}

/// How other organizations are called in the facts: by their SOR code, and by our own id for them where it is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartnerCodes {
    by_id: HashMap<OrganizationId, String>,
    by_gln: HashMap<String, String>,
}

impl PartnerCodes {
    /// The codes of all partners.
    pub fn of(partners: &[Organization]) -> Self {
        let mut codes = Self::default();
        for partner in partners {
            let code = partner.sor.as_ref().map_or_else(|| partner.id.to_string(), |sor| sor.as_str().to_owned());
            if let Some(gln) = &partner.gln {
                codes.by_gln.insert(gln.as_str().to_owned(), code.clone());
            }
            codes.by_id.insert(partner.id, code);
        }
        codes
    }

    /// The code of an organization.
    pub fn code(&self, id: OrganizationId) -> String {
        self.by_id.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }

    /// The code of whoever has a location number; the number itself when nobody known has it.
    pub fn receiver(&self, gln: &str) -> String {
        self.by_gln.get(gln).cloned().unwrap_or_else(|| gln.to_owned())
    }
}
