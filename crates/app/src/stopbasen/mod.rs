//! Nicotine cessation and STOPbasen: the two consents, the stop date and how it ended, the three forms prefilled from what
//! is known, the follow-up after six months, what a class is asked each time, and the export.
//!
//! The rules are in [`domain::stop_course`]; the forms are instruments and are answered as such ([`crate::measures`]).

mod acts;
mod call;
mod class;
mod commands;
mod export;
mod export_page;
mod forms;
mod page;
mod prefill;
mod queries;
mod routes;
mod standing;

pub(crate) use call::{StopCall, input as attempt_input, stop_call};
pub use class::Reading;
pub(crate) use class::{ClassView, Readings, SmokeView, keep_reading, of_class};
pub use commands::{EndedInput, NotReachedInput, agree_stop_date, not_reached, say_end, say_products};
pub(crate) use commands::{SIX_MONTHS, SMOKE_FREE_NOW, after_form, keep_six_months, refuse_without_consent};
pub(crate) use export::cell as csv_cell;
pub use export::{Export, ExportInput, export};
pub(crate) use forms::may_offer;
pub(crate) use page::{StopPanel, panel};
pub(crate) use prefill::prefilled;
pub use routes::routes;
pub(crate) use standing::{keep_standing, refresh_standing};
