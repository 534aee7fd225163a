//! MedCom's letters as typed values: bytes in, letters out, and back. No I/O and no clock.
//!
//! # Overview
//!
//! * [`read`]`(bytes, &`[`Limits`]`) -> Result<`[`Incoming`]`, `[`Refusal`]`>` is the only way in.
//!   * [`Incoming::Emessage`]: an [`Emessage`] with its [`Envelope`] and `letters: Vec<Result<`[`Letter`]`, `[`LetterFault`]`>>`.
//!   * [`Incoming::VansEnvelope`]: a [`VansEnvelope`]; the file inside it is given to [`read`] again.
//! * [`Letter`]: [`ReferralLetter`] (XREF15), [`Receipt`] (XCTL01–03), [`AttachmentLetter`] (XBIN01, XBIN02),
//!   [`Correspondence`] (XDIS91), [`FinalNote`] (XDIS15).
//! * [`Refusal`]: `Forbidden` and `OverLimit` (no answer, security log), `Undecodable` and `Unidentified` (no answer,
//!   quarantine), `Answerable` (XCTL02 through [`OriginalMessage::of_message_fault`]). For single letters:
//!   [`OriginalMessage::of_letter_faults`].
//! * Writing: `letter.write(&envelope)` of [`FinalNote`], [`Receipt`] and [`Correspondence`]; [`VansEnvelope::write`].
//! * [`ReferralLetter::focus_codes`] folds the diagnoses; [`changes`] shows what a correction changed.
//!
//! # Not here
//!
//! Whether the receiver is one of ours, whether the letter was seen before, and what staff decide: the caller's.
//!
//! Source of every rule: MedCom's XML Schemas by date of namespace (2016/12/01, 2020/05/06, 2005/08/07, 2016/10/02,
//! 2012/03/28, 2006/07/01) and VANSEnvelope 1.0.4.
#![warn(missing_docs)]
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test that cannot go on should say where"))]

mod attachment;
mod base64_text;
mod changes;
mod codes;
mod correspondence;
mod cursor;
mod diagnosis;
mod emessage;
mod encoding;
mod fault;
mod final_note;
mod formatted_text;
mod identify;
mod letter;
mod limits;
mod party;
mod reader;
mod receipt;
mod reference;
mod referral_letter;
#[cfg(feature = "sample")]
pub mod sample;
mod vans_envelope;
mod version;
mod write;

pub use attachment::{AttachmentLetter, AttachmentPatient, AttachmentSubject, BinaryObject};
pub use changes::{Change, changes};
pub use codes::{
    CategoryCode, DiagnoseDescriptionCode, DiagnoseTypeCode, EpisodeOfCareStatus, IdentifierCode, ObjectCode, Priority,
    RefuseCode, RelationCode, TelephoneCode, VisitationCode,
};
pub use correspondence::{About, Correspondence, CorrespondenceSender, PART_LENGTH};
pub use diagnosis::{AdditionalDiagnosis, CodeSystem, Diagnosis, FocusCode, focus_codes};
pub use emessage::{Emessage, Letter};
pub use encoding::EncodingFault;
pub use fault::{LetterFault, LetterIds, MessageFault, Place, Reason, Refusal};
pub use final_note::{
    Contact, FinalNote, NOTE_WARNING_LENGTH, NotePatient, NoteReferral, NoteSender, NoteText, Signed,
};
pub use formatted_text::{FormattedText, Inline};
pub use letter::{Envelope, EpisodeOfCare, Identifier, IdentifierError, LetterHead, LetterStatus, normalised_id};
pub use limits::{Limits, OverLimit};
pub use party::{Address, Ean, Party, PatientId, Relative, Telephone, Unit};
pub use reader::{Incoming, read};
pub use receipt::{OriginalLetter, OriginalMessage, Receipt, ReceiptKind, RefusalCause};
pub use reference::{AttachmentReference, Reference, ReferenceTarget};
pub use referral_letter::{ReferralLetter, ReferralPatient, ReferralSender, Referrer, Visitation};
pub use vans_envelope::{
    Document, EndPoint, EndPointKind, MetaInformation, Processing, Transport, VansContent, VansEnvelope, VansError,
    VansReceipt,
};
pub use version::LetterVersion;
pub use write::{Encoding, WriteError};
