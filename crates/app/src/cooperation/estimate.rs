//! Commands about estimates of a year's referrals: typed one by one, or read from a file.

use domain::cooperation::estimate_file::{self, FileFault};
use domain::cooperation::{Estimate, EstimateArea, Expected};
use domain::ids::EstimateId;
use domain::permission::Permission;
use domain::workdays::local_date;
use serde::{Deserialize, Serialize};
use store::{Tx, Versioned};
use uuid::Uuid;

use super::kept::{self, said};
use crate::{App, AppError, Caller, ids, records};

/// An estimate of an area and a year; a number of referrals, or a share of people.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct EstimateInput {
    /// `afklarende_samtale`, `nikotinafvaenning`, `alkohol` or `specific_offer`.
    #[schema(value_type = String)]
    pub area: EstimateArea,
    /// The year.
    pub year: i16,
    /// `{"as":"referrals","number":80}` or `{"as":"percent_of","percent":2,"persons":4000}`.
    #[schema(value_type = Object)]
    pub expected: Expected,
    /// Where it was agreed.
    #[serde(default)]
    pub agreed_in: Option<String>,
}

/// Keeps estimates; one of the same area and year is the next version of it.
fn put(tx: &mut Tx<'_>, new: Vec<Estimate>) -> Result<Vec<Uuid>, AppError> {
    let known: Vec<Versioned<Estimate>> = kept::all(tx)?;
    let at = tx.scope().at;
    let mut ids = Vec::new();
    for estimate in new {
        let same = known.iter().find(|it| it.value.area == estimate.area && it.value.year == estimate.year);
        let id = same.map_or_else(|| ids::new::<EstimateId>(at), |it| it.value.id);
        let estimate = Estimate { id, ..estimate };
        match same {
            Some(before) => records::save_if_changed(tx, before, &estimate)?,
            None => records::add(tx, &estimate)?,
        };
        ids.push(id.0);
    }
    Ok(ids)
}

/// Keeps an estimate; what was said before of the same area and year stays.
///
/// # Errors
///
/// It cannot be so.
pub async fn set_estimate(app: &App, who: &Caller, input: &EstimateInput) -> Result<Uuid, AppError> {
    who.require(Permission::Cooperation)?;
    let EstimateInput { area, year, expected, .. } = *input;
    let estimate = Estimate {
        id: EstimateId(Uuid::nil()),
        area,
        year,
        expected,
        agreed_in: said(input.agreed_in.as_ref()),
        struck: None,
    };
    if let Some(fault) = estimate.faults(local_date(app.now())).first() {
        return Err(AppError::field(fault.field(), "estimate", fault.user_message()));
    }
    app.store
        .write(who.scope("estimate.set", app.now()), move |tx| {
            put(tx, vec![estimate])?.into_iter().next().ok_or(AppError::NotFound("estimate"))
        })
        .await
}

/// What a file came to.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Imported {
    /// Estimates kept.
    pub estimates: usize,
    /// Lines about other municipalities.
    pub others: usize,
}

/// Keeps what a file says of the own municipality: all of it, or nothing and everything that is wrong.
///
/// # Errors
///
/// The right is missing, or the store failed.
pub async fn import_estimates(
    app: &App,
    who: &Caller,
    text: &str,
) -> Result<Result<Imported, Vec<FileFault>>, AppError> {
    who.require(Permission::Cooperation)?;
    let home = app.organization(who.organization).await?;
    let read = match estimate_file::read(text, &home.code, local_date(app.now())) {
        Ok(read) => read,
        Err(faults) => return Ok(Err(faults)),
    };
    let imported = Imported { estimates: read.estimates.len(), others: read.others };
    app.store.write(who.scope("estimate.import", app.now()), move |tx| put(tx, read.estimates).map(|_| ())).await?;
    Ok(Ok(imported))
}

/// Strikes an estimate.
///
/// # Errors
///
/// No reason, there is none, or a colleague was first.
pub async fn strike_estimate(app: &App, who: &Caller, of: (Uuid, Option<i64>), reason: &str) -> Result<i64, AppError> {
    kept::strike::<Estimate>(app, who, "estimate.strike", of, reason).await
}
