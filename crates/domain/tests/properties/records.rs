//! Every record type with random values: written as JSON and read back it is the same.

mod bridge;
mod course;
mod people;
mod requests;
mod together;

pub use bridge::{activity, bridge, wish};
pub use course::{attendance, empty_team, follow_up, follow_up_state};
pub use people::{citizen, consent};
pub use requests::request;

use std::fmt::Debug;

use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

fn same_after_writing<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) -> Result<(), TestCaseError> {
    let text = serde_json::to_string(value).unwrap();
    let read: T = serde_json::from_str(&text).map_err(|e| TestCaseError::fail(format!("{e} in {text}")))?;
    prop_assert_eq!(&read, value);
    Ok(())
}

proptest! {
    #[test]
    fn a_citizen_reads_back(value in people::citizen()) {
        same_after_writing(&value)?;
    }

    #[test]
    fn an_organization_reads_back(value in people::organization()) {
        same_after_writing(&value)?;
    }

    #[test]
    fn a_managing_organization_reads_back(value in people::managing_organization()) {
        same_after_writing(&value)?;
    }

    #[test]
    fn a_request_reads_back(value in requests::request()) {
        same_after_writing(&value)?;
    }

    #[test]
    fn a_referral_diagnosis_reads_back(value in requests::focus_condition()) {
        same_after_writing(&value)?;
    }

    #[test]
    fn a_contact_attempt_reads_back(value in requests::contact_attempt()) {
        same_after_writing(&value)?;
    }

    #[test]
    fn a_task_reads_back(value in requests::task()) {
        same_after_writing(&value)?;
    }

    #[test]
    fn a_consent_and_what_a_message_rests_on_read_back(consent in people::consent(), basis in people::basis()) {
        same_after_writing(&consent)?;
        same_after_writing(&basis)?;
    }

    #[test]
    fn a_course_reads_back(value in course::course()) {
        same_after_writing(&value)?;
    }

    #[test]
    fn talk_notes_read_back(value in course::talk_notes()) {
        same_after_writing(&value)?;
    }

    #[test]
    fn a_care_plan_and_its_interventions_read_back(plan in course::care_plan(), one in course::planned_intervention()) {
        same_after_writing(&plan)?;
        same_after_writing(&one)?;
    }

    #[test]
    fn conditions_and_goals_read_back(condition in course::condition(), goal in course::goal()) {
        same_after_writing(&condition)?;
        same_after_writing(&goal)?;
    }

    #[test]
    fn a_contact_and_a_follow_up_read_back(contact in course::encounter(), follow_up in course::follow_up()) {
        same_after_writing(&contact)?;
        same_after_writing(&follow_up)?;
    }

    #[test]
    fn a_team_reads_back(value in course::team()) {
        same_after_writing(&value)?;
    }

    #[test]
    fn an_activity_and_a_way_to_it_read_back(activity in bridge::activity(), bridge in bridge::bridge()) {
        same_after_writing(&activity)?;
        same_after_writing(&bridge)?;
    }

    #[test]
    fn an_agreement_and_what_a_supplier_has_read_back(agreement in together::agreement(), one in together::enrolment()) {
        same_after_writing(&agreement)?;
        same_after_writing(&one)?;
    }

    #[test]
    fn who_takes_part_beside_us_reads_back(
        one in together::coordination(), terms in together::relatives(), digital in together::digital_course()
    ) {
        same_after_writing(&one)?;
        same_after_writing(&terms)?;
        same_after_writing(&digital)?;
    }

    #[test]
    fn an_appointment_reads_back(value in course::appointment()) {
        same_after_writing(&value)?;
    }
}
