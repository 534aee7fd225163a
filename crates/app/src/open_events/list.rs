//! A year of open offers: what they came to, and each of them.

use askama::Template;
use axum::extract::{Query, State};
use domain::open_event::{OpenEventKind, OpenEventTotal};
use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::civil::{Date, date};
use serde::Deserialize;
use store::{Seen, Tx};

use super::form::clock;
use super::queries::{self, Counted};
use crate::catalogue::{self, Choosable};
use crate::layout::{Counts, Frame, Moment, Nav, Tab, Tag};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

/// Width of the longest bar.
const BAR: u32 = 160;

#[derive(Template)]
#[template(path = "open_events/list.html")]
pub(super) struct ListPage {
    frame: Frame,
    may: bool,
    /// From here somebody who wants help becomes a request: this press, and the one that saves it.
    may_register: bool,
    year: i16,
    years: Vec<Tab>,
    totals: Vec<Total>,
    rows: Vec<Line>,
}

struct Total {
    kind: &'static str,
    times: u32,
    people: u32,
    talked: u32,
    went_on: u32,
    requests: u32,
    /// Hours it was open, as far as they were written: "4,5".
    hours: Option<String>,
    places: usize,
    /// Of [`BAR`].
    bar: u32,
}

struct Line {
    href: String,
    day: Moment,
    kind: &'static str,
    /// "10.00–14.00".
    hours: Option<String>,
    place: String,
    /// The offer that it was held for.
    offer: Option<String>,
    people: u16,
    talked: u16,
    went_on: u16,
    requests: u16,
    crowded: Option<Tag>,
    note: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct ListQuery {
    #[serde(default)]
    aar: String,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Query(query): Query<ListQuery>,
) -> Result<Page<ListPage>, AppError> {
    let today = local_date(app.now());
    let year =
        query.aar.parse::<i16>().ok().filter(|year| (2000..=today.year()).contains(year)).unwrap_or(today.year());
    let read = move |tx: &mut Tx<'_>| {
        let found = (queries::held(tx, date(year, 1, 1), date(year, 12, 31))?, queries::first_day(tx)?);
        Ok::<_, AppError>(Seen::nothing(found))
    };
    let (held, first) = app.store.view(caller.scope("open_event.list", app.now()), read).await?;
    let tied = held.iter().any(|version| version.event.offer.is_some());
    let offers = if tied { catalogue::choosable(&app, &caller).await? } else { Vec::new() };
    Ok(Page(ListPage {
        frame: visit.frame(Nav::Teams, Counts::default()).await?,
        may: caller.role.may(Permission::TeamWrite),
        may_register: caller.role.may(Permission::ReferralWrite),
        year,
        years: years(first, today, year),
        totals: totals(&held),
        rows: held.into_iter().map(|version| line(version, &offers, today)).collect(),
    }))
}

/// From the first counted year to this one, the newest first.
fn years(first: Option<Date>, today: Date, chosen: i16) -> Vec<Tab> {
    let first = first.map_or(today.year(), Date::year).min(chosen);
    let tab = |year: i16| Tab {
        href: format!("/hold/aabne?aar={year}"),
        label: year.to_string(),
        count: None,
        current: year == chosen,
    };
    (first..=today.year()).rev().map(tab).collect()
}

fn totals(held: &[Counted]) -> Vec<Total> {
    let of = |kind: &OpenEventKind| {
        let own: Vec<&Counted> = held.iter().filter(|version| version.event.kind == *kind).collect();
        let mut places: Vec<&str> = own.iter().map(|version| version.event.place.as_str()).collect();
        places.sort_unstable();
        places.dedup();
        (*kind, OpenEventTotal::of(own.iter().map(|version| &version.event)), places.len())
    };
    let all: Vec<(OpenEventKind, OpenEventTotal, usize)> = OpenEventKind::ALL.iter().map(of).collect();
    let most = all.iter().map(|(_, total, _)| total.people).max().unwrap_or_default().max(1);
    let row = |(kind, total, places): (OpenEventKind, OpenEventTotal, usize)| Total {
        kind: kind.label(),
        times: total.times,
        people: total.people,
        talked: total.talked,
        went_on: total.went_on,
        requests: total.requests,
        hours: (total.minutes > 0).then(|| hours(total.minutes)),
        places,
        bar: total.people * BAR / most,
    };
    all.into_iter().filter(|(_, total, _)| total.times > 0).map(row).collect()
}

/// Minutes as hours with at most one decimal: "4", "4,5".
fn hours(minutes: u32) -> String {
    let tenths = (minutes * 10 + 30) / 60;
    if tenths.is_multiple_of(10) { (tenths / 10).to_string() } else { format!("{},{}", tenths / 10, tenths % 10) }
}

fn line(version: Counted, offers: &[Choosable], today: Date) -> Line {
    let event = version.event;
    Line {
        href: format!("/hold/aabne/{}", event.id),
        day: Moment::day(event.held_on, today),
        kind: event.kind.label(),
        crowded: event.is_crowded().then(|| Tag::of("soon", "teams", "Over 10")),
        hours: event.hours.map(|it| format!("{}–{}", clock(it.from), clock(it.to)).replace(':', ".")),
        place: event.place,
        offer: event.offer.and_then(|id| offers.iter().find(|offer| offer.id == id)).map(|offer| offer.name.clone()),
        people: event.people,
        talked: event.talked,
        went_on: event.went_on,
        requests: event.requests,
        note: event.note,
    }
}
