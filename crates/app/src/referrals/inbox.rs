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
use super::worklist::{self, After, Counts, ROWS, Stands, View, Whose, WorklistKey, WorklistPage, WorklistRow};
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
    /// Whose requests are shown; none while something is searched for.
    owners: Option<Owners>,
    title: String,
    order: &'static str,
    rows: Vec<InboxRow>,
    shown: String,
    next_page: Option<Link>,
    first_page: Option<Link>,
    empty: String,
    empty_link: Option<Link>,
}

/// Whose requests may be asked for in the same view.
struct Owners {
    /// Everybody's, mine, nobody's.
    fixed: Vec<Tab>,
    /// The colleagues who have some, by name.
    colleagues: Vec<Tab>,
    /// One of them is chosen.
    colleague: bool,
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
    ansvar: String,
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
    let now = app.now();
    let today = local_date(now);
    let (view, after) = (chosen_view(&visit, caller.user.0, &asked).await?, after(&asked.efter));
    let key = WorklistKey { organization: caller.organization, view, today, after };
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
    page(&visit, caller.user.0, view, asked.fra, after, &found, now).await
}

async fn page(
    visit: &Visit,
    me: Uuid,
    view: View,
    before: usize,
    after: Option<After>,
    found: &WorklistPage,
    now: Timestamp,
) -> Result<Page<InboxPage>, AppError> {
    let today = local_date(now);
    let WorklistPage { rows, more, counts } = found;
    let next_page = more.then(|| next_page(view, me, rows, before)).flatten();
    let badges = layout::Counts { referrals: counts.of(NEW), mailbox: None };
    let frame = visit.frame(Nav::Referrals, badges);
    Ok(Page(InboxPage {
        frame: frame.await?,
        text: String::new(),
        said: String::new(),
        tabs: tabs(Some(view), me, counts),
        owners: Some(owners(view, me, counts)),
        title: title(view, counts, rows.len()),
        order: if view.stands == Stands::Closed { "Nyeste først" } else { "Ældste frist først" },
        shown: shown(view, counts, before, rows.len()),
        first_page: after.map(|_| Link::new(address(view, me), "Til de første")),
        next_page,
        empty: empty(view, me).to_owned(),
        empty_link: (view != OPEN && counts.of(OPEN) > Some(0)).then(|| Link::new(address(OPEN, me), "Vis alle åbne")),
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
    let (now, me, wanted) = (app.now(), caller.user.0, text.clone());
    let found = app
        .store
        .view(caller.scope("worklist.search", now), move |tx| {
            let rows = search::rows(tx, &wanted)?;
            let counts = worklist::counts(tx, local_date(now))?;
            Ok::<_, AppError>(Seen::list(rows.iter().map(|row| row.citizen).collect(), (rows, counts)))
        })
        .await?;
    let (rows, counts) = found;
    let title = match rows.len() {
        1 => "1 henvisning passer".to_owned(),
        count if count >= usize::from(ROWS) => format!("De første {ROWS} henvisninger, der passer"),
        count => format!("{count} henvisninger passer"),
    };
    let badges = layout::Counts { referrals: counts.of(NEW), mailbox: None };
    Ok(Page(InboxPage {
        frame: visit.frame(Nav::Referrals, badges).await?,
        said: title.clone(),
        title,
        tabs: tabs(None, me, &counts),
        owners: None,
        order: "Åbne først",
        shown: String::new(),
        first_page: None,
        next_page: None,
        empty: format!(
            "Ingen henvisninger passer til ”{text}”. Prøv efternavnet eller de første cifre af CPR-nummeret."
        ),
        empty_link: Some(Link::new(address(OPEN, me), "Vis alle åbne")),
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

const STANDS: [(Stands, &str, &str); 5] = [
    (Stands::Open, "aabne", "Alle åbne"),
    (Stands::New, "nye", "Nye"),
    (Stands::Late, "over-fristen", "Over fristen"),
    (Stands::Asked, "afventer-svar", "Afventer svar"),
    (Stands::Closed, "lukkede", "Lukkede"),
];

const OPEN: View = View { stands: Stands::Open, owner: Whose::Any };
const NEW: View = View { stands: Stands::New, owner: Whose::Any };

const MINE: &str = "mig";
const NOBODYS: &str = "ingen";

/// The view of an address; none when it names none. "Mine" is the reader's own, so that the address may be shared.
fn view_of(stands: &str, owner: &str, me: Uuid) -> Option<View> {
    let (stands, ..) = *STANDS.iter().find(|(_, known, _)| *known == stands)?;
    let owner = match owner {
        MINE => Whose::Of(me),
        NOBODYS => Whose::Nobody,
        other => other.parse().map_or(Whose::Any, Whose::Of),
    };
    Some(View { stands, owner })
}

/// The view that is asked for, or the one that was chosen last in this session. A new choice is written down; the closed
/// ones are looked up, not worked from.
async fn chosen_view(visit: &Visit, me: Uuid, asked: &Asked) -> Result<View, AppError> {
    let before = access::chosen(visit.session()?, CHOICE).await?;
    let remembered = before.as_deref().and_then(|words| words.split_once('/'));
    let Some(view) = view_of(&asked.visning, &asked.ansvar, me) else {
        return Ok(remembered.and_then(|(stands, owner)| view_of(stands, owner, me)).unwrap_or(OPEN));
    };
    let words = format!("{}/{}", stands_word(view.stands), owner_word(view.owner, me));
    if view.stands != Stands::Closed && before.as_deref().unwrap_or("aabne/") != words {
        access::choose(visit.session()?, CHOICE, &words).await?;
    }
    Ok(view)
}

/// What the session calls the chosen view.
const CHOICE: &str = "worklist";

fn stands_word(stands: Stands) -> &'static str {
    STANDS.iter().find(|(known, ..)| *known == stands).map_or("aabne", |(_, word, _)| word)
}

fn owner_word(owner: Whose, me: Uuid) -> String {
    match owner {
        Whose::Any => String::new(),
        Whose::Nobody => NOBODYS.to_owned(),
        Whose::Of(user) if user == me => MINE.to_owned(),
        Whose::Of(user) => user.to_string(),
    }
}

fn address(view: View, me: Uuid) -> String {
    let owner = owner_word(view.owner, me);
    let owner = if owner.is_empty() { owner } else { format!("&ansvar={owner}") };
    format!("/henvisninger?visning={}{owner}", stands_word(view.stands))
}

fn after(text: &str) -> Option<After> {
    let (day, id) = text.split_once('_')?;
    Some((day.parse().ok()?, id.parse().ok()?))
}

fn next_page(view: View, me: Uuid, rows: &[WorklistRow], before: usize) -> Option<Link> {
    let last = rows.last()?;
    let day = last.due_on.unwrap_or(Date::ZERO);
    let href = format!("{}&efter={day}_{}&fra={}", address(view, me), last.id, before + rows.len());
    Some(Link::new(href, format!("Næste {ROWS}")))
}

/// Where requests stand, among those of the same owner.
fn tabs(current: Option<View>, me: Uuid, counts: &Counts) -> Vec<Tab> {
    let owner = current.map_or(Whose::Any, |view| view.owner);
    let tab = |&(stands, _, label): &(Stands, &str, &str)| {
        let view = View { stands, owner };
        Tab { href: address(view, me), label: label.to_owned(), count: counts.of(view), current: Some(view) == current }
    };
    STANDS.iter().map(tab).collect()
}

/// Whose requests the view may show, with how many there are.
fn owners(view: View, me: Uuid, counts: &Counts) -> Owners {
    let tab = |owner: Whose, label: &str| {
        let other = View { owner, ..view };
        Tab { href: address(other, me), label: label.to_owned(), count: counts.of(other), current: other == view }
    };
    let others = counts.0.iter().filter_map(|owned| Some((owned.owner.filter(|owner| *owner != me)?, owned)));
    let colleagues: Vec<Tab> =
        others.map(|(owner, owned)| tab(Whose::Of(owner), owned.name.as_deref().unwrap_or_default())).collect();
    Owners {
        fixed: vec![tab(Whose::Any, "Alle"), tab(Whose::Of(me), "Mig"), tab(Whose::Nobody, "Ingen endnu")],
        colleague: matches!(view.owner, Whose::Of(owner) if owner != me),
        colleagues,
    }
}

fn title(view: View, counts: &Counts, rows: usize) -> String {
    match counts.of(view) {
        Some(1) => "1 henvisning".to_owned(),
        Some(count) => format!("{count} henvisninger"),
        None if rows == 0 => "Ingen lukkede henvisninger".to_owned(),
        None => "Lukkede henvisninger".to_owned(),
    }
}

fn shown(view: View, counts: &Counts, before: usize, rows: usize) -> String {
    let (from, to) = (before + 1, before + rows);
    match counts.of(view) {
        _ if rows == 0 => String::new(),
        Some(count) => format!("Viser {from}–{to} af {}", count.max(to)),
        None => format!("Viser {from}–{to}"),
    }
}

fn empty(view: View, me: Uuid) -> &'static str {
    match (view.stands, view.owner) {
        (Stands::Open, Whose::Any) => {
            "Der er ingen åbne henvisninger. De kommer her, når en læge, et sygehus eller en borger henvender sig."
        }
        (Stands::Open, Whose::Nobody) => "Alle åbne henvisninger har en ejer.",
        (Stands::Open, Whose::Of(owner)) if owner == me => "Du har ingen henvisninger. Åbn en fra listen, og tag den.",
        (Stands::New, Whose::Any) => "Der er ingen nye henvisninger. Alle er læst.",
        (Stands::Asked, Whose::Any) => "Ingen afsendere er spurgt om noget, de ikke har svaret på.",
        (Stands::Late, Whose::Any) => "Ingen henvisninger er over fristen.",
        (Stands::Closed, Whose::Any) => "Der er ingen lukkede henvisninger endnu.",
        _ => "Ingen henvisninger er både der og hos den, du har valgt.",
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
