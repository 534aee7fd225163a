//! Those who wait for a seat in a team of an intervention, counted by disease: `GET /hold/venteliste`. A new team is made of
//! the ones that are ticked (KS-3-05): `POST /hold/venteliste`. Three queries: who waits, what was told of them, their names.

use std::collections::{BTreeSet, HashMap};

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use domain::codes::InterventionCode;
use domain::disease::DiseaseGroup;
use domain::ids::{CitizenId, PlannedInterventionId};
use domain::team::Intake;
use domain::workdays::local_date;
use serde::Deserialize;
use store::{Seen, Tx};

use super::queries::{self, Member, WaitingRow};
use super::words::{codes, team_href};
use super::{NewTeam, create_of};
use crate::layout::{Choice, Counts, Field, FormError, Frame, Nav, dates};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "teams/waiting.html")]
pub(super) struct WaitingPage {
    frame: Frame,
    codes: Vec<Choice>,
    diseases: Vec<Choice>,
    chosen: Chosen,
    /// How many wait with each disease; somebody with two stands at both.
    counts: Vec<Count>,
    waiting: usize,
    rows: Vec<Row>,
    name: Field,
    seats: Field,
    errors: Vec<FormError>,
}

struct Count {
    label: &'static str,
    waiting: usize,
    href: String,
}

struct Row {
    intervention: PlannedInterventionId,
    name: String,
    href: String,
    detail: String,
    ticked: bool,
}

/// Which of those who wait.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(super) struct Chosen {
    indsats: String,
    sygdom: String,
}

impl Chosen {
    fn code(&self) -> InterventionCode {
        let code = InterventionCode::parse(&self.indsats).ok().filter(|code| codes().any(|one| one == *code));
        code.unwrap_or(InterventionCode::PhysicalTraining)
    }

    fn disease(&self) -> Option<DiseaseGroup> {
        DiseaseGroup::parse(&self.sygdom).ok()
    }
}

/// What was typed; a citizen for each tick.
#[derive(Debug, Default)]
struct Typed {
    name: String,
    seats: String,
    ticked: Vec<PlannedInterventionId>,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Query(chosen): Query<Chosen>,
) -> Result<Page<WaitingPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, chosen, None, Vec::new()).await?))
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let (mut chosen, mut typed) = (Chosen::default(), Typed::default());
    for (name, value) in pairs {
        match name.as_str() {
            "indsats" => chosen.indsats = value,
            "sygdom" => chosen.sygdom = value,
            "navn" => value.trim().clone_into(&mut typed.name),
            "pladser" => value.trim().clone_into(&mut typed.seats),
            "borger" => typed.ticked.extend(value.parse().ok().map(PlannedInterventionId)),
            _ => {}
        }
    }
    let name = typed.name.clone();
    let error = match make(&app, &caller, chosen.code(), &typed).await {
        Ok(team) => {
            let notice = format!("{name} er oprettet. {} har fået plads. Læg nu holdgangene ind.", typed.ticked.len());
            return Ok(visit.done(&team_href(team), notice).await?.into_response());
        }
        Err(error) => error.at_the_form()?,
    };
    let field = match &error {
        AppError::Field { field: "name", .. } => "navn",
        AppError::Field { field, .. } => field,
        _ => "borgere",
    };
    let errors = vec![FormError { field, message: error.user_message() }];
    let page = page(&app, &caller, &visit, chosen, Some(typed), errors).await?;
    Ok((error.form_status(), Page(page)).into_response())
}

async fn make(
    app: &App,
    caller: &Caller,
    code: InterventionCode,
    typed: &Typed,
) -> Result<domain::ids::TeamId, AppError> {
    if typed.ticked.is_empty() {
        return Err(AppError::field("borgere", "required", "Vælg dem, der skal på holdet."));
    }
    let seats = typed.seats.parse::<u16>().ok().filter(|seats| (1..=500).contains(seats));
    let message = "Skriv, hvor mange der er plads til, mindst 1.";
    let new = NewTeam {
        name: typed.name.clone(),
        code,
        seats: seats.ok_or_else(|| AppError::field("pladser", "required", message))?,
        place: None,
        performer: None,
        offer: None,
        instructors: Vec::new(),
        intake: Intake::Fixed,
    };
    create_of(app, caller, new, typed.ticked.clone()).await
}

