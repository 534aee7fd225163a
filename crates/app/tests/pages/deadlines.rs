//! One deadline, two uses: the day of every task that a requirement of the quality standard stands behind is the day that the
//! rule of the same requirement waits for, also where the municipality has moved its limits.

use app::calendar::{self, AppointmentInput};
use app::courses::{self, EndInput, GrantInput};
use app::organizations;
use app::quality::each_course;
use domain::codes::{DeliveryType, EncounterClass, InterventionCode};
use domain::competence::Competence;
use domain::deadlines::Deadline;
use domain::ids::{CitizenId, CourseId};
use domain::limits::Limits;
use domain::permission::Role;
use domain::task::TaskKind;
use domain::workdays::local_date;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use standard::facts::{CourseFacts, MunicipalityFacts};
use standard::{Context, LimitValues, LocalLimits, Switches, evaluate};
use store::{Scope, Seen};
use testkit::database::Database;
use testkit::municipality::{fixture, staff};
use testkit::on_both_engines;
use uuid::Uuid;

use crate::course::{act, href, planned};
use crate::measures::{audit, fill};
use crate::referral::step;
use crate::safety::{may, with_plan};
use crate::stopbasen::{begun_and_ended, consent, stop, stopping};
use crate::talk::record;
use crate::teams::{borrowed, pressed, session_now, team_of};
use crate::whole_course::later;
use crate::{Desk, leads_to, log_in, value_of, version_of};

const NANCY: &str = "01-xref15-gp-type2-diabetes-diet";
const NAME: &str = "Nancy Ann Test Berggren";

/// Every limit that a task is counted by, none of them as the standard proposes it.
fn moved() -> Limits {
    Limits {
        contact_workdays: 7,
        clarifying_days: 25,
        alcohol_start_workdays: 6,
        start_days: 40,
        no_show_workdays: 4,
        nicotine_bridge_days: 8,
        closing_talk_days: 20,
        final_status_workdays: 12,
        follow_up_window_days: 21,
        relapse_follow_up_days: 70,
        pregnancy_referral_workdays: 2,
        ..Limits::default()
    }
}

/// The municipality moves its limits. What was promised before stays as it was.
async fn moves_its_limits(desk: &Desk) {
    let mut home = organizations::find(&desk.app, 1).await.unwrap();
    home.settings.limits = moved();
    organizations::change(&desk.app, Scope::system(1, desk.app.now(), "test"), home).await.unwrap();
}

/// The next morning that somebody comes to work.
async fn on(desk: &mut Desk, day: &str) {
    later(desk, &format!("{day}T08:16:00Z"), Role::Professional).await;
    desk.browser.get("/").await;
    app::nightly::round(&desk.app).await.unwrap();
}

/// The open tasks with a deadline of a requirement, each with its day.
async fn tasks(desk: &Desk) -> Vec<(TaskKind, Deadline, Date)> {
    const SQL: &str = "select kind, rule, due_on from task where organization = $1 and state = 'open' order by id";
    let read = |tx: &mut store::Tx<'_>| {
        let rows = tx.query(SQL, &[], |r| Ok((r.take::<String>()?, r.take::<String>()?, r.take::<Date>()?)))?;
        Ok::<_, app::AppError>(Seen::nothing(rows))
    };
    let rows = desk.app.store.view(Scope::system(1, desk.app.now(), "test"), read).await.unwrap();
    let known = rows.into_iter().filter_map(|(kind, rule, due_on)| {
        let kind = TaskKind::parse(&kind).unwrap();
        Some((kind, Deadline::of_task(kind, &rule)?, due_on))
    });
    known.collect()
}

/// What the rules wait for in all courses, by requirement, with the limits in force.
async fn awaited(desk: &Desk) -> Vec<(&'static str, Date)> {
    let home = organizations::find(&desk.app, 1).await.unwrap();
    let (today, tables) = (local_date(desk.app.now()), MunicipalityFacts::default());
    let limits = LimitValues::new(&home.settings.limits, &LocalLimits::default());
    let period = (today.saturating_sub(1.year()), today);
    let at = Context { limits, ..Context::new(&tables, today, period) };
    let mut found = Vec::new();
    let keep = |course: CourseFacts| {
        let open = evaluate::deadlines(&course, &at, &Switches::default());
        found.extend(open.iter().map(|one| (one.requirement, one.due)));
    };
    each_course(&desk.app, &staff(1, Role::Leader), &tables, today, keep).await.unwrap();
    found
}

