//! Nicotine cessation and STOPbasen: two consents, forms that are prefilled and say what they lack, the follow-up after six
//! months, and the export.

use app::courses::{self, GrantInput};
use app::records::CitizenRecord;
use domain::codes::{DeliveryType, InterventionCode};
use domain::consent::{Answer, ConsentPurpose, answer};
use domain::follow_up::FollowUpState;
use domain::ids::{CitizenId, CourseId};
use domain::permission::Role;
use domain::response::ResponseStatus;
use jiff::civil::date;
use standard::Outcome;
use testkit::database::Database;
use testkit::municipality::staff;
use testkit::on_both_engines;

mod facts;

use facts::{facts_of, new_occasion, stopped_after};

use crate::course::{act, href, planned};
use crate::talk::record;
use crate::{Desk, leads_to, log_in, value_of};

pub const REGISTER: &str = "stopbasen";
pub const CONTACT: &str = "stopbasen_follow_up";

/// A course with nicotine cessation for one citizen.
pub async fn stopping(database: &Database) -> (Desk, CourseId, CitizenId) {
    let (desk, course, citizen) = planned(database).await;
    let input = GrantInput {
        team: None,
        code: InterventionCode::NicotineCessation,
        delivery: DeliveryType::Individual,
        reasons: Vec::new(),
        choice_reason: Some("Vil stoppe.".to_owned()),
        care_plan: None,
        planned_end_on: None,
        performer: None,
        service_request: None,
    };
    courses::grant(&desk.app, &staff(1, Role::Professional), course, input).await.unwrap();
    (desk, course, citizen)
}

pub fn stop(course: CourseId, what: &str) -> String {
    href(course, &format!("/stop{what}"))
}

pub async fn consent(desk: &mut Desk, course: CourseId, purpose: &str, said: &str) {
    // Each answer has its own second: the newest counts.
    let later = desk.app.now() + jiff::SignedDuration::from_secs(1);
    desk.clock.set(&later.to_string());
    let form = [("formaal", purpose), ("maade", "oral"), ("svar", said)];
    assert_eq!(leads_to(&desk.browser.post(&stop(course, "/samtykke"), &form).await), stop(course, ""));
}

fn said(record: &CitizenRecord, purpose: ConsentPurpose) -> Answer {
    answer(&record.consent_values(), purpose)
}

fn form(citizen: CitizenId, word: &str) -> String {
    format!("/borgere/{citizen}/maalinger/ny/{word}")
}

/// Fills a form with what is prefilled and these, everything else "not stated".
pub async fn fill(
    desk: &mut Desk,
    citizen: CitizenId,
    word: &str,
    answers: &[(&str, &str)],
    unknown: &[u16],
) -> String {
    let page = desk.browser.get(&form(citizen, word)).await;
    assert_eq!(page.status, 200, "{word}");
    let id = value_of(&page, "svar-id");
    let unknown: Vec<String> = unknown.iter().map(|item| format!("ved-ikke-{item}")).collect();
    let phase = match word {
        "stopbasen_baseline" => "start",
        "stopbasen_end" => "end",
        _ => "followup",
    };
    let mut all = vec![("svar-id", &*id), ("gem", "svar"), ("fase", phase)];
    all.extend_from_slice(answers);
    all.extend(unknown.iter().map(|name| (name.as_str(), "1")));
    leads_to(&desk.browser.post(&form(citizen, word), &all).await)
}

/// A contact held, so that the intervention has begun.
async fn begun(desk: &mut Desk, course: CourseId, citizen: CitizenId) -> String {
    let at = record(&desk.app, citizen).await;
    let it = at.interventions.iter().find(|i| i.value.code == InterventionCode::NicotineCessation).unwrap();
    let plan = it.value.care_plan.unwrap().to_string();
    let held = [("plan", &*plan), ("dato", "2026-11-24"), ("fra", "09:00"), ("til", "09:10"), ("sted", "phone")];
    assert_eq!(act(desk, course, "/kontakt", &held).await.status, 303);
    it.value.id.to_string()
}

/// The same, and then its end.
pub async fn begun_and_ended(desk: &mut Desk, course: CourseId, citizen: CitizenId) {
    let id = begun(desk, course, citizen).await;
    assert_eq!(act(desk, course, "/indsats", &[("indsats", &*id), ("handling", "gennemfoert")]).await.status, 303);
}

