//! `[report]`: the gateway that takes the delivery reports: where it is, how it knows us, how it checks.

use std::path::PathBuf;

use fhir_gateway::CheckOptions;
use serde::{Deserialize, Serialize};

/// Delivery reports. Nothing is sent without an address; how they are checked is by default the strictest reading of the
/// guide. A file may have `{code}` in its name, which stands for the municipality's code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Report {
    /// Base address of the FHIR interface, such as `https://…/fhir`; empty to send nothing.
    pub gateway: String,
    /// Who vouches for the certificates of the gateway and of the token endpoint: a PEM file, in place of the authorities
    /// that browsers trust.
    pub authority: PathBuf,
    /// A file that another program keeps a bearer token in; read for each round.
    pub token_file: PathBuf,
    /// Where an assertion is exchanged for a token (RFC 8693), in place of `token_file`.
    pub token_endpoint: String,
    /// Whom the token endpoint knows us as.
    pub client_id: String,
    /// Our private RSA key in PEM (PKCS #8), which signs who we are (RFC 7523).
    pub client_key: PathBuf,
    /// To whom that is said: the realm's address.
    pub audience: String,
    /// A file that another program keeps the SAML assertion of the security token service in.
    pub assertion_file: PathBuf,
    /// How long the gateway may take to answer.
    pub timeout_seconds: u64,
    /// The gateway knows terminology 2.2: all four delivery types.
    pub terminology_2_2: bool,
    /// Take `clinicalStatus` on a condition entered in error, which no form of it can do without.
    pub withdrawn_condition_with_status: bool,
}

impl Default for Report {
    fn default() -> Self {
        Self {
            gateway: String::new(),
            authority: PathBuf::new(),
            token_file: PathBuf::new(),
            token_endpoint: String::new(),
            client_id: String::new(),
            client_key: PathBuf::new(),
            audience: String::new(),
            assertion_file: PathBuf::new(),
            timeout_seconds: 60,
            terminology_2_2: false,
            withdrawn_condition_with_status: false,
        }
    }
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
