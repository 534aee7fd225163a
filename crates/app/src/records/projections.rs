//! The newest state of each entity as columns. One upsert each, all guarded by the organization.

use domain::activity::{Activity, ActivityGap};
use domain::bridge::Bridge;
use domain::calendar::Appointment;
use domain::care_plan::CarePlan;
use domain::citizen::Citizen;
use domain::codes::RequestedArea;
use domain::condition::Condition;
use domain::course::Course;
use domain::encounter::Encounter;
use domain::offer::Offer;
use domain::organization::Organization;
use domain::planned_intervention::PlannedIntervention;
use domain::referral::ReferralState;
use domain::service_request::Owner;
use domain::team::Team;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::StoredRequest;
use crate::stopbasen;

pub(super) fn citizen(citizen: &Citizen, tx: &mut Tx<'_>, version: i64) -> Result<(), StoreError> {
    const SQL: &str =
        "insert into citizen (organization, id, version, number, surname, given, born_on, protected, deceased_on, phone_key)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (organization, id) do update set version = excluded.version, number = excluded.number,
            surname = excluded.surname, given = excluded.given, born_on = excluded.born_on,
            protected = excluded.protected, deceased_on = excluded.deceased_on, phone_key = excluded.phone_key";
    tx.execute(
        SQL,
        &[
            citizen.id.0.into(),
            version.into(),
            citizen.identity.number().into(),
            (&citizen.name.surname).into(),
            citizen.name.given.as_deref().into(),
            citizen.identity.cpr().map(domain::identifiers::Cpr::birth_date).into(),
            citizen.protected_address.into(),
            citizen.deceased_on.into(),
            citizen.phones.first().and_then(|phone| phone_key(&phone.number)).as_deref().into(),
        ],
    )
    .map(|_| ())
}

/// A Danish number however it is written; none for what cannot be one.
pub(crate) fn phone_key(number: &str) -> Option<String> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= 8).then(|| digits[digits.len() - 8..].to_owned())
}

/// What a row of the worklist says about a request: what it is about, what is wished for.
pub fn worklist_of(stored: &StoredRequest) -> (String, String) {
    let about =
        stored.focus.first().map_or_else(|| stored.request.reason.clone().unwrap_or_default(), |f| f.text.clone());
    let wish: Vec<&str> = stored.request.areas.iter().copied().map(RequestedArea::label).collect();
    (first_line(&about), wish.join(", "))
}

/// A list shows one line; the rest is on the request's own page.
fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(80).collect()
}

pub(super) fn service_request(stored: &StoredRequest, tx: &mut Tx<'_>, version: i64) -> Result<(), StoreError> {
    const SQL: &str =
        "insert into service_request (organization, id, citizen, version, received_at, source, channel, requester,
            about, wish, state, open, flags, sender_ean, episode_of_care, course, owner, due_on, next_step,
            asked_on)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
        on conflict (organization, id) do update set version = excluded.version, about = excluded.about,
            wish = excluded.wish, state = excluded.state, open = excluded.open, flags = excluded.flags,
            course = excluded.course, owner = excluded.owner, requester = excluded.requester, due_on = excluded.due_on,
            next_step = excluded.next_step, asked_on = excluded.asked_on";
    let request = &stored.request;
    let (about, wish) = worklist_of(stored);
    let flags = request.flags.iter().map(|f| f.word()).collect::<Vec<_>>().join(" ");
    let letter = request.letter.as_ref();
    let episode = letter.map(|l| medcom::normalised_id(&l.episode_of_care));
    let course = if let ReferralState::Joined { course, .. } = &request.state { Some(course.0) } else { None };
    tx.execute(
        SQL,
        &[
            request.id.0.into(),
            request.citizen.0.into(),
            version.into(),
            request.received_at.into(),
            request.source.word().into(),
            request.channel.word().into(),
            request.requester.map(|r| r.0).into(),
            (&about).into(),
            (&wish).into(),
            request.state.word().into(),
            request.state.is_open().into(),
            (&flags).into(),
            letter.map(|l| l.sender_ean.as_str()).into(),
            episode.as_deref().into(),
            course.into(),
            owner_user(&request.owner).into(),
            stored.next.as_ref().map(|n| n.due_on).into(),
            stored.next.as_ref().map(|n| n.kind.word()).into(),
            request.waits_since().map(domain::workdays::local_date).into(),
        ],
    )
    .map(|_| ())
}

/// The person who has it, when it is a person.
pub(crate) const fn owner_user(owner: &Owner) -> Option<Uuid> {
    match owner {
        Owner::User(user) => Some(user.0),
        Owner::Intake | Owner::Unit(_) => None,
    }
}

