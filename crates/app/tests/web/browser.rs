//! A browser without a screen: keeps cookies, finds the token in the page's forms, follows nothing by itself.

use std::collections::BTreeMap;

use app::web::{Routes, Settings};
use app::{App, web};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use tower::ServiceExt;

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Every text of a page is in the catalogue, or said to be the record's.
    fn has_english(&self) {
        if self.header("content-type").starts_with("text/html") && !self.body.contains("<html lang=\"en\"") {
            let missing = app::language::missing(&self.body);
            assert!(missing.is_empty(), "without English: {missing:#?}");
        }
    }

    pub fn json(&self) -> serde_json::Value {
        assert!(self.header("content-type").contains("json"), "{}: {}", self.header("content-type"), self.body);
        serde_json::from_str(&self.body).unwrap()
    }
}

/// Sends a request without cookies.
pub async fn send(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
}

pub struct Browser {
    pub router: Router,
    pub cookies: BTreeMap<String, String>,
    pub token: String,
}

impl Browser {
    /// On the whole program.
    pub fn on(app: &App) -> Self {
        Self::on_router(web::router(app.clone(), Settings::default()))
    }

    /// On the program's own routes and some more.
    pub fn with(app: &App, routes: Routes) -> Self {
        Self::on_router(web::serve(web::all().merge(routes), app.clone(), Settings::default()))
    }

    fn on_router(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new(), token: String::new() }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.request(Request::get(path), Body::empty()).await
    }

    /// Sends a form with the token of the last page.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_accepting(path, fields, "text/html").await
    }

    /// Posts a form and says what kind of answer is wanted.
    pub async fn post_accepting(&mut self, path: &str, fields: &[(&str, &str)], wanted: &str) -> Answer {
        let token = self.token.clone();
        let mut all = vec![("csrf", token.as_str())];
        all.extend_from_slice(fields);
        let body = serde_html_form::to_string(all).unwrap();
        let request = form(path).header("sec-fetch-site", "same-origin").header("accept", wanted);
        self.request(request, Body::from(body)).await
    }

    /// Sends a form with a file and the token of the last page.
    pub async fn upload(&mut self, path: &str, file_name: &str, content: &[u8]) -> Answer {
        let part = |head: &str| format!("--graense\r\ncontent-disposition: form-data; {head}\r\n\r\n");
        let mut body = format!("{}{}\r\n", part("name=\"csrf\""), self.token).into_bytes();
        body.extend(part(&format!("name=\"fil\"; filename=\"{file_name}\"")).into_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--graense--\r\n");
        let request = Request::builder().method(Method::POST).uri(path);
        let request = request.header("content-type", "multipart/form-data; boundary=graense");
        self.request(request.header("sec-fetch-site", "same-origin"), Body::from(body)).await
    }

    pub async fn request(&mut self, request: axum::http::request::Builder, body: Body) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request.header("host", "forebyg.example").header("cookie", cookies.join("; "));
        let answer = send(&self.router, request.body(body).unwrap()).await;
        self.remember(&answer);
        answer.has_english();
        answer
    }

    fn remember(&mut self, answer: &Answer) {
        for cookie in answer.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            if cookie.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        if let Some((_, rest)) = answer.body.split_once("name=\"csrf\" value=\"") {
            rest.split('"').next().unwrap().clone_into(&mut self.token);
        }
    }

    pub async fn log_in(&mut self, user_name: &str, password: &str) -> Answer {
        self.get("/log-ind").await;
        self.post("/log-ind", &[("brugernavn", user_name), ("adgangskode", password)]).await
    }
}

pub fn form(path: &str) -> axum::http::request::Builder {
    Request::builder().method(Method::POST).uri(path).header("content-type", "application/x-www-form-urlencoded")
}
