//! HTTP in, HTTP out: `/lighed` and its files.

use domain::permission::Permission;

use super::{export, page};
use crate::web::Routes;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new().get("/lighed", Permission::QualityRead, page::show).get(
        "/lighed/hent/{slags}",
        Permission::QualityRead,
        export::fetch,
    )
}
