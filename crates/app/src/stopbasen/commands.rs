//! What is agreed and said in nicotine cessation, and what follows by itself: the follow-up after six months, and a new
//! occasion to get help.

use std::sync::Arc;

use domain::citizen::Citizen;
use domain::consent::{Consent, ConsentForm, ConsentPurpose};
use domain::deadlines::Deadline;
use domain::follow_up::{FollowUp, FollowUpState, Kept};
use domain::ids::{CitizenId, CourseId, FollowUpId, PlannedInterventionId, ResponseId};
use domain::organization::ManagingOrganization;
use domain::response::{Answer, Answers, Phase, Response};
use domain::service_request::Owner;
use domain::stop_course::{
    self, NicotineUse, NoConsent, StopCourse, StopEnd, StopForm, StopOutcome, may_set_stop_date, window,
};
use domain::task::TaskKind;
use domain::workdays::local_date;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use store::{Tx, Versioned};

use super::forms;
use super::prefill::attempts_text;
use crate::courses::{self, FollowUpResult, NewFollowUp};
use crate::measures::{self, Instruments, ResponseInput};
use crate::records::{self, CitizenRecord};
use crate::tasks::{self, NewTask};
use crate::{App, AppError, Caller, ids};

/// The word of the follow-up after six months.
pub(crate) const SIX_MONTHS: &str = Deadline::StopFollowUp.rule();

/// A promised call is at most this many days ahead.
const AGAIN_WITHIN_DAYS: i64 = 60;

/// Refuses a form of STOPbasen that the citizen has not consented to (KS-5.3-12). Every other instrument is fine.
pub(crate) fn refuse_without_consent(record: &CitizenRecord, instrument: &str) -> Result<(), AppError> {
    if forms::may_offer(record, instrument) {
        return Ok(());
    }
    Err(AppError::Rule { code: "stopbasen_no_consent", message: NoConsent::user_message() })
}

/// How a nicotine intervention ended.
#[derive(Debug, Clone, Copy)]
pub struct EndedInput {
    /// Where the citizen stands.
    pub outcome: StopOutcome,
    /// The citizen asked not to be contacted about new help.
    pub no_contact: bool,
}

/// Agrees on a stop date, or takes it off. It waits for the answer about medicine, and for the doctor (KS-5.4-01).
pub async fn agree_stop_date(
    app: &App,
    who: &Caller,
    course: CourseId,
    version: Option<i64>,
    stop_on: Option<Date>,
) -> Result<(), AppError> {
    let now = app.now();
    app.store
        .write(who.scope("stop_course.date", now), move |tx| {
            let record = of_course(tx, course)?;
            let intervention = intervention(&record, course)?;
            if stop_on.is_some() {
                let said = record.safety_answers.iter().find(|a| a.value.course == course).map(|a| &a.value.said);
                let refused = may_set_stop_date(said.unwrap_or(&std::collections::BTreeMap::new()));
                refused.map_err(|fault| AppError::field("stopdato", "medicine", fault.user_message()))?;
            }
            keep(tx, &record, course, intervention, version, |stop| StopCourse { stop_on, ..stop })
        })
        .await
}

/// Says what the citizen uses and how much a day, product by product (KS-5.2-06).
pub async fn say_products(
    app: &App,
    who: &Caller,
    course: CourseId,
    version: Option<i64>,
    products: Vec<NicotineUse>,
) -> Result<(), AppError> {
    app.store
        .write(who.scope("stop_course.products", app.now()), move |tx| {
            let record = of_course(tx, course)?;
            let intervention = intervention(&record, course)?;
            keep(tx, &record, course, intervention, version, |stop| StopCourse { products, ..stop })
        })
        .await
}

