//! What the sender wrote, ready to be read: the letter's text, diagnoses, people, files, and what a correction changed.

use std::fmt::Write as _;

use domain::service_request::FocusCode;
use jiff::Timestamp;
use medcom::{FormattedText, ReferenceTarget, ReferralLetter, Unit};

use super::queries::{AttachmentRow, ReferralView};
use crate::layout::{Fact, Moment, Tag};
use crate::{App, mailbox};

/// The left side of the page of a request.
#[derive(Default)]
pub(super) struct LetterView {
    pub(super) title: &'static str,
    /// Made here from escaped text; nothing from outside is markup.
    pub(super) html: String,
    pub(super) original_href: Option<String>,
    pub(super) diagnoses: Vec<Diagnosis>,
    /// From whom and how, when there is no letter.
    pub(super) came: Option<String>,
    pub(super) sender: Option<Who>,
    pub(super) relatives: Vec<Fact>,
    pub(super) copy_to: Option<Who>,
    pub(super) attachments: Vec<Attachment>,
    pub(super) corrections: Vec<Correction>,
}

/// Somebody that the letter names.
pub(super) struct Who {
    pub(super) names: Vec<String>,
    pub(super) phone: Option<String>,
}

pub(super) struct Diagnosis {
    pub(super) text: String,
    pub(super) code: String,
    pub(super) primary: bool,
}

pub(super) struct Attachment {
    /// What the letter calls it.
    pub(super) name: Option<String>,
    /// " (pdf)".
    pub(super) kind: String,
    /// It comes another way.
    pub(super) apart: bool,
    pub(super) href: Option<String>,
    pub(super) tag: Option<Tag>,
    /// What to know before it is opened.
    pub(super) why: Option<String>,
}

pub(super) struct Correction {
    pub(super) at: Moment,
    pub(super) changes: Vec<Change>,
}

