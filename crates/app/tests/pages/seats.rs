//! Who gets a seat, what is called off, and who leads: the team from the side of its list.

use domain::encounter::EncounterStatus;
use domain::permission::Role;
use testkit::municipality::staff;
use testkit::on_both_engines;

use crate::teams::{Granted, PERSONS, TEAM, borrowed, contact_of, granted, pressed, session_now, team_of};
use crate::{Desk, leads_to, log_in};

async fn offer(desk: &mut Desk, team: &str, who: &Granted) -> crate::Answer {
    let indsats = who.0.to_string();
    desk.browser.post(&format!("{team}/tilbud"), &[("indsats", &*indsats)]).await
}

/// The addresses of the open offers of a team.
async fn open_offers(desk: &mut Desk, team: &str) -> Vec<String> {
    let page = desk.browser.get(team).await.body;
    let start = format!("action=\"{team}/tilbud/");
    page.match_indices(&start).map(|(at, _)| page[at + 8..].split('"').next().unwrap().to_owned()).collect()
}

const SMALL: [(&str, &str); 8] = [
    ("navn", "KOL-hold tirsdag"),
    ("indsats", "physical_training"),
    ("pladser", "1"),
    ("sted", "Sal 2"),
    ("dato", "2026-12-08"),
    ("fra", "09:00"),
    ("til", "10:30"),
    ("antal", "3"),
];

on_both_engines! {
    async fn a_free_seat_is_offered_by_need_and_goes_on_by_itself(database: &Database) {
        let mut desk = Desk::with(database, Role::Professional, &[]).await;
        let mut all = Vec::new();
        // One after the other: of two who need it the same and wait the same days, the first granted is asked first.
        for (person, at) in PERSONS[..3].iter().zip(["07:00", "07:01", "07:02"]) {
            desk.clock.set(&format!("2026-11-24T{at}:00Z"));
            all.push(granted(&desk, *person).await);
        }
        assert_eq!(desk.browser.get("/hold/nyt").await.status, 200);
        let team = leads_to(&desk.browser.post("/hold/nyt", &SMALL).await);
        let need = [("indsats", &*all[2].0.to_string()), ("behov", "support")];
        assert_eq!(leads_to(&desk.browser.post(&format!("{team}/behov"), &need).await), team);
        let page = desk.browser.get(&team).await.body;
        assert!(page.contains("Øget støtte · Bevilget i dag"), "the order says why");
        assert!(page.find("Schwendlund").unwrap() < page.find("Einer").unwrap(), "who needs it most stands first");
        assert_eq!(leads_to(&offer(&mut desk, &team, &all[2]).await), team);
        let page = desk.browser.get(&team).await.body;
        for text in ["0 optaget · 1 tilbudt · 0 ledige", "Svar senest 27. nov.", "Holdet er fuldt."] {
            assert!(page.contains(text), "{text}");
        }
        assert_eq!(leads_to(&offer(&mut desk, &team, &all[2]).await), team, "a second press makes no second offer");
        let full = offer(&mut desk, &team, &all[0]).await;
        assert_eq!(full.status, 422);
        assert!(full.body.contains("Holdet er fuldt."));
        let list = desk.browser.get("/beskedliste").await.body;
        assert!(list.contains("Ring til os på 70 00 00 99 senest fredag 27. november") && list.contains("tirsdag 8. december kl. 9.00 til 10.30"));
        assert!(!list.contains("KOL-hold"), "the message tells of no disease");
        let [first] = &*open_offers(&mut desk, &team).await else { panic!("one offer") };
        // The time to answer passes; the seat goes on, once, to who has waited longest.
        desk.clock.set("2026-11-30T09:00:00Z");
        desk.browser = log_in(&desk.app, 1, "senere", Role::Professional).await;
        assert_eq!(desk.browser.get(&team).await.status, 200);
        let late = desk.browser.post(first, &[("svar", "ja")]).await;
        assert_eq!(late.status, 422);
        assert!(late.body.contains("Svarfristen er udløbet, og pladsen er gået videre."));
        for _ in 0..2 {
            app::nightly::round(&desk.app).await.unwrap();
        }
        let page = desk.browser.get(&team).await.body;
        assert!(page.contains("1 tilbudt") && page.contains("Spurgt før, svarede ikke · Øget støtte · Ventet 6 dage"));
        let [second] = &*open_offers(&mut desk, &team).await else { panic!("one offer") };
        assert_ne!(first, second);
        let gone = desk.browser.post(first, &[("svar", "ja")]).await;
        assert_eq!(gone.status, 422, "what ran out is over");
        let list = desk.browser.get("/beskedliste").await.body;
        assert!(list.contains("Einer") && !list.contains("Schwendlund"), "a message about what is over falls away");
        let unsaid = desk.browser.post(second, &[("svar", "måske")]).await;
        assert_eq!(unsaid.status, 422);
        assert_eq!(leads_to(&desk.browser.post(second, &[("svar", "ja")]).await), team);
        let page = desk.browser.get(&team).await.body;
        assert!(page.contains("1 optaget · 0 ledige") && page.contains("Borgeren har fået plads på holdet."));
        let again = desk.browser.post(second, &[("svar", "ja")]).await;
        assert_eq!(again.status, 422, "a second yes gives no second seat");
        assert!(again.body.contains("Tilbuddet er allerede besvaret.") && again.body.contains("1 optaget"));
        let list = desk.browser.get("/beskedliste").await.body;
        assert!(list.contains("Du har en plads på det hold") && !list.contains("Der er en ledig plads"));
    }
}

