//! What was delivered and found, and what the municipality has, as the facts that the rules of the quality standard read.

use app::calendar::{AttestationInput, attest};
use app::courses::{self, GrantInput};
use app::quality::{course_of, municipality};
use app::safety::{AnswersInput, answer, tick};
use app::{measures, stopbasen};
use domain::codes::{DeliveryType, InterventionCode};
use domain::competence::Competence;
use domain::ids::{CitizenId, CourseId, PlannedInterventionId, ResponseId};
use domain::permission::Role;
use domain::safety::Question;
use domain::stop_course::StopOutcome;
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use standard::facts::words::{
    AlcoholGoal, AttendanceStatus, Format, Fsiii, InterventionStatus, Mode, NicotineGoal, NicotineOutcome, OfferAnswer,
    Phase, RiskLevel, TargetGroup, TreatmentAnswer,
};
use standard::facts::{Caution, CourseFacts, DateOrNone, Intervention, MunicipalityFacts, Ternary};
use testkit::municipality::staff;
use testkit::on_both_engines;
use uuid::Uuid;

use crate::course::{act, href, planned};
use crate::measures::decide;
use crate::talk::record;
use crate::teams::{borrowed, pressed, session_now, team_of};
use crate::{Desk, leads_to};

const TODAY: Date = date(2026, 11, 24);

pub async fn facts(desk: &Desk, course: CourseId) -> CourseFacts {
    course_of(&desk.app, &staff(1, Role::Professional), &tables(desk).await, course, TODAY).await.unwrap()
}

pub async fn tables(desk: &Desk) -> MunicipalityFacts {
    municipality::read(&desk.app, &staff(1, Role::Leader)).await.unwrap()
}

pub async fn grant(desk: &Desk, course: CourseId, code: InterventionCode) -> PlannedInterventionId {
    let input = GrantInput {
        team: None,
        code,
        delivery: DeliveryType::Individual,
        reasons: Vec::new(),
        choice_reason: Some("Passer bedst".to_owned()),
        care_plan: None,
        planned_end_on: None,
        performer: None,
        service_request: None,
    };
    courses::grant(&desk.app, &staff(1, Role::Professional), course, input).await.unwrap();
    let course = facts(desk, course).await;
    let word = fsiii_word(code);
    let of_code = course.interventions.iter().rfind(|it| it.fsiii_code.is_some_and(|own| own.word() == word));
    of_code.unwrap().id.parse::<Uuid>().unwrap().into()
}

fn fsiii_word(code: InterventionCode) -> &'static str {
    match code {
        InterventionCode::PhysicalTraining => Fsiii::FysiskTraening.word(),
        InterventionCode::DietaryTreatment => Fsiii::Diaetbehandling.word(),
        InterventionCode::NicotineCessation => Fsiii::NikotinTobaksafvaenning.word(),
        InterventionCode::AlcoholTalk => Fsiii::SamtaleOmAlkohol.word(),
        other => panic!("{other:?}"),
    }
}

pub async fn ticked(desk: &Desk, it: PlannedInterventionId, elements: &[&str]) {
    let words = elements.iter().map(|word| (*word).to_owned()).collect();
    tick(&desk.app, &staff(1, Role::Professional), it, None, words).await.unwrap();
}

pub async fn measured(desk: &Desk, citizen: CitizenId, input: Value) -> ResponseId {
    let id = app::ids::new::<ResponseId>(desk.app.now());
    let input = serde_json::from_value(input).unwrap();
    measures::record(&desk.app, &staff(1, Role::Professional), citizen, id, input).await.unwrap()
}

pub async fn said(desk: &Desk, course: CourseId, said: &[(Question, bool)], input: AnswersInput) {
    let input = AnswersInput { said: said.iter().copied().collect(), ..input };
    answer(&desk.app, &staff(1, Role::Professional), course, None, input).await.unwrap();
}

