//! A password from whoever runs the command: typed twice unseen on a terminal, else one line of standard input. Never
//! an argument, which other users of the machine could read.

use std::io::{self, IsTerminal};

use anyhow::{Context as _, bail};
use console::Term;

/// Asks for a password. Whether it is long enough is decided where it is stored.
pub fn ask() -> anyhow::Result<String> {
    if io::stdin().is_terminal() { typed() } else { piped() }
}

fn typed() -> anyhow::Result<String> {
    let terminal = Term::stderr();
    let read = |question: &str| -> anyhow::Result<String> {
        terminal.write_str(question)?;
        Ok(terminal.read_secure_line()?)
    };
    let first = read("Password: ")?;
    if read("Once more: ")? != first {
        bail!("the two passwords are not the same");
    }
    Ok(first)
}

fn piped() -> anyhow::Result<String> {
    let mut line = String::new();
    io::stdin().read_line(&mut line).context("the password cannot be read from standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
