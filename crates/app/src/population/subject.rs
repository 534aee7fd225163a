//! Who a population table counts.

/// Who a population table counts: adults (18 years and older) of whom this is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PopulationSubject {
    /// Everybody; what participation is measured against.
    Residents,
    /// Those with a chronic disease, as health data count them (KS-9-01).
    ChronicDisease,
    /// Those who smoke daily, as the health profile asks.
    Smokers,
    /// Those with risk behaviour about alcohol.
    Alcohol,
    /// Those with severe overweight.
    Overweight,
    /// Those who move less than recommended.
    Inactive,
}

impl PopulationSubject {
    /// All, in the order of the lists.
    pub const ALL: [Self; 6] =
        [Self::Residents, Self::ChronicDisease, Self::Smokers, Self::Alcohol, Self::Overweight, Self::Inactive];

    /// The word in the database and the API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Residents => "residents",
            Self::ChronicDisease => "chronic_disease",
            Self::Smokers => "smokers",
            Self::Alcohol => "alcohol",
            Self::Overweight => "overweight",
            Self::Inactive => "inactive",
        }
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Residents => "Voksne borgere",
            Self::ChronicDisease => "Voksne med kronisk sygdom",
            Self::Smokers => "Voksne, der ryger dagligt",
            Self::Alcohol => "Voksne med risikabel alkoholadfærd",
            Self::Overweight => "Voksne med svær overvægt",
            Self::Inactive => "Voksne, der bevæger sig for lidt",
        }
    }

    /// The subject of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}
