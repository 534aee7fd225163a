//! "Et helt forløb": one citizen from the doctor's letter to the call a year after, by the forms alone, with the months that
//! pass between, a new authority on the way and every day reported. The presses of each step are counted in
//! the browser tests; here the steps meet.

mod stop;

use std::sync::{Arc, Mutex};

use app::nightly;
use app::notices::async_trait;
use app::reporting::{self, Delivery, ReportGateway, Told};
use domain::codes::InterventionCode;
use domain::follow_up::FollowUpState;
use domain::identifiers::MunicipalityCode;
use domain::ids::{CitizenId, CourseId, PlannedInterventionId};
use domain::permission::Role;
use fhir_gateway::Answer;
use store::Seen;
use testkit::database::Database;
use testkit::municipality::staff;
use testkit::on_both_engines;
use uuid::Uuid;

use crate::bridge::{ESCORT, WALK, id, written_down};
use crate::browser::Browser;
use crate::course::{act, href};
use crate::measures::{audit, decide, fill};
use crate::referral::again;
use crate::talk::{self, record, whole, with};
use crate::teams::{PERSONS, granted};
use crate::{Desk, PASSWORD, leads_to, log_in, value_of, version_of};

const NANCY: &str = "01-xref15-gp-type2-diabetes-diet";
const NAME: &str = "Nancy Ann Test Berggren";

/// The citizen on the way through it.
struct Way {
    desk: Desk,
    citizen: CitizenId,
    course: CourseId,
    /// The team, and who had its only seat.
    team: String,
    other: (PlannedInterventionId, CitizenId),
    /// Stops smoking, and is followed for a year; else nothing comes of it, and one call follows.
    stops: bool,
}

/// Some time later somebody comes to work: a session does not last that long. Each role is one person.
pub async fn later(desk: &mut Desk, at: &str, role: Role) {
    desk.clock.set(at);
    let mut known = Browser::on(&desk.app);
    desk.browser = match known.log_in(role.word(), PASSWORD).await.status.as_u16() {
        303 => known,
        _ => log_in(&desk.app, 1, role.word(), role).await,
    };
}

async fn step(desk: &mut Desk, href: &str, action: &str, fields: &[(&str, &str)]) -> String {
    let version = version_of(&desk.browser.get(href).await);
    let all = [&[("version", version.as_str())], fields].concat();
    leads_to(&desk.browser.post(&format!("{href}/{action}"), &all).await)
}

fn of(record: &app::records::CitizenRecord, code: InterventionCode) -> PlannedInterventionId {
    record.interventions.iter().find(|i| i.value.code == code).unwrap().value.id
}

/// 1. The letter comes, its receipt goes; reached at the second attempt.
async fn referred(database: &Database) -> (Desk, PlannedInterventionId, CitizenId) {
    let mut desk = Desk::with(database, Role::Visitator, &[NANCY]).await;
    let referral = desk.request_of(NAME).await;
    let page = desk.browser.get(&referral).await.body;
    assert!(page.contains("Kvittering til afsenderen"), "the sender is told by itself");
    let citizen = page.split("href=\"/borgere/").nth(1).unwrap()[..36].parse().map(CitizenId).unwrap();
    step(&mut desk, &referral, "gennemgaa", &[("omraade", "disease_coping"), ("kronisk", "ja")]).await;
    step(&mut desk, &referral, "ikke-truffet", &[("bemaerkning", "Telefonsvarer")]).await;
    later(&mut desk, "2026-11-25T13:00:00Z", Role::Visitator).await;
    step(&mut desk, &referral, "truffet", &[]).await;
    let booking = step(&mut desk, &referral, "indgang", &[("route", "clarifying_talk")]).await;
    let talk = booking.rsplit('/').next().unwrap().parse().map(PlannedInterventionId).unwrap();
    (desk, talk, citizen)
}

