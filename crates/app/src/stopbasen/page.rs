//! Nicotine cessation on one page: `GET /forloeb/{id}/stop` with the two consents, the stop date and how it ended, the
//! forms with what they lack, the follow-up after six months, and what was measured. Five queries.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use domain::consent::{Answer, Consent, ConsentForm, ConsentPurpose, answer};
use domain::follow_up::FollowUpState;
use domain::ids::{ConsentId, CourseId};
use domain::permission::Permission;
use domain::response::{Response, ResponseStatus};
use domain::stop_course::{self, CARBON_MONOXIDE, NicotineProduct, SMOKE_FREE, StopForm, StopOutcome, window};
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use store::Tx;
use uuid::Uuid;

use super::class::consent_tag;
use super::{acts, forms, queries};
use crate::access::{self, User};
use crate::courses::{self, course_href};
use crate::layout::{Choice, Counts, Field, Frame, Link, Moment, Nav, PersonHeader, Tag, dates};
use crate::measures::{self, Instruments};
use crate::records::CitizenRecord;
use crate::web::fields::Fields;
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller, citizens, safety};

/// How it ended.
struct Ended {
    outcome: &'static str,
    at: Moment,
    by: String,
}

#[derive(Template)]
#[template(path = "stopbasen/page.html")]
#[expect(clippy::struct_excessive_bools, reason = "what a page shows or not is no state")]
pub(super) struct StopPage {
    frame: Frame,
    person: PersonHeader,
    href: String,
    course_href: String,
    safety_href: String,
    may: bool,
    version: i64,
    problem: Option<String>,
    consents: Vec<ConsentView>,
    ways: Vec<Choice>,
    /// Each product with what is used of it a day.
    products: Vec<(String, &'static str, String)>,
    mixed: bool,
    products_error: bool,
    stop_on: Field,
    outcomes: Vec<Choice>,
    no_contact: bool,
    ended: Option<Ended>,
    forms: Vec<FormView>,
    /// First and last day of the follow-up after six months.
    window: Option<(String, String)>,
    follow_ups: Vec<(Moment, Tag, String)>,
    /// Why none is planned.
    no_follow_up: Option<&'static str>,
    readings: Vec<ReadingView>,
}

struct ConsentView {
    purpose: &'static str,
    label: &'static str,
    question: &'static str,
    tag: Tag,
    said: Option<String>,
    /// A yes that stands, and can be taken back.
    stands: Option<ConsentId>,
}

struct FormView {
    label: &'static str,
    tag: Tag,
    when: Option<String>,
    missing: Vec<String>,
    exported: Option<String>,
    link: Option<Link>,
}

struct ReadingView {
    at: Moment,
    what: &'static str,
    said: String,
    href: String,
}

/// What a course's page shows of it.
pub(crate) struct StopPanel {
    pub(crate) href: String,
    pub(crate) consents: [(&'static str, Tag); 2],
    pub(crate) stop_on: Option<String>,
    /// The newest of what a class was asked.
    pub(crate) readings: Vec<String>,
}

/// Where nicotine cessation of a course stands.
pub(crate) fn stop_href(course: CourseId) -> String {
    format!("{}/stop", course_href(course))
}

/// The panel on a course's page; none without a nicotine intervention.
pub(crate) fn panel(record: &CitizenRecord, course: CourseId, today: Date) -> Option<StopPanel> {
    let (it, _) = forms::of_course(record, course)?;
    let consents = record.consent_values();
    let tag = |purpose| consent_tag(answer(&consents, purpose));
    let stop = record.stop_courses.iter().find(|s| s.value.intervention == it.id);
    let newest = |instrument: &str| {
        let ours = readings(record, it.granted_on).filter(|r| r.instrument == instrument);
        ours.max_by_key(|r| (r.on, r.id))
    };
    let said = [CARBON_MONOXIDE, SMOKE_FREE].into_iter().filter_map(newest);
    Some(StopPanel {
        href: stop_href(course),
        consents: [
            ("STOPbasen", tag(ConsentPurpose::Stopbasen)),
            ("Opfølgning", tag(ConsentPurpose::StopbasenFollowUp)),
        ],
        stop_on: stop.and_then(|s| s.value.stop_on).map(|day| dates::long_day(day, today)),
        readings: said
            .filter_map(|r| {
                let (what, said) = reading_words(r)?;
                Some(format!("{what}: {said} · {}", dates::short_day(r.on, today)))
            })
            .collect(),
    })
}

/// What was asked in class or measured since a day, the oldest first.
fn readings(record: &CitizenRecord, since: Date) -> impl Iterator<Item = &Response> {
    let all = record.responses.iter().map(|r| &r.value).filter(move |r| r.counts() && r.on >= since);
    all.filter(|r| r.instrument == CARBON_MONOXIDE || r.instrument == SMOKE_FREE)
}

/// What was asked, and the answer in words.
fn reading_words(response: &Response) -> Option<(&'static str, String)> {
    if response.instrument == CARBON_MONOXIDE {
        let score = response.score?;
        let band = instruments::find(&response.instrument, response.version)?.band(score);
        let band = band.map(|band| format!(" ({})", band.label)).unwrap_or_default();
        return Some(("CO", format!("{score} ppm{band}")));
    }
    let yes = domain::response::Answer::Value(domain::quantity::Quantity::whole(1));
    let said = if response.answers.values().any(|answer| *answer == yes) { "Ja" } else { "Nej" };
    Some(("Røgfri siden sidst", said.to_owned()))
}

struct Loaded {
    record: Arc<CitizenRecord>,
    users: Vec<User>,
    known: Instruments,
    exported: HashMap<Uuid, Timestamp>,
}

async fn load(app: &App, caller: &Caller, course: CourseId) -> Result<Loaded, AppError> {
    let home = app.organization(caller.organization).await?;
    let more = move |tx: &mut Tx<'_>, record: &CitizenRecord| {
        let known = Instruments::read(tx, &home.settings.instruments_off)?;
        let exported: HashMap<_, _> = queries::exported_of(tx, record.citizen.value.id)?.into_iter().collect();
        Ok((known, exported))
    };
    let (record, users, (known, exported)) =
        courses::opened_with(app, caller, "stop_course.open", course, more).await?;
    Ok(Loaded { record, users, known, exported })
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<StopPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, id.into(), &Fields::new(), None).await?))
}

