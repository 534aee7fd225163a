//! The course: talks, plans and interventions, contacts, conditions, goals, consents, closing and follow-up.

mod api;
mod call;
mod closing;
mod contacts;
mod ending;
mod final_note;
mod follow_up_plan;
mod follow_ups;
mod grant;
mod letters;
mod note_text;
mod opened;
mod outreach;
mod pages;
mod plans;
mod said;
mod talks;
mod words;

pub use api::{document as api_document, routes as api_routes};
pub use call::{CallInput, CallResult, Called, save_call};
pub(crate) use closing::status_is_due_again;
pub use closing::{CloseInput, Closed, FollowUpInput, GoalEvaluation, close, withdraw};
pub(crate) use contacts::store_contact;
pub use contacts::{ContactInput, CorrectInput, NoteCorrection, correct_contact, correct_note, record_contact};
pub use ending::{Ended, close_and_tell};
pub use final_note::{NoteInput, NotesSent, send_final_note};
pub(crate) use follow_up_plan::{NewFollowUp, plan_follow_up};
pub use follow_ups::{FollowUpResult, end_follow_up};
pub(crate) use follow_ups::{OVER as FOLLOW_UP_OVER, end_in as end_follow_up_in};
pub use grant::{Grant, GrantInput, Granted, grant, grant_in, grant_support};
pub(crate) use letters::own_plan;
pub use letters::{write_due, write_letter};
pub(crate) use note_text::written as note_sections;
pub(crate) use opened::{opened, opened_with, whose};
pub use outreach::{Outreach, OutreachInput, reach_out};
pub use pages::routes;
pub(crate) use pages::{call_href, course_href, times, write_href};
pub use plans::{
    EndInput, PauseInput, change_delivery, end_care_plan, end_intervention, pause_intervention, resume_intervention,
};
pub(crate) use plans::{end_everything, start_plan};
pub(crate) use said::store_consent;
pub use said::{
    ConditionChange, ConditionInput, ConsentInput, GoalInput, add_condition, add_goal, change_condition,
    record_consent, withdraw_consent,
};
pub use talks::{TalkHeld, TalkInput, hold_talk};
pub(crate) use talks::{areas_of_note, end_talk};
pub(crate) use words::{course_tag, encounter_tag, in_plan, plan_tag, what_was_held};

use domain::course::{CourseEvent, apply};
use domain::ids::CourseId;
use jiff::Timestamp;
use store::Tx;

use crate::AppError;
use crate::records::{self, CitizenRecord};

/// A session was held: a planned course becomes active.
pub(crate) fn session_held(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    id: CourseId,
    now: Timestamp,
) -> Result<(), AppError> {
    move_course(tx, record, id, CourseEvent::SessionHeld, now)
}

/// Moves a course by an event, when that changes anything.
fn move_course(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    id: CourseId,
    event: CourseEvent,
    now: Timestamp,
) -> Result<(), AppError> {
    let before = record.course(id)?;
    let mut course = before.value.clone();
    if matches!(event, CourseEvent::SessionHeld) && course.first_session_on.is_none() {
        course.first_session_on = Some(domain::workdays::local_date(now));
    }
    course.state = apply(course.state, event, now)?;
    records::save_if_changed(tx, before, &course)?;
    Ok(())
}
