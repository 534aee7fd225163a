//! What stands in each pack. The figures are those of the indicators, kept by month; what a single practice referred is read
//! from the requests ([`crate::cooperation`]).

use domain::cooperation::{Estimate, EstimateArea, Expected, PackKind};
use domain::workdays::{full_day, local_date};
use indicators::definition::Breakdown;
use indicators::equity::agreement::{self, AgainstExpected, agreement};
use indicators::period::FigurePeriod;
use indicators::suppression::{self, Shown};
use indicators::totals::Totals;
use jiff::civil::{Date, date};
use store::{Seen, Tx};

use super::figures::{Indicator, Source};
use crate::cooperation::{self, PracticeFigures, Table, share_text, wait_text};
use crate::monitoring;
use crate::quality::Wanted;
use crate::{App, AppError, Caller};

/// Which pack is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Ask {
    /// For whom.
    pub kind: PackKind,
    /// Of which period.
    pub period: FigurePeriod,
    /// As the authority sees it; asked of [`PackKind::Authority`] alone.
    pub as_authority: bool,
}

/// A pack.
#[derive(Debug, Clone)]
pub struct Pack {
    /// What it is.
    pub title: &'static str,
    /// What a reader must know of it: a label and a text each.
    pub about: Vec<(&'static str, String)>,
    /// Its tables.
    pub(crate) tables: Vec<Table>,
    /// Something was changed that is not counted yet.
    pub behind: bool,
}

impl Pack {
    /// As a workbook.
    ///
    /// # Errors
    ///
    /// It cannot be written.
    pub fn workbook(&self) -> Result<Vec<u8>, AppError> {
        cooperation::workbook(&self.about, &self.tables)
    }
}

/// From this day the region is the authority (the reform of health of 2024); until then the municipality is.
const REGION_FROM: Date = date(2027, 1, 1);

const WAITING: [Indicator; 5] = [("T01", ""), ("T02", ""), ("T03", ""), ("T04", ""), ("T04", "from_grant")];
const TOLD: [Indicator; 3] = [("R07", ""), ("A02", ""), ("A02", "in_time")];
const CAPACITY: [Indicator; 4] = [("C01", ""), ("C02", ""), ("C04", ""), ("C05", "")];

/// Makes a pack: at most six queries.
///
/// # Errors
///
/// The store cannot be read.
pub async fn build(app: &App, who: &Caller, ask: Ask) -> Result<Pack, AppError> {
    let Ask { kind, period, as_authority } = ask;
    let klu = kind == PackKind::Klu;
    // An estimate is of a whole year.
    let from = if klu { period.from().first_of_year() } else { period.from() };
    let by = if klu { vec![Breakdown::Source] } else { Vec::new() };
    let kept = monitoring::kept(app, who, Wanted { indicators: Vec::new(), by, from }).await?;
    let hides = klu || as_authority;
    let source = Source { totals: &kept.totals, period, today: kept.today, hides };
    let tables = match kind {
        PackKind::Klu => {
            let home = app.organization(who.organization).await?;
            let limits = standard::LimitValues::new(&home.settings.limits, &kept.set.settings.value.local_limits());
            let read = move |tx: &mut Tx<'_>| {
                let found = cooperation::referred(tx, (period.from(), period.to()), None)?;
                Ok::<_, AppError>(Seen::nothing((found, cooperation::estimates(tx)?)))
            };
            let (found, estimates) = app.store.view(who.scope("pack.practices", app.now()), read).await?;
            let practices = found.into_iter().map(|(practice, answers)| {
                (practice.name, cooperation::practice_figures(&answers, &limits, kept.today))
            });
            klu_tables(source, &practices.collect::<Vec<_>>(), &estimates)
        }
        PackKind::Month => month_tables(source),
        PackKind::Authority => authority_tables(source),
    };
    Ok(Pack { title: kind.label(), about: about(app, who, ask, hides).await?, tables, behind: kept.behind })
}

