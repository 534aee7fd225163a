//! `[sms]`: what sends text messages to citizens.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Text messages.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sms {
    /// By what they are sent.
    pub sender: Sender,
    /// The folder that another program empties, for `folder`.
    pub folder: PathBuf,
    /// Where they are posted, for `http`.
    pub address: String,
    /// Who vouches for the gateway's certificate: a PEM file, in place of the authorities that browsers trust.
    pub authority: PathBuf,
    /// Token that the gateway asks for; empty for none.
    pub token: String,
    /// The sender's name that citizens see; at most eleven letters and digits.
    pub from: String,
    /// How long the gateway may take to answer.
    pub timeout_seconds: u64,
}

/// By what text messages are sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sender {
    /// By nothing: colleagues send them from the list of messages.
    #[default]
    None,
    /// As files in a folder.
    Folder,
    /// By a gateway over HTTP.
    Http,
}

impl Default for Sms {
    fn default() -> Self {
        Self {
            sender: Sender::None,
            folder: PathBuf::new(),
            address: String::new(),
            authority: PathBuf::new(),
            token: String::new(),
            from: "Kommunen".into(),
            timeout_seconds: 10,
        }
    }
}

/// The token is nobody's to read in a log.
impl std::fmt::Debug for Sms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sms").field("sender", &self.sender).field("from", &self.from).finish_non_exhaustive()
    }
}
