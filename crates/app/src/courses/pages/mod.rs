//! The pages of a course: its picture with the details below, a contact's note, and its end.

mod acts;
mod contact;
mod course;
mod lanes;
mod panels;
mod routes;
mod timeline;

pub use routes::routes;

use domain::ids::CourseId;

/// The address of a course's page.
pub(crate) fn course_href(course: CourseId) -> String {
    format!("/forloeb/{course}")
}
