//! The course in the API: talks, interventions, contacts, conditions, goals, closing, the note to the referrer, follow-up.

mod closing;
mod messages;
mod plans;
mod said;

use utoipa::OpenApi;

use crate::web::Routes;

/// Its part of the description.
pub fn document() -> utoipa::openapi::OpenApi {
    closing::Closing::openapi()
        .merge_from(messages::Messages::openapi())
        .merge_from(plans::Plans::openapi())
        .merge_from(said::Said::openapi())
}

/// The routes of courses.
pub fn routes() -> Routes {
    Routes::new().merge(said::routes()).merge(plans::routes()).merge(closing::routes()).merge(messages::routes())
}
