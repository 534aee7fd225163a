//! The pages about daily reports: `/indberetning`. Names are shown to those who may open records, and only to them.

use std::collections::{BTreeSet, HashMap};

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Redirect, Response};
use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::civil::Date;
use store::{Seen, StoreError, Tx};
use uuid::Uuid;

use super::health::{self, WaitingView};
use super::outbox::{self, Waiting};
use super::preview::{Coming, ComingLine, RejectedLine, coming, coming_line, rejected_line};
use super::queries::{self, DayRow, RejectedRow, ReportRow};
use super::{Again, DaysBuilt, ReportState, build_again, build_due};
use crate::layout::{Counts, Frame, Moment, Nav, Tag, capitalised, dates};
use crate::mailbox::{as_download, note_export};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

/// Days of the list.
const DAYS: i64 = 60;

#[derive(Template)]
#[template(path = "reporting/reports.html")]
pub(super) struct ReportsPage {
    frame: Frame,
    rejected: Vec<RejectedLine>,
    waiting: Option<WaitingView>,
    coming: Vec<ComingLine>,
    more: bool,
    days: Vec<DayLine>,
    day: Option<DayView>,
}

struct DayLine {
    date: Moment,
    href: String,
    citizens: i64,
    waiting: i64,
    sent: i64,
    accepted: i64,
    rejected: i64,
    current: bool,
}

struct DayView {
    title: String,
    download_href: String,
    reports: Vec<ReportLine>,
}

struct ReportLine {
    at: Moment,
    name: String,
    href: Option<String>,
    about: String,
    tag: Tag,
    download_href: String,
}

/// What the page is read from.
struct Read {
    coming: Vec<Coming>,
    more: bool,
    rejected: Vec<RejectedRow>,
    waiting: Option<Waiting>,
    days: Vec<DayRow>,
    reports: Vec<ReportRow>,
    names: HashMap<Uuid, String>,
}

