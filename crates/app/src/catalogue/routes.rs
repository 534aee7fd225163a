//! HTTP in, HTTP out: `/katalog` for staff, `/tilbud/{kommune}` for everybody.

use domain::permission::Permission;

use super::{edit, gaps, list, offer_page, public, sheet_page};
use crate::web::Routes;

/// The pages of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/katalog", Permission::OfferRead, list::show)
        .get("/katalog/nyt", Permission::OfferWrite, edit::new)
        .post("/katalog/nyt", Permission::OfferWrite, edit::create)
        .get("/katalog/kompetencer", Permission::OfferWrite, gaps::show)
        .get("/katalog/{id}", Permission::OfferRead, offer_page::show)
        .get("/katalog/{id}/ret", Permission::OfferWrite, edit::show)
        .post("/katalog/{id}/ret", Permission::OfferWrite, edit::save)
        .post("/katalog/{id}/udgiv", Permission::OfferWrite, offer_page::publish)
        .post("/katalog/{id}/traek-tilbage", Permission::OfferWrite, offer_page::withdraw)
        .post("/katalog/{id}/gennemgaaet", Permission::OfferWrite, offer_page::review)
        .post("/katalog/{id}/hold", Permission::TeamWrite, offer_page::link_team)
        .get("/katalog/{id}/soft", Permission::OfferRead, sheet_page::show)
        .post("/katalog/{id}/soft", Permission::OfferWrite, sheet_page::copied)
        .get("/katalog/{id}/html/hent", Permission::OfferRead, sheet_page::html)
        .get("/katalog/{id}/json/hent", Permission::OfferRead, sheet_page::json)
        .open("/tilbud/{kommune}", public::list)
        .open("/tilbud/{kommune}/{id}", public::offer)
}