async fn has_stopped(desk: &mut Desk, course: CourseId) {
    desk.browser.get(&stop(course, "")).await;
    leads_to(&desk.browser.post(&stop(course, "/slut"), &[("version", "0"), ("udfald", "stopped")]).await);
}

on_both_engines! {
    async fn saying_no_costs_what_yes_costs_and_closes_nothing_but_the_form(database: &Database) {
        let (mut desk, course, citizen) = stopping(database).await;
        let course_page = desk.browser.get(&href(course, "")).await.body;
        assert!(course_page.contains(&format!("href=\"{}\"", stop(course, ""))));
        let page = desk.browser.get(&stop(course, "")).await.body;
        for text in ["Ikke spurgt", "Et nej har ingen betydning for tilbuddet", "Ikke uden samtykke", "Må vi kontakte dig om et halvt år"] {
            assert!(page.contains(text), "{text}");
        }
        assert_eq!(page.matches("name=\"svar\" value=\"ja\"").count(), page.matches("name=\"svar\" value=\"nej\"").count());
        let list = format!("/borgere/{citizen}/maalinger");
        assert!(!desk.browser.get(&list).await.body.contains("STOPbasen - start"), "the form is not offered");
        assert_eq!(desk.browser.get(&form(citizen, "stopbasen_baseline")).await.status, 422);
        assert_eq!(desk.browser.post(&form(citizen, "stopbasen_baseline"), &[("gem", "ufuldstaendig")]).await.status, 422);
        consent(&mut desk, course, REGISTER, "nej").await;
        consent(&mut desk, course, CONTACT, "ja").await;
        let at = record(&desk.app, citizen).await;
        assert_eq!(said(&at, ConsentPurpose::Stopbasen), Answer::Refused);
        assert!(at.interventions.iter().any(|i| i.value.code == InterventionCode::NicotineCessation && i.value.status.is_open()), "the offer stands");
        assert!(desk.browser.get(&stop(course, "")).await.body.contains("Mundtligt 24. nov., spurgt af Fagperson PR"));
        consent(&mut desk, course, REGISTER, "ja").await;
        assert!(desk.browser.get(&list).await.body.contains("STOPbasen - start"));
        let id = match said(&record(&desk.app, citizen).await, ConsentPurpose::Stopbasen) {
            Answer::Given(id) => id.to_string(),
            other => panic!("{other:?}"),
        };
        let taken_back = desk.browser.post(&stop(course, "/samtykke"), &[("traek", &*id)]).await;
        assert_eq!(leads_to(&taken_back), stop(course, ""));
        assert!(desk.browser.get(&stop(course, "")).await.body.contains("Trukket tilbage 24. nov."));
        assert_eq!(desk.browser.get(&form(citizen, "stopbasen_baseline")).await.status, 422);
        assert!(desk.queries_of(&stop(course, "")).await <= 6);
    }
}

on_both_engines! {
    async fn the_stop_date_waits_for_the_answer_about_medicine(database: &Database) {
        let (mut desk, course, citizen) = stopping(database).await;
        let day = [("version", "0"), ("stopdato", "2026-12-01")];
        let refused = desk.browser.post(&stop(course, "/dato"), &day).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("Spørg først, om borgeren tager medicin") && refused.body.contains("value=\"2026-12-01\""));
        let safety = href(course, "/sikkerhed");
        let answers = [("version", "0"), ("svar-affected_medicine", "nej")];
        assert_eq!(leads_to(&desk.browser.post(&safety, &answers).await), safety);
        assert_eq!(desk.browser.post(&stop(course, "/dato"), &[("stopdato", "i morgen")]).await.status, 422);
        leads_to(&desk.browser.post(&stop(course, "/dato"), &day).await);
        assert_eq!(desk.browser.post(&stop(course, "/dato"), &day).await.status, 409, "somebody was first");
        assert_eq!(desk.browser.post(&stop(course, "/slut"), &[("version", "1")]).await.status, 422);
        let end = [("version", "1"), ("udfald", "reduced")];
        leads_to(&desk.browser.post(&stop(course, "/slut"), &end).await);
        let at = record(&desk.app, citizen).await;
        let kept = &at.stop_courses[0].value;
        assert_eq!((kept.stop_on.unwrap().to_string(), kept.end.unwrap().outcome.word()), ("2026-12-01".to_owned(), "reduced"));
        assert_eq!(at.follow_ups.len(), 1, "a new occasion is agreed by itself");
        assert_eq!(at.follow_ups[0].value.due_on.to_string(), "2027-02-22");
        let list = desk.browser.get("/opfoelgninger").await.body;
        assert!(list.contains("Borgeren får en ny anledning til hjælp"));
        let again = [("version", "2"), ("udfald", "not_stopped")];
        leads_to(&desk.browser.post(&stop(course, "/slut"), &again).await);
        assert_eq!(record(&desk.app, citizen).await.follow_ups.len(), 1, "one is enough");
    }
}

