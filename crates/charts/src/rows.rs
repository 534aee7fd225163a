//! Rows with a name, a picture and a value: side by side in a wide place, the name above in a narrow one.

use crate::canvas::{Anchor, Canvas, LINE};
use crate::figure::Width;
use crate::text::{Text, width_of};

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
        Width::Narrow => (0.0, 320.0),
    }
}

/// Writes name and value of a row that begins at `top`.
pub(crate) fn row(canvas: &mut Canvas, width: Width, top: f64, name: &Text, value: &str) -> Row {
    let (left, right) = span(width);
    let first = top + LINE;
    match width {
        Width::Wide => {
            let foot = canvas.wrapped("fb-chart-name", (0.0, first), left - 18.0, name);
            let half = f64::midpoint(first, foot) - 5.0;
            canvas.say("fb-chart-value", (canvas.width, half + 5.0), Anchor::End, value);
            Row { left, right, y: half, next: foot + 17.0 }
        }
        Width::Narrow => {
            let room = canvas.width - width_of(value) - 12.0;
            // A long value gets a line of its own below the name.
            let beside = room >= 120.0;
            let foot = canvas.wrapped("fb-chart-name", (0.0, first), if beside { room } else { canvas.width }, name);
            let foot = if beside {
                canvas.say("fb-chart-value", (canvas.width, first), Anchor::End, value);
                foot
            } else {
                canvas.say("fb-chart-value", (0.0, foot + LINE), Anchor::Start, value);
                foot + LINE
            };
            Row { left, right, y: foot + 15.0, next: foot + 29.0 }
        }
    }
}
