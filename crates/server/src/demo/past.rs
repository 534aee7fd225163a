//! The demo's second municipality: Modelby Kommune, whose last year and a half is simulated, so that charts, equity and the
//! agreements with general practice have something to show. It is made behind a program that answers already.
//!
//! Its log is in the order of time from its first entry on, whatever happens: while its past is made nothing else happens in
//! it ([`App::hold_back`]), and a past that was broken off goes on after its newest entry. Its users come last: a
//! municipality without them is one that is not made.

use anyhow::Context as _;
use app::access::{self, User};
use app::administration;
use app::cooperation::{self, EstimateInput};
use app::organizations;
use app::population::{self, PopulationInput, PopulationSubject};
use app::simulation::{Simulated, log_reaches, simulate};
use app::{App, Caller, HeldBack};
use domain::cooperation::{EstimateArea, Expected};
use domain::identifiers::MunicipalityCode;
use domain::organization::ManagingOrganization;
use domain::permission::Role;
use domain::workdays::local_date;
use jiff::ToSpan;
use jiff::civil::Date;
use simulation::{Calibration, District, Municipality, Setup, SizeBasis};

use super::stage::{caller, standing_at};
use crate::commands::simulate::{refusal, simulated};

/// Days that are simulated when nothing is said: a year and a half, so that each month has the same one of the year before
/// or six months' follow-up behind it.
pub const DAYS: u32 = 548;

/// A code that no municipality has.
const CODE: &str = "998";
const NAME: &str = "Modelby Kommune";
const DEPARTMENT: &str = "Forebyggelse med simuleret fortid";
/// As many as the table of residents is made for: four adults of five.
const INHABITANTS: u32 = 30_000;
const SEED: u64 = 20_260_998;

/// Invented figures: the adults by district, age and sex.
const RESIDENTS: &str = include_str!("modelby.csv");

/// Invented, with postal codes below every real one. Fewer come from the last than its residents would give: somebody is
/// missing there.
const DISTRICTS: [District; 3] = [
    District { post_code: "0101", name: "Modelby", share: 0.53 },
    District { post_code: "0102", name: "Skitseby", share: 0.335 },
    District { post_code: "0103", name: "Kladdeøerne", share: 0.135 },
];

/// Who may look around. Nobody administers it: starting the demo anew is about the municipality that is made by hand.
const ROLES: [Role; 5] = [Role::Visitator, Role::Professional, Role::Coordinator, Role::Quality, Role::Leader];

/// How much past there is to be.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// Days up to yesterday; none leaves the municipality out.
    pub days: u32,
    /// How many live there.
    pub inhabitants: u32,
}

impl Wanted {
    /// So many days of the municipality as the demo has it.
    pub const fn days(days: u32) -> Self {
        Self { days, inhabitants: INHABITANTS }
    }
}

/// A municipality whose past is still to be made.
pub struct Unmade {
    app: App,
    home: ManagingOrganization,
    inhabitants: u32,
    begin: Begin,
}

/// Where the making begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begin {
    /// With a first day, before which there is nothing.
    Anew(Date),
    /// A past that was broken off early is emptied, and another begins on this day, after it.
    After(Date),
    /// More lies behind than is left: it is kept as it is.
    AtTheEnd,
}

/// Sets the municipality up, unless it is there; gives it as long as its past is not made. Nothing happens in it by itself
/// from then on until [`Unmade::fill`] is through.
pub async fn prepare(app: &App, wanted: Wanted) -> anyhow::Result<Option<Unmade>> {
    let today = local_date(app.now());
    let first_day = today.saturating_sub(i64::from(wanted.days).days());
    let there = organizations::list(app).await?.into_iter().find(|one| one.code.as_str() == CODE);
    let unmade = |home, begin| Unmade { app: app.clone(), home, inhabitants: wanted.inhabitants, begin };
    let Some(home) = there else {
        if wanted.days == 0 {
            return Ok(None);
        }
        let new = simulated(&MunicipalityCode::parse(CODE)?, NAME, DEPARTMENT)?;
        let home = organizations::add(&standing_at(app, first_day), new).await?;
        app.hold_back(home.key, HeldBack::BeingMade);
        return Ok(Some(unmade(home, Begin::Anew(first_day))));
    };
    if access::users(app, home.key).await?.iter().any(|user| user.demo) {
        // A program that was stopped here may have engaged some of them only.
        access::add_demo_users_of(app, home.key, &ROLES).await?;
        return Ok(None);
    }
    if wanted.days == 0 {
        app.hold_back(home.key, HeldBack::LeftOut);
        return Ok(None);
    }
    app.hold_back(home.key, HeldBack::BeingMade);
    let reach = log_reaches(app, home.key).await?;
    let begin = reach
        .map_or(Begin::Anew(first_day), |(from, to)| begin_after((local_date(from), local_date(to)), first_day, today));
    Ok(Some(unmade(home, begin)))
}