/// There is such a task, it is due on that day, and its requirement waits for the same.
async fn agrees(desk: &Desk, kind: TaskKind, deadline: Deadline, due_on: Date) {
    let (tasks, awaited) = (tasks(desk).await, awaited(desk).await);
    let ours: Vec<Date> = tasks.iter().filter(|it| (it.0, it.1) == (kind, deadline)).map(|it| it.2).collect();
    assert_eq!(ours, [due_on], "{deadline:?} among {tasks:?}");
    // Who agreed on a day is called on it; the last day that counts lies a window after.
    let last = match deadline {
        Deadline::FollowUp | Deadline::StopFollowUp => deadline.due(due_on, &moved()),
        _ => due_on,
    };
    let found = awaited.iter().filter(|(id, _)| deadline.requirements().contains(id));
    let days: Vec<Date> = found.map(|(_, day)| *day).collect();
    assert!(days.contains(&last), "{deadline:?} by {last}: {awaited:?}");
}

async fn open_intervention(desk: &Desk, citizen: CitizenId, code: InterventionCode) -> (Uuid, String) {
    let known = record(&desk.app, citizen).await;
    let it = known.interventions.iter().map(|it| &it.value).find(|it| it.code == code && it.status.is_open()).unwrap();
    (it.id.0, it.care_plan.unwrap().to_string())
}

async fn routed(desk: &mut Desk, request: &str, route: &str) -> String {
    let version = version_of(&desk.browser.get(request).await);
    leads_to(&desk.browser.post(&format!("{request}/indgang"), &[("version", &*version), ("route", route)]).await)
}

/// A contact on a day with the citizen alone.
async fn contact(desk: &mut Desk, course: CourseId, plan: &str, day: &str) {
    let held = [("plan", plan), ("dato", day), ("fra", "09:00"), ("til", "09:10"), ("sted", "phone")];
    leads_to(&act(desk, course, "/kontakt", &held).await);
}

on_both_engines! {
    async fn a_request_is_contacted_and_gets_its_talk_by_the_day_its_requirement_says(database: &Database) {
        use TaskKind::{CheckReferral, ContactCitizen, HoldTalk};
        let mut desk = Desk::with(database, Role::Visitator, &[]).await;
        moves_its_limits(&desk).await;
        app::mailbox::receive(&desk.app, Uuid::from_u128(1), fixture(NANCY)).await.unwrap();
        agrees(&desk, CheckReferral, Deadline::FirstContact, date(2026, 12, 3)).await;
        let mut professional = log_in(&desk.app, 1, "professional", Role::Professional).await;
        let request = desk.request_of(NAME).await;
        step(&mut desk, &request, "gennemgaa", &[("omraade", "nutrition"), ("kronisk", "ja")]).await;
        agrees(&desk, ContactCitizen, Deadline::FirstContact, date(2026, 12, 3)).await;
        let page = step(&mut desk, &request, "truffet", &[]).await;
        let citizen = page.split("href=\"/borgere/").nth(1).unwrap().split(['"', '#']).next().unwrap().to_owned();
        let booking = routed(&mut desk, &request, "clarifying_talk").await;
        agrees(&desk, HoldTalk, Deadline::ClarifyingTalk, date(2026, 12, 19)).await;
        let page = professional.get(&format!("/borgere/{citizen}")).await.body;
        assert!(page.contains("/kvalitet/krav/KS-3.1-01") && !page.contains("KS-3.1-02"), "she was referred");
        // Offered and answered is what is judged; held is what is still promised.
        let professional = may(&desk, Competence::ClarifyingTalk).await;
        let (start, class) = ("2026-12-01T09:00:00Z".parse().unwrap(), EncounterClass::AtPremises);
        let time = AppointmentInput { professional, start, end: None, class, needs: Vec::new(), despite: false };
        let talk = booking.rsplit('/').next().unwrap().parse::<Uuid>().unwrap();
        calendar::book(&desk.app, &staff(1, Role::Professional), talk.into(), time).await.unwrap();
        agrees(&desk, HoldTalk, Deadline::ClarifyingTalk, date(2026, 12, 19)).await;
    }
}

/// A request for a direct start, from reception to the step.
async fn started_directly(database: &Database, area: &str, route: &str) -> (Desk, String) {
    let mut desk = Desk::with(database, Role::Visitator, &[]).await;
    moves_its_limits(&desk).await;
    app::mailbox::receive(&desk.app, Uuid::from_u128(1), fixture(NANCY)).await.unwrap();
    let request = desk.request_of(NAME).await;
    step(&mut desk, &request, "gennemgaa", &[("omraade", area), ("kronisk", "nej")]).await;
    let page = step(&mut desk, &request, "truffet", &[]).await;
    let citizen = page.split("href=\"/borgere/").nth(1).unwrap().split(['"', '#']).next().unwrap().to_owned();
    routed(&mut desk, &request, route).await;
    (desk, citizen)
}

