//! One course over HTTP: referral by message, contact, talk, plan, team, closing, note, report, follow-up.

use serde_json::{Value, json};
use testkit::on_both_engines;

use crate::client::{World, text};

/// Ids of one of everything, as the course leaves them.
#[derive(Debug, Clone)]
pub struct Ids {
    pub referral: String,
    pub citizen: String,
    pub message: String,
    pub attachment: String,
    pub requester: String,
    pub course: String,
    pub talk: String,
    pub appointment: String,
    pub practitioner: String,
    pub care_plan: String,
    pub intervention: String,
    pub condition: String,
    pub encounter: String,
    pub consent: String,
    pub team: String,
    pub offer: String,
    pub session: String,
    pub follow_up: String,
    pub outgoing: String,
    pub report: String,
    pub response: String,
}

/// All that a clarifying talk must have touched.
pub fn full_talk() -> Value {
    json!({
        "start": "2026-03-12T09:00:00Z", "end": "2026-03-12T10:00:00Z", "class": "at_premises",
        "notes": {
            "areas": {"functioning": "Går ture", "everyday_life": "Bor alene", "risk_factors": "Gennemgået", "disease": "Forpustet"},
            "risk_factors": {"smoking": "Nej", "alcohol": "Nej", "inactivity": "Lidt", "diet": "Ja", "mental_health": "Godt"},
            "maintenance": "Laver mad med naboen",
        },
        "needs": {"asked": true, "interpreter": false, "transport": true, "companion": false, "sight": false, "hearing": false, "digital": false, "best_time": null},
        "goals": [{"words": "Jeg vil kunne lave sund mad"}],
        "consents": [{"purpose": "referrer_feedback", "given": true, "form": "oral"}],
        "conditions": [{"code": "eating_pattern"}],
        "interventions": [{"code": "cooking_in_practice", "delivery": "group", "choice_reason": "Borgerens ønske"}],
    })
}

/// Hours of the nurse who may hold clarifying talks.
pub fn hours() -> Value {
    let day = |day: &str| json!({"day": day, "from": "09:00:00", "to": "15:00:00", "place": "Lokale 3"});
    let week = ["monday", "tuesday", "wednesday", "thursday", "friday"].map(day);
    json!({"competences": ["clarifying_talk"], "hours": week})
}

/// The talk gets its time with the nurse.
pub async fn booked(world: &World, talk: &str) -> String {
    let path = format!("/practitioners/{}", world.professional);
    world.call((1, domain::permission::Role::Leader), "PUT", &path, Some(hours()), &[]).await.done();
    let free = world.get(&format!("/interventions/{talk}/free-times")).await;
    let suggested = free["items"].as_array().unwrap().iter().filter(|time| time["suggested"] == true).count();
    assert_eq!(suggested, 3, "{free}");
    let time = json!({"professional": world.professional, "start": "2026-03-12T09:00:00Z"});
    text(&world.post(&format!("/interventions/{talk}/appointments"), time).await["id"])
}

/// From the hospital's letter to the granted intervention.
pub async fn to_the_plan(world: &World) -> (Value, Value, Value) {
    let received = world.message("02-xref15-hospital-copd").await.done();
    world.message("16-xbin02-attachment-for-02").await.done();
    let id = text(&received["referrals"][0]);
    let referral = world.get(&format!("/referrals/{id}")).await;
    world.post(&format!("/referrals/{id}/check"), json!({"areas": ["nutrition"], "chronic_disease": true})).await;
    let reached = world.post(&format!("/referrals/{id}/attempts"), json!({"reached": true})).await;
    assert_eq!((&reached["state"], &reached["next_step"]), (&json!("reached"), &json!("choose_route")));
    let routed = world.post(&format!("/referrals/{id}/route"), json!({"step": "clarifying_talk"})).await;
    booked(world, &text(&routed["intervention"])).await;
    world.clock.set("2026-03-12T11:00:00Z");
    let held = world.post(&format!("/talks/{}/hold", text(&routed["intervention"])), full_talk()).await;
    (referral, routed, held)
}

/// Enrols on a team and takes attendance of one session.
pub async fn on_a_team(world: &World, intervention: &str) -> (String, String) {
    let new = json!({"name": "Mad på tirsdage", "code": "cooking_in_practice", "seats": 8});
    let team = text(&world.post("/teams", new).await["id"]);
    world.post(&format!("/teams/{team}/enrolments"), json!({"intervention": intervention})).await;
    let session = json!({"start": "2026-03-17T09:00:00Z", "end": "2026-03-17T11:00:00Z"});
    let session = text(&world.post(&format!("/teams/{team}/sessions"), session).await["session"]);
    world.clock.set("2026-03-17T11:30:00Z");
    let came = world.post(&format!("/teams/{team}/sessions/{session}/attendance"), json!({})).await;
    assert_eq!(came["came"], 1);
    (team, session)
}

