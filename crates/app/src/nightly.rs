//! What happens by itself: letters and offers that ran out, the day's reports, keys and records that are no longer kept.
//!
//! Each round is safe to repeat and to miss: everything follows from the record and the clock, so a program that was down
//! for a week does in its first round what was due.

use std::time::Duration;

use domain::ids::UserId;
use domain::permission::Role;
use uuid::Uuid;

use crate::rounds::rounds;
use crate::{
    App, AppError, Caller, catalogue, courses, notices, organizations, packs, questions, referrals, reporting,
    retention, safety, teams, web,
};

/// Time between two rounds.
const EVERY: Duration = Duration::from_hours(1);

/// Runs a round each hour until the program ends. A failure is logged and tried again in the next one.
pub async fn run(app: App) {
    rounds(app, EVERY, "the hourly round failed", |app| async move { round(&app).await }).await;
}

/// One round for every organization.
pub async fn round(app: &App) -> Result<(), AppError> {
    for organization in organizations::at_work(app).await? {
        let who = program(organization.key);
        referrals::close_expired(app, &who).await?;
        safety::round(app, &who).await?;
        catalogue::expire_due(app, &who).await?;
        teams::offers_go_on(app, &who).await?;
        notices::remind(app, &who).await?;
        courses::write_due(app, &who).await?;
        packs::round(app, &who).await?;
        web::forget_old_keys(app, organization.key).await?;
        questions::answer_due(app, &who).await?;
        retention::apply(app, organization.key, false).await?;
        // Without its SOR code a municipality cannot report; `doctor` and the page say so.
        if organization.sor.is_some() {
            let built = reporting::build_due(app, &who, reporting::Again::WhenMended).await?;
            if !built.failures.is_empty() {
                tracing::warn!(organization = organization.key, failures = built.failures.len(), "reports not built");
            }
        }
    }
    Ok(())
}

/// The program itself, for one organization.
pub(crate) fn program(organization: i64) -> Caller {
    Caller {
        organization,
        user: UserId(Uuid::nil()),
        name: "Forebyg".into(),
        initials: "FB".into(),
        title: String::new(),
        role: Role::System,
        builds_on: None,
    }
}