pub(super) async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    course: CourseId,
    typed: &Fields,
    error: Option<&AppError>,
) -> Result<StopPage, AppError> {
    let loaded = load(app, caller, course).await?;
    let (record, today) = (&loaded.record, local_date(app.now()));
    let (it, _) = forms::of_course(record, course).ok_or(AppError::NotFound("nicotine intervention"))?;
    let citizen = &record.citizen.value;
    let person = citizens::person_header(citizen, None, today);
    let stop = record.stop_courses.iter().find(|s| s.value.intervention == it.id);
    let end = stop.and_then(|s| s.value.end);
    let may = caller.role.may(Permission::CourseWrite) && citizen.deceased_on.is_none();
    let stop_on = stop.and_then(|s| s.value.stop_on).map(|day| day.to_string()).unwrap_or_default();
    let field_error = match error {
        Some(AppError::Field { field: "stopdato", message, .. }) => Some(message.clone()),
        _ => None,
    };
    let chosen = typed.get("udfald").cloned().or_else(|| end.map(|end| end.outcome.word().to_owned()));
    let ended_on = stop_course::ended_on(it.status);
    let window = ended_on.map(window);
    Ok(StopPage {
        frame: visit.frame(Nav::Citizens, Counts::default()).await?,
        person: PersonHeader { href: Some(format!("/borgere/{}", citizen.id)), ..person },
        href: stop_href(course),
        course_href: course_href(course),
        safety_href: safety::safety_href(course),
        may,
        version: stop.map_or(0, |s| s.version),
        problem: error.map(AppError::user_message),
        consents: consents(record, &loaded.users, today),
        ways: ways(typed.get("maade").map_or("", String::as_str)),
        products: NicotineProduct::ALL.iter().map(|one| product(*one, stop.map(|s| &s.value), typed)).collect(),
        mixed: stop.is_some_and(|s| stop_course::is_mixed(&s.value.products)),
        products_error: matches!(error, Some(AppError::Field { field: "produkter", .. })),
        stop_on: Field { value: typed.get("stopdato").cloned().unwrap_or(stop_on), error: field_error },
        outcomes: outcomes(chosen.as_deref().unwrap_or_default()),
        no_contact: typed.contains_key("kontakt-nej") || (typed.is_empty() && end.is_some_and(|end| end.no_contact)),
        ended: end.map(|end| Ended {
            outcome: end.outcome.label(),
            at: Moment::day(end.on, today),
            by: access::name_of(&loaded.users, end.by),
        }),
        forms: StopForm::ALL.iter().map(|form| form_view(&loaded, course, *form, may, today)).collect(),
        window: window.map(|it| (dates::long_day(it.from, today), dates::long_day(it.until, today))),
        follow_ups: follow_ups(record, it.id, today),
        no_follow_up: no_follow_up(record, ended_on),
        readings: shown_readings(record, it.granted_on, today),
    })
}

