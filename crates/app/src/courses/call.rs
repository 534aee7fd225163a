//! A follow-up call: what came of it, the next one, and a new course when the citizen needs more; all in one transaction.

use domain::follow_up::FollowUpState;
use domain::ids::{FollowUpId, ServiceRequestId};
use domain::service_request::Owner;
use domain::task::TaskKind;
use domain::workdays::local_date;
use jiff::ToSpan;
use jiff::civil::Date;

use super::FollowUpInput;
use super::follow_up_plan::plan_follow_ups;
use super::follow_ups::{FollowUpResult, OVER, end_in};
use crate::records;
use crate::tasks::{self, NewTask};
use crate::{App, AppError, Caller, referrals};

/// A promised call is at most this many days ahead: what lies further out is a follow-up of its own.
const PROMISE_WITHIN_DAYS: i64 = 60;

/// What came of a call.
#[derive(Debug, Clone)]
pub enum CallResult {
    /// The follow-up is over.
    Over(FollowUpResult),
    /// It goes on: somebody has promised to ring again on a day.
    RingAgain(Date),
}

/// A call and what follows from it.
#[derive(Debug, Clone)]
pub struct CallInput {
    /// What came of it.
    pub result: CallResult,
    /// The next follow-up; none when none is agreed.
    pub next_on: Option<Date>,
    /// The citizen begins anew: what they want, in their words.
    pub new_course: Option<Option<String>>,
}

/// What a call made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Called {
    /// The next follow-up.
    pub next: Option<FollowUpId>,
    /// The request that the citizen begins anew with.
    pub request: Option<ServiceRequestId>,
}

/// Saves a call.
pub async fn save_call(app: &App, who: &Caller, id: FollowUpId, input: CallInput) -> Result<Called, AppError> {
    let home = app.organization(who.organization).await?;
    let (now, today, who) = (app.now(), local_date(app.now()), who.clone());
    app.store
        .write(who.scope("follow_up.call", now), move |tx| {
            let citizen = records::citizen_of(tx, "follow_up", id.0)?;
            let record = records::citizen_record(tx, citizen)?;
            let before = record.follow_up(id)?.value.clone();
            if before.state != FollowUpState::Planned {
                return Err(OVER);
            }
            if before.asks_stop() {
                let message = "Stil først STOPbasens spørgsmål, og udfyld skemaet.";
                return Err(AppError::Rule { code: "stopbasen_first", message });
            }
            let result = match input.result {
                CallResult::RingAgain(day) => {
                    let last = today.saturating_add(PROMISE_WITHIN_DAYS.days());
                    if day <= today || day > last {
                        let text = format!("Vælg en dag efter i dag, højst {PROMISE_WITHIN_DAYS} dage frem.");
                        return Err(AppError::field("ring", "out_of_range", text));
                    }
                    tasks::end_all(tx, id.0, true)?;
                    let (kind, owner) = (TaskKind::FollowUp, Owner::User(who.user));
                    let (citizen, subject, rule) = (Some(citizen), id.0, "promised_call");
                    tasks::add(tx, &NewTask { citizen, subject, kind, due_on: day, owner: &owner, rule })?;
                    return Ok(Called::default());
                }
                CallResult::Over(result) => result,
            };
            let mut called = Called::default();
            // The next one comes first: while it is open, the plan that both are reported in stays open.
            if let Some(due_on) = input.next_on {
                let plan = record.intervention(before.intervention)?.value.care_plan;
                let days = [FollowUpInput { due_on }];
                let planned = plan_follow_ups(tx, &record, &home, (before.course, plan), &days, now)?;
                called.next = planned.first().copied();
            }
            let record = records::citizen_record(tx, citizen)?;
            end_in(tx, &record, id, result, today)?;
            if let Some(words) = input.new_course {
                let request = referrals::reenter_in(tx, &who, citizen, words, &home.settings.limits, now)?;
                called.request = Some(request);
            }
            Ok(called)
        })
        .await
}
