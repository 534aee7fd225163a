//! Handing over when off duty: three presses, who and why on the row, and a way back.

use app::referrals::CheckInput;
use app::{App, AppError, Caller, referrals};
use domain::ids::ServiceRequestId;
use domain::permission::Role;
use store::{Scope, Seen};
use testkit::database::Database;
use testkit::municipality::staff;
use testkit::on_both_engines;
use uuid::Uuid;

use crate::browser::Browser;
use crate::calendar::user;
use crate::{Desk, addresses, leads_to, log_in, value_of};

const NANCY: &str = "01-xref15-gp-type2-diabetes-diet";
const BRUNO: &str = "02-xref15-hospital-copd";

/// Two referrals that the visitator has taken, and a colleague.
async fn desk(database: &Database) -> (Desk, Browser, String) {
    let mut desk = Desk::with(database, Role::Visitator, &[NANCY, BRUNO]).await;
    let colleague = log_in(&desk.app, 1, "afloeser", Role::Visitator).await;
    for name in ["Nancy Ann Test Berggren", "Bruno Test Elmer"] {
        take(&mut desk, "visitator", name).await;
    }
    let id = user(&desk.app, 1, "afloeser").await.to_string();
    (desk, colleague, id)
}

async fn person(app: &App, name: &str) -> Caller {
    Caller { user: user(app, 1, name).await, ..staff(1, Role::Visitator) }
}

async fn take(desk: &mut Desk, who: &str, name: &str) -> ServiceRequestId {
    let href = desk.request_of(name).await;
    let id = ServiceRequestId(href.rsplit('/').next().unwrap().parse().unwrap());
    referrals::take_over(&desk.app, &person(&desk.app, who).await, id, None).await.unwrap();
    id
}

/// The tasks that are ticked on the form.
fn ticked(page: &str) -> Vec<String> {
    let boxes = page.split("name=\"opgave\" value=\"").skip(1);
    boxes.filter(|rest| rest.split('>').next().unwrap().contains("checked")).map(|rest| rest[..36].to_owned()).collect()
}

fn mine(page: &str) -> &str {
    page.split("aria-labelledby=\"mine\"").nth(1).unwrap().split("</section>").next().unwrap()
}

on_both_engines! {
    async fn off_duty_in_three_presses_and_the_new_owner_sees_who_and_why(database: &Database) {
        let (mut desk, mut colleague, to) = desk(database).await;
        let attempt = referrals::AttemptInput {
            reached: false,
            channel: domain::contact::ContactChannel::Phone,
            note: Some("Ring igen efter kl. 15".into()),
            next_on: None,
        };
        let href = desk.request_of("Nancy Ann Test Berggren").await;
        let nancy = ServiceRequestId(href.rsplit('/').next().unwrap().parse().unwrap());
        let visitator = person(&desk.app, "visitator").await;
        referrals::check(&desk.app, &visitator, nancy, None, CheckInput::default()).await.unwrap();
        referrals::attempt(&desk.app, &visitator, nancy, None, attempt).await.unwrap();
        let overview = desk.browser.get("/").await.body;
        assert!(addresses(&overview).contains(&"/opgaver/overdrag"), "first press");
        let page = desk.browser.get("/opgaver/overdrag").await;
        for text in ["Overdrag mine opgaver", "Nancy Ann Test Berggren", "Bruno Test Elmer", "Ring igen efter kl. 15", "Visitator AF"] {
            assert!(page.body.contains(text), "{text}");
        }
        let chosen = ticked(&page.body);
        assert_eq!(chosen.len(), 2, "all are chosen");
        let nr = value_of(&page, "nr");
        let from = value_of(&page, "fra");
        let form = [("nr", &*nr), ("fra", &*from), ("opgave", &*chosen[0]), ("opgave", &*chosen[1]), ("til", &*to), ("hvorfor", "Fri til mandag")];
        let receipt = leads_to(&desk.browser.post("/opgaver/overdrag", &form).await);
        let again = leads_to(&desk.browser.post("/opgaver/overdrag", &form).await);
        assert_eq!(receipt, again, "a second press does nothing twice");
        let said = desk.browser.get(&receipt).await.body;
        assert!(said.contains("Overdraget 2 opgaver til Visitator AF") && said.contains("Fortryd"));
        assert!(!mine(&desk.browser.get("/").await.body).contains("Nancy"));
        let theirs = colleague.get("/").await.body;
        let theirs = mine(&theirs);
        assert!(theirs.contains("Nancy Ann Test Berggren") && theirs.contains("Bruno Test Elmer"));
        assert!(theirs.contains("Overdraget af Visitator VI: Fri til mandag. Ikke truffet endnu"), "{theirs}");
        let reached = referrals::AttemptInput { reached: true, channel: domain::contact::ContactChannel::Phone, note: None, next_on: None };
        referrals::attempt(&desk.app, &visitator, nancy, None, reached).await.unwrap();
        assert!(mine(&colleague.get("/").await.body).contains("Vælg indgang"), "the next task lands with the new owner");
        let history = desk.browser.get(&href).await.body;
        assert!(history.contains("Overdraget til en kollega<span lang=\"da\">. Fri til mandag"));
        assert_eq!(reasons(&desk.app, "task.hand_over").await, ["Fri til mandag"]);
    }
}

