//! What can be looked for of that which is done together with others.

use domain::coordination::Coordination;
use domain::supplier::{SupplierAgreement, SupplierEnrolment};
use store::{StoreError, Tx};

pub(super) fn supplier_agreement(it: &SupplierAgreement, tx: &mut Tx<'_>, version: i64) -> Result<(), StoreError> {
    const SQL: &str = "insert into supplier_agreement (organization, id, version, name) values ($1, $2, $3, $4)
        on conflict (organization, id) do update set version = excluded.version, name = excluded.name";
    tx.execute(SQL, &[it.supplier.0.into(), version.into(), (&it.name).into()]).map(|_| ())
}

pub(super) fn supplier_enrolment(it: &SupplierEnrolment, tx: &mut Tx<'_>, version: i64) -> Result<(), StoreError> {
    const SQL: &str =
        "insert into supplier_enrolment (organization, id, citizen, version, supplier, there, blocks, results_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (organization, id) do update set version = excluded.version, supplier = excluded.supplier,
            there = excluded.there, blocks = excluded.blocks, results_by = excluded.results_by";
    tx.execute(
        SQL,
        &[
            it.intervention.0.into(),
            it.citizen.0.into(),
            version.into(),
            it.supplier.0.into(),
            it.is_there().into(),
            it.blocks().into(),
            it.results_by.into(),
        ],
    )
    .map(|_| ())
}

pub(super) fn coordination(it: &Coordination, tx: &mut Tx<'_>, version: i64) -> Result<(), StoreError> {
    const SQL: &str =
        "insert into coordination (organization, id, citizen, version, course) values ($1, $2, $3, $4, $5)
        on conflict (organization, id) do update set version = excluded.version";
    tx.execute(SQL, &[it.id.0.into(), it.citizen.0.into(), version.into(), it.course.0.into()]).map(|_| ())
}