/// The schema as it stood before those who wait, and what STOPbasen asks for, were kept in rows.
pub const BEFORE_STEP_29: &str = "
    drop view if exists reporting_referral;
    drop view if exists reporting.referral;
    drop view if exists reporting_course;
    drop view if exists reporting.course;
    drop view if exists reporting_intervention;
    drop view if exists reporting.intervention;
    drop view if exists reporting_encounter;
    drop view if exists reporting.encounter;
    drop view if exists reporting_answer;
    drop view if exists reporting.answer;
    drop view if exists reporting_condition;
    drop view if exists reporting.condition;
    drop table reporting_definition;
    drop table reporting_reader;
    drop table reporting_secret;
    drop table kept_answer;
    drop index planned_intervention_waiting;
    drop table stop_standing;
    drop index planned_intervention_group_ended;
    drop index changed_day_by_citizen;
    drop table consent;
    alter table response drop column reached;
    create index planned_intervention_nicotine on planned_intervention (organization, granted_on, citizen);
    alter table planned_intervention drop column need;
    alter table planned_intervention drop column seated;
    create index planned_intervention_group on planned_intervention (organization, code, granted_on, id);
    drop table quality_pass;
    drop table quality_state;
    drop table quality_part;
    drop table quality_count;
    drop table quality_finding;
    drop table quality_team;
    drop table indicator_cell;
    drop table indicator_part;
    drop table population_table;
    drop table population_draft;
    drop table pack_file;
    drop index service_request_by_requester;
    drop table figure_elsewhere;
    drop index delivery_report_open;
    alter table delivery_report drop column tries;
    alter table delivery_report drop column next_try_at;
    delete from schema_step where number >= 29;";

on_both_engines! {
    async fn who_waited_before_the_order_was_kept_stands_in_the_same_place(database: &Database) {
        let mut desk = Desk::with(database, Role::Professional, &[]).await;
        let mut all = Vec::new();
        for person in &PERSONS[..3] {
            all.push(granted(&desk, *person).await);
        }
        assert_eq!(desk.browser.get("/hold/nyt").await.status, 200);
        let team = leads_to(&desk.browser.post("/hold/nyt", &SMALL).await);
        let need = [("indsats", &*all[2].0.to_string()), ("behov", "urgent")];
        assert_eq!(leads_to(&desk.browser.post(&format!("{team}/behov"), &need).await), team);
        leads_to(&offer(&mut desk, &team, &all[0]).await);
        let [first] = &*open_offers(&mut desk, &team).await else { panic!("one offer") };
        leads_to(&desk.browser.post(first, &[("svar", "ja")]).await);
        let order = |page: &str| {
            let list = page.split("id=\"venter\"").nth(1).unwrap();
            (list.find("Schwendlund").unwrap() < list.find(PERSONS[1].1).unwrap(), list.contains(PERSONS[0].1))
        };
        let before = desk.browser.get(&team).await.body;
        assert_eq!(order(&before), (true, false));
        database.tamper(BEFORE_STEP_29);
        drop(database.open());
        assert_eq!(order(&desk.browser.get(&team).await.body), (true, false), "read from the records as they stand");
    }
}

