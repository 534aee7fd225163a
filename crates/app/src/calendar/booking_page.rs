//! What the page of a booking shows: suggestions, the week, what goes along.

use askama::Template;
use domain::calendar::{Appointment, AppointmentReason, FreeTime, SERIES_MAX, Unmet, suggest};
use domain::codes::EncounterClass;
use domain::permission::Permission;
use domain::workdays::local_date;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

use super::booking::{BookingQuery, Loaded, parse_time, time_value};
use super::booking_week::Week;
use super::finding::{Found, WEEKS};
use super::grid::{Press, WeekGrid};
use super::needs_form::{self, NeedField};
use super::queries::Practitioner;
use super::series::RHYTHMS;
use super::words::{self, monday, monday_of, time_text, week_word};
use crate::layout::{
    Choice, Counts, FormError, Frame, Link, Nav, PersonHeader, Tab, Tag, capitalised, dates, lower_first,
};
use crate::web::Visit;
use crate::web::fields::Fields;
use crate::{App, AppError, Caller, citizens, talks};

#[derive(Template)]
#[template(path = "calendar/booking.html")]
pub(super) struct BookingPage {
    frame: Frame,
    back: Link,
    heading: String,
    deadline: Option<Tag>,
    /// Where a talk is held that happens here and now, without a time.
    hold: Option<String>,
    person: PersonHeader,
    pub(super) problem: Option<String>,
    pub(super) errors: Vec<FormError>,
    /// A chosen time that a team has: it is asked about.
    pub(super) meant: Option<Choice>,
    action: String,
    version: i64,
    suggestions: Vec<Suggestion>,
    /// Why there is nothing to choose.
    none: Option<String>,
    /// Nobody has the competence; it can be booked all the same.
    nobody: Option<String>,
    staff_href: Option<&'static str>,
    classes: Vec<Choice>,
    needs: Vec<NeedField>,
    /// The time it has, and why it is moved; none when it has none yet.
    moving: Option<Moving>,
    /// How many times and how often, for what is come to more than once.
    series: Option<Series>,
    button: &'static str,
    week: String,
    before: Option<Link>,
    after: Option<Link>,
    colleagues: Vec<Tab>,
    grid: WeekGrid,
}

struct Suggestion {
    id: String,
    value: String,
    when: String,
    who: String,
    place: String,
    checked: bool,
    tag: Option<Tag>,
}

struct Series {
    counts: Vec<Choice>,
    rhythms: Vec<Choice>,
    /// Something is in the way: whether the others are booked then.
    skip: bool,
}

struct Moving {
    from: String,
    reasons: Vec<Choice>,
}

impl BookingPage {
    fn error(&self, field: &str) -> Option<String> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.message.clone())
    }
}

/// The page of a talk that gets a time, or another one.
pub(super) async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    (found, moving): Loaded,
    query: &BookingQuery,
    typed: Option<&Fields>,
) -> Result<BookingPage, AppError> {
    let (now, today) = (app.now(), local_date(app.now()));
    let citizen = &found.record.citizen.value;
    let planned = &found.record.intervention(found.talk)?.value;
    let what = lower_first(planned.code.label());
    let action = moving
        .as_ref()
        .map_or_else(|| words::booking_href(found.talk), |time| format!("/kalender/tider/{}/flyt", time.value.id));
    let chosen = typed.and_then(|form| form.get("tid")).map(String::as_str);
    let suggested = suggest(&found.free, &found.wishes);
    let suggestions = suggestion_views(&found, &suggested, chosen, now);
    let shown = monday_of(&query.uge).unwrap_or_else(|| {
        let first = chosen.and_then(parse_time).map(|(_, start)| start).or(suggested.first().map(|t| t.period.start));
        monday(first.map_or(today, local_date))
    });
    let grid = Week { found: &found, suggested: &suggested, chosen, moving: moving.as_ref() };
    let known = moving.as_ref().map(|time| time.value.needs.clone()).unwrap_or_default();
    let class = typed.and_then(|form| form.get("form")).cloned();
    let class = class.unwrap_or_else(|| moving.as_ref().map_or("at_premises", |t| t.value.class.word()).to_owned());
    let needs = domain::calendar::needs_of(&citizen.needs, EncounterClass::AtPremises);
    let may_staff = caller.role.may(Permission::StaffWrite);
    let person = citizens::person_header(citizen, None, today);
    Ok(BookingPage {
        meant: None,
        frame: visit.frame(Nav::Calendar, Counts::default()).await?,
        back: back(planned, citizen.id.0),
        heading: format!("{} {what}", if moving.is_some() { "Flyt" } else { "Book" }),
        hold: (moving.is_none() && talks::has_page(planned.code)).then(|| talks::talk_href(planned.id)),
        deadline: found.wishes.promised_on.map(|day| deadline(day, today)),
        person: PersonHeader { href: Some(format!("/borgere/{}", citizen.id)), ..person },
        problem: None,
        errors: Vec::new(),
        version: moving.as_ref().map_or(0, |time| time.version),
        none: none(&found),
        nobody: nobody(&found),
        staff_href: may_staff.then_some("/kalender/medarbejdere"),
        classes: classes(&class),
        needs: needs_form::fields(&needs, citizen.language.as_deref(), &known, typed),
        series: (moving.is_none() && !planned.code.is_talk()).then(|| series_view(typed)),
        button: if moving.is_some() { "Flyt tiden" } else { "Book tiden" },
        week: format!("{}, {}", dates::week(shown), shown.year()),
        before: week_link(&action, shown.saturating_sub(1.weeks()), today, query),
        after: week_link(&action, shown.saturating_add(1.weeks()), today, query),
        colleagues: colleague_tabs(&found, &action, shown, query),
        grid: grid.build(shown, today, &query.kollega),
        suggestions,
        moving: moving.map(|time| moving_view(&time.value, typed, now)),
        action,
    })
}

