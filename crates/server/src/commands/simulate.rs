//! `forebyg simulate --organization O --years N --seed S` fills an empty organization with a simulated municipality;
//! `--country` sets up all 98 municipalities and fills each.
//!
//! The days lie behind: the last simulated one is yesterday. Everything is done by the commands that staff use.

use std::process::ExitCode;

use anyhow::{Context as _, anyhow, bail};
use app::App;
use app::organizations::{self, NewOrganization};
use app::simulation::{Simulated, SimulationError, data_of, simulate};
use clap::Args;
use domain::codes::municipality_name;
use domain::identifiers::MunicipalityCode;
use domain::organization::{ManagingOrganization, Settings};
use domain::workdays::local_date;
use jiff::ToSpan;
use serde_json::json;
use simulation::{Calibration, Municipality, Setup, SizeBasis, country};

use crate::context::{self, Context};
use crate::output::progress;

/// What to simulate.
#[derive(Debug, Args)]
pub struct SimulateArgs {
    /// Code of the organization to fill; it must have no data
    #[arg(long, value_parser = MunicipalityCode::parse, required_unless_present = "country")]
    organization: Option<MunicipalityCode>,
    /// All 98 municipalities; those that are not set up are added, and none of them may have data
    #[arg(long, conflicts_with_all = ["organization", "inhabitants"])]
    country: bool,
    /// How many years back
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=20), required_unless_present = "days")]
    years: Option<u32>,
    /// How many days back instead
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=7300), conflicts_with = "years")]
    days: Option<u32>,
    /// The same seed gives the same municipalities
    #[arg(long)]
    seed: u64,
    /// How many live there [default: by the table of municipalities, else the average of those]
    #[arg(long, value_parser = clap::value_parser!(u32).range(500..=2_000_000))]
    inhabitants: Option<u32>,
    /// So many times fewer live everywhere, 500 at least: a whole country takes hours
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=10_000), default_value_t = 1)]
    divide: u32,
}

/// The smallest municipality that is simulated.
const INHABITANTS_LEAST: u32 = 500;

/// Simulates; what a command refused ends it with exit code 1, and what was done before it stays.
pub async fn run(context: &Context, args: SimulateArgs) -> anyhow::Result<ExitCode> {
    let app = context.app()?;
    let places = places(&app, &args).await?;
    let days = args.days.unwrap_or_else(|| args.years.unwrap_or(1) * 365);
    let first_day = local_date(app.now()).saturating_sub(i64::from(days).days());
    let bar = progress(places.len() as u64 * u64::from(days), "days");
    for (number, (home, municipality)) in (0_u64..).zip(places) {
        let supposed = if municipality.basis == SizeBasis::Average { " (an average, not a count)" } else { "" };
        let (inhabitants, basis) = (municipality.inhabitants, municipality.basis);
        let seed = municipality.seed(args.seed);
        let setup = Setup::of(municipality, seed, first_day, days, Calibration::stated());
        let before = number * u64::from(days);
        let made = simulate(&app, home.key, setup, |day| bar.set_position(before + u64::from(day))).await;
        let Simulated { events, requests, courses, ended } = made.map_err(|why| refusal(&home, why))?;
        bar.set_position(before + u64::from(days));
        let line = json!({
            "organization": home.code, "inhabitants": inhabitants, "inhabitants_counted": basis == SizeBasis::Counted,
            "seed": args.seed, "from": first_day, "days": days, "events": events, "requests": requests,
            "courses": courses, "ended": ended,
        });
        bar.suspend(|| {
            context.output.line(&line, |_| {
                format!(
                    "{}: {inhabitants} inhabitants{supposed}, {days} days from {first_day}: {requests} requests, \
                     {courses} courses of which {ended} are over; {events} events.",
                    home.name
                )
            })
        })?;
    }
    bar.finish_and_clear();
    Ok(ExitCode::SUCCESS)
}

pub fn refusal(home: &ManagingOrganization, why: SimulationError) -> anyhow::Error {
    match why {
        SimulationError::NotBegun(why) | SimulationError::NotKept(why) => anyhow!("{}", why.user_message()),
        SimulationError::Refused(refused) => {
            let said = format!("{}: {}", home.name, refused.why.user_message());
            anyhow::Error::new(*refused).context(said)
        }
    }
}

/// Each organization with the municipality that it becomes.
async fn places(app: &App, args: &SimulateArgs) -> anyhow::Result<Vec<(ManagingOrganization, Municipality)>> {
    if args.country {
        return whole_country(app, args.divide).await;
    }
    let Some(code) = &args.organization else { bail!("say which with --organization CODE, or --country") };
    let all = context::organizations(app).await?;
    let Some(home) = all.into_iter().find(|one| one.code == *code) else {
        bail!("no organization has the code {}; see: forebyg organization list", code.as_str());
    };
    let known = Municipality::of(code).context("the table of municipalities cannot be read")?;
    let municipality = match args.inhabitants {
        Some(inhabitants) => Municipality { inhabitants, basis: SizeBasis::Given, ..known },
        None => smaller(known, args.divide),
    };
    Ok(vec![(home, municipality)])
}

fn smaller(municipality: Municipality, divide: u32) -> Municipality {
    if divide == 1 {
        return municipality;
    }
    let inhabitants = (municipality.inhabitants / divide.max(1)).max(INHABITANTS_LEAST);
    Municipality { inhabitants, basis: SizeBasis::Given, ..municipality }
}

/// All municipalities. Nothing is set up when one of them has data.
async fn whole_country(app: &App, divide: u32) -> anyhow::Result<Vec<(ManagingOrganization, Municipality)>> {
    let municipalities = country().context("the table of municipalities cannot be read")?;
    let known = organizations::list(app).await?;
    let of = |code: &MunicipalityCode| known.iter().find(|one| one.code == *code);
    let mut with_data = Vec::new();
    for home in municipalities.iter().filter_map(|one| of(&one.code)) {
        with_data.extend(data_of(app, home.key).await?);
    }
    if !with_data.is_empty() {
        bail!("Der er data i forvejen, og intet er simuleret:\n{}", with_data.join("\n"));
    }
    let mut places = Vec::new();
    for municipality in municipalities {
        let home = match of(&municipality.code) {
            Some(home) => home.clone(),
            None => {
                let name = municipality_name(&municipality.code).context("no municipality has the code")?;
                organizations::add(app, simulated(&municipality.code, &format!("{name} Kommune"), DEPARTMENT)?).await?
            }
        };
        places.push((home, smaller(municipality, divide)));
    }
    Ok(places)
}

/// What is simulated is called like what a real one has.
const DEPARTMENT: &str = "Forebyggelse og Sundhed";

/// A municipality as it is set up to be simulated.
pub fn simulated(code: &MunicipalityCode, name: &str, department: &str) -> anyhow::Result<NewOrganization> {
    Ok(NewOrganization {
        code: code.clone(),
        department: department.to_owned(),
        name: name.to_owned(),
        sor: None,
        performer_sor: None,
        glns: vec![simulation::location_number(code).context("a check digit fits twelve digits")?],
        phone: None,
        settings: Settings::default(),
    })
}
