//! Starting the demo anew. Only a program that was started as a demo can; it asks once.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use store::Scope;
use uuid::Uuid;

use crate::layout::{Counts, Frame, Nav};
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller, quality};

/// Empties the demo and plays it again. The program that was started as a demo gives it; nothing else can reset.
#[derive(Clone)]
pub struct DemoReset(Arc<dyn Fn(App) -> Playing + Send + Sync>);

type Playing = Pin<Box<dyn Future<Output = Result<(), AppError>> + Send>>;

impl DemoReset {
    /// A way to play the demo again.
    pub fn new<F>(play: impl Fn(App) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<(), AppError>> + Send + 'static,
    {
        Self(Arc::new(move |app| Box::pin(play(app))))
    }
}

impl std::fmt::Debug for DemoReset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DemoReset")
    }
}

#[derive(Template)]
#[template(path = "administration/reset.html")]
pub(super) struct ResetPage {
    frame: Frame,
}

/// Deletes all that happened in a demo: children before parents. Users, the organization, its own unit and the logs stay,
/// and the log says that it was emptied.
pub async fn empty_demo(app: &App, organization: i64) -> Result<(), AppError> {
    const ALL: [&str; 45] = [
        "delete from delivery_report_resource where organization = $1",
        "delete from delivery_report where organization = $1",
        "delete from changed_day where organization = $1",
        "delete from outgoing where organization = $1",
        "delete from attachment where organization = $1",
        "delete from announced_attachment where organization = $1",
        "delete from incoming_letter where organization = $1",
        "delete from message where organization = $1",
        "delete from task where organization = $1",
        "delete from handover where organization = $1",
        "delete from talk_draft where organization = $1",
        "delete from consent where organization = $1",
        "delete from stop_standing where organization = $1",
        "delete from tablet where organization = $1",
        "delete from response where organization = $1",
        "delete from notice where organization = $1",
        "delete from stop_exported where organization = $1",
        "delete from stop_export where organization = $1",
        "delete from appointment where organization = $1",
        "delete from bridge where organization = $1",
        "delete from supplier_enrolment where organization = $1",
        "delete from coordination where organization = $1",
        "delete from supplier_agreement where organization = $1",
        "delete from activity_link where organization = $1",
        "delete from calendar_feed where organization = $1",
        "delete from activity_gap where organization = $1",
        "delete from activity where organization = $1",
        "delete from encounter where organization = $1",
        "delete from condition where organization = $1",
        "delete from planned_intervention where organization = $1",
        "delete from care_plan where organization = $1",
        "delete from service_request where organization = $1",
        "delete from course where organization = $1",
        "delete from citizen where organization = $1",
        "delete from kept_answer where organization = $1",
        "delete from figure_elsewhere where organization = $1",
        "delete from population_table where organization = $1",
        "delete from population_draft where organization = $1",
        "delete from pack_file where organization = $1",
        "delete from offer where organization = $1",
        "delete from team where organization = $1",
        "delete from open_event where organization = $1",
        "delete from letter_text where organization = $1",
        "delete from idempotency where organization = $1",
        "delete from job where organization = $1",
    ];
    // The municipality's own unit was made with the municipality; colleagues' hours are set again when they are engaged.
    const PARTNERS: &str = "delete from partner where organization = $1 and id <> $2";
    const VERSIONS: &str = "delete from record_version where organization = $1 and id <> $2
        and (citizen <> $3 or kind <> 'practitioner_role') returning citizen";
    let unit = app.organization(organization).await?.default_performer.map_or(Uuid::nil(), |unit| unit.0);
    if !app.demo {
        return Err(AppError::NotFound("demo"));
    }
    let scope = Scope::system(organization, app.now(), "demo.empty");
    app.store
        .write(scope, move |tx| {
            for sql in ALL {
                tx.execute(sql, &[])?;
            }
            tx.forget();
            quality::forget_all(tx)?;
            tx.execute(PARTNERS, &[unit.into()])?;
            let mut gone: BTreeMap<Uuid, u64> = BTreeMap::new();
            for citizen in tx.query(VERSIONS, &[unit.into(), Uuid::nil().into()], |r| r.take())? {
                *gone.entry(citizen).or_default() += 1;
            }
            // As retention notes it, so that whoever verifies the log knows where the versions are.
            for (citizen, versions) in gone {
                tx.note(&format!("retention {citizen} {versions} 0"));
            }
            tx.note("demo/emptied");
            Ok::<_, AppError>(())
        })
        .await
}

fn way(app: &App) -> Result<DemoReset, AppError> {
    app.demo_reset.clone().filter(|_| app.demo).ok_or(AppError::NotFound("demo"))
}

pub(super) async fn ask(State(app): State<App>, visit: Visit) -> Result<Page<ResetPage>, AppError> {
    way(&app)?;
    Ok(Page(ResetPage { frame: visit.frame(Nav::Administration, Counts::default()).await? }))
}

pub(super) async fn reset(State(app): State<App>, caller: Caller, visit: Visit) -> Result<Response, AppError> {
    let DemoReset(play) = way(&app)?;
    let scope = caller.scope("demo.reset", app.now());
    app.store
        .write(scope, |tx| {
            tx.note("demo/reset");
            Ok::<_, AppError>(())
        })
        .await?;
    play(app.clone()).await?;
    app.forget_organization(caller.organization);
    Ok(visit.done("/administration", "Demoen er nulstillet.").await?.into_response())
}
