//! The pages of staff from the outside: what stands on them, what their forms do, and what must never be on them.
#![allow(clippy::unwrap_used, reason = "tests may fail loudly")]

mod absences;
mod administration;
mod asking;
mod bridge;
#[path = "../web/browser.rs"]
#[allow(dead_code, reason = "shared with the tests of the border")]
mod browser;
mod calendar;
mod capacity;
mod care;
mod catalogue;
mod citizen;
mod closing;
mod competence;
mod cooperation;
mod course;
mod course_messages;
mod deadlines;
mod delivered;
mod delivery;
mod elsewhere;
mod equity;
mod equity_drift;
mod extracts;
mod feeds;
mod guarantees;
mod guarantees_kept;
mod guarantees_proved;
mod guests;
mod handover;
mod improvement;
mod inbox;
mod language;
mod letters;
mod mailbox;
mod measures;
mod mix;
mod monitoring;
mod new;
mod nicotine_class;
mod notifications;
mod open_events;
mod overview;
mod packs;
mod places;
mod population;
mod quality;
mod quality_kept;
mod quality_pages;
mod queries;
mod questions;
mod referral;
mod reminders;
mod reports;
mod safety;
mod seats;
mod sender;
mod stopbasen;
mod suppliers;
mod talk;
mod teams;
mod together;
mod undo;
mod whole_course;

use std::sync::Arc;

use app::access::{self, NewUser};
use app::{App, mailbox as post};
use browser::{Answer, Browser};
use domain::permission::Role;
use store::{Scope, Seen};
use testkit::clock::ManualClock;
use testkit::database::Database;
use testkit::municipality::{fixture, testby};
use uuid::Uuid;

const MORNING: &str = "2026-11-24T08:16:00Z";
const PASSWORD: &str = "en ganske lang adgangskode";

/// Testby Kommune with a mailbox full of test messages, and somebody at a desk.
struct Desk {
    app: App,
    clock: Arc<ManualClock>,
    browser: Browser,
}

impl Desk {
    async fn with(database: &Database, role: Role, messages: &[&str]) -> Self {
        let (app, clock, _) = testby(database, MORNING).await;
        for name in messages {
            post::receive(&app, Uuid::from_u128(u128::from(name.len() as u64) << 64 | hash(name)), fixture(name))
                .await
                .unwrap();
        }
        let browser = log_in(&app, 1, role.word(), role).await;
        Self { app, clock, browser }
    }

    /// The address of the only request of a citizen by name, from the worklist.
    async fn request_of(&mut self, name: &str) -> String {
        let list = self.browser.get("/henvisninger").await.body;
        let before = list.split(&format!("{name}</bdi>")).next().unwrap();
        before.rsplit("href=\"").next().unwrap().split('"').next().unwrap().to_owned()
    }

    /// Opens a page and says how many queries its own handler made: all statements of the request, less those of a page
    /// that reads nothing (the session) and those of an empty look with its line in the access log.
    async fn queries_of(&mut self, path: &str) -> u64 {
        let read_nothing = self.statements_of("/borgere").await;
        let page = self.statements_of(path).await;
        let before = self.app.store.statements();
        let scope = Scope::system(1, self.app.now(), "test");
        let looked: Result<(), app::AppError> =
            self.app.store.view(scope, |_| Ok(Seen::list(vec![Uuid::nil()], ()))).await;
        looked.unwrap();
        page.saturating_sub(read_nothing + self.app.store.statements() - before)
    }

    async fn statements_of(&mut self, path: &str) -> u64 {
        // Once before: what is kept in memory has been read then. A change makes void what a change makes void.
        self.browser.get(path).await;
        let scope = Scope::system(1, self.app.now(), "test");
        let noted: Result<(), app::AppError> = self
            .app
            .store
            .write(scope, |tx| {
                tx.note("test");
                Ok(())
            })
            .await;
        noted.unwrap();
        let before = self.app.store.statements();
        assert_eq!(self.browser.get(path).await.status, 200, "{path}");
        self.app.store.statements() - before
    }
}

async fn log_in(app: &App, organization: i64, user_name: &str, role: Role) -> Browser {
    let new = NewUser {
        user_name: user_name.into(),
        name: format!("{} i test", role.label()),
        initials: user_name.chars().take(2).collect::<String>().to_uppercase(),
        title: role.label().into(),
        role,
        password: Some(PASSWORD.into()),
    };
    access::add_user(app, Scope::system(organization, app.now(), "test"), new).await.unwrap();
    let mut browser = Browser::on(app);
    assert_eq!(browser.log_in(user_name, PASSWORD).await.status, 303);
    browser
}

/// Somebody is an authorised health person, and may name section 41.
async fn authorise(app: &App, user_name: &str) {
    let (user, leader) =
        (calendar::user(app, 1, user_name).await, testkit::municipality::staff(1, domain::permission::Role::Leader));
    let input = app::calendar::PractitionerInput { authorised: true, ..Default::default() };
    app::calendar::set_practitioner_role(app, &leader, user, None, input).await.unwrap();
}

fn hash(name: &str) -> u128 {
    name.bytes().fold(7, |sum: u128, byte| (sum.wrapping_mul(131) + u128::from(byte)) & u128::from(u64::MAX))
}

/// The version that the forms of a page carry.
fn version_of(page: &Answer) -> String {
    value_of(page, "version")
}

/// The value of a hidden field.
fn value_of(page: &Answer, name: &str) -> String {
    let rest = page.body.split_once(&format!("name=\"{name}\" value=\"")).unwrap().1;
    rest.split('"').next().unwrap().to_owned()
}

/// What a refusal says, for a failing test.
fn said(answer: &Answer) -> String {
    let main = answer.body.split_once("<main").map_or("", |(_, main)| main);
    main.split("<p>").skip(1).filter_map(|text| text.split("</p>").next()).take(3).collect::<Vec<_>>().join(" / ")
}

/// Where an answer leads.
fn leads_to(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", said(answer));
    answer.header("location").to_owned()
}

/// Every address on a page: no CPR number may stand in one.
fn addresses(page: &str) -> Vec<&str> {
    ["href=\"", "action=\"", "hx-post=\""]
        .iter()
        .flat_map(|start| page.split(start).skip(1).map(|rest| rest.split('"').next().unwrap()))
        .collect()
}