on_both_engines! {
    async fn a_form_is_filled_in_with_what_is_known_and_says_what_it_lacks(database: &Database) {
        let (mut desk, course, citizen) = stopping(database).await;
        consent(&mut desk, course, REGISTER, "ja").await;
        let page = desk.browser.get(&form(citizen, "stopbasen_baseline")).await.body;
        for text in ["Det, vi ved, er skrevet på forhånd", "Kvinde, 77 år", "Testby Kommune, ", "Start 24-11-2026", "id=\"sp-1-1\" name=\"sp-1\" value=\"1\" checked", "id=\"sp-14-1\" name=\"sp-14\" value=\"1\" checked"] {
            assert!(page.contains(text), "{text}");
        }
        let id = value_of(&desk.browser.get(&form(citizen, "stopbasen_baseline")).await, "svar-id");
        let some = [("svar-id", &*id), ("gem", "svar"), ("fase", "start"), ("sp-1", "1"), ("sp-12", "4")];
        assert_eq!(desk.browser.post(&form(citizen, "stopbasen_baseline"), &some).await.status, 422);
        let keep = [("svar-id", &*id), ("gem", "ufuldstaendig"), ("fase", "start"), ("sp-1", "1"), ("sp-12", "4")];
        leads_to(&desk.browser.post(&form(citizen, "stopbasen_baseline"), &keep).await);
        let page = desk.browser.get(&stop(course, "")).await.body;
        let forms = page.split("id=\"skemaer\"").nth(1).unwrap();
        assert!(forms.contains("Mangler svar") && forms.contains("Produkter og forbrug pr. dag"));
        assert!(!forms.contains("<li lang=\"da\">Fagerström-score</li>"), "what is answered is not missing");
        assert!(desk.queries_of(&form(citizen, "stopbasen_baseline")).await <= 6);
    }
}