async fn about(app: &App, who: &Caller, ask: Ask, hides: bool) -> Result<Vec<(&'static str, String)>, AppError> {
    let home = app.organization(who.organization).await?;
    let mut about = vec![
        ("Pakke", ask.kind.label().to_owned()),
        ("Periode", ask.period.label()),
        ("Fra", home.name.clone()),
        ("Opgjort", full_day(local_date(app.now()))),
    ];
    if ask.kind == PackKind::Authority {
        let region = ask.period.from() >= REGION_FROM;
        about.push(("Myndighed", if region { "Regionen ved sundhedsrådet" } else { "Kommunen" }.to_owned()));
        about.push(("Driftsoperatør", "Kommunen".to_owned()));
        let seen = if ask.as_authority { "Myndigheden: samlede tal" } else { "Driftsoperatøren: alle egne tal" };
        about.push(("Set som", seen.to_owned()));
    }
    if hides {
        about.push(("Små tal", "Tal fra 1 til 4 er skjult, og flere, hvor de ellers kunne regnes ud.".to_owned()));
    }
    Ok(about)
}

fn klu_tables(source: Source<'_>, practices: &[(String, PracticeFigures)], estimates: &[Estimate]) -> Vec<Table> {
    vec![
        practice_table(practices),
        source.table("ventetid", "Ventetid", &WAITING),
        source.table("svar", "Kvitteringer og svar til henviser", &TOLD),
        answers_table(practices),
        source.table("kapacitet", "Kapacitet", &CAPACITY),
        estimate_table(source, estimates),
        source.groups("starter-ikke", "Hvorfor borgere ikke starter", "U07"),
        source.groups("stopper", "Hvorfor borgere stopper", "U06"),
    ]
}

fn practice_table(practices: &[(String, PracticeFigures)]) -> Table {
    let counts: Vec<u32> = practices.iter().map(|(_, figures)| figures.referrals).collect();
    let shown = if counts.is_empty() { None } else { Some(suppression::list(&counts)) };
    let mut rows: Vec<(u32, Vec<String>)> = Vec::new();
    for ((name, figures), cell) in practices.iter().zip(shown.iter().flat_map(|shown| &shown.cells)) {
        rows.push((figures.referrals, vec![name.clone(), cell.text()]));
    }
    rows.sort_by_key(|(referrals, row)| (std::cmp::Reverse(*referrals), row[0].clone()));
    let mut rows: Vec<Vec<String>> = rows.into_iter().map(|(_, row)| row).collect();
    let silent = counts.iter().filter(|count| **count == 0).count();
    if let Some(shown) = shown {
        rows.push(vec!["I alt".to_owned(), shown.total.text()]);
    }
    Table {
        id: "praksis",
        heading: "Henvisninger pr. praksis",
        columns: vec!["Praksis", "Henvisninger"],
        rows,
        nothing: "Ingen praksis i adressebogen.",
        note: Some(format!("Praksis, der ikke har henvist i perioden: {silent} af {}.", counts.len())),
    }
}

/// What all practices together were told, and how long their citizens waited.
fn answers_table(practices: &[(String, PracticeFigures)]) -> Table {
    let all = practices.iter().fold(PracticeFigures::default(), |sum, (_, figures)| sum.and(figures));
    let wait = wait_text(&all.waits);
    let line = |name: &str, text: String| vec![name.to_owned(), text];
    Table {
        id: "praksis-svar",
        heading: "Alle praksis under ét",
        columns: vec!["Hvad", "Tal"],
        rows: vec![
            line("Kvittering for elektronisk henvisning til tiden", share_text(all.receipts)),
            line("Svar til tiden, når forløbet er slut", share_text(all.told)),
            line("Fra henvisning til første kontakt, der er holdt (median)", wait),
        ],
        nothing: "",
        note: Some("Henvisninger fra almen praksis i perioden.".to_owned()),
    }
}

