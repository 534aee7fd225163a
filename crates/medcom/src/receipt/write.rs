//! Writing receipts, in ISO-8859-1 as MedCom's samples.

use super::{Receipt, ReceiptKind, RefusalCause};
use crate::{
    letter::Envelope,
    write::{Encoding, WriteError, Writer},
};

/// Characters of a refusal text that receivers show.
const REFUSE_TEXT_LENGTH: usize = 350;

impl Receipt {
    /// The whole message. A receipt never asks for a receipt, whatever the envelope says.
    pub fn write(&self, envelope: &Envelope) -> Result<Vec<u8>, WriteError> {
        self.write_as(envelope, Encoding::Latin1)
    }

    /// As [`Self::write`] in another encoding.
    pub fn write_as(&self, envelope: &Envelope, encoding: Encoding) -> Result<Vec<u8>, WriteError> {
        let version = self.kind.version();
        let envelope = Envelope { wants_positive_receipt: false, ..envelope.clone() };
        let mut w = Writer::letter(encoding, version, &envelope);
        w.open("Letter");
        w.text("Identifier", 14, self.identifier.as_str());
        w.text("VersionCode", 7, version.code());
        w.text("StatisticalCode", 8, version.type_code());
        w.close();
        ean(&mut w, "Sender", self.sender.as_str());
        ean(&mut w, "Receiver", self.receiver.as_str());
        self.original(&mut w);
        w.finish()
    }

    fn original(&self, w: &mut Writer) {
        let negative = self.kind != ReceiptKind::Positive;
        w.open("OriginalEmessage");
        w.text("OriginalEnvelopeIdentifier", 14, &self.original.envelope);
        ean(w, "OriginalSender", self.original.sender.as_str());
        ean(w, "OriginalReceiver", self.original.receiver.as_str());
        cause(w, negative, &self.original.refusal);
        w.at_most("OriginalLetter", 99, self.original.letters.len());
        for letter in &self.original.letters {
            w.open("OriginalLetter");
            w.text("OriginalLetterIdentifier", 14, &letter.identifier);
            w.text("OriginalVersionCode", 7, &letter.version);
            cause(w, negative, &letter.refusal);
            w.close();
        }
        w.close();
    }
}

fn ean(w: &mut Writer, name: &'static str, ean: &str) {
    w.open(name);
    w.text("EANIdentifier", 35, ean);
    w.close();
}

/// A positive receipt has no room for a cause; one that has one is a mistake of the caller.
fn cause(w: &mut Writer, negative: bool, cause: &RefusalCause) {
    if !negative && !cause.is_empty() {
        w.fail(WriteError::Version { element: "RefuseCode" });
        return;
    }
    if let Some(code) = &cause.code {
        w.text("RefuseCode", usize::MAX, code.code());
    }
    if let Some(text) = &cause.text {
        w.breakable("RefuseText", REFUSE_TEXT_LENGTH, text);
    }
}
