//! HTTP in, HTTP out: `/pakker` and what is below it. Which packs somebody of the authority may open is asked in the handler.

use domain::permission::Permission;

use super::{page, show};
use crate::web::Routes;

/// The pages of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/pakker", Permission::AuthorityView, page::show)
        .get("/pakker/{pakke}", Permission::AuthorityView, show::show)
        .get("/pakker/{pakke}/hent/xlsx", Permission::AuthorityView, show::file)
        .get("/pakker/filer/{id}", Permission::Cooperation, page::file)
        .post("/pakker/planer", Permission::Cooperation, page::start)
        .post("/pakker/planer/{id}/stop", Permission::Cooperation, page::stop)
}
