//! What has happened to a request, read from its versions: each is a step, with who took it and why.

use domain::course::Course;
use domain::ids::{CitizenId, ServiceRequestId};
use domain::referral::ReferralState as State;
use domain::service_request::{Channel, Flag, Owner, ServiceRequest};
use jiff::Timestamp;
use store::{StoreError, Tx, Versioned};

use super::queries::ReferralView;
use super::undo::UNDONE;
use crate::layout::{Link, Moment, Tag, dates};
use crate::mailbox::{delivery_tag, outgoing_label};
use crate::records::StoredRequest;

/// A stored version of a request.
pub(super) struct Step {
    pub(super) version: i64,
    pub(super) at: Timestamp,
    /// Title and initials; none when the program did it.
    pub(super) who: Option<String>,
    pub(super) actor: uuid::Uuid,
    reason: Option<String>,
    pub(super) stored: StoredRequest,
}

/// A line of "Det er der sket".
pub(super) struct Event {
    pub(super) at: Moment,
    pub(super) text: String,
    /// What somebody wrote about it.
    pub(super) words: Option<String>,
    /// Who took the step.
    pub(super) by: Option<String>,
    /// Who sent it.
    pub(super) from: Option<String>,
    pub(super) tag: Option<Tag>,
    pub(super) link: Option<Link>,
}

/// What a step was, in our words and in those of who took it.
struct Line {
    text: String,
    words: Option<String>,
}

impl Line {
    fn with(text: impl Into<String>, words: Option<&str>) -> Self {
        Self { text: text.into(), words: words.map(str::to_owned) }
    }
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        Self { text, words: None }
    }
}

impl From<&str> for Line {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// All versions of a request, the oldest first.
pub(super) fn steps(tx: &mut Tx<'_>, citizen: CitizenId, id: ServiceRequestId) -> Result<Vec<Step>, StoreError> {
    const SQL: &str = "select v.version, v.at, v.actor, u.title, u.initials, v.reason, v.content from record_version v
        left join user_account u on u.organization = v.organization and u.id = v.actor
        where v.organization = $1 and v.citizen = $2 and v.kind = 'service_request' and v.id = $3 order by v.version";
    tx.query(SQL, &[citizen.0.into(), id.0.into()], |r| {
        let (version, at, actor) = (r.take()?, r.take()?, r.take()?);
        let (title, initials) = (r.take::<Option<String>>()?, r.take::<Option<String>>()?);
        let reason = r.take()?;
        let stored = serde_json::from_str(&r.take::<String>()?);
        Ok(Step {
            version,
            at,
            actor,
            who: title.zip(initials).map(|(title, initials)| format!("{title} {initials}")),
            reason,
            stored: stored.map_err(|_| StoreError::Unreadable { what: "service_request" })?,
        })
    })
}

/// The events of a request, the oldest first: its steps and what was sent about it.
pub(super) fn events(view: &ReferralView, steps: &[Step], now: Timestamp) -> Vec<Event> {
    let mut events: Vec<(Timestamp, Event)> = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        let before = index.checked_sub(1).map(|i| &steps[i].stored);
        let lines = before.map_or_else(|| vec![received(view, step).into()], |before| changed(view, before, step, now));
        for Line { text, words } in lines {
            let by = step.who.clone();
            let from = view.requester.as_ref().filter(|_| before.is_none() && by.is_none()).map(|r| r.name.clone());
            events.push((
                step.at,
                Event { at: Moment::exactly(step.at, now), text, words, by, from, tag: None, link: None },
            ));
        }
    }
    for message in &view.outgoing {
        let at = message.sent_at.unwrap_or(message.queued_at);
        let event = Event {
            at: Moment::exactly(at, now),
            text: outgoing_label(&message.kind).to_owned(),
            words: None,
            by: None,
            from: None,
            tag: Some(delivery_tag(&message.delivery)),
            link: Some(Link::new(format!("/udgaaende/{}", message.id), "Se den")),
        };
        events.push((at, event));
    }
    events.sort_by_key(|(at, _)| *at);
    events.into_iter().map(|(_, event)| event).collect()
}

/// What the newest step was, in words.
pub(super) fn newest(view: &ReferralView, steps: &[Step], now: Timestamp) -> Option<String> {
    match steps {
        [.., before, step] => changed(view, &before.stored, step, now).pop().map(|line| line.text),
        [step] => Some(received(view, step)),
        [] => None,
    }
}