fn estimate_table(source: Source<'_>, estimates: &[Estimate]) -> Table {
    let (first, last) = (source.period.from().year(), source.period.to().year());
    let mut own: Vec<&Estimate> = estimates.iter().filter(|it| (first..=last).contains(&it.year)).collect();
    own.sort_by_key(|it| (it.year, it.area));
    Table {
        id: "skoen",
        heading: "Skøn og faktisk",
        columns: vec!["Henvisninger til", "Ventet i året", "Ventet indtil nu", "Faktisk", "Sammenlignet"],
        rows: own.into_iter().filter_map(|it| estimate_row(source.totals, it, source.today)).collect(),
        nothing: "Der er ikke aftalt et skøn for året.",
        note: Some("Henvisninger fra almen praksis, speciallæger og sygehuse i kalenderåret. »Som ventet« er inden for det, tilfældigheder giver.".to_owned()),
    }
}

fn estimate_row(totals: &Totals, it: &Estimate, today: Date) -> Option<Vec<String>> {
    let expected = match it.expected {
        Expected::Referrals { number } => agreement::Expected::Referrals(f64::from(number)),
        Expected::PercentOf { percent, persons } => {
            agreement::Expected::PercentOf { percent, persons: u64::from(persons) }
        }
    };
    let found = agreement(totals, (EstimateArea::word(it.area), it.year), expected, today).ok()?;
    let standing = match found.standing {
        AgainstExpected::Below => "Færre end ventet",
        AgainstExpected::AsExpected => "Som ventet",
        AgainstExpected::Above => "Flere end ventet",
        AgainstExpected::TooEarly => "For tidligt at sige",
    };
    Some(vec![
        format!("{} {}", it.area.label(), it.year),
        format!("{:.0}", found.expected),
        format!("{:.0}", found.expected_so_far),
        Shown::alone(found.actual).text(),
        standing.to_owned(),
    ])
}

fn month_tables(source: Source<'_>) -> Vec<Table> {
    vec![
        source.table("henvisninger", "Henvisninger", &[("R01", ""), ("R05", ""), ("R08", "")]),
        source.table(
            "ventetid",
            "Ventetid",
            &[("T01", ""), ("T02", ""), ("T03", ""), ("T04", ""), ("T04", "from_grant"), ("T05", ""), ("T07", "")],
        ),
        source.table("kapacitet", "Kapacitet", &CAPACITY),
        source.table("gennemfoerelse", "Gennemførelse", &[("U01", ""), ("U05", ""), ("U08", ""), ("U09", "")]),
        source.table("svar", "Kvitteringer og svar til henviser", &TOLD),
        source.table("dokumentation", "Dokumentation", &[("D01", ""), ("D03", ""), ("Q02", "")]),
        source.groups("starter-ikke", "Hvorfor borgere ikke starter", "U07"),
        source.groups("stopper", "Hvorfor borgere stopper", "U06"),
    ]
}

/// The same for the authority and for the operator.
fn authority_tables(source: Source<'_>) -> Vec<Table> {
    vec![
        source.table("henvisninger", "Henvisninger", &[("R01", ""), ("R08", "")]),
        source.table(
            "ventetid",
            "Ventetid",
            &[("T01", ""), ("T02", ""), ("T03", ""), ("T04", ""), ("T04", "from_grant"), ("T05", ""), ("T07", "")],
        ),
        source.table("gennemfoerelse", "Gennemførelse", &[("U01", ""), ("U05", ""), ("U08", "")]),
        source.table("kapacitet", "Kapacitet", &[("C01", ""), ("C02", ""), ("C05", "")]),
        source.table("udbytte", "Udbytte", &[("O01", ""), ("O04", ""), ("O05", "")]),
        source.table("opfoelgning", "Svar og opfølgning", &[("A02", ""), ("A05", ""), ("A07", "")]),
        source.groups("stopper", "Hvorfor borgere stopper", "U06"),
    ]
}
