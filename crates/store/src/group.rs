//! What a group of SQLite transactions moves again and again, kept in memory until the group commits: the last links of
//! chains and the next numbers of counters. SQLite has one writer, so nobody else reads or moves them meanwhile; the
//! database holds them again with the commit.

use std::collections::HashMap;

use crate::StoreError;
use crate::chain::{self, Log};
use crate::connection::Connection;

/// Moved by the group that runs now; empty between groups and on PostgreSQL.
#[derive(Default)]
pub(crate) struct Group {
    /// Number and hash of the last entry of each chain.
    pub(crate) heads: HashMap<(i64, Log), (i64, Vec<u8>)>,
    /// The next number of each counter.
    pub(crate) counters: HashMap<(i64, &'static str), i64>,
}

/// The next number of a counter. One that a transaction took and did not keep is left out, never given again.
pub(crate) fn next_number(
    connection: &mut Connection,
    organization: i64,
    name: &'static str,
) -> Result<i64, StoreError> {
    const SQL: &str = "select next from counter where organization = $1 and name = $2";
    let number = match connection.group.counters.get(&(organization, name)) {
        Some(next) => *next,
        None => {
            let known = connection.query(SQL, &[organization.into(), name.into()], |r| r.take())?;
            known.into_iter().next().unwrap_or(1)
        }
    };
    connection.group.counters.insert((organization, name), number + 1);
    Ok(number)
}

/// Writes what the group has moved, just before it commits.
pub(crate) fn write(connection: &mut Connection) -> Result<(), StoreError> {
    const SQL: &str = "insert into counter (organization, name, next) values ($1, $2, $3)
        on conflict (organization, name) do update set next = excluded.next";
    let Group { heads, counters } = std::mem::take(&mut connection.group);
    for ((organization, log), (seq, hash)) in heads {
        chain::advance(connection, organization, log, seq, &hash)?;
    }
    for ((organization, name), next) in counters {
        connection.execute(SQL, &[organization.into(), name.into(), next.into()])?;
    }
    Ok(())
}