/// Those who wait, the ones who are shown, and what was told of all.
struct Loaded {
    waiting: Vec<WaitingRow>,
    told: HashMap<CitizenId, BTreeSet<DiseaseGroup>>,
    members: HashMap<PlannedInterventionId, Member>,
}

impl Loaded {
    fn has(&self, row: &WaitingRow, disease: Option<DiseaseGroup>) -> bool {
        let told = self.told.get(&row.citizen);
        disease.is_none_or(|wanted| told.is_some_and(|all| all.contains(&wanted)))
    }
}

async fn load(app: &App, caller: &Caller, chosen: &Chosen) -> Result<Loaded, AppError> {
    let (code, disease) = (chosen.code(), chosen.disease());
    let read = move |tx: &mut Tx<'_>| {
        let waiting = queries::waiting(tx, code)?;
        let citizens: Vec<CitizenId> = waiting.iter().map(|row| row.citizen).collect();
        let told = queries::diseases(tx, &citizens)?;
        let mut loaded = Loaded { waiting, told, members: HashMap::new() };
        let shown: Vec<_> = loaded.waiting.iter().filter(|row| loaded.has(row, disease)).collect();
        let shown: Vec<_> = shown.into_iter().map(|row| row.intervention).collect();
        loaded.members = queries::members(tx, &shown)?;
        // Whose diseases were counted is seen, also of those who are not shown.
        let seen = citizens.into_iter().map(|citizen| citizen.0).collect::<Vec<_>>();
        Ok::<_, AppError>(if seen.is_empty() { Seen::nothing(loaded) } else { Seen::list(seen, loaded) })
    };
    app.store.view(caller.scope("team.waiting", app.now()), read).await
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    chosen: Chosen,
    typed: Option<Typed>,
    errors: Vec<FormError>,
) -> Result<WaitingPage, AppError> {
    let loaded = load(app, caller, &chosen).await?;
    let (code, disease, today) = (chosen.code(), chosen.disease(), local_date(app.now()));
    let error = |id: &str| errors.iter().find(|error| error.field == id).map(|error| error.message.clone());
    let count = |one: &DiseaseGroup| Count {
        label: one.label(),
        waiting: loaded.waiting.iter().filter(|row| loaded.has(row, Some(*one))).count(),
        href: format!("/hold/venteliste?indsats={}&sygdom={}", code.word(), one.word()),
    };
    let ticked = |id| typed.as_ref().map_or(disease.is_some(), |typed| typed.ticked.contains(&id));
    let row = |row: &WaitingRow| {
        let name = loaded.members.get(&row.intervention).map(|member| member.citizen.name.full())?;
        let told = loaded.told.get(&row.citizen).into_iter().flatten();
        let mut detail: Vec<String> = told.map(|one| one.label().to_owned()).collect();
        detail.push(format!("bevilget {}", dates::short_day(row.granted_on, today)));
        Some(Row {
            intervention: row.intervention,
            name,
            href: format!("/borgere/{}", row.citizen),
            detail: detail.join(" · "),
            ticked: ticked(row.intervention),
        })
    };
    let choice = |(word, label): (&str, &str), chosen: bool| Choice {
        value: word.to_owned(),
        label: label.to_owned(),
        hint: None,
        selected: chosen,
    };
    Ok(WaitingPage {
        frame: visit.frame(Nav::Teams, Counts::default()).await?,
        codes: codes().map(|one| choice((one.word(), one.label()), one == code)).collect(),
        diseases: DiseaseGroup::ALL
            .iter()
            .map(|one| choice((one.word(), one.label()), Some(*one) == disease))
            .collect(),
        counts: DiseaseGroup::ALL.iter().map(count).filter(|one| one.waiting > 0).collect(),
        waiting: loaded.waiting.len(),
        rows: loaded.waiting.iter().filter_map(row).collect(),
        name: Field { value: typed.as_ref().map(|it| it.name.clone()).unwrap_or_default(), error: error("navn") },
        seats: Field { value: typed.as_ref().map(|it| it.seats.clone()).unwrap_or_default(), error: error("pladser") },
        chosen: Chosen { indsats: code.word().to_owned(), ..chosen },
        errors,
    })
}