/// The whole course; the closing note is queued and the report of the talk's day is built.
pub async fn whole_course(world: &World) -> Ids {
    let (referral, routed, held) = to_the_plan(world).await;
    let citizen = text(&referral["citizen"]);
    let (course, intervention) = (text(&routed["course"]), text(&held["interventions"][0]["intervention"]));
    let (team, session) = on_a_team(world, &intervention).await;
    let offer = json!({"name": "Madhold", "code": "cooking_in_practice"});
    let offer = text(&world.post("/offers", offer).await["id"]);
    let plan = text(&held["interventions"][0]["care_plan"]);
    let contact = json!({"class": "phone", "start": "2026-03-17T11:10:00Z", "end": "2026-03-17T11:20:00Z"});
    let encounter = text(&world.post(&format!("/care-plans/{plan}/contacts"), contact).await["id"]);
    world.post(&format!("/interventions/{intervention}/end"), json!({})).await;
    let record = world.get(&format!("/citizens/{citizen}")).await;
    let close = json!({
        "start": "2026-03-17T11:00:00Z", "end": "2026-03-17T11:30:00Z",
        "goals": [{"goal": record["goals"][0]["id"], "outcome": "reached"}],
        "consents": [{"purpose": "status_to_doctor", "given": true, "form": "oral"}],
        "follow_ups": [{"due_on": "2026-06-17"}],
    });
    let answered = json!({"instrument": "vba", "phase": "start", "answers": {"1": 0}});
    let response = text(&world.post(&format!("/citizens/{citizen}/responses"), answered).await["id"]);
    let closed = world.post(&format!("/courses/{course}/close"), close).await;
    let sent = world.post(&format!("/courses/{course}/final-note"), json!({"outcome": "Går længere"})).await;
    assert_eq!(sent["files"].as_array().unwrap().len(), 1, "{sent}");
    let letter = world.post(&format!("/courses/{course}/letters"), json!({"letter": "M16"})).await;
    assert_eq!(letter["queued"], false, "{letter}");
    let offered =
        json!({"message": "M6", "text": "Borgeren er tilbudt kostvejledning.", "section_41": "Lægen følger op."});
    let asked = world.post(&format!("/courses/{course}/messages"), offered).await;
    assert_eq!(asked["queued"], true, "{asked}");
    world.clock.set("2026-03-18T07:00:00Z");
    let built = world.post("/reports", json!({"day": "2026-03-17"})).await;
    assert_eq!(built["failures"], json!([]));
    let id = text(&referral["id"]);
    let page = world.get(&format!("/referrals/{id}")).await;
    Ids {
        message: text(&page["messages"][0]),
        attachment: text(&page["attachments"][0]["id"]),
        requester: text(&page["requesting_organization"]["id"]),
        outgoing: text(&page["outgoing"].as_array().unwrap().iter().find(|o| o["kind"] == "XDIS15").unwrap()["id"]),
        consent: text(&record["consents"][0]["id"]),
        follow_up: text(&closed["follow_ups"][0]),
        talk: text(&routed["intervention"]),
        appointment: text(&record["appointments"][0]["id"]),
        practitioner: world.professional.clone(),
        condition: text(&held["conditions"][0]),
        report: text(&built["reports"][0]["id"]),
        care_plan: plan,
        referral: id,
        citizen,
        course,
        intervention,
        encounter,
        team,
        offer,
        session,
        response,
    }
}

on_both_engines! {
    async fn a_course_runs_from_the_referral_to_the_report_and_the_follow_up(database: &Database) {
        let world = World::new(database).await;
        let ids = whole_course(&world).await;
        let record = world.get(&format!("/citizens/{}", ids.citizen)).await;
        assert_eq!(record["courses"][0]["state"]["is"], "closed");
        assert_eq!(record["requests"][0]["state_word"], "joined");
        assert_eq!(record["appointments"][0]["state"]["is"], "held", "the talk was held at its time");
        assert_eq!(record["encounters"].as_array().unwrap().len(), 4, "talk, session, call, closing talk");
        let about = format!("/citizens/{}", ids.citizen);
        let result = format!("{about}/follow-ups/{}/result", ids.follow_up);
        world.clock.set("2026-06-17T08:00:00Z");
        world.post(&result, json!({"outcome": "done", "kept": "kept", "words": "Det går godt"})).await;
        let again = world.try_post(&result, json!({"outcome": "declined"})).await;
        assert_eq!(again.problem(), (422, "follow_up_over".into()));
        let messages = world.get(&format!("{about}/messages")).await;
        let kinds: Vec<&str> = messages["items"].as_array().unwrap().iter().filter_map(|m| m["kind"].as_str()).collect();
        assert!(kinds.contains(&"XDIS15") && kinds.contains(&"XCTL03") && kinds.contains(&"attachment"), "{kinds:?}");
        assert!(!world.get(&format!("{about}/versions")).await["items"].as_array().unwrap().is_empty());
        let days = world.get("/reports/days").await;
        assert_eq!((&days["items"][0]["day"], &days["items"][0]["queued"]), (&json!("2026-03-17"), &json!(1)));
        assert_eq!(world.get("/reports?day=2026-03-17").await["items"][0]["id"], ids.report.as_str());
    }
}

on_both_engines! {
    async fn every_look_through_the_api_stands_in_the_citizens_access_log(database: &Database) {
        let world = World::new(database).await;
        let ids = whole_course(&world).await;
        for path in [
            format!("/citizens/{}", ids.citizen),
            format!("/citizens/{}/messages", ids.citizen),
            format!("/referrals/{}", ids.referral),
            format!("/teams/{}", ids.team),
            format!("/reports/{}", ids.report),
            "/tasks".into(),
            format!("/appointments/{}", ids.appointment),
            "/appointments?from=2026-03-12".into(),
        ] {
            world.get(&path).await;
        }
        for path in [format!("/attachments/{}", ids.attachment), format!("/messages/{}/original", ids.message)] {
            world.call((1, domain::permission::Role::System), "GET", &path, None, &[]).await;
        }
        let log = world.get(&format!("/citizens/{}/access-log", ids.citizen)).await;
        let seen: std::collections::BTreeSet<String> =
            log["items"].as_array().unwrap().iter().map(|row| text(&row["what"])).collect();
        for what in ["citizen.open", "citizen.messages", "referral.open", "team.open", "appointment.open", "report.open", "task.list", "attachment", "message.original"] {
            assert!(seen.contains(what), "{what} is not in {seen:?}");
        }
    }
}
