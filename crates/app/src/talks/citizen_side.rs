//! The citizen's side of the talk, calm and large, also on paper: `GET /samtaler/{id}/borger`.

use askama::Template;
use axum::extract::{Path, State};
use domain::calendar::Appointment;
use domain::codes::EncounterClass;
use domain::course::TalkNotes;
use domain::ids::{PlannedInterventionId, TeamId};
use domain::planned_intervention::PlannedIntervention;
use domain::team::{Session, Team};
use domain::workdays::local_date;
use jiff::Timestamp;
use uuid::Uuid;

use super::page::{self, Loaded};
use super::wheel::Wheel;
use super::words::plain;
use super::{parts, talk_href};
use crate::calendar::time_text;
use crate::layout::{Counts, Frame, Nav, capitalised, dates};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller, courses};

#[derive(Template)]
#[template(path = "talks/citizen.html")]
pub(super) struct CitizenSide {
    frame: Frame,
    back: String,
    back_text: &'static str,
    name: String,
    day: String,
    wheel: Wheel,
    goals: Vec<String>,
    plan: Vec<Agreed>,
    own: String,
}

/// Something agreed, in plain words.
struct Agreed {
    what: &'static str,
    how: &'static str,
    /// What is said as long as no time is known.
    later: &'static str,
    /// When and where, a line each, as far as it is known.
    when: Vec<When>,
}

/// A time to come; the place is what somebody called it.
struct When {
    time: String,
    place: Option<String>,
}

impl Agreed {
    fn of([what, how, later]: [&'static str; 3], when: Vec<When>) -> Self {
        Self { what, how, later, when }
    }
}

/// Goals and plan come from what is typed while the talk is open, and from the record once it is ended.
pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<CitizenSide>, AppError> {
    let now = app.now();
    let loaded = page::load(&app, &caller, "talk.citizen_side", PlannedInterventionId(id)).await?;
    let (record, talk) = (&loaded.record, &loaded.talk);
    let open = talk.status.is_open();
    let texts = parts::texts(record, &loaded.draft, loaded.time(), now);
    let notes = if open { texts.notes() } else { TalkNotes::default() };
    let known = record.goals.iter().map(|g| &g.value).filter(|g| g.course == talk.course).map(|g| g.words.clone());
    let granted = record.interventions.iter().map(|i| &i.value);
    let granted = granted.filter(|i| i.course == talk.course && !i.code.is_talk() && i.status.is_open());
    let typed = if open { texts.plan() } else { Vec::new() };
    let granted = granted.map(|i| Agreed::of(plain(i.code, i.delivery), times(&loaded, i, now)));
    let typed = typed.into_iter().map(|(code, delivery)| {
        let next = delivery.team.map(|team| next_of(&loaded, team, now)).unwrap_or_default();
        Agreed::of(plain(code, delivery.kind), next)
    });
    let plan = granted.chain(typed);
    let mut frame = visit.frame(Nav::None, Counts::default()).await?;
    frame.nav.clear();
    Ok(Page(CitizenSide {
        frame,
        back: if open { talk_href(talk.id) } else { format!("/borgere/{}", talk.citizen) },
        back_text: if open { "Tilbage til noter" } else { "Tilbage til journalen" },
        name: record.citizen.value.name.full(),
        day: dates::full_day(local_date(now)),
        wheel: Wheel::of(&notes.wheel),
        goals: known.chain(if open { texts.goals() } else { Vec::new() }).collect(),
        plan: plan.collect(),
        own: if open {
            notes.maintenance.unwrap_or_default()
        } else {
            courses::own_plan(record, talk.course).join("\n")
        },
    }))
}

/// When an intervention is: its booked times, or the next time of its team.
fn times(loaded: &Loaded, it: &PlannedIntervention, now: Timestamp) -> Vec<When> {
    if let Some(team) = it.team {
        return next_of(loaded, team, now);
    }
    let mut times: Vec<_> = loaded.record.times_of(it.id).map(|t| &t.value).filter(|t| t.start > now).collect();
    times.sort_by_key(|time| time.start);
    let when = |time: &Appointment| {
        let place = (time.class == EncounterClass::AtPremises).then(|| time.place.clone());
        When { time: capitalised(&time_text(time.start, now)), place: place.filter(|place| !place.is_empty()) }
    };
    times.into_iter().map(when).collect()
}

fn next_of(loaded: &Loaded, team: TeamId, now: Timestamp) -> Vec<When> {
    let found = loaded.teams.iter().find(|known| known.id == team);
    let next = found.and_then(|team| Some((team, team.next_session(now)?)));
    let when = |(team, session): (&Team, &Session)| When {
        time: format!("Næste gang {}", time_text(session.start, now)),
        place: team.place_of(session).map(str::to_owned),
    };
    next.map(when).into_iter().collect()
}
