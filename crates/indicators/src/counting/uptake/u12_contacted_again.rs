//! U12: who stayed away and was contacted within `noshow_workdays`; and who gave up and was within `dropout_days` (KS-3.4-07,
//! KS-3.4-08).

use jiff::civil::Date;
use standard::LimitId;
use standard::facts::words::{AttendanceStatus, ContactPurpose, InterventionStatus};
use standard::facts::{Attendance, Contact, CourseFacts, Intervention};

use crate::counting::shared::{is_of, left_by, no_contact_by, tried_on};
use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(course: &'a CourseFacts, seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    let unit = |on, due: Date| {
        let out = no_contact_by(course, due) || left_by(course, due);
        Unit::of(course, on).except(out).when(seen.is_over(due))
    };
    let tried = |is: &dyn Fn(&Contact) -> bool, from: Date, due: Date| {
        let contacts = course.contacts.iter().filter(|one| is(one));
        contacts.filter_map(tried_on).any(|on| (from..=due).contains(&on))
    };
    for one in course.attendances.iter().filter(|one| one.status == Some(AttendanceStatus::NoShow)) {
        let Some(on) = one.date else { continue };
        let due = seen.at.workdays_after(on, LimitId::NoshowWorkdays);
        let contacted = tried(&|contact| is_about_no_show(contact, one), on, due);
        let intervention = course.interventions.iter().find(|other| is_of(one.intervention.as_ref(), other));
        let unit = unit(on, due).met(contacted);
        tell(intervention.map_or(unit, |intervention| unit.intervention(intervention)));
    }
    for one in course.interventions.iter().filter(|one| one.status == Some(InterventionStatus::Stopped)) {
        let Some(on) = one.stopped_on.or(one.ended_on) else { continue };
        let due = seen.at.days_after(on, LimitId::DropoutDays);
        let contacted = tried(&|contact| is_about_dropout(contact, one), on, due);
        tell(unit(on, due).part("dropout").intervention(one).met(contacted));
    }
}

fn is_about_no_show(contact: &Contact, missed: &Attendance) -> bool {
    match &contact.attendance {
        Some(id) => *id == missed.id,
        None => contact.purpose == Some(ContactPurpose::NoShow),
    }
}

fn is_about_dropout(contact: &Contact, of: &Intervention) -> bool {
    contact.purpose == Some(ContactPurpose::Dropout) && is_of(contact.intervention.as_ref(), of)
}
