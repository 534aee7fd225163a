//! Rows with a name, a picture and a value: side by side in a wide place, the name above in a narrow one.

use crate::canvas::{Anchor, Canvas, LINE};
use crate::figure::Width;
use crate::text::Text;

/// Where the picture of a row lies.
pub(crate) struct Row {
    pub left: f64,
    pub right: f64,
    /// The middle of the picture.
    pub y: f64,
    /// Where the next row begins.
    pub next: f64,
}

/// The span of the pictures, the same for every row.
pub(crate) const fn span(width: Width) -> (f64, f64) {
    match width {
        Width::Wide => (212.0, 486.0),
        Width::Narrow => (0.0, Width::Narrow.units()),
    }
}

/// Writes the name of a row that begins at `top`, its value, and more about it in smaller words when there is any.
pub(crate) fn row(canvas: &mut Canvas<'_>, width: Width, top: f64, name: &Text, value: &str, more: &str) -> Row {
    let (left, right) = span(width);
    let first = top + LINE;
    match width {
        Width::Wide => {
            let room = left - 18.0;
            // A name of one line stands in the middle of a value of two.
            let down = if more.is_empty() || canvas.lines(name, room).len() > 1 { 0.0 } else { LINE / 2.0 };
            let foot = canvas.wrapped("fb-chart-name", (0.0, first + down), room, name);
            let foot = if more.is_empty() { foot } else { foot.max(first + LINE) };
            let half = f64::midpoint(first, foot) - 5.0;
            let value_at = if more.is_empty() { half + 5.0 } else { half + 5.0 - LINE / 2.0 };
            canvas.say("fb-chart-value", (canvas.width, value_at), Anchor::End, value);
            if !more.is_empty() {
                canvas.say("fb-chart-word", (canvas.width, value_at + LINE), Anchor::End, more);
            }
            Row { left, right, y: half, next: foot + 17.0 }
        }
        Width::Narrow => {
            let room = canvas.width - canvas.width_of(value) - 12.0;
            // A long value gets a line of its own below the name.
            let beside = room >= 120.0;
            let mut foot =
                canvas.wrapped("fb-chart-name", (0.0, first), if beside { room } else { canvas.width }, name);
            if beside {
                canvas.say("fb-chart-value", (canvas.width, first), Anchor::End, value);
            } else {
                foot += LINE;
                canvas.say("fb-chart-value", (0.0, foot), Anchor::Start, value);
            }
            if !more.is_empty() {
                foot += LINE;
                canvas.say("fb-chart-word", (0.0, foot), Anchor::Start, more);
            }
            Row { left, right, y: foot + 15.0, next: foot + 30.0 }
        }
    }
}
