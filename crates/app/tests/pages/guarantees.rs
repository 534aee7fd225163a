//! What the system guarantees of groups and of how things are delivered (quality standard, sections 2.1, 3, 4.3, 5.3, 6.3, 7).

use app::quality::municipality;
use domain::codes::{DeliveryType, EncounterClass, InterventionCode};
use domain::encounter::EncounterStatus;
use domain::follow_up::FollowUpState;
use domain::ids::{CitizenId, CourseId, PlannedInterventionId};
use domain::permission::Role;
use jiff::civil::date;
use standard::facts::Session;
use standard::facts::words::{AttendanceStatus, Format, Mode, TargetGroup};
use testkit::municipality::staff;
use testkit::on_both_engines;

use crate::course::{act, href, planned};
use crate::delivered::{facts, held, of, ticked};
use crate::stopbasen::{stop, stopping};
use crate::talk::{self, record, whole, with};
use crate::teams::{Granted, PERSONS, TEAM, borrowed, contact_of, granted_at_risk, granted_for, pressed, session_now};
use crate::{Desk, leads_to, value_of, version_of};

/// A team of an intervention with three sessions, the first of them now, and these people on it.
async fn team_with(desk: &mut Desk, code: &str, all: &[Granted]) -> String {
    let fields: Vec<(&str, &str)> =
        TEAM.iter().map(|(name, value)| (*name, if *name == "indsats" { code } else { value })).collect();
    desk.browser.get("/hold/nyt").await;
    let team = leads_to(&desk.browser.post("/hold/nyt", &fields).await);
    for (intervention, _) in all {
        let seat = intervention.to_string();
        leads_to(&desk.browser.post(&format!("{team}/pladser"), &[("indsats", &*seat)]).await);
    }
    team
}

/// The addresses of a team's sessions by time.
async fn sessions(desk: &mut Desk, team: &str) -> Vec<String> {
    let page = desk.browser.get(team).await.body;
    let start = format!("href=\"{team}/gange/");
    let links = page.split(start.as_str()).skip(1).map(|rest| rest.split('"').next().unwrap());
    let mut all: Vec<String> = Vec::new();
    for id in links.filter(|id| !id.contains('/')) {
        let href = format!("{team}/gange/{id}");
        if !all.contains(&href) {
            all.push(href);
        }
    }
    all
}

async fn course_of(desk: &Desk, citizen: CitizenId) -> CourseId {
    record(&desk.app, citizen).await.open_course().unwrap().value.id
}

/// What the rules read of the team's sessions.
async fn told(desk: &Desk) -> Vec<Session> {
    let at = municipality::read(&desk.app, &staff(1, Role::Leader)).await.unwrap();
    at.tables().groups[0].session.clone()
}

on_both_engines! {
    async fn those_with_and_at_risk_of_a_disease_share_a_team_and_are_told_apart(database: &Database) {
        let mut desk = Desk::with(database, Role::Professional, &[]).await;
        let ill = granted_at_risk(&desk, PERSONS[0], InterventionCode::PhysicalTraining, true).await;
        let at_risk = granted_at_risk(&desk, PERSONS[1], InterventionCode::PhysicalTraining, false).await;
        let team = team_with(&mut desk, "physical_training", &[ill, at_risk]).await;
        assert!(desk.browser.get(&team).await.body.contains("2 optaget"), "one team admits both");
        let session = session_now(&mut desk, &team).await;
        leads_to(&desk.browser.post(&session, &borrowed(&pressed(&[ill, at_risk], &[], ""))).await);
        for ((_, citizen), group) in [(ill, TargetGroup::Kronisk), (at_risk, TargetGroup::Risiko)] {
            let course = facts(&desk, course_of(&desk, citizen).await).await;
            assert_eq!(course.target_group, Some(group), "it stands on the course");
            assert_eq!(course.enrolments[0].group, Some(team.rsplit('/').next().unwrap().to_owned()));
        }
    }
}

