//! `GET /udtraek` with the form and what was made before; `POST` gives the file, or the form again with what stands in the way.
//! `GET /udtraek/felter` is the data dictionary. Two queries at most.

use analysis::extract::{Plan, Rare, is_quasi};
use analysis::{CATALOGUE, Grain, dictionary};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::workdays::local_date;
use store::Seen;

use super::commands::{self, ExtractInput, Outcome};
use super::files::zipped;
use super::made::ResearchExtract;
use super::queries;
use crate::layout::{Choice, Counts, Field, FormError, Frame, Nav, dates};
use crate::mailbox::as_download;
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, access};

/// Combinations that a page tells of.
const TOLD: usize = 50;

#[derive(Template)]
#[template(path = "extracts/page.html")]
pub(super) struct ExtractPage {
    frame: Frame,
    views: Vec<Choice>,
    left_out: Vec<Choice>,
    days: Vec<Choice>,
    purpose: Field,
    basis: Field,
    from: Field,
    to: Field,
    k: Field,
    rare: bool,
    csv: bool,
    parquet: bool,
    errors: Vec<FormError>,
    problem: Option<String>,
    /// What too few share, and how many more.
    few: Vec<(&'static str, String)>,
    more: usize,
    made: Vec<MadeView>,
}

struct MadeView {
    on: String,
    who: String,
    purpose: String,
    basis: String,
    rows: String,
}

impl ExtractPage {
    fn error(&self, field: &str) -> Option<String> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.message.clone())
    }
}

pub(super) async fn show(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<ExtractPage>, AppError> {
    let today = local_date(app.now());
    let typed = Fields::from([
        ("fra".to_owned(), format!("{}-01-01", today.year() - 1)),
        ("til".to_owned(), format!("{}-12-31", today.year() - 1)),
        ("k".to_owned(), "5".to_owned()),
        ("dage".to_owned(), Grain::Quarter.word().to_owned()),
        ("csv".to_owned(), "ja".to_owned()),
        ("parquet".to_owned(), "ja".to_owned()),
        ("tabel_course".to_owned(), "ja".to_owned()),
    ]);
    Ok(Page(page(&app, &caller, &visit, &typed, Vec::new()).await?))
}

pub(super) async fn make(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(typed): PageForm<Fields>,
) -> Result<Response, AppError> {
    let outcome = match input(&typed) {
        Ok(input) => commands::prepare(&app, &caller, input).await,
        Err(error) => Err(error),
    };
    let mut refused = match outcome {
        Ok(Outcome::Ready(ready)) => {
            let body = zipped(&ready.files)?;
            commands::log(&app, &caller, &ready.record).await?;
            return Ok(as_download(body, "application/zip", &format!("udtraek-{}.zip", ready.record.on)));
        }
        Ok(Outcome::Rare(rare)) => page(&app, &caller, &visit, &typed, rare).await?,
        Err(error) => {
            let error = error.at_the_form()?;
            let mut page = page(&app, &caller, &visit, &typed, Vec::new()).await?;
            match error {
                AppError::Field { field, message, .. } => page.errors.push(FormError { field, message }),
                other => page.problem = Some(other.user_message()),
            }
            page
        }
    };
    for (name, field) in [
        ("formaal", &mut refused.purpose),
        ("grundlag", &mut refused.basis),
        ("fra", &mut refused.from),
        ("til", &mut refused.to),
        ("k", &mut refused.k),
    ] {
        field.error = refused.errors.iter().find(|error| error.field == name).map(|error| error.message.clone());
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(refused)).into_response())
}

