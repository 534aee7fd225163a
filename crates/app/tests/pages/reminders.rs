//! What citizens are told of their times: at booking, some days before, on the day; once, as they want it, and not when it
//! is not so any more.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use app::calendar::{self, AppointmentInput, CancelInput, MoveInput};
use app::citizens::{self, CitizenInput};
use app::notices::{self, NotSent, TextMessage, TextSender};
use app::{AppError, courses};
use domain::calendar::AppointmentReason;
use domain::citizen::{Address, Citizen, Needs};
use domain::codes::{EncounterClass, StopReason};
use domain::ids::{AppointmentId, CitizenId, PlannedInterventionId, UserId};
use domain::notice::NoticeChannel;
use domain::permission::Role;
use domain::reminder::ReminderWish;
use jiff::Timestamp;
use store::{Scope, Seen};
use testkit::database::Database;
use testkit::municipality::staff;
use testkit::on_both_engines;

use crate::calendar::{nurse, routed};
use crate::teams::{session_now, team_of};
use crate::{Desk, leads_to, log_in};

const NANCY: &str = "01-xref15-gp-type2-diabetes-diet";
const NANCYS: &str = "Nancy Ann Test Berggren";

struct Told {
    desk: Desk,
    citizen: CitizenId,
    talk: PlannedInterventionId,
    nurse: UserId,
}

impl Told {
    /// Nancy, whose talk can get a time, and how she wants to be told.
    async fn by(database: &Database, notice_by: NoticeChannel, reminders: ReminderWish) -> Self {
        let mut desk = Desk::with(database, Role::Visitator, &[NANCY]).await;
        let nurse = nurse(&desk.app).await;
        let (talk, citizen) = routed(&mut desk, NANCYS).await;
        let it = Self { desk, citizen, talk, nurse };
        it.wishes(Needs { notice_by: Some(notice_by), reminders, ..Needs::default() }).await;
        it
    }

    async fn wishes(&self, needs: Needs) {
        let mobile = domain::citizen::Phone { number: "70000001".into(), kind: domain::citizen::PhoneKind::Mobile };
        let address = Address { street: Some("Testgade 1".into()), ..Address::default() };
        let input = CitizenInput {
            needs: Some(needs),
            phones: Some(vec![mobile]),
            address: Some(address),
            ..CitizenInput::default()
        };
        citizens::edit(&self.desk.app, &staff(1, Role::Visitator), self.citizen, None, input).await.unwrap();
    }

    fn at(&self, start: &str) -> AppointmentInput {
        let start: Timestamp = start.parse().unwrap();
        AppointmentInput {
            despite: false,
            professional: self.nurse,
            start,
            end: None,
            class: EncounterClass::AtPremises,
            needs: vec![],
        }
    }

    async fn book(&self, start: &str) -> AppointmentId {
        calendar::book(&self.desk.app, &staff(1, Role::Visitator), self.talk, self.at(start)).await.unwrap()
    }

    async fn moved(&self, id: AppointmentId, start: &str) {
        let input = MoveInput { reason: AppointmentReason::Citizen, to: self.at(start) };
        calendar::move_appointment(&self.desk.app, &staff(1, Role::Visitator), id, None, input).await.unwrap();
    }

    /// Another day: the session is a new one, and the hourly round has run twice.
    async fn later(&mut self, now: &str) {
        self.desk.clock.set(now);
        for _ in 0..2 {
            app::nightly::round(&self.desk.app).await.unwrap();
        }
        let name = format!("d{}", now.replace([':', '-'], ""));
        self.desk.browser = log_in(&self.desk.app, 1, &name, Role::Visitator).await;
    }

    async fn list(&mut self) -> String {
        self.desk.browser.get("/beskedliste").await.body
    }

    /// Every message of hers: kind, channel, state.
    async fn all(&self) -> Vec<String> {
        all(&self.desk).await
    }
}

async fn all(desk: &Desk) -> Vec<String> {
    const SQL: &str = "select kind, channel, state from notice where organization = $1 order by made_at, id";
    let scope = Scope::system(1, desk.app.now(), "test");
    let read = |tx: &mut store::Tx<'_>| {
        let rows = tx.query(SQL, &[], |r| {
            Ok(format!("{} {} {}", r.take::<String>()?, r.take::<String>()?, r.take::<String>()?))
        })?;
        Ok::<_, AppError>(Seen::nothing(rows))
    };
    desk.app.store.view(scope, read).await.unwrap()
}

