//! Agreements with suppliers and other municipalities, and who logs in for each.

use std::collections::BTreeSet;

use domain::competence::Competence;
use domain::ids::{OrganizationId, UserId};
use domain::organization::{Organization, OrganizationKind};
use domain::permission::{Permission, Role};
use domain::supplier::{RESPONSE_DAYS_MAX, SupplierAgreement, SupplierKind};
use jiff::civil::Date;

use super::queries;
use crate::access::{self, NewUser};
use crate::{App, AppError, Caller, ids, records};

/// A name in a message has room for so many characters (MedCom).
const NAME_MOST: usize = 35;

/// What is agreed.
#[derive(Debug, Clone)]
pub struct AgreementInput {
    /// What it is called.
    pub name: String,
    /// Supplier or municipality.
    pub kind: SupplierKind,
    /// Whom to ring there.
    pub contact: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// What its people can document.
    pub competences: BTreeSet<Competence>,
    /// What it gets to know and gives back.
    pub data: String,
    /// Days after the last planned day within which results are back.
    pub response_days: u16,
    /// It answers for its data itself.
    pub own_responsibility: bool,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Option<Date>,
}

impl AgreementInput {
    /// What is wrong, by field.
    pub(super) fn errors(&self) -> Vec<(&'static str, &'static str)> {
        let mut errors = Vec::new();
        if !(1..=NAME_MOST).contains(&self.name.trim().chars().count()) {
            errors.push(("navn", "Skriv et navn med højst 35 tegn. Der er ikke plads til flere i en besked."));
        }
        if self.competences.is_empty() {
            errors.push(("kompetence", "Vælg mindst én kompetence, som aftalen dækker."));
        }
        if self.data.trim().is_empty() {
            errors.push(("data", "Skriv, hvad leverandøren får at vide og sender tilbage."));
        }
        if !(1..=RESPONSE_DAYS_MAX).contains(&self.response_days) {
            errors.push(("svarfrist", "Svarfristen er 1-90 dage."));
        }
        if self.to.is_some_and(|last| last < self.from) {
            errors.push(("til", "Aftalen slutter, før den begynder. Ret datoerne."));
        }
        errors
    }

    fn agreement(self, supplier: OrganizationId) -> Result<SupplierAgreement, AppError> {
        if let Some((field, message)) = self.errors().first() {
            return Err(AppError::field(field, "agreement", *message));
        }
        let Self { name, kind, contact, phone, competences, data, response_days, own_responsibility, from, to } = self;
        let (name, data) = (name.trim().to_owned(), data.trim().to_owned());
        Ok(SupplierAgreement {
            supplier,
            name,
            kind,
            contact,
            phone,
            competences,
            data,
            response_days,
            own_responsibility,
            from,
            to,
        })
    }
}

/// Adds a supplier with its agreement; it stands in the address book from then on.
pub async fn add_supplier(app: &App, who: &Caller, input: AgreementInput) -> Result<OrganizationId, AppError> {
    who.require(Permission::OfferWrite)?;
    let now = app.now();
    let agreement = input.agreement(ids::new(now))?;
    app.store
        .write(who.scope("supplier.add", now), move |tx| {
            let id = agreement.supplier;
            records::add(tx, &partner(&agreement, None))?;
            records::add(tx, &agreement)?;
            tx.note(&format!("supplier/{id}"));
            Ok(id)
        })
        .await
}

/// Changes or renews an agreement; the version before stays.
pub async fn change_agreement(
    app: &App,
    who: &Caller,
    id: OrganizationId,
    version: i64,
    input: AgreementInput,
) -> Result<(), AppError> {
    who.require(Permission::OfferWrite)?;
    let agreement = input.agreement(id)?;
    app.store
        .write(who.scope("supplier.change", app.now()), move |tx| {
            let before = queries::agreement(tx, id)?;
            records::expect(version, before.version)?;
            records::save_if_changed(tx, &before, &agreement)?;
            let known = crate::organizations::partner(tx, id)?;
            records::save_if_changed(tx, &known, &partner(&agreement, Some(&known.value)))?;
            Ok(())
        })
        .await
}

/// The supplier as it stands in the address book.
fn partner(agreement: &SupplierAgreement, known: Option<&Organization>) -> Organization {
    Organization {
        id: agreement.supplier,
        name: agreement.name.clone(),
        kind: match agreement.kind {
            SupplierKind::Outside => OrganizationKind::Supplier,
            SupplierKind::Municipality => OrganizationKind::Municipality,
        },
        phone: agreement.phone.clone(),
        department: known.and_then(|it| it.department.clone()),
        sor: known.and_then(|it| it.sor.clone()),
        gln: known.and_then(|it| it.gln.clone()),
        medcom_identifier: known.and_then(|it| it.medcom_identifier.clone()),
        entered_in_error: known.is_some_and(|it| it.entered_in_error),
    }
}

/// Somebody who is to log in for a supplier.
#[derive(Clone)]
pub struct NewSupplierUser {
    /// Name.
    pub name: String,
    /// Two to four letters.
    pub initials: String,
    /// Title, such as "Rådgiver".
    pub title: String,
    /// What they log in with.
    pub user_name: String,
    /// Password.
    pub password: String,
}

/// Lets somebody in for a supplier.
pub async fn add_user(
    app: &App,
    who: &Caller,
    supplier: OrganizationId,
    new: NewSupplierUser,
) -> Result<UserId, AppError> {
    who.require(Permission::Administer)?;
    let read = move |tx: &mut store::Tx<'_>| {
        Ok::<_, AppError>(store::Seen::nothing(queries::agreement(tx, supplier)?.value.name))
    };
    app.store.view(who.scope("supplier.open", app.now()), read).await?;
    let text = |text: String| text.trim().to_owned();
    let NewSupplierUser { name, initials, title, user_name, password } = new;
    let user = NewUser {
        user_name,
        name: text(name),
        initials: text(initials).to_uppercase(),
        title: text(title),
        role: Role::Supplier,
        password: Some(password),
    };
    Ok(access::add_supplier_user(app, who.scope("supplier.user_add", app.now()), user, supplier).await?.id)
}

/// Shuts somebody out of a supplier's pages, at once.
pub(super) async fn close_user(
    app: &App,
    who: &Caller,
    supplier: OrganizationId,
    user: UserId,
) -> Result<(), AppError> {
    who.require(Permission::OfferWrite)?;
    let read = move |tx: &mut store::Tx<'_>| {
        let own = access::users_of_supplier(tx, supplier)?.into_iter().any(|one| one.id == user);
        Ok::<_, AppError>(store::Seen::nothing(own))
    };
    if !app.store.view(who.scope("supplier.open", app.now()), read).await? {
        return Err(AppError::NotFound("user"));
    }
    access::deactivate_user(app, who.scope("supplier.user_close", app.now()), user).await
}
