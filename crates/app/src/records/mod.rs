//! Records as the store keeps them: every entity of the domain is a row of versions, and its newest state a row of a
//! table that lists and analysts read. Here stands what each entity is called and which columns it shows.

mod found;
mod load;
mod one;
mod projections;
mod projections_asked;
mod projections_together;
mod since;

use domain::activity::{Activity, ActivityGap};
use domain::adaptation::Adaptations;
use domain::bridge::Bridge;
use domain::calendar::{Appointment, PractitionerRole};
use domain::care_plan::CarePlan;
use domain::checklist::Checklist;
use domain::citizen::Citizen;
use domain::condition::Condition;
use domain::consent::Consent;
use domain::contact::ContactAttempt;
use domain::cooperation::{ConsultantNote, Estimate, Meeting, PackSchedule, PracticeNews};
use domain::coordination::Coordination;
use domain::course::Course;
use domain::digital_course::DigitalCourse;
use domain::encounter::Encounter;
use domain::follow_up::FollowUp;
use domain::goal::Goal;
use domain::improvement::ImprovementBoard;
use domain::limits::Limits;
use domain::notification::NotificationDecision;
use domain::offer::Offer;
use domain::organization::Organization;
use domain::planned_intervention::PlannedIntervention;
use domain::relatives::RelativesTerms;
use domain::response::Response;
use domain::safety::{Acknowledgement, SafetyAnswers};
use domain::service_request::{FocusCondition, ServiceRequest};
use domain::stop_course::StopCourse;
use domain::stratification::Stratification;
use domain::supplier::{SupplierAgreement, SupplierEnrolment};
use domain::task::TaskKind;
use domain::team::Team;
use domain::workdays::ExtraClosedDays;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use store::{NewVersion, Row, StoreError, Tx, Versioned};
use uuid::Uuid;

use found::by_id;
use load::Kept;
pub(crate) use load::of_nobody;
pub use load::{CitizenRecord, citizen_record, citizen_record_before, each_citizen_record};
pub use one::{citizen_of, one};
pub use projections::worklist_of;
pub(crate) use projections::{owner_user, phone_key};
pub use since::Since;

use crate::AppError;
use crate::extracts::ResearchExtract;
use crate::quality::{Declaration, StandardSettings};
use crate::questions::SavedQuestion;

/// A request with the diagnoses that came with it: they live and change together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredRequest {
    /// The request.
    pub request: ServiceRequest,
    /// Its referral diagnoses.
    pub focus: Vec<FocusCondition>,
    /// What happens next and by when; none once it is closed or joined to a course.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<NextStep>,
}

/// The next step of an open request, as its list row and its task show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextStep {
    /// What to do.
    pub kind: TaskKind,
    /// By when.
    pub due_on: Date,
    /// The rule that says so.
    pub rule: String,
}

impl StoredRequest {
    /// A request with its next step by the organization's limits.
    pub fn new(request: ServiceRequest, focus: Vec<FocusCondition>, limits: &Limits) -> Self {
        let spec = domain::task::for_referral(&request, limits, ExtraClosedDays::default());
        let next = spec.map(|s| NextStep { kind: s.kind, due_on: s.due_on, rule: s.rule.to_owned() });
        Self { request, focus, next }
    }
}

/// The file of an instrument that a municipality loaded. A file is never edited: a change is a file of a newer version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadedInstrument {
    /// Stable id.
    pub id: Uuid,
    /// The text of the file.
    pub file: String,
}

/// An entity that the store keeps.
pub trait Record: Clone + Serialize + DeserializeOwned + Send + 'static {
    /// Stable word.
    const KIND: &'static str;
    /// Whether a change of it may belong in a report.
    const REPORTABLE: bool;
    /// About whom; nil for records about no citizen.
    fn citizen(&self) -> Uuid;
    /// Which.
    fn id(&self) -> Uuid;
    /// Writes the row that lists and analysts read; nothing for entities that only show in the citizen's record.
    fn project(&self, tx: &mut Tx<'_>, version: i64) -> Result<(), StoreError>;
    /// Puts a new version in its place in the citizen's record; nothing for records about no citizen.
    fn enter(self, version: i64, record: &mut CitizenRecord);
    /// The one of an id in a citizen's record.
    fn found(id: Uuid, record: &CitizenRecord) -> Option<Versioned<Self>>;
}

/// The record that a text of the store holds.
pub(crate) fn parsed<R: Record>(text: &str) -> Result<R, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable { what: R::KIND })
}

/// The record that the next column of a row holds.
pub(crate) fn content<R: Record>(row: &mut Row<'_>) -> Result<R, StoreError> {
    parsed(&row.text()?)
}

/// The same with its version, in the column before.
pub(crate) fn versioned<R: Record>(row: &mut Row<'_>) -> Result<Versioned<R>, StoreError> {
    Ok(Versioned { version: row.take()?, value: content(row)? })
}

