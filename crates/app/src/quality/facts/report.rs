//! What is reported to FK-Gateway.

use domain::workdays::local_date;
use standard::facts::Report;

use super::CourseView;

/// The days of the course with something to report, each with its newest report. A report is about a citizen's day: it
/// belongs to the course that ran then, and names no intervention. Nothing is reported of somebody without a CPR number.
pub(super) fn of(view: &CourseView<'_>) -> Vec<Report> {
    if !view.record.citizen.value.reportable() {
        return Vec::new();
    }
    let from = view.course.opened_on;
    let until = view.course.state.closed_at().map(local_date);
    let mine = view.kept.reports.iter().filter(|it| it.day >= from && until.is_none_or(|until| it.day <= until));
    mine.map(|it| Report {
        event_on: Some(it.day),
        sent_on: it.sent_at.map(local_date),
        accepted: it.accepted,
        error: it.error.clone(),
        ..Report::default()
    })
    .collect()
}