/// The reasons of an action in the audit.
async fn reasons(app: &App, action: &'static str) -> Vec<String> {
    let read = move |tx: &mut store::Tx<'_>| {
        let sql = "select reason from audit where organization = $1 and action = $2 order by seq";
        let rows = tx.query(sql, &[action.into()], |r| Ok(r.take::<Option<String>>()?.unwrap_or_default()))?;
        Ok::<_, AppError>(Seen::nothing(rows))
    };
    app.store.view(Scope::system(1, app.now(), "test"), read).await.unwrap()
}

on_both_engines! {
    async fn taking_it_back_gives_exactly_those_back(database: &Database) {
        let (mut desk, mut colleague, to) = desk(database).await;
        let bruno = take(&mut desk, "afloeser", "Bruno Test Elmer").await;
        let page = desk.browser.get("/opgaver/overdrag").await;
        let chosen = ticked(&page.body);
        assert_eq!(chosen.len(), 1, "only the caller's own");
        let form = [("nr", &*value_of(&page, "nr")), ("opgave", &*chosen[0]), ("til", &*to), ("hvorfor", "")];
        let receipt = leads_to(&desk.browser.post("/opgaver/overdrag", &form).await);
        assert_eq!(colleague.get("/opgaver/overdrag").await.body.matches("name=\"opgave\"").count(), 2);
        let undo = format!("{receipt}/fortryd");
        assert_eq!(colleague.post(&undo, &[]).await.status, 404, "only who did it takes it back");
        assert_eq!(leads_to(&desk.browser.post(&undo, &[]).await), "/");
        let back = desk.browser.get("/").await.body;
        assert!(back.contains("Fortrudt. 1 opgave er tilbage") && mine(&back).contains("Nancy Ann Test Berggren"));
        let theirs = colleague.get("/").await.body;
        assert!(mine(&theirs).contains("Bruno Test Elmer") && !mine(&theirs).contains("Nancy"), "{bruno}");
        assert_eq!(desk.browser.post(&undo, &[]).await.status, 422, "once");
        assert!(desk.browser.get(&receipt).await.body.contains("Overdragelsen er fortrudt"));
    }
}

#[tokio::test]
async fn after_ten_minutes_it_is_the_colleague_who_must_hand_it_back() {
    let (mut desk, _, to) = desk(&Database::sqlite()).await;
    let page = desk.browser.get("/opgaver/overdrag").await;
    let chosen = ticked(&page.body);
    let form = [("nr", &*value_of(&page, "nr")), ("opgave", &*chosen[0]), ("til", &*to)];
    let receipt = leads_to(&desk.browser.post("/opgaver/overdrag", &form).await);
    desk.clock.set("2026-11-24T08:28:00Z");
    assert!(!desk.browser.get(&receipt).await.body.contains("/fortryd"));
    let late = desk.browser.post(&format!("{receipt}/fortryd"), &[]).await;
    assert!(late.status == 422 && late.body.contains("Bed din kollega om at overdrage opgaverne igen"));
}

