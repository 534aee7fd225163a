//! What a command has at hand: the settings, and the application opened on them.

use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use app::mailbox::Folders;
use app::{App, Caller, SystemClock};
use domain::ids::UserId;
use domain::organization::ManagingOrganization;
use domain::permission::Role;
use store::{Location, Store};
use uuid::Uuid;

use crate::cli::Global;
use crate::output::Output;
use crate::person_register::FileRegister;
use crate::report_gateway;
use crate::settings::Settings;
use crate::text_messages;

/// The settings, and how results are printed.
#[derive(Debug)]
pub struct Context {
    /// The settings, from file, environment and command line.
    pub settings: Settings,
    /// Where results go.
    pub output: Output,
}

impl Context {
    /// Reads the settings.
    pub fn new(global: &Global) -> anyhow::Result<Self> {
        Ok(Self { settings: Settings::load(global)?, output: Output { json: global.json } })
    }

    /// Where the database is.
    pub fn location(&self) -> Location {
        match self.settings.database_url.as_str() {
            "" => Location::Sqlite(self.sqlite_file()),
            address => Location::Postgres(address.to_owned()),
        }
    }

    /// The database file, when it is SQLite.
    pub fn sqlite_file(&self) -> PathBuf {
        self.settings.data.join("forebyg.sqlite3")
    }

    /// Opens the store; the data folder is made when it is missing, the schema brought up to date.
    pub fn store(&self) -> anyhow::Result<Store> {
        self.make_data_folder()?;
        Store::open(&self.location()).context("the database cannot be opened")
    }

    /// Makes the data folder when it is missing, closed to other users of the machine.
    pub fn make_data_folder(&self) -> anyhow::Result<()> {
        let data = &self.settings.data;
        let made = std::fs::DirBuilder::new().recursive(true).mode(0o750).create(data);
        made.with_context(|| format!("the data folder {} cannot be made", data.display()))
    }

    /// Opens the application.
    pub fn app(&self) -> anyhow::Result<App> {
        let mut app = App::new(self.store()?, Arc::new(SystemClock));
        app.message_limits = self.settings.messages.limits();
        app.text_sender = text_messages::sender(&self.settings.sms)?;
        app.report_gateway = report_gateway::gateway(&self.settings.report)?;
        if let Some(file) = self.settings.person_register() {
            app.register = Some(Arc::new(FileRegister::open(file)?));
        }
        Ok(app)
    }

    /// The message folders, made when they are missing.
    pub fn folders(&self) -> anyhow::Result<Folders> {
        let settle = Duration::from_secs(self.settings.mailbox.settle_seconds);
        Folders::open(&self.settings.data, settle).context("the message folders cannot be made")
    }
}

/// All organizations; none at all is a message that says what to do.
pub async fn organizations(app: &App) -> anyhow::Result<Vec<ManagingOrganization>> {
    let all = app::organizations::list(app).await?;
    if all.is_empty() {
        bail!("no organization is set up; add one with: forebyg organization add --code … --name … --gln …");
    }
    Ok(all)
}

/// The organization with a municipality code, or all when none is named.
pub async fn organizations_named(app: &App, code: Option<&str>) -> anyhow::Result<Vec<ManagingOrganization>> {
    let mut all = organizations(app).await?;
    if let Some(code) = code {
        all.retain(|o| o.code.as_str() == code);
        if all.is_empty() {
            bail!("no organization has the code {code}");
        }
    }
    Ok(all)
}

/// The one organization meant: by its code, or the only one there is.
pub async fn organization(app: &App, code: Option<&str>) -> anyhow::Result<ManagingOrganization> {
    let mut all = organizations_named(app, code).await?;
    match all.len() {
        1 => Ok(all.remove(0)),
        several => bail!("there are {several} organizations; say which with --organization CODE"),
    }
}

/// The program itself as the caller of a command, for one organization.
pub fn operator(organization: i64) -> Caller {
    Caller {
        organization,
        user: UserId(Uuid::nil()),
        name: "Driften".to_owned(),
        initials: "D".to_owned(),
        title: String::new(),
        role: Role::System,
        builds_on: None,
    }
}