/// A contact of an intervention with the citizen alone, this morning.
pub async fn held(desk: &mut Desk, course: CourseId, citizen: CitizenId, it: PlannedInterventionId) {
    let plan = record(&desk.app, citizen).await.intervention(it).unwrap().value.care_plan.unwrap().to_string();
    let form = [("plan", &*plan), ("dato", "2026-11-24"), ("fra", "09:00"), ("til", "09:45"), ("sted", "phone")];
    assert_eq!(act(desk, course, "/kontakt", &form).await.status, 303);
}

pub fn of(course: &CourseFacts, id: PlannedInterventionId) -> &Intervention {
    course.interventions.iter().find(|it| it.id == id.to_string()).unwrap()
}

on_both_engines! {
    async fn a_team_is_a_group_with_sessions_and_each_citizen_has_a_seat_and_attends(database: &Database) {
        let (mut desk, team, all) = team_of(database, 3).await;
        let session = session_now(&mut desk, &team).await;
        let fields = pressed(&all, &[(all[1].1, "absent"), (all[2].1, "regrets")], "Balance.");
        assert_eq!(leads_to(&desk.browser.post(&session, &borrowed(&fields)).await), session);
        ticked(&desk, all[0].0, &["knowledge", "plan_start"]).await;
        let at = tables(&desk).await;
        let [group] = &at.tables().groups[..] else { panic!("one team") };
        assert_eq!((group.fsiii_code, group.places), (Some(Fsiii::FysiskTraening), Some(8)));
        assert_eq!((group.start_date, group.ended_on), (Some(TODAY), None));
        assert_eq!((group.enrolled_at_start, group.waiting, group.cancelled), (Some(3), Some(0), None));
        let first = &group.session[0];
        assert_eq!((group.session.len(), first.held, first.planned_minutes), (3, Some(true), Some(90)));
        assert_eq!((first.enrolled, first.present), (Some(3), Some(1)));
        assert_eq!((first.mode, first.place.as_deref()), (Some(Mode::Fremmoede), Some("Sal 2")));
        assert_eq!(first.date.unwrap(), date(2026, 11, 24).at(9, 0, 0, 0));
        assert_eq!(first.elements_covered, ["viden om træning og sygdom"], "a plan is no element");
        assert_eq!(group.session[1].held, None, "nobody has said yet");
        let expected = [AttendanceStatus::Present, AttendanceStatus::NoShow, AttendanceStatus::Excused];
        for ((intervention, citizen), status) in all.iter().zip(expected) {
            let id = record(&desk.app, *citizen).await.open_course().unwrap().value.id;
            let course = facts(&desk, id).await;
            let seat = &course.enrolments[0];
            assert_eq!((seat.group.as_ref(), seat.intervention.as_ref()), (Some(&group.id), Some(&intervention.to_string())));
            let attended = &course.attendances[0];
            assert_eq!((attended.status, attended.date), (Some(status), Some(TODAY)));
            assert_eq!(attended.session.as_ref(), Some(&first.id));
            assert!(course.sessions.is_empty(), "a team's session is none of their own");
            let it = of(&course, *intervention);
            assert_eq!((it.format, it.delivery_type.as_deref()), (Some(Format::Group), Some("gruppebaseret")));
            let came = status == AttendanceStatus::Present;
            assert_eq!(it.started_on.is_some(), came, "{status:?}");
        }
        let first_course = record(&desk.app, all[0].1).await.open_course().unwrap().value.id;
        let plans = facts(&desk, first_course).await.activity_plans;
        assert_eq!((plans.len(), plans[0].phase, plans[0].created_on), (1, Some(Phase::Start), Some(TODAY)));
    }
}

