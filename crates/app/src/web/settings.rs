//! What the server knows about its surroundings.

/// How the program is reached.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Browsers come by TLS: cookies are `Secure`, and browsers are told to stay with TLS.
    pub https: bool,
    /// Token that may read `/metrics` from elsewhere than this machine.
    pub metrics_token: Option<String>,
}
