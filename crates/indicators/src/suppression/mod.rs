//! Small numbers: what may leave the unit that treats the citizens, and what is hidden.
//!
//! Counts of 1 to 4 are shown as "<5", and nothing that is shown may give them away by subtraction: not a total, not an
//! overlapping period, not a district inside another. [`Release`] proves it for each hidden figure: another set of
//! counts exists that would be shown in exactly the same way. The unit itself sees its own citizens, so nothing here is
//! used on its worklists. Rules: the standard's monitoring chapter (chapter 9), minimum cell five.

mod layout;
mod release;
mod table;
#[cfg(test)]
mod tests;
mod witness;

pub use release::{Release, Sum};
pub use table::{ShownList, ShownTable, list, table};

use crate::statistics::{Gap, MeanChange, Share, gap, mean_change, median, percentile};

/// The smallest count that is shown, zero apart.
pub const MIN_CELL: u32 = 5;

/// Denominator under which a figure carries the note that chance dominates, and under which nothing is compared.
pub const SMALL: u32 = 20;

/// What stands beside a figure with a denominator under [`SMALL`].
pub const SMALL_NOTE: &str = "Under 20 borgere: tilfældigheder fylder meget.";

/// A count as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shown {
    /// As it is: zero, or five and more.
    Exact(u32),
    /// 1 to 4: "<5".
    UnderFive,
    /// Five or more, hidden because it would give another away.
    Hidden,
    /// A total to the nearest five, because the exact one would give a cell away.
    Rounded(u32),
    /// A total that cannot be shown at all.
    Withheld,
}

impl Shown {
    /// A single count with nothing beside it to subtract from.
    pub const fn alone(count: u32) -> Self {
        if is_small(count) { Self::UnderFive } else { Self::Exact(count) }
    }

    /// The count, where it is shown as it is.
    pub const fn exact(self) -> Option<u32> {
        match self {
            Self::Exact(count) => Some(count),
            Self::UnderFive | Self::Hidden | Self::Rounded(_) | Self::Withheld => None,
        }
    }

    /// As people read it.
    pub fn text(self) -> String {
        match self {
            Self::Exact(count) => count.to_string(),
            Self::UnderFive => "<5".to_owned(),
            Self::Hidden | Self::Withheld => "Skjult".to_owned(),
            Self::Rounded(count) => format!("ca. {count}"),
        }
    }

    /// The counts that would be shown in this way: what a reader knows.
    pub const fn bounds(self) -> (u32, u32) {
        match self {
            Self::Exact(count) => (count, count),
            Self::UnderFive => (1, MIN_CELL - 1),
            Self::Hidden => (MIN_CELL, u32::MAX),
            // Rounding to five moves by two at most, and a smaller total would have been "<5".
            Self::Rounded(count) => {
                let low = count.saturating_sub(2);
                (if low < MIN_CELL { MIN_CELL } else { low }, count.saturating_add(2))
            }
            Self::Withheld => (0, u32::MAX),
        }
    }
}

const fn is_small(count: u32) -> bool {
    0 < count && count < MIN_CELL
}

/// A share, if it may be shown: at least five in the denominator, and neither those who meet it nor those who do not are 1
/// to 4.
pub const fn share(part: u32, whole: u32) -> Option<Share> {
    if whole < MIN_CELL || part > whole || is_small(part) || is_small(whole - part) {
        return None;
    }
    Share::new(part, whole)
}

/// Whether a figure carries [`SMALL_NOTE`].
pub const fn needs_small_note(whole: u32) -> bool {
    whole < SMALL
}

/// The difference between two shares, if it may be shown: both may, and each has at least twenty in its denominator.
pub fn comparison(first: (u32, u32), second: (u32, u32)) -> Option<Gap> {
    let (first, second) = (share(first.0, first.1)?, share(second.0, second.1)?);
    (first.whole() >= SMALL && second.whole() >= SMALL).then(|| gap(first, second))
}

/// The median, if it may be shown: of at least five values.
pub fn shown_median(values: &[f64]) -> Option<f64> {
    enough(values.len()).then(|| median(values)).flatten()
}

/// A percentile, if it may be shown: of at least five values.
pub fn shown_percentile(values: &[f64], percent: u8) -> Option<f64> {
    enough(values.len()).then(|| percentile(values, percent)).flatten()
}

/// The mean change, if it may be shown: of at least five pairs.
pub fn shown_mean_change(changes: &[f64]) -> Option<MeanChange> {
    enough(changes.len()).then(|| mean_change(changes)).flatten()
}

const fn enough(values: usize) -> bool {
    values >= MIN_CELL as usize
}
