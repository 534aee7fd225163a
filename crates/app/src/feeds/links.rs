//! The secret address of a feed: 32 random bytes that are shown once and kept as their SHA-256. A new one stops the one
//! before it; a stopped one opens nothing, ever.

use domain::ids::{TeamId, UserId};
use domain::permission::{Permission, Role};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use store::{Scope, StoreError, Tx, Unscoped};
use uuid::Uuid;

use crate::access::random_word;
use crate::{App, AppError, Caller, teams};

/// Whose times a feed gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A member of staff: appointments and sessions.
    User(UserId),
    /// A team: its sessions.
    Team(TeamId),
}

impl Subject {
    const fn kind(self) -> &'static str {
        match self {
            Self::User(_) => "user",
            Self::Team(_) => "team",
        }
    }

    const fn id(self) -> Uuid {
        match self {
            Self::User(id) => id.0,
            Self::Team(id) => id.0,
        }
    }
}

/// Gives a feed an address, as a path; this is the only time it can be read. One that was there stops.
pub async fn renew(app: &App, who: &Caller, subject: Subject) -> Result<String, AppError> {
    let token = random_word();
    let hash = Sha256::digest(token.as_bytes()).to_vec();
    let (now, by) = (app.now(), who.user);
    app.store
        .write(who.scope("calendar_feed.renew", now), move |tx| {
            const NEW: &str = "insert into calendar_feed (organization, hash, kind, subject, made_at, made_by)
                values ($1, $2, $3, $4, $5, $6)";
            if let Subject::Team(team) = subject {
                teams::team(tx, team)?;
            }
            end(tx, subject)?;
            let (kind, id) = (subject.kind(), subject.id());
            tx.execute(NEW, &[(&*hash).into(), kind.into(), id.into(), now.into(), by.0.into()])?;
            tx.note(&format!("calendar_feed/{kind}/{id}"));
            Ok::<_, AppError>(())
        })
        .await?;
    Ok(format!("/ical/{token}"))
}

/// Stops a feed's address. Nothing happens when it has none.
pub async fn stop(app: &App, who: &Caller, subject: Subject) -> Result<(), AppError> {
    app.store
        .write(who.scope("calendar_feed.stop", app.now()), move |tx| {
            if let Subject::Team(team) = subject {
                teams::team(tx, team)?;
            }
            end(tx, subject)?;
            tx.note(&format!("calendar_feed/{}/{}/stopped", subject.kind(), subject.id()));
            Ok(())
        })
        .await
}

fn end(tx: &mut Tx<'_>, subject: Subject) -> Result<u64, StoreError> {
    const OLD: &str = "delete from calendar_feed where organization = $1 and kind = $2 and subject = $3";
    tx.execute(OLD, &[subject.kind().into(), subject.id().into()])
}

/// Since when a feed has its address; none when it has none.
pub(super) fn made_at(tx: &mut Tx<'_>, subject: Subject) -> Result<Option<Timestamp>, StoreError> {
    const SQL: &str = "select made_at from calendar_feed where organization = $1 and kind = $2 and subject = $3";
    tx.first(SQL, &[subject.kind().into(), subject.id().into()], |row| row.take())
}

/// What an address is known by while the program runs.
pub(super) fn key(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Longest address that is looked for.
const LONGEST: usize = 100;

/// What an address opens; none when it opens nothing, any more or ever. A colleague's feed lasts as long as their access.
pub(super) async fn open(app: &App, token: &str) -> Result<Option<(Scope, Subject)>, AppError> {
    if token.len() > LONGEST {
        return Ok(None);
    }
    let hash = Sha256::digest(token.as_bytes()).to_vec();
    let found = app.store.look_up(move |u| Ok::<_, AppError>(linked(u, &hash)?)).await?;
    let scope = |organization| Scope::system(organization, app.now(), "calendar_feed.read");
    Ok(found.map(|(organization, subject)| (scope(organization), subject)))
}

fn linked(u: &mut Unscoped<'_>, hash: &[u8]) -> Result<Option<(i64, Subject)>, StoreError> {
    const SQL: &str = "select f.organization, f.kind, f.subject, u.role from calendar_feed f
        left join user_account u on u.organization = f.organization and u.id = f.subject and u.active
        where f.hash = $1";
    let rows = u.query(SQL, &[hash.into()], |row| {
        let (organization, kind) = (row.take()?, row.take::<String>()?);
        let (id, role) = (row.take::<Uuid>()?, row.take::<Option<String>>()?);
        let reads = role.and_then(|role| Role::parse(&role).ok()).is_some_and(|role| role.may(Permission::CitizenRead));
        Ok(match kind.as_str() {
            "team" => Some((organization, Subject::Team(TeamId(id)))),
            _ => reads.then_some((organization, Subject::User(UserId(id)))),
        })
    })?;
    Ok(rows.into_iter().flatten().next())
}
