//! Which instruments a municipality uses, and loading a licensed one from its file: `/administration/redskaber`.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response as Answered};
use domain::permission::Permission;
use instruments::{Instrument, SLOTS, Wording, may_be_loaded};
use store::{Scope, Seen, Tx};

use super::Instruments;
use super::form::Typed;
use crate::administration;
use crate::layout::{Counts, Field, Frame, Nav, Tab, Tag};
use crate::records::{self, LoadedInstrument};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, ids, organizations};

const PAGE: &str = "/administration/redskaber";

/// A file is some pages of text.
const MOST: usize = 200_000;

#[derive(Template)]
#[template(path = "measures/setup.html")]
pub(super) struct SetupPage {
    frame: Frame,
    tabs: Vec<Tab>,
    may: bool,
    stand: String,
    rows: Vec<RowView>,
    slots: Vec<SlotView>,
    file: Field,
    problem: Option<String>,
}

struct RowView {
    id: String,
    name: String,
    detail: String,
    on: bool,
    tag: Option<Tag>,
}

struct SlotView {
    name: &'static str,
    licence: &'static str,
    id: &'static str,
    tag: Tag,
}

pub(super) async fn show(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<SetupPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, Field::default()).await?))
}

async fn page(app: &App, caller: &Caller, visit: &Visit, file: Field) -> Result<SetupPage, AppError> {
    let organization = organizations::find(app, caller.organization).await?;
    let off = organization.settings.instruments_off.clone();
    let read = move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(Instruments::read(tx, &off)?));
    let known = app.store.view(caller.scope("instrument.list", app.now()), read).await?;
    let row = |one: &&Instrument| RowView {
        id: one.id.clone(),
        name: one.name.clone(),
        detail: format!("{} · version {} · {}", one.id, one.version, one.licence),
        on: known.is_on(&one.id),
        tag: (one.wording == Wording::OwnTranslation).then(|| Tag::of("line", "draft", "Egen oversættelse")),
    };
    let slot = |slot: &instruments::Slot| SlotView {
        name: slot.name,
        licence: slot.licence,
        id: slot.id,
        tag: if known.newest_of_each().iter().any(|one| one.id.starts_with(slot.id)) {
            Tag::done("Indlæst")
        } else {
            Tag::of("mute", "lock", "Mangler licens")
        },
    };
    Ok(SetupPage {
        frame: visit.frame(Nav::Administration, Counts::default()).await?,
        tabs: administration::tabs(PAGE),
        may: caller.role.may(Permission::Administer),
        stand: administration::stand(&organization),
        rows: known.newest_of_each().iter().filter(|one| one.computed_from.is_none()).map(row).collect(),
        slots: SLOTS.iter().map(slot).collect(),
        file,
        problem: None,
    })
}

/// Saves which are in use.
pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Answered, AppError> {
    let typed = Typed::new(pairs);
    let shown = typed.all("redskab").iter().cloned();
    let on: BTreeSet<String> = typed.all("brug").iter().cloned().collect();
    let off: BTreeSet<String> = shown.filter(|id| !on.contains(id)).collect();
    let change = |organization: &mut domain::organization::ManagingOrganization| {
        organization.settings.instruments_off = off;
    };
    let said = (typed.get("stand"), typed.get("hvorfor"));
    match administration::save(&app, &caller, "organization.instruments", said, change).await {
        Ok(()) => Ok(visit.done(PAGE, "Valget af redskaber er gemt.").await?.into_response()),
        Err(error @ AppError::Rule { .. }) => {
            let mut page = page(&app, &caller, &visit, Field::default()).await?;
            page.problem = Some(error.user_message());
            Ok((StatusCode::CONFLICT, Page(page)).into_response())
        }
        Err(error) => Err(error),
    }
}

/// Loads a file that was pasted.
pub(super) async fn load(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Answered, AppError> {
    let typed = Typed::new(pairs);
    let file = typed.get("fil").to_owned();
    match load_instrument(&app, caller.scope("instrument.load", app.now()), file.clone()).await {
        Ok(_) => Ok(visit.done(PAGE, "Redskabet er indlæst og kan bruges.").await?.into_response()),
        Err(AppError::Field { message, .. }) => {
            let field = Field { value: file, error: Some(message) };
            let page = page(&app, &caller, &visit, field).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
        Err(error) => Err(error),
    }
}

/// Loads an instrument from the text of its file, with the proof of its licence in it. Gives its id and version.
pub async fn load_instrument(app: &App, scope: Scope, file: String) -> Result<(String, u16), AppError> {
    let wrong = |message: String| AppError::field("file", "instrument_file", message);
    if file.len() > MOST {
        return Err(wrong("Filen er for stor til at være et redskab.".to_owned()));
    }
    let instrument = instruments::read(&file).map_err(|fault| wrong(fault.user_message()))?;
    may_be_loaded(&instrument).map_err(|fault| wrong(fault.user_message()))?;
    let now = app.now();
    let known = (instrument.id.clone(), instrument.version);
    app.store
        .write(scope, move |tx| {
            let there = Instruments::read(tx, &BTreeSet::new())?;
            if there.newest(&instrument.id).is_some_and(|newest| newest.version >= instrument.version) {
                let text = "Den udgave er allerede indlæst. En ny udgave får et højere nummer.";
                return Err(AppError::field("file", "instrument_file", text));
            }
            records::add(tx, &LoadedInstrument { id: ids::new(now), file })?;
            Ok(())
        })
        .await?;
    Ok(known)
}
