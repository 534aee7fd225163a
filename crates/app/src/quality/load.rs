//! Every course of an organization, some citizens at a time, so that a large municipality never stands in memory at once; and
//! on several cores at once.

use std::num::NonZero;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::available_parallelism;

use domain::ids::{CitizenId, CourseId};
use jiff::civil::Date;
use standard::facts::{CourseFacts, MunicipalityFacts};
use store::{Seen, StoreError, Tx};
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::facts::{KeptBeside, PartnerCodes, citizen_facts, course_facts};
use super::municipality::link_offers;
use super::queries;
use crate::records::{self, CitizenRecord};
use crate::{App, AppError, Caller, organizations};

/// Citizens in one read, where nothing else says how many: few enough reads that their cost does not show.
pub(super) const AT_ONCE: i64 = 500;
/// Cores that look at once, at most: half of the store's readers, so that pages find one. More would wait for the one thread
/// that writes.
const LANES: usize = 2;

/// Some citizens, about to be read.
pub(super) struct Citizens<'t, 'c> {
    tx: &'t mut Tx<'c>,
    spans: &'t [Span],
    limits: medcom::Limits,
}

impl Citizens<'_, '_> {
    /// Hands over each with what is kept beside the record; one that is no longer there is left out.
    pub(super) fn each(
        self,
        mut look: impl FnMut(CitizenRecord, KeptBeside) -> Result<(), StoreError>,
    ) -> Result<(), AppError> {
        for Span { after, until } in self.spans {
            let mut beside = queries::beside(self.tx, *after, *until, &self.limits)?;
            records::each_citizen_record(self.tx, *after, *until, |record, since| {
                let kept = beside.remove(&record.citizen.value.id).unwrap_or_default();
                look(record, KeptBeside { since, ..kept })
            })?;
        }
        Ok(())
    }

    /// The same with the facts of each course, and of each request that led to none.
    pub(super) fn facts(
        self,
        partners: &PartnerCodes,
        municipality: &MunicipalityFacts,
        on: Date,
        mut look: impl FnMut(CitizenId, Vec<CourseFacts>) -> Result<(), StoreError>,
    ) -> Result<(), AppError> {
        self.each(|record, kept| {
            look(record.citizen.value.id, linked(citizen_facts(&record, &kept, partners, on), municipality))
        })
    }
}

fn linked(mut courses: Vec<CourseFacts>, municipality: &MunicipalityFacts) -> Vec<CourseFacts> {
    for course in &mut courses {
        link_offers(course, municipality);
    }
    courses
}

/// What is made of some citizens.
type Look<T> = dyn Fn(Citizens<'_, '_>) -> Result<T, AppError> + Send + Sync;

/// Citizens whose ids lie after one and up to another.
#[derive(Debug, Clone, Copy)]
struct Span {
    after: CitizenId,
    until: CitizenId,
}

impl Span {
    const fn of(citizen: CitizenId) -> Self {
        Self { after: CitizenId(Uuid::from_u128(citizen.0.as_u128().saturating_sub(1))), until: citizen }
    }
}

/// Everybody of an organization, read and looked at on several cores at once; who is read first need not be handed over first.
///
/// It is work for threads that may block: those that answer requests go on meanwhile.
pub(super) struct Everybody<T> {
    made: mpsc::Receiver<Result<T, AppError>>,
    lanes: JoinSet<()>,
}

impl<T: Send + 'static> Everybody<T> {
    /// Begins; `look` is what is to be made of so many citizens at a time.
    pub(super) async fn begin(
        app: &App,
        who: &Caller,
        at_once: i64,
        look: impl Fn(Citizens<'_, '_>) -> Result<T, AppError> + Send + Sync + 'static,
    ) -> Result<Self, AppError> {
        let spans = Arc::new(Mutex::new(spans(app, who, at_once).await?.into_iter()));
        let (look, (give, made)): (Arc<Look<T>>, _) = (Arc::new(look), mpsc::channel(LANES));
        let mut lanes = JoinSet::new();
        for _ in 0..available_parallelism().map_or(1, NonZero::get).min(LANES) {
            let (app, who, here) = (app.clone(), who.clone(), Handle::current());
            let (spans, look, give) = (Arc::clone(&spans), Arc::clone(&look), give.clone());
            let next = move || spans.lock().unwrap_or_else(PoisonError::into_inner).next();
            lanes.spawn_blocking(move || {
                while let Some(span) = next() {
                    let look = Arc::clone(&look);
                    let done = here.block_on(some_of(&app, &who, vec![span], move |them| look(them)));
                    if give.blocking_send(done).is_err() {
                        // Nobody waits for the rest.
                        return;
                    }
                }
            });
        }
        Ok(Self { made, lanes })
    }

    /// What was made of the next ones; none after everybody.
    pub(super) async fn next(&mut self) -> Result<Option<T>, AppError> {
        if let Some(made) = self.made.recv().await {
            return made.map(Some);
        }
        while let Some(lane) = self.lanes.join_next().await {
            lane.map_err(|_| AppError::from(StoreError::Panicked))?;
        }
        Ok(None)
    }
}

