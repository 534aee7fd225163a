//! What makes packs by itself: a schedule is started and stopped, and the nightly round makes the file of each period that is
//! over and not made yet. A program that was down makes what was due in its first round.

use domain::cooperation::{PackEvery, PackKind, PackSchedule};
use domain::ids::PackScheduleId;
use domain::workdays::local_date;
use indicators::period::{Every, FigurePeriod};
use store::{Seen, Tx};
use uuid::Uuid;

use super::build::{Ask, build};
use super::queries::{self, NewFile};
use crate::cooperation::{kept, period_word};
use crate::{App, AppError, Caller, ids};

/// Periods back that a program that was down makes up for.
const BACK: i32 = 12;

/// Starts a schedule; the first file is of the period that runs. One of the same pack and as often is there already.
///
/// # Errors
///
/// The right is missing.
pub async fn start(app: &App, who: &Caller, pack: PackKind, every: PackEvery) -> Result<Uuid, AppError> {
    let read = |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(kept::all::<PackSchedule>(tx)?));
    let all = app.store.view(who.scope("pack_schedule.list", app.now()), read).await?;
    if let Some(same) = all.iter().find(|it| it.value.pack == pack && it.value.every == every) {
        return Ok(same.value.id.0);
    }
    let id: PackScheduleId = ids::new(app.now());
    let schedule = PackSchedule { id, pack, every, from: local_date(app.now()), struck: None };
    kept::add(app, who, "pack_schedule.start", schedule).await
}

/// Stops a schedule; what it made stays.
///
/// # Errors
///
/// The right is missing, or there is none.
pub async fn stop(app: &App, who: &Caller, id: Uuid) -> Result<i64, AppError> {
    let struck = kept::struck(app, who, "Stoppet")?;
    let action = ("pack_schedule.stop", None);
    kept::change(app, who, action, (id, None), move |_, it: PackSchedule| {
        Ok(PackSchedule { struck: Some(struck), ..it })
    })
    .await
}

/// Makes what is due of an organization.
///
/// # Errors
///
/// The store cannot be read or written.
pub async fn round(app: &App, who: &Caller) -> Result<(), AppError> {
    let read = |tx: &mut Tx<'_>| {
        let mut due = Vec::new();
        for schedule in kept::all::<PackSchedule>(tx)?.into_iter().map(|it| it.value) {
            for period in over(&schedule, local_date(tx.scope().at)) {
                if !queries::is_made(tx, schedule.id, period.from())? {
                    due.push((schedule.clone(), period));
                }
            }
        }
        Ok::<_, AppError>(Seen::nothing(due))
    };
    let due = app.store.view(who.scope("pack.due", app.now()), read).await?;
    for (schedule, period) in due {
        // Who fetches a file of the authority may hand it on: it is made as the authority sees it.
        let as_authority = schedule.pack == PackKind::Authority;
        let pack = build(app, who, Ask { kind: schedule.pack, period, as_authority }).await?;
        if pack.behind {
            // The next round finds it counted.
            continue;
        }
        keep(app, who, (schedule, period), pack.workbook()?).await?;
    }
    Ok(())
}

/// The periods of a schedule that are over and were not when it was started.
fn over(schedule: &PackSchedule, today: jiff::civil::Date) -> impl Iterator<Item = FigurePeriod> + use<> {
    let every = match schedule.every {
        PackEvery::Month => Every::Month,
        PackEvery::Quarter => Every::Quarter,
    };
    let (last, from) = (FigurePeriod::last_complete(every, today), schedule.from);
    (0..BACK).rev().map(move |back| last.step(-back)).filter(move |period| period.to() >= from)
}

async fn keep(
    app: &App,
    who: &Caller,
    (schedule, period): (PackSchedule, FigurePeriod),
    body: Vec<u8>,
) -> Result<(), AppError> {
    let id: Uuid = ids::new(app.now());
    app.store
        .write(who.scope("pack.made", app.now()), move |tx| {
            let name = file_name(schedule.pack, period);
            let PackSchedule { id: schedule, pack, .. } = schedule;
            let new = NewFile { id, schedule, pack, from: period.from(), to: period.to(), name: &name, body: &body };
            queries::add(tx, &new)?;
            tx.note(&format!("pack_file/{id} {}", store::sha256_hex(&body)));
            Ok::<_, AppError>(())
        })
        .await
}

/// What a file is called.
pub(super) fn file_name(pack: PackKind, period: FigurePeriod) -> String {
    format!("{}-{}.xlsx", pack.word(), period_word(period))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_schedule_makes_the_periods_that_end_after_it_was_started() {
        let schedule = |every| PackSchedule {
            id: PackScheduleId(Uuid::from_u128(1)),
            pack: PackKind::Klu,
            every,
            from: date(2026, 11, 24),
            struck: None,
        };
        let words = |every, today| over(&schedule(every), today).map(period_word).collect::<Vec<_>>();
        assert_eq!(words(PackEvery::Month, date(2026, 11, 30)), [""; 0]);
        assert_eq!(words(PackEvery::Month, date(2027, 1, 2)), ["2026-11", "2026-12"]);
        assert_eq!(words(PackEvery::Quarter, date(2027, 1, 1)), ["2026-k4"]);
        assert_eq!(words(PackEvery::Month, date(2030, 1, 1)).len(), 12, "not without end");
    }
}
