//! Counting by hand-made events.

use super::*;
use crate::event::{CaseNo, CitizenNo, Grant, RequestNo, SessionNo, SessionTime};
use crate::person::Person;
use crate::talk::{Disease, TalkAnswers};
use domain::codes::{DeliveryType, EncounterClass, StopReason};
use domain::referral::FirstStep;
use domain::service_request::Channel;
use domain::team::{Intake, Presence};
use std::collections::BTreeSet;

fn at(text: &str) -> Timestamp {
    format!("{text}T09:00:00Z").parse().unwrap()
}

fn receive(area: RequestedArea, source: Source) -> Action {
    let (request, citizen) = (RequestNo(0), CitizenNo(0));
    Action::Receive(Box::new(Request {
        request,
        citizen,
        person: Person::of(citizen),
        home: None,
        source,
        channel: Channel::Medcom,
        referrer: Some(ReferredBy::Ward(0)),
        areas: BTreeSet::from([area]),
        chronic_disease: true,
        text: "KOL",
    }))
}

/// A referral, a talk three weeks later, a class of four seats five weeks after that with one who misses it, and the end.
fn course() -> Vec<Event> {
    let answers = TalkAnswers {
        disease: Disease::Copd,
        smokes: false,
        drinks: false,
        interpreter: false,
        transport: false,
        consent: true,
        goal: TalkAnswers::FIRST_GOAL,
    };
    let grant = Grant {
        intervention: InterventionNo(1),
        code: InterventionCode::PhysicalTraining,
        delivery: DeliveryType::Group,
        because: "",
    };
    let time = |day| SessionTime { start: at(day), end: at(day) };
    let (case, team, talk) = (CaseNo(0), TeamNo(0), InterventionNo(0));
    let actions = [
        ("2026-01-05", receive(RequestedArea::PhysicalActivity, Source::Hospital)),
        ("2026-01-07", Action::Attempt { request: RequestNo(0), reached: true }),
        ("2026-01-07", Action::Route { request: RequestNo(0), case, step: FirstStep::ClarifyingTalk, planned: talk }),
        (
            "2026-01-26",
            Action::HoldTalk {
                talk,
                time: time("2026-01-26"),
                class: EncounterClass::AtPremises,
                answers: Box::new(answers),
                grants: vec![grant],
            },
        ),
        ("2026-01-26", Action::Stratify { case, scored: Stratum::Own, level: Stratum::Support }),
        (
            "2026-02-10",
            Action::OpenTeam(Box::new(crate::NewTeam {
                team,
                name: String::new(),
                code: InterventionCode::PhysicalTraining,
                seats: 4,
                intake: Intake::Fixed,
                instructors: Vec::new(),
                sessions: vec![time("2026-03-02")],
            })),
        ),
        ("2026-02-11", Action::AnswerOffer { team, intervention: InterventionNo(1), yes: true }),
        (
            "2026-03-02",
            Action::TakeAttendance {
                team,
                session: SessionNo(0),
                asked: vec![CitizenNo(0)],
                absent: vec![(CitizenNo(0), Presence::Regrets)],
            },
        ),
    ];
    actions.into_iter().map(|(day, action)| Event { at: at(day), action }).collect()
}

fn year(events: Vec<Event>) -> EventTally {
    EventTally::of(at("2026-01-01"), at("2027-01-01"), events.into_iter())
}

#[test]
fn waits_fill_and_attendance_are_counted() {
    let mut events = course();
    let end = Action::EndIntervention { intervention: InterventionNo(1), reason: None };
    events.push(Event { at: at("2026-04-01"), action: end });
    let tally = year(events);
    let training = &tally.programmes[&InterventionCode::PhysicalTraining];
    assert_eq!(tally.talk_waits, [21]);
    assert_eq!(training.waits, [35]);
    assert_eq!(tally.seats(InterventionCode::PhysicalTraining), (4, 1));
    assert_eq!(tally.attendance[&Stratum::Support], (1, 1));
    assert_eq!(tally.ended[&Stratum::Support], (1, 0));
    assert_eq!((training.granted, training.completed, tally.courses, tally.reached), (1, 1, 1, 1));
    assert!(tally.hospital_nicotine.is_empty());
}

#[test]
fn who_stops_the_course_has_dropped_what_was_running() {
    let mut events = course();
    let withdraw = Action::Withdraw { case: CaseNo(0), reason: StopReason::OptedOut };
    events.push(Event { at: at("2026-03-04"), action: withdraw });
    let tally = year(events);
    assert_eq!(tally.ended[&Stratum::Support], (0, 1));
    assert_eq!(tally.withdrawn, 1);
}

#[test]
fn what_lies_before_the_period_is_remembered_and_not_counted() {
    let tally = EventTally::of(at("2026-01-20"), at("2026-03-01"), course().into_iter());
    assert_eq!((tally.reached, tally.courses), (0, 0));
    assert_eq!(tally.talk_waits, [21], "the request lies before the period, the talk in it");
    assert_eq!(tally.seats(InterventionCode::PhysicalTraining), (0, 0), "the class begins after it");
}

#[test]
fn a_percentile_of_few_and_of_none() {
    assert_eq!(percentile(&[], 0.5), None);
    assert_eq!(percentile(&[7.0], 0.9), Some(7.0));
    assert_eq!(percentile(&[3.0, 1.0, 2.0], 0.5), Some(2.0));
    assert_eq!(percentile(&[1.0, 2.0, 3.0, 4.0], 2.0), Some(4.0));
}
