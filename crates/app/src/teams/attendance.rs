//! Attendance of a session: taken once for the whole class, corrected for one person at a time.

use std::collections::{BTreeSet, HashMap};

use domain::codes::EncounterClass;
use domain::deadlines::Deadline;
use domain::encounter::{AbsenceReason, Encounter, EncounterBasis, EncounterStatus, check_held};
use domain::ids::{CitizenId, SessionId, TeamId, UserId};
use domain::limits::Limits;
use domain::service_request::Owner;
use domain::task::TaskKind;
use domain::team::{Attendance, Presence, Session, Team};
use domain::workdays::local_date;
use jiff::Timestamp;
use serde::Deserialize;
use store::Tx;

use super::{guest, queries};
use crate::courses::start_plan;
use crate::records;
use crate::stopbasen::{self, Reading};
use crate::tasks::{self, NewTask};
use crate::{App, AppError, Caller, ids};

/// More relatives than this at one session is a slip of the finger.
const RELATIVES_MOST: u16 = 100;

/// Who came to a session. Everybody with a seat who is not named came.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct AttendanceInput {
    /// Those who did not come, each with regrets or without.
    #[schema(value_type = Vec<Object>)]
    pub absent: Vec<Attendance>,
    /// Everybody who was asked about. Left out, it is whoever has a seat; named, it must be exactly them, so that nobody
    /// counts as present whom the one who took attendance did not see in the list.
    #[schema(value_type = Option<Vec<Uuid>>)]
    pub asked: Option<Vec<CitizenId>>,
    /// In which form it was held, when it was another than the session has.
    #[schema(value_type = Option<String>)]
    pub class: Option<EncounterClass>,
    /// One note for all who came.
    pub note: Option<String>,
    /// How many relatives came along; they are counted, and nobody writes down who.
    pub relatives: u16,
    /// A line about one, which stands in that record alone; for somebody absent it may say why.
    #[schema(value_type = Object)]
    pub lines: HashMap<CitizenId, String>,
    /// What a nicotine class was asked: carbon monoxide and smoke-free since last time, of those who came.
    #[schema(value_type = Object)]
    pub readings: HashMap<CitizenId, Reading>,
    /// Why somebody absent did not come, when it is known.
    #[schema(value_type = Object)]
    pub reasons: HashMap<CitizenId, AbsenceReason>,
}

/// Takes attendance of a session: one transaction for the whole class.
pub async fn take_attendance(
    app: &App,
    who: &Caller,
    id: TeamId,
    session: SessionId,
    input: AttendanceInput,
) -> Result<usize, AppError> {
    let home = app.organization(who.organization).await?;
    let (now, who) = (app.now(), who.clone());
    app.store
        .write(who.scope("team.attendance", now), move |tx| {
            let before = queries::team(tx, id)?;
            let held = before.value.sessions.iter().find(|s| s.id == session).cloned();
            let held = held.ok_or(domain::team::TeamError::NoSuchSession)?;
            let answers = guest::answers_for(&held, &who, now)?;
            check_held(held.start, held.end, now)?;
            let attendance = everybody(&before.value, &input.absent)?;
            if held.attendance.is_none() && input.asked.as_ref().is_some_and(|asked| !same_people(asked, &attendance)) {
                let message = "Holdet er ændret, mens du tog fremmøde. Se listen igennem, og gem igen.";
                return Err(AppError::Rule { code: "team_changed", message });
            }
            check_relatives(input.relatives)?;
            let mut team = before.value.clone().take_attendance(session, attendance.clone())?;
            if let Some(held) = team.sessions.iter_mut().find(|one| one.id == session) {
                held.relatives = input.relatives;
            }
            records::save(tx, before.version, &team)?;
            let mut came = 0;
            for one in attendance {
                came += usize::from(one.presence == Presence::Present);
                let limits = &home.settings.limits;
                let off = &home.settings.instruments_off;
                Attended { team: &team, session: &held, who: &who, answers, input: &input, now, limits, off }
                    .store(tx, &one)?;
            }
            Ok(came)
        })
        .await
}

