//! The calendar: `GET /kalender`. Today's talks first, then the week; a colleague's own, or everybody's.
//!
//! Four queries: the times of the week, the sessions of teams, the colleagues, the talks that wait for a time.

use askama::Template;
use axum::extract::{Query, State};
use domain::calendar::Period;
use domain::codes::InterventionCode;
use domain::ids::UserId;
use domain::permission::{Permission, Role};
use domain::workdays::{day_bounds, local_date};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;
use store::Seen;

use super::grid::{Item, Press, WeekGrid, week_grid};
use super::queries::{self, AppointmentRow, Practitioner, WaitingRow};
use super::words::{booking_href, monday, monday_of, room, span, week_word};
use crate::layout::{Counts, Frame, Link, Nav, Tab, Tag, capitalised, dates};
use crate::teams::{self, TeamTime};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "calendar/week.html")]
pub(super) struct WeekPage {
    frame: Frame,
    heading: String,
    facts: String,
    tabs: Vec<Tab>,
    before: Link,
    after: Link,
    this_week: Option<String>,
    staff_href: Option<&'static str>,
    today: Option<Today>,
    /// Today's sessions of teams.
    sessions: Vec<SessionRow>,
    waiting: Vec<Waiting>,
    grid: Option<WeekGrid>,
    everybody: Option<Everybody>,
    /// Said when the week is empty.
    empty: bool,
    mine: bool,
}

struct Today {
    meta: String,
    rows: Vec<TodayRow>,
}

struct TodayRow {
    time: String,
    name: String,
    what: &'static str,
    /// The colleague, in everybody's week.
    with: Option<String>,
    room: Option<String>,
    form: &'static str,
    tags: Vec<Tag>,
    href: String,
    /// The next one: it can be opened with one press.
    next: bool,
    over: bool,
}

/// A session of a team today.
struct SessionRow {
    time: String,
    name: String,
    with: Vec<String>,
    room: Option<String>,
    href: String,
}

struct Waiting {
    tag: Tag,
    name: String,
    what: &'static str,
    href: String,
}

/// Everybody's week: a row a colleague, a column a day.
struct Everybody {
    days: Vec<String>,
    people: Vec<PersonWeek>,
}

struct PersonWeek {
    name: String,
    days: Vec<PersonDay>,
}

struct PersonDay {
    day: String,
    away: Vec<String>,
    times: Vec<TimeLink>,
}

struct TimeLink {
    href: String,
    time: String,
    name: String,
    waits: bool,
}

/// Which week, and whose.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WeekQuery {
    uge: String,
    hvem: String,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Query(query): Query<WeekQuery>,
) -> Result<Page<WeekPage>, AppError> {
    let (now, today) = (app.now(), local_date(app.now()));
    let shown = monday_of(&query.uge).unwrap_or_else(|| monday(first_day(today)));
    // The visitator books for others, so that their week is everybody's until they ask for their own.
    let mine = match query.hvem.as_str() {
        "alle" => false,
        "mig" => true,
        _ => caller.role == Role::Professional,
    };
    let within = Period { start: day_bounds(shown).0, end: day_bounds(shown.saturating_add(6.days())).1 };
    let of = mine.then_some(caller.user);
    let (user, reads_teams) = (caller.user, caller.role.may(Permission::TeamRead));
    let read = app.store.view(caller.scope("calendar", now), move |tx| {
        let times = queries::appointments(tx, within, of)?;
        let mut sessions = if reads_teams { teams::times(tx, within)? } else { Vec::new() };
        sessions.retain(|time| !mine || time.people.contains(&user));
        let people = queries::practitioners(tx)?;
        let waiting = queries::waiting(tx)?;
        let shown = times.iter().map(|row| row.citizen.0).chain(waiting.iter().map(|row| row.citizen));
        let shown: std::collections::BTreeSet<_> = shown.collect();
        let all = (times, people, waiting, sessions);
        Ok::<_, AppError>(if shown.is_empty() {
            Seen::nothing(all)
        } else {
            Seen::list(shown.into_iter().collect(), all)
        })
    });
    let (times, people, waiting, sessions) = read.await?;
    let frame = visit.frame(Nav::Calendar, Counts::default()).await?;
    let view = View { caller: &caller, shown, today, now, mine, sessions: &sessions };
    Ok(Page(view.page(frame, &times, &people, waiting)))
}

