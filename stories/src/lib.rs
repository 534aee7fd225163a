//! The world that stories happen in: the program behind a real socket, a clock moved by hand, files in and out.
//!
//! A story is a test that a domain expert can read; its steps are small functions here. Each runs on both engines.
#![allow(clippy::unwrap_used, clippy::missing_panics_doc, reason = "a story that cannot go on stops loudly")]

mod report;

use std::sync::Arc;
use std::time::Duration;

use app::mailbox::Folders;
use app::organizations::NewOrganization;
use app::{App, access, mailbox, organizations, web};
use domain::identifiers::{Gln, MunicipalityCode, SorId};
use domain::organization::Settings;
use domain::permission::Role;
use serde_json::{Value, json};
use testkit::clock::ManualClock;
use testkit::database::Database;

pub use report::Report;

/// A municipality in the middle of a story.
pub struct World {
    /// The program.
    pub app: App,
    /// Its time.
    pub clock: Arc<ManualClock>,
    address: String,
    token: String,
    folders: Folders,
    agent: ureq::Agent,
}

/// What the API answered.
#[derive(Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// The body.
    pub body: Value,
    /// Entity tag.
    pub etag: Option<String>,
}

impl World {
    /// Holbæk Kommune on a fresh database, as the guide's story has it.
    pub async fn holbaek(database: &Database, now: &str, service_request_link: bool) -> Self {
        let clock = Arc::new(ManualClock::at(now));
        let app = App::new(database.open(), clock.clone());
        let new = NewOrganization {
            code: MunicipalityCode::parse("316").unwrap(),
            name: "Holbæk Kommune".into(),
            department: "Sundhedsfremme og forebyggelse".into(),
            sor: Some(SorId::parse("451000016003").unwrap()),
            performer_sor: Some(SorId::parse("1037791000016002").unwrap()),
            glns: vec![Gln::parse("5790009999058").unwrap()],
            phone: Some("70000099".into()),
            settings: Settings { report_service_request_link: service_request_link, ..Settings::default() },
        };
        let organization = organizations::add(&app, new).await.unwrap();
        let token = access::new_token(&app, organization.key, "story", Role::System).await.unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let router = web::router(app.clone(), web::Settings::default());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let folders = Folders::open(database.folder(), Duration::ZERO).unwrap();
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        Self { app, clock, address, token, folders, agent }
    }

    /// Moves the clock.
    pub fn it_is(&self, now: &str) {
        self.clock.set(now);
    }

    /// A letter arrives in the mailbox folder and is taken in; gives what became of it.
    pub async fn letter_arrives(&self, bytes: Vec<u8>) -> mailbox::Received {
        let name = format!("{}.xml", app::ids::new::<uuid::Uuid>(self.app.now()));
        std::fs::write(self.folders.inbox.join(name), bytes).unwrap();
        let mut sweep = mailbox::sweep(&self.app, &self.folders).await.unwrap();
        sweep.received.pop().unwrap().1
    }

    /// What is queued becomes files; gives the new ones' texts.
    pub async fn messages_go_out(&self) -> Vec<String> {
        mailbox::send_queued(&self.app, &self.folders, jiff::SignedDuration::ZERO).await.unwrap();
        let mut files: Vec<_> = std::fs::read_dir(&self.folders.outbox).unwrap().map(|e| e.unwrap().path()).collect();
        files.sort();
        let read = |path: &std::path::PathBuf| {
            let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
            std::fs::remove_file(path).unwrap();
            text
        };
        files.iter().map(read).collect()
    }

    /// Asks the API for something.
    pub async fn get(&self, path: &str) -> Reply {
        let (agent, url, token) = (self.agent.clone(), self.url(path), self.bearer());
        blocking(move || reply(agent.get(&url).header("Authorization", &token).call().unwrap())).await
    }

    /// Tells the API to do something; gives the answer whatever it is.
    pub async fn try_post(&self, path: &str, body: Value) -> Reply {
        let (agent, url, token) = (self.agent.clone(), self.url(path), self.bearer());
        let text = body.to_string();
        blocking(move || {
            let request = agent.post(&url).header("Authorization", &token).header("Content-Type", "application/json");
            reply(request.send(&text).unwrap())
        })
        .await
    }

    /// Tells the API to do something that must succeed.
    pub async fn post(&self, path: &str, body: Value) -> Value {
        let reply = self.try_post(path, body).await;
        assert!(reply.status < 300, "{path}: {} {}", reply.status, reply.body);
        reply.body
    }

    /// Changes something that must be there.
    pub async fn put(&self, path: &str, body: Value) -> Value {
        let (agent, url, token) = (self.agent.clone(), self.url(path), self.bearer());
        let text = body.to_string();
        let answer = blocking(move || {
            let request = agent.put(&url).header("Authorization", &token).header("Content-Type", "application/json");
            reply(request.send(&text).unwrap())
        })
        .await;
        assert!(answer.status < 300, "{path}: {} {}", answer.status, answer.body);
        answer.body
    }

    /// The day's report, built and read back; it must pass the check of every rule.
    pub async fn report_of(&self, day: &str) -> Report {
        let built = self.post("/reports", json!({ "day": day })).await;
        let reports = built["reports"].as_array().unwrap();
        assert!(built["failures"].as_array().unwrap().is_empty(), "{built}");
        assert_eq!(reports.len(), 1, "one citizen, one report: {built}");
        let id = reports[0]["id"].as_str().unwrap().to_owned();
        Report::new(self.get(&format!("/reports/{id}")).await.body)
    }

    fn url(&self, path: &str) -> String {
        format!("{}/api/v1{path}", self.address)
    }

    fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

fn reply(mut response: ureq::http::Response<ureq::Body>) -> Reply {
    let etag = response.headers().get("etag").and_then(|v| v.to_str().ok()).map(str::to_owned);
    let text = response.body_mut().read_to_string().unwrap();
    let body = serde_json::from_str(&text).unwrap_or(Value::Null);
    Reply { status: response.status().as_u16(), body, etag }
}
