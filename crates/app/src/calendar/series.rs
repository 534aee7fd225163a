//! A series of times for an intervention that one citizen comes to several times: booked in one act.

use domain::calendar::{AppointmentError, AppointmentState, SERIES_MAX, series_from};
use domain::ids::{AppointmentId, PlannedInterventionId};
use domain::workdays::{ExtraClosedDays, local_date};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::AppointmentInput;
use super::commands::{bookable, follow_up_tasks, lock, need_tasks, new_appointment, placed};
use super::telling::confirm;
use crate::layout::dates;
use crate::{App, AppError, Caller, records};

/// Several times at the same hour.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct SeriesInput {
    /// The first of them.
    #[serde(flatten)]
    pub first: AppointmentInput,
    /// How many in all, the first among them; at most twelve.
    pub count: u8,
    /// Weeks from one to the next.
    #[serde(default = "every_week")]
    pub weeks: u8,
    /// Whether those that are taken are left out, and the others booked.
    #[serde(default)]
    pub skip_taken: bool,
}

const fn every_week() -> u8 {
    1
}

/// What was booked of a series.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct SeriesBooked {
    /// The times, the first first.
    #[schema(value_type = Vec<Uuid>)]
    pub appointments: Vec<AppointmentId>,
    /// Starts of those that could not be had.
    #[schema(value_type = Vec<String>)]
    pub left_out: Vec<Timestamp>,
}

/// Books a series: all of it, or all but what is taken when that is asked for; otherwise nothing, with the days that are
/// in the way.
///
/// A talk is held once: it gets one time. The citizen is told once, about the first; its letter tells of the others.
pub async fn book_series(
    app: &App,
    who: &Caller,
    intervention: PlannedInterventionId,
    input: SeriesInput,
) -> Result<SeriesBooked, AppError> {
    let home = app.organization(who.organization).await?;
    let (now, user) = (app.now(), who.user);
    if !(1..=SERIES_MAX).contains(&input.count) || !(1..=8).contains(&input.weeks) {
        let message = format!("Der kan bookes 1 til {SERIES_MAX} gange ad gangen, med højst 8 uger imellem.");
        return Err(AppError::field("gange", "out_of_range", message));
    }
    app.store
        .write(who.scope("appointment.book", now), move |tx| {
            lock(tx, intervention, input.first.professional)?;
            let citizen = records::citizen_of(tx, "planned_intervention", intervention.0)?;
            let record = records::citizen_record(tx, citizen)?;
            let planned = bookable(&record, intervention)?.clone();
            let has_time = record.time_of(intervention).is_some();
            if planned.code.is_talk() && (has_time || input.count > 1) {
                return Err(AppointmentError::HasTime.into());
            }
            let length = input.first.end.map(|end| end.duration_since(input.first.start));
            let mut booked = Vec::new();
            let mut left_out = Vec::new();
            for start in series_from(input.first.start, input.weeks, input.count, ExtraClosedDays::default()) {
                let end = length.map(|length| start + length);
                let time = AppointmentInput { start, end, ..input.first.clone() };
                match placed(tx, &record, new_appointment(&planned, AppointmentState::Booked, now), time, now) {
                    Ok(appointment) => booked.push(appointment),
                    Err(error) if start != input.first.start && is_taken(&error) => left_out.push(start),
                    Err(error) => return Err(error),
                }
            }
            if !left_out.is_empty() && !input.skip_taken {
                return Err(in_the_way(&left_out, now));
            }
            for (index, appointment) in booked.iter().enumerate() {
                records::add(tx, appointment)?;
                if index == 0 {
                    follow_up_tasks(tx, &record, appointment, user, now)?;
                    confirm(tx, &home, &record, appointment, now)?;
                } else {
                    need_tasks(tx, appointment, user, now)?;
                }
            }
            Ok(SeriesBooked { appointments: booked.iter().map(|time| time.id).collect(), left_out })
        })
        .await
}

/// Whether another week may do.
fn is_taken(error: &AppError) -> bool {
    use AppointmentError as E;
    matches!(
        error,
        AppError::Appointment(E::Taken | E::Away | E::CitizenTaken | E::OutsideHours | E::Closed)
            | AppError::Field { code: "clash", .. }
    )
}

fn in_the_way(left_out: &[Timestamp], now: Timestamp) -> AppError {
    let message = format!(
        "{} kan ikke bookes. Vælg en anden tid, eller spring de optagne over.",
        days_of(left_out, local_date(now))
    );
    AppError::field("gange", "taken", message)
}

/// "15. dec., 22. dec."
pub(super) fn days_of(starts: &[Timestamp], today: Date) -> String {
    let days: Vec<_> = starts.iter().map(|start| dates::short_day(local_date(*start), today)).collect();
    days.join(", ")
}

/// How often a series may be repeated, as the form asks: weeks and what it is called.
pub(super) const RHYTHMS: [(u8, &str); 3] = [(1, "Hver uge"), (2, "Hver anden uge"), (4, "Hver fjerde uge")];