pub(super) fn partner(partner: &Organization, tx: &mut Tx<'_>, version: i64) -> Result<(), StoreError> {
    const SQL: &str = "insert into partner (organization, id, version, name, kind, gln, number_kind, number, sor)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (organization, id) do update set version = excluded.version, name = excluded.name,
            kind = excluded.kind, gln = excluded.gln, number_kind = excluded.number_kind, number = excluded.number,
            sor = excluded.sor";
    let number = partner.medcom_identifier.as_ref();
    tx.execute(
        SQL,
        &[
            partner.id.0.into(),
            version.into(),
            (&partner.name).into(),
            partner.kind.word().into(),
            partner.gln.as_ref().map(domain::identifiers::Gln::as_str).into(),
            number.map(|n| n.code.word()).into(),
            number.map(|n| n.value.as_str()).into(),
            partner.sor.as_ref().map(domain::identifiers::SorId::as_str).into(),
        ],
    )
    .map(|_| ())
}

pub(super) fn course(course: &Course, tx: &mut Tx<'_>, version: i64) -> Result<(), StoreError> {
    const SQL: &str = "insert into course (organization, id, citizen, version, state, open, opened_on)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (organization, id) do update set version = excluded.version, state = excluded.state, open = excluded.open";
    tx.execute(
        SQL,
        &[
            course.id.0.into(),
            course.citizen.0.into(),
            version.into(),
            course.state.word().into(),
            course.state.is_open().into(),
            course.opened_on.into(),
        ],
    )
    .map(|_| ())
}

pub(super) fn care_plan(plan: &CarePlan, tx: &mut Tx<'_>, version: i64) -> Result<(), StoreError> {
    const SQL: &str = "insert into care_plan (organization, id, citizen, version, course, category, state, granted_on, ended_on)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (organization, id) do update set version = excluded.version, state = excluded.state, ended_on = excluded.ended_on";
    tx.execute(
        SQL,
        &[
            plan.id.0.into(),
            plan.citizen.0.into(),
            version.into(),
            plan.course.0.into(),
            plan.category.word().into(),
            plan.status.word().into(),
            plan.granted_on.into(),
            plan.status.ended_on().into(),
        ],
    )
    .map(|_| ())
}

pub(super) fn planned_intervention(
    intervention: &PlannedIntervention,
    tx: &mut Tx<'_>,
    version: i64,
) -> Result<(), StoreError> {
    const SQL: &str =
        "insert into planned_intervention (organization, id, citizen, version, course, care_plan, code, delivery,
            state, granted_on, ended_on, need, seated)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        on conflict (organization, id) do update set version = excluded.version, delivery = excluded.delivery,
            state = excluded.state, ended_on = excluded.ended_on, need = excluded.need, seated = excluded.seated";
    tx.execute(
        SQL,
        &[
            intervention.id.0.into(),
            intervention.citizen.0.into(),
            version.into(),
            intervention.course.0.into(),
            intervention.care_plan.map(|p| p.0).into(),
            intervention.code.word().into(),
            intervention.delivery.word().into(),
            intervention.status.word().into(),
            intervention.granted_on.into(),
            intervention.status.ended_on().into(),
            intervention.need.word().into(),
            intervention.team.is_some().into(),
        ],
    )?;
    stopbasen::keep_standing(tx, intervention)
}

pub(super) fn encounter(encounter: &Encounter, tx: &mut Tx<'_>, version: i64) -> Result<(), StoreError> {
    const SQL: &str =
        "insert into encounter (organization, id, citizen, version, course, class, state, start_at, end_at, session)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (organization, id) do update set version = excluded.version, class = excluded.class,
            state = excluded.state, start_at = excluded.start_at, end_at = excluded.end_at";
    tx.execute(
        SQL,
        &[
            encounter.id.0.into(),
            encounter.citizen.0.into(),
            version.into(),
            encounter.course.0.into(),
            encounter.class.word().into(),
            encounter.status.word().into(),
            encounter.start.into(),
            encounter.end.into(),
            encounter.session.map(|s| s.0).into(),
        ],
    )
    .map(|_| ())
}

pub(super) fn condition(condition: &Condition, tx: &mut Tx<'_>, version: i64) -> Result<(), StoreError> {
    const SQL: &str = "insert into condition (organization, id, citizen, version, course, code, state, recorded_on)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (organization, id) do update set version = excluded.version, state = excluded.state";
    tx.execute(
        SQL,
        &[
            condition.id.0.into(),
            condition.citizen.0.into(),
            version.into(),
            condition.course.0.into(),
            condition.code.word().into(),
            condition.state.word().into(),
            condition.recorded_on.into(),
        ],
    )
    .map(|_| ())
}