/// 2. Questions answered with help, the talk, the level of support, and a plan of three.
async fn planned(desk: &mut Desk, talk: PlannedInterventionId, citizen: CitizenId) -> CourseId {
    later(desk, "2026-12-01T08:16:00Z", Role::Professional).await;
    let answers = [("maade", "interview"), ("sp-1", "2"), ("sp-2", "2"), ("sp-3", "1"), ("sp-4", "2"), ("sp-5", "2")];
    let result = leads_to(&fill(desk, citizen, "who5", &answers).await);
    assert!(desk.browser.get(&result).await.body.contains("36 af 100"));
    let page = desk.browser.get(&talk::href(talk, "")).await;
    let more = [
        ("set", &*value_of(&page, "set")),
        ("behov-tolk", ""),
        ("dato", "2026-12-01"),
        ("indsats-dietary_guidance", ""),
        ("indsats-disease_management", "ja"),
        ("levering-disease_management", "group"),
        ("valg-disease_management", "Vil lære sammen med andre"),
        ("indsats-physical_training", "ja"),
        ("levering-physical_training", "group"),
        ("valg-physical_training", "Vil i gang sammen med andre"),
        ("indsats-nicotine_cessation", "ja"),
        ("levering-nicotine_cessation", "individual"),
        ("valg-nicotine_cessation", "Vil gerne stoppe"),
    ];
    let course = leads_to(&desk.browser.post(&talk::href(talk, "/afslut"), &with(&whole(), &more)).await);
    let course = CourseId(id(&course).parse().unwrap());
    let support = href(course, "/stoette");
    let level = [
        ("handling", "niveau"),
        ("model", "esbjerg"),
        ("udgave", "1"),
        ("faktor-coping", "middle"),
        ("faktor-complexity", "middle"),
    ];
    leads_to(&desk.browser.post(&support, &level).await);
    let version = value_of(&desk.browser.get(&support).await, "version");
    let marks = [("handling", "maerker"), ("version", &*version), ("maerke-written_hard", "ja")];
    leads_to(&desk.browser.post(&support, &marks).await);
    let page = desk.browser.get(&support).await.body;
    assert!(page.contains("Har brug for støtte") && page.contains("Foreslået"));
    course
}

/// 3. The team is full; somebody stops, the seat is offered and taken.
async fn seated(desk: &mut Desk, citizen: CitizenId) -> (String, (PlannedInterventionId, CitizenId)) {
    let other = granted(desk, PERSONS[0]).await;
    let team = [
        ("navn", "Træning tirsdag"),
        ("indsats", "physical_training"),
        ("pladser", "1"),
        ("sted", "Sal 2"),
        ("dato", "2026-12-08"),
        ("fra", "09:00"),
        ("til", "10:30"),
        ("antal", "8"),
    ];
    desk.browser.get("/hold/nyt").await;
    let team = leads_to(&desk.browser.post("/hold/nyt", &team).await);
    let had = other.0.to_string();
    leads_to(&desk.browser.post(&format!("{team}/pladser"), &[("indsats", &*had)]).await);
    let waits = of(&record(&desk.app, citizen).await, InterventionCode::PhysicalTraining).to_string();
    let full = desk.browser.post(&format!("{team}/tilbud"), &[("indsats", &*waits)]).await;
    assert!(full.status == 422 && full.body.contains("Holdet er fuldt.") && full.body.contains("Berggren"));
    leads_to(&desk.browser.post(&format!("{team}/frigiv"), &[("indsats", &*had)]).await);
    leads_to(&desk.browser.post(&format!("{team}/tilbud"), &[("indsats", &*waits)]).await);
    assert!(desk.browser.get("/beskedliste").await.body.contains("Berggren"));
    let page = desk.browser.get(&team).await.body;
    let offer = page.split(&format!("action=\"{team}/tilbud/")).nth(1).unwrap().split('"').next().unwrap().to_owned();
    leads_to(&desk.browser.post(&format!("{team}/tilbud/{offer}"), &[("svar", "ja")]).await);
    (team, other)
}

impl Way {
    async fn gone(database: &Database, stops: bool) -> Self {
        let mut way = Self::to_the_plan(database, stops).await;
        if stops {
            way.begins_to_stop().await;
        }
        way.is_tested("start", "400").await;
        way.takes_part(&["2026-12-08", "2026-12-15", "2026-12-22"], &["2026-12-15", "2026-12-22"]).await;
        way.sees_the_authority_change().await;
        way.takes_part(&["2027-01-05"], &[]).await;
        way.is_referred_again().await;
        way.takes_part(&["2027-01-12", "2027-01-19", "2027-01-26", "2027-02-02"], &[]).await;
        way.ends().await;
        let bridge = way.goes_on_to_a_walk().await;
        way.is_followed(&bridge).await;
        way
    }

