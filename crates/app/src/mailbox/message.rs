//! The page of one message, in or out: what it says to be read, and the original: `GET /beskeder/{id}`, `/udgaaende/{id}`.

use askama::Template;
use axum::extract::{Path, State};
use domain::workdays::local_date;
use medcom::{FinalNote, FormattedText, Incoming, Letter, Receipt, ReceiptKind, VansContent};
use uuid::Uuid;

use super::stored::{self, StoredMessage, StoredOutgoing};
use super::words::{basis_text, delivery_tag, incoming_label, outcome_tag, outgoing_label};
use crate::layout::{Counts, Frame, Link, Nav, PersonHeader, Tag, dates};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller, citizens, referrals};

/// An original that is larger is only given as a download.
const SHOWN: usize = 200_000;

#[derive(Template)]
#[template(path = "mailbox/message.html")]
pub(super) struct MessagePage {
    frame: Frame,
    heading: &'static str,
    from: Option<String>,
    back: Link,
    person: Option<PersonHeader>,
    tag: Tag,
    reason: Option<Said>,
    facts: Vec<Line>,
    /// Made here from escaped text; nothing from outside is markup.
    html: Option<String>,
    original: Original,
    /// It has not left yet, and can be taken back.
    take_back_href: Option<String>,
    download_href: String,
}

/// A text, and whether others than this program wrote it.
struct Said {
    text: String,
    theirs: bool,
}

/// A fact about a message; names and numbers of others are theirs.
struct Line {
    label: &'static str,
    text: String,
    theirs: bool,
}

impl Line {
    fn ours(label: &'static str, text: Option<String>) -> Option<Self> {
        Some(Self { label, text: text?, theirs: false })
    }

    fn theirs(label: &'static str, text: Option<String>) -> Option<Self> {
        Some(Self { label, text: text?, theirs: true })
    }
}

/// The text as it came or went.
enum Original {
    Shown(String),
    TooLong,
    /// It holds the address of somebody whose address is protected.
    Protected,
}

