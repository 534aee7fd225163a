//! The indicators as people read them: each figure over time and by stratum, with its definition beside it. Counted by the
//! crate `indicators`, kept by `quality`.
//!
//! Who may open records treats the citizens and sees every number. Everybody else, and every file, gets figures with small
//! numbers hidden, also against subtraction (`protect`).

mod api;
mod asked;
mod chart;
mod differences;
mod elsewhere;
mod english;
mod export;
mod followed;
mod list;
mod page;
mod period;
mod protect;
mod read;
mod routes;
mod rows;
mod said;
mod stop;

pub use api::{document as api_document, routes as api_routes};
pub(crate) use asked::may_split;
pub(crate) use english::english;
pub use export::file_of_all;
pub(crate) use followed::{Followed, followed, groups_of, is_over_time};
pub use list::{Newest, newest_of_all};
pub(crate) use period::{YEAR, in_full as period_in_full, name as period_name};
pub use read::{Kept, all_now, kept, together};
pub use routes::routes;

/// A year, a quarter or the last twelve months by its word; none for what is none, or has not begun.
pub(crate) fn long_period(word: &str, today: jiff::civil::Date) -> Option<(String, indicators::period::FigurePeriod)> {
    period::parse(word, today).filter(|it| it.period.months().count() > 1).map(|it| (it.word, it.period))
}

/// What a group or a stratum is called, for the templates.
pub(crate) fn named(word: &str) -> String {
    said::named(word)
}

/// Whether a name is the program's own and not the municipality's.
fn is_ours(name: &str) -> bool {
    indicators::counting::is_label(name)
}
