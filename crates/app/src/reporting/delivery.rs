//! Handing reports to the gateway: one at a time, each citizen's in the order in which they were built, under the same id
//! until the gateway has said what became of it.
//!
//! A report is marked as sent before it leaves, so a program that ends in the middle tries it again and is told that it has
//! arrived. What is refused is never sent again: somebody mends the record, and a new report under a new id takes its place.

use std::time::Duration;

use async_trait::async_trait;
use domain::identifiers::MunicipalityCode;
use fhir_gateway::{Answer, ReportState};
use store::{Seen, Tx};
use uuid::Uuid;

use super::outbox::{self, Due};
use crate::rounds::rounds;
use crate::{App, AppError, Caller, nightly, organizations};

/// A report on its way.
pub struct Delivery {
    /// The Bundle's id.
    pub id: Uuid,
    /// The Bundle, exactly as it was built.
    pub payload: Vec<u8>,
}

impl std::fmt::Debug for Delivery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Delivery({})", self.id)
    }
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What it means.
    pub answer: Answer,
    /// The HTTP status, when there was an answer.
    pub status: Option<u16>,
    /// The OperationOutcome, or whatever was said in its place.
    pub outcome: Option<String>,
}

/// What takes reports: the gateway, or what stands for it in a demo.
#[async_trait]
pub trait ReportGateway: Send + Sync + std::fmt::Debug {
    /// Hands one over on behalf of a municipality.
    async fn deliver(&self, municipality: &MunicipalityCode, report: &Delivery) -> Told;
}

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DeliveryRound {
    /// Taken in.
    pub accepted: usize,
    /// Refused; a colleague mends them.
    pub rejected: usize,
    /// Neither: tried again later.
    pub waiting: usize,
}

impl DeliveryRound {
    const fn count(&mut self, state: ReportState) {
        *(match state {
            ReportState::Accepted => &mut self.accepted,
            ReportState::Rejected => &mut self.rejected,
            _ => &mut self.waiting,
        }) += 1;
    }
}

/// Sends what waits, every so often, until the program ends. A failure is logged and tried again.
pub async fn run_delivery(app: App, every: Duration) {
    rounds(app, every, "reports could not be sent", |app| async move { deliver_all(&app).await }).await;
}

async fn deliver_all(app: &App) -> Result<(), AppError> {
    for organization in organizations::at_work(app).await? {
        let DeliveryRound { accepted, rejected, waiting } = deliver(app, &nightly::program(organization.key)).await?;
        if accepted + rejected + waiting > 0 {
            tracing::info!(organization = organization.key, accepted, rejected, waiting, "reports");
        }
    }
    Ok(())
}

/// Sends the reports of an organization whose turn it is. Nothing without a gateway.
pub async fn deliver(app: &App, who: &Caller) -> Result<DeliveryRound, AppError> {
    let Some(gateway) = app.report_gateway.clone() else { return Ok(DeliveryRound::default()) };
    let municipality = app.organization(who.organization).await?.code.clone();
    let mut round = DeliveryRound::default();
    loop {
        let now = app.now();
        let look = move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(outbox::due(tx, now)?));
        let due = app.store.view(who.scope("report.to_send", now), look).await?;
        if due.is_empty() {
            return Ok(round);
        }
        for Due { id, state, tries } in due {
            let claim = move |tx: &mut Tx<'_>| outbox::claim(tx, &Due { id, state, tries });
            let Some(payload) = app.store.write(who.scope("report.sending", app.now()), claim).await? else { continue };
            let told = gateway.deliver(&municipality, &Delivery { id, payload }).await;
            let answer = told.answer;
            let state = answer.leaves(state, tries);
            if !matches!(answer, Answer::Accepted | Answer::Refused) {
                tracing::warn!(report = %id, ?answer, status = told.status, state = state.word(), "a report was not simply taken");
            }
            let keep = move |tx: &mut Tx<'_>| {
                outbox::settle(tx, id, state, told.status.map(i64::from), told.outcome.as_deref())
            };
            app.store.write(who.scope("report.answered", app.now()), keep).await?;
            round.count(state);
            if answer.ends_the_round() {
                return Ok(round);
            }
        }
    }
}
