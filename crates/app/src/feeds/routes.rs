//! HTTP in, HTTP out: who sets a feed up, and the feed itself for whoever has the address.

use domain::permission::Permission;

use super::{page, public};
use crate::web::Routes;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/kalender/abonnement", Permission::CitizenRead, page::mine)
        .post("/kalender/abonnement", Permission::CitizenRead, page::save_mine)
        .get("/hold/{id}/abonnement", Permission::TeamWrite, page::team)
        .post("/hold/{id}/abonnement", Permission::TeamWrite, page::save_team)
        .get("/ical/{token}", Permission::Public, public::show)
}
