//! What can stand in the way of a change of a team.

/// Why something cannot be done with a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TeamError {
    /// All seats are taken.
    #[error("the team is full")]
    Full,
    /// The citizen has a seat already.
    #[error("the citizen is on the team")]
    AlreadyEnrolled,
    /// The intervention is another than the team delivers.
    #[error("the team delivers another intervention")]
    OtherIntervention,
    /// Alcohol talks and other talks are never held in a team.
    #[error("this intervention is not delivered in teams")]
    NotInTeams,
    /// Attendance names somebody without a seat.
    #[error("somebody in the attendance has no seat")]
    NotEnrolled,
    /// Attendance names the same citizen twice.
    #[error("somebody stands twice in the attendance")]
    NamedTwice,
    /// No such session.
    #[error("the session is not one of the team's")]
    NoSuchSession,
    /// Attendance was taken before.
    #[error("attendance is taken already")]
    AlreadyTaken,
    /// Attendance that is to be corrected was never taken.
    #[error("attendance is not taken yet")]
    NotTaken,
    /// A session ends before it starts.
    #[error("the session ends before it starts")]
    EndsBeforeStart,
    /// The session is called off.
    #[error("the session is cancelled")]
    Cancelled,
    /// The citizen has been offered a seat and has not answered.
    #[error("the citizen has an open offer of a seat")]
    AlreadyOffered,
    /// No such offer.
    #[error("the offer is not one of the team's")]
    NoSuchOffer,
    /// The offer was answered, or withdrawn.
    #[error("the offer is answered already")]
    OfferAnswered,
    /// The last moment to answer has passed.
    #[error("the offer has expired")]
    OfferExpired,
    /// The last moment to answer lies before the offer.
    #[error("the offer ends before it is made")]
    AnswerBeforeOffer,
    /// The day of the session is over.
    #[error("the day of the session is over")]
    DayOver,
}

impl TeamError {
    /// What staff read.
    pub const fn user_message(self) -> &'static str {
        match self {
            Self::Full => "Holdet er fuldt.",
            Self::AlreadyEnrolled => "Borgeren er allerede på holdet.",
            Self::OtherIntervention => "Holdet leverer en anden indsats end den bevilgede.",
            Self::NotInTeams => "Indsatsen er altid individuel og kan ikke leveres på hold.",
            Self::NotEnrolled => "En af deltagerne er ikke på holdet.",
            Self::NamedTwice => "En af deltagerne står to gange i fremmødet.",
            Self::NoSuchSession => "Holdgangen findes ikke på dette hold.",
            Self::AlreadyTaken => "Fremmødet er allerede registreret. Ret den enkelte kontakt.",
            Self::NotTaken => "Fremmødet er ikke taget endnu, så der er ikke noget at rette.",
            Self::EndsBeforeStart => "Sluttidspunktet ligger før starttidspunktet.",
            Self::Cancelled => "Holdgangen er aflyst.",
            Self::AlreadyOffered => "Borgeren har allerede fået tilbudt en plads og har ikke svaret endnu.",
            Self::NoSuchOffer => "Tilbuddet findes ikke på dette hold.",
            Self::OfferAnswered => "Tilbuddet er allerede besvaret. Se, hvem der har fået pladsen.",
            Self::OfferExpired => {
                "Svarfristen er udløbet, og pladsen er gået videre. Borgeren står stadig på ventelisten."
            }
            Self::DayOver => "Dagen for holdgangen er gået. En gæsteinstruktør har kun adgang den dag.",
            Self::AnswerBeforeOffer => "Svarfristen skal ligge efter i dag.",
        }
    }
}
