//! `forebyg simulate --organization O --years N --seed S`: fills an empty organization with a simulated municipality.
//!
//! The years lie behind: the last simulated day is yesterday. Everything is done by the commands that staff use.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use app::simulation::{Simulated, SimulationError, simulate};
use clap::Args;
use domain::identifiers::MunicipalityCode;
use domain::workdays::local_date;
use jiff::ToSpan;
use serde_json::json;
use simulation::{Calibration, Municipality, Setup, SizeBasis};

use crate::context::{self, Context};
use crate::output::progress;

/// What to simulate.
#[derive(Debug, Args)]
pub struct SimulateArgs {
    /// Code of the organization to fill; it must have no data
    #[arg(long, value_parser = MunicipalityCode::parse)]
    organization: MunicipalityCode,
    /// How many years back
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=20))]
    years: u32,
    /// The same seed gives the same municipality
    #[arg(long)]
    seed: u64,
    /// How many live there [default: by the table of municipalities, else the average of those]
    #[arg(long, value_parser = clap::value_parser!(u32).range(500..=2_000_000))]
    inhabitants: Option<u32>,
}

/// Simulates; what a command refused ends it with exit code 1, and what was done before it stays.
pub async fn run(context: &Context, args: SimulateArgs) -> anyhow::Result<ExitCode> {
    let app = context.app()?;
    let all = context::organizations(&app).await?;
    let Some(home) = all.into_iter().find(|one| one.code == args.organization) else {
        bail!("no organization has the code {}; see: forebyg organization list", args.organization.as_str());
    };
    let municipality = municipality(&args)?;
    let (inhabitants, counted) = (municipality.inhabitants, municipality.basis == SizeBasis::Counted);
    let days = args.years * 365;
    let first_day = local_date(app.now()).saturating_sub(i64::from(days).days());
    let seed = municipality.seed(args.seed);
    let setup = Setup::of(municipality, seed, first_day, days, Calibration::stated());
    let bar = progress(u64::from(days), "days");
    let made = simulate(&app, home.key, setup, |day| bar.set_position(u64::from(day))).await;
    bar.finish_and_clear();
    let Simulated { events, requests, courses, ended } = match made {
        Ok(made) => made,
        Err(SimulationError::NotBegun(why)) => bail!("{}", why.user_message()),
        Err(SimulationError::Refused(refused)) => {
            let why = refused.why.user_message();
            return Err(anyhow::Error::new(*refused)).with_context(|| why);
        }
    };
    let line = json!({
        "organization": home.code, "inhabitants": inhabitants, "inhabitants_counted": counted, "seed": args.seed,
        "from": first_day, "days": days, "events": events, "requests": requests, "courses": courses, "ended": ended,
    });
    context.output.line(&line, |_| {
        let supposed = if counted || args.inhabitants.is_some() { "" } else { " (an average, not a count)" };
        format!(
            "{}: {inhabitants} inhabitants{supposed}, {days} days from {first_day}: {requests} requests, {courses} \
             courses of which {ended} are over; {events} events.",
            home.name
        )
    })?;
    Ok(ExitCode::SUCCESS)
}

fn municipality(args: &SimulateArgs) -> anyhow::Result<Municipality> {
    let known = Municipality::of(&args.organization).context("the table of municipalities cannot be read")?;
    Ok(match args.inhabitants {
        Some(inhabitants) => Municipality { inhabitants, basis: SizeBasis::Given, ..known },
        None => known,
    })
}
