//! The worklist of requests, the oldest promise first: `GET /henvisninger`.
//!
//! Three queries: the newest change, and the rows and the counts of the views when they changed since somebody looked.

use std::sync::Arc;

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

use super::worklist::{After, Counts, ROWS, View, WorklistKey, WorklistPage, WorklistRow};
use crate::layout::{self, Frame, Link, Moment, Nav, Owner, Tab, Tag, dates};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

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
    note: Option<String>,
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
    let key = WorklistKey { organization: caller.organization, user, view, today, after };
    let known = app.worklists.clone();
    let found = app
        .store
        .view(caller.scope("worklist", now), move |tx| {
            let newest_change = tx.newest_change()?;
            let page = match known.get(&key, newest_change) {
                Some(page) => page,
                None => Arc::new(WorklistPage::read(tx, key)?),
            };
            known.keep(key, newest_change, Arc::clone(&page));
            Ok::<_, AppError>(Seen::list(page.rows.iter().map(|row| row.citizen).collect(), page))
        })
        .await?;
    let WorklistPage { rows, more, counts } = &*found;
    let next_page = more.then(|| next_page(view, rows, asked.fra)).flatten();
    let badges = layout::Counts { referrals: usize::try_from(counts.new).ok(), mailbox: None };
    let frame = visit.frame(Nav::Referrals, badges);
    Ok(Page(InboxPage {
        frame: frame.await?,
        tabs: tabs(view, counts),
        title: title(view, counts, rows.len()),
        order: if view == View::Closed { "Nyeste først" } else { "Ældste frist først" },
        shown: shown(view, counts, asked.fra, rows.len()),
        first_page: after.map(|_| Link::new(address(view), "Til de første")),
        next_page,
        empty: empty(view),
        empty_link: (view != View::Open && counts.open > 0).then(|| Link::new("/henvisninger", "Vis alle åbne")),
        rows: rows.iter().map(|row| inbox_row(row, now, today)).collect(),
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

fn count_of(view: View, counts: &Counts) -> Option<usize> {
    let count = match view {
        View::Open => counts.open,
        View::New => counts.new,
        View::Mine => counts.mine,
        View::Late => counts.late,
        View::Closed => return None,
    };
    usize::try_from(count).ok()
}

fn tabs(current: View, counts: &Counts) -> Vec<Tab> {
    let tab = |&(view, _, label): &(View, &str, &str)| Tab {
        href: address(view),
        label: label.to_owned(),
        count: count_of(view, counts),
        current: view == current,
    };
    VIEWS.iter().map(tab).collect()
}

fn title(view: View, counts: &Counts, rows: usize) -> String {
    match count_of(view, counts) {
        Some(1) => "1 henvisning".to_owned(),
        Some(count) => format!("{count} henvisninger"),
        None if rows == 0 => "Ingen lukkede henvisninger".to_owned(),
        None => "Lukkede henvisninger".to_owned(),
    }
}

fn shown(view: View, counts: &Counts, before: usize, rows: usize) -> String {
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

fn inbox_row(row: &WorklistRow, now: Timestamp, today: Date) -> InboxRow {
    let next = row.next_step.as_deref().and_then(|word| TaskKind::parse(word).ok()).map_or("", TaskKind::label);
    InboxRow {
        tag: row.due_on.map_or_else(|| Tag::partly(state_label(&row.state)), |due| Tag::deadline(due, today)),
        age: row.born_on.map(|day| dates::age(day, today)),
        note: note(row, today),
        protected: row.protected,
        href: format!("/henvisninger/{}", row.id),
        reason: if row.about.is_empty() { "Ikke angivet".to_owned() } else { row.about.clone() },
        detail: row.wish.clone(),
        sender: row.requester.clone().unwrap_or_else(|| source_label(&row.source).to_owned()),
        received: Moment::new(row.received_at, now),
        next,
        owner: row.owner.clone().map(|initials| Owner { initials, role: "Medarbejder".to_owned() }),
        name: row.name.clone(),
    }
}

/// What must be seen before the row is opened. Flags stand as words with a space between.
fn note(row: &WorklistRow, today: Date) -> Option<String> {
    let has = |flag: Flag| row.flags.split(' ').any(|word| word == flag.word());
    let since = |day: Date| format!("afventer svar fra afsender, spurgt {}", dates::short_day(day, today));
    match () {
        () if has(Flag::Answered) => Some("svar fra afsender".to_owned()),
        () if has(Flag::Corrected) => Some("rettet af afsenderen".to_owned()),
        () if has(Flag::BackgroundMissing) => row.asked_on.map(since),
        () if has(Flag::CannotBeAnswered) => Some("kan ikke besvares".to_owned()),
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
