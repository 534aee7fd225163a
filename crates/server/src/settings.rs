//! Settings: defaults, then the file of `--config`, then the environment, then the command line.
//!
//! Each setting `section.key` is `FOREBYG_SECTION_KEY` in the environment; what it means and its default stand in
//! `docs/operations/settings.md`, which a test holds against this module.

pub mod log;
pub mod mailbox;
pub mod messages;
pub mod report;
pub mod server;
pub mod sms;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use crate::cli::Global;

/// Every setting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Folder of the database file and the message folders.
    pub data: PathBuf,
    /// PostgreSQL address; empty for SQLite.
    pub database_url: String,
    /// File with names and addresses by CPR number; empty for none.
    pub person_register: PathBuf,
    /// Pages and API.
    pub server: server::Server,
    /// The message folders.
    pub mailbox: mailbox::Mailbox,
    /// What a single message may cost.
    pub messages: messages::Messages,
    /// Checking of delivery reports.
    pub report: report::Report,
    /// Text messages to citizens.
    pub sms: sms::Sms,
    /// The log.
    pub log: log::Log,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            data: PathBuf::from("data"),
            database_url: String::new(),
            person_register: PathBuf::new(),
            server: server::Server::default(),
            mailbox: mailbox::Mailbox::default(),
            messages: messages::Messages::default(),
            report: report::Report::default(),
            sms: sms::Sms::default(),
            log: log::Log::default(),
        }
    }
}

impl Settings {
    /// Reads the settings for a command.
    pub fn load(global: &Global) -> anyhow::Result<Self> {
        let environment: Vec<(String, String)> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        let named = environment.iter().find(|(name, _)| name == "FOREBYG_CONFIG").map(|(_, file)| PathBuf::from(file));
        let file = global.config.clone().or(named);
        let table = file.as_deref().map_or_else(|| Ok(Table::new()), read_file)?;
        let settings = Self::combine(table, &environment)?;
        Ok(settings.with_arguments(global))
    }

    /// The file's values with those of the environment put over them.
    fn combine(mut table: Table, environment: &[(String, String)]) -> anyhow::Result<Self> {
        let known = Table::try_from(Self::default())?;
        // Hosting platforms set this name; ours wins over it.
        if let Some((_, address)) = environment.iter().find(|(name, _)| name == "DATABASE_URL") {
            table.insert("database_url".into(), Value::String(address.clone()));
        }
        for (name, text) in environment {
            let Some(key) = name.strip_prefix("FOREBYG_") else { continue };
            if key != "CONFIG" {
                put(&mut table, &known, key, text).with_context(|| format!("environment variable {name}"))?;
            }
        }
        Value::Table(table).try_into().context("the settings cannot be used")
    }

    fn with_arguments(self, global: &Global) -> Self {
        Self {
            data: global.data.clone().unwrap_or(self.data),
            database_url: global.database_url.clone().unwrap_or(self.database_url),
            person_register: global.person_register.clone().unwrap_or(self.person_register),
            ..self
        }
    }

    /// The register's file, when there is one.
    pub fn person_register(&self) -> Option<&Path> {
        Some(self.person_register.as_path()).filter(|file| !file.as_os_str().is_empty())
    }
}

fn read_file(file: &Path) -> anyhow::Result<Table> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("the settings file {} cannot be read", file.display()))?;
    text.parse::<Table>().with_context(|| format!("the settings file {} is not TOML", file.display()))
}

/// Puts an environment value where it belongs, as the type that the default has. A name we do not know is an error: a
/// misspelt setting would otherwise be silently without effect.
fn put(table: &mut Table, known: &Table, key: &str, text: &str) -> anyhow::Result<()> {
    let key = key.to_lowercase();
    if let Some(default) = known.get(&key).filter(|v| !v.is_table()) {
        table.insert(key, parse(default, text)?);
        return Ok(());
    }
    let Some((section, key)) = key.split_once('_') else { bail!("there is no such setting") };
    let Some(default) = known.get(section).and_then(Value::as_table).and_then(|s| s.get(key)) else {
        bail!("there is no such setting")
    };
    let inner = table.entry(section).or_insert_with(|| Value::Table(Table::new()));
    let Some(inner) = inner.as_table_mut() else { bail!("{section} is a section, not a value") };
    inner.insert(key.to_owned(), parse(default, text)?);
    Ok(())
}

fn parse(default: &Value, text: &str) -> anyhow::Result<Value> {
    Ok(match default {
        Value::Integer(_) => Value::Integer(text.parse().context("a whole number is expected")?),
        Value::Boolean(_) => Value::Boolean(text.parse().context("true or false is expected")?),
        _ => Value::String(text.to_owned()),
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn combine(file: &str, pairs: &[(&str, &str)]) -> anyhow::Result<Settings> {
        Settings::combine(file.parse().unwrap(), &environment(pairs))
    }

    #[test]
    fn nothing_said_gives_the_defaults() {
        assert_eq!(combine("", &[]).unwrap(), Settings::default());
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let file = "data = 'a'\n[mailbox]\nsettle_seconds = 9\ninterval_ms = 5\n";
        let settings = combine(file, &[("FOREBYG_MAILBOX_SETTLE_SECONDS", "0"), ("FOREBYG_DATA", "b")]).unwrap();
        assert_eq!((settings.mailbox.settle_seconds, settings.mailbox.interval_ms), (0, 5));
        assert_eq!(settings.data, PathBuf::from("b"));
    }

    #[test]
    fn a_setting_that_does_not_exist_is_refused_wherever_it_stands() {
        assert!(combine("[mailbox]\nsettle = 3\n", &[]).is_err());
        assert!(combine("", &[("FOREBYG_MAILBOX_SETTLE", "3")]).is_err());
        assert!(combine("", &[("FOREBYG_NONSENSE", "3")]).is_err());
    }

    #[test]
    fn a_value_of_the_wrong_type_is_refused() {
        assert!(combine("", &[("FOREBYG_SERVER_PORT", "many")]).is_err());
        assert!(combine("", &[("FOREBYG_SERVER_PORT", "70000")]).is_err());
    }

    #[test]
    fn our_own_name_for_the_database_wins_over_the_hosting_platforms() {
        let both = [("FOREBYG_DATABASE_URL", "postgresql://a/b"), ("DATABASE_URL", "postgresql://c/d")];
        assert_eq!(combine("", &both).unwrap().database_url, "postgresql://a/b");
        assert_eq!(combine("", &both[1..]).unwrap().database_url, "postgresql://c/d");
    }

    #[test]
    fn the_page_for_operators_names_every_setting_with_its_default() {
        let page = include_str!("../../../docs/operations/settings.md");
        let known = Table::try_from(Settings::default()).unwrap();
        let mut rows = Vec::new();
        for (name, value) in &known {
            match value {
                Value::Table(section) => {
                    rows.extend(section.iter().map(|(key, value)| (format!("{name}.{key}"), value)));
                }
                value => rows.push((name.clone(), value)),
            }
        }
        for (name, value) in rows {
            let variable = format!("FOREBYG_{}", name.to_uppercase().replace('.', "_"));
            let row = format!("| `{name}` | `{variable}` | `{value}` |").replace("`\"\"`", "none").replace('"', "");
            assert!(page.contains(&row), "docs/operations/settings.md lacks the row {row}");
        }
    }
}
