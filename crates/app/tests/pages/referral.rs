//! The page of a request and its forms.

use domain::permission::Role;
use testkit::database::Database;
use testkit::municipality::fixture;
use testkit::on_both_engines;
use uuid::Uuid;

use crate::{Desk, leads_to, log_in, version_of};

const NANCY: &str = "01-xref15-gp-type2-diabetes-diet";
const CORRECTED: &str = "07-xref15-corrected-letter-addon-code";
const BRUNO: &str = "02-xref15-hospital-copd";
const FILE: &str = "16-xbin02-attachment-for-02";

#[tokio::test]
async fn the_page_shows_who_what_from_whom_and_why_the_proposal() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[NANCY]).await;
    let href = desk.request_of("Nancy Ann Test Berggren").await;
    let page = desk.browser.get(&href).await.body;
    for text in [
        "<h1>Henvisning: <span lang=\"da\">Type 2-diabetes</span></h1>",
        "251248-9996",
        "70 00 00 10",
        "Hindbærvej 23, 9998 Testby",
        "<b>Henvises til:</b> afklarende samtale",
        "ICPC T90",
        "Hypertension uden organpåvirkning",
        "Anna Lægesen, Speciallæge i almen medicin",
        "Telefon 70 00 00 01",
        "Kirsten Test Berggren",
        "Læs henvisningen: om 7 dage",
        "Henvisning modtaget. Borgeren var ikke kendt her",
        "Kvittering til afsenderen",
        "Det er ikke oplyst, om borgeren har kronisk sygdom",
        "Kvalitetsstandarden 3.1",
        "Henvisningen er til os",
    ] {
        assert!(page.contains(text), "{text}");
    }
    assert!(page.contains("<title>Henvisning – Forebyg</title>"), "no name in the title");
    assert_eq!(page.matches("button-primary").count(), 1, "one primary step");
}

#[tokio::test]
async fn a_correction_shows_what_was_and_what_is() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[NANCY, CORRECTED]).await;
    let href = desk.request_of("Nancy Ann Test Berggren").await;
    let page = desk.browser.get(&href).await.body;
    assert!(page.contains("Rettet af afsenderen") && page.contains("<del>") && page.contains("<ins>"));
    assert!(page.contains("DM171+TUL1"), "the new diagnosis");
}

on_both_engines! {
    async fn a_file_is_on_its_way_until_it_comes_and_is_then_a_download(database: &Database) {
        let mut desk = Desk::with(database, Role::Visitator, &[BRUNO]).await;
        let href = desk.request_of("Bruno Test Elmer").await;
        assert!(desk.browser.get(&href).await.body.contains("På vej"));
        app::mailbox::receive(&desk.app, Uuid::from_u128(99), fixture(FILE)).await.unwrap();
        let page = desk.browser.get(&href).await.body;
        assert!(!page.contains("På vej"));
        let file = page.split("href=\"/bilag/").nth(1).unwrap().split('"').next().unwrap();
        let answer = desk.browser.get(&format!("/bilag/{file}")).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.header("content-disposition").starts_with("attachment; filename=\""));
        assert_eq!(answer.header("content-type"), "application/pdf");
    }
}

#[tokio::test]
async fn an_attempt_says_when_the_next_one_is_and_the_day_stands_ready() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[NANCY]).await;
    let href = desk.request_of("Nancy Ann Test Berggren").await;
    let before = desk.browser.get(&format!("{href}/brev")).await.body;
    assert!(before.contains("Brevet skrives, når alle forsøg") && !before.contains("<article"));
    let page = step(&mut desk, &href, "gennemgaa", &[]).await;
    assert!(page.contains("name=\"naeste\" value=\"2026-11-25\""), "the next working day");
    for wrong in ["2026-11-23", "2027-03-01", "i morgen"] {
        let version = version_of(&desk.browser.get(&href).await);
        let fields = [("version", version.as_str()), ("naeste", wrong), ("bemaerkning", "Optaget")];
        let refused = desk.browser.post(&format!("{href}/ikke-truffet"), &fields).await;
        assert!(refused.status == 422 && refused.body.contains("href=\"#naeste\""), "{wrong}");
        assert!(refused.body.contains("Optaget"));
    }
    let page = step(&mut desk, &href, "ikke-truffet", &[("naeste", "2026-11-27")]).await;
    assert!(page.contains("Næste forsøg fredag 27. november."));
    let list = desk.browser.get("/henvisninger").await.body;
    assert!(list.contains("Om 3 dage"), "the row comes up on that day");
}

