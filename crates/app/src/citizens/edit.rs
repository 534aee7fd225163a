//! Correcting how a citizen is reached and what they need: `/borgere/{id}/ret`.
//!
//! Two who correct at the same time both keep what they wrote: fields that one of them changed are put together, and the
//! same field changed twice is chosen by the one who comes second.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::citizen::Citizen;
use domain::ids::CitizenId;
use domain::workdays::local_date;
use jiff::Timestamp;
use store::{Seen, StoreError, Tx};
use uuid::Uuid;

use super::commands;
use super::contact_form::{ADDRESS, Merged, TEXTS, TICKS, Values, merge};
use crate::layout::{Choice, Counts, Field, FormError, Frame, Nav, PersonHeader, dates};
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "citizens/edit.html")]
struct EditPage {
    frame: Frame,
    href: String,
    version: i64,
    person: PersonHeader,
    errors: Vec<FormError>,
    values: Values,
    ticks: Vec<Choice>,
    protected: bool,
    conflict: Option<Conflict>,
}

impl EditPage {
    /// A field with what was typed and what is wrong with it.
    fn field(&self, id: &str) -> Field {
        let error = self.errors.iter().find(|e| e.field == id).map(|e| e.message.clone());
        Field { value: self.values.get(id).to_owned(), error }
    }
}

/// Both texts of what two people changed.
struct Conflict {
    /// None for the program itself.
    who: Option<String>,
    at: String,
    fields: Vec<Difference>,
    /// Sent along: what is not asked about.
    kept: Vec<(&'static str, String)>,
}

struct Difference {
    id: &'static str,
    label: &'static str,
    theirs: String,
    mine: String,
}

/// A version of the citizen, and who made it.
struct Version {
    number: i64,
    at: Timestamp,
    who: Option<String>,
    citizen: Citizen,
}

fn versions(tx: &mut Tx<'_>, id: Uuid) -> Result<Vec<Version>, StoreError> {
    const SQL: &str = "select v.version, v.at, u.title, u.initials, v.content from record_version v
        left join user_account u on u.organization = v.organization and u.id = v.actor
        where v.organization = $1 and v.citizen = $2 and v.kind = 'citizen' and v.id = $2 order by v.version";
    tx.query(SQL, &[id.into()], |r| {
        let (number, at) = (r.take()?, r.take()?);
        let (title, initials) = (r.take::<Option<String>>()?, r.take::<Option<String>>()?);
        let who = title.zip(initials).map(|(title, initials)| format!("{title} {initials}"));
        let citizen =
            serde_json::from_str(&r.take::<String>()?).map_err(|_| StoreError::Unreadable { what: "citizen" })?;
        Ok(Version { number, at, who, citizen })
    })
}

async fn load(app: &App, caller: &Caller, id: Uuid) -> Result<Vec<Version>, AppError> {
    let scope = caller.scope("citizen.contact", app.now());
    app.store
        .view(scope, move |tx| {
            let versions = versions(tx, id)?;
            if versions.is_empty() {
                return Err(AppError::NotFound("citizen"));
            }
            Ok(Seen::record(id, versions))
        })
        .await
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Response, AppError> {
    let versions = load(&app, &caller, id).await?;
    let Some(newest) = versions.last() else { return Err(AppError::NotFound("citizen")) };
    Ok(Page(page(&app, &visit, newest, Values::of(&newest.citizen)).await?).into_response())
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let expected = fields::version(&form);
    let mine = Values::typed(form);
    let versions = load(&app, &caller, id).await?;
    let Some(newest) = versions.last() else { return Err(AppError::NotFound("citizen")) };
    let errors = mine.errors();
    if !errors.is_empty() {
        let page = EditPage { errors, version: expected, ..page(&app, &visit, newest, mine).await? };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
    }
    let theirs = Values::of(&newest.citizen);
    let base =
        versions.iter().find(|v| v.number == expected).map_or_else(|| theirs.clone(), |v| Values::of(&v.citizen));
    let merged = merge(&base, &theirs, &mine, newest.citizen.protected_address);
    if !merged.asks.is_empty() {
        return clash(&app, &visit, newest, &theirs, merged).await;
    }
    let input = merged.values.input(&newest.citizen);
    match commands::edit(&app, &caller, CitizenId(id), Some(newest.number), input).await {
        Ok(_) => Ok(visit.done(&format!("/borgere/{id}"), notice(expected, newest)).await?.into_response()),
        // Somebody saved between the reading and the writing: ask once more.
        Err(AppError::Changed { .. }) => {
            let page = page(&app, &visit, newest, mine).await?;
            Ok((StatusCode::CONFLICT, Page(page)).into_response())
        }
        Err(error) => Err(error),
    }
}

fn notice(expected: i64, newest: &Version) -> &'static str {
    if expected == newest.number {
        "Oplysningerne er gemt."
    } else {
        "Gemt. Det, en kollega rettede imens, er bevaret."
    }
}

/// Shows both texts; what only one of the two changed goes along unseen.
async fn clash(
    app: &App,
    visit: &Visit,
    newest: &Version,
    theirs: &Values,
    merged: Merged,
) -> Result<Response, AppError> {
    let asked = |id: &str| merged.asks.iter().any(|(asked, _)| *asked == id);
    let hidden = |id: &str| newest.citizen.protected_address && ADDRESS.contains(&id);
    let all = TEXTS.iter().chain(&TICKS);
    let conflict = Conflict {
        who: newest.who.clone(),
        at: dates::when_exactly(newest.at, app.now()).to_lowercase(),
        fields: merged.asks.iter().map(|(id, label)| difference(id, label, theirs, &merged.values)).collect(),
        kept: all
            .filter(|(id, _)| !asked(id) && !hidden(id))
            .map(|(id, _)| (*id, merged.values.get(id).to_owned()))
            .collect(),
    };
    let page = EditPage { conflict: Some(conflict), ..page(app, visit, newest, merged.values).await? };
    Ok((StatusCode::CONFLICT, Page(page)).into_response())
}

fn difference(id: &'static str, label: &'static str, theirs: &Values, mine: &Values) -> Difference {
    Difference { id, label, theirs: theirs.get(id).to_owned(), mine: mine.get(id).to_owned() }
}

async fn page(app: &App, visit: &Visit, newest: &Version, values: Values) -> Result<EditPage, AppError> {
    let tick = |&(id, label): &(&str, &str)| Choice {
        value: id.to_owned(),
        label: label.to_owned(),
        hint: None,
        selected: values.ticked(id),
    };
    Ok(EditPage {
        frame: visit.frame(Nav::Citizens, Counts::default()).await?,
        href: format!("/borgere/{}", newest.citizen.id),
        version: newest.number,
        person: super::person_header(&newest.citizen, None, local_date(app.now())),
        errors: Vec::new(),
        ticks: TICKS.iter().filter(|(id, _)| *id != "beskyttet").map(tick).collect(),
        values,
        protected: newest.citizen.protected_address,
        conflict: None,
    })
}
