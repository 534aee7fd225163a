//! Reports on their way to the gateway: in order, once, and what is refused is seen and mended.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use app::courses::{self, ConditionInput};
use app::nightly;
use app::notices::async_trait;
use app::reporting::{self, Delivery, DeliveryRound, ReportGateway, Told};
use domain::codes::ConditionCode;
use domain::identifiers::MunicipalityCode;
use domain::ids::{CitizenId, CourseId};
use domain::permission::Role;
use fhir_gateway::Answer;
use testkit::municipality::staff;
use testkit::on_both_engines;
use uuid::Uuid;

use crate::reports::{citizen_of, course_of, to_a_course};
use crate::{Desk, log_in};

/// Answers in turn, and with yes when there is none left; keeps what it got.
#[derive(Debug, Default)]
struct Scripted {
    answers: Mutex<VecDeque<Answer>>,
    got: Mutex<Vec<(Uuid, String)>>,
}

const REFUSED: &str = r#"{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"required",
    "diagnostics":"klgateway-119-x: a condition is missing","location":["Bundle.entry[0].resource"]}]}"#;

#[async_trait]
impl ReportGateway for Scripted {
    async fn deliver(&self, municipality: &MunicipalityCode, report: &Delivery) -> Told {
        assert_eq!(municipality.as_str(), "999");
        self.got.lock().unwrap().push((report.id, String::from_utf8(report.payload.clone()).unwrap()));
        let answer = self.answers.lock().unwrap().pop_front().unwrap_or(Answer::Accepted);
        let status = match answer {
            Answer::Accepted => Some(201),
            Answer::Duplicate => Some(409),
            Answer::Refused => Some(422),
            Answer::NoAccess => Some(403),
            Answer::Later => Some(503),
            Answer::Unknown => None,
        };
        let outcome = (answer == Answer::Refused).then(|| REFUSED.to_owned());
        Told { answer, status, outcome }
    }
}

impl Scripted {
    fn answers(&self, next: &[Answer]) {
        self.answers.lock().unwrap().extend(next);
    }

    fn ids(&self) -> Vec<Uuid> {
        self.got.lock().unwrap().iter().map(|(id, _)| *id).collect()
    }

    fn last(&self) -> String {
        self.got.lock().unwrap().last().unwrap().1.clone()
    }
}

/// A course has begun on 24 November, and a gateway takes its reports.
struct Reporting {
    desk: Desk,
    gateway: Arc<Scripted>,
    citizen: CitizenId,
    course: CourseId,
}

impl Reporting {
    async fn begun(database: &testkit::database::Database) -> Self {
        let mut desk = Desk::with(database, Role::Leader, &["01-xref15-gp-type2-diabetes-diet"]).await;
        to_a_course(&mut desk).await;
        let citizen = citizen_of(&mut desk).await;
        let course = course_of(&desk, citizen).await;
        let gateway = Arc::new(Scripted::default());
        desk.app.report_gateway = Some(gateway.clone());
        Self { desk, gateway, citizen, course }
    }

    /// The morning of a day: what is due is built as it is by itself.
    async fn morning(&self, time: &str) {
        self.desk.clock.set(time);
        nightly::round(&self.desk.app).await.unwrap();
    }

    async fn deliver(&self) -> DeliveryRound {
        reporting::deliver(&self.desk.app, &staff(1, Role::System)).await.unwrap()
    }

    async fn change(&self, code: ConditionCode) {
        let input = ConditionInput { code, note: None };
        courses::add_condition(&self.desk.app, &staff(1, Role::Professional), self.course, input).await.unwrap();
    }

    async fn page(&self, user: &str, role: Role, path: &str) -> String {
        log_in(&self.desk.app, 1, user, role).await.get(path).await.body
    }
}

const fn round(accepted: usize, rejected: usize, waiting: usize) -> DeliveryRound {
    DeliveryRound { accepted, rejected, waiting }
}

on_both_engines! {
    async fn reports_are_handed_over_once_in_the_order_of_the_citizen(database: &Database) {
        let it = Reporting::begun(database).await;
        it.desk.clock.set("2026-11-25T08:00:00Z");
        it.change(ConditionCode::WellBeing).await;
        it.morning("2026-11-26T06:00:00Z").await;
        it.gateway.answers(&[Answer::Unknown]);
        assert_eq!(it.deliver().await, round(0, 0, 1), "the second waits for the first");
        assert_eq!(it.deliver().await, round(0, 0, 0), "not before it is time");
        let page = it.page("leder-1", Role::Leader, "/indberetning").await;
        assert!(page.contains("Venter på at blive sendt") && page.contains("intet kommer dobbelt"), "{page}");
        it.desk.clock.set("2026-11-26T06:02:00Z");
        it.gateway.answers(&[Answer::Duplicate]);
        assert_eq!(it.deliver().await, round(2, 0, 0), "it had arrived, and the second follows");
        let ids = it.gateway.ids();
        assert_eq!(ids.len(), 3);
        assert_eq!(ids[0], ids[1], "the same number until the gateway has said what became of it");
        assert_ne!(ids[1], ids[2]);
        assert!(it.gateway.last().contains(ConditionCode::WellBeing.code()));
        assert_eq!(it.deliver().await, round(0, 0, 0));
        let day = it.page("leder-2", Role::Leader, "/indberetning/2026-11-24").await;
        assert!(day.contains("Modtaget") && !day.contains("Venter på at blive sendt"));
    }
}

