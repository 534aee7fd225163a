//! SQL of what is kept about citizens beside their records. Each query takes the citizens whose ids lie after one and up to
//! another.

use std::collections::HashMap;

use domain::consent::Basis;
use domain::ids::{CitizenId, CourseId};
use domain::message::Delivery;
use domain::notice::{NoticeChannel, NoticeKind, NoticeState};
use medcom::{Incoming, Letter};
use store::{StoreError, Tx};
use uuid::Uuid;

use super::facts::{KeptBeside, MessageText, NoticeKept, OutgoingKept, ReportKept};
use super::municipality;
use crate::AppError;
use crate::courses::note_sections;

/// What is kept beside the records, by citizen.
pub(super) type Beside = HashMap<CitizenId, KeptBeside>;

/// Every so manieth citizen, in the order of their ids.
pub(super) fn each_nth(tx: &mut Tx<'_>, nth: i64) -> Result<Vec<CitizenId>, StoreError> {
    // From one to the next over the index, without numbering those in between.
    const SQL: &str = "with recursive step (id) as (
            select (select id from citizen where organization = $1 order by id limit 1 offset $2)
            union all
            select (select c.id from citizen c where c.organization = $1 and c.id > step.id order by c.id limit 1 offset $2)
            from step where step.id is not null)
        select id from step where id is not null order by id";
    tx.query(SQL, &[(nth - 1).into()], |row| row.take().map(CitizenId))
}

/// What is kept beside the records of these citizens.
pub(super) fn beside(
    tx: &mut Tx<'_>,
    after: CitizenId,
    until: CitizenId,
    limits: &medcom::Limits,
) -> Result<Beside, AppError> {
    let mut all = Beside::new();
    for (citizen, message) in outgoing(tx, after, until, limits)? {
        all.entry(citizen).or_default().outgoing.push(message);
    }
    for (citizen, notice) in notices(tx, after, until)? {
        all.entry(citizen).or_default().notices.push(notice);
    }
    for (citizen, report) in reports(tx, after, until)? {
        let kept = &mut all.entry(citizen).or_default().reports;
        // The newest try comes first.
        if kept.last().is_none_or(|last| last.day != report.day) {
            kept.push(report);
        }
    }
    for (citizen, response, on) in municipality::stop_exports(tx, after, until)? {
        all.entry(citizen).or_default().stop_exports.insert(response, on);
    }
    Ok(all)
}

/// Messages about the citizens, and the receipts of letters about them, the oldest first.
fn outgoing(
    tx: &mut Tx<'_>,
    after: CitizenId,
    until: CitizenId,
    limits: &medcom::Limits,
) -> Result<Vec<(CitizenId, OutgoingKept)>, StoreError> {
    // Only a closing note is read: the others say nothing that the facts need.
    const ABOUT: &str =
        "select citizen, id, kind, receiver, service_request, answers, delivery, queued_at, sent_at, basis,
            case when kind = 'XDIS15' then body end
        from outgoing where organization = $1 and citizen > $2 and citizen <= $3 order by citizen, id";
    const RECEIPTS: &str = "select m.citizen, o.id, o.kind, o.receiver, o.service_request, o.answers, o.delivery,
            o.queued_at, o.sent_at, o.basis, case when o.kind = 'XDIS15' then o.body end
        from message m join outgoing o on o.organization = m.organization and o.answers = m.id
        where m.organization = $1 and m.citizen > $2 and m.citizen <= $3 and o.citizen is null
        order by m.citizen, o.id";
    let read = |row: &mut store::Row<'_>| {
        let (citizen, id, kind, receiver) = (CitizenId(row.take()?), row.take()?, row.take()?, row.take()?);
        let (service_request, answers) = (row.take()?, row.take()?);
        let delivery = Delivery::parse(&row.take::<String>()?).map_err(unreadable)?;
        let (queued_at, sent_at) = (row.take()?, row.take()?);
        let basis = basis(row.take()?)?;
        let text = row.take::<Option<Vec<u8>>>()?.and_then(|body| text_of(&body, limits));
        let message =
            OutgoingKept { id, kind, receiver, service_request, answers, delivery, queued_at, sent_at, basis, text };
        Ok((citizen, message))
    };
    let mut all = tx.query(ABOUT, &[after.0.into(), until.0.into()], read)?;
    all.extend(tx.query(RECEIPTS, &[after.0.into(), until.0.into()], read)?);
    Ok(all)
}

