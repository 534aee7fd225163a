//! From the bytes of a file to letters, or to the refusal that decides what happens to it.
//!
//! Order: size, wide encodings, DOCTYPE in the prolog, decoding, then one pass over the XML. Only what is refused is
//! gone over again, for the ids of its answer.

use crate::{
    cursor::Cursor,
    emessage::{self, Emessage, Pass},
    encoding::{PrologFault, decode},
    fault::{Fault, Kind, MessageFault, Place, Read, Reason, Refusal},
    identify::Scan,
    limits::{Limits, OverLimit},
    vans_envelope::{self, VansEnvelope},
    version::{LetterVersion, NS_VANS},
};

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incoming {
    /// A message with its letters.
    Emessage(Emessage),
    /// An envelope; the message inside is read with a second call.
    VansEnvelope(Box<VansEnvelope>),
}

enum Found {
    Emessage(Pass),
    VansEnvelope(Box<VansEnvelope>),
}

/// Reads one file from the mailbox.
///
/// A bad letter among good ones is a fault inside the [`Emessage`]; a [`Refusal`] concerns the whole file.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Incoming, Refusal> {
    if bytes.len() > limits.file_bytes() {
        let limit = OverLimit::Bytes(limits.file_bytes());
        return Err(Refusal::OverLimit { limit, place: Place::default() });
    }
    let text = decode(bytes).map_err(|fault| match fault {
        PrologFault::Forbidden(at) => Refusal::Forbidden(place_in_bytes(bytes, at)),
        PrologFault::Encoding(fault) => Refusal::Undecodable(fault),
    })?;
    match document(&text, limits) {
        Ok(Found::Emessage(pass)) => Ok(Incoming::Emessage(pass.with_ids(&text, limits))),
        Ok(Found::VansEnvelope(envelope)) => Ok(Incoming::VansEnvelope(envelope)),
        Err(fault) => Err(refusal(*fault, &text, limits)),
    }
}

fn document(text: &str, limits: &Limits) -> Read<Found> {
    let c = &mut Cursor::new(text, limits);
    let Some((name, namespace)) = root(c)? else {
        return Err(c.rule(Reason::UnknownNamespace));
    };
    if name == "VANSEnvelope" && namespace == NS_VANS {
        c.expect_namespace(NS_VANS);
        return vans_envelope::read(c).map(|e| Found::VansEnvelope(Box::new(e)));
    }
    if text.len() > limits.attachment_bytes {
        return Err(c.fault(Kind::OverLimit(OverLimit::Bytes(limits.attachment_bytes))));
    }
    let known = LetterVersion::ALL.into_iter().find(|v| v.namespace() == namespace);
    let Some(known) = known.filter(|_| name == "Emessage") else {
        return Err(c.rule(Reason::UnknownNamespace));
    };
    c.expect_namespace(known.namespace());
    emessage::read(c, known.namespace(), limits).map(Found::Emessage)
}

/// The prolog is looked at before anything is decoded, so its place counts bytes of the file.
fn place_in_bytes(bytes: &[u8], offset: usize) -> Place {
    let line = bytes[..offset.min(bytes.len())].split(|b| *b == b'\n').count();
    Place { path: String::new(), offset, line }
}

/// Steps into the root; its local name and namespace.
fn root<'a>(c: &mut Cursor<'a>) -> Read<Option<(&'a str, String)>> {
    let Some((name, _)) = c.child()? else { return Ok(None) };
    c.step_in(true)?;
    Ok(c.root_namespace().map(|namespace| (name, namespace)))
}

/// Decides between quarantine and an answer, by what could be read of the ids.
fn refusal(fault: Fault, text: &str, limits: &Limits) -> Refusal {
    let reason = match fault.kind {
        Kind::Forbidden => return Refusal::Forbidden(fault.place),
        Kind::OverLimit(limit) => return Refusal::OverLimit { limit, place: fault.place },
        Kind::Broken(reason) | Kind::Rule(reason) => reason,
    };
    let scan = Scan::of(text, limits);
    // The second look goes on where the first stopped, and what it meets there decides: a forbidden construct is never
    // answered, and a document that is not XML is refused as such.
    let (reason, place) = match scan.stopped.map(|f| *f) {
        Some(Fault { kind: Kind::Forbidden, place }) => return Refusal::Forbidden(place),
        Some(Fault { kind: Kind::OverLimit(limit), place }) => return Refusal::OverLimit { limit, place },
        Some(Fault { kind: Kind::Broken(reason), place }) => (reason, place),
        Some(Fault { kind: Kind::Rule(_), .. }) | None => (reason, fault.place),
    };
    match scan.envelope {
        Some(envelope) if scan.letters.iter().any(crate::fault::LetterIds::complete) => {
            Refusal::Answerable(Box::new(MessageFault { envelope, letters: scan.letters, reason, place }))
        }
        _ => Refusal::Unidentified { reason, place },
    }
}
