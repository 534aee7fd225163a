//! HTTP in, HTTP out: `/opgaver`.

use domain::permission::Permission;

use super::handover_page as page;
use crate::web::Routes;

/// The pages of tasks.
pub fn routes() -> Routes {
    Routes::new()
        .get("/opgaver/overdrag", Permission::CitizenWrite, page::show)
        .post("/opgaver/overdrag", Permission::CitizenWrite, page::save)
        .get("/opgaver/overdrag/{id}", Permission::CitizenWrite, page::done)
        .post("/opgaver/overdrag/{id}/fortryd", Permission::CitizenWrite, page::undo)
}
