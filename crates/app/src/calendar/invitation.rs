//! The letter about a time: `GET /kalender/tider/{id}/invitation`. Read by the citizen, printed by staff.
//!
//! A protected address is not in it: the letter then goes the way the municipality keeps for it. No health words, and
//! no CPR number: the letter may lie on a table.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Redirect;
use domain::adaptation::Adaptation;
use domain::calendar::{Appointment, NeedState, Period};
use domain::citizen::Citizen;
use domain::codes::EncounterClass;
use domain::organization::ManagingOrganization;
use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Seen, Tx};
use uuid::Uuid;

use super::appointment::{Loaded, load};
use super::commands::invitation_sent;
use super::queries::Practitioner;
use super::words::clock;
use crate::citizens::phone_text;
use crate::layout::{Counts, Frame, Nav, capitalised, dates};
use crate::letters::{self, Block, Sheet};
use crate::notices::{plain_place, points};
use crate::safety;
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "calendar/invitation.html")]
pub(super) struct InvitationPage {
    frame: Frame,
    href: String,
    /// Why there is no letter to print.
    none: Option<&'static str>,
    may_send: bool,
    sheet: Sheet,
    /// The citizen's other times of the same intervention, a line each.
    others: Vec<String>,
    /// We agreed to call instead.
    call: bool,
    /// The citizen's own number, for the call.
    number: Option<String>,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<InvitationPage>, AppError> {
    let loaded = load(&app, &caller, "appointment.invitation", id.into()).await?;
    let home = app.organization(caller.organization).await?;
    let shape = safety::letter_shape(&loaded.record);
    let now = app.now();
    let today = local_date(now);
    let values = values(&loaded, &home, today);
    let write = move |tx: &mut Tx<'_>| {
        Ok::<_, AppError>(Seen::nothing(letters::write(tx, &letters::INVITATION, &values, now)?))
    };
    let letter = app.store.view(caller.scope("appointment.invitation", now), write).await?;
    let (time, citizen) = (&loaded.time.value, &loaded.record.citizen.value);
    let none = none(time, citizen);
    Ok(Page(InvitationPage {
        frame: visit.frame(Nav::Calendar, Counts::default()).await?,
        href: format!("/kalender/tider/{}", time.id),
        may_send: caller.role.may(Permission::CourseWrite) && none.is_none(),
        none,
        others: others(&loaded, today),
        sheet: Sheet::to(citizen, &home, shape, today, letter),
        call: safety::adaptations(&loaded.record).has(Adaptation::CallInsteadOfLetter),
        number: citizen.phones.first().map(|phone| phone_text(&phone.number)),
    }))
}

pub(super) async fn sent(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Redirect, AppError> {
    invitation_sent(&app, &caller, id.into()).await?;
    visit.done(&format!("/kalender/tider/{id}"), "Det er noteret, at borgeren har fået besked.").await
}

/// What the program fills in; a field that has nothing to say is empty.
fn values(loaded: &Loaded, home: &ManagingOrganization, today: Date) -> letters::Values {
    let (time, citizen) = (&loaded.time.value, &loaded.record.citizen.value);
    let mut values = letters::Values::from([
        ("navn", citizen.name.full()),
        ("dag", capitalised(&dates::long_day(local_date(time.start), today))),
        ("tid", clock_text(time.period())),
        ("sted", place(time)),
        ("med", loaded.professional.as_ref().map(with).unwrap_or_default()),
        ("hjælp", points(needs(time))),
        ("før", points(bring(time.class))),
    ]);
    values.extend(letters::shared(home, safety::letter_shape(&loaded.record)));
    values
}

fn others(loaded: &Loaded, today: Date) -> Vec<String> {
    let time = &loaded.time.value;
    let all = loaded.record.times_of(time.intervention).map(|t| &t.value);
    let mut all: Vec<&Appointment> = all.filter(|other| other.id != time.id).collect();
    all.sort_by_key(|other| other.start);
    let line = |other: &Appointment| {
        format!("{} {}", capitalised(&dates::long_day(local_date(other.start), today)), clock_text(other.period()))
    };
    all.into_iter().map(line).collect()
}

/// What a short message about a time says: when, where, and what is arranged.
pub(crate) fn short_values(time: &Appointment, now: Timestamp) -> letters::Values {
    letters::Values::from([
        ("dag", dates::long_day(local_date(time.start), local_date(now))),
        ("tid", clock_text(time.period())),
        ("sted", plain_place(&place(time))),
        ("hjælp", points(needs(time))),
    ])
}

/// Nobody is invited to what is not going to be, and no letter goes to the dead.
fn none(time: &Appointment, citizen: &Citizen) -> Option<&'static str> {
    if citizen.deceased_on.is_some() {
        return Some("Borgeren er død. Der sendes ikke breve.");
    }
    if !time.state.is_active() {
        return Some("Tiden er aflyst eller holdt. Der er ingen invitation at sende.");
    }
    matches!(citizen.identity, domain::citizen::Identity::Anonymous)
        .then_some("Borgeren er anonym. Fortæl om tiden i telefonen.")
}

fn clock_text(period: Period) -> String {
    format!("kl. {} til {}", clock(period.start), clock(period.end))
}

fn place(time: &Appointment) -> String {
    match time.class {
        EncounterClass::AtPremises => time.place.clone(),
        EncounterClass::Home => "Hjemme hos dig".to_owned(),
        EncounterClass::Phone => "Vi ringer til dig".to_owned(),
        EncounterClass::Screen => "På video. Du får et link af os".to_owned(),
    }
}

/// The title is enough: the letter names no member of staff that may not be there.
fn with(person: &Practitioner) -> String {
    format!("En {}", person.title.to_lowercase())
}

fn needs(time: &Appointment) -> Vec<&'static str> {
    use domain::calendar::Need as N;
    let line = |need: &domain::calendar::NeedArrangement| match (need.need, need.state) {
        (N::Interpreter, NeedState::Arranged) => Some("Der er en tolk med."),
        (N::Interpreter, NeedState::Asked) => Some("Vi bestiller en tolk."),
        (N::Transport, NeedState::Arranged) => Some("Du bliver hentet. Du får besked om, hvornår bilen kommer."),
        (N::Transport, NeedState::Asked) => Some("Vi bestiller kørsel. Du får besked om, hvornår du bliver hentet."),
        (N::Companion, NeedState::Arranged) => Some("Du bliver fulgt."),
        (N::Companion, NeedState::Asked) => Some("Vi finder en, der kan følge dig."),
        (_, NeedState::NotPossible | NeedState::Declined) => None,
    };
    time.needs.iter().filter_map(line).collect()
}

fn bring(class: EncounterClass) -> Vec<&'static str> {
    let mut all = vec!["Tænk gerne over, hvad der er vigtigt for dig i hverdagen."];
    if matches!(class, EncounterClass::AtPremises) {
        all.push("Du må gerne tage en med, du er tryg ved.");
        all.push("Tag dine briller eller dit høreapparat med, hvis du bruger det.");
    }
    all
}