on_both_engines! {
    async fn a_time_is_confirmed_and_reminded_of_once_each(database: &Database) {
        let mut nancy = Told::by(database, NoticeChannel::Sms, ReminderWish::AlsoOnTheDay).await;
        nancy.book("2026-12-08T09:00:00Z").await;
        let list = nancy.list().await;
        assert!(list.contains("Tirsdag 8. december kl. 10.00 til 11.00 har du en tid hos os.") && list.contains("70000001"));
        nancy.later("2026-12-05T09:00:00Z").await;
        assert_eq!(nancy.all().await, ["confirmed sms waiting"], "it is not time yet");
        nancy.later("2026-12-06T09:00:00Z").await;
        let list = nancy.list().await;
        assert_eq!(list.matches("Husk din tid hos os tirsdag 8. december kl. 10.00 til 11.00. Sted: Sundhedscentret, lokale 3.").count(), 1);
        assert!(!list.contains("iabetes"), "no health in a message");
        nancy.later("2026-12-08T08:00:00Z").await;
        assert_eq!(
            nancy.all().await,
            ["confirmed sms waiting", "reminder sms waiting", "day_reminder sms waiting"]
        );
        nancy.later("2026-12-08T09:00:00Z").await;
        assert!(nancy.list().await.contains("Alle har fået besked"), "nobody is reminded of what has begun");
    }
}

on_both_engines! {
    async fn a_time_that_moves_or_falls_away_takes_its_reminders_with_it(database: &Database) {
        let mut nancy = Told::by(database, NoticeChannel::Sms, ReminderWish::Before).await;
        let id = nancy.book("2026-12-08T09:00:00Z").await;
        nancy.later("2026-12-07T09:00:00Z").await;
        assert_eq!(nancy.all().await.len(), 2);
        nancy.moved(id, "2026-12-15T10:00:00Z").await;
        let list = nancy.list().await;
        assert!(list.contains("Tirsdag 15. december kl. 11.00 til 12.00") && !list.contains("8. december"));
        nancy.later("2026-12-13T09:00:00Z").await;
        assert_eq!(nancy.list().await.matches("Husk din tid hos os tirsdag 15. december").count(), 1);
        let off = CancelInput { reason: AppointmentReason::Staff };
        calendar::cancel(&nancy.desk.app, &staff(1, Role::Visitator), id, None, off).await.unwrap();
        nancy.later("2026-12-13T10:00:00Z").await;
        let list = nancy.list().await;
        assert!(list.contains("Din tid hos os tirsdag 15. december kl. 11.00 til 12.00 er aflyst. Vi finder en ny tid til dig."));
        assert!(!list.contains("Husk"));
    }
}

on_both_engines! {
    async fn a_citizen_is_reminded_as_they_want_and_may_change_their_mind(database: &Database) {
        let mut nancy = Told::by(database, NoticeChannel::Letter, ReminderWish::Before).await;
        nancy.book("2026-12-15T09:00:00Z").await;
        assert!(nancy.list().await.contains("Alle har fået besked"), "the invitation is the confirmation by letter");
        nancy.later("2026-12-04T09:00:00Z").await;
        let list = nancy.list().await;
        assert!(list.contains("Send brev") && list.contains("Se og print brevet"), "a letter leaves in time for the post");
        let href = list.split("href=\"/beskedliste/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let letter = nancy.desk.browser.get(&format!("/beskedliste/{href}")).await.body;
        for text in ["Husk din tid hos os", "Nancy Ann Test Berggren", "Testgade 1", "Kan du ikke komme?", "Brevet er sendt", "Læs højt"] {
            assert!(letter.contains(text), "{text}");
        }
        assert!(nancy.desk.queries_of(&format!("/beskedliste/{href}")).await <= 6);
        // She would rather be rung up; the letter that was not sent is dropped.
        let needs = Needs { notice_by: Some(NoticeChannel::Call), interpreter: true, ..Needs::default() };
        nancy.wishes(needs).await;
        nancy.later("2026-12-10T09:00:00Z").await;
        assert_eq!(nancy.all().await[1..], ["reminder letter dropped"], "it is too early to ring");
        nancy.later("2026-12-14T09:00:00Z").await;
        assert_eq!(nancy.all().await[2..], ["reminder call waiting"]);
        nancy.wishes(Needs { reminders: ReminderWish::None, ..Needs::default() }).await;
        nancy.later("2026-12-14T10:00:00Z").await;
        assert!(nancy.list().await.contains("Alle har fået besked"));
    }
}

on_both_engines! {
    async fn nothing_is_said_to_the_dead_or_to_whoever_stopped(database: &Database) {
        let mut nancy = Told::by(database, NoticeChannel::Sms, ReminderWish::AlsoOnTheDay).await;
        nancy.book("2026-12-08T09:00:00Z").await;
        let course = {
            let citizen = nancy.citizen;
            let read = move |tx: &mut store::Tx<'_>| {
                let record = app::records::citizen_record(tx, citizen)?;
                Ok::<_, AppError>(Seen::nothing(record.courses[0].value.id))
            };
            nancy.desk.app.store.view(Scope::system(1, nancy.desk.app.now(), "test"), read).await.unwrap()
        };
        courses::withdraw(&nancy.desk.app, &staff(1, Role::Professional), course, StopReason::OptedOut).await.unwrap();
        assert_eq!(nancy.all().await, ["confirmed sms dropped"]);
        nancy.later("2026-12-08T08:00:00Z").await;
        assert_eq!(nancy.all().await.len(), 1);
    }
}