on_both_engines! {
    async fn each_session_has_its_own_form_and_place_and_one_course_mixes_them(database: &Database) {
        let mut desk = Desk::with(database, Role::Professional, &[]).await;
        let one = granted_for(&desk, PERSONS[0], InterventionCode::PhysicalTraining).await;
        let team = team_with(&mut desk, "physical_training", &[one]).await;
        let all = sessions(&mut desk, &team).await;
        assert_eq!(all.len(), 3);
        let unsaid = desk.browser.post(&format!("{}/form", all[0]), &[("sted", "Skoven")]).await;
        assert!(unsaid.status == 422 && unsaid.body.contains("Vælg, hvordan holdgangen holdes.") && unsaid.body.contains("Skoven"));
        let screen = [("form", "screen"), ("sted", ""), ("frem", "ja")];
        assert_eq!(leads_to(&desk.browser.post(&format!("{}/form", all[1]), &screen).await), all[1]);
        let outdoors = [("form", "at_premises"), ("sted", "Skoven ved søen")];
        leads_to(&desk.browser.post(&format!("{}/form", all[2]), &outdoors).await);
        let page = desk.browser.get(&all[1]).await.body;
        assert!(page.contains("Skærmbesøg") && !desk.browser.get(&all[2]).await.body.contains("Skærmbesøg"));
        assert!(desk.browser.get(&all[2]).await.body.contains("Skoven ved søen"));
        let told = told(&desk).await;
        let said: Vec<_> = told.iter().map(|s| (s.format, s.mode, s.place.as_deref())).collect();
        let group = Some(Format::Group);
        assert_eq!(said, [
            (group, Some(Mode::Fremmoede), Some("Sal 2")),
            (group, Some(Mode::Video), Some("Sal 2")),
            (group, Some(Mode::Fremmoede), Some("Skoven ved søen")),
        ]);
        // The same intervention alone, by telephone: one course of several modes.
        let course = course_of(&desk, one.1).await;
        held(&mut desk, course, one.1, one.0).await;
        let own = &facts(&desk, course).await.sessions[0];
        assert_eq!((own.format, own.mode), (Some(Format::Individual), Some(Mode::Telefon)));
        let over = session_now(&mut desk, &team).await;
        leads_to(&desk.browser.post(&over, &borrowed(&pressed(&[one], &[], ""))).await);
        let late = desk.browser.post(&format!("{over}/form"), &screen).await;
        assert_eq!(late.status, 422, "what was held stays as it was");
    }
}

on_both_engines! {
    async fn a_digital_session_has_its_attendance_taken_like_any_other(database: &Database) {
        let mut desk = Desk::with(database, Role::Professional, &[]).await;
        let mut all = Vec::new();
        for person in &PERSONS[..2] {
            all.push(granted_for(&desk, *person, InterventionCode::DiseaseManagement).await);
        }
        let team = team_with(&mut desk, "disease_management", &all).await;
        let session = session_now(&mut desk, &team).await;
        leads_to(&desk.browser.post(&format!("{session}/form"), &[("form", "screen"), ("sted", "")]).await);
        let fields = pressed(&all, &[(all[1].1, "absent")], "Fjernundervisning");
        assert_eq!(leads_to(&desk.browser.post(&session, &borrowed(&fields)).await), session);
        assert!(desk.browser.get(&session).await.body.contains("1 af 2 mødte"));
        assert_eq!(contact_of(&desk, all[0].1).await.0, EncounterStatus::Finished);
        assert_eq!(contact_of(&desk, all[1].1).await.0, EncounterStatus::NoShow);
        let came = record(&desk.app, all[0].1).await;
        let contact = came.encounters.iter().find(|e| e.value.session.is_some()).unwrap();
        assert_eq!(contact.value.class, EncounterClass::Screen);
        let status = facts(&desk, course_of(&desk, all[1].1).await).await.attendances[0].status;
        assert_eq!((told(&desk).await[0].mode, status), (Some(Mode::Video), Some(AttendanceStatus::NoShow)));
    }
}

