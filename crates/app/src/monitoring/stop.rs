//! STOPbasen's five indicators with their goals, what is missing before they can be published, and the calls after six months:
//! `GET /maaltal/stopbasen` (scenario Q4). Five queries.

use askama::Template;
use axum::extract::State;
use domain::permission::Permission;
use indicators::period::{FigurePeriod, Month};
use indicators::results::{Asked, figure};
use indicators::suppression::Shown;
use indicators::totals::Totals;
use jiff::civil::Date;
use store::{Seen, StoreError, Tx};
use uuid::Uuid;

use super::asked::{OverTime, Question, known, over_time};
use super::read::kept;
use super::said::{self, Said};
use super::{chart, page, period};
use crate::layout::{Counts, Frame, Moment, Nav, Tag, dates, lower_first};
use crate::quality::Wanted;
use crate::stopbasen::SIX_MONTHS;
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

/// Those that STOPbasen has goals for: completed, stopped at the end and after six months, followed up, satisfied.
const FIVE: [&str; 5] = ["O08", "O05", "O06", "O07", "O10"];
/// STOPbasen publishes a municipality's figures from so many participants (its annual reports).
const PARTICIPANTS: u32 = 20;
/// And from so large a share followed up: one of so many.
const FOLLOWED_UP_ONE_OF: u32 = 2;
/// Months in a picture.
const MONTHS: u16 = 24;
/// Calls on the page.
const CALLS: i64 = 100;

