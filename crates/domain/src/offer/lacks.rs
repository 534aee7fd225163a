//! What the SOFT template still lacks in an offer, and what asks for it.

use super::Offer;
use crate::words::word_enum;

word_enum! {
    /// A field of the template that says nothing yet.
    pub enum Lack {
        /// For whom.
        TargetGroup = ("target_group", "Målgruppe"),
        /// What one does.
        Content = ("content", "Indhold"),
        /// What it builds on.
        EvidenceBase = ("evidence_base", "Vidensgrundlag"),
        /// Whether it runs out.
        TimeLimit = ("time_limit", "Tidsbegrænsning"),
        /// How to refer.
        HowToRefer = ("how_to_refer", "Sådan henvises"),
        /// Telephone.
        Contact = ("contact", "Telefon til kontakt"),
        /// Where.
        Place = ("place", "Sted"),
        /// How it is given.
        Format = ("format", "Form"),
        /// Languages.
        Language = ("language", "Sprog"),
        /// Time of day.
        Time = ("time", "Tid på dagen"),
        /// Who gives it, when it is not the municipality.
        ProviderName = ("provider_name", "Hvem der leverer"),
        /// What whoever leads it must hold.
        Competence = ("competence", "Kompetencer"),
    }
}

impl Lack {
    /// Whether an offer without it cannot stand in public: what SP-004-01 and SP-004-13 name, and what a referrer must
    /// know. The rest is shown as missing and stops nothing.
    pub const fn blocks(self) -> bool {
        match self {
            Self::TargetGroup
            | Self::Content
            | Self::EvidenceBase
            | Self::TimeLimit
            | Self::HowToRefer
            | Self::Contact
            | Self::Format
            | Self::ProviderName => true,
            Self::Place | Self::Language | Self::Time | Self::Competence => false,
        }
    }

    /// What asks for it.
    pub const fn source(self) -> &'static str {
        match self {
            Self::TargetGroup | Self::EvidenceBase | Self::TimeLimit => "SP-004-01",
            Self::Contact => "SP-004-13",
            Self::HowToRefer => "KS-2.2-05",
            Self::Content | Self::Place | Self::ProviderName => "SOFT-skabelonen",
            Self::Format | Self::Language | Self::Time => "KS-3.1",
            Self::Competence => "KS-3.2-03",
        }
    }
}

impl Offer {
    /// Everything that the template still lacks, in its order.
    pub fn lacks(&self) -> Vec<Lack> {
        Lack::ALL.iter().copied().filter(|lack| self.is_without(*lack)).collect()
    }

    /// What keeps it from standing in public.
    pub fn blocking_lacks(&self) -> Vec<Lack> {
        self.lacks().into_iter().filter(|lack| lack.blocks()).collect()
    }

    fn is_without(&self, lack: Lack) -> bool {
        let empty = |text: &str| text.trim().is_empty();
        let about = &self.description;
        match lack {
            Lack::TargetGroup => empty(&about.target_group),
            Lack::Content => empty(&about.content),
            Lack::EvidenceBase => empty(&about.evidence_base),
            Lack::TimeLimit => self.time_limit.is_none(),
            Lack::HowToRefer => empty(&about.how_to_refer),
            Lack::Contact => empty(&about.contact.phone),
            Lack::Place => empty(&about.place),
            Lack::Format => self.formats.is_empty(),
            Lack::Language => self.languages.is_empty(),
            Lack::Time => self.times.is_empty(),
            Lack::ProviderName => {
                self.provider != super::Provider::Own && self.provider_name.as_deref().is_none_or(empty)
            }
            Lack::Competence => self.competences.is_empty(),
        }
    }
}
