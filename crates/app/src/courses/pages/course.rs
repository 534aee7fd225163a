//! The course's page: the whole of it as a picture, the same as a table, and what can be done: `GET /forloeb/{id}`.
//!
//! Eight queries: whose it is, the six of the citizen's page, and the names of the staff.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use domain::adaptation::Adaptation;
use domain::course::Course;
use domain::ids::{CourseId, TeamId};
use domain::limits::Limits;
use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::Timestamp;
use store::{Seen, Versioned};
use uuid::Uuid;

use super::lanes::{Event, Lane, Shape, ended_on, lanes};
use super::panels::{self, ConsentLine, ContactLine, FollowUpLine, GoalLine, InterventionLine, LetterLine};
use super::timeline::{Timeline, draw};
use crate::access::{self, User};
use crate::citizens::{self, CitizenView, TaskLine};
use crate::coordination::{self, CoordinationLine};
use crate::layout::{Choice, Counts, Frame, Moment, Nav, PersonHeader, Tag, dates};
use crate::records::CitizenRecord;
use crate::relatives::{self, RelativeLine};
use crate::safety::WarningLine;
use crate::stopbasen::{self, StopPanel};
use crate::web::fields::Fields;
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller, calendar, safety};

#[derive(Template)]
#[template(path = "courses/pages/course.html")]
pub(super) struct CoursePage {
    frame: Frame,
    href: String,
    heading: String,
    facts: String,
    state: Tag,
    person: PersonHeader,
    /// What stood in the way of what was just tried, and the form that it was tried in.
    problem: Option<Problem>,
    picture: Timeline,
    /// What the picture says, in a sentence.
    finding: String,
    legend: [Shape; 9],
    facts_table: Vec<TableLine>,
    goals: Vec<GoalLine>,
    tasks: Vec<TaskLine>,
    interventions: Vec<InterventionLine>,
    warnings: Vec<WarningLine>,
    /// How many of them nobody has set aside.
    standing: usize,
    support: Support,
    stop: Option<StopPanel>,
    /// Relatives and other departments.
    together: Together,
    contacts: Vec<ContactLine>,
    follow_ups: Vec<FollowUpLine>,
    consents: Vec<ConsentLine>,
    letters: Vec<LetterLine>,
    /// The reader may change it, and it is open.
    open: bool,
    /// The reader may change it.
    may_write: bool,
    /// Plans that a contact can be part of.
    plans: Vec<Choice>,
    classes: Vec<Choice>,
    stops: Vec<Choice>,
    /// What was typed in a refused form, or what a new one begins with.
    typed: Typed,
    seen_href: String,
    measures_href: String,
}

impl CoursePage {
    /// Whether what was refused was tried in this panel: its form is then unfolded.
    fn at(&self, panel: &str) -> bool {
        self.problem.as_ref().is_some_and(|problem| problem.at == panel)
    }
}

/// What a person reads when an act was refused.
pub(super) struct Problem {
    /// The panel with the form.
    pub(super) at: &'static str,
    pub(super) text: String,
}

/// The texts of the page's forms by their names.
#[derive(Default)]
pub(super) struct Typed(pub(super) Fields);

