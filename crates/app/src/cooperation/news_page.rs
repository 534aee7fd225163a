//! News to practices: `/samarbejde/nyheder`, and one with the list of who gets it: `/samarbejde/nyheder/{id}`.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::cooperation::PracticeNews;
use domain::ids::OrganizationId;
use domain::workdays::local_date;
use store::{Seen, Tx};
use uuid::Uuid;

use super::form::{Part, Typed, tabs};
use super::history::{Before, before};
use super::news;
use super::{kept, news_form};
use crate::catalogue;
use crate::layout::{Counts, Field, FormError, Frame, Moment, Nav, Tab, Tag};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "cooperation/news_list.html")]
pub(super) struct NewsList {
    frame: Frame,
    tabs: Vec<Tab>,
    rows: Vec<NewsLine>,
    /// Offers that changed since practices heard last.
    changed: Vec<(String, &'static str)>,
}

struct NewsLine {
    href: String,
    day: Moment,
    title: String,
    tag: Tag,
}

#[derive(Template)]
#[template(path = "cooperation/news.html")]
pub(super) struct NewsPage {
    frame: Frame,
    href: String,
    version: i64,
    title: String,
    day: Moment,
    text: String,
    tag: Tag,
    may_change: bool,
    all_sent: bool,
    recipients: Vec<RecipientLine>,
    why: Field,
    errors: Vec<FormError>,
    problem: Option<String>,
    history: Vec<Before>,
}

struct RecipientLine {
    id: OrganizationId,
    name: String,
    sent: Option<Moment>,
}

const LIST: &str = "/samarbejde/nyheder";

/// To how many it was sent.
fn tag(news: &PracticeNews) -> Tag {
    match (news.sent(), news.recipients.len()) {
        (0, _) => Tag::not_sent(),
        (sent, all) if sent == all => Tag::done("Sendt til alle"),
        (sent, all) => Tag::partly(format!("Sendt til {sent} af {all}")),
    }
}

pub(super) async fn list(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<NewsList>, AppError> {
    let today = local_date(app.now());
    let read =
        |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing((kept::all::<PracticeNews>(tx)?, catalogue::offers(tx)?)));
    let (found, offers) = app.store.view(caller.scope("practice_news.list", app.now()), read).await?;
    let all: Vec<PracticeNews> = found.into_iter().map(|it| it.value).collect();
    let changed = news_form::changes(&all, &offers).into_iter();
    let line = |it: &PracticeNews| NewsLine {
        href: format!("{LIST}/{}", it.id),
        day: Moment::day(it.made_on, today),
        title: it.title.clone(),
        tag: tag(it),
    };
    Ok(Page(NewsList {
        frame: visit.frame(Nav::Cooperation, Counts::default()).await?,
        tabs: tabs(Part::News),
        changed: changed.map(|(change, offer)| (offer.name.clone(), change.label())).collect(),
        rows: all.iter().rev().map(line).collect(),
    }))
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<NewsPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, id, Typed::default()).await?))
}

async fn page(app: &App, caller: &Caller, visit: &Visit, id: Uuid, typed: Typed) -> Result<NewsPage, AppError> {
    let today = local_date(app.now());
    let versions = kept::versions::<PracticeNews>(app, caller, "practice_news.open", id).await?;
    let newest = versions.first().ok_or(AppError::NotFound("practice_news"))?;
    let it = &newest.value;
    let said = |it: &PracticeNews| vec![("Overskrift", it.title.clone()), ("Nyheden", it.text.clone())];
    let line = |to: &domain::cooperation::Recipient| RecipientLine {
        id: to.practice,
        name: to.name.clone(),
        sent: to.sent.map(|(on, _)| Moment::day(on, today)),
    };
    Ok(NewsPage {
        frame: visit.frame(Nav::Cooperation, Counts::default()).await?,
        href: format!("{LIST}/{id}"),
        version: newest.version,
        title: it.title.clone(),
        day: Moment::day(it.made_on, today),
        text: it.text.clone(),
        tag: tag(it),
        may_change: it.may_be_changed().is_ok(),
        all_sent: it.sent() == it.recipients.len(),
        recipients: it.recipients.iter().map(line).collect(),
        why: typed.field("hvorfor"),
        errors: typed.errors,
        problem: typed.problem,
        history: before(&versions, app.now(), said),
    })
}

pub(super) async fn sent(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let mut typed = Typed::sent(pairs);
    let to: Vec<OrganizationId> =
        typed.all("praksis").filter_map(|id| id.parse::<Uuid>().ok()).map(OrganizationId).collect();
    if to.is_empty() {
        typed.wrong("praksis", "Vælg, hvem den er sendt til.");
        let shown = page(&app, &caller, &visit, id, typed).await?;
        return Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, Page(shown)).into_response());
    }
    news::news_sent(&app, &caller, id, to).await?;
    Ok(visit.done(&format!("{LIST}/{id}"), "Det er noteret, at nyheden er sendt.").await?.into_response())
}

pub(super) async fn not_sent(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((id, practice)): Path<(Uuid, Uuid)>,
) -> Result<Redirect, AppError> {
    news::news_not_sent(&app, &caller, id, OrganizationId(practice)).await?;
    visit.done(&format!("{LIST}/{id}"), "Det er noteret, at nyheden ikke er sendt.").await
}

pub(super) async fn strike(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let typed = Typed::sent(pairs);
    match news::strike_news(&app, &caller, (id, Some(typed.version())), typed.text("hvorfor")).await {
        Ok(_) => Ok(visit.done(LIST, "Nyheden er strøget.").await?.into_response()),
        Err(error) => {
            let (typed, status) = typed.refused(error)?;
            Ok((status, Page(page(&app, &caller, &visit, id, typed).await?)).into_response())
        }
    }
}
