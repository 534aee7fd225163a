//! Looking at those anew who were changed since the last look, and at everybody when a new day has begun or something that
//! everything depends on has changed.
//!
//! One look at a time in a program, and one look at everybody at a time in a database ([`pass`]). Two programs on one PostgreSQL
//! take turns where they write; should an older reading be written after a newer one, the log still names the change, because a
//! look remembers where it began to read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use domain::organization::ManagingOrganization;
use domain::workdays::local_date;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use standard::facts::{Group, MunicipalityFacts};
use standard::{Context, LimitValues, STANDARD};
use store::{Seen, StoreError, Tx};
use uuid::Uuid;

use super::changes::Changed;
use super::part::{self, Written};
use super::queries::{self, Count, Moved, State};
use super::tables::ReadTables;
use super::{pass, whole};
use crate::quality::judging::Judging;
use crate::quality::settings::{self, Set};
use crate::quality::{load, municipality};
use crate::rounds::rounds;
use crate::{App, AppError, Caller, nightly, organizations};

/// Entries of the log that a page reads.
const ENTRIES: i64 = 2000;
/// So many entries about nothing that is looked at are not read again and again.
const PASSED_OVER: i64 = 500;
/// Citizens that a page waits for. More are looked at by themselves, and the page says so.
const A_PAGE_WAITS_FOR: usize = 60;
/// Citizens in one transaction.
const AT_ONCE: usize = 100;
/// Months before the one that runs, so that the same month a year ago is there.
const MONTHS: i32 = 12;
/// Time between two looks.
const EVERY: Duration = Duration::from_mins(1);

/// How far what is kept has come.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Standing {
    /// When it was last brought up to date; none before the first look.
    pub at: Option<Timestamp>,
    /// Something was changed that is not counted yet.
    pub behind: bool,
    /// What is set of the standard.
    pub set: Set,
    /// The counts of outcomes, when they were read in the same look.
    pub(in crate::quality) counts: Option<Vec<Count>>,
}

/// What there is to look at.
struct Work {
    state: Option<State>,
    set: Set,
    whom: BTreeSet<Uuid>,
    changed: Changed,
    /// How far the log was read.
    seq: i64,
    /// How many entries that were.
    entries: i64,
    /// There is more in the log than was read.
    more: bool,
    /// At most [`A_PAGE_WAITS_FOR`] and one.
    citizens: i64,
    basis: String,
    today: Date,
    /// What is kept as it stands, for a page that may show it.
    counts: Option<Vec<Count>>,
}

impl Work {
    /// What is kept, as it stands.
    fn into_standing(self, behind: bool) -> Standing {
        Standing { at: self.state.map(|it| it.at), behind, set: self.set, counts: self.counts }
    }

    fn is_all(&self) -> bool {
        let same = self
            .state
            .as_ref()
            .is_some_and(|it| !it.is_being_counted && it.evaluated_on == self.today && it.basis == self.basis);
        !same || self.changed.all
    }

    fn is_nothing(&self) -> bool {
        !self.is_all() && self.changed.is_nothing()
    }

    fn is_short(&self) -> bool {
        let whom = if self.is_all() { usize::try_from(self.citizens).unwrap_or(usize::MAX) } else { self.whom.len() };
        whom <= A_PAGE_WAITS_FOR && !self.more
    }
}

/// Brings what is kept up to date, however long it takes.
///
/// # Errors
///
/// The store cannot be read or written.
pub async fn refresh(app: &App, who: &Caller) -> Result<Standing, AppError> {
    let mut turn = app.quality_turn.lock().await;
    let work = look(app, who, false, i64::MAX).await?;
    carry_out(app, who, work, &mut turn).await
}

/// The same for a page: it waits when little was changed, and says that more is not counted yet.
///
/// # Errors
///
/// The store cannot be read or written.
pub async fn standing(app: &App, who: &Caller) -> Result<Standing, AppError> {
    waited_for(app, who, true).await
}

/// The same for a page about the indicators, which reads no counts of outcomes.
pub(crate) async fn up_to_date(app: &App, who: &Caller) -> Result<Standing, AppError> {
    waited_for(app, who, false).await
}

async fn waited_for(app: &App, who: &Caller, with_counts: bool) -> Result<Standing, AppError> {
    let work = look(app, who, with_counts, ENTRIES).await?;
    if work.is_nothing() && !work.more {
        return Ok(work.into_standing(false));
    }
    let turn = app.quality_turn.try_lock();
    match turn {
        Ok(mut turn) if work.is_short() => carry_out(app, who, work, &mut turn).await,
        _ => Ok(work.into_standing(true)),
    }
}

