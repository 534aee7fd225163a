//! Digital courses: an intervention delivered by an offer that is digital, with a start talk, feedback and an end talk. The
//! rules are in [`domain::digital_course`]; content, tests and safety are those of the intervention, as for any other.

mod commands;
mod page;
mod routes;

pub(crate) use page::standing;
pub use routes::routes;

use domain::ids::PlannedInterventionId;

/// Where the digital course of an intervention stands.
pub(crate) fn digital_href(id: PlannedInterventionId) -> String {
    format!("/indsatser/{id}/digitalt")
}
