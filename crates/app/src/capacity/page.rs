//! The page of a plan: `GET /kapacitet`, a form whose answer is an address. Five queries; the years are run
//! after them, unless they are known.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::organization::ManagingOrganization;
use simulation::{Calibration, Municipality, PlanOutcome, SizeBasis};
use store::Seen;

use super::figures::{self, FigureView, WholeRow};
use super::form::{self, FormFault, Planned};
use super::grounds::{self, GroundView};
use super::lead::lead_to;
use super::queries;
use super::today::{self, Basis, Today};
use crate::layout::{Counts, Field, Frame, Nav};
use crate::web::fields::Fields;
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "capacity/page.html")]
struct CapacityPage {
    frame: Frame,
    staff: Field,
    staff_today: String,
    referrals: Field,
    referrals_today: String,
    rows: Vec<RowView>,
    errors: Vec<FormFault>,
    changed: bool,
    whole: Vec<WholeRow>,
    figures: Vec<DrawnFigure>,
    years: u32,
    built_on: Vec<String>,
    left_out: Vec<&'static str>,
    sourced: Vec<GroundView>,
    estimated: Vec<GroundView>,
}

struct RowView {
    name: &'static str,
    today: String,
    seats_id: String,
    seats: Field,
    starts_id: String,
    starts: Field,
}

struct DrawnFigure {
    id: &'static str,
    heading: &'static str,
    html: String,
}

async fn show_plan(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    form: &Fields,
) -> Result<(StatusCode, CapacityPage), AppError> {
    let home = app.organization(caller.organization).await?;
    let (municipality, today, left_out) = as_it_is(app, caller, &home).await?;
    let mut planned = form::read(form, &today);
    let outcomes = outcomes(&today, &mut planned).await?;
    let changed = outcomes.1.is_some();
    let figures = figures::by_programme(&outcomes.0, outcomes.1.as_deref());
    let language = visit.language();
    let draw = |FigureView { id, heading, plans }| DrawnFigure { id, heading, html: language.figure(id, &plans) };
    let (sourced, estimated) = grounds::of(Calibration::stated());
    let Planned { staff, referrals, rows, faults, .. } = planned;
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = CapacityPage {
        frame: visit.frame(Nav::Capacity, Counts::default()).await?,
        staff,
        staff_today: today.inputs.professionals.to_string(),
        referrals,
        referrals_today: charts::count(today.referrals),
        rows: rows.into_iter().map(|row| row_view(row, &today)).collect(),
        errors: faults,
        changed,
        whole: figures::whole(&outcomes.0, outcomes.1.as_deref()),
        figures: figures.into_iter().map(draw).collect(),
        years: outcomes.1.as_deref().map_or(outcomes.0.runs, |planned| planned.runs.min(outcomes.0.runs)),
        built_on: built_on(&municipality, &today),
        left_out,
        sourced,
        estimated,
    };
    Ok((status, page))
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Query(form): Query<Fields>,
) -> Result<Response, AppError> {
    let (status, page) = show_plan(&app, &caller, &visit, &form).await?;
    Ok((status, Page(page)).into_response())
}

/// The municipality as it is, and what it runs in classes that the model does not know.
pub(super) async fn as_it_is(
    app: &App,
    caller: &Caller,
    home: &ManagingOrganization,
) -> Result<(Municipality, Today, Vec<&'static str>), AppError> {
    let kept = app
        .store
        .view(caller.scope("capacity.today", app.now()), |tx| Ok::<_, AppError>(Seen::nothing(queries::kept(tx)?)))
        .await?;
    let municipality = Municipality::of(&home.code).map_err(|error| {
        tracing::error!(%error, "the table of municipalities cannot be read");
        AppError::Rule { code: "no_table", message: "Tabellen over kommuner kan ikke læses. Sig det til driften." }
    })?;
    let municipality = today::sized(municipality, &kept, Calibration::stated());
    let today = Today::of(&kept, &municipality, Calibration::stated());
    let mut left_out: Vec<&str> = kept
        .classes
        .iter()
        .filter(|class| today.inputs.teams.iter().all(|plan| plan.code != class.code))
        .map(|class| class.code.label())
        .collect();
    left_out.sort_unstable();
    left_out.dedup();
    Ok((municipality, today, left_out))
}

