//! Who may lead what: `GET /katalog/kompetencer`. For each offer who holds what it needs, what nobody has seen, what runs out
//! soon, and where nobody can lead it. Beside it each competence with how many hold it, the teams that lack one, and how many
//! times and sessions are with somebody who has not shown what they ask for.
//!
//! Four queries: the offers, what colleagues may hold, the teams that are not over, and the times of one citizen.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::State;
use domain::calendar::PractitionerRole;
use domain::competence::{Competence, Holding};
use domain::ids::UserId;
use domain::offer::{Offer, Publication};
use domain::team::{Session, Team};
use domain::workdays::local_date;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use store::{Seen, Tx};

use super::queries;
use super::words::{href, joined};
use crate::calendar::OwnTime;
use crate::layout::{Counts, Frame, Link, Nav, Tag};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller, calendar, teams};

#[derive(Template)]
#[template(path = "catalogue/gaps.html")]
pub(super) struct GapsPage {
    frame: Frame,
    rows: Vec<Row>,
    /// Offers that nobody can lead.
    open: usize,
    held: Vec<Held>,
    teams: Vec<Short>,
    /// Times and sessions without proof, by competence.
    unproven: Vec<Unproven>,
    days: i64,
}

/// Times and sessions with somebody who has not shown the competence: they are counted, and stop nobody.
struct Unproven {
    label: &'static str,
    /// In the days before today.
    held: usize,
    /// From now on, as far.
    ahead: usize,
}

/// So many days back and ahead are counted.
const COUNTED_DAYS: i64 = 90;

/// A competence with how many hold it.
struct Held {
    label: &'static str,
    tag: Tag,
    /// Seen and not run out, or said and not seen.
    seen: usize,
    unproven: usize,
    /// Whose runs out or ran out.
    look: Vec<(String, Tag)>,
}

/// A team that nobody on it may lead today.
struct Short {
    team: Link,
    needs: &'static str,
    tag: Tag,
}

struct Row {
    offer: Link,
    needs: String,
    leaders: Vec<String>,
    /// Peer instructors, when the offer has any use of them.
    beside: Vec<String>,
    gaps: Vec<Gap>,
}

/// Somebody whose competence somebody should look at.
struct Gap {
    who: String,
    what: &'static str,
    tag: Tag,
}

/// A colleague by title and initials, with what they may hold.
type Colleague = (String, PractitionerRole);

pub(super) async fn show(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<GapsPage>, AppError> {
    let (now, today) = (app.now(), local_date(app.now()));
    let span = SignedDuration::from_hours(24 * COUNTED_DAYS);
    let read = move |tx: &mut Tx<'_>| {
        let times = calendar::own_times(tx, now - span, now + span)?;
        let found = (queries::all(tx)?, calendar::practitioners(tx)?, teams::current(tx, now)?, times);
        Ok::<_, AppError>(Seen::nothing(found))
    };
    let (offers, staff, teams, times) = app.store.view(caller.scope("offer.competences", app.now()), read).await?;
    let current = offers.iter().map(|offer| &offer.value);
    let current = current.filter(|o| matches!(o.publication, Publication::Draft | Publication::Published { .. }));
    let rows: Vec<Row> = current.map(|offer| row(offer, &staff, today)).collect();
    Ok(Page(GapsPage {
        frame: visit.frame(Nav::Offers, Counts::default()).await?,
        held: Competence::ALL.iter().map(|one| held(*one, &staff, today)).collect(),
        teams: teams.iter().filter_map(|team| short(team, &staff, today)).collect(),
        unproven: unproven(&staff, &times, &teams, (now, span)),
        days: COUNTED_DAYS,
        open: rows.iter().filter(|row| row.leaders.is_empty()).count(),
        rows,
    }))
}

fn held(competence: Competence, staff: &[Colleague], today: Date) -> Held {
    let all = || staff.iter().map(|(who, role)| (who, role.holding(competence, today)));
    let count = |wanted: fn(Holding) -> bool| all().filter(|(_, holding)| wanted(*holding)).count();
    let seen = count(|holding| matches!(holding, Holding::Valid | Holding::RunsOut(_)));
    let unproven = count(|holding| holding == Holding::Unproven);
    let near = all().filter(|(_, holding)| matches!(holding, Holding::RunsOut(_) | Holding::Expired(_)));
    Held {
        label: competence.label(),
        tag: match (seen, seen + unproven) {
            (_, 0) => Tag::of("late", "error", "Ingen har den"),
            (0, _) => Tag::of("soon", "document", "Ingen er dokumenteret"),
            (_, 1) => Tag::of("soon", "flag", "Kun én har den"),
            (_, _) => Tag::done("Dækket"),
        },
        seen,
        unproven,
        look: near.map(|(who, holding)| (who.clone(), calendar::holding_tag(holding))).collect(),
    }
}

