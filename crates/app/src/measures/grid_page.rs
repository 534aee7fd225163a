//! The class test grid: `GET` and `POST /hold/{id}/gange/{gang}/maalinger`. Everybody with a seat is a row, each test a
//! column; the earlier value stands beside, and place and equipment are remembered from the first test.

use std::collections::{BTreeMap, HashMap};

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response as Answered};
use domain::ids::{CitizenId, ResponseId, SessionId, TeamId};
use domain::permission::Permission;
use domain::quantity::Quantity;
use domain::response::{Answer, Phase, Response, TestSetting};
use domain::team::{Session, Team, TeamError};
use domain::workdays::local_date;
use instruments::{FaultKind, Instrument, check};
use jiff::Timestamp;
use store::{Seen, Tx};
use uuid::Uuid;

use super::form::Typed;
use super::grid::{Cell, Round, grid_href, save_round};
use super::queries::Seated;
use super::words::phases;
use super::{Instruments, fill, queries};
use crate::layout::{Choice, Counts, Frame, Link, Nav, dates};
use crate::teams;
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, ids};

/// The tests that a round begins with.
const USUAL: [&str; 2] = ["sts30", "sixmwt"];

#[derive(Template)]
#[template(path = "measures/grid.html")]
pub(super) struct GridPage {
    frame: Frame,
    href: String,
    team: Link,
    session: Link,
    facts: String,
    may: bool,
    errors: Vec<(String, String)>,
    problem: Option<String>,
    phases: Vec<Choice>,
    columns: Vec<ColumnView>,
    rows: Vec<RowView>,
    /// Tests to choose among, those shown ticked.
    choices: Vec<Choice>,
}

struct ColumnView {
    id: String,
    name: String,
    unit: String,
    place: String,
    equipment: String,
    remembered: bool,
}

struct RowView {
    name: String,
    href: String,
    cells: Vec<CellView>,
}

struct CellView {
    /// Beginning of its names.
    key: String,
    /// Id that the response will have.
    id: String,
    what: String,
    value: String,
    /// "Før: 9, 24. nov."
    earlier: Option<String>,
    error: Option<String>,
    confirm: bool,
    confirmed: bool,
}

struct Loaded {
    known: Instruments,
    team: Team,
    session: Session,
    members: Vec<Seated>,
    responses: Vec<Response>,
}

async fn load(app: &App, caller: &Caller, team: TeamId, session: SessionId) -> Result<Loaded, AppError> {
    let home = app.organization(caller.organization).await?;
    let read = move |tx: &mut Tx<'_>| {
        let known = Instruments::read(tx, &home.settings.instruments_off)?;
        let team = teams::team(tx, team)?.value;
        let held = team.sessions.iter().find(|s| s.id == session).cloned().ok_or(TeamError::NoSuchSession);
        let held = held.map_err(|_| AppError::NotFound("session"))?;
        let members = queries::seated(tx, &team)?;
        let citizens: Vec<CitizenId> = members.iter().map(|member| member.citizen).collect();
        let responses = queries::of_citizens(tx, &citizens)?;
        let seen: Vec<Uuid> = citizens.iter().map(|citizen| citizen.0).collect();
        let loaded = Loaded { known, team, session: held, members, responses };
        Ok::<_, AppError>(if seen.is_empty() { Seen::nothing(loaded) } else { Seen::list(seen, loaded) })
    };
    app.store.view(caller.scope("response.grid", app.now()), read).await
}

impl Loaded {
    /// The tests of the round: those that were asked for, else the ones this class was measured with, else the usual.
    fn tests(&self, asked: &[String]) -> Vec<&Instrument> {
        let all: Vec<&Instrument> = self.known.in_use().into_iter().filter(|one| one.single().is_some()).collect();
        let sessions: Vec<SessionId> = self.team.sessions.iter().map(|session| session.id).collect();
        let used: Vec<String> = self
            .responses
            .iter()
            .filter(|r| r.session.is_some_and(|session| sessions.contains(&session)))
            .map(|r| r.instrument.clone())
            .collect();
        let usual: Vec<String> = USUAL.iter().map(|id| (*id).to_owned()).collect();
        let chosen = [asked, &used, &usual].into_iter().find(|ids| !ids.is_empty()).unwrap_or_default();
        all.into_iter().filter(|one| chosen.contains(&one.id)).collect()
    }

