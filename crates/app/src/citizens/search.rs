//! Finding a citizen. What is searched for travels in the body, so that no number or name stands in an address or a log.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::workdays::local_date;
use jiff::civil::Date;
use serde::Deserialize;
use store::Seen;

use super::queries::{self, Found};
use crate::layout::{Counts, Frame, Nav, dates};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

/// The query stops here.
const MOST: usize = 50;

#[derive(Template)]
#[template(path = "citizens/search.html")]
struct SearchPage {
    frame: Frame,
    text: String,
    title: String,
    rows: Vec<SearchRow>,
    more: bool,
    asked: bool,
}

struct SearchRow {
    name: String,
    age: Option<String>,
    protected: bool,
    href: String,
    course: &'static str,
}

/// What is searched for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    tekst: String,
}

pub(super) async fn start(visit: Visit) -> Result<Response, AppError> {
    let frame = visit.frame(Nav::Citizens, Counts::default()).await?;
    let (text, title) = (String::new(), String::new());
    Ok(Page(SearchPage { frame, text, title, rows: Vec::new(), more: false, asked: false }).into_response())
}

pub(super) async fn find(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(asked): PageForm<Asked>,
) -> Result<Response, AppError> {
    let text = asked.tekst.trim().to_owned();
    if text.is_empty() {
        return start(visit).await;
    }
    let (wanted, now) = (text.clone(), app.now());
    let found = app
        .store
        .view(caller.scope("citizen.search", now), move |tx| {
            let found = queries::search(tx, &wanted)?;
            Ok::<_, AppError>(Seen::list(found.iter().map(|f| f.id).collect(), found))
        })
        .await?;
    let frame = visit.frame(Nav::Citizens, Counts::default()).await?;
    let title = if found.len() == 1 { "1 borger".to_owned() } else { format!("{} borgere", found.len()) };
    let more = found.len() >= MOST;
    let rows = found.into_iter().map(|f| row(f, local_date(now))).collect();
    Ok(Page(SearchPage { frame, text, title, rows, more, asked: true }).into_response())
}

fn row(found: Found, today: Date) -> SearchRow {
    SearchRow {
        age: found.born_on.map(|day| dates::age(day, today)),
        protected: found.protected,
        href: format!("/borgere/{}", found.id),
        course: if found.open_course { "Forløb i gang" } else { "Intet forløb i gang" },
        name: found.name,
    }
}
