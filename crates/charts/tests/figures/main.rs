//! Every kind of figure, also with nothing, too much and too long in it: well-formed, named, with its numbers as a table,
//! without style and script, and inside its frame.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod hold;

use charts::{
    AreaBar, AreaBars, Bin, CentreLine, Change, ControlLimits, Equity, EquityGroup, Figure, Flow, Funnel, FunnelLimits,
    FunnelPlace, FunnelUnit, LevelShare, LevelShift, Loss, Multiples, Paired, PairedRow, Panel, PeriodStep, Picture,
    PlanRow, Plans, Point, PointValue, Range, Series, Signal, Stage, Text, Unit, ValueBar, ValueBars, WaitingTimes,
};
use hold::hold;

const LONG: &str = "Rygestoprådgivernes fælles åbne rådgivningstilbud for <alle> borgere & pårørende i Nordbyen, \
                    Skovlandet og på Øerne om \"fredagen\" hele året";

fn points(readings: &[PointValue]) -> Vec<Point> {
    let point = |(at, reading): (usize, &PointValue)| Point {
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

fn series(readings: &[PointValue]) -> Series {
    Series {
        title: "Gennemførte af startede".to_owned(),
        subject: "Andelen".to_owned(),
        unit: Unit::Share,
        step: PeriodStep::Month,
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

fn line(value: f64, to: usize) -> CentreLine {
    CentreLine { value, from: 0, to, carried_to: to, preliminary: false }
}

#[test]
fn a_series_says_what_is_seen() {
    let mut series = series(&[PointValue::Value(0.62); 13]);
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
    series.limits = vec![Some(ControlLimits { low: 0.4, high: 0.7 }); 13];
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
    assert_eq!(hold("one", &series(&[PointValue::Value(0.5)])), 1);
    assert_eq!(hold("equal", &series(&[PointValue::Value(0.5); 12])), 12);
    assert_eq!(hold("hidden", &series(&[PointValue::Hidden; 7])), 7);
    assert!(series(&[PointValue::Hidden; 7]).finding().contains("skjult"));
    assert_eq!(hold("broken", &series(&[PointValue::Value(f64::NAN), PointValue::Value(1.0), PointValue::Missing])), 3);
    let mut many = series(&[PointValue::Value(0.31); 60]);
    many.lines = vec![line(0.3, 24), CentreLine { from: 24, preliminary: true, ..line(0.31, 60) }];
    many.lines[0].carried_to = 60;
    many.signals = vec![Signal { from: 24, to: 59, points: 36, above: true, better: Some(true) }];
    many.limits = [Some(ControlLimits { low: 0.0, high: 1.0 }), None].repeat(30);
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
    let whole = Figure::of("a", &series(&[PointValue::Value(0.5); 6]));
    let mut readings = [PointValue::Value(0.5); 6];
    readings[2] = PointValue::Missing;
    let broken = Figure::of("a", &series(&readings));
    let ways = |figure: &Figure| figure.wide.matches("class=\"fb-chart-way\"").count();
    let marks = |figure: &Figure| figure.wide.matches("<circle").count();
    assert_eq!((ways(&whole), ways(&broken)), (1, 2));
    assert_eq!(marks(&whole), marks(&broken) + 1);
    assert!(broken.table.contains("Ingen tal"));
}

#[test]
fn a_hidden_figure_stands_nowhere_in_the_page() {
    let mut hidden = series(&[PointValue::Value(0.5), PointValue::Hidden, PointValue::Value(0.5)]);
    hidden.points[1].counts = Some((3, 777));
    let html = Figure::of("a", &hidden).html();
    assert!(!html.contains("777"));
    assert!(html.contains("Skjult"));
}

#[test]
fn a_preliminary_point_is_hollow_and_said_so() {
    let figure = Figure::of("a", &series(&[PointValue::Value(0.5); 3]));
    // The point, and the key's.
    assert_eq!(figure.wide.matches("fb-chart-hollow").count(), 2);
    assert!(figure.table.contains("Foreløbig"));
}

#[test]
fn what_people_wrote_is_marked_as_danish_and_cannot_leave_its_place() {
    let mut changed = series(&[PointValue::Value(0.5); 12]);
    changed.changes = vec![Change { at: 6, name: Text::record("<script>alert(1)</script>") }];
    let html = Figure::of("a\" onload=\"x", &changed).html();
    assert!(!html.contains("<script"));
    assert!(html.contains("lang=\"da\""));
    assert!(html.contains("id=\"aonloadx-wide-title\""));
    hold("safe", &changed);
}

fn group(name: &str, figure: Option<(f64, f64, f64)>) -> EquityGroup {
    EquityGroup { name: Text::record(name), figure, whole: Some(40), population: Some(0.3), gap: true }
}

fn equity(groups: Vec<EquityGroup>) -> Equity {
    Equity {
        title: "Gennemførte".to_owned(),
        subject: "Andelen, der gennemfører,".to_owned(),
        unit: Unit::Share,
        all: Some(0.7),
        population: None,
        groups,
    }
}

#[test]
fn an_equity_comparison_holds_and_says_which_groups_differ() {
    assert_eq!(hold("equity-none", &equity(Vec::new())), 0);
    let one = equity(vec![group(LONG, Some((0.0, 0.0, 0.2))), group("Skjult", None)]);
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
fn levels_beside_the_period_before_hold() {
    let level = |now| LevelShare { name: LONG.into(), now, count: Some(40), before: Some(0.9), moved: true };
    let shift = |levels| LevelShift { title: "Niveauer".to_owned(), levels };
    assert_eq!(hold("levels-none", &shift(Vec::new())), 0);
    assert_eq!(hold("levels", &shift(vec![level(Some((0.1, 0.0, 0.2))), level(None)])), 2);
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
    let waiting =
        |bins| WaitingTimes { title: "Ventetid".to_owned(), bins, limit: Some(13), median: None, ninetieth: None };
    assert_eq!(hold("waiting-none", &waiting(Vec::new())), 0);
    let mut some = waiting(vec![bin(0, Some(6), Some(30)), bin(7, Some(13), Some(20)), bin(14, None, Some(10))]);
    some.median = Some(8.0);
    some.ninetieth = Some(400.0);
    assert_eq!(hold("waiting", &some), 3);
    assert!(some.finding().ends_with("Over 13\u{a0}dage venter 10 af 60."));
    some.bins[2].count = None;
    assert!(!some.finding().contains("venter 1"), "{}", some.finding());
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
    let unit = |name: &str, part, whole, place| FunnelUnit { name: Text::record(name), part, whole, place };
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
        unit(LONG, 10, 100, FunnelPlace::Outside998),
        unit("B", 60, 70, FunnelPlace::Within),
        unit("C", 0, 0, FunnelPlace::TooFew),
        unit("D", 190, 200, FunnelPlace::Outside95),
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
    assert_eq!(some.finding(), "5 af 5 i 2 områder. Helt opfyldt: 1. Skjult: 1.");
}

#[test]
fn small_multiples_hold_with_a_row_for_each_period() {
    let panel = |name: &str, readings: &[PointValue]| Panel {
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
    assert_eq!(hold("multiples-one", &multiples(vec![panel(LONG, &[PointValue::Value(0.4)])], 1)), 1);
    let panels = vec![
        panel(LONG, &[PointValue::Value(0.4); 60]),
        panel("Kort", &[PointValue::Missing; 60]),
        // Shorter than the others: what is not there is missing.
        panel("Ny", &[PointValue::Hidden; 3]),
    ];
    assert_eq!(hold("multiples", &multiples(panels, 60)), 60);
}

/// The texts of ours are read whole, before they are broken into lines; what people wrote is not.
#[test]
fn a_figure_is_read_in_another_language_whole_texts_at_a_time() {
    let bars = AreaBars {
        title: "Områder".to_owned(),
        of: "områder".to_owned(),
        bars: vec![
            AreaBar { name: "Nikotin- og tobaksafvænning med meget mere end det".into(), counts: Some((1, 2)) },
            AreaBar { name: Text::record("Nordbyens hold"), counts: None },
        ],
    };
    let read = |text: &str| (text != "Skjult").then(|| format!("<{text}>"));
    let figure = Figure::read_in("en", &read, "bars", &bars);
    let html = figure.html();
    assert!(html.starts_with("<figure class=\"fb-chart\" lang=\"en\">"));
    assert!(html.contains("<title id=\"bars-wide-title\">&lt;Områder&gt;</title>"));
    assert!(html.contains(">&lt;Vis som tabel&gt;</summary>"));
    assert!(figure.wide.contains(">&lt;Nikotin- og"));
    assert!(!figure.wide.contains("&lt;med"), "each line was read by itself");
    assert!(figure.wide.contains(">Nordbyens hold<"));
    assert!(html.contains(">Skjult<"));
}

fn plans(rows: &[(Option<Range>, Option<Range>)]) -> Plans {
    let row = |(today, planned): &(Option<Range>, Option<Range>)| PlanRow {
        name: LONG.into(),
        today: *today,
        planned: *planned,
    };
    Plans {
        title: "Ventetid til første mødegang".to_owned(),
        of: "Indsats".to_owned(),
        unit: Unit::Days,
        changed: true,
        rows: rows.iter().map(row).collect(),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "as a row holds it")]
const fn range(low: f64, middle: f64, high: f64) -> Option<Range> {
    Some(Range { low, middle, high })
}

#[test]
fn a_plan_stands_beside_today_and_only_what_is_more_than_chance_is_named() {
    assert_eq!(hold("plans-none", &plans(&[])), 0);
    assert_eq!(plans(&[(None, None)]).finding(), "Der er ingen tal endnu.");
    let touching = plans(&[(range(20.0, 30.0, 40.0), range(40.0, 45.0, 50.0))]);
    assert_eq!(touching.finding(), "Ingen forskel er større, end den kan være tilfældig.");
    let mut apart = plans(&[(range(20.0, 30.0, 40.0), range(9.0, 12.0, 15.0)), (None, range(1.0, 2.0, 3.0))]);
    apart.rows[0].name = "Fysisk træning".into();
    assert_eq!(apart.finding(), "Fysisk træning: fra 30\u{a0}dage til 12\u{a0}dage.");
    assert_eq!(hold("plans", &apart), 2);
    assert!(Figure::of("a", &apart).table.contains("20–40\u{a0}dage"));
    let many = plans(&[(range(0.0, 0.0, 0.0), range(1e6, 2e6, 3e6)); 20]);
    assert!(many.finding().ends_with("Og 17 mere."));
    assert_eq!(hold("plans-many", &many), 20);
    apart.changed = false;
    assert_eq!(apart.finding(), "Sådan ser et år ud med det, kommunen har i dag.");
    assert_eq!(hold("plans-today", &apart), 2);
    let full = Plans { unit: Unit::Share, ..plans(&[(range(0.7, 0.8, 0.9), range(0.9, 1.0, 1.3))]) };
    assert_eq!(hold("plans-share", &full), 1);
    assert!(Figure::of("a", &full).table.contains("70–90\u{a0}%"));
}

#[test]
fn bars_of_values_hold_with_nothing_hidden_and_too_long() {
    let bar = |value: Option<f64>, said: &str| ValueBar { name: LONG.into(), value, said: said.to_owned() };
    let bars =
        |bars| ValueBars { title: "Antal forløb".into(), of: "Køn".into(), measured: "Antal forløb".into(), bars };
    hold("bars-none", &bars(Vec::new()));
    assert_eq!(bars(Vec::new()).finding(), "Der er ingen tal at vise.");
    let some = bars(vec![bar(Some(12.0), "12"), bar(None, "<5"), bar(Some(0.0), "0"), bar(Some(f64::NAN), "–")]);
    hold("bars-some", &some);
    assert_eq!(some.finding(), "Fra 0 til 12. Skjult: 2.");
    let equal = bars(vec![bar(Some(12.0), "12"), bar(Some(12.0), "12")]);
    hold("bars-equal", &equal);
    assert_eq!(equal.finding(), "Alle tal er 12.");
}