on_both_engines! {
    async fn training_is_told_with_its_dose_its_tests_and_what_was_covered(database: &Database) {
        let (mut desk, id, citizen) = planned(database).await;
        let training = grant(&desk, id, InterventionCode::PhysicalTraining).await;
        let before = facts(&desk, id).await;
        assert_eq!((of(&before, training).status, of(&before, training).started_on), (Some(InterventionStatus::Granted), None));
        assert_eq!(before.trainings[0].caution, None, "nobody asked");
        held(&mut desk, id, citizen, training).await;
        ticked(&desk, training, &["efficacy", "plan_end"]).await;
        let dose = AnswersInput { times_a_week: Some(2), minutes: Some(60), weeks: Some(8), end_test: Some(domain::safety::PhysicalTest::TimedUpAndGo), ..AnswersInput::default() };
        said(&desk, id, &[(Question::TrainingCaution, true), (Question::CautionCleared, true), (Question::WeightLoss, true)], dose).await;
        let setting = json!({ "place": "Sal 2", "equipment": "Stol 43 cm" });
        measured(&desk, citizen, json!({ "instrument": "sts30", "phase": "start", "setting": setting, "answers": { "1": 9 } })).await;
        measured(&desk, citizen, json!({ "instrument": "sts30", "phase": "end", "setting": setting, "answers": { "1": 12 } })).await;
        let course = facts(&desk, id).await;
        let it = of(&course, training);
        assert_eq!((it.answer, it.status, it.started_on), (Some(OfferAnswer::Accepted), Some(InterventionStatus::Active), Some(TODAY)));
        assert_eq!((it.supplier_id.as_deref(), it.choice_reason.as_deref()), (Some("own"), Some("Passer bedst")));
        assert_eq!((it.course_type, it.support_level, it.assessment_id.is_some()), (None, None, true));
        let [session] = &course.sessions[..] else { panic!("one session") };
        assert_eq!((session.mode, session.planned_minutes, session.held), (Some(Mode::Telefon), Some(45), Some(true)));
        assert_eq!(session.elements_covered, ["egen formåen"]);
        assert_eq!(course.activity_plans[0].phase, Some(Phase::End));
        let planned = &course.trainings[0];
        assert_eq!((planned.per_week, planned.minutes, planned.weeks), (Some(2.0), Some(60.0), Some(8.0)));
        assert_eq!((planned.caution.as_ref(), planned.doctor_contact_on), (Some(&Caution::Doubt), Some(TODAY)));
        assert!(planned.nutrition_considered.as_ref().unwrap().answer, "dietary guidance is granted beside it");
        assert_eq!((planned.intensity, planned.guideline_id.as_ref()), (None, None));
        let of_phase = |phase| course.test_results.iter().find(move |one| one.phase == Some(phase) && one.instrument.as_deref() == Some("sts30")).unwrap();
        let (start, end) = (of_phase(Phase::Start), of_phase(Phase::End));
        assert_eq!((start.total, start.complete, start.intervention.as_ref()), (Some(9.0), Some(true), Some(&it.id)));
        assert_eq!((end.comparable, end.change, end.place.as_deref()), (Some(true), Some(3.0), Some("Sal 2")));
        let typed = course.test_results.iter().find(|one| one.instrument.as_deref() == Some("tug")).unwrap();
        assert_eq!((typed.phase, typed.date, typed.complete), (Some(Phase::End), None, None), "only typed");
        assert!(course.nutrition_assessments[0].unplanned_loss.unwrap().answer);
    }
}

on_both_engines! {
    async fn nutrition_is_told_by_its_instrument_and_diet_treatment_by_its_checklist(database: &Database) {
        let (desk, id, citizen) = planned(database).await;
        let diet = grant(&desk, id, InterventionCode::DietaryTreatment).await;
        ticked(&desk, diet, &["history", "guidance", "ending"]).await;
        said(&desk, id, &[], AnswersInput { diet_reassessed_on: Some(TODAY), ..AnswersInput::default() }).await;
        let weight = json!({ "instrument": "bmi_weight", "mode": "citizen_self", "phase": "start", "on": "2026-11-24", "answers": { "1": 71.5, "2": 168, "3": 2, "4": 0 } });
        measured(&desk, citizen, weight).await;
        let answers = json!({ "1": 70, "2": 168, "3": 1, "4": 1.5, "5": 0, "7": 1, "8": 2, "9": 7 });
        measured(&desk, citizen, json!({ "instrument": "nutrition_risk", "mode": "interview", "phase": "start", "facts": [], "answers": answers })).await;
        let course = facts(&desk, id).await;
        let [found] = &course.nutrition_assessments[..] else { panic!("one assessment") };
        assert_eq!((found.assessed_on, found.weight_kg, found.height_cm), (Some(TODAY), Some(70.0), Some(168.0)));
        assert_eq!((found.knowledge.as_deref(), found.skills.as_deref(), found.motivation.as_deref()), (Some("nogen"), Some("god"), Some("7")));
        let loss = found.unplanned_loss.unwrap();
        assert_eq!((loss.answer, loss.kg, loss.months), (true, Some(1.5), Some(2.0)));
        assert_eq!((found.risk_level, found.undernutrition), (Some(RiskLevel::Risk), None));
        assert_eq!(found.weight_history.len(), 2);
        assert!(found.weight_history.iter().any(|one| one.kg == Some(71.5) && one.self_reported));
        let [treated] = &course.diets[..] else { panic!("one treatment") };
        assert_eq!(treated.intervention, Some(diet.to_string()));
        assert!(treated.history.is_some() && treated.diagnosis.is_none());
        assert_eq!((treated.individual_advice, treated.closing), (Some(true), Some(TODAY)));
        assert_eq!(treated.need_reassessed_on, Some(TODAY));
    }
}

