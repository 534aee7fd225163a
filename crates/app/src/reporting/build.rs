//! Building a day's reports.

use std::sync::Arc;

use domain::ids::CitizenId;
use domain::organization::{ManagingOrganization, Organization};
use domain::workdays::{day_bounds, local_date};
use fhir_gateway::{BuildError, DeliveryReport, Options, Records, Reported};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;
use store::{Seen, Tx};
use uuid::Uuid;

use super::{outbox, queries};
use crate::records::{self, CitizenRecord};
use crate::{App, AppError, Caller, organizations};

/// A report of the day.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Built {
    /// The Bundle's id.
    pub id: Uuid,
    /// About whom.
    pub citizen: Uuid,
    /// The day it tells of.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// The Bundle.
    #[serde(skip)]
    pub json: Vec<u8>,
    /// Built now, or earlier.
    pub new: bool,
}

/// A citizen whose report could not be built.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct BuildFailure {
    /// About whom.
    pub citizen: Uuid,
    /// Which day.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// What to do, in Danish.
    pub text: String,
}

/// What a run built.
#[derive(Debug, Clone, Default, Serialize, utoipa::ToSchema)]
pub struct DaysBuilt {
    /// Reports, by day and citizen.
    pub reports: Vec<Built>,
    /// Citizens left out, with the reason.
    pub failures: Vec<BuildFailure>,
}

/// The namespace of Bundle ids: the same day's report of the same citizen gets the same id, a new try a new one.
const BUNDLES: Uuid = Uuid::from_u128(0x6f72_6562_7967_5f31_3139_5f72_6570_6f72);

/// What becomes of a day whose report was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// Somebody asked for it: it is built again.
    Asked,
    /// It is built again when something in the record has changed since; the same again would be refused again.
    WhenMended,
}

/// Builds what is due for every day up to and with `until`, missed days first, in order.
async fn build_due_until(app: &App, who: &Caller, until: Date, again: Again) -> Result<DaysBuilt, AppError> {
    let scope = who.scope("report.due", app.now());
    let days = app.store.view(scope, move |tx| Ok::<_, AppError>(Seen::nothing(queries::due_days(tx, until)?))).await?;
    let mut all = DaysBuilt::default();
    for day in days {
        let built = build_day(app, who, day, again).await?;
        all.reports.extend(built.reports);
        all.failures.extend(built.failures);
    }
    Ok(all)
}

/// Builds what is due up to yesterday: a day is reported when it is over.
pub async fn build_due(app: &App, who: &Caller, again: Again) -> Result<DaysBuilt, AppError> {
    let yesterday = local_date(app.now()).saturating_sub(1.day());
    build_due_until(app, who, yesterday, again).await
}

/// Builds the reports of one day. A report that exists is given as it is; only what changed after it, or what a rejected
/// one said, makes another with an id of its own.
pub async fn build_day(app: &App, who: &Caller, day: Date, again: Again) -> Result<DaysBuilt, AppError> {
    let scope = who.scope("report.changed", app.now());
    let citizens =
        app.store.view(scope, move |tx| Ok::<_, AppError>(Seen::nothing(queries::changed_on(tx, day)?))).await?;
    let mut done = DaysBuilt::default();
    for citizen in citizens {
        match build_of(app, who, CitizenId(citizen), day, again).await {
            Ok(Some(report)) => done.reports.push(report),
            Ok(None) => {}
            Err(error @ (AppError::Report(_) | AppError::Rule { .. })) => {
                done.failures.push(BuildFailure { citizen, day, text: error.user_message() });
            }
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}

/// Builds the report again that was refused, as the record is now; none when all of it is told by now.
pub async fn build_again(app: &App, who: &Caller, refused: Uuid) -> Result<Option<Built>, AppError> {
    let look = move |tx: &mut Tx<'_>| {
        let (citizen, day) = outbox::refused(tx, refused)?.ok_or(AppError::NotFound("report"))?;
        Ok::<_, AppError>(Seen::list(vec![citizen], (citizen, day)))
    };
    let (citizen, day) = app.store.view(who.scope("report.again", app.now()), look).await?;
    build_of(app, who, CitizenId(citizen), day, Again::Asked).await
}

async fn build_of(
    app: &App,
    who: &Caller,
    citizen: CitizenId,
    day: Date,
    again: Again,
) -> Result<Option<Built>, AppError> {
    let (home, now) = (app.organization(who.organization).await?, app.now());
    let build = move |tx: &mut Tx<'_>| {
        if again == Again::WhenMended && outbox::is_unmended(tx, citizen.0)? {
            return Ok(None);
        }
        build_one(tx, &home, citizen, day, now)
    };
    app.store.write(who.scope("report.build", now), build).await
}

