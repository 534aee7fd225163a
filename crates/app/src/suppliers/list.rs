//! Suppliers and other municipalities with their agreements: `GET /leverandoerer`. Two queries.

use askama::Template;
use axum::extract::State;
use domain::permission::Permission;
use domain::supplier::SupplierAgreement;
use domain::workdays::local_date;
use jiff::ToSpan;
use jiff::civil::Date;
use store::{Seen, Tx};

use super::queries::{self, Load};
use crate::layout::{Counts, Frame, Nav, Tag, dates};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

/// So many days before an agreement runs out it is told of.
const WARN_DAYS: i32 = 60;

#[derive(Template)]
#[template(path = "suppliers/list.html")]
pub(super) struct ListPage {
    frame: Frame,
    may: bool,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    name: String,
    kind: &'static str,
    competences: String,
    tag: Tag,
    there: i64,
    late: i64,
}

pub(super) async fn show(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<ListPage>, AppError> {
    let today = local_date(app.now());
    let read =
        move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing((queries::agreements(tx)?, queries::loads(tx, today)?)));
    let (agreements, loads) = app.store.view(caller.scope("supplier.list", app.now()), read).await?;
    let row = |it: &SupplierAgreement| {
        let load = loads.iter().find(|(id, _)| *id == it.supplier).map_or(Load::default(), |(_, load)| *load);
        Row {
            href: href(it),
            name: it.name.clone(),
            kind: it.kind.label(),
            competences: it.competences.iter().map(|one| one.label()).collect::<Vec<_>>().join(", "),
            tag: agreement_tag(it, today),
            there: load.there,
            late: load.late,
        }
    };
    Ok(Page(ListPage {
        frame: visit.frame(Nav::Offers, Counts::default()).await?,
        may: caller.role.may(Permission::OfferWrite),
        rows: agreements.iter().map(|it| row(&it.value)).collect(),
    }))
}

fn href(it: &SupplierAgreement) -> String {
    format!("/leverandoerer/{}", it.supplier)
}

/// Where an agreement stands today.
pub(super) fn agreement_tag(it: &SupplierAgreement, today: Date) -> Tag {
    match it.to {
        _ if today < it.from => Tag::planned(format!("Begynder {}", dates::full_day(it.from))),
        Some(last) if last < today => Tag::of("late", "late", format!("Udløb {}", dates::full_day(last))),
        Some(last) if last <= today.saturating_add(WARN_DAYS.days()) => {
            Tag::of("soon", "soon", format!("Udløber {}", dates::full_day(last)))
        }
        Some(_) | None => Tag::done("Aftalen gælder"),
    }
}
