//! What stands for FK-Gateway in the demo: it checks each report as the real one does and answers as it would. Nothing leaves
//! the machine.

use app::notices::async_trait;
use app::reporting::{self, Again, Delivery, ReportGateway, Told};
use domain::identifiers::MunicipalityCode;
use domain::permission::Role;
use fhir_gateway::{Answer, Severity, check};
use serde_json::json;
use uuid::Uuid;

use super::stage::Stage;

/// A gateway that takes what passes the check.
#[derive(Debug, Clone, Copy, Default)]
pub struct DemoGateway {
    /// This one it refuses whatever it says, so that the demo has something to mend.
    refuses: Option<Uuid>,
}

#[async_trait]
impl ReportGateway for DemoGateway {
    async fn deliver(&self, _: &MunicipalityCode, report: &Delivery) -> Told {
        let outcome = check(&report.payload);
        let mut issues: Vec<_> = outcome
            .issues
            .iter()
            .filter(|issue| issue.severity == Severity::Error)
            .map(|issue| {
                let said = format!("{}: {}", issue.rule, issue.text);
                json!({ "severity": "error", "code": "invariant", "diagnostics": said, "location": [issue.path] })
            })
            .collect();
        if self.refuses == Some(report.id) {
            issues.push(json!({ "severity": "error", "code": "business-rule",
                "diagnostics": "the period of the care plan ends before an encounter of it", "location": ["Bundle"] }));
        }
        if issues.is_empty() {
            return Told { answer: Answer::Accepted, status: Some(201), outcome: None };
        }
        let outcome = json!({ "resourceType": "OperationOutcome", "issue": issues });
        Told { answer: Answer::Refused, status: Some(422), outcome: Some(outcome.to_string()) }
    }
}

/// What happened until last week is reported and taken in, but for one report, which waits for somebody to mend it.
pub async fn play(stage: &Stage) -> anyhow::Result<()> {
    let who = stage.who(Role::Leader)?;
    let mut app = stage.at(5, 8).app.clone();
    let built = reporting::build_due(&app, &who, Again::WhenMended).await?;
    app.report_gateway =
        Some(std::sync::Arc::new(DemoGateway { refuses: built.reports.last().map(|report| report.id) }));
    reporting::deliver(&app, &who).await?;
    Ok(())
}
