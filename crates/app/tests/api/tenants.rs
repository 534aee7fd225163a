//! Another municipality's token finds nothing of the first one's: no route answers with it, and none changes it.

use app::web::Route;
use domain::permission::{Permission, Role};
use serde_json::{Value, json};
use testkit::on_both_engines;

use crate::client::{MORNING, World, new_request};
use crate::course::{Ids, full_talk, whole_course};
use crate::permissions::routes;

/// Takes no JSON, and goes to a practice, of which the neighbour has none.
const NOT_HERE: [(&str, &str); 2] = [("POST", "/api/v1/messages"), ("POST", "/api/v1/cooperation/news")];

/// No member of any staff.
const SOMEBODY: &str = "0195d6f0-0000-7000-8000-000000000001";

/// The path with the first municipality's ids.
pub fn path_of(route: &Route, ids: &Ids) -> String {
    let path = route.path.replacen("/api/v1", "", 1);
    let first = match path.split('/').nth(1).unwrap() {
        "referrals" => &ids.referral,
        "citizens" => &ids.citizen,
        "talks" => &ids.talk,
        "courses" => &ids.course,
        "care-plans" => &ids.care_plan,
        "interventions" => &ids.intervention,
        "encounters" => &ids.encounter,
        "conditions" => &ids.condition,
        "teams" => &ids.team,
        "offers" => &ids.offer,
        "appointments" => &ids.appointment,
        "practitioners" => &ids.practitioner,
        "messages" => &ids.message,
        "outgoing" => &ids.outgoing,
        "attachments" => &ids.attachment,
        "responses" => &ids.response,
        "reports" => &ids.report,
        // The id of a requirement, an indicator, a board: none has such a one.
        "organizations" | "municipalities" | "quality" | "capacity" | "population" | "improvement" | "indicators"
        | "cooperation" | "packs" | "pack-schedules" => &ids.requester,
        other => panic!("which id belongs to {other}?"),
    };
    path.replace("{id}", first)
        .replace("{consent}", &ids.consent)
        .replace("{session}", &ids.session)
        .replace("{offer}", SOMEBODY)
        .replace("{agreement}", SOMEBODY)
        .replace("{pack}", "naboens")
        .replace("{code}", "999")
        .replace("{follow_up}", &ids.follow_up)
}

