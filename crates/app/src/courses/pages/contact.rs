//! One contact: its note, who wrote it, what it said before, and the correction: `GET /kontakter/{id}`.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::encounter::{Encounter, EncounterStatus};
use domain::ids::EncounterId;
use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::Timestamp;
use store::{Seen, StoreError, Tx, Versioned};
use uuid::Uuid;

use super::course_href;
use crate::access::{self, User};
use crate::courses::{NoteCorrection, correct_note, encounter_tag, what_was_held};
use crate::layout::{Counts, Fact, Field, Frame, Moment, Nav, PersonHeader, Tag};
use crate::records::{self, CitizenRecord, Record as _};
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, citizens};

#[derive(Template)]
#[template(path = "courses/pages/contact.html")]
pub(super) struct ContactPage {
    frame: Frame,
    href: String,
    course_href: String,
    version: i64,
    heading: String,
    tag: Tag,
    person: PersonHeader,
    facts: Vec<Fact>,
    /// The note as it stands, first, and as it stood before.
    versions: Vec<NoteVersion>,
    problem: Option<String>,
    may_correct: bool,
    note: Field,
    reason: Field,
}

/// A note as it was at a time.
#[derive(Clone)]
struct NoteVersion {
    at: Moment,
    /// None for the program itself.
    who: Option<String>,
    why: Option<String>,
    /// Its paragraphs; none when there was no note.
    text: Vec<String>,
}

/// A stored version of a contact.
struct Kept {
    at: Timestamp,
    who: Option<String>,
    why: Option<String>,
    note: Option<String>,
}

struct Loaded {
    record: Arc<CitizenRecord>,
    contact: Versioned<Encounter>,
    history: Vec<Kept>,
    users: Vec<User>,
}

async fn load(app: &App, caller: &Caller, id: EncounterId) -> Result<Loaded, AppError> {
    let read = move |tx: &mut Tx<'_>| {
        let citizen = records::citizen_of(tx, "encounter", id.0)?;
        let record = records::citizen_record(tx, citizen)?;
        let contact = record.encounters.iter().find(|e| e.value.id == id).cloned();
        let contact = contact.ok_or(AppError::NotFound("encounter"))?;
        let history = history(tx, citizen.0, id.0)?;
        Ok::<_, AppError>(Seen::record(citizen.0, Loaded { record, contact, history, users: access::users_in(tx)? }))
    };
    app.store.view(caller.scope("contact.open", app.now()), read).await
}

/// Every version of a contact, the newest first.
fn history(tx: &mut Tx<'_>, citizen: Uuid, id: Uuid) -> Result<Vec<Kept>, StoreError> {
    const SQL: &str = "select v.at, u.title, u.initials, v.reason, v.content from record_version v
        left join user_account u on u.organization = v.organization and u.id = v.actor
        where v.organization = $1 and v.citizen = $2 and v.kind = $3 and v.id = $4 order by v.version desc";
    tx.query(SQL, &[citizen.into(), Encounter::KIND.into(), id.into()], |r| {
        let at = r.take()?;
        let (title, initials): (Option<String>, Option<String>) = (r.take()?, r.take()?);
        let why = r.take()?;
        let encounter: Encounter = records::content(r)?;
        Ok(Kept { at, who: title.zip(initials).map(|(t, i)| format!("{t} {i}")), why, note: encounter.note })
    })
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<ContactPage>, AppError> {
    let loaded = load(&app, &caller, id.into()).await?;
    let frame = visit.frame(Nav::Citizens, Counts::default()).await?;
    let note = Field::of(loaded.contact.value.note.clone().unwrap_or_default());
    Ok(Page(page(frame, &caller, &loaded, app.now(), note, Field::default())))
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let typed = |name: &str| form.get(name).cloned().unwrap_or_default();
    let version = fields::parsed(&form, "version");
    let input = NoteCorrection { note: typed("notat"), reason: typed("hvorfor") };
    let error = match correct_note(&app, &caller, id.into(), version, input).await {
        Ok(_) => {
            let notice = "Notatet er rettet. Det tidligere står nedenunder.";
            return Ok(visit.done(&format!("/kontakter/{id}"), notice).await?.into_response());
        }
        Err(error) => error.at_the_form()?,
    };
    let loaded = load(&app, &caller, id.into()).await?;
    let frame = visit.frame(Nav::Citizens, Counts::default()).await?;
    let mut reason = Field::of(typed("hvorfor"));
    let mut problem = None;
    match &error {
        AppError::Field { field: "reason", message, .. } => reason.error = Some(message.clone()),
        other => problem = Some(other.user_message()),
    }
    let mut page = page(frame, &caller, &loaded, app.now(), Field::of(typed("notat")), reason);
    page.problem = problem;
    Ok((error.form_status(), Page(page)).into_response())
}

fn page(frame: Frame, caller: &Caller, loaded: &Loaded, now: Timestamp, note: Field, reason: Field) -> ContactPage {
    let (contact, record) = (&loaded.contact.value, &loaded.record);
    let citizen = &record.citizen.value;
    let person = citizens::person_header(citizen, None, local_date(now));
    let held = contact.held_by.map(|user| Fact::new("Med", access::name_of(&loaded.users, user)));
    let held = held.unwrap_or_else(|| Fact::said("Med", "Ikke oplyst"));
    ContactPage {
        frame,
        href: format!("/kontakter/{}", contact.id),
        course_href: course_href(contact.course),
        version: loaded.contact.version,
        heading: what_was_held(record, contact),
        tag: encounter_tag(contact.status),
        person: PersonHeader { href: Some(format!("/borgere/{}", citizen.id)), ..person },
        facts: [
            Some(Fact::said("Tid", Moment::exactly(contact.start, now).text)),
            Some(held),
            Some(Fact::said("Form", contact.class.label())),
            contact.absence.map(|reason| Fact::said("Årsag", reason.label())),
        ]
        .into_iter()
        .flatten()
        .collect(),
        versions: versions(&loaded.history, now),
        problem: None,
        may_correct: caller.role.may(Permission::CourseWrite) && contact.status != EncounterStatus::EnteredInError,
        note,
        reason,
    }
}

/// The versions in which the note changed, the newest first.
fn versions(history: &[Kept], now: Timestamp) -> Vec<NoteVersion> {
    let mut all: Vec<&Kept> = history.iter().rev().collect();
    all.dedup_by(|later, earlier| later.note == earlier.note);
    let line = |kept: &&Kept| NoteVersion {
        at: Moment::exactly(kept.at, now),
        who: kept.who.clone(),
        why: kept.why.clone(),
        text: kept.note.iter().flat_map(|note| note.lines()).map(str::to_owned).collect(),
    };
    all.iter().rev().map(line).collect()
}