on_both_engines! {
    async fn whoever_has_a_seat_is_told_and_reminded_and_a_seat_given_back_says_no_more(database: &Database) {
        let (mut desk, team, people) = team_of(database, 2).await;
        session_now(&mut desk, &team).await;
        let list = desk.browser.get("/beskedliste").await.body;
        assert_eq!(list.matches("Du har en plads på det hold, vi har talt om. Næste gang er").count(), 2);
        assert!(!list.contains("Træning tirsdag"));
        desk.clock.set("2026-11-29T09:00:00Z");
        for _ in 0..2 {
            notices::remind(&desk.app, &staff(1, Role::System)).await.unwrap();
        }
        desk.browser = log_in(&desk.app, 1, "senere", Role::Professional).await;
        let list = desk.browser.get("/beskedliste").await.body;
        assert_eq!(list.matches("Husk dit hold tirsdag 1. december kl. 9.00 til 10.30. Sted: Sal 2.").count(), 2);
        let indsats = people[0].0.to_string();
        leads_to(&desk.browser.post(&format!("{team}/frigiv"), &[("indsats", &*indsats)]).await);
        let list = desk.browser.get("/beskedliste").await.body;
        assert_eq!(list.matches("Husk dit hold").count(), 1);
        let dead = people[1].1;
        let on = jiff::civil::date(2026, 11, 29);
        citizens::register_death(&desk.app, &staff(1, Role::Professional), dead, on).await.unwrap();
        notices::remind(&desk.app, &staff(1, Role::System)).await.unwrap();
        assert!(desk.browser.get("/beskedliste").await.body.contains("Alle har fået besked"));
    }
}

on_both_engines! {
    async fn the_wish_is_kept_on_the_citizens_page(database: &Database) {
        let mut nancy = Told::by(database, NoticeChannel::Sms, ReminderWish::Before).await;
        let path = format!("/borgere/{}/ret", nancy.citizen);
        let page = nancy.desk.browser.get(&path).await;
        assert!(page.body.contains("Påmindelser om tider"));
        let version = crate::version_of(&page);
        let form = [("version", &*version), ("telefon", "70000001"), ("beskeder", "sms"), ("paamindelser", "none")];
        leads_to(&nancy.desk.browser.post(&path, &form).await);
        let citizen = nancy.citizen;
        let read = move |tx: &mut store::Tx<'_>| {
            let known = app::records::one::<Citizen>(tx, citizen.0, citizen.0)?.unwrap();
            Ok::<_, AppError>(Seen::nothing(known.value.needs.reminders))
        };
        let wish = nancy.desk.app.store.view(Scope::system(1, nancy.desk.app.now(), "test"), read).await.unwrap();
        assert_eq!(wish, ReminderWish::None);
    }
}

/// Answers as it is told to, and keeps what it was given.
#[derive(Debug, Default)]
struct Scripted {
    answers: Mutex<VecDeque<Result<(), NotSent>>>,
    given: Mutex<Vec<TextMessage>>,
}