/// The years of today, and those of the plan when it is another and nothing is wrong with it.
pub(super) async fn outcomes(
    today: &Today,
    planned: &mut Planned,
) -> Result<(Arc<PlanOutcome>, Option<Arc<PlanOutcome>>), AppError> {
    let differs = planned.faults.is_empty() && planned.inputs != today.inputs;
    let now = lead_to(&today.inputs, &today.calibration);
    let (now, then) = if differs {
        let (now, then) = tokio::join!(now, lead_to(&planned.inputs, &today.calibration));
        (now?, Some(then?))
    } else {
        (now.await?, None)
    };
    let then = match then {
        Some(Err(faults)) => {
            planned.faults.extend(faults.into_iter().map(form::at_field));
            None
        }
        Some(Ok(outcome)) => Some(outcome),
        None => None,
    };
    let now = now.map_err(|faults| {
        tracing::error!(?faults, "the model does not take the municipality as it is");
        AppError::Rule {
            code: "not_planned",
            message: "Kommunens tal kan ikke bruges i modellen. Sig det til driften.",
        }
    })?;
    Ok((now, then))
}

fn row_view(row: form::PlanFields, today: &Today) -> RowView {
    let plan = today.inputs.teams.iter().find(|plan| plan.code == row.code);
    let said = plan.map_or_else(String::new, |plan| match plan.starts_a_year {
        0 => "I dag ingen hold".to_owned(),
        1 => format!("I dag 1 hold om året med {} pladser", plan.seats),
        starts => format!("I dag {starts} hold om året med {} pladser", plan.seats),
    });
    RowView {
        name: row.code.label(),
        today: said,
        seats_id: form::seats_name(row.code),
        seats: row.seats,
        starts_id: form::starts_name(row.code),
        starts: row.starts,
    }
}

/// What today's figures are from, a sentence each.
fn built_on(municipality: &Municipality, today: &Today) -> Vec<String> {
    let basis = |basis, own: String, estimate: &str| match basis {
        Basis::Own => own,
        Basis::Scaled(days) => format!("{own} Regnet op til et år fra {days} dage."),
        Basis::Estimate => estimate.to_owned(),
    };
    let inhabitants = charts::count(municipality.inhabitants);
    vec![
        basis(
            today.requests_basis,
            format!(
                "{} henvisninger fra læger og sygehuse og {} andre henvendelser det sidste år.",
                charts::count(today.referrals),
                charts::count(today.own_requests)
            ),
            "Kommunen har ikke henvendelser for tre måneder endnu. Der regnes med et skøn ud fra dens størrelse.",
        ),
        basis(
            today.classes_basis,
            "Hold, der er begyndt det sidste år, og deres pladser.".to_owned(),
            "Kommunen har ingen hold det sidste år. Der regnes med et skøn ud fra dens størrelse.",
        ),
        basis(
            today.staff_basis,
            match today.inputs.professionals {
                1 => "1 medarbejder, som har en kompetence under Arbejdstider.".to_owned(),
                some => format!("{some} medarbejdere, som har en kompetence under Arbejdstider."),
            },
            "Ingen medarbejdere har en kompetence under Arbejdstider. Der regnes med et skøn.",
        ),
        match municipality.basis {
            SizeBasis::Counted => format!("{inhabitants} indbyggere efter den indbyggede tabel."),
            SizeBasis::Average => {
                format!("{inhabitants} indbyggere: gennemsnittet af de kommuner, tabellen ikke har et tal for.")
            }
            SizeBasis::Given => format!("{inhabitants} indbyggere efter kommunens befolkningstal."),
        },
    ]
}
