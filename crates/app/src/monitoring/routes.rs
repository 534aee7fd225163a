//! HTTP in, HTTP out: `/maaltal` and what is below it.

use domain::permission::Permission;

use super::{export, list, page, rows, stop};
use crate::web::Routes;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/maaltal", Permission::QualityRead, list::show)
        .get("/maaltal/stopbasen", Permission::QualityRead, stop::show)
        .get("/maaltal/hent/{slags}", Permission::QualityRead, export::all_of_them)
        .get("/maaltal/{id}", Permission::QualityRead, page::show)
        .get("/maaltal/{id}/raekker", Permission::CitizenRead, rows::show)
        .get("/maaltal/{id}/hent/{slags}", Permission::QualityRead, export::one)
}
