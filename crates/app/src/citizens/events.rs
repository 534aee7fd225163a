//! Death and moving: what they close, at once and in one transaction (flow, special situations).

use domain::citizen::Citizen;
use domain::codes::StopReason;
use domain::course::CourseEvent;
use domain::ids::CitizenId;
use domain::limits::Limits;
use domain::referral::{ReferralEvent, apply};
use domain::team::Team;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{StoreError, Tx};

use crate::courses::end_everything;
use crate::records::{self, CitizenRecord, StoredRequest};
use crate::{App, AppError, Caller, notices, tasks};

/// The citizen died: requests, interventions and course close, tasks fall away, waiting messages are held, seats freed.
pub async fn register_death(app: &App, who: &Caller, id: CitizenId, on: Date) -> Result<(), AppError> {
    let home = app.organization(who.organization).await?;
    let now = app.now();
    if on > domain::workdays::local_date(now) {
        return Err(AppError::field("on", "in_the_future", "Datoen ligger i fremtiden."));
    }
    app.store
        .write(who.scope("citizen.death", now), move |tx| {
            let record = records::citizen_record(tx, id)?;
            let citizen = Citizen { deceased_on: Some(on), ..record.citizen.value.clone() };
            records::save_if_changed(tx, &record.citizen, &citizen)?;
            let today = domain::workdays::local_date(now);
            end_everything(tx, &record, None, StopReason::Event, on.min(today))?;
            end_requests(tx, &record, &ReferralEvent::Die, now, &home.settings.limits)?;
            end_courses(tx, &record, &CourseEvent::Die, now)?;
            free_seats(tx, &record)?;
            hold_messages(tx, id)?;
            notices::drop_all_to_and_about(tx, id)?;
            Ok(tasks::end_all_of_citizen(tx, id)?)
        })
        .await
}

/// The citizen moved and the new municipality takes over: what is open closes, with the new place noted.
pub async fn register_move(app: &App, who: &Caller, id: CitizenId, to: String) -> Result<(), AppError> {
    let home = app.organization(who.organization).await?;
    let now = app.now();
    let to = to.trim().to_owned();
    if to.is_empty() {
        return Err(AppError::field("to", "required", "Skriv, hvilken kommune borgeren er flyttet til."));
    }
    app.store
        .write(who.scope("citizen.move", now), move |tx| {
            let record = records::citizen_record(tx, id)?;
            let citizen = Citizen { moved_to: Some(to), ..record.citizen.value.clone() };
            records::save_if_changed(tx, &record.citizen, &citizen)?;
            end_everything(tx, &record, None, StopReason::Event, domain::workdays::local_date(now))?;
            end_requests(tx, &record, &ReferralEvent::Move, now, &home.settings.limits)?;
            end_courses(tx, &record, &CourseEvent::Transfer, now)?;
            free_seats(tx, &record)?;
            notices::drop_all_of(tx, id)?;
            Ok(tasks::end_all_of_citizen(tx, id)?)
        })
        .await
}

fn end_requests(
    tx: &mut Tx<'_>,
    record: &CitizenRecord,
    event: &ReferralEvent,
    now: Timestamp,
    limits: &Limits,
) -> Result<(), AppError> {
    for before in record.requests.iter().filter(|r| r.value.request.state.is_open()) {
        let mut request = before.value.request.clone();
        request.state = apply(request.state, event.clone(), now, limits)?;
        let after = StoredRequest::new(request, before.value.focus.clone(), limits);
        records::save(tx, before.version, &after)?;
    }
    Ok(())
}

fn end_courses(tx: &mut Tx<'_>, record: &CitizenRecord, event: &CourseEvent, now: Timestamp) -> Result<(), AppError> {
    for before in record.courses.iter().filter(|c| c.value.state.is_open()) {
        let mut course = before.value.clone();
        course.state = domain::course::apply(course.state, event.clone(), now)?;
        records::save_if_changed(tx, before, &course)?;
    }
    Ok(())
}

fn free_seats(tx: &mut Tx<'_>, record: &CitizenRecord) -> Result<(), AppError> {
    for team in record.interventions.iter().filter_map(|i| i.value.team) {
        let before = crate::teams::team(tx, team)?;
        let after: Team = before.value.clone().leave(record.citizen.value.id);
        records::save_if_changed(tx, &before, &after)?;
    }
    Ok(())
}

/// No message leaves to or about a citizen who died before it was handed over.
fn hold_messages(tx: &mut Tx<'_>, id: CitizenId) -> Result<(), StoreError> {
    const SQL: &str =
        "update outgoing set delivery = 'held' where organization = $1 and citizen = $2 and delivery = 'queued'";
    tx.execute(SQL, &[id.0.into()]).map(|_| ())
}
