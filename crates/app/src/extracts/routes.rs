//! HTTP in, HTTP out: `/udtraek` and the data dictionary below it.

use domain::permission::Permission;

use super::page;
use crate::web::Routes;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/udtraek", Permission::Extract, page::show)
        .post("/udtraek", Permission::Extract, page::make)
        .get("/udtraek/felter", Permission::QualityRead, page::explain)
}
