//! A board: `GET /forbedring/{id}` with its aim, its figure as a run chart with a mark for each test, the tests and what was
//! learned; the posts below it change it. Six queries.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use charts::{Change, Text};
use domain::ids::{ImprovementBoardId, ImprovementTestId};
use domain::improvement::{ImprovementBoard, ImprovementTest, TestDecision};
use domain::permission::Permission;
use jiff::civil::Date;
use store::{Seen, Versioned};
use uuid::Uuid;

use super::{commands, form, list, queries};
use crate::layout::{Choice, Counts, Field, FormError, Frame, Nav, Tag, dates};
use crate::monitoring::{self, Followed};
use crate::web::fields::{self, Fields};
use crate::web::{Page, PageForm, Visit};
use crate::{App, AppError, Caller, access};

#[derive(Template)]
#[template(path = "improvement/board.html")]
pub(super) struct BoardPage {
    frame: Frame,
    href: String,
    version: i64,
    name: String,
    tag: Tag,
    aim: String,
    owner: String,
    started: String,
    ended: Option<String>,
    measure: &'static str,
    group: Option<String>,
    indicator: String,
    /// None when the figure can not be followed any more.
    chart: Option<String>,
    newest: Option<(String, String)>,
    tests: Vec<TestView>,
    learning: Option<String>,
    may_write: bool,
    fields: BoardFields,
    new_test: TestFields,
    problem: Option<String>,
    errors: Vec<FormError>,
}

struct BoardFields {
    open: bool,
    name: Field,
    aim: Field,
    learning: Field,
    over: bool,
}

/// The fields of a test; each form has its own ids.
struct TestFields {
    id: String,
    open: bool,
    plan: Field,
    from: Field,
    to: Field,
    did: Field,
    studied: Field,
    act: Vec<Choice>,
    act_error: Option<String>,
}

struct TestView {
    number: usize,
    plan: String,
    when: (String, Option<String>),
    did: Option<String>,
    studied: Option<String>,
    act: Option<Tag>,
    action: String,
    fields: TestFields,
}

/// What was sent in which form, and why it was refused.
struct Refused<'a> {
    form: &'a Fields,
    /// "tavle", "ny", or the id of a test.
    which: String,
    error: AppError,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<BoardPage>, AppError> {
    Ok(Page(page(&app, &caller, &visit, id, None).await?))
}

pub(super) async fn edit(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let board = (ImprovementBoardId(id), fields::version(&form));
    let done = commands::edit(&app, &caller, board, form::board(&form)).await;
    answer(&app, &caller, &visit, id, (&form, "tavle".to_owned()), done.map(|()| "Tavlen er gemt.")).await
}

pub(super) async fn add_test(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path(id): Path<Uuid>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let board = (ImprovementBoardId(id), fields::version(&form));
    let done = match form::planned(&form) {
        Ok(test) => commands::add_test(&app, &caller, board, test).await,
        Err(error) => Err(error),
    };
    answer(&app, &caller, &visit, id, (&form, "ny".to_owned()), done.map(|()| "Afprøvningen er sat på tavlen.")).await
}

pub(super) async fn edit_test(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Path((id, test)): Path<(Uuid, Uuid)>,
    PageForm(form): PageForm<Fields>,
) -> Result<Response, AppError> {
    let board = (ImprovementBoardId(id), fields::version(&form));
    let done = match form::planned(&form) {
        Ok(input) => commands::edit_test(&app, &caller, board, ImprovementTestId(test), input).await,
        Err(error) => Err(error),
    };
    answer(&app, &caller, &visit, id, (&form, test.to_string()), done.map(|()| "Afprøvningen er gemt.")).await
}

async fn answer(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: Uuid,
    (form, which): (&Fields, String),
    done: Result<&'static str, AppError>,
) -> Result<Response, AppError> {
    match done {
        Ok(notice) => Ok(visit.done(&list::href(ImprovementBoardId(id)), notice).await?.into_response()),
        Err(error) => {
            let error = error.at_the_form()?;
            let page = page(app, caller, visit, id, Some(Refused { form, which, error })).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
        }
    }
}

async fn page(
    app: &App,
    caller: &Caller,
    visit: &Visit,
    id: Uuid,
    refused: Option<Refused<'_>>,
) -> Result<BoardPage, AppError> {
    let read = move |tx: &mut store::Tx<'_>| {
        Ok::<_, AppError>(Seen::nothing((queries::board(tx, ImprovementBoardId(id))?, access::users_in(tx)?)))
    };
    let (board, users) = app.store.view(caller.scope("improvement.board", app.now()), read).await?;
    let followed = monitoring::followed(app, caller, &board.value.measure).await?;
    let today = domain::workdays::local_date(app.now());
    let Versioned { version, value: board } = board;
    let may_write = caller.role.may(Permission::QualityWrite);
    let (errors, problem) = match refused.as_ref().map(|refused| &refused.error) {
        Some(AppError::Field { field, message, .. }) => (vec![FormError { field, message: message.clone() }], None),
        Some(error) => (Vec::new(), Some(error.user_message())),
        None => (Vec::new(), None),
    };
    let frame = visit.frame(Nav::Quality, Counts::default()).await?;
    Ok(BoardPage {
        href: list::href(board.id),
        version,
        tag: list::tag(&board),
        owner: access::name_of(&users, board.owner),
        started: dates::month_day(board.started_on, today),
        ended: board.ended_on.map(|day| dates::month_day(day, today)),
        measure: list::title(&board.measure.indicator),
        group: board.measure.group.as_ref().map(|(_, stratum)| monitoring::named(stratum)),
        newest: followed.as_ref().and_then(|followed| followed.newest.clone()),
        chart: followed.map(|followed| visit.language().figure("tavle", &marked(followed, &board.tests).series)),
        tests: board
            .tests
            .iter()
            .enumerate()
            .map(|(at, test)| test_view(&board, at + 1, test, today, refused.as_ref()))
            .collect(),
        fields: board_fields(&board, refused.as_ref()),
        new_test: test_fields("ny", None, refused.as_ref()),
        indicator: board.measure.indicator,
        name: board.name,
        aim: board.aim,
        learning: board.learning,
        may_write,
        problem,
        errors,
        frame,
    })
}

