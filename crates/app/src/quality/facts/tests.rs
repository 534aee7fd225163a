//! Results of instruments in a course.

use standard::facts::TestResult;

use super::CourseView;

/// The results of instruments in a course.
pub(super) const fn of(_: &CourseView<'_>) -> Vec<TestResult> {
    Vec::new()
}
