//! News to practices, first written or corrected: `/samarbejde/nyheder/ny` and `/samarbejde/nyheder/{id}/ret`. A new one
//! begins with what changed in the catalogue since practices heard last.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::cooperation::{OfferChange, PracticeNews, change_since, draft};
use domain::ids::{OfferId, OrganizationId};
use domain::offer::Offer;
use store::{Seen, Tx};
use uuid::Uuid;

use super::form::{Typed, carried_out};
use super::kept;
use super::news::{self, NewsInput};
use super::practices::{self, Practice};
use crate::layout::{Choice, Counts, Field, FormError, Frame, Nav};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, catalogue};

#[derive(Template)]
#[template(path = "cooperation/news_form.html")]
pub(super) struct NewsForm {
    frame: Frame,
    action: String,
    back: String,
    version: Option<i64>,
    title: Field,
    text: Field,
    practices: Vec<Choice>,
    practice_error: Option<String>,
    /// The offers it is about; sent along.
    offers: Vec<String>,
    errors: Vec<FormError>,
    problem: Option<String>,
}

const LIST: &str = "/samarbejde/nyheder";

/// What happened to which offers since the newest of these news.
pub(super) fn changes<'a>(all: &[PracticeNews], offers: &'a [Offer]) -> Vec<(OfferChange, &'a Offer)> {
    let last = all.iter().max_by_key(|it| (it.made_on, it.id));
    let mut found: Vec<_> =
        offers.iter().filter_map(|offer| change_since(offer, last).map(|change| (change, offer))).collect();
    found.sort_by_key(|(change, _)| *change);
    found
}

async fn known(app: &App, caller: &Caller) -> Result<Vec<Practice>, AppError> {
    let read = |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(practices::all(tx)?));
    app.store.view(caller.scope("practice.list", app.now()), read).await
}

pub(super) async fn new(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<NewsForm>, AppError> {
    let read = |tx: &mut Tx<'_>| {
        let found = (kept::all::<PracticeNews>(tx)?, catalogue::offers(tx)?, practices::all(tx)?);
        Ok::<_, AppError>(Seen::nothing(found))
    };
    let (all, offers, practices) = app.store.view(caller.scope("practice_news.draft", app.now()), read).await?;
    let all: Vec<PracticeNews> = all.into_iter().map(|it| it.value).collect();
    let changes = changes(&all, &offers);
    let home = app.organization(caller.organization).await?;
    let (title, text) = draft(changes.iter().copied(), &home.name);
    let mut typed = Typed::of([("titel", title), ("tekst", text)]);
    let about = changes.iter().map(|(_, offer)| ("tilbud".to_owned(), offer.id.to_string()));
    let to = practices.iter().map(|one| ("praksis".to_owned(), one.id.to_string()));
    typed.many = about.chain(to).collect();
    Ok(Page(page(&visit, None, typed, &practices).await?))
}

async fn page(visit: &Visit, id: Option<Uuid>, typed: Typed, known: &[Practice]) -> Result<NewsForm, AppError> {
    let choice = |one: &Practice| {
        let value = one.id.to_string();
        let selected = typed.all("praksis").any(|id| id == value);
        Choice { value, label: one.name.clone(), hint: None, selected }
    };
    let own = id.map(|id| format!("{LIST}/{id}"));
    Ok(NewsForm {
        frame: visit.frame(Nav::Cooperation, Counts::default()).await?,
        action: own.as_ref().map_or_else(|| format!("{LIST}/ny"), |own| format!("{own}/ret")),
        back: own.unwrap_or_else(|| LIST.to_owned()),
        version: id.map(|_| typed.version()),
        title: typed.field("titel"),
        text: typed.field("tekst"),
        practices: known.iter().map(choice).collect(),
        practice_error: typed.error("praksis"),
        offers: typed.all("tilbud").map(str::to_owned).collect(),
        errors: typed.errors,
        problem: typed.problem,
    })
}

/// The news as it was typed, or everything that is wrong with it.
fn read(mut typed: Typed) -> Result<(NewsInput, Typed), Typed> {
    let ids = |name: &str| typed.all(name).filter_map(|id| id.parse::<Uuid>().ok()).collect::<Vec<_>>();
    let input = NewsInput {
        title: typed.text("titel").to_owned(),
        text: typed.text("tekst").to_owned(),
        offers: ids("tilbud").into_iter().map(OfferId).collect(),
        recipients: ids("praksis").into_iter().map(OrganizationId).collect(),
    };
    if input.title.is_empty() {
        typed.wrong("titel", "Skriv en overskrift, højst 200 tegn.");
    }
    if input.text.is_empty() {
        typed.wrong("tekst", "Skriv nyheden, højst 4.000 tegn.");
    }
    if input.recipients.is_empty() {
        typed.wrong("praksis", "Vælg mindst én praksis.");
    }
    if typed.errors.is_empty() { Ok((input, typed)) } else { Err(typed) }
}

pub(super) async fn add(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let (typed, status) =
        match carried_out(read(Typed::sent(pairs)), |input, _| news::add_news(&app, &caller, input)).await? {
            Ok(id) => {
                let notice = "Nyheden er gemt. Send brevet, og notér, hvem der har fået det.";
                return Ok(visit.done(&format!("{LIST}/{id}"), notice).await?.into_response());
            }
            Err(again) => again,
        };
    let known = known(&app, &caller).await?;
    Ok((status, Page(page(&visit, None, typed, &known).await?)).into_response())
}

pub(super) async fn edit(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<NewsForm>, AppError> {
    let read = move |tx: &mut Tx<'_>| {
        Ok::<_, AppError>(Seen::nothing((kept::one::<PracticeNews>(tx, id)?, practices::all(tx)?)))
    };
    let (found, known) = app.store.view(caller.scope("practice_news.open", app.now()), read).await?;
    let it = found.value;
    let mut typed = Typed::of([("titel", it.title), ("tekst", it.text), ("version", found.version.to_string())]);
    let about = it.offers.iter().map(|id| ("tilbud".to_owned(), id.to_string()));
    let to = it.recipients.iter().map(|to| ("praksis".to_owned(), to.practice.to_string()));
    typed.many = about.chain(to).collect();
    Ok(Page(page(&visit, Some(id), typed, &known).await?))
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let correct = |input, version| news::correct_news(&app, &caller, (id, Some(version)), input);
    let Err((typed, status)) = carried_out(read(Typed::sent(pairs)), correct).await? else {
        return Ok(visit.done(&format!("{LIST}/{id}"), "Nyheden er rettet.").await?.into_response());
    };
    let read = move |tx: &mut Tx<'_>| {
        // A form about nothing is not shown again.
        kept::one::<PracticeNews>(tx, id)?;
        Ok::<_, AppError>(Seen::nothing(practices::all(tx)?))
    };
    let known = app.store.view(caller.scope("practice_news.open", app.now()), read).await?;
    Ok((status, Page(page(&visit, Some(id), typed, &known).await?)).into_response())
}
