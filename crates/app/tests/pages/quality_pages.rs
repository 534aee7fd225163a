//! The quality standard on its pages: where it stands, who and what is missing and who may see that, files, limits,
//! recommendations that are switched off, declarations.

use domain::permission::Role;
use testkit::municipality::{add, fixture};
use testkit::on_both_engines;
use uuid::Uuid;

use crate::browser::Answer;
use crate::course::planned;
use crate::{Desk, leads_to, log_in, value_of, version_of};

/// A krav with a unit in the planned course that is not done yet: the closing status has no consent, the plan has all.
const CONTACT: &str = "/kvalitet/krav/KS-2.2-06";
/// A recommendation.
const COORDINATION: &str = "/kvalitet/krav/KS-3-01";
/// What somebody declares.
const DECLARED: &str = "/kvalitet/krav/KS-1.1-01";

const BERGGREN: &str = "Berggren";

fn refused(answer: &Answer, message: &str) {
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains(message), "{message}");
}

on_both_engines! {
    async fn from_the_whole_to_an_area_to_a_requirement_to_a_citizen(database: &Database) {
        let (mut desk, course, _) = planned(database).await;
        let mut leader = log_in(&desk.app, 1, "leder", Role::Leader).await;
        let page = leader.get("/kvalitet").await;
        assert_eq!(page.status, 200);
        for text in ["Kvalitetsstandarden", "Afklarende samtale", "Sidste kvartal", "Har frist endnu", "/kvalitet/omraade/afklarende-samtale"] {
            assert!(page.body.contains(text), "{text}");
        }
        let area = leader.get("/kvalitet/omraade/afklarende-samtale").await.body;
        assert!(area.contains("/kvalitet/krav/KS-3.1-10") && area.contains("Ikke opfyldt"));
        let one = leader.get("/kvalitet/krav/KS-3.1-13").await.body;
        for text in ["Sådan afgøres det", "De første tanker om at holde fast er skrevet", "Kvalitetsstandarder for kommunale forebyggelsestilbud"] {
            assert!(one.contains(text), "{text}");
        }
        let found = missing_somewhere(&mut leader, course.to_string().as_str()).await;
        assert!(found.contains(BERGGREN) && found.contains("Hvem og hvad mangler"));
        for path in ["/kvalitet", "/kvalitet/alle", "/kvalitet/omraade/afklarende-samtale", "/kvalitet/krav/KS-3.1-10", "/kvalitet/erklaeringer"] {
            let queries = desk.queries_of(path).await;
            assert!(queries <= 6, "{path}: {queries}");
        }
    }
}

/// The first page of a requirement that something of a course is missing from.
async fn missing_somewhere(leader: &mut crate::browser::Browser, course: &str) -> String {
    let link = format!("href=\"/forloeb/{course}\"");
    for stand in standard::STANDARD.requirements.iter().filter(|one| one.rule().is_some()) {
        let page = leader.get(&format!("/kvalitet/krav/{}", stand.id)).await.body;
        if page.contains(&link) {
            return page;
        }
    }
    panic!("nothing is missing from a course that has only begun");
}

on_both_engines! {
    async fn who_may_not_open_records_sees_counts_and_no_names(database: &Database) {
        let (desk, _, _) = planned(database).await;
        let mut quality = log_in(&desk.app, 1, "kvalitet", Role::Quality).await;
        for stand in standard::STANDARD.requirements.iter().filter(|one| one.rule().is_some()) {
            let page = quality.get(&format!("/kvalitet/krav/{}", stand.id)).await;
            assert!(page.status == 200 && !page.body.contains(BERGGREN) && !page.body.contains("/forloeb/"), "{}", stand.id);
        }
        let page = quality.get("/kvalitet/krav/KS-3.1-10").await.body;
        assert!(page.contains("Hvem det er, ses af dem, der må åbne journaler."));
        let file = quality.get("/kvalitet/krav/KS-3.1-10/hent/csv").await;
        assert!(file.status == 200 && file.body.contains("KS-3.1-10") && !file.body.contains(BERGGREN));
        let mut visitator = log_in(&desk.app, 1, "modtager", Role::Visitator).await;
        assert_eq!(visitator.get("/kvalitet").await.status, 403);
    }
}

