//! Who waits for whom: files that share a citizen or a letter number are taken in one after the other.
//!
//! Without it, a copy could overtake its original, and an attachment the letter it stands before.

use std::collections::HashMap;

use medcom::{AttachmentSubject, Emessage, Incoming, Letter, LetterFault, Limits, Refusal, VansContent, read};
use tokio::sync::watch;

/// The last file of each subject that is still on its way.
#[derive(Default)]
pub struct Order {
    last: HashMap<String, watch::Receiver<()>>,
}

/// A file's place: it comes when those before it have ended, and ends when it is dropped.
pub struct Turn {
    before: Vec<watch::Receiver<()>>,
    _end: watch::Sender<()>,
}

/// Subjects kept before those that have ended are forgotten.
const MOST: usize = 4096;

impl Order {
    /// The place of the next file.
    pub fn turn(&mut self, bytes: &[u8], limits: &Limits) -> Turn {
        let (end, ended) = watch::channel(());
        if self.last.len() > MOST {
            self.last.retain(|_, file| file.has_changed().is_ok());
        }
        let subjects = subjects(bytes, limits);
        let before = subjects.into_iter().filter_map(|subject| self.last.insert(subject, ended.clone())).collect();
        Turn { before, _end: end }
    }
}

impl Turn {
    /// Waits for those before. They end by dropping their sender, which is the only change there is.
    pub async fn come(&mut self) {
        for file in &mut self.before {
            while file.changed().await.is_ok() {}
        }
    }
}

/// What a file is about. One that cannot be read is about nothing that another could be about.
fn subjects(bytes: &[u8], limits: &Limits) -> Vec<String> {
    match read(bytes, limits) {
        Ok(Incoming::Emessage(message)) => of_message(&message),
        Ok(Incoming::VansEnvelope(envelope)) => match &envelope.content {
            VansContent::Message { data, .. } => match read(data, limits) {
                Ok(Incoming::Emessage(message)) => of_message(&message),
                Ok(Incoming::VansEnvelope(_)) => Vec::new(),
                Err(refusal) => of_refusal(&refusal),
            },
            VansContent::Receipt(_) => Vec::new(),
        },
        Err(refusal) => of_refusal(&refusal),
    }
}

fn of_message(message: &Emessage) -> Vec<String> {
    let mut subjects = Vec::new();
    for letter in &message.letters {
        match letter {
            Ok(Letter::Referral(l)) => {
                subjects.extend([letter_id(l.head.identifier.as_str()), citizen(l.patient.id.as_str())]);
            }
            Ok(Letter::Attachment(l)) => {
                subjects.push(letter_id(l.head.identifier.as_str()));
                if let AttachmentSubject::Patient(patient) = &l.subject {
                    subjects.push(citizen(patient.id.as_str()));
                }
            }
            Ok(Letter::Correspondence(l)) => {
                subjects.extend([letter_id(l.head.identifier.as_str()), citizen(l.patient.id.as_str())]);
            }
            // A negative receipt after a positive one of the same message.
            Ok(Letter::Receipt(receipt)) => subjects.push(format!("sent {}", receipt.original.envelope)),
            Ok(Letter::FinalNote(l)) => subjects.push(letter_id(l.head.identifier.as_str())),
            Err(LetterFault { ids, .. }) => subjects.extend(ids.letter.as_deref().map(letter_id)),
        }
    }
    subjects.sort();
    subjects.dedup();
    subjects
}

fn of_refusal(refusal: &Refusal) -> Vec<String> {
    let Refusal::Answerable(fault) = refusal else { return Vec::new() };
    fault.letters.iter().filter_map(|ids| ids.letter.as_deref()).map(letter_id).collect()
}

fn letter_id(id: &str) -> String {
    format!("letter {id}")
}

fn citizen(number: &str) -> String {
    format!("citizen {number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const REFERRAL: &[u8] = include_bytes!("../../../../../fixtures/medcom/02-xref15-hospital-copd.xml");
    const ATTACHMENT: &[u8] = include_bytes!("../../../../../fixtures/medcom/16-xbin02-attachment-for-02.xml");
    const ALONE: &[u8] = include_bytes!("../../../../../fixtures/medcom/03-xref15-gp-nicotine-cessation.xml");
    const ENVELOPE: &[u8] = include_bytes!("../../../../../fixtures/medcom/13-vansenvelope-carrying-03.xml");

    async fn waits(order: &mut Order, file: &[u8]) -> (bool, Turn) {
        let mut turn = order.turn(file, &Limits::default());
        let come = tokio::time::timeout(std::time::Duration::from_millis(20), turn.come()).await;
        (come.is_err(), turn)
    }

    #[tokio::test]
    async fn an_attachment_waits_for_the_letter_before_it_and_another_citizens_does_not() {
        let mut order = Order::default();
        let (waited, first) = waits(&mut order, REFERRAL).await;
        assert!(!waited);
        assert!(waits(&mut order, ATTACHMENT).await.0);
        assert!(!waits(&mut order, ALONE).await.0);
        drop(first);
    }

    #[tokio::test]
    async fn a_copy_in_an_envelope_waits_until_its_original_has_ended() {
        let mut order = Order::default();
        let (_, first) = waits(&mut order, ALONE).await;
        let (waited, mut second) = waits(&mut order, ENVELOPE).await;
        assert!(waited);
        drop(first);
        second.come().await;
    }
}
