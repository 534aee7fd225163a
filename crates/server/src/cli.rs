//! The command line: what can be asked for, and in which words. Wrong usage ends with exit code 2.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use domain::permission::Role;

use crate::commands::indicators::IndicatorArgs;
use crate::commands::{
    audit::AuditCommand, backup::BackupArgs, bench::BenchCommand, doctor::DoctorArgs, extract::ExtractArgs,
    organization::OrganizationCommand, receive::ReceiveArgs, report::ReportCommand, restore::RestoreArgs,
    serve::ServeArgs, simulate::SimulateArgs, table::TableArgs, token::TokenCommand, user::UserCommand,
};

/// Municipal prevention (sundhedsloven § 119): from referral to follow-up.
#[derive(Debug, Parser)]
#[command(name = "forebyg", version, arg_required_else_help = true)]
pub struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command. Each one given here wins over the environment, which wins over the file.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// Folder of the database file and the message folders [default: ./data]
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// PostgreSQL address; without it the database is a SQLite file in the data folder
    #[arg(long, global = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// Settings file (TOML)
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// File with names and addresses by CPR number
    #[arg(long, global = true, value_name = "FILE")]
    pub person_register: Option<PathBuf>,
    /// One JSON object a line on standard output
    #[arg(long, global = true)]
    pub json: bool,
}

/// The commands, one file each in `commands/`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start the program: pages, API and mailbox
    Serve(ServeArgs),
    /// Bring the database's schema up to date
    Migrate,
    /// Check database, folders, messages and set-up
    Doctor(DoctorArgs),
    /// The organizations that keep records here
    #[command(subcommand)]
    Organization(OrganizationCommand),
    /// The people who log in
    #[command(subcommand)]
    User(UserCommand),
    /// Keys of other systems
    #[command(subcommand)]
    Token(TokenCommand),
    /// Take in message files; they stay where they are
    Receive(ReceiveArgs),
    /// Hand queued messages to the mailbox folder
    Send,
    /// Delivery reports to KL Gateway (§ 119)
    #[command(subcommand)]
    Report(ReportCommand),
    /// Where each requirement of the quality standard stands
    Quality(TableArgs),
    /// Every indicator with its newest figure
    Indicators(IndicatorArgs),
    /// Take a pseudonymized extract out for research
    Extract(ExtractArgs),
    /// Fill an organization without data with a simulated municipality
    Simulate(SimulateArgs),
    /// The tamper-evident log
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Copy the whole database into a file while it is used
    Backup(BackupArgs),
    /// Put a backup back into an empty place
    Restore(RestoreArgs),
    /// Measure readers and validators on a file, and make such files
    #[command(subcommand)]
    Bench(BenchCommand),
}

/// A role by its word; an unknown one is told which there are.
pub fn role(text: &str) -> Result<Role, String> {
    Role::parse(text).map_err(|_| {
        let all: Vec<&str> = Role::ALL.iter().map(|role| role.word()).collect();
        format!("the roles are {}", all.join(", "))
    })
}
