//! HTTP in, HTTP out: `/kapacitet`.

use domain::permission::Permission;

use super::page;
use crate::web::Routes;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new().get("/kapacitet", Permission::Plan, page::show)
}
