//! Correcting a response: `GET` and `POST /maalinger/{id}/ret`; what is corrected stays, with the reason.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response as Answered};
use domain::ids::ResponseId;
use domain::response::Response;
use domain::workdays::local_date;
use instruments::Instrument;
use store::{Seen, Tx, Versioned};
use uuid::Uuid;

use super::commands::is_done;
use super::fill::{self, Correction, FillPage};
use super::form::{self, Typed};
use super::result::result_href;
use super::{CorrectionInput, Instruments};
use crate::layout::{Counts, Field, Frame, Nav};
use crate::records::{self, CitizenRecord};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

struct Loaded {
    known: Instruments,
    record: Arc<CitizenRecord>,
    response: Versioned<Response>,
}

impl Loaded {
    fn instrument(&self) -> Result<&Instrument, AppError> {
        let Response { instrument, version, .. } = &self.response.value;
        self.known.find(instrument, *version).ok_or(AppError::NotFound("instrument"))
    }
}

async fn load(app: &App, caller: &Caller, id: ResponseId) -> Result<Loaded, AppError> {
    let home = app.organization(caller.organization).await?;
    let read = move |tx: &mut Tx<'_>| {
        let citizen = records::citizen_of(tx, "response", id.0)?;
        let known = Instruments::read(tx, &home.settings.instruments_off)?;
        let record = records::citizen_record(tx, citizen)?;
        let response = record.response(id)?.clone();
        Ok::<_, AppError>(Seen::record(citizen.0, Loaded { known, record, response }))
    };
    app.store.view(caller.scope("response.open", app.now()), read).await
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<FillPage>, AppError> {
    let loaded = load(&app, &caller, id.into()).await?;
    let typed = stored(&loaded.response.value);
    let frame = visit.frame(Nav::Citizens, Counts::default()).await?;
    Ok(Page(page(frame, &loaded, &typed, local_date(app.now()))?))
}

/// The form as it would be typed to give this response.
fn stored(response: &Response) -> Typed {
    let mut typed = Typed::of_answers(&response.answers);
    let mut add = |name: &str, value: &str| typed.add(name, value);
    add("fase", response.phase.word());
    add("maade", response.mode.word());
    add("dato", &response.on.to_string());
    add("sted", response.setting.place.as_deref().unwrap_or_default());
    add("udstyr", response.setting.equipment.as_deref().unwrap_or_default());
    for fact in response.facts.iter().flatten() {
        add("oplysning", fact);
    }
    if response.stopped_early {
        add("stoppet", "1");
    }
    add("hvorfor", response.reason.as_deref().unwrap_or_default());
    typed
}

fn page(frame: Frame, loaded: &Loaded, typed: &Typed, today: jiff::civil::Date) -> Result<FillPage, AppError> {
    let response = &loaded.response;
    let base = fill::page(frame, &loaded.record, loaded.instrument()?, typed, today);
    let version = typed.get("version").parse().unwrap_or(response.version);
    // What the citizen began and did not end is filled in as a new one is: there is nothing to correct yet.
    let ended = is_done(response.value.status);
    Ok(FillPage {
        href: format!("{}/ret", result_href(response.value.id)),
        back: result_href(response.value.id),
        id: response.value.id.to_string(),
        correction: ended.then(|| Correction { version, why: Field::of(typed.get("rettelse")) }),
        ..base
    })
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Answered, AppError> {
    let (id, typed) = (ResponseId(id), Typed::new(pairs));
    let why = typed.get("rettelse").to_owned();
    if typed.get("gem") == "fejl" {
        let done = super::withdraw(&app, &caller, id, why).await;
        if done.is_ok() {
            let notice = "Besvarelsen er mærket som fejlregistreret og tæller ikke med.";
            return Ok(visit.done(&result_href(id), notice).await?.into_response());
        }
        return again(&app, &caller, &visit, id, &typed, done.err()).await;
    }
    let loaded = load(&app, &caller, id).await?;
    let instrument = loaded.instrument()?;
    let read = form::read(instrument, &typed);
    let input = match fill::input(instrument, &typed, &read) {
        Ok(input) => input,
        Err(error) => return again(&app, &caller, &visit, id, &typed, error).await,
    };
    if !is_done(loaded.response.value.status) {
        return match super::record(&app, &caller, loaded.response.value.citizen, id, input).await {
            Ok(id) => Ok(visit.done(&result_href(id), "Besvarelsen er gemt.").await?.into_response()),
            Err(error) => again(&app, &caller, &visit, id, &typed, Some(error)).await,
        };
    }
    let version = typed.get("version").parse().ok();
    match super::correct(&app, &caller, id, version, CorrectionInput { right: input, why }).await {
        Ok(()) => {
            let notice = "Besvarelsen er rettet. Det tidligere står nedenunder.";
            Ok(visit.done(&result_href(id), notice).await?.into_response())
        }
        Err(error) => again(&app, &caller, &visit, id, &typed, Some(error)).await,
    }
}

/// The form as it was typed, with what stood in the way.
async fn again(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: ResponseId,
    typed: &Typed,
    error: Option<AppError>,
) -> Result<Answered, AppError> {
    let error = error.map(AppError::at_the_form).transpose()?;
    let loaded = load(app, caller, id).await?;
    let instrument = loaded.instrument()?;
    let read = form::read(instrument, typed);
    let frame = visit.frame(Nav::Citizens, Counts::default()).await?;
    let mut page = page(frame, &loaded, typed, local_date(app.now()))?;
    fill::refused(&mut page, instrument, typed, &read, error.as_ref(), error.is_some());
    let status = error.map_or(axum::http::StatusCode::UNPROCESSABLE_ENTITY, |error| error.form_status());
    Ok((status, Page(page)).into_response())
}
