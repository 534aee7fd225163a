//! One enrolment as its supplier sees it: the name, the needs, what delivery requires, and what the supplier itself wrote.
//! `/leverandoer/{id}`. No journal, no number, no address. Five queries.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::codes::{EncounterClass, StopReason};
use domain::ids::PlannedInterventionId;
use domain::supplier::SupplierOutcome;
use domain::workdays::local_date;
use jiff::Timestamp;
use jiff::civil::Date;
use store::{Seen, Tx};
use uuid::Uuid;

use super::own::{self, ContactInput, Presence, ResultInput};
use super::own_list::own_href;
use super::queries::{self, Own};
use crate::access::{self, User};
use crate::layout::{Choice, Counts, Frame, Link, Moment, Nav, PersonHeader, Tag, dates};
use crate::measures::Instruments;
use crate::records::CitizenRecord;
use crate::safety::{self, ChecklistView};
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, citizens, courses};

#[derive(Template)]
#[template(path = "suppliers/own.html")]
pub(super) struct OwnPage {
    frame: Frame,
    href: String,
    heading: &'static str,
    person: PersonHeader,
    problem: Option<(&'static str, String)>,
    told: String,
    tag: Tag,
    by: String,
    version: i64,
    may_write: bool,
    contacts: Vec<ContactLine>,
    it: Content,
    content: Option<ChecklistView>,
    tests: Vec<TestLine>,
    instruments: Vec<Link>,
    classes: Vec<Choice>,
    stops: Vec<Choice>,
    typed: Fields,
}

impl OwnPage {
    fn typed(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }

    fn at(&self, panel: &str) -> bool {
        self.problem.as_ref().is_some_and(|(at, _)| *at == panel)
    }
}

/// What the checklist is of.
struct Content {
    id: Uuid,
    name: &'static str,
}

struct ContactLine {
    at: Moment,
    class: &'static str,
    tag: Tag,
    note: Option<String>,
}

struct TestLine {
    name: String,
    at: Moment,
    phase: &'static str,
}

/// The citizen as a supplier sees them: what delivery asks for. The number, the age, the address and the relatives stay home.
pub(super) fn person(record: &CitizenRecord, today: Date) -> PersonHeader {
    let citizen = &record.citizen.value;
    let whole = citizens::person_header(citizen, None, today);
    let phones: BTreeSet<&str> = citizen.phones.iter().map(|phone| phone.kind.label()).collect();
    let facts = whole.facts.into_iter().filter(|fact| phones.contains(&*fact.label) || fact.label == "Foretrækker");
    PersonHeader {
        name: whole.name,
        cpr: None,
        age: None,
        needs: whole.needs,
        protected: false,
        address: None,
        facts: facts.collect(),
        dead: None,
        href: None,
        seen_by_href: None,
    }
}

struct Loaded {
    own: Own,
    known: Instruments,
    users: Vec<User>,
}

async fn load(app: &App, caller: &Caller, id: PlannedInterventionId) -> Result<Loaded, AppError> {
    let home = app.organization(caller.organization).await?;
    let (user, today) = (caller.user, local_date(app.now()));
    let read = move |tx: &mut Tx<'_>| {
        let own = queries::own_enrolment(tx, user, id, today)?;
        let known = Instruments::read(tx, &home.settings.instruments_off)?;
        // Only colleagues of the same supplier are named.
        let users = access::users_of_supplier(tx, own.agreement.supplier)?;
        let citizen = own.enrolment.value.citizen.0;
        Ok::<_, AppError>(Seen::record(citizen, Loaded { own, known, users }))
    };
    app.store.view(caller.scope("supplier.own", app.now()), read).await
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<OwnPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, id.into(), Fields::new(), None).await?))
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: PlannedInterventionId,
    mut typed: Fields,
    problem: Option<(&'static str, String)>,
) -> Result<OwnPage, AppError> {
    let Loaded { own, known, users } = load(app, caller, id).await?;
    let (now, record) = (app.now(), &own.record);
    let today = local_date(now);
    let (enrolment, code) = (&own.enrolment.value, record.intervention(id)?.value.code);
    typed.entry("dato".to_owned()).or_insert_with(|| today.to_string());
    typed.entry("slut".to_owned()).or_insert_with(|| today.to_string());
    let may_write = enrolment.may_be_written();
    Ok(OwnPage {
        frame: visit.frame(Nav::SupplierOwn, Counts::default()).await?,
        href: own_href(id),
        heading: code.label(),
        person: person(record, today),
        problem,
        told: enrolment.told.clone(),
        tag: if may_write { Tag::deadline(enrolment.results_by, today) } else { Tag::done("Sendt tilbage") },
        by: dates::long_day(enrolment.results_by, today),
        version: own.enrolment.version,
        may_write,
        contacts: contacts(&own, now),
        it: Content { id: id.0, name: code.label() },
        content: safety::checklist(record, id, &users, today),
        tests: tests(&own, &known, today),
        instruments: if may_write {
            let link = |one: &&instruments::Instrument| Link::new(test_href(id, &one.id), &one.name);
            known.in_use().iter().map(link).collect()
        } else {
            Vec::new()
        },
        classes: choices(EncounterClass::ALL, typed.get("sted"), |one| (one.word(), one.label())),
        stops: choices(StopReason::ALL, typed.get("aarsag"), |one| (one.word(), one.label())),
        typed,
    })
}

