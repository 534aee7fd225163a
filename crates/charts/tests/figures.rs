//! Every kind of figure, also with nothing, too much and too long in it: well-formed, named, with its numbers as a table,
//! without style and script, and inside its frame.

use charts::{
    AreaBar, AreaBars, Bin, Change, Equity, Figure, Flow, Funnel, FunnelLimits, FunnelUnit, Limits, Line, Loss,
    Multiples, Paired, PairedRow, Panel, Picture, Point, Reading, Series, Signal, Stage, Standing, Step, Stratum, Text,
    Unit, Waiting,
};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

const LONG: &str = "Rygestoprådgivernes fælles åbne rådgivningstilbud for <alle> borgere & pårørende i Nordbyen, \
                    Skovlandet og på Øerne om \"fredagen\" hele året";

/// An element with its attributes, and the text directly in it.
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

fn element(tag: &BytesStart<'_>) -> Element {
    let attribute = |attribute: quick_xml::events::attributes::Attribute<'_>| {
        (attribute.key.as_ref().to_owned(), attribute.value.to_string())
    };
    Element {
        name: tag.name().as_ref().to_owned(),
        attributes: tag.attributes().map(|found| attribute(found.unwrap())).collect(),
        text: String::new(),
    }
}

/// All elements of a text that must be well-formed, each closed by its own end.
fn elements(text: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(text);
    let (mut all, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap_or_else(|fault| panic!("{fault}: {text}")) {
            Event::Start(tag) => {
                open.push(all.len());
                all.push(element(&tag));
            }
            Event::Empty(tag) => all.push(element(&tag)),
            Event::End(_) => drop(open.pop()),
            Event::Text(words) => {
                if let Some(inside) = open.last() {
                    all[*inside].text.push_str(&words);
                }
            }
            Event::GeneralRef(_) => {
                if let Some(inside) = open.last() {
                    all[*inside].text.push('&');
                }
            }
            Event::Eof => break,
            other => panic!("{other:?} has no place in a figure"),
        }
    }
    assert!(open.is_empty());
    all
}

/// What holds for every figure; gives the rows of its table.
fn hold(id: &str, picture: &impl Picture) -> usize {
    let figure = Figure::of(id, picture);
    for (svg, word) in [(&figure.wide, "wide"), (&figure.narrow, "narrow")] {
        hold_svg(svg, &format!("{id}-{word}"));
    }
    assert!(!figure.finding.is_empty());
    let html = figure.html();
    let whole = elements(&html);
    for found in &whole {
        for (name, value) in &found.attributes {
            assert!(name != "style" && !name.starts_with("on"), "{name} in {id}");
            assert!(!value.contains("javascript"), "{value}");
        }
        assert!(!matches!(found.name.as_str(), "script" | "style" | "foreignObject" | "image"), "{}", found.name);
    }
    let mut ids: Vec<&str> = whole.iter().filter_map(|found| found.get("id")).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id stands twice in {id}");
    let table = elements(&figure.table);
    let columns = table.iter().filter(|found| found.get("scope") == Some("col")).count();
    let rows = table.iter().filter(|found| found.get("scope") == Some("row")).count();
    let cells = table.iter().filter(|found| found.name == "td").count();
    assert_eq!(cells, rows * (columns - 1), "the rows of {id} are as long as its columns");
    assert_eq!(rows, picture.table().rows.len());
    rows
}

fn hold_svg(svg: &str, id: &str) {
    let all = elements(svg);
    let root = &all[0];
    assert_eq!((root.name.as_str(), root.get("role")), ("svg", Some("img")));
    assert_eq!(root.get("aria-labelledby").unwrap(), format!("{id}-title {id}-desc"));
    for (place, name, own) in [(1, "title", "title"), (2, "desc", "desc")] {
        assert_eq!((all[place].name.as_str(), all[place].get("id")), (name, Some(format!("{id}-{own}").as_str())));
        assert!(!all[place].text.trim().is_empty(), "{id} has no {name}");
    }
    let frame: Vec<f64> = root.get("viewBox").unwrap().split(' ').map(|number| number.parse().unwrap()).collect();
    let (across, down) = (frame[2], frame[3]);
    assert!(across > 0.0 && down > 0.0, "{id}: {frame:?}");
    for found in &all[1..] {
        for (name, value) in &found.attributes {
            let place = |limit: f64| {
                let number: f64 = value.parse().unwrap();
                assert!((-1.0..=limit + 1.0).contains(&number), "{id}: {} {name}={value}", found.name);
            };
            match name.as_str() {
                "x" | "x1" | "x2" | "cx" | "width" => place(across),
                "y" | "y1" | "y2" | "cy" | "height" => place(down),
                _ => {}
            }
            assert!(!value.contains("NaN") && !value.contains("inf"), "{id}: {name}={value}");
        }
    }
}

