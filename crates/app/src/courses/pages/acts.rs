//! What is done on a course's page. A refused form comes back with what was typed.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::codes::{DeliveryType, EncounterClass, StopReason};
use domain::consent::{ConsentForm, ConsentPurpose};
use domain::follow_up::Kept;
use domain::workdays::instant;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use uuid::Uuid;

use super::course::{Problem, Typed, load, page};
use super::course_href;
use crate::courses::{
    ContactInput, EndInput, FollowUpResult, GoalInput, PauseInput, add_goal, change_delivery, end_follow_up,
    end_intervention, grant_support, pause_intervention, record_consent, record_contact, resume_intervention, whose,
    withdraw, withdraw_consent,
};
use crate::layout::{Counts, Nav};
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, calendar};

pub(super) async fn contact(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let (done, proof) = match contact_input(&form) {
        Ok(input) => {
            let (plan, on) = (input.care_plan, domain::workdays::local_date(input.start));
            let done = record_contact(&app, &caller, input).await;
            let proof = if done.is_ok() { calendar::of_contact(&app, &caller, plan, on).await? } else { String::new() };
            (done, proof)
        }
        Err(error) => (Err(error), String::new()),
    };
    let notice = format!("Kontakten er registreret.{proof}");
    answer(&app, &caller, &visit, id, form, "kontakter", done, &notice).await
}

fn contact_input(form: &Fields) -> Result<ContactInput, AppError> {
    let plan = fields::parsed::<Uuid>(form, "plan");
    let plan = plan.ok_or_else(|| AppError::field("plan", "required", "Vælg, hvad kontakten er en del af."))?;
    let (start, end) = times(form)?;
    Ok(ContactInput {
        care_plan: plan.into(),
        class: fields::said(form, "sted").and_then(|word| EncounterClass::parse(word).ok()).unwrap_or_default(),
        start,
        end,
        note: fields::said(form, "notat").map(str::to_owned),
    })
}

/// Day, from and until, as a contact has them.
pub(crate) fn times(form: &Fields) -> Result<(Timestamp, Timestamp), AppError> {
    let missing = |field, text: &str| AppError::field(field, "required", text);
    let day = fields::parsed::<Date>(form, "dato");
    let day = day.ok_or_else(|| missing("dato", "Skriv datoen."))?;
    let clock = |name| fields::parsed::<Time>(form, name);
    let from = clock("fra").ok_or_else(|| missing("fra", "Skriv, hvornår det begyndte."))?;
    let until = clock("til").ok_or_else(|| missing("til", "Skriv, hvornår det sluttede."))?;
    let both = instant(day, from).zip(instant(day, until)).filter(|(start, end)| start < end);
    both.ok_or_else(|| AppError::field("til", "before_start", "Sluttiden skal være efter starttiden."))
}

pub(super) async fn intervention(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let (done, notice) = change(&app, &caller, &form).await;
    answer(&app, &caller, &visit, id, form, "indsatser", done, notice).await
}

async fn change(app: &App, caller: &Caller, form: &Fields) -> (Result<(), AppError>, &'static str) {
    let Some(id) = fields::parsed::<Uuid>(form, "indsats") else {
        return (Err(AppError::Unreadable("form")), "");
    };
    let version = fields::parsed(form, "version");
    let end = |reason| end_intervention(app, caller, id.into(), version, EndInput { reason, on: None });
    match fields::said(form, "handling").unwrap_or_default() {
        "gennemfoert" => (end(None).await, "Indsatsen er gennemført."),
        "stop" => match fields::said(form, "aarsag").and_then(|word| StopReason::parse(word).ok()) {
            Some(reason) => (end(Some(reason)).await, "Indsatsen er stoppet."),
            None => (Err(AppError::field("aarsag", "required", "Vælg, hvorfor indsatsen stopper.")), ""),
        },
        "pause" => match fields::said(form, "hvorfor") {
            Some(reason) => {
                let input = PauseInput { reason: reason.to_owned() };
                (pause_intervention(app, caller, id.into(), version, input).await, "Indsatsen er sat på pause.")
            }
            None => (Err(AppError::field("hvorfor", "required", "Skriv, hvorfor der er pause.")), ""),
        },
        "form" => match fields::said(form, "levering").and_then(|word| DeliveryType::parse(word).ok()) {
            Some(delivery) => (
                change_delivery(app, caller, id.into(), version, delivery).await,
                "Formen er ændret. Indsatsen går videre.",
            ),
            None => (Err(AppError::field("levering", "required", "Vælg formen.")), ""),
        },
        "madlavning" => (
            grant_support(app, caller, id.into(), version).await.map(|_| ()),
            "Madlavning i praksis er bevilget som støtte.",
        ),
        "genoptag" => (resume_intervention(app, caller, id.into(), version).await, "Indsatsen er i gang igen."),
        _ => (Err(AppError::field("handling", "required", "Vælg, hvad der er sket med indsatsen.")), ""),
    }
}

