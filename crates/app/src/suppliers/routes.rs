//! HTTP in, HTTP out: `/leverandoerer` for staff, `/indsatser/{id}/leverandoer` for who gives, `/leverandoer` for suppliers.

use domain::permission::Permission;

use super::{agreement_page, given_page, list, own_list, own_page, own_test};
use crate::web::Routes;

/// The pages of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/leverandoerer", Permission::OfferRead, list::show)
        .get("/leverandoerer/ny", Permission::OfferWrite, agreement_page::new)
        .post("/leverandoerer/ny", Permission::OfferWrite, agreement_page::add)
        .get("/leverandoerer/{id}", Permission::OfferRead, agreement_page::show)
        .post("/leverandoerer/{id}", Permission::OfferWrite, agreement_page::save)
        .post("/leverandoerer/{id}/brugere", Permission::Administer, agreement_page::add_user)
        .post("/leverandoerer/{id}/brugere/luk", Permission::OfferWrite, agreement_page::close_user)
        .get("/indsatser/{id}/leverandoer", Permission::CitizenRead, given_page::show)
        .post("/indsatser/{id}/leverandoer", Permission::CourseWrite, given_page::give)
        .post("/indsatser/{id}/leverandoer/tag-tilbage", Permission::CourseWrite, given_page::take_back)
        .post("/indsatser/{id}/leverandoer/laest", Permission::CourseWrite, given_page::read)
        .post("/indsatser/{id}/leverandoer/til-side", Permission::OverrideBlocker, given_page::set_aside)
        .get("/leverandoer", Permission::SupplierOwn, own_list::show)
        .get("/leverandoer/{id}", Permission::SupplierOwn, own_page::show)
        .post("/leverandoer/{id}/kontakt", Permission::SupplierOwn, own_page::contact)
        .post("/leverandoer/{id}/indhold", Permission::SupplierOwn, own_page::tick)
        .post("/leverandoer/{id}/slut", Permission::SupplierOwn, own_page::finish)
        .get("/leverandoer/{id}/maaling/{redskab}", Permission::SupplierOwn, own_test::show)
        .post("/leverandoer/{id}/maaling/{redskab}", Permission::SupplierOwn, own_test::save)
}
