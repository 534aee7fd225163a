//! What SQLite's writer moves or reads again and again, kept in memory: the last links of chains and the next numbers of
//! counters until the group commits, and what the program put together of a subject's rows until another process changes
//! something. SQLite has one writer, so nobody else moves them meanwhile; the database holds them again with the commit.

use std::any::Any;

use hashbrown::HashMap;
use uuid::Uuid;

use crate::StoreError;
use crate::chain::{self, Log};
use crate::connection::Connection;

/// Most subjects of which something is kept, some ten kilobytes each; who passes over everybody keeps no more than these.
const KEPT_MAX: usize = 1_000;

/// Of the group that runs now, and what outlives it; empty on PostgreSQL.
#[derive(Default)]
pub(crate) struct Group {
    /// Number and hash of the last entry of each chain.
    pub(crate) heads: HashMap<(i64, Log), (i64, Vec<u8>)>,
    /// The next number of each counter.
    pub(crate) counters: HashMap<(i64, &'static str), i64>,
    /// What was put together of the rows of a subject of an organization, as they stand now.
    kept: HashMap<(i64, Uuid), Box<dyn Any + Send>>,
    /// Of whom the transaction that runs now has asked or kept something.
    touched: Vec<(i64, Uuid)>,
    /// SQLite's mark of what other connections have committed, when that was read.
    marked: i64,
}

impl Group {
    /// What is kept holds for as long as no other connection commits anything.
    pub(crate) fn hold_while(&mut self, mark: i64) {
        if self.marked != mark {
            self.forget();
            self.marked = mark;
        }
    }

    /// Keeps what was put together of a subject's rows.
    pub(crate) fn keep(&mut self, of: (i64, Uuid), what: Box<dyn Any + Send>) {
        if self.kept.len() >= KEPT_MAX {
            self.kept.clear();
        }
        self.touched.push(of);
        self.kept.insert(of, what);
    }

    /// What is kept of a subject, to be read or changed with the rows.
    pub(crate) fn kept(&mut self, of: (i64, Uuid)) -> Option<&mut (dyn Any + Send)> {
        let kept = self.kept.get_mut(&of)?;
        self.touched.push(of);
        Some(&mut **kept)
    }

    /// A transaction begins.
    pub(crate) fn begin(&mut self) {
        self.touched.clear();
    }

    /// It is undone, and with it what it may have changed of what is kept.
    pub(crate) fn undo(&mut self) {
        for of in self.touched.drain(..) {
            self.kept.remove(&of);
        }
    }

    /// Forgets what is kept of every subject.
    pub(crate) fn forget(&mut self) {
        self.kept.clear();
        self.touched.clear();
    }
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
    let heads = std::mem::take(&mut connection.group.heads);
    let counters = std::mem::take(&mut connection.group.counters);
    for ((organization, log), (seq, hash)) in heads {
        chain::advance(connection, organization, log, seq, &hash)?;
    }
    for ((organization, name), next) in counters {
        connection.execute(SQL, &[organization.into(), name.into(), next.into()])?;
    }
    Ok(())
}
