//! What was looked for and not found, by quarter: `GET /foreninger/mangler`. It goes to the leisure department; no citizen
//! is in it. One query.

use askama::Template;
use axum::extract::{Query, State};
use domain::activity::{ActivityGap, Wish};
use domain::workdays::local_date;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::Deserialize;
use store::{Seen, Tx};

use super::queries;
use crate::layout::{Counts, Frame, Link, Nav, dates};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "bridge/gaps.html")]
pub(super) struct GapsPage {
    frame: Frame,
    quarter: String,
    before: Link,
    after: Option<Link>,
    rows: Vec<Row>,
}

struct Row {
    on: String,
    /// Typed by staff.
    words: Option<String>,
    place: Option<String>,
    said: Vec<String>,
}

/// Which quarter: "2026-4". Without one, this.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    kvartal: String,
}

/// The first day of the quarter that a word names.
fn first_day(word: &str) -> Option<Date> {
    let (year, quarter) = word.split_once('-')?;
    let (year, quarter) = (year.parse::<i16>().ok()?, quarter.parse::<i8>().ok()?);
    ((2000..=2200).contains(&year) && (1..=4).contains(&quarter)).then(|| date(year, quarter * 3 - 2, 1))
}

fn quarter_of(day: Date) -> (i16, i8) {
    (day.year(), (day.month() - 1) / 3 + 1)
}

fn link(day: Date) -> Link {
    let (year, quarter) = quarter_of(day);
    Link::new(format!("/foreninger/mangler?kvartal={year}-{quarter}"), name(day))
}

/// "4. kvartal 2026".
fn name(day: Date) -> String {
    let (year, quarter) = quarter_of(day);
    format!("{quarter}. kvartal {year}")
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Query(which): Query<Which>,
) -> Result<Page<GapsPage>, AppError> {
    let today = local_date(app.now());
    let (year, quarter) = quarter_of(today);
    let from = first_day(&which.kvartal).unwrap_or_else(|| date(year, quarter * 3 - 2, 1));
    let until = from.saturating_add(3.months());
    let read = move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(queries::gaps(tx, from, until)?));
    let gaps = app.store.view(caller.scope("activity.gaps", app.now()), read).await?;
    Ok(Page(GapsPage {
        frame: visit.frame(Nav::Associations, Counts::default()).await?,
        quarter: name(from),
        before: link(from.saturating_sub(3.months())),
        after: (until <= today).then(|| link(until)),
        rows: gaps.iter().map(|gap| row(gap, today)).collect(),
    }))
}

fn row(gap: &ActivityGap, today: Date) -> Row {
    let Wish { words, kind, place, day, most_kroner, beginners, step_free, video } = &gap.wish;
    let flags =
        [(*beginners, "Åben for begyndere"), (*step_free, "Uden trin"), (*video, "Har en film, man kan se først")];
    let price = most_kroner.map(|most| if most == 0 { "Gratis".to_owned() } else { format!("Højst {most} kr.") });
    let chosen = kind.map(|kind| kind.label().to_owned()).into_iter().chain(day.map(|day| day.label().to_owned()));
    let flags = flags.into_iter().filter(|(on, _)| *on).map(|(_, label)| label.to_owned());
    Row {
        on: dates::short_day(gap.noted_on, today),
        words: words.clone(),
        place: place.clone(),
        said: chosen.chain(price).chain(flags).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_is_read_and_what_is_none_is_not() {
        assert_eq!(first_day("2026-4"), Some(date(2026, 10, 1)));
        for wrong in ["", "2026", "2026-5", "2026-0", "x-1", "99999-1", "-1-1"] {
            assert_eq!(first_day(wrong), None, "{wrong}");
        }
        assert_eq!(name(date(2026, 12, 31)), "4. kvartal 2026");
    }
}