on_both_engines! {
    async fn a_message_is_ticked_off_and_an_offer_is_taken_back(database: &Database) {
        let mut desk = Desk::with(database, Role::Professional, &[]).await;
        let einer = granted(&desk, PERSONS[0]).await;
        assert_eq!(desk.browser.get("/hold/nyt").await.status, 200);
        let team = leads_to(&desk.browser.post("/hold/nyt", &SMALL).await);
        let past = [("indsats", &*einer.0.to_string()), ("svar_senest", "2026-11-01")];
        let answer = desk.browser.post(&format!("{team}/tilbud"), &past).await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("Svarfristen skal ligge efter i dag."));
        assert!(desk.browser.get("/beskedliste").await.body.contains("Alle har fået besked"), "nothing half-written");
        leads_to(&offer(&mut desk, &team, &einer).await);
        let list = desk.browser.get("/beskedliste").await.body;
        let given = list.split("action=\"/beskedliste/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        for _ in 0..2 {
            assert_eq!(leads_to(&desk.browser.post(&format!("/beskedliste/{given}"), &[]).await), "/beskedliste");
        }
        assert!(desk.browser.get("/beskedliste").await.body.contains("Alle har fået besked"));
        let undo = format!("/beskedliste/{}", given.replace("/givet", "/fortryd"));
        assert_eq!(leads_to(&desk.browser.post(&undo, &[]).await), "/beskedliste");
        assert!(desk.browser.get("/beskedliste").await.body.contains("Einer"));
        assert_eq!(desk.queries_of("/beskedliste").await, 1);
        let [open] = &*open_offers(&mut desk, &team).await else { panic!("one offer") };
        assert_eq!(leads_to(&desk.browser.post(open, &[("svar", "traek")]).await), team);
        assert!(desk.browser.get("/beskedliste").await.body.contains("Alle har fået besked"));
        let page = desk.browser.get(&team).await.body;
        assert!(page.contains("0 optaget · 1 ledige") && page.contains("Einer"), "nobody is lost");
    }
}

on_both_engines! {
    async fn a_session_is_called_off_and_everybody_is_told_once(database: &Database) {
        let (mut desk, team, all) = team_of(database, 2).await;
        let session = session_now(&mut desk, &team).await;
        let off = format!("{session}/aflys");
        let page = desk.browser.get(&off).await.body;
        for text in ["value=\"2026-12-15\"", "value=\"09:00\"", "2 deltagere får besked: 2 SMS", "Aflys og giv besked"] {
            assert!(page.contains(text), "{text}");
        }
        let form = |day: &'static str| [("aarsag", "instructor"), ("erstat", "ja"), ("dato", day), ("fra", "09:00"), ("til", "10:30")];
        let holiday = desk.browser.post(&off, &form("2026-12-25")).await;
        assert_eq!(holiday.status, 422);
        assert!(holiday.body.contains("Den dag er der lukket.") && holiday.body.contains("Vi mødes, selv om der er lukket den dag"));
        assert!(!desk.browser.get("/beskedliste").await.body.contains("er aflyst"), "nothing half-written");
        for _ in 0..2 {
            assert_eq!(leads_to(&desk.browser.post(&off, &form("2026-12-15")).await), team, "twice is harmless");
        }
        let page = desk.browser.get(&team).await.body;
        for text in ["Aflyst", "Tir. 15. dec.", "0 af 3 holdt"] {
            assert!(page.contains(text), "{text}");
        }
        assert_eq!(page.matches(">Tir. 15. dec.<").count(), 1);
        let list = desk.browser.get("/beskedliste").await.body;
        assert_eq!(list.matches("Dit hold tirsdag 24. november kl. 9.00 til 10.30 er aflyst. Vi mødes i stedet tirsdag 15. december").count(), 2);
        assert!(!list.contains("Træning tirsdag"), "the message tells of no disease");
        let shown = desk.browser.get(&session).await.body;
        assert!(shown.contains("Aflyst: Underviser er syg eller væk. I stedet tirsdag 15. december kl. 9.00–10.30."));
        let late = desk.browser.post(&session, &borrowed(&pressed(&all, &[], ""))).await;
        assert_eq!(late.status, 422, "what is called off was not held");
        assert!(!desk.browser.get("/hold").await.body.contains("Mangler fremmøde"));
        assert!(desk.queries_of(&off).await <= 2);
    }
}

