//! What everybody sees, without log-in: `/tilbud/{kommune}` with its search, and one offer. Nobody is asked who they are
//! and nothing is remembered of them, so the pages may be kept by caches.
//!
//! Three queries: the municipalities, the offers in public, the teams that are not over.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use domain::identifiers::MunicipalityCode;
use domain::offer::{Format, Offer, OfferLanguage, SheetField, Theme, TimeOfDay, sheet};
use domain::organization::ManagingOrganization;
use domain::team::Team;
use domain::workdays::local_date;
use jiff::Timestamp;
use serde::Deserialize;
use store::{Scope, Seen, Tx};
use uuid::Uuid;

use super::capacity::Capacity;
use super::words::{joined, public_href, seats, waiting};
use super::{export, queries};
use crate::language::{Language, language_of};
use crate::layout::{Choice, Tag};
use crate::{App, AppError, organizations, teams};

/// So long a cache may keep a page, in seconds: seats are not promised to the minute.
const KEPT: &str = "public, max-age=300";

/// What is known of a municipality to anybody.
pub(super) struct Public {
    pub(super) home: Arc<ManagingOrganization>,
    pub(super) offers: Vec<Offer>,
    pub(super) teams: Vec<Team>,
    pub(super) now: Timestamp,
}

/// Reads what is in public; a municipality that is not here has nothing.
pub(super) async fn read(app: &App, municipality: &str) -> Result<Public, AppError> {
    let unknown = || AppError::NotFound("municipality");
    let code = MunicipalityCode::parse(municipality).map_err(|_| unknown())?;
    let home = organizations::list(app).await?.into_iter().find(|one| one.code == code).ok_or_else(unknown)?;
    let now = app.now();
    let read = move |tx: &mut Tx<'_>| {
        let offers = queries::public(tx, local_date(now))?;
        Ok::<_, AppError>(Seen::nothing((offers, teams::current(tx, now)?)))
    };
    let (offers, teams) = app.store.view(Scope::system(home.key, now, "offer.public"), read).await?;
    Ok(Public { home: Arc::new(home), offers, teams, now })
}

/// What is searched for; empty is everything.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Search {
    soeg: String,
    behov: String,
    sted: String,
    sprog: String,
    tid: String,
    form: String,
    /// "en" to read the page in English.
    laes: String,
}

impl Search {
    fn finds(&self, offer: &Offer) -> bool {
        let chosen = |wanted: &str, has: &dyn Fn(&str) -> bool| wanted.is_empty() || has(wanted);
        offer.matches(&self.soeg)
            && chosen(&self.behov, &|word| offer.theme().word() == word)
            && chosen(&self.sted, &|place| offer.description.place == place)
            && chosen(&self.sprog, &|word| offer.languages.iter().any(|one| one.word() == word))
            && chosen(&self.tid, &|word| offer.times.iter().any(|one| one.word() == word))
            && chosen(&self.form, &|word| offer.formats.iter().any(|one| one.word() == word))
    }

    const fn is_narrowed(&self) -> bool {
        !(self.behov.is_empty()
            && self.sted.is_empty()
            && self.sprog.is_empty()
            && self.tid.is_empty()
            && self.form.is_empty())
    }
}

#[derive(Template)]
#[template(path = "catalogue/public_list.html")]
#[expect(clippy::struct_excessive_bools, reason = "what a page shows or not is no state")]
struct PublicList {
    municipality: String,
    href: String,
    english: bool,
    words: String,
    narrowed: bool,
    searched: bool,
    themes: Vec<Choice>,
    places: Vec<Choice>,
    languages: Vec<Choice>,
    times: Vec<Choice>,
    formats: Vec<Choice>,
    rows: Vec<Row>,
    /// Nothing is in public at all.
    none: bool,
}

struct Row {
    href: String,
    name: String,
    theme: &'static str,
    target_group: String,
    place: String,
    formats: String,
    seats: Option<Tag>,
    waiting: Option<String>,
}

/// `GET /tilbud/{kommune}`.
pub(super) async fn list(
    State(app): State<App>,
    headers: HeaderMap,
    Path(municipality): Path<String>,
    Query(search): Query<Search>,
) -> Response {
    let language = language(&search.laes, &headers);
    let public = match read(&app, &municipality).await {
        Ok(public) => public,
        Err(error) => return not_there(&error, language),
    };
    let code = public.home.code.as_str();
    let found = public.offers.iter().filter(|offer| search.finds(offer));
    let rows: Vec<Row> = found.map(|offer| row(offer, &public, language)).collect();
    let places: BTreeSet<&str> =
        public.offers.iter().map(|offer| offer.description.place.as_str()).filter(|place| !place.is_empty()).collect();
    // Only what some offer has can be chosen.
    let any = |has: &dyn Fn(&Offer) -> bool| public.offers.iter().any(has);
    let themes = Theme::ALL.iter().filter(|one| any(&|offer| offer.theme() == **one));
    let languages = OfferLanguage::ALL.iter().filter(|one| any(&|offer| offer.languages.contains(*one)));
    let times = TimeOfDay::ALL.iter().filter(|one| any(&|offer| offer.times.contains(*one)));
    let formats = Format::ALL.iter().filter(|one| any(&|offer| offer.formats.contains(*one)));
    let page = PublicList {
        municipality: public.home.name.clone(),
        href: format!("/tilbud/{code}"),
        english: language == Language::English,
        narrowed: search.is_narrowed(),
        searched: search.is_narrowed() || !search.soeg.trim().is_empty(),
        themes: choices(themes.map(|one| (one.word(), one.label())), &search.behov),
        places: choices(places.into_iter().map(|place| (place, place)), &search.sted),
        languages: choices(languages.map(|one| (one.word(), one.label())), &search.sprog),
        times: choices(times.map(|one| (one.word(), one.label())), &search.tid),
        formats: choices(formats.map(|one| (one.word(), one.label())), &search.form),
        words: search.soeg,
        none: public.offers.is_empty(),
        rows,
    };
    answer(StatusCode::OK, page.render(), language)
}

