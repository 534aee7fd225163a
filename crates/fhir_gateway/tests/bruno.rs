//! The guide's story of Bruno Test Elmer: what each of the eight daily reports holds.
//!
//! Everybody in it is invented; the number is that of an official test person, the SOR codes are the guide's.
#![allow(clippy::unwrap_used, reason = "tests")]

use domain::care_plan::PlanStatus;
use domain::codes::{CarePlanCategory, ConditionCode, DeliveryType, InterventionCode};
use domain::condition::ConditionState;
use domain::encounter::EncounterBasis;
use domain::referral::ReferralState;
use fhir_gateway::sample::{
    Basis, Record, care_plan, citizen, condition, encounter, focus_condition, intervention, organization,
    service_request, sor,
};
use fhir_gateway::{DeliveryReport, Inclusion, Options, Outcome, Reported, build, check};
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

/// Names for the things of the story, so that lists can be read.
const NAMES: [(u128, &str); 26] = [
    (1, "Bruno"),
    (2, "leverandør"),
    (3, "egen læge"),
    (4, "DE11"),
    (5, "henvisning 1"),
    (6, "afklarende samtale"),
    (7, "kontakt 10/6"),
    (8, "ernæring"),
    (9, "madforløb"),
    (10, "madlavning"),
    (11, "kontakt 15/6"),
    (12, "kontakt 22/6"),
    (13, "kontakt 29/6"),
    (14, "sygehus"),
    (15, "DJ44"),
    (16, "henvisning 2"),
    (17, "behovssamtale"),
    (18, "kontakt 9/7"),
    (19, "sundhedskompetence"),
    (20, "KOL-forløb"),
    (21, "sygdomshåndtering"),
    (22, "afsluttende samtale"),
    (23, "kontakt 30/9"),
    (24, "opfølgningsforløb"),
    (25, "opfølgning"),
    (26, "kontakt 6/7"),
];

fn id(name: &str) -> Uuid {
    let (number, _) = NAMES.iter().find(|(_, known)| *known == name).unwrap();
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number)
}

fn name(id: Uuid) -> &'static str {
    NAMES.iter().find(|(number, _)| id.as_u128() & 0xffff == *number).unwrap().1
}

/// The record as it grows, and what has been accepted.
struct Bruno {
    record: Record,
    basis: Basis,
    reported: Reported,
    options: Options<'static>,
    reports: u128,
}

