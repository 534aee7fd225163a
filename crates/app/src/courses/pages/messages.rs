//! Everything a course has said to whom, where each message stands and what it rests on; and the letters that can be
//! written: `/forloeb/{id}/beskeder`. Five queries: whose it is, the record, our messages, the letters, the addresses.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use domain::consent::{Answer, Basis, answer};
use domain::course_message::{CourseMessage, MessageNeed};
use domain::ids::CourseId;
use domain::notice::{NoticeChannel, NoticeKind, NoticeState};
use domain::organization::Organization;
use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::Timestamp;
use serde::Deserialize;
use store::{Seen, Tx};
use uuid::Uuid;

use crate::courses::letters::{self, BY_HAND};
use crate::courses::outreach::{self, OutreachInput, TO_OTHERS, letter_href, message_of};
use crate::layout::{Counts, FormError, Frame, Moment, Nav, PersonHeader, Tag};
use crate::mailbox::{delivery_next, delivery_tag, outgoing_label};
use crate::notices::{self, Said};
use crate::records::{self, CitizenRecord};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, citizens, measures};

#[derive(Template)]
#[template(path = "courses/pages/messages.html")]
pub(super) struct MessagesPage {
    frame: Frame,
    href: String,
    course_href: String,
    person: PersonHeader,
    errors: Vec<FormError>,
    problem: Option<String>,
    lines: Vec<Line>,
    letters: [CourseMessage; 3],
    to_others: Vec<ToOthers>,
    /// Names of those who have an address.
    receivers: Vec<String>,
    may_write: bool,
    typed: Typed,
    /// What a screening found and what was decided on it, for a message that rests on it.
    screening: String,
}

/// What a form sends.
type Form = HashMap<String, String>;

#[derive(Default)]
struct Typed(Form);