on_both_engines! {
    async fn six_months_later_somebody_rings_by_themselves_and_the_attempts_are_kept(database: &Database) {
        let (mut desk, course, citizen) = stopping(database).await;
        consent(&mut desk, course, REGISTER, "ja").await;
        begun_and_ended(&mut desk, course, citizen).await;
        has_stopped(&mut desk, course).await;
        assert!(record(&desk.app, citizen).await.follow_ups.is_empty(), "contact is a consent of its own");
        consent(&mut desk, course, CONTACT, "ja").await;
        let at = record(&desk.app, citizen).await;
        assert_eq!((at.follow_ups.len(), at.follow_ups[0].value.due_on.to_string()), (1, "2027-05-24".to_owned()));
        let call = format!("/opfoelgninger/{}", at.follow_ups[0].value.id);
        let list = desk.browser.get("/opfoelgninger").await.body;
        assert!(list.contains(&call) && list.contains("STOPbasen følger op 6 måneder efter nikotinafvænningen"));
        assert!(desk.browser.get(&stop(course, "")).await.body.contains("Skal ligge fra"));
        // A no calls it off, a new yes agrees on it anew.
        consent(&mut desk, course, CONTACT, "nej").await;
        assert!(matches!(record(&desk.app, citizen).await.follow_ups[0].value.state, FollowUpState::Cancelled { .. }));
        consent(&mut desk, course, CONTACT, "ja").await;
        let at = record(&desk.app, citizen).await;
        let follow_up = at.follow_ups.iter().find(|f| f.value.state == FollowUpState::Planned).unwrap().value.id;
        let call = format!("/opfoelgninger/{follow_up}");
        desk.clock.set("2027-05-20T08:00:00Z");
        desk.browser = log_in(&desk.app, 1, "senere", Role::Professional).await;
        let page = desk.browser.get(&call).await.body;
        for text in ["STOPbasens opfølgning", "Der er ikke forsøgt endnu", "Truffet: udfyld skemaet", &form(citizen, "stopbasen_6m")] {
            assert!(page.contains(text), "{text}");
        }
        assert!(!page.contains("Er forandringen holdt?"), "the form asks that");
        let post = format!("{call}/stopbasen");
        assert_eq!(desk.browser.post(&post, &[("resultat", "again"), ("igen", "2027-05-01")]).await.status, 422);
        leads_to(&desk.browser.post(&post, &[("resultat", "again"), ("igen", "2027-05-27")]).await);
        let why = desk.browser.post(&post, &[("resultat", "not_reached"), ("hvorfor", " ")]).await;
        assert!(why.status == 422 && why.body.contains("Skriv, hvorfor opfølgningen ikke lykkedes."));
        assert!(desk.browser.get("/opfoelgninger").await.body.contains("torsdag 27. maj"));
        assert!(desk.queries_of(&call).await <= 6);
        desk.clock.set("2027-05-27T08:00:00Z");
        desk.browser = log_in(&desk.app, 1, "senest", Role::Professional).await;
        let prefilled = desk.browser.get(&form(citizen, "stopbasen_6m")).await.body;
        assert!(prefilled.contains("2 forsøg, senest 27-05-2027"));
        let relapsed = [("sp-1", "2 forsøg, senest 27-05-2027"), ("sp-2", "0"), ("sp-3", "0"), ("sp-4", "Ja, i marts")];
        fill(&mut desk, citizen, "stopbasen_6m", &relapsed, &[5, 6, 7]).await;
        let at = record(&desk.app, citizen).await;
        let done = &at.follow_up(follow_up).unwrap().value;
        assert!(matches!(done.state, FollowUpState::Done { kept: domain::follow_up::Kept::Lost, .. }));
        assert_eq!(done.attempts.len(), 1);
        let next = at.follow_ups.iter().find(|f| f.value.state == FollowUpState::Planned).unwrap();
        assert_eq!((next.value.stop, next.value.due_on.to_string()), (None, "2027-08-25".to_owned()), "a new occasion");
        assert_eq!(desk.browser.post(&post, &[("resultat", "declined")]).await.status, 422, "it is over");
        let facts = facts_of(&desk, course, date(2027, 5, 27)).await;
        assert_eq!(facts.nicotine_courses[0].relapse_on, Some(date(2027, 5, 27)), "who had stopped began again");
        assert_eq!(facts.stops[0].followup_reached, Some(true));
        assert_eq!(new_occasion(&facts, date(2027, 5, 27)), (Outcome::NotYetDue, Some(date(2027, 8, 25))));
        assert_eq!(stopped_after(&facts, date(2027, 7, 1)), (1, 0), "reached, and not without nicotine any more");
        let mut quality = log_in(&desk.app, 1, "quality", Role::Quality).await;
        assert!(quality.get("/stopbasen").await.body.contains("<li>1 af 1 blev truffet.</li>"));
        database.tamper(crate::seats::BEFORE_STEP_29);
        drop(database.open());
        let page = quality.get("/stopbasen").await.body;
        assert!(page.contains("<li>1 af 1 blev truffet.</li>") && !page.contains("<li>1 har ikke sagt ja"), "from the records");
    }
}

on_both_engines! {
    async fn who_is_not_reached_is_counted_with_the_reason(database: &Database) {
        let (mut desk, course, citizen) = stopping(database).await;
        consent(&mut desk, course, REGISTER, "ja").await;
        consent(&mut desk, course, CONTACT, "ja").await;
        begun_and_ended(&mut desk, course, citizen).await;
        has_stopped(&mut desk, course).await;
        let follow_up = record(&desk.app, citizen).await.follow_ups[0].value.id;
        desk.clock.set("2027-05-24T08:00:00Z");
        desk.browser = log_in(&desk.app, 1, "senere", Role::Professional).await;
        assert_eq!(desk.browser.get(&format!("/opfoelgninger/{follow_up}")).await.status, 200);
        let given_up = [("resultat", "not_reached"), ("hvorfor", "Nummeret er ikke i brug")];
        leads_to(&desk.browser.post(&format!("/opfoelgninger/{follow_up}/stopbasen"), &given_up).await);
        let at = record(&desk.app, citizen).await;
        assert!(matches!(at.follow_up(follow_up).unwrap().value.state, FollowUpState::NotReached { .. }));
        let form = &at.responses.last().unwrap().value;
        assert_eq!((form.instrument.as_str(), form.status), ("stopbasen_6m", ResponseStatus::Complete));
        assert_eq!(at.follow_ups.iter().filter(|f| f.value.state == FollowUpState::Planned).count(), 0);
        let facts = facts_of(&desk, course, date(2027, 5, 24)).await;
        assert_eq!((facts.stops[0].followup_complete, facts.stops[0].followup_reached), (Some(true), Some(false)));
        assert_eq!(facts.nicotine_courses[0].relapse_on, None, "nobody knows");
        assert_eq!(stopped_after(&facts, date(2027, 7, 1)), (0, 0), "of those reached: nobody");
        let mut quality = log_in(&desk.app, 1, "quality", Role::Quality).await;
        assert!(quality.get("/stopbasen").await.body.contains("<li>0 af 1 blev truffet.</li>"));
        database.tamper(crate::seats::BEFORE_STEP_29);
        drop(database.open());
        assert!(quality.get("/stopbasen").await.body.contains("<li>0 af 1 blev truffet.</li>"), "read from the records");
    }
}