fn back(planned: &domain::planned_intervention::PlannedIntervention, citizen: Uuid) -> Link {
    match planned.service_request {
        Some(id) => Link::new(format!("/henvisninger/{id}"), "Henvisningen"),
        None => Link::new(format!("/borgere/{citizen}"), "Borgeren"),
    }
}

fn deadline(day: Date, today: Date) -> Tag {
    Tag { text: format!("Holdes senest {}", dates::short_day(day, today)), ..Tag::deadline(day, today) }
}

fn none(found: &Found) -> Option<String> {
    let competence = lower_first(found.competence.label());
    if found.nobody && found.free.is_empty() {
        return Some(format!("Ingen kolleger har kompetencen {competence}. En leder kan sætte den på en medarbejder."));
    }
    found.free.is_empty().then(|| {
        format!("Der er ingen ledige tider de næste {WEEKS} uger. En leder kan sætte mere arbejdstid på dem, der har kompetencen {competence}.")
    })
}

/// Said above the times of colleagues of whom none has the competence.
fn nobody(found: &Found) -> Option<String> {
    let competence = lower_first(found.competence.label());
    (found.nobody && !found.free.is_empty()).then(|| {
        format!(
            "Ingen kolleger har kompetencen {competence}. Du kan booke alligevel. Det tælles under Hvem kan lede hvad."
        )
    })
}

fn classes(chosen: &str) -> Vec<Choice> {
    let label = |class: EncounterClass| match class {
        EncounterClass::AtPremises => "Fysisk fremmøde",
        EncounterClass::Home => "Hjemme hos borgeren",
        EncounterClass::Phone => "Telefon",
        EncounterClass::Screen => "Video",
    };
    let all = EncounterClass::ALL.iter();
    all.map(|class| Choice {
        value: class.word().to_owned(),
        label: label(*class).to_owned(),
        hint: None,
        selected: class.word() == chosen,
    })
    .collect()
}

fn suggestion_views(found: &Found, suggested: &[&FreeTime], chosen: Option<&str>, now: Timestamp) -> Vec<Suggestion> {
    let view = |(index, time): (usize, &&FreeTime)| {
        let value = time_value(time);
        let who = found.colleagues.iter().find(|c| c.role.value.id == time.professional);
        let late = found.wishes.unmet(time) == Some(Unmet::AfterPromise);
        Suggestion {
            id: format!("forslag-{}", index + 1),
            checked: chosen.map_or(index == 0, |chosen| chosen == value),
            value,
            when: capitalised(&time_text(time.period.start, now)),
            who: who.map(Practitioner::label).unwrap_or_default(),
            place: time.place.clone(),
            tag: late.then(|| Tag::of("soon", "soon", "Efter fristen")),
        }
    };
    suggested.iter().enumerate().map(view).collect()
}

fn series_view(typed: Option<&Fields>) -> Series {
    let chosen = |field: &str| typed.and_then(|form| form.get(field)).and_then(|text| text.parse().ok()).unwrap_or(1);
    let choice = |value: u8, label: String, field: &str| Choice {
        value: value.to_string(),
        label,
        hint: None,
        selected: chosen(field) == value,
    };
    let times = |count: u8| if count == 1 { "1 gang".to_owned() } else { format!("{count} gange") };
    Series {
        counts: (1..=SERIES_MAX).map(|count| choice(count, times(count), "gange")).collect(),
        rhythms: RHYTHMS.iter().map(|(weeks, label)| choice(*weeks, (*label).to_owned(), "hver")).collect(),
        skip: typed.is_some_and(|form| form.get("gange").is_some_and(|count| count != "1")),
    }
}

fn moving_view(time: &Appointment, typed: Option<&Fields>, now: Timestamp) -> Moving {
    let chosen = typed.and_then(|form| form.get("hvorfor")).map_or("", String::as_str);
    let reasons = AppointmentReason::ALL.iter().filter(|reason| **reason != AppointmentReason::Ended);
    let reasons = reasons.map(|reason| Choice {
        value: reason.word().to_owned(),
        label: reason.label().to_owned(),
        hint: None,
        selected: reason.word() == chosen,
    });
    Moving { from: time_text(time.start, now), reasons: reasons.collect() }
}

/// The week before or after, as long as there is something to book in it.
fn week_link(action: &str, week: Date, today: Date, query: &BookingQuery) -> Option<Link> {
    let last = monday(today.saturating_add(WEEKS.weeks()));
    let in_reach = (monday(today)..=last).contains(&week);
    let colleague = if query.kollega.is_empty() { String::new() } else { format!("&kollega={}", colleague_id(query)) };
    in_reach.then(|| Link::new(format!("{action}?uge={}{colleague}", week_word(week)), dates::week(week)))
}

/// Only a real id gets into an address.
fn colleague_id(query: &BookingQuery) -> String {
    query.kollega.parse::<Uuid>().map(|id| id.to_string()).unwrap_or_default()
}

fn colleague_tabs(found: &Found, action: &str, shown: Date, query: &BookingQuery) -> Vec<Tab> {
    if found.colleagues.len() < 2 {
        return Vec::new();
    }
    let chosen = query.kollega.parse::<Uuid>().ok();
    let tab = |id: Option<Uuid>, label: String| {
        let colleague = id.map(|id| format!("&kollega={id}")).unwrap_or_default();
        let href = format!("{action}?uge={}{colleague}", week_word(shown));
        Tab { href, label, count: None, current: id == chosen }
    };
    let each = found.colleagues.iter().map(|c| tab(Some(c.role.value.id.0), c.label()));
    std::iter::once(tab(None, "Alle".to_owned())).chain(each).collect()
}
