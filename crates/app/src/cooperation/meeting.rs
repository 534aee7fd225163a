//! Commands about meetings and what was agreed at them.

use domain::cooperation::{Agreed, Forum, Meeting, MeetingError};
use domain::ids::{AgreedId, MeetingId};
use domain::workdays::local_date;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::kept::{self, said, struck};
use crate::{App, AppError, Caller, ids};

/// A meeting, planned or held.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct MeetingInput {
    /// `klu`, `cluster`, `consultant` or `partner`.
    #[schema(value_type = String)]
    pub forum: Forum,
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub held_on: Date,
    /// Who takes part.
    #[serde(default)]
    pub participants: Option<String>,
    /// What is on the agenda.
    pub agenda: String,
    /// Prevention is on it.
    #[serde(default)]
    pub about_prevention: bool,
    /// What was decided; only of a meeting that was held.
    #[serde(default)]
    pub decisions: Option<String>,
}

impl MeetingInput {
    pub(super) fn put(&self, on: Meeting) -> Meeting {
        Meeting {
            forum: self.forum,
            held_on: self.held_on,
            participants: said(self.participants.as_ref()),
            agenda: self.agenda.trim().to_owned(),
            about_prevention: self.about_prevention,
            decisions: said(self.decisions.as_ref()),
            ..on
        }
    }

    pub(super) fn meeting(&self, id: MeetingId) -> Meeting {
        self.put(Meeting {
            id,
            forum: self.forum,
            held_on: self.held_on,
            participants: None,
            agenda: String::new(),
            about_prevention: false,
            decisions: None,
            agreed: Vec::new(),
            struck: None,
        })
    }
}

/// What somebody does by a day.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct AgreedInput {
    /// What.
    pub what: String,
    /// Who.
    pub who: String,
    /// By when.
    #[schema(value_type = String, format = Date)]
    pub by: Date,
}

fn refused(fault: MeetingError) -> AppError {
    match fault {
        MeetingError::NoSuchAgreement => AppError::NotFound("agreement"),
        fault => AppError::field(fault.field(), "meeting", fault.user_message()),
    }
}

fn fitting(meeting: Meeting, today: Date) -> Result<Meeting, AppError> {
    meeting.faults(today).first().map_or(Ok(meeting), |fault| Err(refused(*fault)))
}

/// Writes a meeting down.
///
/// # Errors
///
/// It cannot be so.
pub async fn add_meeting(app: &App, who: &Caller, input: &MeetingInput) -> Result<Uuid, AppError> {
    let now = app.now();
    let meeting = fitting(input.meeting(ids::new(now)), local_date(now))?;
    kept::add(app, who, "meeting.add", meeting).await
}

/// Corrects a meeting; what it said stays.
///
/// # Errors
///
/// It cannot be so, there is none, or a colleague was first.
pub async fn correct_meeting(
    app: &App,
    who: &Caller,
    of: (Uuid, Option<i64>),
    input: MeetingInput,
) -> Result<i64, AppError> {
    let today = local_date(app.now());
    kept::change(app, who, ("meeting.correct", None), of, move |_, it| fitting(input.put(it), today)).await
}

/// Strikes a meeting.
///
/// # Errors
///
/// No reason, there is none, or a colleague was first.
pub async fn strike_meeting(app: &App, who: &Caller, of: (Uuid, Option<i64>), reason: &str) -> Result<i64, AppError> {
    kept::strike::<Meeting>(app, who, "meeting.strike", of, reason).await
}

/// Adds what was agreed.
///
/// # Errors
///
/// What, who or the day is missing, there is no such meeting, or a colleague was first.
pub async fn agree(app: &App, who: &Caller, of: (Uuid, Option<i64>), input: AgreedInput) -> Result<AgreedId, AppError> {
    let id: AgreedId = ids::new(app.now());
    let AgreedInput { what, who: does, by } = input;
    let new = Agreed { id, what: what.trim().to_owned(), who: does.trim().to_owned(), by, done: None, struck: None };
    kept::change(app, who, ("meeting.agree", None), of, move |_, it: Meeting| it.agree(new).map_err(refused)).await?;
    Ok(id)
}

/// What is done with an agreement.
#[derive(Debug, Clone)]
pub enum AgreedChange {
    /// It says something else.
    Correct(AgreedInput),
    /// It is done.
    Done,
    /// It is not done after all.
    NotDone,
    /// It should not have been written: why.
    Strike(String),
}

/// Changes an agreement; what it said stays.
///
/// # Errors
///
/// It cannot be so, or there is no such agreement.
pub async fn change_agreed(
    app: &App,
    who: &Caller,
    (meeting, agreed): (Uuid, AgreedId),
    change: AgreedChange,
) -> Result<i64, AppError> {
    let done = (local_date(app.now()), who.user);
    let (action, reason) = match &change {
        AgreedChange::Correct(_) => ("meeting.correct_agreed", None),
        AgreedChange::Done => ("meeting.agreed_done", None),
        AgreedChange::NotDone => ("meeting.agreed_not_done", None),
        AgreedChange::Strike(reason) => ("meeting.strike_agreed", Some(struck(app, who, reason)?)),
    };
    let why = reason.as_ref().map(|it| it.reason.clone());
    kept::change(app, who, (action, why), (meeting, None), move |_, it: Meeting| {
        let after = match (change, reason) {
            (AgreedChange::Correct(AgreedInput { what, who, by }), _) => {
                it.correct(agreed, what.trim().to_owned(), who.trim().to_owned(), by)
            }
            (AgreedChange::Done, _) => it.settle(agreed, Some(done)),
            (_, Some(struck)) => it.strike_agreed(agreed, struck),
            (AgreedChange::NotDone | AgreedChange::Strike(_), None) => it.settle(agreed, None),
        };
        after.map_err(refused)
    })
    .await
}