on_both_engines! {
    async fn whole_forms_of_those_who_said_yes_are_exported_once_and_again(database: &Database) {
        let (mut desk, course, citizen) = stopping(database).await;
        begun(&mut desk, course, citizen).await;
        let mut quality = log_in(&desk.app, 1, "quality", Role::Quality).await;
        let none = quality.get("/stopbasen").await.body;
        assert!(none.contains("1 har ikke sagt ja og er ikke med") && none.contains("Der er ikke hentet noget endnu"));
        consent(&mut desk, course, REGISTER, "ja").await;
        assert!(quality.get("/stopbasen").await.body.contains("Skemaet er ikke udfyldt"));
        let known = [("sp-1", "1"), ("sp-3", "Testby"), ("sp-4", "4"), ("sp-4", "1"), ("sp-7", "=Mand; \"77\" år"), ("sp-12", "4")];
        fill(&mut desk, citizen, "stopbasen_baseline", &known, &[2, 5, 6, 8, 9, 10, 11, 13, 14, 15, 16]).await;
        let page = quality.get("/stopbasen").await;
        assert!(page.body.contains("1 klar, 0 mangler") && !page.body.contains(&stop(course, "")), "no way into a record");
        let ask = [("skema", "stopbasen_baseline"), ("fra", "2026-11-01"), ("til", "2026-11-30")];
        let file = quality.post("/stopbasen/udtraek", &ask).await;
        assert_eq!(file.status, 200);
        assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
        assert!(file.header("content-disposition").contains("stopbasen-baseline-2026-11-01-2026-11-30.csv"));
        let lines: Vec<&str> = file.body.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[0].starts_with("Nummer;Skema;Udgave;Dato;1. Samtykke til registrering;2. Samtykke til at blive kontaktet"));
        assert!(lines[1].contains(";stopbasen_baseline;1;24-11-2026;1;ikke oplyst;Testby;1,4;"), "{}", lines[1]);
        assert!(lines[1].contains(";\"'=Mand; \"\"77\"\" år\";"), "no formula: {}", lines[1]);
        assert!(!file.body.contains("251248"), "no CPR number");
        assert_eq!(quality.post("/stopbasen/udtraek", &ask).await.body, file.body, "the same again");
        let page = quality.get("/stopbasen").await.body;
        assert!(page.contains("1 rækker, 1 nye") && page.contains("1 rækker, 0 nye"));
        assert!(desk.browser.get(&stop(course, "")).await.body.contains("Hentet til STOPbasen første gang"));
        assert_eq!(desk.browser.get("/stopbasen").await.status, 403, "not everybody");
        let next_door = testkit::municipality::add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
        let mut other = log_in(&desk.app, next_door.key, "nabo", Role::Quality).await;
        assert!(other.get("/stopbasen").await.body.contains("Der er ikke hentet noget endnu"));
        assert_eq!(other.post("/stopbasen/udtraek", &ask).await.body.lines().count(), 1, "nobody of ours");
        assert_eq!(quality.get("/stopbasen?fra=2026-12-01&til=2026-11-01").await.status, 422);
        let before = quality.get("/stopbasen").await.body;
        database.tamper(crate::seats::BEFORE_STEP_29);
        drop(database.open());
        assert_eq!(quality.get("/stopbasen").await.body, before, "the rows follow from the records");
        // Nobody is in the file who has said no since.
        consent(&mut desk, course, REGISTER, "nej").await;
        assert_eq!(quality.post("/stopbasen/udtraek", &ask).await.body.lines().count(), 1);
    }
}

