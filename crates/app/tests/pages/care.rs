//! What to mind about each before class: only that, from what is answered and marked and from what staff note.

use app::safety::{AnswersInput, answer, mark};
use domain::adaptation::Mark;
use domain::permission::Role;
use domain::safety::Question;
use testkit::municipality::staff;
use testkit::on_both_engines;

use crate::leads_to;
use crate::teams::{session_now, team_of};

on_both_engines! {
    async fn what_to_mind_is_told_before_class_and_nothing_else(database: &Database) {
        let (mut desk, team, all) = team_of(database, 3).await;
        let (app, who) = (&desk.app, staff(1, Role::Professional));
        let einer = all[0].1;
        let read = move |tx: &mut store::Tx<'_>| {
            let record = app::records::citizen_record(tx, einer)?;
            Ok::<_, app::AppError>(store::Seen::record(einer.0, record.courses[0].value.id))
        };
        let course = app.store.view(store::Scope::system(1, app.now(), "test"), read).await.unwrap();
        let said = [(Question::TrainingCaution, true), (Question::MentalIllness, true)];
        answer(app, &who, course, None, AnswersInput { said: said.into(), ..AnswersInput::default() }).await.unwrap();
        mark(app, &who, all[1].1, None, [Mark::WrittenHard].into()).await.unwrap();
        let session = session_now(&mut desk, &team).await;
        let care = format!("{session}/opmaerksom");
        for page in ["/", "/hold", &*session] {
            assert!(desk.browser.get(page).await.body.contains(&format!("href=\"{care}\"")), "one press from {page}");
        }
        let page = desk.browser.get(&care).await.body;
        for text in ["Forsigtighed ved træning, ikke afklaret med læge", "Svært ved at læse: sig det højt", "Nedsat hørelse", "Lonni Test Lauridsen"] {
            assert!(page.contains(text), "{text}");
        }
        let main = page.split("<main").nth(1).unwrap();
        assert!(!main.contains("/borgere/") && !main.contains("psykisk") && !main.contains("020160"), "no way into a record, no more than it takes");
        assert!(desk.queries_of(&care).await <= 6);
        let noted = [("indsats", &*all[2].0.to_string()), ("punkt", "balance"), ("punkt", "insulin"), ("punkt", "pregnant")];
        for _ in 0..2 {
            assert_eq!(leads_to(&desk.browser.post(&care, &noted).await), care, "twice is harmless");
        }
        let page = desk.browser.get(&care).await.body;
        assert!(page.contains("Får insulin: hold øje med lavt blodsukker") && page.contains("Opmærksomhedspunkterne er gemt."));
        assert_eq!(page.matches("value=\"insulin\" checked").count(), 1);
        assert!(!page.contains("Gravid"), "what follows of answers is answered there, not noted here");
        assert_eq!(leads_to(&desk.browser.post(&care, &noted[..1]).await), care);
        assert!(!desk.browser.get(&care).await.body.contains("checked"), "what is left out is taken away");
        assert_eq!(desk.browser.post(&care, &[("indsats", "x")]).await.status, 404);
    }
}