/// Stores a new entity.
pub fn add<R: Record>(tx: &mut Tx<'_>, record: &R) -> Result<i64, StoreError> {
    save(tx, 0, record)
}

/// Stores the next version of an entity, built on the one that was read.
pub fn save<R: Record>(tx: &mut Tx<'_>, builds_on: i64, record: &R) -> Result<i64, StoreError> {
    let new = NewVersion { kind: R::KIND, citizen: record.citizen(), id: record.id(), builds_on, content: record };
    // The table row comes first: versions of a citizen refer to nothing, but other tables refer to the citizen's row.
    record.project(tx, builds_on + 1)?;
    let version = tx.save(new)?;
    if record.citizen().is_nil() {
        if let Some(kept) = tx.kept(record.id()) {
            *kept = Versioned { version, value: record.clone() };
        }
    } else if let Some(kept) = tx.kept::<Kept>(record.citizen()) {
        kept.saved(record.clone(), version);
    }
    if R::REPORTABLE && tx.first_time(record.citizen()) {
        mark_changed(tx, domain::workdays::local_date(tx.scope().at), record.citizen())?;
    }
    Ok(version)
}

/// Stores the next version when it differs from what was read.
pub fn save_if_changed<R: Record + PartialEq>(
    tx: &mut Tx<'_>,
    before: &Versioned<R>,
    now: &R,
) -> Result<i64, StoreError> {
    if before.value == *now { Ok(before.version) } else { save(tx, before.version, now) }
}

/// Refuses a change that was not built on the version that is the newest; one that does not say what it was built on goes on.
pub(crate) fn expect(expected: impl Into<Option<i64>>, found: i64) -> Result<(), AppError> {
    match expected.into() {
        Some(expected) if expected != found => Err(AppError::Changed { expected, found }),
        _ => Ok(()),
    }
}

/// Puts a new version in the place of the one before it; a new thing in the order of their coming into being.
fn enter<R: Record>(new: Versioned<R>, all: &mut Vec<Versioned<R>>) {
    match all.binary_search_by_key(&new.value.id(), |known| known.value.id()) {
        Ok(at) => all[at] = new,
        Err(at) => all.insert(at, new),
    }
}

fn mark_changed(tx: &mut Tx<'_>, day: Date, citizen: Uuid) -> Result<(), StoreError> {
    const SQL: &str = "insert into changed_day (organization, day, citizen, at) values ($1, $2, $3, $4)
        on conflict (organization, day, citizen) do update set at = excluded.at";
    let at = tx.scope().at;
    tx.execute(SQL, &[day.into(), citizen.into(), at.into()]).map(|_| ())
}

/// One entity: its word, about whom a value is, which it is, whether its change may belong in a report, the row of it, and its
/// place in a citizen's record.
macro_rules! record {
    ($type:ty, $kind:literal, $reportable:literal, $citizen:expr, $id:expr, $project:expr, $enter:expr, $found:expr) => {
        impl Record for $type {
            const KIND: &'static str = $kind;
            const REPORTABLE: bool = $reportable;
            fn citizen(&self) -> Uuid {
                let citizen: fn(&Self) -> Uuid = $citizen;
                citizen(self)
            }
            fn id(&self) -> Uuid {
                let id: fn(&Self) -> Uuid = $id;
                id(self)
            }
            fn project(&self, tx: &mut Tx<'_>, version: i64) -> Result<(), StoreError> {
                $project(self, tx, version)
            }
            fn enter(self, version: i64, record: &mut CitizenRecord) {
                let enter: fn(Versioned<Self>, &mut CitizenRecord) = $enter;
                enter(Versioned { version, value: self }, record);
            }
            fn found(id: Uuid, record: &CitizenRecord) -> Option<Versioned<Self>> {
                let found: fn(Uuid, &CitizenRecord) -> Option<Versioned<Self>> = $found;
                found(id, record)
            }
        }
    };
}

/// Something of a citizen that has an id of its own.
macro_rules! of_citizen {
    ($type:ty, $kind:literal, $reportable:literal, $place:ident, $project:expr) => {
        record!(
            $type,
            $kind,
            $reportable,
            |it| it.citizen.0,
            |it| it.id.0,
            $project,
            |new, of| enter(new, &mut of.$place),
            |id, of| by_id(&of.$place, id).ok().cloned()
        );
    };
}

/// Something of a citizen that shows only in their record; `$id` says which it is.
macro_rules! of_record {
    ($type:ty, $kind:literal, $place:ident, $id:expr) => {
        record!(
            $type,
            $kind,
            false,
            |it| it.citizen.0,
            $id,
            nowhere,
            |new, of| enter(new, &mut of.$place),
            |id, of| by_id(&of.$place, id).ok().cloned()
        );
    };
}

