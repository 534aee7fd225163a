//! What a municipality sets of the quality standard itself: limits that are local goals, recommendations that are switched
//! off, declarations of what no record can show, and when who takes part was looked at. Each change is a version: who, when and why stay.

use std::collections::BTreeMap;

use domain::ids::UserId;
use domain::organization::ManagingOrganization;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use standard::facts::{Attestation, DateOrNone, IndicatorFacts};
use standard::{LimitId, LimitValues, LocalLimits, SwitchedOff, Switches};
use store::{StoreError, Tx, Versioned};
use uuid::Uuid;

use crate::records::{Record, parsed};

/// The indicator of coverage, participants beside the population.
const COVERAGE: &str = "E01";

/// What is set of the standard: one record of the municipality.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct StandardSettings {
    /// Limits with a value of the municipality's own, by the limit's id.
    pub limits: BTreeMap<String, LocalGoal>,
    /// Requirements that are switched off, by their id.
    pub off: BTreeMap<String, SetAside>,
    /// When who takes part was looked at, by the word of what it was split by.
    pub reviews: BTreeMap<String, ParticipationReview>,
}

/// Somebody looked at who takes part, split by something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParticipationReview {
    /// The day.
    pub on: Date,
    /// Who.
    pub by: UserId,
    /// A population table was what it was measured against.
    pub of_population: bool,
}

/// A limit with a value of the municipality's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LocalGoal {
    /// The value, in the unit of the limit.
    pub value: f64,
    /// Why.
    pub reason: String,
    /// Since when.
    pub on: Date,
    /// Who set it.
    pub by: UserId,
}

/// A recommendation that the municipality does not follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// Why.
    pub reason: String,
    /// Since when.
    pub on: Date,
    /// Who switched it off.
    pub by: UserId,
}

impl StandardSettings {
    /// The limits as rules read them. What the standard would refuse is left out: it has been refused before.
    pub fn local_limits(&self) -> LocalLimits {
        let mut limits = LocalLimits::default();
        for (id, goal) in &self.limits {
            if let Some(limit) = LimitId::parse(id) {
                let _ = limits.set(limit, goal.value);
            }
        }
        limits
    }

    /// What was looked at, as rules read it: coverage (E01) by all that was measured against the population in the newest year
    /// of it, and the rest, which was measured against those referred.
    pub fn reviews(&self) -> Vec<IndicatorFacts> {
        let of = |of_population: bool| {
            let all = || self.reviews.iter().filter(move |(_, review)| review.of_population == of_population);
            let newest = all().map(|(_, review)| review.on).max()?;
            let this_year = all().filter(|(_, review)| review.on.year() == newest.year());
            Some(IndicatorFacts {
                id: of_population.then(|| COVERAGE.to_owned()),
                run_on: Some(newest),
                data_date: Some(newest),
                reviewed_on: Some(newest),
                strata: this_year.map(|(by, _)| by.clone()).collect(),
                ..IndicatorFacts::default()
            })
        };
        [of(true), of(false)].into_iter().flatten().collect()
    }

    /// What is switched off, as rules read it; a krav never is.
    pub fn switches(&self) -> Switches {
        let mut switches = Switches::default();
        for (id, aside) in &self.off {
            let off = SwitchedOff { reason: aside.reason.clone(), on: aside.on, by: aside.by.to_string() };
            let _ = switches.off(id, off);
        }
        switches
    }
}

/// What somebody answers for with evidence, where no record can show it ("erklæring").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// Which.
    pub id: Uuid,
    /// The requirement.
    pub requirement: String,
    /// Who answers for it: a name or a title.
    pub owner: String,
    /// What it rests on: a document, a decision and where it is found.
    pub evidence: String,
    /// The day it was given.
    pub given_on: Date,
    /// Last day it holds, when that is earlier than the standard lets it.
    pub expires_on: Option<Date>,
    /// Who wrote it down.
    pub by: UserId,
    /// The day it was taken back; it counts no longer then.
    pub withdrawn_on: Option<Date>,
}

impl Declaration {
    /// As the rules read it.
    pub fn fact(&self) -> Attestation {
        Attestation {
            requirement_id: Some(self.requirement.clone()),
            by: Some(self.owner.clone()),
            evidence: Some(self.evidence.clone()),
            given_on: Some(self.given_on),
            expires_on: self.expires_on.map(DateOrNone::On),
            ..Attestation::default()
        }
    }
}

/// Everything that is set of the standard.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Set {
    /// Limits and switches; version zero while nothing was set.
    pub settings: Versioned<StandardSettings>,
    /// Declarations, the oldest first, without those taken back.
    pub declarations: Vec<Versioned<Declaration>>,
}

impl Set {
    /// The declarations as the rules read them.
    pub fn attestations(&self) -> Vec<Attestation> {
        self.declarations.iter().map(|it| it.value.fact()).collect()
    }
}

/// Reads what is set: one query.
pub(super) fn read(tx: &mut Tx<'_>) -> Result<Set, StoreError> {
    const SQL: &str = "select kind, version, content from record_version r where organization = $1 and citizen = $2
        and kind in ('declaration', 'standard_settings')
        and not exists (select 1 from record_version n where n.organization = $1 and n.citizen = r.citizen
            and n.kind = r.kind and n.id = r.id and n.version > r.version)
        order by id";
    let rows = tx.query(SQL, &[Uuid::nil().into()], |row| {
        Ok((row.take::<String>()?, row.take::<i64>()?, row.take::<String>()?))
    })?;
    let mut set = Set::default();
    for (kind, version, content) in rows {
        if kind == StandardSettings::KIND {
            set.settings = Versioned { version, value: parsed(&content)? };
        } else {
            let value: Declaration = parsed(&content)?;
            if value.withdrawn_on.is_none() {
                set.declarations.push(Versioned { version, value });
            }
        }
    }
    Ok(set)
}

/// The limits as they are in force: the standard's, the municipality's own and its local goals. One query.
pub(crate) fn limits_in_force(tx: &mut Tx<'_>, home: &ManagingOrganization) -> Result<LimitValues, StoreError> {
    Ok(LimitValues::new(&home.settings.limits, &read(tx)?.settings.value.local_limits()))
}
