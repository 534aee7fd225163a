//! What the demo municipality measures itself against: invented population figures, and an improvement board under way.

use app::improvement::{self, BoardInput, TestInput};
use app::population::{self, PopulationInput, PopulationSubject};
use domain::improvement::Measure;
use domain::permission::Role;

use super::stage::Stage;

/// Invented figures: adults of a municipality of forty thousand by area, age and sex.
const RESIDENTS: &str = include_str!("residents.csv");

/// Some weeks ago the figures are read in, and a board begins with its first test.
pub async fn play(stage: &Stage) -> anyhow::Result<()> {
    let who = stage.who(Role::Leader)?;
    let input = PopulationInput {
        subject: PopulationSubject::Residents,
        source: "Opdigtede tal til demoen".to_owned(),
        dataset_on: stage.day(60).first_of_year(),
        file_name: "borgere.csv".to_owned(),
        content: RESIDENTS.to_owned(),
        columns: ["municipality", "district", "age_band", "sex", "persons"].map(str::to_owned).into(),
        total: "I alt".to_owned(),
        any_disease: "Alle".to_owned(),
    };
    population::import(&stage.at(20, 9).app, &who, input, None).await?;
    let measure = Measure { indicator: "U08".to_owned(), group: None };
    let board = BoardInput {
        name: "Udeblivelse på hold".to_owned(),
        aim: "Udeblivelser uden afbud fra 20 % til 10 % om seks måneder".to_owned(),
        ..BoardInput::default()
    };
    let test = TestInput {
        plan: "Vi ringer dagen før til dem, der udeblev sidst. Vi venter, at højst to udebliver.".to_owned(),
        from: stage.day(15),
        to: None,
        did: None,
        studied: None,
        act: None,
    };
    improvement::create(&stage.at(20, 10).app, &who, measure, board, Some(test)).await?;
    Ok(())
}
