//! Reading records: all that is kept of a citizen in one query.

use std::sync::Arc;

use domain::adaptation::Adaptations;
use domain::bridge::Bridge;
use domain::calendar::Appointment;
use domain::care_plan::CarePlan;
use domain::checklist::Checklist;
use domain::citizen::Citizen;
use domain::condition::Condition;
use domain::consent::Consent;
use domain::contact::ContactAttempt;
use domain::coordination::Coordination;
use domain::course::Course;
use domain::digital_course::DigitalCourse;
use domain::encounter::Encounter;
use domain::follow_up::FollowUp;
use domain::goal::Goal;
use domain::ids::CitizenId;
use domain::notification::NotificationDecision;
use domain::planned_intervention::PlannedIntervention;
use domain::relatives::RelativesTerms;
use domain::response::Response;
use domain::safety::{Acknowledgement, SafetyAnswers};
use domain::stop_course::StopCourse;
use domain::stratification::Stratification;
use domain::supplier::SupplierEnrolment;
use jiff::Timestamp;
use store::{Row, StoreError, Tx, Value, Versioned};
use uuid::Uuid;

use super::since::{Finding, Since};
use super::{Record, StoredRequest, versioned};
use crate::AppError;

/// Everything that is kept of a citizen, each thing in its newest version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitizenRecord {
    /// The citizen.
    pub citizen: Versioned<Citizen>,
    /// Requests, oldest first.
    pub requests: Vec<Versioned<StoredRequest>>,
    /// Courses.
    pub courses: Vec<Versioned<Course>>,
    /// Courses of interventions.
    pub care_plans: Vec<Versioned<CarePlan>>,
    /// Interventions.
    pub interventions: Vec<Versioned<PlannedIntervention>>,
    /// Contacts.
    pub encounters: Vec<Versioned<Encounter>>,
    /// Conditions.
    pub conditions: Vec<Versioned<Condition>>,
    /// Goals.
    pub goals: Vec<Versioned<Goal>>,
    /// Consents.
    pub consents: Vec<Versioned<Consent>>,
    /// Attempts at contact.
    pub attempts: Vec<Versioned<ContactAttempt>>,
    /// Follow-ups.
    pub follow_ups: Vec<Versioned<FollowUp>>,
    /// Times of talks, oldest booking first.
    pub appointments: Vec<Versioned<Appointment>>,
    /// What was answered for the safety rules, by course.
    pub safety_answers: Vec<Versioned<SafetyAnswers>>,
    /// Warnings that were set aside with a reason.
    pub acknowledgements: Vec<Versioned<Acknowledgement>>,
    /// What is ticked of each intervention.
    pub checklists: Vec<Versioned<Checklist>>,
    /// Levels of support, the oldest first.
    pub stratifications: Vec<Versioned<Stratification>>,
    /// What is done differently for the citizen; at most one.
    pub adaptations: Vec<Versioned<Adaptations>>,
    /// Answered instruments, in the order they were recorded.
    pub responses: Vec<Versioned<Response>>,
    /// Ways to associations.
    pub bridges: Vec<Versioned<Bridge>>,
    /// What is kept of nicotine interventions.
    pub stop_courses: Vec<Versioned<StopCourse>>,
    /// Decisions about notifications, the oldest first.
    pub notifications: Vec<Versioned<NotificationDecision>>,
    /// Interventions that a supplier has or had.
    pub supplier_enrolments: Vec<Versioned<SupplierEnrolment>>,
    /// Courses of other departments.
    pub coordinations: Vec<Versioned<Coordination>>,
    /// What was said about relatives, by course.
    pub relatives: Vec<Versioned<RelativesTerms>>,
    /// Interventions that are delivered digitally.
    pub digital_courses: Vec<Versioned<DigitalCourse>>,
}

