//! STOPbasen for the whole municipality: `GET /stopbasen` says which forms of a period are whole, which lack what, and what
//! was fetched when; `POST /stopbasen/udtraek` gives a form's file. Five queries.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::permission::Permission;
use domain::stop_course::StopForm;
use domain::workdays::local_date;
use jiff::ToSpan;
use jiff::civil::Date;
use store::{Seen, Tx};
use uuid::Uuid;

use super::export::{self, ExportInput, Row, Standing};
use super::page::stop_href;
use super::queries::{self, Fetched};
use crate::layout::{Counts, Field, Frame, Moment, Nav, dates};
use crate::mailbox::as_download;
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

type Fields = HashMap<String, String>;

/// So many forms that lack something are listed; a shorter period shows the others.
const LISTED: usize = 50;

#[derive(Template)]
#[template(path = "stopbasen/export.html")]
pub(super) struct ExportPage {
    frame: Frame,
    from: Field,
    until: Field,
    forms: Vec<FormView>,
    fetched: Vec<FetchedView>,
}

struct FormView {
    word: &'static str,
    label: &'static str,
    ready: usize,
    no_consent: usize,
    not_due: usize,
    /// Of the answered six-month forms: so many were reached.
    reached: Option<usize>,
    /// How many lack something, and the first of them.
    lacking: usize,
    missing: Vec<MissingView>,
}

struct MissingView {
    number: String,
    /// The course, for who may open records.
    href: Option<String>,
    what: Vec<String>,
    /// Why it was not filled in.
    reason: Option<String>,
}

struct FetchedView {
    at: Moment,
    form: &'static str,
    from: String,
    until: String,
    by: Option<String>,
    rows: String,
}

/// The period of a form, from the address or from what was sent; the last year when nothing is said.
fn period(fields: &Fields, today: Date) -> Result<(Date, Date), [Field; 2]> {
    let typed = |name: &str| fields.get(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let day = |name: &str, default: Date| typed(name).map_or(Ok(default), |text| text.parse::<Date>());
    let (from, until) = (day("fra", today.saturating_sub(1.year())), day("til", today));
    match (&from, &until) {
        (Ok(from), Ok(until)) if from <= until => return Ok((*from, *until)),
        _ => {}
    }
    let field = |name: &str, found: &Result<Date, jiff::Error>, other: Option<&str>| Field {
        value: typed(name).unwrap_or_default(),
        error: match found {
            Err(_) => Some("Skriv datoen som dag, måned og år.".to_owned()),
            Ok(_) => other.map(str::to_owned),
        },
    };
    let order = (from.is_ok() && until.is_ok()).then_some("Sidste dag skal være efter den første.");
    Err([field("fra", &from, None), field("til", &until, order)])
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Query(fields): Query<Fields>,
) -> Result<Response, AppError> {
    let (page, status) = page(&app, &caller, &visit, &fields).await?;
    Ok((status, Page(page)).into_response())
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    fields: &Fields,
) -> Result<(ExportPage, StatusCode), AppError> {
    let (now, today) = (app.now(), local_date(app.now()));
    let home = app.organization(caller.organization).await?;
    let opens = caller.role.may(Permission::CitizenRead);
    let period = period(fields, today);
    let known = period.as_ref().ok().copied();
    let read = move |tx: &mut Tx<'_>| {
        let fetched = queries::fetched(tx)?;
        let Some((from, until)) = known else { return Ok::<_, AppError>(Seen::nothing((Vec::new(), fetched))) };
        let loaded = export::load(tx, &home.settings.instruments_off, (from, until), None)?;
        let mut seen: Vec<Uuid> = Vec::new();
        let form = |form: &StopForm| {
            let rows = loaded.rows(*form, today);
            seen.extend(listed(&rows).map(|row| row.citizen.0));
            form_view(*form, &rows, opens)
        };
        let forms: Vec<FormView> = StopForm::ALL.iter().map(form).collect();
        seen.sort_unstable();
        seen.dedup();
        Ok(if seen.is_empty() { Seen::nothing((forms, fetched)) } else { Seen::list(seen, (forms, fetched)) })
    };
    let (forms, fetched) = app.store.view(caller.scope("stopbasen.list", now), read).await?;
    let status = if period.is_ok() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let [from, until] = match period {
        Ok((from, until)) => [Field::of(from.to_string()), Field::of(until.to_string())],
        Err(fields) => fields,
    };
    let frame = visit.frame(Nav::Reporting, Counts::default()).await?;
    let fetched = fetched.into_iter().map(|row| fetched_view(row, now)).collect();
    Ok((ExportPage { frame, from, until, forms, fetched }, status))
}

