//! HTTP in, HTTP out: `/hold` and what is below it.

use domain::permission::Permission;

use super::{
    cancel_page, care_page, correct_page, guest_page, guest_session, list, new_team, offer_page, session_page,
    session_setting, setting_page, team_page, waiting_page,
};
use crate::web::Routes;

/// The pages of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/hold", Permission::TeamRead, list::show)
        .get("/hold/nyt", Permission::TeamWrite, new_team::show)
        .post("/hold/nyt", Permission::TeamWrite, new_team::save)
        .get("/hold/venteliste", Permission::TeamWrite, waiting_page::show)
        .post("/hold/venteliste", Permission::TeamWrite, waiting_page::save)
        .get("/hold/{id}", Permission::TeamRead, team_page::show)
        .get("/hold/{id}/rammer", Permission::TeamWrite, setting_page::show)
        .post("/hold/{id}/rammer", Permission::TeamWrite, setting_page::save)
        .post("/hold/{id}/pladser", Permission::TeamWrite, team_page::enrol)
        .post("/hold/{id}/frigiv", Permission::TeamWrite, team_page::leave)
        .post("/hold/{id}/tilbud", Permission::TeamWrite, offer_page::offer)
        .post("/hold/{id}/tilbud/{offer}", Permission::TeamWrite, offer_page::answer)
        .post("/hold/{id}/behov", Permission::TeamWrite, offer_page::need)
        .post("/hold/{id}/gange", Permission::TeamWrite, team_page::add_sessions)
        .get("/hold/{id}/gange/{session}", Permission::TeamRead, session_page::show)
        .post("/hold/{id}/gange/{session}", Permission::TeamWrite, session_page::save)
        .get("/hold/{id}/gange/{session}/form", Permission::TeamWrite, session_setting::show)
        .post("/hold/{id}/gange/{session}/form", Permission::TeamWrite, session_setting::save)
        .get("/hold/{id}/gange/{session}/aflys", Permission::TeamWrite, cancel_page::show)
        .post("/hold/{id}/gange/{session}/aflys", Permission::TeamWrite, cancel_page::save)
        .get("/hold/{id}/gange/{session}/opmaerksom", Permission::TeamRead, care_page::show)
        .post("/hold/{id}/gange/{session}/opmaerksom", Permission::TeamWrite, care_page::save)
        .get("/hold/{id}/gange/{session}/gaest", Permission::TeamWrite, guest_page::show)
        .post("/hold/{id}/gange/{session}/gaest", Permission::TeamWrite, guest_page::save)
        .get("/gaest", Permission::GuestSession, guest_session::list)
        .get("/gaest/{id}/{session}", Permission::GuestSession, guest_session::show)
        .post("/gaest/{id}/{session}", Permission::GuestSession, guest_session::save)
        .post("/hold/{id}/gange/{session}/ret", Permission::TeamWrite, correct_page::correct)
        .post("/hold/{id}/gange/{session}/paaroerende", Permission::TeamWrite, correct_page::relatives)
}
