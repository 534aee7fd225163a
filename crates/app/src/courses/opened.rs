//! What a page of a course reads: the whole record, and who wrote in it. The reading stands in the access log.

use std::sync::Arc;

use domain::ids::{CitizenId, CourseId};
use store::{Seen, Tx};

use crate::access::{self, User};
use crate::records::{self, CitizenRecord};
use crate::{App, AppError, Caller};

/// The record that a course stands in and the users, read as `action`.
///
/// # Errors
/// When there is no such course, or the database fails.
pub(crate) async fn opened(
    app: &App,
    caller: &Caller,
    action: &'static str,
    course: CourseId,
) -> Result<(Arc<CitizenRecord>, Vec<User>), AppError> {
    let (record, users, ()) = opened_with(app, caller, action, course, |_, _| Ok(())).await?;
    Ok((record, users))
}

/// As [`opened`], and what more the page wants from the same moment.
///
/// # Errors
/// As [`opened`], and what `more` refuses.
pub(crate) async fn opened_with<T: Send + 'static>(
    app: &App,
    caller: &Caller,
    action: &'static str,
    course: CourseId,
    more: impl FnOnce(&mut Tx<'_>, &CitizenRecord) -> Result<T, AppError> + Send + 'static,
) -> Result<(Arc<CitizenRecord>, Vec<User>, T), AppError> {
    let read = move |tx: &mut Tx<'_>| {
        let citizen = records::citizen_of(tx, "course", course.0)?;
        let record = records::citizen_record(tx, citizen)?;
        record.course(course)?;
        let more = more(tx, &record)?;
        Ok::<_, AppError>(Seen::record(citizen.0, (record, access::users_in(tx)?, more)))
    };
    app.store.view(caller.scope(action, app.now()), read).await
}

/// Whose course it is, read as `action`.
///
/// # Errors
/// When there is no such course, or the database fails.
pub(crate) async fn whose(
    app: &App,
    caller: &Caller,
    action: &'static str,
    course: CourseId,
) -> Result<CitizenId, AppError> {
    let read = move |tx: &mut Tx<'_>| {
        let citizen = records::citizen_of(tx, "course", course.0)?;
        Ok::<_, AppError>(Seen::record(citizen.0, citizen))
    };
    app.store.view(caller.scope(action, app.now()), read).await
}
