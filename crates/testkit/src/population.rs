//! A municipality full of made-up courses, seeded: the same seed gives the same people.
//!
//! Every state is reached through the domain's own events, so that no row is one the program could not have made. The
//! people have replacement numbers: there are only nineteen official test CPR numbers.

use std::collections::BTreeSet;

use app::records::{self, StoredRequest};
use app::{App, AppError, ids};
use domain::care_plan::{CarePlan, PlanEvent, PlanStatus};
use domain::citizen::{Citizen, Identity, PersonName, Phone, PhoneKind};
use domain::codes::{CarePlanCategory, DeliveryType, EncounterClass, InterventionCode, RequestedArea};
use domain::course::{Course, CourseEvent, CourseState};
use domain::encounter::{Encounter, EncounterBasis, EncounterStatus};
use domain::identifiers::AlternativeIdentifier;
use domain::limits::Limits;
use domain::organization::ManagingOrganization;
use domain::planned_intervention::PlannedIntervention;
use domain::referral::{FirstStep, ReferralEvent, ReferralState, apply};
use domain::service_request::{Channel, Owner, ServiceRequest, Source};
use domain::workdays::local_date;
use jiff::{SignedDuration, Timestamp};
use store::{Scope, StoreError, Tx};

use crate::nicotine::{self, Forms, Said};

/// Citizens made in one transaction.
const BATCH: u64 = 500;

/// What a course takes from referral to closing, in days.
const COURSE_DAYS: i64 = 240;

/// Days in which a new referral is still on its way to a first talk.
const INTAKE_DAYS: i64 = 14;

/// Ten years of referrals; older ones are destroyed.
const HOURS: u64 = 10 * 365 * 24;

/// Makes `count` citizens with a request each over ten years: those of the last days are in the intake, those of the last
/// months have a running course, the others' courses are closed.
pub async fn populate(app: &App, organization: &ManagingOrganization, seed: u64, count: u64) {
    for first in (0..count).step_by(usize::try_from(BATCH).unwrap()) {
        let (home, now) = (organization.clone(), app.now());
        let last = (first + BATCH).min(count);
        let scope = Scope::system(home.key, now, "test.populate");
        app.store
            .write(scope, move |tx| {
                for number in first..last {
                    Maker { home: &home, dice: Dice(seed ^ (number << 20) ^ number), now }.course(tx, number)?;
                }
                Ok::<_, AppError>(())
            })
            .await
            .unwrap();
    }
}

/// SplitMix64: small, seeded, the same on every machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }
}

struct Maker<'a> {
    home: &'a ManagingOrganization,
    dice: Dice,
    now: Timestamp,
}

const GIVEN: [&str; 8] = ["Prøve", "Forsøg", "Eksempel", "Skitse", "Udkast", "Model", "Mønster", "Kladde"];
/// One course in six is about nicotine.
const CODES: [InterventionCode; 6] = [
    InterventionCode::PhysicalTraining,
    InterventionCode::PhysicalTraining,
    InterventionCode::DiseaseManagement,
    InterventionCode::DietaryGuidance,
    InterventionCode::ActivityGuidance,
    InterventionCode::NicotineCessation,
];
const ABOUT: [&str; 5] = ["Type 2-diabetes", "KOL", "Iskæmisk hjertesygdom", "Hypertension", "Overvægt"];

