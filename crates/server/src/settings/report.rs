//! `[report]`: what is known of the gateway that checks the delivery reports.

use fhir_gateway::CheckOptions;
use serde::{Deserialize, Serialize};

/// Checking of delivery reports. The defaults are the strictest reading of the guide.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Report {
    /// The gateway knows terminology 2.2: all four delivery types.
    pub terminology_2_2: bool,
    /// Take `clinicalStatus` on a condition entered in error, which no form of it can do without.
    pub withdrawn_condition_with_status: bool,
}

impl Report {
    /// As the check takes them.
    pub const fn options(&self) -> CheckOptions {
        CheckOptions {
            terminology_2_2: self.terminology_2_2,
            withdrawn_condition_with_status: self.withdrawn_condition_with_status,
        }
    }
}
