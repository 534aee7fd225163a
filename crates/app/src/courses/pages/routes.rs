//! HTTP in, HTTP out: `/forloeb` and `/kontakter`.

use domain::permission::Permission;

use super::{acts, call, calls, closing, contact, copy, course, messages};
use crate::web::Routes;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/forloeb/{id}", Permission::CitizenRead, course::show)
        .post("/forloeb/{id}/kontakt", Permission::CourseWrite, acts::contact)
        .post("/forloeb/{id}/indsats", Permission::CourseWrite, acts::intervention)
        .post("/forloeb/{id}/maal", Permission::CourseWrite, acts::goal)
        .post("/forloeb/{id}/samtykke", Permission::CourseWrite, acts::consent)
        .post("/forloeb/{id}/opfoelgning", Permission::CourseWrite, acts::follow_up)
        .post("/forloeb/{id}/afbryd", Permission::CourseWrite, acts::withdrawal)
        .get("/forloeb/{id}/afslut", Permission::CourseWrite, closing::show)
        .post("/forloeb/{id}/afslut", Permission::CourseWrite, closing::act)
        .get("/forloeb/{id}/beskeder", Permission::CitizenRead, messages::show)
        .post("/forloeb/{id}/beskeder", Permission::CourseWrite, messages::act)
        .get("/forloeb/{id}/kopi", Permission::CitizenRead, copy::show)
        .get("/opfoelgninger", Permission::CitizenRead, calls::show)
        .get("/opfoelgninger/{id}", Permission::CitizenRead, call::show)
        .post("/opfoelgninger/{id}", Permission::CourseWrite, call::save)
        .post("/opfoelgninger/{id}/stopbasen", Permission::CourseWrite, call::save_attempt)
        .get("/kontakter/{id}", Permission::CitizenRead, contact::show)
        .post("/kontakter/{id}", Permission::CourseWrite, contact::save)
}
