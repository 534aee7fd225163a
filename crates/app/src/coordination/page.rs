//! Who else does something for the citizen: `/forloeb/{id}/koordinering`. Three queries.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::consent::ConsentForm;
use domain::coordination::{Coordination, Department, Shared};
use domain::ids::{CoordinationId, CourseId};
use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Seen, Tx, Versioned};
use uuid::Uuid;

use super::{CoordinationInput, commands};
use crate::access::{self, User};
use crate::layout::{Counts, Fact, Frame, Nav, PersonHeader, Tag, dates};
use crate::records::{self, CitizenRecord};
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, citizens, courses};

#[derive(Template)]
#[template(path = "coordination/page.html")]
pub(super) struct CoordinationPage {
    frame: Frame,
    course_href: String,
    href: String,
    person: PersonHeader,
    problem: Option<String>,
    rows: Vec<Row>,
    /// The form of a new one.
    new: FormView,
    may_write: bool,
}

struct Row {
    href: String,
    id: String,
    version: i64,
    label: &'static str,
    what: Option<String>,
    tag: Tag,
    facts: Vec<Fact>,
    /// What may be told today, a line each.
    told: Vec<Fact>,
    /// A yes that stands.
    stands: bool,
    next: Option<Tag>,
    notes: Vec<NoteLine>,
    form: FormView,
    /// What was refused is this one's.
    at: bool,
    note: String,
    note_next: String,
}

struct NoteLine {
    on: String,
    by: String,
    words: String,
}

/// The fields of a form, as typed or as kept.
struct FormView {
    id: String,
    department: String,
    what: String,
    contact: String,
    phone: String,
    since: String,
    until: String,
    shared: String,
    form: String,
    next: String,
}

/// A line of the course's page.
pub(crate) struct CoordinationLine {
    pub(crate) label: &'static str,
    pub(crate) contact: Option<String>,
    pub(crate) tag: Tag,
    pub(crate) next: Option<Tag>,
}

/// Where the coordination of a course stands.
pub(crate) fn coordination_href(course: CourseId) -> String {
    format!("{}/koordinering", courses::course_href(course))
}

/// Those that run, for the course's page.
pub(crate) fn lines(record: &CitizenRecord, course: CourseId, today: Date) -> Vec<CoordinationLine> {
    let ours = record.coordinations.iter().map(|it| &it.value);
    let ours = ours.filter(|it| it.course == course && it.runs_on(today));
    ours.map(|it| CoordinationLine {
        label: it.department.label(),
        contact: it.contact.clone(),
        tag: shared_tag(it),
        next: it.next_on.map(|day| Tag::deadline(day, today)),
    })
    .collect()
}

fn shared_tag(it: &Coordination) -> Tag {
    match (&it.consent, it.may_share()) {
        (None, _) => Tag::of("soon", "lock", "Ikke spurgt: fortæl ingenting"),
        (Some(consent), _) if consent.withdrawn_at.is_some() => {
            Tag::of("line", "lock", "Trukket tilbage: fortæl ingenting")
        }
        (Some(_), Shared::Nothing) => Tag::of("line", "lock", "Fortæl ingenting"),
        (Some(_), upto) => Tag::done(upto.label()),
    }
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<CoordinationPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, id.into(), &Refused::default()).await?))
}

/// What was refused: in which form, what was typed, and why.
#[derive(Default)]
struct Refused {
    at: Option<CoordinationId>,
    typed: Fields,
    problem: Option<String>,
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    course: CourseId,
    refused: &Refused,
) -> Result<CoordinationPage, AppError> {
    let (record, users) = courses::opened(app, caller, "coordination.open", course).await?;
    let now = app.now();
    let today = local_date(now);
    let person = citizens::person_header(&record.citizen.value, None, today);
    let ours = record.coordinations.iter().filter(|it| it.value.course == course);
    let typed = |at: Option<CoordinationId>| (refused.problem.is_some() && refused.at == at).then_some(&refused.typed);
    Ok(CoordinationPage {
        frame: visit.frame(Nav::Citizens, Counts::default()).await?,
        course_href: courses::course_href(course),
        href: coordination_href(course),
        person: PersonHeader { href: Some(format!("/borgere/{}", record.citizen.value.id)), ..person },
        problem: refused.problem.clone(),
        rows: ours.map(|it| row((&record, &users), it, now, typed(Some(it.value.id)))).collect(),
        new: FormView::new("ny", None, typed(None)),
        may_write: caller.role.may(Permission::CourseWrite),
    })
}

