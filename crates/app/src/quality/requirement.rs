//! One requirement: `GET /kvalitet/krav/{id}` with what it asks, how it is decided, its limits, where it stands, who and what
//! is missing; switching a recommendation off and on; declaring what no record shows. Six queries.

use askama::Template;
use axum::extract::{Path, State};
use domain::permission::Permission;
use jiff::civil::Date;
use standard::{Check, Kind, LimitId, LimitValues, Outcome, Requirement, STANDARD};

use super::decided;
use super::kept::Finding;
use super::limits;
use super::list::{self, RowView};
use super::page::{Meta, NOTHING, area_href, meta};
use super::read::{self, Whole};
use super::stand::Status;
use super::words;
use crate::layout::{Counts, Field, FormError, Frame, Moment, Nav, Tag, dates};
use crate::web::fields::Fields;
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "quality/requirement.html")]
pub(super) struct RequirementPage {
    frame: Frame,
    row: RowView,
    area: (String, &'static str),
    meta: Meta,
    source: (&'static str, &'static str),
    also: Option<&'static str>,
    elements: &'static [String],
    /// What is counted, and how it is decided.
    decided: Vec<&'static str>,
    limits: Vec<LimitView>,
    figures: Option<Figures>,
    /// Who and what is missing; none for who may not open records when it is about citizens.
    missing: Option<Vec<MissingView>>,
    more: Option<String>,
    hidden: bool,
    may_write: bool,
    /// A recommendation can be switched off, and on again.
    switch: Option<bool>,
    reason: Field,
    declared: Option<DeclareView>,
    version: i64,
    problem: Option<String>,
    errors: Vec<FormError>,
}

struct LimitView {
    label: &'static str,
    value: String,
    origin: &'static str,
}

struct Figures {
    month: String,
    quarter: String,
    before: String,
    not_applicable: String,
}

struct MissingView {
    tag: Tag,
    href: Option<String>,
    /// A citizen's, a team's or an offer's.
    name: Option<String>,
    what: &'static str,
    lacks: Vec<&'static str>,
    due: Option<Moment>,
}

struct DeclareView {
    holds: String,
    owner: Field,
    proof: Field,
    until: Field,
    given: Vec<GivenView>,
}

struct GivenView {
    id: String,
    version: i64,
    owner: String,
    evidence: String,
    on: String,
}

/// What was typed in a form that was refused.
#[derive(Default)]
pub(super) struct Refused {
    pub(super) fields: Fields,
    pub(super) errors: Vec<FormError>,
    pub(super) problem: Option<String>,
}

/// A requirement by the id in an address.
pub(super) fn known(id: &str) -> Result<&'static Requirement, AppError> {
    STANDARD.requirement(id).ok_or(AppError::NotFound("requirement"))
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<String>,
) -> Result<Page<RequirementPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, known(&id)?, Refused::default()).await?))
}

