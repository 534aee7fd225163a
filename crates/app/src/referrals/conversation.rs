//! What was asked of the sender and what they answered, as the page of a request shows it, with ready questions for what
//! the letter lacks.

use domain::referral::{NotTold, SenderNotice};
use domain::service_request::Flag;
use domain::workdays::local_date;
use jiff::Timestamp;

use super::actions::{Action, ActionForm};
use super::asking::may_ask;
use super::decision::Typed;
use super::queries::{ReferralView, SaidRow};
use crate::layout::{Choice, Field, Moment, Tag, dates};
use crate::{App, mailbox};

/// The panel below the letter.
pub(super) struct ConversationView {
    /// What is waited for, or that there is something to read.
    pub(super) status: Option<String>,
    /// The oldest first.
    pub(super) letters: Vec<Said>,
    /// The button that ends the waiting; none when nothing is waited for.
    pub(super) read: Option<&'static str>,
    pub(super) ask: Option<AskView>,
    /// Why the sender cannot be asked from here.
    pub(super) no_ask: Option<&'static str>,
}

/// A letter of the conversation.
pub(super) struct Said {
    pub(super) at: Moment,
    /// None when it is ours.
    pub(super) from: Option<String>,
    /// Made here from escaped text.
    pub(super) html: String,
    pub(super) ours: bool,
    pub(super) tag: Option<Tag>,
    pub(super) href: String,
}

/// The form of a question.
pub(super) struct AskView {
    pub(super) text: Field,
    pub(super) ready: Vec<Choice>,
    /// It was sent, and is shown again.
    pub(super) open: bool,
    /// Where the message goes.
    pub(super) to: String,
}

/// A question that stands ready.
struct Ready {
    word: &'static str,
    label: &'static str,
    text: &'static str,
    /// Whether the letter and what we know lack it, so that it stands in the form beforehand.
    lacks: fn(&ReferralView) -> bool,
}

const READY: [Ready; 4] = [
    Ready {
        word: "diagnose",
        label: "Diagnose",
        text: "Hvilken diagnose henvises borgeren for?",
        lacks: |view| !view.request.value.focus.iter().any(|f| f.active && !f.entered_in_error),
    },
    Ready {
        word: "telefon",
        label: "Telefonnummer",
        text: "Hvilket telefonnummer kan vi træffe borgeren på?",
        lacks: |view| view.record.citizen.value.phones.is_empty(),
    },
    Ready {
        word: "formaal",
        label: "Formål",
        text: "Hvad ønsker I, at borgeren får hjælp til hos os?",
        lacks: |view| view.request.value.request.reason.as_deref().is_none_or(|text| text.trim().is_empty()),
    },
    Ready {
        word: "behov",
        label: "Særlige behov",
        text: "Har borgeren særlige behov, for eksempel tolk, transport eller hjælp til syn eller hørelse?",
        lacks: |_| false,
    },
];

/// The text of the form with one more ready question at its end.
pub(super) fn with_ready(form: ActionForm) -> ActionForm {
    let ready = READY.iter().find(|ready| ready.word == form.tilfoej).map(|ready| ready.text);
    let lines = [form.spoerg_tekst.trim_end(), ready.unwrap_or_default()];
    let text = lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    ActionForm { spoerg_tekst: text, ..form }
}

/// The panel; none for a request that did not come by message and has no conversation.
pub(super) fn conversation(
    app: &App,
    view: &ReferralView,
    may_write: bool,
    now: Timestamp,
    typed: Typed<'_>,
) -> Option<ConversationView> {
    let request = &view.request.value.request;
    request.letter.as_ref()?;
    let unread = request.flags.contains(&Flag::Answered);
    let today = local_date(now);
    let asked = request.waits_since().map(|at| dates::when_exactly(at, now).to_lowercase());
    let answered = request.answered_at.filter(|_| unread).map(|at| dates::short_day(local_date(at), today));
    let status = answered
        .map(|day| format!("Afsenderen har svaret {day}."))
        .or_else(|| asked.map(|at| format!("Afventer svar fra afsender. Spurgt {at}.")));
    let dead = view.record.citizen.value.deceased_on.is_some();
    let allowed = SenderNotice::Question.may_be_told(request, &[], None, dead);
    let ask = (may_write && may_ask(request) && allowed.is_ok()).then(|| ask_view(view, typed));
    let no_ask = match allowed {
        Err(why @ NotTold::NoAddress) if may_write && may_ask(request) => Some(why.user_message()),
        _ => None,
    };
    let letters: Vec<Said> = view.said.iter().filter_map(|row| said(app, view, row, now)).collect();
    let read = match (unread, request.waits_since()) {
        _ if !may_write => None,
        (true, _) => Some("Svaret er læst"),
        (false, Some(_)) => Some("Svaret er fået på anden vis"),
        (false, None) => None,
    };
    let empty = status.is_none() && letters.is_empty() && ask.is_none() && no_ask.is_none();
    (!empty).then_some(ConversationView { status, letters, read, ask, no_ask })
}

fn ask_view(view: &ReferralView, (action, form): Typed<'_>) -> AskView {
    let again = action == Some(Action::Ask);
    let missing = || READY.iter().filter(|r| (r.lacks)(view)).map(|r| r.text).collect::<Vec<_>>().join("\n");
    let text = if again { form.spoerg_tekst.clone() } else { missing() };
    let unasked = READY.iter().filter(|ready| !text.contains(ready.text));
    let ready = unasked.map(|r| Choice { value: r.word.into(), label: r.label.into(), hint: None, selected: false });
    AskView { ready: ready.collect(), text: Field::of(text), open: again, to: sender_name(view) }
}

fn sender_name(view: &ReferralView) -> String {
    view.requester.as_ref().map_or_else(|| "afsenderen".to_owned(), |partner| partner.name.clone())
}

fn said(app: &App, view: &ReferralView, row: &SaidRow, now: Timestamp) -> Option<Said> {
    let letter = mailbox::correspondence(&row.body, &app.message_limits)?;
    let ours = row.delivery.is_some();
    let sender = letter.sender.unit.name();
    Some(Said {
        at: Moment::exactly(row.at, now),
        from: (!ours).then(|| if sender.is_empty() { sender_name(view) } else { sender }),
        html: letter.text().to_html(),
        ours,
        tag: row.delivery.as_deref().map(mailbox::delivery_tag),
        href: format!("/{}/{}", if ours { "udgaaende" } else { "beskeder" }, row.id),
    })
}
