//! HTTP in, HTTP out: `/lighed`, its files, and that it was looked at.

use domain::permission::Permission;

use super::{export, page};
use crate::web::Routes;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/lighed", Permission::QualityRead, page::show)
        .get("/lighed/hent/{slags}", Permission::QualityRead, export::fetch)
        .post("/lighed/gennemgang", Permission::QualityWrite, page::review)
}
