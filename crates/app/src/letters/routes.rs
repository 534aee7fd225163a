//! HTTP in, HTTP out: `/administration/tekster`.

use domain::permission::Permission;

use super::{list, text_page};
use crate::web::Routes;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/administration/tekster", Permission::SetUp, list::show)
        .get("/administration/tekster/{kind}", Permission::SetUp, text_page::show)
        .post("/administration/tekster/{kind}", Permission::SetUp, text_page::act)
        .post("/administration/tekster/{kind}/forslag/{id}", Permission::SetUp, text_page::settle)
}
