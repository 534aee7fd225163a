//! The worklist of requests, the oldest promise first: `GET /henvisninger`.
//!
//! Two queries: the rows and the counts of the views.

use askama::Template;
use axum::extract::{Query, State};
use domain::referral::ReferralState;
use domain::service_request::{Flag, Source};
use domain::task::TaskKind;
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use store::Seen;
use uuid::Uuid;

use super::queries::{self, After, View, WorklistRow};
use crate::layout::{self, Frame, Link, Moment, Nav, Owner, Tab, Tag, dates};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

/// Rows of a page.
const ROWS: u8 = 50;

#[derive(Template)]
#[template(path = "referrals/inbox.html")]
pub(super) struct InboxPage {
    frame: Frame,
    tabs: Vec<Tab>,
    title: String,
    order: &'static str,
    rows: Vec<InboxRow>,
    shown: String,
    next_page: Option<Link>,
    first_page: Option<Link>,
    empty: &'static str,
    empty_link: Option<Link>,
}

struct InboxRow {
    tag: Tag,
    name: String,
    age: Option<String>,
    note: Option<&'static str>,
    protected: bool,
    href: String,
    reason: String,
    detail: String,
    sender: String,
    received: Moment,
    next: &'static str,
    owner: Option<Owner>,
}

/// Which part of the list is asked for. Every view is a real address, without names and numbers in it.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    visning: String,
    /// Where the page before ended: day and id.
    efter: String,
    /// How many rows lie before this page.
    fra: usize,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Page<InboxPage>, AppError> {
    let (now, user) = (app.now(), caller.user.0);
    let today = local_date(now);
    let (view, after) = (view_of(&asked.visning), after(&asked.efter));
    // Read before the counts are: a change in between makes them stale, never fresh by mistake.
    let (at_change, known) = (app.store.changes(), app.known_counts(caller.organization, user));
    let (mut rows, counts) = app
        .store
        .view(caller.scope("worklist", now), move |tx| {
            // One more than shown tells whether there is another page.
            let mut rows = queries::worklist(tx, view, user, today, after, i64::from(ROWS) + 1)?;
            let counts = known.map_or_else(|| queries::counts(tx, user, today), Ok)?;
            let more = rows.split_off(rows.len().min(ROWS.into()));
            let seen = rows.iter().map(|row| row.citizen).collect();
            Ok::<_, AppError>(Seen::list(seen, ((rows, !more.is_empty()), counts)))
        })
        .await?;
    app.remember_counts(caller.organization, user, at_change, counts);
    let next_page = rows.1.then(|| next_page(view, &rows.0, asked.fra)).flatten();
    let frame =
        visit.frame(Nav::Referrals, layout::Counts { referrals: usize::try_from(counts.new).ok(), mailbox: None });
    Ok(Page(InboxPage {
        frame: frame.await?,
        tabs: tabs(view, &counts),
        title: title(view, &counts, rows.0.len()),
        order: if view == View::Closed { "Nyeste først" } else { "Ældste frist først" },
        shown: shown(view, &counts, asked.fra, rows.0.len()),
        first_page: after.map(|_| Link::new(address(view), "Til de første")),
        next_page,
        empty: empty(view),
        empty_link: (view != View::Open && counts.open > 0).then(|| Link::new("/henvisninger", "Vis alle åbne")),
        rows: rows.0.drain(..).map(|row| inbox_row(row, now, today)).collect(),
    }))
}

const VIEWS: [(View, &str, &str); 5] = [
    (View::Open, "aabne", "Alle åbne"),
    (View::New, "nye", "Nye"),
    (View::Mine, "mine", "Mine"),
    (View::Late, "over-fristen", "Over fristen"),
    (View::Closed, "lukkede", "Lukkede"),
];

fn view_of(word: &str) -> View {
    VIEWS.iter().find(|(_, known, _)| *known == word).map_or(View::Open, |(view, ..)| *view)
}

fn address(view: View) -> String {
    let word = VIEWS.iter().find(|(known, ..)| *known == view).map_or("aabne", |(_, word, _)| word);
    if view == View::Open { "/henvisninger".to_owned() } else { format!("/henvisninger?visning={word}") }
}

fn after(text: &str) -> Option<After> {
    let (day, id) = text.split_once('_')?;
    Some((day.parse().ok()?, id.parse().ok()?))
}