/// Hands over the facts of each course of an organization, and of each request that led to none, citizen by citizen; the
/// municipality's tables say which offer a group delivers.
///
/// Each read is one of its own: who changes while the others are read shows as before or as after. No record is shown to
/// anybody by it, and the access log names none.
///
/// # Errors
///
/// The store cannot be read.
pub async fn each_course(
    app: &App,
    who: &Caller,
    municipality: &MunicipalityFacts,
    on: Date,
    mut each: impl FnMut(CourseFacts) + Send,
) -> Result<(), AppError> {
    let partners = partners(app, who).await?;
    for span in spans(app, who, AT_ONCE).await? {
        for (record, kept) in some_of(app, who, vec![span], all).await? {
            linked(citizen_facts(&record, &kept, &partners, on), municipality).into_iter().for_each(&mut each);
        }
    }
    Ok(())
}

/// The facts of one course, for whoever looks at it: the access log says so.
///
/// # Errors
///
/// There is no such course.
pub async fn course_of(
    app: &App,
    who: &Caller,
    municipality: &MunicipalityFacts,
    course: CourseId,
    on: Date,
) -> Result<CourseFacts, AppError> {
    let partners = partners(app, who).await?;
    let limits = app.message_limits;
    let mut facts = app
        .store
        .view(who.scope("quality.course", app.now()), move |tx| {
            let citizen = records::citizen_of(tx, "course", course.0)?;
            let (record, kept) = all(Citizens { tx, spans: &[Span::of(citizen)], limits })?
                .pop()
                .ok_or(AppError::NotFound("citizen"))?;
            Ok::<_, AppError>(Seen::record(citizen.0, course_facts(&record, course, &kept, &partners, on)?))
        })
        .await?;
    link_offers(&mut facts, municipality);
    Ok(facts)
}

pub(super) async fn partners(app: &App, who: &Caller) -> Result<PartnerCodes, AppError> {
    app.store
        .view(who.scope("quality.partners", app.now()), |tx| {
            Ok::<_, AppError>(Seen::nothing(PartnerCodes::of(&organizations::partners(tx)?)))
        })
        .await
}

/// The whole organization in spans; who is added meanwhile lies in the last, for ids are in the order of coming into being.
async fn spans(app: &App, who: &Caller, at_once: i64) -> Result<Vec<Span>, AppError> {
    let read = move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(queries::each_nth(tx, at_once)?));
    let mut ends = app.store.view(who.scope("quality.evaluate", app.now()), read).await?;
    ends.push(CitizenId(Uuid::max()));
    let mut after = CitizenId(Uuid::nil());
    let next = |until| Span { after: std::mem::replace(&mut after, until), until };
    Ok(ends.into_iter().map(next).collect())
}

/// What is made of some citizens, by their ids.
pub(super) async fn some<T: Send + 'static>(
    app: &App,
    who: &Caller,
    citizens: &[Uuid],
    look: impl FnOnce(Citizens<'_, '_>) -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    some_of(app, who, citizens.iter().map(|id| Span::of(CitizenId(*id))).collect(), look).await
}

async fn some_of<T: Send + 'static>(
    app: &App,
    who: &Caller,
    spans: Vec<Span>,
    look: impl FnOnce(Citizens<'_, '_>) -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    let limits = app.message_limits;
    app.store
        .view(who.scope("quality.evaluate", app.now()), move |tx| {
            look(Citizens { tx, spans: &spans, limits }).map(Seen::nothing)
        })
        .await
}

fn all(citizens: Citizens<'_, '_>) -> Result<Vec<(CitizenRecord, KeptBeside)>, AppError> {
    let mut all = Vec::new();
    citizens.each(|record, kept| {
        all.push((record, kept));
        Ok(())
    })?;
    Ok(all)
}
