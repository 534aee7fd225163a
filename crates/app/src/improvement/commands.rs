//! What changes a board: load, ask the rules, save a version.

use domain::ids::{ImprovementBoardId, ImprovementTestId};
use domain::improvement::{ImprovementBoard, ImprovementError, ImprovementTest, Measure, TestDecision};
use domain::permission::Permission;
use domain::workdays::local_date;
use indicators::definition::{Breakdown, newest};
use jiff::civil::Date;

use super::queries;
use crate::{App, AppError, Caller, ids, records};

/// What a board says beside its tests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BoardInput {
    /// What it is called.
    pub name: String,
    /// What is to change, how much and by when.
    pub aim: String,
    /// What was learned so far.
    pub learning: Option<String>,
    /// The work is over.
    pub over: bool,
}

/// A round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestInput {
    /// What is tested.
    pub plan: String,
    /// The day the change begins.
    pub from: Date,
    /// The day the round ended.
    pub to: Option<Date>,
    /// What was done.
    pub did: Option<String>,
    /// What was seen.
    pub studied: Option<String>,
    /// What follows.
    pub act: Option<TestDecision>,
}

impl TestInput {
    fn test(self, id: ImprovementTestId) -> ImprovementTest {
        let Self { plan, from, to, did, studied, act } = self;
        ImprovementTest { id, plan, from, to, did, studied, act }
    }
}

/// The rules of a board, at the field of the form that can mend it.
fn at_field(error: ImprovementError) -> AppError {
    let field = match error {
        ImprovementError::Name => "navn",
        ImprovementError::Aim | ImprovementError::AimNumber => "maal",
        ImprovementError::Plan | ImprovementError::TooLong => "plan",
        ImprovementError::EndsBeforeStart => "til",
        ImprovementError::NotStudied => "beslutning",
        ImprovementError::Over => return AppError::Rule { code: "board_over", message: error.user_message() },
    };
    AppError::field(field, "improvement_rule", error.user_message())
}

/// A measure that the definitions have.
fn known(measure: &Measure) -> Result<(), AppError> {
    let unknown = || AppError::field("maaling", "unknown", "Vælg et måltal fra listen.");
    let definition = newest(&measure.indicator).ok_or_else(unknown)?;
    let Some((by, _)) = &measure.group else { return Ok(()) };
    let known = definition.breakdowns.iter().any(|one: &Breakdown| one.word() == by);
    known.then_some(()).ok_or_else(|| AppError::field("gruppe", "unknown", "Vælg en gruppe fra listen."))
}

/// Makes a board, with its first test when one is said.
///
/// # Errors
/// At the field that is missing or wrong.
pub async fn create(
    app: &App,
    who: &Caller,
    measure: Measure,
    input: BoardInput,
    test: Option<TestInput>,
) -> Result<ImprovementBoardId, AppError> {
    who.require(Permission::QualityWrite)?;
    known(&measure)?;
    let now = app.now();
    let board = ImprovementBoard {
        id: ids::new(now),
        name: input.name.trim().to_owned(),
        aim: input.aim.trim().to_owned(),
        measure,
        owner: who.user,
        started_on: local_date(now),
        ended_on: None,
        tests: test.map(|test| test.test(ids::new(now))).into_iter().collect(),
        learning: input.learning,
    };
    board.check().map_err(at_field)?;
    app.store
        .write(who.scope("improvement.create", now), move |tx| {
            records::add(tx, &board)?;
            Ok::<_, AppError>(board.id)
        })
        .await
}

/// Changes a board by a rule; the version is the one that was read.
async fn change(
    app: &App,
    who: &Caller,
    (id, version): (ImprovementBoardId, i64),
    action: &'static str,
    change: impl FnOnce(&mut ImprovementBoard) -> Result<(), AppError> + Send + 'static,
) -> Result<(), AppError> {
    who.require(Permission::QualityWrite)?;
    app.store
        .write(who.scope(action, app.now()), move |tx| {
            let before = queries::board(tx, id)?;
            records::expect(Some(version), before.version)?;
            let mut board = before.value.clone();
            change(&mut board)?;
            board.check().map_err(at_field)?;
            if board != before.value {
                records::save(tx, before.version, &board)?;
            }
            Ok::<_, AppError>(())
        })
        .await
}

/// Changes name, aim and learning, and ends the board or opens it again.
///
/// # Errors
/// At the field that is wrong, or a colleague was first.
pub async fn edit(
    app: &App,
    who: &Caller,
    board: (ImprovementBoardId, i64),
    input: BoardInput,
) -> Result<(), AppError> {
    let today = local_date(app.now());
    change(app, who, board, "improvement.edit", move |board| {
        input.name.trim().clone_into(&mut board.name);
        input.aim.trim().clone_into(&mut board.aim);
        board.learning = input.learning;
        board.ended_on = if input.over { board.ended_on.or(Some(today)) } else { None };
        Ok(())
    })
    .await
}

/// Plans a test.
///
/// # Errors
/// At the field that is wrong; the board is over.
pub async fn add_test(
    app: &App,
    who: &Caller,
    board: (ImprovementBoardId, i64),
    input: TestInput,
) -> Result<(), AppError> {
    let id = ids::new(app.now());
    change(app, who, board, "improvement.test", move |board| {
        if board.ended_on.is_some() {
            return Err(at_field(ImprovementError::Over));
        }
        board.tests.push(input.test(id));
        Ok(())
    })
    .await
}

/// Writes what became of a test.
///
/// # Errors
/// At the field that is wrong; there is no such test.
pub async fn edit_test(
    app: &App,
    who: &Caller,
    board: (ImprovementBoardId, i64),
    test: ImprovementTestId,
    input: TestInput,
) -> Result<(), AppError> {
    change(app, who, board, "improvement.test_edit", move |board| {
        let one = board.tests.iter_mut().find(|one| one.id == test).ok_or(AppError::NotFound("improvement_test"))?;
        *one = input.test(test);
        Ok(())
    })
    .await
}
