//! HTTP in, HTTP out: `/administration` and what is below it.

use domain::permission::Permission;

use super::{addresses, demo, limits, messages, organization, staff, staff_member};
use crate::web::Routes;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/administration", Permission::SetUp, organization::show)
        .post("/administration", Permission::Administer, organization::save)
        .get("/administration/medarbejdere", Permission::SetUp, staff::list)
        .get("/administration/medarbejdere/ny", Permission::Administer, staff_member::new)
        .post("/administration/medarbejdere/ny", Permission::Administer, staff_member::add)
        .get("/administration/medarbejdere/{id}", Permission::Administer, staff_member::show)
        .post("/administration/medarbejdere/{id}", Permission::Administer, staff_member::save)
        .get("/administration/adresser", Permission::SetUp, addresses::list)
        .get("/administration/adresser/ny", Permission::Administer, addresses::new)
        .post("/administration/adresser/ny", Permission::Administer, addresses::add)
        .get("/administration/adresser/{id}", Permission::Administer, addresses::show)
        .post("/administration/adresser/{id}", Permission::Administer, addresses::save)
        .get("/administration/frister", Permission::SetUp, limits::show)
        .post("/administration/frister", Permission::SetUp, limits::save)
        .get("/administration/beskeder", Permission::SetUp, messages::show)
        .post("/administration/beskeder", Permission::Administer, messages::save)
        .get("/administration/nulstil", Permission::Administer, demo::ask)
        .post("/administration/nulstil", Permission::Administer, demo::reset)
}
