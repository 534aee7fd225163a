//! Associations: the directory and its link without a log-in, what fits a citizen, the first visit and its card, the
//! escort who is told no more than was agreed, and the calls of follow-up.

use app::courses::{self, CloseInput, FollowUpInput};
use app::records::CitizenRecord;
use domain::bridge::EscortAnswer;
use domain::codes::EncounterClass;
use domain::follow_up::FollowUpState;
use domain::ids::{CitizenId, CourseId};
use domain::permission::Role;
use jiff::civil::date;
use testkit::database::Database;
use testkit::municipality::{add, staff};
use testkit::on_both_engines;

use crate::browser::Browser;
use crate::course::planned;
use crate::talk::record;
use crate::{Desk, addresses, leads_to, log_in, value_of};

pub const WALK: [(&str, &str); 15] = [
    ("forening", "Testby Gymnastik"),
    ("titel", "Gåtur for alle"),
    ("slags", "movement"),
    ("om", "Vi går stille og roligt."),
    ("sted", "Testby Hallen"),
    ("dag", "monday"),
    ("fra", "10:00"),
    ("til", "11:30"),
    ("pris", "20"),
    ("pris-for", "time"),
    ("begyndere", "ja"),
    ("video", "https://film.example/gaatur"),
    ("kontakt", "Kontoret"),
    ("telefon", "70000020"),
    ("email", "kontor@gymnastik.example"),
];

pub const ESCORT: [(&str, &str); 6] = [
    ("forening", "Testby Frivillige"),
    ("titel", "Følgeskab"),
    ("slags", "escort"),
    ("sted", "Hele Testby"),
    ("dag", "varies"),
    ("kontakt", "Vagten"),
];

pub async fn written_down(desk: &mut Desk, form: &[(&str, &str)]) -> String {
    assert_eq!(desk.browser.get("/foreninger/ny").await.status, 200);
    leads_to(&desk.browser.post("/foreninger/ny", form).await)
}

pub fn id(href: &str) -> &str {
    href.rsplit('/').next().unwrap()
}

fn with<'a>(form: &[(&'a str, &'a str)], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = form.iter().filter(|(name, _)| !more.iter().any(|(other, _)| other == name));
    kept.chain(more).copied().collect()
}

/// The link of the only reminder on a page.
fn link(page: &str) -> String {
    let rest = page.split("href=\"/forening/").nth(1).expect("a link");
    format!("/forening/{}", rest.split('"').next().unwrap())
}

