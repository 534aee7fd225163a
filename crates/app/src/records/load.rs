//! Reading records: one by its id, or all that is kept of a citizen in one query.

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
use store::{StoreError, Tx, Value, Versioned};
use uuid::Uuid;

use super::{Record, StoredRequest};
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

/// A version as it lies in the store.
struct Stored {
    kind: String,
    version: i64,
    content: String,
}

/// The versions of one citizen as they are read, in the order of kind, id and version: the newest of each thing stays. Older ones
/// are few, and asking the database for them row by row costs more than reading them.
#[derive(Default)]
struct Newest {
    rows: Vec<Stored>,
    last: Option<Uuid>,
}

impl Newest {
    fn push(&mut self, id: Uuid, row: Stored) {
        match self.rows.last_mut().filter(|before| self.last == Some(id) && before.kind == row.kind) {
            Some(before) => *before = row,
            None => self.rows.push(row),
        }
        self.last = Some(id);
    }
}

/// The newest of the versions of one citizen that a statement gives.
fn newest(tx: &mut Tx<'_>, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<Stored>, StoreError> {
    let mut own = Newest::default();
    tx.query(sql, values, |row| {
        own.push(row.take()?, read(row)?);
        Ok(())
    })?;
    Ok(own.rows)
}

/// The whole record of a citizen as it stands now.
pub fn citizen_record(tx: &mut Tx<'_>, citizen: CitizenId) -> Result<CitizenRecord, AppError> {
    // Ids are of version 7, so their order is that of coming into being.
    const SQL: &str = "select id, kind, version, content from record_version where organization = $1 and citizen = $2
        order by kind, id, version";
    assemble(newest(tx, SQL, &[citizen.0.into()])?)
}

/// The whole record as it stood just before an instant; not found when there was none yet.
pub fn citizen_record_before(tx: &mut Tx<'_>, citizen: CitizenId, until: Timestamp) -> Result<CitizenRecord, AppError> {
    const SQL: &str = "select id, kind, version, content from record_version where organization = $1 and citizen = $2
        and at < $3 order by kind, id, version";
    assemble(newest(tx, SQL, &[citizen.0.into(), until.into()])?)
}

/// The whole records of the citizens whose ids lie after one and up to another, in the order of their ids.
pub fn citizen_records(tx: &mut Tx<'_>, after: CitizenId, until: CitizenId) -> Result<Vec<CitizenRecord>, AppError> {
    const SQL: &str = "select citizen, id, kind, version, content from record_version
        where organization = $1 and citizen > $2 and citizen <= $3 order by citizen, kind, id, version";
    let mut all: Vec<(Uuid, Newest)> = Vec::new();
    tx.query(SQL, &[after.0.into(), until.0.into()], |row| {
        let (citizen, id): (Uuid, Uuid) = (row.take()?, row.take()?);
        if all.last().is_none_or(|(whose, _)| *whose != citizen) {
            all.push((citizen, Newest::default()));
        }
        let stored = read(row)?;
        if let Some((_, own)) = all.last_mut() {
            own.push(id, stored);
        }
        Ok(())
    })?;
    all.into_iter().map(|(_, own)| assemble(own.rows)).collect()
}

/// All records of a kind that is about no citizen as they stand now, in the order they came into being.
pub(crate) fn of_nobody<R: Record>(tx: &mut Tx<'_>) -> Result<Vec<Versioned<R>>, StoreError> {
    const SQL: &str = "select version, content from record_version r
        where organization = $1 and citizen = $2 and kind = $3
        and not exists (select 1 from record_version n where n.organization = $1 and n.citizen = r.citizen
            and n.kind = r.kind and n.id = r.id and n.version > r.version)
        order by id";
    tx.query(SQL, &[Uuid::nil().into(), R::KIND.into()], super::versioned)
}

/// One record of a citizen, or of nobody with the nil id.
pub fn one<R: Record>(tx: &mut Tx<'_>, citizen: Uuid, id: Uuid) -> Result<Option<Versioned<R>>, StoreError> {
    const SQL: &str = "select kind, version, content from record_version
        where organization = $1 and citizen = $2 and kind = $3 and id = $4 order by version desc limit 1";
    tx.first(SQL, &[citizen.into(), R::KIND.into(), id.into()], read)?.map(parse).transpose()
}