fn check_relatives(relatives: u16) -> Result<(), AppError> {
    let message = "Tjek tallet. Der kan højst være 100 pårørende med.";
    if relatives > RELATIVES_MOST { Err(AppError::field("paaroerende", "too_many", message)) } else { Ok(()) }
}

/// What attendance should have said of one citizen.
#[derive(Debug, Clone)]
pub struct AttendanceCorrection {
    /// Of whom.
    pub citizen: CitizenId,
    /// What was right.
    pub presence: Presence,
    /// What was wrong, in words.
    pub reason: String,
}

/// Corrects attendance that was taken: the wrong contact stays, marked as an error, and the right one stands beside it.
/// A task that came of the wrong one falls away. Nothing happens when it says the same already.
pub async fn correct_attendance(
    app: &App,
    who: &Caller,
    id: TeamId,
    session: SessionId,
    input: AttendanceCorrection,
) -> Result<(), AppError> {
    let AttendanceCorrection { citizen, presence, reason } = input;
    let reason = reason.trim().to_owned();
    if reason.is_empty() {
        return Err(AppError::field("reason", "required", "Skriv, hvad der var forkert."));
    }
    let home = app.organization(who.organization).await?;
    let (now, who) = (app.now(), who.clone());
    app.store
        .write(who.scope_because("team.correct", now, Some(reason)), move |tx| {
            let before = queries::team(tx, id)?;
            let team = before.value.clone().correct_attendance(session, citizen, presence)?;
            if team == before.value {
                return Ok(());
            }
            records::save(tx, before.version, &team)?;
            let (class, absence) = take_back(tx, citizen, session)?.unzip();
            let reasons = absence.flatten().map(|why| (citizen, why)).into_iter().collect();
            let held = team.sessions.iter().find(|s| s.id == session).ok_or(domain::team::TeamError::NoSuchSession)?;
            let input = AttendanceInput { class, reasons, ..AttendanceInput::default() };
            let limits = &home.settings.limits;
            let off = &home.settings.instruments_off;
            Attended { team: &team, session: held, who: &who, answers: who.user, input: &input, now, limits, off }
                .store(tx, &Attendance { citizen, presence })
        })
        .await
}

/// Corrects how many relatives came along. The number that was wrong stays in the version before, with who corrected it
/// and why; nothing happens when it is the same.
pub async fn correct_relatives(
    app: &App,
    who: &Caller,
    id: TeamId,
    session: SessionId,
    relatives: u16,
    reason: &str,
) -> Result<(), AppError> {
    let reason = reason.trim().to_owned();
    if reason.is_empty() {
        return Err(AppError::field("reason", "required", "Skriv, hvad der var forkert."));
    }
    check_relatives(relatives)?;
    app.store
        .write(who.scope_because("team.correct_relatives", app.now(), Some(reason)), move |tx| {
            let before = queries::team(tx, id)?;
            let team = before.value.clone().correct_relatives(session, relatives)?;
            records::save_if_changed(tx, &before, &team)?;
            Ok(())
        })
        .await
}

/// Marks the contact of a citizen with a session as an error; says where it was held, and why the citizen did not come.
fn take_back(
    tx: &mut Tx<'_>,
    citizen: CitizenId,
    session: SessionId,
) -> Result<Option<(EncounterClass, Option<AbsenceReason>)>, AppError> {
    let record = records::citizen_record(tx, citizen)?;
    let stands = |e: &&store::Versioned<Encounter>| {
        e.value.session == Some(session) && e.value.status != EncounterStatus::EnteredInError
    };
    let Some(before) = record.encounters.iter().rfind(stands) else { return Ok(None) };
    let wrong = Encounter { status: EncounterStatus::EnteredInError, ..before.value.clone() };
    records::save_if_changed(tx, before, &wrong)?;
    tasks::end(tx, wrong.id.0, TaskKind::NoShow, false)?;
    Ok(Some((wrong.class, wrong.absence)))
}

