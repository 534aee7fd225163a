//! The talk on one screen: `GET /samtaler/{id}`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::calendar::Appointment;
use domain::codes::{EncounterClass, InterventionCode};
use domain::competence::Competence;
use domain::consent::ConsentForm;
use domain::course::WheelTheme;
use domain::ids::{CitizenId, PlannedInterventionId, TeamId, UserId};
use domain::planned_intervention::PlannedIntervention;
use domain::team::Team;
use domain::workdays::local_date;
use store::{Seen, Tx};
use uuid::Uuid;

use super::before::Before;
use super::draft::{self, Draft};
use super::fields::{GOALS, Texts};
use super::parts::{self, Area, Conditions, Intervention, Missing, Question, Warnings};
use super::talk_href;
use super::wheel::Wheel;
use crate::layout::{Choice, Counts, Field, FormError, Frame, Link, MessagePage, Nav, PersonHeader};
use crate::measures::{self, Instruments};
use crate::records::{self, CitizenRecord};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller, access, citizens, safety, teams};

#[derive(Template)]
#[template(path = "talks/talk.html")]
pub(super) struct TalkPage {
    frame: Frame,
    href: String,
    talk: PlannedInterventionId,
    step: i64,
    heading: &'static str,
    person: PersonHeader,
    problem: Option<String>,
    errors: Vec<FormError>,
    /// What another wrote where the reader also wrote.
    others: Vec<Other>,
    why: Vec<Why>,
    topics: Field,
    before: Before,
    /// Where all results are.
    measures_href: String,
    areas: Vec<Area>,
    factors: Vec<Question>,
    wheel: Wheel,
    steps: Vec<(String, &'static str, String)>,
    known_goals: Vec<String>,
    goals: Vec<(&'static str, String)>,
    maintenance: Field,
    gone_through: bool,
    needs: Vec<(&'static str, &'static str, bool)>,
    best_time: Field,
    consents: Vec<Question>,
    consent_forms: Vec<Choice>,
    conditions: Conditions,
    interventions: Vec<Intervention>,
    missing: Missing,
    warnings: Warnings,
    /// Where the level of support and what is done differently are.
    support_href: String,
    safety_href: String,
    /// Where the screening for alcohol is filled in.
    audit_href: String,
    day: Field,
    from: Field,
    until: Field,
    places: Vec<Choice>,
}

/// A field that two people wrote in.
pub(super) struct Other {
    pub(super) field: String,
    pub(super) label: String,
    pub(super) who: String,
    pub(super) text: String,
}

/// A talk with all that is kept of the citizen, and what is typed of it so far.
pub(super) struct Loaded {
    pub(super) record: Arc<CitizenRecord>,
    pub(super) talk: PlannedIntervention,
    pub(super) draft: Draft,
    /// Who may give diet treatment, when it is chosen.
    pub(super) dietitians: Vec<String>,
    /// Seats of the teams that a rule asks about.
    pub(super) seats: BTreeMap<TeamId, u16>,
    /// Teams that are not over.
    pub(super) teams: Vec<Team>,
}

impl Loaded {
    /// What a talk needs beside its record and its draft.
    pub(super) fn with(
        tx: &mut Tx<'_>,
        record: Arc<CitizenRecord>,
        talk: PlannedIntervention,
        draft: Draft,
    ) -> Result<Self, AppError> {
        let diet = draft.get("indsats-dietary_treatment").is_some_and(|saved| saved.text == "ja");
        let holders = if diet { safety::may_hold(tx, Competence::ClinicalDietitian)? } else { Vec::new() };
        let seats = safety::seats(tx, &record, talk.course)?;
        let dietitians = holders.into_iter().map(|colleague| colleague.label).collect();
        let teams = teams::current(tx, tx.scope().at)?;
        Ok(Self { record, talk, draft, dietitians, seats, teams })
    }

    pub(super) fn time(&self) -> Option<&Appointment> {
        self.record.time_of(self.talk.id).map(|time| &time.value)
    }

    pub(super) fn citizen(&self) -> CitizenId {
        self.talk.citizen
    }
}

/// The instruments of the program; with those that were loaded when one of them was answered, which is another query.
async fn instruments_of(app: &App, caller: &Caller, record: &CitizenRecord) -> Result<Instruments, AppError> {
    let ours = Instruments::default();
    let foreign = |it: &domain::response::Response| ours.find(&it.instrument, it.version).is_none();
    if !record.responses.iter().any(|it| it.value.counts() && foreign(&it.value)) {
        return Ok(ours);
    }
    let read = |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(Instruments::read(tx, &BTreeSet::new())?));
    app.store.view(caller.scope("talk.instruments", app.now()), read).await
}

/// Reads a talk: four queries, and who may give diet treatment when it is chosen.
pub(super) async fn load(
    app: &App,
    caller: &Caller,
    action: &'static str,
    id: PlannedInterventionId,
) -> Result<Loaded, AppError> {
    let read = move |tx: &mut Tx<'_>| {
        let citizen = records::citizen_of(tx, "planned_intervention", id.0)?;
        let record = records::citizen_record(tx, citizen)?;
        let talk = record.intervention(id)?.value.clone();
        let draft = draft::read(tx, id)?;
        Ok::<_, AppError>(Seen::record(citizen.0, Loaded::with(tx, record, talk, draft)?))
    };
    app.store.view(caller.scope(action, app.now()), read).await
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Response, AppError> {
    let loaded = load(&app, &caller, "talk.open", id.into()).await?;
    if let Err(error) = draft::open_talk(&loaded.record, loaded.talk.id) {
        return over(&visit, &loaded, &error, Vec::new()).await;
    }
    Ok(Page(page(&app, &visit, &loaded, Shown::default()).await?).into_response())
}

/// What a refused form leads to: what was typed, and what stood in the way.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) typed: Option<Texts>,
    pub(super) problem: Option<String>,
    pub(super) errors: Vec<FormError>,
    pub(super) others: Vec<Other>,
}

