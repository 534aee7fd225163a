//! A test that a supplier takes: `/leverandoer/{id}/maaling/{redskab}`. The same form and the same scoring as at home; the
//! person above it is the supplier's own view. Four queries.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::ids::{PlannedInterventionId, ResponseId};
use domain::workdays::local_date;
use store::{Seen, Tx};
use uuid::Uuid;

use super::own::may_write;
use super::own_list::own_href;
use super::own_page::{person, test_href};
use super::queries::{self, Own};
use crate::layout::{Counts, Nav};
use crate::measures::{FillPage, Instruments, ResponseInput, Taken, fill_for, record_in, taken};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, ids, records, tasks};

async fn load(app: &App, caller: &Caller, id: PlannedInterventionId) -> Result<(Own, Instruments), AppError> {
    let home = app.organization(caller.organization).await?;
    let (user, today) = (caller.user, local_date(app.now()));
    let read = move |tx: &mut Tx<'_>| {
        let own = queries::own_enrolment(tx, user, id, today)?;
        may_write(&own.enrolment.value)?;
        let known = Instruments::read(tx, &home.settings.instruments_off)?;
        Ok::<_, AppError>(Seen::record(own.enrolment.value.citizen.0, (own, known)))
    };
    app.store.view(caller.scope("supplier.own", app.now()), read).await
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((id, instrument)): Path<(Uuid, String)>,
) -> Result<Page<FillPage>, AppError> {
    let new = ids::new::<ResponseId>(app.now());
    page(&app, &caller, &visit, (id.into(), &instrument), None, new).await
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    (id, instrument): (PlannedInterventionId, &str),
    filled: Option<(&Taken, Option<&AppError>)>,
    response: ResponseId,
) -> Result<Page<FillPage>, AppError> {
    let (own, known) = load(app, caller, id).await?;
    let (today, instrument) = (local_date(app.now()), known.to_answer(instrument)?);
    let frame = visit.frame(Nav::SupplierOwn, Counts::default()).await?;
    let around = (person(&own.record, today), test_href(id, &instrument.id), own_href(id));
    Ok(Page(fill_for(frame, &own.record, instrument, around, filled, (response.to_string(), today))))
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((id, instrument)): Path<(Uuid, String)>,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let id = PlannedInterventionId(id);
    let (_, known) = load(&app, &caller, id).await?;
    let sent = taken(known.to_answer(&instrument)?, pairs);
    let response = sent.id.unwrap_or_else(|| ids::new(app.now()));
    let error = match &sent.input {
        None => None,
        Some(input) => match record(&app, &caller, id, response, input.clone()).await {
            Ok(()) => {
                let href = format!("{}#maalinger", own_href(id));
                return Ok(visit.done(&href, "Målingen er gemt.").await?.into_response());
            }
            Err(error) => Some(error.at_the_form()?),
        },
    };
    let fault = error.as_ref().or(sent.fault.as_ref());
    let status = fault.map_or(StatusCode::UNPROCESSABLE_ENTITY, AppError::form_status);
    let page = page(&app, &caller, &visit, (id, &instrument), Some((&sent, fault)), response).await?;
    Ok((status, page).into_response())
}

/// Keeps a test. What worries is for who gave the intervention: a supplier has no task list.
async fn record(
    app: &App,
    who: &Caller,
    id: PlannedInterventionId,
    response: ResponseId,
    input: ResponseInput,
) -> Result<(), AppError> {
    let home = app.organization(who.organization).await?;
    let (now, user) = (app.now(), who.user);
    app.store
        .write(who.scope("supplier.test", now), move |tx| {
            let own = queries::own_enrolment(tx, user, id, local_date(now))?;
            may_write(&own.enrolment.value)?;
            let mut after = own.enrolment.value.clone();
            if after.tests.contains(&response) {
                return Ok(());
            }
            if own.record.responses.iter().any(|one| one.value.id == response) {
                return Err(AppError::NotFound("response"));
            }
            let known = Instruments::read(tx, &home.settings.instruments_off)?;
            record_in(tx, user, &known, &own.record, response, &input)?;
            tasks::hand_over(tx, response.0, after.given_by)?;
            after.tests.push(response);
            records::save(tx, own.enrolment.version, &after)?;
            Ok(())
        })
        .await
}
