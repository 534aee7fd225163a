//! The closed lists of definitions: each word of the files with what people read.

use serde::Deserialize;

/// An enum whose variants have a word in the files and a Danish label.
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = ($word:literal, $label:literal),)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// Every variant, in the order people see them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable word.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// What people read, in Danish.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }
        }
    };
}

words! {
    /// An area of the standard.
    pub enum Area {
        /// Referral.
        Referral = ("henvisning", "Henvisning"),
        /// The clarifying talk.
        Talk = ("afklarende_samtale", "Afklarende samtale"),
        /// Planning of offers and classes.
        Planning = ("tilrettelaeggelse", "Tilrettelæggelse"),
        /// Differentiation and keeping people in.
        Differentiation = ("differentiering", "Differentiering og fastholdelse"),
        /// Equity.
        Equity = ("lighed", "Lighed i sundhed"),
        /// Health education and competences.
        Education = ("sundhedspaedagogik", "Sundhedspædagogik"),
        /// Nicotine cessation.
        Nicotine = ("nikotinafvaenning", "Nikotinafvænning"),
        /// Physical activity.
        PhysicalActivity = ("fysisk_aktivitet", "Fysisk aktivitet"),
        /// Nutrition.
        Nutrition = ("ernaering", "Ernæringsindsats"),
        /// Talk about alcohol.
        Alcohol = ("alkohol", "Samtale om alkohol"),
        /// Consent.
        Consent = ("samtykke", "Samtykke"),
        /// Closing.
        Closing = ("afslutning", "Afslutning"),
        /// Bridging to associations and activities.
        Bridging = ("brobygning", "Brobygning"),
        /// Follow-up.
        FollowUp = ("opfoelgning", "Opfølgning"),
        /// Documentation.
        Documentation = ("dokumentation", "Dokumentation"),
        /// Monitoring.
        Monitoring = ("monitorering", "Monitorering"),
    }
}

words! {
    /// What kind of figure an indicator is.
    pub enum Kind {
        /// How many.
        Count = ("count", "Antal"),
        /// How many of how many.
        Share = ("share", "Andel"),
        /// How long half of them wait.
        MedianDays = ("median_days", "Median af dage"),
        /// How many of a thousand.
        Rate = ("rate", "Antal pr. 1.000"),
        /// How much pairs changed on average.
        MeanChange = ("mean_change", "Gennemsnitlig ændring"),
        /// The difference between a group and the rest.
        Gap = ("gap", "Forskel"),
        /// How they spread over groups.
        Distribution = ("distribution", "Fordeling"),
    }
}

words! {
    /// How an indicator is shown over time.
    pub enum Chart {
        /// Run chart.
        Run = ("run", "Seriediagram"),
        /// Control chart for shares.
        P = ("p", "Kontroldiagram"),
        /// Not over time.
        None = ("none", "Intet diagram over tid"),
    }
}

words! {
    /// What an indicator may be split by. A stratum is used only where it is recorded for its purpose.
    pub enum Breakdown {
        /// Where the referral came from, grouped as FSIII does.
        Source = ("source", "Henviser"),
        /// The sending unit; never published.
        SenderUnit = ("sender_unit", "Henvisende enhed"),
        /// What was asked for.
        RequestedArea = ("requested_area", "Ønsket indsats"),
        /// Target group.
        TargetGroup = ("target_group", "Målgruppe"),
        /// Diagnosis group.
        DiagnosisGroup = ("diagnosis_group", "Diagnosegruppe"),
        /// Disease in the population data.
        Disease = ("disease", "Sygdom"),
        /// FSIII condition.
        Condition = ("condition", "Tilstand"),
        /// Age band.
        AgeBand = ("age_band", "Alder"),
        /// Sex as registered.
        Sex = ("sex", "Køn"),
        /// Local districts or postcode areas of at least 1,000 adults.
        District = ("district", "Område"),
        /// Coordination level.
        StratLevel = ("strat_level", "Koordinationsniveau"),
        /// Needs an interpreter or help with Danish.
        LanguageNeed = ("language_need", "Sprogligt behov"),
        /// Has a mental illness.
        MentalIllness = ("mental_illness", "Psykisk sygdom"),
        /// Education by own statement.
        Education = ("education", "Uddannelse"),
        /// Origin, where population data has it.
        Origin = ("origin", "Oprindelse"),
        /// Kind of special need.
        NeedKind = ("need_kind", "Behov"),
        /// Area of the offer.
        Area = ("area", "Indsatsområde"),
        /// FSIII code of the intervention.
        FsiiiCode = ("fsiii_code", "Indsatstype"),
        /// Class or alone.
        Format = ("format", "Hold eller individuelt"),
        /// Type of stop course.
        CourseType = ("course_type", "Forløbstype"),
        /// Present, by phone, digital.
        Mode = ("mode", "Form"),
        /// Place.
        Place = ("place", "Sted"),
        /// Time of day.
        TimeOfDay = ("time_of_day", "Tid på dagen"),
        /// Day of the week.
        Weekday = ("weekday", "Ugedag"),
        /// Which follow-up: after 3, 6 or 12 months.
        Month = ("month", "Måned for opfølgning"),
        /// Instrument.
        Instrument = ("instrument", "Test eller skema"),
        /// Kind of what is counted.
        Kind = ("kind", "Slags"),
        /// One requirement of the standard; not a choice of the definitions, but of what is counted by requirement.
        Requirement = ("requirement", "Krav"),
        /// How a requirement is decided.
        Check = ("check", "Kontrolform"),
        /// Unit of the municipality.
        Unit = ("unit", "Enhed"),
        /// Error code of the report.
        ErrorCode = ("error_code", "Fejlkode"),
    }
}

impl Breakdown {
    /// Shown to the quality role only (breakdowns, note): mental illness, education, language and origin.
    pub const fn is_sensitive(self) -> bool {
        matches!(self, Self::MentalIllness | Self::Education | Self::LanguageNeed | Self::Origin)
    }

    /// Never leaves the municipality: figures on one practice are its own.
    pub const fn is_internal(self) -> bool {
        matches!(self, Self::SenderUnit)
    }
}
