//! One file per command: its arguments and what it does.

pub mod audit;
pub mod backup;
pub mod bench;
pub mod doctor;
pub mod extract;
pub mod indicators;
pub mod migrate;
pub mod organization;
pub mod quality;
pub mod receive;
pub mod report;
pub mod restore;
pub mod send;
pub mod serve;
pub mod simulate;
pub mod table;
pub mod token;
pub mod user;

use std::process::ExitCode;

use crate::cli::{Cli, Command};
use crate::context::Context;

/// Runs the command asked for. An error is a message for the operator and exit code 1.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let context = Context::new(&cli.global)?;
    crate::logging::start(&context.settings.log)?;
    // Reads of SQLite run on these threads; two more than cores, so that a long one keeps nobody waiting.
    let threads = std::thread::available_parallelism().map_or(2, usize::from) + 2;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build()?;
    runtime.block_on(dispatch(&context, cli.command))
}

async fn dispatch(context: &Context, command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(args) => serve::run(context, args).await,
        Command::Migrate => migrate::run(context),
        Command::Doctor(args) => doctor::run(context, &args).await,
        Command::Organization(command) => organization::run(context, command).await,
        Command::User(command) => user::run(context, command).await,
        Command::Token(command) => token::run(context, command).await,
        Command::Receive(args) => receive::run(context, args).await,
        Command::Send => send::run(context).await,
        Command::Report(command) => report::run(context, command).await,
        Command::Quality(args) => quality::run(context, &args).await,
        Command::Indicators(args) => indicators::run(context, &args).await,
        Command::Extract(args) => extract::run(context, args).await,
        Command::Simulate(args) => simulate::run(context, args).await,
        Command::Audit(command) => audit::run(context, &command).await,
        Command::Backup(args) => backup::run(context, args).await,
        Command::Restore(args) => restore::run(context, &args),
        Command::Bench(command) => bench::run(&command),
    }
}

/// Exit code 0, or 1 when something was refused.
pub fn exit(done: bool) -> ExitCode {
    if done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
