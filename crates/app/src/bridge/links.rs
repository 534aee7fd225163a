//! An association's personal link: 32 random bytes that are shown once and kept as their SHA-256. It opens one entry and
//! nothing else, runs out, and saves a limited number of times.

use domain::activity::Activity;
use domain::ids::ActivityId;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use store::{Scope, Seen, StoreError, Tx, Versioned};

use super::queries;
use crate::access::random_word;
use crate::{App, AppError};

/// A link works for sixty days: a reminder lies in a mailbox over a holiday.
pub(super) const LIFE: SignedDuration = SignedDuration::from_hours(24 * 60);
/// So many times one link may save.
pub(super) const MOST_SAVES: i64 = 20;

/// What a link leads to.
pub(super) struct Linked {
    pub(super) organization: i64,
    pub(super) hash: Vec<u8>,
    pub(super) activity: Versioned<Activity>,
}

/// Makes a link; this is the only time it can be read.
pub(super) fn make(tx: &mut Tx<'_>, id: ActivityId, now: Timestamp) -> Result<String, StoreError> {
    let token = random_word();
    let expires_at = now.saturating_add(LIFE).unwrap_or(Timestamp::MAX);
    queries::add_link(tx, Sha256::digest(token.as_bytes()).as_slice(), id, now, expires_at)?;
    Ok(format!("/forening/{token}"))
}

/// What a token opens; none when it opens nothing, any more or ever. A closed entry is open to nobody.
pub(super) async fn open(app: &App, token: &str) -> Result<Option<Linked>, AppError> {
    if token.len() > 100 {
        return Ok(None);
    }
    let (hash, now) = (Sha256::digest(token.as_bytes()).to_vec(), app.now());
    let key = hash.clone();
    let found = app.store.look_up(move |u| Ok::<_, AppError>(queries::linked(u, &key, now)?)).await?;
    let Some((organization, id)) = found else { return Ok(None) };
    let scope = Scope::system(organization, now, "activity.by_link");
    let read = move |tx: &mut Tx<'_>| Ok::<_, AppError>(Seen::nothing(queries::activity(tx, ActivityId(id))?));
    let activity = app.store.view(scope, read).await?;
    Ok(Some(Linked { organization, hash, activity }).filter(|linked| !linked.activity.value.closed))
}