on_both_engines! {
    async fn an_association_keeps_its_entry_true_by_a_link_that_opens_nothing_else(database: &Database) {
        let mut desk = Desk::with(database, Role::Coordinator, &[]).await;
        assert!(desk.browser.get("/foreninger").await.body.contains("Der er ingen aktiviteter endnu"));
        let wrong = desk.browser.post("/foreninger/ny", &with(&WALK, &[("titel", ""), ("video", "javascript:x")])).await;
        assert_eq!(wrong.status, 422);
        for text in ["href=\"#titel\"", "href=\"#video\"", "value=\"Testby Gymnastik\"", "Vi går stille"] {
            assert!(wrong.body.contains(text), "{text}");
        }
        let walk = written_down(&mut desk, &WALK).await;
        let list = desk.browser.get("/foreninger").await.body;
        for text in ["Gåtur for alle", "Mandag kl. 10.00–11.30", "20 kr. pr. gang", "Bekræftet 24. nov.", "1 aktivitet", "Testby Hallen", "Åben for begyndere"] {
            assert!(list.contains(text), "{text}");
        }
        assert!(desk.browser.get(&walk).await.body.contains("Kontoret"), "whom to ring to");
        assert!(desk.browser.get("/foreninger?tekst=hallen").await.body.contains("Gåtur for alle"));
        assert!(!desk.browser.get("/foreninger?tekst=kajak").await.body.contains("Gåtur for alle"), "it is searched");
        assert!(!list.contains("Lav påmindelser"), "nothing is due");
        desk.clock.set("2027-05-25T08:00:00Z");
        desk.browser = log_in(&desk.app, 1, "senere", Role::Coordinator).await;
        let list = desk.browser.get("/foreninger").await.body;
        assert!(list.contains("Ikke bekræftet i 6 måneder") && list.contains("Lav påmindelser til alle"));
        let reminders = desk.browser.post("/foreninger/paamindelser", &[]).await;
        assert_eq!(reminders.status, 200);
        assert!(reminders.body.contains("mailto:kontor@gymnastik.example?subject="));
        let own = link(&reminders.body);
        assert!(desk.browser.get("/foreninger").await.body.contains("Påmindet 25. maj"));
        let mut outside = Browser::on(&desk.app);
        let page = outside.get(&own).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("Testby Gymnastik") && page.body.contains("Passer det stadig?"));
        assert!(addresses(&page.body).iter().all(|href| !href.starts_with("/foreninger")), "nothing else is there");
        let version = value_of(&page, "version");
        let long = "x".repeat(200);
        let refused = outside.post(&own, &with(&WALK, &[("version", &*version), ("titel", &*long)])).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains(&long), "nothing typed is lost");
        let free = with(&WALK, &[("version", &*version), ("pris", "0"), ("slags", "escort")]);
        assert!(outside.post(&own, &free).await.body.contains("Tak for hjælpen"));
        assert_eq!(outside.post(&own, &free).await.status, 409, "it was built on an older version");
        let huge = "y".repeat(20_000);
        assert_eq!(outside.post(&own, &with(&free, &[("om", &*huge)])).await.status, 413);
        let shown = desk.browser.get(&walk).await.body;
        for text in ["Foreningens eget link", "<del>20 kr. pr. gang</del>", "<ins>Gratis</ins>", "Bevægelse", "Bekræftet 25. maj"] {
            assert!(shown.contains(text), "{text}");
        }
        let again = link(&desk.browser.post(&format!("{walk}/paamindelse"), &[]).await.body);
        assert_eq!(outside.get(&own).await.status, 404, "a new link takes the place of the old one");
        for used in 0..21 {
            let page = outside.get(&again).await;
            let answer = outside.post(&again, &with(&WALK, &[("version", &*value_of(&page, "version"))])).await;
            assert_eq!(answer.status.as_u16(), if used < 20 { 200 } else { 429 }, "{used}");
        }
        for wrong in ["/forening/x", &format!("/forening/{}", "a".repeat(300))] {
            assert_eq!(outside.get(wrong).await.status, 404);
        }
        leads_to(&desk.browser.post(&format!("{walk}/status"), &[("handling", "luk")]).await);
        assert_eq!(outside.get(&again).await.status, 404, "a closed entry is open to nobody");
        leads_to(&desk.browser.post(&format!("{walk}/status"), &[("handling", "aabn")]).await);
        desk.clock.set("2027-08-25T08:00:00Z");
        assert_eq!(outside.get(&again).await.status, 404, "it has run out");
    }
}

on_both_engines! {
    async fn a_citizen_leaves_with_a_card_and_is_asked_after_four_weeks(database: &Database) {
        let (mut desk, _, citizen) = planned(database).await;
        let walk = written_down(&mut desk, &WALK).await;
        written_down(&mut desk, &ESCORT).await;
        let find = format!("/borgere/{citizen}/forening");
        assert!(desk.browser.get(&format!("/borgere/{citizen}")).await.body.contains(&find));
        let fits = desk.browser.get(&format!("{find}?dag=monday&begyndere=ja")).await.body;
        assert!(fits.contains("Gåtur for alle") && !fits.contains("Følgeskab"), "an escort is not proposed");
        let near = desk.browser.get(&format!("{find}?dag=tuesday&begyndere=ja")).await.body;
        assert!(near.contains("Passer næsten") && near.contains("Intet passer helt") && near.contains("<span>Dagen</span>"));
        let none = desk.browser.get(&format!("{find}?ord=kajak&dag=monday")).await;
        assert!(!none.body.contains("Gåtur for alle"));
        let gap = [("ord", "Kajak"), ("dag", "monday"), ("pris", "30")];
        assert_eq!(leads_to(&desk.browser.post(&format!("{find}/mangler"), &gap).await), find);
        let gaps = desk.browser.get("/foreninger/mangler").await.body;
        assert!(gaps.contains("4. kvartal 2026") && gaps.contains("Kajak") && gaps.contains("Højst 30 kr."));
        assert!(!gaps.contains("Berggren") && !gaps.contains(&citizen.to_string()), "no citizen is in it");
        assert!(!desk.browser.get("/foreninger/mangler?kvartal=2026-3").await.body.contains("Kajak"));
        let first = [("aktivitet", id(&walk)), ("dato", "2026-11-23"), ("kl", "10:00")];
        let past = desk.browser.post(&find, &first).await;
        assert_eq!(past.status, 422);
        assert!(past.body.contains("i dag eller senere") && past.body.contains("value=\"2026-11-23\""));
        let card = leads_to(&desk.browser.post(&find, &with(&first, &[("dato", "2026-11-30")])).await);
        let page = desk.browser.get(&card).await.body;
        for text in ["Gåtur for alle", "Mandag 30. november kl. 10.00", "Kontoret, 70 00 00 20", "mandag 28. december"] {
            assert!(page.contains(text), "{text}");
        }
        let paper = page.split("aria-label=\"Kort\"").nth(1).unwrap();
        assert!(!paper.contains("251248") && !paper.contains("Hindbærvej"), "it may lie on a table");
        let bridge = card.strip_suffix("/kort").unwrap().to_owned();
        let queries = desk.queries_of(&bridge).await;
        assert!(queries <= 4, "{queries}");
        assert!(desk.queries_of(&find).await <= 3);
        // They show no citizen, so that no line goes into the access log.
        let teams = desk.statements_of("/hold").await;
        assert!(desk.statements_of("/foreninger").await <= teams && desk.statements_of(&walk).await <= teams + 3);
        desk.clock.set("2026-12-28T08:00:00Z");
        desk.browser = log_in(&desk.app, 1, "ring", Role::Leader).await;
        let person = desk.browser.get(&format!("/borgere/{citizen}")).await.body;
        assert!(person.contains("Spørg: kom du afsted?") && person.contains(&bridge));
        let nothing = desk.browser.post(&format!("{bridge}/svar"), &[]).await;
        assert_eq!(nothing.status, 422);
        let said = [("svar", "came_once"), ("hvorfor", "Der var for langt")];
        assert_eq!(leads_to(&desk.browser.post(&format!("{bridge}/svar"), &said).await), bridge);
        assert_eq!(desk.browser.post(&format!("{bridge}/svar"), &said).await.status, 422, "it is said once");
        let page = desk.browser.get(&bridge).await.body;
        assert!(page.contains("Kom én gang") && page.contains("Der var for langt"));
        let person = desk.browser.get(&format!("/borgere/{citizen}")).await.body;
        assert!(!person.contains("Spørg: kom du afsted?"), "the question is answered");
        assert!(desk.browser.get(&walk).await.body.contains("<li>1 <span>kom én gang</span></li>"));
    }
}