on_both_engines! {
    async fn a_file_that_is_not_what_it_is_called_is_told_of_and_leaves_as_bytes(database: &Database) {
        let mut desk = Desk::with(database, Role::Visitator, &[BRUNO]).await;
        let renamed: String = fixture(FILE).into_iter().map(char::from).collect();
        let renamed = renamed.replace(">pdf<", ">png<").chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        app::mailbox::receive(&desk.app, Uuid::from_u128(98), renamed).await.unwrap();
        let href = desk.request_of("Bruno Test Elmer").await;
        let page = desk.browser.get(&href).await.body;
        assert!(page.contains("Filen kaldes png, men ligner en pdf.") && page.contains("Ikke det, den kaldes"));
        let file = page.split("href=\"/bilag/").nth(1).unwrap().split('"').next().unwrap();
        let answer = desk.browser.get(&format!("/bilag/{file}")).await;
        assert_eq!(answer.header("content-type"), "application/octet-stream");
        assert!(answer.header("content-disposition").starts_with("attachment"));
    }
}

#[tokio::test]
async fn a_program_is_never_handed_on() {
    let database = Database::sqlite();
    let mut desk = Desk::with(&database, Role::Visitator, &[BRUNO, FILE]).await;
    database.tamper("update attachment set file_type = 'exe'");
    let href = desk.request_of("Bruno Test Elmer").await;
    let page = desk.browser.get(&href).await.body;
    assert!(page.contains("filtypen kan skade") && !page.contains("href=\"/bilag/"));
}

on_both_engines! {
    async fn a_referral_goes_from_new_to_course_by_the_forms_alone(database: &Database) {
        let mut desk = Desk::with(database, Role::Visitator, &[NANCY]).await;
        let href = desk.request_of("Nancy Ann Test Berggren").await;
        step(&mut desk, &href, "gennemgaa", &[("omraade", "nutrition"), ("kronisk", "ja")]).await;
        let page = step(&mut desk, &href, "ikke-truffet", &[("bemaerkning", "Telefonsvarer")]).await;
        assert!(page.contains("Ikke truffet, 1. forsøg<span lang=\"da\">. Telefonsvarer") && page.contains("1 af 3 forsøg"));
        assert!(page.contains("Næste forsøg onsdag 25. november. Prøv omkring kl. 15"));
        let page = step(&mut desk, &href, "truffet", &[]).await;
        assert!(page.contains("Fordi borgeren har kronisk sygdom") && page.contains("Vælg afklarende samtale"));
        let version = version_of(&desk.browser.get(&href).await);
        let fields = [("version", version.as_str()), ("route", "clarifying_talk")];
        let booking = leads_to(&desk.browser.post(&format!("{href}/indgang"), &fields).await);
        assert!(booking.starts_with("/kalender/book/"), "a time is found while the citizen is on the telephone");
        assert!(desk.browser.get(&booking).await.body.contains("Book afklarende samtale"));
        let page = desk.browser.get(&href).await.body;
        assert!(page.contains("Indgang valgt: Afklarende samtale"));
        assert!(page.contains("Visitator VI"), "who did it");
        assert!(page.contains(&format!("<a class=\"button button-primary\" href=\"{booking}\">Book tid</a>")));
        assert_eq!(page.matches("button-primary").count(), 1, "a time is all that is missing");
    }
}

/// The same doctor's letter once more, with a letter and a course id of its own.
pub fn again(name: &str) -> Vec<u8> {
    let letter: String = fixture(name).into_iter().map(char::from).collect();
    let letter = letter
        .replace("KUV20250310001", "KUV20250310091")
        .replace("BRV20250310001", "BRV20250310091")
        .replace("1f6c0d6a9b7e4c3f8a52d0e1b3c47f90", "1f6c0d6a9b7e4c3f8a52d0e1b3c47f91");
    letter.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

/// Sends a form with the version of the page and gives the page after it.
pub async fn step(desk: &mut Desk, href: &str, action: &str, fields: &[(&str, &str)]) -> String {
    let version = version_of(&desk.browser.get(href).await);
    let mut all = vec![("version", version.as_str())];
    all.extend_from_slice(fields);
    let answer = desk.browser.post(&format!("{href}/{action}"), &all).await;
    assert_eq!(leads_to(&answer), href);
    let page = desk.browser.get(href).await;
    assert!(page.body.contains("role=\"status\""), "a notice says what was done");
    page.body
}

#[tokio::test]
async fn after_three_attempts_a_letter_keeps_the_offer_open() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[NANCY]).await;
    let href = desk.request_of("Nancy Ann Test Berggren").await;
    step(&mut desk, &href, "gennemgaa", &[]).await;
    for _ in 0..3 {
        step(&mut desk, &href, "ikke-truffet", &[]).await;
    }
    let page = desk.browser.get(&href).await.body;
    assert!(
        page.contains("Alle 3 forsøg er brugt") && page.contains("Brevet er sendt") && !page.contains("ikke-truffet")
    );
    let letter = desk.browser.get(&format!("{href}/brev")).await.body;
    for text in ["Vi har prøvet at ringe til dig", "tre gange", "Hindbærvej 23", "24. december 2026", "Brevet er sendt"]
    {
        assert!(letter.contains(text), "{text}");
    }
    let sheet = letter.split("<article").nth(1).unwrap().split("</article>").next().unwrap();
    assert!(!sheet.contains("251248") && !sheet.to_lowercase().contains("diabetes"), "it may lie on a table");
    let page = step(&mut desk, &href, "brev", &[]).await;
    assert!(desk.browser.get(&format!("{href}/brev")).await.body.contains("24. december 2026"), "it can be seen again");
    assert!(page.contains("Tilbuddet står åbent til 24. dec.") && page.contains("Venter på borgeren"));
}