fn row(
    (record, users): (&CitizenRecord, &[User]),
    stored: &Versioned<Coordination>,
    now: Timestamp,
    typed: Option<&Fields>,
) -> Row {
    let (it, today) = (&stored.value, local_date(now));
    let day = |day| dates::short_day(day, today);
    let mut facts = Vec::new();
    facts.extend(it.contact.as_ref().map(|name| Fact::new("Kontaktperson", name)));
    facts.extend(it.phone.as_ref().map(|phone| Fact::new("Telefon", citizens::phone_text(phone))));
    facts.extend(it.since.map(|on| Fact::said("Siden", day(on))));
    facts.extend(it.until.map(|on| Fact::said("Til", day(on))));
    if let Some(consent) = &it.consent {
        facts.push(Fact::said("Borgeren sagde ja til", consent.upto.label()));
        facts.push(Fact::said("Hvordan", format!("{} {}", consent.form.label(), day(consent.on))));
        facts.push(Fact::new("Spurgt af", access::name_of(users, consent.asked_by)));
        facts.extend(consent.withdrawn_at.map(|at| Fact::said("Trukket tilbage", day(local_date(at)))));
    }
    let note = |note: &domain::coordination::CoordinationNote| NoteLine {
        on: day(note.on),
        by: access::name_of(users, note.by),
        words: note.words.clone(),
    };
    let text = |name: &str| typed.and_then(|form| form.get(name)).cloned().unwrap_or_default();
    Row {
        href: format!("/koordinering/{}", it.id),
        id: it.id.to_string(),
        version: stored.version,
        label: it.department.label(),
        what: it.what.clone(),
        tag: shared_tag(it),
        facts,
        told: told(record, it, now),
        stands: it.may_share() > Shared::Nothing,
        next: it.next_on.map(|on| Tag::deadline(on, today)),
        notes: it.notes.iter().rev().map(note).collect(),
        form: FormView::new(&it.id.to_string(), Some(it), typed),
        at: typed.is_some(),
        note: text("aftalt"),
        note_next: text("naeste"),
    }
}

/// What may be told today and no more: times, then what is planned, then how it goes.
fn told(record: &CitizenRecord, it: &Coordination, now: Timestamp) -> Vec<Fact> {
    let (upto, mut told) = (it.may_share(), Vec::new());
    if upto >= Shared::Times {
        let times = record.appointments.iter().map(|a| &a.value);
        let mut times: Vec<_> =
            times.filter(|a| a.course == it.course && a.state.is_active() && a.start > now).collect();
        times.sort_by_key(|a| a.start);
        told.extend(times.iter().map(|a| Fact::said("Tid", dates::when_exactly(a.start, now))));
    }
    if upto >= Shared::Plan {
        let planned =
            record.interventions.iter().map(|i| &i.value).filter(|i| i.course == it.course && !i.code.is_talk());
        let status = upto >= Shared::Status;
        told.extend(planned.map(|i| {
            let tag = courses::plan_tag(i.status);
            let said = if status { format!("{} · {}", i.code.label(), tag.text) } else { i.code.label().to_owned() };
            Fact::said("Indsats", said)
        }));
    }
    told
}

impl FormView {
    fn new(id: &str, kept: Option<&Coordination>, typed: Option<&Fields>) -> Self {
        let said = |name: &str, kept: Option<String>| match typed {
            Some(form) => form.get(name).cloned().unwrap_or_default(),
            None => kept.unwrap_or_default(),
        };
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        Self {
            id: id.to_owned(),
            department: said("forvaltning", kept.map(|it| it.department.word().to_owned())),
            what: said("hvad", kept.and_then(|it| it.what.clone())),
            contact: said("kontakt", kept.and_then(|it| it.contact.clone())),
            phone: said("telefon", kept.and_then(|it| it.phone.clone())),
            since: said("siden", day(kept.and_then(|it| it.since))),
            until: said("til", day(kept.and_then(|it| it.until))),
            shared: said("deles", kept.and_then(|it| it.consent.as_ref()).map(|it| it.upto.word().to_owned())),
            form: said("maade", kept.and_then(|it| it.consent.as_ref()).map(|it| it.form.word().to_owned())),
            next: said("naeste", day(kept.and_then(|it| it.next_on))),
        }
    }
}

