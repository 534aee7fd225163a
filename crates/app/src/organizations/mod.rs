//! The organizations that keep records here, and the partners they hear from and send to.

mod address;
mod api;
mod edit;
mod partners;

use domain::identifiers::{Gln, MunicipalityCode, SorId};
use domain::ids::OrganizationId;
use domain::organization::{ManagingOrganization, Organization, OrganizationKind, Settings};
use store::{Scope, StoreError, Unscoped, Value};

pub use address::{AddressInput, add_address, address_errors, change_address};
pub use api::{document as api_document, routes as api_routes};
pub use edit::{PartnerInput, edit_partner};
pub use partners::{all as partners, find_or_add, partner, partner_from_unit, save_partner};

use crate::{App, AppError, ids, records};

/// What is needed to set an organization up.
#[derive(Debug, Clone)]
pub struct NewOrganization {
    /// Municipality code.
    pub code: MunicipalityCode,
    /// Name.
    pub name: String,
    /// Department as it stands in messages.
    pub department: String,
    /// SOR code.
    pub sor: Option<SorId>,
    /// SOR code of the unit that delivers, when nothing else is said.
    pub performer_sor: Option<SorId>,
    /// Location numbers; the first is the default sender.
    pub glns: Vec<Gln>,
    /// Telephone for letters.
    pub phone: Option<String>,
    /// What it has chosen.
    pub settings: Settings,
}

/// An organization by its key.
pub async fn find(app: &App, key: i64) -> Result<ManagingOrganization, AppError> {
    let all = list(app).await?;
    all.into_iter().find(|o| o.key == key).ok_or(AppError::NotFound("organization"))
}

/// All organizations, by key.
pub async fn list(app: &App) -> Result<Vec<ManagingOrganization>, AppError> {
    app.store.look_up(|u| Ok::<_, AppError>(read_all(u)?)).await
}

/// Those in which things happen by themselves: all but the ones whose past is still being made ([`App::hold_back`]).
pub async fn at_work(app: &App) -> Result<Vec<ManagingOrganization>, AppError> {
    let mut all = list(app).await?;
    all.retain(|organization| !app.is_held_back(organization.key));
    Ok(all)
}

fn read_all(unscoped: &mut Unscoped<'_>) -> Result<Vec<ManagingOrganization>, StoreError> {
    unscoped.query("select content from organization order by key", &[], |row| {
        serde_json::from_str(&row.take::<String>()?).map_err(|_| StoreError::Unreadable { what: "organization" })
    })
}

/// Sets an organization up: its chains, its location numbers and the unit that delivers.
pub async fn add(app: &App, new: NewOrganization) -> Result<ManagingOrganization, AppError> {
    let key = list(app).await?.last().map_or(1, |o| o.key + 1);
    let now = app.now();
    app.store
        .write(Scope::system(key, now, "organization.add"), move |tx| {
            let unit: OrganizationId = ids::new(now);
            let organization = ManagingOrganization {
                key,
                code: new.code,
                name: new.name,
                department: new.department,
                sor: new.sor,
                glns: new.glns,
                phone: new.phone,
                default_performer: Some(unit),
                settings: new.settings,
            };
            insert(tx, &organization, now)?;
            let unit = own_unit(unit, &organization, new.performer_sor);
            records::add(tx, &unit)?;
            Ok::<_, AppError>(organization)
        })
        .await
}

fn insert(tx: &mut store::Tx<'_>, organization: &ManagingOrganization, now: jiff::Timestamp) -> Result<(), AppError> {
    const ORGANIZATION: &str = "insert into organization (key, code, content, created_at) values ($1, $2, $3, $4)";
    const CHAIN: &str = "insert into chain (organization, log, seq, hash) values ($1, $2, 0, $3)";
    let content = to_json(organization)?;
    tx.unscoped()
        .execute(
            ORGANIZATION,
            &[organization.key.into(), organization.code.as_str().into(), Value::Json(&content), now.into()],
        )
        .map_err(|error| match error {
            StoreError::Exists => {
                AppError::field("code", "exists", "Der findes allerede en organisation med den kode.")
            }
            other => other.into(),
        })?;
    for log in ["audit", "access"] {
        tx.execute(CHAIN, &[log.into(), [0u8; 32].as_slice().into()])?;
    }
    const SECRET: &str = "insert into reporting_secret (organization, secret) values ($1, $2)";
    tx.execute(SECRET, &[ids::secret().as_slice().into()])?;
    route_glns(tx, organization)
}

/// Makes the organization's location numbers lead to it, and no others.
fn route_glns(tx: &mut store::Tx<'_>, organization: &ManagingOrganization) -> Result<(), AppError> {
    const GLN: &str = "insert into organization_gln (gln, organization) values ($1, $2)";
    let key = organization.key;
    tx.unscoped().execute("delete from organization_gln where organization = $1", &[key.into()])?;
    for gln in &organization.glns {
        tx.unscoped().execute(GLN, &[gln.as_str().into(), key.into()]).map_err(|error| match error {
            StoreError::Exists => {
                AppError::field("gln", "exists", "Lokationsnummeret hører til en anden organisation.")
            }
            other => other.into(),
        })?;
    }
    Ok(())
}

fn own_unit(id: OrganizationId, organization: &ManagingOrganization, sor: Option<SorId>) -> Organization {
    Organization {
        id,
        name: organization.department.clone(),
        department: None,
        kind: OrganizationKind::OwnUnit,
        sor,
        gln: organization.glns.first().cloned(),
        medcom_identifier: None,
        phone: organization.phone.clone(),
        entered_in_error: false,
    }
}

/// Changes an organization; the audit keeps what it was.
pub async fn change(app: &App, scope: Scope, organization: ManagingOrganization) -> Result<(), AppError> {
    const SQL: &str = "update organization set content = $2 where key = $1";
    let key = organization.key;
    app.store
        .write(scope, move |tx| {
            let content = to_json(&organization)?;
            tx.unscoped().execute(SQL, &[key.into(), Value::Json(&content)])?;
            route_glns(tx, &organization)?;
            tx.note(&format!("organization {}", store::sha256_hex(content.as_bytes())));
            Ok::<_, AppError>(())
        })
        .await?;
    app.forget_organization(key);
    Ok(())
}

fn to_json(organization: &ManagingOrganization) -> Result<String, AppError> {
    serde_json::to_string(organization).map_err(|_| StoreError::Unreadable { what: "organization" }.into())
}

/// Whose a location number is.
pub async fn by_gln(app: &App, gln: &str) -> Result<Option<i64>, AppError> {
    const SQL: &str = "select organization from organization_gln where gln = $1";
    let gln = gln.to_owned();
    app.store
        .look_up(move |u| Ok::<_, AppError>(u.query(SQL, &[(&gln).into()], |r| r.take())?.into_iter().next()))
        .await
}