/// What is held without proof, by competence; a session needs one who leads it by a competence of their own.
fn unproven(
    staff: &[Colleague],
    times: &[OwnTime],
    teams: &[Team],
    (now, span): (Timestamp, SignedDuration),
) -> Vec<Unproven> {
    let proven = |user: UserId, one: Competence, on: Date| {
        staff.iter().any(|(_, role)| role.id == user && calendar::is_proven(role.holding(one, on)))
    };
    let alone = times.iter().map(|time| (Competence::for_intervention(time.code), time.professional, time));
    let alone = alone.filter(|(needed, user, time)| !proven(*user, *needed, time.on));
    let mut found: Vec<(Competence, bool)> = alone.map(|(needed, _, time)| (needed, time.start >= now)).collect();
    for team in teams {
        let needed = Competence::for_team(team.code);
        let within = |session: &&Session| session.start >= now - span && session.start < now + span;
        for session in team.sessions.iter().filter(within).filter(|session| session.cancelled.is_none()) {
            let on = local_date(session.start);
            if !team.instructors_of(session).iter().any(|user| proven(*user, needed, on)) {
                found.push((needed, session.start >= now));
            }
        }
    }
    let count = |one: &Competence, ahead| found.iter().filter(|it| **it == (*one, ahead)).count();
    let row = |one: &Competence| Unproven { label: one.label(), held: count(one, false), ahead: count(one, true) };
    Competence::ALL.iter().map(row).filter(|row| row.held + row.ahead > 0).collect()
}

/// Nothing when somebody on the team may lead it today.
fn short(team: &Team, staff: &[Colleague], today: Date) -> Option<Short> {
    let needed = Competence::for_team(team.code);
    let on_it = staff.iter().filter(|(_, role)| team.instructors.contains(&role.id));
    if on_it.into_iter().any(|(_, role)| role.holding(needed, today).counts()) {
        return None;
    }
    Some(Short {
        team: Link::new(teams::team_href(team.id), team.name.clone()),
        needs: needed.label(),
        tag: if team.instructors.is_empty() {
            Tag::of("soon", "person", "Ingen underviser")
        } else {
            Tag::of("late", "error", "Mangler kompetencen")
        },
    })
}

fn row(offer: &Offer, staff: &[Colleague], today: Date) -> Row {
    let gap = |(who, role): &Colleague, one: Competence| {
        let holding = role.holding(one, today);
        let look = matches!(holding, Holding::Unproven | Holding::RunsOut(_) | Holding::Expired(_));
        look.then(|| Gap { who: who.clone(), what: one.label(), tag: calendar::holding_tag(holding) })
    };
    let gaps = staff.iter().flat_map(|person| offer.competences.iter().filter_map(move |one| gap(person, *one)));
    let peers = offer.competences.contains(&Competence::PeerInstructor);
    let beside = staff.iter().filter(|(_, role)| peers && role.holding(Competence::PeerInstructor, today).counts());
    Row {
        offer: Link::new(href(offer.id), offer.name.clone()),
        needs: joined(offer.competences.iter().map(|one| one.label())),
        leaders: leaders(offer, staff, today),
        beside: beside.map(|(who, _)| who.clone()).collect(),
        gaps: gaps.collect(),
    }
}

/// Who may lead an offer on a day, by title and initials: what has run out does not count.
pub(super) fn leaders(offer: &Offer, staff: &[Colleague], today: Date) -> Vec<String> {
    let held = |role: &PractitionerRole| -> BTreeSet<Competence> {
        role.competences.iter().copied().filter(|one| role.holding(*one, today).counts()).collect()
    };
    let may = staff.iter().filter(|(_, role)| offer.may_be_led_with(&held(role)));
    may.map(|(label, _)| label.clone()).collect()
}
