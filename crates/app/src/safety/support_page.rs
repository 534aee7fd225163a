//! How much support, and what is done differently: `GET /forloeb/{id}/stoette`.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::adaptation::{Adaptation, AdaptationSource, Mark};
use domain::ids::CourseId;
use domain::permission::Permission;
use domain::stratification::{Because, MODELS, Model, Step, Stratification, Stratum, propose};
use domain::workdays::local_date;
use jiff::civil::Date;
use uuid::Uuid;

use super::support::{self, StratifyInput, adaptations, level};
use crate::access::{self, User};
use crate::layout::{Counts, Frame, Nav, PersonHeader, dates};
use crate::records::CitizenRecord;
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, citizens, courses};

#[derive(Template)]
#[template(path = "safety/support.html")]
pub(super) struct SupportPage {
    frame: Frame,
    href: String,
    person: PersonHeader,
    problem: Option<String>,
    models: Vec<ModelView>,
    levels: Vec<(&'static str, &'static str)>,
    marks: Vec<(&'static str, &'static str, bool)>,
    adaptations: Vec<AdaptationView>,
    /// There are proposals that nobody has decided about.
    proposals: bool,
    version: i64,
    may_write: bool,
    typed: Fields,
}

impl SupportPage {
    /// What was typed in a refused form of this model.
    fn typed_of(&self, model: &str, name: &str) -> &str {
        let ours = self.typed.get("model").is_some_and(|word| word == model);
        self.typed.get(name).filter(|_| ours).map_or("", String::as_str)
    }

    fn typed_reason(&self, model: &str) -> &str {
        self.typed_of(model, "begrundelse")
    }

    fn typed_level(&self, model: &str, level: &str) -> bool {
        self.typed_of(model, "niveau") == level
    }

    fn other_level(&self, model: &str) -> bool {
        !self.typed_of(model, "niveau").is_empty()
    }
}

struct ModelView {
    word: &'static str,
    version: u16,
    name: &'static str,
    factors: Vec<FactorView>,
    result: Option<ResultView>,
}

struct FactorView {
    word: &'static str,
    label: &'static str,
    cues: &'static str,
    /// What the record leads to, and because of what.
    known: Vec<&'static str>,
    /// The record was asked, and nothing in it weighs.
    nothing: bool,
    answers: Vec<(&'static str, &'static str, bool)>,
}

struct ResultView {
    level: &'static str,
    gives: &'static str,
    because: Vec<Because>,
    /// What the model said, and why it is another level.
    other: Option<(&'static str, String)>,
    said: String,
}

struct AdaptationView {
    word: &'static str,
    label: &'static str,
    changes: &'static str,
    checked: bool,
    proposed: bool,
    because: Vec<&'static str>,
    said: Option<String>,
}

/// Where the support of a course stands.
pub(crate) fn support_href(course: CourseId) -> String {
    format!("{}/stoette", courses::course_href(course))
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<SupportPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, id.into(), None, Fields::new()).await?))
}

