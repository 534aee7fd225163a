//! HTTP in, HTTP out: `/maaltal` and what is below it.

use domain::permission::Permission;

use super::{elsewhere, export, list, page, rows, stop};
use crate::web::Routes;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/maaltal", Permission::QualityRead, list::show)
        .get("/maaltal/stopbasen", Permission::QualityRead, stop::show)
        .get("/maaltal/hent/{slags}", Permission::QualityRead, export::all_of_them)
        .get("/maaltal/andre", Permission::QualityRead, elsewhere::sources)
        // Room for the form around the file.
        .post_up_to(elsewhere::FILE_LIMIT + 64 * 1024, "/maaltal/andre", Permission::QualityWrite, elsewhere::send)
        .post("/maaltal/andre/fjern", Permission::QualityWrite, elsewhere::strike)
        .get("/maaltal/andre/hent/{slags}", Permission::QualityRead, elsewhere::give)
        .get("/maaltal/{id}", Permission::QualityRead, page::show)
        .get("/maaltal/{id}/andre", Permission::QualityRead, elsewhere::compare)
        .get("/maaltal/{id}/raekker", Permission::CitizenRead, rows::show)
        .get("/maaltal/{id}/hent/{slags}", Permission::QualityRead, export::one)
}
