//! Reading a VANSEnvelope.

use jiff::civil::DateTime;
use uuid::Uuid;

use super::{
    Document, EndPoint, EndPointKind, MetaInformation, Processing, Transport, VansContent, VansEnvelope, VansError,
    VansReceipt,
};
use crate::{
    base64_text,
    cursor::Cursor,
    emessage::end_of_document,
    fault::{Read, Reason},
    reference::positive,
};

const FORMATS: [&str; 5] = ["XML", "EDIFACT", "HL7", "Binary", "Other"];

/// Reads the envelope whose root was just entered, and the end of the document.
pub(crate) fn read(c: &mut Cursor<'_>) -> Read<VansEnvelope> {
    let envelope = VansEnvelope {
        sender: end_point(c, "SenderID")?,
        receiver: end_point(c, "ReceiverID")?,
        identifier: uuid(c, "EnvelopeIdentifier")?,
        sent: c.value("SentDateTime", date_time)?,
        content: content(c)?,
    };
    c.leave()?;
    end_of_document(c)?;
    Ok(envelope)
}

fn uuid(c: &mut Cursor<'_>, name: &'static str) -> Read<Uuid> {
    c.value(name, |text| {
        let text = text.trim();
        Uuid::try_parse(text).ok().filter(|_| text.len() == 36).ok_or(Reason::NotAUuid)
    })
}

fn end_point(c: &mut Cursor<'_>, name: &'static str) -> Read<EndPoint> {
    if !c.at(name)? {
        return Err(c.missing(name));
    }
    let kind = match c.coming_attribute("EndPointType") {
        Some(code) => EndPointKind::ALL.into_iter().find(|k| k.code() == code),
        None => None,
    };
    let id = c.leaf_with_attributes(name)?;
    let length_ok = (1..=18).contains(&id.trim().chars().count());
    match kind {
        Some(kind) if length_ok => Ok(EndPoint { kind, id: id.trim().to_owned() }),
        Some(_) => Err(c.leaf_rule(name, Reason::TooLong(18))),
        None => Err(c.leaf_rule(name, Reason::UnknownCode)),
    }
}

/// xs:dateTime. A zone or fractions are legal and not kept.
fn date_time(text: &str) -> Result<DateTime, Reason> {
    let text = text.trim();
    let local = text.get(..19).filter(|t| t.as_bytes()[10] == b'T').ok_or(Reason::NotADate)?;
    local.parse().map_err(|_| Reason::NotADate)
}

fn content(c: &mut Cursor<'_>) -> Read<VansContent> {
    if c.at("Receipt")? {
        c.enter("Receipt")?;
        let receipt = receipt(c)?;
        c.leave()?;
        return Ok(VansContent::Receipt(receipt));
    }
    c.enter("Message")?;
    let meta = meta(c, "MetaInformation")?;
    let data = c.value("Data", |text| base64_text::decode(text).ok_or(Reason::NotBase64))?;
    c.leave()?;
    Ok(VansContent::Message { meta, data })
}

fn receipt(c: &mut Cursor<'_>) -> Read<VansReceipt> {
    if c.at("NegativeMessage")? {
        c.enter("NegativeMessage")?;
        let (error, original_envelope) = (error(c)?, uuid(c, "OriginalEnvelopeIdentifier")?);
        let original = meta(c, "OriginalMessage")?;
        c.leave()?;
        return Ok(VansReceipt::Negative { error, original_envelope, original });
    }
    if c.at("NegativeVans")? {
        c.enter("NegativeVans")?;
        let (error, original_envelope) = (error(c)?, uuid(c, "OriginalEnvelopeIdentifier")?);
        let original = if c.at("OriginalMessage")? { Some(meta(c, "OriginalMessage")?) } else { None };
        c.leave()?;
        return Ok(VansReceipt::NegativeVans { error, original_envelope, original });
    }
    c.enter("PositiveMessage")?;
    let original_envelope = uuid(c, "OriginalEnvelopeIdentifier")?;
    let original = meta(c, "OriginalMessage")?;
    c.leave()?;
    Ok(VansReceipt::Positive { original_envelope, original })
}

fn error(c: &mut Cursor<'_>) -> Read<VansError> {
    c.enter("Error")?;
    let code = c.optional_value("Code", positive)?;
    let error = VansError { code, description: c.text("Description", 512)? };
    c.leave()?;
    Ok(error)
}

fn meta(c: &mut Cursor<'_>, name: &'static str) -> Read<MetaInformation> {
    c.enter(name)?;
    let meta = MetaInformation {
        identifier: uuid(c, "Identifier")?,
        processing: processing(c)?,
        document: document(c)?,
        transport: transport(c)?,
    };
    c.leave()?;
    Ok(meta)
}

fn processing(c: &mut Cursor<'_>) -> Read<Option<Processing>> {
    if !c.at("Processing")? {
        return Ok(None);
    }
    c.enter("Processing")?;
    // The schema's lengths for these two are not known to us.
    let provider = c.text("ProviderIdentifier", 255)?;
    let processing = Processing { provider, service: c.text("ServiceIdentifier", 255)? };
    c.leave()?;
    Ok(Some(processing))
}

fn document(c: &mut Cursor<'_>) -> Read<Document> {
    c.enter("Document")?;
    let document = Document {
        format: c.value("Format", |text| {
            if FORMATS.contains(&text) { Ok(text.to_owned()) } else { Err(Reason::UnknownCode) }
        })?,
        name: c.text("Name", 255)?,
        version: c.optional_text("Version", 255)?,
        size: c.value("SizeInBytes", |text| text.trim().parse().map_err(|_| Reason::NotANumber))?,
    };
    c.leave()?;
    Ok(document)
}

fn transport(c: &mut Cursor<'_>) -> Read<Option<Transport>> {
    if !c.at("Transport")? {
        return Ok(None);
    }
    c.enter("Transport")?;
    let reliable = c.optional_value("Type", |text| match text {
        "reliable" => Ok(true),
        "unreliable" => Ok(false),
        _ => Err(Reason::UnknownCode),
    })?;
    let transform = c.value("TransformMessage", |text| match text.trim() {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err(Reason::UnknownCode),
    })?;
    let mut service_tags = Vec::new();
    while service_tags.len() < 5 && c.at("ServiceTag")? {
        let name = c.coming_attribute("name").filter(|n| (1..=70).contains(&n.chars().count()));
        let value = c.leaf_with_attributes("ServiceTag")?.trim().to_owned();
        let Some(name) = name else { return Err(c.leaf_rule("ServiceTag", Reason::Attribute)) };
        service_tags.push((name.into_owned(), value));
    }
    c.leave()?;
    Ok(Some(Transport { reliable, transform, service_tags }))
}
