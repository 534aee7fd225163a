//! What became of an agreed follow-up; its intervention ends with it.

use domain::care_plan::{CarePlan, PlanEvent, PlanStatus};
use domain::codes::StopReason;
use domain::follow_up::{FollowUp, FollowUpState, Kept};
use domain::ids::{CitizenId, FollowUpId};
use domain::planned_intervention::PlannedIntervention;
use domain::workdays::local_date;
use jiff::civil::Date;
use serde::Deserialize;
use store::Tx;

use crate::records::{self, CitizenRecord};
use crate::{App, AppError, Caller, notices, tasks};

/// What became of a follow-up.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum FollowUpResult {
    /// Held.
    Done {
        /// Whether the change was kept.
        #[schema(value_type = String)]
        kept: Kept,
        /// In the citizen's words.
        words: Option<String>,
    },
    /// Tried without success.
    NotReached,
    /// The citizen declined.
    Declined,
    /// Called off.
    Cancelled,
}

impl FollowUpResult {
    fn state(self, on: Date) -> (FollowUpState, PlanEvent) {
        let end = |reason| PlanEvent::End { on, reason };
        match self {
            Self::Done { kept, words } => (FollowUpState::Done { on, kept, words }, PlanEvent::Complete { on }),
            Self::NotReached => (FollowUpState::NotReached { on }, end(StopReason::NotHeardFrom)),
            Self::Declined => (FollowUpState::Declined { on }, end(StopReason::OptedOut)),
            Self::Cancelled => (FollowUpState::Cancelled { on }, end(StopReason::NoNeedProfessional)),
        }
    }
}

/// Ends a follow-up, its intervention, and the follow-up plan when nothing is left in it.
pub async fn end_follow_up(
    app: &App,
    who: &Caller,
    citizen: CitizenId,
    id: FollowUpId,
    result: FollowUpResult,
) -> Result<(), AppError> {
    let now = app.now();
    app.store
        .write(who.scope("follow_up.end", now), move |tx| {
            let record = records::citizen_record(tx, citizen)?;
            end_in(tx, &record, id, result, local_date(now))
        })
        .await
}

/// The same in a transaction that does more. The record is as it stands then: a next follow-up in it keeps the plan open.
pub(crate) fn end_in(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    id: FollowUpId,
    result: FollowUpResult,
    today: Date,
) -> Result<(), AppError> {
    let before = record.follow_up(id)?;
    let (state, event) = result.state(today);
    let ended = before.value.clone().end(state).map_err(|_| OVER)?;
    records::save(tx, before.version, &ended)?;
    end_reported(tx, record, &ended, event)?;
    // A letter about it that nobody has sent yet has nothing to announce.
    notices::drop_about(tx, id.0)?;
    Ok(tasks::end_all(tx, id.0, true)?)
}

/// Somebody has written down how it went.
pub(crate) const OVER: AppError =
    AppError::Rule { code: "follow_up_over", message: "Opfølgningen er allerede registreret." };

fn end_reported(tx: &mut Tx<'_>, record: &CitizenRecord, ended: &FollowUp, event: PlanEvent) -> Result<(), AppError> {
    let before = record.intervention(ended.intervention)?;
    let status = before.value.status.apply(event, before.value.granted_on)?;
    records::save(tx, before.version, &PlannedIntervention { status, ..before.value.clone() })?;
    let Some(plan) = before.value.care_plan else { return Ok(()) };
    let open = record
        .interventions
        .iter()
        .any(|i| i.value.care_plan == Some(plan) && i.value.id != ended.intervention && i.value.status.is_open());
    if open {
        return Ok(());
    }
    let plan = record.care_plan(plan)?;
    let status: PlanStatus = plan.value.status.apply(event, plan.value.granted_on)?;
    records::save(tx, plan.version, &CarePlan { status, ..plan.value.clone() })?;
    Ok(())
}