/// The follow-ups that are still to be held.
async fn to_come(desk: &Desk, citizen: CitizenId) -> Vec<domain::follow_up::FollowUp> {
    let kept = record(&desk.app, citizen).await;
    kept.follow_ups.into_iter().map(|f| f.value).filter(|f| f.state == FollowUpState::Planned).collect()
}

on_both_engines! {
    async fn who_has_agreed_on_a_follow_up_in_the_same_week_is_rung_once(database: &Database) {
        let (mut desk, course, citizen) = stopping(database).await;
        consent(&mut desk, course, REGISTER, "ja").await;
        consent(&mut desk, course, CONTACT, "ja").await;
        begun_and_ended(&mut desk, course, citizen).await;
        crate::course_messages::closed(&mut desk, course, citizen, &["2027-05-26", "2027-11-24"]).await;
        let all = to_come(&desk, citizen).await;
        assert_eq!(all.len(), 2, "{all:?}");
        let both = all.iter().find(|f| f.stop.is_some()).unwrap();
        assert!(both.agreed && both.due_on.to_string() == "2027-05-26", "the day that was agreed with the citizen");
        let call = format!("/opfoelgninger/{}", both.id);
        desk.clock.set("2027-05-26T08:00:00Z");
        desk.browser = log_in(&desk.app, 1, "senere", Role::Professional).await;
        let list = desk.browser.get("/opfoelgninger").await.body;
        assert!(list.contains(&format!("href=\"{call}\"")));
        let page = desk.browser.get(&call).await.body;
        assert!(page.contains("Én samtale om begge dele.") && page.contains("Truffet: udfyld skemaet"));
        assert!(!page.contains("Er forandringen holdt?"), "STOPbasen comes first");
        let went = [("resultat", "kept"), ("ord", "Går en tur hver dag"), ("naeste", "ingen")];
        let early = desk.browser.post(&call, &went).await;
        assert!(early.status == 422 && early.body.contains("Stil først STOPbasens spørgsmål"));
        let smoke_free = [("sp-1", "1 forsøg, senest 26-05-2027"), ("sp-2", "1"), ("sp-3", "1")];
        fill(&mut desk, citizen, "stopbasen_6m", &smoke_free, &[4, 5, 6, 7]).await;
        let page = desk.browser.get(&call).await.body;
        assert!(page.contains("Er forandringen holdt?") && !page.contains("Truffet: udfyld skemaet"), "the call goes on");
        leads_to(&desk.browser.post(&call, &went).await);
        let kept = record(&desk.app, citizen).await;
        let FollowUpState::Done { words, .. } = &kept.follow_up(both.id).unwrap().value.state else { panic!("not done") };
        assert_eq!(words.as_deref(), Some("Går en tur hver dag"));
        assert_eq!(to_come(&desk, citizen).await.len(), 1, "the one in November");
    }
}

on_both_engines! {
    async fn what_was_agreed_is_left_when_stopbasens_part_falls_away(database: &Database) {
        let (mut desk, course, citizen) = stopping(database).await;
        consent(&mut desk, course, REGISTER, "ja").await;
        begun_and_ended(&mut desk, course, citizen).await;
        crate::course_messages::closed(&mut desk, course, citizen, &["2027-05-20"]).await;
        consent(&mut desk, course, CONTACT, "ja").await;
        let one = to_come(&desk, citizen).await;
        assert!(one.len() == 1 && one[0].stop.is_some() && one[0].due_on.to_string() == "2027-05-20");
        consent(&mut desk, course, CONTACT, "nej").await;
        let one = to_come(&desk, citizen).await;
        assert!(one.len() == 1 && one[0].stop.is_none() && !one[0].agreed, "a no to the register is no no to the other");
        consent(&mut desk, course, CONTACT, "ja").await;
        desk.clock.set("2027-05-20T08:00:00Z");
        desk.browser = log_in(&desk.app, 1, "senere", Role::Professional).await;
        let call = format!("/opfoelgninger/{}", one[0].id);
        desk.browser.get(&call).await;
        leads_to(&desk.browser.post(&format!("{call}/stopbasen"), &[("resultat", "declined")]).await);
        let page = desk.browser.get(&call).await.body;
        assert!(page.contains("Er forandringen holdt?") && !page.contains("STOPbasens opfølgning"));
        assert_eq!(to_come(&desk, citizen).await.len(), 1);
    }
}
