//! The form of the files, before anything in them is believed.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::fault::StandardFault;
use super::{Area, AttestText, Capability, DesignText, Document, Kind, Modality, RuleText};
use crate::limits::{LimitUnit, LimitValue, Origin};

/// `standard.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StandardFile {
    pub version: String,
    pub count: usize,
    pub document: Vec<Document>,
    pub area: Vec<Area>,
    pub capability: Vec<Capability>,
}

/// `limits.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LimitsFile {
    pub limit: Vec<LimitEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LimitEntry {
    pub id: String,
    pub value: LimitValue,
    pub unit: LimitUnit,
    pub origin: Origin,
    pub note: String,
}

/// `fields.toml`: entity, fact, what it is.
pub(super) type FieldsFile = BTreeMap<String, BTreeMap<String, String>>;

/// A file of requirements.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AreaFile {
    pub area: String,
    pub requirement: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub id: String,
    pub document: String,
    pub section: String,
    pub also: Option<String>,
    pub kind: Kind,
    pub modality: Modality,
    pub check: CheckWord,
    pub capability: Vec<String>,
    pub summary_da: String,
    pub summary_en: String,
    #[serde(default)]
    pub safety: bool,
    #[serde(default)]
    pub elements: Vec<String>,
    pub rule: Option<RuleText>,
    pub attest: Option<AttestText>,
    pub design: Option<DesignText>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub(super) enum CheckWord {
    Data,
    Attest,
    Design,
}

/// A file of its form; a fault knows the line and the entry it stands in.
pub(super) fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, StandardFault> {
    toml::from_str(text).map_err(|error| {
        let before = error.span().map(|span| &text[..span.start.min(text.len())]);
        let entry = before.and_then(|before| entry_of(before, text));
        StandardFault::Form {
            file: file.to_owned(),
            line: before.map_or(0, |before| before.matches('\n').count() + 1),
            entry,
            why: error.message().to_owned(),
        }
    })
}

/// The id of the `[[…]]` that a place stands in. A missing field is told at the entry's first line, so one that opens right
/// there is looked into too.
fn entry_of(before: &str, text: &str) -> Option<String> {
    let opened = before.rfind("[[").or_else(|| text[before.len()..].starts_with("[[").then_some(before.len()))?;
    let start = if text[before.len()..].starts_with("[[") { before.len() } else { opened };
    let entry = text[start..].lines().skip(1).take_while(|line| !line.starts_with("[["));
    entry.filter_map(|line| line.strip_prefix("id = ")).map(|id| id.trim_matches('"').to_owned()).next()
}
