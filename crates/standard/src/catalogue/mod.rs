//! The standard as data: 256 requirements with where they stand, what they ask and how each is decided.
//!
//! The files of `data/` are read once and checked, so that nothing later has to doubt them.

mod fault;
mod file;
mod files;
mod read;

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

pub use fault::{Part, StandardFault};
pub use files::Files;
pub use read::read;

use crate::limits::LimitDefinition;
use crate::outcome::UnitKind;

/// The standard that the program brings along.
pub static STANDARD: LazyLock<Standard> =
    LazyLock::new(|| read(&Files::BUILT_IN).expect("the files of the standard are read in a test"));

/// The whole standard.
#[derive(Debug, Clone)]
pub struct Standard {
    /// Version of the data.
    pub version: String,
    /// Where requirements come from.
    pub documents: Vec<Document>,
    /// Areas, in the order people see them.
    pub areas: Vec<Area>,
    /// What the system has to be able to do.
    pub capabilities: Vec<Capability>,
    /// Limits, in the order of [`crate::LimitId`].
    pub limits: Vec<LimitDefinition>,
    /// What each fact is, by its name `entity.fact`.
    pub fields: BTreeMap<String, String>,
    /// Requirements by area, in the order of the standard.
    pub requirements: Vec<Requirement>,
    by_id: HashMap<String, usize>,
}

impl Standard {
    /// A requirement by its id, as `KS-2.2-06`.
    pub fn requirement(&self, id: &str) -> Option<&Requirement> {
        self.by_id.get(id).and_then(|at| self.requirements.get(*at))
    }

    /// An area by its id.
    pub fn area(&self, id: &str) -> Option<&Area> {
        self.areas.iter().find(|area| area.id == id)
    }

    /// A document by its id.
    pub fn document(&self, id: &str) -> Option<&Document> {
        self.documents.iter().find(|document| document.id == id)
    }
}

/// A document that requirements stand in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Short name.
    pub id: String,
    /// Title, in Danish.
    pub name_da: String,
}

/// An area of the standard.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Short name.
    pub id: String,
    /// What people read.
    pub name_da: String,
}

/// Something the system has to be able to do.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capability {
    /// Short name.
    pub id: String,
    /// What it is.
    pub what: String,
}

/// How binding a requirement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A requirement; it cannot be switched off.
    Krav,
    /// A recommendation.
    Anbefaling,
    /// Something the municipality may do.
    Option,
}

impl Kind {
    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Krav => "Krav",
            Self::Anbefaling => "Anbefaling",
            Self::Option => "Mulighed",
        }
    }
}

/// How strong the document's own words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// "Det er et krav".
    Krav,
    /// "Skal".
    Skal,
    /// "Anbefales".
    Anbefales,
    /// "Bør".
    Boer,
    /// "Tilstræbes".
    Tilstraebes,
    /// "Vigtigt".
    Vigtigt,
    /// "Kan med fordel".
    KanMedFordel,
    /// "Kan".
    Kan,
    /// "Gerne".
    Gerne,
    /// An example from practice.
    Eksempel,
    /// Experience.
    Erfaring,
    /// A plain statement of how it is done.
    Beskrivelse,
}

/// One requirement.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// Stable id.
    pub id: String,
    /// The file it stands in.
    pub file: &'static str,
    /// Id of its area.
    pub area: String,
    /// Id of the document.
    pub document: String,
    /// Paragraph of the document.
    pub section: String,
    /// Other places that say the same.
    pub also: Option<String>,
    /// How binding it is.
    pub kind: Kind,
    /// The document's own words.
    pub modality: Modality,
    /// How it is decided.
    pub check: Check,
    /// Ids of what the system has to be able to do.
    pub capabilities: Vec<String>,
    /// What it asks, in Danish; a paraphrase.
    pub summary_da: String,
    /// The same in English.
    pub summary_en: String,
    /// A miss can harm a citizen: shown as a stop or a warning at the point of work.
    pub safety: bool,
    /// The parts that have to be covered.
    pub elements: Vec<String>,
}

impl Requirement {
    /// The rule's own words, when it is decided from the records.
    pub const fn rule(&self) -> Option<&RuleText> {
        match &self.check {
            Check::Data(rule) => Some(rule),
            Check::Attest(_) | Check::Design(_) => None,
        }
    }

    /// Shown as a figure without a judgement.
    pub fn is_informational(&self) -> bool {
        self.rule().is_some_and(|rule| rule.informational)
    }
}

/// How a requirement is decided.
#[derive(Debug, Clone)]
pub enum Check {
    /// From the system's own records.
    Data(RuleText),
    /// A named person declares it with evidence.
    Attest(AttestText),
    /// The system guarantees it, and tests prove the guarantee.
    Design(DesignText),
}

/// What a rule says, in words; its function stands in [`crate::rules`].
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleText {
    /// What is counted.
    pub unit: UnitKind,
    /// Which of them.
    pub population: String,
    /// What must hold.
    pub condition: String,
    /// When.
    pub time: String,
    /// Which do not count; empty when none.
    #[serde(default)]
    pub exclusions: String,
    /// The facts it reads, as `entity.fact`.
    pub fields: Vec<String>,
    /// The limits it reads.
    #[serde(default)]
    pub limits: Vec<String>,
    /// Shown as a figure without a judgement.
    #[serde(default)]
    pub informational: bool,
}

/// What an attestation is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttestText {
    /// Who declares it.
    pub by: String,
    /// What it rests on.
    pub evidence: String,
    /// How long it holds, in months; zero for ever.
    pub validity_months: u16,
}

/// What the system guarantees.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DesignText {
    /// The guarantee.
    pub guarantee: String,
    /// The limits it rests on.
    #[serde(default)]
    pub limits: Vec<String>,
    /// The tests that fail when it is removed: a file of the workspace and what the test is called in it, as
    /// `crates/domain/src/offer.rs::a_name`.
    #[serde(default)]
    pub test: Vec<String>,
}
