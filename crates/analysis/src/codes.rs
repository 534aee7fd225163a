//! The vocabularies of code columns: each word with what people read. They are the domain's own, so that a page, the data
//! dictionary and an answer call a thing the same.

use domain::care_plan::PlanStatus;
use domain::codes::{ConditionCode, DeliveryType, EncounterClass, InterventionCode, StopReason};
use domain::course::{BeforePause, CourseState};
use domain::encounter::{AbsenceReason, EncounterStatus};
use domain::ids::{CourseId, ServiceRequestId};
use domain::referral::{DeclineReason, FirstStep, ReferralState, ReturnReason};
use domain::response::{Mode, Phase, ResponseStatus};
use domain::service_request::{Channel, Source};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

/// What is shown where nothing is recorded: counted, never dropped.
pub const UNKNOWN: &str = "Ikke oplyst";

/// A word and what people read.
pub type Word = (&'static str, &'static str);

macro_rules! all {
    ($($type:ty),+) => { [$(<$type>::ALL.iter().map(|one| (one.word(), one.label())).collect::<Vec<Word>>()),+].concat() };
}

/// The words of a vocabulary; none when there is no such vocabulary.
pub fn words(codes: &str) -> Option<Vec<Word>> {
    Some(match codes {
        "sex" => vec![("female", "Kvinde"), ("male", "Mand")],
        "age_band" => vec![
            ("under_18", "Under 18 år"),
            ("18-39", "18-39 år"),
            ("40-49", "40-49 år"),
            ("50-59", "50-59 år"),
            ("60-69", "60-69 år"),
            ("70-79", "70-79 år"),
            ("80+", "80 år og derover"),
        ],
        "source" => all!(Source),
        "channel" => all!(Channel),
        "referral_state" => referral_states(),
        "course_state" => course_states(),
        "plan_state" => plan_states(),
        "intervention" => all!(InterventionCode),
        "delivery" => all!(DeliveryType),
        "stop_reason" => all!(StopReason),
        "encounter_class" => all!(EncounterClass),
        "encounter_state" => all!(EncounterStatus),
        "absence" => all!(AbsenceReason),
        "instrument" => instruments(),
        "phase" => all!(Phase),
        "mode" => all!(Mode),
        "response_state" => all!(ResponseStatus),
        "condition" => all!(ConditionCode),
        _ => return None,
    })
}

/// What people read of a word. One that is not known, as that of an instrument that a municipality loaded, is shown as it is.
pub fn label(codes: &str, word: &str) -> String {
    let known = words(codes).and_then(|all| all.into_iter().find(|(own, _)| *own == word));
    known.map_or_else(|| word.to_owned(), |(_, label)| label.to_owned())
}

fn instruments() -> Vec<Word> {
    let mut all: Vec<Word> = instruments::CATALOGUE.iter().map(|one| (one.id.as_str(), one.name.as_str())).collect();
    all.dedup_by_key(|(id, _)| *id);
    all
}

// The states below carry what is known in them; only their words are asked for. What was registered wrongly is in no view.

fn referral_states() -> Vec<Word> {
    let (at, on, of) = (Timestamp::UNIX_EPOCH, Date::ZERO, ServiceRequestId(Uuid::nil()));
    let all = [
        ReferralState::Received,
        ReferralState::Checked { at },
        ReferralState::Contacting { attempts: 0, last_at: at },
        ReferralState::Reached { at },
        ReferralState::Unreachable { letter_on: on, open_until: on },
        ReferralState::Routed { at, step: FirstStep::ALL[0] },
        ReferralState::Joined { at, course: CourseId(Uuid::nil()) },
        ReferralState::NeverReached { at },
        ReferralState::Returned { at, reason: ReturnReason::ALL[0] },
        ReferralState::Rejected { at, reason: String::new() },
        ReferralState::Declined { at, reason: DeclineReason::ALL[0] },
        ReferralState::Duplicate { at, of },
        ReferralState::Replaced { at, by: of },
        ReferralState::Moved { at },
        ReferralState::Dead { at },
    ];
    all.iter().map(|one| (one.word(), one.label())).collect()
}

fn course_states() -> Vec<Word> {
    let (at, on) = (Timestamp::UNIX_EPOCH, Date::ZERO);
    let paused =
        CourseState::Paused { since: on, expected_end: None, reason: String::new(), before: BeforePause::Active };
    let all = [
        CourseState::Intake,
        CourseState::Clarifying,
        CourseState::Planned,
        CourseState::Active,
        paused,
        CourseState::Closing { since: on },
        CourseState::Closed { at },
        CourseState::Withdrawn { at },
        CourseState::Transferred { at },
        CourseState::Dead { at },
        CourseState::Archived { at },
    ];
    all.iter().map(|one| (one.word(), one.label())).collect()
}

fn plan_states() -> Vec<Word> {
    let (on, reason) = (Date::ZERO, StopReason::ALL[0]);
    let all = [
        PlanStatus::Granted,
        PlanStatus::Active { started_on: on },
        PlanStatus::Paused { started_on: None, since: on },
        PlanStatus::Completed { ended_on: on },
        PlanStatus::Cancelled { ended_on: on, reason },
        PlanStatus::Stopped { ended_on: on, reason },
    ];
    all.iter().map(|one| (one.word(), one.label())).collect()
}
