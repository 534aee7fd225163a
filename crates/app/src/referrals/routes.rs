//! HTTP in, HTTP out: `/henvisninger` and what is below it.

use axum::extract::{Path, State};
use domain::permission::Permission;
use uuid::Uuid;

use super::actions::{self, Action, ActionForm};
use super::{inbox, new, referral, undo, unreached};
use crate::web::{PageForm, Routes, Visit};
use crate::{App, Caller};

/// The routes of this capability.
pub fn routes() -> Routes {
    let pages = Routes::new()
        .get("/henvisninger", Permission::ReferralRead, inbox::show)
        .post("/henvisninger/soeg", Permission::ReferralRead, inbox::find)
        .get("/henvisninger/ny", Permission::ReferralWrite, new::show)
        .post("/henvisninger/ny", Permission::ReferralWrite, new::create)
        .get("/henvisninger/{id}", Permission::ReferralRead, referral::show)
        .get("/henvisninger/{id}/brev", Permission::ReferralRead, unreached::show)
        .post("/henvisninger/{id}/fortryd/{version}", Permission::ReferralWrite, undo::act);
    Action::ALL.iter().fold(pages, |routes, &action| {
        let handler = move |State(app): State<App>,
                            caller: Caller,
                            visit: Visit,
                            Path(id): Path<Uuid>,
                            PageForm(form): PageForm<ActionForm>| async move {
            actions::act(&app, &caller, &visit, id.into(), action, form).await
        };
        routes.post(action.path(), Permission::ReferralWrite, handler)
    })
}