const fn lacks(row: &Row) -> bool {
    matches!(row.standing, Standing::Missing(_) | Standing::NotAnswered(_))
}

/// The rows that the page lists: those that lack something, the earliest grants first.
fn listed(rows: &[Row]) -> impl Iterator<Item = &Row> {
    rows.iter().filter(|row| lacks(row)).take(LISTED)
}

fn form_view(form: StopForm, rows: &[Row], opens: bool) -> FormView {
    let count = |wanted: fn(&Standing) -> bool| rows.iter().filter(|row| wanted(&row.standing)).count();
    let missing = listed(rows).map(|row| {
        let (what, reason) = match &row.standing {
            Standing::Missing(what) => (what.clone(), None),
            Standing::NotAnswered(reason) => (Vec::new(), reason.clone()),
            Standing::Ready(_) | Standing::NoConsent | Standing::NotDue => (Vec::new(), None),
        };
        let href = opens.then(|| stop_href(row.course));
        MissingView { number: row.number.clone(), href, what, reason }
    });
    FormView {
        word: form.word(),
        label: form.label(),
        ready: count(|standing| matches!(standing, Standing::Ready(_))),
        no_consent: count(|standing| matches!(standing, Standing::NoConsent)),
        not_due: count(|standing| matches!(standing, Standing::NotDue)),
        reached: (form == StopForm::SixMonths)
            .then(|| rows.iter().filter(|row| row.reached && matches!(row.standing, Standing::Ready(_))).count()),
        lacking: rows.iter().filter(|row| lacks(row)).count(),
        missing: missing.collect(),
    }
}

fn fetched_view(row: Fetched, now: jiff::Timestamp) -> FetchedView {
    let today = local_date(now);
    let day = |day| dates::long_day(day, today);
    FetchedView {
        at: Moment::exactly(row.at, now),
        form: StopForm::parse(&row.form).map_or("Skema", StopForm::label),
        from: day(row.from),
        until: day(row.until),
        by: row.by,
        rows: format!("{} rækker, {} nye", row.rows, row.new_rows),
    }
}

pub(super) async fn download(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(fields): PageForm<Fields>,
) -> Result<Response, AppError> {
    let form = fields.get("skema").and_then(|word| StopForm::parse(word).ok()).ok_or(AppError::Unreadable("form"))?;
    let Ok((from, until)) = period(&fields, local_date(app.now())) else {
        let (page, status) = page(&app, &caller, &visit, &fields).await?;
        return Ok((status, Page(page)).into_response());
    };
    let made = super::export(&app, &caller, ExportInput { form, from, until }).await?;
    let name = format!("{}-{from}-{until}.csv", form.word().replace('_', "-"));
    Ok(as_download(made.file.into_bytes(), "text/csv; charset=utf-8", &name))
}

#[cfg(test)]
mod tests {
    use domain::ids::{CitizenId, CourseId};

    use super::*;

    #[test]
    fn of_many_forms_that_lack_something_the_first_are_listed_and_all_are_counted() {
        let row = |index: usize| Row {
            citizen: CitizenId(Uuid::nil()),
            course: CourseId(Uuid::nil()),
            number: index.to_string(),
            standing: if index == 0 { Standing::NoConsent } else { Standing::NotAnswered(None) },
            reached: false,
        };
        let rows: Vec<Row> = (0..=LISTED + 7).map(row).collect();
        let view = form_view(StopForm::End, &rows, false);
        assert_eq!((view.lacking, view.missing.len()), (LISTED + 7, LISTED));
        assert_eq!(view.missing.first().map(|it| it.number.as_str()), Some("1"));
        assert_eq!(listed(&rows).count(), LISTED, "who is not shown is not logged as seen");
    }
}
