//! Offers (tilbud): what a citizen can get here, described as Sundhed.dk's SOFT asks, and whether it stands in public.
//!
//! An offer is the local thing behind one of the 14 interventions; teams deliver it. Source: "Forebyggelsestilbud og
//! henvisning" (Kommunen og almen praksis), section "Hvilke forebyggelsestilbud er der?": target group, evidence base and
//! any time limit are shown (SP-004-01), and descriptions are kept up to date (KS-2.2-05).

mod lacks;
mod parts;
mod publication;
mod sheet;

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::codes::InterventionCode;
use crate::competence::Competence;
use crate::disease::DiseaseGroup;
use crate::ids::{OfferId, UserId};

pub use lacks::Lack;
pub use parts::{Accessibility, Contact, Format, OfferLanguage, Provider, Theme, TimeLimit, TimeOfDay};
pub use publication::{OfferError, Publication, Review, Standing, WARN_DAYS};
pub use sheet::{Entrance, SheetField, canonical, sheet};

/// An offer of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Stable id.
    pub id: OfferId,
    /// What it is called, as citizens and practices read it.
    pub name: String,
    /// Which of the 14 interventions it delivers (FS-003: an offer is one of them).
    pub code: InterventionCode,
    /// What it is, as people read it.
    pub description: Description,
    /// How it is given.
    pub formats: BTreeSet<Format>,
    /// In which languages.
    pub languages: BTreeSet<OfferLanguage>,
    /// What makes it possible to come.
    pub accessibility: BTreeSet<Accessibility>,
    /// When on the day.
    pub times: BTreeSet<TimeOfDay>,
    /// Who gives it.
    pub provider: Provider,
    /// The other municipality or the supplier, when it is not the municipality's own.
    pub provider_name: Option<String>,
    /// What whoever leads it must hold.
    pub competences: BTreeSet<Competence>,
    /// Only for citizens with a chronic disease.
    pub chronic_disease_only: bool,
    /// Only for citizens with one of these diseases. An offer is for everybody, unless somebody narrows it on purpose
    /// (KS-3-03).
    #[serde(default)]
    pub diseases: BTreeSet<DiseaseGroup>,
    /// Citizens may turn to it themselves.
    pub self_referral: bool,
    /// Whether it runs out; none until somebody has said.
    pub time_limit: Option<TimeLimit>,
    /// Weeks that one waits now, when no team says it.
    pub wait_weeks: Option<u8>,
    /// Why it is never shown in public, such as a closed pilot group (KS-2.2-05, exclusions).
    pub not_public_reason: Option<String>,
    /// Where it stands.
    pub publication: Publication,
    /// The day on which what is shown in public last changed.
    pub changed_on: Date,
    /// When somebody last went through it.
    pub review: Option<Review>,
    /// What was last copied to SOFT.
    pub on_soft: Option<OnSoft>,
}

/// What an offer is, in words for citizens and referrers. Empty is not said yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Description {
    /// For whom it is.
    pub target_group: String,
    /// What one does there.
    pub content: String,
    /// How often and how long: "8 gange à 2 timer".
    pub extent: String,
    /// What it builds on: national guidance, programme, evidence.
    pub evidence_base: String,
    /// How to refer, beside where a letter goes to.
    pub how_to_refer: String,
    /// Where it is held.
    pub place: String,
    /// Whom to ask.
    pub contact: Contact,
}

/// What stands on SOFT, by its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnSoft {
    /// SHA-256 of the sheet as it was copied, in hexadecimal.
    pub hash: String,
    /// The day it was put there.
    pub on: Date,
    /// By whom.
    pub by: UserId,
}

impl OnSoft {
    /// Whether what was copied is no longer what the sheet says.
    pub fn has_drifted(&self, hash: &str) -> bool {
        self.hash != hash
    }
}

impl Offer {
    /// A draft of which only the name and the intervention are known; it needs the competence of its intervention.
    pub fn draft(id: OfferId, name: String, code: InterventionCode, today: Date) -> Self {
        Self {
            id,
            name,
            code,
            description: Description::default(),
            formats: BTreeSet::new(),
            languages: BTreeSet::new(),
            accessibility: BTreeSet::new(),
            times: BTreeSet::new(),
            provider: Provider::Own,
            provider_name: None,
            competences: BTreeSet::from([Competence::for_intervention(code)]),
            chronic_disease_only: false,
            diseases: BTreeSet::new(),
            self_referral: false,
            time_limit: None,
            wait_weeks: None,
            not_public_reason: None,
            publication: Publication::Draft,
            changed_on: today,
            review: None,
            on_soft: None,
        }
    }

    /// What people look for when they look for this.
    pub const fn theme(&self) -> Theme {
        Theme::of(self.code)
    }

    /// The last day, when it has one.
    pub const fn last_day(&self) -> Option<Date> {
        match self.time_limit {
            Some(TimeLimit::Until(day)) => Some(day),
            Some(TimeLimit::Ongoing) | None => None,
        }
    }

    /// Whether somebody with these competences may lead it: they hold all of what it needs that lets anybody lead alone.
    /// Whoever is only a peer instructor leads nothing (KS-4.5-03), and where nothing is said nobody is known to.
    pub fn may_be_led_with(&self, held: &BTreeSet<Competence>) -> bool {
        let mut needed = self.competences.iter().filter(|one| one.leads_alone()).peekable();
        needed.peek().is_some() && needed.all(|one| held.contains(one))
    }

    /// Whether every word that somebody looks for stands in it, large letters or small. No word finds everything.
    pub fn matches(&self, words: &str) -> bool {
        let about = &self.description;
        let mut text = [&*self.name, &about.target_group, &about.content, &about.place, self.code.label()].join("\n");
        text.push('\n');
        text.push_str(self.theme().label());
        text.push('\n');
        text.push_str(self.theme().also_called());
        for label in self.formats.iter().map(|f| f.label()).chain(self.languages.iter().map(|l| l.label())) {
            text.push('\n');
            text.push_str(label);
        }
        let text = text.to_lowercase();
        words.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}
