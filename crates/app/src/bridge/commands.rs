//! What changes the directory, and what a citizen and staff agree about it.

use std::sync::Arc;

use domain::activity::{Activity, ActivityEntry, ActivityGap, ActivityKind, ConfirmedBy, Wish};
use domain::bridge::{Bridge, BridgeError, BridgeOutcome, BridgeResult, Escort, EscortAnswer, escort_share};
use domain::consent::{Consent, ConsentForm, ConsentPurpose};
use domain::ids::{ActivityId, BridgeId, CitizenId};
use domain::service_request::Owner;
use domain::task::TaskKind;
use domain::workdays::{ExtraClosedDays, add_workdays, local_date};
use jiff::civil::{Date, Time};
use store::{Scope, Tx, Versioned};

use super::{links, queries};
use crate::records::{self, CitizenRecord};
use crate::tasks::{self, NewTask};
use crate::{App, AppError, Caller, ids};

/// Adds an activity; whoever writes it down has just heard it, so it is confirmed today.
pub async fn add_activity(app: &App, who: &Caller, entry: ActivityEntry) -> Result<ActivityId, AppError> {
    let (now, owner) = (app.now(), who.user);
    app.store
        .write(who.scope("activity.add", now), move |tx| {
            let activity = Activity {
                id: ids::new(now),
                entry,
                confirmed_on: local_date(now),
                confirmed_by: ConfirmedBy::Staff,
                owner: Some(owner),
                reminded_on: None,
                closed: false,
            };
            records::add(tx, &activity)?;
            Ok(activity.id)
        })
        .await
}

/// Changes what an entry says; that confirms it. The version is the one that was read.
pub async fn change_activity(
    app: &App,
    who: &Caller,
    id: ActivityId,
    version: i64,
    entry: ActivityEntry,
) -> Result<(), AppError> {
    let now = app.now();
    app.store
        .write(who.scope("activity.change", now), move |tx| {
            let before = queries::activity(tx, id)?;
            save_entry(tx, &before, version, entry, ConfirmedBy::Staff, local_date(now))
        })
        .await
}

/// The association's own change, or that all is as it was, by its link. What it takes the place of stays in the versions.
pub(super) async fn change_by_link(
    app: &App,
    linked: &links::Linked,
    version: i64,
    entry: ActivityEntry,
) -> Result<(), AppError> {
    let (now, hash, id) = (app.now(), linked.hash.clone(), linked.activity.value.id);
    let scope = Scope {
        reason: Some("Foreningens eget link".to_owned()),
        ..Scope::system(linked.organization, now, "activity.change_by_link")
    };
    app.store
        .write(scope, move |tx| {
            if !queries::count_save(tx, &hash, links::MOST_SAVES)? {
                let message = "Linket har gemt så mange gange, det kan. Ring til kommunen, og få et nyt.";
                return Err(AppError::Rule { code: "link_used_up", message });
            }
            let before = queries::activity(tx, id)?;
            // The kind is the municipality's own sorting.
            let entry = ActivityEntry { kind: before.value.entry.kind, ..entry };
            save_entry(tx, &before, version, entry, ConfirmedBy::Association, local_date(now))
        })
        .await
}

fn save_entry(
    tx: &mut Tx<'_>,
    before: &Versioned<Activity>,
    version: i64,
    entry: ActivityEntry,
    confirmed_by: ConfirmedBy,
    today: Date,
) -> Result<(), AppError> {
    records::expect(version, before.version)?;
    let activity = Activity { entry, confirmed_on: today, confirmed_by, ..before.value.clone() };
    records::save_if_changed(tx, before, &activity)?;
    Ok(())
}

/// Says that an entry is right as it stands; whoever asked is its owner from now on.
pub async fn confirm_activity(app: &App, who: &Caller, id: ActivityId) -> Result<(), AppError> {
    let (now, user) = (app.now(), who.user);
    app.store
        .write(who.scope("activity.confirm", now), move |tx| {
            let before = queries::activity(tx, id)?;
            let (confirmed_on, confirmed_by) = (local_date(now), ConfirmedBy::Staff);
            let activity = Activity { confirmed_on, confirmed_by, owner: Some(user), ..before.value.clone() };
            records::save_if_changed(tx, &before, &activity)?;
            Ok(())
        })
        .await
}

/// Closes an entry, or opens it again. Nothing is deleted: citizens have been there.
pub async fn set_closed(app: &App, who: &Caller, id: ActivityId, closed: bool) -> Result<(), AppError> {
    let now = app.now();
    app.store
        .write(who.scope("activity.close", now), move |tx| {
            let before = queries::activity(tx, id)?;
            records::save_if_changed(tx, &before, &Activity { closed, ..before.value.clone() })?;
            Ok(())
        })
        .await
}

/// Notes that nothing fits a wish. It says nothing about whom it was for.
pub async fn note_gap(app: &App, who: &Caller, wish: Wish) -> Result<(), AppError> {
    let now = app.now();
    app.store
        .write(who.scope("activity.gap", now), move |tx| {
            records::add(tx, &ActivityGap { id: ids::new(now), noted_on: local_date(now), wish })?;
            Ok(())
        })
        .await
}