/// A product's field, with what was typed or is kept.
fn product(
    product: NicotineProduct,
    stop: Option<&domain::stop_course::StopCourse>,
    typed: &Fields,
) -> (String, &'static str, String) {
    let id = acts::product_id(product);
    let kept =
        || stop.and_then(|s| s.products.iter().find(|one| one.product == product)).map(|one| one.a_day.to_string());
    let value = typed.get(&id).cloned().or_else(kept).unwrap_or_default();
    (id, product.label(), value)
}

fn consents(record: &CitizenRecord, users: &[User], today: Date) -> Vec<ConsentView> {
    let values = record.consent_values();
    let view = |(purpose, label, question): (ConsentPurpose, &'static str, &'static str)| {
        let newest: Option<&Consent> = values.iter().filter(|c| c.purpose == purpose).max_by_key(|c| (c.on, c.id));
        let now = answer(&values, purpose);
        let said = newest.map(|c| {
            let on = dates::short_day(c.on, today);
            let what = format!("{} {on}, spurgt af {}", c.form.label(), access::name_of(users, c.asked_by));
            match c.withdrawn_at {
                Some(at) => format!("{what}. Trukket tilbage {}", dates::short_day(local_date(at), today)),
                None => what,
            }
        });
        ConsentView {
            purpose: purpose.word(),
            label,
            question,
            tag: consent_tag(now),
            said,
            stands: if let Answer::Given(id) = now { Some(id) } else { None },
        }
    };
    [
        (ConsentPurpose::Stopbasen, "Registrering", "Må dit rygestop registreres i STOPbasen?"),
        (
            ConsentPurpose::StopbasenFollowUp,
            "Kontakt efter seks måneder",
            "Må vi kontakte dig om et halvt år og høre, hvordan det går?",
        ),
    ]
    .into_iter()
    .map(view)
    .collect()
}

fn ways(chosen: &str) -> Vec<Choice> {
    let chosen = ConsentForm::parse(chosen).unwrap_or(ConsentForm::Oral);
    let choice = |form: &ConsentForm| Choice {
        value: form.word().to_owned(),
        label: form.label().to_owned(),
        hint: None,
        selected: *form == chosen,
    };
    ConsentForm::ALL.iter().map(choice).collect()
}