on_both_engines! {
    async fn nobody_moves_anothers_tasks_but_a_leader_for_who_is_away(database: &Database) {
        let (desk, mut colleague, to) = desk(database).await;
        let from = user(&desk.app, 1, "visitator").await.to_string();
        assert_eq!(colleague.get(&format!("/opgaver/overdrag?fra={from}")).await.status, 403);
        let mut leader = log_in(&desk.app, 1, "leder", Role::Leader).await;
        let own = leader.get("/opgaver/overdrag").await.body;
        assert!(own.contains("Der er ingen åbne opgaver at overdrage") && own.contains("Hvis opgaver"));
        let page = leader.get(&format!("/opgaver/overdrag?fra={from}")).await;
        assert!(page.body.contains("Overdrag opgaver fra Visitator VI"));
        let chosen = ticked(&page.body);
        let nr = value_of(&page, "nr");
        let stolen = [("nr", &*nr), ("opgave", &*chosen[0]), ("til", &*to)];
        let mut third = log_in(&desk.app, 1, "tredje", Role::Visitator).await;
        third.get("/opgaver/overdrag").await;
        let answer = third.post("/opgaver/overdrag", &stolen).await;
        assert!(answer.status == 422 && answer.body.contains("er åbne hos den ansvarlige mere"), "{}", crate::said(&answer));
        let form = [("nr", &*nr), ("fra", &*from), ("opgave", &*chosen[0]), ("opgave", &*chosen[1]), ("til", &*to), ("hvorfor", "Sygdom")];
        let receipt = leads_to(&leader.post("/opgaver/overdrag", &form).await);
        assert!(leader.get(&receipt).await.body.contains("Overdraget 2 opgaver til Visitator AF"));
        assert!(mine(&colleague.get("/").await.body).contains("Overdraget af Leder LE: Sygdom."));
    }
}

on_both_engines! {
    async fn another_municipality_sees_and_moves_nothing(database: &Database) {
        let (mut desk, _, to) = desk(database).await;
        testkit::municipality::add(&desk.app, "316", "Holbæk Kommune", "5790009999058").await;
        let page = desk.browser.get("/opgaver/overdrag").await;
        let (chosen, from) = (ticked(&page.body), value_of(&page, "fra"));
        let mut stranger = log_in(&desk.app, 2, "fremmed", Role::Leader).await;
        let theirs = format!("/opgaver/overdrag?fra={from}");
        assert_eq!(stranger.get(&theirs).await.status, 404);
        let own = stranger.get("/opgaver/overdrag").await;
        assert!(!own.body.contains("Visitator"));
        let nr = Uuid::from_u128(9).to_string();
        let form = [("nr", &*nr), ("opgave", &*chosen[0]), ("til", &*to), ("fra", &*from)];
        assert_eq!(stranger.post("/opgaver/overdrag", &form).await.status, 404);
        assert_eq!(ticked(&desk.browser.get("/opgaver/overdrag").await.body).len(), 2);
    }
}

#[tokio::test]
async fn a_form_without_a_colleague_or_a_task_says_what_is_missing_and_keeps_the_rest() {
    let (mut desk, _, to) = desk(&Database::sqlite()).await;
    let page = desk.browser.get("/opgaver/overdrag").await;
    let (chosen, nr) = (ticked(&page.body), value_of(&page, "nr"));
    let nobody = [("nr", &*nr), ("opgave", &*chosen[1]), ("hvorfor", "Kursus")];
    let answer = desk.browser.post("/opgaver/overdrag", &nobody).await;
    assert_eq!(answer.status, 422);
    assert!(
        answer.body.contains("Vælg den kollega")
            && answer.body.contains("href=\"#til\"")
            && answer.body.contains("Kursus")
    );
    assert_eq!(ticked(&answer.body), [chosen[1].clone()], "what was unticked stays so");
    let nothing = desk.browser.post("/opgaver/overdrag", &[("nr", &*nr), ("til", &*to)]).await;
    assert!(nothing.status == 422 && nothing.body.contains("Vælg mindst én opgave"));
    let unknown = format!("/opgaver/overdrag/{}", Uuid::from_u128(7));
    assert_eq!(desk.browser.get(&unknown).await.status, 404);
}