/// A first visit.
#[derive(Debug, Clone, Copy)]
pub struct AgreeInput {
    /// Where.
    pub activity: ActivityId,
    /// Day.
    pub on: Date,
    /// Hour, Danish time.
    pub at: Option<Time>,
}

/// Agrees a first visit with a citizen. Four weeks later whoever agreed it asks whether they got there.
pub async fn agree(app: &App, who: &Caller, citizen: CitizenId, input: AgreeInput) -> Result<BridgeId, AppError> {
    let (now, user) = (app.now(), who.user);
    app.store
        .write(who.scope("bridge.agree", now), move |tx| {
            let record = living(tx, citizen)?;
            let activity = queries::activity(tx, input.activity)?.value;
            let today = local_date(now);
            if !activity.may_be_proposed(today) {
                return Err(BridgeError::NotProposed.into());
            }
            if input.on < today {
                return Err(BridgeError::InThePast.into());
            }
            let bridge = Bridge {
                id: ids::new(now),
                citizen,
                course: record.open_course().or(record.courses.last()).map(|course| course.value.id),
                activity: activity.id,
                agreed: (&activity).into(),
                first_visit_on: input.on,
                first_visit_at: input.at,
                agreed_on: today,
                by: user,
                escort: None,
                result: None,
            };
            records::add(tx, &bridge)?;
            let ask_on = bridge.ask_on();
            let due_on = add_workdays(ask_on.yesterday().unwrap_or(ask_on), 1, ExtraClosedDays::default());
            let (kind, owner) = (TaskKind::AskBridge, Owner::User(user));
            let (citizen, subject) = (Some(citizen), bridge.id.0);
            tasks::add(tx, &NewTask { citizen, subject, kind, due_on, owner: &owner, rule: "ask_bridge" })?;
            Ok(bridge.id)
        })
        .await
}

fn living(tx: &mut Tx<'_>, citizen: CitizenId) -> Result<Arc<CitizenRecord>, AppError> {
    let record = records::citizen_record(tx, citizen)?;
    if record.citizen.value.deceased_on.is_some() {
        return Err(BridgeError::CitizenDead.into());
    }
    Ok(record)
}

fn loaded(tx: &mut Tx<'_>, id: BridgeId) -> Result<(Arc<CitizenRecord>, Versioned<Bridge>), AppError> {
    let citizen = records::citizen_of(tx, "bridge", id.0)?;
    let record = living(tx, citizen)?;
    let bridge = record.bridge(id)?.clone();
    Ok((record, bridge))
}

/// Says how it went; the question is answered then.
pub async fn end_bridge(
    app: &App,
    who: &Caller,
    id: BridgeId,
    outcome: BridgeOutcome,
    reason: Option<String>,
) -> Result<(), AppError> {
    let now = app.now();
    app.store
        .write(who.scope("bridge.end", now), move |tx| {
            let (_, before) = loaded(tx, id)?;
            let ended = before.value.clone().end(BridgeResult { outcome, on: local_date(now), reason })?;
            records::save(tx, before.version, &ended)?;
            Ok(tasks::end_all(tx, id.0, true)?)
        })
        .await
}

/// A request for somebody to go along.
#[derive(Debug, Clone, Copy)]
pub struct EscortInput {
    /// Whom to ask.
    pub partner: ActivityId,
    /// The citizen has just agreed that the escort is told more than first name, time and place.
    pub agreed_to_more: bool,
}

/// Asks a partner for an escort. What they may be told follows from the consents and is kept word for word.
pub async fn ask_escort(app: &App, who: &Caller, id: BridgeId, input: EscortInput) -> Result<(), AppError> {
    let (now, user) = (app.now(), who.user);
    app.store
        .write(who.scope("bridge.escort", now), move |tx| {
            let (record, before) = loaded(tx, id)?;
            let (partner, today) = (queries::activity(tx, input.partner)?.value, local_date(now));
            if partner.entry.kind != ActivityKind::Escort || partner.closed {
                return Err(BridgeError::NoEscort.into());
            }
            let mut consents = record.consent_values();
            if input.agreed_to_more {
                let consent = Consent {
                    id: ids::new(now),
                    citizen: record.citizen.value.id,
                    purpose: ConsentPurpose::Escort,
                    given: true,
                    form: ConsentForm::Oral,
                    on: today,
                    asked_by: user,
                    withdrawn_at: None,
                };
                records::add(tx, &consent)?;
                consents.push(consent);
            }
            let escort = Escort {
                partner: partner.id,
                partner_name: partner.entry.association,
                asked_on: today,
                shared: escort_share(&before.value, &record.citizen.value, &consents),
                answer: EscortAnswer::Waiting,
                who: None,
            };
            records::save(tx, before.version, &before.value.clone().ask_escort(escort)?)?;
            Ok(())
        })
        .await
}

/// What the partner answered.
pub async fn answer_escort(
    app: &App,
    who: &Caller,
    id: BridgeId,
    answer: EscortAnswer,
    name: Option<String>,
) -> Result<(), AppError> {
    let now = app.now();
    app.store
        .write(who.scope("bridge.escort_answer", now), move |tx| {
            let (_, before) = loaded(tx, id)?;
            let answered = before.value.clone().answer_escort(answer, name)?;
            records::save_if_changed(tx, &before, &answered)?;
            Ok(())
        })
        .await
}
