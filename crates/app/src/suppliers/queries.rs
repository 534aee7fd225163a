//! SQL of suppliers, and the one door through which a supplier comes to a citizen.

use std::sync::Arc;

use domain::codes::InterventionCode;
use domain::ids::{CitizenId, OrganizationId, PlannedInterventionId, UserId};
use domain::supplier::{SupplierAgreement, SupplierEnrolment};
use jiff::civil::Date;
use store::{StoreError, Tx, Versioned};
use uuid::Uuid;

use crate::records::{self, CitizenRecord};
use crate::{AppError, access};

/// All agreements by the supplier's name.
pub(super) fn agreements(tx: &mut Tx<'_>) -> Result<Vec<Versioned<SupplierAgreement>>, StoreError> {
    const SQL: &str = "select a.version, v.content from supplier_agreement a
        join record_version v on v.organization = a.organization and v.citizen = $2 and v.kind = 'supplier_agreement'
            and v.id = a.id and v.version = a.version
        where a.organization = $1 order by a.name, a.id";
    tx.query(SQL, &[Uuid::nil().into()], records::versioned)
}

/// An agreement by its supplier.
pub(super) fn agreement(tx: &mut Tx<'_>, id: OrganizationId) -> Result<Versioned<SupplierAgreement>, AppError> {
    records::one(tx, Uuid::nil(), id.0)?.ok_or(AppError::NotFound("supplier"))
}

/// What a supplier has now: how many, and of how many the results should have been back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Load {
    pub(super) there: i64,
    pub(super) late: i64,
}

/// The load of each supplier that has something.
pub(super) fn loads(tx: &mut Tx<'_>, today: Date) -> Result<Vec<(OrganizationId, Load)>, StoreError> {
    const SQL: &str = "select e.supplier, count(*), count(*) filter (where e.blocks and e.results_by < $2)
        from supplier_enrolment e
        where e.organization = $1 and e.there and exists (select 1 from planned_intervention p
            where p.organization = e.organization and p.id = e.id and p.ended_on is null)
        group by e.supplier";
    tx.query(SQL, &[today.into()], |row| {
        Ok((OrganizationId(row.take()?), Load { there: row.take()?, late: row.take()? }))
    })
}

/// An enrolment in the supplier's own list.
pub(super) struct OwnRow {
    pub(super) intervention: PlannedInterventionId,
    pub(super) citizen: CitizenId,
    pub(super) name: String,
    pub(super) code: InterventionCode,
    /// The results are not back.
    pub(super) waits: bool,
    pub(super) results_by: Date,
}

/// What a supplier has and is not over, what is due first first.
pub(super) fn own(tx: &mut Tx<'_>, supplier: OrganizationId) -> Result<Vec<OwnRow>, StoreError> {
    const SQL: &str = "select e.id, e.citizen, c.given, c.surname, p.code, e.blocks, e.results_by
        from supplier_enrolment e
        join planned_intervention p on p.organization = e.organization and p.id = e.id and p.ended_on is null
        join citizen c on c.organization = e.organization and c.id = e.citizen
        where e.organization = $1 and e.supplier = $2 and e.there order by e.results_by, e.id";
    tx.query(SQL, &[supplier.0.into()], |row| {
        let (intervention, citizen) = (PlannedInterventionId(row.take()?), CitizenId(row.take()?));
        let (given, surname) = (row.take::<Option<String>>()?, row.take::<String>()?);
        let code = InterventionCode::parse(&row.take::<String>()?);
        Ok(OwnRow {
            intervention,
            citizen,
            name: given.map_or(surname.clone(), |given| format!("{given} {surname}")),
            code: code.map_err(|_| StoreError::Unreadable { what: "planned_intervention" })?,
            waits: row.take()?,
            results_by: row.take()?,
        })
    })
}

/// The agreement that lets somebody in today; none when they have no supplier or its agreement does not hold.
pub(super) fn agreement_of(tx: &mut Tx<'_>, user: UserId, today: Date) -> Result<Option<SupplierAgreement>, AppError> {
    let Some(supplier) = access::supplier_of(tx, user)? else { return Ok(None) };
    let found = records::one::<SupplierAgreement>(tx, Uuid::nil(), supplier.0)?;
    Ok(found.map(|it| it.value).filter(|it| it.holds_on(today)))
}

/// An enrolment that a supplier's user may open.
pub(super) struct Own {
    pub(super) agreement: SupplierAgreement,
    pub(super) enrolment: Versioned<SupplierEnrolment>,
    pub(super) record: Arc<CitizenRecord>,
}

/// The enrolment, when it is their own supplier's, the agreement holds, it was not taken back, and the intervention runs.
/// Whatever is missing, it is not found: nobody learns that there is such a citizen.
pub(super) fn own_enrolment(
    tx: &mut Tx<'_>,
    user: UserId,
    id: PlannedInterventionId,
    today: Date,
) -> Result<Own, AppError> {
    const MISSING: AppError = AppError::NotFound("supplier_enrolment");
    let agreement = agreement_of(tx, user, today)?.ok_or(MISSING)?;
    const SQL: &str = "select e.citizen from supplier_enrolment e
        join planned_intervention p on p.organization = e.organization and p.id = e.id and p.ended_on is null
        where e.organization = $1 and e.id = $2 and e.supplier = $3 and e.there";
    let citizen = tx.first(SQL, &[id.0.into(), agreement.supplier.0.into()], |row| row.take::<Uuid>())?;
    let record = records::citizen_record(tx, CitizenId(citizen.ok_or(MISSING)?))?;
    let enrolment = record.supplier_enrolment(id).ok_or(MISSING)?.clone();
    Ok(Own { agreement, enrolment, record })
}
