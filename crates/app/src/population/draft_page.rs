//! Seeing how a file is understood, and taking it in: `GET` and `POST /befolkning/kladde/{id}`. Three queries.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::codes::municipality_name;
use domain::organization::ManagingOrganization;
use indicators::definition::Breakdown;
use indicators::equity::population::PopulationTable;
use store::Seen;
use uuid::Uuid;

use super::commands::{self, ImportError, PopulationInput, checked};
use super::mapping::{Column, guessed};
use super::queries;
use super::sheet::{self, Sheet};
use super::subject::PopulationSubject;
use crate::layout::{Choice, Counts, Field, FormError, Frame, Nav};
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "population/draft.html")]
pub(super) struct DraftPage {
    frame: Frame,
    id: Uuid,
    file_name: String,
    lines: String,
    source: Field,
    date: Field,
    subjects: Vec<Choice>,
    subject_error: Option<String>,
    columns: Vec<ColumnView>,
    columns_error: Option<String>,
    total: Field,
    any_disease: Field,
    check: CheckView,
    errors: Vec<FormError>,
}

struct ColumnView {
    id: String,
    name: String,
    examples: Vec<String>,
    choices: Vec<Choice>,
}

/// What the file says when its columns are taken so.
#[derive(Default)]
struct CheckView {
    /// None when it cannot be read.
    reads: Option<ReadView>,
    /// Lines that do not fit.
    faults: Vec<String>,
    more: usize,
}

struct ReadView {
    rows: String,
    persons: String,
    municipalities: usize,
    missing: Vec<&'static str>,
    areas: Vec<String>,
    /// In the table that holds now and not in this one.
    gone: Vec<String>,
}

/// Lines that do not fit, shown at once.
const FAULTS_SHOWN: usize = 30;

/// What was sent for the columns, or what is guessed before anything was.
fn columns(sheet: &Sheet, form: Option<&Fields>) -> Vec<Column> {
    let Some(form) = form else { return guessed(&sheet.columns) };
    let chosen = |at: usize| Column::parse(fields::text(form, &format!("kolonne-{at}"))).unwrap_or(Column::Unused);
    (0..sheet.columns.len()).map(chosen).collect()
}

/// The form as a table to take in; source, date and subject may be missing still.
fn input(file_name: &str, sheet: &Sheet, form: Option<&Fields>, today: jiff::civil::Date) -> PopulationInput {
    let said = |name: &str, otherwise: &str| form.map_or(otherwise, |form| fields::text(form, name)).to_owned();
    PopulationInput {
        subject: PopulationSubject::parse(&said("hvem", "")).unwrap_or(PopulationSubject::Residents),
        source: said("kilde", ""),
        dataset_on: form.and_then(|form| fields::parsed(form, "dato")).unwrap_or(today),
        file_name: file_name.to_owned(),
        content: sheet.content.clone(),
        columns: columns(sheet, form).iter().map(|column| column.word().to_owned()).collect(),
        total: said("total", "I alt"),
        any_disease: said("alle", "Alle"),
    }
}

async fn draft(app: &App, caller: &Caller, id: Uuid) -> Result<(String, Sheet), AppError> {
    let found = app
        .store
        .view(caller.scope("population.draft", app.now()), move |tx| {
            Ok::<_, AppError>(Seen::nothing(queries::drafted(tx, id)?))
        })
        .await?;
    let (name, content) = found.ok_or(AppError::NotFound("population_draft"))?;
    Ok((name, sheet::parsed(&content)?))
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<DraftPage>, AppError> {
    let draft = draft(&app, &caller, id).await?;
    Ok(Page(page(&app, &caller, &visit, id, draft, None, None).await?))
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let draft = draft(&app, &caller, id).await?;
    if form.contains_key("kontroller") {
        return Ok(Page(page(&app, &caller, &visit, id, draft, Some(&form), None).await?).into_response());
    }
    let today = domain::workdays::local_date(app.now());
    let ready = ready(&form);
    let taken = match ready {
        Ok(()) => commands::import(&app, &caller, input(&draft.0, &draft.1, Some(&form), today), Some(id)).await,
        Err(error) => Err(error.into()),
    };
    let error = match taken {
        Ok(table) => {
            return Ok(visit.done(&format!("/befolkning/{table}"), "Tallene er indlæst.").await?.into_response());
        }
        Err(ImportError::App(error)) => Some(error.at_the_form()?),
        Err(ImportError::Lines(_)) => None,
    };
    let page = page(&app, &caller, &visit, id, draft, Some(&form), error).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

/// Who is counted and of which day must be said before anything is taken in.
fn ready(form: &Fields) -> Result<(), AppError> {
    if PopulationSubject::parse(fields::text(form, "hvem")).is_none() {
        return Err(AppError::field("hvem", "missing", "Vælg, hvem tabellen tæller."));
    }
    match fields::day(form, "dato")? {
        Some(_) => Ok(()),
        None => Err(AppError::field("dato", "missing", "Skriv den dag, tallene er fra.")),
    }
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: Uuid,
    (file_name, sheet): (String, Sheet),
    form: Option<&Fields>,
    error: Option<AppError>,
) -> Result<DraftPage, AppError> {
    let home = app.organization(caller.organization).await?;
    let today = domain::workdays::local_date(app.now());
    let input = input(&file_name, &sheet, form, today);
    let subject = input.subject;
    let before = app
        .store
        .view(caller.scope("population.in_force", app.now()), move |tx| {
            Ok::<_, AppError>(Seen::nothing(queries::in_force(tx, subject)?))
        })
        .await?;
    let check = {
        let (input, home) = (input.clone(), home.clone());
        let work = move || check(&home, &input, before.map(|(kept, content)| earlier(&kept, content)));
        tokio::task::spawn_blocking(work).await.map_err(|_| AppError::from(store::StoreError::Panicked))?
    };
    let (check, trouble) = check;
    // What is missing of the form is said only once it was sent; what the columns cannot be is said at once.
    let told = error.or_else(|| trouble.filter(|_| form.is_some()));
    let message = |name: &str| match &told {
        Some(AppError::Field { field, message, .. }) if *field == name => Some(message.clone()),
        _ => None,
    };
    let typed = |name: &str, otherwise: &str| Field {
        value: form.map_or(otherwise, |form| form.get(name).map_or(otherwise, String::as_str)).to_owned(),
        error: message(name),
    };
    let chosen_subject = form.map_or("", |form| fields::text(form, "hvem"));
    let columns: Vec<Column> = input.columns.iter().filter_map(|word| Column::parse(word)).collect();
    let mut errors: Vec<FormError> = match &told {
        Some(AppError::Field { field, message, .. }) => vec![FormError { field, message: message.clone() }],
        _ => Vec::new(),
    };
    if form.is_some() && !check.faults.is_empty() {
        let count = check.faults.len() + check.more;
        let message =
            if count == 1 { "1 linje passer ikke.".to_owned() } else { format!("{count} linjer passer ikke.") };
        errors.push(FormError { field: "kontrol", message });
    }
    Ok(DraftPage {
        frame: visit.frame(Nav::Quality, Counts::default()).await?,
        id,
        lines: count(sheet.lines),
        source: typed("kilde", ""),
        date: typed("dato", ""),
        subjects: PopulationSubject::ALL
            .map(|one| choice(one.word(), one.label(), chosen_subject == one.word()))
            .into(),
        subject_error: message("hvem"),
        columns: column_views(&sheet, &columns),
        columns_error: message("kolonner"),
        total: typed("total", "I alt"),
        any_disease: typed("alle", "Alle"),
        check,
        errors,
        file_name,
    })
}

fn choice(value: &str, label: &str, selected: bool) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned(), hint: None, selected }
}

