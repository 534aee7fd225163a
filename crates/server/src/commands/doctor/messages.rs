//! What lies in the mailbox and waits for somebody.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use app::{App, AppError};
use store::{Scope, Seen};

use super::Finding;
use crate::context::Context;

/// A file that has waited so long was not seen by a running server.
const WAITING: Duration = Duration::from_mins(10);

/// Counts over all organizations, and files that nobody takes.
pub async fn findings(context: &Context, app: &App) -> Vec<Finding> {
    const OUTGOING: &str = "select delivery, count(*) from outgoing where organization = $1 group by delivery";
    const INCOMING: &str = "select outcome, count(*) from message where organization = $1 group by outcome";
    const REPORTS: &str = "select state, count(*) from delivery_report r where organization = $1 and state in ('queued',
        'sent', 'unknown', 'rejected') and not exists (select 1 from delivery_report n where n.organization = r.organization
        and n.citizen = r.citizen and n.day = r.day and n.attempt > r.attempt) group by state";
    let counts = async {
        let outgoing = count(app, OUTGOING).await?;
        let incoming = count(app, INCOMING).await?;
        let reports = count(app, REPORTS).await?;
        Ok::<_, AppError>((outgoing, incoming, reports))
    };
    let (outgoing, incoming, reports) = match counts.await {
        Ok(counts) => counts,
        Err(error) => return vec![Finding::fail("messages", error.to_string())],
    };
    let of = |counts: &[(String, i64)], word: &str| -> i64 {
        counts.iter().filter(|(found, _)| found == word).map(|(_, count)| count).sum()
    };
    let (unanswered, refused) = (of(&outgoing, "unanswered"), of(&outgoing, "refused"));
    let (quarantined, queued) = (of(&incoming, "quarantined"), of(&outgoing, "queued"));
    let (rejected, waiting) =
        (of(&reports, "rejected"), reports.iter().map(|(_, count)| count).sum::<i64>() - of(&reports, "rejected"));
    let old = old_files(&context.settings.data.join("mailbox/in"));
    vec![
        Finding::ok("queued", format!("{queued} messages wait to be handed over")),
        Finding::warn_if(
            "unanswered",
            unanswered > 0,
            format!("{unanswered} sent messages have had no receipt in time"),
        ),
        Finding::warn_if("refused", refused > 0, format!("{refused} sent messages were refused by the receiver")),
        match app.report_gateway {
            Some(_) => Finding::ok("reports", format!("{waiting} reports wait to be sent")),
            None => Finding::warn_if(
                "reports",
                waiting > 0,
                format!("{waiting} reports wait, and no gateway is set (report.gateway)"),
            ),
        },
        Finding::warn_if(
            "reports refused",
            rejected > 0,
            format!("{rejected} reports were refused and wait to be mended"),
        ),
        Finding::warn_if("quarantined", quarantined > 0, format!("{quarantined} received files could not be read")),
        Finding::warn_if(
            "mailbox/in",
            old > 0,
            format!("{old} files have waited for more than ten minutes; is the server running?"),
        ),
    ]
}

async fn count(app: &App, sql: &'static str) -> Result<Vec<(String, i64)>, AppError> {
    let mut counts = Vec::new();
    for organization in app::organizations::list(app).await? {
        let scope = Scope::system(organization.key, app.now(), "doctor");
        let read = move |tx: &mut store::Tx<'_>| {
            Ok::<_, AppError>(Seen::nothing(tx.query(sql, &[], |r| Ok((r.take()?, r.take()?)))?))
        };
        counts.extend(app.store.view(scope, read).await?);
    }
    Ok(counts)
}

fn old_files(folder: &Path) -> usize {
    #[expect(clippy::disallowed_methods, reason = "compared with the file system's own clock")]
    let now = SystemTime::now();
    let age = |entry: &fs::DirEntry| {
        entry.metadata().and_then(|m| m.modified()).ok().and_then(|at| now.duration_since(at).ok())
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter(|entry| age(entry).is_some_and(|age| age > WAITING)).count()
}
