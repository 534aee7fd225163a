//! The counting at the end: files against rows, rows against answers, answers against files.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use domain::message::Outcome;
use store::{Row, Scope, Seen, Store, StoreError};
use uuid::Uuid;

use crate::letters::Letters;
use crate::support::Place;

struct Message {
    id: Uuid,
    outcome: String,
    body: Vec<u8>,
}

struct Answer {
    kind: String,
    file: String,
    answers: Uuid,
    delivery: String,
    body: Vec<u8>,
}

/// Nothing is missing, nothing is there twice, nothing is half-written.
pub fn everything(place: &Place, letters: &Letters) {
    let store = Store::open(&place.location()).unwrap();
    let messages = rows(&store, "select id, outcome, body, packed from message where organization = $1", |r| {
        Ok(Message { id: r.take()?, outcome: r.take()?, body: app::mailbox::take_body(r)? })
    });
    let answers =
        rows(&store, "select kind, file_name, answers, delivery, body from outgoing where organization = $1", |r| {
            let (kind, file, answers) = (r.take()?, r.take()?, r.take()?);
            Ok(Answer { kind, file, answers, delivery: r.take()?, body: r.take()? })
        });
    let referrals = rows(&store, "select id from service_request where organization = $1", |r| {
        let id: Uuid = r.take()?;
        Ok(id)
    });
    every_file_is_one_message(&messages, letters);
    every_message_is_answered_as_it_should(&messages, &answers, letters);
    every_answer_is_one_file(place, &answers);
    every_unreadable_file_is_copied(place, &messages);
    assert_eq!(referrals.len(), letters.referrals, "referrals");
    assert_eq!(half_written(&place.data), Vec::<String>::new());
}

fn every_file_is_one_message(messages: &[Message], letters: &Letters) {
    let outcome = |word: Outcome| messages.iter().filter(|m| m.outcome == word.word()).count();
    let counted: Vec<usize> = Outcome::ALL.iter().copied().map(outcome).collect();
    eprintln!("{} files: {:?} of {:?}", letters.files, counted, Outcome::ALL);
    assert_eq!(counted.iter().sum::<usize>(), letters.files);
    let mut stored: HashMap<&[u8], usize> = HashMap::new();
    for message in messages {
        *stored.entry(&message.body).or_default() += 1;
    }
    let given: HashMap<&[u8], usize> = letters.given.iter().map(|(bytes, (count, _))| (&bytes[..], *count)).collect();
    assert!(stored == given, "the bytes that were stored are not the bytes that came");
}

fn every_message_is_answered_as_it_should(messages: &[Message], answers: &[Answer], letters: &Letters) {
    let mut by_message: HashMap<Uuid, Vec<&str>> = HashMap::new();
    for answer in answers {
        by_message.entry(answer.answers).or_default().push(&answer.kind);
    }
    for message in messages {
        let mut got = by_message.remove(&message.id).unwrap_or_default();
        got.sort_unstable();
        let (_, due) = letters.given[&message.body];
        assert_eq!(got, due, "answers to a message that was {}", message.outcome);
    }
    assert!(by_message.is_empty(), "answers to nothing");
}

fn every_answer_is_one_file(place: &Place, answers: &[Answer]) {
    let folder = place.data.join("mailbox/out");
    let files: BTreeSet<String> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let due: BTreeSet<String> = answers.iter().map(|answer| answer.file.clone()).collect();
    assert_eq!(due.len(), answers.len(), "two answers with the same file name");
    assert_eq!(files, due);
    for answer in answers {
        assert_eq!(answer.delivery, "sent");
        assert!(fs::read(folder.join(&answer.file)).unwrap() == answer.body, "{} is not whole", answer.file);
    }
}

/// The operator has a copy of each, also when the program was killed between storing and copying.
fn every_unreadable_file_is_copied(place: &Place, messages: &[Message]) {
    let unreadable = messages.iter().filter(|m| m.outcome == Outcome::Quarantined.word()).count();
    let copies = fs::read_dir(place.data.join("quarantine")).unwrap().flatten();
    let copies = copies.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.')).count();
    assert_eq!(copies, unreadable, "copies in quarantine");
}

fn half_written(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let (path, name) = (entry.path(), entry.file_name().into_string().unwrap());
        if path.is_dir() {
            found.extend(half_written(&path));
        } else if path.extension().is_some_and(|end| end == "tmp" || end == "part") {
            found.push(name);
        }
    }
    found
}

fn rows<T: Send + 'static>(
    store: &Store,
    sql: &'static str,
    read: impl Fn(&mut Row<'_>) -> Result<T, StoreError> + Send + 'static,
) -> Vec<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let scope = Scope::system(1, jiff::Timestamp::UNIX_EPOCH, "test");
    let view = store.view(scope, move |tx| Ok::<_, StoreError>(Seen::nothing(tx.query(sql, &[], read)?)));
    runtime.block_on(view).unwrap()
}