impl Typed {
    fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

/// A message, or a letter.
struct Line {
    at: Moment,
    number: &'static str,
    what: &'static str,
    to: String,
    to_citizen: bool,
    how: &'static str,
    basis: String,
    /// The reason that somebody wrote, when it rests on section 41.
    reason: Option<String>,
    tag: Tag,
    next: String,
    href: Option<String>,
}

/// A message that can be written to others, and where the citizen's consent to it stands.
struct ToOthers {
    message: CourseMessage,
    consent: &'static str,
}

/// One of our own messages of the mailbox.
struct Sent {
    id: Uuid,
    kind: String,
    receiver: String,
    state: String,
    at: Timestamp,
    basis: Option<Basis>,
}

/// What the address may ask for: a message that a decision called for, begun.
#[derive(Deserialize)]
pub(super) struct Asked {
    besked: Option<CourseMessage>,
}

/// Where a message that a decision called for is written.
pub(crate) fn write_href(course: CourseId, message: CourseMessage) -> String {
    format!("{}?besked={}#besked", href(course), message.word())
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    Query(asked): Query<Asked>,
) -> Result<Page<MessagesPage>, AppError> {
    let mut page = page(&app, &caller, &visit, id.into(), Typed::default()).await?;
    if let Some(message) = asked.besked.filter(|message| TO_OTHERS.contains(message)) {
        page.typed.0.insert("besked".to_owned(), message.word().to_owned());
        page.typed.0.insert("tekst".to_owned(), std::mem::take(&mut page.screening));
    }
    Ok(Page(page))
}

pub(super) async fn act(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Form>,
) -> Result<Response, AppError> {
    let course = CourseId(id);
    let text = |name: &str| form.get(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let missing = || AppError::field("besked", "required", "Vælg, hvad du vil skrive.");
    let message = form.get("besked").and_then(|word| CourseMessage::parse(word).ok());
    let done = match message {
        Some(letter) if BY_HAND.contains(&letter) => letters::write_letter(&app, &caller, course, letter)
            .await
            .map(|()| "Brevet er skrevet. Se det, og send det."),
        Some(message) => {
            let section_41 = text("hvorfor");
            let input = OutreachInput { message, text: text("tekst").unwrap_or_default(), to: text("til"), section_41 };
            outreach::reach_out(&app, &caller, course, input).await.map(|sent| match sent {
                outreach::Outreach::Queued => "Beskeden sendes om lidt.",
                outreach::Outreach::OnPaper => {
                    "Modtageren har ingen elektronisk adresse. Brevet venter på at blive sendt."
                }
            })
        }
        None => Err(missing()),
    };
    match done {
        Ok(notice) => Ok(visit.done(&href(course), notice).await?.into_response()),
        Err(error @ (AppError::NotFound(_) | AppError::Store(_) | AppError::Forbidden(_))) => Err(error),
        Err(error) => {
            let mut page = page(&app, &caller, &visit, course, Typed(form)).await?;
            match &error {
                AppError::Field { field, .. } => {
                    page.errors = vec![FormError { field, message: error.user_message() }];
                }
                _ => page.problem = Some(error.user_message()),
            }
            Ok((error.form_status(), Page(page)).into_response())
        }
    }
}

/// Where it is.
fn href(course: CourseId) -> String {
    format!("{}/beskeder", super::course_href(course))
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    course: CourseId,
    typed: Typed,
) -> Result<MessagesPage, AppError> {
    let now = app.now();
    let read = move |tx: &mut Tx<'_>| {
        let citizen = records::citizen_of(tx, "course", course.0)?;
        let record = records::citizen_record(tx, citizen)?;
        record.course(course)?;
        let (sent, said) = (sent(tx, citizen.0)?, notices::of_course(tx, course)?);
        let partners = crate::organizations::partners(tx)?;
        Ok::<_, AppError>(Seen::record(citizen.0, (record, sent, said, partners)))
    };
    let (record, sent, said, partners) = app.store.view(caller.scope("course.messages", now), read).await?;
    let citizen = &record.citizen.value;
    let person = citizens::person_header(citizen, None, local_date(now));
    Ok(MessagesPage {
        frame: visit.frame(Nav::Citizens, Counts::default()).await?,
        href: href(course),
        course_href: super::course_href(course),
        person: PersonHeader { href: Some(format!("/borgere/{}", citizen.id)), ..person },
        errors: Vec::new(),
        problem: None,
        lines: lines(&record, course, &sent, &said, &partners, now),
        letters: BY_HAND,
        screening: measures::decided_in_words(&record, course),
        receivers: partners.into_iter().filter(|partner| partner.gln.is_some()).map(|partner| partner.name).collect(),
        to_others: TO_OTHERS.iter().map(|message| to_others(&record, *message)).collect(),
        may_write: caller.role.may(Permission::CourseWrite),
        typed,
    })
}

fn sent(tx: &mut Tx<'_>, citizen: Uuid) -> Result<Vec<Sent>, AppError> {
    const SQL: &str = "select id, kind, receiver, delivery, queued_at, basis from outgoing
        where organization = $1 and (citizen = $2 or answers in
            (select id from message where organization = $1 and citizen = $2)) order by queued_at desc, id desc limit 200";
    Ok(tx.query(SQL, &[citizen.into()], |row| {
        let (id, kind, receiver, state, at) = (row.take()?, row.take()?, row.take()?, row.take()?, row.take()?);
        let basis = row.take::<Option<String>>()?.and_then(|text| serde_json::from_str(&text).ok());
        Ok(Sent { id, kind, receiver, state, at, basis })
    })?)
}

fn to_others(record: &CitizenRecord, message: CourseMessage) -> ToOthers {
    let (MessageNeed::ConsentOrSection41(purpose) | MessageNeed::Consent(purpose)) = message.need() else {
        return ToOthers { message, consent: "Kræver ikke samtykke" };
    };
    let consent = match (answer(&record.consent_values(), purpose), message.need()) {
        (Answer::Given(_), _) => "Borgeren har sagt ja",
        (Answer::Refused, _) => "Borgeren har sagt nej. Den kan ikke sendes",
        (Answer::NotAsked, MessageNeed::Consent(_)) => "Borgeren er ikke spurgt. Spørg først",
        (Answer::NotAsked, _) => "Borgeren er ikke spurgt. Spørg, eller begrund efter § 41",
    };
    ToOthers { message, consent }
}

fn lines(
    record: &CitizenRecord,
    course: CourseId,
    sent: &[Sent],
    said: &[Said],
    partners: &[Organization],
    now: Timestamp,
) -> Vec<Line> {
    let name = record.citizen.value.name.full();
    let carried = |one: &Sent| said.iter().any(|letter| letter.subject == one.id);
    let from = super::lanes::requests_of(record, course).map(|stored| stored.request.received_at).min();
    let ours = sent.iter().filter(|one| !carried(one) && from.is_some_and(|from| one.at >= from));
    let ours = ours.map(|one| (one.at, sent_line(one, partners, now)));
    let letters = said.iter().map(|letter| {
        let by_mailbox = sent.iter().find(|one| one.id == letter.subject);
        (letter.made_at, said_line(letter, by_mailbox, &name, now))
    });
    let mut all: Vec<(Timestamp, Line)> = ours.chain(letters).collect();
    all.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    all.into_iter().map(|(_, line)| line).collect()
}

fn sent_line(sent: &Sent, partners: &[Organization], now: Timestamp) -> Line {
    let partner = partners.iter().find(|p| p.gln.as_ref().is_some_and(|gln| gln.as_str() == sent.receiver));
    let number = match sent.kind.as_str() {
        "XDIS15" => CourseMessage::ClosingStatus.word(),
        "XCTL02" | "XCTL03" | "VANS" => CourseMessage::Receipt.word(),
        _ => CourseMessage::NonStart.word(),
    };
    let (basis, reason) = basis_text(sent.basis.as_ref());
    Line {
        at: Moment::exactly(sent.at, now),
        number,
        what: outgoing_label(&sent.kind),
        to: partner.map_or_else(|| sent.receiver.clone(), |partner| partner.name.clone()),
        to_citizen: false,
        how: "MedCom",
        basis,
        reason,
        tag: delivery_tag(&sent.state),
        next: delivery_next(&sent.state).to_owned(),
        href: Some(format!("/udgaaende/{}", sent.id)),
    }
}

fn said_line(said: &Said, carrier: Option<&Sent>, citizen: &str, now: Timestamp) -> Line {
    let (tag, next) = match carrier {
        Some(sent) => (delivery_tag(&sent.state), delivery_next(&sent.state).to_owned()),
        None => standing(said),
    };
    let (basis, reason) = basis_text(said.basis.as_ref());
    Line {
        at: Moment::exactly(said.made_at, now),
        number: message_of(said.kind).map_or("", CourseMessage::word),
        what: said.kind.label(),
        to: said.recipient.clone().unwrap_or_else(|| citizen.to_owned()),
        to_citizen: said.recipient.is_none(),
        how: if carrier.is_some() { "MedCom" } else { said.channel.label() },
        basis,
        reason,
        tag,
        next,
        href: match carrier {
            Some(sent) => Some(format!("/udgaaende/{}", sent.id)),
            None => said.has_letter.then(|| letter_href(said.id)),
        },
    }
}

/// Where a message to the citizen, or a letter on paper, stands.
fn standing(said: &Said) -> (Tag, String) {
    let why = || said.why.clone();
    match (said.state, said.channel) {
        (NoticeState::Waiting, NoticeChannel::Sms) => (Tag::queued(), "Står på beskedlisten.".to_owned()),
        (NoticeState::Waiting, NoticeChannel::Call) if said.kind == NoticeKind::Confirmed && said.why.is_none() => {
            (Tag::queued(), "Ring, og sig tiden. Det er en opgave.".to_owned())
        }
        (NoticeState::Waiting, NoticeChannel::Call) => {
            (Tag::of("soon", "call", "Ring op"), why().unwrap_or_else(|| "Står på beskedlisten.".to_owned()))
        }
        (NoticeState::Waiting, NoticeChannel::Letter) if said.kind == NoticeKind::Confirmed => {
            (Tag::queued(), "Send invitationen. Det er en opgave.".to_owned())
        }
        (NoticeState::Waiting, NoticeChannel::Letter) => {
            (Tag::of("soon", "sent", "Skal sendes"), "Print brevet, og send det.".to_owned())
        }
        (NoticeState::Sending, _) => (Tag::queued(), "Sendes om lidt. Der er intet at gøre.".to_owned()),
        (NoticeState::Done, _) => (Tag::done("Givet"), String::new()),
        (NoticeState::Dropped, _) => (Tag::of("line", "return", "Bortfaldet"), String::new()),
    }
}

fn basis_text(basis: Option<&Basis>) -> (String, Option<String>) {
    match basis {
        Some(Basis::Consent { .. }) => ("Borgerens samtykke".to_owned(), None),
        Some(Basis::Section41 { reason }) => ("Sundhedsloven § 41".to_owned(), Some(reason.clone())),
        Some(Basis::NoneNeeded) | None => ("Kræver ikke samtykke".to_owned(), None),
    }
}