/// Says how it ended. After a reduction only or a relapse a new occasion is agreed by itself, unless the citizen does not
/// want to be contacted (KS-5.3-11).
pub async fn say_end(
    app: &App,
    who: &Caller,
    course: CourseId,
    version: Option<i64>,
    input: EndedInput,
) -> Result<(), AppError> {
    let home = app.organization(who.organization).await?;
    let (now, by) = (app.now(), who.user);
    app.store
        .write(who.scope("stop_course.end", now), move |tx| {
            let record = of_course(tx, course)?;
            let intervention = intervention(&record, course)?;
            let EndedInput { outcome, no_contact } = input;
            let end = StopEnd { outcome, on: local_date(now), by, no_contact };
            keep(tx, &record, course, intervention, version, |stop| StopCourse { end: Some(end), ..stop })?;
            if outcome.calls_for_new_occasion() && !no_contact {
                let ended_on = record.intervention(intervention)?.value.status.ended_on();
                new_occasion(tx, &record, &home, (course, ended_on.unwrap_or(end.on)), now)?;
            }
            Ok(())
        })
        .await
}

fn of_course(tx: &mut Tx<'_>, course: CourseId) -> Result<Arc<CitizenRecord>, AppError> {
    let citizen = records::citizen_of(tx, "course", course.0)?;
    records::citizen_record(tx, citizen)
}

fn intervention(record: &CitizenRecord, course: CourseId) -> Result<PlannedInterventionId, AppError> {
    forms::of_course(record, course).map(|(it, _)| it.id).ok_or(AppError::NotFound("nicotine intervention"))
}

/// Keeps the next version of what is said about an intervention.
fn keep(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    course: CourseId,
    intervention: PlannedInterventionId,
    version: Option<i64>,
    change: impl FnOnce(StopCourse) -> StopCourse,
) -> Result<(), AppError> {
    let before = record.stop_courses.iter().find(|s| s.value.intervention == intervention);
    let found = before.map_or(0, |before| before.version);
    records::expect(version, found)?;
    match before {
        Some(before) => records::save_if_changed(tx, before, &change(before.value.clone()))?,
        None => {
            let none = StopCourse::none(record.citizen.value.id, course, intervention);
            records::add(tx, &change(none))?
        }
    };
    Ok(())
}

/// Keeps the follow-up after six months in step: it is planned by itself when nicotine cessation that had begun has ended
/// and both consents are given, and called off when one of them is taken back (KS-5.3-12).
pub(crate) fn keep_six_months(
    tx: &mut Tx<'_>,
    home: &ManagingOrganization,
    citizen: CitizenId,
    now: Timestamp,
) -> Result<(), AppError> {
    let (record, today) = (records::citizen_record(tx, citizen)?, local_date(now));
    let allowed = may_follow_up(&record);
    for (it, _) in forms::nicotine(&record) {
        let Some(ended_on) = stop_course::ended_on(it.status) else { continue };
        let ours = record.follow_ups.iter().filter(|f| f.value.stop == Some(it.id));
        let mut there = false;
        for follow_up in ours {
            let ended_with_course =
                record.intervention(follow_up.value.intervention).is_ok_and(|i| !i.value.status.is_open());
            match &follow_up.value.state {
                // Its course was broken off, and its own plan with it: it is agreed anew below.
                FollowUpState::Planned if ended_with_course => {
                    let state = FollowUpState::Cancelled { on: today };
                    records::save(tx, follow_up.version, &FollowUp { state, ..follow_up.value.clone() })?;
                    tasks::end_all(tx, follow_up.value.id.0, false)?;
                }
                // What was agreed besides is held all the same.
                FollowUpState::Planned if !allowed && follow_up.value.agreed => {
                    fall_away(tx, follow_up)?;
                }
                FollowUpState::Planned if !allowed => {
                    courses::end_follow_up_in(tx, &record, follow_up.value.id, FollowUpResult::Cancelled, today)?;
                }
                FollowUpState::Cancelled { .. } => {}
                FollowUpState::Planned
                | FollowUpState::Done { .. }
                | FollowUpState::NotReached { .. }
                | FollowUpState::Declined { .. } => there = true,
            }
        }
        let window = window(ended_on);
        if allowed && !there && window.until > today {
            let tomorrow = today.saturating_add(1.day());
            let due_on = window.due_on.max(tomorrow);
            let new = NewFollowUp { course: it.course, plan: None, due_on, stop: Some(it.id), rule: SIX_MONTHS };
            courses::plan_follow_up(tx, citizen, home, &new, now)?;
        }
    }
    Ok(())
}

