//! HTTP in, HTTP out: what belongs to a course at `/forloeb/{id}`.

use domain::permission::Permission;

use super::{page, support_page};
use crate::web::Routes;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/forloeb/{id}/sikkerhed", Permission::CitizenRead, page::show)
        .post("/forloeb/{id}/sikkerhed", Permission::CourseWrite, page::answer)
        .post("/forloeb/{id}/kvitter", Permission::CourseWrite, page::acknowledge)
        .post("/forloeb/{id}/indhold", Permission::CourseWrite, page::tick)
        .get("/forloeb/{id}/stoette", Permission::CitizenRead, support_page::show)
        .post("/forloeb/{id}/stoette", Permission::CourseWrite, support_page::act)
}
