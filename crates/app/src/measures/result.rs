//! What a response says and where it leads: `GET /maalinger/{id}`; what staff knows and what is decided are saved here.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response as Answered};
use domain::course_message::{CourseMessage, MessageNeed};
use domain::ids::ResponseId;
use domain::permission::Permission;
use domain::response::{Decision, Response, ResponseStatus};
use domain::workdays::local_date;
use instruments::{Instrument, Outcome};
use jiff::Timestamp;
use store::{Seen, Tx, Versioned};
use uuid::Uuid;

use super::commands::{is_done, outcome};
use super::decision_form::{DecisionForm, decision_form};
use super::fill::FactView;
use super::form::{self, Typed};
use super::notification::{self, NotificationState};
use super::queries::{self, Kept};
use super::words::{result_text, score_text, status_tag};
use super::{DecisionInput, Instruments, decision, list_href};
use crate::citizens::person_header;
use crate::courses::write_href;
use crate::layout::{Counts, Fact, Frame, Link, Moment, Nav, PersonHeader, Tag, dates};
use crate::records::{self, CitizenRecord};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "measures/result.html")]
pub(super) struct ResultPage {
    frame: Frame,
    person: PersonHeader,
    heading: String,
    facts_line: String,
    tag: Tag,
    href: String,
    back: String,
    /// Begun and not ended.
    open: bool,
    may: bool,
    version: i64,
    result: Option<String>,
    /// What the score means, or at least means; in the words of the instrument.
    band: Option<(String, String)>,
    missing: Option<String>,
    worry: Option<String>,
    rules: Vec<RuleView>,
    computed: Vec<(String, String, String)>,
    facts: Vec<FactView>,
    facts_asked: bool,
    decision: Option<DecisionForm>,
    /// Where the decision about a notification stands, when a rule calls for it.
    notification: Option<NotificationState>,
    decided: Option<Decided>,
    answers: Vec<(u16, String, Option<String>)>,
    details: Vec<Fact>,
    reason: Option<String>,
    history: Vec<HistoryLine>,
    problem: Option<String>,
}

struct RuleView {
    label: String,
    consequence: String,
    source: Option<String>,
}

/// What was decided.
struct Decided {
    route: Option<String>,
    deviates: bool,
    reason: Option<String>,
    said: Vec<(String, String)>,
    told: Vec<String>,
    /// What is written to others because of it.
    messages: Vec<Link>,
    at: Moment,
    who: Option<String>,
}

struct HistoryLine {
    at: Moment,
    who: Option<String>,
    why: Option<String>,
    result: Option<String>,
    status: &'static str,
}

pub(crate) fn result_href(id: ResponseId) -> String {
    format!("/maalinger/{id}")
}

struct Loaded {
    known: Instruments,
    record: Arc<CitizenRecord>,
    response: Versioned<Response>,
    history: Vec<Kept>,
    worry_owner: Option<String>,
}

async fn load(app: &App, caller: &Caller, id: ResponseId) -> Result<Loaded, AppError> {
    let home = app.organization(caller.organization).await?;
    let read = move |tx: &mut Tx<'_>| {
        let citizen = records::citizen_of(tx, "response", id.0)?;
        let known = Instruments::read(tx, &home.settings.instruments_off)?;
        let record = records::citizen_record(tx, citizen)?;
        let response = record.response(id)?.clone();
        let history = queries::history(tx, citizen.0, id.0)?;
        let worry_owner = queries::worry_owner(tx, id.0)?;
        Ok::<_, AppError>(Seen::record(citizen.0, Loaded { known, record, response, history, worry_owner }))
    };
    app.store.view(caller.scope("response.open", app.now()), read).await
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<ResultPage>, AppError> {
    Ok(Page(shown(&app, &caller, &visit, id.into(), &Typed::default()).await?))
}

async fn shown(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: ResponseId,
    typed: &Typed,
) -> Result<ResultPage, AppError> {
    let loaded = load(app, caller, id).await?;
    let frame = visit.frame(Nav::Citizens, Counts::default()).await?;
    page(frame, caller, &loaded, typed, app.now())
}

