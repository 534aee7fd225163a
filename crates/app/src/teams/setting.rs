//! How a team is set up: where it meets, how many can take part, who leads, and when people join. An instructor has the
//! competence; what clashes with other times, or gives an instructor too many, is asked about and saved when it is meant.

use domain::competence::Competence;
use domain::ids::{TeamId, UserId};
use domain::team::{Clash, INSTRUCTOR_RATIO_MAX, Intake, Load, Team};
use jiff::Timestamp;
use serde::Deserialize;
use store::Tx;

use super::{clash, mix, queries};
use crate::calendar::Colleague;
use crate::records;
use crate::{App, AppError, Caller, calendar};

/// All of it; what is left out is taken away.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct SettingInput {
    /// How many can take part.
    pub seats: u16,
    /// Where it meets.
    #[serde(default)]
    pub place: Option<String>,
    /// Who leads it.
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    pub instructors: Vec<UserId>,
    /// When people join.
    #[serde(default)]
    #[schema(value_type = String)]
    pub intake: Intake,
    /// Saved although something clashes.
    #[serde(default)]
    pub despite: bool,
}

/// Sets a team up. Refused with the version of somebody else's change, so that nobody's is lost.
pub async fn set_up(
    app: &App,
    who: &Caller,
    id: TeamId,
    version: Option<i64>,
    input: SettingInput,
) -> Result<(), AppError> {
    let now = app.now();
    app.store
        .write(who.scope("team.set_up", now), move |tx| {
            let before = queries::team(tx, id)?;
            if let Some(expected) = version.filter(|v| *v != before.version) {
                return Err(AppError::Changed { expected, found: before.version });
            }
            let held = before.value.seats.saturating_sub(before.value.free_seats());
            if input.seats == 0 || input.seats < held {
                let message = format!("{held} har eller er tilbudt en plads. Antallet kan ikke være mindre end det.");
                let message = if held == 0 { "Holdet skal have mindst én plads.".to_owned() } else { message };
                return Err(AppError::field("pladser", "too_few", message));
            }
            let SettingInput { seats, place, instructors, intake, despite } = input;
            let place = place.map(|place| place.trim().to_owned()).filter(|place| !place.is_empty());
            let team = Team { seats, place, instructors, intake, ..before.value.clone() };
            let people = calendar::colleagues(tx)?;
            check_competence(&people, &team)?;
            if !despite {
                check_clashes(tx, &people, &team, now)?;
            }
            records::save_if_changed(tx, &before, &team)?;
            Ok(())
        })
        .await
}

/// Somebody on the team holds what it asks for, and everybody does or teaches beside them from own experience (KS-4.5-03).
fn check_competence(people: &[Colleague], team: &Team) -> Result<(), AppError> {
    if team.instructors.is_empty() {
        return Ok(());
    }
    let needed = Competence::for_team(team.code);
    let holds = |id: &UserId, what| people.iter().any(|one| one.id == *id && one.competences.contains(&what));
    let may = |id: &UserId| holds(id, needed) || holds(id, Competence::PeerInstructor);
    if !team.instructors.iter().all(may) {
        let message =
            format!("Underviseren skal have kompetencen {}. En leder sætter den under Arbejdstider.", needed.label());
        return Err(AppError::field("undervisere", "competence_missing", message));
    }
    if team.instructors.iter().any(|id| holds(id, needed)) {
        return Ok(());
    }
    let message =
        format!("En medunderviser står ved siden af en, der har kompetencen {}. Vælg også en af dem.", needed.label());
    Err(AppError::field("undervisere", "peer_alone", message))
}

fn check_clashes(tx: &mut Tx<'_>, people: &[Colleague], team: &Team, now: Timestamp) -> Result<(), AppError> {
    if let Load::Missing(missing) = team.load(mix::professionals(people, team)) {
        let message = format!(
            "Der er højst {INSTRUCTOR_RATIO_MAX} deltagere pr. instruktør. Med {} pladser mangler der {missing}. \
             Medundervisere tæller ikke med.",
            team.seats
        );
        return Err(AppError::field("undervisere", "too_many_each", message));
    }
    let found = clash::find(tx, team, &team.meetings(now))?;
    let Some((_, first)) = found.first() else { return Ok(()) };
    let field = if matches!(first, Clash::Place(_)) { "sted" } else { "undervisere" };
    Err(AppError::field(field, "clash", clash::in_words(&found, now)))
}
