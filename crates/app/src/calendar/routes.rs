//! HTTP in, HTTP out: `/kalender` and what is below it.

use domain::permission::Permission;

use super::{appointment, booking, evidence_page, invitation, staff_page, week};
use crate::web::Routes;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/kalender", Permission::CitizenRead, week::show)
        .get("/kalender/book/{id}", Permission::CourseWrite, booking::show)
        .post("/kalender/book/{id}", Permission::CourseWrite, booking::save)
        .get("/kalender/tider/{id}", Permission::CitizenRead, appointment::show)
        .get("/kalender/tider/{id}/flyt", Permission::CourseWrite, booking::show_move)
        .post("/kalender/tider/{id}/flyt", Permission::CourseWrite, booking::save_move)
        .post("/kalender/tider/{id}/aflys", Permission::CourseWrite, appointment::call_off)
        .post("/kalender/tider/{id}/behov", Permission::CourseWrite, appointment::need)
        .get("/kalender/tider/{id}/invitation", Permission::CitizenRead, invitation::show)
        .post("/kalender/tider/{id}/invitation", Permission::CourseWrite, invitation::sent)
        .get("/kalender/medarbejdere", Permission::StaffWrite, staff_page::list)
        .get("/kalender/medarbejdere/{id}", Permission::StaffWrite, staff_page::show)
        .post("/kalender/medarbejdere/{id}", Permission::StaffWrite, staff_page::save)
        .get("/kalender/medarbejdere/{id}/dokumentation", Permission::StaffWrite, evidence_page::show)
        .post("/kalender/medarbejdere/{id}/dokumentation", Permission::StaffWrite, evidence_page::save)
        .post("/kalender/medarbejdere/{id}/dokumentation/fjern", Permission::StaffWrite, evidence_page::remove)
}
