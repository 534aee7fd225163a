//! Measures and questionnaires: filled in by staff and by the citizen, corrected, decided on, compared, for a whole class.

use std::sync::Arc;

use app::measures::load_instrument;
use app::records::{self, CitizenRecord};
use domain::ids::CitizenId;
use domain::permission::Role;
use domain::quantity::Quantity;
use domain::response::{Mode, Phase, Response, ResponseStatus};
use store::{Scope, Seen};
use testkit::on_both_engines;

use crate::browser::Answer;
use crate::teams::{session_now, team_of};
use crate::{Desk, leads_to, log_in, value_of, version_of};

async fn record(desk: &Desk, citizen: CitizenId) -> CitizenRecord {
    let read = move |tx: &mut store::Tx<'_>| {
        Ok::<_, app::AppError>(Seen::record(citizen.0, records::citizen_record(tx, citizen)?))
    };
    Arc::unwrap_or_clone(desk.app.store.view(Scope::system(1, desk.app.now(), "test"), read).await.unwrap())
}

async fn newest(desk: &Desk, citizen: CitizenId) -> Response {
    record(desk, citizen).await.responses.last().unwrap().value.clone()
}

fn list(citizen: CitizenId) -> String {
    format!("/borgere/{citizen}/maalinger")
}

fn form(citizen: CitizenId, instrument: &str) -> String {
    format!("{}/ny/{instrument}", list(citizen))
}

/// Opens a form and sends it with these fields.
pub async fn fill(desk: &mut Desk, citizen: CitizenId, instrument: &str, fields: &[(&str, &str)]) -> Answer {
    let page = desk.browser.get(&form(citizen, instrument)).await;
    assert_eq!(page.status, 200);
    let id = value_of(&page, "svar-id");
    let mut all = vec![("svar-id", &*id), ("gem", "svar")];
    all.extend_from_slice(fields);
    desk.browser.post(&form(citizen, instrument), &all).await
}

