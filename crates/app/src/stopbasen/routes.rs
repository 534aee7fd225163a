//! HTTP in, HTTP out: a course's nicotine cessation at `/forloeb/{id}/stop`, and the export at `/stopbasen`.

use domain::permission::Permission;

use super::{acts, export_page, page};
use crate::web::Routes;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/forloeb/{id}/stop", Permission::CitizenRead, page::show)
        .post("/forloeb/{id}/stop/samtykke", Permission::CourseWrite, acts::consent)
        .post("/forloeb/{id}/stop/dato", Permission::CourseWrite, acts::stop_date)
        .post("/forloeb/{id}/stop/produkter", Permission::CourseWrite, acts::products)
        .post("/forloeb/{id}/stop/slut", Permission::CourseWrite, acts::end)
        .get("/stopbasen", Permission::Report, export_page::show)
        .post("/stopbasen/udtraek", Permission::Report, export_page::download)
}
