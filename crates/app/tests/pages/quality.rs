//! What was entered by the pages, as the facts that the rules of the quality standard read.

use std::sync::Arc;

use app::quality::{Judging, course_of, each_course, evaluate_all};
use app::safety::{AnswersInput, answer};
use domain::ids::CourseId;
use domain::permission::Role;
use domain::safety::Question;
use jiff::civil::{Date, date};
use standard::Tally;
use standard::facts::words::{
    Attainment, BridgingKind, Channel, ContactPurpose, ContactResult, CoordinationDecision, CourseStatus, Grade,
    LegalBasis, MessageKind, ReferralOutcome, RelativeAnswer, Risk, RiskTobacco, Source, TalkAnswer, TalkKind,
    TargetGroup,
};
use standard::facts::{CourseFacts, Listed, MentalIllness, MunicipalityFacts, Need, RiskAlcohol, Ternary};
use testkit::municipality::staff;
use testkit::on_both_engines;

use crate::course::{href, planned};
use crate::whole_course::gone;
use crate::{Desk, leads_to, version_of};

const TODAY: Date = date(2027, 5, 3);

async fn facts(desk: &Desk, course: CourseId, on: Date) -> CourseFacts {
    let tables = MunicipalityFacts::default();
    course_of(&desk.app, &staff(1, Role::Professional), &tables, course, on).await.unwrap()
}

/// Everything that is kept in the municipality, course by course.
async fn all(desk: &Desk, on: Date) -> Vec<CourseFacts> {
    let mut found = Vec::new();
    let tables = MunicipalityFacts::default();
    each_course(&desk.app, &staff(1, Role::Leader), &tables, on, |course| found.push(course.clone())).await.unwrap();
    found
}

fn who_and_how(course: &CourseFacts) {
    let citizen = course.citizen.as_ref().unwrap();
    assert!(citizen.age.is_some() && citizen.sex.as_deref() == Some("female") && citizen.gp_unit.is_some());
    assert!(citizen.diagnoses.first().unwrap().main && citizen.diagnoses[0].is_chronic());
    assert_eq!((citizen.dead_on, citizen.education.as_deref()), (None, None), "nobody recorded it");
    let [first, second] = &course.referrals[..] else { panic!("referred twice") };
    assert_eq!((first.source, first.channel), (Some(Source::GeneralPractice), Some(Channel::Xref15)));
    assert_eq!(first.received_on, Some(date(2026, 11, 24)));
    assert_eq!((first.outcome, first.outcome_on), (Some(ReferralOutcome::Accepted), Some(date(2026, 11, 25))));
    assert_eq!(first.requested_area.as_deref(), Some("sygdomsmestring"));
    assert_eq!(second.requested_area.as_deref(), Some("fysisk_aktivitet"));
    assert_eq!((first.target_group, first.newly_diagnosed), (Some(TargetGroup::Kronisk), None));
    let tried: Vec<_> =
        course.contacts.iter().filter(|it| it.purpose == Some(ContactPurpose::FirstContact)).take(2).collect();
    assert_eq!(tried[0].result, Some(ContactResult::NotReached));
    assert_eq!((tried[0].date, tried[0].attempted_on), (None, Some(date(2026, 11, 24))));
    assert_eq!((tried[1].date, tried[1].referral.as_ref()), (Some(date(2026, 11, 25)), Some(&first.id)));
    let needs = course.needs.as_ref().unwrap();
    assert_eq!(needs.answered_on, Some(date(2026, 12, 1)));
    assert_eq!((needs.interpreter, needs.sensory.as_ref()), (Some(Ternary::No), Some(&Listed::None)));
    assert_eq!(needs.cognitive, None);
}