/// Whose a thing is, by its id; the table is one of those that carry a citizen.
pub fn citizen_of(tx: &mut Tx<'_>, what: &'static str, id: Uuid) -> Result<CitizenId, AppError> {
    let sql = match what {
        "service_request" => "select citizen from service_request where organization = $1 and id = $2",
        "course" => "select citizen from course where organization = $1 and id = $2",
        "care_plan" => "select citizen from care_plan where organization = $1 and id = $2",
        "planned_intervention" => "select citizen from planned_intervention where organization = $1 and id = $2",
        "encounter" => "select citizen from encounter where organization = $1 and id = $2",
        "appointment" => "select citizen from appointment where organization = $1 and id = $2",
        "response" => "select citizen from response where organization = $1 and id = $2",
        "bridge" => "select citizen from bridge where organization = $1 and id = $2",
        // A yes has had a task since it was decided.
        "notification" => {
            "select citizen from task where organization = $1 and subject = $2 and kind = 'send_notification'
                and citizen is not null limit 1"
        }
        "coordination" => "select citizen from coordination where organization = $1 and id = $2",
        // Each has had a task since it was agreed; done ones are kept.
        "follow_up" => {
            "select citizen from task where organization = $1 and subject = $2 and kind = 'follow_up'
                and citizen is not null limit 1"
        }
        "condition" => "select citizen from condition where organization = $1 and id = $2",
        _ => "select id from citizen where organization = $1 and id = $2",
    };
    let found = tx.first(sql, &[id.into()], |r| r.take::<Uuid>())?;
    found.map(CitizenId).ok_or(AppError::NotFound(what))
}

fn read(row: &mut store::Row<'_>) -> Result<Stored, StoreError> {
    Ok(Stored { kind: row.take()?, version: row.take()?, content: row.take()? })
}

fn parse<R: Record>(stored: Stored) -> Result<Versioned<R>, StoreError> {
    Ok(Versioned { version: stored.version, value: super::parsed(&stored.content)? })
}

fn assemble(rows: Vec<Stored>) -> Result<CitizenRecord, AppError> {
    let mut citizen = None;
    let mut record = Rest::default();
    for row in rows {
        if row.kind == Citizen::KIND {
            citizen = Some(parse(row)?);
        } else {
            record.take(row)?;
        }
    }
    let citizen = citizen.ok_or(AppError::NotFound("citizen"))?;
    Ok(record.with(citizen))
}

/// A record while it is being put together.
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
    fn take(&mut self, row: Stored) -> Result<(), StoreError> {
        match row.kind.as_str() {
            StoredRequest::KIND => self.requests.push(parse(row)?),
            Course::KIND => self.courses.push(parse(row)?),
            CarePlan::KIND => self.care_plans.push(parse(row)?),
            PlannedIntervention::KIND => self.interventions.push(parse(row)?),
            Encounter::KIND => self.encounters.push(parse(row)?),
            Condition::KIND => self.conditions.push(parse(row)?),
            Goal::KIND => self.goals.push(parse(row)?),
            Consent::KIND => self.consents.push(parse(row)?),
            ContactAttempt::KIND => self.attempts.push(parse(row)?),
            FollowUp::KIND => self.follow_ups.push(parse(row)?),
            Appointment::KIND => self.appointments.push(parse(row)?),
            SafetyAnswers::KIND => self.safety_answers.push(parse(row)?),
            Acknowledgement::KIND => self.acknowledgements.push(parse(row)?),
            Checklist::KIND => self.checklists.push(parse(row)?),
            Stratification::KIND => self.stratifications.push(parse(row)?),
            Adaptations::KIND => self.adaptations.push(parse(row)?),
            Response::KIND => self.responses.push(parse(row)?),
            Bridge::KIND => self.bridges.push(parse(row)?),
            StopCourse::KIND => self.stop_courses.push(parse(row)?),
            NotificationDecision::KIND => self.notifications.push(parse(row)?),
            SupplierEnrolment::KIND => self.supplier_enrolments.push(parse(row)?),
            Coordination::KIND => self.coordinations.push(parse(row)?),
            RelativesTerms::KIND => self.relatives.push(parse(row)?),
            DigitalCourse::KIND => self.digital_courses.push(parse(row)?),
            _ => return Err(StoreError::Unreadable { what: "kind of record" }),
        }
        Ok(())
    }

    fn with(self, citizen: Versioned<Citizen>) -> CitizenRecord {
        CitizenRecord {
            citizen,
            requests: self.requests,
            courses: self.courses,
            care_plans: self.care_plans,
            interventions: self.interventions,
            encounters: self.encounters,
            conditions: self.conditions,
            goals: self.goals,
            consents: self.consents,
            attempts: self.attempts,
            follow_ups: self.follow_ups,
            appointments: self.appointments,
            safety_answers: self.safety_answers,
            acknowledgements: self.acknowledgements,
            checklists: self.checklists,
            stratifications: self.stratifications,
            adaptations: self.adaptations,
            responses: self.responses,
            bridges: self.bridges,
            stop_courses: self.stop_courses,
            notifications: self.notifications,
            supplier_enrolments: self.supplier_enrolments,
            coordinations: self.coordinations,
            relatives: self.relatives,
            digital_courses: self.digital_courses,
        }
    }
}

