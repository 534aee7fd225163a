//! A municipality to try things in: Testby Kommune, as the test messages know it.

use std::sync::Arc;

use app::organizations::{self, NewOrganization};
use app::{App, Caller};
use domain::identifiers::{Gln, MunicipalityCode, SorId};
use domain::ids::UserId;
use domain::organization::{ManagingOrganization, Settings};
use domain::permission::Role;
use uuid::Uuid;

use crate::clock::ManualClock;
use crate::database::Database;

/// The program on a fresh database with Testby Kommune set up, at a time of the test's choosing.
pub async fn testby(database: &Database, now: &str) -> (App, Arc<ManualClock>, ManagingOrganization) {
    let clock = Arc::new(ManualClock::at(now));
    let app = App::new(database.open(), clock.clone());
    let organization = add(&app, "999", "Testby Kommune", "5790009999003").await;
    (app, clock, organization)
}

/// Sets up a municipality.
pub async fn add(app: &App, code: &str, name: &str, gln: &str) -> ManagingOrganization {
    let new = NewOrganization {
        code: MunicipalityCode::parse(code).unwrap(),
        name: name.into(),
        department: "Forebyggelse og Sundhed".into(),
        sor: Some(SorId::parse("451000016003").unwrap()),
        performer_sor: Some(SorId::parse("1037791000016002").unwrap()),
        glns: vec![Gln::parse(gln).unwrap()],
        phone: Some("70000099".into()),
        settings: Settings::default(),
    };
    organizations::add(app, new).await.unwrap()
}

/// A member of staff who is known to nobody: enough for commands.
pub fn staff(organization: i64, role: Role) -> Caller {
    Caller {
        organization,
        user: UserId(Uuid::from_u128(0xabc)),
        name: role.label().into(),
        initials: "TT".into(),
        title: role.label().into(),
        role,
        builds_on: None,
    }
}

/// A test message by its name under `fixtures/medcom`.
pub fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../fixtures/medcom/{name}.xml", env!("CARGO_MANIFEST_DIR"))).unwrap()
}