on_both_engines! {
    async fn a_gateway_that_lets_nobody_in_is_told_of_and_nothing_is_lost(database: &Database) {
        let it = Reporting::begun(database).await;
        it.morning("2026-11-25T06:00:00Z").await;
        it.gateway.answers(&[Answer::NoAccess, Answer::Later]);
        assert_eq!(it.deliver().await, round(0, 0, 1));
        let page = it.page("leder-1", Role::Leader, "/indberetning").await;
        assert!(page.contains("FK-Gateway gav ikke adgang (svar 403)") && page.contains("Næste forsøg"), "{page}");
        it.desk.clock.set("2026-11-25T06:05:00Z");
        assert_eq!(it.deliver().await, round(0, 0, 1));
        it.desk.clock.set("2026-11-25T06:30:00Z");
        assert_eq!(it.deliver().await, round(1, 0, 0));
        let ids = it.gateway.ids();
        assert!(ids.len() == 3 && ids.iter().all(|id| *id == ids[0]));
    }
}

on_both_engines! {
    async fn what_is_refused_is_not_sent_again_until_the_record_is_mended(database: &Database) {
        let it = Reporting::begun(database).await;
        it.desk.clock.set("2026-11-25T08:00:00Z");
        it.change(ConditionCode::WellBeing).await;
        it.morning("2026-11-26T06:00:00Z").await;
        it.gateway.answers(&[Answer::Refused]);
        assert_eq!(it.deliver().await, round(0, 1, 0), "what builds on it is not sent");
        let day = it.page("leder-1", Role::Leader, "/indberetning/2026-11-25").await;
        assert!(day.contains("Trukket tilbage"), "{day}");
        for hour in ["2026-11-26T07:00:00Z", "2026-11-27T06:00:00Z"] {
            it.morning(hour).await;
            assert_eq!(it.deliver().await, round(0, 0, 0), "the same again would be refused again");
        }
        let page = it.page("leder-2", Role::Leader, "/indberetning").await;
        assert!(page.contains("Afviste indberetninger") && page.contains("klgateway-119-x: a condition is missing"));
        it.change(ConditionCode::PhysicalActivity).await;
        it.morning("2026-11-27T07:00:00Z").await;
        assert_eq!(it.deliver().await, round(1, 0, 0), "one tells all");
        let told = it.gateway.last();
        for code in [ConditionCode::WellBeing, ConditionCode::PhysicalActivity] {
            assert!(told.contains(code.code()), "{code:?}");
        }
        let ids = it.gateway.ids();
        assert_ne!(ids[0], ids[1], "a new try has a number of its own");
        it.morning("2026-11-28T06:00:00Z").await;
        assert_eq!(it.deliver().await, round(0, 0, 0), "nothing is told twice");
        let page = it.page("leder-3", Role::Leader, "/indberetning").await;
        assert!(!page.contains("Afviste indberetninger"), "{page}");
    }
}

on_both_engines! {
    async fn a_refusal_older_than_two_working_days_stands_on_the_start_page(database: &Database) {
        let it = Reporting::begun(database).await;
        it.morning("2026-11-25T06:00:00Z").await;
        let start = it.page("leder-0", Role::Leader, "/").await;
        assert!(start.contains("Afviste indberetninger") && start.contains("Ingen indberetning er afvist"), "{start}");
        it.gateway.answers(&[Answer::Refused]);
        assert_eq!(it.deliver().await, round(0, 1, 0));
        it.desk.clock.set("2026-11-27T10:00:00Z");
        let start = it.page("leder-1", Role::Leader, "/").await;
        assert!(start.contains("fb-figure--none\">0</span><span><a href=\"/indberetning\""), "two working days to mend it");
        assert!(start.contains("Ældre end 2 arbejdsdage, af 1 afvist"));
        it.desk.clock.set("2026-11-30T10:00:00Z");
        for (user, role, path) in [("leder-2", Role::Leader, "/"), ("kvalitet", Role::Quality, "/kvalitet")] {
            let page = it.page(user, role, path).await;
            assert!(page.contains("fb-figure--late\">1</span><span><a href=\"/indberetning\""), "{path}: {page}");
        }
        let page = it.page("visitator", Role::Visitator, "/").await;
        assert!(!page.contains("Afviste indberetninger"), "who does not report is not told");
        let mut leader = log_in(&it.desk.app, 1, "leder-3", Role::Leader).await;
        let page = leader.get("/indberetning").await.body;
        assert!(page.contains("Ældre end 2 arbejdsdage") && page.contains(&format!("href=\"/borgere/{}\"", it.citizen)));
        let refused = it.gateway.ids()[0];
        crate::leads_to(&leader.post(&format!("/indberetning/{refused}/igen"), &[]).await);
        let page = leader.get("/indberetning").await.body;
        assert!(page.contains("dannet igen med et nyt nummer") && !page.contains("Afviste indberetninger"));
        assert_eq!(it.deliver().await, round(1, 0, 0));
        assert_eq!(leader.post(&format!("/indberetning/{refused}/igen"), &[]).await.status, 404, "only once");
        let start = it.page("leder-4", Role::Leader, "/").await;
        assert!(start.contains("Ingen indberetning er afvist"));
    }
}
