//! The words of one letter: `/administration/tekster/{kind}`. Written by one, approved by another.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;
use store::Seen;
use uuid::Uuid;

use super::commands::{self, Wrong};
use super::kinds::{LetterField, LetterKind};
use super::preview::Preview;
use super::queries::{self, State as Stand, Version};
use super::{Block, Texts};
use crate::administration::tabs;
use crate::layout::{Counts, Field, FormError, Frame, Moment, Nav, Tab};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "letters/text.html")]
pub(super) struct TextPage {
    frame: Frame,
    tabs: Vec<Tab>,
    href: String,
    title: &'static str,
    when: &'static str,
    letter: Field,
    sms: Field,
    fields: Vec<&'static LetterField>,
    preview: Option<Preview>,
    proposal: Option<Proposal>,
    /// The text that holds is ours.
    ours: bool,
    history: Vec<Line>,
    errors: Vec<FormError>,
    problem: Option<String>,
}

/// A text that waits for somebody else.
struct Proposal {
    href: String,
    by: String,
    at: Moment,
    own: bool,
    preview: Option<Preview>,
}

struct Line {
    at: Moment,
    by: String,
    became: &'static str,
    settled: Option<(String, Moment)>,
    reason: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct TextForm {
    brev: String,
    sms: String,
    handling: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct SettleForm {
    handling: String,
    hvorfor: String,
}

fn kind_of(word: &str) -> Result<&'static LetterKind, AppError> {
    LetterKind::of(word).ok_or(AppError::NotFound("letter"))
}

fn href(kind: &LetterKind) -> String {
    format!("/administration/tekster/{}", kind.word)
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(word): Path<String>,
) -> Result<Page<TextPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, kind_of(&word)?, None).await?))
}

/// Shows a text as it would be, puts ours back in the form, or proposes what is written.
pub(super) async fn act(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(word): Path<String>,
    PageForm(form): PageForm<TextForm>,
) -> Result<Response, AppError> {
    let kind = kind_of(&word)?;
    // A browser sends lines with both signs.
    let typed = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    let texts = Texts { letter: typed(&form.brev), sms: typed(&form.sms) };
    match form.handling.as_str() {
        "standard" => Ok(Page(page(&app, &caller, &visit, kind, Some(Texts::ours(kind))).await?).into_response()),
        "foreslaa" => {
            let wrong = commands::wrong(kind, &texts);
            if !wrong.is_none() {
                let page = page(&app, &caller, &visit, kind, Some(texts)).await?;
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page.with(wrong))).into_response());
            }
            match commands::propose(&app, &caller, kind, texts.clone()).await {
                Ok(()) => {
                    let notice = "Teksten er foreslået. Den gælder, når en anden har godkendt den.";
                    Ok(visit.done(&href(kind), notice).await?.into_response())
                }
                Err(error @ AppError::Rule { .. }) => {
                    let mut page = page(&app, &caller, &visit, kind, Some(texts)).await?;
                    page.problem = Some(error.user_message());
                    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
                }
                Err(error) => Err(error),
            }
        }
        _ => {
            let wrong = commands::wrong(kind, &texts);
            Ok(Page(page(&app, &caller, &visit, kind, Some(texts)).await?.with(wrong)).into_response())
        }
    }
}

pub(super) async fn settle(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((word, id)): Path<(String, Uuid)>,
    PageForm(form): PageForm<SettleForm>,
) -> Result<Response, AppError> {
    let kind = kind_of(&word)?;
    let notice = if form.handling == "godkend" {
        commands::approve(&app, &caller, kind, id).await?;
        "Teksten er godkendt og gælder fra nu af."
    } else {
        commands::refuse(&app, &caller, kind, id, form.hvorfor).await?;
        "Forslaget er afvist. Det står i historikken."
    };
    Ok(visit.done(&href(kind), notice).await?.into_response())
}

impl TextPage {
    fn with(mut self, wrong: Wrong) -> Self {
        let mut told = |field: &'static str, at: &mut Field, error: Option<String>| {
            if let Some(message) = error {
                self.errors.push(FormError { field, message: message.clone() });
                at.error = Some(message);
            }
        };
        told("brev", &mut self.letter, wrong.letter);
        told("sms", &mut self.sms, wrong.sms);
        self
    }
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    kind: &'static LetterKind,
    typed: Option<Texts>,
) -> Result<TextPage, AppError> {
    let now = app.now();
    let read = move |tx: &mut store::Tx<'_>| Ok::<_, AppError>(Seen::nothing(queries::versions(tx, Some(kind))?));
    let versions = app.store.view(caller.scope("letter", now), read).await?;
    let of = |state| versions.iter().find(|version| version.state == state);
    let holds = of(Stand::Approved).map_or_else(|| Texts::ours(kind), |own| own.texts.clone());
    let ours = holds == Texts::ours(kind);
    let texts = typed.unwrap_or(holds);
    let href = href(kind);
    let proposal = of(Stand::Proposed).map(|waiting| Proposal {
        href: format!("{href}/forslag/{}", waiting.id),
        by: waiting.by_whom.clone(),
        at: Moment::exactly(waiting.at, now),
        own: waiting.by == caller.user,
        preview: Preview::of(kind, &waiting.texts),
    });
    Ok(TextPage {
        frame: visit.frame(Nav::Administration, Counts::default()).await?,
        tabs: tabs("/administration/tekster"),
        href,
        title: kind.title,
        when: kind.when,
        preview: Preview::of(kind, &texts),
        letter: Field::of(texts.letter),
        sms: Field::of(texts.sms),
        fields: kind.fields().collect(),
        proposal,
        ours,
        history: versions.iter().map(|version| line(version, now)).collect(),
        errors: Vec::new(),
        problem: None,
    })
}

fn line(version: &Version, now: Timestamp) -> Line {
    Line {
        at: Moment::exactly(version.at, now),
        by: version.by_whom.clone(),
        became: match version.state {
            Stand::Proposed => "Venter på godkendelse",
            Stand::Approved => "Gælder nu",
            Stand::Replaced => "Afløst",
            Stand::Refused => "Afvist",
        },
        settled: version.settled.as_ref().map(|(who, at)| (who.clone(), Moment::exactly(*at, now))),
        reason: version.reason.clone(),
    }
}
