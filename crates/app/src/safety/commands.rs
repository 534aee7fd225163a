//! What is said about safety: answers, acknowledgements, ticks. One transaction each.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::checklist::{Checklist, Tick};
use domain::codes::InterventionCode;
use domain::ids::{CourseId, PlannedInterventionId};
use domain::safety::{Acknowledgement, AlcoholUse, PhysicalTest, Question, SafetyAnswers, TrainingPart, Warning};
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use store::Tx;
use uuid::Uuid;

use super::{facts, gather, upkeep, weighed};
use crate::records::{self, CitizenRecord};
use crate::{App, AppError, Caller, ids};

/// All answers of a course; what is left out is not answered any more.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct AnswersInput {
    /// Yes or no, by question.
    #[schema(value_type = Object)]
    pub said: BTreeMap<Question, bool>,
    /// AUDIT total, 0 to 40.
    pub audit_total: Option<u8>,
    /// Units of alcohol in an ordinary week.
    pub units_a_week: Option<u16>,
    /// What the use of alcohol is, as a professional judged it.
    #[schema(value_type = Option<String>)]
    pub alcohol_use: Option<AlcoholUse>,
    /// Planned training: what it is made of.
    #[schema(value_type = Vec<String>)]
    pub training: BTreeSet<TrainingPart>,
    /// Planned training: times a week.
    pub times_a_week: Option<u16>,
    /// Planned training: minutes each time.
    pub minutes: Option<u16>,
    /// Planned training: weeks.
    pub weeks: Option<u16>,
    /// The test at the start.
    #[schema(value_type = Option<String>)]
    pub start_test: Option<PhysicalTest>,
    /// The test at the end.
    #[schema(value_type = Option<String>)]
    pub end_test: Option<PhysicalTest>,
    /// Day the need of diet treatment was assessed again.
    #[schema(value_type = Option<String>, format = Date)]
    pub diet_reassessed_on: Option<Date>,
}

/// Highest AUDIT total.
const AUDIT_MAX: u8 = 40;

/// More units in a week than this are a slip of the finger.
const UNITS_MOST: u16 = 300;

/// A warning that is set aside.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct AcknowledgeInput {
    /// The rule, such as `KS-6.2-11`.
    pub rule: String,
    /// The intervention it is about, when it is about one.
    #[schema(value_type = Option<String>)]
    pub about: Option<InterventionCode>,
    /// Why it is right all the same.
    pub reason: String,
}

/// Keeps the answers of a course; gives their version.
pub async fn answer(
    app: &App,
    who: &Caller,
    course: CourseId,
    version: Option<i64>,
    input: AnswersInput,
) -> Result<i64, AppError> {
    let home = app.organization(who.organization).await?;
    let now = app.now();
    if input.audit_total.is_some_and(|total| total > AUDIT_MAX) {
        return Err(AppError::field("audit", "out_of_range", "AUDIT er et tal fra 0 til 40."));
    }
    if input.units_a_week.is_some_and(|units| units > UNITS_MOST) {
        return Err(AppError::field("genstande", "out_of_range", "Tjek tallet. Skriv antal genstande på en uge."));
    }
    if input.diet_reassessed_on.is_some_and(|day| day > local_date(now)) {
        return Err(AppError::field("diaet-vurderet", "in_future", "Datoen ligger ude i fremtiden."));
    }
    app.store
        .write(who.scope("safety.answer", now), move |tx| {
            let (citizen, record) = of_course(tx, course)?;
            let before = record.safety_answers.iter().find(|a| a.value.course == course);
            let stored = before.map_or(0, |a| a.version);
            records::expect(version, stored)?;
            // What is decided elsewhere stays as it was.
            let kept = before.map(|a| &a.value.said).into_iter().flatten().filter(|(question, _)| !question.is_asked());
            let mut said = input.said;
            said.retain(|question, _| question.is_asked());
            said.extend(kept.map(|(question, yes)| (*question, *yes)));
            let answers = SafetyAnswers {
                citizen,
                course,
                said,
                audit_total: input.audit_total,
                units_a_week: input.units_a_week,
                alcohol_use: input.alcohol_use,
                training: input.training,
                times_a_week: input.times_a_week,
                minutes: input.minutes,
                weeks: input.weeks,
                start_test: input.start_test,
                end_test: input.end_test,
                diet_reassessed_on: input.diet_reassessed_on,
            };
            let version = match before {
                Some(before) => records::save_if_changed(tx, before, &answers)?,
                None => records::add(tx, &answers)?,
            };
            upkeep::keep_in_step(tx, citizen, &home.settings.limits, now)?;
            Ok(version)
        })
        .await
}

