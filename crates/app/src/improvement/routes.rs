//! HTTP in, HTTP out: `/forbedring` and what is below it.

use domain::permission::Permission;

use super::{board_page, list, new_page};
use crate::web::Routes;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/forbedring", Permission::QualityRead, list::show)
        .get("/forbedring/ny", Permission::QualityWrite, new_page::show)
        .post("/forbedring/ny", Permission::QualityWrite, new_page::create)
        .get("/forbedring/{id}", Permission::QualityRead, board_page::show)
        .post("/forbedring/{id}", Permission::QualityWrite, board_page::edit)
        .post("/forbedring/{id}/proever", Permission::QualityWrite, board_page::add_test)
        .post("/forbedring/{id}/proever/{proeve}", Permission::QualityWrite, board_page::edit_test)
}