fn choices<'a>(all: impl Iterator<Item = (&'a str, &'a str)>, chosen: &str) -> Vec<Choice> {
    let choice = |(value, label): (&str, &str)| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        hint: None,
        selected: value == chosen,
    };
    all.map(choice).collect()
}

fn row(offer: &Offer, public: &Public, language: Language) -> Row {
    let capacity = Capacity::of(offer.id, &public.teams, public.now);
    Row {
        href: format!("{}{}", public_href(public.home.code.as_str(), offer.id), reading(language)),
        name: offer.name.clone(),
        theme: offer.theme().label(),
        target_group: offer.description.target_group.lines().next().unwrap_or_default().to_owned(),
        place: offer.description.place.clone(),
        formats: joined(offer.formats.iter().map(|one| one.label())),
        seats: seats(capacity.availability()),
        waiting: waiting(offer, &capacity),
    }
}

#[derive(Template)]
#[template(path = "catalogue/public_offer.html")]
struct PublicOffer {
    municipality: String,
    back: String,
    href: String,
    english: bool,
    name: String,
    theme: &'static str,
    seats: Option<Tag>,
    waiting: Option<String>,
    how_to_refer: String,
    phone: String,
    tel: String,
    fields: Vec<SheetField>,
}

/// `GET /tilbud/{kommune}/{id}`.
pub(super) async fn offer(
    State(app): State<App>,
    headers: HeaderMap,
    Path((municipality, id)): Path<(String, String)>,
    Query(search): Query<Search>,
) -> Response {
    let language = language(&search.laes, &headers);
    let public = match read(&app, &municipality).await {
        Ok(public) => public,
        Err(error) => return not_there(&error, language),
    };
    let id = id.parse::<Uuid>().unwrap_or_default();
    let Some(offer) = public.offers.iter().find(|offer| offer.id.0 == id) else {
        return not_there(&AppError::NotFound("offer"), language);
    };
    let (capacity, code) = (Capacity::of(offer.id, &public.teams, public.now), public.home.code.as_str());
    let fields = sheet(offer, &export::entrance(&public.home));
    let how_to_refer = fields.iter().find(|field| field.key == "how_to_refer").map(|field| field.text.clone());
    let shown = |field: &SheetField| !field.text.is_empty() && !["name", "how_to_refer"].contains(&field.key);
    let phone = offer.description.contact.phone.trim().to_owned();
    let page = PublicOffer {
        municipality: public.home.name.clone(),
        back: format!("/tilbud/{code}{}", reading(language)),
        href: public_href(code, offer.id),
        english: language == Language::English,
        name: offer.name.clone(),
        theme: offer.theme().label(),
        seats: seats(capacity.availability()),
        waiting: waiting(offer, &capacity),
        how_to_refer: how_to_refer.unwrap_or_default(),
        tel: phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect(),
        phone,
        fields: fields.into_iter().filter(shown).collect(),
    };
    answer(StatusCode::OK, page.render(), language)
}

#[derive(Template)]
#[template(path = "catalogue/public_nothing.html")]
struct Nothing {
    municipality: String,
}

/// The same for a municipality that is not here, an offer that never was, and one that is not in public.
fn not_there(error: &AppError, language: Language) -> Response {
    if !matches!(error, AppError::NotFound(_)) {
        tracing::error!(%error, "a public page could not be read");
    }
    let page = Nothing { municipality: String::new() };
    answer(error.status(), page.render(), language)
}

/// The address says the language, so that it can be kept; else the browser's own choice in the program.
fn language(asked: &str, headers: &HeaderMap) -> Language {
    if asked == Language::English.code() { Language::English } else { language_of(headers) }
}

/// What an address says of the language.
const fn reading(language: Language) -> &'static str {
    match language {
        Language::Danish => "",
        Language::English => "?laes=en",
    }
}

fn answer(status: StatusCode, page: askama::Result<String>, language: Language) -> Response {
    let page = match page {
        Ok(page) => language.part(page),
        Err(error) => {
            tracing::error!(%error, "a public page could not be written");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let kept = if status == StatusCode::OK { KEPT } else { "no-store" };
    // The program's own choice of language is a cookie.
    ([(header::CACHE_CONTROL, kept), (header::VARY, "cookie")], (status, Html(page))).into_response()
}
