//! HTTP in, HTTP out: `/indberetning` and what is below it.

use domain::permission::Permission;

use super::reports;
use crate::web::Routes;

/// The routes of this capability. One name stands for a day and for a report: both are read in the same place.
pub fn routes() -> Routes {
    Routes::new()
        .get("/indberetning", Permission::Report, reports::days)
        .post("/indberetning/dan", Permission::Report, reports::build)
        .get("/indberetning/{noegle}", Permission::Report, reports::day)
        .get("/indberetning/{noegle}/hent", Permission::Report, reports::all_of_day)
        .get("/indberetning/{noegle}/bundle", Permission::Report, reports::bundle)
        .post("/indberetning/{noegle}/igen", Permission::Report, reports::again)
}
