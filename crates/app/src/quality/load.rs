//! Every course of an organization, some citizens at a time, so that a large municipality never stands in memory at once; and
//! on several cores at once.

use std::num::NonZero;
use std::sync::Arc;
use std::thread::available_parallelism;

use domain::ids::{CitizenId, CourseId};
use jiff::civil::Date;
use standard::facts::{CourseFacts, MunicipalityFacts};
use store::{Seen, StoreError, Tx};
use tokio::runtime::Handle;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::facts::{KeptBeside, PartnerCodes, citizen_facts, course_facts};
use super::municipality::link_offers;
use super::queries;
use crate::records::{self, CitizenRecord};
use crate::{App, AppError, Caller, organizations};

/// Citizens in one read: some tens of megabytes at most, and few enough reads that their cost does not show.
const AT_ONCE: i64 = 250;
/// Cores that look at once, at most: half of the store's readers, so that pages find one. More would wait for the one thread
/// that writes.
const LANES: usize = 2;

/// Citizens with what is kept beside their records.
pub(super) struct Batch {
    citizens: Vec<(CitizenRecord, KeptBeside)>,
}

impl Batch {
    /// The facts of each citizen.
    pub(super) fn facts(
        &self,
        partners: &PartnerCodes,
        municipality: &MunicipalityFacts,
        on: Date,
    ) -> impl Iterator<Item = (CitizenId, Vec<CourseFacts>)> {
        self.citizens.iter().map(move |(record, kept)| {
            let mut courses = citizen_facts(record, kept, partners, on);
            for course in &mut courses {
                link_offers(course, municipality);
            }
            (record.citizen.value.id, courses)
        })
    }
}

/// Citizens whose ids lie after one and up to another.
#[derive(Debug, Clone, Copy)]
struct Span {
    after: CitizenId,
    until: CitizenId,
}

/// Everybody of an organization, read and looked at on several cores at once; who is read first need not be handed over first.
///
/// It is work for threads that may block: those that answer requests go on meanwhile.
pub(super) struct Everybody<T> {
    app: App,
    who: Caller,
    rest: std::vec::IntoIter<Span>,
    look: Arc<dyn Fn(&Batch) -> T + Send + Sync>,
    under_way: JoinSet<Result<T, AppError>>,
}

impl<T: Send + 'static> Everybody<T> {
    /// Begins; `look` is what is to be made of some citizens.
    pub(super) async fn begin(
        app: &App,
        who: &Caller,
        look: impl Fn(&Batch) -> T + Send + Sync + 'static,
    ) -> Result<Self, AppError> {
        let (rest, under_way) = (spans(app, who).await?.into_iter(), JoinSet::new());
        let mut all = Self { app: app.clone(), who: who.clone(), rest, look: Arc::new(look), under_way };
        let lanes = available_parallelism().map_or(1, NonZero::get).min(LANES);
        (0..lanes).for_each(|_| all.go_on());
        Ok(all)
    }

    /// What was made of the next ones; none after everybody.
    pub(super) async fn next(&mut self) -> Result<Option<T>, AppError> {
        let Some(done) = self.under_way.join_next().await else { return Ok(None) };
        self.go_on();
        done.map_err(|_| AppError::from(StoreError::Panicked))?.map(Some)
    }

    fn go_on(&mut self) {
        let Some(span) = self.rest.next() else { return };
        let (app, who, look, here) = (self.app.clone(), self.who.clone(), Arc::clone(&self.look), Handle::current());
        self.under_way.spawn_blocking(move || here.block_on(batch(&app, &who, span)).map(|batch| look(&batch)));
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
    for span in spans(app, who).await? {
        let batch = batch(app, who, span).await?;
        batch.facts(&partners, municipality, on).for_each(|(_, courses)| courses.into_iter().for_each(&mut each));
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
            let record = records::citizen_record(tx, citizen)?;
            let before = CitizenId(before(citizen.0));
            let kept = queries::beside(tx, before, citizen, &limits)?.remove(&citizen).unwrap_or_default();
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
async fn spans(app: &App, who: &Caller) -> Result<Vec<Span>, AppError> {
    let read = |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(queries::each_nth(tx, AT_ONCE)?));
    let mut ends = app.store.view(who.scope("quality.evaluate", app.now()), read).await?;
    ends.push(CitizenId(Uuid::max()));
    let mut after = CitizenId(Uuid::nil());
    let next = |until| Span { after: std::mem::replace(&mut after, until), until };
    Ok(ends.into_iter().map(next).collect())
}

async fn batch(app: &App, who: &Caller, Span { after, until }: Span) -> Result<Batch, AppError> {
    let limits = app.message_limits;
    app.store
        .view(who.scope("quality.evaluate", app.now()), move |tx| {
            let records = records::citizen_records(tx, after, until)?;
            let mut beside = queries::beside(tx, after, until, &limits)?;
            let with = |record: CitizenRecord| {
                let kept = beside.remove(&record.citizen.value.id).unwrap_or_default();
                (record, kept)
            };
            Ok::<_, AppError>(Seen::nothing(Batch { citizens: records.into_iter().map(with).collect() }))
        })
        .await
}

/// Some citizens; one that is no longer there is left out.
pub(super) async fn some(app: &App, who: &Caller, citizens: Vec<Uuid>) -> Result<Batch, AppError> {
    let limits = app.message_limits;
    app.store
        .view(who.scope("quality.evaluate", app.now()), move |tx| {
            let mut found = Vec::new();
            for citizen in citizens {
                let (before, until) = (CitizenId(before(citizen)), CitizenId(citizen));
                let mut beside = queries::beside(tx, before, until, &limits)?;
                let kept = beside.remove(&until).unwrap_or_default();
                found.extend(
                    records::citizen_records(tx, before, until)?.into_iter().map(|record| (record, kept.clone())),
                );
            }
            Ok::<_, AppError>(Seen::nothing(Batch { citizens: found }))
        })
        .await
}

/// The id just before an id.
const fn before(id: Uuid) -> Uuid {
    Uuid::from_u128(id.as_u128().saturating_sub(1))
}
