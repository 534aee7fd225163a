//! Text messages by a gateway over HTTP, as the settings say.
//!
//! Each is posted as JSON: `reference`, `from`, `to`, `text`. The reference is also the `Idempotency-Key`, and a gateway
//! that has it already answers 409, which counts as sent.

use std::sync::Arc;

use anyhow::{Context as _, bail};
use app::notices::{NotSent, OutboxFolder, TextMessage, TextSender, outbox_body};
use ureq::Agent;

use crate::outgoing::{self, is_http, never_left};
use crate::settings::sms::{Sender, Sms};

/// What the settings ask for; none when colleagues send text messages themselves.
pub fn sender(settings: &Sms) -> anyhow::Result<Option<Arc<dyn TextSender>>> {
    let fits = (1..=11).contains(&settings.from.len()) && settings.from.bytes().all(|b| b.is_ascii_alphanumeric());
    match settings.sender {
        Sender::None => Ok(None),
        _ if !fits => bail!("sms.from must be one to eleven letters and digits"),
        Sender::Folder if settings.folder.as_os_str().is_empty() => bail!("sms.folder is not set"),
        Sender::Folder => {
            let folder = OutboxFolder::open(&settings.folder, &settings.from);
            let folder = folder.with_context(|| format!("the folder {} cannot be made", settings.folder.display()))?;
            Ok(Some(Arc::new(folder)))
        }
        Sender::Http if !is_http(&settings.address) => {
            bail!("sms.address must be an https:// address (or http:// on a network of your own)")
        }
        Sender::Http => Ok(Some(Arc::new(Gateway::new(settings)?))),
    }
}

/// A gateway.
#[derive(Clone)]
struct Gateway {
    agent: Agent,
    address: String,
    token: Option<String>,
    from: String,
}

impl std::fmt::Debug for Gateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Gateway")
    }
}

impl Gateway {
    fn new(settings: &Sms) -> anyhow::Result<Self> {
        Ok(Self {
            agent: outgoing::agent(settings.timeout_seconds, &settings.authority, "sms.authority")?,
            address: settings.address.clone(),
            token: Some(settings.token.clone()).filter(|token| !token.is_empty()),
            from: settings.from.clone(),
        })
    }

    fn post(&self, message: &TextMessage) -> Result<(), NotSent> {
        let mut request = self.agent.post(&self.address).header("Idempotency-Key", message.reference.to_string());
        if let Some(token) = &self.token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        // Whole, with its length said: not every gateway reads a body in chunks.
        let body = outbox_body(message, &self.from).to_string();
        match request.content_type("application/json").send(body.as_str()) {
            Ok(answer) => outcome(answer.status().as_u16()),
            Err(error) => Err(before_sending(&error)),
        }
    }
}

/// What an answer means.
const fn outcome(status: u16) -> Result<(), NotSent> {
    match status {
        200..=299 | 409 => Ok(()),
        429 | 503 => Err(NotSent::Later),
        // Wrong token or address: the operator mends it, and nothing was sent.
        401 | 403 | 404 => Err(NotSent::Later),
        400..=499 => Err(NotSent::Refused),
        _ => Err(NotSent::Unknown),
    }
}

/// Whether it is certain that nothing left.
fn before_sending(error: &ureq::Error) -> NotSent {
    match error {
        _ if never_left(error) => NotSent::Later,
        // Not the gateway that was meant: nothing was said to it.
        ureq::Error::Io(error) if is_of_certificate(error) => NotSent::Later,
        _ => NotSent::Unknown,
    }
}

fn is_of_certificate(error: &std::io::Error) -> bool {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    matches!(inner, Some(rustls::Error::InvalidCertificate(_)))
}

#[app::notices::async_trait]
impl TextSender for Gateway {
    async fn send(&self, message: &TextMessage) -> Result<(), NotSent> {
        let (this, message) = (self.clone(), message.clone());
        tokio::task::spawn_blocking(move || this.post(&message)).await.unwrap_or(Err(NotSent::Unknown))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests;