on_both_engines! {
    async fn nicotine_is_told_with_the_doctor_the_stop_date_and_how_it_ended(database: &Database) {
        let (desk, id, citizen) = planned(database).await;
        let it = grant(&desk, id, InterventionCode::NicotineCessation).await;
        let before = facts(&desk, id).await;
        assert_eq!((before.stops[0].consent.as_ref(), before.stops[0].baseline_complete), (None, None));
        said(&desk, id, &[(Question::AffectedMedicine, true), (Question::DoctorInvolved, true)], AnswersInput::default()).await;
        let who = staff(1, Role::Professional);
        stopbasen::agree_stop_date(&desk.app, &who, id, None, Some(date(2026, 12, 1))).await.unwrap();
        let ended = stopbasen::EndedInput { outcome: StopOutcome::Reduced, no_contact: true };
        stopbasen::say_end(&desk.app, &who, id, None, ended).await.unwrap();
        let answers = json!({ "1": 3, "2": 1, "3": 1, "4": 1, "5": 0, "6": 0 });
        measured(&desk, citizen, json!({ "instrument": "ftnd", "mode": "interview", "phase": "start", "answers": answers })).await;
        let course = facts(&desk, id).await;
        let [found] = &course.nicotine_courses[..] else { panic!("one cessation") };
        assert_eq!(found.intervention, Some(it.to_string()));
        assert_eq!((found.psychotropics, found.doctor_contact_on), (Some(Ternary::Yes), Some(TODAY)));
        assert_eq!((found.stop_date, found.goal_type), (Some(date(2026, 12, 1)), Some(NicotineGoal::Stop)));
        assert_eq!((found.outcome, found.medicine_kind), (Some(NicotineOutcome::Reduced), None));
        assert_eq!((found.products[0].kind.as_str(), found.products[0].amount), ("cigaretter", None));
        let test = course.test_results.iter().find(|one| one.instrument.as_deref() == Some("ftnd")).unwrap();
        assert_eq!((test.intervention.as_ref(), test.total), (found.intervention.as_ref(), Some(6.0)));
    }
}

