//! Care points of a session's people: read for the list before class, and noted on the granted intervention. What is told
//! is [`domain::team::care_points`].

use std::collections::{BTreeSet, HashMap};

use domain::ids::{CitizenId, PlannedInterventionId};
use domain::planned_intervention::PlannedIntervention;
use domain::team::{CarePoint, Team, care_points};
use serde::Deserialize;
use store::Tx;

use super::queries::{self, CareRow};
use crate::records;
use crate::{App, AppError, Caller};

/// What was noted and what is told of one participant.
#[derive(Debug, Default)]
pub(super) struct Care {
    pub(super) noted: BTreeSet<CarePoint>,
    pub(super) told: BTreeSet<CarePoint>,
}

/// The care points of everybody with a seat, by intervention: one query for each two dozen.
pub(super) fn read(tx: &mut Tx<'_>, team: &Team) -> Result<HashMap<PlannedInterventionId, Care>, AppError> {
    let seats: Vec<_> = team.enrolled.iter().filter(|seat| !seat.left).collect();
    let citizens: Vec<CitizenId> = seats.iter().map(|seat| seat.citizen).collect();
    let rows = queries::care(tx, &citizens)?;
    let mut all = HashMap::new();
    for seat in seats {
        let granted = rows.iter().find_map(|row| match row {
            CareRow::Granted(it) if it.id == seat.intervention => Some(it),
            _ => None,
        });
        let Some(granted) = granted else { continue };
        all.insert(seat.intervention, care(team, granted, &rows));
    }
    Ok(all)
}

fn care(team: &Team, granted: &PlannedIntervention, rows: &[CareRow]) -> Care {
    let answers = rows.iter().find_map(|row| match row {
        CareRow::Answers(it) if it.citizen == granted.citizen && it.course == granted.course => Some(it),
        _ => None,
    });
    let adapted = rows.iter().find_map(|row| match row {
        CareRow::Adapted(it) if it.citizen == granted.citizen => Some(it),
        _ => None,
    });
    let told = care_points(team.code, &granted.care, answers, adapted);
    Care { noted: granted.care.clone(), told }
}

/// What staff note about a participant.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct CareInput {
    /// The granted intervention that the seat is for.
    #[schema(value_type = Uuid)]
    pub intervention: PlannedInterventionId,
    /// What to mind, all of it.
    #[schema(value_type = Vec<String>)]
    pub care: BTreeSet<CarePoint>,
}

/// Notes what to mind about a participant, all of it; what is left out is taken away.
pub async fn note_care(app: &App, who: &Caller, input: CareInput) -> Result<(), AppError> {
    let CareInput { intervention, care: points } = input;
    app.store
        .write(who.scope("team.care", app.now()), move |tx| {
            let citizen = records::citizen_of(tx, "planned_intervention", intervention.0)?;
            let before = records::one::<PlannedIntervention>(tx, citizen.0, intervention.0)?;
            let before = before.ok_or(AppError::NotFound("planned_intervention"))?;
            let care = points.iter().copied().filter(|point| CarePoint::NOTED.contains(point)).collect();
            let after = PlannedIntervention { care, ..before.value.clone() };
            records::save_if_changed(tx, &before, &after)?;
            Ok(())
        })
        .await
}
