//! What indicators share: who is handled, who left, which referral an intervention answers, when something was tried.

use jiff::civil::Date;
use standard::Context;
use standard::facts::words::{
    Area, AttendanceStatus, CourseStatus, Fsiii, InterventionStatus, ReferralOutcome, Source, TalkKind,
};
use standard::facts::{Contact, CourseFacts, Group, Intervention, Referral, Session, Talk};
use standard::rules::{end, requested};

/// What stands for a fact that was not recorded.
pub const NOT_STATED: &str = "not_stated";

/// Referrals with the day they were received; one without a day belongs to no period.
pub(super) fn received(course: &CourseFacts) -> impl Iterator<Item = (&Referral, Date)> {
    course.referrals.iter().filter_map(|one| Some((one, one.received_on?)))
}

/// A repetition of an open referral.
pub(super) fn is_duplicate(referral: &Referral) -> bool {
    referral.outcome == Some(ReferralOutcome::Duplicate)
}

/// Turned away before anybody was owed anything.
pub(super) fn is_rejected(referral: &Referral) -> bool {
    referral.outcome == Some(ReferralOutcome::Rejected)
}

/// By a doctor or a hospital; none when nobody wrote who refers.
pub(super) fn by_doctor(referral: &Referral) -> Option<bool> {
    let source = referral.source?;
    Some(matches!(source, Source::GeneralPractice | Source::Specialist | Source::Hospital))
}

/// By the citizen or a relative.
pub(super) fn is_self_referred(referral: &Referral) -> bool {
    matches!(referral.source, Some(Source::Citizen | Source::Relative))
}

/// Asks for nicotine cessation or a talk about alcohol and nothing else.
pub(super) fn is_direct(referral: &Referral, at: &Context<'_>) -> bool {
    matches!(requested(referral, at), Some(Area::Nikotinafvaenning | Area::Alkohol))
}

/// Whether every request of a course, or without one its target, is nicotine or alcohol only.
pub(super) fn is_direct_course(course: &CourseFacts, at: &Context<'_>) -> bool {
    !course.referrals.is_empty() && course.referrals.iter().all(|one| is_direct(one, at))
}

/// Died or moved away by a day.
pub(super) fn left_by(course: &CourseFacts, day: Date) -> bool {
    let citizen = course.citizen.as_ref();
    citizen.is_some_and(|one| [one.dead_on, one.moved_on].into_iter().flatten().any(|on| on <= day))
}

/// Died or moved away by a day, or the referral ended so.
pub(super) fn referral_left_by(course: &CourseFacts, referral: &Referral, day: Date) -> bool {
    let ended = matches!(referral.outcome, Some(ReferralOutcome::Dead | ReferralOutcome::Moved));
    left_by(course, day) || (ended && referral.outcome_on.is_none_or(|on| on <= day))
}

/// Died by a day, or nobody knows when.
pub(super) fn dead_by(course: &CourseFacts, day: Date) -> bool {
    let on = course.citizen.as_ref().and_then(|one| one.dead_on);
    on.map_or(course.status == Some(CourseStatus::Dead), |on| on <= day)
}

/// Asked by a day not to be contacted.
pub(super) fn no_contact_by(course: &CourseFacts, day: Date) -> bool {
    course.citizen.as_ref().and_then(|one| one.no_contact_on).is_some_and(|on| on <= day)
}

/// The day of an attempt or of a contact.
pub(super) fn tried_on(contact: &Contact) -> Option<Date> {
    contact.attempted_on.or(contact.date)
}

/// Contacts about a referral, or about none in particular, from its reception on.
pub(super) fn contacts<'a>(
    course: &'a CourseFacts,
    referral: &'a Referral,
) -> impl Iterator<Item = (&'a Contact, Date)> {
    let about = |one: &&Contact| match &one.referral {
        Some(id) => *id == referral.id,
        None => one.intervention.is_none() && one.attendance.is_none(),
    };
    let dated = course.contacts.iter().filter(about).filter_map(|one| Some((one, tried_on(one)?)));
    dated.filter(|(_, on)| referral.received_on.is_none_or(|received| *on >= received))
}

