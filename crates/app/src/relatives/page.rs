//! What the citizen wants of relatives: `/forloeb/{id}/paaroerende`. Three queries.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::ids::CourseId;
use domain::permission::Permission;
use domain::relatives::{RelativePart, RelativesAnswer, RelativesTerms, TakingPart};
use domain::workdays::local_date;
use jiff::civil::Date;
use store::Versioned;
use uuid::Uuid;

use super::commands::{TermsInput, set_terms};
use crate::access::{self, User};
use crate::layout::{Counts, Frame, Nav, PersonHeader, Tag, dates};
use crate::records::CitizenRecord;
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, citizens, courses};

/// Empty rows below those that are filled in.
const EMPTY: usize = 2;

#[derive(Template)]
#[template(path = "relatives/page.html")]
pub(super) struct RelativesPage {
    frame: Frame,
    course_href: String,
    href: String,
    person: PersonHeader,
    problem: Option<String>,
    version: i64,
    may_write: bool,
    /// When and by whom it was asked; none when nobody has.
    asked: Option<(String, String)>,
    answer: String,
    rows: Vec<Row>,
    harm: String,
    strain: String,
    help: String,
}

struct Row {
    no: usize,
    name: String,
    relation: String,
    parts: Vec<(&'static str, &'static str, bool)>,
    until: String,
    interprets: String,
}

/// A relative on the course's page.
pub(crate) struct RelativeLine {
    pub(crate) name: String,
    pub(crate) relation: String,
    pub(crate) parts: String,
    pub(crate) tag: Tag,
}

/// Where what was said about relatives stands.
pub(crate) fn relatives_href(course: CourseId) -> String {
    format!("{}/paaroerende", courses::course_href(course))
}

/// What the citizen said, as the course's page has it.
pub(crate) fn said(record: &CitizenRecord, course: CourseId) -> Tag {
    match record.relatives_terms(course).map(|it| it.value.answer) {
        None => Tag::of("soon", "relative", "Ikke spurgt endnu"),
        Some(RelativesAnswer::Yes) => Tag::done("Pårørende er med"),
        Some(RelativesAnswer::No) => Tag::of("line", "close", "Borgeren ønsker det ikke nu"),
        Some(RelativesAnswer::HasNone) => Tag::of("line", "person", "Har ingen pårørende"),
        Some(RelativesAnswer::Later) => Tag::of("soon", "wait", "Spørg igen senere"),
    }
}

/// Who takes part, for the course's page.
pub(crate) fn lines(record: &CitizenRecord, course: CourseId, today: Date) -> Vec<RelativeLine> {
    let people = record.relatives_terms(course).map(|it| it.value.people.as_slice()).unwrap_or_default();
    let line = |one: &TakingPart| RelativeLine {
        name: one.name.clone(),
        relation: one.relation.clone(),
        parts: one.parts.iter().map(|part| part.label()).collect::<Vec<_>>().join(", "),
        tag: match one.until {
            Some(last) if !one.on(today) => Tag::of("mute", "close", format!("Til {}", dates::short_day(last, today))),
            Some(last) => Tag::planned(format!("Til {}", dates::short_day(last, today))),
            None => Tag::under_way(),
        },
    };
    people.iter().map(line).collect()
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<RelativesPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, id.into(), None, None).await?))
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    course: CourseId,
    typed: Option<&Fields>,
    problem: Option<String>,
) -> Result<RelativesPage, AppError> {
    let (record, users) = courses::opened(app, caller, "relatives.open", course).await?;
    let today = local_date(app.now());
    let kept = record.relatives_terms(course);
    let terms = kept.map(|it| &it.value);
    let said = |name: &str, kept: Option<&str>| match typed {
        Some(form) => form.get(name).cloned().unwrap_or_default(),
        None => kept.unwrap_or_default().to_owned(),
    };
    let person = citizens::person_header(&record.citizen.value, None, today);
    Ok(RelativesPage {
        frame: visit.frame(Nav::Citizens, Counts::default()).await?,
        course_href: courses::course_href(course),
        href: relatives_href(course),
        person: PersonHeader { href: Some(format!("/borgere/{}", record.citizen.value.id)), ..person },
        problem,
        version: typed.map_or_else(|| kept.map_or(0, |it| it.version), fields::version),
        may_write: caller.role.may(Permission::CourseWrite),
        asked: kept.map(|it| asked(it, &users, today)),
        answer: said("svar", terms.map(|it| it.answer.word())),
        rows: rows(terms, typed),
        harm: said("skade", terms.and_then(|it| it.harm.as_deref())),
        strain: said("belastning", terms.and_then(|it| it.strain.as_deref())),
        help: said("hjaelp", terms.and_then(|it| it.help_named.as_deref())),
    })
}

