//! HTTP in, HTTP out: `/kvalitet` and what is below it.

use domain::permission::Permission;

use super::{declarations, export, limits, list, page, requirement};
use crate::web::Routes;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/kvalitet", Permission::QualityRead, page::show)
        .get("/kvalitet/alle", Permission::QualityRead, list::all)
        .get("/kvalitet/omraade/{omraade}", Permission::QualityRead, list::area)
        .get("/kvalitet/krav/{krav}", Permission::QualityRead, requirement::show)
        .get("/kvalitet/hent/{slags}", Permission::QualityRead, export::all)
        .get("/kvalitet/krav/{krav}/hent/{slags}", Permission::QualityRead, export::one)
        .get("/kvalitet/erklaeringer", Permission::QualityRead, declarations::all)
        .post("/kvalitet/krav/{krav}/erklaering", Permission::QualityWrite, declarations::declare)
        .post("/kvalitet/erklaeringer/{id}/tilbage", Permission::QualityWrite, declarations::withdraw)
        .post("/kvalitet/krav/{krav}/fra", Permission::QualityWrite, declarations::off)
        .post("/kvalitet/krav/{krav}/til", Permission::QualityWrite, declarations::on)
        .get("/kvalitet/graenser", Permission::QualityWrite, limits::show)
        .post("/kvalitet/graenser/{graense}", Permission::QualityWrite, limits::save)
}
