//! The closed lists of words in the facts, written exactly as in the standard's data.

macro_rules! words {
    ($($(#[$meta:meta])* $name:ident { $($variant:ident = $word:literal),+ })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
        pub enum $name { $(#[doc = concat!("`", $word, "`")] #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// Every word, in the order of the standard.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word itself.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    )+};
}

words! {
    /// Who refers.
    Source {
        GeneralPractice = "general_practice",
        Specialist = "specialist",
        Hospital = "hospital",
        MunicipalDepartment = "municipal_department",
        OtherMunicipality = "other_municipality",
        Citizen = "citizen",
        Relative = "relative"
    }
    /// How a referral came.
    Channel {
        Xref15 = "xref15",
        OtherMessage = "other_message",
        Web = "web",
        Phone = "phone",
        WalkIn = "walk_in",
        Internal = "internal"
    }
    /// For whom.
    TargetGroup {
        Kronisk = "kronisk",
        Risiko = "risiko",
        Nikotin = "nikotin",
        Alkohol = "alkohol"
    }
    /// What became of a referral.
    ReferralOutcome {
        Accepted = "accepted",
        Declined = "declined",
        NeverReached = "never_reached",
        Rejected = "rejected",
        Moved = "moved",
        Dead = "dead",
        Duplicate = "duplicate"
    }
    /// How a contact was tried.
    ContactChannel {
        Phone = "phone",
        Letter = "letter",
        DigitalPost = "digital_post",
        Sms = "sms",
        Visit = "visit",
        Video = "video"
    }
    /// What an attempt led to.
    ContactResult {
        Reached = "reached",
        NotReached = "not_reached",
        MessageLeft = "message_left"
    }
    /// Why somebody was contacted.
    ContactPurpose {
        FirstContact = "first_contact",
        Reminder = "reminder",
        NoShow = "no_show",
        Dropout = "dropout",
        Bridge = "bridge",
        Feedback = "feedback",
        Followup = "followup"
    }
    /// Kind of a talk.
    TalkKind {
        AfklarendeSamtale = "afklarende_samtale",
        Behovssamtale = "behovssamtale",
        Opstartssamtale = "opstartssamtale",
        ForebyggendeSamtaleAlkohol = "forebyggende_samtale_alkohol",
        OpfoelgendeSamtale = "opfoelgende_samtale",
        AfsluttendeSamtale = "afsluttende_samtale",
        Koordinationssamtale = "koordinationssamtale"
    }
    /// Answer to an offer of a talk or a follow-up.
    TalkAnswer {
        Accepted = "accepted",
        Declined = "declined",
        NoAnswer = "no_answer"
    }
    /// What a network is to the citizen.
    Network {
        Supporting = "supporting",
        Weak = "weak",
        None = "none"
    }
    /// Use of tobacco or nicotine.
    RiskTobacco {
        None = "none",
        Daily = "daily",
        Occasional = "occasional",
        NotDiscussed = "not_discussed"
    }
    /// Whether a risk factor is present.
    Risk {
        Present = "present",
        Absent = "absent",
        NotWished = "not_wished"
    }
    /// A grade of stratification.
    Grade {
        Low = "low",
        Medium = "medium",
        High = "high"
    }
    /// Who set a goal.
    SetBy {
        Citizen = "citizen",
        Joint = "joint",
        Professional = "professional"
    }
    /// How far a goal was reached.
    Attainment {
        Not = "not",
        Partly = "partly",
        Reached = "reached",
        Exceeded = "exceeded"
    }
    /// Where a course stands.
    CourseStatus {
        Intake = "intake",
        Clarifying = "clarifying",
        Planned = "planned",
        Active = "active",
        Paused = "paused",
        Closing = "closing",
        Closed = "closed",
        Withdrawn = "withdrawn",
        Transferred = "transferred",
        Dead = "dead",
        Archived = "archived"
    }
    /// The 14 interventions of FSIII under section 119.
    Fsiii {
        AfklarendeSamtale = "afklarende_samtale",
        Behovssamtale = "behovssamtale",
        AfsluttendeSamtale = "afsluttende_samtale",
        Opfoelgning = "opfoelgning",
        Sygdomshaandtering = "sygdomshaandtering",
        MentalHaandtering = "mental_haandtering",
        VejledningFysiskAktivitet = "vejledning_fysisk_aktivitet",
        FysiskTraening = "fysisk_traening",
        Faerdighedstraening = "faerdighedstraening",
        Kostvejledning = "kostvejledning",
        Diaetbehandling = "diaetbehandling",
        MadlavningIPraksis = "madlavning_i_praksis",
        NikotinTobaksafvaenning = "nikotin_tobaksafvaenning",
        SamtaleOmAlkohol = "samtale_om_alkohol"
    }
    /// Answer to the offer of an intervention.
    OfferAnswer {
        Accepted = "accepted",
        Declined = "declined",
        Waiting = "waiting"
    }
    /// Where an intervention stands.
    InterventionStatus {
        Granted = "granted",
        Active = "active",
        Paused = "paused",
        Completed = "completed",
        Stopped = "stopped",
        Cancelled = "cancelled"
    }
    /// Alone or together.
    Format {
        Group = "group",
        Individual = "individual",
        Mixed = "mixed"
    }
    /// Type of a nicotine course.
    CourseType {
        Intensive = "intensive",
        Flexible = "flexible",
        Short = "short",
        Other = "other"
    }
    /// How a session is delivered.
    Mode {
        Fremmoede = "fremmoede",
        Hjemmebesoeg = "hjemmebesoeg",
        Video = "video",
        Telefon = "telefon",
        App = "app"
    }
    /// How a citizen attended.
    AttendanceStatus {
        Present = "present",
        Late = "late",
        Excused = "excused",
        NoShow = "no_show",
        CancelledByUs = "cancelled_by_us"
    }
    /// The areas that offers belong to.
    Area {
        AfklarendeSamtale = "afklarende_samtale",
        Sygdomsmestring = "sygdomsmestring",
        Nikotinafvaenning = "nikotinafvaenning",
        FysiskAktivitet = "fysisk_aktivitet",
        Ernaering = "ernaering",
        Alkohol = "alkohol"
    }
    /// Who delivers an offer.
    ProviderType {
        Own = "own",
        CrossMunicipal = "cross_municipal",
        External = "external"
    }
    /// When in a course.
    Phase {
        Start = "start",
        Mid = "mid",
        End = "end",
        Followup = "followup"
    }
    /// Planned intensity.
    TrainingIntensity {
        Low = "low",
        Moderate = "moderate",
        High = "high"
    }
    /// Nutrition risk.
    RiskLevel {
        None = "none",
        Risk = "risk"
    }
    /// Goal of a nicotine course.
    NicotineGoal {
        Stop = "stop",
        Reduction = "reduction",
        Undecided = "undecided"
    }
    /// Medicine for nicotine cessation.
    MedicineKind {
        None = "none",
        OverTheCounter = "over_the_counter",
        Prescription = "prescription",
        Both = "both"
    }
    /// How a nicotine course ended.
    NicotineOutcome {
        Stopped = "stopped",
        Reduced = "reduced",
        Unchanged = "unchanged",
        Unknown = "unknown"
    }
    /// Class of alcohol use.
    AlcoholClass {
        None = "none",
        Storforbrug = "storforbrug",
        Skadeligt = "skadeligt",
        Afhaengighed = "afhaengighed"
    }
    /// Goal of an alcohol talk.
    AlcoholGoal {
        Reduction = "reduction",
        Stop = "stop",
        None = "none"
    }
    /// Answer to the offer of alcohol treatment.
    TreatmentAnswer {
        Accepted = "accepted",
        Declined = "declined",
        Later = "later"
    }
    /// Whether relatives take part.
    RelativeAnswer {
        Yes = "yes",
        No = "no",
        HasNone = "has_none",
        Later = "later"
    }
    /// Decision about coordination.
    CoordinationDecision {
        Needed = "needed",
        NotNeeded = "not_needed",
        Done = "done"
    }
    /// Kind of a message.
    MessageKind {
        Receipt = "receipt",
        Query = "query",
        Invitation = "invitation",
        Offer = "offer",
        Plan = "plan",
        Feedback = "feedback",
        ClosingStatus = "closing_status",
        OtherOfferNotice = "other_offer_notice",
        ReferralOnward = "referral_onward",
        Letter = "letter"
    }
    /// The ground on which a message is sent.
    LegalBasis {
        Consent = "consent",
        Section41Treatment = "section41_treatment",
        Section41Other = "section41_other",
        Law = "law"
    }
    /// Kind of a bridging action.
    BridgingKind {
        Raadgivning = "raadgivning",
        Besoeg = "besoeg",
        Foelgeskab = "foelgeskab",
        Introforloeb = "introforloeb",
        Oevrig = "oevrig"
    }
}