/// A mark at the first period that a test is in; a test that is planned has none yet.
fn marked(mut followed: Followed, tests: &[ImprovementTest]) -> Followed {
    for test in tests {
        let at = followed.periods.iter().position(|period| test.from <= period.to());
        let Some(at) = at.filter(|at| *at > 0 || followed.periods.first().is_some_and(|one| one.from() <= test.from))
        else {
            continue;
        };
        followed.series.changes.push(Change { at, name: Text::record(short(&test.plan)) });
    }
    followed.series.changes.sort_by_key(|change| change.at);
    followed
}

/// Characters that a mark has room for.
const MARK: usize = 50;

/// A plan as a mark says it: its first sentence, and of a long one whole words.
fn short(plan: &str) -> String {
    let first = plan.lines().next().unwrap_or_default();
    let first = first.split_once(". ").map_or(first, |(sentence, _)| sentence).trim_end_matches('.');
    let Some((at, _)) = first.char_indices().nth(MARK) else { return first.to_owned() };
    let words = first[..at].rsplit_once(' ').map_or(&first[..at], |(words, _)| words);
    format!("{} …", words.trim_end_matches(','))
}

fn typed<'a>(refused: Option<&'a Refused<'a>>, which: &str) -> Option<&'a Refused<'a>> {
    refused.filter(|refused| refused.which == which)
}

fn field(refused: Option<&Refused<'_>>, name: &str, otherwise: &str) -> Field {
    let Some(Refused { form, error, .. }) = refused else { return Field::of(otherwise) };
    let message = match error {
        AppError::Field { field, message, .. } if *field == name => Some(message.clone()),
        _ => None,
    };
    Field { value: form.get(name).cloned().unwrap_or_default(), error: message }
}

fn board_fields(board: &ImprovementBoard, refused: Option<&Refused<'_>>) -> BoardFields {
    let refused = typed(refused, "tavle");
    BoardFields {
        open: refused.is_some(),
        name: field(refused, "navn", &board.name),
        aim: field(refused, "maal", &board.aim),
        learning: field(refused, "laering", board.learning.as_deref().unwrap_or_default()),
        over: refused.map_or(board.ended_on.is_some(), |refused| refused.form.contains_key("slut")),
    }
}

fn test_fields(which: &str, test: Option<&ImprovementTest>, refused: Option<&Refused<'_>>) -> TestFields {
    let refused = typed(refused, which);
    let kept = |of: fn(&ImprovementTest) -> Option<String>| test.and_then(of).unwrap_or_default();
    let act = field(refused, "beslutning", &kept(|test| test.act.map(|act| act.word().to_owned())));
    let choice = |one: &TestDecision| Choice {
        value: one.word().to_owned(),
        label: one.label().to_owned(),
        hint: None,
        selected: one.word() == act.value,
    };
    TestFields {
        id: which.to_owned(),
        open: refused.is_some(),
        plan: field(refused, "plan", &kept(|test| Some(test.plan.clone()))),
        from: field(refused, "fra", &kept(|test| Some(test.from.to_string()))),
        to: field(refused, "til", &kept(|test| test.to.map(|to| to.to_string()))),
        did: field(refused, "gjort", &kept(|test| test.did.clone())),
        studied: field(refused, "set", &kept(|test| test.studied.clone())),
        act: TestDecision::ALL.iter().map(choice).collect(),
        act_error: act.error,
    }
}

fn test_view(
    board: &ImprovementBoard,
    number: usize,
    test: &ImprovementTest,
    today: Date,
    refused: Option<&Refused<'_>>,
) -> TestView {
    let act = test.act.map(|act| match act {
        TestDecision::Adopt => Tag::done(act.label()),
        TestDecision::Adapt => Tag::of("soon", "swap", act.label()),
        TestDecision::Abandon => Tag::of("mute", "close", act.label()),
    });
    TestView {
        number,
        plan: test.plan.clone(),
        when: (dates::month_day(test.from, today), test.to.map(|to| dates::month_day(to, today))),
        did: test.did.clone(),
        studied: test.studied.clone(),
        act,
        action: format!("{}/proever/{}", list::href(board.id), test.id),
        fields: test_fields(&test.id.to_string(), Some(test), refused),
    }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_mark_says_the_first_sentence_in_whole_words() {
        assert_eq!(short("Vi ringer dagen før. Vi venter, at højst to udebliver."), "Vi ringer dagen før");
        let long = "Vi ringer til alle, der udeblev sidst, og dem, der er nye på holdet og ikke har været her før";
        assert_eq!(short(long), "Vi ringer til alle, der udeblev sidst, og dem …");
        assert_eq!(short(""), "");
    }
}
