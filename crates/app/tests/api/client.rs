//! Two municipalities, a token for each role of both, and requests to the program without a network between.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::{App, access, web};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use domain::permission::Role;
use serde_json::{Value, json};
use testkit::clock::ManualClock;
use testkit::database::Database;
use testkit::municipality::{add, fixture, testby};
use tower::ServiceExt;

/// When the tests begin: a working day.
pub const MORNING: &str = "2026-03-10T08:16:00Z";

/// The program with Testby Kommune and its neighbour.
pub struct World {
    pub clock: Arc<ManualClock>,
    /// A member of staff of Testby Kommune who may hold talks.
    pub professional: String,
    router: Router,
    tokens: BTreeMap<(i64, Role), String>,
}

/// What was answered.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{} {}", self.status, self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The JSON of an answer that must be a success.
    pub fn done(self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.text());
        self.json()
    }

    /// Status and code of an answer that must be a problem document.
    pub fn problem(&self) -> (u16, String) {
        assert_eq!(self.header("content-type"), "application/problem+json", "{} {}", self.status, self.text());
        let problem = self.json();
        assert_eq!(problem["status"], self.status.as_u16());
        assert!(problem["title"].is_string() && problem["detail"].is_string());
        assert_eq!(problem["type"], format!("urn:forebyg:problem:{}", problem["code"].as_str().unwrap()));
        (self.status.as_u16(), problem["code"].as_str().unwrap().to_owned())
    }
}

impl World {
    pub async fn new(database: &Database) -> Self {
        let (app, clock, _) = testby(database, MORNING).await;
        Self::with(app, clock).await
    }

    pub async fn with(app: App, clock: Arc<ManualClock>) -> Self {
        add(&app, "998", "Naboby Kommune", "5790009999065").await;
        let mut tokens = BTreeMap::new();
        for organization in [1, 2] {
            for role in Role::ALL {
                let token = access::new_token(&app, organization, role.label(), *role).await.unwrap();
                tokens.insert((organization, *role), token);
            }
        }
        let professional = professional(&app).await;
        let router = web::router(app, web::Settings::default());
        Self { clock, professional, router, tokens }
    }

    pub fn token(&self, organization: i64, role: Role) -> &str {
        &self.tokens[&(organization, role)]
    }

    pub async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Reply { status: parts.status, headers: parts.headers, body }
    }

    /// A request of a role of an organization, with headers of its own.
    pub async fn call(
        &self,
        who: (i64, Role),
        method: &str,
        path: &str,
        body: Option<Value>,
        headers: &[(&str, &str)],
    ) -> Reply {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header("authorization", format!("Bearer {}", self.token(who.0, who.1)));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = match body {
            Some(json) => {
                request = request.header("content-type", "application/json");
                Body::from(json.to_string())
            }
            None => Body::empty(),
        };
        self.send(request.body(body).unwrap()).await
    }

    pub async fn get(&self, path: &str) -> Value {
        self.call((1, Role::System), "GET", path, None, &[]).await.done()
    }

    pub async fn post(&self, path: &str, body: Value) -> Value {
        self.call((1, Role::System), "POST", path, Some(body), &[]).await.done()
    }

    pub async fn try_post(&self, path: &str, body: Value) -> Reply {
        self.call((1, Role::System), "POST", path, Some(body), &[]).await
    }

    /// Hands a test message over by Testby's token.
    pub async fn message(&self, name: &str) -> Reply {
        self.deliver(fixture(name), &[("content-type", "application/xml")]).await
    }

    pub async fn deliver(&self, bytes: impl Into<Body>, headers: &[(&str, &str)]) -> Reply {
        let mut request = Request::post("/api/v1/messages")
            .header("authorization", format!("Bearer {}", self.token(1, Role::System)));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(bytes.into()).unwrap()).await
    }

    /// A request taken down by telephone.
    pub async fn registered(&self) -> Value {
        self.post("/referrals", new_request()).await
    }
}

async fn professional(app: &App) -> String {
    let new = access::NewUser {
        user_name: "sygeplejerske".into(),
        name: "Sygeplejerske".into(),
        initials: "TN".into(),
        title: "Sygeplejerske".into(),
        role: Role::Professional,
        password: None,
    };
    let scope = store::Scope::system(1, app.now(), "test");
    access::add_user(app, scope, new).await.unwrap().id.to_string()
}

/// A self-referral of an official test person.
pub fn new_request() -> Value {
    json!({
        "cpr": "251248-9996", "given": "Nancy Ann", "surname": "Berggren", "phone": "70000011",
        "source": "citizen", "channel": "phone", "areas": ["nutrition"], "chronic_disease": true, "text": "Vil gerne spise sundere",
    })
}

/// The text of a member.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text in {value}")).to_owned()
}
