//! `[server]`: where the pages and the API answer.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

/// Pages and API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Server {
    /// Address to listen on. Another than loopback needs a proxy with TLS in front.
    pub host: IpAddr,
    /// Port to listen on.
    pub port: u16,
    /// Browsers come by TLS, through a proxy: cookies are marked so, and browsers are told to stay with TLS.
    pub https: bool,
    /// Token that may read `/metrics` from another machine; empty for none.
    pub metrics_token: String,
    /// How long open requests may take to finish when the program is asked to stop.
    pub shutdown_seconds: u64,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            host: IpAddr::from([127, 0, 0, 1]),
            port: 8080,
            https: false,
            metrics_token: String::new(),
            shutdown_seconds: 10,
        }
    }
}

impl Server {
    /// As the routes take them.
    pub fn web(&self) -> app::web::Settings {
        let metrics_token = Some(self.metrics_token.clone()).filter(|token| !token.is_empty());
        app::web::Settings { https: self.https, metrics_token }
    }
}