/// Each form of the page says what it is.
pub(super) async fn act(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let course = CourseId(id);
    let version = fields::version(&form);
    let (done, at, notice) = match form.get("handling").map(String::as_str) {
        Some("niveau") => (
            support::stratify(&app, &caller, course, stratify_input(&form)).await.map(drop),
            "niveau",
            "Niveauet er gemt.",
        ),
        Some("maerker") => {
            let marks = Mark::ALL.iter().filter(|mark| form.contains_key(&format!("maerke-{}", mark.word())));
            let done = mark(&app, &caller, course, version, marks.copied().collect()).await;
            (done, "hensyn", "Det er noteret. Se forslagene, og godkend dem.")
        }
        Some("hensyn") => {
            let all = Adaptation::ALL.iter();
            let chosen = all.filter(|one| form.contains_key(&format!("hensyn-{}", one.word()))).copied().collect();
            let done = support::adapt(&app, &caller, course, Some(version), chosen).await.map(drop);
            (done, "hensyn", "Hensynene er gemt og gælder fra nu af.")
        }
        _ => return Err(AppError::Unreadable("form")),
    };
    match done {
        Ok(()) => Ok(visit.done(&format!("{}#{at}", support_href(course)), notice).await?.into_response()),
        Err(error @ (AppError::Field { .. } | AppError::Changed { .. })) => {
            let problem = Some(error.user_message());
            let page = page(&app, &caller, &visit, course, problem, form).await?;
            Ok((error.form_status(), Page(page)).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn mark(
    app: &App,
    caller: &Caller,
    course: CourseId,
    version: i64,
    marks: BTreeSet<Mark>,
) -> Result<(), AppError> {
    let citizen = courses::whose(app, caller, "support.open", course).await?;
    support::mark(app, caller, citizen, Some(version), marks).await.map(drop)
}

fn stratify_input(form: &Fields) -> StratifyInput {
    let text = |name: &str| fields::text(form, name);
    let answers = form
        .iter()
        .filter_map(|(name, word)| Some((name.strip_prefix("faktor-")?.to_owned(), Step::parse(word).ok()?)));
    StratifyInput {
        model: text("model").to_owned(),
        version: text("udgave").parse().unwrap_or(0),
        answers: answers.collect(),
        level: Stratum::parse(text("niveau")).ok(),
        reason: text("begrundelse").to_owned(),
    }
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    course: CourseId,
    problem: Option<String>,
    typed: Fields,
) -> Result<SupportPage, AppError> {
    let (record, users) = courses::opened(app, caller, "support.open", course).await?;
    let today = local_date(app.now());
    let citizen = &record.citizen.value;
    let person = citizens::person_header(citizen, None, today);
    let adaptations = adaptation_views(&record, course, &users, today);
    Ok(SupportPage {
        frame: visit.frame(Nav::Citizens, Counts::default()).await?,
        href: courses::course_href(course),
        person: PersonHeader { href: Some(format!("/borgere/{}", citizen.id)), ..person },
        problem,
        models: MODELS.iter().map(|model| model_view(model, &record, course, &users, today, &typed)).collect(),
        levels: Stratum::ALL.iter().map(|level| (level.word(), level.label())).collect(),
        marks: marks(&record),
        proposals: adaptations.iter().any(|one| one.proposed),
        adaptations,
        version: record.adaptations.first().map_or(0, |a| a.version),
        may_write: caller.role.may(Permission::CourseWrite),
        typed,
    })
}

fn marks(record: &CitizenRecord) -> Vec<(&'static str, &'static str, bool)> {
    let adapted = adaptations(record);
    Mark::ALL.iter().map(|mark| (mark.word(), mark.label(), adapted.marks.contains(mark))).collect()
}

fn signed(users: &[User], by: domain::ids::UserId, at: jiff::Timestamp, today: Date) -> String {
    let who = access::name_of(users, by);
    format!("{who}, {}", dates::short_day(local_date(at), today))
}

/// A model with what was answered last, else with what the record leads to.
fn model_view(
    model: &Model,
    record: &CitizenRecord,
    course: CourseId,
    users: &[User],
    today: Date,
    typed: &Fields,
) -> ModelView {
    let of_model = |s: &&Stratification| s.course == course && s.model == model.word && s.version == model.version;
    let made = record.stratifications.iter().map(|s| &s.value).filter(of_model).max_by_key(|s| (s.at, s.id));
    let proposed = propose(model, &support::known(record, course));
    let factors = model.factors.iter().map(|factor| {
        let proposal = proposed.iter().find(|one| one.factor == factor.word);
        let name = format!("faktor-{}", factor.word);
        let typed = typed.get(&name).and_then(|word| Step::parse(word).ok());
        let known = made.and_then(|made| made.answers.get(factor.word).copied());
        let chosen = typed.or(known).or(proposal.map(|one| one.step));
        let answer = |step: &Step| (step.word(), factor.answer(*step), chosen == Some(*step));
        FactorView {
            word: factor.word,
            label: factor.label,
            cues: factor.cues,
            nothing: proposal.is_some_and(|one| one.because.is_empty()),
            known: proposal.map(|one| one.because.clone()).unwrap_or_default(),
            answers: Step::ALL.iter().map(answer).collect(),
        }
    });
    let result = made.and_then(|made| {
        Some(ResultView {
            level: made.decided.label(),
            gives: made.decided.gives(),
            because: model.assess(&made.answers)?.because,
            other: made.reason.clone().map(|reason| (made.scored.label(), reason)),
            said: signed(users, made.by, made.at, today),
        })
    });
    ModelView { word: model.word, version: model.version, name: model.name, factors: factors.collect(), result }
}

fn adaptation_views(record: &CitizenRecord, course: CourseId, users: &[User], today: Date) -> Vec<AdaptationView> {
    let adapted = adaptations(record);
    let proposed = adapted.proposed(level(record, course).map(|level| level.decided));
    let needs = &record.citizen.value.needs;
    let view = |adaptation: &Adaptation| {
        let proposal = proposed.iter().find(|one| one.adaptation == *adaptation);
        let decision = adapted.decided.get(adaptation);
        // A need of the citizen is met already, whoever wrote it.
        let stands = match adaptation {
            Adaptation::Interpreter => needs.interpreter,
            Adaptation::Transport => needs.transport,
            Adaptation::Companion => needs.companion,
            _ => adapted.has(*adaptation),
        };
        let because = proposal.map(|one| &one.because).or(decision.map(|decision| &decision.because));
        AdaptationView {
            word: adaptation.word(),
            label: adaptation.label(),
            changes: adaptation.changes(),
            proposed: proposal.is_some() && !stands,
            checked: stands || proposal.is_some(),
            because: because.into_iter().flatten().map(|source: &AdaptationSource| source.label()).collect(),
            said: decision.filter(|d| d.accepted && stands).map(|d| signed(users, d.by, d.at, today)),
        }
    };
    Adaptation::ALL.iter().map(view).collect()
}
