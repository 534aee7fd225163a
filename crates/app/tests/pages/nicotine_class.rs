//! What a class of nicotine cessation is asked each time, where its attendance is taken.

use domain::codes::InterventionCode;
use domain::permission::Role;
use domain::quantity::Quantity;
use testkit::on_both_engines;

use crate::course::href;
use crate::stopbasen::stop;
use crate::talk::record;
use crate::teams::{TEAM, granted_for};
use crate::{Desk, leads_to};

on_both_engines! {
    async fn a_nicotine_class_is_asked_where_attendance_is_taken(database: &Database) {
        let mut desk = Desk::with(database, Role::Professional, &[]).await;
        let mut all = Vec::new();
        for person in &crate::teams::PERSONS[..3] {
            all.push(granted_for(&desk, *person, InterventionCode::NicotineCessation).await);
        }
        let fields: Vec<(&str, &str)> =
            TEAM.iter().map(|(name, value)| (*name, if *name == "indsats" { "nicotine_cessation" } else { value })).collect();
        assert_eq!(desk.browser.get("/hold/nyt").await.status, 200);
        let team = leads_to(&desk.browser.post("/hold/nyt", &fields).await);
        for (intervention, _) in &all {
            let indsats = intervention.to_string();
            leads_to(&desk.browser.post(&format!("{team}/pladser"), &[("indsats", &*indsats)]).await);
        }
        let session = crate::teams::session_now(&mut desk, &team).await;
        let page = desk.browser.get(&session).await.body;
        for text in ["Røgfri siden sidst", "ppm", "Ikke spurgt", "STOPbasen"] {
            assert!(page.contains(text), "{text}");
        }
        assert!(desk.queries_of(&session).await <= 6);
        let id = |place: usize| all[place].1.to_string();
        let (one, two, three) = (id(0), id(1), id(2));
        let (co_one, co_two, free_one, free_three) =
            (format!("co-{one}"), format!("co-{two}"), format!("roegfri-{one}"), format!("roegfri-{three}"));
        let people = [("deltager", &*one), ("deltager", &*two), ("deltager", &*three), ("mangler", &*three)];
        let wrong = [&people[..], &[(&*co_one, "400"), (&*co_two, "85"), (&*free_one, "ja")]].concat();
        let refused = desk.browser.post(&session, &wrong).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("value=\"400\"") && refused.body.contains("Tallet er rigtigt"));
        assert!(record(&desk.app, all[0].1).await.encounters.iter().all(|e| e.value.session.is_none()), "nothing is half-written");
        let sure = format!("co-rigtigt-{two}");
        let right = [&people[..], &[(&*co_one, "4"), (&*co_two, "85"), (&*sure, "1"), (&*free_one, "ja"), (&*free_three, "nej")]].concat();
        leads_to(&desk.browser.post(&session, &right).await);
        let first = record(&desk.app, all[0].1).await;
        let mut kept: Vec<(&str, Option<Quantity>)> = first.responses.iter().map(|r| (&*r.value.instrument, r.value.score)).collect();
        kept.sort_unstable();
        assert_eq!(kept, [("co", Some(Quantity::whole(4))), ("smoke_free", None)]);
        assert!(first.responses.iter().all(|r| r.value.session.is_some()));
        assert_eq!(record(&desk.app, all[1].1).await.responses.len(), 1);
        assert!(record(&desk.app, all[2].1).await.responses.is_empty(), "who was not there is not asked");
        let course = first.open_course().unwrap().value.id;
        let page = desk.browser.get(&stop(course, "")).await.body;
        assert!(page.contains("4 ppm (Som ikke-ryger)") && page.contains("Røgfri siden sidst"));
        assert!(desk.browser.get(&href(course, "")).await.body.contains("CO: 4 ppm (Som ikke-ryger)"));
    }
}