/// A talk that cannot be written in: what to do now, and what was typed, so that nothing is lost.
pub(super) async fn over(
    visit: &Visit,
    loaded: &Loaded,
    error: &AppError,
    typed: Vec<String>,
) -> Result<Response, AppError> {
    let status = if typed.is_empty() { StatusCode::OK } else { StatusCode::CONFLICT };
    let citizen = loaded.citizen();
    let page = MessagePage {
        frame: visit.frame(Nav::Citizens, Counts::default()).await?,
        heading: loaded.talk.code.label().to_owned(),
        text: error.user_message(),
        unsaved: typed,
        links: vec![
            Link::new(format!("/borgere/{citizen}"), "Åbn journalen"),
            Link::new(format!("{}/borger", talk_href(loaded.talk.id)), "Se borgerens plan"),
        ],
    };
    Ok((status, Page(page)).into_response())
}

pub(super) async fn page(app: &App, visit: &Visit, loaded: &Loaded, shown: Shown) -> Result<TalkPage, AppError> {
    let now = app.now();
    let (record, talk) = (&loaded.record, &loaded.talk);
    let saved = parts::texts(record, &loaded.draft, loaded.time(), now);
    let texts = match shown.typed {
        Some(typed) => Texts(saved.0.into_iter().chain(typed.0).collect()),
        None => saved,
    };
    let clarifying = talk.code == InterventionCode::ClarifyingTalk;
    let caller = visit.caller().ok_or(AppError::NotLoggedIn)?;
    let limits = app.organization(caller.organization).await?.settings.limits;
    let error = |id: &str| shown.errors.iter().find(|e| e.field == id).map(|e| e.message.clone());
    let field = |id: &str| Field { value: texts.get(id).to_owned(), error: error(id) };
    let person = citizens::person_header(&record.citizen.value, None, local_date(now));
    let before = Before::of(record, &instruments_of(app, caller, record).await?, local_date(now));
    let course_goals = record.goals.iter().map(|g| &g.value).filter(|g| g.course == talk.course);
    Ok(TalkPage {
        frame: visit.frame(Nav::Citizens, Counts::default()).await?,
        href: talk_href(talk.id),
        talk: talk.id,
        step: draft::step(&loaded.draft),
        heading: talk.code.label(),
        person: PersonHeader { href: Some(format!("/borgere/{}", talk.citizen)), ..person },
        problem: shown.problem,
        others: shown.others,
        why: why(record),
        topics: field("emner"),
        areas: parts::areas(&texts, &before),
        before,
        measures_href: measures::list_href(talk.citizen),
        factors: parts::factors(&texts),
        wheel: Wheel::of(&texts.notes().wheel),
        steps: WheelTheme::ALL.iter().map(|theme| step(&texts, *theme)).collect(),
        known_goals: course_goals.map(|goal| goal.words.clone()).collect(),
        goals: GOALS.iter().map(|id| (*id, texts.get(id).to_owned())).collect(),
        maintenance: field("fastholdelse"),
        gone_through: texts.is("gennemgaaet", "ja"),
        needs: parts::needs(&texts),
        best_time: field("bedst"),
        consents: parts::consents(&texts, record),
        consent_forms: choices(ConsentForm::ALL, texts.get("samtykke-maade"), ConsentForm::word, ConsentForm::label),
        conditions: parts::conditions(&texts, &parts::in_focus(record, talk.course)),
        interventions: parts::interventions(&texts, &teams::free_seats(&loaded.teams, now)),
        missing: parts::missing(&texts, record, clarifying),
        warnings: parts::warnings(&texts, loaded, &limits, local_date(now)),
        support_href: safety::support_href(talk.course),
        safety_href: safety::safety_href(talk.course),
        audit_href: measures::fill_href(talk.citizen, "audit"),
        day: field("dato"),
        from: field("fra"),
        until: field("til"),
        places: choices(EncounterClass::ALL, texts.get("sted"), EncounterClass::word, EncounterClass::label),
        errors: shown.errors,
    })
}

fn step(texts: &Texts, theme: WheelTheme) -> (String, &'static str, String) {
    let id = format!("hjul-{}", theme.word());
    let step = texts.get(&id).to_owned();
    (id, theme.label(), step)
}

fn choices<T: Copy>(all: &[T], chosen: &str, word: fn(T) -> &'static str, label: fn(T) -> &'static str) -> Vec<Choice> {
    let choice = |one: &T| Choice {
        value: word(*one).to_owned(),
        label: label(*one).to_owned(),
        hint: None,
        selected: word(*one) == chosen,
    };
    all.iter().map(choice).collect()
}

/// What a request says: in the sender's words, and what it asks for.
struct Why {
    said: String,
    areas: String,
}

/// What the requests say, in a line each.
fn why(record: &CitizenRecord) -> Vec<Why> {
    let line = |stored: &records::StoredRequest| {
        let about: Vec<_> = stored.focus.iter().map(|focus| focus.text.as_str()).collect();
        let areas: Vec<_> = stored.request.areas.iter().map(|area| area.label()).collect();
        Why { said: about.join(", "), areas: areas.join(", ") }
    };
    let lines = record.requests.iter().map(|r| line(&r.value));
    lines.filter(|why| !why.said.is_empty() || !why.areas.is_empty()).collect()
}

/// The initials of somebody, for what they wrote.
pub(super) async fn initials(app: &App, organization: i64, user: UserId) -> Result<String, AppError> {
    let users = access::users(app, organization).await?;
    Ok(access::name_of(&users, user))
}
