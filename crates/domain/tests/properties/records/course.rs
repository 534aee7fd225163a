//! Courses and all that belongs to them.

use domain::calendar::{Appointment, AppointmentReason, AppointmentState, Need, NeedArrangement, NeedState};
use domain::care_plan::{BeforeError, CarePlan, PlanStatus};
use domain::codes::{CarePlanCategory, ConditionCode, DeliveryType, EncounterClass, InterventionCode, StopReason};
use domain::condition::{Condition, ConditionState};
use domain::course::{BeforePause, Course, CourseState, RiskFactor, TalkArea, TalkNotes, WheelStep, WheelTheme};
use domain::encounter::{Encounter, EncounterBasis, EncounterStatus};
use domain::follow_up::{FollowUp, FollowUpState, Kept};
use domain::goal::{Evaluation, Goal, GoalOutcome};
use domain::planned_intervention::PlannedIntervention;
use domain::team::{Attendance, Presence, Seat, Session, Team};
use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

use super::people::responsibility;
use crate::values::{day, id, instant, maybe_text, text, word};

fn course_state() -> impl Strategy<Value = CourseState> {
    let before = select(vec![BeforePause::Clarifying, BeforePause::Planned, BeforePause::Active]);
    prop_oneof![
        Just(CourseState::Intake),
        Just(CourseState::Clarifying),
        Just(CourseState::Planned),
        Just(CourseState::Active),
        (day(), of(day()), text(), before).prop_map(|(since, expected_end, reason, before)| CourseState::Paused {
            since,
            expected_end,
            reason,
            before
        }),
        day().prop_map(|since| CourseState::Closing { since }),
        instant().prop_map(|at| CourseState::Closed { at }),
        instant().prop_map(|at| CourseState::Withdrawn { at }),
        instant().prop_map(|at| CourseState::Transferred { at }),
        instant().prop_map(|at| CourseState::Dead { at }),
        instant().prop_map(|at| CourseState::Archived { at }),
    ]
}

pub fn course() -> impl Strategy<Value = Course> {
    let people = (id(), id(), of(id()), vec(responsibility(), 0..3));
    (people, day(), course_state(), of(day())).prop_map(|(people, opened_on, state, first_session_on)| {
        let (id, citizen, contact_person, responsibilities) = people;
        Course { id, citizen, opened_on, state, contact_person, responsibilities, first_session_on }
    })
}

pub fn talk_notes() -> impl Strategy<Value = TalkNotes> {
    let areas = btree_map(word(TalkArea::ALL), text(), 0..4);
    let risk_factors = btree_map(word(RiskFactor::ALL), text(), 0..5);
    let step = (0..=WheelStep::MAX).prop_map(|step| WheelStep::try_from(step).unwrap());
    let wheel = btree_map(word(WheelTheme::ALL), step, 0..5);
    (maybe_text(), areas, risk_factors, maybe_text(), wheel).prop_map(
        |(topics, areas, risk_factors, maintenance, wheel)| TalkNotes {
            topics,
            areas,
            risk_factors,
            maintenance,
            wheel,
        },
    )
}

fn status() -> impl Strategy<Value = PlanStatus> {
    let reason = || word(StopReason::ALL);
    let was = prop_oneof![
        select(vec![BeforeError::InProgress, BeforeError::Completed]),
        reason().prop_map(BeforeError::Cancelled),
        reason().prop_map(BeforeError::Stopped),
    ];
    prop_oneof![
        Just(PlanStatus::Granted),
        day().prop_map(|started_on| PlanStatus::Active { started_on }),
        (of(day()), day()).prop_map(|(started_on, since)| PlanStatus::Paused { started_on, since }),
        day().prop_map(|ended_on| PlanStatus::Completed { ended_on }),
        (day(), reason()).prop_map(|(ended_on, reason)| PlanStatus::Cancelled { ended_on, reason }),
        (day(), reason()).prop_map(|(ended_on, reason)| PlanStatus::Stopped { ended_on, reason }),
        was.prop_map(|was| PlanStatus::EnteredInError { was }),
    ]
}

pub fn care_plan() -> impl Strategy<Value = CarePlan> {
    (id(), id(), id(), word(CarePlanCategory::ALL), day(), status(), id()).prop_map(
        |(id, citizen, course, category, granted_on, status, performer)| CarePlan {
            id,
            citizen,
            course,
            category,
            granted_on,
            status,
            performer,
        },
    )
}

pub fn planned_intervention() -> impl Strategy<Value = PlannedIntervention> {
    let ids = (id(), id(), id(), of(id()), of(id()), id(), of(id()));
    let what = (word(InterventionCode::ALL), word(DeliveryType::ALL), vec(id(), 0..3), maybe_text());
    (ids, what, day(), of(day()), status()).prop_map(|(ids, what, granted_on, planned_end_on, status)| {
        let (id, citizen, course, care_plan, service_request, performer, team) = ids;
        let (code, delivery, reasons, choice_reason) = what;
        PlannedIntervention {
            id,
            citizen,
            course,
            care_plan,
            service_request,
            code,
            delivery,
            granted_on,
            planned_end_on,
            status,
            performer,
            reasons,
            choice_reason,
            team,
            need: domain::team::WaitingNeed::Support,
            care: std::collections::BTreeSet::new(),
        }
    })
}