#[derive(Template)]
#[template(path = "monitoring/stop.html")]
pub(super) struct StopPage {
    frame: Frame,
    at: Option<String>,
    behind: bool,
    period: String,
    five: Vec<FigureView>,
    ready: Vec<(&'static str, String, Tag)>,
    calls: Calls,
}

struct FigureView {
    id: &'static str,
    title: &'static str,
    said: Said,
    goal: String,
    notes: Vec<String>,
    /// None before the first figure.
    chart: Option<String>,
}

/// The calls that wait; who they are for those who may open records.
struct Calls {
    open: usize,
    late: usize,
    more: bool,
    rows: Option<Vec<CallView>>,
}

struct CallView {
    name: String,
    href: String,
    tag: Tag,
    due: Moment,
}

struct Call {
    id: Uuid,
    citizen: Uuid,
    name: String,
    due_on: Date,
}

pub(super) async fn show(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<StopPage>, AppError> {
    let today = domain::workdays::local_date(app.now());
    let exact = caller.role.may(Permission::CitizenRead);
    let from = Month::last_complete(today).plus(-i32::from(MONTHS) - 11).first_day();
    let kept = kept(&app, &caller, Wanted { indicators: FIVE.to_vec(), by: Vec::new(), from }).await?;
    let scope = caller.scope("monitoring.stop_calls", app.now());
    let calls = app
        .store
        .view(scope, move |tx| {
            let found = waiting(tx)?;
            let mut seen: Vec<Uuid> = found.iter().map(|call| call.citizen).collect();
            seen.sort_unstable();
            seen.dedup();
            Ok::<_, AppError>(if exact && !seen.is_empty() { Seen::list(seen, found) } else { Seen::nothing(found) })
        })
        .await?;
    let language = visit.language();
    let choice = period::usual(known("O05")?, today);
    let five = FIVE.into_iter().map(|id| {
        let question = Question {
            definition: known(id)?,
            part: String::new(),
            choice: choice.clone(),
            by: None,
            exact,
            bad_period: false,
        };
        let last = FigurePeriod::last_complete(question.definition.every, today);
        let OverTime { points, period: told, .. } = over_time(&question, &kept, (last, MONTHS));
        let definition = question.definition;
        Ok(FigureView {
            id: &definition.id,
            title: &definition.danish.title,
            goal: definition.goal_percent.map(|goal| format!("Mål {goal} %")).unwrap_or_default(),
            notes: said::beside(&told.figure, exact, today),
            chart: points
                .iter()
                .any(|told| told.said.value.is_some() || told.said.is_hidden)
                .then(|| chart::html(language, &format!("stop-{id}"), &chart::over_time(definition, "", &points))),
            said: told.said,
        })
    });
    Ok(Page(StopPage {
        five: five.collect::<Result<_, AppError>>()?,
        frame: visit.frame(Nav::Monitoring, Counts::default()).await?,
        at: kept.at.map(|at| lower_first(&dates::when_exactly(at, app.now()))),
        behind: kept.behind,
        period: page::period_label(&choice),
        ready: ready(&kept.totals, choice.period, exact, today)?,
        calls: view(calls, exact, today),
    }))
}

/// What STOPbasen asks before a municipality's figures are published, and what is missing.
fn ready(
    totals: &Totals,
    period: FigurePeriod,
    exact: bool,
    today: Date,
) -> Result<Vec<(&'static str, String, Tag)>, AppError> {
    let of = |id: &str| {
        let definition = known(id)?;
        Ok::<_, AppError>(figure(totals, Asked { definition, part: "", period, today }))
    };
    let (ended, followed) = (of("O08")?, of("O07")?);
    let participants = ended.of + ended.missing;
    let number = |count: u32| if exact { charts::count(count) } else { Shown::alone(count).text() };
    let tag = |missing: u32| {
        if missing == 0 {
            Tag::done("Nok")
        } else {
            Tag::of("soon", "info", format!("Mangler {}", charts::count(missing)))
        }
    };
    let hidden = || Tag::of("mute", "lock", said::HIDDEN);
    let lacking = PARTICIPANTS.saturating_sub(participants);
    let known = exact || !matches!(Shown::alone(participants), Shown::UnderFive);
    let half = followed.of.div_ceil(FOLLOWED_UP_ONE_OF).saturating_sub(followed.met);
    let open = exact || indicators::suppression::share(followed.met, followed.of).is_some();
    let said = if open {
        format!("{} af {}", charts::count(followed.met), charts::count(followed.of))
    } else {
        said::HIDDEN.to_owned()
    };
    Ok(vec![
        (
            "Mindst 20 deltagere",
            number(participants),
            if known { tag(lacking) } else { Tag::of("soon", "info", "Mangler mindst 16") },
        ),
        (
            "Mindst halvdelen fulgt op efter seks måneder",
            if followed.of == 0 { said::NOTHING.to_owned() } else { said },
            match (followed.of, open) {
                (0, _) => Tag::of("mute", "wait", "Ingen endnu"),
                (_, true) => tag(half),
                (_, false) => hidden(),
            },
        ),
    ])
}

/// The calls that wait, the earliest first: one query.
fn waiting(tx: &mut Tx<'_>) -> Result<Vec<Call>, StoreError> {
    const SQL: &str = "select t.subject, t.citizen, c.given, c.surname, t.due_on from task t
        join citizen c on c.organization = t.organization and c.id = t.citizen
        where t.organization = $1 and t.state = 'open' and t.kind = 'follow_up' and t.rule = $2
        order by t.due_on, t.id limit $3";
    tx.query(SQL, &[SIX_MONTHS.into(), (CALLS + 1).into()], |row| {
        let (id, citizen) = (row.take()?, row.take()?);
        let (given, surname): (Option<String>, String) = (row.take()?, row.take()?);
        let name = given.map_or_else(|| surname.clone(), |given| format!("{given} {surname}"));
        Ok(Call { id, citizen, name, due_on: row.take()? })
    })
}

fn view(mut calls: Vec<Call>, opens: bool, today: Date) -> Calls {
    let most = usize::try_from(CALLS).unwrap_or(usize::MAX);
    let more = calls.len() > most;
    calls.truncate(most);
    let row = |call: &Call| CallView {
        name: call.name.clone(),
        href: format!("/opfoelgninger/{}", call.id),
        tag: Tag::deadline(call.due_on, today),
        due: Moment::day(call.due_on, today),
    };
    Calls {
        open: calls.len(),
        late: calls.iter().filter(|call| call.due_on < today).count(),
        more,
        rows: opens.then(|| calls.iter().map(row).collect()),
    }
}
