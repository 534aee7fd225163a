//! The offers: `GET /katalog`. What must be gone through, what runs out, what is incomplete; seats and next start.
//!
//! Two queries: the offers, and the teams that are not over.

use askama::Template;
use axum::extract::{Query, State};
use domain::offer::{Offer, Publication};
use domain::permission::Permission;
use domain::workdays::local_date;
use serde::Deserialize;
use store::{Seen, Tx};

use super::capacity::Capacity;
use super::words::{attention, href, state, waiting};
use super::{content_hash, queries};
use crate::layout::{Counts, Frame, Nav, Tab, Tag};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller, teams};

#[derive(Template)]
#[template(path = "catalogue/list.html")]
pub(super) struct ListPage {
    frame: Frame,
    may: bool,
    public: String,
    tabs: Vec<Tab>,
    view: View,
    rows: Vec<Row>,
    /// None of any kind.
    none_at_all: bool,
}

struct Row {
    href: String,
    name: String,
    about: &'static str,
    state: Tag,
    attention: Vec<Tag>,
    seats: Option<String>,
    waiting: Option<String>,
}

/// Which offers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
enum View {
    /// Drafts and what is in public.
    #[default]
    #[serde(rename = "aktuelle")]
    Current,
    /// What somebody should look at.
    #[serde(rename = "se-paa")]
    Attention,
    /// Run out and withdrawn.
    #[serde(rename = "tidligere")]
    Past,
}

const VIEWS: [(View, &str, &str); 3] = [
    (View::Current, "/katalog", "Aktuelle"),
    (View::Attention, "/katalog?visning=se-paa", "Skal ses på"),
    (View::Past, "/katalog?visning=tidligere", "Tidligere"),
];

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    visning: View,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Query(query): Query<ListQuery>,
) -> Result<Page<ListPage>, AppError> {
    let (now, home) = (app.now(), app.organization(caller.organization).await?);
    let read = move |tx: &mut Tx<'_>| {
        let offers = queries::all(tx)?;
        Ok::<_, AppError>(Seen::nothing((offers, teams::current(tx, now)?)))
    };
    let (offers, teams) = app.store.view(caller.scope("offer.list", now), read).await?;
    let (today, months) = (local_date(now), home.settings.limits.soft_review_months);
    let rows: Vec<(View, Row)> = offers
        .iter()
        .map(|offer| {
            let offer = &offer.value;
            let capacity = Capacity::of(offer.id, &teams, now);
            let row = Row {
                href: href(offer.id),
                name: offer.name.clone(),
                about: offer.code.label(),
                state: state(offer),
                attention: attention(offer, &content_hash(offer, &home), today, months),
                seats: (capacity.teams > 0).then(|| format!("{} af {} ledige", capacity.free, capacity.seats)),
                waiting: waiting(offer, &capacity),
            };
            (of(offer), row)
        })
        .collect();
    let view = query.visning;
    let belongs = |kind: View, row: &Row, view: View| match view {
        View::Current | View::Past => kind == view,
        View::Attention => !row.attention.is_empty(),
    };
    let count = |view: View| rows.iter().filter(|(kind, row)| belongs(*kind, row, view)).count();
    let tab = |(this, href, label): (View, &str, &str)| Tab {
        href: href.to_owned(),
        label: label.to_owned(),
        count: Some(count(this)),
        current: this == view,
    };
    Ok(Page(ListPage {
        frame: visit.frame(Nav::Offers, Counts::default()).await?,
        may: caller.role.may(Permission::OfferWrite),
        public: format!("/tilbud/{}", home.code.as_str()),
        tabs: VIEWS.into_iter().map(tab).collect(),
        view,
        none_at_all: rows.is_empty(),
        rows: rows.into_iter().filter(|(kind, row)| belongs(*kind, row, view)).map(|(_, row)| row).collect(),
    }))
}

const fn of(offer: &Offer) -> View {
    match offer.publication {
        Publication::Draft | Publication::Published { .. } => View::Current,
        Publication::Expired { .. } | Publication::Withdrawn { .. } => View::Past,
    }
}