impl CitizenRecord {
    /// The course that new requests join, when there is one.
    pub fn open_course(&self) -> Option<&Versioned<Course>> {
        self.courses.iter().find(|c| c.value.state.is_open())
    }

    /// A request by id.
    pub fn request(&self, id: domain::ids::ServiceRequestId) -> Result<&Versioned<StoredRequest>, AppError> {
        self.requests.iter().find(|r| r.value.request.id == id).ok_or(AppError::NotFound("service_request"))
    }

    /// A course by id.
    pub fn course(&self, id: domain::ids::CourseId) -> Result<&Versioned<Course>, AppError> {
        self.courses.iter().find(|c| c.value.id == id).ok_or(AppError::NotFound("course"))
    }

    /// A care plan by id.
    pub fn care_plan(&self, id: domain::ids::CarePlanId) -> Result<&Versioned<CarePlan>, AppError> {
        self.care_plans.iter().find(|p| p.value.id == id).ok_or(AppError::NotFound("care_plan"))
    }

    /// An intervention by id.
    pub fn intervention(
        &self,
        id: domain::ids::PlannedInterventionId,
    ) -> Result<&Versioned<PlannedIntervention>, AppError> {
        self.interventions.iter().find(|i| i.value.id == id).ok_or(AppError::NotFound("planned_intervention"))
    }

    /// An appointment by id.
    pub fn appointment(&self, id: domain::ids::AppointmentId) -> Result<&Versioned<Appointment>, AppError> {
        self.appointments.iter().find(|a| a.value.id == id).ok_or(AppError::NotFound("appointment"))
    }

    /// A response by id.
    pub fn response(&self, id: domain::ids::ResponseId) -> Result<&Versioned<Response>, AppError> {
        self.responses.iter().find(|r| r.value.id == id).ok_or(AppError::NotFound("response"))
    }

    /// A follow-up by id.
    pub fn follow_up(&self, id: domain::ids::FollowUpId) -> Result<&Versioned<FollowUp>, AppError> {
        self.follow_ups.iter().find(|f| f.value.id == id).ok_or(AppError::NotFound("follow_up"))
    }

    /// A way to an association by id.
    pub fn bridge(&self, id: domain::ids::BridgeId) -> Result<&Versioned<Bridge>, AppError> {
        self.bridges.iter().find(|b| b.value.id == id).ok_or(AppError::NotFound("bridge"))
    }

    /// The times that stand for a talk or an intervention, in no order.
    pub fn times_of(
        &self,
        planned: domain::ids::PlannedInterventionId,
    ) -> impl Iterator<Item = &Versioned<Appointment>> {
        self.appointments.iter().filter(move |a| a.value.intervention == planned && a.value.state.is_active())
    }

    /// The first time that stands for a talk or an intervention.
    pub fn time_of(&self, planned: domain::ids::PlannedInterventionId) -> Option<&Versioned<Appointment>> {
        self.times_of(planned).min_by_key(|a| a.value.start)
    }

    /// How an intervention is delivered digitally.
    pub fn digital_course(&self, id: domain::ids::PlannedInterventionId) -> Option<&Versioned<DigitalCourse>> {
        self.digital_courses.iter().find(|it| it.value.intervention == id)
    }

    /// What was said about relatives in a course.
    pub fn relatives_terms(&self, course: domain::ids::CourseId) -> Option<&Versioned<RelativesTerms>> {
        self.relatives.iter().find(|it| it.value.course == course)
    }

    /// What a supplier has or had of an intervention.
    pub fn supplier_enrolment(&self, id: domain::ids::PlannedInterventionId) -> Option<&Versioned<SupplierEnrolment>> {
        self.supplier_enrolments.iter().find(|it| it.value.intervention == id)
    }

    /// All consents, for the rules.
    pub fn consent_values(&self) -> Vec<Consent> {
        self.consents.iter().map(|c| c.value.clone()).collect()
    }
}