/// Something of the municipality, about no citizen.
macro_rules! of_nobody {
    ($type:ty, $kind:literal, $id:expr, $project:expr) => {
        record!($type, $kind, false, |_| Uuid::nil(), $id, $project, |_, _| {}, |_, _| None);
    };
}

/// Shows in no table of its own.
#[expect(clippy::unnecessary_wraps, reason = "it stands where a projection stands")]
fn nowhere<T>(_: &T, _: &mut Tx<'_>, _: i64) -> Result<(), StoreError> {
    Ok(())
}

record!(
    Citizen,
    "citizen",
    true,
    |it| it.id.0,
    |it| it.id.0,
    projections::citizen,
    |new, of| of.citizen = new,
    |id, of| Some(of.citizen.clone()).filter(|it| it.value.id.0 == id)
);
record!(
    StoredRequest,
    "service_request",
    true,
    |it| it.request.citizen.0,
    |it| it.request.id.0,
    projections::service_request,
    |new, of| enter(new, &mut of.requests),
    |id, of| by_id(&of.requests, id).ok().cloned()
);

of_citizen!(Course, "course", true, courses, projections::course);
of_citizen!(CarePlan, "care_plan", true, care_plans, projections::care_plan);
of_citizen!(PlannedIntervention, "planned_intervention", true, interventions, projections::planned_intervention);
of_citizen!(Encounter, "encounter", true, encounters, projections::encounter);
of_citizen!(Condition, "condition", true, conditions, projections::condition);
of_citizen!(Goal, "goal", false, goals, nowhere);
of_citizen!(Consent, "consent", false, consents, projections_asked::consent);
of_citizen!(ContactAttempt, "contact_attempt", false, attempts, nowhere);
of_citizen!(FollowUp, "follow_up", false, follow_ups, nowhere);
of_citizen!(Response, "response", false, responses, projections_asked::response);
of_citizen!(Appointment, "appointment", false, appointments, projections::appointment);
of_citizen!(Bridge, "bridge", false, bridges, projections::bridge);
of_citizen!(Coordination, "coordination", false, coordinations, projections_together::coordination);
// Has the id of the intervention that it delivers.
record!(
    SupplierEnrolment,
    "supplier_enrolment",
    false,
    |it| it.citizen.0,
    |it| it.intervention.0,
    projections_together::supplier_enrolment,
    |new, of| enter(new, &mut of.supplier_enrolments),
    |id, of| by_id(&of.supplier_enrolments, id).ok().cloned()
);

of_record!(SafetyAnswers, "safety_answers", safety_answers, |it| it.course.0);
of_record!(Acknowledgement, "acknowledgement", acknowledgements, |it| it.id);
of_record!(Checklist, "checklist", checklists, |it| it.intervention.0);
of_record!(Stratification, "stratification", stratifications, |it| it.id);
of_record!(DigitalCourse, "digital_course", digital_courses, |it| it.intervention.0);
of_record!(RelativesTerms, "relatives_terms", relatives, |it| it.course.0);
of_record!(Adaptations, "adaptations", adaptations, |it| it.citizen.0);
of_record!(StopCourse, "stop_course", stop_courses, |it| it.intervention.0);
of_record!(NotificationDecision, "notification", notifications, |it| it.id.0);

of_nobody!(Organization, "partner", |it| it.id.0, projections::partner);
of_nobody!(Activity, "activity", |it| it.id.0, projections::activity);
of_nobody!(ActivityGap, "activity_gap", |it| it.id.0, projections::activity_gap);
of_nobody!(Team, "team", |it| it.id.0, projections::team);
of_nobody!(Offer, "offer", |it| it.id.0, projections::offer);
of_nobody!(SupplierAgreement, "supplier_agreement", |it| it.supplier.0, projections_together::supplier_agreement);
// Read whole from their versions: there are as many as there are staff, and few instruments that a municipality loaded.
of_nobody!(PractitionerRole, "practitioner_role", |it| it.id.0, nowhere);
of_nobody!(LoadedInstrument, "instrument", |it| it.id, nowhere);
of_nobody!(Declaration, "declaration", |it| it.id, nowhere);
of_nobody!(SavedQuestion, "question", |it| it.id, nowhere);
of_nobody!(ResearchExtract, "research_extract", |it| it.id, nowhere);
of_nobody!(ImprovementBoard, "improvement_board", |it| it.id.0, nowhere);
// A few meetings, notes and pieces of news a year.
of_nobody!(Meeting, "meeting", |it| it.id.0, nowhere);
of_nobody!(ConsultantNote, "consultant_note", |it| it.id.0, nowhere);
of_nobody!(PracticeNews, "practice_news", |it| it.id.0, nowhere);
of_nobody!(Estimate, "estimate", |it| it.id.0, nowhere);
of_nobody!(PackSchedule, "pack_schedule", |it| it.id.0, nowhere);
// One a municipality.
of_nobody!(StandardSettings, "standard_settings", |_| Uuid::nil(), nowhere);