on_both_engines! {
    async fn dietary_advice_is_given_together_or_alone_and_followed_up_on_screen_or_by_telephone(database: &Database) {
        let mut desk = Desk::with(database, Role::Professional, &[]).await;
        let one = granted_for(&desk, PERSONS[0], InterventionCode::DietaryGuidance).await;
        let team = team_with(&mut desk, "dietary_guidance", &[one]).await;
        let session = session_now(&mut desk, &team).await;
        leads_to(&desk.browser.post(&session, &borrowed(&pressed(&[one], &[], ""))).await);
        let course = course_of(&desk, one.1).await;
        let plan = record(&desk.app, one.1).await.intervention(one.0).unwrap().value.care_plan.unwrap().to_string();
        for (from, to, class) in [("08:00", "08:20", "phone"), ("08:30", "08:50", "screen")] {
            let form = [("plan", &*plan), ("dato", "2026-11-24"), ("fra", from), ("til", to), ("sted", class)];
            assert_eq!(act(&mut desk, course, "/kontakt", &form).await.status, 303);
        }
        let course = facts(&desk, course).await;
        let mut modes: Vec<_> = course.sessions.iter().map(|s| (s.format, s.mode)).collect();
        modes.sort_by_key(|(_, mode)| format!("{mode:?}"));
        let alone = Some(Format::Individual);
        assert_eq!(modes, [(alone, Some(Mode::Telefon)), (alone, Some(Mode::Video))]);
        assert_eq!((told(&desk).await[0].mode, of(&course, one.0).format), (Some(Mode::Fremmoede), Some(Format::Mixed)));
    }
}

on_both_engines! {
    async fn sessions_alone_and_in_the_group_count_towards_one_checklist(database: &Database) {
        let mut desk = Desk::with(database, Role::Professional, &[]).await;
        let one = granted_for(&desk, PERSONS[0], InterventionCode::DiseaseManagement).await;
        let team = team_with(&mut desk, "disease_management", &[one]).await;
        let session = session_now(&mut desk, &team).await;
        leads_to(&desk.browser.post(&session, &borrowed(&pressed(&[one], &[], ""))).await);
        let course = course_of(&desk, one.1).await;
        ticked(&desk, one.0, &["disease"]).await;
        desk.clock.set("2026-11-25T10:00:00Z");
        desk.browser.log_in("professional", crate::PASSWORD).await;
        let plan = record(&desk.app, one.1).await.intervention(one.0).unwrap().value.care_plan.unwrap().to_string();
        desk.browser.get(&href(course, "")).await;
        let form = [("plan", &*plan), ("dato", "2026-11-25"), ("fra", "09:00"), ("til", "09:30"), ("sted", "at_premises")];
        assert_eq!(act(&mut desk, course, "/kontakt", &form).await.status, 303);
        ticked(&desk, one.0, &["disease", "coping"]).await;
        let own = facts(&desk, course).await;
        assert_eq!(own.sessions[0].elements_covered, ["mestring i hverdagen"], "what was taken up alone");
        assert_eq!(told(&desk).await[0].elements_covered, ["sygdomskendskab"], "what was taken up together");
        let all = domain::checklist::elements(InterventionCode::DiseaseManagement).len();
        let page = desk.browser.get(&href(course, "")).await.body;
        assert!(page.contains(&format!("{} mangler", all - 2)), "both are off the one list");
    }
}