/// What was typed, as long as it is kept.
fn text(form: &Fields, name: &str) -> Option<String> {
    fields::short(form, name, 500)
}

fn input(form: &Fields) -> Result<CoordinationInput, AppError> {
    let department = text(form, "forvaltning").and_then(|word| Department::parse(&word).ok());
    let shared = text(form, "deles").and_then(|word| Shared::parse(&word).ok());
    let said = text(form, "maade").and_then(|word| ConsentForm::parse(&word).ok());
    Ok(CoordinationInput {
        department: department
            .ok_or_else(|| AppError::field("forvaltning", "required", "Vælg, hvilken forvaltning det er."))?,
        what: text(form, "hvad"),
        contact: text(form, "kontakt"),
        phone: text(form, "telefon"),
        since: fields::day(form, "siden")?,
        until: fields::day(form, "til")?,
        consent: shared.map(|shared| (shared, said.unwrap_or(ConsentForm::Oral))),
        next_on: fields::day(form, "naeste")?,
    })
}

pub(super) async fn add(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(course): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let done = match input(&form) {
        Ok(input) => commands::add(&app, &caller, course.into(), input).await,
        Err(error) => Err(error),
    };
    answer(&app, &caller, &visit, (course.into(), None), form, done, "Forvaltningen er skrevet på.").await
}

/// Whose course it is.
async fn course_of(app: &App, caller: &Caller, id: CoordinationId) -> Result<CourseId, AppError> {
    let read = move |tx: &mut Tx<'_>| {
        let citizen = records::citizen_of(tx, "coordination", id.0)?;
        let found = records::one::<Coordination>(tx, citizen.0, id.0)?.ok_or(AppError::NotFound("coordination"))?;
        Ok::<_, AppError>(Seen::record(citizen.0, found.value.course))
    };
    app.store.view(caller.scope("coordination.open", app.now()), read).await
}

/// A task leads here, and on to the page of the course.
pub(super) async fn open(State(app): State<App>, caller: Caller, Path(id): Path<Uuid>) -> Result<Redirect, AppError> {
    let course = course_of(&app, &caller, id.into()).await?;
    Ok(Redirect::to(&format!("{}#k-{id}", coordination_href(course))))
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let course = course_of(&app, &caller, id.into()).await?;
    let done = match input(&form) {
        Ok(input) => commands::change(&app, &caller, id.into(), fields::version(&form), input).await,
        Err(error) => Err(error),
    };
    answer(&app, &caller, &visit, (course, Some(id.into())), form, done, "Oplysningerne er gemt.").await
}

pub(super) async fn note(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let course = course_of(&app, &caller, id.into()).await?;
    let done = match fields::day(&form, "naeste") {
        Ok(next) => {
            let words = form.get("aftalt").cloned().unwrap_or_default();
            commands::note(&app, &caller, id.into(), fields::version(&form), words, next).await
        }
        Err(error) => Err(error),
    };
    answer(&app, &caller, &visit, (course, Some(id.into())), form, done, "Aftalen er skrevet ned.").await
}

pub(super) async fn withdraw(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let course = course_of(&app, &caller, id.into()).await?;
    let done = commands::withdraw(&app, &caller, id.into(), fields::version(&form)).await;
    let notice = "Samtykket er trukket tilbage. Fortæl dem ingenting fra nu af.";
    answer(&app, &caller, &visit, (course, Some(id.into())), form, done, notice).await
}

async fn answer(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    (course, at): (CourseId, Option<CoordinationId>),
    typed: Fields,
    done: Result<(), AppError>,
    notice: &'static str,
) -> Result<Response, AppError> {
    match done {
        Ok(()) => Ok(visit.done(&coordination_href(course), notice).await?.into_response()),
        Err(error @ (AppError::Field { .. } | AppError::Changed { .. })) => {
            let refused = Refused { at, typed, problem: Some(error.user_message()) };
            let page = page(app, caller, visit, course, &refused).await?;
            Ok((error.form_status(), Page(page)).into_response())
        }
        Err(error) => Err(error),
    }
}