on_both_engines! {
    async fn an_escort_is_told_first_name_time_and_place_until_the_citizen_agrees_to_more(database: &Database) {
        let (mut desk, _, citizen) = planned(database).await;
        let walk = written_down(&mut desk, &WALK).await;
        let escort = written_down(&mut desk, &ESCORT).await;
        let find = format!("/borgere/{citizen}/forening");
        let first = [("aktivitet", id(&walk)), ("dato", "2026-11-30"), ("kl", "10:00")];
        let bridge = leads_to(&desk.browser.post(&find, &first).await).strip_suffix("/kort").unwrap().to_owned();
        let no_partner = desk.browser.post(&format!("{bridge}/foelge"), &[("hvem", id(&walk))]).await;
        assert_eq!(no_partner.status, 422, "a gymnastics club has no escorts");
        let asked = [("hvem", id(&escort))];
        assert_eq!(leads_to(&desk.browser.post(&format!("{bridge}/foelge"), &asked).await), bridge);
        let shared = record(&desk.app, citizen).await.bridges[0].value.escort.clone().unwrap().shared;
        assert_eq!((shared.first_name.as_str(), shared.place.as_str(), shared.more), ("Nancy", "Testby Hallen", None));
        let page = desk.browser.get(&bridge).await.body;
        assert!(page.contains("Testby Frivillige") && page.contains("Afventer svar"));
        let told = page.split("Det fik de at vide").nth(1).unwrap().split("</details>").next().unwrap();
        assert!(told.contains("Nancy") && !told.contains("Berggren"));
        leads_to(&desk.browser.post(&format!("{bridge}/foelge/svar"), &[("svar", "yes"), ("navn", "Inge")]).await);
        let after = record(&desk.app, citizen).await.bridges[0].value.escort.clone().unwrap();
        assert_eq!((after.answer, after.who.as_deref()), (EscortAnswer::Yes, Some("Inge")));
        assert!(desk.browser.get(&format!("{bridge}/kort")).await.body.contains("Inge"));
        leads_to(&desk.browser.post(&format!("{bridge}/foelge"), &with(&asked, &[("mere", "ja")])).await);
        let CitizenRecord { bridges, consents, .. } = record(&desk.app, citizen).await;
        let more = bridges[0].value.escort.clone().unwrap().shared.more.unwrap();
        assert!(more.name.contains("Berggren"));
        assert!(consents.iter().any(|one| one.value.purpose.word() == "escort" && one.value.given));
        let other = add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
        let mut stranger = log_in(&desk.app, other.key, "fremmed", Role::Leader).await;
        for path in [&*find, &*walk, &*bridge, &format!("{bridge}/kort"), &format!("{walk}/ret")] {
            assert_eq!(stranger.get(path).await.status, 404, "{path}");
        }
        for path in [format!("{bridge}/svar"), format!("{bridge}/foelge"), format!("{walk}/paamindelse"), find] {
            let form = [("svar", "came_once"), ("hvem", id(&escort)), ("aktivitet", id(&walk)), ("dato", "2026-12-01")];
            assert_eq!(stranger.post(&path, &form).await.status, 404, "{path}");
        }
    }
}