impl Typed {
    fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

/// How much support the citizen gets, and what is done differently.
struct Support {
    href: String,
    level: Option<&'static str>,
    adapted: Vec<&'static str>,
    safety_href: String,
}

/// Who takes part beside us: relatives on the citizen's terms, and other departments.
struct Together {
    relatives_href: String,
    relatives: Tag,
    people: Vec<RelativeLine>,
    coordination_href: String,
    departments: Vec<CoordinationLine>,
}

fn together(record: &CitizenRecord, course: CourseId, today: jiff::civil::Date) -> Together {
    Together {
        relatives_href: relatives::relatives_href(course),
        relatives: relatives::said(record, course),
        people: relatives::lines(record, course, today),
        coordination_href: coordination::coordination_href(course),
        departments: coordination::lines(record, course, today),
    }
}

/// A line of the picture's table.
struct TableLine {
    at: Moment,
    what: String,
    text: String,
    /// What the sender wrote about it.
    about: Option<String>,
    sign: &'static str,
}

/// A course with all that its page shows.
pub(super) struct Loaded {
    pub(super) view: CitizenView,
    pub(super) course: Versioned<Course>,
    pub(super) users: Vec<User>,
    /// Seats of the teams that a rule asks about.
    pub(super) seats: BTreeMap<TeamId, u16>,
    pub(super) limits: Limits,
}

pub(super) async fn load(app: &App, caller: &Caller, id: CourseId) -> Result<Loaded, AppError> {
    let limits = app.organization(caller.organization).await?.settings.limits;
    let read = move |tx: &mut store::Tx<'_>| {
        let citizen = crate::records::citizen_of(tx, "course", id.0)?;
        let view = citizens::citizen(tx, citizen)?;
        let course = view.record.course(id)?.clone();
        let seats = safety::seats(tx, &view.record, id)?;
        Ok::<_, AppError>(Seen::record(citizen.0, Loaded { view, course, users: access::users_in(tx)?, seats, limits }))
    };
    app.store.view(caller.scope("course.open", app.now()), read).await
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<CoursePage>, AppError> {
    let loaded = load(&app, &caller, id.into()).await?;
    let frame = visit.frame(Nav::Citizens, Counts::default()).await?;
    Ok(Page(page(frame, &caller, &loaded, app.now(), None, Typed::default())))
}

pub(super) fn page(
    frame: Frame,
    caller: &Caller,
    loaded: &Loaded,
    now: Timestamp,
    problem: Option<Problem>,
    mut typed: Typed,
) -> CoursePage {
    let Loaded { view, course, users, seats, limits } = loaded;
    let (record, today, id) = (&view.record, local_date(now), course.value.id);
    let citizen = &record.citizen.value;
    let doctor = citizen.general_practitioner.and_then(|id| view.partners.iter().find(|p| p.id == id));
    let mut person = citizens::person_header(citizen, doctor.map(|d| d.name.as_str()), today);
    person.facts.splice(0..0, calendar::next_time(record, now));
    let citizen_href = format!("/borgere/{}", citizen.id);
    let lanes = lanes(record, &view.messages, id);
    let drawn: Vec<Lane> = lanes.iter().map(|lane| lane.read_in(frame.language)).collect();
    let running = course.value.state.is_open();
    let facts = safety::facts(record, id, limits, today, seats);
    let weighed = if running { safety::weighed(record, id, &facts) } else { Vec::new() };
    let may_write = caller.role.may(Permission::CourseWrite);
    typed.0.entry("dato".to_owned()).or_insert_with(|| today.to_string());
    CoursePage {
        picture: draw(&drawn, today, running, frame.language),
        frame,
        href: super::course_href(id),
        heading: heading(&course.value, today),
        facts: panels::summary(record, &course.value, today),
        state: crate::courses::course_tag(&course.value.state),
        person: PersonHeader {
            href: Some(citizen_href.clone()),
            seen_by_href: Some(format!("{citizen_href}#set")),
            ..person
        },
        problem,
        finding: panels::finding(&lanes, record, id, now),
        legend: Shape::ALL,
        facts_table: table(&lanes, today),
        goals: panels::goals(record, id, today),
        tasks: citizens::task_lines(view, caller.role, limits, today),
        interventions: panels::interventions(record, id, users, now),
        standing: weighed.iter().filter(|one| one.acknowledged.is_none()).count(),
        warnings: safety::lines(&weighed, users, today),
        support: support(record, id),
        stop: stopbasen::panel(record, id, today),
        together: together(record, id, today),
        contacts: panels::contacts(record, id, users, now),
        follow_ups: panels::follow_ups(record, id, today),
        consents: panels::consents(record, users, today),
        letters: panels::letters(view, id, now),
        open: may_write && running,
        may_write,
        plans: panels::plan_choices(record, id, typed.get("plan")),
        classes: panels::class_choices(typed.get("sted")),
        stops: panels::stop_choices(typed.get("aarsag")),
        typed,
        seen_href: format!("{citizen_href}#set"),
        measures_href: crate::measures::list_href(citizen.id),
    }
}

fn support(record: &CitizenRecord, course: CourseId) -> Support {
    let adapted = safety::adaptations(record);
    Support {
        href: safety::support_href(course),
        level: safety::level(record, course).map(|level| level.decided.label()),
        adapted: Adaptation::ALL.iter().filter(|one| adapted.has(**one)).map(|one| one.label()).collect(),
        safety_href: safety::safety_href(course),
    }
}

fn heading(course: &Course, today: jiff::civil::Date) -> String {
    let since = dates::short_day(course.opened_on, today);
    match ended_on(&course.state) {
        Some(end) => format!("Forløb {since} – {}", dates::short_day(end, today)),
        None => format!("Forløb siden {since}"),
    }
}

/// The picture's facts in the order of their days.
fn table(lanes: &[Lane], today: jiff::civil::Date) -> Vec<TableLine> {
    let mut all: Vec<_> = lanes.iter().flat_map(|lane| lane.events.iter().map(|event| (&lane.label, event))).collect();
    all.sort_by_key(|(_, event)| event.on);
    let line = |(what, event): (&String, &Event)| TableLine {
        at: Moment::day(event.on, today),
        what: what.clone(),
        text: event.text.clone(),
        about: event.about.clone(),
        sign: event.shape.label(),
    };
    all.into_iter().map(line).collect()
}
