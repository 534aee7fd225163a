//! The course's page and a contact's: the picture and its table, what can be done, and what a correction keeps.

use app::records::CitizenRecord;
use domain::ids::{CitizenId, CourseId};
use domain::permission::Role;
use testkit::database::Database;
use testkit::on_both_engines;

use crate::browser::Answer;
use crate::talk::{self, record, whole};
use crate::{Desk, leads_to, log_in, value_of};

/// A course whose talk is held and whose plan has an intervention for one citizen.
pub async fn planned(database: &Database) -> (Desk, CourseId, CitizenId) {
    let (mut desk, talk, citizen) = talk::talk(database).await;
    let href = talk::href(talk, "");
    let step = value_of(&desk.browser.get(&href).await, "set");
    let form = talk::with(&whole(), &[("set", &*step)]);
    assert_eq!(desk.browser.post(&talk::href(talk, "/afslut"), &form).await.status, 303);
    let course = record(&desk.app, citizen).await.open_course().unwrap().value.id;
    (desk, course, citizen)
}

pub fn href(course: CourseId, what: &str) -> String {
    format!("/forloeb/{course}{what}")
}

pub async fn act(desk: &mut Desk, course: CourseId, what: &str, fields: &[(&str, &str)]) -> Answer {
    desk.browser.post(&href(course, what), fields).await
}

fn contact<'a>(record: &CitizenRecord, fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, String)> {
    let plan = record.care_plans[0].value.id.to_string();
    let mut all = vec![("plan", plan)];
    all.extend(fields.iter().map(|(name, value)| (*name, (*value).to_owned())));
    all
}

fn borrowed<'a>(fields: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

on_both_engines! {
    async fn a_course_is_one_picture_and_its_contacts_are_written_below(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        let person = desk.browser.get(&format!("/borgere/{citizen}")).await.body;
        assert!(person.contains(&format!("href=\"{}\"", href(course, ""))), "the citizen's page leads to it");
        let page = desk.browser.get(&href(course, "")).await;
        for text in ["Forløbet som tidslinje", "1 henvisning, 1 samtale holdt", "Egen læge: ", "Jeg vil kunne tage trapperne", "Kostvejledning"] {
            assert!(page.body.contains(text), "{text}");
        }
        assert_eq!(page.status, 200);
        let at = record(&desk.app, citizen).await;
        let late = contact(&at, &[("dato", "2026-11-24"), ("fra", "09:10"), ("til", "09:00"), ("notat", "Talte om morgenmad")]);
        let refused = act(&mut desk, course, "/kontakt", &borrowed(&late)).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("Sluttiden skal være efter starttiden") && refused.body.contains("Talte om morgenmad"));
        let right = contact(&at, &[("dato", "2026-11-24"), ("fra", "09:00"), ("til", "09:10"), ("sted", "phone"), ("notat", "Talte om morgenmad")]);
        assert_eq!(leads_to(&act(&mut desk, course, "/kontakt", &borrowed(&right)).await), href(course, "#kontakter"));
        let page = desk.browser.get(&href(course, "")).await.body;
        assert!(page.contains("Kostvejledning: 1 af 1 gang") && page.contains("I gang, 1 af 1 gang"), "bar and finding");
        assert!(page.contains("<title lang=\"da\">Mødt, tirsdag 24. november</title>") && page.contains("Talte om morgenmad"));
        assert!(desk.queries_of(&href(course, "")).await <= 6);
        let looked = desk.browser.get(&format!("/borgere/{citizen}")).await.body;
        assert!(looked.contains("<td data-title=\"Hvad\">Forløbet</td>"));
    }
}

