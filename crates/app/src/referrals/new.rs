//! A request by telephone, web or in person: `/henvisninger/ny`. What was typed is kept until it is right.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::codes::RequestedArea;
use domain::ids::CitizenId;
use domain::service_request::{Channel, Source};
use domain::workdays::local_date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Seen, StoreError};
use uuid::Uuid;

use super::likely::{Likely, Why, likely};
use super::{NewRequest, intake};
use crate::layout::{Choice, Counts, Field, FormError, Frame, Nav, dates};
use crate::web::{Answer, Failure, IdempotencyKey, Page, PageForm, Visit, idempotent, sent_before};
use crate::{App, AppError, Caller, ids};

#[derive(Template)]
#[template(path = "referrals/new.html")]
pub(super) struct NewPage {
    frame: Frame,
    errors: Vec<FormError>,
    /// Whom the caller may be; asked before anything is saved.
    likely: Vec<LikelyRow>,
    /// Somebody else can be made: the number is nobody's yet.
    may_add: bool,
    /// The same form sent twice makes one request.
    key: String,
    cpr: Field,
    given: Field,
    surname: Field,
    phone: Field,
    text: Field,
    sources: Vec<Choice>,
    source_error: Option<String>,
    channels: Vec<Choice>,
    channel_error: Option<String>,
    areas: Vec<Choice>,
    areas_error: Option<String>,
    anonymous: bool,
    anonymous_error: Option<String>,
}

/// Somebody we know, to be chosen.
struct LikelyRow {
    id: Uuid,
    name: String,
    age: Option<String>,
    protected: bool,
    course: &'static str,
    why: &'static str,
}

/// What the form sends; the names are the ids of the fields.
#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct NewForm {
    noegle: String,
    cpr: String,
    fornavn: String,
    efternavn: String,
    telefon: String,
    kilde: String,
    kanal: String,
    omraade: Vec<String>,
    tekst: String,
    anonym: String,
    /// Whom of those shown it is: an id, or `ny`.
    valg: String,
}

pub(super) async fn show(State(app): State<App>, visit: Visit) -> Result<Page<NewPage>, AppError> {
    let key: Uuid = ids::new(app.now());
    // Most who are written down here call by themselves.
    let form = NewForm {
        noegle: key.to_string(),
        kilde: Source::Citizen.word().to_owned(),
        kanal: Channel::Phone.word().to_owned(),
        ..NewForm::default()
    };
    Ok(Page(page(&visit, &form, Vec::new()).await?))
}

pub(super) async fn create(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(form): PageForm<NewForm>,
) -> Result<Response, AppError> {
    let new = match read(&form) {
        Ok(new) => new,
        Err(errors) => return refused(&visit, &form, errors).await,
    };
    let key = IdempotencyKey(Some(format!("form {}", form.noegle)).filter(|_| !form.noegle.is_empty()));
    let chosen = form.valg.parse::<Uuid>().ok().map(CitizenId);
    if form.valg.is_empty() && !sent_before(&app, &caller, &key, hash(&form)).await? {
        match known(&app, &caller, &new).await {
            Ok(known) if known.is_empty() => {}
            Ok(known) => return Ok(Page(asking(&app, &visit, &form, known).await?).into_response()),
            Err(error) => {
                let failure = Failure::from(error);
                return match field_error(&failure) {
                    Some(error) => refused(&visit, &form, vec![error]).await,
                    None => Ok(failure.into_response()),
                };
            }
        }
    }
    let work = async || Answer::created(&intake::register_on(&app, &caller, new, chosen).await?, 1);
    match idempotent(&app, &caller, key, hash(&form), work).await {
        Ok(answer) => on_to_it(&visit, &answer).await,
        Err(failure) => match field_error(&failure) {
            Some(error) => refused(&visit, &form, vec![error]).await,
            None => Ok(failure.into_response()),
        },
    }
}

/// Those we know that the caller may be.
async fn known(app: &App, caller: &Caller, new: &NewRequest) -> Result<Vec<Likely>, AppError> {
    let home = app.organization(caller.organization).await?;
    let now = app.now();
    let told = intake::person(app, new, &home, now)?;
    app.store
        .view(caller.scope("referral.likely", now), move |tx| {
            let known = likely(tx, &told)?;
            Ok::<_, AppError>(Seen::list(known.iter().map(|person| person.id).collect(), known))
        })
        .await
}

/// The form again with the question who it is.
async fn asking(app: &App, visit: &Visit, form: &NewForm, known: Vec<Likely>) -> Result<NewPage, AppError> {
    let today = local_date(app.now());
    let may_add = known.iter().all(|person| person.why != Why::Number);
    let row = |person: Likely| LikelyRow {
        id: person.id,
        name: person.name,
        age: person.born_on.map(|day| dates::age(day, today)),
        protected: person.protected,
        course: if person.open_course { "Forløb i gang" } else { "Intet forløb i gang" },
        why: person.why.label(),
    };
    let likely = known.into_iter().map(row).collect();
    Ok(NewPage { likely, may_add, ..page(visit, form, Vec::new()).await? })
}

