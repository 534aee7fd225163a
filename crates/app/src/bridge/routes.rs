//! HTTP in, HTTP out: `/foreninger`, `/brobygning`, the citizen's `/forening`, and the association's own link.

use domain::permission::Permission;

use super::{activity_page, bridge_page, card, directory, edit, gaps, matching, own_entry, reminders};
use crate::web::Routes;

/// The largest form that somebody without a log-in may send, in bytes: every field at its longest, twice over.
const OWN_ENTRY_LIMIT: usize = 16 * 1024;

/// The pages of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/foreninger", Permission::TeamRead, directory::show)
        .get("/foreninger/ny", Permission::TeamWrite, edit::new)
        .post("/foreninger/ny", Permission::TeamWrite, edit::add)
        .get("/foreninger/mangler", Permission::TeamRead, gaps::show)
        .post("/foreninger/paamindelser", Permission::TeamWrite, reminders::all)
        .get("/foreninger/{id}", Permission::TeamRead, activity_page::show)
        .get("/foreninger/{id}/ret", Permission::TeamWrite, edit::show)
        .post("/foreninger/{id}/ret", Permission::TeamWrite, edit::save)
        .post("/foreninger/{id}/status", Permission::TeamWrite, activity_page::status)
        .post("/foreninger/{id}/paamindelse", Permission::TeamWrite, reminders::one)
        .get("/forening/{token}", Permission::Public, own_entry::show)
        .post_up_to(OWN_ENTRY_LIMIT, "/forening/{token}", Permission::Public, own_entry::save)
        .get("/borgere/{id}/forening", Permission::CitizenRead, matching::show)
        .post("/borgere/{id}/forening", Permission::CourseWrite, matching::agree)
        .post("/borgere/{id}/forening/mangler", Permission::CourseWrite, matching::gap)
        .get("/brobygning/{id}", Permission::CitizenRead, bridge_page::show)
        .post("/brobygning/{id}/svar", Permission::CourseWrite, bridge_page::result)
        .post("/brobygning/{id}/foelge", Permission::CourseWrite, bridge_page::escort)
        .post("/brobygning/{id}/foelge/svar", Permission::CourseWrite, bridge_page::escort_answer)
        .get("/brobygning/{id}/kort", Permission::CitizenRead, card::show)
}