pub(super) async fn incoming(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<MessagePage>, AppError> {
    let scope = caller.scope("message.open", app.now());
    let message = app.store.view(scope, move |tx| stored::message(tx, id)).await?;
    let frame = visit.frame(Nav::Referrals, Counts::default()).await?;
    Ok(Page(incoming_page(&app, frame, &message)))
}

fn incoming_page(app: &App, frame: Frame, message: &StoredMessage) -> MessagePage {
    let now = app.now();
    let kind = if message.kind == "unknown" { "Besked" } else { incoming_label(&message.kind) };
    let facts = [
        Line::ours("Modtaget", Some(dates::when_exactly(message.received_at, now))),
        Line::theirs("Afsender", message.sender_name.clone()),
        Line::theirs("Lokationsnummer", message.sender.clone()),
        Line::ours("Fylder", Some(size(message.body.len()))),
    ];
    MessagePage {
        frame,
        heading: kind,
        from: message.sender_name.clone().or_else(|| message.sender.clone()),
        back: back(message),
        person: message.citizen.as_ref().map(|c| linked(c, now)),
        tag: outcome_tag(&message.outcome),
        reason: message.reason.clone().map(|text| Said { text, theirs: false }),
        facts: facts.into_iter().flatten().collect(),
        html: readable(app, &message.body),
        original: original(&message.body, message.citizen.as_ref().is_some_and(|c| c.protected_address)),
        take_back_href: None,
        download_href: format!("/beskeder/{}/original", message.id),
    }
}

fn back(message: &StoredMessage) -> Link {
    match (message.request, &message.citizen) {
        (Some(request), _) => Link::new(format!("/henvisninger/{request}"), "Henvisningen"),
        (None, Some(citizen)) => Link::new(format!("/borgere/{}#beskeder", citizen.id), "Borgeren"),
        (None, None) => Link::new("/henvisninger", "Henvisninger"),
    }
}

pub(super) async fn outgoing(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<MessagePage>, AppError> {
    let scope = caller.scope("outgoing.open", app.now());
    let message = app.store.view(scope, move |tx| stored::outgoing(tx, id)).await?;
    let frame = visit.frame(Nav::Referrals, Counts::default()).await?;
    Ok(Page(outgoing_page(&app, frame, &message)))
}

fn outgoing_page(app: &App, frame: Frame, message: &StoredOutgoing) -> MessagePage {
    let (now, row) = (app.now(), &message.row);
    let facts = [
        Line::ours("Skrevet", Some(dates::when_exactly(row.queued_at, now))),
        Line::ours("Sendt", row.sent_at.map(|at| dates::when_exactly(at, now))),
        Line::theirs("Til lokationsnummer", Some(row.receiver.clone())),
        Line::theirs("Type", Some(row.kind.clone())),
        Line::ours("Grundlag", row.basis.as_ref().map(basis_text)),
    ];
    let back = match (row.service_request, &message.citizen, row.answers) {
        (Some(request), ..) => Link::new(format!("/henvisninger/{request}"), "Henvisningen"),
        (None, Some(citizen), _) => Link::new(format!("/borgere/{}#beskeder", citizen.id), "Borgeren"),
        (None, None, Some(answers)) => Link::new(format!("/beskeder/{answers}"), "Beskeden, den svarer på"),
        (None, None, None) => Link::new("/henvisninger", "Henvisninger"),
    };
    MessagePage {
        frame,
        heading: outgoing_label(&row.kind),
        from: None,
        back,
        person: message.citizen.as_ref().map(|c| linked(c, now)),
        tag: delivery_tag(&row.delivery),
        reason: row.refuse_text.clone().map(|text| Said { text, theirs: true }),
        facts: facts.into_iter().flatten().collect(),
        html: readable(app, &message.body),
        original: original(&message.body, message.citizen.as_ref().is_some_and(|c| c.protected_address)),
        take_back_href: super::take_back::href(row.id, &row.kind, &row.delivery),
        download_href: format!("/udgaaende/{}/original", row.id),
    }
}

fn linked(citizen: &domain::citizen::Citizen, now: jiff::Timestamp) -> PersonHeader {
    let person = citizens::person_header(citizen, None, local_date(now));
    PersonHeader { href: Some(format!("/borgere/{}", citizen.id)), ..person }
}

fn size(bytes: usize) -> String {
    if bytes < 10_000 { format!("{bytes} byte") } else { format!("{} kB", bytes.div_ceil(1000)) }
}

fn original(body: &[u8], protected: bool) -> Original {
    match () {
        () if protected => Original::Protected,
        () if body.len() > SHOWN => Original::TooLong,
        () => Original::Shown(text_of(body)),
    }
}

/// The bytes as letters. Messages are in UTF-8 or ISO-8859-1, whose bytes are the first letters of Unicode.
fn text_of(body: &[u8]) -> String {
    let text = std::str::from_utf8(body).map_or_else(|_| body.iter().map(|b| char::from(*b)).collect(), str::to_owned);
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// What a message says as HTML of our own making, letter by letter; none when it could not be read.
pub(crate) fn readable(app: &App, body: &[u8]) -> Option<String> {
    let message = match medcom::read(body, &app.message_limits).ok()? {
        Incoming::Emessage(message) => message,
        Incoming::VansEnvelope(envelope) => match envelope.content {
            VansContent::Message { data, .. } => match medcom::read(&data, &app.message_limits).ok()? {
                Incoming::Emessage(message) => message,
                Incoming::VansEnvelope(_) => return None,
            },
            VansContent::Receipt(_) => return Some("<p>Kuverten er kvitteret af modtageren.</p>".to_owned()),
        },
    };
    let letters = message.letters.iter().filter_map(|letter| letter.as_ref().ok()).map(letter_html);
    let html: Vec<String> = letters.collect();
    (!html.is_empty()).then(|| html.join("<hr>"))
}

fn letter_html(letter: &Letter) -> String {
    match letter {
        Letter::Referral(referral) => referrals::letter_html(referral),
        Letter::Receipt(receipt) => receipt_html(receipt),
        Letter::Correspondence(letter) => {
            let subject =
                letter.about.as_ref().map_or_else(|| "Korrespondance".to_owned(), |about| escape(&about.subject));
            let theirs = if letter.about.is_some() { " lang=\"da\"" } else { "" };
            let parts = letter.parts.iter().map(|part| format!("<div lang=\"da\">{}</div>", part.to_html()));
            format!("<h3{theirs}>{subject}</h3>{}", parts.collect::<String>())
        }
        Letter::Attachment(letter) => {
            let files = letter.objects.iter().map(|o| {
                format!("<li><span>{}</span>, <bdi>{}</bdi></li>", escape(o.kind.danish()), escape(&o.extension))
            });
            format!("<h3>Bilag</h3><ul>{}</ul>", files.collect::<String>())
        }
        Letter::FinalNote(note) => note_html(note),
    }
}

fn note_html(note: &FinalNote) -> String {
    let text = note.clinical.as_ref().map(|clinical| clinical.text.to_html()).unwrap_or_default();
    format!("<h3>Status til lægen</h3><div lang=\"da\">{text}</div>")
}

fn receipt_html(receipt: &Receipt) -> String {
    let what = match receipt.kind {
        ReceiptKind::Positive => {
            "Beskeden er modtaget og kan læses. Det betyder ikke, at nogen har taget stilling til den."
        }
        ReceiptKind::Negative | ReceiptKind::NegativeVans => "Beskeden kunne ikke modtages.",
    };
    let text = |cause: &medcom::RefusalCause| match (&cause.text, &cause.code) {
        (Some(text), _) => format!("<p lang=\"da\">{}</p>", escape(text)),
        (None, Some(code)) => format!("<p>{}</p>", escape(code.danish())),
        (None, None) => String::new(),
    };
    let cause = receipt.cause().map(text).unwrap_or_default();
    format!("<p>{what}</p>{cause}")
}

fn escape(text: &str) -> String {
    FormattedText::from_plain(text).to_html()
}