on_both_engines! {
    async fn an_audit_considers_a_talk_and_its_decision_refers_to_treatment(database: &Database) {
        let (mut desk, id, citizen) = planned(database).await;
        assert!(facts(&desk, id).await.alcohol_talks.is_empty());
        let answers: serde_json::Map<_, _> = ["4", "4", "4", "4", "0", "0", "0", "0", "4", "0"].iter().enumerate().map(|(at, points)| ((at + 1).to_string(), json!(points.parse::<i32>().unwrap()))).collect();
        let audit = measured(&desk, citizen, json!({ "instrument": "audit", "mode": "interview", "phase": "start", "facts": ["regular_medicine"], "answers": answers })).await;
        let considered = facts(&desk, id).await;
        let talk = considered.interventions.iter().find(|it| it.fsiii_code == Some(Fsiii::SamtaleOmAlkohol)).unwrap();
        assert_eq!((talk.granted_on, talk.status), (None, None));
        assert_eq!((considered.test_results[0].intervention.as_ref(), considered.test_results[0].total), (Some(&talk.id), Some(20.0)));
        let result = format!("/maalinger/{audit}");
        leads_to(&decide(&mut desk, &result, &[("rute", "treatment"), ("oplyst-treatment", "0"), ("oplyst-treatment", "2")]).await);
        said(&desk, id, &[(Question::WantsToStop, true)], AnswersInput::default()).await;
        let no = [("beslutning", "nej"), ("begrundelse", "Følges af jordemoder."), ("samtykke", "given"), ("orienteret", "told")];
        leads_to(&desk.browser.post(&href(id, "/underretning"), &no).await);
        let granted = grant(&desk, id, InterventionCode::AlcoholTalk).await;
        ticked(&desk, granted, &["diary"]).await;
        let course = facts(&desk, id).await;
        let [found] = &course.alcohol_talks[..] else { panic!("one talk") };
        assert_eq!(found.intervention, Some(granted.to_string()), "what is granted is no longer considered");
        assert_eq!((found.treatment_referral_on, found.treatment_answer), (Some(TODAY), Some(TreatmentAnswer::Accepted)));
        assert_eq!(found.info_given, ["frit valg", "mulighed for anonymitet"]);
        assert_eq!((found.uses_medicine, found.very_high_use), (Some(Ternary::Yes), Some(false)));
        assert_eq!((found.goal_type, found.diary_advised, found.class), (Some(AlcoholGoal::Stop), Some(true), None));
        assert!(found.notification_considered.as_ref().unwrap().answer);
        let decided = found.notification_decision.as_ref().unwrap();
        assert_eq!((decided.word.as_str(), decided.reason.as_deref()), ("not_made", Some("Følges af jordemoder.")));
    }
}

on_both_engines! {
    async fn the_municipality_has_offers_associations_and_competences(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        assert_eq!(*tables(&desk).await.tables(), standard::facts::Tables::default(), "nothing is made up");
        let offer = crate::catalogue::published(&mut desk, &crate::catalogue::COMPLETE).await;
        let walk = crate::bridge::written_down(&mut desk, &crate::bridge::WALK).await;
        let user = crate::calendar::user(&desk.app, 1, "leader").await;
        let seen = AttestationInput { competence: Competence::DiseaseCoping, evidence: "Uddannelse".to_owned(), seen_on: None, expires_on: None };
        attest(&desk.app, &staff(1, Role::Leader), user, None, seen).await.unwrap();
        let at = tables(&desk).await;
        let [own] = &at.tables().offers[..] else { panic!("one offer") };
        assert!(offer.ends_with(&own.id) && own.name.as_deref() == Some("Kvit på hold"));
        assert_eq!((own.fsiii_code, own.active_from), (Some(Fsiii::NikotinTobaksafvaenning), Some(TODAY)));
        assert_eq!((&own.target_groups[..], own.requires_chronic_disease), (&[TargetGroup::Nikotin][..], Some(false)));
        assert_eq!((own.time_of_day.as_deref(), own.time_limit), (Some("evening"), Some(DateOrNone::None)));
        assert!(own.delivery_modes.contains(&"fremmoede".to_owned()) && own.languages == ["da", "ar"] || own.languages == ["ar", "da"]);
        assert_eq!((own.soft_published, own.contact_phone.as_deref()), (Some(false), Some("70 00 00 99")));
        assert!(own.evidence_base.is_some() && own.test_battery.is_empty());
        let association = &at.tables().associations[0];
        assert!(walk.ends_with(&association.id) && association.confirmed_on == Some(TODAY));
        let competences: Vec<_> = at.tables().competences.iter().filter_map(|one| one.requirement_id.as_deref()).collect();
        assert_eq!(competences, ["KS-4.5-01", "KS-4.5-02"]);
        assert_eq!(at.tables().competences[0].expires_on, Some(DateOrNone::On(date(2029, 11, 24))));
        assert!(at.tables().attestations.is_empty() && at.tables().indicators.is_empty());
    }
}