#[notices::async_trait]
impl TextSender for Scripted {
    async fn send(&self, message: &TextMessage) -> Result<(), NotSent> {
        self.given.lock().unwrap().push(message.clone());
        self.answers.lock().unwrap().pop_front().unwrap_or(Ok(()))
    }
}

impl Told {
    fn sent_by(&mut self, answers: &[Result<(), NotSent>]) -> Arc<Scripted> {
        let sender =
            Arc::new(Scripted { answers: Mutex::new(answers.iter().copied().collect()), ..Scripted::default() });
        self.desk.app.text_sender = Some(sender.clone());
        sender
    }

    async fn send_at(&mut self, now: &str) -> notices::SentRound {
        self.desk.clock.set(now);
        notices::send_waiting(&self.desk.app, &staff(1, Role::System)).await.unwrap()
    }
}

on_both_engines! {
    async fn a_text_message_is_sent_once_by_day_and_tried_again_when_it_was_not(database: &Database) {
        let mut nancy = Told::by(database, NoticeChannel::Sms, ReminderWish::Before).await;
        nancy.book("2026-12-08T09:00:00Z").await;
        let sender = nancy.sent_by(&[Err(NotSent::Later)]);
        assert_eq!(nancy.send_at("2026-11-24T22:00:00Z").await, notices::SentRound::default(), "not at night");
        assert_eq!(nancy.send_at("2026-11-25T08:00:00Z").await, notices::SentRound { sent: 0, failed: 1 });
        nancy.desk.browser = {
            let mut browser = crate::browser::Browser::on(&nancy.desk.app);
            browser.log_in("visitator", crate::PASSWORD).await;
            browser
        };
        let list = nancy.list().await;
        assert!(list.contains("SMS, der sendes af sig selv") && list.contains("Prøvet 1 gang. Prøves igen."));
        assert_eq!(nancy.send_at("2026-11-25T08:00:30Z").await.failed, 0, "not at once");
        assert_eq!(nancy.send_at("2026-11-25T08:01:00Z").await, notices::SentRound { sent: 1, failed: 0 });
        assert_eq!(nancy.send_at("2026-11-25T08:30:00Z").await, notices::SentRound::default(), "never twice");
        let given = sender.given.lock().unwrap().clone();
        assert_eq!(given.len(), 2);
        assert_eq!(given[0].reference, given[1].reference);
        assert_eq!(given[0].to, "70000001");
        assert!(!format!("{:?}", given[0]).contains("70000001"), "no number in a log");
        assert_eq!(nancy.all().await, ["confirmed sms done"]);
        let undo = format!("/beskedliste/{}/fortryd", given[0].reference);
        leads_to(&nancy.desk.browser.post(&undo, &[]).await);
        assert_eq!(nancy.all().await, ["confirmed sms done"], "what the program sent does not wait again");
    }
}

async fn rung_up(database: &Database, answer: NotSent, tries: usize, why: &str) {
    let mut nancy = Told::by(database, NoticeChannel::Sms, ReminderWish::Before).await;
    nancy.book("2026-12-08T09:00:00Z").await;
    let sender = nancy.sent_by(&[Err(answer); 9]);
    for hour in 8..18 {
        nancy.send_at(&format!("2026-11-24T{hour:02}:30:00Z")).await;
    }
    assert_eq!(sender.given.lock().unwrap().len(), tries);
    nancy.desk.browser = log_in(&nancy.desk.app, 1, "ringer", Role::Visitator).await;
    let list = nancy.list().await;
    assert!(list.contains("Ring op") && list.contains(why), "{why}");
    assert_eq!(nancy.all().await, ["confirmed call waiting"]);
}

on_both_engines! {
    async fn what_is_refused_is_rung_up_about_and_the_list_says_why(database: &Database) {
        rung_up(database, NotSent::Refused, 1, "en blev afvist. Ring i stedet, og spørg om nummeret.").await;
    }
}

on_both_engines! {
    async fn what_may_have_been_sent_is_not_sent_again(database: &Database) {
        rung_up(database, NotSent::Unknown, 1, "en kom frem. Ring, og spørg.").await;
    }
}

on_both_engines! {
    async fn what_cannot_be_sent_in_five_tries_is_rung_up_about(database: &Database) {
        rung_up(database, NotSent::Later, 5, "en kunne ikke sendes. Ring i stedet.").await;
    }
}
