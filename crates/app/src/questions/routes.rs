//! HTTP in, HTTP out: `/spoergsmaal` and what is below it.

use domain::permission::Permission;

use super::{list, page};
use crate::web::Routes;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/spoergsmaal", Permission::QualityRead, list::show)
        .get("/spoergsmaal/nyt", Permission::QualityRead, page::new)
        .post("/spoergsmaal/nyt", Permission::QualityRead, page::save_new)
        .get("/spoergsmaal/hent/{slags}", Permission::QualityRead, page::download)
        .get("/spoergsmaal/{id}", Permission::QualityRead, page::show)
        .post("/spoergsmaal/{id}", Permission::QualityRead, page::change)
        .post("/spoergsmaal/{id}/slet", Permission::QualityRead, page::withdraw)
        .get("/spoergsmaal/{id}/hent/{dag}", Permission::QualityRead, page::kept)
}