on_both_engines! {
    async fn the_form_of_an_intervention_changes_and_its_dates_stay(database: &Database) {
        let (mut desk, course, citizen) = stopping(database).await;
        let kept = record(&desk.app, citizen).await;
        let it = kept.interventions.iter().find(|i| i.value.code == InterventionCode::NicotineCessation).unwrap();
        let (id, version) = (it.value.id.to_string(), it.version.to_string());
        let safety = href(course, "/sikkerhed");
        let seen = value_of(&desk.browser.get(&safety).await, "version");
        leads_to(&desk.browser.post(&safety, &[("version", &*seen), ("svar-affected_medicine", "nej")]).await);
        let seen = version_of(&desk.browser.get(&stop(course, "")).await);
        leads_to(&desk.browser.post(&stop(course, "/dato"), &[("version", &*seen), ("stopdato", "2026-12-01")]).await);
        let seen = version_of(&desk.browser.get(&stop(course, "")).await);
        leads_to(&desk.browser.post(&stop(course, "/slut"), &[("version", &*seen), ("udfald", "reduced")]).await);
        let follow_up = record(&desk.app, citizen).await.follow_ups[0].value.clone();
        let form = |levering: &'static str| [("indsats", id.clone()), ("version", version.clone()), ("handling", "form".into()), ("levering", levering.into())];
        let unsaid = form("").map(|(name, value): (&str, String)| (name, value));
        let unsaid: Vec<_> = unsaid.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(act(&mut desk, course, "/indsats", &unsaid).await.status, 422);
        let group = form("group");
        let group: Vec<_> = group.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(act(&mut desk, course, "/indsats", &group).await.status, 303);
        let after = record(&desk.app, citizen).await;
        let changed = &after.intervention(it.value.id).unwrap().value;
        assert_eq!((changed.delivery, changed.id, changed.status), (DeliveryType::Group, it.value.id, it.value.status));
        assert_eq!(after.stop_courses[0].value.stop_on, Some(date(2026, 12, 1)), "the stop date stays");
        assert_eq!((follow_up.due_on, &follow_up.state), (date(2027, 2, 22), &FollowUpState::Planned));
        assert_eq!(after.follow_ups[0].value, follow_up, "so does the follow-up");
        assert_eq!(of(&facts(&desk, course).await, it.value.id).delivery_type.as_deref(), Some("gruppebaseret"));
        // A contact by video and one by telephone: the mode is coded with each.
        held(&mut desk, course, citizen, it.value.id).await;
        assert_eq!(facts(&desk, course).await.sessions[0].mode, Some(Mode::Telefon));
        assert_eq!(record(&desk.app, citizen).await.follow_ups.len(), after.follow_ups.len());
    }
}

on_both_engines! {
    async fn practical_cooking_supports_dietary_guidance_in_one_plan(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        let before = record(&desk.app, citizen).await;
        let diet = before.interventions.iter().find(|i| i.value.code == InterventionCode::DietaryGuidance).unwrap();
        let (id, version) = (diet.value.id.to_string(), diet.version.to_string());
        assert!(!desk.browser.get(&href(course, "")).await.body.contains("Støtter kostvejledning"));
        let form = [("indsats", &*id), ("version", &*version), ("handling", "madlavning")];
        assert_eq!(act(&mut desk, course, "/indsats", &form).await.status, 303);
        let after = record(&desk.app, citizen).await;
        let cooking = after.interventions.iter().find(|i| i.value.code == InterventionCode::CookingInPractice).unwrap();
        assert!(cooking.value.supports(&diet.value) && cooking.value.care_plan == diet.value.care_plan);
        assert_eq!((cooking.value.delivery, after.care_plans.len()), (DeliveryType::Group, before.care_plans.len()));
        assert!(desk.browser.get(&href(course, "")).await.body.contains("Støtter kostvejledning"));
        let twice = act(&mut desk, course, "/indsats", &form).await;
        assert!(twice.status == 422 && twice.body.contains("bevilget som støtte allerede"));
        let alone = [("indsats", &*cooking.value.id.to_string()), ("version", &*cooking.version.to_string()), ("handling", "madlavning")];
        assert_eq!(act(&mut desk, course, "/indsats", &alone).await.status, 422, "it supports nutrition alone");
        let trained = crate::delivered::grant(&desk, course, InterventionCode::PhysicalTraining).await;
        let version = record(&desk.app, citizen).await.intervention(trained).unwrap().version.to_string();
        let other = [("indsats", &*trained.to_string()), ("version", &*version), ("handling", "madlavning")];
        assert_eq!(act(&mut desk, course, "/indsats", &other).await.status, 422, "and no other area");
        let treated = crate::delivered::grant(&desk, course, InterventionCode::DietaryTreatment).await;
        let it = record(&desk.app, citizen).await.intervention(treated).unwrap().clone();
        let (id, version) = (treated.to_string(), it.version.to_string());
        let form = [("indsats", &*id), ("version", &*version), ("handling", "madlavning")];
        assert_eq!(act(&mut desk, course, "/indsats", &form).await.status, 303);
        let all = record(&desk.app, citizen).await;
        assert!(all.interventions.iter().any(|i| i.value.supports(&it.value)), "and diet treatment");
    }
}

