//! Work that comes again.

use std::time::Duration;

use crate::{App, AppError};

/// Does a round every so often until the program ends. A failure is logged with what it means, and tried again.
pub(crate) async fn rounds<F>(app: App, every: Duration, failed: &'static str, round: impl Fn(App) -> F)
where
    F: Future<Output = Result<(), AppError>>,
{
    loop {
        if let Err(error) = round(app.clone()).await {
            tracing::error!(%error, "{failed}; it is tried again");
        }
        tokio::time::sleep(every).await;
    }
}
