//! The program: settings, start-up and the commands of `forebyg`. What it does for citizens and staff is in `app`.

mod cli;
mod commands;
mod context;
mod demo;
mod logging;
mod outgoing;
mod output;
mod person_register;
mod report_gateway;
mod settings;
mod text_messages;

use std::process::ExitCode;

use app::AppError;
use clap::Parser;

/// Takes in a backlog 5 to 20 % faster than the system allocator did; it serves SQLite too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    match commands::run(cli) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("forebyg: {error:#}");
            if let Some(error @ (AppError::Field { .. } | AppError::Rule { .. })) = error.downcast_ref::<AppError>() {
                eprintln!("{}", error.user_message());
            }
            ExitCode::FAILURE
        }
    }
}