    async fn to_the_plan(database: &Database, stops: bool) -> Self {
        let (mut desk, talk, citizen) = referred(database).await;
        let course = planned(&mut desk, talk, citizen).await;
        let (team, other) = seated(&mut desk, citizen).await;
        Self { desk, citizen, course, team, other, stops }
    }

    /// 4. Weeks of classes with two absences in a row: the coordinator sees it the same day.
    async fn takes_part(&mut self, days: &[&str], missed: &[&str]) {
        for day in days {
            later(&mut self.desk, &format!("{day}T10:00:00Z"), Role::Coordinator).await;
            let page = self.desk.browser.get(&self.team).await.body;
            let before = page.split("\">Tag fremmøde").next().unwrap();
            let session = before.rsplit("href=\"").next().unwrap().to_owned();
            assert!(session.contains("/gange/"), "{day} is a day of the team");
            let who = self.citizen.to_string();
            let mut form = vec![("deltager", who.as_str()), ("note", "Balance og styrke.")];
            if missed.contains(day) {
                form.push(("mangler", who.as_str()));
            }
            leads_to(&self.desk.browser.post(&session, &form).await);
            let start = self.desk.browser.get("/").await.body;
            let twice = missed.last() == Some(day);
            assert_eq!(start.contains("Udeblevet to gange i træk"), twice, "after {day}");
        }
    }

    /// 5. Tested before and after; AUDIT 9 leads to a preventive talk about alcohol.
    async fn is_tested(&mut self, phase: &str, metres: &str) {
        let walk = [("sp-1", metres), ("fase", phase), ("sted", "Sal 2"), ("udstyr", "30 m bane")];
        leads_to(&fill(&mut self.desk, self.citizen, "sixmwt", &walk).await);
    }

    async fn answers_about_alcohol(&mut self) {
        let nine = audit(["2", "1", "1", "1", "0", "0", "2", "0", "0", "2"]);
        let result = leads_to(&fill(&mut self.desk, self.citizen, "audit", &nine).await);
        assert!(self.desk.browser.get(&result).await.body.contains("value=\"preventive_talk\" checked"));
        leads_to(&decide(&mut self.desk, &result, &[("rute", "preventive_talk")]).await);
    }

    /// 6. Referred again in the middle: a needs talk in the same course, no new beginning.
    async fn is_referred_again(&mut self) {
        app::mailbox::receive(&self.desk.app, Uuid::from_u128(77), again(NANCY)).await.unwrap();
        later(&mut self.desk, "2027-01-06T09:00:00Z", Role::Visitator).await;
        let referral = self.desk.request_of(NAME).await;
        assert!(self.desk.browser.get(&referral).await.body.contains("Borgeren begynder ikke forfra"));
        step(&mut self.desk, &referral, "gennemgaa", &[("omraade", "physical_activity"), ("kronisk", "ja")]).await;
        step(&mut self.desk, &referral, "truffet", &[]).await;
        let booking = step(&mut self.desk, &referral, "indgang", &[("route", "needs_talk")]).await;
        let talk = PlannedInterventionId(id(&booking).parse().unwrap());
        later(&mut self.desk, "2027-01-07T09:00:00Z", Role::Professional).await;
        let page = self.desk.browser.get(&talk::href(talk, "")).await;
        let form = [
            ("set", &*value_of(&page, "set")),
            ("hele", "1"),
            ("sygdomssituation", "Har været indlagt i to dage. Har det bedre nu."),
            ("dato", "2027-01-07"),
            ("fra", "09:00"),
            ("til", "09:30"),
            ("sted", "phone"),
        ];
        assert_eq!(leads_to(&self.desk.browser.post(&talk::href(talk, "/afslut"), &form).await), href(self.course, ""));
    }

