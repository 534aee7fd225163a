//! What can stand in the way of a command: one enum, so that pages and API answer alike.
//!
//! Pages show [`AppError::user_message`]; the API gives [`AppError::code`], which is stable. Nothing here holds a name
//! or a CPR number.

use axum::http::StatusCode;
use domain::bridge::BridgeError;
use domain::calendar::{AppointmentError, HoursError};
use domain::care_plan::PlanError;
use domain::consent::SendRefused;
use domain::course::CourseError;
use domain::encounter::EncounterError;
use domain::offer::OfferError;
use domain::planned_intervention::GrantError;
use domain::referral::{NotTold, ReferralError, RouteError};
use domain::supplier::SupplierError;
use domain::team::TeamError;
use store::StoreError;

/// Why a command was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Nothing of that id, for this organization.
    #[error("{0} not found")]
    NotFound(&'static str),
    /// Somebody changed it first.
    #[error("version {expected} was expected, the record has {found}")]
    Changed {
        /// The version the change built on.
        expected: i64,
        /// The version there is.
        found: i64,
    },
    /// A field of the request.
    #[error("field {field}: {code}")]
    Field {
        /// Which field.
        field: &'static str,
        /// Stable code.
        code: &'static str,
        /// Danish text.
        message: String,
    },
    /// A rule about requests.
    #[error(transparent)]
    Referral(#[from] ReferralError),
    /// A rule about the first step.
    #[error(transparent)]
    Route(#[from] RouteError),
    /// A rule about courses.
    #[error(transparent)]
    Course(#[from] CourseError),
    /// A rule about plans and interventions.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A rule about granting.
    #[error(transparent)]
    Grant(#[from] GrantError),
    /// A rule about contacts.
    #[error(transparent)]
    Encounter(#[from] EncounterError),
    /// A rule about times in the calendar.
    #[error(transparent)]
    Appointment(#[from] AppointmentError),
    /// A rule about working hours.
    #[error(transparent)]
    Hours(#[from] HoursError),
    /// A rule about teams.
    #[error(transparent)]
    Team(#[from] TeamError),
    /// A rule about the way to an association.
    #[error(transparent)]
    Bridge(#[from] BridgeError),
    /// A rule about offers.
    #[error(transparent)]
    Offer(#[from] OfferError),
    /// A rule about suppliers.
    #[error(transparent)]
    Supplier(#[from] SupplierError),
    /// A rule about consent.
    #[error(transparent)]
    Send(#[from] SendRefused),
    /// The sender of a request cannot be told how it ended.
    #[error(transparent)]
    NotTold(#[from] NotTold),
    /// Something the rules do not allow, with a code of its own.
    #[error("{code}")]
    Rule {
        /// Stable code.
        code: &'static str,
        /// Danish text.
        message: &'static str,
    },
    /// A report cannot be built.
    #[error(transparent)]
    Report(#[from] fhir_gateway::BuildError),
    /// A letter cannot be written.
    #[error("the letter cannot be written: {0}")]
    Letter(#[from] medcom::WriteError),
    /// Not logged in.
    #[error("not logged in")]
    NotLoggedIn,
    /// Logged in, without the right.
    #[error("permission {0} is missing")]
    Forbidden(&'static str),
    /// The request itself is not readable.
    #[error("unreadable request: {0}")]
    Unreadable(&'static str),
    /// Larger than the limit.
    #[error("larger than the limit")]
    TooLarge,
    /// The store failed.
    #[error("the store failed")]
    Store(#[source] StoreError),
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Changed { expected, found } => Self::Changed { expected, found },
            StoreError::Conflict | StoreError::Exists => Self::Changed { expected: 0, found: 0 },
            other => Self::Store(other),
        }
    }
}

impl AppError {
    /// A field that is missing or wrong.
    pub fn field(field: &'static str, code: &'static str, message: impl Into<String>) -> Self {
        Self::Field { field, code, message: message.into() }
    }

    /// The error, to be said at the form that was sent; what no form can mend goes on as it is.
    ///
    /// # Errors
    /// Itself, when the thing is not there, the caller has no right to it, or the store failed.
    pub(crate) fn at_the_form(self) -> Result<Self, Self> {
        match self {
            Self::NotFound(_) | Self::Store(_) | Self::Forbidden(_) => Err(self),
            error => Ok(error),
        }
    }

    /// Stable code for machines.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "not_found",
            Self::Changed { .. } => "changed",
            Self::Field { code, .. } | Self::Rule { code, .. } => code,
            Self::Referral(ReferralError::AlreadyHandled(_)) => "already_handled",
            Self::Referral(_) => "referral_rule",
            Self::Route(_) => "route_rule",
            Self::Course(CourseError::TalkIncomplete(_)) => "talk_incomplete",
            Self::Course(CourseError::Blocked(_)) => "close_blocked",
            Self::Course(_) => "course_rule",
            Self::Plan(_) => "plan_rule",
            Self::Grant(_) => "grant_rule",
            Self::Encounter(_) => "encounter_rule",
            Self::Appointment(AppointmentError::Taken) => "time_taken",
            Self::Appointment(_) => "appointment_rule",
            Self::Hours(_) => "hours_rule",
            Self::Team(_) => "team_rule",
            Self::Bridge(_) => "bridge_rule",
            Self::Offer(_) => "offer_rule",
            Self::Supplier(SupplierError::ResultsMissing) => "results_missing",
            Self::Supplier(_) => "supplier_rule",
            Self::Send(_) | Self::NotTold(NotTold::Refused(_)) => "consent_missing",
            Self::NotTold(NotTold::NoSender | NotTold::NoAddress) => "sender_cannot_receive",
            Self::NotTold(NotTold::AlreadyTold) => "already_told",
            Self::NotTold(NotTold::NothingToTell) => "nothing_to_tell",
            Self::Report(_) => "report_not_possible",
            Self::Letter(_) => "letter_not_possible",
            Self::NotLoggedIn => "not_logged_in",
            Self::Forbidden(_) => "forbidden",
            Self::Unreadable(_) => "unreadable",
            Self::TooLarge => "too_large",
            Self::Store(_) => "store_failed",
        }
    }

    /// HTTP status.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Changed { .. } | Self::Appointment(AppointmentError::Taken) => StatusCode::CONFLICT,
            Self::NotLoggedIn => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// HTTP status of a form that comes back: what a colleague changed first is a conflict, all else is to be mended in it.
    pub const fn form_status(&self) -> StatusCode {
        match self.status() {
            StatusCode::CONFLICT => StatusCode::CONFLICT,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// What people read: what is wrong and what to do.
    pub fn user_message(&self) -> String {
        match self {
            Self::NotFound(_) => "Det, du søger, findes ikke her. Gå tilbage, og prøv igen.".into(),
            Self::Changed { .. } => "En kollega har gemt imens. Genindlæs siden, og se hvad der er ændret.".into(),
            Self::Field { message, .. } => message.clone(),
            Self::Rule { message, .. } => (*message).into(),
            Self::Referral(error) => error.user_message(),
            Self::Route(error) => error.user_message().into(),
            Self::Course(error) => error.user_message(),
            Self::Plan(error) => error.user_message().into(),
            Self::Grant(error) => error.user_message().into(),
            Self::Encounter(error) => error.user_message().into(),
            Self::Appointment(error) => error.user_message(),
            Self::Hours(error) => error.user_message().into(),
            Self::Team(error) => error.user_message().into(),
            Self::Bridge(error) => error.user_message().into(),
            Self::Offer(error) => error.user_message(),
            Self::Supplier(error) => error.user_message(),
            Self::Send(error) => error.user_message().into(),
            Self::NotTold(error) => error.user_message().into(),
            Self::Report(error) => error.user_message().into(),
            Self::Letter(_) => {
                "Brevet kan ikke skrives, fordi et felt er for langt. Forkort teksten, og prøv igen.".into()
            }
            Self::NotLoggedIn => "Du er ikke logget ind. Log ind, og prøv igen.".into(),
            Self::Forbidden(_) => "Din rolle giver ikke adgang til dette. Spørg din leder.".into(),
            Self::Unreadable(_) => "Forespørgslen kunne ikke læses.".into(),
            Self::TooLarge => "Filen er for stor.".into(),
            Self::Store(_) => "Noget gik galt hos os. Intet er gemt. Prøv igen om lidt.".into(),
        }
    }
}