/// To the new request, or to the one that was open already.
async fn on_to_it(visit: &Visit, answer: &Answer) -> Result<Response, AppError> {
    #[derive(Deserialize)]
    struct Made {
        id: Uuid,
        duplicate_of: Option<Uuid>,
    }
    let made: Made = serde_json::from_str(&answer.body).map_err(|_| StoreError::Unreadable { what: "answer" })?;
    let (id, notice) = match made.duplicate_of {
        Some(open) => (
            open,
            "Borgeren har allerede en åben henvisning om det samme. Den står her, og den nye er noteret som dublet.",
        ),
        None => (made.id, "Henvendelsen er oprettet."),
    };
    Ok(visit.done(&format!("/henvisninger/{id}"), notice).await?.into_response())
}

async fn refused(visit: &Visit, form: &NewForm, errors: Vec<FormError>) -> Result<Response, AppError> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page(visit, form, errors).await?)).into_response())
}

/// The form as a request, or everything that is wrong with it at once.
fn read(form: &NewForm) -> Result<NewRequest, Vec<FormError>> {
    let areas: BTreeSet<RequestedArea> = form.omraade.iter().filter_map(|w| RequestedArea::parse(w).ok()).collect();
    let (source, channel) = (Source::parse(&form.kilde), Channel::parse(&form.kanal));
    let text = |text: &str| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
    let new = NewRequest {
        cpr: text(&form.cpr),
        given: text(&form.fornavn),
        surname: text(&form.efternavn),
        phone: text(&form.telefon),
        source: *source.as_ref().unwrap_or(&Source::Citizen),
        channel: *channel.as_ref().unwrap_or(&Channel::Phone),
        areas,
        chronic_disease: None,
        operation_on: None,
        text: text(&form.tekst),
        anonymous: form.anonym == "ja",
    };
    let mut errors: Vec<FormError> =
        intake::identity(&new).err().map(Failure::from).as_ref().and_then(field_error).into_iter().collect();
    let mut wrong = |is_wrong: bool, field, message: &str| {
        if is_wrong {
            errors.push(FormError { field, message: message.to_owned() });
        }
    };
    wrong(source.is_err(), "kilde", "Vælg, hvem der henvender sig.");
    wrong(channel.is_err() || channel == Ok(Channel::Medcom), "kanal", "Vælg, hvordan henvendelsen kom.");
    wrong(new.areas.is_empty(), "omraade", "Vælg mindst ét område.");
    if errors.is_empty() { Ok(new) } else { Err(errors) }
}

/// The field of the form that a refusal speaks of.
fn field_error(failure: &Failure) -> Option<FormError> {
    let field = match failure.field.as_deref()? {
        "cpr" => "cpr",
        "surname" => "efternavn",
        "anonymous" => "anonym",
        "channel" => "kanal",
        _ => return None,
    };
    Some(FormError { field, message: failure.detail.clone() })
}

fn hash(form: &NewForm) -> [u8; 32] {
    Sha256::digest(serde_json::to_vec(form).unwrap_or_default()).into()
}

async fn page(visit: &Visit, form: &NewForm, errors: Vec<FormError>) -> Result<NewPage, AppError> {
    let error = |field: &str| errors.iter().find(|e| e.field == field).map(|e| e.message.clone());
    let field = |id: &str, value: &str| Field { value: value.to_owned(), error: error(id) };
    let channels = Channel::ALL.iter().filter(|c| **c != Channel::Medcom);
    let chosen = |word: &str| form.omraade.iter().any(|a| a == word);
    Ok(NewPage {
        frame: visit.frame(Nav::Referrals, Counts::default()).await?,
        likely: Vec::new(),
        may_add: false,
        key: form.noegle.clone(),
        cpr: field("cpr", &form.cpr),
        given: field("fornavn", &form.fornavn),
        surname: field("efternavn", &form.efternavn),
        phone: field("telefon", &form.telefon),
        text: field("tekst", &form.tekst),
        sources: Source::ALL.iter().map(|s| choice(s.word(), s.label(), s.word() == form.kilde)).collect(),
        source_error: error("kilde"),
        channels: channels.map(|c| choice(c.word(), c.label(), c.word() == form.kanal)).collect(),
        channel_error: error("kanal"),
        areas: RequestedArea::ALL.iter().map(|a| choice(a.word(), a.label(), chosen(a.word()))).collect(),
        areas_error: error("omraade"),
        anonymous: form.anonym == "ja",
        anonymous_error: error("anonym"),
        errors,
    })
}

fn choice(value: &str, label: &str, selected: bool) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned(), hint: None, selected }
}
