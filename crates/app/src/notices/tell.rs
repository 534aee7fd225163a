//! Telling a citizen something in the municipality's own words: by text message, telephone or letter as they want it.

use domain::adaptation::Adaptation;
use domain::citizen::Identity;
use domain::ids::{CourseId, NoticeId};
use domain::notice::{NoticeChannel, NoticeKind, NoticeState, channel_for};
use domain::organization::ManagingOrganization;
use domain::plain_language::health_words;
use jiff::Timestamp;
use store::Tx;
use uuid::Uuid;

use super::queries;
use crate::letters::{self, LetterKind, Values};
use crate::records::CitizenRecord;
use crate::{AppError, ids, safety};

/// Something to tell a citizen.
#[derive(Debug, Clone)]
pub(crate) struct Telling<'a> {
    /// About what.
    pub(crate) kind: NoticeKind,
    /// In which words.
    pub(crate) letter: &'static LetterKind,
    /// The time, session, offer or course it is about.
    pub(crate) subject: Uuid,
    /// The course it belongs to.
    pub(crate) course: Option<CourseId>,
    /// When that begins; such a message is queued once, however often it is asked.
    pub(crate) event_at: Option<Timestamp>,
    /// What is filled in, besides what every letter can say.
    pub(crate) values: Values,
    /// The municipality.
    pub(crate) home: &'a ManagingOrganization,
}

/// How a citizen is told things: as [`channel_for`] says, by a call when it was agreed that letters are not read.
pub(crate) fn channel(record: &CitizenRecord) -> Option<NoticeChannel> {
    let citizen = &record.citizen.value;
    // Whoever is anonymous is told at the talk (rule 10 of the flow).
    if matches!(citizen.identity, Identity::Anonymous) {
        return None;
    }
    let calls = safety::adaptations(record).has(Adaptation::CallInsteadOfLetter) && !citizen.phones.is_empty();
    match channel_for(citizen) {
        Some(NoticeChannel::Letter) if calls => Some(NoticeChannel::Call),
        channel => channel,
    }
}

/// Queues a message. Nothing is queued for the dead.
pub(crate) fn tell(tx: &mut Tx<'_>, record: &CitizenRecord, telling: Telling<'_>) -> Result<(), AppError> {
    let Some(channel) = channel(record) else { return Ok(()) };
    keep(tx, record, telling, channel)
}

/// Writes a letter that waits to be sent, whatever the citizen wants short messages by: it says more than they may. One of
/// the same kind that waits gives way to it.
pub(crate) fn tell_by_letter(tx: &mut Tx<'_>, record: &CitizenRecord, telling: Telling<'_>) -> Result<(), AppError> {
    queries::end_kind(tx, telling.subject, telling.kind, NoticeState::Dropped)?;
    keep(tx, record, telling, NoticeChannel::Letter)
}

fn keep(tx: &mut Tx<'_>, record: &CitizenRecord, telling: Telling<'_>, channel: NoticeChannel) -> Result<(), AppError> {
    let now = tx.scope().at;
    let written = letters::write(tx, telling.letter, &filled(record, &telling), now)?;
    let id: NoticeId = ids::new(now);
    let new = queries::New {
        id,
        citizen: record.citizen.value.id,
        kind: telling.kind,
        channel,
        subject: telling.subject,
        course: telling.course,
        event_at: telling.event_at,
        text: &written.sms,
        letter: Some(&written.text),
    };
    if queries::add(tx, &new)? {
        tx.note(&format!("notice/{id}"));
    }
    Ok(())
}

/// What the program fills in; a field that is not named is empty.
fn filled(record: &CitizenRecord, telling: &Telling<'_>) -> Values {
    let mut values: Values = telling.letter.field_names().map(|name| (name, String::new())).collect();
    values.insert("navn", record.citizen.value.name.full());
    values.extend(letters::shared(telling.home, safety::letter_shape(record)));
    values.extend(telling.values.clone());
    values
}

/// A place as it may stand in a message; empty when its name tells of a disease.
pub(crate) fn plain_place(place: &str) -> String {
    if health_words(place).is_empty() { place.trim().to_owned() } else { String::new() }
}

/// Points of a letter.
pub(crate) fn points<T: AsRef<str>>(lines: impl IntoIterator<Item = T>) -> String {
    // A line of the record that begins like a heading must not become one.
    let one = |line: T| format!("- {}", line.as_ref().split_whitespace().collect::<Vec<_>>().join(" "));
    lines.into_iter().map(one).filter(|line| line.len() > 2).collect::<Vec<_>>().join("\n")
}