/// Keeps what is kept up to date until the program ends. A failure is logged and tried again.
pub async fn run(app: App) {
    rounds(app, EVERY, "the quality standard was not brought up to date", |app| async move { keep_up(&app).await })
        .await;
}

/// One look at every organization.
///
/// # Errors
///
/// The store cannot be read or written.
pub async fn keep_up(app: &App) -> Result<(), AppError> {
    for organization in organizations::at_work(app).await? {
        refresh(app, &nightly::program(organization.key)).await?;
    }
    Ok(())
}

/// What was changed; where asked for with the counts of outcomes, in one reading.
async fn look(app: &App, who: &Caller, with_counts: bool, most: i64) -> Result<Work, AppError> {
    let home = app.organization(who.organization).await?;
    let today = local_date(app.now());
    app.store
        .view(who.scope("quality.look", app.now()), move |tx| {
            let state = queries::state(tx)?;
            let set = settings::read(tx)?;
            let basis = basis(&home, &set);
            let counts = if with_counts { Some(queries::counts(tx)?) } else { None };
            let Some(before) = &state else {
                let citizens = queries::citizens_up_to(tx, count(A_PAGE_WAITS_FOR + 1))?;
                let (changed, seq) = (Changed::default(), tx.newest_change()?);
                let whom = BTreeSet::new();
                return Ok(Seen::nothing(Work {
                    state,
                    set,
                    whom,
                    changed,
                    seq,
                    entries: 0,
                    more: false,
                    citizens,
                    basis,
                    today,
                    counts,
                }));
            };
            let (changed, seq, entries) = queries::changed_since(tx, before.seq, most)?;
            let whom = if changed.is_nothing() { BTreeSet::new() } else { queries::whom(tx, &changed)? };
            let more = entries == most;
            let mut work = Work { state, set, whom, changed, seq, entries, more, citizens: 0, basis, today, counts };
            if work.is_all() {
                work.citizens = queries::citizens_up_to(tx, count(A_PAGE_WAITS_FOR + 1))?;
            }
            Ok::<_, AppError>(Seen::nothing(work))
        })
        .await
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Hash of what every outcome and figure may depend on: the data of the standard, how figures are counted, the limits, what is
/// switched off.
fn basis(home: &ManagingOrganization, set: &Set) -> String {
    let off: Vec<&String> = set.settings.value.off.keys().collect();
    let limits: Vec<_> = set.settings.value.limits.iter().map(|(id, goal)| (id, goal.value)).collect();
    let counted = indicators::counting::COUNTED_AS;
    hash_text(&format!("{} {counted} {:?} {limits:?} {off:?}", STANDARD.version, home.settings.limits))
}

async fn carry_out(app: &App, who: &Caller, mut work: Work, read: &mut ReadTables) -> Result<Standing, AppError> {
    if work.is_nothing() {
        if work.entries >= PASSED_OVER {
            let (seq, scope) = (work.seq, who.scope("quality.keep", app.now()));
            app.store.write(scope, move |tx| Ok::<_, AppError>(queries::pass_over(tx, seq)?)).await?;
        }
        return Ok(work.into_standing(false));
    }
    let home = app.organization(who.organization).await?;
    let still = !work.is_all() && !work.changed.municipality;
    let last = work.state.as_ref().map(|it| it.seq).filter(|_| still);
    let facts = match last.and_then(|seq| read.of(who.organization, seq, work.today)) {
        Some(facts) => facts,
        None => Arc::new(municipality::read(app, who).await?),
    };
    let mut teams: BTreeMap<String, String> =
        facts.tables().groups.iter().map(|group| (group.id.clone(), hash_of(group))).collect();
    teams.insert(SHARED.to_owned(), hash_text(&format!("{:?}{:?}", facts.tables().offers, facts.tables().competences)));
    let changed_teams = if work.is_all() { None } else { changed_teams(app, who, &teams).await? };
    let by = judging(&facts, &home, &work.set, work.today);
    let whom = match changed_teams {
        Some(more) => {
            work.whom.extend(more);
            few(app, who, work.whom.len()).await?.then_some(&work.whom)
        }
        None => None,
    };
    let pass = match whom {
        Some(whom) => some(app, who, whom, &by).await?.then_some(None),
        None => whole::everybody(app, who, &by, read).await?.map(Some),
    };
    let Some(pass) = pass else { return Ok(work.into_standing(true)) };
    let sums = |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(queries::totals(tx)?));
    let totals = app.store.view(who.scope("quality.totals", app.now()), sums).await?;
    let own = part::of_municipality(&Context { totals, ..by.context() }, &by.switches).written()?;
    let now = app.now();
    let (evaluated_on, seq, basis) = (work.today, work.seq, std::mem::take(&mut work.basis));
    let state = State { evaluated_on, seq, at: now, basis, is_being_counted: false };
    let kept = app
        .store
        .write(who.scope("quality.keep", now), move |tx| {
            let still = match pass {
                Some(pass) => pass::end(tx, pass)?,
                None => pass::is_none(tx)?,
            };
            if still {
                put(tx, &[(Uuid::nil(), own)])?;
                queries::save_state(tx, &state, &teams)?;
            }
            Ok::<_, AppError>(still)
        })
        .await?;
    if !kept {
        return Ok(work.into_standing(true));
    }
    read.keep(who.organization, seq, evaluated_on, facts);
    Ok(Standing { at: Some(now), behind: false, set: work.set, counts: None })
}

