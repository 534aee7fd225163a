//! Requests: who asked, for what, and what became of it.

use std::collections::BTreeSet;

use domain::codes::RequestedArea;
use domain::referral::{DeclineReason, ReferralState, ReturnReason};
use domain::service_request::{Channel as OurChannel, FocusCode, Source as OurSource};
use domain::workdays::local_date;
use jiff::Timestamp;
use standard::facts::Referral;
use standard::facts::words::{Channel, ReferralOutcome, Source, TargetGroup};

use super::codes::said;
use super::{CourseView, PartnerCodes};
use crate::records::StoredRequest;

/// The requests that joined the course, in the order they came.
pub(super) fn of(view: &CourseView<'_>) -> Vec<Referral> {
    joined(view).map(|request| one(request, view.partners)).collect()
}

/// The same as they are kept.
pub(super) fn joined<'a>(view: &CourseView<'a>) -> impl Iterator<Item = &'a StoredRequest> {
    let course = view.course.id;
    let all = view.record.requests.iter().map(|it| &it.value);
    all.filter(move |it| matches!(it.request.state, ReferralState::Joined { course: to, .. } if to == course))
}

/// A request. What the referrer says of a new diagnosis, of habits and of special needs stands in the letter's words
/// only and is left out, as are network downtime and closed senders.
pub(super) fn one(stored: &StoredRequest, partners: &PartnerCodes) -> Referral {
    let request = &stored.request;
    let end = Ending::of(&request.state);
    Referral {
        id: request.id.to_string(),
        outcome_on: end.at.map(local_date),
        source: Some(source(request.source)),
        sender_unit: request.requester.map(|id| partners.code(id)),
        channel: Some(channel(stored)),
        received_on: Some(local_date(request.received_at)),
        reason_text: request.reason.as_deref().and_then(said),
        diagnoses: diagnoses(stored).map(str::to_owned).collect(),
        query_sent_on: request.asked_at.map(local_date),
        requested_area: requested_area(&request.areas).map(str::to_owned),
        target_group: target_group(stored),
        operation_on: request.operation_on,
        outcome: end.outcome,
        rejection_reason: end.rejected,
        decline_reason: end.declined.map(str::to_owned),
        ..Referral::default()
    }
}

const fn source(source: OurSource) -> Source {
    match source {
        OurSource::GeneralPractice => Source::GeneralPractice,
        OurSource::Specialist => Source::Specialist,
        OurSource::Hospital => Source::Hospital,
        OurSource::MunicipalDepartment => Source::MunicipalDepartment,
        OurSource::OtherMunicipality => Source::OtherMunicipality,
        OurSource::Citizen => Source::Citizen,
        OurSource::Relative => Source::Relative,
    }
}

/// By message it is an XREF15 when there is a letter.
const fn channel(stored: &StoredRequest) -> Channel {
    let request = &stored.request;
    match request.channel {
        OurChannel::Medcom if request.letter.is_some() => Channel::Xref15,
        OurChannel::Medcom => Channel::OtherMessage,
        OurChannel::Web => Channel::Web,
        OurChannel::Phone => Channel::Phone,
        OurChannel::WalkIn => Channel::WalkIn,
    }
}

/// Codes of the referral diagnoses that still hold.
fn diagnoses(stored: &StoredRequest) -> impl Iterator<Item = &str> {
    let standing = stored.focus.iter().filter(|it| it.active && !it.entered_in_error);
    standing.filter_map(|it| match &it.code {
        FocusCode::Sks(code) | FocusCode::Icpc(code) => Some(code.as_str()),
        FocusCode::Text => None,
    })
}

/// What is asked for. The standard has one area: nicotine or alcohol when that is all, else the first area named, and the
/// clarifying talk when that is among them.
fn requested_area(areas: &BTreeSet<RequestedArea>) -> Option<&'static str> {
    use RequestedArea as A;
    let beside = areas.iter().copied().filter(|area| !matches!(area, A::Nicotine | A::Alcohol));
    let area = if areas.contains(&A::ClarifyingTalk) { Some(A::ClarifyingTalk) } else { beside.min() };
    area.or_else(|| areas.first().copied()).map(|area| match area {
        A::ClarifyingTalk => "afklarende_samtale",
        A::DiseaseCoping => "sygdomsmestring",
        A::Nicotine => "nikotinafvaenning",
        A::PhysicalActivity => "fysisk_aktivitet",
        A::Nutrition => "ernaering",
        A::Alcohol => "alkohol",
    })
}

/// For whom: nicotine or alcohol when nothing else is asked for, else by whether a chronic disease is the ground; none
/// until somebody has read the letter.
pub(super) fn target_group(stored: &StoredRequest) -> Option<TargetGroup> {
    let areas = &stored.request.areas;
    let only = |area| areas.len() == 1 && areas.contains(&area);
    if only(RequestedArea::Nicotine) {
        return Some(TargetGroup::Nikotin);
    }
    if only(RequestedArea::Alcohol) {
        return Some(TargetGroup::Alkohol);
    }
    stored.request.chronic_disease.map(|chronic| if chronic { TargetGroup::Kronisk } else { TargetGroup::Risiko })
}

/// How a request ended.
#[derive(Debug, Default)]
struct Ending {
    outcome: Option<ReferralOutcome>,
    at: Option<Timestamp>,
    rejected: Option<String>,
    declined: Option<&'static str>,
}

impl Ending {
    /// A request whose place a newer one took counts as a duplicate: one of the two is followed. One that came to the
    /// wrong place is rejected.
    fn of(state: &ReferralState) -> Self {
        use ReferralOutcome as O;
        let ended = |outcome, at: Timestamp| Self { outcome: Some(outcome), at: Some(at), ..Self::default() };
        match state {
            ReferralState::Routed { at, .. } | ReferralState::Joined { at, .. } => ended(O::Accepted, *at),
            ReferralState::NeverReached { at } => ended(O::NeverReached, *at),
            ReferralState::Returned { at, reason } => {
                let rejected = match reason {
                    ReturnReason::LivesElsewhere => "other_municipality",
                    ReturnReason::NotForUs => "outside_target_group",
                };
                Self { rejected: Some(rejected.to_owned()), ..ended(O::Rejected, *at) }
            }
            ReferralState::Rejected { at, reason } => Self { rejected: said(reason), ..ended(O::Rejected, *at) },
            ReferralState::Declined { at, reason } => {
                Self { declined: Some(declined(*reason)), ..ended(O::Declined, *at) }
            }
            ReferralState::Duplicate { at, .. } | ReferralState::Replaced { at, .. } => ended(O::Duplicate, *at),
            ReferralState::Moved { at } => ended(O::Moved, *at),
            ReferralState::Dead { at } => ended(O::Dead, *at),
            ReferralState::Received
            | ReferralState::Checked { .. }
            | ReferralState::Contacting { .. }
            | ReferralState::Reached { .. }
            | ReferralState::Unreachable { .. }
            | ReferralState::EnteredInError { .. } => Self::default(),
        }
    }
}

const fn declined(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::NoNeed | DeclineReason::NotNow => "wants_nothing_now",
        DeclineReason::OtherIllness => "illness",
        DeclineReason::Transport => "transport",
        DeclineReason::WorkOrFamily => "work_or_family",
        DeclineReason::Elsewhere => "other_offer",
        DeclineReason::NotSaid => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_to_want_nothing_has_words_in_the_figures() {
        for reason in DeclineReason::ALL {
            let word = declined(*reason);
            assert!(indicators::counting::label(word).is_some(), "{word}");
        }
    }
}
