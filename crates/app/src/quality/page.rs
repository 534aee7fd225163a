//! The quality standard at a glance: `GET /kvalitet`. Four queries, and one for who reports: it is where a quality
//! consultant begins, so what the state refused stands here.

use askama::Template;
use axum::extract::State;
use domain::permission::Permission;
use standard::Share;
use standard::attestation::State as Declared;
use store::{Seen, Tx};

use super::kept::period;
use super::read::{self, Whole};
use super::stand::{self, AreaStand, RequirementStand, Status};
use super::words;
use crate::layout::{Counts, Frame, Nav, dates, lower_first};
use crate::reporting::{self, Refusals};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "quality/page.html")]
pub(super) struct QualityPage {
    frame: Frame,
    meta: Meta,
    figures: Vec<Figure>,
    areas: Vec<AreaView>,
    last_month: String,
    may_write: bool,
}

/// When, of what, and whether something is not counted yet.
pub(super) struct Meta {
    pub(super) at: Option<String>,
    pub(super) period: (String, String),
    pub(super) behind: bool,
}

struct Figure {
    kind: &'static str,
    icon: &'static str,
    count: usize,
    label: &'static str,
    says: String,
    href: &'static str,
}

struct AreaView {
    href: String,
    name: &'static str,
    bar: ShareView,
    fulfilled: String,
    month: String,
    quarter: String,
    before: String,
    not_met: String,
    unknown: String,
    not_yet_due: String,
}

/// A share as a bar with its numbers.
pub(super) struct ShareView {
    /// 0 to 100; none without units.
    pub(super) width: Option<u64>,
    pub(super) percent: String,
    pub(super) of: String,
}

impl ShareView {
    pub(super) fn new(share: Share) -> Self {
        Self {
            width: words::whole_percent(share),
            percent: words::percent(share).unwrap_or_else(|| NOTHING.to_owned()),
            of: if share.of == 0 { String::new() } else { words::of(share) },
        }
    }
}

/// Where there is no number.
pub(super) const NOTHING: &str = "–";

pub(super) fn meta(whole: &Whole, now: jiff::Timestamp) -> Meta {
    let (from, to) = period(whole.today);
    Meta {
        at: whole.at.map(|at| lower_first(&dates::when_exactly(at, now))),
        period: (dates::month_day(from, whole.today), dates::month_day(to, whole.today)),
        behind: whole.behind,
    }
}

pub(super) async fn show(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<QualityPage>, AppError> {
    let whole = read::whole(&app, &caller).await?;
    let all = whole.requirements();
    let mut figures = figures(&all);
    if caller.role.may(Permission::Report) {
        let now = app.now();
        let read = move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(reporting::refusals(tx, now)?));
        figures.push(refused(app.store.view(caller.scope("report.refusals", now), read).await?));
    }
    let last = period(whole.today).1.first_of_month().yesterday().unwrap_or(whole.today);
    Ok(Page(QualityPage {
        frame: visit.frame(Nav::Quality, Counts::default()).await?,
        meta: meta(&whole, app.now()),
        figures,
        areas: stand::areas(&all).iter().map(area_view).collect(),
        last_month: domain::workdays::month(last).to_owned(),
        may_write: caller.role.may(Permission::QualityWrite),
    }))
}

/// Where an area's requirements stand.
pub(super) fn area_href(area: &str) -> String {
    format!("/kvalitet/omraade/{}", area.replace('_', "-"))
}

fn figures(all: &[RequirementStand<'_>]) -> Vec<Figure> {
    let count = |wanted: &dyn Fn(&Status<'_>) -> bool| all.iter().filter(|one| wanted(&one.status)).count();
    let judged = count(&|status| status.is_fulfilled().is_some());
    let met = count(&|status| status.is_fulfilled() == Some(true));
    let partly = count(&|status| matches!(status, Status::Partly));
    let krav = |status: &dyn Fn(&Status<'_>) -> bool| {
        all.iter().filter(|one| one.requirement.kind == standard::Kind::Krav && status(&one.status)).count()
    };
    let not_met = count(&|status| matches!(status, Status::NotMet));
    let late = |status: &Status<'_>| {
        matches!(status, Status::Declared(Declared::Missing | Declared::Expired(_) | Declared::ExpiresSoon(_)))
    };
    let can_come: u64 = all.iter().map(|one| one.all.not_yet_due).sum();
    let krav_not_met = krav(&|status| matches!(status, Status::NotMet));
    vec![
        Figure {
            kind: "ok",
            icon: "done",
            count: met,
            label: "Opfyldt",
            says: format!("Af {judged} krav og anbefalinger"),
            href: "/kvalitet/alle?vis=opfyldt",
        },
        Figure {
            kind: "",
            icon: "half",
            count: partly,
            label: "Delvist opfyldt",
            says: format!("{} har frist endnu", words::number(can_come)),
            href: "/kvalitet/alle?vis=delvist",
        },
        Figure {
            kind: if not_met == 0 { "" } else { "late" },
            icon: "late",
            count: not_met,
            label: "Ikke opfyldt",
            says: format!("{krav_not_met} af dem er krav"),
            href: "/kvalitet/alle?vis=ikke",
        },
        Figure {
            kind: if count(&late) == 0 { "" } else { "soon" },
            icon: "draft",
            count: count(&late),
            label: "Erklæringer",
            says: "Mangler, er udløbet eller udløber inden 60 dage".to_owned(),
            href: "/kvalitet/erklaeringer",
        },
    ]
}

fn refused(refusals: Refusals) -> Figure {
    Figure {
        kind: if refusals.overdue == 0 { "none" } else { "late" },
        icon: "error",
        count: refusals.overdue,
        label: "Afviste indberetninger",
        says: refusals.says(),
        href: "/indberetning",
    }
}

fn area_view(stand: &AreaStand) -> AreaView {
    let share = |tally: standard::Tally| words::percent(tally.share()).unwrap_or_else(|| NOTHING.to_owned());
    AreaView {
        href: area_href(&stand.area.id),
        name: stand.area.name_da.as_str(),
        bar: ShareView::new(stand.all.share()),
        fulfilled: format!("{} af {}", stand.fulfilled, stand.judged),
        month: share(stand.month),
        quarter: share(stand.quarter),
        before: share(stand.quarter_before),
        not_met: words::number(stand.all.not_met),
        unknown: words::number(stand.all.unknown),
        not_yet_due: words::number(stand.all.not_yet_due),
    }
}