on_both_engines! {
    async fn a_talk_about_alcohol_has_a_deadline_of_its_own(database: &Database) {
        let (desk, _) = started_directly(database, "alcohol", "alcohol_talk").await;
        agrees(&desk, TaskKind::HoldTalk, Deadline::AlcoholTalk, date(2026, 12, 2)).await;
    }
}

on_both_engines! {
    async fn a_start_talk_is_held_by_a_habit_of_the_house(database: &Database) {
        let (mut desk, citizen) = started_directly(database, "nicotine", "nicotine_start").await;
        assert!(tasks(&desk).await.iter().all(|it| it.0 != TaskKind::HoldTalk), "no requirement stands behind it");
        let page = desk.browser.get(&format!("/borgere/{citizen}")).await.body;
        assert!(page.contains("Samtalen er lovet inden 25 dage fra modtagelsen"));
    }
}

on_both_engines! {
    async fn a_new_referral_in_a_running_course_gets_its_needs_talk(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        moves_its_limits(&desk).await;
        let (_, plan) = open_intervention(&desk, citizen, InterventionCode::DietaryGuidance).await;
        contact(&mut desk, course, &plan, "2026-11-24").await;
        on(&mut desk, "2026-11-26").await;
        desk.browser = log_in(&desk.app, 1, "visitator", Role::Visitator).await;
        app::mailbox::receive(&desk.app, Uuid::from_u128(77), crate::referral::again(NANCY)).await.unwrap();
        let request = desk.request_of(NAME).await;
        step(&mut desk, &request, "gennemgaa", &[("omraade", "physical_activity"), ("kronisk", "ja")]).await;
        step(&mut desk, &request, "truffet", &[]).await;
        routed(&mut desk, &request, "needs_talk").await;
        agrees(&desk, TaskKind::NeedsTalk, Deadline::NeedsTalk, date(2026, 12, 21)).await;
    }
}

on_both_engines! {
    async fn who_stayed_away_is_contacted_counted_from_the_session(database: &Database) {
        let (mut desk, team, all) = team_of(database, 2).await;
        moves_its_limits(&desk).await;
        let session = session_now(&mut desk, &team).await;
        on(&mut desk, "2026-11-26").await;
        let fields = pressed(&all, &[(all[1].1, "absent")], "");
        leads_to(&desk.browser.post(&session, &borrowed(&fields)).await);
        agrees(&desk, TaskKind::NoShow, Deadline::NoShow, date(2026, 11, 30)).await;
    }
}

on_both_engines! {
    async fn who_waits_for_nicotine_cessation_is_contacted(database: &Database) {
        let (mut desk, course, citizen) = with_plan(database, &["nicotine_cessation"], &[]).await;
        moves_its_limits(&desk).await;
        on(&mut desk, "2026-12-08").await;
        assert!(tasks(&desk).await.iter().all(|it| it.0 != TaskKind::BridgeContact), "fourteen days are no long wait");
        on(&mut desk, "2026-12-09").await;
        agrees(&desk, TaskKind::BridgeContact, Deadline::BridgeContact, date(2026, 12, 16)).await;
        for path in [href(course, ""), format!("/borgere/{citizen}")] {
            let page = desk.browser.get(&path).await.body;
            assert!(page.contains("<a href=\"/kvalitet/krav/KS-5.3-06\" translate=\"no\">KS-5.3-06</a>"), "{path}");
            assert!(page.contains("/kvalitet/krav/SP-004-22"), "{path}");
            assert!(desk.queries_of(&path).await <= 6, "{path}");
        }
        let mut reception = log_in(&desk.app, 1, "modtagelsen", Role::Visitator).await;
        let page = reception.get(&format!("/borgere/{citizen}")).await.body;
        assert!(page.contains("Ring i ventetiden") && !page.contains("/kvalitet/krav/"), "no way to what one may not read");
    }
}

on_both_engines! {
    async fn what_is_granted_begins_by_the_day_that_the_waiting_list_is_judged_by(database: &Database) {
        let (desk, course, _) = planned(database).await;
        moves_its_limits(&desk).await;
        let input = GrantInput {
            team: None,
            code: InterventionCode::PhysicalTraining,
            delivery: DeliveryType::Individual,
            reasons: Vec::new(),
            choice_reason: Some("Vil i gang.".to_owned()),
            care_plan: None,
            planned_end_on: None,
            performer: None,
            service_request: None,
        };
        courses::grant(&desk.app, &staff(1, Role::Professional), course, input).await.unwrap();
        let begins = tasks(&desk).await.into_iter().filter(|it| it.1 == Deadline::Start).map(|it| it.2);
        assert_eq!(begins.collect::<Vec<_>>(), [date(2026, 12, 24), date(2027, 1, 3)], "a promise stands, the next is new");
    }
}

