//! A session whose attendance is taken: who came, and what follows.

use askama::Template;
use domain::ids::CitizenId;
use domain::team::{Attendance, Presence};
use domain::workdays::local_date;
use jiff::Timestamp;

use super::session_page::{Loaded, facts};
use super::words::{place, session_href, team_href, when};
use crate::layout::{Choice, Frame, Link, Tag, capitalised, dates};

#[derive(Template)]
#[template(path = "teams/taken.html")]
pub(super) struct TakenPage {
    frame: Frame,
    href: String,
    may: bool,
    team: Link,
    heading: String,
    facts: String,
    place: Option<String>,
    problem: Option<Refused>,
    came: String,
    people: Vec<PersonLine>,
    /// How many relatives came along, as it stands or was typed.
    relatives: String,
    /// What was typed of why it was wrong.
    relatives_why: Option<String>,
    next: Option<String>,
}

/// What was refused, and of whom when it is about one.
pub(super) struct Refused {
    pub(super) of: Option<String>,
    pub(super) text: String,
}

struct PersonLine {
    number: usize,
    citizen: CitizenId,
    /// What it may be corrected to.
    others: Vec<Choice>,
    name: String,
    href: String,
    tag: Tag,
    /// Why the citizen did not come, when it was told.
    why: Option<&'static str>,
    then: String,
}

impl TakenPage {
    /// With what was typed in the form of relatives, open.
    pub(super) fn with_relatives(self, count: String, why: String) -> Self {
        Self { relatives: count, relatives_why: Some(why), ..self }
    }
}

/// The page of a session whose attendance is taken.
pub(super) fn taken_page(
    frame: Frame,
    loaded: &Loaded,
    taken: &[Attendance],
    problem: Option<Refused>,
    may: bool,
    now: Timestamp,
) -> TakenPage {
    let team = &loaded.team;
    let came = taken.iter().filter(|one| one.presence == Presence::Present).count();
    // Those who are missing first: there is something to do about them.
    let mut people: Vec<&Attendance> = taken.iter().collect();
    people.sort_by_key(|one| match one.presence {
        Presence::Absent => 0,
        Presence::Regrets => 1,
        Presence::Present => 2,
    });
    let next = team
        .sessions
        .iter()
        .find(|s| s.start > loaded.session.start && s.attendance.is_none() && s.cancelled.is_none());
    TakenPage {
        frame,
        href: session_href(team.id, loaded.session.id),
        may,
        team: Link::new(team_href(team.id), team.name.clone()),
        heading: team.name.clone(),
        facts: capitalised(&facts(loaded, now)),
        place: place(team),
        problem,
        came: match loaded.session.relatives {
            0 => format!("{came} af {} mødte", taken.len()),
            1 => format!("{came} af {} mødte, 1 pårørende med", taken.len()),
            n => format!("{came} af {} mødte, {n} pårørende med", taken.len()),
        },
        relatives: loaded.session.relatives.to_string(),
        relatives_why: None,
        people: people.into_iter().enumerate().map(|(index, one)| line(loaded, index, one, now)).collect(),
        next: next.map(|session| capitalised(&when(session, now))),
    }
}

fn line(loaded: &Loaded, index: usize, one: &Attendance, now: Timestamp) -> PersonLine {
    let follow_up = loaded.follow_ups.iter().find(|row| row.citizen == one.citizen);
    let (tag, then) = match one.presence {
        Presence::Present => (Tag::done(one.presence.label()), "Deltagelsen står i journalen.".to_owned()),
        Presence::Regrets => {
            let tag = Tag::of("mute", "call", one.presence.label());
            (tag, "Afbuddet står i journalen. Der skal ikke gøres mere.".to_owned())
        }
        Presence::Absent => {
            let then = match follow_up {
                Some(row) if row.open => {
                    let due = dates::short_day(row.due_on, local_date(now));
                    format!("Opgave på overblikket: kontakt efter udeblivelse, senest {due}")
                }
                _ => "Udeblivelsen står i journalen, og opgaven om kontakt er afsluttet.".to_owned(),
            };
            (Tag::of("soon", "close", one.presence.label()), then)
        }
    };
    let others = Presence::ALL.iter().filter(|presence| **presence != one.presence).map(|presence| Choice {
        value: presence.word().to_owned(),
        label: presence.label().to_owned(),
        hint: None,
        selected: false,
    });
    PersonLine {
        number: index + 1,
        citizen: one.citizen,
        others: others.collect(),
        name: loaded.name(one.citizen),
        href: format!("/borgere/{}", one.citizen),
        tag,
        why: loaded.absences.get(&one.citizen).filter(|_| one.presence != Presence::Present).map(|why| why.label()),
        then,
    }
}
