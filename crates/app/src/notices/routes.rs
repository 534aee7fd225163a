//! HTTP in, HTTP out: `/beskedliste`.

use domain::permission::Permission;

use super::{letter, list};
use crate::web::Routes;

/// The pages of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/beskedliste", Permission::CitizenRead, list::show)
        .get("/beskedliste/{id}/brev", Permission::CitizenRead, letter::show)
        .post("/beskedliste/{id}/givet", Permission::CitizenWrite, list::given)
        .post("/beskedliste/{id}/fortryd", Permission::CitizenWrite, list::not_given)
}
