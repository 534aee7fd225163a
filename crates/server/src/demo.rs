//! The demo: Testby Kommune with users, and work in every state, made by hand; and beside it a municipality with a simulated
//! past ([`past`]).
//!
//! Everything is made by the same commands that staff use, at a clock that stands some weeks back and moves forward to
//! now. The persons are official test persons; what is said of them is invented.

mod associations;
mod calendar;
mod earlier;
mod gateway;
mod lately;
mod letters;
mod monitoring;
mod nicotine;
mod offers;
pub mod past;
mod people;
mod practice;
mod questions;
mod stage;
mod together;

use std::fmt::Write as _;

use anyhow::bail;
use app::App;
use app::access::{self, User};
use app::administration;
use app::organizations::{self, NewOrganization};
use domain::identifiers::{Gln, MunicipalityCode, SorId};
use domain::organization::{ManagingOrganization, Settings};

pub use gateway::DemoGateway;
use stage::Stage;
use store::Scope;

/// Sets the demo up on an empty store; one that has it already is left as it is. A store with somebody's real
/// organization is refused: the demo lets people in without a password.
pub async fn set_up(app: &App) -> anyhow::Result<()> {
    let there = organizations::list(app).await?;
    if let Some(first) = there.first() {
        if access::users(app, first.key).await?.iter().any(|user| user.demo) {
            return Ok(());
        }
        bail!("this data folder holds an organization of its own; give the demo another one with --data");
    }
    // The clock stands back from the first moment, so that nothing in the log is younger than what follows it.
    let stage = Stage::before(app);
    let key = organizations::add(&stage.app, testby()?).await?.key;
    play(stage, key).await
}

/// Starts the demo anew: what happened in it goes, the municipality is as it was, the play begins again. The log goes on. A
/// past of many months is not played twice: the municipality that has one stays as it is.
pub async fn reset(app: &App) -> anyhow::Result<()> {
    let code = testby()?.code;
    for was in organizations::list(app).await?.into_iter().filter(|one| one.code == code) {
        administration::empty_demo(app, was.key).await?;
        let NewOrganization { code: _, name, department, sor, performer_sor: _, glns, phone, settings } = testby()?;
        let again = ManagingOrganization { name, department, sor, glns, phone, settings, ..was };
        let key = again.key;
        organizations::change(app, Scope::system(key, app.now(), "demo.reset"), again).await?;
        play(Stage::before(app), key).await?;
    }
    Ok(())
}

async fn play(mut stage: Stage, key: i64) -> anyhow::Result<()> {
    let users = access::add_demo_users(&stage.app, key).await?;
    stage.engage(key, &users);
    calendar::engage(&stage, key, &users).await?;
    associations::long_ago(&stage).await?;
    offers::describe(&stage).await?;
    earlier::play(&mut stage).await?;
    gateway::play(&stage).await?;
    monitoring::play(&stage).await?;
    lately::play(&mut stage).await?;
    offers::lately(&stage).await?;
    practice::play(&stage).await?;
    questions::saved(&stage).await
}

fn testby() -> anyhow::Result<NewOrganization> {
    Ok(NewOrganization {
        code: MunicipalityCode::parse("999")?,
        name: "Testby Kommune".to_owned(),
        department: "Forebyggelse og Sundhed".to_owned(),
        sor: Some(SorId::parse(SOR)?),
        performer_sor: Some(SorId::parse(PERFORMER_SOR)?),
        glns: vec![Gln::parse("5790009999003")?],
        phone: Some("70000099".to_owned()),
        settings: Settings::default(),
    })
}

/// Invented, with a check digit that holds.
const SOR: &str = "999991000016008";
const PERFORMER_SOR: &str = "999981000016006";