/// What was typed, as far as the catalogue goes.
fn input(typed: &Fields) -> Result<ExtractInput, AppError> {
    let ticked = |prefix: &str| {
        let names = typed.keys().filter_map(|name| name.strip_prefix(prefix)).map(str::to_owned);
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    };
    let days = Grain::ALL.into_iter().find(|grain| grain.word() == fields::text(typed, "dage"));
    let days = days.ok_or_else(|| AppError::field("dage", "missing", "Vælg, hvad datoer skal laves om til."))?;
    let k = fields::parsed(typed, "k").unwrap_or(0);
    let plan = Plan::new(&ticked("tabel_"), &ticked("udelad_"), days, k, typed.contains_key("sjaeldne"));
    let plan = plan.map_err(|error| AppError::field(error.field(), "plan", error.user_message()))?;
    let missing = |field: &'static str| AppError::field(field, "missing", "Skriv datoen som dag, måned og år.");
    Ok(ExtractInput {
        plan,
        from: fields::day(typed, "fra")?.ok_or_else(|| missing("fra"))?,
        to: fields::day(typed, "til")?.ok_or_else(|| missing("til"))?,
        purpose: fields::text(typed, "formaal").to_owned(),
        basis: fields::text(typed, "grundlag").to_owned(),
        csv: typed.contains_key("csv"),
        parquet: typed.contains_key("parquet"),
    })
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    typed: &Fields,
    rare: Vec<Rare>,
) -> Result<ExtractPage, AppError> {
    let (made, users) = app
        .store
        .view(caller.scope("extract.list", app.now()), |tx| {
            Ok::<_, AppError>(Seen::nothing((queries::all(tx)?, access::users_in(tx)?)))
        })
        .await?;
    let today = local_date(app.now());
    let choice =
        |value: String, label: &str, selected: bool| Choice { value, label: label.to_owned(), hint: None, selected };
    let tick = |prefix: &str, name: &str, label: &str| {
        let value = format!("{prefix}{name}");
        let selected = typed.contains_key(&value);
        choice(value, label, selected)
    };
    // What may tell who it is stands in several views under one name.
    let mut told = std::collections::BTreeSet::new();
    let columns = CATALOGUE.views.iter().flat_map(|view| &view.columns).filter(|column| is_quasi(column));
    let left_out = columns
        .filter(|column| told.insert(column.name.as_str()))
        .map(|column| tick("udelad_", &column.name, &column.label))
        .collect();
    let made = made.into_iter().map(|one| {
        let who = access::name_of(&users, one.by);
        made_view(one, who, today)
    });
    let few: Vec<(&'static str, String)> = rare.iter().take(TOLD).map(|one| (one.view, one.text())).collect();
    let field = |name: &str| Field::of(fields::text(typed, name));
    Ok(ExtractPage {
        frame: visit.frame(Nav::Quality, Counts::default()).await?,
        views: CATALOGUE.views.iter().map(|view| tick("tabel_", &view.name, &view.label)).collect(),
        left_out,
        days: Grain::ALL
            .iter()
            .map(|grain| choice(grain.word().to_owned(), grain.label(), fields::text(typed, "dage") == grain.word()))
            .collect(),
        purpose: field("formaal"),
        basis: field("grundlag"),
        from: field("fra"),
        to: field("til"),
        k: field("k"),
        rare: typed.contains_key("sjaeldne"),
        csv: typed.contains_key("csv"),
        parquet: typed.contains_key("parquet"),
        errors: Vec::new(),
        problem: None,
        more: rare.len().saturating_sub(few.len()),
        few,
        made: made.collect(),
    })
}

fn made_view(one: ResearchExtract, who: String, today: jiff::civil::Date) -> MadeView {
    let rows: u64 = one.rows.values().sum();
    MadeView {
        on: dates::month_day(one.on, today),
        who,
        purpose: one.purpose,
        basis: one.basis,
        rows: rows.to_string(),
    }
}

#[derive(Template)]
#[template(path = "extracts/fields.html")]
pub(super) struct FieldsPage {
    frame: Frame,
    views: Vec<ViewView>,
}

struct ViewView {
    name: &'static str,
    label: &'static str,
    one: &'static str,
    columns: Vec<ColumnView>,
}

struct ColumnView {
    name: String,
    label: String,
    kind: String,
    meaning: String,
    codes: String,
}

pub(super) async fn explain(visit: Visit) -> Result<Page<FieldsPage>, AppError> {
    let views = CATALOGUE.views.iter().map(|view| ViewView {
        name: view.name.as_str(),
        label: view.label.as_str(),
        one: view.one.as_str(),
        columns: view
            .columns
            .iter()
            .map(|column| {
                let [_, name, label, kind, unit, meaning, codes] = dictionary::line(view, column);
                let kind = if unit.is_empty() { kind } else { format!("{kind}, {unit}") };
                ColumnView { name, label, kind, meaning, codes }
            })
            .collect(),
    });
    let views = views.collect();
    Ok(Page(FieldsPage { frame: visit.frame(Nav::Quality, Counts::default()).await?, views }))
}
