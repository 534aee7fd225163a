//! The program as an operator uses it: a data folder of its own, and commands run in it.
#![allow(dead_code, reason = "each test file uses its part")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use store::Location;
use testkit::database::Database;

/// A place to run commands in.
pub struct Place {
    database: Database,
    /// The data folder.
    pub data: PathBuf,
    variables: Vec<(String, String)>,
}

impl Place {
    /// A new place on SQLite.
    pub fn on_sqlite() -> Self {
        Self::of(Database::sqlite())
    }

    /// A new place on PostgreSQL, when there is a server for tests.
    pub fn on_postgres() -> Option<Self> {
        Database::postgres().map(Self::of)
    }

    fn of(database: Database) -> Self {
        let data = database.folder().join("data");
        let variables = match &database.location {
            Location::Sqlite(_) => Vec::new(),
            Location::Postgres(address) => vec![("FOREBYG_DATABASE_URL".to_owned(), address.clone())],
        };
        Self { database, data, variables }
    }

    /// The same place with a setting from the environment.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With the municipality that the test messages are for.
    pub fn with_testby(self) -> Self {
        let add = ["organization", "add", "--code", "999", "--name", "Testby Kommune", "--gln", "5790009999003"];
        assert!(self.run(&add).status.success());
        self
    }

    /// A command in this place.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_forebyg"));
        command.env_remove("DATABASE_URL").args(arguments).arg("--data").arg(&self.data);
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).stdin(Stdio::null()).output().unwrap()
    }

    /// Runs a command with something on standard input.
    pub fn run_with(&self, arguments: &[&str], input: &[u8]) -> Output {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        child.wait_with_output().unwrap()
    }

    /// Starts a command and leaves it running, silent.
    pub fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// The place's database, to be looked at from outside while nothing runs.
    pub fn location(&self) -> Location {
        match &self.database.location {
            Location::Sqlite(_) => Location::Sqlite(self.data.join("forebyg.sqlite3")),
            Location::Postgres(address) => Location::Postgres(address.clone()),
        }
    }
}

/// The JSON lines a command printed.
pub fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What a command said on standard error.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Where a test message lies.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/medcom")).join(format!("{name}.xml"))
}

/// Takes test messages in by the command; a line for each.
pub fn receive(place: &Place, names: &[&str]) -> Vec<Value> {
    let files: Vec<_> = names.iter().map(|name| fixture(name).display().to_string()).collect();
    let mut arguments = vec!["receive", "--json"];
    arguments.extend(files.iter().map(String::as_str));
    let output = place.run(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    lines(&output)
}