/// A course that is closed with a follow-up on a day.
async fn closed(database: &Database) -> (Desk, CourseId, CitizenId) {
    let (desk, course, citizen) = planned(database).await;
    let who = staff(1, Role::Leader);
    let input = CloseInput {
        start: None,
        end: None,
        class: EncounterClass::AtPremises,
        goals: Vec::new(),
        consents: Vec::new(),
        follow_ups: Some(vec![FollowUpInput { due_on: date(2027, 2, 24) }]),
        set_aside: Some("Borgeren er flyttet til nabobyen".to_owned()),
        note: None,
    };
    courses::close(&desk.app, &who, course, None, input).await.unwrap();
    (desk, course, citizen)
}

on_both_engines! {
    async fn a_follow_up_call_is_saved_with_the_next_one_and_a_new_course_needs_no_referral(database: &Database) {
        let (mut desk, _, citizen) = closed(database).await;
        desk.clock.set("2027-02-24T08:00:00Z");
        desk.browser = log_in(&desk.app, 1, "koordinator", Role::Coordinator).await;
        let start = desk.browser.get("/").await.body;
        let calls = start.split("aria-labelledby=\"ring\"").nth(1).unwrap().split("</section>").next().unwrap();
        assert!(calls.contains("1 opkald") && calls.contains("Opfølgningen er aftalt med borgeren. Aftalt til 24. feb."));
        assert!(desk.queries_of("/").await <= 6);
        let call = calls.split("href=\"/opfoelgninger/").nth(1).unwrap().split('"').next().unwrap();
        let call = format!("/opfoelgninger/{call}");
        assert!(desk.browser.get("/opfoelgninger").await.body.contains(&call));
        let page = desk.browser.get(&call).await.body;
        for text in ["Jeg vil kunne tage trapperne", "Hvordan går det, siden vi sluttede?", "6 måneder efter afslutningen"] {
            assert!(page.contains(text), "{text}");
        }
        assert!(desk.queries_of(&call).await <= 3);
        let refused = desk.browser.post(&call, &[("ord", "Det går fint")]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("Vælg, hvordan det går.") && refused.body.contains(">Det går fint</textarea>"));
        let promised = [("resultat", "again"), ("ring", "2027-03-01")];
        assert_eq!(leads_to(&desk.browser.post(&call, &promised).await), call);
        assert!(!desk.browser.get("/").await.body.contains("1 opkald"), "it is for another day");
        desk.clock.set("2027-03-01T08:00:00Z");
        desk.browser = log_in(&desk.app, 1, "lederen", Role::Leader).await;
        assert!(desk.browser.get("/opfoelgninger").await.body.contains("Vi har lovet at ringe igen"));
        let form = [("resultat", "partly"), ("ord", "Trapperne driller igen"), ("naeste", "2027-05-24"), ("handling", "nyt-forloeb")];
        desk.browser.get(&call).await;
        let request = leads_to(&desk.browser.post(&call, &form).await);
        let shown = desk.browser.get(&request).await.body;
        assert!(shown.contains("Trapperne driller igen"), "the words are the reason of the request");
        let after = record(&desk.app, citizen).await;
        let states: Vec<bool> = after.follow_ups.iter().map(|f| f.value.state == FollowUpState::Planned).collect();
        assert_eq!(states, [false, true]);
        let plan = |n: usize| after.intervention(after.follow_ups[n].value.intervention).unwrap().value.care_plan;
        assert_eq!(plan(0), plan(1), "both are reported in one follow-up plan");
        assert!(after.care_plan(plan(1).unwrap()).unwrap().value.status.is_open());
        assert_eq!(after.requests.last().unwrap().value.request.state.word(), "reached");
        assert_eq!(desk.browser.post(&call, &form).await.status, 422, "a second press begins nothing twice");
        assert_eq!(record(&desk.app, citizen).await.requests.len(), after.requests.len());
    }
}
