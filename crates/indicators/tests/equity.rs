//! Who takes part, against the population and against what was expected, of the municipality worked out on paper.
#![allow(clippy::unwrap_used)]

mod municipality;

use domain::identifiers::MunicipalityCode;
use indicators::definition::Breakdown;
use indicators::equity::agreement::{Expected, agreement};
use indicators::equity::coverage::{by_disease, by_stratum, referrals};
use indicators::equity::missing_people::{Against, OfferAsked, missing_people};
use indicators::equity::participation::{ALL_OFFERS, Participation, Reached};
use indicators::equity::population::{Mapping, PopulationTable, read};
use indicators::period::{Every, FigurePeriod};
use jiff::civil::date;
use standard::Context;
use standard::facts::Municipality;

const PROFILE: &str = "\
kommune;sygdom;distrikt;antal
0101;DE11;Nord;200
0101;DE11;Syd;300
0101;DJ44;Syd;250
0101;Alle;Nord;400
0101;Alle;Syd;800
";

fn copenhagen() -> MunicipalityCode {
    MunicipalityCode::parse("0101").unwrap()
}

fn mapping() -> Mapping {
    Mapping {
        source: "Sundhedsprofil".to_owned(),
        dataset_date: date(2026, 1, 1),
        delimiter: ';',
        municipality: "kommune".to_owned(),
        persons: "antal".to_owned(),
        disease: Some("sygdom".to_owned()),
        any_disease: "Alle".to_owned(),
        strata: vec![(Breakdown::District, "distrikt".to_owned())],
        total: "I alt".to_owned(),
    }
}

fn profile() -> PopulationTable {
    read(PROFILE, &mapping(), &[copenhagen()]).unwrap()
}

fn participation(of: &Municipality, at: &Context<'_>) -> Participation {
    let mut participation = Participation::default();
    of.courses.iter().for_each(|course| participation.add(course, at));
    participation
}

/// In the year to September 2026: diabetes 2 of 500, COPD 1 of 250; Nord 2 of 400, Syd 2 of 800, all 4 of 1,200.
#[test]
fn coverage_is_per_thousand_with_the_disease() {
    let of = municipality::municipality();
    let at = Context::new(&of.facts, of.on, (of.from, of.to));
    let totals = municipality::counted(&of.courses, &at);
    let year = FigurePeriod::containing(Every::RollingYear, date(2026, 9, 30));
    let diseases = by_disease(&totals, &profile(), &copenhagen(), year);
    let told: Vec<(&str, u32, u64)> = diseases.iter().map(|one| (one.of.as_str(), one.citizens, one.persons)).collect();
    assert_eq!(told, [("DE11", 2, 500), ("DJ44", 1, 250)]);
    assert!((diseases[0].per_thousand.unwrap() - 4.0).abs() < 1e-9);
    let strata = by_stratum(&totals, &profile(), &copenhagen(), Breakdown::District, year).unwrap();
    let told: Vec<(&str, u32, u64)> = strata.iter().map(|one| (one.of.as_str(), one.citizens, one.persons)).collect();
    assert_eq!(told, [("Nord", 2, 400), ("Syd", 2, 800), ("", 4, 1_200)]);
    assert_eq!(by_stratum(&totals, &profile(), &copenhagen(), Breakdown::Sex, year), None);
}

/// Three referrals in July to 1,500 adults: two of a thousand. A table of diseases does not tell the adults.
#[test]
fn referrals_are_per_thousand_adults() {
    let of = municipality::municipality();
    let at = Context::new(&of.facts, of.on, (of.from, of.to));
    let totals = municipality::counted(&of.courses, &at);
    let july = FigurePeriod::containing(Every::Month, date(2026, 7, 31));
    let adults =
        read("kommune;antal\n0101;1.500\n", &Mapping { disease: None, strata: Vec::new(), ..mapping() }, &[]).unwrap();
    let found = referrals(&totals, &adults, &copenhagen(), july).unwrap();
    assert!((found.per_thousand.unwrap() - 2.0).abs() < 1e-9);
    assert_eq!(referrals(&totals, &profile(), &copenhagen(), july), None);
    let facts = profile().facts(&copenhagen());
    assert_eq!(facts.iter().filter_map(|one| one.count).sum::<i32>(), 1_950);
    assert!(facts.iter().all(|one| one.district.is_some() && one.dataset_date == Some(date(2026, 1, 1))));
}