/// A body that would be accepted.
pub fn body_of(route: &Route, intervention: &str) -> Option<Value> {
    let last = route.path.rsplit('/').next().unwrap();
    Some(match (route.method, last) {
        ("GET", _) => return None,
        (_, "strike") => json!({"reason": "Skrevet ved en fejl"}),
        (_, "agreements") => json!({"what": "Send tal", "who": "Naboen", "by": "2026-04-01"}),
        (_, "{agreement}") => json!({"done": true}),
        (_, "sent") => json!({"practices": []}),
        (_, "file") => json!({"text": "kommune;område;år;antal\n998;alkohol;2026;4\n"}),
        (_, "pack-schedules") => json!({"pack": "klu", "every": "month"}),
        (_, "estimates") => {
            json!({"area": "alkohol", "year": 2026, "expected": {"as": "referrals", "number": 40}})
        }
        _ if route.path.contains("/cooperation/meetings") => {
            json!({"forum": "klu", "held_on": "2026-03-01", "agenda": "Ventetid"})
        }
        _ if route.path.contains("/cooperation/notes") => {
            json!({"noted_on": "2026-03-01", "consultant": "Konsulenten", "text": "Vil henvise"})
        }
        _ if route.path.contains("/cooperation/news") => json!({"title": "Nyt", "text": "Nyt hold", "recipients": []}),
        (_, "declarations") => json!({"requirement": "KS-1.1-01", "owner": "Naboen", "evidence": "Referat"}),
        (_, "population") => json!({"subject": "residents", "source": "Profil", "dataset_on": "2026-01-01",
            "csv": "kommune;antal\n0998;5\n", "columns": ["municipality", "persons"]}),
        (_, "improvement") => json!({"name": "Naboens", "aim": "Fra 2 til 1", "indicator": "U08"}),
        (_, "attempts") => json!({"reached": true}),
        (_, "forward") => json!({"unit": "Genoptræning"}),
        (_, "return") => json!({"reason": "lives_elsewhere"}),
        (_, "reject") => json!({"reason": "Uden for målgruppen"}),
        (_, "decline") => json!({"reason": "not_now"}),
        (_, "ask") => json!({"question": "Hvilken diagnose?"}),
        (_, "route") => json!({"step": "clarifying_talk"}),
        (_, "error") => json!({"reason": "Forkert borger"}),
        (_, "death") => json!({"on": "2026-03-09"}),
        (_, "appointments") => json!({"professional": SOMEBODY, "start": MORNING}),
        (_, "letters") => json!({"letter": "M16"}),
        (_, "messages") if route.path.contains("/courses/") => {
            json!({"message": "M6", "text": "Er tilbudt kostvejledning."})
        }
        (_, "series") => json!({"professional": SOMEBODY, "start": MORNING, "count": 3}),
        (_, "move") if route.path.contains("/appointments/") => {
            json!({"professional": SOMEBODY, "start": MORNING, "reason": "citizen"})
        }
        (_, "cancel") if route.path.contains("/teams/") => json!({"reason": "room"}),
        (_, "offers") if route.path.contains("/teams/") => json!({"intervention": intervention}),
        (_, "{offer}") => json!({"accepted": true}),
        (_, "setting") => json!({"seats": 8}),
        (_, "care") => json!({"intervention": intervention, "care": ["balance"]}),
        (_, "guests") => json!({"user": SOMEBODY}),
        (_, "need") => json!({"intervention": intervention, "need": "support"}),
        (_, "cancel") => json!({"reason": "citizen"}),
        ("PUT", _) if route.path.contains("/offers/") => json!({"name": "Naboens", "code": "cooking_in_practice"}),
        ("PUT", _) if route.path.contains("/practitioners/") => json!({}),
        (_, "move") => json!({"to": "Naboby"}),
        (_, "consents") => json!({"purpose": "research", "given": true, "form": "oral"}),
        (_, "hold") => full_talk(),
        (_, "acknowledgements") => json!({"rule": "KS-6.4-02", "reason": "Aftalt med borgeren"}),
        (_, "stratifications") => {
            json!({"model": "esbjerg", "version": 1, "answers": {"coping": "middle", "complexity": "light"}})
        }
        (_, "adaptations") => json!({"adaptations": ["picture_letter"]}),
        (_, "checklist") => json!({"elements": ["habits"]}),
        (_, "safety-answers") => json!({"said": {"pregnant": false}}),
        (_, "interventions") => json!({"code": "dietary_guidance", "delivery": "individual"}),
        (_, "goals") => json!({"words": "Et mål"}),
        (_, "conditions") => json!({"code": "alcohol"}),
        ("PUT", _) => json!({"state": "resolved"}),
        (_, "close") => json!({"follow_ups": []}),
        (_, "withdraw") if route.path.starts_with("/api/v1/courses") => json!({"reason": "opted_out"}),
        (_, "contacts") => json!({"class": "phone", "start": MORNING, "end": "2026-03-10T08:30:00Z"}),
        (_, "pause") => json!({"reason": "Ferie"}),
        (_, "correct") => json!({"reason": "Forkert dag"}),
        (_, "result") => json!({"outcome": "declined"}),
        (_, "sessions") => json!({"start": "2026-04-01T08:00:00Z", "end": "2026-04-01T09:00:00Z"}),
        (_, "enrolments" | "leave") => json!({"intervention": intervention}),
        (_, "referrals") => new_request(),
        (_, "responses") => json!({"instrument": "vba", "phase": "start", "answers": {"1": 0}}),
        (_, "correction") => {
            json!({"right": {"instrument": "vba", "phase": "start", "answers": {"1": 0}}, "why": "Forkert"})
        }
        (_, "search") => json!({"text": "2509479989"}),
        (_, "attestations") => json!({"competence": "alcohol", "evidence": "Kursus"}),
        (_, "open-events") => json!({"kind": "walk", "held_on": "2026-03-01", "place": "Søen", "people": 3}),
        (_, "soft") => json!({"hash": "0"}),
        (_, "offers") => json!({"name": "Naboens tilbud", "code": "cooking_in_practice"}),
        (_, "teams") => json!({"name": "Nabohold", "code": "cooking_in_practice", "seats": 4}),
        (_, "elsewhere") => {
            json!({"content": "Kilde;Målepunkt;Version;Fra;Til;Værdi\nNaboen;A01;1;2026-01-01;2026-01-31;0,5\n"})
        }
        (_, "reports") => json!({"day": "2026-03-17"}),
        _ => json!({}),
    })
}

/// A role of the neighbour that may use the route.
fn role_for(permission: Permission) -> Role {
    *Role::ALL.iter().rev().find(|role| role.may(permission)).unwrap()
}

on_both_engines! {
    async fn with_the_neighbours_token_nothing_is_found_and_nothing_changes(database: &Database) {
        let world = World::new(database).await;
        let ids = whole_course(&world).await;
        let before = world.get(&format!("/citizens/{}", ids.citizen)).await;
        let secrets = [&ids.citizen, &ids.referral, &ids.course, &ids.message, &ids.requester, &ids.report, &ids.team];
        for route in routes().into_iter().filter(|r| r.permission != Permission::Public) {
            let who = (2, role_for(route.permission));
            let body = body_of(&route, &ids.intervention);
            if route.path.contains('{') {
                let reply = world.call(who, route.method, &path_of(&route, &ids), body, &[]).await;
                assert_eq!(reply.problem().0, 404, "{} {} {}", route.method, route.path, reply.text());
            } else if !NOT_HERE.contains(&(route.method, route.path)) {
                let path = route.path.replacen("/api/v1", "", 1);
                let reply = world.call(who, route.method, &path, body, &[]).await;
                assert!(reply.status.is_success(), "{} {} {}", route.method, route.path, reply.text());
                assert!(!secrets.iter().any(|id| reply.text().contains(*id)), "{} {}", route.path, reply.text());
            }
        }
        assert_eq!(world.get(&format!("/citizens/{}", ids.citizen)).await, before);
    }
}

on_both_engines! {
    async fn an_intervention_of_the_neighbour_gets_no_seat_on_a_team(database: &Database) {
        let world = World::new(database).await;
        let ids = whole_course(&world).await;
        let new = json!({"name": "Nabohold", "code": "cooking_in_practice", "seats": 4});
        let team = world.call((2, Role::System), "POST", "/teams", Some(new), &[]).await.done();
        let path = format!("/teams/{}/enrolments", team["id"].as_str().unwrap());
        let body = Some(json!({"intervention": ids.intervention}));
        let reply = world.call((2, Role::System), "POST", &path, body, &[]).await;
        assert_eq!(reply.problem(), (404, "not_found".into()));
    }
}