pub(super) async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    requirement: &'static Requirement,
    refused: Refused,
) -> Result<RequirementPage, AppError> {
    let whole = read::whole(app, caller).await?;
    let home = app.organization(caller.organization).await?;
    let stands = whole.requirements();
    let stand =
        stands.iter().find(|one| one.requirement.id == requirement.id).ok_or(AppError::NotFound("requirement"))?;
    let opens = caller.role.may(Permission::CitizenRead);
    let of_citizens = requirement.rule().is_some_and(|rule| decided::is_about_citizens(rule.unit));
    let shows = requirement.rule().is_some_and(|rule| !rule.informational) && !matches!(stand.status, Status::Off(_));
    let missing = if shows && (opens || !of_citizens) {
        Some(read::missing(app, caller, requirement.id.as_str(), read::ON_A_PAGE).await?)
    } else {
        None
    };
    let listed = missing.as_ref().map_or(0, Vec::len);
    let lacking = stand.all.not_met + stand.all.unknown + stand.all.not_yet_due;
    let values = LimitValues::new(&home.settings.limits, &whole.set.settings.value.local_limits());
    let may_write = caller.role.may(Permission::QualityWrite);
    let typed = |name: &str| Field {
        value: refused.fields.get(name).cloned().unwrap_or_default(),
        error: refused.errors.iter().find(|error| error.field == name).map(|error| error.message.clone()),
    };
    Ok(RequirementPage {
        frame: visit.frame(Nav::Quality, Counts::default()).await?,
        row: list::row(stand, whole.today),
        area: (area_href(&requirement.area), STANDARD.area(&requirement.area).map_or("", |area| area.name_da.as_str())),
        meta: meta(&whole, app.now()),
        source: words::source(requirement),
        also: requirement.also.as_deref(),
        elements: &requirement.elements,
        decided: decided::of(requirement),
        limits: limit_ids(&requirement.check).map(|id| limit_view(id, &values)).collect(),
        figures: figures(stand),
        hidden: shows && missing.is_none() && lacking > 0,
        more: (lacking > listed as u64 && missing.is_some())
            .then(|| format!("Viser de første {listed} af {}. Filen har dem alle.", words::number(lacking))),
        missing: missing.map(|all| all.iter().map(|one| missing_view(requirement, one, whole.today)).collect()),
        may_write,
        switch: (requirement.kind != Kind::Krav).then_some(!matches!(stand.status, Status::Off(_))),
        reason: typed("hvorfor"),
        declared: declared(&whole, requirement, &typed),
        version: whole.set.settings.version,
        problem: refused.problem.clone(),
        errors: refused.errors,
    })
}

fn figures(stand: &super::stand::RequirementStand<'_>) -> Option<Figures> {
    stand.requirement.rule()?;
    let share = |tally: standard::Tally| {
        let share = tally.share();
        words::percent(share).map_or_else(|| NOTHING.to_owned(), |percent| format!("{percent} · {}", words::of(share)))
    };
    Some(Figures {
        month: share(stand.month),
        quarter: share(stand.quarter),
        before: share(stand.quarter_before),
        not_applicable: words::number(stand.all.not_applicable),
    })
}

fn limit_ids(check: &Check) -> impl Iterator<Item = LimitId> + '_ {
    let ids: &[String] = match check {
        Check::Data(rule) => &rule.limits,
        Check::Design(design) => &design.limits,
        Check::Attest(_) => &[],
    };
    ids.iter().filter_map(|id| LimitId::parse(id))
}

fn limit_view(id: LimitId, values: &LimitValues) -> LimitView {
    let definition = &STANDARD.limits[id as usize];
    LimitView {
        label: limits::label(id),
        value: limits::said(definition, values),
        origin: limits::origin(definition.origin),
    }
}

fn missing_view(requirement: &'static Requirement, one: &Finding, today: Date) -> MissingView {
    let tag = match one.outcome {
        Outcome::NotYetDue => {
            one.due.map_or_else(|| Tag::of("mute", "wait", "Har frist endnu"), |due| Tag::deadline(due, today))
        }
        Outcome::Unknown => Tag::of("soon", "info", "Ukendt"),
        _ => Tag::of("late", "late", "Ikke opfyldt"),
    };
    let unit = requirement.rule().map(|rule| rule.unit);
    MissingView {
        tag,
        href: decided::href(unit, one),
        name: one.name.clone(),
        what: unit.map_or("", |unit| unit.label()),
        lacks: decided::lacks(one),
        due: one.due.map(|due| Moment::day(due, today)),
    }
}

fn declared(whole: &Whole, requirement: &'static Requirement, typed: &dyn Fn(&str) -> Field) -> Option<DeclareView> {
    let Check::Attest(text) = &requirement.check else { return None };
    let own = whole.set.declarations.iter().filter(|it| it.value.requirement == requirement.id).rev();
    Some(DeclareView {
        holds: match text.validity_months {
            0 => "Gælder uden udløb".to_owned(),
            months => format!("Gælder højst {months} måneder"),
        },
        owner: typed("ansvarlig"),
        proof: typed("bevis"),
        until: typed("udloeb"),
        given: own
            .map(|it| GivenView {
                id: it.value.id.to_string(),
                version: it.version,
                owner: it.value.owner.clone(),
                evidence: it.value.evidence.clone(),
                on: dates::month_day(it.value.given_on, whole.today),
            })
            .collect(),
    })
}