    /// What this citizen had in this test before, the newest last.
    fn earlier(&self, citizen: CitizenId, instrument: &str) -> Vec<&Response> {
        let own = self.responses.iter().filter(|r| r.citizen == citizen && r.instrument == instrument);
        own.filter(|r| r.counts() && r.session != Some(self.session.id)).collect()
    }

    /// Place and equipment of the class's first test.
    fn setting(&self, instrument: &str) -> Option<TestSetting> {
        let own: Vec<&Response> = self.responses.iter().filter(|r| r.instrument == instrument && r.counts()).collect();
        fill::remembered(&own)
    }

    /// A class that was measured before is at its end, unless this is the round that it was measured in.
    fn phase(&self, tests: &[&Instrument]) -> Phase {
        let measured =
            |r: &Response| r.counts() && r.phase == Phase::Start && tests.iter().any(|test| test.id == r.instrument);
        let before = self.responses.iter().any(|r| measured(r) && r.session != Some(self.session.id));
        if before { Phase::End } else { Phase::Start }
    }
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((team, session)): Path<(Uuid, Uuid)>,
    RawQuery(query): RawQuery,
) -> Result<Page<GridPage>, AppError> {
    let loaded = load(&app, &caller, team.into(), session.into()).await?;
    let frame = visit.frame(Nav::Teams, Counts::default()).await?;
    let pairs: Vec<(String, String)> =
        serde_html_form::from_str(query.as_deref().unwrap_or_default()).map_err(|_| AppError::Unreadable("query"))?;
    Ok(Page(page(frame, &caller, &loaded, &Typed::new(pairs), &HashMap::new(), app.now())))
}

/// What is the matter with a cell.
type Faults = HashMap<String, (String, bool)>;

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((team, session)): Path<(Uuid, Uuid)>,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Answered, AppError> {
    let (team, session) = (TeamId(team), SessionId(session));
    let typed = Typed::new(pairs);
    let loaded = load(&app, &caller, team, session).await?;
    let tests = loaded.tests(typed.all("test"));
    let (cells, faults) = cells(&loaded, &tests, &typed, app.now());
    let settings = tests.iter().map(|test| (test.id.clone(), setting(test, &typed))).collect::<BTreeMap<_, _>>();
    let phase = Phase::parse(typed.get("fase")).unwrap_or_else(|_| loaded.phase(&tests));
    let mut problem = None;
    if faults.is_empty() && cells.is_empty() {
        problem = Some("Skriv mindst ét tal, før du gemmer.".to_owned());
    } else if faults.is_empty() {
        match save_round(&app, &caller, Round { team, session, phase, settings, cells }).await {
            Ok(count) => {
                let notice =
                    if count == 1 { "1 måling er gemt.".to_owned() } else { format!("{count} målinger er gemt.") };
                return Ok(visit.done(&grid_href(team, session), notice).await?.into_response());
            }
            Err(error) => problem = Some(error.at_the_form()?.user_message()),
        }
    }
    let frame = visit.frame(Nav::Teams, Counts::default()).await?;
    let mut page = page(frame, &caller, &loaded, &typed, &faults, app.now());
    page.problem = problem;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
}

fn setting(test: &Instrument, typed: &Typed) -> TestSetting {
    TestSetting {
        place: typed.said(&format!("sted-{}", test.id)),
        equipment: typed.said(&format!("udstyr-{}", test.id)),
    }
}

/// Beginning of the names of a cell's fields.
fn key(citizen: CitizenId, test: &Instrument) -> String {
    format!("{}-{citizen}", test.id)
}

/// The numbers that were written, with what is the matter with some of them.
fn cells(loaded: &Loaded, tests: &[&Instrument], typed: &Typed, now: Timestamp) -> (Vec<Cell>, Faults) {
    let (mut cells, mut faults) = (Vec::new(), HashMap::new());
    for (member, test) in loaded.members.iter().flat_map(|member| tests.iter().map(move |test| (member, test))) {
        let key = key(member.citizen, test);
        let Some(text) = typed.said(&format!("tal-{key}")) else { continue };
        let Some(item) = test.single() else { continue };
        let confirmed = typed.has(&format!("rigtigt-{key}"));
        let Some(number) = Quantity::parse(&text) else {
            faults.insert(key, ("Skriv et tal, fx 12 eller 12,5.".to_owned(), false));
            continue;
        };
        let found = check(test, &[(item.no, Answer::Value(number))].into()).into_iter().map(|fault| fault.kind).next();
        match found {
            Some(FaultKind::Unlikely { .. }) if confirmed => {}
            Some(kind) => {
                faults.insert(key, (kind.user_message(), kind.can_be_confirmed()));
                continue;
            }
            None => {}
        }
        let id = typed.get(&format!("id-{key}")).parse().map_or_else(|_| ids::new(now), ResponseId);
        cells.push(Cell { citizen: member.citizen, instrument: test.id.clone(), id, number, confirmed });
    }
    (cells, faults)
}

