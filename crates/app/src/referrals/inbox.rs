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

use super::search;
use super::worklist::{self, After, Counts, ROWS, View, WorklistKey, WorklistPage, WorklistRow};
use crate::layout::{self, Frame, Link, Moment, Nav, Owner, Tab, Tag, dates};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, access};

#[derive(Template)]
#[template(path = "referrals/inbox.html")]
pub(super) struct InboxPage {
    frame: Frame,
    /// What is searched for; empty while the whole view is shown.
    text: String,
    /// How many were found, for who does not see the list change.
    said: String,
    tabs: Vec<Tab>,
    title: String,
    order: &'static str,
    rows: Vec<InboxRow>,
    shown: String,
    next_page: Option<Link>,
    first_page: Option<Link>,
    empty: String,
    empty_link: Option<Link>,
}

struct InboxRow {
    tag: Tag,
    name: String,
    age: Option<String>,
    note: Option<String>,
    protected: bool,
    href: String,
    /// In the sender's or the caller's words; may be empty.
    about: String,
    wish: String,
    /// Who refers; else where it came from is said.
    sender: Option<String>,
    source: &'static str,
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
    let (view, after) = (chosen_view(&visit, &asked.visning).await?, after(&asked.efter));
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
    page(&visit, view, asked.fra, after, &found, now).await
}

async fn page(
    visit: &Visit,
    view: View,
    before: usize,
    after: Option<After>,
    found: &WorklistPage,
    now: Timestamp,
) -> Result<Page<InboxPage>, AppError> {
    let today = local_date(now);
    let WorklistPage { rows, more, counts } = found;
    let next_page = more.then(|| next_page(view, rows, before)).flatten();
    let badges = layout::Counts { referrals: usize::try_from(counts.new).ok(), mailbox: None };
    let frame = visit.frame(Nav::Referrals, badges);
    Ok(Page(InboxPage {
        frame: frame.await?,
        text: String::new(),
        said: String::new(),
        tabs: tabs(Some(view), counts),
        title: title(view, counts, rows.len()),
        order: if view == View::Closed { "Nyeste først" } else { "Ældste frist først" },
        shown: shown(view, counts, before, rows.len()),
        first_page: after.map(|_| Link::new(address(view), "Til de første")),
        next_page,
        empty: empty(view).to_owned(),
        empty_link: (view != View::Open && counts.open > 0).then(|| Link::new(address(View::Open), "Vis alle åbne")),
        rows: rows.iter().map(|row| inbox_row(row, now, today)).collect(),
    }))
}

/// The list again with what fits a search: `POST /henvisninger/soeg`. What is searched for travels in the body, so that no
/// name or number stands in an address or a log.
pub(super) async fn find(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(wanted): PageForm<Wanted>,
) -> Result<Page<InboxPage>, AppError> {
    let text = wanted.tekst.trim().to_owned();
    if text.is_empty() {
        return show(State(app), caller, visit, Query(Asked::default())).await;
    }
    let (now, user, wanted) = (app.now(), caller.user.0, text.clone());
    let found = app
        .store
        .view(caller.scope("worklist.search", now), move |tx| {
            let rows = search::rows(tx, &wanted)?;
            let counts = worklist::counts(tx, user, local_date(now))?;
            Ok::<_, AppError>(Seen::list(rows.iter().map(|row| row.citizen).collect(), (rows, counts)))
        })
        .await?;
    let (rows, counts) = found;
    let title = match rows.len() {
        1 => "1 henvisning passer".to_owned(),
        count if count >= usize::from(ROWS) => format!("De første {ROWS} henvisninger, der passer"),
        count => format!("{count} henvisninger passer"),
    };
    let badges = layout::Counts { referrals: usize::try_from(counts.new).ok(), mailbox: None };
    Ok(Page(InboxPage {
        frame: visit.frame(Nav::Referrals, badges).await?,
        said: title.clone(),
        title,
        tabs: tabs(None, &counts),
        order: "Åbne først",
        shown: String::new(),
        first_page: None,
        next_page: None,
        empty: format!(
            "Ingen henvisninger passer til ”{text}”. Prøv efternavnet eller de første cifre af CPR-nummeret."
        ),
        empty_link: Some(Link::new(address(View::Open), "Vis alle åbne")),
        rows: rows.iter().map(|row| inbox_row(row, now, local_date(now))).collect(),
        text,
    }))
}

/// What is searched for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Wanted {
    tekst: String,
}

const VIEWS: [(View, &str, &str); 6] = [
    (View::Open, "aabne", "Alle åbne"),
    (View::New, "nye", "Nye"),
    (View::Mine, "mine", "Mine"),
    (View::Unowned, "uden-ejer", "Uden ejer"),
    (View::Late, "over-fristen", "Over fristen"),
    (View::Closed, "lukkede", "Lukkede"),
];

/// The view of an address; none when it names none.
fn view_of(word: &str) -> Option<View> {
    VIEWS.iter().find(|(_, known, _)| *known == word).map(|(view, ..)| *view)
}

/// The view that is asked for, or the one that was chosen last in this session. A new choice is
/// written down; the closed ones are looked up, not worked from.
async fn chosen_view(visit: &Visit, word: &str) -> Result<View, AppError> {
    let before = access::chosen(visit.session()?, CHOICE).await?;
    let Some(view) = view_of(word) else { return Ok(before.and_then(|b| view_of(&b)).unwrap_or(View::Open)) };
    if view != View::Closed && before.as_deref().unwrap_or("aabne") != word {
        access::choose(visit.session()?, CHOICE, word).await?;
    }
    Ok(view)
}

/// What the session calls the chosen view.
const CHOICE: &str = "worklist";

fn address(view: View) -> String {
    let word = VIEWS.iter().find(|(known, ..)| *known == view).map_or("aabne", |(_, word, _)| word);
    format!("/henvisninger?visning={word}")
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
        View::Unowned => counts.unowned,
        View::Late => counts.late,
        View::Closed => return None,
    };
    usize::try_from(count).ok()
}

fn tabs(current: Option<View>, counts: &Counts) -> Vec<Tab> {
    let tab = |&(view, _, label): &(View, &str, &str)| Tab {
        href: address(view),
        label: label.to_owned(),
        count: count_of(view, counts),
        current: Some(view) == current,
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
        View::Unowned => "Alle åbne henvisninger har en ejer.",
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
        about: row.about.clone(),
        wish: row.wish.clone(),
        sender: row.requester.clone(),
        source: source_label(&row.source),
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
