//! The start page's words.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use store::Seen;

use super::queries::{self, Overview, Panel, Person, RequestLine, TaskLine};
use crate::layout::{Counts, Frame, Link, Nav, Owner, Tag, dates, first_page};
use crate::teams::{self, SessionRow};
use crate::web::{Page, Routes, Visit};
use crate::{App, AppError, Caller, calendar};

/// The route of this capability.
pub fn routes() -> Routes {
    Routes::new().get("/", Permission::LoggedIn, show)
}

#[derive(Template)]
#[template(path = "overview/overview.html")]
struct OverviewPage {
    frame: Frame,
    heading: String,
    facts: String,
    teams: Vec<SessionRow>,
    panels: Vec<TaskPanel>,
}

struct TaskPanel {
    id: &'static str,
    title: &'static str,
    meta: String,
    empty: &'static str,
    tasks: Vec<TaskRow>,
}

struct TaskRow {
    tag: Tag,
    name: String,
    age: Option<String>,
    href: String,
    what: String,
    why: String,
    owner: Option<Owner>,
    next: Link,
    primary: bool,
}

async fn show(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Response, AppError> {
    // The page is about citizens; roles that open no records start on the first page that is theirs.
    if !caller.role.may(Permission::ReferralRead) {
        let page = first_page(caller.role).ok_or(AppError::Forbidden(Permission::ReferralRead.word()))?;
        return Ok(Redirect::to(page).into_response());
    }
    let now = app.now();
    let user = caller.user.0;
    let (reads, writes) = (caller.role.may(Permission::TeamRead), caller.role.may(Permission::TeamWrite));
    let seen = app.store.view(caller.scope("overview", now), move |tx| {
        let teams = if reads { teams::today(tx, writes, now)? } else { Vec::new() };
        let Seen { value, access } = queries::overview(tx, user, local_date(now))?;
        Ok::<_, AppError>(Seen { value: (value, teams), access })
    });
    let (overview, teams) = seen.await?;
    let counts = Counts { referrals: Some(overview.new.total), ..Counts::default() };
    Ok(Page(page(visit.frame(Nav::Overview, counts).await?, overview, teams, now)).into_response())
}

fn page(frame: Frame, overview: Overview, teams: Vec<SessionRow>, now: Timestamp) -> OverviewPage {
    let today = local_date(now);
    let facts = format!(
        "{} · {} over fristen, {} på din liste. Ældste frist står øverst.",
        dates::week(today),
        counted(overview.late.total, "opgave", "opgaver"),
        overview.mine.total
    );
    let mut panels = vec![
        tasks("over", "Over fristen", "Ingen opgaver er over fristen.", overview.late, now),
        tasks("mine", "Mine opgaver", "Du er igennem dine opgaver.", overview.mine, now),
        requests(overview.new, now),
    ];
    if let Some(first) = panels.iter_mut().flat_map(|panel| panel.tasks.iter_mut()).next() {
        first.primary = true;
    }
    OverviewPage { frame, heading: capitalised(&dates::long_day(today, today)), facts, teams, panels }
}

fn tasks(
    id: &'static str,
    title: &'static str,
    empty: &'static str,
    panel: Panel<TaskLine>,
    now: Timestamp,
) -> TaskPanel {
    let meta = counted(panel.total, "opgave", "opgaver");
    TaskPanel { id, title, meta, empty, tasks: panel.lines.into_iter().map(|line| task(line, now)).collect() }
}

fn task(line: TaskLine, now: Timestamp) -> TaskRow {
    let today = local_date(now);
    let verb = if line.due_on < today { "var" } else { "er" };
    let deadline = format!("Fristen {verb} {}", dates::short_day(line.due_on, today));
    let (href, what, why) = match line.request {
        Some((id, about, at)) => {
            (format!("/henvisninger/{id}"), about, format!("Modtaget {}. {deadline}", in_a_sentence(at, now)))
        }
        None => {
            let of_time = calendar::task_link(line.kind, line.subject).map(|to| to.href);
            let href = of_time.unwrap_or_else(|| format!("/borgere/{}", line.person.id));
            (href, line.kind.label().to_owned(), deadline)
        }
    };
    TaskRow {
        tag: Tag::deadline(line.due_on, today),
        name: name(&line.person),
        age: age(&line.person, today),
        next: Link::new(&href, line.kind.label()),
        href,
        what,
        why,
        owner: owner(line.owner),
        primary: false,
    }
}

fn requests(panel: Panel<RequestLine>, now: Timestamp) -> TaskPanel {
    TaskPanel {
        id: "nye",
        title: "Nye henvisninger",
        meta: counted(panel.total, "henvisning", "henvisninger"),
        empty: "Alle henvisninger er læst.",
        tasks: panel.lines.into_iter().map(|line| request(line, now)).collect(),
    }
}

fn request(line: RequestLine, now: Timestamp) -> TaskRow {
    let href = format!("/henvisninger/{}", line.id);
    let received = format!("Modtaget {}", in_a_sentence(line.received_at, now));
    TaskRow {
        tag: Tag::new(),
        name: name(&line.person),
        age: age(&line.person, local_date(now)),
        next: Link::new(&href, "Se henvisning"),
        href,
        what: line.about,
        why: if line.wish.is_empty() { received } else { format!("{}. {received}", line.wish) },
        owner: owner(line.owner),
        primary: false,
    }
}

fn name(person: &Person) -> String {
    person.given.iter().chain([&person.surname]).map(String::as_str).collect::<Vec<_>>().join(" ")
}

fn age(person: &Person, today: Date) -> Option<String> {
    person.born_on.map(|born_on| dates::age(born_on, today))
}

fn owner(owner: Option<(String, String)>) -> Option<Owner> {
    owner.map(|(initials, role)| Owner { initials, role })
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// "i dag 9.16".
fn in_a_sentence(at: Timestamp, now: Timestamp) -> String {
    dates::when(at, now).replace("I ", "i ").trim_end_matches('.').to_owned()
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