fn page(frame: Frame, caller: &Caller, loaded: &Loaded, typed: &Typed, faults: &Faults, now: Timestamp) -> GridPage {
    let tests = loaded.tests(typed.all("test"));
    let (team, session) = (&loaded.team, &loaded.session);
    let rows: Vec<RowView> =
        loaded.members.iter().map(|member| row(loaded, member, &tests, typed, faults, now)).collect();
    let errors = rows
        .iter()
        .flat_map(|row| &row.cells)
        .filter_map(|cell| Some((format!("tal-{}", cell.key), format!("{}: {}", cell.what, cell.error.as_ref()?))));
    let phase = Phase::parse(typed.get("fase")).unwrap_or_else(|_| loaded.phase(&tests));
    let choice = |one: &&Instrument| Choice {
        value: one.id.clone(),
        label: one.name.clone(),
        hint: None,
        selected: tests.iter().any(|test| test.id == one.id),
    };
    GridPage {
        frame,
        href: grid_href(team.id, session.id),
        team: Link::new(format!("/hold/{}", team.id), team.name.clone()),
        session: Link::new(format!("/hold/{}/gange/{}", team.id, session.id), "Fremmøde"),
        facts: dates::when(session.start, now),
        may: caller.role.may(Permission::TeamWrite),
        errors: errors.collect(),
        problem: None,
        phases: phases(phase),
        columns: tests.iter().map(|test| column(loaded, test, typed)).collect(),
        choices: loaded.known.in_use().iter().filter(|one| one.single().is_some()).map(choice).collect(),
        rows,
    }
}

fn column(loaded: &Loaded, test: &Instrument, typed: &Typed) -> ColumnView {
    let remembered = loaded.setting(&test.id);
    let said = |name: &str, own: Option<String>| {
        let name = format!("{name}-{}", test.id);
        if typed.has(&name) { typed.get(&name).to_owned() } else { own.unwrap_or_default() }
    };
    ColumnView {
        id: test.id.clone(),
        name: test.name.clone(),
        unit: test.unit.clone().unwrap_or_default(),
        place: said("sted", remembered.as_ref().and_then(|s| s.place.clone()).or_else(|| loaded.team.place.clone())),
        equipment: said("udstyr", remembered.as_ref().and_then(|s| s.equipment.clone())),
        remembered: remembered.is_some(),
    }
}

fn row(
    loaded: &Loaded,
    member: &Seated,
    tests: &[&Instrument],
    typed: &Typed,
    faults: &Faults,
    now: Timestamp,
) -> RowView {
    let today = local_date(now);
    let cell = |test: &&Instrument| {
        let key = key(member.citizen, test);
        let saved = loaded.responses.iter().find(|r| {
            r.citizen == member.citizen && r.instrument == test.id && r.session == Some(loaded.session.id) && r.counts()
        });
        let earlier = loaded.earlier(member.citizen, &test.id);
        let before = earlier.last().and_then(|r| Some((r.score?, r.on)));
        let name = format!("tal-{key}");
        let fault = faults.get(&key);
        CellView {
            value: if typed.has(&name) { typed.get(&name).to_owned() } else { String::new() },
            id: typed.said(&format!("id-{key}")).unwrap_or_else(|| ids::new::<ResponseId>(now).to_string()),
            what: test.name.clone(),
            earlier: match (saved.and_then(|r| r.score), before) {
                (Some(score), _) => Some(format!("Gemt: {score}")),
                (None, Some((score, on))) => Some(format!("Før: {score} · {}", dates::short_day(on, today))),
                (None, None) => None,
            },
            error: fault.map(|(text, _)| text.clone()),
            confirm: fault.is_some_and(|(_, confirm)| *confirm),
            confirmed: typed.has(&format!("rigtigt-{key}")),
            key,
        }
    };
    RowView {
        name: member.name.clone(),
        href: super::list_href(member.citizen),
        cells: tests.iter().map(cell).collect(),
    }
}
