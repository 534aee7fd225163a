//! HTTP in, HTTP out: `/befolkning` and what is below it.

use domain::permission::Permission;

use super::{draft_page, list, sheet, table_page, upload_page};
use crate::web::Routes;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/befolkning", Permission::QualityRead, list::show)
        .get("/befolkning/ny", Permission::QualityWrite, upload_page::show)
        // Room for the form around the file.
        .post_up_to(sheet::FILE_LIMIT + 64 * 1024, "/befolkning/ny", Permission::QualityWrite, upload_page::send)
        .get("/befolkning/kladde/{id}", Permission::QualityWrite, draft_page::show)
        .post("/befolkning/kladde/{id}", Permission::QualityWrite, draft_page::save)
        .get("/befolkning/{id}", Permission::QualityRead, table_page::show)
}
