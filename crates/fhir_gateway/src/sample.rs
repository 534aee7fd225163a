//! Synthetic records and reports for tests and measurements: seeded, so the same every time, and about nobody.
//!
//! Five kinds, as reports come in daily life: a first report, an assessment done, attendance, a second referral and a
//! course that was stopped. CPR numbers are those of the official test persons.

mod parts;

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

use domain::care_plan::{CarePlan, PlanStatus};
use domain::citizen::Citizen;
use domain::codes::{ConditionCode, DeliveryType, InterventionCode, StopReason};
use domain::condition::Condition;
use domain::encounter::{Encounter, EncounterBasis};
use domain::identifiers::SorId;
use domain::organization::Organization;
use domain::planned_intervention::PlannedIntervention;
use domain::referral::ReferralState;
use domain::service_request::{FocusCondition, ServiceRequest};

pub use parts::{
    Basis, care_plan, citizen, condition, encounter, focus_condition, intervention, organization, service_request, sor,
};

use crate::records::{Options, Records};
use crate::report::{BuildError, DeliveryReport, build};
use crate::reported::Reported;

/// A citizen's record that owns its parts.
#[derive(Debug, Clone)]
pub struct Record {
    /// Who keeps it.
    pub managing_organization: SorId,
    /// About whom.
    pub citizen: Citizen,
    /// Referrers and performers.
    pub organizations: Vec<Organization>,
    /// Requests.
    pub service_requests: Vec<ServiceRequest>,
    /// Referral diagnoses.
    pub focus_conditions: Vec<FocusCondition>,
    /// FSIII conditions.
    pub conditions: Vec<Condition>,
    /// Courses of interventions.
    pub care_plans: Vec<CarePlan>,
    /// Interventions.
    pub interventions: Vec<PlannedIntervention>,
    /// Contacts.
    pub encounters: Vec<Encounter>,
}

impl Record {
    /// An empty record.
    pub fn new(managing_organization: SorId, citizen: Citizen) -> Self {
        Self {
            managing_organization,
            citizen,
            organizations: Vec::new(),
            service_requests: Vec::new(),
            focus_conditions: Vec::new(),
            conditions: Vec::new(),
            care_plans: Vec::new(),
            interventions: Vec::new(),
            encounters: Vec::new(),
        }
    }

    /// The record as the builder reads it.
    pub fn records(&self) -> Records<'_> {
        Records {
            managing_organization: &self.managing_organization,
            citizen: &self.citizen,
            organizations: &self.organizations,
            service_requests: &self.service_requests,
            focus_conditions: &self.focus_conditions,
            conditions: &self.conditions,
            care_plans: &self.care_plans,
            interventions: &self.interventions,
            encounters: &self.encounters,
        }
    }
}

/// Random numbers by SplitMix64: small, fast and the same on every machine.
#[derive(Debug, Clone)]
pub struct Seed(u64);

impl Seed {
    /// Begins a row of numbers.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit.max(1)).unwrap_or(1);
        usize::try_from(self.next() % limit).unwrap_or(0)
    }

    /// One of these.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// A UUID of version 4.
    pub fn uuid(&mut self) -> Uuid {
        uuid::Builder::from_random_bytes(((u128::from(self.next()) << 64) | u128::from(self.next())).to_be_bytes())
            .into_uuid()
    }
}

/// A record with what was reported of it before, ready to be built.
#[derive(Debug, Clone)]
pub struct Case {
    /// The record.
    pub record: Record,
    /// What the gateway has.
    pub reported: Reported,
    /// Id of the report to come.
    pub bundle_id: Uuid,
    /// When it is assembled.
    pub assembled_at: Timestamp,
}

impl Case {
    /// Builds the report.
    pub fn build(&self, options: &Options<'_>) -> Result<Option<DeliveryReport>, BuildError> {
        build(&self.record.records(), options, &self.reported, self.bundle_id, self.assembled_at)
    }

    /// What was built is taken as accepted.
    fn accept(&mut self) {
        if let Ok(Some(report)) = self.build(&Options::default()) {
            self.reported.remember(&report.resources);
        }
    }
}