pub(super) fn test_href(id: PlannedInterventionId, instrument: &str) -> String {
    format!("{}/maaling/{instrument}", own_href(id))
}

fn choices<T: Copy>(all: &[T], chosen: Option<&String>, of: impl Fn(T) -> (&'static str, &'static str)) -> Vec<Choice> {
    let choice = |one: &T| {
        let (word, label) = of(*one);
        let selected = chosen.is_some_and(|chosen| chosen == word);
        Choice { value: word.to_owned(), label: label.to_owned(), hint: None, selected }
    };
    all.iter().map(choice).collect()
}

/// The contacts that this supplier wrote, the newest first.
fn contacts(own: &Own, now: Timestamp) -> Vec<ContactLine> {
    let mine = own.record.encounters.iter().map(|e| &e.value);
    let mut mine: Vec<_> = mine.filter(|e| own.enrolment.value.contacts.contains(&e.id)).collect();
    mine.sort_by_key(|e| std::cmp::Reverse(e.start));
    let line = |e: &domain::encounter::Encounter| ContactLine {
        at: Moment::exactly(e.start, now),
        class: e.class.label(),
        tag: courses::encounter_tag(e.status),
        note: e.note.clone(),
    };
    mine.into_iter().map(line).collect()
}

/// The tests that this supplier took.
fn tests(own: &Own, known: &Instruments, today: Date) -> Vec<TestLine> {
    let mine = own.record.responses.iter().map(|r| &r.value);
    let mine = mine.filter(|r| own.enrolment.value.tests.contains(&r.id));
    mine.map(|r| TestLine {
        name: known.find(&r.instrument, r.version).map_or_else(|| r.instrument.clone(), |one| one.name.clone()),
        at: Moment::day(r.on, today),
        phase: r.phase.label(),
    })
    .collect()
}

pub(super) async fn contact(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let done = match contact_input(&form) {
        Ok(input) => own::record_contact(&app, &caller, id.into(), input).await.map(|_| ()),
        Err(error) => Err(error),
    };
    answer(&app, &caller, &visit, id, (form, "kontakter"), done, "Kontakten er gemt.").await
}

fn contact_input(form: &Fields) -> Result<ContactInput, AppError> {
    let presence = fields::said(form, "fremmoede").and_then(|word| Presence::parse(word).ok());
    let presence = presence.ok_or_else(|| AppError::field("fremmoede", "required", "Vælg, om borgeren kom."))?;
    let (start, end) = courses::times(form)?;
    Ok(ContactInput {
        presence,
        class: fields::said(form, "sted").and_then(|word| EncounterClass::parse(word).ok()).unwrap_or_default(),
        start,
        end,
        note: fields::said(form, "notat").map(str::to_owned),
    })
}

pub(super) async fn tick(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let version = fields::version(&form);
    let ticked = form.keys().filter_map(|name| name.strip_prefix("indhold-")).map(str::to_owned).collect();
    let done = own::tick(&app, &caller, id.into(), version, ticked).await.map(|_| ());
    answer(&app, &caller, &visit, id, (form, "indhold"), done, "Indholdet er gemt.").await
}

pub(super) async fn finish(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let version = fields::version(&form);
    let done = match result_input(&form) {
        Ok(input) => own::send_back(&app, &caller, id.into(), version, input).await,
        Err(error) => Err(error),
    };
    answer(&app, &caller, &visit, id, (form, "slut"), done, "Resultaterne er sendt til kommunen.").await
}

fn result_input(form: &Fields) -> Result<ResultInput, AppError> {
    let outcome = fields::said(form, "resultat").and_then(|word| SupplierOutcome::parse(word).ok());
    let outcome = outcome.ok_or_else(|| AppError::field("resultat", "required", "Vælg, hvordan det endte."))?;
    let on = fields::parsed::<Date>(form, "slut");
    Ok(ResultInput {
        outcome,
        reason: fields::said(form, "aarsag").and_then(|word| StopReason::parse(word).ok()),
        on: on.ok_or_else(|| AppError::field("slut", "required", "Skriv den sidste dag."))?,
        note: fields::short(form, "besked", 1000),
    })
}

/// Back to the panel, or the page again with what stood in the way and what was typed.
async fn answer(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: Uuid,
    (form, at): (Fields, &'static str),
    done: Result<(), AppError>,
    notice: &'static str,
) -> Result<Response, AppError> {
    let error = match done {
        Ok(()) => {
            let href = format!("{}#{at}", own_href(id.into()));
            return Ok(visit.done(&href, notice).await?.into_response());
        }
        Err(error) => error.at_the_form()?,
    };
    let page = page(app, caller, visit, id.into(), form, Some((at, error.user_message()))).await?;
    Ok((error.form_status(), Page(page)).into_response())
}