/// What the rules are looked at with: the twelve months before this one and this one so far.
fn judging(facts: &Arc<MunicipalityFacts>, home: &ManagingOrganization, set: &Set, today: Date) -> Judging {
    let settings = &set.settings.value;
    let limits = LimitValues::new(&home.settings.limits, &settings.local_limits());
    let switches = settings.switches();
    Judging { facts: Arc::clone(facts), today, period: period(today), limits, switches }
}

/// The days that are looked at: from the first of this month a year ago.
pub(in crate::quality) fn period(today: Date) -> (Date, Date) {
    (today.first_of_month().saturating_sub(MONTHS.months()), today)
}

/// Where the hash of what everybody may depend on stands among those of the teams: the offers, and what staff hold.
const SHARED: &str = "shared";

/// A team without who waits for it: no course is judged by that.
fn hash_of(group: &Group) -> String {
    hash_text(&format!("{:?}", Group { waiting: None, waiting_since: None, ..group.clone() }))
}

fn hash_text(text: &str) -> String {
    store::sha256_hex(text.as_bytes())[..12].to_owned()
}

/// Those who go to a team that has changed; none when what everybody may depend on has.
async fn changed_teams(app: &App, who: &Caller, now: &BTreeMap<String, String>) -> Result<Option<Vec<Uuid>>, AppError> {
    let now = now.clone();
    app.store
        .view(who.scope("quality.teams", app.now()), move |tx| {
            let before = queries::teams(tx)?;
            if before.get(SHARED) != now.get(SHARED) {
                return Ok(Seen::nothing(None));
            }
            let gone = before.keys().filter(|team| !now.contains_key(*team));
            let changed = now.iter().filter(|(team, hash)| before.get(*team) != Some(*hash)).map(|(team, _)| team);
            let mut whom = Vec::new();
            for team in changed.chain(gone) {
                whom.extend(queries::of_team(tx, team)?);
            }
            Ok::<_, AppError>(Seen::nothing(Some(whom)))
        })
        .await
}

/// Whether so many are less than half of all; reading everybody in their order takes half as long for each.
async fn few(app: &App, who: &Caller, whom: usize) -> Result<bool, AppError> {
    if whom <= A_PAGE_WAITS_FOR {
        return Ok(true);
    }
    let twice = count(whom).saturating_mul(2);
    app.store
        .view(who.scope("quality.look", app.now()), move |tx| {
            Ok::<_, AppError>(Seen::nothing(queries::citizens_up_to(tx, twice.saturating_add(1))? > twice))
        })
        .await
}

/// Looks at some; false when everybody is being looked at elsewhere.
async fn some(app: &App, who: &Caller, whom: &BTreeSet<Uuid>, by: &Judging) -> Result<bool, AppError> {
    let (partners, by) = (Arc::new(load::partners(app, who).await?), Arc::new(by.clone()));
    let whom: Vec<Uuid> = whom.iter().copied().collect();
    for ids in whom.chunks(AT_ONCE) {
        let (partners, by) = (Arc::clone(&partners), Arc::clone(&by));
        let parts = load::some(app, who, ids, move |some| whole::parts(some, &partners, &by)).await?;
        let kept = app
            .store
            .write(who.scope("quality.keep", app.now()), move |tx| {
                let alone = pass::is_none(tx)?;
                if alone {
                    put(tx, &parts)?;
                }
                Ok::<_, AppError>(alone)
            })
            .await?;
        if !kept {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Puts parts in the place of those that were kept, and moves the sums by what differs.
fn put(tx: &mut Tx<'_>, parts: &[(Uuid, Written)]) -> Result<(), StoreError> {
    let mut moved = Moved::default();
    queries::put(tx, parts, &mut moved)?;
    queries::settle(tx, &moved)
}