/// STOPbasen's part of a call that carries more falls away.
fn fall_away(tx: &mut Tx<'_>, follow_up: &Versioned<FollowUp>) -> Result<(), AppError> {
    if let Some(left) = follow_up.value.clone().without_stop() {
        records::save(tx, follow_up.version, &left)?;
    }
    Ok(())
}

fn may_follow_up(record: &CitizenRecord) -> bool {
    let Citizen { deceased_on, moved_to, .. } = &record.citizen.value;
    let here = deceased_on.is_none() && moved_to.is_none();
    here && StopForm::SixMonths.allowed(&record.consent_values()).is_ok()
}

/// A new occasion to get help within the limit of the end or of the relapse, unless a follow-up is agreed in that time already
/// (KS-5.3-11). When the limit is over before anybody wrote it down, it is tomorrow.
fn new_occasion(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    home: &ManagingOrganization,
    (course, from): (CourseId, Date),
    now: Timestamp,
) -> Result<(), AppError> {
    let today = local_date(now);
    let due_on = Deadline::NewOccasion.due(from, &home.settings.limits).max(today.saturating_add(1.day()));
    let other = |f: &FollowUp| f.stop.is_none() || (f.agreed && f.stop_answered_on.is_none());
    let agreed = |f: &FollowUp| f.state == FollowUpState::Planned && other(f) && f.due_on <= due_on;
    if record.follow_ups.iter().any(|f| f.value.course == course && agreed(&f.value)) {
        return Ok(());
    }
    let new = NewFollowUp { course, plan: None, due_on, stop: None, rule: Deadline::NewOccasion.rule() };
    courses::plan_follow_up(tx, record.citizen.value.id, home, &new, now).map(|_| ())
}

/// What follows when a form of STOPbasen was answered: the six-month form ends its follow-up, and a relapse gives a new
/// occasion to get help.
pub(crate) fn after_form(
    tx: &mut Tx<'_>,
    home: &ManagingOrganization,
    citizen: CitizenId,
    id: ResponseId,
    now: Timestamp,
) -> Result<(), AppError> {
    let record = records::citizen_record(tx, citizen)?;
    let response = &record.response(id)?.value;
    if StopForm::parse(&response.instrument) != Ok(StopForm::SixMonths) {
        return Ok(());
    }
    let planned = record.follow_ups.iter().map(|f| &f.value);
    let planned = planned.filter(|f| f.asks_stop()).min_by_key(|f| f.due_on);
    let Some(follow_up) = planned else { return Ok(()) };
    let kept = kept(response);
    if follow_up.agreed {
        // The call goes on with what was agreed, and ends with that.
        let before = record.follow_up(follow_up.id)?;
        let answered = FollowUp { stop_answered_on: Some(local_date(now)), ..follow_up.clone() };
        records::save(tx, before.version, &answered)?;
    } else {
        let result = FollowUpResult::Done { kept, words: None };
        courses::end_follow_up_in(tx, &record, follow_up.id, result, local_date(now))?;
    }
    if kept == Kept::Kept {
        return Ok(());
    }
    let end = record.stop_courses.iter().find(|s| Some(s.value.intervention) == follow_up.stop);
    if end.and_then(|s| s.value.end).is_some_and(|end| end.no_contact) {
        return Ok(());
    }
    let (course, told_on, record) = (follow_up.course, response.on, records::citizen_record(tx, citizen)?);
    new_occasion(tx, &record, home, (course, told_on), now)
}

/// Item of the six-month form: smoke-free now.
pub(crate) const SMOKE_FREE_NOW: u16 = 3;

/// Whether the change was kept: continuously since the end, only now, or not.
fn kept(told: &Response) -> Kept {
    if stop_course::kept_up(told) == Some(true) {
        Kept::Kept
    } else if stop_course::yes(told, SMOKE_FREE_NOW) {
        Kept::Partly
    } else {
        Kept::Lost
    }
}

/// An attempt at the follow-up that did not reach the citizen, or that the citizen said no to.
#[derive(Debug, Clone)]
pub enum NotReachedInput {
    /// Somebody tries again on a day.
    Again(Date),
    /// Nobody tries any more, and why.
    GivenUp(String),
    /// The citizen does not want to be asked. It has no effect on the offer.
    Declined,
}

