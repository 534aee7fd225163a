//! What the rules say must be done by a day, as tasks: made when a rule speaks, ended when it no longer does.

use domain::ids::CitizenId;
use domain::limits::Limits;
use domain::safety::{Due, Weighed};
use domain::service_request::Owner;
use domain::task::TaskKind;
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Seen, Tx};
use uuid::Uuid;

use super::{facts, gather, weighed};
use crate::records::{self, CitizenRecord};
use crate::tasks::{self, NewTask};
use crate::{App, AppError, Caller, notifications};

/// The kinds of task that a rule makes.
const KINDS: [TaskKind; 4] =
    [TaskKind::BridgeContact, TaskKind::DietFollowUp, TaskKind::DietReassess, TaskKind::TrainingDose];

/// Puts the tasks of all citizens in step that a day can have moved; gives how many were looked at.
pub async fn round(app: &App, who: &Caller) -> Result<usize, AppError> {
    const SQL: &str = "select distinct citizen from planned_intervention where organization = $1
        and code in ('nicotine_cessation', 'dietary_treatment', 'physical_training')
        and state in ('granted', 'active', 'paused') order by citizen";
    let home = app.organization(who.organization).await?;
    let scope = who.scope("safety.upkeep", app.now());
    let read = |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(tx.query(SQL, &[], |r| r.take::<Uuid>())?));
    let citizens = app.store.view(scope, read).await?;
    for citizen in &citizens {
        let (now, citizen, limits) = (app.now(), CitizenId(*citizen), home.settings.limits);
        let read = move |tx: &mut Tx<'_>| {
            // Nobody sees anything: the program only asks itself whether there is something to do.
            Ok::<_, AppError>(Seen::nothing(in_step(tx, citizen, &limits, local_date(now))?))
        };
        // Most days move nothing: then nothing is written.
        if !app.store.view(who.scope("safety.upkeep", now), read).await? {
            let write = move |tx: &mut Tx<'_>| keep_in_step(tx, citizen, &limits, now);
            app.store.write(who.scope("safety.upkeep", now), write).await?;
        }
    }
    Ok(citizens.len())
}

/// A task that a rule calls for.
struct Wanted {
    intervention: Uuid,
    rule: &'static str,
    due: Due,
}

/// What the rules say in the citizen's open course.
fn spoken(tx: &mut Tx<'_>, record: &CitizenRecord, limits: &Limits, today: Date) -> Result<Vec<Weighed>, AppError> {
    let Some(course) = record.open_course().map(|course| course.value.id) else { return Ok(Vec::new()) };
    let seats = gather::seats(tx, record, course)?;
    Ok(weighed(record, course, &facts(record, course, limits, today, &seats)))
}

/// What they call for. An acknowledged warning calls for nothing.
fn wanted(all: &[Weighed]) -> Vec<Wanted> {
    let want = |one: &domain::safety::Weighed| {
        let (intervention, due) = (one.warning.intervention?.0, one.warning.due?);
        one.acknowledged.is_none().then_some(Wanted { intervention, rule: one.warning.rule, due })
    };
    all.iter().filter_map(want).collect()
}

/// An open task of these kinds.
struct Open {
    subject: Uuid,
    kind: TaskKind,
    due_on: Date,
}

fn open(tx: &mut Tx<'_>, citizen: CitizenId) -> Result<Vec<Open>, AppError> {
    const SQL: &str = "select subject, kind, due_on from task where organization = $1 and citizen = $2 and state = 'open' order by id";
    let rows =
        tx.query(SQL, &[citizen.0.into()], |r| Ok((r.take::<Uuid>()?, r.take::<String>()?, r.take::<Date>()?)))?;
    let ours = rows.into_iter().filter_map(|(subject, kind, due_on)| {
        let kind = TaskKind::parse(&kind).ok().filter(|kind| KINDS.contains(kind))?;
        Some(Open { subject, kind, due_on })
    });
    Ok(ours.collect())
}

/// Whether a task is the one that is called for. How long one has to look into a dose counts from when it was seen.
fn same(open: &Open, wanted: &Wanted) -> bool {
    let day = open.due_on == wanted.due.on || wanted.due.kind == TaskKind::TrainingDose;
    open.subject == wanted.intervention && open.kind == wanted.due.kind && day
}

/// Whether the tasks are those that the rules call for.
fn in_step(tx: &mut Tx<'_>, citizen: CitizenId, limits: &Limits, today: Date) -> Result<bool, AppError> {
    let record = records::citizen_record(tx, citizen)?;
    let spoken = spoken(tx, &record, limits, today)?;
    let (wanted, open) = (wanted(&spoken), open(tx, citizen)?);
    let all = wanted.iter().all(|want| open.iter().any(|task| same(task, want)));
    Ok(all && open.iter().all(|task| wanted.iter().any(|want| same(task, want))))
}

/// Makes the tasks that the rules call for, and ends those that they no longer do.
pub(crate) fn keep_in_step(
    tx: &mut Tx<'_>,
    citizen: CitizenId,
    limits: &Limits,
    now: Timestamp,
) -> Result<(), AppError> {
    let record = records::citizen_record(tx, citizen)?;
    let spoken = spoken(tx, &record, limits, local_date(now))?;
    if let Some(course) = record.open_course().map(|course| course.value.id) {
        notifications::keep_task(tx, &record, (citizen, course), &spoken, limits, now)?;
    }
    let (wanted, open) = (wanted(&spoken), open(tx, citizen)?);
    for task in open.iter().filter(|task| !wanted.iter().any(|want| same(task, want))) {
        tasks::end(tx, task.subject, task.kind, true)?;
    }
    for want in wanted.iter().filter(|want| !open.iter().any(|task| same(task, want))) {
        let owner = owner(&record, want.intervention);
        let task = NewTask {
            citizen: Some(citizen),
            subject: want.intervention,
            kind: want.due.kind,
            due_on: want.due.on,
            owner: &owner,
            rule: want.rule,
        };
        tasks::add(tx, &task)?;
    }
    Ok(())
}

/// Whoever held the last contact of the intervention's plan, or the reception.
fn owner(record: &CitizenRecord, intervention: Uuid) -> Owner {
    let plan = record.interventions.iter().find(|i| i.value.id.0 == intervention).and_then(|i| i.value.care_plan);
    let plan = plan.map(domain::encounter::EncounterBasis::CarePlan);
    let held = record.encounters.iter().map(|e| &e.value).filter(|e| Some(e.based_on) == plan);
    held.max_by_key(|e| e.start).and_then(|e| e.held_by).map_or(Owner::Intake, Owner::User)
}