/// AUDIT answers with this total.
pub fn audit(values: [&'static str; 10]) -> Vec<(&'static str, &'static str)> {
    const NAMES: [&str; 10] = ["sp-1", "sp-2", "sp-3", "sp-4", "sp-5", "sp-6", "sp-7", "sp-8", "sp-9", "sp-10"];
    NAMES.into_iter().zip(values).collect()
}

pub async fn decide(desk: &mut Desk, result: &str, fields: &[(&str, &str)]) -> Answer {
    let version = version_of(&desk.browser.get(result).await);
    let mut all = vec![("version", &*version)];
    all.extend_from_slice(fields);
    desk.browser.post(&format!("{result}/beslutning"), &all).await
}

on_both_engines! {
    async fn audit_of_twenty_makes_a_task_and_proposes_treatment_with_what_must_be_told(database: &Database) {
        let (mut desk, _, citizen) = crate::course::planned(database).await;
        let empty = desk.browser.get(&list(citizen)).await.body;
        assert!(empty.contains("Der er ikke målt eller spurgt endnu") && empty.contains("AUDIT"));
        let answers = audit(["4", "4", "4", "4", "0", "0", "0", "0", "4", "0"]);
        let result = leads_to(&fill(&mut desk, citizen, "audit", &answers).await);
        let page = desk.browser.get(&result).await.body;
        for text in ["20 af 40", "Mulig afhængighed", "Der skal handles i dag", "Henvisning til alkoholbehandling (sundhedsloven § 141)", "Frit valg", "Behandlingen er gratis", "Man kan være anonym", "Lokale støtteorganisationer", "Resultatet vejleder. Det afgør ikke."] {
            assert!(page.contains(text), "{text}");
        }
        assert!(page.contains("value=\"treatment\" checked"), "the proposed route is chosen already");
        let start = desk.browser.get("/").await.body;
        assert!(start.contains("Sikkerhed") && start.contains(&result), "the task leads to the result");
        assert!(desk.browser.get(&format!("/borgere/{citizen}")).await.body.contains("skal håndteres samme dag"));
        let refused = decide(&mut desk, &result, &[("rute", "preventive_talk")]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("Skriv, hvorfor du vælger noget andet") && refused.body.contains("value=\"preventive_talk\" checked"));
        let done = decide(&mut desk, &result, &[("rute", "treatment"), ("oplyst-treatment", "0"), ("oplyst-treatment", "2")]).await;
        assert_eq!(leads_to(&done), result);
        let page = desk.browser.get(&result).await.body;
        assert!(page.contains("Besluttet") && !page.contains("Der skal handles i dag"));
        assert!(page.contains("Borgeren er fortalt om") && page.contains("Man kan være anonym"));
        assert!(!desk.browser.get("/").await.body.contains(&result), "the task is done");
        assert!(desk.queries_of(&list(citizen)).await <= 6 && desk.queries_of(&result).await <= 6);
    }
}

on_both_engines! {
    async fn mental_illness_and_pregnancy_override_the_band(database: &Database) {
        let (mut desk, _, citizen) = crate::course::planned(database).await;
        let nine = audit(["2", "1", "1", "1", "0", "0", "2", "0", "0", "2"]);
        let result = leads_to(&fill(&mut desk, citizen, "audit", &nine).await);
        let page = desk.browser.get(&result).await;
        assert!(page.body.contains("9 af 40") && page.body.contains("value=\"preventive_talk\" checked"));
        let facts = [("version", &*version_of(&page)), ("oplysninger", "1"), ("oplysning", "mental_illness")];
        leads_to(&desk.browser.post(&format!("{result}/oplysninger"), &facts).await);
        let page = desk.browser.get(&result).await.body;
        assert!(page.contains("value=\"treatment\" checked") && page.contains("uanset hvilket bånd"));
        let mut pregnant = audit(["4", "4", "4", "3", "0", "0", "2", "0", "0", "0"]);
        pregnant.extend([("oplysninger", "1"), ("oplysning", "pregnant")]);
        let result = leads_to(&fill(&mut desk, citizen, "audit", &pregnant).await);
        let page = desk.browser.get(&result).await.body;
        for text in ["17 af 40", "Der skal handles i dag", "familieambulatorium", "Er underretning til børne- og familieområdet vurderet?", "KS-8.2-07"] {
            assert!(page.contains(text), "{text}");
        }
        let way = ("rute", "family_clinic_and_treatment");
        // The decision about a notification stands in one place, and the referral does not wait for it.
        let course = record(&desk, citizen).await.open_course().unwrap().value.id;
        let m12 = format!("href=\"{}\"", crate::course::href(course, "/underretning"));
        assert!(page.contains(&m12) && page.contains("Ikke besluttet") && !page.contains("spurgt-notification"));
        let half = decide(&mut desk, &result, &[way]).await;
        assert_eq!(half.status, 422);
        assert!(half.body.contains("Svar på spørgsmålet") && half.body.contains(&m12));
        let own = [way, ("spurgt-consent_referral", "no"), ("spurgt-notification", "sent")];
        leads_to(&decide(&mut desk, &result, &own).await);
        let page = desk.browser.get(&result).await.body;
        assert!(page.contains("Ikke besluttet") && !page.contains("Ja, der underrettes"), "no second place to decide in");
        let no = [
            ("beslutning", "nej"),
            ("begrundelse", "Er stoppet."),
            ("samtykke", "given"),
            ("orienteret", "told"),
        ];
        let place = crate::course::href(course, "/underretning");
        desk.browser.get(&place).await;
        leads_to(&desk.browser.post(&place, &no).await);
        let page = desk.browser.get(&result).await.body;
        assert!(page.contains("Der underrettes ikke") && page.contains("Se beslutningen om underretning"));
        assert!(desk.queries_of(&result).await <= 6);
        assert!(desk.browser.get(&result).await.body.contains("Nej, der henvises ikke"));
    }
}

on_both_engines! {
    async fn a_half_filled_form_says_what_is_missing_and_loses_nothing(database: &Database) {
        let (mut desk, _, citizen) = crate::course::planned(database).await;
        let half = [("sp-1", "5"), ("sp-2", "1")];
        let answer = fill(&mut desk, citizen, "who5", &half).await;
        assert_eq!(answer.status, 422);
        for text in ["Der mangler svar", "href=\"#sp-3-5\"", "Spørgsmål 5: Mangler svar.", "Gem som ufuldstændig", "id=\"sp-1-5\" name=\"sp-1\" value=\"5\" checked"] {
            assert!(answer.body.contains(text), "{text}");
        }
        assert!(record(&desk, citizen).await.responses.is_empty(), "nothing is half-written");
        let id = value_of(&answer, "svar-id");
        let kept = [("svar-id", &*id), ("gem", "ufuldstaendig"), ("sp-1", "5"), ("sp-2", "1")];
        let result = leads_to(&desk.browser.post(&form(citizen, "who5"), &kept).await);
        let again = desk.browser.post(&form(citizen, "who5"), &kept).await;
        assert_eq!(leads_to(&again), result, "sent twice it is one");
        assert_eq!(record(&desk, citizen).await.responses.len(), 1);
        let response = newest(&desk, citizen).await;
        assert_eq!((response.status, response.score), (ResponseStatus::Incomplete, None));
        let page = desk.browser.get(&result).await.body;
        assert!(page.contains("Spørgsmål 3, 4, 5 mangler svar") && !page.contains("af 100"));
        let wrong = fill(&mut desk, citizen, "who5", &[("sp-1", "6")]).await;
        assert!(wrong.status == 422 && wrong.body.contains("Spørgsmål 1: Vælg et af svarene."));
        let future = fill(&mut desk, citizen, "tug", &[("sp-1", "11,3"), ("dato", "2027-01-01")]).await;
        assert!(future.status == 422 && future.body.contains("Datoen ligger i fremtiden") && future.body.contains("value=\"11,3\""));
    }
}

on_both_engines! {
    async fn what_cannot_be_done_is_an_answer_with_its_reason(database: &Database) {
        let (mut desk, _, citizen) = crate::course::planned(database).await;
        let without = fill(&mut desk, citizen, "sixmwt", &[("gem", "ikke-muligt")]).await;
        assert!(without.status == 422 && without.body.contains("Skriv hvorfor."));
        let result = leads_to(&fill(&mut desk, citizen, "sixmwt", &[("gem", "ikke-muligt"), ("hvorfor", "Brystsmerter")]).await);
        let page = desk.browser.get(&result).await.body;
        assert!(page.contains("Ikke muligt") && page.contains("Brystsmerter"));
        let stopped = [("sp-1", "180"), ("stoppet", "1"), ("stoppet-hvorfor", "Svimmel"), ("sted", "Sal 2"), ("udstyr", "30 m")];
        let result = leads_to(&fill(&mut desk, citizen, "sixmwt", &stopped).await);
        assert!(desk.browser.get(&result).await.body.contains("Før tid. Kan ikke sammenlignes."));
    }
}

on_both_engines! {
    async fn start_and_end_make_a_pair_when_place_and_equipment_are_the_same(database: &Database) {
        let (mut desk, _, citizen) = crate::course::planned(database).await;
        let start = [("sp-1", "400"), ("fase", "start"), ("sted", "Sal 2"), ("udstyr", "30 m bane")];
        leads_to(&fill(&mut desk, citizen, "sixmwt", &start).await);
        assert!(desk.browser.get(&list(citizen)).await.body.contains("Mangler slutmåling"));
        let next = desk.browser.get(&form(citizen, "sixmwt")).await.body;
        for text in ["value=\"Sal 2\"", "value=\"30 m bane\"", "husket fra den første test", "value=\"end\" selected"] {
            assert!(next.contains(text), "{text}");
        }
        let unlikely = fill(&mut desk, citizen, "sixmwt", &[("sp-1", "950"), ("fase", "end")]).await;
        assert!(unlikely.status == 422 && unlikely.body.contains("uden for det sædvanlige (20–900)"));
        assert!(unlikely.body.contains("name=\"rigtigt-1\"") && unlikely.body.contains("value=\"950\""));
        let end = [("sp-1", "435"), ("fase", "end"), ("sted", "sal 2 "), ("udstyr", "30 m bane")];
        let result = leads_to(&fill(&mut desk, citizen, "sixmwt", &end).await);
        let page = desk.browser.get(&list(citizen)).await.body;
        assert!(page.contains("+35 m") && page.contains("Bedre") && page.contains("Vis borgeren fremgangen"));
        let progress = desk.browser.get(&format!("{}/fremgang", list(citizen))).await.body;
        assert!(progress.contains("Før gik du 400 meter på 6 minutter. Nu går du 435 meter."));
        assert!(!progress.contains("251248") && !progress.contains("fb-rail"), "the citizen sees nothing else");
        // Another place: what was wrong stays, and the pair is none.
        let ret = desk.browser.get(&format!("{result}/ret")).await;
        let version = version_of(&ret);
        let right = [("version", &*version), ("gem", "svar"), ("sp-1", "435"), ("fase", "end"), ("sted", "Gangen"), ("udstyr", "30 m bane")];
        let refused = desk.browser.post(&format!("{result}/ret"), &right).await;
        assert!(refused.status == 422 && refused.body.contains("Skriv, hvad der var forkert"));
        let mut right = right.to_vec();
        right.push(("rettelse", "Det var på gangen"));
        assert_eq!(leads_to(&desk.browser.post(&format!("{result}/ret"), &right).await), result);
        let page = desk.browser.get(&result).await.body;
        assert!(page.contains("Tidligere udgaver") && page.contains("Gangen"));
        let page = desk.browser.get(&list(citizen)).await.body;
        assert!(page.contains("De er ikke målt samme sted") && !page.contains("+35 m"));
        let late = desk.browser.post(&format!("{result}/ret"), &right).await;
        assert_eq!(late.status, 409, "a correction of an older version is refused");
    }
}

on_both_engines! {
    async fn a_response_of_the_wrong_citizen_stays_as_an_error_and_counts_nowhere(database: &Database) {
        let (mut desk, _, citizen) = crate::course::planned(database).await;
        let worst = [("sp-1", "0"), ("sp-2", "0"), ("sp-3", "0"), ("sp-4", "0"), ("sp-5", "0")];
        let result = leads_to(&fill(&mut desk, citizen, "who5", &worst).await);
        assert!(desk.browser.get(&result).await.body.contains("Der skal handles i dag"));
        let wrong = [("gem", "fejl"), ("rettelse", "Forkert borger")];
        leads_to(&desk.browser.post(&format!("{result}/ret"), &wrong).await);
        let page = desk.browser.get(&result).await.body;
        assert!(page.contains("Fejlregistreret") && !page.contains("Der skal handles i dag"));
        assert!(newest(&desk, citizen).await.entered_in_error);
    }
}

on_both_engines! {
    async fn the_citizen_answers_one_question_at_a_time_and_can_reach_nothing_else(database: &Database) {
        let (mut desk, _, citizen) = crate::course::planned(database).await;
        assert!(desk.browser.get(&form(citizen, "audit")).await.body.contains("Giv skærmen til borgeren"));
        let handed = desk.browser.post(&format!("{}/tablet", form(citizen, "audit")), &[]).await;
        assert_eq!(leads_to(&handed), "/svar");
        let cookie = handed.header("set-cookie").to_owned();
        assert!(cookie.contains("HttpOnly") && cookie.contains("Path=/svar") && cookie.contains("SameSite=Strict"));
        for closed in ["/", &*list(citizen), &*format!("/borgere/{citizen}")] {
            assert!(desk.browser.get(closed).await.header("location").starts_with("/log-ind"), "{closed}");
        }
        let page = desk.browser.get("/svar").await.body;
        for text in ["Spørgsmål 1 af 10", "Hvor ofte drikker du noget", "fb-answer-option", "Spring over"] {
            assert!(page.contains(text), "{text}");
        }
        assert!(!page.contains("Nancy") && !page.contains("251248") && !page.contains("href=\"/borgere"));
        let press = |no: &'static str, value: &'static str| vec![("nr", no), (match no { "1" => "sp-1", "2" => "sp-2", "9" => "sp-9", _ => "sp-10" }, value)];
        assert_eq!(leads_to(&desk.browser.post("/svar", &press("1", "3")).await), "/svar?nr=2");
        leads_to(&desk.browser.post("/svar", &press("2", "2")).await);
        // Back, and never after all: questions 2 to 8 fall away.
        assert!(desk.browser.get("/svar?nr=1").await.body.contains("aria-pressed=\"true\""));
        assert_eq!(leads_to(&desk.browser.post("/svar", &press("1", "0")).await), "/svar?nr=9");
        let odd = desk.browser.post("/svar", &[("nr", "9"), ("sp-9", "3")]).await;
        assert!(odd.status == 422 && odd.body.contains("Vælg et af svarene."));
        leads_to(&desk.browser.post("/svar", &press("9", "4")).await);
        assert_eq!(leads_to(&desk.browser.post("/svar", &press("10", "4")).await), "/svar?nr=0");
        assert!(desk.browser.get("/svar?nr=0").await.body.contains("Du har svaret på det hele"));
        assert_eq!(leads_to(&desk.browser.post("/svar/faerdig", &[]).await), "/svar?tak=1");
        assert!(desk.browser.get("/svar?tak=1").await.body.contains("Giv skærmen tilbage"));
        let response = newest(&desk, citizen).await;
        assert_eq!((response.status, response.mode, response.score), (ResponseStatus::Complete, Mode::CitizenSelf, Some(Quantity::whole(8))));
        assert_eq!(response.phase, Phase::Start);
        assert!(desk.browser.get("/svar").await.body.contains("Her er ingen spørgsmål"));
    }
}

on_both_engines! {
    async fn a_screen_that_was_handed_over_closes_by_itself(database: &Database) {
        let (mut desk, _, citizen) = crate::course::planned(database).await;
        leads_to(&desk.browser.post(&format!("{}/tablet", form(citizen, "who5")), &[]).await);
        assert_eq!(desk.browser.get("/svar").await.status, 200);
        leads_to(&desk.browser.post("/svar", &[("nr", "1"), ("sp-1", "3")]).await);
        let later = desk.app.now() + jiff::SignedDuration::from_hours(3);
        desk.clock.set(&later.to_string());
        assert!(desk.browser.get("/svar").await.body.contains("tiden er gået"));
        assert_eq!(leads_to(&desk.browser.post("/svar", &[("nr", "2"), ("sp-2", "3")]).await), "/svar");
        let response = newest(&desk, citizen).await;
        assert_eq!((response.status, response.answers.len()), (ResponseStatus::InProgress, 1), "what was answered is kept");
        let record = desk.browser.get(&form(citizen, "sixmwt")).await;
        assert!(record.header("location").starts_with("/log-ind"), "nobody is logged in on it");
    }
}

on_both_engines! {
    async fn a_class_is_measured_in_one_grid_with_the_earlier_value_beside(database: &Database) {
        let (mut desk, team, all) = team_of(database, 3).await;
        let session = session_now(&mut desk, &team).await;
        assert!(desk.browser.get(&session).await.body.contains("Test holdet"));
        let grid = format!("{session}/maalinger");
        let page = desk.browser.get(&grid).await.body;
        for text in ["Einer Test Lauridsen", "Rejse-sætte-sig-test", "6-minutters gangtest", "value=\"Sal 2\"", "value=\"start\" selected"] {
            assert!(page.contains(text), "{text}");
        }
        let name = |what: &str, test: &str, of: usize| format!("{what}-{test}-{}", all[of].1);
        let tests = |fields: &mut Vec<(String, String)>| {
            for test in ["sts30", "sixmwt"] {
                fields.push(("test".into(), test.into()));
                fields.push((format!("sted-{test}"), "Sal 2".into()));
                fields.push((format!("udstyr-{test}"), "Fast".into()));
            }
        };
        let mut fields = vec![("fase".to_owned(), "start".to_owned())];
        tests(&mut fields);
        let numbers = [("sts30", 0, "9"), ("sts30", 1, "61"), ("sixmwt", 0, "410"), ("sixmwt", 2, "950")];
        fields.extend(numbers.map(|(test, of, number)| (name("tal", test, of), number.to_owned())));
        let refused = desk.browser.post(&grid, &borrowed(&fields)).await;
        assert_eq!(refused.status, 422);
        for text in ["Se på 2 tal. Intet er gemt endnu", "Skriv et tal fra 0 til 60.", "uden for det sædvanlige (20–900)", "value=\"410\"", "value=\"61\"", "Tallet er rigtigt"] {
            assert!(refused.body.contains(text), "{text}");
        }
        assert!(record(&desk, all[0].1).await.responses.is_empty(), "all of it or nothing");
        for (field, value) in &mut fields {
            if *field == name("tal", "sts30", 1) {
                "16".clone_into(value);
            }
        }
        fields.push((name("rigtigt", "sixmwt", 2), "1".to_owned()));
        assert_eq!(leads_to(&desk.browser.post(&grid, &borrowed(&fields)).await), grid);
        let page = desk.browser.get(&grid).await.body;
        assert!(page.contains("4 målinger er gemt.") && page.contains("Gemt: 9") && page.contains("Gemt: 950"));
        let stored = newest(&desk, all[1].1).await;
        assert_eq!((stored.score, stored.phase, stored.mode), (Some(Quantity::whole(16)), Phase::Start, Mode::Measured));
        assert_eq!(stored.setting.equipment.as_deref(), Some("Fast"));
        assert!(stored.session.is_some() && stored.course.is_some());
        // The last session of the same class.
        let last = desk.browser.get(&team).await.body;
        let last = last.rsplit("/maalinger\"").nth(1).unwrap().rsplit('"').next().unwrap().to_owned();
        let end = format!("{last}/maalinger");
        let page = desk.browser.get(&end).await.body;
        for text in ["Før: 9", "Før: 410", "value=\"end\" selected", "value=\"Fast\"", "Husket fra den første test"] {
            assert!(page.contains(text), "{text}");
        }
        assert!(desk.queries_of(&end).await <= 6);
        let empty = desk.browser.post(&end, &[("fase", "end")]).await;
        assert!(empty.status == 422 && empty.body.contains("Skriv mindst ét tal"));
    }
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

const LICENSED: &str = r#"
id = "eq5d5l"
version = 1
name = "EQ-5D-5L (prøve)"
purpose = "Prøve uden den licenserede ordlyd"
modes = ["citizen_self"]
licence = "Aftale med rettighedshaveren"
wording = "authorised"
reference = "Kommunens egen fil"
direction = "lower"
proof = "Aftale 2026-114 af 1. oktober"

[scoring]
rule = "sum"

[[item]]
text = "Prøvespørgsmål"
options = [["Ja", 1], ["Nej", 0]]
"#;

on_both_engines! {
    async fn a_licensed_instrument_is_a_name_until_the_municipality_loads_its_file(database: &Database) {
        let (desk, _, citizen) = crate::course::planned(database).await;
        let mut administrator = log_in(&desk.app, 1, "it", Role::Administrator).await;
        let mut nurse = log_in(&desk.app, 1, "sygeplejerske2", Role::Professional).await;
        assert_eq!(nurse.get(&form(citizen, "eq5d5l")).await.status, 404);
        let page = administrator.get("/administration/redskaber").await;
        assert!(page.body.contains("EQ-5D-5L") && page.body.contains("Mangler licens"));
        let without = LICENSED.replace("proof =", "#");
        let refused = administrator.post("/administration/redskaber/fil", &[("fil", &without)]).await;
        assert!(refused.status == 422 && refused.body.contains("beviset for licensen") && refused.body.contains("Prøvespørgsmål"));
        leads_to(&administrator.post("/administration/redskaber/fil", &[("fil", LICENSED)]).await);
        assert!(nurse.get(&form(citizen, "eq5d5l")).await.body.contains("Prøvespørgsmål"));
        let twice = load_instrument(&desk.app, Scope::system(1, desk.app.now(), "test"), LICENSED.to_owned()).await;
        assert!(twice.is_err(), "a version is never loaded over");
        let mut stand = vec![("stand".to_owned(), value_of(&administrator.get("/administration/redskaber").await, "stand"))];
        stand.extend(["who5", "audit"].map(|id| ("redskab".to_owned(), id.to_owned())));
        stand.push(("brug".to_owned(), "audit".to_owned()));
        leads_to(&administrator.post("/administration/redskaber", &borrowed(&stand)).await);
        assert_eq!(nurse.get(&form(citizen, "who5")).await.status, 404, "switched off");
        assert_eq!(nurse.get(&form(citizen, "audit")).await.status, 200);
    }
}

on_both_engines! {
    async fn an_unplanned_loss_of_weight_is_seen_from_the_weight_before(database: &Database) {
        let (mut desk, _, citizen) = crate::course::planned(database).await;
        let first = [("sp-1", "71"), ("sp-2", "173"), ("sp-3", "1"), ("sp-4", "0"), ("dato", "2026-11-02")];
        leads_to(&fill(&mut desk, citizen, "bmi_weight", &first).await);
        assert!(desk.browser.get(&form(citizen, "bmi_weight")).await.body.contains("value=\"173\""), "the height is known");
        let now = [("sp-1", "70,0"), ("sp-2", "173"), ("sp-3", "1"), ("sp-4", "1"), ("fase", "mid")];
        let result = leads_to(&fill(&mut desk, citizen, "bmi_weight", &now).await);
        let page = desk.browser.get(&result).await.body;
        for text in ["23,4 kg/m²", "Uplanlagt vægttab", "Der skal handles i dag", "Hvad gjorde du?"] {
            assert!(page.contains(text), "{text}");
        }
        assert_eq!(decide(&mut desk, &result, &[]).await.status, 422);
        leads_to(&decide(&mut desk, &result, &[("grund", "Talte om maden; diætist i morgen")]).await);
        assert!(desk.browser.get(&result).await.body.contains("diætist i morgen"));
    }
}