/// Saves what staff knows; the page then says what follows.
pub(super) async fn save_facts(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Answered, AppError> {
    let (id, typed) = (ResponseId(id), Typed::new(pairs));
    let facts: BTreeSet<String> = typed.all("oplysning").iter().cloned().collect();
    match decision::set_facts(&app, &caller, id, typed.get("version").parse().ok(), facts).await {
        Ok(()) => {
            Ok(visit.done(&result_href(id), "Oplysningerne er gemt, og rådet er regnet om.").await?.into_response())
        }
        Err(error) => again(&app, &caller, &visit, id, &typed, error).await,
    }
}

pub(super) async fn save_decision(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Answered, AppError> {
    let (id, typed) = (ResponseId(id), Typed::new(pairs));
    let route = typed.get("rute").to_owned();
    let told = typed.all(&format!("oplyst-{route}")).iter().filter_map(|place| place.parse().ok()).collect();
    let said = typed.starting("spurgt-").map(|(ask, answer)| (ask.to_owned(), answer.to_owned())).collect();
    let input = DecisionInput { route, reason: typed.said("grund"), said, told, facts: None };
    match super::decide(&app, &caller, id, typed.get("version").parse().ok(), input).await {
        Ok(()) => Ok(visit.done(&result_href(id), "Beslutningen er gemt.").await?.into_response()),
        Err(error) => again(&app, &caller, &visit, id, &typed, error).await,
    }
}

async fn again(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: ResponseId,
    typed: &Typed,
    error: AppError,
) -> Result<Answered, AppError> {
    if let AppError::NotFound(_) | AppError::Store(_) | AppError::Forbidden(_) = error {
        return Err(error);
    }
    let mut page = shown(app, caller, visit, id, typed).await?;
    if let (AppError::Field { field: "reason", message, .. }, Some(form)) = (&error, &mut page.decision) {
        form.reason.error = Some(message.clone());
    }
    page.problem = Some(error.user_message());
    Ok((error.form_status(), Page(page)).into_response())
}

fn page(frame: Frame, caller: &Caller, loaded: &Loaded, typed: &Typed, now: Timestamp) -> Result<ResultPage, AppError> {
    let (response, today) = (&loaded.response.value, local_date(now));
    let found = loaded.known.find(&response.instrument, response.version);
    let instrument = found.ok_or(AppError::NotFound("instrument"))?;
    let outcome = outcome(instrument, &loaded.record, response);
    let citizen = &loaded.record.citizen.value;
    let mut person = person_header(citizen, None, today);
    person.href = Some(format!("/borgere/{}", citizen.id));
    let answered = matches!(response.status, ResponseStatus::Complete | ResponseStatus::Incomplete);
    let may = caller.role.may(Permission::CitizenWrite) && !response.entered_in_error;
    let said = outcome.band.or(outcome.at_least_band).filter(|_| answered);
    let asked = typed.has("oplysninger");
    let has = |id: &String| {
        if asked { typed.all("oplysning").contains(id) } else { response.facts.iter().flatten().any(|fact| fact == id) }
    };
    let fact =
        |fact: &instruments::Fact| FactView { id: fact.id.clone(), label: fact.label.clone(), chosen: has(&fact.id) };
    let advice = !instrument.routes.is_empty() || outcome.worry;
    let decides = may && answered && response.decision.is_none() && advice;
    Ok(ResultPage {
        frame,
        person,
        heading: instrument.name.clone(),
        facts_line: facts_line(response, today),
        tag: status_tag(response),
        href: result_href(response.id),
        back: list_href(citizen.id),
        open: !is_done(response.status),
        may,
        version: loaded.response.version,
        result: result_text(instrument, &outcome).filter(|_| answered),
        band: said.map(|band| (band.label.clone(), band.consequence.clone())),
        missing: (answered && !outcome.is_complete()).then(|| missing(&outcome.missing)),
        worry: loaded.worry_owner.clone(),
        rules: if answered { rules(&outcome) } else { Vec::new() },
        computed: if answered { computed(loaded, response) } else { Vec::new() },
        facts: if answered { instrument.facts.iter().map(fact).collect() } else { Vec::new() },
        facts_asked: response.facts.is_some(),
        decision: decides.then(|| decision_form(instrument, &outcome, response, typed)),
        notification: notification::state(&instrument.asks, &outcome, &loaded.record, response).filter(|_| answered),
        decided: response.decision.as_ref().map(|decision| decided(instrument, &outcome, decision, loaded, now)),
        answers: answers(instrument, &outcome, response),
        details: details(response),
        reason: response.reason.clone(),
        history: earlier(loaded).map(|kept| history_line(instrument, kept, now)).collect(),
        problem: None,
    })
}

/// "Slut · 24. nov. · Læst højt".
fn facts_line(response: &Response, today: jiff::civil::Date) -> String {
    let day = dates::short_day(response.on, today);
    format!("{} · {day} · {}", response.phase.label(), response.mode.label())
}

fn missing(numbers: &[u16]) -> String {
    let all: Vec<String> = numbers.iter().map(u16::to_string).collect();
    if let [one] = all.as_slice() {
        format!("Spørgsmål {one} mangler svar")
    } else {
        format!("Spørgsmål {} mangler svar", all.join(", "))
    }
}

fn rules(outcome: &Outcome<'_>) -> Vec<RuleView> {
    let view = |rule: &&instruments::Rule| RuleView {
        label: rule.label.clone(),
        consequence: rule.consequence.clone(),
        source: rule.source.clone(),
    };
    outcome.rules.iter().map(view).collect()
}

/// What other instruments compute from the same answers: name, result, meaning.
fn computed(loaded: &Loaded, response: &Response) -> Vec<(String, String, String)> {
    let one = |instrument: &Instrument| {
        let outcome = outcome(instrument, &loaded.record, response);
        let score = outcome.score?;
        let label = outcome.band.map(|band| band.label.clone()).unwrap_or_default();
        Some((instrument.name.clone(), score_text(instrument, score), label))
    };
    loaded.known.computed_from(&response.instrument).filter_map(one).collect()
}

fn answers(instrument: &Instrument, outcome: &Outcome<'_>, response: &Response) -> Vec<(u16, String, Option<String>)> {
    let asked = instrument.items.iter().filter(|item| !outcome.not_asked.contains(&item.no));
    asked.map(|item| (item.no, item.text.clone(), form::in_words(item, response.answers.get(&item.no)))).collect()
}

fn details(response: &Response) -> Vec<Fact> {
    let mut all: Vec<Fact> = Vec::new();
    let setting = [("Sted", &response.setting.place), ("Udstyr", &response.setting.equipment)];
    all.extend(setting.into_iter().filter_map(|(label, value)| Some(Fact::new(label, value.clone()?))));
    if response.stopped_early {
        all.push(Fact::said("Stoppet", "Før tid. Kan ikke sammenlignes."));
    }
    all
}

fn decided(
    instrument: &Instrument,
    outcome: &Outcome<'_>,
    decision: &Decision,
    loaded: &Loaded,
    now: Timestamp,
) -> Decided {
    let route = instrument.route(&decision.route);
    let label = |id: &str, word: &str| {
        let ask = instrument.asks.iter().find(|ask| ask.id == id)?;
        let (_, answer) = ask.options.iter().find(|(known, _)| known == word)?;
        Some((ask.text.clone(), answer.clone()))
    };
    let tell = route.map(|route| route.tell.as_slice()).unwrap_or_default();
    let by = loaded.history.iter().find(|kept| kept.at == decision.at);
    Decided {
        route: route.map(|route| route.label.clone()),
        deviates: outcome.route.is_some_and(|proposed| proposed != decision.route) && route.is_some(),
        reason: decision.reason.clone(),
        said: decision.said.iter().filter_map(|(id, word)| label(id, word)).collect(),
        told: decision.told.iter().filter_map(|place| tell.get(usize::from(*place)).cloned()).collect(),
        messages: messages(instrument, outcome, decision, &loaded.response.value),
        at: Moment::new(decision.at, now),
        who: by.and_then(|kept| kept.who.clone()),
    }
}

/// The messages that the route and the rules call for, less those that the citizen has said no to here.
fn messages(instrument: &Instrument, outcome: &Outcome<'_>, decision: &Decision, response: &Response) -> Vec<Link> {
    let Some(course) = response.course else { return Vec::new() };
    let refused = |message: &CourseMessage| {
        let no = |ask: &&instruments::Ask| decision.said.get(&ask.id).is_some_and(|word| word == "no");
        let asked = instrument.asks.iter().filter(no).filter_map(|ask| ask.consent);
        asked.into_iter().any(|purpose| message.need() == MessageNeed::Consent(purpose))
    };
    let route = instrument.route(&decision.route).map(|route| route.messages.as_slice()).unwrap_or_default();
    let called = route.iter().chain(outcome.rules.iter().flat_map(|rule| &rule.messages));
    let link = |message: &CourseMessage| Link { href: write_href(course, *message), text: message.label().to_owned() };
    called.filter(|message| !refused(message)).map(link).collect()
}

/// Versions before the newest that were ends; the citizen's way through the questions is none.
fn earlier(loaded: &Loaded) -> impl Iterator<Item = &Kept> {
    loaded.history.iter().skip(1).filter(|kept| is_done(kept.response.status))
}

fn history_line(instrument: &Instrument, kept: &Kept, now: Timestamp) -> HistoryLine {
    HistoryLine {
        at: Moment::exactly(kept.at, now),
        who: kept.who.clone(),
        why: kept.why.clone(),
        result: kept.response.score.map(|score| score_text(instrument, score)),
        status: kept.response.status.label(),
    }
}
