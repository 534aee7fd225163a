//! Requests that leave this machine: to whom, and whose word counts for who they are.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, bail};
use ureq::Agent;
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};

/// What sends requests. A status that is no success is an answer like any other, and nothing follows a redirect: it would
/// hand what is sent to a place that nobody set. `authority` is the PEM file of setting `name`; empty for the authorities
/// that browsers trust.
pub fn agent(timeout_seconds: u64, authority: &Path, name: &str) -> anyhow::Result<Agent> {
    let timeout = Some(Duration::from_secs(timeout_seconds));
    let tls = TlsConfig::builder().root_certs(authorities(authority, name)?).build();
    let config = Agent::config_builder().timeout_global(timeout).max_redirects(0).http_status_as_error(false);
    Ok(config.tls_config(tls).build().into())
}

/// Whether an address is one that requests can be sent to.
pub fn is_http(address: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme))
}

/// Whether it is certain that nothing was said to anybody: no name, no connection.
pub fn never_left(error: &ureq::Error) -> bool {
    match error {
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => true,
        ureq::Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => true,
        ureq::Error::Io(error) => error.kind() == std::io::ErrorKind::ConnectionRefused,
        _ => false,
    }
}

fn authorities(file: &Path, name: &str) -> anyhow::Result<RootCerts> {
    if file.as_os_str().is_empty() {
        return Ok(RootCerts::WebPki);
    }
    let told = || format!("{name}: the file {}", file.display());
    let pem = std::fs::read(file).with_context(|| format!("{} cannot be read", told()))?;
    let items = parse_pem(&pem).collect::<Result<Vec<_>, _>>().with_context(|| format!("{} is no PEM file", told()))?;
    let certificate = |item| if let PemItem::Certificate(one) = item { Some(one) } else { None };
    let certificates: Vec<_> = items.into_iter().filter_map(certificate).collect();
    if certificates.is_empty() {
        bail!("{} holds no certificate", told());
    }
    Ok(RootCerts::new_with_certs(&certificates))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
pub mod test_server;