fn what_was_found_and_planned(course: &CourseFacts) {
    let kinds: Vec<_> = course.talks.iter().filter_map(|it| it.kind).collect();
    for kind in [TalkKind::AfklarendeSamtale, TalkKind::Behovssamtale, TalkKind::AfsluttendeSamtale] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
    let talk = course.talks.iter().find(|it| it.kind == Some(TalkKind::AfklarendeSamtale)).unwrap();
    assert_eq!((talk.offered_on, talk.held_on), (Some(date(2026, 11, 25)), Some(date(2026, 12, 1))));
    assert_eq!((talk.answer, talk.form.as_deref()), (Some(TalkAnswer::Accepted), Some("in person")));
    let needs_talk = course.talks.iter().find(|it| it.kind == Some(TalkKind::Behovssamtale)).unwrap();
    assert_eq!((needs_talk.held_on, needs_talk.form.as_deref()), (Some(date(2027, 1, 7)), Some("phone")));
    let found = course.assessments.first().unwrap();
    assert_eq!(talk.assessment.as_ref(), Some(&found.id));
    assert_eq!((found.function_done, found.health_done), (Some(true), Some(true)));
    assert_eq!(found.risk_tobacco, Some(RiskTobacco::None));
    assert_eq!(found.risk_alcohol, Some(RiskAlcohol::NotDiscussed));
    assert_eq!((found.risk_diet, found.risk_mental), (Some(Risk::Present), Some(Risk::Absent)));
    assert_eq!((found.need_coping, found.need_activity), (Some(Need::Yes), Some(Need::Yes)));
    assert_eq!((found.need_nutrition, found.work.as_deref()), (None, None), "nobody recorded it");
    assert_eq!((found.strat_coping, found.strat_complexity), (Some(Grade::Medium), Some(Grade::Medium)));
    assert_eq!(found.health_literacy_low, Some(true), "what is written is hard");
    let plan = course.plan.as_ref().unwrap();
    assert_eq!((plan.created_on, plan.id.as_ref()), (Some(date(2026, 12, 1)), course.plan_id.as_ref()));
    assert_eq!(plan.maintenance_initial.as_deref(), Some("Går en tur hver dag"));
    assert!(plan.elements.contains(&"fysisk_traening".to_owned()) && plan.sequence_note.is_none());
    assert_eq!(course.goals[0].text_citizen.as_deref(), Some("Jeg vil kunne tage trapperne"));
    assert_eq!(course.conditions[0].code.as_deref(), Some("spisemønster"));
}

fn how_it_ended(course: &CourseFacts) {
    assert_eq!(course.goals[0].attainment, Some(Attainment::Reached));
    assert_eq!(course.goals[0].reviewed_on, [date(2027, 2, 3)]);
    let closure = course.closure.as_ref().unwrap();
    assert_eq!((closure.evaluation_done, closure.without_citizen), (Some(true), Some(false)));
    assert_eq!(closure.citizen_view.as_ref().unwrap().0, "Jeg tager trapperne hver dag");
    assert_eq!(closure.satisfaction_asked, None);
    let consents = course.consents.as_ref().unwrap();
    let status = consents.gp_status.as_ref().unwrap();
    assert!(status.answer && status.on == Some(date(2027, 2, 3)));
    assert_eq!(consents.treating_doctor, None);
    let of = |kind| course.messages.iter().filter(move |it| it.kind == Some(kind));
    assert_eq!(of(MessageKind::Receipt).filter(|it| it.referral.is_some()).count(), 2, "one a letter");
    let note = of(MessageKind::ClosingStatus).next().unwrap();
    assert_eq!((note.legal_basis, note.consent_id.as_ref()), (Some(LegalBasis::Consent), status.id.as_ref()));
    assert!(note.course_text.as_ref().unwrap().contains("Fysisk træning") && note.sender_name.is_some());
    assert!(note.followup_need.as_ref().unwrap().contains("Kommunen følger op"));
    assert_eq!(note.interventions_completed.iter().filter(|it| *it == "fysisk_traening").count(), 1);
    assert_eq!(note.sent_on, None, "it waits for the mailbox");
    let [first, next] = &course.follow_ups[..] else { panic!("one was held, one is agreed") };
    assert_eq!((first.due_month, first.done_on, first.status.as_deref()), (Some(3), Some(TODAY), Some("kept")));
    assert_eq!((next.planned_on, next.done_on), (Some(date(2027, 8, 3)), None));
    assert!(course.reports.iter().any(|it| it.event_on == Some(date(2027, 2, 3)) && it.sent_on.is_none()));
}

on_both_engines! {
    async fn a_whole_course_is_told_as_it_was_entered(database: &Database) {
        let (desk, id) = gone(database).await;
        let course = facts(&desk, id, TODAY).await;
        assert_eq!((course.started_on, course.closed_on), (Some(date(2026, 11, 25)), Some(date(2027, 2, 3))));
        assert_eq!((course.status, course.target_group), (Some(CourseStatus::Closed), Some(TargetGroup::Kronisk)));
        assert_eq!((course.first_session_on, course.new_need_on), (Some(date(2026, 12, 8)), Some(date(2027, 1, 6))));
        assert_eq!((course.strat_level, course.strat_override_reason.as_deref()), (Some(2), None));
        assert_eq!((course.contact_person.as_deref(), course.anonymous), (None, Some(false)));
        who_and_how(&course);
        what_was_found_and_planned(&course);
        how_it_ended(&course);
        let all = all(&desk, TODAY).await;
        assert!(all.contains(&course), "read among the others it is the same");
    }
}