/// The talk with somebody referred with a disease, ended with training in a group that has no team yet.
async fn waits(desk: &mut Desk, name: &str) -> PlannedInterventionId {
    let (talk, citizen) = crate::calendar::routed(desk, name).await;
    let step = value_of(&desk.browser.get(&talk::href(talk, "")).await, "set");
    let more = [
        ("set", &*step),
        ("indsats-dietary_guidance", ""),
        ("indsats-physical_training", "ja"),
        ("levering-physical_training", "group"),
    ];
    assert_eq!(desk.browser.post(&talk::href(talk, "/afslut"), &with(&whole(), &more)).await.status, 303);
    let record = record(&desk.app, citizen).await;
    record.interventions.iter().find(|i| i.value.code == InterventionCode::PhysicalTraining).unwrap().value.id
}

on_both_engines! {
    async fn who_waits_is_counted_by_diagnosis_and_a_team_made_of_the_chosen(database: &Database) {
        let letters = ["01-xref15-gp-type2-diabetes-diet", "02-xref15-hospital-copd"];
        let mut desk = Desk::with(database, Role::Professional, &letters).await;
        let nancy = waits(&mut desk, "Nancy Ann Test Berggren").await;
        let bruno = waits(&mut desk, "Bruno Test Elmer").await;
        let list = "/hold/venteliste?indsats=physical_training";
        let page = desk.browser.get(list).await.body;
        assert!(desk.browser.get("/hold").await.body.contains("href=\"/hold/venteliste\""));
        for row in ["Type 2-diabetes</a></th><td data-title=\"Venter\">2<", "Hjerte-kar-sygdom</a></th><td data-title=\"Venter\">1<", "KOL</a></th><td data-title=\"Venter\">1<", "I alt</th><td data-title=\"Venter\">2<"] {
            assert!(page.contains(row), "{row}");
        }
        assert!(desk.queries_of(list).await <= 6);
        let page = desk.browser.get(&format!("{list}&sygdom=copd")).await.body;
        assert!(page.contains("Bruno Test Elmer") && !page.contains("Nancy Ann"), "the selection");
        let nobody = desk.browser.post("/hold/venteliste", &[("indsats", "physical_training"), ("navn", "KOL-hold"), ("pladser", "8")]).await;
        assert!(nobody.status == 422 && nobody.body.contains("Vælg dem, der skal på holdet.") && nobody.body.contains("value=\"KOL-hold\""));
        let chosen = bruno.to_string();
        let form = [("indsats", "physical_training"), ("sygdom", "copd"), ("navn", "KOL-hold"), ("pladser", "8"), ("borger", &*chosen)];
        let team = leads_to(&desk.browser.post("/hold/venteliste", &form).await);
        let page = desk.browser.get(&team).await.body;
        assert!(page.contains("1 optaget · 7 ledige") && page.contains("KOL-hold er oprettet. 1 har fået plads."));
        let page = desk.browser.get(list).await.body;
        assert!(page.contains("Nancy Ann") && !page.contains("Bruno Test"), "who has a seat waits no more");
        let twice = desk.browser.post("/hold/venteliste", &[("navn", "To"), ("indsats", "physical_training"), ("pladser", "1"), ("borger", &*nancy.to_string()), ("borger", &*chosen)]).await;
        assert_eq!(twice.status, 422, "all of them or nobody");
        assert!(!desk.browser.get("/hold").await.body.contains(">To<"));
    }
}