/// Talks of a kind that answer a referral; one that names none answers any.
pub(super) fn talks<'a>(course: &'a CourseFacts, of: &'a Referral, kind: TalkKind) -> impl Iterator<Item = &'a Talk> {
    let about = |one: &&Talk| one.referral.as_ref().is_none_or(|id| *id == of.id);
    course.talks.iter().filter(move |one| one.kind == Some(kind)).filter(about)
}

/// The referral that an intervention answers: the one it names, else the only one or the first.
pub(super) fn referral_of<'a>(course: &'a CourseFacts, intervention: &Intervention) -> Option<&'a Referral> {
    let named = course.referrals.iter().find(|one| intervention.referral.as_ref() == Some(&one.id));
    named.or_else(|| course.referrals.iter().filter(|one| !is_duplicate(one)).min_by_key(|one| one.received_on))
}

/// The day the request for an intervention was received.
pub(super) fn reception(course: &CourseFacts, intervention: &Intervention) -> Option<Date> {
    let named = course.referrals.iter().find(|one| intervention.referral.as_ref() == Some(&one.id));
    named.and_then(|one| one.received_on).or(course.started_on)
}

/// Interventions of a kind.
pub(super) fn interventions(course: &CourseFacts, code: Fsiii) -> impl Iterator<Item = &Intervention> {
    course.interventions.iter().filter(move |one| one.fsiii_code == Some(code))
}

/// Completed, with the day.
pub(super) fn completed_on(intervention: &Intervention) -> Option<Date> {
    end(intervention).filter(|_| intervention.status == Some(InterventionStatus::Completed))
}

/// Stopped or cancelled.
pub(super) fn is_given_up(intervention: &Intervention) -> bool {
    matches!(intervention.status, Some(InterventionStatus::Stopped | InterventionStatus::Cancelled))
}

/// The day a course closed in which something was completed.
pub(super) fn closed_completed(course: &CourseFacts) -> Option<Date> {
    let through = course.interventions.iter().any(|one| one.status == Some(InterventionStatus::Completed));
    course.closed_on.filter(|_| through && course.status == Some(CourseStatus::Closed))
}

/// Whether a record names an intervention.
pub(super) fn is_of(link: Option<&String>, intervention: &Intervention) -> bool {
    link == Some(&intervention.id)
}

/// Whether a record names an intervention or none in particular.
pub(super) fn is_about(link: Option<&String>, intervention: &Intervention) -> bool {
    link.is_none_or(|id| *id == intervention.id)
}

/// The talk that opens a stop course.
pub(super) fn start_talk<'a>(course: &'a CourseFacts, of: &Intervention) -> Option<(&'a Talk, Date)> {
    let opens = |one: &&Talk| one.kind == Some(TalkKind::Opstartssamtale) && is_about(one.intervention.as_ref(), of);
    course.talks.iter().filter(opens).filter_map(|one| Some((one, one.held_on?))).min_by_key(|(_, on)| *on)
}

/// Came.
pub(super) const fn came(status: Option<AttendanceStatus>) -> bool {
    matches!(status, Some(AttendanceStatus::Present | AttendanceStatus::Late))
}

/// The session of an attendance, in the course or in a group.
pub(super) fn session_of<'a>(
    course: &'a CourseFacts,
    id: Option<&String>,
    at: &'a Context<'a>,
) -> Option<(&'a Session, Option<&'a Group>)> {
    let id = id?;
    let own = course.sessions.iter().find(|one| one.id == *id).map(|one| (one, None));
    own.or_else(|| at.municipality.session(id).map(|(group, session)| (session, Some(group))))
}

/// The offer of an intervention.
pub(super) fn offer_of<'a>(of: &Intervention, at: &'a Context<'a>) -> Option<&'a standard::facts::Offer> {
    at.municipality.offer(of.offer.as_deref()?)
}

/// Number of some things, never more than a count holds.
pub(super) fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