fn asked(it: &Versioned<RelativesTerms>, users: &[User], today: Date) -> (String, String) {
    (dates::short_day(it.value.asked_on, today), access::name_of(users, it.value.asked_by))
}

/// A row for each relative, and some to fill in.
fn rows(terms: Option<&RelativesTerms>, typed: Option<&Fields>) -> Vec<Row> {
    let people = terms.map(|it| it.people.as_slice()).unwrap_or_default();
    let sent = typed.map_or(0, |form| numbers(form).into_iter().max().map_or(0, |last| last + 1));
    let count = if typed.is_some() { sent } else { people.len() + EMPTY };
    let row = |no: usize| {
        let kept = people.get(no).filter(|_| typed.is_none());
        let said = |what: &str, kept: Option<String>| match typed {
            Some(form) => form.get(&format!("{what}-{no}")).cloned().unwrap_or_default(),
            None => kept.unwrap_or_default(),
        };
        let part = |part: &RelativePart| {
            let ticked = typed.is_some_and(|form| form.contains_key(&format!("del-{no}-{}", part.word())));
            (part.word(), part.label(), ticked || kept.is_some_and(|it| it.parts.contains(part)))
        };
        Row {
            no,
            name: said("navn", kept.map(|it| it.name.clone())),
            relation: said("relation", kept.map(|it| it.relation.clone())),
            parts: RelativePart::ALL.iter().map(part).collect(),
            until: said("til", kept.and_then(|it| it.until).map(|day| day.to_string())),
            interprets: said("tolk", kept.and_then(|it| it.interprets_because.clone())),
        }
    };
    (0..count).map(row).collect()
}

/// The rows that a form sent.
fn numbers(form: &Fields) -> Vec<usize> {
    let mut all: Vec<usize> = form.keys().filter_map(|name| name.strip_prefix("navn-")?.parse().ok()).collect();
    all.retain(|no| *no < domain::relatives::RELATIVES_MAX + EMPTY);
    all.sort_unstable();
    all
}

fn input(form: &Fields) -> Result<TermsInput, AppError> {
    let text = |name: &str| fields::short(form, name, 500);
    let answer = text("svar").and_then(|word| RelativesAnswer::parse(&word).ok());
    let answer = answer.ok_or_else(|| AppError::field("svar", "required", "Vælg, hvad borgeren svarede."))?;
    let mut people = Vec::new();
    for no in numbers(form) {
        let of = |what: &str| text(&format!("{what}-{no}"));
        let ticked = |part: &&RelativePart| form.contains_key(&format!("del-{no}-{}", part.word()));
        let parts: std::collections::BTreeSet<_> = RelativePart::ALL.iter().filter(ticked).copied().collect();
        let until = of("til").map(|text| {
            text.parse::<Date>().map_err(|_| AppError::field("til", "unreadable", "Skriv datoen som dag, måned og år."))
        });
        let one = TakingPart {
            name: of("navn").unwrap_or_default(),
            relation: of("relation").unwrap_or_default(),
            parts,
            until: until.transpose()?,
            interprets_because: of("tolk"),
        };
        let empty = one.name.is_empty() && one.relation.is_empty() && one.parts.is_empty() && one.until.is_none();
        if !empty {
            people.push(one);
        }
    }
    Ok(TermsInput { answer, people, harm: text("skade"), strain: text("belastning"), help_named: text("hjaelp") })
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let course: CourseId = id.into();
    let done = match input(&form) {
        Ok(input) => set_terms(&app, &caller, course, fields::version(&form), input).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => {
            let back = format!("{}#samarbejde", courses::course_href(course));
            Ok(visit.done(&back, "Det er skrevet ned, hvad borgeren ønsker.").await?.into_response())
        }
        Err(error @ (AppError::Field { .. } | AppError::Changed { .. })) => {
            let page = page(&app, &caller, &visit, course, Some(&form), Some(error.user_message())).await?;
            Ok((error.form_status(), Page(page)).into_response())
        }
        Err(error) => Err(error),
    }
}
