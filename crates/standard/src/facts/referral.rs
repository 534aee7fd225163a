//! Referrals, contacts and messages.

use jiff::civil::Date;

use super::answers::Ternary;
use super::entity::entity;
use super::values::Kram;
use super::words::{
    Channel, ContactChannel, ContactPurpose, ContactResult, LegalBasis, MessageKind, ReferralOutcome, Source,
    TargetGroup,
};

entity! {
    /// A request for help.
    pub struct Referral: "referral" {
        /// The unit.
        pub id: String,
        /// Day of the outcome.
        pub outcome_on: Option<Date>,
        /// The message network was down, documented.
        pub network_downtime: Option<bool>,
        /// The referring unit has closed.
        pub sender_unit_closed: Option<bool>,
        /// FSIII list of sources.
        pub source: Option<Source>,
        /// SOR unit.
        pub sender_unit: Option<String>,
        /// Xref15, other message, web, phone, walk-in, internal.
        pub channel: Option<Channel>,
        /// Received on: date.
        pub received_on: Option<Date>,
        /// Reason text: text.
        pub reason_text: Option<String>,
        /// List of codes.
        pub diagnoses: Vec<String>,
        /// Query sent on: date.
        pub query_sent_on: Option<Date>,
        /// Afklarende_samtale, nikotinafvaenning, alkohol, specific offer.
        pub requested_area: Option<String>,
        /// Kronisk, risiko, nikotin, alkohol.
        pub target_group: Option<TargetGroup>,
        /// Yes/no/unknown.
        pub newly_diagnosed: Option<Ternary>,
        /// Date of planned surgery.
        pub operation_on: Option<Date>,
        /// Tobacco, alcohol, diet, activity as stated by the referrer.
        pub kram: Option<Kram>,
        /// Text or code.
        pub special_needs: Option<String>,
        /// Accepted, declined, never_reached, rejected, moved, dead, duplicate.
        pub outcome: Option<ReferralOutcome>,
        /// Rejection reason: code.
        pub rejection_reason: Option<String>,
        /// Decline reason: code.
        pub decline_reason: Option<String>,
    }
}

entity! {
    /// A contact, or an attempt at one.
    pub struct Contact: "contact" {
        /// The contact.
        pub id: Option<String>,
        /// The referral it is about.
        pub referral: Option<String>,
        /// The intervention it is about.
        pub intervention: Option<String>,
        /// The attendance it is about.
        pub attendance: Option<String>,
        /// Attempted on: date.
        pub attempted_on: Option<Date>,
        /// Date of a carried-out contact.
        pub date: Option<Date>,
        /// Phone, letter, digital_post, sms, visit, video.
        pub channel: Option<ContactChannel>,
        /// Reached, not_reached, message_left.
        pub result: Option<ContactResult>,
        /// Code or text.
        pub reason: Option<String>,
        /// First_contact, reminder, no_show, dropout, bridge, feedback, followup.
        pub purpose: Option<ContactPurpose>,
        /// Info renewed help: yes/no.
        pub info_renewed_help: Option<bool>,
    }
}

entity! {
    /// A message or letter.
    pub struct Message: "message" {
        /// The unit.
        pub id: String,
        /// The referral.
        pub referral: Option<String>,
        /// The intervention.
        pub intervention: Option<String>,
        /// Receipt, query, invitation, offer, plan, feedback, closing_status, other_offer_notice, referral_onward, letter.
        pub kind: Option<MessageKind>,
        /// Sent on: date.
        pub sent_on: Option<Date>,
        /// Unit.
        pub recipient_unit: Option<String>,
        /// Interventions offered: list.
        pub interventions_offered: Vec<String>,
        /// Interventions completed: list.
        pub interventions_completed: Vec<String>,
        /// Course text: text.
        pub course_text: Option<String>,
        /// Outcome text: text.
        pub outcome_text: Option<String>,
        /// Text or none.
        pub followup_need: Option<String>,
        /// Sender name: text.
        pub sender_name: Option<String>,
        /// Sender title: text.
        pub sender_title: Option<String>,
        /// Sender contact: text.
        pub sender_contact: Option<String>,
        /// Consent, section41_treatment, section41_other, law.
        pub legal_basis: Option<LegalBasis>,
        /// Consent id: id.
        pub consent_id: Option<String>,
    }
}
