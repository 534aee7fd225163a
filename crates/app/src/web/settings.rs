//! What the server knows about its surroundings.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

/// How the program is reached.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Browsers come by TLS: cookies are `Secure`, and browsers are told to stay with TLS.
    pub https: bool,
    /// Token that may read `/metrics` from elsewhere than this machine.
    pub metrics_token: Option<String>,
}

impl Settings {
    /// Gives the browser a cookie; what it got by TLS it sends by TLS only.
    pub(crate) fn give_cookie(&self, response: &mut Response, cookie: &str) {
        let secure = if self.https { "; Secure" } else { "" };
        if let Ok(value) = HeaderValue::from_str(&format!("{cookie}{secure}")) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }

    /// How the program is reached by whoever asks, so that what they take away has a whole address.
    pub(crate) fn address(&self, headers: &HeaderMap) -> String {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
        format!("{}://{host}", if self.https { "https" } else { "http" })
    }
}