on_both_engines! {
    async fn everything_is_had_as_a_file(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &["01-xref15-gp-type2-diabetes-diet"]).await;
        let list = desk.browser.get("/kvalitet/alle?vis=krav").await.body;
        assert!(list.contains("/kvalitet/hent/xlsx") && list.contains("KS-2.2-06") && !list.contains(">KS-3-01<"));
        let csv = desk.browser.get("/kvalitet/hent/csv").await;
        assert_eq!(csv.status, 200);
        assert!(csv.body.contains("KS-2.2-03;Henvisning;Krav;") && csv.body.lines().count() > 256);
        let one = desk.browser.get(&format!("{CONTACT}/hent/csv")).await;
        assert!(one.body.contains(BERGGREN) && one.body.contains("/henvisninger/"), "{}", one.body);
        assert_eq!(desk.browser.get("/kvalitet/hent/xlsx").await.status, 200);
        assert_eq!(desk.browser.get("/kvalitet/hent/pdf").await.status, 404);
        assert_eq!(desk.browser.get("/kvalitet/krav/KS-0").await.status, 404);
        assert_eq!(desk.browser.get("/kvalitet/omraade/ingen").await.status, 404);
    }
}

on_both_engines! {
    async fn a_request_is_still_in_time_and_then_it_is_not(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &["01-xref15-gp-type2-diabetes-diet"]).await;
        assert!(desk.browser.get(CONTACT).await.body.contains("1 ikke opfyldt") || desk.browser.get(CONTACT).await.body.contains("har frist endnu"));
        desk.clock.set("2026-12-08T08:16:00Z");
        desk.browser.log_in("leader", crate::PASSWORD).await;
        let late = desk.browser.get(CONTACT).await.body;
        assert!(late.contains("1 ikke opfyldt") && late.contains("0 %"), "time alone has passed");
    }
}

on_both_engines! {
    async fn a_local_goal_is_moved_with_a_reason_and_what_is_fixed_stays(database: &Database) {
        let mut desk = Desk::with(database, Role::Quality, &[]).await;
        let page = desk.browser.get("/kvalitet/graenser").await;
        assert_eq!(page.status, 200);
        let version = version_of(&page);
        let set = "/kvalitet/graenser/small_group_max";
        refused(&desk.browser.post(set, &[("version", &version), ("vaerdi", "1000"), ("hvorfor", "Større lokale")]).await, "Skriv et tal fra 1 til 100.");
        let kept = desk.browser.post(set, &[("version", &version), ("vaerdi", "10"), ("hvorfor", " ")]).await;
        refused(&kept, "Skriv, hvorfor grænsen ændres.");
        let fixed = desk.browser.post("/kvalitet/graenser/bmi_obesity", &[("version", &version), ("vaerdi", "31"), ("hvorfor", "x")]).await;
        refused(&fixed, "Grænsen står i standarden og kan ikke ændres lokalt.");
        let saved = desk.browser.post(set, &[("version", &version), ("vaerdi", "10"), ("hvorfor", "Mindre lokale")]).await;
        assert_eq!(leads_to(&saved), "/kvalitet/graenser#small_group_max");
        let page = desk.browser.get("/kvalitet/graenser").await;
        for text in ["Mindre lokale", "<bdi>Kvalitet QU</bdi>", "Ændret 24. november"] {
            assert!(page.body.contains(text), "{text}");
        }
        let late = desk.browser.post(set, &[("version", &version), ("vaerdi", "9"), ("hvorfor", "Endnu mindre")]).await;
        assert_eq!(late.status, 422, "a colleague was first");
        assert!(late.body.contains("Endnu mindre"), "what was typed is kept");
        let back = [("version", &*version_of(&page)), ("tilbage", "ja"), ("hvorfor", "Fejl")];
        leads_to(&desk.browser.post(set, &back).await);
        assert!(!desk.browser.get("/kvalitet/graenser").await.body.contains("Mindre lokale"));
    }
}

