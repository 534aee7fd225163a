//! Then and now for the citizen, in two plain pictures with one sentence, also on paper:
//! `GET /borgere/{id}/maalinger/fremgang`.
//!
//! Outline is then, solid is now, on the same scale. Worse or equal is shown as calmly as better; nothing is praised.

use std::fmt::Write as _;

use askama::Template;
use axum::extract::{Path, State};
use domain::ids::CitizenId;
use domain::quantity::Quantity;
use domain::workdays::local_date;
use instruments::Instrument;
use uuid::Uuid;

use super::fill;
use super::list::{list_href, responses};
use super::pairs::{Pair, pairs};
use super::words::unit_of;
use crate::layout::{Counts, Frame, Nav, dates};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "measures/progress.html")]
pub(super) struct ProgressPage {
    frame: Frame,
    back: String,
    name: String,
    day: String,
    pictures: Vec<PictureView>,
}

/// One measure, then and now.
struct PictureView {
    sentence: String,
    then: SideView,
    now: SideView,
}

struct SideView {
    day: String,
    score: String,
    picture: String,
}

pub(super) fn progress_href(citizen: CitizenId) -> String {
    format!("{}/fremgang", list_href(citizen))
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(citizen): Path<Uuid>,
) -> Result<Page<ProgressPage>, AppError> {
    let loaded = fill::load(&app, &caller, citizen.into()).await?;
    let mut frame = visit.frame(Nav::None, Counts::default()).await?;
    // The citizen looks along: nothing else of the record stands on the page.
    frame.nav.clear();
    let record = &loaded.record;
    let all = responses(record);
    // The open course, or the last one: the page is shown at the closing talk and after it.
    let course = record.open_course().or(record.courses.last()).map(|course| course.value.id);
    let pictures = pairs(&loaded.known, &all, course).iter().filter_map(picture).collect();
    Ok(Page(ProgressPage {
        frame,
        back: list_href(record.citizen.value.id),
        name: record.citizen.value.name.full(),
        day: dates::full_day(local_date(app.now())),
        pictures,
    }))
}

fn picture(pair: &Pair<'_>) -> Option<PictureView> {
    pair.change?.ok()?;
    let (start, end) = pair.start.zip(pair.end)?;
    let (then, now) = (start.score?, end.score?);
    let drawn = pair.instrument.sentence.as_ref()?;
    let most = then.max(now);
    let side = |response: &domain::response::Response, score: Quantity, solid: bool| SideView {
        day: dates::full_day(response.on),
        score: scored(pair.instrument, score),
        picture: draw(share(score, most), solid),
    };
    Some(PictureView {
        sentence: drawn.replace("{foer}", &then.to_string()).replace("{nu}", &now.to_string()),
        then: side(start, then, false),
        now: side(end, now, true),
    })
}

fn scored(instrument: &Instrument, score: Quantity) -> String {
    let unit = unit_of(instrument).unwrap_or_default();
    format!("{score} {unit}").trim_end().to_owned()
}

/// Parts of a hundred of the larger of the two; the scale begins at zero, so that nothing is made to look larger.
fn share(score: Quantity, most: Quantity) -> i32 {
    if most <= Quantity::default() {
        0
    } else {
        score.as_hundredths().max(0).saturating_mul(10) / (most.as_hundredths() / 10).max(1)
    }
}

/// A bar on a common scale: outline for then, filled for now. Its number stands beside it in words.
fn draw(share: i32, solid: bool) -> String {
    let width = share.clamp(1, 100) * 2;
    let class = if solid { "fb-then-now-now" } else { "fb-then-now-then" };
    let mut svg = String::new();
    // Writing to a String does not fail.
    let _ = write!(
        svg,
        r#"<svg class="fb-then-now" viewBox="0 0 204 44" aria-hidden="true" focusable="false"><path class="fb-then-now-ground" d="M2 42h200"></path><rect class="{class}" x="2" y="6" width="{width}" height="34" rx="4"></rect></svg>"#
    );
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_pictures_are_on_one_scale_from_zero() {
        let of = |score, most| share(Quantity::whole(score), Quantity::whole(most));
        assert_eq!((of(420, 420), of(210, 420), of(0, 420), of(0, 0)), (100, 50, 0, 0));
        assert!(draw(50, false).contains("width=\"100\"") && draw(100, true).contains("width=\"200\""));
    }
}