/// All with a seat: those named as they are named, the others present.
fn everybody(team: &Team, absent: &[Attendance]) -> Result<Vec<Attendance>, AppError> {
    if absent.iter().any(|a| !team.has_seat(a.citizen)) {
        return Err(domain::team::TeamError::NotEnrolled.into());
    }
    let presence = |citizen| absent.iter().find(|a| a.citizen == citizen).map_or(Presence::Present, |a| a.presence);
    let seats = team.enrolled.iter().filter(|s| !s.left);
    Ok(seats.map(|s| Attendance { citizen: s.citizen, presence: presence(s.citizen) }).collect())
}

/// Whether exactly these were asked about.
fn same_people(asked: &[CitizenId], attendance: &[Attendance]) -> bool {
    let asked: BTreeSet<_> = asked.iter().copied().collect();
    asked == attendance.iter().map(|one| one.citizen).collect()
}

/// What the contact of one citizen with a session is made of.
struct Attended<'a> {
    team: &'a Team,
    session: &'a Session,
    who: &'a Caller,
    /// Who contacts those who stayed away.
    answers: UserId,
    input: &'a AttendanceInput,
    now: Timestamp,
    limits: &'a Limits,
    /// Instruments that the municipality does not use.
    off: &'a BTreeSet<String>,
}

impl Attended<'_> {
    fn store(&self, tx: &mut Tx<'_>, one: &Attendance) -> Result<(), AppError> {
        // The newest seat: a correction may come after it was given back.
        let seat = self.team.enrolled.iter().rfind(|s| s.citizen == one.citizen);
        let intervention = seat.ok_or(domain::team::TeamError::NotEnrolled)?.intervention;
        let record = records::citizen_record(tx, one.citizen)?;
        let granted = record.intervention(intervention)?.value.clone();
        let plan = granted.care_plan.ok_or(AppError::NotFound("care_plan"))?;
        let status = match one.presence {
            Presence::Present => EncounterStatus::Finished,
            Presence::Regrets => EncounterStatus::Cancelled,
            Presence::Absent => EncounterStatus::NoShow,
        };
        let encounter = Encounter {
            id: ids::new(self.now),
            citizen: one.citizen,
            course: granted.course,
            based_on: EncounterBasis::CarePlan(plan),
            class: self.input.class.unwrap_or(self.session.class),
            status,
            start: self.session.start,
            end: self.session.end,
            session: Some(self.session.id),
            held_by: Some(self.who.user),
            note: self.note(one.citizen, status == EncounterStatus::Finished),
            absence: self.input.reasons.get(&one.citizen).copied().filter(|_| status != EncounterStatus::Finished),
        };
        if status == EncounterStatus::Finished {
            start_plan(tx, &record, plan, local_date(self.session.start))?;
            crate::courses::session_held(tx, &record, granted.course, self.now)?;
            // Whoever stayed away before is spoken to here.
            tasks::end_of(tx, one.citizen, TaskKind::NoShow, true)?;
        }
        records::add(tx, &encounter)?;
        if let Some(reading) = self.input.readings.get(&one.citizen).filter(|_| status == EncounterStatus::Finished) {
            let at = (self.session.id, local_date(self.session.start));
            stopbasen::keep_reading(tx, self.who.user, self.off, &record, at, *reading)?;
        }
        if one.presence == Presence::Absent {
            self.no_show_task(tx, &encounter)?;
        }
        Ok(())
    }

    /// The note of the class for who came, and the line about this one.
    fn note(&self, citizen: CitizenId, came: bool) -> Option<String> {
        let all = self.input.note.as_deref().filter(|_| came);
        let parts = [all, self.input.lines.get(&citizen).map(String::as_str)].into_iter().flatten().map(str::trim);
        let note = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
        Some(note).filter(|note| !note.is_empty())
    }

    fn no_show_task(&self, tx: &mut Tx<'_>, encounter: &Encounter) -> Result<(), AppError> {
        let (about, owner) = ((encounter.citizen, encounter.id.0), Owner::User(self.answers));
        // From the session: who writes it down late has so much less time.
        let missed_on = local_date(encounter.start);
        Ok(tasks::add(tx, &NewTask::of(Deadline::NoShow, (missed_on, self.limits), about, &owner))?)
    }
}
