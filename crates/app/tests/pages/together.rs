//! Who takes part beside us: other departments, relatives on the citizen's terms, digital courses, and who may lead what.

use domain::ids::{CitizenId, PlannedInterventionId};
use domain::permission::Role;
use store::{Scope, Seen};
use testkit::database::Database;
use testkit::on_both_engines;

use crate::browser::Answer;
use crate::course::{href, planned};
use crate::talk::record;
use crate::{Desk, leads_to, log_in, value_of, version_of};

/// Open tasks of a kind: when they are due, and by which rule.
async fn tasks(desk: &Desk, kind: &'static str) -> Vec<(String, String)> {
    const SQL: &str =
        "select due_on, rule from task where organization = $1 and kind = $2 and state = 'open' order by id";
    let read = move |tx: &mut store::Tx<'_>| {
        let rows = tx.query(SQL, &[kind.into()], |r| Ok((r.take::<jiff::civil::Date>()?.to_string(), r.take()?)))?;
        Ok::<_, app::AppError>(Seen::nothing(rows))
    };
    desk.app.store.view(Scope::system(1, desk.app.now(), "test"), read).await.unwrap()
}

/// The version that the first form of a row carries.
fn in_row(page: &Answer, action: &str) -> String {
    let rest = page.body.split(&format!("action=\"{action}\"")).nth(1).unwrap();
    rest.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

on_both_engines! {
    async fn another_department_is_told_no_more_than_the_citizen_said(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        let path = href(course, "/koordinering");
        assert!(desk.browser.get(&href(course, "")).await.body.contains(&path));
        assert!(desk.browser.get(&path).await.body.contains("Der er ikke skrevet nogen på endnu"));
        let past = [("forvaltning", "job_centre"), ("kontakt", "Lone"), ("telefon", "70000012"), ("naeste", "2026-11-20")];
        let refused = desk.browser.post(&path, &past).await;
        assert!(refused.status == 422 && refused.body.contains("skal ligge i dag eller senere") && refused.body.contains("value=\"Lone\""));
        assert!(desk.browser.post(&path, &[("forvaltning", "")]).await.body.contains("Vælg, hvilken forvaltning det er"));
        let right = [("forvaltning", "job_centre"), ("kontakt", "Lone"), ("telefon", "70000012"), ("naeste", "2026-12-01")];
        assert_eq!(leads_to(&desk.browser.post(&path, &right).await), path);
        assert_eq!(tasks(&desk, "coordinate").await, [("2026-12-01".to_owned(), "coordination".to_owned())]);
        let page = desk.browser.get(&path).await;
        assert!(page.body.contains("Ikke spurgt: fortæl ingenting") && !page.body.contains("Det må de få at vide"));
        let id = record(&desk.app, citizen).await.coordinations[0].value.id;
        let own = format!("/koordinering/{id}");
        let version = in_row(&page, &own);
        let plan = [&right[..], &[("version", &*version), ("deles", "plan"), ("maade", "written")]].concat();
        assert_eq!(leads_to(&desk.browser.post(&own, &plan).await), path);
        let page = desk.browser.get(&path).await;
        let told = page.body.split("Det må de få at vide").nth(1).unwrap().split("</div>").take(4).collect::<String>();
        assert!(told.contains("Kostvejledning") && !told.contains("I gang"), "the plan, and not how it goes");
        assert!(page.body.contains("Skriftligt 24. nov."));
        assert_eq!(desk.browser.post(&own, &plan).await.status, 409, "made from an old page");
        let version = in_row(&page, &own);
        let empty = desk.browser.post(&format!("{own}/aftalt"), &[("version", &*version), ("aftalt", " ")]).await;
        assert!(empty.status == 422 && empty.body.contains("Skriv, hvad der blev aftalt."));
        let agreed = [("version", &*version), ("aftalt", "Praktik venter til januar"), ("naeste", "2027-01-05")];
        assert_eq!(leads_to(&desk.browser.post(&format!("{own}/aftalt"), &agreed).await), path);
        assert_eq!(tasks(&desk, "coordinate").await, [("2027-01-05".to_owned(), "coordination".to_owned())]);
        let page = desk.browser.get(&path).await;
        assert!(page.body.contains("Praktik venter til januar"));
        let version = in_row(&page, &own);
        assert_eq!(leads_to(&desk.browser.post(&format!("{own}/traek"), &[("version", &*version)]).await), path);
        let page = desk.browser.get(&path).await.body;
        assert!(page.contains("Trukket tilbage: fortæl ingenting") && !page.contains("Det må de få at vide"));
        let shown = desk.browser.get(&href(course, "")).await.body;
        assert!(shown.contains("Jobcenter") && shown.contains("Trukket tilbage: fortæl ingenting"));
        assert_eq!(leads_to(&desk.browser.get(&own).await), format!("{path}#k-{id}"), "where the task leads");
        assert!(desk.queries_of(&path).await <= 6);
        let person = desk.browser.get(&format!("/borgere/{citizen}")).await.body;
        assert!(person.contains(&own) && person.contains("Koordinering på tværs"));
        // Another municipality finds none of it.
        let neighbour = testkit::municipality::add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
        let mut stranger = log_in(&desk.app, neighbour.key, "nabo", Role::Leader).await;
        for path in [&path, &own] {
            assert_eq!(stranger.get(path).await.status, 404, "{path}");
        }
        for (path, form) in [
            (own.clone(), &right[..]),
            (format!("{own}/aftalt"), &agreed[..]),
            (format!("{own}/traek"), &agreed[..1]),
            (path.clone(), &right[..]),
        ] {
            assert_eq!(stranger.post(&path, form).await.status, 404, "{path}");
        }
    }
}

on_both_engines! {
    async fn relatives_take_part_on_the_citizens_terms(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        let path = href(course, "/paaroerende");
        let before = desk.browser.get(&href(course, "")).await.body;
        assert!(before.contains(&path) && before.contains("Ikke spurgt endnu"));
        let version = version_of(&desk.browser.get(&path).await);
        assert_eq!(version, "0");
        let wrong = [("version", "0"), ("svar", "no"), ("navn-0", "Karen"), ("relation-0", "kone"), ("del-0-teaching", "ja")];
        let refused = desk.browser.post(&path, &wrong).await;
        assert!(refused.status == 422 && refused.body.contains("Borgeren har ikke sagt ja til pårørende") && refused.body.contains("value=\"Karen\""));
        let right = [
            ("version", "0"), ("svar", "yes"), ("navn-0", "Karen"), ("relation-0", "kone"), ("del-0-teaching", "ja"),
            ("til-0", "2026-12-31"), ("tolk-0", "Vil ikke have en fremmed med"), ("navn-1", ""),
        ];
        let strain = [&right[..], &[("belastning", "Sover ikke")]].concat();
        let helped = desk.browser.post(&path, &strain).await;
        assert!(helped.status == 422 && helped.body.contains("Nævn en hjælp til den pårørende"));
        let strain = [&strain[..], &[("hjaelp", "Kommunens pårørendevejleder")]].concat();
        assert_eq!(leads_to(&desk.browser.post(&path, &strain).await), href(course, "#samarbejde"));
        assert_eq!(desk.browser.post(&path, &strain).await.status, 409, "somebody was first");
        let page = desk.browser.get(&href(course, "")).await.body;
        for text in ["Pårørende er med", "Karen", "Undervisning", "Til 31. dec."] {
            assert!(page.contains(text), "{text}");
        }
        let kept = record(&desk.app, citizen).await;
        let terms = &kept.relatives[0].value;
        assert_eq!(terms.people[0].interprets_because.as_deref(), Some("Vil ikke have en fremmed med"));
        assert!(desk.queries_of(&path).await <= 6);
        let neighbour = testkit::municipality::add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
        let mut stranger = log_in(&desk.app, neighbour.key, "nabo", Role::Leader).await;
        assert_eq!(stranger.get(&path).await.status, 404);
        assert_eq!(stranger.post(&path, &[("version", "1"), ("svar", "no")]).await.status, 404);
    }
}

async fn intervention(desk: &Desk, citizen: CitizenId) -> PlannedInterventionId {
    let record = record(&desk.app, citizen).await;
    record.interventions.iter().find(|i| !i.value.code.is_talk()).unwrap().value.id
}

on_both_engines! {
    async fn a_digital_course_goes_from_talk_to_talk_and_counts_what_was_agreed(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        let id = intervention(&desk, citizen).await;
        let path = format!("/indsatser/{id}/digitalt");
        assert!(desk.browser.get(&href(course, "")).await.body.contains(&path));
        assert!(desk.browser.get(&path).await.body.contains("Intet tilbud til indsatsen gives digitalt"));
        let mut coordinator = log_in(&desk.app, 1, "koordinator", Role::Coordinator).await;
        coordinator.get("/katalog/nyt").await;
        let offer = [("navn", "Digital kost"), ("indsats", "dietary_guidance"), ("form", "digital"), ("leverandoer", "own"), ("kompetence", "nutrition")];
        leads_to(&coordinator.post("/katalog/nyt", &offer).await);
        let page = desk.browser.get(&path).await.body;
        let offer = page.split("id=\"tilbud\"").nth(1).unwrap().split("<option value=\"").nth(2).unwrap().split('"').next().unwrap().to_owned();
        let without = [("tilbud", &*offer), ("start", "2026-11-24"), ("slut", "2026-12-20"), ("moduler", "Morgenmad\nFrokost")];
        let refused = desk.browser.post(&path, &without).await;
        assert!(refused.status == 422 && refused.body.contains("Aftal mindst én tilbagemelding") && refused.body.contains("Frokost"));
        let whole = [&without[..], &[("tilbagemelding-1", "2026-12-08")]].concat();
        assert_eq!(leads_to(&desk.browser.post(&path, &whole).await), path);
        assert_eq!(tasks(&desk, "digital_contact").await, [("2026-11-24".to_owned(), "digital_start".to_owned())]);
        let page = desk.browser.get(&path).await;
        assert!(page.body.contains("Digitalt: 0 af 5") && page.body.contains("Moduler kan tælle, når startsamtalen er holdt"));
        let version = version_of(&page);
        let early = [("version", &*version), ("modul", "0"), ("gjort", "ja")];
        assert_eq!(desk.browser.post(&format!("{path}/modul"), &early).await.status, 422);
        let contact = value_of(&page, "kontakt");
        let held = [("version", &*version), ("kontakt", &*contact), ("dato", "2026-11-24"), ("fra", "08:30"), ("til", "09:00"), ("sted", "phone"), ("notat", "Klar til at begynde")];
        assert_eq!(leads_to(&desk.browser.post(&format!("{path}/kontakt"), &held).await), path);
        assert_eq!(desk.browser.post(&format!("{path}/kontakt"), &held).await.status, 409, "pressed twice it is held once");
        assert_eq!(tasks(&desk, "digital_contact").await, [("2026-12-08".to_owned(), "digital_feedback".to_owned())]);
        let version = version_of(&desk.browser.get(&path).await);
        let done = [("version", &*version), ("modul", "0"), ("gjort", "ja")];
        assert_eq!(leads_to(&desk.browser.post(&format!("{path}/modul"), &done).await), path);
        let version = version_of(&desk.browser.get(&path).await);
        let more = [("version", &*version), ("dag", "2026-12-01")];
        assert_eq!(leads_to(&desk.browser.post(&format!("{path}/tilbagemelding"), &more).await), path);
        assert_eq!(tasks(&desk, "digital_contact").await, [("2026-12-01".to_owned(), "digital_feedback".to_owned())]);
        assert!(desk.queries_of(&path).await <= 6);
        let page = desk.browser.get(&href(course, "")).await.body;
        assert!(page.contains("Digitalt: 2 af 6") && page.contains("Klar til at begynde"), "contact and module count");
        let neighbour = testkit::municipality::add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
        let mut stranger = log_in(&desk.app, neighbour.key, "nabo", Role::Leader).await;
        assert_eq!(stranger.get(&path).await.status, 404);
        for (what, form) in [("", &whole[..]), ("/kontakt", &held[..]), ("/modul", &done[..]), ("/tilbagemelding", &more[..])] {
            assert_eq!(stranger.post(&format!("{path}{what}"), form).await.status, 404, "{what}");
        }
    }
}

#[tokio::test]
async fn a_competence_that_has_run_out_leads_nothing_and_a_peer_stands_beside_somebody() {
    use app::calendar::{self, AttestationInput};
    use domain::competence::Competence;
    let mut desk = Desk::with(&Database::sqlite(), Role::Leader, &[]).await;
    log_in(&desk.app, 1, "fys", Role::Professional).await;
    log_in(&desk.app, 1, "tackle", Role::Professional).await;
    let leader = testkit::municipality::staff(1, Role::Leader);
    let (fys, peer) =
        (crate::calendar::user(&desk.app, 1, "fys").await, crate::calendar::user(&desk.app, 1, "tackle").await);
    for (user, competence, last) in [
        (fys, Competence::DiseaseCoping, Some(jiff::civil::date(2026, 12, 1))),
        (peer, Competence::PeerInstructor, None),
    ] {
        let (evidence, seen_on) = ("Kursus".to_owned(), Some(jiff::civil::date(2026, 1, 5)));
        let input = AttestationInput { competence, evidence, seen_on, expires_on: last };
        calendar::attest(&desk.app, &leader, user, None, input).await.unwrap();
    }
    let team = [("navn", "Lær at Tackle"), ("indsats", "disease_management"), ("pladser", "10")];
    desk.browser.get("/hold/nyt").await;
    let team = leads_to(&desk.browser.post("/hold/nyt", &team).await);
    let gaps = desk.browser.get("/katalog/kompetencer").await.body;
    for text in ["Lær at Tackle", "Ingen underviser", "Kun én har den", "Udløber 1. december 2026", "Ingen har den"]
    {
        assert!(gaps.contains(text), "{text}");
    }
    assert!(desk.queries_of("/katalog/kompetencer").await <= 6);
    let setting = format!("{team}/rammer");
    let page = desk.browser.get(&setting).await;
    assert!(page.body.contains("Medunderviser"));
    let (fys, peer, version) = (fys.to_string(), peer.to_string(), version_of(&page));
    let form = |people: &[&str]| {
        let mut form = vec![("version", version.clone()), ("pladser", "10".into()), ("optag", "rolling".into())];
        form.extend(people.iter().map(|one| ("undervisere", (*one).to_owned())));
        form
    };
    let alone = form(&[&peer]);
    let alone: Vec<_> = alone.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let refused = desk.browser.post(&setting, &alone).await;
    assert!(refused.status == 422 && refused.body.contains("En medunderviser står ved siden af"));
    let both = form(&[&fys, &peer]);
    let both: Vec<_> = both.iter().map(|(name, value)| (*name, value.as_str())).collect();
    // The day after the last one it leads nothing, to the calendar and to the team.
    desk.clock.set("2026-12-02T08:00:00Z");
    let mut later = crate::browser::Browser::on(&desk.app);
    later.log_in("leader", crate::PASSWORD).await;
    later.get(&setting).await;
    let late = later.post(&setting, &both).await;
    assert!(late.status == 422 && late.body.contains("Underviseren skal have kompetencen"));
    assert!(later.get("/katalog/kompetencer").await.body.contains("Udløb 1. december 2026"));
    desk.clock.set("2026-12-01T08:00:00Z");
    let mut on_the_day = crate::browser::Browser::on(&desk.app);
    on_the_day.log_in("leader", crate::PASSWORD).await;
    on_the_day.get(&setting).await;
    assert_eq!(leads_to(&on_the_day.post(&setting, &both).await), team);
}
