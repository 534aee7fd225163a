//! Looking at everybody: citizens are read and judged on several cores while those before are written. What the sums move by is
//! added up in memory and written once at the end, for most cells change with every few citizens.

use std::sync::Arc;

use store::StoreError;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::part::{self, Written};
use super::queries::{self, Moved};
use super::{pass, tables::ReadTables};
use crate::quality::facts::PartnerCodes;
use crate::quality::judging::Judging;
use crate::quality::load::{self, Citizens, Everybody};
use crate::{App, AppError, Caller, ids};

/// Citizens whose parts are written in one transaction, which others wait for.
const AT_ONCE: i64 = 250;

/// Looks at everybody. The pass under way when it is done, which whoever saves how far the look came ends; none when another
/// program is at one, or has taken this one over.
pub(super) async fn everybody(
    app: &App,
    who: &Caller,
    by: &Judging,
    turn: &mut ReadTables,
) -> Result<Option<Uuid>, AppError> {
    let Some(id) = begin(app, who, turn).await? else { return Ok(None) };
    let (partners, by) = (load::partners(app, who).await?, Arc::new(by.clone()));
    let mut everybody = Everybody::begin(app, who, AT_ONCE, move |some| parts(some, &partners, &by)).await?;
    let mut writing = Writing { app, who, id, under_way: None, moved: Some(Moved::default()) };
    while let Some(parts) = everybody.next().await? {
        if !writing.next(parts).await? {
            return Ok(None);
        }
    }
    let Some(moved) = writing.end().await? else { return Ok(None) };
    let now = app.now();
    app.store
        .write(who.scope("quality.keep", now), move |tx| {
            if !pass::go_on(tx, id, now)? {
                return Ok(None);
            }
            queries::settle(tx, &moved)?;
            Ok::<_, AppError>(Some(id))
        })
        .await
}

/// What each of some citizens adds.
pub(super) fn parts(
    citizens: Citizens<'_, '_>,
    partners: &PartnerCodes,
    by: &Judging,
) -> Result<Vec<(Uuid, Written)>, AppError> {
    let (mut all, at) = (Vec::new(), by.context());
    citizens.facts(partners, at.municipality, at.today, |citizen, courses| {
        all.push((citizen.0, part::of_citizen(&courses, &at, &by.switches).written()?));
        Ok(())
    })?;
    Ok(all)
}

async fn begin(app: &App, who: &Caller, turn: &mut ReadTables) -> Result<Option<Uuid>, AppError> {
    let now = app.now();
    let (id, left) = (ids::new::<Uuid>(now), turn.passes.get(&who.organization).copied());
    let scope = who.scope("quality.keep", now);
    let begun = app.store.write(scope, move |tx| Ok::<_, AppError>(pass::begin(tx, id, left, now)?)).await?;
    if begun {
        turn.passes.insert(who.organization, id);
    }
    Ok(begun.then_some(id))
}

type Task<T> = JoinHandle<Result<T, AppError>>;

/// The parts that are being written; one batch at a time.
struct Writing<'a> {
    app: &'a App,
    who: &'a Caller,
    id: Uuid,
    under_way: Option<Task<Option<Moved>>>,
    /// What the sums move by, while nothing is being written.
    moved: Option<Moved>,
}

impl Writing<'_> {
    /// Writes more when what is under way has been written; false when the pass is no longer the one under way.
    async fn next(&mut self, parts: Vec<(Uuid, Written)>) -> Result<bool, AppError> {
        self.wait().await?;
        let Some(mut moved) = self.moved.take() else { return Ok(false) };
        let (app, id, now) = (self.app.clone(), self.id, self.app.now());
        let scope = self.who.scope("quality.keep", now);
        self.under_way = Some(tokio::spawn(async move {
            app.store
                .write(scope, move |tx| {
                    if !pass::go_on(tx, id, now)? {
                        return Ok(None);
                    }
                    queries::put(tx, &parts, &mut moved)?;
                    Ok(Some(moved))
                })
                .await
        }));
        Ok(true)
    }

    /// What the sums move by when all is written; none when the pass is no longer the one under way.
    async fn end(mut self) -> Result<Option<Moved>, AppError> {
        self.wait().await?;
        Ok(self.moved)
    }

    async fn wait(&mut self) -> Result<(), AppError> {
        if let Some(task) = self.under_way.take() {
            self.moved = task.await.map_err(|_| AppError::from(StoreError::Panicked))??;
        }
        Ok(())
    }
}