on_both_engines! {
    async fn interventions_goals_and_consents_are_kept_where_they_stand(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        let before = record(&desk.app, citizen).await;
        let open = before.interventions.iter().find(|i| !i.value.code.is_talk()).unwrap();
        let (id, version) = (open.value.id.to_string(), open.version.to_string());
        let form = [("indsats", &*id), ("version", &*version), ("handling", "stop")];
        let refused = act(&mut desk, course, "/indsats", &form).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("Vælg, hvorfor indsatsen stopper"));
        let form = [&form[..], &[("aarsag", "opted_out")]].concat();
        assert_eq!(leads_to(&act(&mut desk, course, "/indsats", &form).await), href(course, "#indsatser"));
        let stale = act(&mut desk, course, "/indsats", &form).await;
        assert_eq!(stale.status, 409, "somebody was first");
        assert_eq!(act(&mut desk, course, "/maal", &[("maal", " ")]).await.status, 422);
        assert_eq!(act(&mut desk, course, "/maal", &[("maal", "Gå til købmanden")]).await.status, 303);
        let no = [("formaal", "status_to_doctor"), ("svar", "nej")];
        assert_eq!(act(&mut desk, course, "/samtykke", &no).await.status, 303);
        let page = desk.browser.get(&href(course, "")).await.body;
        for text in ["Aktivt fravalg", "”Gå til købmanden”", "Status til egen læge"] {
            assert!(page.contains(text), "{text}");
        }
        let yes = record(&desk.app, citizen).await.consents.iter().find(|c| c.value.given).unwrap().value.id.to_string();
        assert_eq!(act(&mut desk, course, "/samtykke", &[("traek", &yes)]).await.status, 303);
        assert!(desk.browser.get(&href(course, "")).await.body.contains("Trukket tilbage"));
        assert_eq!(act(&mut desk, course, "/afbryd", &[("aarsag", "")]).await.status, 422);
        assert_eq!(act(&mut desk, course, "/afbryd", &[("aarsag", "no_need_citizen")]).await.status, 303);
        let page = desk.browser.get(&href(course, "")).await.body;
        assert!(!page.contains("Afbryd forløbet") && page.contains("Status til lægen"), "it is over");
    }
}

on_both_engines! {
    async fn a_corrected_note_keeps_what_it_said(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        let contact = record(&desk.app, citizen).await.encounters[0].value.id;
        let path = format!("/kontakter/{contact}");
        assert!(desk.browser.get(&href(course, "")).await.body.contains(&path));
        let page = desk.browser.get(&path).await;
        assert!(page.body.contains("Usund kost: Risiko") && !page.body.contains("Tidligere notat"));
        let version = value_of(&page, "version");
        let without_why = desk.browser.post(&path, &[("version", &version), ("notat", "Rygning: Risiko"), ("hvorfor", " ")]).await;
        assert_eq!(without_why.status, 422);
        assert!(without_why.body.contains("Skriv, hvorfor notatet rettes") && without_why.body.contains("Rygning: Risiko"));
        let right = [("version", &*version), ("notat", "Rygning: Risiko"), ("hvorfor", "Hørte forkert")];
        assert_eq!(leads_to(&desk.browser.post(&path, &right).await), path);
        let page = desk.browser.get(&path).await.body;
        for text in ["Rygning: Risiko", "Tidligere notat", "Usund kost: Risiko", "Hørte forkert", "Rettet <time"] {
            assert!(page.contains(text), "{text}");
        }
        let stale = desk.browser.post(&path, &[("version", &*version), ("notat", "Min udgave"), ("hvorfor", "Tastefejl")]).await;
        assert_eq!(stale.status, 409);
        assert!(stale.body.contains("Min udgave"), "nothing typed is lost");
        let mut reader = log_in(&desk.app, 1, "laeser", Role::Visitator).await;
        assert_eq!(reader.get(&path).await.status, 200);
        let gone = format!("/kontakter/{}", uuid::Uuid::nil());
        assert_eq!(reader.get(&gone).await.status, 404);
    }
}

#[tokio::test]
async fn another_municipality_finds_nothing_of_it() {
    let (desk, course, citizen) = planned(&Database::sqlite()).await;
    let neighbour = testkit::municipality::add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
    let mut stranger = log_in(&desk.app, neighbour.key, "nabo", Role::Leader).await;
    let before = record(&desk.app, citizen).await;
    let contact = format!("/kontakter/{}", before.encounters[0].value.id);
    for path in [href(course, ""), href(course, "/afslut"), href(course, "/kopi"), contact.clone()] {
        assert_eq!(stranger.get(&path).await.status, 404, "{path}");
    }
    let it = before.interventions.iter().find(|i| !i.value.code.is_talk()).unwrap().value.id.to_string();
    let plan = before.care_plans[0].value.id.to_string();
    let kept = [("notat", "x"), ("hvorfor", "y")];
    for (path, form) in [
        (href(course, "/indsats"), vec![("indsats", &*it), ("handling", "gennemfoert")]),
        (href(course, "/kontakt"), vec![("plan", &*plan), ("dato", "2026-11-24"), ("fra", "09:00"), ("til", "09:10")]),
        (href(course, "/maal"), vec![("maal", "x")]),
        (href(course, "/samtykke"), vec![("formaal", "status_to_doctor"), ("svar", "ja")]),
        (href(course, "/afbryd"), vec![("aarsag", "opted_out")]),
        (href(course, "/afslut"), vec![("handling", "luk")]),
        (contact, kept.to_vec()),
    ] {
        assert_eq!(stranger.post(&path, &form).await.status, 404, "{path}");
    }
    assert_eq!(record(&desk.app, citizen).await, before);
}