on_both_engines! {
    async fn a_recommendation_is_switched_off_with_a_reason_and_a_krav_never(database: &Database) {
        let mut desk = Desk::with(database, Role::Quality, &[]).await;
        let page = desk.browser.get(COORDINATION).await;
        assert!(page.body.contains("Slå anbefalingen fra"));
        let version = value_of(&page, "version");
        refused(&desk.browser.post(&format!("{COORDINATION}/fra"), &[("version", &*version), ("hvorfor", "")]).await, "Skriv, hvorfor anbefalingen er slået fra.");
        let krav = desk.browser.post(&format!("{CONTACT}/fra"), &[("version", &*version), ("hvorfor", "Travlt")]).await;
        refused(&krav, "kan ikke slås fra");
        assert!(!desk.browser.get(CONTACT).await.body.contains("Slå anbefalingen fra"));
        leads_to(&desk.browser.post(&format!("{COORDINATION}/fra"), &[("version", &*version), ("hvorfor", "Samme afdeling")]).await);
        let off = desk.browser.get(COORDINATION).await;
        assert!(off.body.contains("Slået fra") && off.body.contains("Samme afdeling") && off.body.contains("Siden 24. november"));
        leads_to(&desk.browser.post(&format!("{COORDINATION}/til"), &[("version", &*value_of(&off, "version"))]).await);
        assert!(!desk.browser.get(COORDINATION).await.body.contains("Samme afdeling"));
    }
}

on_both_engines! {
    async fn what_no_record_shows_is_declared_by_name_with_proof_and_taken_back(database: &Database) {
        let mut desk = Desk::with(database, Role::Quality, &[]).await;
        assert!(desk.browser.get("/kvalitet/erklaeringer").await.body.contains("Erklæring mangler"));
        let declare = format!("{DECLARED}/erklaering");
        let answer = desk.browser.post(&declare, &[("ansvarlig", "Lone Leder"), ("bevis", ""), ("udloeb", "")]).await;
        refused(&answer, "Skriv, hvad det bygger på, og hvor det findes.");
        assert!(answer.body.contains("Lone Leder"), "what was typed is kept");
        let past = [("ansvarlig", "Lone Leder"), ("bevis", "Referat 12"), ("udloeb", "2026-01-01")];
        refused(&desk.browser.post(&declare, &past).await, "Datoen er gået.");
        let right = [("ansvarlig", "Lone Leder"), ("bevis", "Referat 12 i ESDH"), ("udloeb", "2027-03-01")];
        assert_eq!(leads_to(&desk.browser.post(&declare, &right).await), DECLARED);
        let page = desk.browser.get(DECLARED).await;
        for text in ["Erklæret", "Lone Leder", "Referat 12 i ESDH", "Til og med 1. marts 2027"] {
            assert!(page.body.contains(text), "{text}");
        }
        let list = desk.browser.get("/kvalitet/alle").await.body;
        assert!(list.contains("Referat 12 i ESDH"), "the proof stands in the list");
        let href = page.body.split("action=\"/kvalitet/erklaeringer/").nth(1).unwrap().split('"').next().unwrap();
        let href = format!("/kvalitet/erklaeringer/{href}");
        refused_elsewhere(&desk, &href).await;
        leads_to(&desk.browser.post(&href, &[("version", "1")]).await);
        assert!(desk.browser.get(DECLARED).await.body.contains("Erklæring mangler"));
        let data = desk.browser.post(&format!("{CONTACT}/erklaering"), &right).await;
        refused(&data, "Kravet afgøres ikke af en erklæring.");
    }
}

async fn refused_elsewhere(desk: &Desk, href: &str) {
    add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
    let mut other = log_in(&desk.app, 2, "anden", Role::Quality).await;
    other.get("/kvalitet").await;
    assert_eq!(other.post(href, &[("version", "1")]).await.status, 404);
    assert!(other.get(DECLARED).await.body.contains("Erklæring mangler"));
}

on_both_engines! {
    async fn another_municipality_sees_nothing_of_ours(database: &Database) {
        let mut desk = Desk::with(database, Role::Leader, &[]).await;
        let id = Uuid::from_u128(7);
        app::mailbox::receive(&desk.app, id, fixture("01-xref15-gp-type2-diabetes-diet")).await.unwrap();
        assert!(desk.browser.get(CONTACT).await.body.contains(BERGGREN));
        add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
        let mut other = log_in(&desk.app, 2, "anden", Role::Leader).await;
        let theirs = other.get(CONTACT).await;
        assert!(theirs.status == 200 && !theirs.body.contains(BERGGREN) && theirs.body.contains("Intet at måle endnu"));
    }
}