#[tokio::test]
async fn a_referral_can_be_taken_sent_on_declined_returned_and_rejected() {
    let mut desk =
        Desk::with(&Database::sqlite(), Role::Visitator, &[NANCY, BRUNO, "03-xref15-gp-nicotine-cessation"]).await;
    let nancy = desk.request_of("Nancy Ann Test Berggren").await;
    assert!(!step(&mut desk, &nancy, "tag", &[]).await.contains("Tag henvisningen"));
    let page =
        step(&mut desk, &nancy, "videresend", &[("videresend-til", "Sårplejen"), ("videresend-hvorfor", "Har et sår")])
            .await;
    assert!(page.contains("Sendt videre til Sårplejen<span lang=\"da\">. Har et sår"));
    step(&mut desk, &nancy, "gennemgaa", &[]).await;
    step(&mut desk, &nancy, "truffet", &[]).await;
    let page = step(&mut desk, &nancy, "takker-nej", &[("nej-aarsag", "not_now")]).await;
    assert!(page.contains("Borgeren takkede nej. Vil ikke nu"));
    let bruno = desk.request_of("Bruno Test Elmer").await;
    let page =
        step(&mut desk, &bruno, "retur", &[("retur-aarsag", "lives_elsewhere"), ("retur-tekst", "Naboby")]).await;
    assert!(page.contains("Sendt retur. Borgeren bor i en anden kommune<span lang=\"da\">. Naboby"));
    let closed = desk.browser.get("/henvisninger?visning=lukkede").await.body;
    assert!(closed.contains("Sendt retur") && closed.contains("Borgeren takkede nej"));
    let open = desk.browser.get("/henvisninger").await.body;
    let last = open.split("href=\"/henvisninger/0").nth(1).unwrap().split('"').next().unwrap();
    let href = format!("/henvisninger/0{last}");
    let page = step(&mut desk, &href, "afvis", &[("afvis-tekst", "Ryger ikke længere")]).await;
    assert!(page.contains("Afvist<span lang=\"da\">. Ryger ikke længere"));
}

#[tokio::test]
async fn what_is_missing_stands_at_its_field_and_what_was_typed_is_kept() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[NANCY]).await;
    let href = desk.request_of("Nancy Ann Test Berggren").await;
    for (action, fields, id, text) in [
        ("videresend", vec![("videresend-hvorfor", "Sår på foden")], "videresend-til", "Sår på foden"),
        ("retur", vec![("retur-tekst", "Bor i Naboby")], "retur-aarsag", "Bor i Naboby"),
        ("afvis", vec![("afvis-tekst", " ")], "afvis-tekst", "Skriv en begrundelse."),
        ("gennemgaa", vec![("operation", "i morgen")], "operation", "i morgen"),
        ("indgang", vec![("begrundelse", "Hun ville")], "route", ""),
    ] {
        let version = version_of(&desk.browser.get(&href).await);
        let mut all = vec![("version", version.as_str())];
        all.extend(fields);
        let answer = desk.browser.post(&format!("{href}/{action}"), &all).await;
        assert_eq!(answer.status, 422, "{action}");
        assert!(answer.body.contains(&format!("href=\"#{id}\"")), "{action} names its field");
        assert!(answer.body.contains(text), "{action} keeps what was typed");
        assert!(answer.body.contains("<title>Fejl: Henvisning"), "{action}");
    }
    let page = desk.browser.get(&href).await.body;
    assert!(page.contains("Henvisningen er til os"), "nothing was saved");
}

