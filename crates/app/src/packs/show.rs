//! A pack to print, `/pakker/{pack}`, and as a workbook, `/pakker/{pack}/hent/xlsx`. At most six queries.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::cooperation::PackKind;
use domain::permission::{Permission, Role};
use domain::workdays::local_date;

use super::build::{Ask, Pack, build};
use super::page::may;
use super::schedule::file_name;
use crate::cooperation::{Table, chosen, period_word};
use crate::layout::{Counts, Frame, Nav, Tab};
use crate::mailbox::{as_download, note_export};
use crate::quality::XLSX;
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller, ids};

#[derive(Template)]
#[template(path = "packs/show.html")]
pub(super) struct ShowPage {
    frame: Frame,
    title: &'static str,
    about: Vec<(&'static str, String)>,
    tables: Vec<Table>,
    behind: bool,
    file: String,
    back: String,
    /// One switch: the same figures as the operator and as the authority.
    views: Vec<Tab>,
}

/// What is asked for by an address, for somebody who may.
pub(super) fn asked(app: &App, caller: &Caller, pack: &str, query: &HashMap<String, String>) -> Result<Ask, AppError> {
    let kind = PackKind::parse(pack).map_err(|_| AppError::NotFound("pack"))?;
    if !may(caller, kind) {
        caller.require(Permission::Cooperation)?;
    }
    let (period, _) = chosen(query.get("periode").map(String::as_str), local_date(app.now()))?;
    // Whoever is of the authority sees what the authority sees, whatever is asked for.
    let wants = query.get("set").is_some_and(|word| word == AUTHORITY);
    let as_authority = kind == PackKind::Authority && (wants || caller.role == Role::Authority);
    Ok(Ask { kind, period, as_authority })
}

const AUTHORITY: &str = "myndighed";

fn query(ask: Ask) -> String {
    let set = if ask.as_authority { "&set=myndighed" } else { "" };
    format!("periode={}{set}", period_word(ask.period))
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(pack): Path<String>,
    Query(said): Query<HashMap<String, String>>,
) -> Result<Page<ShowPage>, AppError> {
    let ask = asked(&app, &caller, &pack, &said)?;
    let Pack { title, about, tables, behind } = build(&app, &caller, ask).await?;
    let view = |as_authority: bool, label: &str| Tab {
        href: format!("/pakker/{pack}?{}", query(Ask { as_authority, ..ask })),
        label: label.to_owned(),
        count: None,
        current: as_authority == ask.as_authority,
    };
    let switches = ask.kind == PackKind::Authority && caller.role != Role::Authority;
    let views = if switches {
        vec![view(false, "Kommunen som driftsoperatør"), view(true, "Regionen som myndighed")]
    } else {
        Vec::new()
    };
    Ok(Page(ShowPage {
        frame: visit.frame(Nav::Packs, Counts::default()).await?,
        title,
        about,
        tables,
        behind,
        file: format!("/pakker/{pack}/hent/xlsx?{}", query(ask)),
        back: format!("/pakker?periode={}", period_word(ask.period)),
        views,
    }))
}

pub(super) async fn file(
    State(app): State<App>,
    caller: Caller,
    Path(pack): Path<String>,
    Query(said): Query<HashMap<String, String>>,
) -> Result<Response, AppError> {
    let ask = asked(&app, &caller, &pack, &said)?;
    let body = build(&app, &caller, ask).await?.workbook()?;
    note_export(&app, &caller, "pack.export", ids::new(app.now()), &body).await?;
    Ok(as_download(body, XLSX, &file_name(ask.kind, ask.period)))
}
