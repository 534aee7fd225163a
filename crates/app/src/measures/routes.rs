//! HTTP in, HTTP out: measures below `/borgere/{id}`, a response by its own address, the class grid, and `/svar`, which
//! anybody may open and which shows nothing without the word of a screen that was handed over.

use domain::permission::Permission;

use super::{correct, fill, grid_page, list, progress, result, setup, tablet_page};
use crate::web::Routes;

/// The pages of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/borgere/{id}/maalinger", Permission::CitizenRead, list::show)
        .get("/borgere/{id}/maalinger/fremgang", Permission::CitizenRead, progress::show)
        .get("/borgere/{id}/maalinger/ny/{redskab}", Permission::CitizenWrite, fill::show)
        .post("/borgere/{id}/maalinger/ny/{redskab}", Permission::CitizenWrite, fill::save)
        .post("/borgere/{id}/maalinger/ny/{redskab}/tablet", Permission::CitizenWrite, tablet_page::hand_over)
        .get("/maalinger/{id}", Permission::CitizenRead, result::show)
        .post("/maalinger/{id}/oplysninger", Permission::CitizenWrite, result::save_facts)
        .post("/maalinger/{id}/beslutning", Permission::CitizenWrite, result::save_decision)
        .get("/maalinger/{id}/ret", Permission::CitizenWrite, correct::show)
        .post("/maalinger/{id}/ret", Permission::CitizenWrite, correct::save)
        .get("/hold/{id}/gange/{session}/maalinger", Permission::TeamRead, grid_page::show)
        .post("/hold/{id}/gange/{session}/maalinger", Permission::TeamWrite, grid_page::save)
        .get("/svar", Permission::Public, tablet_page::show)
        .post("/svar", Permission::Public, tablet_page::answer)
        .post("/svar/faerdig", Permission::Public, tablet_page::finish)
        .get("/administration/redskaber", Permission::SetUp, setup::show)
        .post("/administration/redskaber", Permission::Administer, setup::save)
        .post("/administration/redskaber/fil", Permission::Administer, setup::load)
}
