//! What is kept of a coordination. The next agreed day is a task of who looks after it.

use domain::consent::ConsentForm;
use domain::coordination::{Coordination, CoordinationError, CoordinationNote, Department, ShareConsent, Shared};
use domain::ids::{CoordinationId, CourseId, UserId};
use domain::service_request::Owner;
use domain::task::TaskKind;
use domain::workdays::local_date;
use jiff::civil::Date;
use store::{Tx, Versioned};

use crate::tasks::{self, NewTask};
use crate::{App, AppError, Caller, ids, records};

/// The word of the task: it is on the day that was agreed with the other department, and no requirement sets that.
const RULE: &str = "coordination";

/// What is known of another department's course.
#[derive(Debug, Clone)]
pub struct CoordinationInput {
    /// Which department.
    pub department: Department,
    /// What it does for the citizen.
    pub what: Option<String>,
    /// Whom to ring.
    pub contact: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Since when.
    pub since: Option<Date>,
    /// Until when.
    pub until: Option<Date>,
    /// How much the citizen says may be told, and how they said it; none when they were not asked now.
    pub consent: Option<(Shared, ConsentForm)>,
    /// The day it is talked about next.
    pub next_on: Option<Date>,
}

fn refused(error: CoordinationError) -> AppError {
    AppError::field(error.field(), "coordination_rule", error.user_message())
}

impl CoordinationInput {
    fn onto(self, was: Coordination, who: UserId, today: Date) -> Coordination {
        let Self { department, what, contact, phone, since, until, consent, next_on } = self;
        // The same answer again is no new one.
        let same = consent.is_some_and(|(upto, _)| {
            was.consent.as_ref().is_some_and(|it| it.upto == upto && it.withdrawn_at.is_none())
        });
        let said = consent.filter(|_| !same);
        let new = said.map(|(upto, form)| ShareConsent { upto, form, on: today, asked_by: who, withdrawn_at: None });
        let consent = new.or_else(|| was.consent.clone());
        Coordination { department, what, contact, phone, since, until, consent, next_on, ..was }
    }
}

/// Adds a department that does something for the citizen.
pub async fn add(app: &App, who: &Caller, course: CourseId, input: CoordinationInput) -> Result<(), AppError> {
    let (now, user) = (app.now(), who.user);
    app.store
        .write(who.scope("coordination.add", now), move |tx| {
            let citizen = records::citizen_of(tx, "course", course.0)?;
            let today = local_date(now);
            let empty = Coordination {
                id: ids::new(now),
                citizen,
                course,
                department: input.department,
                what: None,
                contact: None,
                phone: None,
                since: None,
                until: None,
                consent: None,
                next_on: None,
                owner: user,
                notes: Vec::new(),
            };
            let new = input.onto(empty, user, today);
            new.check(None, today).map_err(refused)?;
            records::add(tx, &new)?;
            next_task(tx, None, &new)
        })
        .await
}

/// The one that was seen.
fn seen(tx: &mut Tx<'_>, id: CoordinationId, version: i64) -> Result<Versioned<Coordination>, AppError> {
    let citizen = records::citizen_of(tx, "coordination", id.0)?;
    let found = records::one::<Coordination>(tx, citizen.0, id.0)?.ok_or(AppError::NotFound("coordination"))?;
    records::expect(version, found.version)?;
    Ok(found)
}

/// Changes what is known.
pub async fn change(
    app: &App,
    who: &Caller,
    id: CoordinationId,
    version: i64,
    input: CoordinationInput,
) -> Result<(), AppError> {
    let (now, user) = (app.now(), who.user);
    app.store
        .write(who.scope("coordination.change", now), move |tx| {
            let before = seen(tx, id, version)?;
            let after = input.onto(before.value.clone(), user, local_date(now));
            after.check(Some(&before.value), local_date(now)).map_err(refused)?;
            records::save_if_changed(tx, &before, &after)?;
            next_task(tx, Some(&before.value), &after)
        })
        .await
}

/// Writes down what was agreed, and when it is talked about again. Whoever talked looks after it from then on.
pub async fn note(
    app: &App,
    who: &Caller,
    id: CoordinationId,
    version: i64,
    words: String,
    next_on: Option<Date>,
) -> Result<(), AppError> {
    let (now, by) = (app.now(), who.user);
    app.store
        .write(who.scope("coordination.note", now), move |tx| {
            let before = seen(tx, id, version)?;
            let note = CoordinationNote { on: local_date(now), words: words.trim().to_owned(), by };
            let after = Coordination { owner: by, ..before.value.clone() }.noted(note, next_on).map_err(refused)?;
            records::save(tx, before.version, &after)?;
            tasks::end(tx, id.0, TaskKind::Coordinate, true)?;
            next_task(tx, None, &after)
        })
        .await
}

/// Takes the citizen's yes back, at once.
pub async fn withdraw(app: &App, who: &Caller, id: CoordinationId, version: i64) -> Result<(), AppError> {
    let now = app.now();
    app.store
        .write(who.scope("coordination.withdraw", now), move |tx| {
            let before = seen(tx, id, version)?;
            records::save_if_changed(tx, &before, &before.value.clone().withdrawn(now))?;
            Ok(())
        })
        .await
}

/// The task of the next day follows that day.
fn next_task(tx: &mut Tx<'_>, before: Option<&Coordination>, now: &Coordination) -> Result<(), AppError> {
    if before.is_some_and(|it| it.next_on == now.next_on) {
        return Ok(());
    }
    tasks::end(tx, now.id.0, TaskKind::Coordinate, false)?;
    let Some(due_on) = now.next_on else { return Ok(()) };
    let (citizen, kind, owner) = (Some(now.citizen), TaskKind::Coordinate, Owner::User(now.owner));
    Ok(tasks::add(tx, &NewTask { citizen, subject: now.id.0, kind, due_on, owner: &owner, rule: RULE })?)
}
