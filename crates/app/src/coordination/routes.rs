//! HTTP in, HTTP out: `/forloeb/{id}/koordinering` and `/koordinering/{id}`.

use domain::permission::Permission;

use super::page;
use crate::web::Routes;

/// The pages of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/forloeb/{id}/koordinering", Permission::CitizenRead, page::show)
        .post("/forloeb/{id}/koordinering", Permission::CourseWrite, page::add)
        .get("/koordinering/{id}", Permission::CitizenRead, page::open)
        .post("/koordinering/{id}", Permission::CourseWrite, page::save)
        .post("/koordinering/{id}/aftalt", Permission::CourseWrite, page::note)
        .post("/koordinering/{id}/traek", Permission::CourseWrite, page::withdraw)
}
