//! "Opmærksomhedspunkter": `GET` and `POST /hold/{id}/gange/{session}/opmaerksom`. What to mind about each before class, and nothing more of
//! the record. Three queries: the team, its people, their care points.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::ids::{PlannedInterventionId, SessionId, TeamId};
use domain::permission::Permission;
use domain::team::CarePoint;
use uuid::Uuid;

use super::care::{Care, CareInput, note_care};
use super::session_page::{Loaded, facts, load_with_care};
use super::words::{place, session_href, team_href};
use crate::citizens::person_header;
use crate::layout::{Choice, Counts, Frame, Link, Nav, Tag, capitalised};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "teams/care.html")]
pub(super) struct CarePage {
    frame: Frame,
    href: String,
    back: String,
    team: Link,
    heading: String,
    facts: String,
    place: Option<String>,
    may: bool,
    people: Vec<CareLine>,
    /// How many have nothing to mind.
    others: usize,
}

struct CareLine {
    number: usize,
    name: String,
    tags: Vec<Tag>,
    points: Vec<Choice>,
    intervention: PlannedInterventionId,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((team, session)): Path<(Uuid, Uuid)>,
) -> Result<Page<CarePage>, AppError> {
    let (loaded, care) = load_with_care(&app, &caller, TeamId(team), SessionId(session), "team.care_points").await?;
    let (now, href) = (app.now(), session_href(loaded.team.id, loaded.session.id));
    let mut people: Vec<CareLine> = lines(&loaded, &care, &app);
    // Who has something to mind first, otherwise as the seats are.
    people.sort_by_key(|one| one.tags.is_empty());
    Ok(Page(CarePage {
        frame: visit.frame(Nav::Teams, Counts::default()).await?,
        href: format!("{href}/opmaerksom"),
        back: href,
        team: Link::new(team_href(loaded.team.id), loaded.team.name.clone()),
        heading: loaded.team.name.clone(),
        facts: capitalised(&facts(&loaded, now)),
        place: place(&loaded.team),
        may: caller.role.may(Permission::TeamWrite),
        others: people.iter().filter(|one| one.tags.is_empty()).count(),
        people,
    }))
}

fn lines(loaded: &Loaded, care: &HashMap<PlannedInterventionId, Care>, app: &App) -> Vec<CareLine> {
    let seats = loaded.team.enrolled.iter().filter(|seat| !seat.left).enumerate();
    let line = |(index, seat): (usize, &domain::team::Seat)| {
        let noted = care.get(&seat.intervention).map(|care| &care.noted);
        let choice = |point: &CarePoint| Choice {
            value: point.word().to_owned(),
            label: point.label().to_owned(),
            hint: None,
            selected: noted.is_some_and(|noted| noted.contains(point)),
        };
        CareLine {
            number: index + 1,
            name: loaded.name(seat.citizen),
            tags: tags(loaded, care, seat, app),
            points: CarePoint::NOTED.iter().map(choice).collect(),
            intervention: seat.intervention,
        }
    };
    seats.map(line).collect()
}

/// What is told of one: what to mind, then what they need.
pub(super) fn tags(
    loaded: &Loaded,
    care: &HashMap<PlannedInterventionId, Care>,
    seat: &domain::team::Seat,
    app: &App,
) -> Vec<Tag> {
    let today = domain::workdays::local_date(app.now());
    let told = care.get(&seat.intervention).into_iter().flat_map(|care| &care.told);
    let needs = loaded.member(seat.citizen).map(|m| person_header(&m.citizen, None, today).needs);
    told.map(|point| Tag::of("soon", "info", point.label())).chain(needs.unwrap_or_default()).collect()
}

pub(super) async fn save(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((team, session)): Path<(Uuid, Uuid)>,
    PageForm(pairs): PageForm<Vec<(String, String)>>,
) -> Result<Response, AppError> {
    let (team, session) = (TeamId(team), SessionId(session));
    let value = |wanted: &str| pairs.iter().find(|(name, _)| name == wanted).and_then(|(_, value)| value.parse().ok());
    let of = PlannedInterventionId(value("indsats").ok_or(AppError::NotFound("planned_intervention"))?);
    let points = pairs.iter().filter(|(name, _)| name == "punkt").filter_map(|(_, word)| CarePoint::parse(word).ok());
    note_care(&app, &caller, CareInput { intervention: of, care: points.collect() }).await?;
    let href = format!("{}/opmaerksom", session_href(team, session));
    Ok(visit.done(&href, "Opmærksomhedspunkterne er gemt.").await?.into_response())
}
