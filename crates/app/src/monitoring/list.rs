//! Every indicator with its newest figure: `GET /maaltal`. Four queries.

use askama::Template;
use axum::extract::{Query as FromQuery, State};
use domain::permission::Permission;
use indicators::definition::{Definition, Kind};
use indicators::period::{Every, FigurePeriod, Month};
use indicators::results::{Asked, figure};
use jiff::civil::Date;

use super::asked::{Query, all};
use super::chart::Told;
use super::protect::{Of, protect};
use super::read::{Kept, kept};
use super::said::{self, Said};
use super::{page, period};
use crate::layout::{Counts, Frame, Nav, Tab, dates, lower_first};
use crate::quality::Wanted;
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "monitoring/list.html")]
pub(super) struct ListPage {
    frame: Frame,
    at: Option<String>,
    behind: bool,
    words: String,
    tabs: Vec<Tab>,
    groups: Vec<GroupView>,
    found: usize,
}

struct GroupView {
    id: char,
    name: &'static str,
    rows: Vec<RowView>,
}

struct RowView {
    id: &'static str,
    title: &'static str,
    core: bool,
    period: String,
    said: Said,
    goal: Option<String>,
    /// Twelve points on a field of 96 by 24; those that are shown.
    trend: Option<String>,
    notes: Vec<String>,
}

/// Months of the small picture.
const MONTHS: i32 = 12;

/// The groups, by the letter of their indicators.
pub(super) fn group_name(letter: char) -> &'static str {
    match letter {
        'R' => "Henvisninger",
        'T' => "Ventetider",
        'U' => "Deltagelse og gennemførelse",
        'C' => "Kapacitet",
        'D' => "Dokumentation",
        'O' => "Udbytte",
        'A' => "Afslutning og tiden efter",
        'E' => "Lighed",
        _ => "Kvalitet",
    }
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    FromQuery(query): FromQuery<Query>,
) -> Result<Page<ListPage>, AppError> {
    let kept = everything(&app, &caller).await?;
    let words = query.get("tekst").map(|text| text.trim().to_owned()).unwrap_or_default();
    let core = query.get("vis").is_some_and(|word| word == "kerne");
    let exact = caller.role.may(Permission::CitizenRead);
    let mut groups: Vec<GroupView> = Vec::new();
    for definition in all().filter(|one| (one.core || !core) && has(one, &words)) {
        let row = row(definition, &kept, exact);
        match groups.last_mut().filter(|group| group.id == definition.group()) {
            Some(group) => group.rows.push(row),
            None => {
                groups.push(GroupView {
                    id: definition.group(),
                    name: group_name(definition.group()),
                    rows: vec![row],
                });
            }
        }
    }
    let tab = |label: &str, href: &str, count, current| Tab {
        href: href.to_owned(),
        label: label.to_owned(),
        count: Some(count),
        current,
    };
    Ok(Page(ListPage {
        frame: visit.frame(Nav::Monitoring, Counts::default()).await?,
        at: kept.at.map(|at| lower_first(&dates::when_exactly(at, app.now()))),
        behind: kept.behind,
        tabs: vec![
            tab("Alle", "/maaltal", all().count(), !core && words.is_empty()),
            tab("Kernen", "/maaltal?vis=kerne", all().filter(|one| one.core).count(), core && words.is_empty()),
        ],
        found: groups.iter().map(|group| group.rows.len()).sum(),
        words,
        groups,
    }))
}

/// What the list and its file read: all indicators unsplit, the last twelve complete months.
pub(super) async fn everything(app: &App, who: &Caller) -> Result<Kept, AppError> {
    let today = domain::workdays::local_date(app.now());
    let from = Month::last_complete(today).plus(1 - MONTHS).first_day();
    kept(app, who, Wanted { indicators: Vec::new(), by: Vec::new(), from }).await
}

/// Whether the definition of an indicator has some words in its name, its id or what it counts.
fn has(definition: &Definition, words: &str) -> bool {
    let texts =
        [&definition.danish.title, &definition.danish.numerator, &definition.danish.denominator, &definition.id];
    let area = definition.area.label().to_lowercase();
    words
        .to_lowercase()
        .split_whitespace()
        .all(|word| area.contains(word) || texts.iter().any(|text| text.to_lowercase().contains(word)))
}

fn row(definition: &'static Definition, kept: &Kept, exact: bool) -> RowView {
    let (told, points) = newest(definition, kept, exact);
    let choice = period::usual(definition, kept.today);
    RowView {
        id: &definition.id,
        title: &definition.danish.title,
        core: definition.core,
        period: page::period_label(&choice),
        goal: definition.goal_percent.map(|goal| format!("Mål {goal} %")),
        trend: if definition.kind == Kind::Distribution { None } else { trend(&points) },
        notes: match definition.kind {
            Kind::Gap => vec!["Vises som forskel mellem grupper".to_owned()],
            _ => said::beside(&told.figure, exact, kept.today),
        },
        said: told.said,
    }
}

