//! An intervention and who delivers it outside the house: `/indsatser/{id}/leverandoer`. Three queries.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{OrganizationId, PlannedInterventionId};
use domain::permission::Permission;
use domain::planned_intervention::PlannedIntervention;
use domain::supplier::{SupplierAgreement, SupplierEnrolment, SupplierResult};
use domain::workdays::local_date;
use jiff::civil::Date;
use store::{Seen, Tx, Versioned};
use uuid::Uuid;

use super::{GiveInput, give as giving, queries};
use crate::access::{self, User};
use crate::citizens;
use crate::courses;
use crate::layout::{Choice, Counts, Fact, Frame, Nav, PersonHeader, Tag, dates};
use crate::records::{self, CitizenRecord};
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "suppliers/given.html")]
pub(super) struct GivenPage {
    frame: Frame,
    href: String,
    course_href: String,
    heading: &'static str,
    person: PersonHeader,
    problem: Option<String>,
    /// Who has it now, or had it last.
    given: Option<Given>,
    /// The form that gives it; none when it cannot be given now.
    form: Option<GiveForm>,
    may_set_aside: bool,
    may_write: bool,
}

struct Given {
    version: i64,
    name: String,
    tag: Tag,
    facts: Vec<Fact>,
    told: String,
    there: bool,
    blocks: bool,
    result: Option<ResultView>,
    /// Why a leader lets it be completed without results.
    aside: Option<(String, String)>,
}

struct ResultView {
    tag: Tag,
    on: String,
    sent: String,
    note: Option<String>,
}

struct GiveForm {
    suppliers: Vec<Choice>,
    /// What stands in the way of others.
    others: Vec<(String, String)>,
    told: String,
    end: String,
    /// What the supplier sees beside what is written.
    shown: Vec<Fact>,
    needs: Vec<Tag>,
}

/// Where an intervention is given to a supplier.
pub(crate) fn given_href(id: PlannedInterventionId) -> String {
    format!("/indsatser/{id}/leverandoer")
}

/// Who has an intervention outside the house, and how it stands there.
pub(crate) fn standing(record: &CitizenRecord, id: PlannedInterventionId, today: Date) -> Option<(String, Tag)> {
    let it = &record.supplier_enrolment(id)?.value;
    it.is_there().then(|| (it.supplier_name.clone(), tag(it, today)))
}

fn tag(it: &SupplierEnrolment, today: Date) -> Tag {
    match (&it.result, it.is_there()) {
        (_, false) => Tag::of("mute", "return", "Taget tilbage"),
        (Some(_), true) => Tag::done("Resultater modtaget"),
        (None, true) if it.set_aside.is_some() => Tag::of("line", "flag", "Resultater sat til side"),
        (None, true) if it.results_by < today => Tag::of("late", "late", "Resultater mangler"),
        (None, true) => Tag::waits_for("leverandør"),
    }
}

struct Loaded {
    record: Arc<CitizenRecord>,
    agreements: Vec<Versioned<SupplierAgreement>>,
    users: Vec<User>,
}

async fn load(app: &App, caller: &Caller, id: PlannedInterventionId) -> Result<Loaded, AppError> {
    let read = move |tx: &mut Tx<'_>| {
        let citizen = records::citizen_of(tx, "planned_intervention", id.0)?;
        let record = records::citizen_record(tx, citizen)?;
        let loaded = Loaded { record, agreements: queries::agreements(tx)?, users: access::users_in(tx)? };
        Ok::<_, AppError>(Seen::record(citizen.0, loaded))
    };
    app.store.view(caller.scope("supplier.given", app.now()), read).await
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<GivenPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, id.into(), &Fields::new(), None).await?))
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: PlannedInterventionId,
    typed: &Fields,
    problem: Option<String>,
) -> Result<GivenPage, AppError> {
    let Loaded { record, agreements, users } = load(app, caller, id).await?;
    let today = local_date(app.now());
    let (citizen, it) = (&record.citizen.value, &record.intervention(id)?.value);
    let known = record.supplier_enrolment(id);
    let may_write = caller.role.may(Permission::CourseWrite);
    let there = known.is_some_and(|it| it.value.is_there());
    let can_give = may_write && it.status.is_open() && !there && !it.code.is_talk();
    let person = citizens::person_header(citizen, None, today);
    Ok(GivenPage {
        frame: visit.frame(Nav::Citizens, Counts::default()).await?,
        href: given_href(id),
        course_href: courses::course_href(it.course),
        heading: it.code.label(),
        form: can_give.then(|| form(&record, it, &agreements, typed, today)),
        given: known.map(|it| given(it, &users, today)),
        person: PersonHeader { href: Some(format!("/borgere/{}", citizen.id)), ..person },
        problem,
        may_set_aside: caller.role.may(Permission::OverrideBlocker),
        may_write,
    })
}