pub(super) async fn goal(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let words = fields::said(&form, "maal").unwrap_or_default().to_owned();
    let done = if words.is_empty() {
        Err(AppError::field("maal", "required", "Skriv målet med borgerens egne ord."))
    } else {
        add_goal(&app, &caller, id.into(), GoalInput { words }).await
    };
    answer(&app, &caller, &visit, id, form, "maal", done, "Målet er skrevet ind.").await
}

pub(super) async fn consent(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let citizen = whose(&app, &caller, "course.open", id.into()).await?;
    if let Some(consent) = fields::parsed::<Uuid>(&form, "traek") {
        let done = withdraw_consent(&app, &caller, citizen, consent.into()).await;
        return answer(&app, &caller, &visit, id, form, "samtykker", done, "Samtykket er trukket tilbage.").await;
    }
    let purpose = fields::said(&form, "formaal").and_then(|word| ConsentPurpose::parse(word).ok());
    let given = match fields::said(&form, "svar") {
        Some("ja") => Some(true),
        Some("nej") => Some(false),
        _ => None,
    };
    let how = fields::said(&form, "maade").and_then(|word| ConsentForm::parse(word).ok()).unwrap_or(ConsentForm::Oral);
    let done = match (purpose, given) {
        (Some(purpose), Some(given)) => {
            let input = crate::courses::ConsentInput { purpose, given, form: how };
            record_consent(&app, &caller, citizen, input).await.map(|_| ())
        }
        (None, _) => Err(AppError::field("formaal", "required", "Vælg, hvad samtykket er til.")),
        (_, None) => Err(AppError::field("svar", "required", "Vælg borgerens svar.")),
    };
    answer(&app, &caller, &visit, id, form, "samtykker", done, "Svaret er skrevet ind.").await
}

pub(super) async fn follow_up(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let citizen = whose(&app, &caller, "course.open", id.into()).await?;
    let done = match (fields::parsed::<Uuid>(&form, "opfoelgning"), follow_up_result(&form)) {
        (Some(follow_up), Ok(result)) => end_follow_up(&app, &caller, citizen, follow_up.into(), result).await,
        (None, _) => Err(AppError::Unreadable("form")),
        (_, Err(error)) => Err(error),
    };
    answer(&app, &caller, &visit, id, form, "opfoelgning", done, "Opfølgningen er skrevet ind.").await
}

fn follow_up_result(form: &Fields) -> Result<FollowUpResult, AppError> {
    let word = fields::said(form, "resultat").unwrap_or_default();
    match word {
        "not_reached" => Ok(FollowUpResult::NotReached),
        "declined" => Ok(FollowUpResult::Declined),
        kept => match Kept::parse(kept) {
            Ok(kept) => Ok(FollowUpResult::Done { kept, words: fields::said(form, "ord").map(str::to_owned) }),
            Err(_) => Err(AppError::field("resultat", "required", "Vælg, hvordan det går.")),
        },
    }
}

pub(super) async fn withdrawal(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let done = match fields::said(&form, "aarsag").and_then(|word| StopReason::parse(word).ok()) {
        Some(reason) => withdraw(&app, &caller, id.into(), reason).await,
        None => Err(AppError::field("aarsag", "required", "Vælg, hvorfor forløbet afbrydes.")),
    };
    let notice = "Forløbet er afbrudt. Indsatserne er stoppet, og opgaverne er lukket.";
    answer(&app, &caller, &visit, id, form, "afbryd", done, notice).await
}

/// Back to the panel with what was done, or the page again with what stood in the way and what was typed.
#[expect(clippy::too_many_arguments, reason = "every act of the page ends here")]
async fn answer<T>(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: Uuid,
    form: Fields,
    at: &'static str,
    done: Result<T, AppError>,
    notice: &str,
) -> Result<Response, AppError> {
    let error = match done {
        Ok(_) => {
            let href = format!("{}#{at}", course_href(id.into()));
            return Ok(visit.done(&href, notice).await?.into_response());
        }
        Err(
            error @ (AppError::NotFound(_) | AppError::Store(_) | AppError::Forbidden(_) | AppError::Unreadable(_)),
        ) => {
            return Err(error);
        }
        Err(error) => error,
    };
    let loaded = load(app, caller, id.into()).await?;
    let frame = visit.frame(Nav::Citizens, Counts::default()).await?;
    let problem = Problem { at, text: error.user_message() };
    let page = page(frame, caller, &loaded, app.now(), Some(problem), Typed(form));
    Ok((error.form_status(), Page(page)).into_response())
}
