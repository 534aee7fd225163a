//! SQL of the catalogue.

use std::collections::BTreeSet;

use domain::codes::InterventionCode;
use domain::disease::DiseaseGroup;
use domain::ids::{CitizenId, OfferId};
use domain::offer::{Format, Offer, Publication};
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Seen, StoreError, Tx, Versioned};
use uuid::Uuid;

use crate::records::{self, StoredRequest, content};
use crate::{App, AppError, Caller};

/// An offer by id.
pub(super) fn offer(tx: &mut Tx<'_>, id: OfferId) -> Result<Versioned<Offer>, AppError> {
    records::one(tx, Uuid::nil(), id.0)?.ok_or(AppError::NotFound("offer"))
}

/// An offer with its version, for who may see it.
pub async fn find(app: &App, who: &Caller, id: OfferId) -> Result<Versioned<Offer>, AppError> {
    let read = move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(offer(tx, id)?));
    app.store.view(who.scope("offer.open", app.now()), read).await
}

/// All offers by name.
pub(super) fn all(tx: &mut Tx<'_>) -> Result<Vec<Versioned<Offer>>, StoreError> {
    const SQL: &str = "select v.version, v.content from offer o
        join record_version v on v.organization = o.organization and v.citizen = $2 and v.kind = 'offer' and v.id = o.id
            and v.version = o.version
        where o.organization = $1 order by o.name, o.id";
    tx.query(SQL, &[Uuid::nil().into()], records::versioned)
}

/// The diseases that each referral since an instant tells of, and of whom.
pub(super) fn diseases_told(
    tx: &mut Tx<'_>,
    since: Timestamp,
) -> Result<Vec<(CitizenId, BTreeSet<DiseaseGroup>)>, StoreError> {
    const SQL: &str = "select v.content from service_request r
        join record_version v on v.organization = r.organization and v.citizen = r.citizen
            and v.kind = 'service_request' and v.id = r.id and v.version = r.version
        where r.organization = $1 and r.received_at >= $2 and r.state <> 'entered_in_error' order by r.received_at, r.id";
    let all: Vec<StoredRequest> = tx.query(SQL, &[since.into()], content)?;
    Ok(all.into_iter().map(|one| (one.request.citizen, DiseaseGroup::told(&one.focus))).collect())
}

/// The same without their versions, for who reads what changed.
pub(crate) fn offers(tx: &mut Tx<'_>) -> Result<Vec<Offer>, StoreError> {
    Ok(all(tx)?.into_iter().map(|it| it.value).collect())
}

/// What every offer is called, by name.
pub(crate) fn names(tx: &mut Tx<'_>) -> Result<Vec<(OfferId, String)>, StoreError> {
    const SQL: &str = "select id, name from offer where organization = $1 order by name, id";
    tx.query(SQL, &[], |row| Ok((OfferId(row.take()?), row.take()?)))
}

/// What anybody may see on a day, by name.
pub(super) fn public(tx: &mut Tx<'_>, today: Date) -> Result<Vec<Offer>, StoreError> {
    const SQL: &str = "select v.version, v.content from offer o
        join record_version v on v.organization = o.organization and v.citizen = $2 and v.kind = 'offer' and v.id = o.id
            and v.version = o.version
        where o.organization = $1 and o.state = 'published' and (o.last_on is null or o.last_on >= $3)
        order by o.name, o.id";
    let found = tx.query(SQL, &[Uuid::nil().into(), today.into()], records::versioned)?;
    Ok(found.into_iter().map(|offer| offer.value).collect())
}

/// Those in public whose last day is before a day.
pub(super) fn over(tx: &mut Tx<'_>, today: Date) -> Result<Vec<Versioned<Offer>>, StoreError> {
    const SQL: &str = "select v.version, v.content from offer o
        join record_version v on v.organization = o.organization and v.citizen = $2 and v.kind = 'offer' and v.id = o.id
            and v.version = o.version
        where o.organization = $1 and o.state = 'published' and o.last_on < $3 order by o.id";
    tx.query(SQL, &[Uuid::nil().into(), today.into()], records::versioned)
}

/// An offer that a team can deliver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choosable {
    /// The offer.
    pub id: OfferId,
    /// What it is called.
    pub name: String,
    /// The intervention that the team must deliver too.
    pub code: InterventionCode,
}

/// Drafts and published offers by name, for the form of a team.
pub async fn choosable(app: &App, who: &Caller) -> Result<Vec<Choosable>, AppError> {
    const SQL: &str = "select id, name, code from offer where organization = $1 and state in ('draft', 'published')
        order by name, id";
    let read = |tx: &mut Tx<'_>| {
        let rows = tx.query(SQL, &[], |row| {
            let (id, name, code) = (OfferId(row.take()?), row.take()?, row.take::<String>()?);
            let code = InterventionCode::parse(&code).map_err(|_| StoreError::Unreadable { what: "offer" })?;
            Ok(Choosable { id, name, code })
        })?;
        Ok::<_, AppError>(Seen::nothing(rows))
    };
    app.store.view(who.scope("offer.list", app.now()), read).await
}

/// Drafts and published offers of an intervention that are given digitally, by name.
pub(crate) fn digital(tx: &mut Tx<'_>, code: InterventionCode) -> Result<Vec<(OfferId, String)>, StoreError> {
    let offers = all(tx)?.into_iter().map(|offer| offer.value);
    let open = |offer: &Offer| matches!(offer.publication, Publication::Draft | Publication::Published { .. });
    let fits = offers.filter(|offer| offer.code == code && offer.formats.contains(&Format::Digital) && open(offer));
    Ok(fits.map(|offer| (offer.id, offer.name)).collect())
}