/// The newest figure of an indicator as it may leave the unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Newest {
    /// Id of the definition.
    pub id: &'static str,
    /// Its version.
    pub version: u8,
    /// Its name, in Danish.
    pub title: &'static str,
    /// First day of the period.
    pub from: Date,
    /// Last day of the period.
    pub to: Date,
    /// As people read it, in Danish.
    pub number: String,
    /// The number; none where there is none, or it is hidden.
    pub value: Option<f64>,
    /// Numerator as it may be shown: a number, "<5", "Skjult", or rounded.
    pub numerator: Option<String>,
    /// Denominator as it may be shown.
    pub denominator: Option<String>,
    /// Hidden, because it is of few citizens or would give another number away.
    pub hidden: bool,
    /// It can still change by itself.
    pub preliminary: bool,
    /// Why nobody can tell it, in Danish.
    pub unknown: Option<&'static str>,
}

/// The newest figure of every indicator, in the order of the definitions, with small numbers hidden.
pub fn newest_of_all(kept: &Kept) -> Vec<Newest> {
    let one = |definition: &'static Definition| {
        let (told, _) = newest(definition, kept, false);
        let (numerator, denominator) = told.said.counts.unzip();
        Newest {
            id: &definition.id,
            version: definition.version,
            title: &definition.danish.title,
            from: told.period.from(),
            to: told.period.to(),
            number: told.said.number,
            value: told.said.value,
            numerator,
            denominator,
            hidden: told.said.is_hidden,
            preliminary: told.figure.finality.is_preliminary(),
            unknown: told.said.unknown,
        }
    };
    all().map(one).collect()
}

/// The newest figure of an indicator and its last twelve months.
pub(super) fn newest(definition: &'static Definition, kept: &Kept, exact: bool) -> (Told, Vec<Said>) {
    let choice = period::usual(definition, kept.today);
    let asked = |period| Asked { definition, part: "", period, today: kept.today };
    let last = Month::last_complete(kept.today);
    let months: Vec<Month> = (1 - MONTHS..=0).map(|back| last.plus(back)).collect();
    let periods = months.iter().map(|month| FigurePeriod::containing(Every::Month, month.first_day()));
    let figures: Vec<_> = periods.map(|period| figure(&kept.totals, asked(period))).collect();
    let whole = figure(&kept.totals, asked(choice.period));
    if exact {
        let points = figures.iter().map(|one| said::exactly(one, definition)).collect();
        let said = said::exactly(&whole, definition);
        return (Told { period: choice.period, figure: whole, said }, points);
    }
    let each: Vec<Vec<Month>> = months.iter().map(|month| vec![*month]).collect();
    let inside = if period::is_last(definition) { vec![last] } else { months };
    let of = Of { totals: &kept.totals, id: &definition.id, part: "", points: &each, period: &inside, by: None };
    let shown = protect(&of);
    let points = figures.iter().zip(&shown.points).map(|(one, counts)| said::protected(one, *counts, definition));
    let points = points.collect();
    let said = match shown.period {
        Some(counts) => said::protected(&whole, counts, definition),
        None => said::exactly(&whole, definition),
    };
    (Told { period: choice.period, figure: whole, said }, points)
}

/// The way of the points that are shown, from their lowest to their highest; none with fewer than two.
fn trend(points: &[Said]) -> Option<String> {
    let shown: Vec<(usize, f64)> = points.iter().enumerate().filter_map(|(at, said)| Some((at, said.value?))).collect();
    let low = shown.iter().map(|(_, value)| *value).fold(f64::INFINITY, f64::min);
    let high = shown.iter().map(|(_, value)| *value).fold(f64::NEG_INFINITY, f64::max);
    if shown.len() < 2 {
        return None;
    }
    let span = if high - low < 1e-9 { 1.0 } else { high - low };
    let place = |(at, value): &(usize, f64)| {
        let x = u32::try_from(*at).map_or(0.0, f64::from) * 8.0 + 4.0;
        let y = 20.0 - (value - low) / span * 16.0;
        format!("{x:.0},{y:.1}")
    };
    Some(shown.iter().map(place).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_the_name_the_id_and_what_is_counted() {
        let found = |words: &str| all().filter(|one| has(one, words)).map(|one| one.id.as_str()).collect::<Vec<_>>();
        assert_eq!(found("gennemførte af startede"), ["U05", "O08"]);
        assert_eq!(found("u05"), ["U05", "E03"], "what refers to it is found too");
        assert_eq!(found("").len(), 71);
        assert_eq!(found("findes ikke"), Vec::<&str>::new());
    }

    #[test]
    fn a_small_picture_has_its_lowest_point_below_and_leaves_out_what_is_hidden() {
        let said = |value| Said { value, ..Said::default() };
        let points = [said(Some(1.0)), said(None), said(Some(3.0)), said(Some(2.0))];
        assert_eq!(trend(&points).as_deref(), Some("4,20.0 20,4.0 28,12.0"));
        assert_eq!(trend(&points[..2]), None);
        assert_eq!(trend(&[said(Some(0.5)), said(Some(0.5))]).as_deref(), Some("4,20.0 12,20.0"));
    }
}
