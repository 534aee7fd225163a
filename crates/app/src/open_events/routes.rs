//! HTTP in, HTTP out: `/hold/aabne`.

use domain::permission::Permission;

use super::{form, list};
use crate::web::Routes;

/// The pages of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/hold/aabne", Permission::TeamRead, list::show)
        .get("/hold/aabne/ny", Permission::TeamWrite, form::new)
        .post("/hold/aabne/ny", Permission::TeamWrite, form::add)
        .get("/hold/aabne/{id}", Permission::TeamWrite, form::show)
        .post("/hold/aabne/{id}", Permission::TeamWrite, form::save)
        .post("/hold/aabne/{id}/slet", Permission::TeamWrite, form::strike)
}
