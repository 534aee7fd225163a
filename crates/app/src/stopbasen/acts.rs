//! What is pressed on a course's page of nicotine cessation: a consent, the stop date, how it ended.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response as Answered};
use domain::consent::{ConsentForm, ConsentPurpose};
use domain::ids::CourseId;
use domain::stop_course::{A_DAY_MOST, NicotineProduct, NicotineUse, StopOutcome};
use uuid::Uuid;

use super::page::{page, stop_href};
use super::{EndedInput, commands};
use crate::courses::{self, ConsentInput};
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

/// One press says yes or no; both cost the same.
pub(super) async fn consent(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Answered, AppError> {
    let course = CourseId(id);
    let citizen = courses::whose(&app, &caller, "stop_course.open", course).await?;
    if let Ok(consent) = fields::text(&form, "traek").parse::<Uuid>() {
        let done = courses::withdraw_consent(&app, &caller, citizen, consent.into()).await;
        let notice = "Samtykket er trukket tilbage. Det har ingen betydning for tilbuddet.";
        return respond(&app, &caller, &visit, course, &form, done, notice).await;
    }
    let purpose = ConsentPurpose::parse(fields::text(&form, "formaal"));
    let purpose = purpose.ok().filter(|p| matches!(p, ConsentPurpose::Stopbasen | ConsentPurpose::StopbasenFollowUp));
    let purpose = purpose.ok_or(AppError::Unreadable("form"))?;
    let given = match fields::text(&form, "svar") {
        "ja" => true,
        "nej" => false,
        _ => return Err(AppError::Unreadable("form")),
    };
    let way = ConsentForm::parse(fields::text(&form, "maade")).unwrap_or(ConsentForm::Oral);
    let input = ConsentInput { purpose, given, form: way };
    let done = courses::record_consent(&app, &caller, citizen, input).await.map(|_| ());
    let notice =
        if given { "Ja er skrevet ind." } else { "Nej er skrevet ind. Det har ingen betydning for tilbuddet." };
    respond(&app, &caller, &visit, course, &form, done, notice).await
}

pub(super) async fn stop_date(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Answered, AppError> {
    let course = CourseId(id);
    let done = match fields::day(&form, "stopdato") {
        Ok(day) => commands::agree_stop_date(&app, &caller, course, fields::parsed(&form, "version"), day).await,
        Err(error) => Err(error),
    };
    respond(&app, &caller, &visit, course, &form, done, "Stopdatoen er gemt.").await
}

/// What is used and how much a day; a product without a number is not used.
pub(super) async fn products(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Answered, AppError> {
    let course = CourseId(id);
    let wrong =
        || AppError::field("produkter", "out_of_range", "Skriv, hvor mange om dagen, med hele tal fra 1 til 200.");
    let mut used = Vec::new();
    for product in NicotineProduct::ALL {
        let typed = fields::text(&form, &product_id(*product)).trim();
        match typed.parse::<u16>() {
            _ if typed.is_empty() => {}
            Ok(a_day) if (1..=A_DAY_MOST).contains(&a_day) => used.push(NicotineUse { product: *product, a_day }),
            Ok(_) | Err(_) => return respond(&app, &caller, &visit, course, &form, Err(wrong()), "").await,
        }
    }
    let done = commands::say_products(&app, &caller, course, fields::parsed(&form, "version"), used).await;
    respond(&app, &caller, &visit, course, &form, done, "Forbruget er gemt.").await
}

/// The name of a product's field.
pub(super) fn product_id(product: NicotineProduct) -> String {
    format!("produkt-{}", product.word())
}

pub(super) async fn end(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Answered, AppError> {
    let course = CourseId(id);
    let done = match StopOutcome::parse(fields::text(&form, "udfald")) {
        Ok(outcome) => {
            let input = EndedInput { outcome, no_contact: form.contains_key("kontakt-nej") };
            commands::say_end(&app, &caller, course, fields::parsed(&form, "version"), input).await
        }
        Err(_) => Err(AppError::field("udfald", "required", "Vælg, hvordan det endte.")),
    };
    respond(&app, &caller, &visit, course, &form, done, "Det er skrevet ind, hvordan det endte.").await
}

/// Back to the page with what was done, or the page again with what stood in the way and what was typed.
async fn respond(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    course: CourseId,
    form: &Fields,
    done: Result<(), AppError>,
    notice: &'static str,
) -> Result<Answered, AppError> {
    match done {
        Ok(()) => Ok(visit.done(&stop_href(course), notice).await?.into_response()),
        Err(error @ (AppError::Field { .. } | AppError::Rule { .. } | AppError::Changed { .. })) => {
            let page = page(app, caller, visit, course, form, Some(&error)).await?;
            Ok((error.form_status(), Page(page)).into_response())
        }
        Err(error) => Err(error),
    }
}