impl Maker<'_> {
    fn course(&mut self, tx: &mut Tx<'_>, number: u64) -> Result<(), StoreError> {
        let received_at = self.now - SignedDuration::from_hours(i64::try_from(self.dice.below(HOURS)).unwrap());
        let citizen = self.citizen(number);
        records::add(tx, &citizen)?;
        let limits = self.home.settings.limits;
        let mut request = self.request(&citizen, received_at);
        let age = self.days_since(received_at);
        let events: &[ReferralEvent] = match self.dice.below(2) {
            0 if age < INTAKE_DAYS => &[],
            1 if age < INTAKE_DAYS => &[ReferralEvent::Check, ReferralEvent::NotReached],
            _ => &[ReferralEvent::Check, ReferralEvent::Reach, ReferralEvent::Route(FirstStep::ClarifyingTalk)],
        };
        for event in events {
            request.state = step(request.state, event.clone(), received_at, &limits);
        }
        if age >= INTAKE_DAYS {
            let course = self.held_course(tx, &citizen, received_at)?;
            request.state = step(request.state, ReferralEvent::Join(course), received_at, &limits);
        }
        let stored = StoredRequest::new(request, Vec::new(), &limits);
        records::add(tx, &stored).map(|_| ())?;
        app::tasks::for_new_request(tx, &stored)
    }

    fn days_since(&self, at: Timestamp) -> i64 {
        self.now.duration_since(at).as_hours() / 24
    }

    fn citizen(&mut self, number: u64) -> Citizen {
        let surname = format!("{}sen", self.dice.pick(&GIVEN));
        let identity = Identity::Alternative(AlternativeIdentifier::parse(&format!("T{number:09}")).unwrap());
        let name = PersonName { given: Some(format!("{} {number}", self.dice.pick(&GIVEN))), surname };
        Citizen {
            protected_address: self.dice.below(100) == 0,
            phones: vec![Phone { number: format!("7{:07}", number % 10_000_000), kind: PhoneKind::Mobile }],
            language: (self.dice.below(10) == 0).then(|| "arabisk".into()),
            ..Citizen::named(ids::new(self.now), identity, name)
        }
    }

    fn request(&mut self, citizen: &Citizen, received_at: Timestamp) -> ServiceRequest {
        ServiceRequest {
            id: ids::new(received_at),
            citizen: citizen.id,
            received_at,
            source: self.dice.pick(&[Source::GeneralPractice, Source::Hospital, Source::Citizen]),
            channel: Channel::Phone,
            requester: None,
            referrer: None,
            areas: BTreeSet::from([self.dice.pick(RequestedArea::ALL)]),
            chronic_disease: Some(true),
            operation_on: None,
            reason: Some(self.dice.pick(&ABOUT).into()),
            letter: None,
            focus_conditions: Vec::new(),
            state: ReferralState::Received,
            owner: Owner::Intake,
            replaces: None,
            flags: BTreeSet::new(),
            sender_told_at: None,
            asked_at: None,
            answered_at: None,
            next_attempt_on: None,
        }
    }

    /// A course with one plan, one intervention and some ten contacts.
    fn held_course(
        &mut self,
        tx: &mut Tx<'_>,
        citizen: &Citizen,
        at: Timestamp,
    ) -> Result<domain::ids::CourseId, StoreError> {
        let on = local_date(at);
        let ended = at + SignedDuration::from_hours(24 * COURSE_DAYS);
        let over = ended < self.now;
        let moved = |state, event| domain::course::apply(state, event, ended.min(self.now)).unwrap();
        let mut state = moved(CourseState::Intake, CourseEvent::TalkBooked);
        state = moved(state, CourseEvent::TalkHeld { gaps: Vec::new() });
        state = moved(state, CourseEvent::SessionHeld);
        if over {
            state = moved(state, CourseEvent::LastInterventionEnded { on: local_date(ended) });
            state = moved(state, CourseEvent::Close { blockers: Vec::new(), set_aside: None });
        }
        let (id, citizen) = (ids::new(at), citizen.id);
        let performer = self.home.default_performer.unwrap();
        let course = Course {
            id,
            citizen,
            opened_on: on,
            state,
            contact_person: None,
            responsibilities: Vec::new(),
            first_session_on: Some(on),
        };
        records::add(tx, &course)?;
        let mut status = PlanStatus::Granted.apply(PlanEvent::Start { on }, on).unwrap();
        if over {
            status = status.apply(PlanEvent::Complete { on: local_date(ended) }, on).unwrap();
        }
        let category = CarePlanCategory::Interventions;
        let plan = CarePlan { id: ids::new(at), citizen, course: id, category, granted_on: on, status, performer };
        records::add(tx, &plan)?;
        let intervention = PlannedIntervention {
            id: ids::new(at),
            citizen,
            course: id,
            care_plan: Some(plan.id),
            service_request: None,
            code: self.dice.pick(&CODES),
            delivery: DeliveryType::Group,
            granted_on: on,
            planned_end_on: None,
            status,
            performer,
            reasons: Vec::new(),
            choice_reason: None,
            team: None,
            need: domain::team::WaitingNeed::Ordinary,
            care: std::collections::BTreeSet::new(),
        };
        records::add(tx, &intervention)?;
        if intervention.code == InterventionCode::NicotineCessation {
            let yes = self.dice.below(5) > 0;
            let forms = match self.dice.below(10) {
                0 => Forms::Untouched,
                1 => Forms::Half,
                _ => Forms::Whole,
            };
            let said = Said { yes, forms };
            nicotine::add(tx, &intervention, said, at, self.now)?;
        }
        for week in 0..8 + i64::try_from(self.dice.below(5)).unwrap() {
            let held = at + SignedDuration::from_hours(24 * 7 * week);
            if held < self.now {
                records::add(tx, &contact(&plan, held))?;
            }
        }
        Ok(id)
    }
}

fn step(state: ReferralState, event: ReferralEvent, at: Timestamp, limits: &Limits) -> ReferralState {
    apply(state, event, at, limits).unwrap()
}

fn contact(plan: &CarePlan, at: Timestamp) -> Encounter {
    Encounter {
        id: ids::new(at),
        citizen: plan.citizen,
        course: plan.course,
        based_on: EncounterBasis::CarePlan(plan.id),
        class: EncounterClass::AtPremises,
        status: EncounterStatus::Finished,
        start: at,
        end: at + SignedDuration::from_mins(60),
        session: None,
        held_by: None,
        note: None,
        absence: None,
    }
}