on_both_engines! {
    async fn one_note_for_all_and_a_line_for_one_land_in_the_right_records(database: &Database) {
        let (mut desk, team, all) = team_of(database, 3).await;
        let session = session_now(&mut desk, &team).await;
        let mut fields = pressed(&all, &[(all[2].1, "regrets")], "Gik en tur.");
        fields.push((format!("linje-{}", all[0].1), "Blev svimmel på trappen.".to_owned()));
        fields.push((format!("linje-{}", all[2].1), "Barnebarn er syg.".to_owned()));
        assert_eq!(leads_to(&desk.browser.post(&session, &borrowed(&fields)).await), session);
        let both = Some("Gik en tur.\nBlev svimmel på trappen.".to_owned());
        assert_eq!(contact_of(&desk, all[0].1).await, (EncounterStatus::Finished, both));
        assert_eq!(contact_of(&desk, all[1].1).await, (EncounterStatus::Finished, Some("Gik en tur.".to_owned())));
        assert_eq!(contact_of(&desk, all[2].1).await, (EncounterStatus::Cancelled, Some("Barnebarn er syg.".to_owned())));
    }
}

on_both_engines! {
    async fn who_leads_has_the_competence_and_what_clashes_is_asked_about(database: &Database) {
        let (mut desk, team, _) = team_of(database, 2).await;
        let rammer = format!("{team}/rammer");
        let page = desk.browser.get(&rammer).await;
        assert!(page.body.contains("Ingen kolleger har kompetencen Fysisk aktivitet"));
        let user = app::access::users(&desk.app, 1).await.unwrap()[0].id;
        let (version, me) = (crate::version_of(&page), user.to_string());
        fn form<'a>(place: &'a str, seats: &'a str) -> Vec<(&'a str, &'a str)> {
            vec![("pladser", seats), ("sted", place), ("optag", "rolling")]
        }
        let mut wrong = form("Sal 2", "8");
        wrong.extend([("version", &*version), ("undervisere", &*me)]);
        let answer = desk.browser.post(&rammer, &wrong).await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("Underviseren skal have kompetencen Fysisk aktivitet."));
        let few = desk.browser.post(&rammer, &form("Sal 2", "1")).await;
        assert_eq!(few.status, 422);
        assert!(few.body.contains("2 har eller er tilbudt en plads."));
        let competences = [domain::competence::Competence::PhysicalActivity].into();
        let role = app::calendar::PractitionerInput { competences, ..Default::default() };
        let leader = staff(1, Role::Leader);
        app::calendar::set_practitioner_role(&desk.app, &leader, user, None, role).await.unwrap();
        // The room is another team's at that time.
        assert_eq!(desk.browser.get("/hold/nyt").await.status, 200);
        let mut other = TEAM;
        (other[0].1, other[3].1) = ("Andet hold", "SAL  3");
        leads_to(&desk.browser.post("/hold/nyt", &other).await);
        let mut taken = form("Sal 3", "12");
        taken.push(("undervisere", &*me));
        let many = desk.browser.post(&rammer, &taken).await;
        assert!(many.body.contains("Der er højst 8 deltagere pr. instruktør. Med 12 pladser mangler der 1."));
        taken[0].1 = "8";
        let clash = desk.browser.post(&rammer, &taken).await;
        assert_eq!(clash.status, 422);
        assert!(clash.body.contains("Lokalet er optaget") && clash.body.contains("Gem alligevel"));
        taken.push(("alligevel", "ja"));
        assert_eq!(leads_to(&desk.browser.post(&rammer, &taken).await), team);
        assert!(desk.browser.get(&team).await.body.contains("<bdi>Sal 3</bdi>"));
        let mut late = form("Sal 4", "8");
        late.push(("version", &*version));
        let late = desk.browser.post(&rammer, &late).await;
        assert_eq!(late.status, 409);
        assert!(late.body.contains("En kollega har gemt imens.") && late.body.contains("value=\"Sal 4\""));
    }
}

/// A colleague who may lead training on Tuesdays and hold talks.
async fn instructor(desk: &Desk) -> domain::ids::UserId {
    use domain::competence::Competence;
    let me = app::access::users(&desk.app, 1).await.unwrap().into_iter().find(|user| user.user_name == "professional");
    let me = me.unwrap().id;
    let training = Competence::for_team(domain::codes::InterventionCode::PhysicalTraining);
    let role = app::calendar::PractitionerInput {
        competences: [training, Competence::ClarifyingTalk].into(),
        hours: Vec::new(),
        absences: Vec::new(),
        authorised: false,
    };
    app::calendar::set_practitioner_role(&desk.app, &staff(1, Role::Leader), me, None, role).await.unwrap();
    me
}

