//! The pages of a course: its picture with the details below, a contact's note, and its end.

mod acts;
mod call;
mod calls;
mod closing;
mod closing_form;
mod contact;
mod copy;
mod course;
mod lanes;
mod messages;
mod panels;
mod routes;
mod timeline;

pub(crate) use acts::times;
pub(crate) use messages::write_href;
pub use routes::routes;

use domain::ids::{CourseId, FollowUpId};

/// Where a follow-up is rung about.
pub(crate) fn call_href(follow_up: FollowUpId) -> String {
    format!("/opfoelgninger/{follow_up}")
}

/// The address of a course's page.
pub(crate) fn course_href(course: CourseId) -> String {
    format!("/forloeb/{course}")
}