fn points(readings: &[Reading]) -> Vec<Point> {
    let point = |(at, reading): (usize, &Reading)| Point {
        label: ["jan.", "feb.", "mar.", "apr.", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec."][at % 12]
            .to_owned(),
        year: 2022 + i16::try_from(at / 12).unwrap(),
        name: format!("måned {at}"),
        reading: *reading,
        counts: Some((31, 50)),
        preliminary: at + 1 == readings.len(),
    };
    readings.iter().enumerate().map(point).collect()
}

fn series(readings: &[Reading]) -> Series {
    Series {
        title: "Gennemførte af startede".to_owned(),
        subject: "Andelen".to_owned(),
        unit: Unit::Share,
        step: Step::Month,
        points: points(readings),
        lines: Vec::new(),
        signals: Vec::new(),
        few_crossings: None,
        limits: Vec::new(),
        outside: Vec::new(),
        changes: Vec::new(),
        goal: None,
        rule: None,
    }
}

fn line(value: f64, to: usize) -> Line {
    Line { value, from: 0, to, carried_to: to, preliminary: false }
}

#[test]
fn a_series_says_what_is_seen() {
    let mut series = series(&[Reading::Value(0.62); 13]);
    series.lines = vec![line(0.58, 13)];
    series.signals = vec![Signal { from: 3, to: 11, points: 9, above: true, better: None }];
    assert_eq!(
        series.finding(),
        "Andelen ligger på 62\u{a0}% i måned 11, medianen er 58\u{a0}%. Ni måneder i træk over medianen: et skift."
    );
    series.signals.clear();
    assert!(series.finding().ends_with("Punkterne varierer tilfældigt omkring medianen."));
    series.few_crossings = Some((2, 4));
    assert!(series.finding().ends_with("Medianen krydses to gange, hvor tilfældighed giver mindst fire: et skift."));
    series.few_crossings = None;
    series.limits = vec![Some(Limits { low: 0.4, high: 0.7 }); 13];
    series.outside = vec![4];
    assert!(series.finding().ends_with("gennemsnittet er 58\u{a0}%. Ét punkt ligger uden for grænserne: måned 4."));
    series.lines.clear();
    series.limits.clear();
    assert!(series.finding().ends_with("Der er for få punkter til en median."));
}

#[test]
fn a_series_holds_with_no_point_one_point_equal_points_and_sixty() {
    assert_eq!(hold("none", &series(&[])), 0);
    assert_eq!(series(&[]).finding(), "Der er ingen tal endnu.");
    assert_eq!(hold("one", &series(&[Reading::Value(0.5)])), 1);
    assert_eq!(hold("equal", &series(&[Reading::Value(0.5); 12])), 12);
    assert_eq!(hold("hidden", &series(&[Reading::Hidden; 7])), 7);
    assert!(series(&[Reading::Hidden; 7]).finding().contains("skjult"));
    assert_eq!(hold("broken", &series(&[Reading::Value(f64::NAN), Reading::Value(1.0), Reading::Missing])), 3);
    let mut many = series(&[Reading::Value(0.31); 60]);
    many.lines = vec![line(0.3, 24), Line { from: 24, preliminary: true, ..line(0.31, 60) }];
    many.lines[0].carried_to = 60;
    many.signals = vec![Signal { from: 24, to: 59, points: 36, above: true, better: Some(true) }];
    many.limits = vec![Some(Limits { low: 0.0, high: 1.0 }), None].repeat(30);
    many.outside = vec![3, 59];
    many.goal = Some(0.8);
    many.changes = (0..30).map(|at| Change { at: at * 2, name: Text::record(LONG) }).collect();
    many.rule = Some(LONG.to_owned());
    assert_eq!(hold("many", &many), 60);
    many.changes.truncate(1);
    many.unit = Unit::Days;
    assert_eq!(hold("many-days", &many), 60);
}

#[test]
fn a_month_without_a_figure_is_a_gap_in_the_line() {
    let whole = Figure::of("a", &series(&[Reading::Value(0.5); 6]));
    let mut readings = [Reading::Value(0.5); 6];
    readings[2] = Reading::Missing;
    let broken = Figure::of("a", &series(&readings));
    let ways = |figure: &Figure| figure.wide.matches("class=\"fb-chart-way\"").count();
    let marks = |figure: &Figure| figure.wide.matches("<circle").count();
    assert_eq!((ways(&whole), ways(&broken)), (1, 2));
    assert_eq!(marks(&whole), marks(&broken) + 1);
    assert!(broken.table.contains("Ingen tal"));
}

#[test]
fn a_hidden_figure_stands_nowhere_in_the_page() {
    let mut hidden = series(&[Reading::Value(0.5), Reading::Hidden, Reading::Value(0.5)]);
    hidden.points[1].counts = Some((3, 777));
    let html = Figure::of("a", &hidden).html();
    assert!(!html.contains("777"));
    assert!(html.contains("Skjult"));
}

#[test]
fn a_preliminary_point_is_hollow_and_said_so() {
    let figure = Figure::of("a", &series(&[Reading::Value(0.5); 3]));
    // The point, and the key's.
    assert_eq!(figure.wide.matches("fb-chart-hollow").count(), 2);
    assert!(figure.table.contains("Foreløbig"));
}

#[test]
fn what_people_wrote_is_marked_as_danish_and_cannot_leave_its_place() {
    let mut changed = series(&[Reading::Value(0.5); 12]);
    changed.changes = vec![Change { at: 6, name: Text::record("<script>alert(1)</script>") }];
    let html = Figure::of("a\" onload=\"x", &changed).html();
    assert!(!html.contains("<script"));
    assert!(html.contains("lang=\"da\""));
    assert!(html.contains("id=\"aonloadx-wide-title\""));
    hold("safe", &changed);
}

fn stratum(name: &str, figure: Option<(f64, f64, f64)>) -> Stratum {
    Stratum { name: Text::record(name), figure, whole: Some(40), population: Some(0.3), gap: true }
}

fn equity(strata: Vec<Stratum>) -> Equity {
    Equity {
        title: "Gennemførte".to_owned(),
        subject: "Andelen, der gennemfører,".to_owned(),
        unit: Unit::Share,
        all: Some(0.7),
        population: None,
        strata,
    }
}

#[test]
fn an_equity_comparison_holds_and_says_which_groups_differ() {
    assert_eq!(hold("equity-none", &equity(Vec::new())), 0);
    let one = equity(vec![stratum(LONG, Some((0.0, 0.0, 0.2))), stratum("Skjult", None)]);
    assert_eq!(hold("equity", &one), 2);
    assert!(one.finding().ends_with("Én gruppe afviger mere end tilfældigt og mere end grænsen."));
    let mut beside = one.clone();
    beside.population = Some("Andel af befolkningen".to_owned());
    assert_eq!(hold("equity-population", &beside), 2);
    assert!(beside.finding().ends_with("Én gruppe ligger under befolkningen."));
    let rate = Equity { unit: Unit::Measure("pr. 1.000".to_owned()), ..beside };
    hold("equity-rate", &rate);
}

#[test]
fn a_flow_holds_and_says_where_most_are_lost() {
    let stage = |name: &str, count| Stage { name: name.into(), count, losses: Vec::new() };
    let flow = |stages| Flow { title: "Vejen".to_owned(), stages };
    assert_eq!(hold("flow-none", &flow(Vec::new())), 0);
    assert_eq!(hold("flow-zero", &flow(vec![stage("Henvist", Some(0)), stage("Nået", Some(0))])), 2);
    assert_eq!(hold("flow-hidden", &flow(vec![stage(LONG, None), stage("Nået", Some(9))])), 2);
    let mut way = flow(vec![stage("Henvist", Some(40)), stage("Nået", Some(30)), stage("Gennemført", Some(10))]);
    way.stages[1].losses =
        vec![Loss { reason: "udeblev".into(), count: Some(16) }, Loss { reason: Text::record(LONG), count: None }];
    assert_eq!(hold("flow", &way), 3);
    assert_eq!(way.finding(), "10 af 40 kom hele vejen (25\u{a0}%). Flest gik ikke videre efter ”Nået”: 20.");
    // More at a later step than at the first is drawn no wider than the page.
    assert_eq!(hold("flow-more", &flow(vec![stage("Henvist", Some(10)), stage("Startet", Some(14))])), 2);
}

#[test]
fn waiting_holds_and_tells_how_many_waited_too_long() {
    let bin = |from: u32, to, count| Bin { from, to, count };
    let waiting = |bins| Waiting { title: "Ventetid".to_owned(), bins, limit: Some(13), median: None, ninetieth: None };
    assert_eq!(hold("waiting-none", &waiting(Vec::new())), 0);
    let mut some = waiting(vec![bin(0, Some(6), Some(30)), bin(7, Some(13), Some(20)), bin(14, None, Some(10))]);
    some.median = Some(8.0);
    some.ninetieth = Some(400.0);
    assert_eq!(hold("waiting", &some), 3);
    assert!(some.finding().ends_with("10 af 60 venter over 13\u{a0}dage."));
    some.bins[2].count = None;
    assert!(!some.finding().contains("venter over"), "{}", some.finding());
    let many: Vec<Bin> = (0..60).map(|at| bin(at * 7, Some(at * 7 + 6), Some(1_000_000))).collect();
    assert_eq!(hold("waiting-many", &waiting(many)), 60);
}

#[test]
fn before_and_after_hold_also_outside_their_scale() {
    let row = |name: &str, means, interval| PairedRow {
        name: Text::record(name),
        unit: "point".to_owned(),
        span: (0.0, 10.0),
        means,
        interval,
    };
    let paired = |rows| Paired { title: "Før og efter".to_owned(), rows };
    assert_eq!(hold("paired-none", &paired(Vec::new())), 0);
    assert_eq!(hold("paired-hidden", &paired(vec![row("Vægt", None, None)])), 1);
    let rows = vec![row(LONG, Some((-400.0, 999.0, 5)), Some((-1.0, 2.0))), row("Lige", Some((5.0, 5.0, 9)), None)];
    assert_eq!(hold("paired", &paired(rows)), 2);
}

#[test]
fn a_funnel_holds_and_is_no_league_table() {
    let unit = |name: &str, part, whole, standing| FunnelUnit { name: Text::record(name), part, whole, standing };
    let funnel = |units| Funnel {
        title: "Steder".to_owned(),
        of: "startede".to_owned(),
        centre: 0.7,
        units,
        limits: vec![
            FunnelLimits { whole: 20, near: (0.5, 0.9), far: (0.3, 1.0) },
            FunnelLimits { whole: 200, near: (0.6, 0.8), far: (0.55, 0.85) },
        ],
    };
    assert_eq!(hold("funnel-none", &funnel(Vec::new())), 0);
    let some = funnel(vec![
        unit(LONG, 10, 100, Standing::Outside998),
        unit("B", 60, 70, Standing::Within),
        unit("C", 0, 0, Standing::TooFew),
        unit("D", 190, 200, Standing::Outside95),
    ]);
    assert_eq!(hold("funnel", &some), 4);
    assert!(some.notes().concat().contains("ikke en rangliste"));
    assert_eq!(some.letters().len(), 2);
}

#[test]
fn bars_hold_and_add_up() {
    let bars = |bars| AreaBars { title: "Områder".to_owned(), of: "områder".to_owned(), bars };
    let bar = |name: &str, counts| AreaBar { name: name.into(), counts };
    assert_eq!(hold("bars-none", &bars(Vec::new())), 0);
    let some = bars(vec![bar("Målgruppe", Some((5, 5))), bar(LONG, Some((0, 0))), bar("Lighed", None)]);
    assert_eq!(hold("bars", &some), 3);
    assert_eq!(some.finding(), "5 af 5 i 2 områder. 1 af dem er helt opfyldt. 1 er skjult.");
}

#[test]
fn small_multiples_hold_with_a_row_for_each_period() {
    let panel = |name: &str, readings: &[Reading]| Panel {
        name: Text::record(name),
        readings: readings.to_vec(),
        line: Some(0.5),
        signal: true,
    };
    let multiples = |panels, periods: usize| Multiples {
        title: "Serier".to_owned(),
        unit: Unit::Share,
        periods: (0..periods).map(|at| ("nov.".to_owned(), format!("periode {at}"))).collect(),
        panels,
    };
    assert_eq!(hold("multiples-none", &multiples(Vec::new(), 0)), 0);
    assert_eq!(hold("multiples-one", &multiples(vec![panel(LONG, &[Reading::Value(0.4)])], 1)), 1);
    let panels = vec![
        panel(LONG, &[Reading::Value(0.4); 60]),
        panel("Kort", &[Reading::Missing; 60]),
        // Shorter than the others: what is not there is missing.
        panel("Ny", &[Reading::Hidden; 3]),
    ];
    assert_eq!(hold("multiples", &multiples(panels, 60)), 60);
}
