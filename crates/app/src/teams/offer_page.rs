//! The presses about those who wait: offer a seat, note the answer, say how much it is needed.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::ids::{PlannedInterventionId, SeatOfferId, TeamId};
use domain::team::WaitingNeed;
use uuid::Uuid;

use super::team_page::refused;
use super::words::team_href;
use super::{NeedInput, OfferInput, answer_offer, offer_seat, set_need, withdraw_offer};
use crate::web::{PageForm, Visit};
use crate::{App, AppError, Caller};

/// A press on one who waits.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct OfferForm {
    indsats: Uuid,
    svar_senest: String,
}

pub(super) async fn offer(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<OfferForm>,
) -> Result<Response, AppError> {
    let team = TeamId(id);
    let answer_on = match form.svar_senest.trim() {
        "" => None,
        text => match text.parse() {
            Ok(day) => Some(day),
            Err(_) => {
                let error = AppError::field("svar_senest", "unreadable", "Vælg den sidste dag, borgeren kan svare.");
                return refused(&app, &caller, &visit, team, error).await;
            }
        },
    };
    let input = OfferInput { intervention: PlannedInterventionId(form.indsats), answer_on };
    match offer_seat(&app, &caller, team, input).await {
        Ok(_) => {
            let notice = "Pladsen er tilbudt. Beskeden til borgeren står på ring- og beskedlisten.";
            Ok(visit.done(&team_href(team), notice).await?.into_response())
        }
        // Pressed twice, or a colleague was first: the offer is there, as was wanted.
        Err(AppError::Team(domain::team::TeamError::AlreadyOffered)) => {
            Ok(visit.done(&team_href(team), "Borgeren har allerede fået tilbuddet.").await?.into_response())
        }
        Err(error) => refused(&app, &caller, &visit, team, error).await,
    }
}

/// What the citizen said.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct AnswerForm {
    svar: String,
}

pub(super) async fn answer(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((team, offer)): Path<(Uuid, Uuid)>,
    PageForm(form): PageForm<AnswerForm>,
) -> Result<Response, AppError> {
    let (team, offer) = (TeamId(team), SeatOfferId(offer));
    let (done, notice) = match form.svar.as_str() {
        "ja" => (answer_offer(&app, &caller, team, offer, true).await, "Borgeren har fået plads på holdet."),
        "nej" => (
            answer_offer(&app, &caller, team, offer, false).await,
            "Pladsen er fri igen, og borgeren står stadig på ventelisten.",
        ),
        "traek" => (withdraw_offer(&app, &caller, team, offer).await, "Tilbuddet er trukket tilbage."),
        _ => (Err(AppError::field("svar", "required", "Vælg, hvad borgeren har svaret.")), ""),
    };
    match done {
        Ok(()) => Ok(visit.done(&team_href(team), notice).await?.into_response()),
        Err(error) => refused(&app, &caller, &visit, team, error).await,
    }
}

/// How much a seat is needed.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct NeedForm {
    indsats: Uuid,
    behov: String,
}

pub(super) async fn need(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<NeedForm>,
) -> Result<Response, AppError> {
    let team = TeamId(id);
    let done = match WaitingNeed::parse(&form.behov) {
        Ok(need) => set_need(&app, &caller, NeedInput { intervention: form.indsats.into(), need }).await,
        Err(_) => Err(AppError::field("behov", "required", "Vælg, hvor stort behovet er.")),
    };
    match done {
        Ok(()) => {
            Ok(visit.done(&team_href(team), "Behovet er gemt, og rækkefølgen følger det.").await?.into_response())
        }
        Err(error) => refused(&app, &caller, &visit, team, error).await,
    }
}
