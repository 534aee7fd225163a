//! The store: one place that knows the two databases, transactions, logs, migrations, backup.
//!
//! Work is handed over as closures. On SQLite one thread writes: it gathers the transactions that wait, runs each in
//! a savepoint, commits them together (one disk sync for all) and only then answers each; between its calls a run in bulk
//! writes for itself. Reads run on connections of their own. On PostgreSQL each transaction has a connection of a small
//! pool, and the server groups the commits.
//!
//! Nothing reads citizen data without a trace: [`Store::view`] is the only way to read outside a change, and it writes
//! the access log before it hands over what was read.

mod audit;
mod backup;
mod canonical;
mod chain;
mod checkpointer;
mod connection;
mod dialect;
mod error;
mod group;
mod migrations;
mod open;
mod pool;
mod quiet;
mod reporting;
mod row;
mod scope;
mod sqlite_writer;
mod statistics;
mod transaction;
mod value;

pub use audit::{ChainReport, verify_chains};
pub use dialect::Engine;
pub use error::StoreError;
pub use open::{Location, Store};
pub use row::{Column, Row};
pub use scope::{Access, Expected, Scope, Seen};
pub use transaction::{NewVersion, Tx, Unscoped, Versioned, sha256_hex};
pub use value::{Value, round};