/// What a statement gives of one citizen, the newest version of each thing before its older ones, which are passed by.
fn newest(tx: &mut Tx<'_>, sql: &'static str, values: &[Value<'_>]) -> Result<CitizenRecord, AppError> {
    let mut own = Newest::default();
    tx.query(sql, values, |row| {
        let id = row.take()?;
        own.take(id, row)
    })?;
    own.record().ok_or(AppError::NotFound("citizen"))
}

/// The whole record of a citizen as it stands now. A command asks several times, each part of it for itself: it is read once,
/// and what is saved is entered in it.
pub fn citizen_record(tx: &mut Tx<'_>, citizen: CitizenId) -> Result<Arc<CitizenRecord>, AppError> {
    if let Some(kept) = tx.kept(citizen.0).map(Kept::now) {
        debug_assert!(*kept == read(tx, citizen)?, "what was entered is what was saved");
        return Ok(kept);
    }
    let record = Arc::new(read(tx, citizen)?);
    tx.keep(citizen.0, Kept { record: Arc::clone(&record), saved: Vec::new() });
    Ok(record)
}

/// A record that was asked for, and what was saved since. It is entered when somebody asks again: whoever asked before mostly
/// holds the record while they save, and it would have to be copied for them.
pub(super) struct Kept {
    record: Arc<CitizenRecord>,
    saved: Vec<Entering>,
}

/// Enters something that was saved.
type Entering = Box<dyn FnOnce(&mut CitizenRecord) + Send>;

impl Kept {
    pub(super) fn saved<R: Record>(&mut self, new: R, version: i64) {
        self.saved.push(Box::new(move |record| new.enter(version, record)));
    }

    pub(super) fn now(&mut self) -> Arc<CitizenRecord> {
        if !self.saved.is_empty() {
            let record = Arc::make_mut(&mut self.record);
            self.saved.drain(..).for_each(|enter| enter(record));
        }
        Arc::clone(&self.record)
    }
}

fn read(tx: &mut Tx<'_>, citizen: CitizenId) -> Result<CitizenRecord, AppError> {
    // Ids are of version 7, so their order is that of coming into being.
    const SQL: &str = "select id, kind, version, content from record_version where organization = $1 and citizen = $2
        order by kind desc, id desc, version desc";
    newest(tx, SQL, &[citizen.0.into()])
}

/// The whole record as it stood just before an instant; not found when there was none yet.
pub fn citizen_record_before(tx: &mut Tx<'_>, citizen: CitizenId, until: Timestamp) -> Result<CitizenRecord, AppError> {
    const SQL: &str = "select id, kind, version, content from record_version where organization = $1 and citizen = $2
        and at < $3 order by kind desc, id desc, version desc";
    newest(tx, SQL, &[citizen.0.into(), until.into()])
}

/// Hands over the whole records of the citizens whose ids lie after one and up to another, the newest citizen first. Each is put
/// together, looked at and let go before the next one is read: memory is that of one, and still warm.
pub fn each_citizen_record(
    tx: &mut Tx<'_>,
    after: CitizenId,
    until: CitizenId,
    mut look: impl FnMut(CitizenRecord, Since) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    const SQL: &str = "select citizen, id, kind, version, content, at from record_version
        where organization = $1 and citizen > $2 and citizen <= $3
        order by citizen desc, kind desc, id desc, version desc";
    let (mut whose, mut own) = (Uuid::nil(), Newest::default());
    tx.query(SQL, &[after.0.into(), until.0.into()], |row| {
        let (citizen, id): (Uuid, Uuid) = (row.take()?, row.take()?);
        if whose != citizen {
            whose = citizen;
            std::mem::take(&mut own).handed_to(&mut look)?;
        }
        own.take_dated(id, row)
    })?;
    own.handed_to(&mut look)
}

/// All records of a kind that is about no citizen as they stand now, in the order they came into being.
pub(crate) fn of_nobody<R: Record>(tx: &mut Tx<'_>) -> Result<Vec<Versioned<R>>, StoreError> {
    const SQL: &str = "select version, content from record_version r
        where organization = $1 and citizen = $2 and kind = $3
        and not exists (select 1 from record_version n where n.organization = $1 and n.citizen = r.citizen
            and n.kind = r.kind and n.id = r.id and n.version > r.version)
        order by id";
    tx.query(SQL, &[Uuid::nil().into(), R::KIND.into()], versioned)
}

/// A record while it is being put together, the newest thing first.
#[derive(Default)]
struct Newest {
    /// The kind and id of what was taken last.
    kind: String,
    id: Uuid,
    citizen: Option<Versioned<Citizen>>,
    rest: Rest,
    since: Finding,
}

impl Newest {
    /// Takes the next row from its kind on, unless a newer version of the same was taken; whether it took it.
    fn take(&mut self, id: Uuid, row: &mut Row<'_>) -> Result<bool, StoreError> {
        let kind = row.text()?;
        if self.id == id && self.kind == kind {
            return Ok(false);
        }
        self.id = id;
        if self.kind != kind {
            self.kind.clear();
            self.kind.push_str(&kind);
        }
        if kind == Citizen::KIND {
            self.citizen = Some(versioned(row)?);
        } else {
            self.rest.take(&kind, row)?;
        }
        Ok(true)
    }

    /// The same, and since when it has been so: after the content stands the instant it was written.
    fn take_dated(&mut self, id: Uuid, row: &mut Row<'_>) -> Result<(), StoreError> {
        if !self.take(id, row)? {
            return self.since.older(&self.kind, row);
        }
        match (self.kind.as_str(), &self.citizen, self.rest.safety_answers.last()) {
            (Citizen::KIND, Some(newest), _) => self.since.citizen(&newest.value, row),
            (SafetyAnswers::KIND, _, Some(newest)) => self.since.answers(&newest.value, row),
            _ => Ok(()),
        }
    }

    fn record(self) -> Option<CitizenRecord> {
        Some(self.rest.with(self.citizen?))
    }

    /// Hands over what was read; nothing when nothing was.
    fn handed_to(
        mut self,
        look: &mut impl FnMut(CitizenRecord, Since) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        if self.kind.is_empty() {
            return Ok(());
        }
        let since = std::mem::take(&mut self.since).found();
        look(self.record().ok_or(StoreError::Unreadable { what: Citizen::KIND })?, since)
    }
}

/// Contacts of a citizen there is room for from the first on, so that most are not moved for those that follow.
const USUAL_ENCOUNTERS: usize = 16;

/// Everything but the citizen, the newest first.
#[derive(Default)]
struct Rest {
    requests: Vec<Versioned<StoredRequest>>,
    courses: Vec<Versioned<Course>>,
    care_plans: Vec<Versioned<CarePlan>>,
    interventions: Vec<Versioned<PlannedIntervention>>,
    encounters: Vec<Versioned<Encounter>>,
    conditions: Vec<Versioned<Condition>>,
    goals: Vec<Versioned<Goal>>,
    consents: Vec<Versioned<Consent>>,
    attempts: Vec<Versioned<ContactAttempt>>,
    follow_ups: Vec<Versioned<FollowUp>>,
    appointments: Vec<Versioned<Appointment>>,
    safety_answers: Vec<Versioned<SafetyAnswers>>,
    acknowledgements: Vec<Versioned<Acknowledgement>>,
    checklists: Vec<Versioned<Checklist>>,
    stratifications: Vec<Versioned<Stratification>>,
    adaptations: Vec<Versioned<Adaptations>>,
    responses: Vec<Versioned<Response>>,
    bridges: Vec<Versioned<Bridge>>,
    stop_courses: Vec<Versioned<StopCourse>>,
    notifications: Vec<Versioned<NotificationDecision>>,
    supplier_enrolments: Vec<Versioned<SupplierEnrolment>>,
    coordinations: Vec<Versioned<Coordination>>,
    relatives: Vec<Versioned<RelativesTerms>>,
    digital_courses: Vec<Versioned<DigitalCourse>>,
}

impl Rest {
    fn take(&mut self, kind: &str, row: &mut Row<'_>) -> Result<(), StoreError> {
        match kind {
            StoredRequest::KIND => self.requests.push(versioned(row)?),
            Course::KIND => self.courses.push(versioned(row)?),
            CarePlan::KIND => self.care_plans.push(versioned(row)?),
            PlannedIntervention::KIND => self.interventions.push(versioned(row)?),
            Encounter::KIND => {
                if self.encounters.capacity() == 0 {
                    self.encounters.reserve(USUAL_ENCOUNTERS);
                }
                self.encounters.push(versioned(row)?);
            }
            Condition::KIND => self.conditions.push(versioned(row)?),
            Goal::KIND => self.goals.push(versioned(row)?),
            Consent::KIND => self.consents.push(versioned(row)?),
            ContactAttempt::KIND => self.attempts.push(versioned(row)?),
            FollowUp::KIND => self.follow_ups.push(versioned(row)?),
            Appointment::KIND => self.appointments.push(versioned(row)?),
            SafetyAnswers::KIND => self.safety_answers.push(versioned(row)?),
            Acknowledgement::KIND => self.acknowledgements.push(versioned(row)?),
            Checklist::KIND => self.checklists.push(versioned(row)?),
            Stratification::KIND => self.stratifications.push(versioned(row)?),
            Adaptations::KIND => self.adaptations.push(versioned(row)?),
            Response::KIND => self.responses.push(versioned(row)?),
            Bridge::KIND => self.bridges.push(versioned(row)?),
            StopCourse::KIND => self.stop_courses.push(versioned(row)?),
            NotificationDecision::KIND => self.notifications.push(versioned(row)?),
            SupplierEnrolment::KIND => self.supplier_enrolments.push(versioned(row)?),
            Coordination::KIND => self.coordinations.push(versioned(row)?),
            RelativesTerms::KIND => self.relatives.push(versioned(row)?),
            DigitalCourse::KIND => self.digital_courses.push(versioned(row)?),
            _ => return Err(StoreError::Unreadable { what: "kind of record" }),
        }
        Ok(())
    }

    fn with(self, citizen: Versioned<Citizen>) -> CitizenRecord {
        CitizenRecord {
            citizen,
            requests: oldest_first(self.requests),
            courses: oldest_first(self.courses),
            care_plans: oldest_first(self.care_plans),
            interventions: oldest_first(self.interventions),
            encounters: oldest_first(self.encounters),
            conditions: oldest_first(self.conditions),
            goals: oldest_first(self.goals),
            consents: oldest_first(self.consents),
            attempts: oldest_first(self.attempts),
            follow_ups: oldest_first(self.follow_ups),
            appointments: oldest_first(self.appointments),
            safety_answers: oldest_first(self.safety_answers),
            acknowledgements: oldest_first(self.acknowledgements),
            checklists: oldest_first(self.checklists),
            stratifications: oldest_first(self.stratifications),
            adaptations: oldest_first(self.adaptations),
            responses: oldest_first(self.responses),
            bridges: oldest_first(self.bridges),
            stop_courses: oldest_first(self.stop_courses),
            notifications: oldest_first(self.notifications),
            supplier_enrolments: oldest_first(self.supplier_enrolments),
            coordinations: oldest_first(self.coordinations),
            relatives: oldest_first(self.relatives),
            digital_courses: oldest_first(self.digital_courses),
        }
    }
}

fn oldest_first<T>(mut newest_first: Vec<T>) -> Vec<T> {
    newest_first.reverse();
    newest_first
}
