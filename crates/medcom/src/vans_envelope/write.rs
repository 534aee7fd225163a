//! Writing a VANSEnvelope, in UTF-8. The file inside keeps its bytes.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{EndPoint, MetaInformation, VansContent, VansEnvelope, VansError, VansReceipt};
use crate::{
    version::NS_VANS,
    write::{Encoding, WriteError, Writer, escape},
};

/// Characters in a line of base64 (RFC 2045).
const LINE: usize = 76;

impl VansEnvelope {
    /// The whole envelope.
    pub fn write(&self) -> Result<Vec<u8>, WriteError> {
        let mut w = Writer::new(Encoding::Utf8, "VANSEnvelope", NS_VANS);
        end_point(&mut w, "SenderID", &self.sender);
        end_point(&mut w, "ReceiverID", &self.receiver);
        w.text("EnvelopeIdentifier", 36, &self.identifier.to_string());
        w.text("SentDateTime", 19, &self.sent.strftime("%Y-%m-%dT%H:%M:%S").to_string());
        match &self.content {
            VansContent::Message { meta: information, data } => {
                w.open("Message");
                meta(&mut w, "MetaInformation", information);
                let content = format!("\n{}{}", lines(data), w.margin());
                w.raw("Data", &content);
                w.close();
            }
            VansContent::Receipt(found) => {
                w.open("Receipt");
                receipt(&mut w, found);
                w.close();
            }
        }
        w.finish()
    }
}

fn lines(data: &[u8]) -> String {
    let text = STANDARD.encode(data);
    let mut out = String::with_capacity(text.len() + text.len() / LINE + 1);
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, more) = rest.split_at(LINE.min(rest.len()));
        out.push_str(line);
        out.push('\n');
        rest = more;
    }
    out
}

fn end_point(w: &mut Writer, name: &'static str, end: &EndPoint) {
    w.text_with(name, &format!(" EndPointType=\"{}\"", end.kind.code()), 18, &end.id);
}

fn receipt(w: &mut Writer, receipt: &VansReceipt) {
    let (name, problem, envelope, original) = match receipt {
        VansReceipt::Positive { original_envelope, original } => {
            ("PositiveMessage", None, original_envelope, Some(original))
        }
        VansReceipt::Negative { error, original_envelope, original } => {
            ("NegativeMessage", Some(error), original_envelope, Some(original))
        }
        VansReceipt::NegativeVans { error, original_envelope, original } => {
            ("NegativeVans", Some(error), original_envelope, original.as_ref())
        }
    };
    w.open(name);
    if let Some(problem) = problem {
        error(w, problem);
    }
    w.text("OriginalEnvelopeIdentifier", 36, &envelope.to_string());
    if let Some(original) = original {
        meta(w, "OriginalMessage", original);
    }
    w.close();
}

fn error(w: &mut Writer, error: &VansError) {
    w.open("Error");
    w.optional("Code", 20, error.code.map(|c| c.to_string()).as_deref());
    w.text("Description", 512, &error.description);
    w.close();
}

fn meta(w: &mut Writer, name: &'static str, meta: &MetaInformation) {
    w.open(name);
    w.text("Identifier", 36, &meta.identifier.to_string());
    if let Some(processing) = &meta.processing {
        w.open("Processing");
        w.text("ProviderIdentifier", 255, &processing.provider);
        w.text("ServiceIdentifier", 255, &processing.service);
        w.close();
    }
    w.open("Document");
    w.text("Format", 7, &meta.document.format);
    w.text("Name", 255, &meta.document.name);
    w.optional("Version", 255, meta.document.version.as_deref());
    w.text("SizeInBytes", 20, &meta.document.size.to_string());
    w.close();
    if let Some(transport) = &meta.transport {
        w.open("Transport");
        let kind = transport.reliable.map(|reliable| if reliable { "reliable" } else { "unreliable" });
        w.optional("Type", 10, kind);
        w.text("TransformMessage", 5, if transport.transform { "true" } else { "false" });
        w.at_most("ServiceTag", 5, transport.service_tags.len());
        for (name, value) in &transport.service_tags {
            service_tag(w, name, value);
        }
        w.close();
    }
    w.close();
}

fn service_tag(w: &mut Writer, name: &str, value: &str) {
    if !(1..=70).contains(&name.chars().count()) {
        w.fail(WriteError::TooLong { element: "ServiceTag", max: 70 });
    }
    let mut escaped = String::new();
    escape(name, &mut escaped);
    let attribute = format!(" name=\"{}\"", escaped.replace('"', "&quot;"));
    w.text_with("ServiceTag", &attribute, usize::MAX, value);
}
