//! The sheet of a practice: its figures as it is given them, with small numbers hidden, also against subtraction.

use domain::codes::RequestedArea;
use indicators::suppression::{Release, SMALL_NOTE, Shown, Sum, needs_small_note, share, shown_median};

use super::document::Table;
use super::practice_figures::{Of, Outcome, PracticeFigures};
use super::practices_page::days_text;

/// The tables of a sheet.
pub(super) fn tables(figures: &PracticeFigures) -> Vec<Table> {
    let Hidden { total, areas, outcomes } = hidden(figures);
    let share_line = |name: &str, of: Of| vec![name.to_owned(), share_text(of), whole_text(of)];
    let wait = wait_text(&figures.waits);
    vec![
        Table {
            id: "henvisninger",
            heading: "Henvisninger og hvad de gjaldt",
            columns: vec!["Ønsket indsats", "Henvisninger"],
            rows: areas
                .into_iter()
                .map(|(area, shown)| vec![area_label(area).to_owned(), shown.text()])
                .chain([vec!["I alt".to_owned(), total.text()]])
                .collect(),
            nothing: "Ingen henvisninger i perioden.",
            note: needs_small_note(figures.referrals).then(|| SMALL_NOTE.to_owned()),
        },
        Table {
            id: "svar",
            heading: "Kvitteringer og svar til jer",
            columns: vec!["Hvad", "Til tiden", "Ud af"],
            rows: vec![
                share_line("Kvittering for elektronisk henvisning", figures.receipts),
                share_line("Svar, når forløbet er slut", figures.told),
            ],
            nothing: "",
            note: Some("Svar sendes, når borgeren har sagt ja til det.".to_owned()),
        },
        Table {
            id: "ventetid",
            heading: "Ventetid",
            columns: vec!["Hvad", "Median"],
            rows: vec![vec!["Fra henvisning til første kontakt, der er holdt".to_owned(), wait]],
            nothing: "",
            note: None,
        },
        Table {
            id: "udfald",
            heading: "Hvad blev der af dem",
            columns: vec!["Hvor de er nu", "Henvisninger"],
            rows: outcomes.into_iter().map(|(outcome, shown)| vec![outcome.label().to_owned(), shown.text()]).collect(),
            nothing: "Ingen henvisninger i perioden.",
            note: Some("Tal fra 1 til 4 er skjult som <5, og et tal mere, hvor de ellers kunne regnes ud.".to_owned()),
        },
    ]
}

/// What is shown of the two ways in which the referrals are told apart, protected as one release: the sums of both are the
/// same referrals.
struct Hidden {
    total: Shown,
    areas: Vec<(Option<RequestedArea>, Shown)>,
    outcomes: Vec<(Outcome, Shown)>,
}

/// What somebody asked for, and what became of it.
type Key = (Option<RequestedArea>, Outcome);

fn hidden(figures: &PracticeFigures) -> Hidden {
    let keys: Vec<_> = figures.each.keys().copied().collect();
    let counts: Vec<u32> = figures.each.values().copied().collect();
    let places = |fits: &dyn Fn(&Key) -> bool| -> Vec<usize> {
        keys.iter().enumerate().filter(|(_, key)| fits(key)).map(|(at, _)| at).collect()
    };
    let asked = RequestedArea::ALL.iter().copied().map(Some).chain([None]);
    let areas: Vec<_> =
        asked.map(|area| (area, places(&|key| key.0 == area))).filter(|(_, own)| !own.is_empty()).collect();
    let ends: Vec<_> = Outcome::ALL
        .into_iter()
        .map(|end| (end, places(&|key| key.1 == end)))
        .filter(|(_, own)| !own.is_empty())
        .collect();
    let mut sums: Vec<Vec<usize>> = Vec::new();
    let mut ask = |members: Vec<usize>| {
        sums.iter().position(|known| *known == members).unwrap_or_else(|| {
            sums.push(members);
            sums.len() - 1
        })
    };
    let whole = ask((0..counts.len()).collect());
    let areas: Vec<_> = areas.into_iter().map(|(area, own)| (area, ask(own))).collect();
    let ends: Vec<_> = ends.into_iter().map(|(end, own)| (end, ask(own))).collect();
    let sums: Vec<Sum> = sums.into_iter().map(Sum::total).collect();
    let shown = if counts.is_empty() { Vec::new() } else { Release::of(&counts, &sums) };
    let at = |figure: usize| shown.get(figure).copied().unwrap_or(Shown::Exact(0));
    Hidden {
        total: at(whole),
        areas: areas.into_iter().map(|(area, figure)| (area, at(figure))).collect(),
        outcomes: ends.into_iter().map(|(end, figure)| (end, at(figure))).collect(),
    }
}

const fn area_label(area: Option<RequestedArea>) -> &'static str {
    match area {
        Some(area) => area.label(),
        None => "Ikke oplyst",
    }
}

/// Per cent in time, when it may be shown.
pub(crate) fn share_text(of: Of) -> String {
    match share(of.part, of.whole) {
        Some(share) => format!("{:.0} %", share.value() * 100.0),
        None => hidden_or_none(of.whole as usize),
    }
}

/// The median of days, when it may be shown.
pub(crate) fn wait_text(waits: &[f64]) -> String {
    shown_median(waits).map_or_else(|| hidden_or_none(waits.len()), days_text)
}

fn whole_text(of: Of) -> String {
    Shown::alone(of.whole).text()
}

fn hidden_or_none(count: usize) -> String {
    if count == 0 { "–".to_owned() } else { "Skjult".to_owned() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn figures(each: &[(Option<RequestedArea>, Outcome, u32)]) -> PracticeFigures {
        let each: BTreeMap<_, _> = each.iter().map(|(area, end, count)| ((*area, *end), *count)).collect();
        PracticeFigures { referrals: each.values().sum(), each, ..PracticeFigures::default() }
    }

    fn cells(table: &Table) -> Vec<(&str, &str)> {
        table.rows.iter().map(|row| (row[0].as_str(), row[1].as_str())).collect()
    }

    /// 12 referrals: nicotine 9, alcohol 3. The three are hidden as "<5", and with the total 12 the nine would tell them: so
    /// nine is hidden too.
    #[test]
    fn few_are_hidden_and_so_is_what_would_tell_them() {
        let all =
            [(Some(RequestedArea::Nicotine), Outcome::Closed, 9), (Some(RequestedArea::Alcohol), Outcome::Closed, 3)];
        let tables = tables(&figures(&all));
        assert_eq!(
            cells(&tables[0]),
            [("Nikotinafvænning", "Skjult"), ("Forebyggende samtale om alkohol", "<5"), ("I alt", "12")]
        );
        assert_eq!(cells(&tables[3]), [("Forløb afsluttet", "12")]);
    }

    #[test]
    fn a_practice_that_referred_nobody_has_a_sheet_that_says_so() {
        let tables = tables(&PracticeFigures::default());
        assert_eq!(cells(&tables[0]), [("I alt", "0")]);
        assert!(tables[3].rows.is_empty() && tables[3].nothing.contains("Ingen"));
        assert_eq!(cells(&tables[1])[0].1, "–");
    }

    #[test]
    fn a_share_is_shown_when_neither_side_of_it_is_few() {
        assert_eq!(share_text(Of { part: 10, whole: 10 }), "100 %");
        assert_eq!(share_text(Of { part: 8, whole: 10 }), "Skjult", "two were late");
        assert_eq!(share_text(Of { part: 4, whole: 4 }), "Skjult");
    }
}
