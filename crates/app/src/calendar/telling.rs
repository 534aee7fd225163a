//! What a citizen is told when a time is booked, moved or called off.

use domain::calendar::Appointment;
use domain::notice::NoticeKind;
use domain::organization::ManagingOrganization;
use domain::workdays::local_date;
use jiff::Timestamp;
use store::Tx;

use super::invitation::short_values;
use crate::layout::{capitalised, dates};
use crate::notices::{Telling, tell};
use crate::records::CitizenRecord;
use crate::{AppError, letters};

/// The citizen gets a short message about the time. By letter or telephone it is the task above that tells them.
pub(super) fn confirm(
    tx: &mut Tx<'_>,
    home: &ManagingOrganization,
    record: &CitizenRecord,
    time: &Appointment,
    now: Timestamp,
) -> Result<(), AppError> {
    let mut values = short_values(time, now);
    // The day begins the sentence.
    values.insert("dag", capitalised(&dates::long_day(local_date(time.start), local_date(now))));
    let telling = Telling {
        kind: NoticeKind::Confirmed,
        letter: &letters::INVITATION,
        subject: time.id.0,
        course: Some(time.course),
        event_at: Some(time.start),
        values,
        home,
    };
    tell(tx, record, telling)
}

/// The citizen is told that a time ahead is called off, and whether there will be another.
pub(super) fn called_off(
    tx: &mut Tx<'_>,
    home: &ManagingOrganization,
    record: &CitizenRecord,
    time: &Appointment,
    again: bool,
    now: Timestamp,
) -> Result<(), AppError> {
    if time.start <= now {
        return Ok(());
    }
    let mut values = short_values(time, now);
    values.insert("hvad", "Din tid hos os".to_owned());
    values.insert("derefter", if again { "Vi finder en ny tid til dig.".to_owned() } else { String::new() });
    let (kind, letter, course) = (NoticeKind::TimeOff, &letters::CALLED_OFF, Some(time.course));
    tell(tx, record, Telling { kind, letter, subject: time.id.0, course, event_at: Some(time.start), values, home })
}