pub(super) fn team(team: &Team, tx: &mut Tx<'_>, version: i64) -> Result<(), StoreError> {
    const SQL: &str = "insert into team (organization, id, version, name, code, seats, free, last_at, answer_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (organization, id) do update set version = excluded.version, name = excluded.name,
            seats = excluded.seats, free = excluded.free, last_at = excluded.last_at, answer_by = excluded.answer_by";
    tx.execute(
        SQL,
        &[
            team.id.0.into(),
            version.into(),
            (&team.name).into(),
            team.code.word().into(),
            i64::from(team.seats).into(),
            i64::from(team.free_seats()).into(),
            team.sessions.iter().map(|s| s.end).max().into(),
            team.next_answer_by().into(),
        ],
    )
    .map(|_| ())
}

pub(super) fn activity(activity: &Activity, tx: &mut Tx<'_>, version: i64) -> Result<(), StoreError> {
    const SQL: &str = "insert into activity (organization, id, version, association, title, confirmed_on, closed)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (organization, id) do update set version = excluded.version, association = excluded.association,
            title = excluded.title, confirmed_on = excluded.confirmed_on, closed = excluded.closed";
    tx.execute(
        SQL,
        &[
            activity.id.0.into(),
            version.into(),
            (&activity.entry.association).into(),
            (&activity.entry.title).into(),
            activity.confirmed_on.into(),
            activity.closed.into(),
        ],
    )
    .map(|_| ())
}

pub(super) fn activity_gap(gap: &ActivityGap, tx: &mut Tx<'_>, version: i64) -> Result<(), StoreError> {
    const SQL: &str = "insert into activity_gap (organization, id, version, noted_on) values ($1, $2, $3, $4)
        on conflict (organization, id) do update set version = excluded.version, noted_on = excluded.noted_on";
    tx.execute(SQL, &[gap.id.0.into(), version.into(), gap.noted_on.into()]).map(|_| ())
}

pub(super) fn bridge(bridge: &Bridge, tx: &mut Tx<'_>, version: i64) -> Result<(), StoreError> {
    const SQL: &str = "insert into bridge (organization, id, citizen, version, activity, first_visit_on, outcome)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (organization, id) do update set version = excluded.version,
            first_visit_on = excluded.first_visit_on, outcome = excluded.outcome";
    tx.execute(
        SQL,
        &[
            bridge.id.0.into(),
            bridge.citizen.0.into(),
            version.into(),
            bridge.activity.0.into(),
            bridge.first_visit_on.into(),
            bridge.result.as_ref().map(|result| result.outcome.word()).into(),
        ],
    )
    .map(|_| ())
}

pub(super) fn offer(offer: &Offer, tx: &mut Tx<'_>, version: i64) -> Result<(), StoreError> {
    const SQL: &str = "insert into offer (organization, id, version, name, code, state, last_on)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (organization, id) do update set version = excluded.version, name = excluded.name,
            code = excluded.code, state = excluded.state, last_on = excluded.last_on";
    tx.execute(
        SQL,
        &[
            offer.id.0.into(),
            version.into(),
            (&offer.name).into(),
            offer.code.word().into(),
            offer.publication.word().into(),
            offer.last_day().into(),
        ],
    )
    .map(|_| ())
}

pub(super) fn appointment(appointment: &Appointment, tx: &mut Tx<'_>, version: i64) -> Result<(), StoreError> {
    const SQL: &str =
        "insert into appointment (organization, id, citizen, version, course, intervention, code, professional, class,
            place, state, active, start_at, end_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        on conflict (organization, id) do update set version = excluded.version, professional = excluded.professional,
            class = excluded.class, place = excluded.place, state = excluded.state, active = excluded.active,
            start_at = excluded.start_at, end_at = excluded.end_at";
    tx.execute(
        SQL,
        &[
            appointment.id.0.into(),
            appointment.citizen.0.into(),
            version.into(),
            appointment.course.0.into(),
            appointment.intervention.0.into(),
            appointment.code.word().into(),
            appointment.professional.0.into(),
            appointment.class.word().into(),
            (&appointment.place).into(),
            appointment.state.word().into(),
            appointment.state.is_active().into(),
            appointment.start.into(),
            appointment.end.into(),
        ],
    )
    .map(|_| ())
}
