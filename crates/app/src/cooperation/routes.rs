//! HTTP in, HTTP out: `/samarbejde` and what is below it.

use domain::permission::Permission;

use super::{
    estimates_page, list_page, meeting_form, meeting_page, news_form, news_page, notes_page, practices_page, sheet_page,
};
use crate::web::Routes;

/// The pages of this capability.
pub fn routes() -> Routes {
    const MAY: Permission = Permission::Cooperation;
    Routes::new()
        .get("/samarbejde", MAY, list_page::show)
        .get("/samarbejde/moeder/nyt", MAY, meeting_form::new)
        .post("/samarbejde/moeder/nyt", MAY, meeting_form::add)
        .get("/samarbejde/moeder/{id}", MAY, meeting_page::show)
        .get("/samarbejde/moeder/{id}/ret", MAY, meeting_form::edit)
        .post("/samarbejde/moeder/{id}/ret", MAY, meeting_form::save)
        .post("/samarbejde/moeder/{id}/stryg", MAY, meeting_page::strike)
        .post("/samarbejde/moeder/{id}/aftaler", MAY, meeting_page::agree)
        .post("/samarbejde/moeder/{id}/aftaler/{aftale}", MAY, meeting_page::correct)
        .post("/samarbejde/moeder/{id}/aftaler/{aftale}/udfoert", MAY, meeting_page::done)
        .post("/samarbejde/moeder/{id}/aftaler/{aftale}/ikke-udfoert", MAY, meeting_page::not_done)
        .post("/samarbejde/moeder/{id}/aftaler/{aftale}/stryg", MAY, meeting_page::strike_agreed)
        .get("/samarbejde/praksis", MAY, practices_page::show)
        .get("/samarbejde/praksis/{id}", MAY, sheet_page::show)
        .get("/samarbejde/praksis/{id}/hent/xlsx", MAY, sheet_page::file)
        .get("/samarbejde/noter", MAY, notes_page::list)
        .post("/samarbejde/noter", MAY, notes_page::add)
        .get("/samarbejde/noter/{id}", MAY, notes_page::show)
        .post("/samarbejde/noter/{id}", MAY, notes_page::save)
        .post("/samarbejde/noter/{id}/stryg", MAY, notes_page::strike)
        .get("/samarbejde/nyheder", MAY, news_page::list)
        .get("/samarbejde/nyheder/ny", MAY, news_form::new)
        .post("/samarbejde/nyheder/ny", MAY, news_form::add)
        .get("/samarbejde/nyheder/{id}", MAY, news_page::show)
        .get("/samarbejde/nyheder/{id}/ret", MAY, news_form::edit)
        .post("/samarbejde/nyheder/{id}/ret", MAY, news_form::save)
        .post("/samarbejde/nyheder/{id}/sendt", MAY, news_page::sent)
        .post("/samarbejde/nyheder/{id}/sendt/{praksis}/ikke", MAY, news_page::not_sent)
        .post("/samarbejde/nyheder/{id}/stryg", MAY, news_page::strike)
        .get("/samarbejde/skoen", MAY, estimates_page::show)
        .post("/samarbejde/skoen", MAY, estimates_page::set)
        .post("/samarbejde/skoen/fil", MAY, estimates_page::import)
        .post("/samarbejde/skoen/{id}/stryg", MAY, estimates_page::strike)
}
