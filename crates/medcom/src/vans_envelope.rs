//! VANSEnvelope 1.0.4: how some VANS suppliers wrap a message, and the transport receipt that `reliable` asks for.
//!
//! It is about transport only and comes besides the Emessage receipts. Ids inside are UUIDs with hyphens.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

mod read;
mod write;

pub(crate) use read::read;

/// A VANSEnvelope with what it carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VansEnvelope {
    /// Who sends.
    pub sender: EndPoint,
    /// Who receives.
    pub receiver: EndPoint,
    /// Id of the envelope.
    pub identifier: Uuid,
    /// Local time; a zone that stood there is dropped.
    pub sent: DateTime,
    /// Message or receipt.
    pub content: VansContent,
}

/// `SenderID`, `ReceiverID`: 1–18 characters with their kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndPoint {
    /// What kind of number it is.
    pub kind: EndPointKind,
    /// The number.
    pub id: String,
}

/// `EndPointType`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum EndPointKind {
    /// Location number.
    Ean,
    /// Company number.
    Cvr,
    /// A VANS supplier.
    Vans,
}

impl EndPointKind {
    pub(crate) const ALL: [Self; 3] = [Self::Ean, Self::Cvr, Self::Vans];

    /// The value in messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ean => "EAN",
            Self::Cvr => "CVR",
            Self::Vans => "VANS",
        }
    }
}

/// Either `Message` or `Receipt`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum VansContent {
    /// A message; `data` is the file inside with its declaration and encoding untouched.
    Message {
        /// What it says about the message.
        meta: MetaInformation,
        /// The file, decoded from base64. Read it with [`crate::read`].
        data: Vec<u8>,
    },
    /// A transport receipt.
    Receipt(VansReceipt),
}

/// A transport receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum VansReceipt {
    /// `PositiveMessage`
    Positive {
        /// The envelope that is answered.
        original_envelope: Uuid,
        /// Copy of its meta information.
        original: MetaInformation,
    },
    /// `NegativeMessage`: what was inside could not be taken.
    Negative {
        /// What was wrong.
        error: VansError,
        /// The envelope that is answered.
        original_envelope: Uuid,
        /// Copy of its meta information.
        original: MetaInformation,
    },
    /// `NegativeVans`, from the supplier.
    NegativeVans {
        /// What was wrong.
        error: VansError,
        /// The envelope that is answered.
        original_envelope: Uuid,
        /// Copy of its meta information.
        original: Option<MetaInformation>,
    },
}

/// `Error`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VansError {
    /// A positive number; we write none.
    pub code: Option<u64>,
    /// 1–512 characters.
    pub description: String,
}

/// `MetaInformation`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetaInformation {
    /// Id of the message.
    pub identifier: Uuid,
    /// `Processing`
    pub processing: Option<Processing>,
    /// `Document`
    pub document: Document,
    /// `Transport`
    pub transport: Option<Transport>,
}

/// `Processing`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Processing {
    /// `ProviderIdentifier`
    pub provider: String,
    /// `ServiceIdentifier`
    pub service: String,
}

/// `Document`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// `Format`: XML, EDIFACT, HL7, Binary or Other.
    pub format: String,
    /// `Name`, 1–255 characters, e.g. `MCM:XREF15`.
    pub name: String,
    /// `Version`, e.g. `XH1530R`.
    pub version: Option<String>,
    /// `SizeInBytes`: before base64.
    pub size: i64,
}

/// `Transport`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transport {
    /// `Type`: true for `reliable`; `None` when it is not there, which means reliable.
    pub reliable: Option<bool>,
    /// `TransformMessage`
    pub transform: bool,
    /// `ServiceTag` with its name, at most five.
    pub service_tags: Vec<(String, String)>,
}

impl MetaInformation {
    /// Whether an envelope receipt shall be returned.
    pub fn wants_receipt(&self) -> bool {
        self.transport.as_ref().is_none_or(|t| t.reliable != Some(false))
    }
}