/// The `number`th case of a seed; the five kinds come in turn.
pub fn case(seed: u64, number: u64) -> Case {
    let mut story = Story::begin(Seed::new(seed.wrapping_add(number.wrapping_mul(0x5851_f42d_4c95_7f2d))));
    match number % 5 {
        0 => story.refer(InterventionCode::ClarifyingTalk),
        1 => {
            story.refer(InterventionCode::ClarifyingTalk);
            story.case.accept();
            story.assess();
        }
        2 => {
            story.refer(InterventionCode::ClarifyingTalk);
            story.assess();
            story.case.accept();
            story.attend();
        }
        3 => {
            story.refer(InterventionCode::ClarifyingTalk);
            story.assess();
            story.case.accept();
            story.refer(InterventionCode::NeedsTalk);
        }
        _ => {
            story.refer(InterventionCode::ClarifyingTalk);
            story.assess();
            story.case.accept();
            story.stop();
        }
    }
    story.case
}

/// `count` reports of a seed.
pub fn reports(seed: u64, count: u64) -> impl Iterator<Item = DeliveryReport> {
    (0..count).filter_map(move |number| case(seed, number).build(&Options::default()).ok().flatten())
}

/// A course of events on one record.
struct Story {
    seed: Seed,
    day: Date,
    basis: Basis,
    case: Case,
}

impl Story {
    fn begin(mut seed: Seed) -> Self {
        let day = date(2022, 1, 3).saturating_add(i64::try_from(seed.below(1400)).unwrap_or(0).days());
        let person = *seed.pick(&parts::TEST_PERSONS);
        let citizen = citizen(seed.uuid(), person);
        let performer = organization(seed.uuid(), "1037791000016002");
        let basis = Basis { citizen: citizen.id, course: seed.uuid().into(), performer: performer.id };
        let mut record = Record::new(sor("451000016003"), citizen);
        record.organizations.push(performer);
        let assembled_at = parts::at(day, 22);
        let bundle_id = seed.uuid();
        Self { seed, day, basis, case: Case { record, reported: Reported::default(), bundle_id, assembled_at } }
    }

    /// A letter from the doctor, and a talk planned.
    fn refer(&mut self, talk: InterventionCode) {
        let Self { seed, day, basis, case } = self;
        let sor = *seed.pick(&["1071391000016009", "1347831000016005", "391951000016006"]);
        let requester = organization(seed.uuid(), sor);
        let (code, text) = *seed.pick(&parts::DIAGNOSES);
        let focus = focus_condition(seed.uuid(), basis.citizen, code, text);
        let received_at = parts::at(*day, 7);
        let mut request = service_request(seed.uuid(), basis.citizen, received_at);
        request.requester = Some(requester.id);
        request.focus_conditions = vec![focus.id];
        request.state = ReferralState::Joined { at: received_at, course: basis.course };
        let mut talk = intervention(seed.uuid(), *basis, talk, *day);
        talk.service_request = Some(request.id);
        case.record.organizations.push(requester);
        case.record.focus_conditions.push(focus);
        case.record.service_requests.push(request);
        case.record.interventions.push(talk);
    }

    /// The talk held, a condition found, a course granted.
    fn assess(&mut self) {
        self.day = self.day.saturating_add(8.days());
        let Self { seed, day, basis, case } = self;
        let record = &mut case.record;
        if let Some(talk) = record.interventions.first_mut() {
            talk.status = PlanStatus::Completed { ended_on: *day };
            record.encounters.push(encounter(seed.uuid(), *basis, EncounterBasis::Intervention(talk.id), *day, 10));
        }
        let found = condition(seed.uuid(), *basis, *seed.pick(ConditionCode::ALL), *day);
        let plan = care_plan(seed.uuid(), *basis, *day);
        let mut granted = intervention(seed.uuid(), *basis, *seed.pick(&parts::COURSES), *day);
        granted.care_plan = Some(plan.id);
        granted.reasons = vec![found.id];
        granted.delivery = DeliveryType::Group;
        record.conditions.push(found);
        record.care_plans.push(plan);
        record.interventions.push(granted);
    }

    /// Some sessions attended.
    fn attend(&mut self) {
        let plan = self.case.record.care_plans[0].id;
        for _ in 0..=self.seed.below(6) {
            self.day = self.day.saturating_add(7.days());
            let (id, basis) = (self.seed.uuid(), EncounterBasis::CarePlan(plan));
            self.case.record.encounters.push(encounter(id, self.basis, basis, self.day, 13));
        }
    }

    /// The course ends early.
    fn stop(&mut self) {
        self.attend();
        let status = PlanStatus::Stopped { ended_on: self.day, reason: *self.seed.pick(StopReason::ALL) };
        self.case.record.care_plans[0].status = status;
        if let Some(last) = self.case.record.interventions.last_mut() {
            last.status = status;
        }
    }
}