impl Bruno {
    fn new(service_request_link: bool) -> Self {
        let person = citizen(id("Bruno"), "2509479989");
        let performer = organization(id("leverandør"), "1037791000016002");
        let course = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_ffff).into();
        let basis = Basis { citizen: person.id, course, performer: performer.id };
        let mut record = Record::new(sor("451000016003"), person);
        record.organizations.push(performer);
        let options = Options { service_request_link, ..Options::default() };
        Self { record, basis, reported: Reported::default(), options, reports: 0 }
    }

    /// Builds the day's report, has it accepted, and checks it on the way.
    fn report(&mut self, day: Date) -> DeliveryReport {
        self.reports += 1;
        let bundle_id = Uuid::from_u128(0x0190_0000_0000_7000_9000_0000_0000_0000 + self.reports);
        let at = day.at(21, 30, 0, 0).in_tz("UTC").unwrap().timestamp();
        let report = build(&self.record.records(), &self.options, &self.reported, bundle_id, at).unwrap().unwrap();
        assert_eq!(check(&report.json), Outcome::default());
        self.reported.remember(&report.resources);
        report
    }

    fn talk(&mut self, talk: &str, code: InterventionCode, request: Option<&str>, day: Date) {
        let mut it = intervention(id(talk), self.basis, code, day);
        it.service_request = request.map(|request| id(request).into());
        self.record.interventions.push(it);
    }

    fn referral(&mut self, request: &str, from: (&str, &str), focus: (&str, &str), day: Date) {
        let received_at = utc(day, 8, 0);
        let mut it = service_request(id(request), self.basis.citizen, received_at);
        it.requester = Some(id(from.0).into());
        it.focus_conditions = vec![id(focus.0).into()];
        it.state = ReferralState::Joined { at: received_at, course: self.basis.course };
        self.record.organizations.push(organization(id(from.0), from.1));
        self.record.focus_conditions.push(focus_condition(id(focus.0), self.basis.citizen, focus.0, focus.1));
        self.record.service_requests.push(it);
    }

    fn course(&mut self, plan: &str, it: (&str, InterventionCode, DeliveryType), day: Date) {
        let mut granted = care_plan(id(plan), self.basis, day);
        if it.1 == InterventionCode::FollowUp {
            granted.category = CarePlanCategory::FollowUp;
        }
        let mut part = intervention(id(it.0), self.basis, it.1, day);
        part.care_plan = Some(granted.id);
        part.delivery = it.2;
        self.record.care_plans.push(granted);
        self.record.interventions.push(part);
    }

    fn contact(&mut self, contact: &str, basis: EncounterBasis, start: Timestamp, minutes: i64) {
        let mut held = encounter(id(contact), self.basis, basis, date(2022, 6, 1), 8);
        held.start = start;
        held.end = start.saturating_add(minutes.minutes()).unwrap();
        self.record.encounters.push(held);
    }

    fn complete(&mut self, name: &str, day: Date) {
        let status = PlanStatus::Completed { ended_on: day };
        for plan in self.record.care_plans.iter_mut().filter(|p| p.id.0 == id(name)) {
            plan.status = status;
        }
        for it in self.record.interventions.iter_mut().filter(|i| i.id.0 == id(name)) {
            it.status = status;
        }
    }

    fn condition_is(&mut self, name: &str, state: ConditionState) {
        self.record.conditions.iter_mut().find(|c| c.id.0 == id(name)).unwrap().state = state;
    }

    fn cooking(&mut self, contact: &str, day: Date) -> DeliveryReport {
        self.contact(contact, EncounterBasis::CarePlan(id("madforløb").into()), utc(day, 17, 0), 120);
        self.report(day)
    }

    fn day_1(&mut self) -> DeliveryReport {
        let day = date(2022, 6, 2);
        self.referral("henvisning 1", ("egen læge", "1071391000016009"), ("DE11", "Type 2-diabetes"), day);
        self.talk("afklarende samtale", InterventionCode::ClarifyingTalk, Some("henvisning 1"), day);
        self.report(day)
    }

    fn day_2(&mut self) -> DeliveryReport {
        let day = date(2022, 6, 10);
        let talk = EncounterBasis::Intervention(id("afklarende samtale").into());
        self.contact("kontakt 10/6", talk, utc(day, 12, 10), 30);
        self.complete("afklarende samtale", day);
        self.record.conditions.push(condition(id("ernæring"), self.basis, ConditionCode::Nutrition, day));
        self.course("madforløb", ("madlavning", InterventionCode::CookingInPractice, DeliveryType::Group), day);
        self.report(day)
    }

    fn day_6(&mut self) -> DeliveryReport {
        let day = date(2022, 7, 4);
        let from = ("sygehus", "1347831000016005");
        self.referral("henvisning 2", from, ("DJ44", "Kronisk obstruktiv lungesygdom"), day);
        self.talk("behovssamtale", InterventionCode::NeedsTalk, Some("henvisning 2"), day);
        self.report(day)
    }

    fn day_7(&mut self) -> DeliveryReport {
        let day = date(2022, 7, 9);
        let talk = EncounterBasis::Intervention(id("behovssamtale").into());
        self.contact("kontakt 9/7", talk, utc(day, 13, 15), 30);
        self.complete("behovssamtale", day);
        let found = condition(id("sundhedskompetence"), self.basis, ConditionCode::HealthLiteracy, day);
        self.record.conditions.push(found);
        self.course("KOL-forløb", ("sygdomshåndtering", InterventionCode::DiseaseManagement, DeliveryType::Group), day);
        self.report(day)
    }

    fn summer(&mut self) -> DeliveryReport {
        let day = date(2022, 8, 24);
        self.complete("madforløb", day);
        self.complete("madlavning", day);
        self.condition_is("ernæring", ConditionState::OutOfFocus);
        self.report(day)
    }

    fn day_8(&mut self) -> DeliveryReport {
        let day = date(2022, 9, 30);
        self.talk("afsluttende samtale", InterventionCode::ClosingTalk, None, day);
        self.complete("afsluttende samtale", day);
        let talk = EncounterBasis::Intervention(id("afsluttende samtale").into());
        self.contact("kontakt 30/9", talk, utc(day, 9, 5), 30);
        self.condition_is("sundhedskompetence", ConditionState::Resolved);
        self.complete("KOL-forløb", day);
        self.complete("sygdomshåndtering", day);
        self.course("opfølgningsforløb", ("opfølgning", InterventionCode::FollowUp, DeliveryType::Individual), day);
        self.report(day)
    }
}

