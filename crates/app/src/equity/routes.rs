//! HTTP in, HTTP out: `/lighed`, whether models drift, their files, and that it was looked at.

use domain::permission::Permission;

use super::{drift, export, page};
use crate::web::Routes;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/lighed", Permission::QualityRead, page::show)
        .get("/lighed/hent/{slags}", Permission::QualityRead, export::fetch)
        .get("/lighed/model", Permission::QualityRead, drift::show)
        .get("/lighed/model/hent/{slags}", Permission::QualityRead, drift::fetch)
        .post("/lighed/gennemgang", Permission::QualityWrite, page::review)
}
