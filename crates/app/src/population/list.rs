//! What is there: `GET /befolkning`. One query.

use askama::Template;
use axum::extract::State;
use domain::permission::Permission;
use store::Seen;

use super::mapping::Column;
use super::queries::{self, Kept};
use crate::layout::{Counts, Frame, Nav, Tag, dates};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "population/list.html")]
pub(super) struct ListPage {
    frame: Frame,
    rows: Vec<RowView>,
    may_write: bool,
}

struct RowView {
    href: String,
    subject: &'static str,
    source: String,
    dataset: String,
    split: Vec<&'static str>,
    persons: String,
    imported: String,
    by: String,
    tag: Tag,
}

/// Whether a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// The newest of its subject.
    InForce,
    /// A newer import is of the same year.
    Corrected,
    /// There is newer data.
    Older,
}

impl Standing {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::InForce => "in_force",
            Self::Corrected => "corrected",
            Self::Older => "older",
        }
    }

    pub(super) fn tag(self) -> Tag {
        match self {
            Self::InForce => Tag::done("Gælder"),
            Self::Corrected => Tag::of("mute", "swap", "Rettet af en nyere"),
            Self::Older => Tag::of("mute", "soon", "Ældre tal"),
        }
    }
}

/// How each table stands; they come by subject, the newest first.
pub(super) fn standings(all: &[Kept]) -> Vec<Standing> {
    let mut standings = Vec::with_capacity(all.len());
    let mut before: Option<&Kept> = None;
    for one in all {
        standings.push(match before.filter(|newer| newer.subject == one.subject) {
            None => Standing::InForce,
            Some(newer) if newer.dataset_on.year() == one.dataset_on.year() => Standing::Corrected,
            Some(_) => Standing::Older,
        });
        before = Some(one);
    }
    standings
}

/// Every table, and how it stands.
pub(super) async fn tables(app: &App, caller: &Caller) -> Result<Vec<(Kept, Standing)>, AppError> {
    let all = app
        .store
        .view(caller.scope("population.list", app.now()), |tx| Ok::<_, AppError>(Seen::nothing(queries::all(tx)?)))
        .await?;
    let standings = standings(&all);
    Ok(all.into_iter().zip(standings).collect())
}

/// What a table is split by, in words.
pub(super) fn split(kept: &Kept) -> Vec<&'static str> {
    let used = kept.chosen.columns.iter().filter_map(|word| Column::parse(word));
    used.filter(|one| matches!(one, Column::By(_) | Column::Disease)).map(Column::label).collect()
}

pub(super) async fn show(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<ListPage>, AppError> {
    let now = app.now();
    let today = domain::workdays::local_date(now);
    let rows = tables(&app, &caller).await?.into_iter().map(|(kept, standing)| RowView {
        href: format!("/befolkning/{}", kept.id),
        subject: kept.subject.label(),
        dataset: dates::month_day(kept.dataset_on, today),
        split: split(&kept),
        persons: persons(kept.persons),
        imported: dates::when_exactly(kept.imported_at, now),
        by: kept.imported_by,
        source: kept.source,
        tag: standing.tag(),
    });
    Ok(Page(ListPage {
        rows: rows.collect(),
        frame: visit.frame(Nav::Quality, Counts::default()).await?,
        may_write: caller.role.may(Permission::QualityWrite),
    }))
}

/// "12.450"; a dash when the table does not tell.
pub(super) fn persons(count: i64) -> String {
    u32::try_from(count).ok().filter(|count| *count > 0).map_or_else(|| "–".to_owned(), charts::count)
}