fn utc(day: Date, hour: i8, minute: i8) -> Timestamp {
    day.at(hour, minute, 0, 0).in_tz("UTC").unwrap().timestamp()
}

fn assert_holds(report: &DeliveryReport, new: &[&str], updated: &[&str], repeated: &[&str]) {
    for (inclusion, expected) in [(Inclusion::New, new), (Inclusion::Updated, updated), (Inclusion::Referred, repeated)]
    {
        let mut held: Vec<_> =
            report.resources.iter().filter(|r| r.inclusion == inclusion).map(|r| name(r.id)).collect();
        let mut expected = expected.to_vec();
        held.sort_unstable();
        expected.sort_unstable();
        assert_eq!(held, expected, "{inclusion:?}");
    }
}

#[test]
fn each_day_of_the_story_holds_what_the_guide_says() {
    let mut bruno = Bruno::new(false);
    let who = ["Bruno", "leverandør"];
    let cooking = ["Bruno", "leverandør", "madforløb"];
    let first = ["henvisning 1", "egen læge", "DE11", "afklarende samtale", "Bruno", "leverandør"];
    assert_holds(&bruno.day_1(), &first, &[], &[]);
    let second = ["kontakt 10/6", "ernæring", "madforløb", "madlavning"];
    assert_holds(&bruno.day_2(), &second, &["afklarende samtale"], &who);
    assert_holds(&bruno.cooking("kontakt 15/6", date(2022, 6, 15)), &["kontakt 15/6"], &[], &cooking);
    assert_holds(&bruno.cooking("kontakt 22/6", date(2022, 6, 22)), &["kontakt 22/6"], &[], &cooking);
    assert_holds(&bruno.cooking("kontakt 29/6", date(2022, 6, 29)), &["kontakt 29/6"], &[], &cooking);
    assert_holds(&bruno.day_6(), &["sygehus", "DJ44", "henvisning 2", "behovssamtale"], &[], &who);
    assert_holds(&bruno.cooking("kontakt 6/7", date(2022, 7, 6)), &["kontakt 6/7"], &[], &cooking);
    let seventh = ["kontakt 9/7", "sundhedskompetence", "KOL-forløb", "sygdomshåndtering"];
    assert_holds(&bruno.day_7(), &seventh, &["behovssamtale"], &who);
    assert_holds(&bruno.summer(), &[], &["madforløb", "madlavning", "ernæring"], &who);
    let eighth = ["afsluttende samtale", "kontakt 30/9", "opfølgningsforløb", "opfølgning"];
    assert_holds(&bruno.day_8(), &eighth, &["sundhedskompetence", "KOL-forløb", "sygdomshåndtering"], &who);
}

#[test]
fn the_first_two_days_with_the_link_to_the_request() {
    let mut bruno = Bruno::new(true);
    let first: serde_json::Value = serde_json::from_slice(&bruno.day_1().json).unwrap();
    insta::assert_json_snapshot!("day_1", first);
    let second = bruno.day_2();
    let repeated = ["Bruno", "leverandør", "henvisning 1", "egen læge", "DE11"];
    assert_holds(&second, &["kontakt 10/6", "ernæring", "madforløb", "madlavning"], &["afklarende samtale"], &repeated);
    let second: serde_json::Value = serde_json::from_slice(&second.json).unwrap();
    insta::assert_json_snapshot!("day_2", second);
}