/// The users as the start of the program tells them.
pub async fn users_text(app: &App) -> anyhow::Result<String> {
    let mut text = String::from("\nDemo users, no password needed:");
    for organization in organizations::list(app).await? {
        let users = access::users(app, organization.key).await?;
        let users: Vec<User> = users.into_iter().filter(|user| user.demo).collect();
        if !users.is_empty() {
            let _ = write!(text, "\n{}", organization.name);
        }
        for User { user_name, title, .. } in users {
            let _ = write!(text, "\n  {user_name} ({title})");
        }
    }
    Ok(text)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::sync::Arc;
    use store::{Row, Seen, StoreError, verify_chains};

    #[test]
    fn the_invented_sor_codes_have_the_right_check_digit() {
        for sor in [SOR, PERFORMER_SOR] {
            assert!(SorId::parse(sor).unwrap().has_valid_check_digit(), "{sor}");
        }
    }

    fn word(row: &mut Row<'_>) -> Result<String, StoreError> {
        row.take()
    }

    async fn words(app: &App, sql: &'static str) -> BTreeSet<String> {
        let scope = Scope::system(1, app.now(), "test");
        let view = app.store.view(scope, move |tx| Ok::<_, StoreError>(Seen::nothing(tx.query(sql, &[], word)?)));
        view.await.unwrap().into_iter().collect()
    }

    #[tokio::test]
    async fn the_demo_has_work_in_every_state_and_is_set_up_once() {
        let database = testkit::database::Database::sqlite();
        let app = App::new(database.open(), Arc::new(app::SystemClock));
        set_up(&app).await.unwrap();
        let states = words(&app, "select state from service_request where organization = $1").await;
        for state in [
            "received",
            "checked",
            "contacting",
            "reached",
            "unreachable",
            "joined",
            "declined",
            "returned",
            "duplicate",
        ] {
            assert!(states.contains(state), "{state} is missing in {states:?}");
        }
        let courses = words(&app, "select state from course where organization = $1").await;
        for state in ["clarifying", "planned", "active", "closed"] {
            assert!(courses.contains(state), "{state} is missing in {courses:?}");
        }
        let outcomes = words(&app, "select outcome from message where organization = $1").await;
        assert_eq!(outcomes.len(), 6, "every outcome of a message: {outcomes:?}");
        let before = verify_chains(&app.store, 1, app.now()).await.unwrap();
        set_up(&app).await.unwrap();
        assert_eq!(verify_chains(&app.store, 1, app.now()).await.unwrap().changes, before.changes);
    }

    #[tokio::test]
    async fn the_demo_starts_anew_with_the_same_work_and_its_log_goes_on() {
        let database = testkit::database::Database::sqlite();
        let mut app = App::new(database.open(), Arc::new(app::SystemClock));
        app.demo = true;
        set_up(&app).await.unwrap();
        let sql =
            "select kind || ' ' || state || ' ' || count(*) from task where organization = $1 group by kind, state";
        let before = words(&app, sql).await;
        let was = organizations::find(&app, 1).await.unwrap();
        let scope = Scope::system(1, app.now(), "test");
        let other = ManagingOrganization { name: "Prøveby".into(), ..was.clone() };
        organizations::change(&app, scope, other).await.unwrap();
        let log = verify_chains(&app.store, 1, app.now()).await.unwrap().changes;
        reset(&app).await.unwrap();
        assert_eq!(words(&app, sql).await, before, "the same work");
        assert_eq!(organizations::find(&app, 1).await.unwrap(), was);
        assert!(verify_chains(&app.store, 1, app.now()).await.unwrap().changes > log, "the log goes on");
        app.demo = false;
        assert!(reset(&app).await.is_err(), "nothing but a demo is emptied");
    }

    #[tokio::test]
    async fn the_demo_is_not_set_up_beside_a_real_organization() {
        let database = testkit::database::Database::sqlite();
        let app = App::new(database.open(), Arc::new(app::SystemClock));
        organizations::add(&app, testby().unwrap()).await.unwrap();
        assert!(set_up(&app).await.is_err());
    }
}
