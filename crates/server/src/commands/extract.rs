//! `forebyg extract`: a research extract into a folder that is not there yet. The folder appears whole with all its files, or
//! not at all.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use analysis::extract::{LEAST_K, MOST_K, Plan};
use analysis::{CATALOGUE, Grain};
use anyhow::{Context as _, bail, ensure};
use app::extracts::{self, ExtractInput, Outcome, Prepared};
use clap::{Args, ValueEnum};
use domain::identifiers::MunicipalityCode;
use jiff::civil::Date;
use serde_json::json;

use crate::context::{self, Context};

/// What to take out.
#[derive(Debug, Args)]
pub struct ExtractArgs {
    /// Code of the organization
    #[arg(long, value_parser = MunicipalityCode::parse)]
    organization: MunicipalityCode,
    /// What it is for, and for whom; written down
    #[arg(long, value_name = "TEXT")]
    purpose: String,
    /// Legal basis: the approval, agreement or decision and its number; written down
    #[arg(long, value_name = "TEXT")]
    basis: String,
    /// A view of the reporting schema; may be given several times [default: all]
    #[arg(long, value_name = "VIEW")]
    view: Vec<String>,
    /// First day
    #[arg(long, value_name = "DATE")]
    from: Date,
    /// Last day
    #[arg(long, value_name = "DATE")]
    to: Date,
    /// What days are made
    #[arg(long, value_enum, default_value = "quarter")]
    days: Days,
    /// How many citizens must share each combination of what can be recognised
    #[arg(long, default_value_t = LEAST_K, value_parser = clap::value_parser!(u32).range(i64::from(LEAST_K)..=i64::from(MOST_K)))]
    k: u32,
    /// A column that is left out; may be given several times
    #[arg(long, value_name = "COLUMN")]
    leave_out: Vec<String>,
    /// Leave rows out that too few share, instead of refusing
    #[arg(long)]
    leave_out_rare: bool,
    /// Kinds of file
    #[arg(long, value_enum, default_value = "both")]
    format: Format,
    /// Folder to make; it must not be there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// What days are made.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Days {
    /// 2026-11.
    Month,
    /// 2026-K4.
    Quarter,
    /// 2026.
    Year,
}

/// Kinds of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Separated by semicolons.
    Csv,
    /// Columns with types.
    Parquet,
    /// Both.
    Both,
}

/// Takes an extract out; combinations that too few share are told, with exit code 1 and nothing written.
pub async fn run(context: &Context, args: ExtractArgs) -> anyhow::Result<ExitCode> {
    ensure!(!args.out.exists(), "{} is there already: an extract goes into a folder of its own", args.out.display());
    let app = context.app()?;
    let home = context::organization(&app, Some(args.organization.as_str())).await?;
    let every = || CATALOGUE.views.iter().map(|view| view.name.clone()).collect();
    let views: Vec<String> = if args.view.is_empty() { every() } else { args.view };
    let days = match args.days {
        Days::Month => Grain::Month,
        Days::Quarter => Grain::Quarter,
        Days::Year => Grain::Year,
    };
    let input = ExtractInput {
        plan: Plan::new(&views, &args.leave_out, days, args.k, args.leave_out_rare)?,
        from: args.from,
        to: args.to,
        purpose: args.purpose,
        basis: args.basis,
        csv: args.format != Format::Parquet,
        parquet: args.format != Format::Csv,
    };
    let who = context::operator(home.key);
    let ready = match extracts::prepare(&app, &who, input).await? {
        Outcome::Ready(ready) => ready,
        Outcome::Rare(rare) => {
            for one in &rare {
                let line = json!({ "view": one.view, "too_few": one.text() });
                context.output.line(&line, |_| format!("too few share in {}: {}", one.view, one.text()))?;
            }
            bail!("too few citizens share {} combinations: nothing was written", rare.len());
        }
    };
    let half = beside(&args.out)?;
    let written = write(&half, &ready);
    // It is written down before the folder gets its name: an extract that nobody knows of never leaves.
    let done = match written {
        Ok(()) => extracts::log(&app, &who, &ready.record).await.map_err(anyhow::Error::from),
        Err(error) => Err(error),
    };
    let done = done.and_then(|_| fs::rename(&half, &args.out).context("the folder cannot be given its name"));
    if let Err(error) = done {
        let _ = fs::remove_dir_all(&half);
        return Err(error);
    }
    let record = &ready.record;
    let line =
        json!({ "id": record.id, "rows": record.rows, "left_out_rows": record.left_out_rows, "files": record.files });
    context.output.line(&line, |_| {
        let rows: u64 = record.rows.values().sum();
        format!("{rows} rows in {} files, {} rows left out", record.files.len(), record.left_out_rows)
    })?;
    Ok(ExitCode::SUCCESS)
}

/// A folder beside the one asked for, which nobody has.
fn beside(out: &Path) -> anyhow::Result<PathBuf> {
    let name = out.file_name().context("the folder needs a name")?.to_string_lossy().into_owned();
    let half = out.with_file_name(format!(".{name}.{}.part", std::process::id()));
    fs::create_dir(&half).with_context(|| format!("{} cannot be made", half.display()))?;
    Ok(half)
}

fn write(folder: &Path, ready: &Prepared) -> anyhow::Result<()> {
    for file in &ready.files {
        let path = folder.join(&file.name);
        let mut made = File::create_new(&path).with_context(|| format!("{} cannot be made", path.display()))?;
        made.write_all(&file.body).and_then(|()| made.sync_all()).with_context(|| format!("{}", path.display()))?;
    }
    Ok(())
}