    /// 7. The last talk: the doctor is told, the citizen has the copy; a walk is agreed and somebody to go along.
    async fn ends(&mut self) {
        later(&mut self.desk, "2027-02-03T09:00:00Z", Role::Professional).await;
        self.is_tested("end", "435").await;
        let progress = self.desk.browser.get(&format!("/borgere/{}/maalinger/fremgang", self.citizen)).await.body;
        assert!(progress.contains("Før gik du 400 meter på 6 minutter. Nu går du 435 meter."));
        self.answers_about_alcohol().await;
        if self.stops {
            self.has_stopped().await;
        }
        let known = record(&self.desk.app, self.citizen).await;
        for it in known.interventions.iter().map(|i| &i.value).filter(|i| i.status.is_open()) {
            let id = it.id.to_string();
            let done = match it.code {
                InterventionCode::PhysicalTraining => vec![("indsats", &*id), ("handling", "gennemfoert")],
                InterventionCode::NicotineCessation if self.stops => {
                    vec![("indsats", &*id), ("handling", "gennemfoert")]
                }
                _ => vec![("indsats", &*id), ("handling", "stop"), ("aarsag", "no_need_citizen")],
            };
            leads_to(&act(&mut self.desk, self.course, "/indsats", &done).await);
        }
        let page = self.desk.browser.get(&href(self.course, "/afslut")).await;
        let goal = known.goals[0].value.id;
        let (evaluated, words) = (format!("maal-{goal}"), format!("ord-{goal}"));
        let version = value_of(&page, "version");
        let mut form = vec![
            ("version", &*version),
            (&*evaluated, "reached"),
            (&*words, "Jeg tager trapperne hver dag"),
            ("handling-laege", "Kontrol af HbA1c ved næste årskontrol."),
            ("samtale", "holdt"),
            ("dato", "2027-02-03"),
            ("fra", "08:00"),
            ("til", "08:30"),
            ("opfoelgning-3", "ja"),
            ("samtykke", "ja"),
            ("handling", "send"),
        ];
        if self.stops {
            form.extend([("opfoelgning-6", "ja"), ("opfoelgning-12", "ja")]);
        }
        let copy = leads_to(&act(&mut self.desk, self.course, "/afslut", &form).await);
        let copy = self.desk.browser.get(&copy).await.body;
        assert!(copy.contains("Kopi til borgeren") && copy.contains("Jeg tager trapperne hver dag"));
    }

    /// 10. On 1 January the region becomes the authority, and nothing else changes.
    async fn sees_the_authority_change(&mut self) {
        const FIGURES: &str = "/pakker/myndighed?periode=2026-12";
        let (mut authority, mut records) = (Vec::new(), Vec::new());
        for (day, month) in [("2026-12-31", "2026-12"), ("2027-01-01", "2027-01")] {
            later(&mut self.desk, &format!("{day}T09:00:00Z"), Role::Authority).await;
            let view = self.desk.browser.get(&format!("/pakker/myndighed?periode={month}")).await.body;
            authority
                .push(["Kommunen", "Regionen ved sundhedsrådet"].map(|who| view.contains(&format!("<dd>{who}</dd>"))));
            assert_eq!(self.desk.browser.get(FIGURES).await.status, 200, "the same figures the day after");
            let citizen = format!("/borgere/{}", self.citizen);
            assert_eq!(self.desk.browser.get(&citizen).await.status, 403, "no record, before and after");
            records.push(record(&self.desk.app, self.citizen).await);
        }
        assert_eq!(authority, [[true, false], [true, true]], "the municipality is the operator all the time");
        assert!(records[0] == records[1], "nothing in the record");
    }

    async fn goes_on_to_a_walk(&mut self) -> String {
        later(&mut self.desk, "2027-02-03T11:00:00Z", Role::Coordinator).await;
        let walk = written_down(&mut self.desk, &WALK).await;
        let escort = written_down(&mut self.desk, &ESCORT).await;
        let first = [("aktivitet", id(&walk)), ("dato", "2027-02-08"), ("kl", "10:00")];
        let card = leads_to(&self.desk.browser.post(&format!("/borgere/{}/forening", self.citizen), &first).await);
        let bridge = card.strip_suffix("/kort").unwrap().to_owned();
        leads_to(&self.desk.browser.post(&format!("{bridge}/foelge"), &[("hvem", id(&escort))]).await);
        leads_to(&self.desk.browser.post(&format!("{bridge}/foelge/svar"), &[("svar", "yes"), ("navn", "Inge")]).await);
        assert!(self.desk.browser.get(&card).await.body.contains("Inge"));
        bridge
    }

