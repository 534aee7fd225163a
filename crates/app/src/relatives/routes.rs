//! HTTP in, HTTP out: `/forloeb/{id}/paaroerende`.

use domain::permission::Permission;

use super::page;
use crate::web::Routes;

/// The pages of this capability.
pub fn routes() -> Routes {
    Routes::new().get("/forloeb/{id}/paaroerende", Permission::CitizenRead, page::show).post(
        "/forloeb/{id}/paaroerende",
        Permission::CourseWrite,
        page::save,
    )
}