fn received(view: &ReferralView, step: &Step) -> String {
    let request = &step.stored.request;
    match request.channel {
        Channel::Medcom => {
            let flags = &view.request.value.request.flags;
            let known = if flags.contains(&Flag::UnknownCitizen) { ". Borgeren var ikke kendt her" } else { "" };
            format!("Henvisning modtaget{known}")
        }
        channel => format!("{} henvendte sig: {}", request.source.label(), channel.label().to_lowercase()),
    }
}

/// What a version changed, in words; a version may be several things at once.
fn changed(view: &ReferralView, before: &StoredRequest, step: &Step, now: Timestamp) -> Vec<Line> {
    if step.reason.as_deref() == Some(UNDONE) {
        return vec!["Fortrudt. Henvisningen er, som den var før".into()];
    }
    let (was, is) = (&before.request, &step.stored.request);
    let mut lines = Vec::new();
    let letter = |r: &ServiceRequest| r.letter.as_ref().map(|l| l.message);
    if letter(was) != letter(is) {
        lines.push("Rettet af afsenderen".into());
    }
    if was.asked_at != is.asked_at {
        lines.push("Spørgsmål sendt til afsenderen".into());
    }
    if was.answered_at != is.answered_at {
        lines.push("Svar fra afsenderen".into());
    }
    if was.asked_at == is.asked_at && awaits(was) && !awaits(is) {
        lines.push("Svaret er læst".into());
    }
    if was.owner != is.owner {
        lines.push(Line::with(owner_text(&is.owner, step.actor), step.reason.as_deref()));
    }
    if was.state != is.state {
        lines.push(state_text(view, step, now));
    }
    if was.state == is.state && was.sender_told_at != is.sender_told_at {
        lines.push(Line::with("Besked til henviseren skrevet", step.reason.as_deref()));
    }
    if lines.is_empty() {
        lines.push("Oplysningerne er rettet".into());
    }
    lines
}

/// An answer is owed or unread.
fn awaits(request: &ServiceRequest) -> bool {
    request.waits_since().is_some() || request.flags.contains(&Flag::Answered)
}

fn owner_text(owner: &Owner, actor: uuid::Uuid) -> String {
    match owner {
        Owner::Intake => "Lagt tilbage til modtagelsen".to_owned(),
        Owner::Unit(unit) => format!("Sendt videre til {unit}"),
        Owner::User(user) if user.0 == actor => "Taget".to_owned(),
        Owner::User(_) => "Overdraget til en kollega".to_owned(),
    }
}

fn state_text(view: &ReferralView, step: &Step, now: Timestamp) -> Line {
    let state = &step.stored.request.state;
    let note = view.record.attempts.iter().find(|a| a.value.at == step.at).and_then(|a| a.value.note.as_deref());
    match state {
        State::Contacting { attempts, .. } => Line::with(format!("Ikke truffet, {attempts}. forsøg"), note),
        State::Reached { .. } => Line::with("Truffet", note),
        State::Unreachable { open_until, .. } => {
            let day = dates::short_day(*open_until, domain::workdays::local_date(now));
            format!("Brev sendt. Tilbuddet står åbent til {day}").into()
        }
        State::Joined { .. } => match chosen_step(view) {
            Some(name) => format!("Indgang valgt: {name}").into(),
            None => "Indgang valgt".into(),
        },
        State::Returned { reason, .. } => {
            Line::with(format!("Sendt retur. {}", reason.label()), step.reason.as_deref())
        }
        State::Rejected { reason, .. } => Line::with("Afvist", Some(reason)),
        State::Declined { reason, .. } => format!("Borgeren takkede nej. {}", reason.label()).into(),
        State::Received
        | State::Checked { .. }
        | State::Routed { .. }
        | State::NeverReached { .. }
        | State::Duplicate { .. }
        | State::Replaced { .. }
        | State::Moved { .. }
        | State::Dead { .. }
        | State::EnteredInError { .. } => Line::with(state.label(), step.reason.as_deref()),
    }
}

/// The step that a request led to: the first intervention planned for it.
pub(super) fn chosen_step(view: &ReferralView) -> Option<&'static str> {
    let id = view.request.value.request.id;
    let of_request = view.record.interventions.iter().find(|i| i.value.service_request == Some(id));
    of_request.map(|i| i.value.code.label())
}

/// The course that a request is part of.
pub(super) fn course_of(view: &ReferralView) -> Option<&Versioned<Course>> {
    let State::Joined { course, .. } = &view.request.value.request.state else { return None };
    view.record.courses.iter().find(|c| c.value.id == *course)
}