on_both_engines! {
    async fn sessions_that_clash_or_fall_on_a_holiday_are_asked_about(database: &Database) {
        let (mut desk, team, _) = team_of(database, 1).await;
        // A holiday as the first day is asked about, also for a new team, and nothing is made meanwhile.
        let first = |day: &'static str| [("dato", day), ("fra", "09:00"), ("til", "10:30"), ("antal", "1")];
        let gange = format!("{team}/gange");
        let closed = desk.browser.post(&gange, &first("2026-12-25")).await;
        assert_eq!(closed.status, 422);
        assert!(closed.body.contains("Den dag er der lukket.") && closed.body.contains("Vi mødes, selv om der er lukket den dag"));
        assert!(!closed.body.contains("Læg dem ind alligevel"));
        let mut meant = first("2026-12-25").to_vec();
        meant.push(("lukket", "ja"));
        assert_eq!(leads_to(&desk.browser.post(&gange, &meant).await), team);
        assert!(desk.browser.get(&team).await.body.contains("Fre. 25. dec."));
        // The same room at the same time, in another team.
        let mut other = TEAM;
        other[0].1 = "Træning tirsdag 2";
        let clash = desk.browser.post("/hold/nyt", &other).await;
        assert_eq!(clash.status, 422);
        for text in ["Lokalet er optaget 24. nov. kl. 9.00", "Læg dem ind alligevel", "value=\"Træning tirsdag 2\""] {
            assert!(clash.body.contains(text), "{text}: {}", crate::said(&clash));
        }
        assert!(!desk.browser.get("/hold").await.body.contains("Træning tirsdag 2"), "nothing half-made");
        let mut despite = other.to_vec();
        despite.push(("alligevel", "ja"));
        let second = leads_to(&desk.browser.post("/hold/nyt", &despite).await);
        assert!(desk.browser.get(&second).await.body.contains("3 holdgange er lagt ind."));
        // The room is free on Wednesdays, but not from the first team's session on.
        let wednesday = first("2026-11-25");
        assert_eq!(leads_to(&desk.browser.post(&gange, &wednesday).await), team);
        let mut also = wednesday;
        also[1].1 = "10:00";
        also[2].1 = "11:00";
        let answer = desk.browser.post(&format!("{second}/gange"), &also).await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("Lokalet er optaget") && answer.body.contains("value=\"10:00\""), "as typed");
        let mut also = also.to_vec();
        also.push(("alligevel", "ja"));
        assert_eq!(leads_to(&desk.browser.post(&format!("{second}/gange"), &also).await), second);
        // The one instead of a session that is called off is asked about as well.
        let session = session_now(&mut desk, &team).await;
        let mut off = vec![("aarsag", "room"), ("erstat", "ja"), ("dato", "2026-12-08"), ("fra", "10:00"), ("til", "11:00")];
        let answer = desk.browser.post(&format!("{session}/aflys"), &off).await;
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains("Lokalet er optaget") && answer.body.contains("Læg den nye holdgang ind alligevel"));
        off.push(("alligevel", "ja"));
        assert_eq!(leads_to(&desk.browser.post(&format!("{session}/aflys"), &off).await), team);
    }
}

on_both_engines! {
    async fn a_session_stands_in_its_instructors_calendar_and_keeps_its_time_free_of_talks(database: &Database) {
        let (mut desk, team, _) = team_of(database, 1).await;
        let me = instructor(&desk).await;
        let setting = app::teams::SettingInput {
            seats: 8,
            place: Some("Sal 2".to_owned()),
            instructors: vec![me],
            intake: domain::team::Intake::Fixed,
            despite: true,
        };
        let id = domain::ids::TeamId(team.rsplit('/').next().unwrap().parse().unwrap());
        assert!(!desk.browser.get("/kalender").await.body.contains("Træning tirsdag"), "it is nobody's yet");
        app::teams::set_up(&desk.app, &staff(1, Role::Leader), id, None, setting).await.unwrap();
        for who in ["mig", "alle"] {
            let page = desk.browser.get(&format!("/kalender?hvem={who}")).await.body;
            assert!(page.contains("Dagens hold") && page.contains("9.00–10.30"), "{who}");
            assert!(page.matches("<bdi>Træning tirsdag</bdi>").count() >= 2, "today and in the week of {who}");
        }
        assert!(desk.queries_of("/kalender?hvem=mig").await <= 6);
        let page = desk.browser.get("/kalender?hvem=mig&uge=2026-W50").await.body;
        assert!(page.contains("Træning tirsdag"), "two weeks later too");
    }
}
