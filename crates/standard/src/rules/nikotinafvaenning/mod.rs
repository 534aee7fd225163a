//! Nikotinafvænning: cessation of tobacco and nicotine (standard, chapter 5).

mod content;
mod offer;
mod time;

use jiff::civil::Date;

use crate::facts::words::{Fsiii, InterventionStatus, TalkKind};
use crate::facts::{CourseFacts, Intervention, Nicotine, Talk};
use crate::rules::delivered::Delivered;

pub(super) use content::RULES as CONTENT;
pub(super) use offer::RULES as OFFER;
pub(super) use time::RULES as TIME;

/// The element that every course has to hold.
const MEDICINE: &str = "medicin og nedtrapning";

/// The nine elements of KS-5.2-01.
const ELEMENTS: [&str; 9] = [
    "stopdato",
    "afhængighed, abstinenser og proces",
    MEDICINE,
    "valideret test og evt. kulilte",
    "fastholdelse af motivation og stop",
    "risikosituationer, tilbagefald, stress, humør",
    "søvn, væske, åndedræt, fysisk aktivitet",
    "ernæring, blodsukker og vægt",
    "betydning for helbredet",
];

fn is_nicotine(of: &Intervention) -> bool {
    of.fsiii_code == Some(Fsiii::NikotinTobaksafvaenning)
}

/// What was recorded about the cessation.
fn record<'a>(course: &'a CourseFacts, intervention: &str) -> Option<&'a Nicotine> {
    course.nicotine_courses.iter().find(|one| one.intervention.as_deref() == Some(intervention))
}

/// The talk in which scope and format were agreed; one that was held goes before one that was not.
fn start_talk<'a>(course: &'a CourseFacts, of: &Intervention) -> Option<&'a Talk> {
    let about = |talk: &&Talk| match &talk.intervention {
        Some(intervention) => *intervention == of.id,
        None => talk.referral.is_some() && talk.referral == of.referral,
    };
    let talks = course.talks.iter().filter(|talk| talk.kind == Some(TalkKind::Opstartssamtale)).filter(about);
    talks.min_by_key(|talk| (talk.held_on.is_none(), talk.held_on))
}

/// The day of the first session.
fn first_session(had: &Delivered<'_>, of: &Intervention) -> Option<Date> {
    had.first_day().or(of.started_on)
}

/// Whether it has begun, although nobody wrote when.
fn began_some_day(of: &Intervention) -> bool {
    matches!(of.status, Some(InterventionStatus::Active | InterventionStatus::Paused | InterventionStatus::Completed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::STANDARD;

    #[test]
    fn the_elements_are_those_of_the_standard() {
        assert_eq!(STANDARD.requirement("KS-5.2-01").unwrap().elements, ELEMENTS);
    }
}