fn basis(text: Option<String>) -> Result<Option<Basis>, StoreError> {
    text.map(|text| serde_json::from_str(&text)).transpose().map_err(unreadable)
}

fn unreadable<E>(_: E) -> StoreError {
    StoreError::Unreadable { what: "message" }
}

/// What a closing note of ours says; nothing when it cannot be read.
fn text_of(body: &[u8], limits: &medcom::Limits) -> Option<MessageText> {
    let Ok(Incoming::Emessage(message)) = medcom::read(body, limits) else { return None };
    let note = message.letters.into_iter().find_map(|letter| match letter {
        Ok(Letter::FinalNote(note)) => note.clinical,
        _ => None,
    })?;
    let sections = note_sections(&note.text);
    let of = |heading: &str| sections.iter().find(|(known, _)| known == heading).map(|(_, words)| words.clone());
    let signed = note.signed;
    Some(MessageText {
        course: of("Forløb"),
        outcome: of("Udbytte"),
        follow_up: of("Aftaler og opfølgning"),
        sender_name: signed.as_ref().and_then(|it| it.by.clone()),
        sender_title: signed.and_then(|it| it.job_title),
        sender_contact: None,
    })
}

fn notices(tx: &mut Tx<'_>, after: CitizenId, until: CitizenId) -> Result<Vec<(CitizenId, NoticeKept)>, StoreError> {
    const SQL: &str = "select citizen, id, kind, channel, state, subject, course, made_at, ended_at, recipient, basis
        from notice where organization = $1 and citizen > $2 and citizen <= $3 order by citizen, id";
    tx.query(SQL, &[after.0.into(), until.0.into()], |row| {
        let (citizen, id) = (CitizenId(row.take()?), row.take()?);
        let kind = NoticeKind::parse(&row.take::<String>()?).map_err(unreadable)?;
        let channel = NoticeChannel::parse(&row.take::<String>()?).map_err(unreadable)?;
        let state = NoticeState::parse(&row.take::<String>()?).map_err(unreadable)?;
        let (subject, course) = (row.take()?, row.take::<Option<Uuid>>()?.map(CourseId));
        let (made_at, ended_at, recipient) = (row.take()?, row.take()?, row.take()?);
        let basis = basis(row.take()?)?;
        let notice = NoticeKept { id, kind, channel, state, subject, course, made_at, ended_at, recipient, basis };
        Ok((citizen, notice))
    })
}

/// Days with changes that may belong in a report, each with its tries, the newest first.
fn reports(tx: &mut Tx<'_>, after: CitizenId, until: CitizenId) -> Result<Vec<(CitizenId, ReportKept)>, StoreError> {
    const SQL: &str = "select c.citizen, c.day, r.sent_at, r.state, r.operation_outcome from changed_day c
        left join delivery_report r on r.organization = c.organization and r.citizen = c.citizen and r.day = c.day
        where c.organization = $1 and c.citizen > $2 and c.citizen <= $3 order by c.citizen, c.day, r.attempt desc";
    tx.query(SQL, &[after.0.into(), until.0.into()], |row| {
        let (citizen, day, sent_at) = (CitizenId(row.take()?), row.take()?, row.take()?);
        let accepted = match row.take::<Option<String>>()?.as_deref() {
            Some("accepted") => Some(true),
            Some("rejected") => Some(false),
            _ => None,
        };
        let error = row.take::<Option<String>>()?.filter(|_| accepted == Some(false));
        Ok((citizen, ReportKept { day, sent_at, accepted, error }))
    })
}