on_both_engines! {
    async fn diet_treatment_is_followed_up_and_its_need_assessed(database: &Database) {
        let (mut desk, course, citizen) = with_plan(database, &["dietary_treatment"], &[]).await;
        let (_, plan) = open_intervention(&desk, citizen, InterventionCode::DietaryTreatment).await;
        may(&desk, Competence::ClinicalDietitian).await;
        contact(&mut desk, course, &plan, "2026-11-24").await;
        on(&mut desk, "2027-01-26").await;
        agrees(&desk, TaskKind::DietFollowUp, Deadline::DietFollowUp, date(2027, 2, 24)).await;
        contact(&mut desk, course, &plan, "2027-01-26").await;
        on(&mut desk, "2027-10-26").await;
        agrees(&desk, TaskKind::DietFollowUp, Deadline::DietFollowUp, date(2027, 4, 28)).await;
        agrees(&desk, TaskKind::DietReassess, Deadline::DietReassess, date(2027, 11, 24)).await;
    }
}

on_both_engines! {
    async fn a_notification_is_decided_counted_from_the_screening(database: &Database) {
        let (mut desk, _, citizen) = planned(database).await;
        moves_its_limits(&desk).await;
        let mut harmful = audit(["4", "4", "4", "3", "0", "0", "2", "0", "0", "0"]);
        harmful.extend([("oplysninger", "1"), ("oplysning", "pregnant")]);
        leads_to(&fill(&mut desk, citizen, "audit", &harmful).await);
        agrees(&desk, TaskKind::Safety, Deadline::Notification, date(2026, 11, 26)).await;
    }
}

on_both_engines! {
    async fn a_course_is_closed_told_of_and_followed_up(database: &Database) {
        let (mut desk, course, citizen) = planned(database).await;
        moves_its_limits(&desk).await;
        let (it, plan) = open_intervention(&desk, citizen, InterventionCode::DietaryGuidance).await;
        contact(&mut desk, course, &plan, "2026-11-24").await;
        on(&mut desk, "2026-12-01").await;
        // Written down the day after.
        let ended = EndInput { on: Some(date(2026, 11, 30)), reason: None };
        courses::end_intervention(&desk.app, &staff(1, Role::Professional), it.into(), None, ended).await.unwrap();
        agrees(&desk, TaskKind::ClosingTalk, Deadline::ClosingTalk, date(2026, 12, 20)).await;
        let goal = record(&desk.app, citizen).await.goals[0].value.id;
        let (reached, words) = (format!("maal-{goal}"), format!("ord-{goal}"));
        let version = value_of(&desk.browser.get(&href(course, "/afslut")).await, "version");
        let form = [
            ("version", &*version),
            (&*reached, "partly"),
            (&*words, "Jeg kan tage én etage"),
            ("handling-laege", "Kontrol af HbA1c ved næste årskontrol."),
            ("samtale", "holdt"),
            ("dato", "2026-12-01"),
            ("fra", "08:00"),
            ("til", "08:15"),
            ("opfoelgning-3", "ja"),
            ("samtykke", "ja"),
            ("handling", "send"),
        ];
        let copy = leads_to(&act(&mut desk, course, "/afslut", &form).await);
        agrees(&desk, TaskKind::FollowUp, Deadline::FollowUp, date(2027, 3, 1)).await;
        // The status is taken back before it leaves: it is due again, by the day it always had.
        let copy = desk.browser.get(&copy).await.body;
        let undo = copy.split("action=\"/udgaaende/").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(desk.browser.post(&format!("/udgaaende/{undo}"), &[]).await.status, 303);
        agrees(&desk, TaskKind::SendStatus, Deadline::Status, date(2026, 12, 17)).await;
    }
}

on_both_engines! {
    async fn nicotine_cessation_is_followed_up_and_gives_a_new_occasion(database: &Database) {
        let (mut desk, course, citizen) = stopping(database).await;
        moves_its_limits(&desk).await;
        consent(&mut desk, course, "stopbasen", "ja").await;
        consent(&mut desk, course, "stopbasen_follow_up", "ja").await;
        begun_and_ended(&mut desk, course, citizen).await;
        agrees(&desk, TaskKind::FollowUp, Deadline::StopFollowUp, date(2027, 5, 24)).await;
        on(&mut desk, "2026-11-26").await;
        leads_to(&desk.browser.post(&stop(course, "/slut"), &[("version", "0"), ("udfald", "reduced")]).await);
        agrees(&desk, TaskKind::FollowUp, Deadline::NewOccasion, date(2027, 2, 2)).await;
    }
}
