//! Suppliers: an agreement, an intervention given away, what the supplier sees and writes, and results that keep the
//! intervention open until they are back. A supplier sees its own, and nothing else.

use app::App;
use app::suppliers::{self, AgreementInput, GiveInput, NewSupplierUser};
use domain::competence::Competence;
use domain::encounter::EncounterStatus;
use domain::ids::{OrganizationId, PlannedInterventionId};
use domain::permission::{Permission, Role};
use domain::supplier::SupplierKind;
use jiff::civil::date;
use store::{Scope, Seen};
use testkit::database::Database;
use testkit::municipality::staff;
use testkit::on_both_engines;

use crate::browser::Browser;
use crate::course::{act, href, planned};
use crate::talk::record;
use crate::{Desk, PASSWORD, addresses, leads_to, log_in, value_of, version_of};

const OWN: &str = "/leverandoer";

fn agreed(name: &str) -> AgreementInput {
    AgreementInput {
        name: name.into(),
        kind: SupplierKind::Outside,
        contact: None,
        phone: None,
        competences: [Competence::Nutrition].into(),
        data: "Navn, behov og fremmøde".into(),
        response_days: 14,
        own_responsibility: false,
        from: date(2026, 1, 1),
        to: Some(date(2026, 12, 31)),
    }
}

/// A supplier with somebody who is logged in for it.
async fn supplier(app: &App, name: &str, user_name: &str) -> (OrganizationId, Browser) {
    let id = suppliers::add_supplier(app, &staff(1, Role::Leader), agreed(name)).await.unwrap();
    let new = NewSupplierUser {
        name: "Rådgiver i test".into(),
        initials: "RT".into(),
        title: "Rådgiver".into(),
        user_name: user_name.into(),
        password: PASSWORD.into(),
    };
    suppliers::add_user(app, &staff(1, Role::Administrator), id, new).await.unwrap();
    let mut browser = Browser::on(app);
    assert_eq!(leads_to(&browser.log_in(user_name, PASSWORD).await), OWN);
    (id, browser)
}

async fn diet(desk: &Desk, citizen: domain::ids::CitizenId) -> (PlannedInterventionId, String) {
    let record = record(&desk.app, citizen).await;
    let open = record.interventions.iter().find(|i| !i.value.code.is_talk()).unwrap();
    (open.value.id, open.version.to_string())
}

async fn give(app: &App, supplier: OrganizationId, id: PlannedInterventionId) {
    let input = GiveInput { supplier, told: "Vil helst mødes om morgenen".into(), planned_end_on: date(2026, 12, 1) };
    suppliers::give(app, &staff(1, Role::Professional), id, input).await.unwrap();
}

async fn tasks(desk: &Desk) -> Vec<(String, String)> {
    const SQL: &str = "select kind, due_on from task where organization = $1 and state = 'open'
        and kind in ('await_results', 'read_results', 'no_show') order by kind";
    let read = |tx: &mut store::Tx<'_>| {
        let rows = tx.query(SQL, &[], |r| Ok((r.take()?, r.take::<jiff::civil::Date>()?.to_string())))?;
        Ok::<_, app::AppError>(Seen::nothing(rows))
    };
    desk.app.store.view(Scope::system(1, desk.app.now(), "test"), read).await.unwrap()
}