/// Keeps an attempt. Given up, the six-month form is answered with its reason, so that the follow-up is counted as not
/// reached and not forgotten.
pub async fn not_reached(app: &App, who: &Caller, id: FollowUpId, input: NotReachedInput) -> Result<(), AppError> {
    let home = app.organization(who.organization).await?;
    let (now, who) = (app.now(), who.clone());
    app.store
        .write(who.scope("follow_up.attempt", now), move |tx| {
            let citizen = records::citizen_of(tx, "follow_up", id.0)?;
            let record = records::citizen_record(tx, citizen)?;
            let before = record.follow_up(id)?;
            if before.value.state != FollowUpState::Planned {
                return Err(courses::FOLLOW_UP_OVER);
            }
            before.value.stop.ok_or(AppError::NotFound("follow_up"))?;
            let today = local_date(now);
            match input {
                NotReachedInput::Again(day) => {
                    if day <= today || day > today.saturating_add(AGAIN_WITHIN_DAYS.days()) {
                        let text = format!("Vælg en dag efter i dag, højst {AGAIN_WITHIN_DAYS} dage frem.");
                        return Err(AppError::field("igen", "out_of_range", text));
                    }
                    tried(tx, &record, id, today)?;
                    tasks::end_all(tx, id.0, true)?;
                    let owner = Owner::User(who.user);
                    let (citizen, kind) = (Some(citizen), TaskKind::FollowUp);
                    let task = NewTask { citizen, subject: id.0, kind, due_on: day, owner: &owner, rule: SIX_MONTHS };
                    Ok(tasks::add(tx, &task)?)
                }
                NotReachedInput::GivenUp(why) => {
                    let why = why.trim().to_owned();
                    if why.is_empty() {
                        return Err(AppError::field(
                            "hvorfor",
                            "required",
                            "Skriv, hvorfor opfølgningen ikke lykkedes.",
                        ));
                    }
                    tried(tx, &record, id, today)?;
                    let record = records::citizen_record(tx, citizen)?;
                    answer_not_reached(tx, &who, &home, &record, id, why)?;
                    courses::end_follow_up_in(tx, &record, id, FollowUpResult::NotReached, today)
                }
                NotReachedInput::Declined => {
                    if before.value.agreed {
                        fall_away(tx, before)?;
                    } else {
                        courses::end_follow_up_in(tx, &record, id, FollowUpResult::Declined, today)?;
                    }
                    let no = Consent {
                        id: ids::new(now),
                        citizen,
                        purpose: ConsentPurpose::StopbasenFollowUp,
                        given: false,
                        form: ConsentForm::Oral,
                        on: today,
                        asked_by: who.user,
                        withdrawn_at: None,
                    };
                    Ok(records::add(tx, &no).map(|_| ())?)
                }
            }
        })
        .await
}

/// One attempt more.
fn tried(tx: &mut Tx<'_>, record: &CitizenRecord, id: FollowUpId, today: Date) -> Result<(), AppError> {
    let before = record.follow_up(id)?;
    let mut follow_up = before.value.clone();
    follow_up.attempts.push(today);
    records::save(tx, before.version, &follow_up)?;
    Ok(())
}

/// The six-month form of somebody who was not reached: the attempts and why, and nothing else stated.
fn answer_not_reached(
    tx: &mut Tx<'_>,
    who: &Caller,
    home: &ManagingOrganization,
    record: &CitizenRecord,
    id: FollowUpId,
    why: String,
) -> Result<ResponseId, AppError> {
    let known = Instruments::read(tx, &home.settings.instruments_off)?;
    let instrument = known.to_answer(StopForm::SixMonths.word())?;
    let mut answers: Answers = instrument.items.iter().map(|item| (item.no, Answer::NotStated)).collect();
    let attempts = attempts_text(&record.follow_up(id)?.value.attempts);
    if let Some(first) = instrument.items.first() {
        answers.insert(first.no, Answer::Text(attempts));
    }
    if let Some(last) = instrument.items.last() {
        answers.insert(last.no, Answer::Text(why));
    }
    let input = ResponseInput::of(&instrument.id, Phase::FollowUp, answers);
    measures::record_in(tx, who.user, &known, record, ids::new(tx.scope().at), &input)
}
