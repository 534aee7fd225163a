//! What colleagues may hold and when they work: said by a leader or an administrator.

use std::collections::BTreeSet;

use domain::calendar::{Absence, Period, PractitionerRole, WorkingHours};
use domain::codes::EncounterClass;
use domain::competence::Competence;
use domain::consent;
use domain::ids::UserId;
use domain::team::Meeting;
use domain::workdays::local_date;
use serde::Deserialize;

use super::queries;
use crate::records;
use crate::{App, AppError, Caller, access};

/// All of it; what is left out is taken away.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct PractitionerInput {
    /// What they may hold.
    #[schema(value_type = Vec<String>)]
    pub competences: BTreeSet<Competence>,
    /// The week that repeats.
    #[schema(value_type = Vec<Object>)]
    pub hours: Vec<WorkingHours>,
    /// When they are away.
    #[schema(value_type = Vec<Object>)]
    pub absences: Vec<Absence>,
    /// An authorised health person.
    pub authorised: bool,
}

/// Sets what a colleague may hold and when. Times that are booked stay: they are moved by hand.
pub async fn set_practitioner_role(
    app: &App,
    who: &Caller,
    user: UserId,
    version: Option<i64>,
    input: PractitionerInput,
) -> Result<i64, AppError> {
    app.store
        .write(who.scope("practitioner.set", app.now()), move |tx| {
            let person = queries::practitioners(tx)?.into_iter().find(|person| person.role.value.id == user);
            let before = person.ok_or(AppError::NotFound("user"))?.role;
            records::expect(version, before.version)?;
            let PractitionerInput { competences, mut hours, mut absences, authorised } = input;
            hours.sort_by_key(|hours| (hours.day, hours.from));
            absences.sort_by_key(|away| away.period.start);
            let attestations = before.value.attestations.clone();
            let role = PractitionerRole { id: user, competences, attestations, hours, absences, authorised };
            role.check()?;
            Ok(if before.value == role { before.version } else { records::save(tx, before.version, &role)? })
        })
        .await
}

/// The reason under section 41 as somebody may use it: an authorised health person alone. Everybody else sends on the
/// citizen's consent (SP-004-10). Another system answers for who its people are.
pub(crate) fn section_41<'a>(
    tx: &mut store::Tx<'_>,
    who: &Caller,
    reason: Option<&'a str>,
) -> Result<Option<&'a str>, AppError> {
    if reason.is_none() || access::stands_for_token(tx, who.user)? {
        return Ok(reason);
    }
    let role = records::one::<PractitionerRole>(tx, uuid::Uuid::nil(), who.user.0)?;
    let authorised = role.is_some_and(|role| role.value.authorised);
    Ok(consent::section_41(authorised, reason)?)
}

/// What each active colleague may hold, in words.
pub(crate) async fn competences(app: &App, who: &Caller) -> Result<Vec<(UserId, Vec<&'static str>)>, AppError> {
    let read = |tx: &mut store::Tx<'_>| Ok::<_, AppError>(store::Seen::nothing(queries::practitioners(tx)?));
    let people = app.store.view(who.scope("practitioner.list", app.now()), read).await?;
    let labels = |role: &PractitionerRole| {
        let held = Competence::ALL.iter().filter(|c| role.competences.contains(c));
        held.map(|c| c.label()).collect()
    };
    Ok(people.iter().map(|person| (person.role.value.id, labels(&person.role.value))).collect())
}

/// Active colleagues by title and initials, with what each may hold.
pub(crate) fn holders(tx: &mut store::Tx<'_>) -> Result<Vec<(String, PractitionerRole)>, store::StoreError> {
    let people = queries::practitioners(tx)?;
    Ok(people.into_iter().map(|person| (person.label(), person.role.value)).collect())
}

/// A colleague who may lead.
pub(crate) struct Colleague {
    pub(crate) id: UserId,
    /// "Sygeplejerske TN".
    pub(crate) label: String,
    /// What they may be said to have today.
    pub(crate) competences: BTreeSet<Competence>,
}

/// Active colleagues by title.
pub(crate) fn colleagues(tx: &mut store::Tx<'_>) -> Result<Vec<Colleague>, AppError> {
    let today = local_date(tx.scope().at);
    let one = |person: queries::Practitioner| Colleague {
        id: person.role.value.id,
        label: person.label(),
        competences: person.role.value.valid_on(today),
    };
    Ok(queries::practitioners(tx)?.into_iter().map(one).collect())
}

/// What is booked between two instants, as times in which somebody is taken.
pub(crate) fn booked(tx: &mut store::Tx<'_>, within: Period) -> Result<Vec<Meeting>, AppError> {
    let meeting = |row: queries::Taken| Meeting {
        team: None,
        start: row.period.start,
        end: row.period.end,
        people: vec![row.professional],
        place: room(row.place),
    };
    Ok(queries::taken(tx, within)?.into_iter().map(meeting).collect())
}

/// The room of a time; none when it is held without one.
pub(super) fn room(place: String) -> Option<String> {
    let without = EncounterClass::ALL.iter().any(|class| class.label() == place);
    Some(place).filter(|place| !without && !place.trim().is_empty())
}
