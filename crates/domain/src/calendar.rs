//! The calendar: when staff work, what is taken, which times are free for a talk, and the appointments that come of it.
//!
//! Source: the flow, "talk booked" and "Interpreter, transport, companion"; quality standard 3.1 (the talk is held within
//! the promised time). Times are instants; the hours of a day are Danish local time.

mod appointment;
mod free;
mod needs;
mod practitioner;
mod series;
mod suggestion;

pub use appointment::{Appointment, AppointmentReason, AppointmentState, minutes_for};
pub use free::{AppointmentError, FreeTime, Search, check_time, free_times};
pub use needs::{Need, NeedArrangement, NeedState, check_needs, needs_of};
pub use practitioner::{Absence, HoursError, PractitionerRole, Workday, WorkingHours};
pub use series::{SERIES_MAX, series_from};
pub use suggestion::{PartOfDay, Unmet, Wishes, suggest};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// From one instant to another; the end is not part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// First instant.
    pub start: Timestamp,
    /// First instant after it.
    pub end: Timestamp,
}

impl Period {
    /// Whether the two have an instant in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}
