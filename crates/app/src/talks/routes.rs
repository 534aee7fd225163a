//! HTTP in, HTTP out: `/samtaler`.

use domain::permission::Permission;

use super::{citizen_side, keeping, page};
use crate::web::Routes;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/samtaler/{id}", Permission::CourseWrite, page::show)
        .post("/samtaler/{id}/kladde", Permission::CourseWrite, keeping::keep)
        .post("/samtaler/{id}/afslut", Permission::CourseWrite, keeping::end)
        .get("/samtaler/{id}/borger", Permission::CourseWrite, citizen_side::show)
}