    /// 8. Still walking after four weeks; called after three months.
    async fn is_followed(&mut self, bridge: &str) {
        later(&mut self.desk, "2027-03-08T09:00:00Z", Role::Coordinator).await;
        assert!(self.desk.browser.get("/").await.body.contains(bridge), "the question comes up by itself");
        leads_to(&self.desk.browser.post(&format!("{bridge}/svar"), &[("svar", "still_comes")]).await);
        later(&mut self.desk, "2027-05-03T09:00:00Z", Role::Coordinator).await;
        let calls = self.desk.browser.get("/opfoelgninger").await.body;
        let call = calls.split("href=\"/opfoelgninger/").nth(1).unwrap().split('"').next().unwrap();
        let call = format!("/opfoelgninger/{call}");
        let page = self.desk.browser.get(&call).await.body;
        assert!(page.contains("Jeg vil kunne tage trapperne"), "the goals are in view");
        let next = if self.stops { "ingen" } else { "2027-08-03" };
        let saved = [("resultat", "kept"), ("ord", "Går stadig hver mandag"), ("naeste", next)];
        leads_to(&self.desk.browser.post(&call, &saved).await);
    }
}

/// A gateway that checks each report by the guide, and keeps what it found of each.
#[derive(Debug, Default)]
struct Checking(Mutex<Vec<fhir_gateway::Outcome>>);

#[async_trait]
impl ReportGateway for Checking {
    async fn deliver(&self, _: &MunicipalityCode, report: &Delivery) -> Told {
        let found = fhir_gateway::check(&report.payload);
        let answer = if found.accepted() { Answer::Accepted } else { Answer::Refused };
        self.0.lock().unwrap().push(found);
        Told { answer, status: None, outcome: None }
    }
}

impl Way {
    /// 9. Every change is reported, valid, and taken in; nothing waits and nothing is refused.
    async fn is_reported(&mut self) {
        const OPEN: &str = "select count(*) from changed_day c where organization = $1 and not exists (
            select 1 from delivery_report r where r.organization = $1 and r.citizen = c.citizen and r.day = c.day
                and r.state = 'accepted')";
        let gateway = Arc::new(Checking::default());
        self.desk.app.report_gateway = Some(gateway.clone());
        later(&mut self.desk, "2028-02-04T06:00:00Z", Role::Leader).await;
        nightly::round(&self.desk.app).await.unwrap();
        let program = staff(1, Role::System);
        let round = reporting::deliver(&self.desk.app, &program).await.unwrap();
        let found = std::mem::take(&mut *gateway.0.lock().unwrap());
        assert!(found.iter().all(fhir_gateway::Outcome::accepted), "{found:?}");
        assert_eq!((round.accepted, round.rejected, round.waiting), (found.len(), 0, 0));
        let read = |tx: &mut store::Tx<'_>| {
            Ok::<_, app::AppError>(Seen::nothing(tx.first(OPEN, &[], |row| row.take::<i64>())?))
        };
        let open = self.desk.app.store.view(program.scope("test", self.desk.app.now()), read).await.unwrap();
        assert_eq!(open, Some(0), "each day with a change is told");
        assert!(found.len() > 10, "{} days", found.len());
    }
}

/// As far as the call after three months: the desk, and whose way it was.
pub async fn gone(database: &Database) -> (Desk, CourseId) {
    let way = Way::gone(database, false).await;
    (way.desk, way.course)
}

on_both_engines! {
    async fn one_citizen_goes_the_whole_way(database: &Database) {
        let mut way = Way::gone(database, true).await;
        way.is_smoke_free().await;
        way.is_called_after_a_year().await;
        way.is_reported().await;
        let all = record(&way.desk.app, way.citizen).await;
        assert_eq!(all.encounters.iter().filter(|e| e.value.session.is_some()).count(), 8);
        assert_eq!(all.courses.len(), 1, "referred twice, one course");
        assert!(all.requests.iter().all(|r| r.value.request.state.word() == "joined"));
        let done = all.follow_ups.iter().filter(|f| matches!(f.value.state, FollowUpState::Done { .. }));
        assert_eq!((done.count(), all.follow_ups.len()), (3, 3), "after three, six and twelve months, and no more");
        assert!(all.interventions.iter().all(|i| i.value.code == InterventionCode::FollowUp || !i.value.status.is_open()));
        let other = record(&way.desk.app, way.other.1).await;
        assert!(other.interventions.iter().any(|i| i.value.id == way.other.0 && i.value.team.is_none()), "waits again");
        // Who looked, and why: every hand the record went through.
        let journal = way.desk.browser.get(&format!("/borgere/{}", way.citizen)).await.body;
        let readers = journal.split("id=\"set\"").nth(1).unwrap();
        assert!(["Visitator", "Fagperson", "Koordinator"].iter().all(|role| readers.contains(role)));
    }
}
