//! Who works here: roles and competences, `/administration/medarbejdere`.

use askama::Template;
use axum::extract::State;
use domain::permission::{Permission, Role};

use super::tabs;
use crate::layout::{Counts, Frame, Nav, Tab, Tag};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller, access, calendar};

#[derive(Template)]
#[template(path = "administration/staff.html")]
pub(super) struct StaffPage {
    frame: Frame,
    tabs: Vec<Tab>,
    may_change: bool,
    rows: Vec<Row>,
}

struct Row {
    who: String,
    /// Name, when it says more than the title, and what they log in with.
    login: String,
    role: &'static str,
    state: Tag,
    competences: String,
    /// Where the account is changed.
    account: String,
    /// Only who is active has working hours to set.
    href: Option<String>,
}

pub(super) async fn list(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Page<StaffPage>, AppError> {
    let users = access::users(&app, caller.organization).await?;
    let competences = calendar::competences(&app, &caller).await?;
    let row = |user: access::User| {
        let own = competences.iter().find(|(id, _)| *id == user.id);
        Row {
            who: format!("{} {}", user.title, user.initials),
            role: user.role.label(),
            state: if user.active { Tag::done("Aktiv") } else { Tag::partly("Ikke aktiv") },
            competences: own.map(|(_, labels)| labels.join(", ")).unwrap_or_default(),
            account: format!("/administration/medarbejdere/{}", user.id),
            href: user.active.then(|| format!("/kalender/medarbejdere/{}", user.id)),
            login: if user.name == user.title { user.user_name } else { format!("{}, {}", user.name, user.user_name) },
        }
    };
    let mut rows: Vec<Row> = users.into_iter().filter(|user| user.role != Role::Supplier).map(row).collect();
    rows.sort_by(|a, b| a.who.cmp(&b.who));
    let frame = visit.frame(Nav::Administration, Counts::default()).await?;
    let may_change = caller.role.may(Permission::Administer);
    Ok(Page(StaffPage { frame, tabs: tabs("/administration/medarbejdere"), may_change, rows }))
}
