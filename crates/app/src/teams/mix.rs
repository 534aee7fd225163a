//! How a team is put together, as its page tells it: one sentence and a bar, and a hint at whoever waits and may be better
//! off elsewhere. The rule is [`domain::team::Mix`].

use std::collections::HashMap;

use domain::adaptation::Adaptation;
use domain::codes::InterventionCode;
use domain::competence::Competence;
use domain::ids::CitizenId;
use domain::quantity::Quantity;
use domain::stratification::Stratum;
use domain::team::{Functioning, INSTRUCTOR_RATIO_MAX, INSTRUCTOR_RATIO_MIN, Mix, MixHint, Team};
use store::Tx;

use super::queries::{self, FunctioningRow};
use crate::calendar::Colleague;
use crate::{AppError, calendar};

/// Below so many rises in half a minute mobility is at a high risk (instrument `sts30`, its lowest band).
const FRAIL_BELOW: Quantity = Quantity::whole(8);

/// What is known of how these citizens function; who is not in it is not known.
pub(super) fn functioning(
    tx: &mut Tx<'_>,
    citizens: &[CitizenId],
) -> Result<HashMap<CitizenId, Functioning>, AppError> {
    let mut all: HashMap<CitizenId, Functioning> = HashMap::new();
    let (mut levels, mut tests) = (HashMap::new(), HashMap::new());
    for row in queries::functioning(tx, citizens)? {
        match row {
            FunctioningRow::Level(it) => {
                let newest = levels.entry(it.citizen).or_insert((it.at, it.id));
                if *newest <= (it.at, it.id) {
                    *newest = (it.at, it.id);
                    all.entry(it.citizen).or_default().level = Some(it.decided);
                }
            }
            FunctioningRow::Adapted(it) => {
                all.entry(it.citizen).or_default().smaller_team = it.has(Adaptation::SmallerTeam);
            }
            FunctioningRow::Test(it) => {
                let Some(score) = it.score.filter(|_| it.counts()) else { continue };
                let newest = tests.entry(it.citizen).or_insert((it.on, it.id));
                if *newest <= (it.on, it.id) {
                    *newest = (it.on, it.id);
                    all.entry(it.citizen).or_default().frail = score < FRAIL_BELOW;
                }
            }
        }
    }
    Ok(all)
}

/// Those who lead the team by a competence of their own; who teaches beside them is not one of them (KS-4.5-03).
pub(super) fn professionals(people: &[Colleague], team: &Team) -> usize {
    let needed = Competence::for_team(team.code);
    let holds = |person: &Colleague| team.instructors.contains(&person.id) && person.competences.contains(&needed);
    people.iter().filter(|person| holds(person)).count()
}

/// The same, read when the team's rule asks for it.
pub(super) fn professionals_in(tx: &mut Tx<'_>, team: &Team) -> Result<Option<usize>, AppError> {
    if team.code != InterventionCode::PhysicalTraining || team.instructors.is_empty() {
        return Ok(None);
    }
    Ok(Some(professionals(&calendar::colleagues(tx)?, team)))
}

/// What the page shows of the mix.
pub(super) struct MixLine {
    /// "2 kan selv · 1 har brug for støtte · 3 uden niveau".
    pub(super) levels: String,
    /// "1 er lovet et mindre hold"; and so on.
    pub(super) more: Vec<String>,
    /// A part of the bar for each level and for those without: from where, how wide, and which.
    pub(super) bar: Vec<(usize, usize, &'static str)>,
}

/// Width of the bar.
const BAR: usize = 240;

/// The mix in words; none without participants.
pub(super) fn line(mix: &Mix, team: &Team, professionals: Option<usize>) -> Option<MixLine> {
    let people = mix.levels.iter().sum::<usize>() + mix.unknown;
    if people == 0 {
        return None;
    }
    let named = Stratum::ALL.iter().zip(mix.levels).map(|(level, count)| (count, level.word(), words(*level)));
    let parts: Vec<_> =
        named.chain([(mix.unknown, "unknown", "uden niveau")]).filter(|(count, ..)| *count > 0).collect();
    let (mut bar, mut before) = (Vec::new(), 0);
    for (count, word, _) in &parts {
        let from = before * BAR / people;
        before += count;
        bar.push((from, before * BAR / people - from, *word));
    }
    let training = team.code == InterventionCode::PhysicalTraining;
    let more = [
        (mix.smaller_team > 0).then(|| format!("{} er lovet et mindre hold", mix.smaller_team)),
        (training && mix.frail > 0).then(|| format!("{} har høj risiko for tab af mobilitet", mix.frail)),
        professionals.map(|count| ratio(people, count)),
    ];
    let levels: Vec<_> = parts.iter().map(|(count, _, label)| format!("{count} {label}")).collect();
    Some(MixLine { levels: levels.join(" · "), more: more.into_iter().flatten().collect(), bar })
}

const fn words(level: Stratum) -> &'static str {
    match level {
        Stratum::Own => "kan selv",
        Stratum::Support => "har brug for støtte",
        Stratum::Extended => "har udvidet forløbskoordination",
    }
}

/// "8 deltagere til 1 instruktør. Der skal være 6 til 8 til hver".
fn ratio(people: usize, professionals: usize) -> String {
    let who = if people == 1 { "1 deltager".to_owned() } else { format!("{people} deltagere") };
    let to = if professionals == 1 { "1 instruktør".to_owned() } else { format!("{professionals} instruktører") };
    format!("{who} til {to}. Der skal være {INSTRUCTOR_RATIO_MIN} til {INSTRUCTOR_RATIO_MAX} til hver")
}

/// What is said before somebody gets a seat.
pub(super) fn hints(mix: &Mix, one: Functioning, seats: u16) -> Vec<String> {
    let said = |hint: MixHint| match hint {
        MixHint::TooLarge(seats) => format!("Borgeren er lovet et mindre hold. Dette har {seats} pladser"),
        MixHint::NeedsMore => "De fleste på holdet kan selv. Borgeren har udvidet forløbskoordination".to_owned(),
        MixHint::NeedsLess => "De fleste på holdet har udvidet forløbskoordination. Borgeren kan selv".to_owned(),
    };
    mix.against(one, seats).into_iter().map(said).collect()
}
