//! Every model message behaves as its description says, and every rule of the schema is held.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod bad;
mod good;
mod hostile;
mod mutations;
mod other_letters;
mod properties;
mod schema;
mod writing;

use medcom::{Emessage, Incoming, Letter, LetterFault, Limits, ReferralLetter, Refusal, read};

/// The bytes of a model message; `bad/…` for the broken ones.
fn fixture(name: &str) -> Vec<u8> {
    let folder = format!("{}/../../fixtures/medcom/{name}", env!("CARGO_MANIFEST_DIR"));
    let (folder, start) = folder.rsplit_once('/').unwrap();
    let mut files = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path());
    let file = files.find(|f| f.file_name().unwrap().to_str().unwrap().starts_with(start));
    std::fs::read(file.unwrap()).unwrap()
}

/// A model message as text, to be changed.
fn text(name: &str) -> String {
    String::from_utf8(fixture(name)).unwrap()
}

fn incoming(bytes: &[u8]) -> Result<Incoming, Refusal> {
    read(bytes, &Limits::default())
}

fn message(bytes: &[u8]) -> Emessage {
    match incoming(bytes) {
        Ok(Incoming::Emessage(message)) => message,
        Ok(Incoming::VansEnvelope(_)) => panic!("an envelope"),
        Err(refusal) => panic!("{refusal}"),
    }
}

fn referral(bytes: &[u8]) -> ReferralLetter {
    match message(bytes).letters.remove(0) {
        Ok(Letter::Referral(letter)) => *letter,
        Ok(_) => panic!("another letter"),
        Err(fault) => panic!("{} at {}", fault.reason, fault.place),
    }
}

fn letter_fault(bytes: &[u8]) -> LetterFault {
    message(bytes).letters.remove(0).unwrap_err()
}

fn refusal(bytes: &[u8]) -> Refusal {
    incoming(bytes).unwrap_err()
}
