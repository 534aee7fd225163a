//! The end of a course by its form: what stands in the way, the letter before it is sent, and that it is sent once.

use domain::ids::{CitizenId, CourseId};
use domain::permission::Role;
use testkit::database::Database;
use testkit::on_both_engines;

use crate::course::{act, href, planned};
use crate::talk::record;
use crate::{Desk, leads_to, value_of};

/// Ends the intervention: nothing but the form's own fields is then in the way.
async fn ended(database: &Database) -> (Desk, CourseId, CitizenId) {
    let (mut desk, course, citizen) = planned(database).await;
    let blocked = desk.browser.get(&href(course, "/afslut")).await.body;
    assert!(blocked.contains("Indsatsen Kostvejledning er ikke afsluttet"));
    assert!(blocked.contains(&href(course, "#indsatser")), "it says where it is mended");
    let it = record(&desk.app, citizen).await.interventions.iter().find(|i| !i.value.code.is_talk()).unwrap().value.id;
    let form = [("indsats", &*it.to_string()), ("handling", "gennemfoert")];
    assert_eq!(act(&mut desk, course, "/indsats", &form).await.status, 303);
    (desk, course, citizen)
}

async fn form(desk: &mut Desk, course: CourseId, citizen: CitizenId) -> Vec<(String, String)> {
    let page = desk.browser.get(&href(course, "/afslut")).await;
    let goal = record(&desk.app, citizen).await.goals[0].value.id;
    let fields = [
        ("version", &*value_of(&page, "version")),
        (&*format!("maal-{goal}"), "partly"),
        (&*format!("ord-{goal}"), "Jeg kan tage én etage"),
        ("handling-laege", "Kontrol af HbA1c ved næste årskontrol."),
        ("samtale", "holdt"),
        ("dato", "2026-11-24"),
        ("fra", "09:00"),
        ("til", "09:15"),
        ("opfoelgning-3", "ja"),
    ];
    fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

fn with<'a>(form: &'a [(String, String)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = form.iter().map(|(name, value)| (&**name, &**value));
    kept.filter(|(name, _)| !more.iter().any(|(other, _)| other == name)).chain(more.iter().copied()).collect()
}

on_both_engines! {
    async fn a_course_is_closed_and_the_doctor_told_in_one_act_and_once(database: &Database) {
        let (mut desk, course, citizen) = ended(database).await;
        let fields = form(&mut desk, course, citizen).await;
        let shown = act(&mut desk, course, "/afslut", &with(&fields, &[("vis", "1"), ("samtykke", "ja")])).await;
        assert_eq!(shown.status, 200);
        let letter = shown.body.split("Brevet til lægen").nth(1).unwrap().split("</article>").next().unwrap();
        assert!(letter.find("Kontrol af HbA1c").unwrap() < letter.find("Forløb").unwrap(), "what to do comes first");
        for text in ["Delvist nået", "Jeg kan tage én etage", "Afsluttende samtale 24. november 2026", "Kommunen følger op"] {
            assert!(letter.contains(text), "{text}: {letter}");
        }
        assert!(record(&desk.app, citizen).await.goals[0].value.evaluation.is_none(), "to look changes nothing");
        let unasked = act(&mut desk, course, "/afslut", &with(&fields, &[("handling", "send")])).await;
        assert_eq!(unasked.status, 422);
        assert!(unasked.body.contains("samtykke") && unasked.body.contains("Kontrol af HbA1c"));
        let both = with(&fields, &[("handling", "send"), ("samtykke", "ja"), ("opfoelgning-ingen", "ja")]);
        assert!(act(&mut desk, course, "/afslut", &both).await.body.contains("Vælg det ene"));
        let send = with(&fields, &[("handling", "send"), ("samtykke", "ja")]);
        let sent = act(&mut desk, course, "/afslut", &send).await;
        assert_eq!(leads_to(&sent), href(course, "/kopi"), "{}", sent.body);
        let again = act(&mut desk, course, "/afslut", &send).await;
        assert_eq!(leads_to(&again), href(course, "/kopi"), "a second press sends nothing twice");
        let after = record(&desk.app, citizen).await;
        assert_eq!(after.course(course).unwrap().value.state.word(), "closed");
        assert_eq!((after.follow_ups.len(), after.encounters.len()), (1, 2));
        let copy = desk.browser.get(&href(course, "/kopi")).await.body;
        let undo = copy.split("action=\"/udgaaende/").nth(1).expect("it can be undone").split('"').next().unwrap();
        assert!(undo.ends_with("/fortryd"));
        assert!(copy.contains("Kontrol af HbA1c") && copy.contains("I kø"));
        let paper = copy.split("Kopi til borgeren").nth(1).unwrap();
        assert!(!paper.contains("251248") && !paper.contains("Hindbærvej"), "it may lie on a table");
        let page = desk.browser.get(&href(course, "")).await.body;
        let letters = page.split("id=\"beskeder\"").nth(1).unwrap();
        assert_eq!(letters.matches("<th scope=\"row\">").count(), 1);
        assert!(letters.contains("Sendes om lidt. Der er intet at gøre."));
        let undo = format!("/udgaaende/{undo}");
        for _ in 0..2 {
            assert_eq!(desk.browser.post(&undo, &[]).await.status, 303, "a second press does nothing twice");
        }
        assert!(desk.browser.get(&href(course, "/kopi")).await.body.contains("Der er ikke sendt en status"));
        let person = desk.browser.get(&format!("/borgere/{citizen}")).await.body;
        assert_eq!(person.matches("Skriv til lægen").count(), 1, "it is due again");
        let rewritten = desk.browser.get(&href(course, "/afslut")).await.body;
        assert!(rewritten.contains(">Kontrol af HbA1c ved næste årskontrol.</textarea>"), "nothing typed is lost");
        let better = [("handling-laege", "Kontrol af HbA1c om et halvt år."), ("handling", "send")];
        assert_eq!(leads_to(&act(&mut desk, course, "/afslut", &better).await), href(course, "/kopi"));
        assert!(desk.browser.get(&href(course, "/kopi")).await.body.contains("om et halvt år"));
        let after = record(&desk.app, citizen).await;
        let follow_up = after.follow_ups[0].value.id.to_string();
        let nothing = act(&mut desk, course, "/opfoelgning", &[("opfoelgning", &*follow_up)]).await;
        assert!(nothing.status == 422 && nothing.body.contains("Vælg, hvordan det går"));
        let kept = [("opfoelgning", &*follow_up), ("resultat", "kept"), ("ord", "Går stadig tur")];
        assert_eq!(leads_to(&act(&mut desk, course, "/opfoelgning", &kept).await), href(course, "#opfoelgning"));
        assert!(desk.browser.get(&href(course, "")).await.body.contains("Går stadig tur"));
    }
}

#[tokio::test]
async fn a_no_to_the_status_is_heard() {
    let (mut desk, course, citizen) = ended(&Database::sqlite()).await;
    let fields = form(&mut desk, course, citizen).await;
    let no = with(&fields, &[("samtykke", "nej"), ("vis", "1")]);
    let shown = act(&mut desk, course, "/afslut", &no).await.body;
    assert!(shown.contains("Sendes ikke") && !shown.contains("Afslut og send"));
    let sent = act(&mut desk, course, "/afslut", &with(&fields, &[("samtykke", "nej"), ("handling", "send")])).await;
    assert_eq!(sent.status, 422, "not by a form made by hand either");
    assert!(record(&desk.app, citizen).await.course(course).unwrap().value.state.is_open(), "all or nothing");
    let closed = act(&mut desk, course, "/afslut", &with(&fields, &[("samtykke", "nej"), ("handling", "luk")])).await;
    assert_eq!(leads_to(&closed), href(course, ""));
    assert!(desk.browser.get(&href(course, "/kopi")).await.body.contains("Der er ikke sendt en status"));
    let again = act(&mut desk, course, "/afslut", &with(&fields, &[("handling", "luk")])).await;
    assert_eq!(leads_to(&again), href(course, ""));
}

#[tokio::test]
async fn who_only_reads_cannot_close() {
    let (mut desk, course, _) = planned(&Database::sqlite()).await;
    desk.browser = crate::log_in(&desk.app, 1, "kvalitet", Role::Quality).await;
    assert_eq!(desk.browser.get(&href(course, "/afslut")).await.status, 403);
}

#[tokio::test]
async fn a_letter_waits_ten_seconds_and_is_not_taken_back_once_it_left() {
    let (mut desk, course, citizen) = ended(&Database::sqlite()).await;
    let fields = form(&mut desk, course, citizen).await;
    let send = with(&fields, &[("handling", "send"), ("samtykke", "ja")]);
    assert_eq!(act(&mut desk, course, "/afslut", &send).await.status, 303);
    let copy = desk.browser.get(&href(course, "/kopi")).await.body;
    let undo = copy.split("action=\"/udgaaende/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let data = tempfile::tempdir().unwrap();
    let folders = app::mailbox::Folders::open(data.path(), std::time::Duration::ZERO).unwrap();
    let files = || std::fs::read_dir(&folders.outbox).unwrap().count();
    let wait = jiff::SignedDuration::from_secs(domain::message::TAKE_BACK_SECONDS);
    app::mailbox::send_queued(&desk.app, &folders, wait).await.unwrap();
    let receipts = files();
    desk.clock.set("2026-11-24T08:16:11Z");
    assert_eq!(app::mailbox::send_queued(&desk.app, &folders, wait).await.unwrap(), 1);
    assert_eq!(files(), receipts + 1);
    let late = desk.browser.post(&format!("/udgaaende/{undo}"), &[]).await;
    assert_eq!(late.status, 422);
    assert!(late.body.contains("Brevet er afsendt og kan ikke fortrydes"), "{}", late.body);
}