on_both_engines! {
    async fn two_who_act_at_once_see_each_other_and_lose_no_text(database: &Database) {
        let mut desk = Desk::with(database, Role::Visitator, &[NANCY]).await;
        let href = desk.request_of("Nancy Ann Test Berggren").await;
        let version = version_of(&desk.browser.get(&href).await);
        let mut colleague = log_in(&desk.app, 1, "leder", Role::Leader).await;
        colleague.get(&href).await;
        let first = colleague.post(&format!("{href}/gennemgaa"), &[("version", &version)]).await;
        assert_eq!(leads_to(&first), href);
        let fields = [("version", version.as_str()), ("videresend-til", "Sårplejen"), ("videresend-hvorfor", "Har et sår")];
        let second = desk.browser.post(&format!("{href}/videresend"), &fields).await;
        assert_eq!(second.status, 409);
        for text in ["Leder LE var her i dag 9.16: Gennemgået", "Har et sår", "Sårplejen"] {
            assert!(second.body.contains(text), "{text}");
        }
        assert_ne!(version_of(&second), version, "the form can be sent again as it stands");
        let again = [("version", &*version_of(&second)), ("videresend-til", "Sårplejen"), ("videresend-hvorfor", "Har et sår")];
        assert_eq!(leads_to(&desk.browser.post(&format!("{href}/videresend"), &again).await), href);
    }
}

#[tokio::test]
async fn the_same_form_sent_twice_is_answered_as_done() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[NANCY]).await;
    let href = desk.request_of("Nancy Ann Test Berggren").await;
    step(&mut desk, &href, "gennemgaa", &[]).await;
    let version = version_of(&desk.browser.get(&href).await);
    for _ in 0..2 {
        let answer = desk.browser.post(&format!("{href}/ikke-truffet"), &[("version", &version)]).await;
        assert_eq!(leads_to(&answer), href);
    }
    let page = desk.browser.get(&href).await.body;
    assert!(page.contains("1 af 3 forsøg") && page.contains("Dit andet klik ændrede ikke noget"));
}

#[tokio::test]
async fn a_coordinator_reads_but_decides_nothing() {
    let mut desk = Desk::with(&Database::sqlite(), Role::Visitator, &[NANCY]).await;
    let href = desk.request_of("Nancy Ann Test Berggren").await;
    let mut coordinator = log_in(&desk.app, 1, "koordinator", Role::Coordinator).await;
    let page = coordinator.get(&href).await;
    assert!(page.body.contains("Type 2-diabetes") && !page.body.contains(&format!("action=\"{href}")));
    assert_eq!(coordinator.post(&format!("{href}/gennemgaa"), &[("version", "1")]).await.status, 403);
}

on_both_engines! {
    async fn a_citizen_in_a_course_is_offered_a_needs_talk_in_the_same_course(database: &Database) {
        let mut desk = Desk::with(database, Role::Visitator, &[NANCY]).await;
        let href = desk.request_of("Nancy Ann Test Berggren").await;
        step(&mut desk, &href, "gennemgaa", &[("omraade", "nutrition"), ("kronisk", "ja")]).await;
        step(&mut desk, &href, "truffet", &[]).await;
        let version = version_of(&desk.browser.get(&href).await);
        let fields = [("version", version.as_str()), ("route", "clarifying_talk")];
        leads_to(&desk.browser.post(&format!("{href}/indgang"), &fields).await);
        // The same doctor refers her again, with a letter and a course id of its own.
        app::mailbox::receive(&desk.app, Uuid::from_u128(77), again(NANCY)).await.unwrap();
        let second = desk.request_of("Nancy Ann Test Berggren").await;
        assert_ne!(second, href);
        let page = desk.browser.get(&second).await.body;
        assert!(page.contains("Forløb i gang") && page.contains("Borgeren begynder ikke forfra"));
        assert!(page.contains("<li>Afklarende samtale</li>"), "what runs");
        step(&mut desk, &second, "gennemgaa", &[("omraade", "physical_activity"), ("kronisk", "ja")]).await;
        let page = step(&mut desk, &second, "truffet", &[]).await;
        assert!(page.contains("Vælg behovssamtale"));
        let version = version_of(&desk.browser.get(&second).await);
        let fields = [("version", version.as_str()), ("route", "needs_talk")];
        leads_to(&desk.browser.post(&format!("{second}/indgang"), &fields).await);
        let citizen = page.split("href=\"/borgere/").nth(1).unwrap().split(['"', '#']).next().unwrap().to_owned();
        let record = desk.browser.get(&format!("/borgere/{citizen}")).await.body;
        assert!(record.contains("Behovssamtale") && record.contains("Afklarende samtale"));
        let closed = desk.browser.get("/henvisninger?visning=lukkede").await.body;
        assert_eq!(closed.matches("I forløb").count(), 2, "both requests are part of the one course");
    }
}