fn outcomes(chosen: &str) -> Vec<Choice> {
    let choice = |outcome: &StopOutcome| Choice {
        value: outcome.word().to_owned(),
        label: outcome.label().to_owned(),
        hint: None,
        selected: outcome.word() == chosen,
    };
    StopOutcome::ALL.iter().map(choice).collect()
}

/// A form as it stands: answered, lacking answers, or not offered without consent.
fn form_view(loaded: &Loaded, course: CourseId, form: StopForm, may: bool, today: Date) -> FormView {
    let record = &loaded.record;
    let of = forms::of_course(record, course);
    let found = of.and_then(|of| forms::answered(record, form, of));
    let allowed = form.allowed(&record.consent_values()).is_ok();
    let newest = forms::newest(record).map(|it| it.id) == of.map(|(it, _)| it.id);
    let fill = || Link::new(measures::fill_href(record.citizen.value.id, form.word()), "Udfyld");
    let offered = allowed && may && newest;
    let (tag, link) = match found {
        Some(response) => {
            let tag = match response.status {
                ResponseStatus::Complete => Tag::done("Udfyldt"),
                ResponseStatus::Incomplete => Tag::of("soon", "flag", "Mangler svar"),
                _ => Tag::of("line", "close", response.status.label()),
            };
            let text = if response.status == ResponseStatus::Incomplete { "Udfyld resten" } else { "Se skemaet" };
            (tag, Some(Link::new(measures::result_href(response.id), text)))
        }
        None if !allowed => (Tag::of("mute", "lock", "Ikke uden samtykke"), None),
        None => (Tag::of("wait", "info", "Ikke udfyldt"), offered.then(fill)),
    };
    FormView {
        label: form.label(),
        tag,
        when: found.map(|r| dates::short_day(r.on, today)),
        missing: found.map(|r| forms::missing(&loaded.known, r)).unwrap_or_default(),
        exported: found.and_then(|r| loaded.exported.get(&r.id.0)).map(|at| dates::short_day(local_date(*at), today)),
        link,
    }
}

fn follow_ups(
    record: &CitizenRecord,
    stop: domain::ids::PlannedInterventionId,
    today: Date,
) -> Vec<(Moment, Tag, String)> {
    let ours = record.follow_ups.iter().map(|f| &f.value).filter(|f| f.stop == Some(stop));
    let tag = |state: &FollowUpState, due_on| match state {
        FollowUpState::Planned => Tag::deadline(due_on, today),
        FollowUpState::Done { kept, .. } => Tag::done(kept.label()),
        FollowUpState::NotReached { .. } => Tag::of("line", "flag", "Ikke truffet"),
        FollowUpState::Declined { .. } => Tag::of("line", "flag", "Takket nej"),
        FollowUpState::Cancelled { .. } => Tag::of("line", "flag", "Aflyst"),
    };
    ours.map(|f| (Moment::day(f.due_on, today), tag(&f.state, f.due_on), courses::call_href(f.id))).collect()
}

/// Why no follow-up is planned, when it is not the end that is missing.
fn no_follow_up(record: &CitizenRecord, ended_on: Option<Date>) -> Option<&'static str> {
    if StopForm::SixMonths.allowed(&record.consent_values()).is_err() {
        return Some("Borgeren har ikke sagt ja til begge dele, så der følges ikke op for STOPbasen.");
    }
    ended_on.is_none().then_some("Opfølgningen planlægges af sig selv, når indsatsen er slut.")
}

fn shown_readings(record: &CitizenRecord, since: Date, today: Date) -> Vec<ReadingView> {
    let mut all: Vec<&Response> = readings(record, since).collect();
    all.sort_by_key(|r| std::cmp::Reverse((r.on, r.id)));
    let view = |response: &Response| {
        let (what, said) = reading_words(response)?;
        Some(ReadingView { at: Moment::day(response.on, today), what, said, href: measures::result_href(response.id) })
    };
    all.into_iter().filter_map(view).collect()
}