pub(super) async fn days(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<ReportsPage>, AppError> {
    page(&app, &caller, &visit, None).await
}

pub(super) async fn day(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(day): Path<String>,
) -> Result<Page<ReportsPage>, AppError> {
    let day: Date = day.parse().map_err(|_| AppError::NotFound("day"))?;
    page(&app, &caller, &visit, Some(day)).await
}

/// Builds what is due: every day that is over, missed days first.
pub(super) async fn build(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Redirect, AppError> {
    let built = build_due(&app, &caller, Again::Asked).await?;
    visit.done("/indberetning", what_was_built(&built)).await
}

/// Builds a refused report again, as the record is now.
pub(super) async fn again(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Redirect, AppError> {
    let text = match build_again(&app, &caller, id).await {
        Ok(Some(built)) if built.new => "Indberetningen er dannet igen med et nyt nummer.".to_owned(),
        Ok(_) => "Alt for den dag er allerede med i en anden indberetning.".to_owned(),
        Err(error @ (AppError::Report(_) | AppError::Rule { .. })) => error.user_message(),
        Err(error) => return Err(error),
    };
    visit.done("/indberetning", text).await
}

fn what_was_built(built: &DaysBuilt) -> String {
    let new = built.reports.iter().filter(|report| report.new).count();
    let text = match new {
        0 => "Der var ikke noget nyt at indberette.".to_owned(),
        1 => "1 indberetning er dannet.".to_owned(),
        n => format!("{n} indberetninger er dannet."),
    };
    if let Some(first) = built.failures.first() {
        return format!("{text} {} kunne ikke dannes. {}", built.failures.len(), first.text);
    }
    text
}

/// The report exactly as it is or will be sent.
pub(super) async fn bundle(State(app): State<App>, caller: Caller, Path(id): Path<Uuid>) -> Result<Response, AppError> {
    let scope = caller.scope("report.open", app.now());
    let json = app
        .store
        .view(scope, move |tx| {
            let (citizen, json) = queries::payload(tx, id)?;
            Ok::<_, AppError>(Seen::record(citizen, json))
        })
        .await?;
    note_export(&app, &caller, "report.export", id, &json).await?;
    Ok(as_download(json, "application/fhir+json", &format!("indberetning-{id}.json")))
}

/// All reports of a day in one file, a report a line.
pub(super) async fn all_of_day(
    State(app): State<App>,
    caller: Caller,
    Path(day): Path<String>,
) -> Result<Response, AppError> {
    let day: Date = day.parse().map_err(|_| AppError::NotFound("day"))?;
    let read = move |tx: &mut Tx<'_>| {
        let all = queries::payloads_of_day(tx, day)?;
        if all.is_empty() {
            return Err(AppError::NotFound("report"));
        }
        let lines: Vec<u8> = all.iter().flat_map(|(_, json)| json.iter().copied().chain([b'\n'])).collect();
        Ok(Seen::list(all.iter().map(|(citizen, _)| *citizen).collect(), lines))
    };
    let lines = app.store.view(caller.scope("report.open", app.now()), read).await?;
    // The day stands for the file: it is no record of its own.
    let file = Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{}/{day}", caller.organization).as_bytes());
    note_export(&app, &caller, "report.export", file, &lines).await?;
    Ok(as_download(lines, "application/fhir+ndjson", &format!("indberetninger-{day}.ndjson")))
}

async fn page(app: &App, caller: &Caller, visit: &Visit, day: Option<Date>) -> Result<Page<ReportsPage>, AppError> {
    let (now, may_open) = (app.now(), caller.role.may(Permission::CitizenRead));
    let today = local_date(now);
    let home = app.organization(caller.organization).await?;
    let read = app
        .store
        .view(caller.scope("report.list", now), move |tx| {
            let reports = day.map(|day| queries::reports_of_day(tx, day)).transpose()?.unwrap_or_default();
            let names = day.filter(|_| may_open).map(|day| names(tx, day)).transpose()?.unwrap_or_default();
            let days = queries::days(tx, DAYS)?;
            let rejected = queries::rejected(tx)?;
            // The oldest are sent first: when something waits, so does something of these days.
            let waits = days.iter().any(|day| day.queued + day.sent > 0);
            let waiting = if waits { outbox::waiting(tx)? } else { None };
            let (coming, more) = coming(tx, &home, now)?;
            let seen = reports.iter().map(|r| r.citizen).chain(rejected.iter().map(|r| r.citizen));
            let seen: BTreeSet<Uuid> = seen.chain(coming.iter().map(|row| row.citizen)).collect();
            let read = Read { coming, more, rejected, waiting, days, reports, names };
            Ok::<_, AppError>(if seen.is_empty() {
                Seen::nothing(read)
            } else {
                Seen::list(seen.into_iter().collect(), read)
            })
        })
        .await?;
    let line = |report: &ReportRow| report_line(report, &read.names, may_open, now);
    let again: BTreeSet<Uuid> = read.rejected.iter().map(|row| row.citizen).collect();
    let coming = read.coming.into_iter().map(|row| {
        let again = again.contains(&row.citizen);
        coming_line(row, again, may_open, today)
    });
    Ok(Page(ReportsPage {
        frame: visit.frame(Nav::Reporting, Counts::default()).await?,
        coming: coming.collect(),
        more: read.more,
        waiting: read.waiting.map(|waiting| health::waiting_view(&waiting, app.report_gateway.is_some(), now)),
        rejected: read.rejected.into_iter().map(|row| rejected_line(row, may_open, now)).collect(),
        days: read.days.iter().map(|row| day_line(row, day, today)).collect(),
        day: day.map(|day| DayView {
            title: capitalised(&dates::long_day(day, today)),
            download_href: format!("/indberetning/{day}/hent"),
            reports: read.reports.iter().map(line).collect(),
        }),
    }))
}

/// Names of the citizens in a day's reports.
fn names(tx: &mut Tx<'_>, day: Date) -> Result<HashMap<Uuid, String>, StoreError> {
    const SQL: &str = "select c.id, c.given, c.surname from delivery_report r
        join citizen c on c.organization = r.organization and c.id = r.citizen
        where r.organization = $1 and r.day = $2";
    let names = tx.query(SQL, &[day.into()], |r| {
        let (id, given, surname) = (r.take::<Uuid>()?, r.take::<Option<String>>()?, r.take::<String>()?);
        Ok((id, given.map_or_else(|| surname.clone(), |given| format!("{given} {surname}"))))
    })?;
    Ok(names.into_iter().collect())
}

fn day_line(row: &DayRow, shown: Option<Date>, today: Date) -> DayLine {
    DayLine {
        date: Moment { iso: row.day.to_string(), text: capitalised(&dates::long_day(row.day, today)) },
        href: format!("/indberetning/{}", row.day),
        citizens: row.reports,
        waiting: row.queued,
        sent: row.sent,
        accepted: row.accepted,
        rejected: row.rejected,
        current: Some(row.day) == shown,
    }
}

fn report_line(row: &ReportRow, names: &HashMap<Uuid, String>, may_open: bool, now: jiff::Timestamp) -> ReportLine {
    ReportLine {
        at: Moment::exactly(row.built_at, now),
        name: names.get(&row.citizen).cloned().unwrap_or_else(|| "Borger".to_owned()),
        href: may_open.then(|| format!("/borgere/{}", row.citizen)),
        about: if row.resources == 1 { "1 oplysning".to_owned() } else { format!("{} oplysninger", row.resources) },
        tag: state_tag(row.state),
        download_href: format!("/indberetning/{}/bundle", row.id),
    }
}

fn state_tag(state: ReportState) -> Tag {
    match state {
        ReportState::Queued => Tag::queued(),
        ReportState::Sent => Tag::sent(),
        ReportState::Accepted => Tag::delivered(),
        ReportState::Rejected => Tag::refused(),
        ReportState::Unknown => Tag::unanswered(),
        ReportState::Withdrawn => Tag::of("mute", "info", "Trukket tilbage"),
    }
}
