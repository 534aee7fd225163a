//! HTTP in, HTTP out: `/indsatser/{id}/digitalt`.

use domain::permission::Permission;

use super::page;
use crate::web::Routes;

/// The pages of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/indsatser/{id}/digitalt", Permission::CitizenRead, page::show)
        .post("/indsatser/{id}/digitalt", Permission::CourseWrite, page::begin)
        .post("/indsatser/{id}/digitalt/kontakt", Permission::CourseWrite, page::contact)
        .post("/indsatser/{id}/digitalt/modul", Permission::CourseWrite, page::module)
        .post("/indsatser/{id}/digitalt/tilbagemelding", Permission::CourseWrite, page::feedback)
}