/// At the weekend the week that comes is the one to look at.
fn first_day(today: Date) -> Date {
    domain::workdays::add_workdays(today, 0, domain::workdays::ExtraClosedDays::default())
}

struct View<'a> {
    caller: &'a Caller,
    shown: Date,
    today: Date,
    now: Timestamp,
    mine: bool,
    /// Sessions of teams in the week, with who leads them.
    sessions: &'a [TeamTime],
}

impl View<'_> {
    fn page(
        &self,
        frame: Frame,
        times: &[AppointmentRow],
        people: &[Practitioner],
        waiting: Vec<WaitingRow>,
    ) -> WeekPage {
        let friday = self.shown.saturating_add(4.days());
        let days = format!("{}–{}", dates::short_day(self.shown, self.today), dates::short_day(friday, self.today));
        let this_week = monday(first_day(self.today));
        let link = |week: Date| Link::new(href(week, self.mine), dates::week(week));
        WeekPage {
            frame,
            heading: format!("Kalender, uge {}", self.shown.iso_week_date().week()),
            facts: days,
            tabs: vec![self.tab("Alle kolleger", false), self.tab("Min uge", true)],
            before: link(self.shown.saturating_sub(1.weeks())),
            after: link(self.shown.saturating_add(1.weeks())),
            this_week: (self.shown != this_week).then(|| href(this_week, self.mine)),
            staff_href: self.caller.role.may(Permission::StaffWrite).then_some("/kalender/medarbejdere"),
            today: self.todays(times, people),
            waiting: waiting.into_iter().map(|row| self.waiting(row)).collect(),
            grid: self.mine.then(|| self.grid(times, people)),
            everybody: (!self.mine).then(|| self.everybody(times, people)),
            sessions: self.todays_sessions(people),
            empty: times.is_empty() && self.sessions.is_empty(),
            mine: self.mine,
        }
    }

    fn tab(&self, label: &str, mine: bool) -> Tab {
        Tab { href: href(self.shown, mine), label: label.to_owned(), count: None, current: mine == self.mine }
    }

    /// Today's talks, when today is in the week; the first that is not over is the next one.
    fn todays(&self, times: &[AppointmentRow], people: &[Practitioner]) -> Option<Today> {
        (monday(self.today) == self.shown).then(|| {
            let own = times.iter().filter(|row| local_date(row.start) == self.today);
            let mut rows: Vec<TodayRow> = own.map(|row| self.today_row(row, people)).collect();
            if let Some(next) = rows.iter_mut().find(|row| !row.over) {
                next.next = true;
            }
            let count = rows.len();
            Today { meta: format!("{count} {}", if count == 1 { "samtale" } else { "samtaler" }), rows }
        })
    }

    fn todays_sessions(&self, people: &[Practitioner]) -> Vec<SessionRow> {
        let own = self.sessions.iter().filter(|time| local_date(time.period.start) == self.today);
        let with = |time: &TeamTime| -> Vec<String> {
            let leads = people.iter().filter(|p| time.people.contains(&p.role.value.id) && !self.mine);
            leads.map(Practitioner::label).collect()
        };
        let row = |time: &TeamTime| SessionRow {
            time: span(time.period),
            name: time.name.clone(),
            with: with(time),
            room: time.place.clone(),
            href: time.href.clone(),
        };
        own.map(row).collect()
    }

    fn today_row(&self, row: &AppointmentRow, people: &[Practitioner]) -> TodayRow {
        let who = people.iter().find(|p| p.role.value.id == row.professional && !self.mine);
        TodayRow {
            time: span(Period { start: row.start, end: row.end }),
            name: row.name.clone(),
            what: row.code.label(),
            with: who.map(Practitioner::label),
            room: room(row.class, &row.place),
            form: row.class.label(),
            tags: row.waits.then(|| Tag::of("soon", "wait", "Behov skal bestilles")).into_iter().collect(),
            href: format!("/kalender/tider/{}", row.id),
            next: false,
            over: row.end <= self.now,
        }
    }

    fn waiting(&self, row: WaitingRow) -> Waiting {
        Waiting {
            tag: Tag::deadline(row.due_on, self.today),
            name: row.name,
            what: row.code.label(),
            href: booking_href(row.intervention),
        }
    }

    fn grid(&self, times: &[AppointmentRow], people: &[Practitioner]) -> WeekGrid {
        let mut items: Vec<Item> = times.iter().map(|row| self.item(row)).collect();
        items.extend(self.sessions.iter().map(|time| Item {
            period: time.period,
            kind: if time.period.end <= self.now { "past" } else { "mine" },
            text: time.name.clone(),
            detail: "Hold".to_owned(),
            press: Press::Open(time.href.clone()),
        }));
        let me = people.iter().find(|p| p.role.value.id == self.caller.user);
        let away = me.into_iter().flat_map(|me| &me.role.value.absences);
        items.extend(away.map(Item::away));
        week_grid(self.shown, self.today, &items, "Ingen samtaler")
    }

    fn item(&self, row: &AppointmentRow) -> Item {
        Item {
            period: Period { start: row.start, end: row.end },
            kind: if row.end <= self.now { "past" } else { "mine" },
            text: row.name.clone(),
            detail: if row.waits { "Behov skal bestilles".to_owned() } else { short(row.code).to_owned() },
            press: Press::Open(format!("/kalender/tider/{}", row.id)),
        }
    }

    /// Whether somebody has a talk or a session this week.
    fn busy(&self, user: UserId, times: &[AppointmentRow]) -> bool {
        times.iter().any(|row| row.professional == user) || self.sessions.iter().any(|time| time.people.contains(&user))
    }

    fn everybody(&self, times: &[AppointmentRow], people: &[Practitioner]) -> Everybody {
        let days: Vec<Date> = self.shown.series(1.day()).take(5).collect();
        let name =
            |day: &Date| capitalised(&format!("{} {}", dates::weekday(*day), dates::short_day(*day, self.today)));
        let in_use = people.iter().filter(|p| !p.role.value.hours.is_empty() || self.busy(p.role.value.id, times));
        let week = |person: &Practitioner| PersonWeek {
            name: person.label(),
            days: days.iter().map(|day| person_day(person, *day, &name(day), times, self.sessions)).collect(),
        };
        Everybody { days: days.iter().map(name).collect(), people: in_use.map(week).collect() }
    }
}

