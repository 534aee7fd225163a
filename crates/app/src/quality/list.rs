//! Requirements in a list: `GET /kvalitet/alle`, all of them with what proves them, and `GET /kvalitet/omraade/{area}`, one
//! area's. Four queries.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use jiff::civil::Date;
use standard::attestation::{Held, State as Declared};
use standard::{Kind, STANDARD};

use super::page::{Meta, ShareView, meta};
use super::read::{self, Whole};
use super::stand::{RequirementStand, Status};
use super::words;
use crate::layout::{Counts, Frame, Nav, Tab, Tag, dates};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "quality/list.html")]
pub(super) struct ListPage {
    frame: Frame,
    heading: String,
    meta: Meta,
    tabs: Vec<Tab>,
    /// The files hold all requirements, so they stand on the page of all.
    files: bool,
    parts: Vec<PartView>,
}

/// The requirements of an area.
struct PartView {
    id: String,
    name: &'static str,
    rows: Vec<RowView>,
}

pub(super) struct RowView {
    pub(super) href: String,
    pub(super) id: &'static str,
    pub(super) kind: &'static str,
    pub(super) summary: &'static str,
    pub(super) tag: Tag,
    pub(super) share: Option<ShareView>,
    pub(super) rest: Vec<String>,
    /// How it is decided, in a word.
    pub(super) way: &'static str,
    /// Who answers for it and on what, as they wrote it.
    pub(super) proof: Option<(String, String)>,
    /// Until when it holds, why it is switched off.
    pub(super) note: Option<String>,
    /// What somebody wrote as the reason.
    pub(super) reason: Option<String>,
}

/// Where a requirement has its page.
pub(crate) fn requirement_href(id: &str) -> String {
    format!("/kvalitet/krav/{id}")
}

pub(super) fn row(stand: &RequirementStand<'_>, today: Date) -> RowView {
    let requirement = stand.requirement;
    let judged = matches!(stand.status, Status::Met | Status::Partly | Status::NotMet | Status::Figure);
    let held = match &stand.status {
        Status::Declared(Declared::Valid(held) | Declared::ExpiresSoon(held) | Declared::Expired(held)) => Some(held),
        _ => None,
    };
    let (note, reason) = match &stand.status {
        Status::Off(off) => (Some(format!("Siden {}", dates::month_day(off.on, today))), Some(off.reason.clone())),
        _ => (held.map(|held| words::until(held.until, today)), None),
    };
    RowView {
        href: requirement_href(&requirement.id),
        id: requirement.id.as_str(),
        kind: requirement.kind.label(),
        summary: requirement.summary_da.as_str(),
        tag: words::tag(&stand.status),
        share: judged.then(|| ShareView::new(stand.all.share())),
        rest: if matches!(stand.status, Status::Off(_)) { Vec::new() } else { words::rest(stand.all) },
        way: words::way(&requirement.check),
        proof: held.map(proof),
        note,
        reason,
    }
}

fn proof(held: &Held<'_>) -> (String, String) {
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    (said(&held.attestation.by), said(&held.attestation.evidence))
}

/// What the list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shows {
    All,
    Krav,
    Met,
    Partly,
    NotMet,
}

impl Shows {
    const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::All, "/kvalitet/alle", "Alle"),
        (Self::Krav, "/kvalitet/alle?vis=krav", "Krav"),
        (Self::NotMet, "/kvalitet/alle?vis=ikke", "Ikke opfyldt"),
        (Self::Partly, "/kvalitet/alle?vis=delvist", "Delvist"),
        (Self::Met, "/kvalitet/alle?vis=opfyldt", "Opfyldt"),
    ];

    fn parse(word: Option<&String>) -> Self {
        match word.map(String::as_str) {
            Some("krav") => Self::Krav,
            Some("ikke") => Self::NotMet,
            Some("delvist") => Self::Partly,
            Some("opfyldt") => Self::Met,
            _ => Self::All,
        }
    }

    fn has(self, stand: &RequirementStand<'_>) -> bool {
        match self {
            Self::All => true,
            Self::Krav => stand.requirement.kind == Kind::Krav,
            Self::Met => stand.status.is_fulfilled() == Some(true),
            Self::Partly => stand.status == Status::Partly,
            Self::NotMet => stand.status == Status::NotMet,
        }
    }
}

pub(super) async fn all(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Page<ListPage>, AppError> {
    let whole = read::whole(&app, &caller).await?;
    let shows = Shows::parse(asked.get("vis"));
    let stands = whole.requirements();
    let tab = |(own, href, label): (Shows, &str, &str)| Tab {
        href: href.to_owned(),
        label: label.to_owned(),
        count: Some(stands.iter().filter(|stand| own.has(stand)).count()),
        current: own == shows,
    };
    let tabs = Shows::ALL.into_iter().map(tab).collect();
    let rows: Vec<&RequirementStand<'_>> = stands.iter().filter(|stand| shows.has(stand)).collect();
    page(&app, &visit, &whole, "Alle krav med bevis".to_owned(), (tabs, true), &rows).await
}

pub(super) async fn area(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(area): Path<String>,
) -> Result<Page<ListPage>, AppError> {
    let area = STANDARD.area(&area.replace('-', "_")).ok_or(AppError::NotFound("area"))?;
    let whole = read::whole(&app, &caller).await?;
    let stands = whole.requirements();
    let mut shown: Vec<&RequirementStand<'_>> =
        stands.iter().filter(|stand| stand.requirement.area == area.id).collect();
    shown.sort_by_key(|stand| stand.status.order());
    page(&app, &visit, &whole, area.name_da.clone(), (Vec::new(), false), &shown).await
}

async fn page(
    app: &App,
    visit: &Visit,
    whole: &Whole,
    heading: String,
    (tabs, files): (Vec<Tab>, bool),
    shown: &[&RequirementStand<'_>],
) -> Result<Page<ListPage>, AppError> {
    let parts = STANDARD.areas.iter().filter_map(|area| {
        let own = shown.iter().filter(|stand| stand.requirement.area == area.id);
        let rows: Vec<RowView> = own.map(|stand| row(stand, whole.today)).collect();
        (!rows.is_empty()).then(|| PartView { id: area.id.replace('_', "-"), name: area.name_da.as_str(), rows })
    });
    let parts = parts.collect();
    let frame = visit.frame(Nav::Quality, Counts::default()).await?;
    Ok(Page(ListPage { frame, heading, meta: meta(whole, app.now()), tabs, files, parts }))
}
