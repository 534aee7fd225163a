//! What the server knows about its surroundings.

use axum::http::{HeaderMap, header};

/// How the program is reached.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Browsers come by TLS: cookies are `Secure`, and browsers are told to stay with TLS.
    pub https: bool,
    /// Token that may read `/metrics` from elsewhere than this machine.
    pub metrics_token: Option<String>,
}

impl Settings {
    /// How the program is reached by whoever asks, so that what they take away has a whole address.
    pub(crate) fn address(&self, headers: &HeaderMap) -> String {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
        format!("{}://{host}", if self.https { "https" } else { "http" })
    }
}
