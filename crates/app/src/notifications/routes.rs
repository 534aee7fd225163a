//! HTTP in, HTTP out: the decision at `/forloeb/{id}/underretning`, the letter at `/underretninger/{id}`.

use domain::permission::Permission;

use super::{decide_page, letter_page};
use crate::web::Routes;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/forloeb/{id}/underretning", Permission::CitizenRead, decide_page::show)
        .post("/forloeb/{id}/underretning", Permission::CourseWrite, decide_page::save)
        .get("/underretninger/{id}", Permission::CitizenRead, letter_page::show)
        .post("/underretninger/{id}/sendt", Permission::CourseWrite, letter_page::sent)
}
