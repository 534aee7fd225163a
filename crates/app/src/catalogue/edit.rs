//! The form of an offer, one page in sections: `/katalog/nyt` and `/katalog/{id}/ret`.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::codes::InterventionCode;
use domain::competence::Competence;
use domain::disease::DiseaseGroup;
use domain::ids::OfferId;
use domain::offer::{Accessibility, Format, OfferError, OfferLanguage, Provider, TimeOfDay};
use store::Versioned;
use uuid::Uuid;

use super::form::{self, Typed};
use super::narrowing;
use super::words::href;
use crate::layout::{Choice, Counts, Field, FormError, Frame, Nav};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "catalogue/edit.html")]
pub(super) struct EditPage {
    frame: Frame,
    errors: Vec<FormError>,
    problem: Option<String>,
    /// None while it is being made.
    offer: Option<OfferId>,
    version: i64,
    action: String,
    back: String,
    typed: Typed,
    codes: Vec<Choice>,
    formats: Vec<Choice>,
    times: Vec<Choice>,
    languages: Vec<Choice>,
    accessibility: Vec<Choice>,
    competences: Vec<Choice>,
    diseases: Vec<Choice>,
    providers: Vec<Choice>,
}

impl EditPage {
    fn field(&self, name: &str) -> Field {
        self.typed.field(name, &self.errors)
    }

    fn error(&self, name: &str) -> Option<String> {
        form::message(name, &self.errors)
    }

    fn is(&self, name: &str, value: &str) -> bool {
        self.typed.get(name) == value
    }
}

pub(super) async fn new(visit: Visit) -> Result<Page<EditPage>, AppError> {
    let typed = Typed::new(vec![("leverandoer".to_owned(), Provider::Own.word().to_owned())]);
    Ok(Page(page(&visit, None, typed, Vec::new()).await?))
}

pub(super) async fn create(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let typed = Typed::new(pairs);
    match typed.input() {
        Err(errors) => {
            let page = page(&visit, None, typed, errors).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
        Ok(input) => match super::create(&app, &caller, input).await {
            Ok(id) => Ok(visit.done(&href(id), "Tilbuddet er oprettet som kladde.").await?.into_response()),
            Err(AppError::Field { field: narrowing::FIELD, message, .. }) => {
                let errors = vec![FormError { field: narrowing::FIELD, message }];
                let page = page(&visit, None, typed, errors).await?;
                Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
            }
            Err(error) => Err(error),
        },
    }
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<EditPage>, AppError> {
    let Versioned { version, value } = super::find(&app, &caller, OfferId(id)).await?;
    Ok(Page(page(&visit, Some((value.id, version)), Typed::of(&value), Vec::new()).await?))
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let (id, typed) = (OfferId(id), Typed::new(pairs));
    let version: i64 = typed.get("version").parse().unwrap_or(0);
    let input = match typed.input() {
        Ok(input) => input,
        Err(errors) => {
            let page = page(&visit, Some((id, version)), typed, errors).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
        }
    };
    let error = match super::save(&app, &caller, id, Some(version), input).await {
        Ok(_) => return Ok(visit.done(&href(id), "Tilbuddet er gemt.").await?.into_response()),
        Err(error) => error.at_the_form()?,
    };
    let errors = match &error {
        AppError::Offer(OfferError::Incomplete(lacks)) => lacks
            .iter()
            .map(|lack| FormError {
                field: form::field_of_lack(*lack),
                message: "Feltet skal være udfyldt, så længe tilbuddet er udgivet.".to_owned(),
            })
            .collect(),
        AppError::Field { field: narrowing::FIELD, message, .. } => {
            vec![FormError { field: narrowing::FIELD, message: message.clone() }]
        }
        AppError::Offer(OfferError::Over) => vec![FormError { field: "sidste-dag", message: error.user_message() }],
        AppError::Offer(OfferError::NotPublic) => {
            let message = "Tilbuddet er udgivet. Træk det tilbage først.".to_owned();
            vec![FormError { field: "ikke-offentligt", message }]
        }
        _ => Vec::new(),
    };
    let mut page = page(&visit, Some((id, version)), typed, errors).await?;
    page.problem = page.errors.is_empty().then(|| error.user_message());
    Ok((error.form_status(), Page(page)).into_response())
}

async fn page(
    visit: &Visit,
    known: Option<(OfferId, i64)>,
    typed: Typed,
    errors: Vec<FormError>,
) -> Result<EditPage, AppError> {
    let offer = known.map(|(id, _)| id);
    Ok(EditPage {
        frame: visit.frame(Nav::Offers, Counts::default()).await?,
        errors,
        problem: None,
        offer,
        version: known.map_or(0, |(_, version)| version),
        action: offer.map_or_else(|| "/katalog/nyt".to_owned(), |id| format!("{}/ret", href(id))),
        back: offer.map_or_else(|| "/katalog".to_owned(), href),
        codes: typed.choices("indsats", InterventionCode::ALL.iter().map(|one| (one.word(), one.label()))),
        formats: typed.choices("form", Format::ALL.iter().map(|one| (one.word(), one.label()))),
        times: typed.choices("tid", TimeOfDay::ALL.iter().map(|one| (one.word(), one.label()))),
        languages: typed.choices("sprog", OfferLanguage::ALL.iter().map(|one| (one.word(), one.label()))),
        accessibility: typed.choices("adgang", Accessibility::ALL.iter().map(|one| (one.word(), one.label()))),
        competences: typed.choices("kompetence", Competence::ALL.iter().map(|one| (one.word(), one.label()))),
        diseases: typed.choices("sygdom", DiseaseGroup::ALL.iter().map(|one| (one.word(), one.label()))),
        providers: typed.choices("leverandoer", Provider::ALL.iter().map(|one| (one.word(), one.label()))),
        typed,
    })
}
