//! One offer as staff see it: `GET /katalog/{id}`; publishing, withdrawing, going through it, its teams.
//!
//! Three queries: the offer, the teams that are not over, what colleagues may hold.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{OfferId, TeamId};
use domain::offer::{Lack, Offer, Publication, SheetField, sheet};
use domain::permission::Permission;
use domain::team::Team;
use domain::workdays::local_date;
use jiff::Timestamp;
use serde::Deserialize;
use store::{Seen, Tx};
use uuid::Uuid;

use super::capacity::Capacity;
use super::gaps::leaders;
use super::words::{attention, href, joined, public_href, state, waiting};
use super::{WithdrawInput, export, queries};
use crate::layout::{Choice, Counts, Fact, Frame, Link, Nav, Tag, dates};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, calendar, teams};

#[derive(Template)]
#[template(path = "catalogue/offer.html")]
#[expect(clippy::struct_excessive_bools, reason = "what a page shows or not is no state")]
pub(super) struct OfferPage {
    frame: Frame,
    href: String,
    name: String,
    about: &'static str,
    may: bool,
    may_link: bool,
    problem: Option<String>,
    state: Tag,
    attention: Vec<Tag>,
    /// Since when, or why not.
    since: String,
    because: Option<String>,
    not_public: Option<String>,
    public: Option<String>,
    can_publish: bool,
    published: bool,
    lacks: Vec<LackLine>,
    reviewed: Option<String>,
    reviewed_by: String,
    on_soft: Option<String>,
    drifted: bool,
    fields: Vec<SheetField>,
    inside: Vec<Fact>,
    /// Who holds all that the offer needs.
    leaders: Vec<String>,
    waiting: Option<String>,
    seats: String,
    teams: Vec<TeamLine>,
    linkable: Vec<Choice>,
    /// Which press is the one to take: "udgiv", "gennemgaa", "ret" or none.
    next: &'static str,
}

struct LackLine {
    label: &'static str,
    source: &'static str,
    blocks: bool,
}

struct TeamLine {
    link: Link,
    id: TeamId,
    free: String,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<OfferPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, OfferId(id)).await?))
}

pub(super) async fn publish(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Response, AppError> {
    let id = OfferId(id);
    match super::publish(&app, &caller, id).await {
        Ok(_) => {
            let undo = format!("{}/traek-tilbage", href(id));
            Ok(visit.done_unless(&href(id), "Tilbuddet er udgivet.", undo).await?.into_response())
        }
        Err(error) => refused(&app, &caller, &visit, id, error).await,
    }
}

/// Why it is taken out; may be empty.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WithdrawForm {
    hvorfor: String,
}

pub(super) async fn withdraw(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<WithdrawForm>,
) -> Result<Response, AppError> {
    let id = OfferId(id);
    match super::withdraw(&app, &caller, id, WithdrawInput { reason: Some(form.hvorfor) }).await {
        Ok(_) => {
            let notice = "Tilbuddet er trukket tilbage og kan ikke længere ses udefra.";
            Ok(visit.done_unless(&href(id), notice, format!("{}/udgiv", href(id))).await?.into_response())
        }
        Err(error) => refused(&app, &caller, &visit, id, error).await,
    }
}

