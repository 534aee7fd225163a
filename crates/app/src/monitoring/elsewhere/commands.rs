//! Taking in figures of others: whole, or not at all.

use domain::permission::Permission;
use domain::workdays::local_date;

use super::{file, queries};
use crate::population::ImportError;
use crate::{App, AppError, Caller};

/// Takes in a file of figures; gives how many.
///
/// # Errors
/// The caller may not; the file is none; lines do not fit, and then nothing is kept.
pub(in crate::monitoring) async fn import(app: &App, who: &Caller, bytes: Vec<u8>) -> Result<usize, ImportError> {
    who.require(Permission::QualityWrite)?;
    let now = app.now();
    let today = local_date(now);
    let hash = store::sha256_hex(&bytes);
    let read = tokio::task::spawn_blocking(move || file::read(&bytes, today));
    let figures = read.await.map_err(|_| AppError::from(store::StoreError::Panicked))??;
    let kept = app
        .store
        .write(who.scope("figures.import", now), move |tx| {
            for figure in &figures {
                queries::put(tx, figure)?;
            }
            tx.note(&format!("figure_elsewhere {} {hash}", figures.len()));
            Ok::<_, AppError>(figures.len())
        })
        .await?;
    Ok(kept)
}

/// Takes away what a source gave.
///
/// # Errors
/// The caller may not; there is no such source.
pub(super) async fn strike(app: &App, who: &Caller, source: String) -> Result<(), AppError> {
    who.require(Permission::QualityWrite)?;
    app.store
        .write(who.scope("figures.strike", app.now()), move |tx| {
            let gone = queries::strike(tx, &source)?;
            if gone == 0 {
                return Err(AppError::NotFound("source"));
            }
            tx.note(&format!("figure_elsewhere struck {gone} {}", store::sha256_hex(source.as_bytes())));
            Ok(())
        })
        .await
}
