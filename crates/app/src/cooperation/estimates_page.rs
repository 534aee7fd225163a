//! Estimates of a year's referrals, typed or from a file: `/samarbejde/skoen`. One query.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::cooperation::estimate_file::{FileFault, share, whole};
use domain::cooperation::{Estimate, EstimateArea, Expected};
use domain::ids::EstimateId;
use domain::workdays::local_date;
use store::{Seen, Tx, Versioned};
use uuid::Uuid;

use super::estimate::{self, EstimateInput};
use super::form::{Part, Typed, carried_out, tabs};
use super::kept;
use crate::layout::{Choice, Counts, Field, FormError, Frame, Nav, Tab};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "cooperation/estimates.html")]
pub(super) struct EstimatesPage {
    frame: Frame,
    tabs: Vec<Tab>,
    rows: Vec<EstimateLine>,
    areas: Vec<Choice>,
    area_error: Option<String>,
    year: Field,
    number: Field,
    percent: Field,
    persons: Field,
    agreed_in: Field,
    file: Field,
    /// What is wrong with the file, line by line.
    faults: Vec<String>,
    code: String,
    errors: Vec<FormError>,
    problem: Option<String>,
}

struct EstimateLine {
    id: EstimateId,
    version: i64,
    area: &'static str,
    year: i16,
    expected: String,
    /// How it was worked out, when it is a share.
    of: Option<String>,
    agreed_in: Option<String>,
}

const LIST: &str = "/samarbejde/skoen";

/// A number of referrals as it is read: whole, and "80" rather than "80,0".
pub(crate) fn rounded(number: f64) -> String {
    format!("{:.0}", number.round())
}

fn line(it: Versioned<Estimate>) -> EstimateLine {
    let Versioned { version, value } = it;
    let of = match value.expected {
        Expected::Referrals { .. } => None,
        Expected::PercentOf { percent, persons } => {
            Some(format!("{} % af {persons} borgere", percent.to_string().replace('.', ",")))
        }
    };
    EstimateLine {
        id: value.id,
        version,
        area: value.area.label(),
        year: value.year,
        expected: rounded(value.expected.in_a_year()),
        of,
        agreed_in: value.agreed_in,
    }
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
) -> Result<Page<EstimatesPage>, AppError> {
    let typed = Typed::of([("aar", local_date(app.now()).year().to_string())]);
    Ok(Page(page(&app, &caller, &visit, typed, Vec::new()).await?))
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    typed: Typed,
    faults: Vec<FileFault>,
) -> Result<EstimatesPage, AppError> {
    let read = |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(kept::all::<Estimate>(tx)?));
    let mut found = app.store.view(caller.scope("estimate.list", app.now()), read).await?;
    found.sort_by_key(|it| (std::cmp::Reverse(it.value.year), it.value.area));
    let home = app.organization(caller.organization).await?;
    let choice = |one: &EstimateArea| Choice {
        value: one.word().to_owned(),
        label: one.label().to_owned(),
        hint: None,
        selected: one.word() == typed.text("omraade"),
    };
    Ok(EstimatesPage {
        frame: visit.frame(Nav::Cooperation, Counts::default()).await?,
        tabs: tabs(Part::Estimates),
        rows: found.into_iter().map(line).collect(),
        areas: EstimateArea::ALL.iter().map(choice).collect(),
        area_error: typed.error("omraade"),
        year: typed.field("aar"),
        number: typed.field("antal"),
        percent: typed.field("procent"),
        persons: typed.field("personer"),
        agreed_in: typed.field("aftalt"),
        file: typed.field("fil"),
        faults: faults.iter().map(FileFault::user_message).collect(),
        code: home.code.as_str().to_owned(),
        errors: typed.errors,
        problem: typed.problem,
    })
}

/// The estimate as it was typed, or everything that is wrong with it.
fn read(mut typed: Typed) -> Result<(EstimateInput, Typed), Typed> {
    let area = EstimateArea::parse(typed.text("omraade")).ok();
    if area.is_none() {
        typed.wrong("omraade", "Vælg, hvad henvisningerne drejer sig om.");
    }
    let year = typed.text("aar").parse::<i16>().ok();
    if year.is_none() {
        typed.wrong("aar", "Skriv årstallet med fire cifre.");
    }
    let expected = match (typed.said("antal"), typed.said("procent"), typed.said("personer")) {
        (Some(number), None, None) => whole(&number).map(|number| Expected::Referrals { number }).ok_or("antal"),
        (None, Some(percent), Some(persons)) => match (share(&percent), whole(&persons)) {
            (Some(percent), Some(persons)) => Ok(Expected::PercentOf { percent, persons }),
            (None, _) => Err("procent"),
            (_, None) => Err("personer"),
        },
        _ => Err(""),
    };
    let expected = expected.map_err(|field| match field {
        "" => typed.wrong("antal", "Skriv enten antal, eller procent og personer."),
        field => typed.wrong(field, "Skriv et tal."),
    });
    match (area, year, expected) {
        (Some(area), Some(year), Ok(expected)) => {
            Ok((EstimateInput { area, year, expected, agreed_in: typed.said("aftalt") }, typed))
        }
        _ => Err(typed),
    }
}

pub(super) async fn set(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let (app, caller) = (&app, &caller);
    let set = |input, _| async move { estimate::set_estimate(app, caller, &input).await };
    match carried_out(read(Typed::sent(pairs)), set).await? {
        Ok(_) => Ok(visit.done(LIST, "Skønnet er gemt.").await?.into_response()),
        Err((typed, status)) => Ok((status, Page(page(app, caller, &visit, typed, Vec::new()).await?)).into_response()),
    }
}

pub(super) async fn import(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let mut typed = Typed::sent(pairs);
    let faults = match estimate::import_estimates(&app, &caller, typed.text("fil")).await? {
        Ok(read) => {
            let others =
                if read.others == 0 { String::new() } else { format!(" Linjer om andre kommuner: {}.", read.others) };
            let notice = format!("Skøn læst ind: {}.{others}", read.estimates);
            return Ok(visit.done(LIST, notice).await?.into_response());
        }
        Err(faults) => faults,
    };
    typed.wrong("fil", "Filen kunne ikke læses. Intet er gemt. Ret den, og prøv igen.");
    let shown = page(&app, &caller, &visit, typed, faults).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(shown)).into_response())
}

pub(super) async fn strike(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let typed = Typed::sent(pairs);
    match estimate::strike_estimate(&app, &caller, (id, Some(typed.version())), typed.text("hvorfor")).await {
        Ok(_) => Ok(visit.done(LIST, "Skønnet er strøget.").await?.into_response()),
        Err(error) => {
            let (typed, status) = typed.refused(error)?;
            Ok((status, Page(page(&app, &caller, &visit, typed.told_above(), Vec::new()).await?)).into_response())
        }
    }
}