fn next_page(view: View, rows: &[WorklistRow], before: usize) -> Option<Link> {
    let last = rows.last()?;
    let day = last.due_on.unwrap_or(Date::ZERO);
    let word = VIEWS.iter().find(|(known, ..)| *known == view)?.1;
    let href = format!("/henvisninger?visning={word}&efter={day}_{}&fra={}", last.id, before + rows.len());
    Some(Link::new(href, format!("Næste {ROWS}")))
}

fn count_of(view: View, counts: &queries::Counts) -> Option<usize> {
    let count = match view {
        View::Open => counts.open,
        View::New => counts.new,
        View::Mine => counts.mine,
        View::Late => counts.late,
        View::Closed => return None,
    };
    usize::try_from(count).ok()
}

fn tabs(current: View, counts: &queries::Counts) -> Vec<Tab> {
    let tab = |&(view, _, label): &(View, &str, &str)| Tab {
        href: address(view),
        label: label.to_owned(),
        count: count_of(view, counts),
        current: view == current,
    };
    VIEWS.iter().map(tab).collect()
}

fn title(view: View, counts: &queries::Counts, rows: usize) -> String {
    match count_of(view, counts) {
        Some(1) => "1 henvisning".to_owned(),
        Some(count) => format!("{count} henvisninger"),
        None if rows == 0 => "Ingen lukkede henvisninger".to_owned(),
        None => "Lukkede henvisninger".to_owned(),
    }
}

fn shown(view: View, counts: &queries::Counts, before: usize, rows: usize) -> String {
    let (from, to) = (before + 1, before + rows);
    match count_of(view, counts) {
        _ if rows == 0 => String::new(),
        Some(count) => format!("Viser {from}–{to} af {}", count.max(to)),
        None => format!("Viser {from}–{to}"),
    }
}

const fn empty(view: View) -> &'static str {
    match view {
        View::Open => {
            "Der er ingen åbne henvisninger. De kommer her, når en læge, et sygehus eller en borger henvender sig."
        }
        View::New => "Der er ingen nye henvisninger. Alle er læst.",
        View::Mine => "Du har ingen henvisninger. Åbn en fra listen, og tag den.",
        View::Late => "Ingen henvisninger er over fristen.",
        View::Closed => "Der er ingen lukkede henvisninger endnu.",
    }
}

fn inbox_row(row: WorklistRow, now: Timestamp, today: Date) -> InboxRow {
    let next = row.next_step.as_deref().and_then(|word| TaskKind::parse(word).ok()).map_or("", TaskKind::label);
    InboxRow {
        tag: row.due_on.map_or_else(|| Tag::partly(state_label(&row.state)), |due| Tag::deadline(due, today)),
        age: row.born_on.map(|day| dates::age(day, today)),
        note: note(&row.flags),
        protected: row.protected,
        href: format!("/henvisninger/{}", row.id),
        reason: if row.about.is_empty() { "Ikke angivet".to_owned() } else { row.about },
        detail: row.wish,
        sender: row.requester.unwrap_or_else(|| source_label(&row.source).to_owned()),
        received: Moment::new(row.received_at, now),
        next,
        owner: row.owner.map(|initials| Owner { initials, role: "Medarbejder".to_owned() }),
        name: row.name,
    }
}

/// What must be seen before the row is opened. Flags stand as words with a space between.
fn note(flags: &str) -> Option<&'static str> {
    let has = |flag: Flag| flags.split(' ').any(|word| word == flag.word());
    match () {
        () if has(Flag::Corrected) => Some("rettet af afsenderen"),
        () if has(Flag::CannotBeAnswered) => Some("kan ikke besvares"),
        () if has(Flag::BackgroundMissing) => Some("baggrund mangler"),
        () => None,
    }
}

fn source_label(word: &str) -> &'static str {
    Source::parse(word).map_or("Ikke oplyst", Source::label)
}

/// The label of a state that the list knows by its word only.
fn state_label(word: &str) -> &'static str {
    let (id, at) = (Uuid::nil(), Timestamp::UNIX_EPOCH);
    let closed = [
        ReferralState::Joined { at, course: id.into() },
        ReferralState::NeverReached { at },
        ReferralState::Returned { at, reason: domain::referral::ReturnReason::NotForUs },
        ReferralState::Rejected { at, reason: String::new() },
        ReferralState::Declined { at, reason: domain::referral::DeclineReason::NotSaid },
        ReferralState::Duplicate { at, of: id.into() },
        ReferralState::Replaced { at, by: id.into() },
        ReferralState::Moved { at },
        ReferralState::Dead { at },
        ReferralState::EnteredInError { at },
    ];
    closed.iter().find(|state| state.word() == word).map_or("Lukket", ReferralState::label)
}