fn given(stored: &Versioned<SupplierEnrolment>, users: &[User], today: Date) -> Given {
    let it = &stored.value;
    let who = |id| access::name_of(users, id);
    let day = |day| dates::short_day(day, today);
    let mut facts = vec![
        Fact::said("Givet", day(it.given_on)),
        Fact::new("Af", who(it.given_by)),
        Fact::said("Resultater senest", dates::long_day(it.results_by, today)),
        Fact::said("Kontakter", it.contacts.len().to_string()),
        Fact::said("Målinger", it.tests.len().to_string()),
    ];
    facts.extend(it.taken_back_on.map(|on| Fact::said("Taget tilbage", day(on))));
    let result = |result: &SupplierResult| ResultView {
        tag: result
            .reason
            .map_or_else(|| Tag::done(result.outcome.label()), |reason| Tag::of("line", "flag", reason.label())),
        on: day(result.on),
        sent: day(result.sent_on),
        note: result.note.clone(),
    };
    Given {
        version: stored.version,
        name: it.supplier_name.clone(),
        tag: tag(it, today),
        facts,
        told: it.told.clone(),
        there: it.is_there(),
        blocks: it.blocks(),
        result: it.result.as_ref().map(result),
        aside: it.set_aside.as_ref().map(|one| (one.reason.clone(), who(one.by))),
    }
}

fn form(
    record: &CitizenRecord,
    intervention: &PlannedIntervention,
    agreements: &[Versioned<SupplierAgreement>],
    typed: &Fields,
    today: Date,
) -> GiveForm {
    let said = |name: &str| typed.get(name).cloned();
    let consents = record.consent_values();
    let chosen = said("leverandoer").unwrap_or_default();
    let may = |it: &SupplierAgreement| it.may_be_given(intervention.code, &consents, today);
    let all = agreements.iter().map(|it| &it.value);
    let choice = |it: &SupplierAgreement| Choice {
        value: it.supplier.to_string(),
        label: it.name.clone(),
        hint: None,
        selected: it.supplier.to_string() == chosen,
    };
    let head = citizens::person_header(&record.citizen.value, None, today);
    let mut shown = vec![Fact::new("Navn", head.name)];
    shown.extend(record.citizen.value.phones.first().map(|p| Fact::new("Telefon", citizens::phone_text(&p.number))));
    let end = intervention.planned_end_on.map(|day| day.to_string());
    GiveForm {
        suppliers: all.clone().filter(|it| may(it).is_ok()).map(choice).collect(),
        others: all.filter_map(|it| Some((it.name.clone(), may(it).err()?.user_message()))).collect(),
        told: said("besked").unwrap_or_default(),
        end: said("slut").or(end).unwrap_or_default(),
        shown,
        needs: head.needs,
    }
}

pub(super) async fn give(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let done = match input(&form) {
        Ok(input) => giving::give(&app, &caller, id.into(), input).await,
        Err(error) => Err(error),
    };
    answer(&app, &caller, &visit, id, &form, done, "Indsatsen er givet videre.").await
}

fn input(form: &Fields) -> Result<GiveInput, AppError> {
    let supplier = fields::text(form, "leverandoer").parse::<Uuid>();
    let supplier = supplier.map_err(|_| AppError::field("leverandoer", "required", "Vælg, hvem der skal have den."))?;
    let end = fields::text(form, "slut").parse::<Date>();
    let planned_end_on =
        end.map_err(|_| AppError::field("slut", "required", "Skriv, hvornår forløbet efter planen slutter."))?;
    Ok(GiveInput { supplier: OrganizationId(supplier), told: fields::text(form, "besked").to_owned(), planned_end_on })
}

pub(super) async fn take_back(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let done = giving::take_back(&app, &caller, id.into(), fields::version(&form)).await;
    answer(&app, &caller, &visit, id, &form, done, "Indsatsen er taget tilbage. Leverandøren kan ikke se den mere.")
        .await
}

pub(super) async fn set_aside(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let reason = form.get("grund").cloned().unwrap_or_default();
    let done = giving::set_aside(&app, &caller, id.into(), fields::version(&form), reason).await;
    answer(&app, &caller, &visit, id, &form, done, "Kravet er sat til side. Indsatsen kan afsluttes.").await
}

pub(super) async fn read(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Redirect, AppError> {
    giving::read(&app, &caller, id.into()).await?;
    visit.done(&given_href(id.into()), "Noteret som læst. Afslut indsatsen på forløbet.").await
}

async fn answer(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: Uuid,
    form: &Fields,
    done: Result<(), AppError>,
    notice: &'static str,
) -> Result<Response, AppError> {
    match done {
        Ok(()) => Ok(visit.done(&given_href(id.into()), notice).await?.into_response()),
        Err(error @ (AppError::Field { .. } | AppError::Supplier(_) | AppError::Changed { .. })) => {
            let page = page(app, caller, visit, id.into(), form, Some(error.user_message())).await?;
            Ok((error.form_status(), Page(page)).into_response())
        }
        Err(error) => Err(error),
    }
}
