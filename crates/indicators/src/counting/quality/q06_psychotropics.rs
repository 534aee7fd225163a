//! Q06: smokers in cessation with psychotropic medicine and a stop date whose doctor was contacted before it (KS-5.4-01).

use standard::facts::words::Fsiii;
use standard::facts::{CourseFacts, Ternary};

use crate::counting::shared::{interventions, is_of};
use crate::counting::{Seen, Tell, Unit};

/// Products that are smoked.
const SMOKED: [&str; 4] = ["cigaretter", "pibe", "cerutter", "vandpibe"];

pub(super) fn count<'a>(course: &'a CourseFacts, _: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for one in interventions(course, Fsiii::NikotinTobaksafvaenning) {
        let record = course.nicotine_courses.iter().find(|record| is_of(record.intervention.as_ref(), one));
        let Some((record, on)) = record.and_then(|record| Some((record, record.stop_date?))) else { continue };
        let smokes = record.products.iter().any(|product| SMOKED.contains(&product.kind.as_str()));
        let medicine = record.psychotropics.and_then(Ternary::known);
        if !smokes || medicine == Some(false) {
            continue;
        }
        let before = record.doctor_contact_on.is_some_and(|day| day < on);
        tell(Unit::of(course, on).intervention(one).needs(medicine.is_some()).met(before));
    }
}