fn column_views(sheet: &Sheet, taken: &[Column]) -> Vec<ColumnView> {
    let view = |(at, name): (usize, &String)| {
        let own = taken.get(at).copied().unwrap_or(Column::Unused);
        ColumnView {
            id: format!("kolonne-{at}"),
            name: name.clone(),
            examples: sheet.begins.iter().filter_map(|line| line.get(at).cloned()).collect(),
            choices: Column::all().map(|one| choice(one.word(), one.label(), one == own)).collect(),
        }
    };
    sheet.columns.iter().enumerate().map(view).collect()
}

/// The areas of the table that holds now; none when it cannot be read any more.
fn earlier(kept: &queries::Kept, content: String) -> PopulationInput {
    PopulationInput {
        subject: kept.subject,
        source: kept.source.clone(),
        dataset_on: kept.dataset_on,
        file_name: kept.file_name.clone(),
        content,
        columns: kept.chosen.columns.clone(),
        total: kept.chosen.total.clone(),
        any_disease: kept.chosen.any_disease.clone(),
    }
}

fn check(
    home: &ManagingOrganization,
    input: &PopulationInput,
    before: Option<PopulationInput>,
) -> (CheckView, Option<AppError>) {
    match checked(home, input) {
        Ok(table) => {
            let before = before.and_then(|before| checked(home, &before).ok());
            (CheckView { reads: Some(read_view(home, &table, before.as_ref())), ..CheckView::default() }, None)
        }
        Err(ImportError::Lines(mut faults)) => {
            let more = faults.len().saturating_sub(FAULTS_SHOWN);
            faults.truncate(FAULTS_SHOWN);
            (CheckView { reads: None, faults, more }, None)
        }
        Err(ImportError::App(error)) => (CheckView::default(), Some(error)),
    }
}

fn read_view(home: &ManagingOrganization, table: &PopulationTable, before: Option<&PopulationTable>) -> ReadView {
    let mut codes: Vec<&str> = table.rows().iter().map(|row| row.municipality.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    // A table of one municipality lacks none of the others.
    let missing = if codes.len() > 1 {
        let all = simulation::country().unwrap_or_default();
        let names = all.iter().filter(|one| !codes.contains(&one.code.as_str()));
        names.filter_map(|one| municipality_name(&one.code)).collect()
    } else {
        Vec::new()
    };
    let areas = areas(home, table);
    let gone = before.map(|before| super::draft_page::areas(home, before)).unwrap_or_default();
    ReadView {
        rows: count(table.rows().len()),
        persons: super::list::persons(table.persons(&home.code, None).and_then(|n| i64::try_from(n).ok()).unwrap_or(0)),
        municipalities: codes.len(),
        missing,
        gone: gone.into_iter().filter(|area| !areas.contains(area)).collect(),
        areas,
    }
}

/// The areas of the own municipality.
fn areas(home: &ManagingOrganization, table: &PopulationTable) -> Vec<String> {
    let Some(at) = table.breakdowns().iter().position(|by| *by == Breakdown::District) else { return Vec::new() };
    let own = table.rows().iter().filter(|row| row.municipality == home.code);
    let mut areas: Vec<String> = own.filter_map(|row| row.strata.get(at).cloned()).collect();
    areas.sort_unstable();
    areas.dedup();
    areas
}

fn count(of: usize) -> String {
    charts::count(u32::try_from(of).unwrap_or(u32::MAX))
}
