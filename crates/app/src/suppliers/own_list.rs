//! What a supplier has of ours: `GET /leverandoer`. Its own enrolments and nothing else. Three queries.

use askama::Template;
use axum::extract::State;
use domain::workdays::local_date;
use store::{Seen, Tx};

use super::queries::{self, OwnRow};
use crate::layout::{Counts, Frame, Nav, Tag, dates};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "suppliers/own_list.html")]
pub(super) struct OwnListPage {
    frame: Frame,
    /// The supplier and what was agreed; none when no agreement holds today.
    agreement: Option<Agreement>,
    rows: Vec<Row>,
}

struct Agreement {
    name: String,
    data: String,
    response_days: u16,
    to: Option<String>,
}

struct Row {
    href: String,
    name: String,
    what: &'static str,
    tag: Tag,
    by: String,
}

pub(super) fn own_href(id: domain::ids::PlannedInterventionId) -> String {
    format!("/leverandoer/{id}")
}

pub(super) async fn show(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<OwnListPage>, AppError> {
    let (user, today) = (caller.user, local_date(app.now()));
    let read = move |tx: &mut Tx<'_>| {
        let agreement = queries::agreement_of(tx, user, today)?;
        let rows = match &agreement {
            Some(it) => queries::own(tx, it.supplier)?,
            None => Vec::new(),
        };
        let shown: Vec<_> = rows.iter().map(|row| row.citizen.0).collect();
        let found = (agreement, rows);
        Ok::<_, AppError>(if shown.is_empty() { Seen::nothing(found) } else { Seen::list(shown, found) })
    };
    let (agreement, rows) = app.store.view(caller.scope("supplier.own_list", app.now()), read).await?;
    let row = |row: OwnRow| Row {
        href: own_href(row.intervention),
        name: row.name,
        what: row.code.label(),
        tag: match row.waits {
            false => Tag::done("Sendt tilbage"),
            true if row.results_by < today => Tag::of("late", "late", "Resultater mangler"),
            true => Tag::under_way(),
        },
        by: dates::long_day(row.results_by, today),
    };
    Ok(Page(OwnListPage {
        frame: visit.frame(Nav::SupplierOwn, Counts::default()).await?,
        agreement: agreement.map(|it| Agreement {
            name: it.name,
            data: it.data,
            response_days: it.response_days,
            to: it.to.map(dates::full_day),
        }),
        rows: rows.into_iter().map(row).collect(),
    }))
}
