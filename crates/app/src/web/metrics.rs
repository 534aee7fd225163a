//! How many requests, how long they took, in Prometheus' text form; and one line a request in the log.
//!
//! Both know the route's pattern only, never the address: an address may hold the id of a citizen, a query what somebody
//! searched for.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Extension;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{Extensions, HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Settings;
use crate::App;

/// Upper bounds of the histogram, in seconds.
const BOUNDS: [f64; 9] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.0];

/// Requests of one method, route and status.
#[derive(Debug, Default, Clone, Copy)]
struct Series {
    count: u64,
    seconds: f64,
    buckets: [u64; BOUNDS.len()],
}

/// What has been counted since the start.
#[derive(Debug, Default)]
pub(super) struct Metrics(Mutex<BTreeMap<(String, String, u16), Series>>);

impl Metrics {
    fn add(&self, method: &str, route: &str, status: StatusCode, took: Duration) {
        let seconds = took.as_secs_f64();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let series = all.entry((method.to_owned(), route.to_owned(), status.as_u16())).or_default();
        series.count += 1;
        series.seconds += seconds;
        for (bucket, bound) in series.buckets.iter_mut().zip(BOUNDS) {
            *bucket += u64::from(seconds <= bound);
        }
    }

    fn text(&self) -> String {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = String::from("# TYPE forebyg_http_request_seconds histogram\n");
        for ((method, route, status), series) in all.iter() {
            let labels = format!("method=\"{method}\",route=\"{route}\",status=\"{status}\"");
            write_series(&mut text, &labels, series);
        }
        text
    }
}

fn write_series(text: &mut String, labels: &str, series: &Series) {
    const NAME: &str = "forebyg_http_request_seconds";
    for (bucket, bound) in series.buckets.iter().zip(BOUNDS) {
        let _ = writeln!(text, "{NAME}_bucket{{{labels},le=\"{bound}\"}} {bucket}");
    }
    let _ = writeln!(text, "{NAME}_bucket{{{labels},le=\"+Inf\"}} {}", series.count);
    let _ = writeln!(text, "{NAME}_sum{{{labels}}} {}", series.seconds);
    let _ = writeln!(text, "{NAME}_count{{{labels}}} {}", series.count);
}

/// Counts and logs a request.
pub(super) async fn measure(State(metrics): State<Arc<Metrics>>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = method_word(request.method());
    let started = started();
    let response = next.run(request).await;
    let (took, status) = (started.elapsed(), response.status());
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    metrics.add(method, route, status, took);
    tracing::info!(method, route, status = status.as_u16(), ms = took.as_secs_f64() * 1000.0, "request");
    response
}

/// A method that we have no route for is not ours to name: anybody may invent one.
fn method_word(method: &axum::http::Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        _ => "other",
    }
}

fn started() -> std::time::Instant {
    #[expect(clippy::disallowed_methods, reason = "measures how long an answer took and decides nothing")]
    std::time::Instant::now()
}

/// The figures: for this machine, or by token.
pub(super) async fn show(
    State(app): State<App>,
    Extension(metrics): Extension<Arc<Metrics>>,
    Extension(settings): Extension<Settings>,
    request: Request,
) -> Response {
    if !may_read(request.headers(), request.extensions(), &settings) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let mut text = metrics.text();
    let _ = write!(
        text,
        "# TYPE forebyg_store_statements_total counter\nforebyg_store_statements_total {}\n",
        app.store.statements()
    );
    match crate::notices::counts(&app).await {
        Ok((waiting, failed)) => {
            let _ = write!(
                text,
                "# TYPE forebyg_notices gauge\nforebyg_notices{{state=\"waiting\"}} {waiting}\n\
                 forebyg_notices{{state=\"failed\"}} {failed}\n"
            );
        }
        Err(error) => tracing::error!(%error, "messages to citizens could not be counted"),
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}

/// A proxy on this machine makes everybody look local; it says for whom it asks, and then only the token counts.
fn may_read(headers: &HeaderMap, extensions: &Extensions, settings: &Settings) -> bool {
    let sent = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()?.strip_prefix("Bearer "));
    if let (Some(sent), Some(token)) = (sent, &settings.metrics_token) {
        return super::form::same(sent, token);
    }
    let forwarded = ["forwarded", "x-forwarded-for", "x-real-ip"].iter().any(|name| headers.contains_key(*name));
    let local = extensions.get::<ConnectInfo<SocketAddr>>().is_some_and(|peer| peer.0.ip().is_loopback());
    local && !forwarded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_are_prometheus_text() {
        let metrics = Metrics::default();
        metrics.add("GET", "/borgere/{id}", StatusCode::OK, Duration::from_millis(3));
        let text = metrics.text();
        let labels = "method=\"GET\",route=\"/borgere/{id}\",status=\"200\"";
        assert!(text.contains(&format!("forebyg_http_request_seconds_bucket{{{labels},le=\"0.0025\"}} 0\n")), "{text}");
        assert!(text.contains(&format!("forebyg_http_request_seconds_bucket{{{labels},le=\"0.005\"}} 1\n")), "{text}");
        assert!(text.contains(&format!("forebyg_http_request_seconds_count{{{labels}}} 1\n")), "{text}");
    }

    #[test]
    fn figures_are_for_this_machine_or_by_token() {
        let settings = Settings { metrics_token: Some("hemmelig".into()), ..Settings::default() };
        let (mut local, mut headers) = (Extensions::new(), HeaderMap::new());
        local.insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1))));
        assert!(may_read(&headers, &local, &settings));
        assert!(!may_read(&headers, &Extensions::new(), &settings));
        headers.insert("x-forwarded-for", "192.0.2.1".parse().expect("a header"));
        assert!(!may_read(&headers, &local, &settings));
        headers.insert("authorization", "Bearer hemmelig".parse().expect("a header"));
        assert!(may_read(&headers, &Extensions::new(), &settings));
    }
}