fn build_one(
    tx: &mut Tx<'_>,
    home: &ManagingOrganization,
    citizen: CitizenId,
    day: Date,
    now: Timestamp,
) -> Result<Option<Built>, AppError> {
    let tries = queries::tries(tx, citizen.0, day)?;
    let attempt = i64::try_from(tries.len()).unwrap_or(i64::MAX - 1) + 1;
    let name = format!("{}/{}/{day}/{attempt}", home.key, citizen.0);
    let bundle = Uuid::new_v5(&BUNDLES, name.as_bytes());
    // What was refused is mended after its day: the new try tells the record as it is now.
    let again = tries.last().is_some_and(|last| !last.state.stands());
    let (record, told_until) = if again {
        (records::citizen_record(tx, citizen)?, local_date(now))
    } else {
        (Arc::new(records::citizen_record_before(tx, citizen, day_bounds(day).1)?), day)
    };
    let reported = queries::reported(tx, citizen.0, told_until)?;
    let organizations = organizations::partners(tx)?;
    let report = match render(&organizations, home, &record, &reported, bundle, now) {
        // Without a CPR number there is nothing to tell; what changes when there is one tells all of it.
        Err(AppError::Report(BuildError::NotReportable)) => None,
        other => other?,
    };
    let Some(report) = report else {
        return earlier(tx, citizen, day, &tries);
    };
    queries::store_report(tx, citizen.0, day, attempt, &report)?;
    Ok(Some(Built { id: bundle, citizen: citizen.0, day, json: report.json, new: true }))
}

/// The report that was built before and tells all there is to tell.
fn earlier(tx: &mut Tx<'_>, citizen: CitizenId, day: Date, tries: &[queries::Try]) -> Result<Option<Built>, AppError> {
    let Some(valid) = tries.iter().rfind(|t| t.state.stands()) else {
        // Nothing of that day's changes is reportable: the day is done until something changes again.
        queries::nothing_to_tell(tx, citizen.0, day)?;
        return Ok(None);
    };
    let json = queries::payload(tx, valid.id)?.1;
    Ok(Some(Built { id: valid.id, citizen: citizen.0, day, json, new: false }))
}

/// The report of a record, or none when everything in it is told.
pub(super) fn render(
    organizations: &[Organization],
    home: &ManagingOrganization,
    record: &CitizenRecord,
    reported: &Reported,
    bundle: Uuid,
    now: Timestamp,
) -> Result<Option<DeliveryReport>, AppError> {
    let message = "Kommunen mangler sin SOR-kode. Skriv den under Administration, og dan indberetningen igen.";
    let sor = home.sor.as_ref().ok_or(AppError::Rule { code: "sor_missing", message })?;
    let requests: Vec<_> = record.requests.iter().map(|r| r.value.request.clone()).collect();
    let focus: Vec<_> = record.requests.iter().flat_map(|r| r.value.focus.clone()).collect();
    let conditions: Vec<_> = record.conditions.iter().map(|c| c.value.clone()).collect();
    let plans: Vec<_> = record.care_plans.iter().map(|p| p.value.clone()).collect();
    let interventions: Vec<_> = record.interventions.iter().map(|i| i.value.clone()).collect();
    let encounters: Vec<_> = record.encounters.iter().map(|e| e.value.clone()).collect();
    let records = Records {
        managing_organization: sor,
        citizen: &record.citizen.value,
        organizations,
        service_requests: &requests,
        focus_conditions: &focus,
        conditions: &conditions,
        care_plans: &plans,
        interventions: &interventions,
        encounters: &encounters,
    };
    let options = Options { service_request_link: home.settings.report_service_request_link, ..Options::default() };
    Ok(fhir_gateway::build(&records, &options, reported, bundle, now)?)
}
