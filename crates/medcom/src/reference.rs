//! `Reference`: something that belongs to the letter but is elsewhere (a page, an attachment, a parcel).

use serde::{Deserialize, Serialize};

use crate::{
    codes::ObjectCode,
    cursor::Cursor,
    fault::{Read, Reason},
    letter::normalised_id,
    party::open,
};

/// A described pointer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// `RefDescription`, 1–70 characters.
    pub description: String,
    /// What it points to.
    pub target: ReferenceTarget,
}

/// Exactly one of the three.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReferenceTarget {
    /// `URL`, 1–350 characters. Never opened.
    Url(String),
    /// `SUP`: something is sent separately.
    SentSeparately,
    /// `BIN`: an attachment in an Emessage of its own.
    Attachment(AttachmentReference),
}

/// `BIN`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentReference {
    /// Id of the file as received, usually a UUID without hyphens.
    pub object_identifier: String,
    /// Kind of file.
    pub kind: ObjectCode,
    /// `pdf`, `jpeg` …; a value outside MedCom's list is kept.
    pub extension: String,
    /// Bytes before base64.
    pub size: u64,
}

impl AttachmentReference {
    /// For matching with the attachment letter: without hyphens, in lower case.
    pub fn matching_id(&self) -> String {
        normalised_id(&self.object_identifier)
    }
}

/// A whole number above zero.
pub(crate) fn positive(text: &str) -> Result<u64, Reason> {
    let text = text.trim();
    let digits = text.strip_prefix('+').unwrap_or(text);
    let all_digits = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|n| all_digits && *n > 0).ok_or(Reason::NotANumber)
}

/// The value true of XML Schema's boolean, the only one allowed.
pub(crate) fn only_true(text: &str) -> Result<(), Reason> {
    if matches!(text.trim(), "true" | "1") { Ok(()) } else { Err(Reason::UnknownCode) }
}

/// `Reference` 0..10.
pub(crate) fn references(c: &mut Cursor<'_>) -> Read<Vec<Reference>> {
    let mut out = Vec::new();
    while c.at("Reference")? {
        if out.len() == 10 {
            return Err(c.rule(Reason::Unexpected { element: "Reference".to_owned() }));
        }
        c.enter("Reference")?;
        let description = c.text("RefDescription", 70)?;
        out.push(Reference { description, target: target(c)? });
        c.leave()?;
    }
    Ok(out)
}

fn target(c: &mut Cursor<'_>) -> Read<ReferenceTarget> {
    if c.at("URL")? {
        return c.text("URL", 350).map(ReferenceTarget::Url);
    }
    if c.at("SUP")? {
        return c.value("SUP", only_true).map(|()| ReferenceTarget::SentSeparately);
    }
    c.enter("BIN")?;
    let reference = AttachmentReference {
        object_identifier: c.text("ObjectIdentifier", 35)?,
        kind: open(c, "ObjectCode", ObjectCode::from_code)?,
        extension: open(c, "ObjectExtensionCode", str::to_owned)?,
        size: c.value("OriginalObjectSize", positive)?,
    };
    c.leave()?;
    Ok(ReferenceTarget::Attachment(reference))
}
