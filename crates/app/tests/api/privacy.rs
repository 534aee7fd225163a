//! Nothing about a citizen in what is refused, and nothing in what is logged.

use std::io;
use std::sync::{Arc, Mutex, OnceLock};

use domain::permission::Role;
use serde_json::json;
use testkit::municipality::fixture;
use testkit::on_both_engines;
use tracing_subscriber::fmt::MakeWriter;

use crate::client::{World, new_request};
use crate::course::whole_course;
use crate::permissions::routes;
use crate::tenants::{body_of, path_of};

/// Numbers and names of the test persons that the tests use.
const SECRETS: [&str; 8] =
    ["2512489996", "251248-9996", "2509479989", "250947-9989", "Berggren", "Nancy", "Elmer", "Bruno"];

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Everything that is logged from here on, by any test.
fn log() -> &'static Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    LOG.get_or_init(|| {
        let log = Log::default();
        let subscriber = tracing_subscriber::fmt().with_writer(log.clone()).with_max_level(tracing::Level::TRACE);
        subscriber.with_ansi(false).try_init().unwrap();
        log
    })
}

fn assert_silent(what: &str, text: &str) {
    for secret in SECRETS {
        let line = text.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret} stands in {what}");
    }
}

on_both_engines! {
    async fn neither_refusals_nor_logs_hold_a_number_or_a_name(database: &Database) {
        let log = log();
        let world = World::new(database).await;
        let ids = whole_course(&world).await;
        // A second time everything is refused by the state it is in; with the neighbour's token nothing is found.
        for route in routes().into_iter().filter(|r| r.path.contains('{')) {
            let path = path_of(&route, &ids);
            for who in [(1, Role::System), (2, Role::System)] {
                let reply = world.call(who, route.method, &path, body_of(&route, &ids.intervention), &[]).await;
                if !reply.status.is_success() {
                    assert_silent(&format!("{} {path}", route.method), &reply.text());
                }
            }
        }
        for (member, wrong) in [("cpr", json!("2512489996999")), ("source", json!("Berggren")), ("areas", json!(["Nancy"])), ("channel", json!("medcom"))] {
            let mut new = new_request();
            new[member] = wrong;
            let reply = world.try_post("/referrals", new).await;
            assert!(reply.status.is_client_error(), "{member}");
            assert_silent(member, &reply.text());
        }
        for name in ["bad/bad03-missing-cpr", "bad/bad04-invalid-cpr-impossible-date", "bad/bad10-cpr-with-hyphen", "bad/bad01-not-well-formed"] {
            assert_silent(name, &world.deliver(fixture(name), &[("content-type", "text/xml")]).await.text());
        }
        // A failure of the store itself is logged too.
        database.tamper("alter table service_request rename to hidden");
        let failed = world.try_post("/referrals", new_request()).await;
        assert_eq!(failed.problem(), (500, "store_failed".into()));
        assert_silent("the failure", &failed.text());
        let logged = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
        assert!(logged.contains("request failed"), "the failure is in the log");
        assert_silent("the log", &logged);
    }
}
