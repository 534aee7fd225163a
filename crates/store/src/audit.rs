//! Verifying the chains: every entry, and every stored version against the hash the audit holds of it.

use jiff::Timestamp;
use uuid::Uuid;

use crate::chain::{AccessEntry, AuditEntry, Log};
use crate::transaction::sha256_hex;
use crate::{Scope, Seen, Store, StoreError, Tx};

/// What was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainReport {
    /// Whose.
    pub organization: i64,
    /// Entries in the chain of changes.
    pub changes: i64,
    /// Entries in the chain of reads.
    pub reads: i64,
    /// Record versions whose content was compared with the audit.
    pub versions: i64,
}

/// Entries read at a time.
const PAGE: usize = 1000;
const LIMIT: i64 = 1000;

/// Recomputes both chains of an organization from the first entry.
///
/// Fails with [`StoreError::ChainBroken`] at the first entry that was changed, taken out or put in, and at the first
/// version whose content is not what the audit says.
pub async fn verify_chains(store: &Store, organization: i64, at: Timestamp) -> Result<ChainReport, StoreError> {
    let mut report = ChainReport { organization, changes: 0, reads: 0, versions: 0 };
    let mut hash = vec![0; 32];
    loop {
        let (from, before) = (report.changes, hash);
        let scope = Scope::system(organization, at, "audit.verify");
        let page =
            store.view(scope, move |tx| Ok::<_, StoreError>(Seen::nothing(audit_page(tx, from, before)?))).await?;
        (report.changes, hash) = (page.0, page.1);
        report.versions += page.2;
        if page.3 {
            break;
        }
    }
    check_head(store, organization, at, Log::Audit, report.changes, hash).await?;
    let mut hash = vec![0; 32];
    loop {
        let (from, before) = (report.reads, hash);
        let scope = Scope::system(organization, at, "audit.verify");
        let page =
            store.view(scope, move |tx| Ok::<_, StoreError>(Seen::nothing(access_page(tx, from, before)?))).await?;
        (report.reads, hash) = (page.0, page.1);
        if page.2 {
            break;
        }
    }
    check_head(store, organization, at, Log::Access, report.reads, hash).await?;
    Ok(report)
}

/// The head must be the last entry: nothing was cut off the end.
async fn check_head(
    store: &Store,
    organization: i64,
    at: Timestamp,
    log: Log,
    seq: i64,
    hash: Vec<u8>,
) -> Result<(), StoreError> {
    const SQL: &str = "select seq, hash from chain where organization = $1 and log = $2";
    let scope = Scope::system(organization, at, "audit.verify");
    let head = store
        .view(scope, move |tx| {
            let head = tx.first(SQL, &[log.name().into()], |r| Ok((r.take::<i64>()?, r.take::<Vec<u8>>()?)))?;
            Ok::<_, StoreError>(Seen::nothing(head))
        })
        .await?;
    match head {
        Some((last, end)) if last == seq && end == hash => Ok(()),
        Some(_) => Err(StoreError::ChainBroken { log: log.name(), organization, seq: seq + 1 }),
        None => Err(StoreError::NoOrganization),
    }
}

/// Verifies a page of changes: last number, last hash, versions compared, whether it was the last page.
fn audit_page(tx: &mut Tx<'_>, from: i64, mut previous: Vec<u8>) -> Result<(i64, Vec<u8>, i64, bool), StoreError> {
    const SQL: &str = "select seq, at, actor, action, reason, records, hash from audit
        where organization = $1 and seq > $2 order by seq limit $3";
    let organization = tx.scope().organization;
    let rows = tx.query(SQL, &[from.into(), LIMIT.into()], |r| {
        Ok((
            r.take::<i64>()?,
            r.take::<Timestamp>()?,
            r.take::<Uuid>()?,
            r.take::<String>()?,
            r.take::<Option<String>>()?,
            r.take::<String>()?,
            r.take::<Vec<u8>>()?,
        ))
    })?;
    let (mut seq, mut versions, last) = (from, 0, rows.len() < PAGE);
    for (number, at, actor, action, reason, records, hash) in rows {
        let entry = AuditEntry { at, actor, action: &action, reason: reason.as_deref(), records: &records };
        if number != seq + 1 || entry.hash(&previous, organization, number) != hash {
            return Err(StoreError::ChainBroken { log: "audit", organization, seq: number });
        }
        for line in records.lines() {
            versions += i64::from(check_version(tx, line, number)?);
        }
        (seq, previous) = (number, hash);
    }
    Ok((seq, previous, versions, last))
}

/// Whether a citizen's record was deleted by the retention setting, or with a demo that started anew, which is noted
/// later in the same chain.
fn deleted_by_retention(tx: &mut Tx<'_>, citizen: Uuid) -> Result<bool, StoreError> {
    const SQL: &str = "select count(*) from audit where organization = $1
            and action in ('retention.delete', 'demo.empty') and records like $2";
    let noted = format!("%retention {citizen} %");
    Ok(tx.first(SQL, &[(&noted).into()], |r| r.take::<i64>())?.unwrap_or(0) > 0)
}

/// Compares one stored version with the hash noted of it; lines that note something else are passed over.
fn check_version(tx: &mut Tx<'_>, line: &str, seq: i64) -> Result<bool, StoreError> {
    const SQL: &str = "select content from record_version
        where organization = $1 and citizen = $2 and kind = $3 and id = $4 and version = $5";
    let parts: Vec<&str> = line.split('/').collect();
    let [citizen, kind, id, version, hash] = parts[..] else { return Ok(false) };
    let (Ok(citizen), Ok(id), Ok(version)) = (citizen.parse::<Uuid>(), id.parse::<Uuid>(), version.parse::<i64>())
    else {
        return Ok(false);
    };
    let stored = tx.first(SQL, &[citizen.into(), kind.into(), id.into(), version.into()], |r| r.take::<String>())?;
    match stored {
        Some(content) if sha256_hex(content.as_bytes()) == hash => Ok(true),
        None if deleted_by_retention(tx, citizen)? => Ok(false),
        _ => Err(StoreError::ChainBroken { log: "audit", organization: tx.scope().organization, seq }),
    }
}

/// Verifies a page of reads: last number, last hash, whether it was the last page.
fn access_page(tx: &mut Tx<'_>, from: i64, mut previous: Vec<u8>) -> Result<(i64, Vec<u8>, bool), StoreError> {
    const SQL: &str = "select seq, at, actor, what, purpose, citizen, shown, hash from access_log
        where organization = $1 and seq > $2 order by seq limit $3";
    let organization = tx.scope().organization;
    let rows = tx.query(SQL, &[from.into(), LIMIT.into()], |r| {
        Ok((
            r.take::<i64>()?,
            r.take::<Timestamp>()?,
            r.take::<Uuid>()?,
            r.take::<String>()?,
            r.take::<String>()?,
            r.take::<Option<Uuid>>()?,
            r.take::<Option<Vec<u8>>>()?,
            r.take::<Vec<u8>>()?,
        ))
    })?;
    let (mut seq, last) = (from, rows.len() < PAGE);
    for (number, at, actor, what, purpose, citizen, shown, hash) in rows {
        let entry = AccessEntry { at, actor, what: &what, purpose: &purpose, citizen, shown: shown.as_deref() };
        if number != seq + 1 || entry.hash(&previous, organization, number) != hash {
            return Err(StoreError::ChainBroken { log: "access", organization, seq: number });
        }
        (seq, previous) = (number, hash);
    }
    Ok((seq, previous, last))
}
