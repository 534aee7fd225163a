//! The calendar: who works when, free times, the times of planned talks, the letter about them.
//!
//! A time belongs to a planned talk or intervention. It is booked, moved and called off here; that the talk was held, or
//! fell away, is said by [`crate::courses`] through `settle`.

mod api;
mod appointment;
mod booking;
mod booking_page;
mod booking_week;
mod commands;
mod evidence;
mod evidence_page;
mod finding;
mod grid;
mod invitation;
mod needs_form;
mod proof;
mod queries;
mod routes;
mod series;
mod settle;
mod staff;
mod staff_form;
mod staff_page;
mod telling;
mod week;
mod words;

pub use api::{document as api_document, routes as api_routes};
pub(crate) use commands::letters_become_calls;
pub use commands::{
    AppointmentInput, CancelInput, MoveInput, arrange_need, book, cancel, invitation_sent, move_appointment,
};
pub use evidence::{AttestationInput, attest, take_back};
pub(crate) use evidence_page::holding_tag;
pub use finding::{Found, free_times_for};
pub(crate) use invitation::short_values;
pub(crate) use proof::{OwnTime, is_proven, of_contact, own_times};
pub(crate) use queries::{AppointmentRow, appointments, holders};
pub use routes::routes;
pub use series::{SeriesBooked, SeriesInput, book_series};
pub(crate) use settle::{contact_held, fell_away, talk_held};
pub(crate) use staff::{Colleague, booked, colleagues, competences, holders as practitioners, section_41};
pub use staff::{PractitionerInput, set_practitioner_role};
pub(crate) use words::{booking_href, next_time, time_text};
