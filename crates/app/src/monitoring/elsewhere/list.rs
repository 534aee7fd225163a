//! Whose figures there are, how one's own are given away, and how others' are taken in: `GET` and `POST /maaltal/andre`,
//! `GET /maaltal/andre/hent/{kind}`, `POST /maaltal/andre/fjern`.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::permission::Permission;
use domain::workdays::local_date;
use store::Seen;

use super::file::COLUMNS;
use super::{commands, queries};
use crate::layout::{Counts, Field, FormError, Frame, Nav, dates};
use crate::monitoring::list::{Newest, everything, newest_of_all};
use crate::population::ImportError;
use crate::quality::{Cell, FileKind, Sheet};
use crate::web::fields::Fields;
use crate::web::{Page, PageForm, Upload, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "monitoring/elsewhere/list.html")]
pub(in crate::monitoring) struct SourcesPage {
    frame: Frame,
    sources: Vec<SourceView>,
    may_write: bool,
    file: Field,
    errors: Vec<FormError>,
}

struct SourceView {
    name: String,
    figures: i64,
    indicators: i64,
    until: String,
    imported: String,
}

/// Faults that are told at once.
const TOLD: usize = 20;

async fn page(app: &App, caller: &Caller, visit: &Visit, faults: Vec<String>) -> Result<SourcesPage, AppError> {
    let now = app.now();
    let today = local_date(now);
    let scope = caller.scope("figures.sources", now);
    let sources = app.store.view(scope, |tx| Ok::<_, AppError>(Seen::nothing(queries::sources(tx)?))).await?;
    let source = |one: queries::Source| SourceView {
        name: one.name,
        figures: one.figures,
        indicators: one.indicators,
        until: dates::month_day(one.until, today),
        imported: dates::when_exactly(one.imported_at, now),
    };
    let error = match faults.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        all => Some(format!("{} linjer passer ikke. Intet er læst ind.", all.len())),
    };
    let told = faults.into_iter().take(TOLD).map(|message| FormError { field: "fil", message });
    Ok(SourcesPage {
        frame: visit.frame(Nav::Monitoring, Counts::default()).await?,
        sources: sources.into_iter().map(source).collect(),
        may_write: caller.role.may(Permission::QualityWrite),
        file: Field { value: String::new(), error },
        errors: told.collect(),
    })
}

pub(in crate::monitoring) async fn list(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
) -> Result<Page<SourcesPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, Vec::new()).await?))
}

pub(in crate::monitoring) async fn send(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    upload: Upload,
) -> Result<Response, AppError> {
    let (_, bytes) = upload.file.unwrap_or_default();
    match commands::import(&app, &caller, bytes).await {
        Ok(count) => {
            let text = if count == 1 { "1 tal er læst ind.".to_owned() } else { format!("{count} tal er læst ind.") };
            Ok(visit.done("/maaltal/andre", text).await?.into_response())
        }
        Err(error) => {
            let faults = match error {
                ImportError::App(error) => vec![error.at_the_form()?.user_message()],
                ImportError::Lines(lines) => lines,
            };
            let page = page(&app, &caller, &visit, faults).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
    }
}

pub(in crate::monitoring) async fn strike(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(fields): PageForm<Fields>,
) -> Result<Redirect, AppError> {
    let source = fields.get("kilde").cloned().unwrap_or_default();
    commands::strike(&app, &caller, source).await?;
    visit.done("/maaltal/andre", "Kildens tal er fjernet.").await
}

/// One's own figures as others read them in: those that may leave the unit, nothing of what is hidden or not known.
pub(in crate::monitoring) async fn give(
    State(app): State<App>,
    caller: Caller,
    Path(kind): Path<String>,
) -> Result<Response, AppError> {
    let kind = FileKind::parse(&kind)?;
    let home = app.organization(caller.organization).await?;
    let kept = everything(&app, &caller).await?;
    let rows = newest_of_all(&kept).into_iter().filter_map(|one| row(&home.name, &one)).collect();
    let sheet = Sheet { name: "Målepunkter til deling".to_owned(), columns: COLUMNS.to_vec(), rows };
    crate::quality::give(&app, &caller, kind, &sheet, "maalepunkter-til-deling").await
}

fn row(home: &str, one: &Newest) -> Option<Vec<Cell>> {
    let value = one.value.filter(|_| !one.hidden && one.unknown.is_none())?;
    // "1.250" as people read it; what is protected is no number and is left out.
    let number = |text: &Option<String>| {
        text.as_ref().map(|text| text.replace('.', "")).filter(|text| text.parse::<u32>().is_ok()).unwrap_or_default()
    };
    let counts = [&one.numerator, &one.denominator].map(number);
    let text = |text: &dyn ToString| Cell::Text(text.to_string());
    let mut row = vec![text(&home), text(&one.id), text(&one.version), text(&one.from), text(&one.to)];
    row.push(Cell::Decimal(Some(value)));
    row.extend(counts.iter().map(|count| text(count)));
    Some(row)
}
