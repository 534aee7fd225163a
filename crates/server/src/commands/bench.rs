//! `forebyg bench`: readers and validators measured on a file, one message or report a line, and such a file made.

mod rounds;

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Subcommand;

use rounds::Measure;

/// What to measure or make.
#[derive(Debug, Subcommand)]
pub enum BenchCommand {
    /// Read MedCom messages into checked letters
    Parse {
        /// One message a line
        file: PathBuf,
        /// How often the whole file is gone through
        #[arg(long, default_value_t = 5)]
        rounds: u32,
    },
    /// Hold delivery reports against FHIR R4 and the prevention guide
    Validate {
        /// One report a line
        file: PathBuf,
        /// How often the whole file is gone through
        #[arg(long, default_value_t = 5)]
        rounds: u32,
    },
    /// Write valid referral letters (XREF15) of invented senders about official test persons, one a line
    GenerateReferrals {
        /// How many
        count: u64,
        /// File to write
        out: PathBuf,
        /// Number of the first; the same number gives the same letter
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
}

/// Measures or makes.
pub fn run(command: &BenchCommand) -> anyhow::Result<ExitCode> {
    match command {
        BenchCommand::Parse { file, rounds } => {
            let limits = medcom::Limits::default();
            let accept = |message: &[u8]| match medcom::read(message, &limits) {
                Ok(medcom::Incoming::Emessage(message)) => message.letters.iter().all(Result::is_ok),
                Ok(medcom::Incoming::VansEnvelope(_)) => true,
                Err(_) => false,
            };
            measure("forebyg parse", "messages/s", file, *rounds, accept)
        }
        BenchCommand::Validate { file, rounds } => {
            measure("forebyg validate", "bundles/s", file, *rounds, |report| fhir_gateway::check(report).accepted())
        }
        BenchCommand::GenerateReferrals { count, out, seed } => generate(*count, out, *seed),
    }
}

fn measure(
    name: &'static str,
    unit: &'static str,
    file: &Path,
    rounds: u32,
    accept: impl Fn(&[u8]) -> bool,
) -> anyhow::Result<ExitCode> {
    let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    for _ in 0..rounds {
        let round = Measure::of(name, unit, &lines, &accept);
        println!("{}", serde_json::to_string(&round)?);
    }
    Ok(ExitCode::SUCCESS)
}

fn generate(count: u64, out: &Path, seed: u64) -> anyhow::Result<ExitCode> {
    let file = std::fs::File::create(out).with_context(|| format!("{} cannot be written", out.display()))?;
    let mut file = BufWriter::new(file);
    for seed in seed..seed + count {
        let mut letter = medcom::sample::sample_letter(seed);
        // Line breaks between elements only: a blank is the same to a reader.
        letter.iter_mut().filter(|byte| matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
        letter.push(b'\n');
        file.write_all(&letter)?;
    }
    file.flush()?;
    Ok(ExitCode::SUCCESS)
}
