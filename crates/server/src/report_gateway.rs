//! The gateway over HTTP: each report is put under its own id, `PUT {gateway}/Bundle/{id}`, the only way to deliver one.

mod access;

use std::sync::Arc;

use anyhow::bail;
use app::notices::async_trait;
use app::reporting::{Delivery, ReportGateway, Told};
use domain::identifiers::MunicipalityCode;
use fhir_gateway::Answer;
use ureq::Agent;

use crate::outgoing::{self, is_http, never_left};
use crate::settings::report::Report;
use access::Access;

/// An answer is kept as far as this; an OperationOutcome is shorter.
const MOST_BYTES: u64 = 256 * 1024;

/// What the settings ask for; none when no gateway is set.
pub fn gateway(settings: &Report) -> anyhow::Result<Option<Arc<dyn ReportGateway>>> {
    if settings.gateway.is_empty() {
        return Ok(None);
    }
    if !is_http(&settings.gateway) {
        bail!("report.gateway must be an https:// address (or http:// on a network of your own)");
    }
    let agent = outgoing::agent(settings.timeout_seconds, &settings.authority, "report.authority")?;
    let access = Arc::new(Access::new(settings, agent.clone())?);
    let base = settings.gateway.trim_end_matches('/').to_owned();
    Ok(Some(Arc::new(Gateway { agent, base, access })))
}

#[derive(Clone)]
struct Gateway {
    agent: Agent,
    base: String,
    access: Arc<Access>,
}

impl std::fmt::Debug for Gateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Gateway({})", self.base)
    }
}

impl Gateway {
    fn put(&self, municipality: &MunicipalityCode, report: &Delivery) -> Told {
        let token = match self.access.token(municipality) {
            Ok(token) => token,
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "no token for the gateway of reports");
                // Nothing left this machine.
                return Told { answer: Answer::NoAccess, status: None, outcome: None };
            }
        };
        let mut request = self.agent.put(format!("{}/Bundle/{}", self.base, report.id));
        if let Some(token) = token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        let request = request.header("Accept", "application/fhir+json").content_type("application/fhir+json");
        match request.send(&report.payload[..]) {
            Ok(mut answer) => {
                let status = answer.status().as_u16();
                let body = answer.body_mut().with_config().limit(MOST_BYTES).lossy_utf8(true).read_to_string();
                let body = body.unwrap_or_default();
                let answer = Answer::of(status, &body);
                if answer == Answer::NoAccess {
                    self.access.forget(municipality);
                }
                Told { answer, status: Some(status), outcome: Some(body).filter(|body| !body.is_empty()) }
            }
            Err(error) => {
                tracing::warn!(report = %report.id, %error, "the gateway of reports gave no answer");
                let answer = if never_left(&error) { Answer::Later } else { Answer::Unknown };
                Told { answer, status: None, outcome: None }
            }
        }
    }
}

#[async_trait]
impl ReportGateway for Gateway {
    async fn deliver(&self, municipality: &MunicipalityCode, report: &Delivery) -> Told {
        let (this, municipality) = (self.clone(), municipality.clone());
        let report = Delivery { id: report.id, payload: report.payload.clone() };
        let put = tokio::task::spawn_blocking(move || this.put(&municipality, &report));
        put.await.unwrap_or(Told { answer: Answer::Unknown, status: None, outcome: None })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests;