pub fn condition() -> impl Strategy<Value = Condition> {
    let what = (word(ConditionCode::ALL), day(), word(ConditionState::ALL), maybe_text());
    (id(), id(), id(), what).prop_map(|(id, citizen, course, (code, recorded_on, state, note))| Condition {
        id,
        citizen,
        course,
        code,
        recorded_on,
        state,
        note,
    })
}

pub fn goal() -> impl Strategy<Value = Goal> {
    let evaluation = (word(GoalOutcome::ALL), maybe_text(), day()).prop_map(|(outcome, words, on)| Evaluation {
        outcome,
        words,
        on,
    });
    (id(), id(), id(), text(), day(), of(evaluation)).prop_map(|(id, citizen, course, words, set_on, evaluation)| {
        Goal { id, citizen, course, words, set_on, evaluation }
    })
}

pub fn encounter() -> impl Strategy<Value = Encounter> {
    let basis = prop_oneof![id().prop_map(EncounterBasis::CarePlan), id().prop_map(EncounterBasis::Intervention)];
    let what = (basis, word(EncounterClass::ALL), word(EncounterStatus::ALL), instant(), instant());
    (id(), id(), id(), what, of(id()), of(id()), maybe_text()).prop_map(
        |(id, citizen, course, (based_on, class, status, start, end), session, held_by, note)| Encounter {
            id,
            citizen,
            course,
            based_on,
            class,
            status,
            start,
            end,
            session,
            held_by,
            note,
            absence: None,
        },
    )
}

/// Any state but planned.
pub fn follow_up_state() -> impl Strategy<Value = FollowUpState> + Clone {
    prop_oneof![
        (day(), word(Kept::ALL), maybe_text()).prop_map(|(on, kept, words)| FollowUpState::Done { on, kept, words }),
        day().prop_map(|on| FollowUpState::NotReached { on }),
        day().prop_map(|on| FollowUpState::Declined { on }),
        day().prop_map(|on| FollowUpState::Cancelled { on }),
    ]
}

pub fn follow_up() -> impl Strategy<Value = FollowUp> {
    let state = prop_oneof![Just(FollowUpState::Planned), follow_up_state()];
    (id(), id(), id(), id(), day(), state).prop_map(|(id, citizen, course, intervention, due_on, state)| FollowUp {
        id,
        citizen,
        course,
        intervention,
        due_on,
        state,
        stop: None,
        agreed: false,
        stop_answered_on: None,
        attempts: Vec::new(),
    })
}

pub fn attendance() -> impl Strategy<Value = Attendance> {
    (id(), word(Presence::ALL)).prop_map(|(citizen, presence)| Attendance { citizen, presence })
}

pub fn empty_team() -> impl Strategy<Value = Team> {
    (id(), text(), word(InterventionCode::ALL), id(), 0u16..5, maybe_text(), of(id())).prop_map(
        |(id, name, code, performer, seats, place, offer)| Team {
            place,
            offer,
            ..Team::new(id, name, code, performer, seats)
        },
    )
}

pub fn team() -> impl Strategy<Value = Team> {
    let seat =
        (id(), id(), any::<bool>()).prop_map(|(citizen, intervention, left)| Seat { citizen, intervention, left });
    let session = (id(), instant(), instant(), of(vec(attendance(), 0..3)))
        .prop_map(|(id, start, end, attendance)| Session { attendance, ..Session::new(id, start, end) });
    (empty_team(), vec(seat, 0..4), vec(session, 0..4)).prop_map(|(team, enrolled, sessions)| Team {
        enrolled,
        sessions,
        ..team
    })
}

fn appointment_state() -> impl Strategy<Value = AppointmentState> {
    prop_oneof![
        Just(AppointmentState::Booked),
        word(AppointmentReason::ALL).prop_map(|reason| AppointmentState::Moved { reason }),
        (word(AppointmentReason::ALL), instant()).prop_map(|(reason, at)| AppointmentState::Cancelled { reason, at }),
        Just(AppointmentState::Held),
    ]
}

pub fn appointment() -> impl Strategy<Value = Appointment> {
    let need = (word(Need::ALL), word(NeedState::ALL), maybe_text())
        .prop_map(|(need, state, reason)| NeedArrangement { need, state, reason });
    let ids = (id(), id(), id(), id(), id());
    let what = (word(InterventionCode::ALL), word(EncounterClass::ALL), text());
    (ids, what, instant(), instant(), vec(need, 0..3), appointment_state()).prop_map(
        |((id, citizen, course, intervention, professional), (code, class, place), start, end, needs, state)| {
            Appointment {
                id,
                citizen,
                course,
                intervention,
                code,
                professional,
                start,
                end,
                class,
                place,
                needs,
                state,
            }
        },
    )
}
