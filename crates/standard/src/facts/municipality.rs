//! What a municipality has beside its courses: offers, groups, associations, figures and agreements.

// Each rule looks up the session of each attendance: by a quicker hash than std's.
use hashbrown::HashMap;

use super::entity::entity;
use super::intervention::{Group, Session};
use super::offer::{Association, Offer};
use super::quality::{Attestation, Collab, Competence, Improvement, IndicatorFacts, Population};

entity! {
    /// What the municipality has switched on.
    pub struct Settings: "settings" {
        /// Stratification in clarifying talks (IK-002-06).
        pub stratification: Option<bool>,
        /// The start and end form of a course (IK-002-13).
        pub start_form: Option<bool>,
    }
}

entity! {
    /// The facts of the municipality, without its courses.
    pub struct Tables: "municipality" {
        /// What is switched on.
        pub settings: Settings,
        /// Local offers.
        #[serde(rename = "offer")]
        pub offers: Vec<Offer>,
        /// Groups with their sessions.
        #[serde(rename = "group")]
        pub groups: Vec<Group>,
        /// The directory of associations.
        #[serde(rename = "association")]
        pub associations: Vec<Association>,
        /// Population figures.
        #[serde(rename = "population")]
        pub populations: Vec<Population>,
        /// Indicators and their runs.
        #[serde(rename = "indicator")]
        pub indicators: Vec<IndicatorFacts>,
        /// Improvement projects.
        #[serde(rename = "improvement")]
        pub improvements: Vec<Improvement>,
        /// Meetings and estimates with practice.
        #[serde(rename = "collab")]
        pub collabs: Vec<Collab>,
        /// Attested competences.
        #[serde(rename = "competence")]
        pub competences: Vec<Competence>,
        /// Attestations of requirements.
        #[serde(rename = "attestation")]
        pub attestations: Vec<Attestation>,
    }
}

/// The municipality with an index, so that a course finds its offers, groups and group sessions.
#[derive(Debug, Clone, Default)]
pub struct MunicipalityFacts {
    tables: Tables,
    offers: HashMap<String, usize>,
    groups: HashMap<String, usize>,
    sessions: HashMap<String, (usize, usize)>,
}

impl MunicipalityFacts {
    /// Indexes the tables.
    pub fn new(tables: Tables) -> Self {
        let offers = tables.offers.iter().enumerate().map(|(at, offer)| (offer.id.clone(), at)).collect();
        let groups = tables.groups.iter().enumerate().map(|(at, group)| (group.id.clone(), at)).collect();
        let mut sessions = HashMap::new();
        for (of, group) in tables.groups.iter().enumerate() {
            sessions.extend(group.session.iter().enumerate().map(|(at, session)| (session.id.clone(), (of, at))));
        }
        Self { tables, offers, groups, sessions }
    }

    /// The tables themselves.
    pub const fn tables(&self) -> &Tables {
        &self.tables
    }

    /// A local offer.
    pub fn offer(&self, id: &str) -> Option<&Offer> {
        self.offers.get(id).and_then(|at| self.tables.offers.get(*at))
    }

    /// A group.
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.groups.get(id).and_then(|at| self.tables.groups.get(*at))
    }

    /// A session of a group, with its group.
    pub fn session(&self, id: &str) -> Option<(&Group, &Session)> {
        let (of, at) = *self.sessions.get(id)?;
        let group = self.tables.groups.get(of)?;
        Some((group, group.session.get(at)?))
    }
}