/// Requests of the quarter, of all offers: Nord K1, K3, K5, K6, K8, K10 (six, of whom four began), Syd K2, K4, K7, K9, K16
/// (five, three began; K9 repeats K7 and is a request of its own). K1 and K3 completed and gained in Nord, K5 too; K2 in Syd.
#[test]
fn participation_goes_from_request_to_gain() {
    let of = municipality::municipality();
    let at = Context::new(&of.facts, of.on, (of.from, of.to));
    let participation = participation(&of, &at);
    let quarter = FigurePeriod::containing(Every::Quarter, date(2026, 9, 30));
    let strata = participation.strata(ALL_OFFERS, Breakdown::District, quarter);
    let told: Vec<_> =
        strata.iter().map(|(stratum, one)| (*stratum, one.referred, one.started, one.completed, one.gained)).collect();
    assert_eq!(told, [("Nord", 6, 4, 3, 3), ("Syd", 5, 3, 1, 1)]);
    assert!(participation.offers().any(|offer| offer == "O-TR"));
    let training = participation.strata("O-TR", Breakdown::District, quarter);
    assert_eq!(training.iter().map(|(stratum, one)| (*stratum, one.started)).collect::<Vec<_>>(), [("Syd", 1)]);
}

#[test]
fn a_course_taken_away_leaves_nothing_of_itself() {
    let of = municipality::municipality();
    let at = Context::new(&of.facts, of.on, (of.from, of.to));
    let whole = participation(&of, &at);
    for course in &of.courses {
        let mut without = whole.clone();
        without.remove(course, &at);
        without.add(course, &at);
        assert_eq!(without, whole, "{}", course.id);
    }
    let mut none = whole;
    of.courses.iter().for_each(|course| none.remove(course, &at));
    assert_eq!(none, Participation::default());
}

/// Of 1,200 seven began: Nord 4, expected 2.3; Syd 3, expected 4.7: two are missing. By sex the table tells nothing.
#[test]
fn missing_people_are_told_against_the_population_or_those_referred() {
    let of = municipality::municipality();
    let at = Context::new(&of.facts, of.on, (of.from, of.to));
    let (participation, profile, code) = (participation(&of, &at), profile(), copenhagen());
    let quarter = FigurePeriod::containing(Every::Quarter, date(2026, 9, 30));
    let asked = OfferAsked { offer: ALL_OFFERS, stage: Reached::Started, by: Breakdown::District, period: quarter };
    let found = missing_people(&participation, asked, Some((&profile, &code, None))).unwrap();
    assert_eq!(found.against, Against::Population);
    let told: Vec<_> = found.strata.iter().map(|one| (one.stratum.as_str(), one.take_part, one.missing)).collect();
    assert_eq!(told, [("Nord", 4, 0), ("Syd", 3, 2)]);
    let by_sex = OfferAsked { by: Breakdown::Sex, ..asked };
    let found = missing_people(&participation, by_sex, Some((&profile, &code, None))).unwrap();
    assert_eq!(found.against, Against::Referred);
}

/// Of 2026 hospitals and practice referred K3 to nicotine cessation (K4 came by herself, K8 from the municipality) and K6 for
/// alcohol.
#[test]
fn referrals_are_compared_with_what_was_expected() {
    let of = municipality::municipality();
    let at = Context::new(&of.facts, of.on, (of.from, of.to));
    let totals = municipality::counted(&of.courses, &at);
    let compared = |area| agreement(&totals, (area, 2026), Expected::Referrals(30.0), of.on).unwrap();
    assert_eq!((compared("nikotinafvaenning").actual, compared("alkohol").actual), (1, 1));
    assert!((compared("alkohol").expected_so_far - 30.0).abs() < 1e-9);
}