fn href(week: Date, mine: bool) -> String {
    format!("/kalender?uge={}&hvem={}", week_word(week), if mine { "mig" } else { "alle" })
}

fn person_day(
    person: &Practitioner,
    day: Date,
    name: &str,
    times: &[AppointmentRow],
    sessions: &[TeamTime],
) -> PersonDay {
    let (start, end) = day_bounds(day);
    let away = person.role.value.absences.iter().filter(|a| a.period.overlaps(Period { start, end }));
    let own = times.iter().filter(|row| row.professional == person.role.value.id && local_date(row.start) == day);
    let talks = own.map(|row| (row.start, format!("/kalender/tider/{}", row.id), row.name.clone(), row.waits));
    let leads = sessions.iter().filter(|time| time.people.contains(&person.role.value.id));
    let leads = leads.filter(|time| local_date(time.period.start) == day);
    let leads = leads.map(|time| (time.period.start, time.href.clone(), time.name.clone(), false));
    let mut all: Vec<_> = talks.chain(leads).collect();
    all.sort_by_key(|(start, ..)| *start);
    let link = |(start, href, name, waits)| TimeLink { href, time: super::words::clock(start), name, waits };
    PersonDay {
        day: name.to_owned(),
        away: away.map(|a| a.what.clone()).collect(),
        times: all.into_iter().map(link).collect(),
    }
}

/// A name that fits a block.
const fn short(code: InterventionCode) -> &'static str {
    match code {
        InterventionCode::NicotineCessation => "Nikotin",
        InterventionCode::ActivityGuidance => "Fysisk aktivitet",
        other => other.label(),
    }
}