pub(super) async fn review(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Redirect, AppError> {
    super::review(&app, &caller, OfferId(id)).await?;
    visit.done(&href(OfferId(id)), "Tilbuddet er gennemgået.").await
}

/// A team and whether it delivers the offer.
#[derive(Debug, Deserialize)]
pub(super) struct TeamForm {
    hold: Option<Uuid>,
    #[serde(default)]
    fjern: bool,
}

pub(super) async fn link_team(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<TeamForm>,
) -> Result<Response, AppError> {
    let id = OfferId(id);
    let Some(team) = form.hold.map(TeamId) else {
        let nothing = AppError::Rule { code: "no_team", message: "Vælg et hold først." };
        return refused(&app, &caller, &visit, id, nothing).await;
    };
    match super::link_team(&app, &caller, team, (!form.fjern).then_some(id)).await {
        Ok(_) if form.fjern => {
            Ok(visit.done(&href(id), "Holdet hører ikke længere til tilbuddet.").await?.into_response())
        }
        Ok(_) => Ok(visit.done(&href(id), "Holdet hører nu til tilbuddet.").await?.into_response()),
        Err(error) => refused(&app, &caller, &visit, id, error).await,
    }
}

/// The page again with what stood in the way.
async fn refused(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: OfferId,
    error: AppError,
) -> Result<Response, AppError> {
    let error = error.at_the_form()?;
    let mut page = page(app, caller, visit, id).await?;
    page.problem = Some(error.user_message());
    Ok((error.form_status(), Page(page)).into_response())
}

async fn page(app: &App, caller: &Caller, visit: &Visit, id: OfferId) -> Result<OfferPage, AppError> {
    let now = app.now();
    let home = app.organization(caller.organization).await?;
    let read = move |tx: &mut Tx<'_>| {
        let offer = queries::offer(tx, id)?.value;
        Ok::<_, AppError>(Seen::nothing((offer, teams::current(tx, now)?, calendar::practitioners(tx)?)))
    };
    let (offer, all, staff) = app.store.view(caller.scope("offer.open", now), read).await?;
    let (today, months) = (local_date(now), home.settings.limits.soft_review_months);
    let fields = sheet(&offer, &export::entrance(&home));
    let hash = export::hash_of(&fields);
    let capacity = Capacity::of(id, &all, now);
    let (may, may_link) = (caller.role.may(Permission::OfferWrite), caller.role.may(Permission::TeamWrite));
    let published = matches!(offer.publication, Publication::Published { .. });
    let can_publish = may && offer.clone().publish(today).is_ok();
    let review_due = published && offer.review_is_due(today, months);
    let complete = offer.blocking_lacks().is_empty();
    let day = |day| dates::full_day(day);
    let (since, because) = match &offer.publication {
        Publication::Draft => ("Kladden kan ikke ses udefra.".to_owned(), None),
        Publication::Published { on } => (format!("Udgivet {}", day(*on)), None),
        Publication::Expired { on } => (format!("Sidste dag var {}", day(*on)), None),
        Publication::Withdrawn { on, reason } => (format!("Trukket tilbage {}", day(*on)), reason.clone()),
    };
    Ok(OfferPage {
        frame: visit.frame(Nav::Offers, Counts::default()).await?,
        href: href(id),
        name: offer.name.clone(),
        about: offer.code.label(),
        may,
        may_link,
        problem: None,
        state: state(&offer),
        attention: attention(&offer, &hash, today, months),
        since,
        because,
        not_public: offer.not_public_reason.clone(),
        public: offer.is_public(today).then(|| public_href(home.code.as_str(), id)),
        can_publish,
        published,
        lacks: offer.lacks().into_iter().map(lack_line).collect(),
        reviewed: offer.review.as_ref().map(|review| format!("Gennemgået {}", day(review.on))),
        reviewed_by: offer.review.as_ref().map(|review| review.by_label.clone()).unwrap_or_default(),
        on_soft: offer.on_soft.as_ref().map(|copied| format!("Lagt på SOFT {}", day(copied.on))),
        drifted: offer.on_soft.as_ref().is_some_and(|copied| copied.has_drifted(&hash)),
        leaders: leaders(&offer, &staff, today),
        inside: inside(&offer),
        waiting: waiting(&offer, &capacity),
        seats: format!("{} ledige af {} pladser", capacity.free, capacity.seats),
        teams: all.iter().filter(|team| team.offer == Some(id)).map(|team| team_line(team, now)).collect(),
        linkable: all.iter().filter(|team| team.offer.is_none() && team.code == offer.code).map(choice).collect(),
        next: match () {
            () if can_publish => "udgiv",
            () if may && offer.publication == Publication::Draft && !complete => "ret",
            () if may && review_due => "gennemgaa",
            () => "",
        },
        fields: fields.into_iter().filter(|field| !field.text.is_empty() && field.key != "name").collect(),
    })
}

const fn lack_line(lack: Lack) -> LackLine {
    LackLine { label: lack.label(), source: lack.source(), blocks: lack.blocks() }
}

/// What only staff see.
fn inside(offer: &Offer) -> Vec<Fact> {
    let competences = joined(offer.competences.iter().map(|one| one.label()));
    let competences = if competences.is_empty() { "Ingen valgt".to_owned() } else { competences };
    vec![Fact::said("Kompetencer", competences), Fact::said("Leverandør", offer.provider.label())]
}

fn team_line(team: &Team, now: Timestamp) -> TeamLine {
    let next = team.sessions.iter().find(|session| session.start > now);
    let next = next.map_or_else(
        || "Ingen holdgange forude".to_owned(),
        |session| format!("Næste gang {}", dates::short_day(local_date(session.start), local_date(now))),
    );
    TeamLine {
        link: Link::new(format!("/hold/{}", team.id), team.name.clone()),
        id: team.id,
        free: format!("{} ledige af {} · {next}", team.free_seats(), team.seats),
    }
}

fn choice(team: &Team) -> Choice {
    Choice { value: team.id.to_string(), label: team.name.clone(), hint: None, selected: false }
}