pub(super) struct Change {
    pub(super) field: &'static str,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

pub(super) fn letter_view(app: &App, view: &ReferralView, corrected_at: Option<Timestamp>) -> LetterView {
    let request = &view.request.value.request;
    let Some((message, bytes)) = view.letters.first() else { return told(view) };
    let index = request.letter.as_ref().map_or(0, |l| usize::from(l.index));
    let Some(letter) = mailbox::referral_letter(bytes, index, &app.message_limits) else { return told(view) };
    LetterView {
        title: "Det skriver afsenderen",
        html: letter_html(&letter),
        original_href: Some(format!("/beskeder/{message}")),
        diagnoses: diagnoses(view),
        came: None,
        sender: Some(sender(&letter)),
        relatives: relatives(&letter),
        copy_to: letter.answer_cc.as_ref().map(|unit| who(None, unit)),
        attachments: attachments(&view.attachments, &letter),
        corrections: corrected_at.and_then(|at| correction(app, view, &letter, at)).into_iter().collect(),
    }
}

/// A request that came without a letter: what was said.
fn told(view: &ReferralView) -> LetterView {
    let request = &view.request.value.request;
    let text = request.reason.as_deref();
    LetterView {
        title: "Det er der sagt",
        html: text.map_or_else(
            || "<p>Der er ikke skrevet noget.</p>".to_owned(),
            |text| format!("<p lang=\"da\">{}</p>", FormattedText::from_plain(text).to_html()),
        ),
        came: Some(format!("{}, {}", request.source.label(), request.channel.label().to_lowercase())),
        diagnoses: diagnoses(view),
        ..LetterView::default()
    }
}

/// The letter as headings and paragraphs. The sender's own text is escaped by its writer.
pub(crate) fn letter_html(letter: &ReferralLetter) -> String {
    let mut html = String::new();
    if let Some(category) = &letter.category {
        section(&mut html, "Kategori", &FormattedText::from_plain(category.danish()));
    }
    match &letter.anamnesis {
        Some(text) => section(&mut html, "Kliniske oplysninger", text),
        None => html.push_str("<p>Der er ikke skrevet kliniske oplysninger.</p>"),
    }
    for note in &letter.visitations {
        section(&mut html, note.code.danish(), &note.information);
    }
    html
}

fn section(html: &mut String, heading: &str, text: &FormattedText) {
    let heading = FormattedText::from_plain(heading).to_html();
    // Writing to a text cannot fail.
    let _ = write!(html, "<h3>{heading}</h3><div lang=\"da\">{}</div>", text.to_html());
}

fn diagnoses(view: &ReferralView) -> Vec<Diagnosis> {
    let active = view.request.value.focus.iter().filter(|f| f.active && !f.entered_in_error);
    active
        .enumerate()
        .map(|(index, focus)| Diagnosis {
            text: focus.text.clone(),
            code: match &focus.code {
                FocusCode::Sks(code) => format!("SKS {code}"),
                FocusCode::Icpc(code) => format!("ICPC {code}"),
                FocusCode::Text => "uden kode".to_owned(),
            },
            primary: index == 0,
        })
        .collect()
}

fn sender(letter: &ReferralLetter) -> Who {
    let referrer = &letter.sender.referrer;
    let person = match &referrer.title {
        Some(title) => format!("{}, {title}", referrer.name),
        None => referrer.name.clone(),
    };
    who(Some(person), &letter.sender.unit)
}

fn who(person: Option<String>, unit: &Unit) -> Who {
    let name = Some(unit.name()).filter(|name| !name.is_empty());
    Who {
        names: [person, name].into_iter().flatten().collect(),
        phone: unit.telephone.as_deref().map(crate::citizens::phone_text),
    }
}

fn relatives(letter: &ReferralLetter) -> Vec<Fact> {
    let relative = letter.relative.iter();
    relative
        .map(|r| {
            let name = [r.given_name.as_deref(), Some(r.surname.as_str())].into_iter().flatten().collect::<Vec<_>>();
            Fact::new(name.join(" "), r.relation.danish().to_lowercase())
        })
        .collect()
}

/// Files that came or are announced, and what the letter points to elsewhere.
fn attachments(rows: &[AttachmentRow], letter: &ReferralLetter) -> Vec<Attachment> {
    let files = rows.iter().map(|row| {
        let harmful = row.harmful;
        Attachment {
            name: row.description.clone(),
            kind: row.file_type.as_deref().map(|t| format!(" ({t})")).unwrap_or_default(),
            apart: false,
            href: row.id.filter(|_| !harmful).map(|id| format!("/bilag/{id}")),
            tag: match row.id {
                None => Some(Tag::of("wait", "wait", "På vej")),
                Some(_) if harmful => Some(Tag::wrong("Kan ikke hentes: filtypen kan skade")),
                Some(_) if row.mismatch.is_some() => Some(Tag::of("soon", "error", "Ikke det, den kaldes")),
                Some(_) => None,
            },
            why: row.mismatch.clone().filter(|_| !harmful),
        }
    });
    let elsewhere = letter.references.iter().filter_map(|reference| {
        let (name, apart) = match &reference.target {
            ReferenceTarget::Url(url) => (format!("{}: {url}", reference.description), false),
            ReferenceTarget::SentSeparately => (reference.description.clone(), true),
            ReferenceTarget::Attachment(_) => return None,
        };
        Some(Attachment { name: Some(name), kind: String::new(), apart, href: None, tag: None, why: None })
    });
    files.chain(elsewhere).collect()
}

/// What the newest correction changed. A protected address stands neither before nor after.
fn correction(app: &App, view: &ReferralView, new: &ReferralLetter, at: Timestamp) -> Option<Correction> {
    let (_, bytes) = view.letters.get(1)?;
    let letters = (0..LETTERS).filter_map(|index| mailbox::referral_letter(bytes, index, &app.message_limits));
    let old = { letters }.find(|old| old.episode_of_care.same_as(&new.episode_of_care))?;
    let hide = view.record.citizen.value.protected_address;
    let shown = medcom::changes(&old, new).into_iter().filter(|change| !(hide && change.field == "Adresse"));
    let changes = shown.map(|c| Change { field: c.field, before: c.before, after: c.after }).collect();
    Some(Correction { at: Moment::exactly(at, app.now()), changes })
}

/// A message with more referrals than this is not searched further for the letter before a correction.
const LETTERS: usize = 10;
