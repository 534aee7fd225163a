//! HTTP in, HTTP out: `/borgere` and what is below it.

use domain::permission::Permission;

use super::{edit, record, search};
use crate::web::Routes;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/borgere", Permission::CitizenRead, search::start)
        .get("/borgere/soeg", Permission::CitizenRead, search::start)
        .post("/borgere/soeg", Permission::CitizenRead, search::find)
        .get("/borgere/{id}", Permission::CitizenRead, record::show)
        .get("/borgere/{id}/ret", Permission::CitizenWrite, edit::show)
        .post("/borgere/{id}/ret", Permission::CitizenWrite, edit::save)
}