on_both_engines! {
    async fn what_others_take_part_in_is_told_and_what_nobody_said_is_not(database: &Database) {
        let (mut desk, id, citizen) = planned(database).await;
        let today = date(2026, 11, 24);
        let before = facts(&desk, id, today).await;
        assert_eq!((before.coordinations.len(), before.relatives.len(), before.closure.as_ref()), (0, 0, None));
        assert_eq!(before.citizen.unwrap().mental_illness, None);
        let centre = [("forvaltning", "job_centre"), ("kontakt", "Lone"), ("telefon", "70000012"), ("naeste", "2026-12-01")];
        leads_to(&desk.browser.post(&href(id, "/koordinering"), &centre).await);
        let relatives = [("version", "0"), ("svar", "yes"), ("navn-0", "Karen"), ("relation-0", "kone"), ("del-0-teaching", "ja")];
        leads_to(&desk.browser.post(&href(id, "/paaroerende"), &relatives).await);
        let said = AnswersInput { said: [(Question::MentalIllness, true)].into(), ..AnswersInput::default() };
        answer(&desk.app, &staff(1, Role::Professional), id, None, said).await.unwrap();
        let walk = crate::bridge::written_down(&mut desk, &crate::bridge::WALK).await;
        let visit = [("aktivitet", crate::bridge::id(&walk)), ("dato", "2026-12-08"), ("kl", "10:00")];
        leads_to(&desk.browser.post(&format!("/borgere/{citizen}/forening"), &visit).await);
        let course = facts(&desk, id, today).await;
        let coordination = &course.coordinations[0];
        assert_eq!((coordination.decision, coordination.date), (Some(CoordinationDecision::Needed), None));
        assert_eq!((course.parallel_efforts[0].kind.as_str(), course.parallel_efforts[0].recorded_on), ("job_centre", Some(today)));
        let relative = &course.relatives[0];
        assert_eq!((relative.citizen_answer, relative.role.as_deref()), (Some(RelativeAnswer::Yes), Some("kone")));
        assert_eq!(course.plan.as_ref().unwrap().network_people, Some(Listed::Some(vec!["kone".to_owned()])));
        assert_eq!(course.citizen.as_ref().unwrap().mental_illness, Some(MentalIllness::Yes));
        assert_eq!(course.citizen.as_ref().unwrap().pregnant, None);
        let way = &course.bridgings[0];
        assert_eq!((way.kind, way.offered_on, way.date), (Some(BridgingKind::Besoeg), Some(today), Some(date(2026, 12, 8))));
        assert_eq!(course.needs.as_ref().unwrap().interpreter, Some(Ternary::Yes));
    }
}

on_both_engines! {
    async fn a_request_without_a_course_stands_alone_and_counts(database: &Database) {
        let mut desk = Desk::with(database, Role::Visitator, &["01-xref15-gp-type2-diabetes-diet"]).await;
        let referral = desk.request_of("Nancy Ann Test Berggren").await;
        let acts: [(&str, &[(&str, &str)]); 4] = [
            ("spoerg", &[("spoerg-tekst", "Hvilket telefonnummer?")]),
            ("gennemgaa", &[]),
            ("truffet", &[]),
            ("takker-nej", &[("nej-aarsag", "not_now")]),
        ];
        for (act, fields) in acts {
            let version = version_of(&desk.browser.get(&referral).await);
            let form = [&[("version", &*version)], fields].concat();
            leads_to(&desk.browser.post(&format!("{referral}/{act}"), &form).await);
        }
        let today = date(2026, 11, 24);
        let alone = all(&desk, today).await;
        let [course] = &alone[..] else { panic!("one request, no course: {}", alone.len()) };
        assert_eq!((course.started_on, course.status, course.talks.len()), (None, None, 0));
        let request = &course.referrals[0];
        assert_eq!((request.outcome, request.outcome_on), (Some(ReferralOutcome::Declined), Some(today)));
        assert_eq!((request.decline_reason.as_deref(), request.query_sent_on), (Some("wants_nothing_now"), Some(today)));
        let kinds: Vec<_> = course.messages.iter().filter_map(|it| it.kind).collect();
        assert!(kinds.contains(&MessageKind::Receipt) && kinds.contains(&MessageKind::Query), "{kinds:?}");
        let by = Judging::new(Arc::default(), today, (date(2026, 1, 1), date(2026, 12, 31)));
        let seen = evaluate_all(&desk.app, &staff(1, Role::Leader), &by).await.unwrap();
        assert_eq!(seen.courses, 1);
        assert_eq!(seen.totals.referrals.values().sum::<i64>(), 1);
        assert!(seen.tallies.values().any(|tally| *tally != Tally::default()), "some rule is about a declined request");
    }
}