on_both_engines! {
    async fn an_agreement_is_made_mended_and_opens_a_door(database: &Database) {
        let desk = Desk::with(database, Role::Coordinator, &[]).await;
        let mut leader = log_in(&desk.app, 1, "leder", Role::Leader).await;
        assert!(leader.get("/katalog").await.body.contains("href=\"/leverandoerer\""));
        assert!(leader.get("/leverandoerer").await.body.contains("Der er ingen aftaler endnu"));
        leader.get("/leverandoerer/ny").await;
        let wrong = leader.post("/leverandoerer/ny", &[("navn", "Kostfirmaet"), ("svarfrist", "0"), ("fra", "")]).await;
        assert_eq!(wrong.status, 422);
        for text in ["Vælg, hvad det er", "mindst én kompetence", "Svarfristen er 1-90 dage", "value=\"Kostfirmaet\""] {
            assert!(wrong.body.contains(text), "{text}");
        }
        let right = [
            ("navn", "Kostfirmaet"), ("slags", "municipality"), ("kompetence", "nutrition"), ("data", "Navn og behov"),
            ("svarfrist", "14"), ("fra", "2026-01-01"), ("til", "2026-12-31"),
        ];
        let page = leads_to(&leader.post("/leverandoerer/ny", &right).await);
        let list = leader.get("/leverandoerer").await.body;
        for text in ["Kostfirmaet", "Anden kommune", "Kostvejledning", "Udløber 31. december 2026"] {
            assert!(list.contains(text), "{text}");
        }
        let version = version_of(&leader.get(&page).await);
        let longer = [&right[..6], &[("til", ""), ("version", &*version)]].concat();
        assert_eq!(leads_to(&leader.post(&page, &longer).await), page);
        assert!(leader.get(&page).await.body.contains("Aftalen gælder"));
        assert_eq!(leader.post(&page, &longer).await.status, 409, "made from an old page");
        assert!(!leader.get(&page).await.body.contains("Opret en bruger"), "an administrator lets people in");
        let user = [
            ("bruger-navn", "Rie Rådgiver"), ("initialer", "rr"), ("titel", "Diætist"), ("brugernavn", "rie"), ("adgangskode", "kort"),
        ];
        assert_eq!(leader.post(&format!("{page}/brugere"), &user).await.status, 403);
        let admin = staff(1, Role::Administrator);
        let id = OrganizationId(page.rsplit('/').next().unwrap().parse().unwrap());
        let new = NewSupplierUser {
            name: "Rie".into(), initials: "rr".into(), title: "Diætist".into(), user_name: "rie".into(), password: PASSWORD.into(),
        };
        suppliers::add_user(&desk.app, &admin, id, new).await.unwrap();
        let mut rie = Browser::on(&desk.app);
        assert_eq!(leads_to(&rie.log_in("rie", PASSWORD).await), OWN);
        assert!(rie.get(OWN).await.body.contains("Ingen borgere lige nu"));
        let shown = leader.get(&page).await;
        let user = shown.body.split("name=\"bruger\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        assert_eq!(leads_to(&leader.post(&format!("{page}/brugere/luk"), &[("bruger", &user)]).await), page);
        assert_eq!(leads_to(&rie.get(OWN).await), "/log-ind?next=/leverandoer", "out at once");
    }
}

on_both_engines! {
    async fn an_intervention_is_given_delivered_and_sent_back_before_it_is_completed(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        let (id, version) = diet(&desk, citizen).await;
        let given = format!("/indsatser/{id}/leverandoer");
        assert!(desk.browser.get(&href(course, "")).await.body.contains(&given));
        assert!(desk.browser.get(&given).await.body.contains("Ingen aftale kan bruges"));
        let (supplier, mut outside) = supplier(&desk.app, "Kostfirmaet", "kost").await;
        let chosen = supplier.to_string();
        desk.browser.get(&given).await;
        let early = desk.browser.post(&given, &[("leverandoer", &*chosen), ("besked", "Vil helst mødes om morgenen")]).await;
        assert_eq!(early.status, 422);
        assert!(early.body.contains("Skriv, hvornår forløbet") && early.body.contains("Vil helst mødes om morgenen"));
        let form = [("leverandoer", &*chosen), ("besked", "Vil helst mødes om morgenen"), ("slut", "2026-12-01")];
        assert_eq!(leads_to(&desk.browser.post(&given, &form).await), given);
        assert_eq!(desk.browser.post(&given, &form).await.status, 422, "one has it already");
        assert_eq!(tasks(&desk).await, [("await_results".to_owned(), "2026-12-15".to_owned())]);
        assert!(desk.queries_of(&given).await <= 6);

        let mine = format!("{OWN}/{id}");
        assert!(outside.get(OWN).await.body.contains(&mine));
        let page = outside.get(&mine).await;
        for text in ["Nancy Ann Test Berggren", "Vil helst mødes om morgenen", "Tolk", "Send til kommunen"] {
            assert!(page.body.contains(text), "{text}");
        }
        for secret in ["251248", "Hindbærvej", "77 år", "Egen læge", "Usund kost: Risiko", "trapperne"] {
            assert!(!page.body.contains(secret), "{secret} is not for a supplier");
        }
        let allowed = |href: &&str| !href.starts_with('/') || href.starts_with(OWN) || href.starts_with("/assets") || ["/", "/log-ud", "/sprog"].contains(href);
        assert!(addresses(&page.body).iter().all(|href| allowed(href) || href.starts_with('#')), "{:?}", addresses(&page.body));
        let none = outside.post(&format!("{mine}/kontakt"), &[("dato", "2026-11-24"), ("notat", "God samtale")]).await;
        assert!(none.status == 422 && none.body.contains("Vælg, om borgeren kom") && none.body.contains("God samtale"));
        let came = [("fremmoede", "moedt"), ("dato", "2026-11-24"), ("fra", "08:30"), ("til", "09:00"), ("sted", "phone"), ("notat", "God samtale")];
        assert_eq!(outside.post(&format!("{mine}/kontakt"), &came).await.status, 303);
        let away = [("fremmoede", "udeblevet"), ("dato", "2026-11-24"), ("fra", "09:00"), ("til", "09:10")];
        assert_eq!(outside.post(&format!("{mine}/kontakt"), &away).await.status, 303);
        let page = outside.get(&mine).await;
        let (list, ticked) = (page.body.split("/indhold\"").nth(1).unwrap(), "name=\"indhold-");
        let word = list.split(ticked).nth(1).unwrap().split('"').next().unwrap();
        let tick = format!("indhold-{word}");
        assert_eq!(outside.post(&format!("{mine}/indhold"), &[("version", "0"), (&*tick, "ja")]).await.status, 303);
        let test = addresses(&page.body).into_iter().find(|href| href.contains("/maaling/")).unwrap().to_owned();
        let form = outside.get(&test).await;
        assert!(form.status == 200 && !form.body.contains("251248") && !form.body.contains("Giv skærmen"));
        let answer = value_of(&form, "svar-id");
        let refused = [("svar-id", &*answer), ("gem", "afslaaet"), ("hvorfor", "Vil ikke i dag"), ("fase", "start")];
        assert_eq!(leads_to(&outside.post(&test, &refused).await), format!("{mine}#maalinger"));
        assert_eq!(leads_to(&outside.post(&test, &refused).await), format!("{mine}#maalinger"), "sent twice it is one");

        let kept = record(&desk.app, citizen).await;
        let own: Vec<_> = kept.encounters.iter().map(|e| e.value.status).filter(|s| *s != EncounterStatus::Finished).collect();
        assert_eq!(own, [EncounterStatus::NoShow]);
        assert_eq!((kept.responses.len(), kept.checklists[0].value.ticks.len()), (1, 1));
        let (it, newest) = (id.to_string(), diet(&desk, citizen).await.1);
        assert_ne!(newest, version, "the first contact started it");
        let complete = [("indsats", &*it), ("version", &*newest), ("handling", "gennemfoert")];
        let blocked = act(&mut desk, course, "/indsats", &complete).await;
        assert!(blocked.status == 422 && blocked.body.contains("Leverandørens resultater mangler"));

        let body = outside.get(&mine).await.body;
        let end = body.split("/slut\"").nth(1).unwrap();
        let version = end.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let stopped = [("version", &*version), ("resultat", "stopped"), ("slut", "2026-11-24"), ("besked", "Gik godt")];
        let why = outside.post(&format!("{mine}/slut"), &stopped).await;
        assert!(why.status == 422 && why.body.contains("hvorfor det stoppede") && why.body.contains("Gik godt"));
        let ended = [("version", &*version), ("resultat", "completed"), ("slut", "2026-11-24"), ("besked", "Gik godt")];
        assert_eq!(outside.post(&format!("{mine}/slut"), &ended).await.status, 303);
        assert_eq!(outside.post(&format!("{mine}/kontakt"), &came).await.status, 422, "sent is sent");
        let open: Vec<String> = tasks(&desk).await.into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(open, ["no_show", "read_results"]);
        let back = desk.browser.get(&given).await.body;
        assert!(back.contains("Resultater modtaget") && back.contains("Gik godt"));
        assert_eq!(leads_to(&desk.browser.post(&format!("{given}/laest"), &[]).await), given);
        assert_eq!(act(&mut desk, course, "/indsats", &complete).await.status, 303);
        assert_eq!(outside.get(&mine).await.status, 404, "what is over is not seen any more");
        assert!(outside.get(OWN).await.body.contains("Ingen borgere lige nu"));
        let seen = desk.browser.get(&format!("/borgere/{citizen}")).await.body;
        assert!(seen.contains("Indsats hos leverandør") && seen.contains("Rådgiver i test"), "who looked stands in the record");
    }
}

on_both_engines! {
    async fn a_leader_sets_missing_results_aside_and_what_is_taken_back_is_gone(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        let (id, version) = diet(&desk, citizen).await;
        let (supplier, mut outside) = supplier(&desk.app, "Kostfirmaet", "kost").await;
        give(&desk.app, supplier, id).await;
        let given = format!("/indsatser/{id}/leverandoer");
        let seen = version_of(&desk.browser.get(&given).await);
        let aside = [("version", &*seen), ("grund", "Firmaet er lukket")];
        assert_eq!(desk.browser.post(&format!("{given}/til-side"), &aside).await.status, 403);
        let mut leader = log_in(&desk.app, 1, "leder", Role::Leader).await;
        leader.get(&given).await;
        assert_eq!(leader.post(&format!("{given}/til-side"), &[("version", &*seen), ("grund", " ")]).await.status, 422);
        assert_eq!(leads_to(&leader.post(&format!("{given}/til-side"), &aside).await), given);
        assert!(desk.browser.get(&given).await.body.contains("Firmaet er lukket"));
        assert!(tasks(&desk).await.is_empty());
        let seen = version_of(&desk.browser.get(&given).await);
        assert_eq!(leads_to(&desk.browser.post(&format!("{given}/tag-tilbage"), &[("version", &*seen)]).await), given);
        assert_eq!(outside.get(&format!("{OWN}/{id}")).await.status, 404);
        let it = id.to_string();
        let complete = [("indsats", &*it), ("version", &*version), ("handling", "gennemfoert")];
        assert_eq!(act(&mut desk, course, "/indsats", &complete).await.status, 303);
    }
}

/// An address that fits a pattern, about nothing that there is.
fn some_path(path: &str) -> String {
    let parts = path.split('/').map(|part| match part {
        "{id}" | "{session}" | "{plads}" => "00000000-0000-0000-0000-000000000000",
        part if part.starts_with('{') => "x",
        part => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn a_supplier_is_refused_on_every_route_but_its_own() {
    let (desk, _, citizen) = planned(&Database::sqlite()).await;
    let (id, _) = diet(&desk, citizen).await;
    let (kost, mut own) = supplier(&desk.app, "Kostfirmaet", "kost").await;
    let (_, mut other) = supplier(&desk.app, "Det andet firma", "andet").await;
    give(&desk.app, kost, id).await;
    own.get(OWN).await;
    let mut mine = Vec::new();
    for route in app::web::all().list() {
        if route.path.starts_with("/api/") || route.path.starts_with("/fhir/") || route.permission == Permission::Public
        {
            continue;
        }
        if Role::Supplier.may(route.permission) {
            mine.push(format!("{} {}", route.method, route.path));
            continue;
        }
        let path = some_path(route.path);
        let answer = if route.method == "GET" { own.get(&path).await } else { own.post(&path, &[]).await };
        assert_eq!(answer.status, 403, "{} {path}", route.method);
    }
    let expected = [
        "GET /",
        "GET /leverandoer",
        "GET /leverandoer/{id}",
        "POST /leverandoer/{id}/indhold",
        "POST /leverandoer/{id}/kontakt",
        "GET /leverandoer/{id}/maaling/{redskab}",
        "POST /leverandoer/{id}/maaling/{redskab}",
        "POST /leverandoer/{id}/slut",
        "POST /log-ud",
    ];
    assert_eq!(mine, expected);
    assert_eq!(leads_to(&own.get("/").await), OWN);
    // Another supplier's, and a citizen who was given to nobody.
    assert!(!other.get(OWN).await.body.contains("Nancy"));
    let path = format!("{OWN}/{id}");
    assert_eq!(other.get(&path).await.status, 404);
    let contact = [("fremmoede", "moedt"), ("dato", "2026-11-24"), ("fra", "08:30"), ("til", "09:00")];
    for (what, form) in
        [("/kontakt", &contact[..]), ("/indhold", &[]), ("/slut", &[("resultat", "completed"), ("slut", "2026-11-24")])]
    {
        assert_eq!(other.post(&format!("{path}{what}"), form).await.status, 404, "{what}");
    }
    // A supplier's people are nobody's colleagues.
    let mut admin = log_in(&desk.app, 1, "admin", Role::Administrator).await;
    assert!(!admin.get("/administration/medarbejdere").await.body.contains("Rådgiver"));
}

#[tokio::test]
async fn access_ends_with_the_agreement_and_another_municipality_finds_nothing() {
    let (desk, _, citizen) = planned(&Database::sqlite()).await;
    let (id, _) = diet(&desk, citizen).await;
    let (kost, mut own) = supplier(&desk.app, "Kostfirmaet", "kost").await;
    give(&desk.app, kost, id).await;
    let path = format!("{OWN}/{id}");
    assert_eq!(own.get(&path).await.status, 200);
    let neighbour = testkit::municipality::add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
    let mut stranger = log_in(&desk.app, neighbour.key, "nabo", Role::Leader).await;
    let given = format!("/indsatser/{id}/leverandoer");
    for path in [given.clone(), format!("/leverandoerer/{kost}")] {
        assert_eq!(stranger.get(&path).await.status, 404, "{path}");
    }
    for path in [format!("{given}/tag-tilbage"), format!("{given}/til-side"), format!("{given}/laest")] {
        assert_eq!(stranger.post(&path, &[("version", "1"), ("grund", "x")]).await.status, 404, "{path}");
    }
    // Late results are told of; the day after the agreement nobody is let in.
    desk.clock.set("2026-12-20T08:00:00Z");
    let mut late = Browser::on(&desk.app);
    late.log_in("kost", PASSWORD).await;
    assert!(late.get(OWN).await.body.contains("Resultater mangler"));
    desk.clock.set("2027-01-01T08:00:00Z");
    let mut after = Browser::on(&desk.app);
    after.log_in("kost", PASSWORD).await;
    assert!(after.get(OWN).await.body.contains("ingen aftale, der gælder i dag"));
    assert_eq!(after.get(&path).await.status, 404);
}

#[tokio::test]
async fn whoever_answers_for_their_own_data_is_told_with_consent_alone() {
    let (mut desk, course, citizen) = planned(&Database::sqlite()).await;
    let (id, _) = diet(&desk, citizen).await;
    let leader = staff(1, Role::Leader);
    let own = AgreementInput { own_responsibility: true, ..agreed("Kostfirmaet") };
    let supplier = suppliers::add_supplier(&desk.app, &leader, own).await.unwrap();
    let nicotine = AgreementInput { competences: [Competence::NicotineIndividual].into(), ..agreed("Røgfri") };
    suppliers::add_supplier(&desk.app, &leader, nicotine).await.unwrap();
    let given = format!("/indsatser/{id}/leverandoer");
    let page = desk.browser.get(&given).await.body;
    for text in ["Spørg borgeren om samtykke først", "Aftalen dækker ikke kompetencen Kostvejledning"] {
        assert!(page.contains(text), "{text}");
    }
    let chosen = supplier.to_string();
    let form = [("leverandoer", &*chosen), ("besked", ""), ("slut", "2026-12-01")];
    assert_eq!(desk.browser.post(&given, &form).await.status, 422);
    let yes = [("formaal", "supplier"), ("svar", "ja"), ("maade", "oral")];
    assert_eq!(act(&mut desk, course, "/samtykke", &yes).await.status, 303);
    assert_eq!(leads_to(&desk.browser.post(&given, &form).await), given);
    assert!(desk.browser.get(&href(course, "")).await.body.contains("Venter på leverandør"));
}