/// Where a past that was broken off is taken up: the longer of what lies behind and what is left is kept.
fn begin_after((from, to): (Date, Date), first_day: Date, today: Date) -> Begin {
    let next = to.saturating_add(1.day()).max(first_day);
    let days = |from: Date, to: Date| (to - from).get_days();
    if days(from, to) <= days(next, today) { Begin::After(next) } else { Begin::AtTheEnd }
}

impl Unmade {
    /// The name of the municipality.
    pub fn name(&self) -> &str {
        &self.home.name
    }

    /// Makes its past by the commands of staff, and opens it to its users; `told` hears of each day that is done. Stopped
    /// anywhere, it is mended by the next [`prepare`] and `fill`.
    pub async fn fill(self, told: impl FnMut(u32) + Send) -> anyhow::Result<Simulated> {
        let Self { app, home, inhabitants, begin } = self;
        let made = match begin {
            Begin::Anew(first_day) => played(&app, &home, inhabitants, first_day, told).await?,
            Begin::After(first_day) => {
                administration::empty_demo(&standing_at(&app, first_day), home.key).await?;
                played(&app, &home, inhabitants, first_day, told).await?
            }
            Begin::AtTheEnd => Simulated::default(),
        };
        figures(&app, home.key).await?;
        access::add_demo_users_of(&app, home.key, &ROLES).await?;
        app.let_go(home.key);
        Ok(made)
    }
}

async fn played(
    app: &App,
    home: &ManagingOrganization,
    inhabitants: u32,
    first_day: Date,
    told: impl FnMut(u32) + Send,
) -> anyhow::Result<Simulated> {
    let days = u32::try_from((local_date(app.now()) - first_day).get_days()).unwrap_or(0);
    let municipality = Municipality { code: home.code.clone(), inhabitants, basis: SizeBasis::Given };
    let setup = Setup {
        districts: DISTRICTS.to_vec(),
        ..Setup::of(municipality, SEED, first_day, days, Calibration::stated())
    };
    simulate(app, home.key, setup, told).await.map_err(|why| refusal(home, why))
}

/// What it measures itself against: its residents, and what was agreed with general practice for the year.
async fn figures(app: &App, organization: i64) -> anyhow::Result<()> {
    let today = local_date(app.now());
    let staff: Vec<User> = access::users(app, organization).await?;
    let leader = staff.iter().find(|user| user.role == Role::Leader).context("the simulation has no leader")?;
    let who: Caller = caller(organization, leader);
    let input = PopulationInput {
        subject: PopulationSubject::Residents,
        source: "Opdigtede tal til demoen".to_owned(),
        dataset_on: today.first_of_year(),
        file_name: "modelby.csv".to_owned(),
        content: RESIDENTS.to_owned(),
        columns: ["municipality", "district", "age_band", "sex", "persons"].map(str::to_owned).into(),
        total: "I alt".to_owned(),
        any_disease: "Alle".to_owned(),
    };
    population::import(app, &who, input, None).await?;
    // Two per cent of those who smoke are expected to be referred (004, Skøn for henvisninger i sundhedsaftalen).
    let expected = [
        (EstimateArea::ClarifyingTalk, Expected::Referrals { number: 375 }),
        (EstimateArea::Nicotine, Expected::PercentOf { percent: 2.0, persons: 4_320 }),
        (EstimateArea::Alcohol, Expected::PercentOf { percent: 2.0, persons: 3_600 }),
    ];
    for (area, expected) in expected {
        let agreed_in = Some("Opdigtet sundhedsaftale".to_owned());
        let input = EstimateInput { area, year: today.year(), expected, agreed_in };
        cooperation::set_estimate(app, &who, &input).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
