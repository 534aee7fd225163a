//! The directory of associations: `GET /foreninger`. One query.

use askama::Template;
use axum::extract::{Query, State};
use domain::activity::Activity;
use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::civil::Date;
use serde::Deserialize;
use store::{Seen, Tx, Versioned};

use super::queries;
use super::words::{DUE_DAYS, freshness, price, signs};
use crate::layout::{Counts, Frame, Nav, Tab, Tag, dates};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "bridge/directory.html")]
pub(super) struct DirectoryPage {
    frame: Frame,
    may: bool,
    tabs: Vec<Tab>,
    view: &'static str,
    text: String,
    rows: Vec<Row>,
    /// How many are to be confirmed.
    due: usize,
}

struct Row {
    href: String,
    title: String,
    association: String,
    kind: &'static str,
    when: String,
    place: String,
    price: String,
    signs: Vec<Tag>,
    fresh: Tag,
    reminded: Option<String>,
}

/// What to look for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Search {
    tekst: String,
    visning: String,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Query(search): Query<Search>,
) -> Result<Page<DirectoryPage>, AppError> {
    let (today, closed) = (local_date(app.now()), search.visning == "lukkede");
    let read = move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(queries::activities(tx, closed)?));
    let all = app.store.view(caller.scope("activity.list", app.now()), read).await?;
    let to_confirm = search.visning == "bekraeftes";
    let due = if closed { 0 } else { all.iter().filter(|one| one.value.is_due(today, DUE_DAYS)).count() };
    let text = search.tekst.trim().to_lowercase();
    let shown = all.iter().map(|one: &Versioned<Activity>| &one.value);
    let shown = shown.filter(|one| !to_confirm || one.is_due(today, DUE_DAYS)).filter(|one| fits(one, &text));
    let tab = |href: &str, label: &str, count, current| Tab { href: href.into(), label: label.into(), count, current };
    Ok(Page(DirectoryPage {
        may: caller.role.may(Permission::TeamWrite),
        tabs: vec![
            tab("/foreninger", "Alle", None, !closed && !to_confirm),
            tab("/foreninger?visning=bekraeftes", "Skal bekræftes", (!closed).then_some(due), to_confirm),
            tab("/foreninger?visning=lukkede", "Lukkede", None, closed),
            tab("/foreninger/mangler", "Fandtes ikke", None, false),
        ],
        view: if closed {
            "lukkede"
        } else if to_confirm {
            "bekraeftes"
        } else {
            ""
        },
        rows: shown.map(|one| row(one, today)).collect(),
        text: search.tekst,
        due,
        frame: visit.frame(Nav::Associations, Counts::default()).await?,
    }))
}

fn fits(one: &Activity, text: &str) -> bool {
    let entry = &one.entry;
    let about = entry.about.as_deref().unwrap_or_default();
    [&entry.title, &entry.association, &entry.place, about].iter().any(|field| field.to_lowercase().contains(text))
}

fn row(one: &Activity, today: Date) -> Row {
    let entry = &one.entry;
    Row {
        href: format!("/foreninger/{}", one.id),
        title: entry.title.clone(),
        association: entry.association.clone(),
        kind: entry.kind.label(),
        when: entry.when(),
        place: entry.place.clone(),
        price: price(entry),
        signs: signs(entry),
        fresh: freshness(one, today),
        reminded: one
            .reminded_on
            .filter(|on| *on >= one.confirmed_on)
            .map(|on| format!("Påmindet {}", dates::short_day(on, today))),
    }
}
