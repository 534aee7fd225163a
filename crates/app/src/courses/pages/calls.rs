//! The follow-ups that are agreed, the oldest day first: `GET /opfoelgninger`. One query, and a line in the access log that
//! lists whom it shows.

use askama::Template;
use axum::extract::State;
use domain::deadlines::Deadline;
use domain::limits::Limits;
use domain::task::TaskKind;
use domain::workdays::local_date;
use jiff::civil::Date;
use store::{Seen, StoreError, Tx};
use uuid::Uuid;

use super::call_href;
use crate::layout::{Counts, Frame, Nav, Tag, dates};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller, tasks};

/// Rows of the page; the oldest are rung first, and then the next come.
const ROWS: i64 = 100;

#[derive(Template)]
#[template(path = "courses/pages/calls.html")]
pub(super) struct CallsPage {
    frame: Frame,
    rows: Vec<Row>,
    total: i64,
}

struct Row {
    href: String,
    name: String,
    age: Option<String>,
    tag: Tag,
    why: String,
    day: String,
}

struct Line {
    total: i64,
    citizen: Uuid,
    follow_up: Uuid,
    due_on: Date,
    rule: String,
    name: String,
    born_on: Option<Date>,
}

fn agreed(tx: &mut Tx<'_>) -> Result<Vec<Line>, StoreError> {
    const SQL: &str = "select count(*) over (), t.citizen, t.subject, t.due_on, t.rule, c.given, c.surname, c.born_on
        from task t join citizen c on c.organization = t.organization and c.id = t.citizen
        where t.organization = $1 and t.state = 'open' and t.kind = 'follow_up'
        order by t.due_on, t.id limit $2";
    tx.query(SQL, &[ROWS.into()], |r| {
        let (total, citizen, follow_up, due_on) = (r.take()?, r.take()?, r.take()?, r.take()?);
        let rule = r.take()?;
        let (given, surname): (Option<String>, String) = (r.take()?, r.take()?);
        let name = given.into_iter().chain([surname]).collect::<Vec<_>>().join(" ");
        Ok(Line { total, citizen, follow_up, due_on, rule, name, born_on: r.take()? })
    })
}

pub(super) async fn show(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<CallsPage>, AppError> {
    let today = local_date(app.now());
    let limits = app.organization(caller.organization).await?.settings.limits;
    let read = |tx: &mut Tx<'_>| {
        let lines = agreed(tx)?;
        let shown: Vec<Uuid> = lines.iter().map(|line| line.citizen).collect();
        Ok::<_, AppError>(if shown.is_empty() { Seen::nothing(lines) } else { Seen::list(shown, lines) })
    };
    let lines = app.store.view(caller.scope("follow_up.list", app.now()), read).await?;
    Ok(Page(CallsPage {
        frame: visit.frame(Nav::Citizens, Counts::default()).await?,
        total: lines.first().map_or(0, |line| line.total),
        rows: lines.into_iter().map(|line| row(line, &limits, today)).collect(),
    }))
}

fn row(line: Line, limits: &Limits, today: Date) -> Row {
    Row {
        href: call_href(line.follow_up.into()),
        name: line.name,
        age: line.born_on.map(|born_on| dates::age(born_on, today)),
        tag: Tag::deadline(line.due_on, today),
        why: match line.rule.as_str() {
            "promised_call" => "Vi har lovet at ringe igen".to_owned(),
            rule if rule == Deadline::FollowUp.rule() => "Aftalt, da forløbet sluttede".to_owned(),
            rule => tasks::why(TaskKind::FollowUp, rule, limits),
        },
        day: dates::long_day(line.due_on, today),
    }
}
