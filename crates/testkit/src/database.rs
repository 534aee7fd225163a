//! A fresh database for each test: a SQLite file, or a PostgreSQL database of its own.

use store::{Location, Store};
use uuid::Uuid;

/// A database that disappears with the value.
pub struct Database {
    /// Where it is.
    pub location: Location,
    folder: tempfile::TempDir,
    server: Option<(String, String)>,
}

impl Database {
    /// A new SQLite file.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { location: Location::Sqlite(folder.path().join("forebyg.sqlite3")), folder, server: None }
    }

    /// A new database on the server of `TEST_POSTGRES_URL`; none, said aloud, when it is not set.
    pub fn postgres() -> Option<Self> {
        let Ok(server) = std::env::var("TEST_POSTGRES_URL") else {
            eprintln!("PostgreSQL half left out: TEST_POSTGRES_URL is not set (make test sets it)");
            return None;
        };
        let name = format!("test_{}", Uuid::from_u128(rand_bits()).simple());
        run(&server, &format!("create database {name}"));
        let (head, _) = server.rsplit_once('/').unwrap();
        let location = Location::Postgres(format!("{head}/{name}"));
        Some(Self { location, folder: tempfile::tempdir().unwrap(), server: Some((server, name)) })
    }

    /// Opens the store.
    pub fn open(&self) -> Store {
        Store::open(&self.location).unwrap()
    }

    /// A folder that lives as long as the database.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Runs raw SQL past the store, as an intruder with the database's own tools would.
    pub fn tamper(&self, sql: &str) {
        match &self.location {
            Location::Sqlite(path) => rusqlite_batch(path, sql),
            Location::Postgres(address) => run(address, sql),
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some((server, name)) = self.server.take() {
            drop_database(&server, &name);
        }
    }
}

/// Two instants' worth of entropy from the system's own hasher seed: enough to name a test database.
fn rand_bits() -> u128 {
    use std::hash::{BuildHasher, Hasher, RandomState};
    let half = || u128::from(RandomState::new().build_hasher().finish());
    half() << 64 | half()
}

/// The server may just be tidying in it by itself, which nobody but its owner can end: then it is tried again.
fn drop_database(server: &str, name: &str) {
    let (server, sql) = (server.to_owned(), format!("drop database if exists {name} with (force)"));
    let dropped = std::thread::spawn(move || {
        let mut client = postgres::Client::connect(&server, postgres::NoTls).unwrap();
        (0..100).any(|_| {
            client.batch_execute(&sql).is_ok() || {
                std::thread::sleep(std::time::Duration::from_millis(100));
                false
            }
        })
    });
    assert!(dropped.join().unwrap_or(false), "the test database {name} could not be dropped");
}

/// On a thread of its own: the driver must not wait on a thread that runs an asynchronous runtime.
fn run(address: &str, sql: &str) {
    let (address, sql) = (address.to_owned(), sql.to_owned());
    std::thread::spawn(move || {
        postgres::Client::connect(&address, postgres::NoTls).unwrap().batch_execute(&sql).unwrap();
    })
    .join()
    .unwrap();
}

fn rusqlite_batch(path: &std::path::Path, sql: &str) {
    rusqlite::Connection::open(path).unwrap().execute_batch(sql).unwrap();
}

/// How many rows of each table with an `organization` column a session of one organization sees, without a `where`.
pub fn rows_seen_by(address: &str, organization: i64) -> Vec<(String, i64)> {
    const TABLES: &str = "select table_name::text from information_schema.columns
        where column_name = 'organization' and table_schema = 'public'
        and table_name not in ('organization_gln', 'user_account', 'api_token', 'intake') order by 1";
    let address = address.to_owned();
    std::thread::spawn(move || {
        let mut client = postgres::Client::connect(&address, postgres::NoTls).unwrap();
        client.batch_execute(&format!("select set_config('forebyg.organization', '{organization}', false)")).unwrap();
        let tables: Vec<String> = client.query(TABLES, &[]).unwrap().iter().map(|row| row.get(0)).collect();
        let count = |table: String| {
            let rows = client.query_one(&format!("select count(*) from {table}"), &[]).unwrap().get(0);
            (table, rows)
        };
        tables.into_iter().map(count).collect()
    })
    .join()
    .unwrap()
}

/// What a role that owns nothing reads, as a BI tool would log in: one number, or the code of the error. `organization` is what
/// its session says.
pub fn read_by_reader(address: &str, organization: i64, sql: &str) -> Result<i64, String> {
    let (address, sql) = (address.replacen("://forebyg:", "://forebyg_reader:", 1), sql.to_owned());
    std::thread::spawn(move || {
        let mut client = postgres::Client::connect(&address, postgres::NoTls).unwrap();
        client.batch_execute(&format!("select set_config('forebyg.organization', '{organization}', false)")).unwrap();
        let code = |error: postgres::Error| error.code().map(|code| code.code().to_owned()).unwrap_or_default();
        client.query_one(&sql, &[]).map(|row| row.get(0)).map_err(code)
    })
    .join()
    .unwrap()
}

/// Makes two tests of one: the same steps on SQLite and on PostgreSQL.
#[macro_export]
macro_rules! on_both_engines {
    ($(#[$meta:meta])* async fn $name:ident($database:ident: &Database) $body:block) => {
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, reason = "what the steps use of their module")]
            use super::*;

            async fn steps($database: &$crate::database::Database) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                steps(&$crate::database::Database::sqlite()).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                if let Some(database) = $crate::database::Database::postgres() {
                    steps(&database).await;
                }
            }
        }
    };
}