/// Sets a warning aside with a reason, in the version of the course that was seen; gives the acknowledgement's id.
pub async fn acknowledge(
    app: &App,
    who: &Caller,
    course: CourseId,
    version: Option<i64>,
    input: AcknowledgeInput,
) -> Result<Uuid, AppError> {
    let home = app.organization(who.organization).await?;
    let (now, who) = (app.now(), who.clone());
    app.store
        .write(who.scope_because("safety.acknowledge", now, Some(input.reason.trim().to_owned())), move |tx| {
            let (citizen, record) = of_course(tx, course)?;
            let found = record.course(course)?.version;
            records::expect(version, found)?;
            let limits = &home.settings.limits;
            let seats = gather::seats(tx, &record, course)?;
            let facts = facts(&record, course, limits, local_date(now), &seats);
            let all = weighed(&record, course, &facts);
            let found = all.iter().map(|one| &one.warning);
            let found = found.filter(|warning| warning.rule == input.rule && warning.about == input.about);
            let warning = found.into_iter().next().ok_or(AppError::Rule {
                code: "no_such_warning",
                message: "Advarslen er der ikke længere. Se listen igen.",
            })?;
            let id = acknowledge_in(tx, &record, course, warning, &input.reason, &who, now)?;
            upkeep::keep_in_step(tx, citizen, limits, now)?;
            Ok(id)
        })
        .await
}

/// The same inside a transaction that does more, for a warning as it was seen.
pub(crate) fn acknowledge_in(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    course: CourseId,
    warning: &Warning,
    reason: &str,
    who: &Caller,
    now: Timestamp,
) -> Result<Uuid, AppError> {
    let reason = reason.trim().to_owned();
    if reason.is_empty() {
        return Err(AppError::field("grund", "required", "Skriv, hvorfor det er rigtigt alligevel."));
    }
    if !warning.may_be_acknowledged() {
        let message = "Det kan ikke gøres sådan, heller ikke med en grund. Ret planen.";
        return Err(AppError::Rule { code: "not_acknowledgeable", message });
    }
    let acknowledgement = Acknowledgement {
        id: ids::new(now),
        citizen: record.citizen.value.id,
        course,
        rule: warning.rule.to_owned(),
        about: warning.about,
        facts: warning.facts.clone(),
        reason,
        by: who.user,
        at: now,
    };
    records::add(tx, &acknowledgement)?;
    Ok(acknowledgement.id)
}

/// Says which content elements of an intervention were dealt with; gives the checklist's version.
pub async fn tick(
    app: &App,
    who: &Caller,
    intervention: PlannedInterventionId,
    version: Option<i64>,
    ticked: Vec<String>,
) -> Result<i64, AppError> {
    let tick = Tick { on: local_date(app.now()), by: who.user };
    app.store
        .write(who.scope("checklist.tick", app.now()), move |tx| {
            let citizen = records::citizen_of(tx, "planned_intervention", intervention.0)?;
            let record = records::citizen_record(tx, citizen)?;
            tick_in(tx, &record, intervention, version, &ticked, tick)
        })
        .await
}

/// The same in a transaction that does more.
pub(crate) fn tick_in(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    intervention: PlannedInterventionId,
    version: Option<i64>,
    ticked: &[String],
    tick: Tick,
) -> Result<i64, AppError> {
    let code = record.intervention(intervention)?.value.code;
    let before = record.checklists.iter().find(|c| c.value.intervention == intervention);
    let stored = before.map_or(0, |c| c.version);
    records::expect(version, stored)?;
    let none = || Checklist::none(record.citizen.value.id, intervention);
    let list = before.map_or_else(none, |c| c.value.clone()).with(code, ticked, tick);
    Ok(match before {
        Some(before) => records::save_if_changed(tx, before, &list)?,
        None => records::add(tx, &list)?,
    })
}

pub(super) fn of_course(
    tx: &mut Tx<'_>,
    course: CourseId,
) -> Result<(domain::ids::CitizenId, Arc<CitizenRecord>), AppError> {
    let citizen = records::citizen_of(tx, "course", course.0)?;
    let record = records::citizen_record(tx, citizen)?;
    record.course(course)?;
    Ok((citizen, record))
}
