//! XBIN02 (ReferralAttachment) and XBIN01 (BinaryLetter): the files that a letter announced, in an Emessage of their own.
//!
//! They may arrive before their letter. The file's id has hyphens here and none in the letter's `Reference/BIN`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    base64_text,
    codes::ObjectCode,
    cursor::Cursor,
    fault::{Read, Reason},
    letter::{Episode, LetterHead, normalised_id, read_head},
    party::{Party, PatientId, UnitShape, ean, open, patient_id, receiver, unit},
    reference::{only_true, positive},
    version::LetterVersion,
};

/// A letter that carries files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentLetter {
    /// XB0210X or XB0131X.
    pub version: LetterVersion,
    /// Ids and time; always a new letter.
    pub head: LetterHead,
    /// Who sends the files.
    pub sender: Party,
    /// Who gets them.
    pub receiver: Party,
    /// Whose they are.
    pub subject: AttachmentSubject,
    /// One to ten files.
    pub objects: Vec<BinaryObject>,
}

/// Whom or what the files are about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttachmentSubject {
    /// A citizen.
    Patient(AttachmentPatient),
    /// `SystemInformation`: no citizen; `Contents` may say what it is.
    SystemInformation(Option<String>),
}

/// The citizen of the files.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentPatient {
    /// CPR or replacement number; the letter's must be the same.
    pub id: PatientId,
    /// Family name.
    pub surname: String,
    /// Given names.
    pub given_name: Option<String>,
}

impl fmt::Debug for AttachmentPatient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttachmentPatient").finish_non_exhaustive()
    }
}

/// One file.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BinaryObject {
    /// UUID as received.
    pub object_identifier: String,
    /// Kind of file.
    pub kind: ObjectCode,
    /// `pdf`, `jpeg` …; a value outside MedCom's list is kept.
    pub extension: String,
    /// `OriginalObjectSize`: what the sender says; compare with the length of `bytes`.
    pub declared_size: u64,
    /// The file.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for BinaryObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("BinaryObject");
        out.field("object_identifier", &self.object_identifier).field("extension", &self.extension);
        out.field("bytes", &self.bytes.len()).finish_non_exhaustive()
    }
}

impl BinaryObject {
    /// For matching with the letter's reference: without hyphens, in lower case.
    pub fn matching_id(&self) -> String {
        normalised_id(&self.object_identifier)
    }

    /// Whether people may open the file: pdf, pictures and plain text. All others are stored unopened.
    pub fn may_be_shown(&self) -> bool {
        matches!(self.extension.to_ascii_lowercase().as_str(), "pdf" | "jpeg" | "png" | "tiff" | "txt")
    }
}

/// Reads the letter whose element was just entered, to its end tag.
pub(crate) fn read(c: &mut Cursor<'_>, version: LetterVersion) -> Read<AttachmentLetter> {
    let (head, _) = read_head(c, version, Episode::None)?;
    let letter = AttachmentLetter {
        version,
        head,
        sender: sender(c)?,
        receiver: receiver(c, false)?,
        subject: subject(c)?,
        objects: objects(c)?,
    };
    c.leave()?;
    Ok(letter)
}

fn sender(c: &mut Cursor<'_>) -> Read<Party> {
    c.enter("Sender")?;
    let shape = UnitShape { organisation_required: true, telephone: true, ..UnitShape::default() };
    let party = Party { ean: ean(c)?, unit: unit(c, shape)? };
    c.optional_value("MedicalSpecialityCode", |_| Ok(()))?;
    c.leave()?;
    Ok(party)
}

fn subject(c: &mut Cursor<'_>) -> Read<AttachmentSubject> {
    if c.at("SystemInformation")? {
        c.value("SystemInformation", only_true)?;
        // MedCom gives no length for Contents that we know of.
        return c.optional_text("Contents", usize::MAX).map(AttachmentSubject::SystemInformation);
    }
    c.enter("Patient")?;
    let patient = AttachmentPatient {
        id: patient_id(c)?,
        surname: c.text("PersonSurnameName", 70)?,
        given_name: c.optional_text("PersonGivenName", 70)?,
    };
    c.leave()?;
    Ok(AttachmentSubject::Patient(patient))
}

fn objects(c: &mut Cursor<'_>) -> Read<Vec<BinaryObject>> {
    let mut out = Vec::new();
    while out.is_empty() || (out.len() < 10 && c.at("BinaryObject")?) {
        c.enter("BinaryObject")?;
        out.push(BinaryObject {
            object_identifier: c.value("ObjectIdentifier", uuid_text)?,
            kind: open(c, "ObjectCode", ObjectCode::from_code)?,
            extension: open(c, "ObjectExtensionCode", str::to_owned)?,
            declared_size: c.value("OriginalObjectSize", positive)?,
            bytes: c.value("Object_Base64Encoded", |text| base64_text::decode(text).ok_or(Reason::NotBase64))?,
        });
        c.leave()?;
    }
    Ok(out)
}

fn uuid_text(text: &str) -> Result<String, Reason> {
    let text = text.trim();
    let hyphenated = text.len() == 36 && uuid::Uuid::try_parse(text).is_ok();
    if hyphenated { Ok(text.to_owned()) } else { Err(Reason::NotAUuid) }
}
