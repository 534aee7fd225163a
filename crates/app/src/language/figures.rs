//! The texts of figures: `charts` says them in Danish, and the catalogue must have each of them in English.

use std::cell::RefCell;

use charts::{
    AreaBar, AreaBars, Bin, CentreLine, Change, ControlLimits, Equity, EquityGroup, Figure, Flow, Funnel, FunnelPlace,
    FunnelUnit, LevelShare, LevelShift, Loss, Multiples, Paired, PairedRow, Panel, PeriodStep, Picture, PlanRow, Plans,
    Point, PointValue, Range, Series, Signal, Stage, Text, Unit, ValueBar, ValueBars, WaitingTimes,
};

use super::catalogue::ENGLISH;

/// The texts of a figure that the catalogue lacks.
fn missing(picture: &impl Picture) -> Vec<String> {
    let missed = RefCell::new(Vec::new());
    let read = |text: &str| {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let english = ENGLISH.english(&words);
        if english.is_none() && !words.is_empty() {
            missed.borrow_mut().push(words);
        }
        english
    };
    let html = Figure::read_in("en", &read, "figure", picture).html();
    assert!(html.contains("lang=\"en\""));
    missed.into_inner()
}

fn all_are_read(picture: &impl Picture) {
    assert_eq!(missing(picture), Vec::<String>::new());
}

fn series(unit: Unit, values: &[f64]) -> Series {
    let point = |(at, value): (usize, &f64)| Point {
        label: ["okt.", "nov.", "dec."][at % 3].to_owned(),
        year: 2026,
        name: ["oktober 2026", "november 2026", "december 2026"][at % 3].to_owned(),
        reading: PointValue::Value(*value),
        counts: Some((31, 50)),
        preliminary: at + 1 == values.len(),
    };
    Series {
        title: "Ventetid".to_owned(),
        subject: "Andelen".to_owned(),
        unit,
        step: PeriodStep::Month,
        points: values.iter().enumerate().map(point).collect(),
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
    CentreLine { value, from: 0, to, carried_to: to, preliminary: true }
}

#[test]
fn what_a_series_says_is_read() {
    all_are_read(&series(Unit::Share, &[]));
    all_are_read(&series(Unit::Share, &[0.5, 0.25]));
    for (unit, value) in
        [(Unit::Share, 0.625), (Unit::Days, 12.5), (Unit::Days, 1.0), (Unit::Count("borgere".to_owned()), 40.0)]
    {
        let mut one = series(unit, &[value; 12]);
        one.subject = "Antallet".to_owned();
        one.lines = vec![line(value, 6), line(value, 12)];
        one.goal = Some(value);
        one.points[2].reading = PointValue::Hidden;
        one.points[3].reading = PointValue::Missing;
        for (above, better) in [(true, None), (false, Some(true)), (true, Some(false))] {
            for step in [PeriodStep::Month, PeriodStep::Quarter, PeriodStep::Other] {
                one.step = step;
                one.signals = vec![Signal { from: 3, to: 11, points: 9, above, better }];
                all_are_read(&one);
            }
        }
        one.signals.clear();
        all_are_read(&one);
        one.few_crossings = Some((1, 14));
        all_are_read(&one);
        one.few_crossings = Some((3, 4));
        one.changes = vec![Change { at: 4, name: Text::record("x") }];
        all_are_read(&one);
        one.changes.push(Change { at: 6, name: Text::record("y") });
        all_are_read(&one);
    }
}

#[test]
fn what_a_control_chart_says_is_read() {
    let mut one = series(Unit::Share, &[0.2; 14]);
    one.limits = [Some(ControlLimits { low: 0.1, high: 0.3 }), None].repeat(7);
    all_are_read(&one);
    one.lines = vec![line(0.2, 14)];
    all_are_read(&one);
    one.outside = vec![3];
    all_are_read(&one);
    one.outside = vec![3, 4];
    one.signals = vec![Signal { from: 3, to: 11, points: 9, above: true, better: None }];
    all_are_read(&one);
}

#[test]
fn what_comparisons_say_is_read() {
    let group = |gap| EquityGroup {
        name: "Ventetid".into(),
        figure: Some((0.6, 0.5, 0.7)),
        whole: Some(9),
        population: Some(0.2),
        gap,
    };
    let mut equity = Equity {
        title: "Ventetid".to_owned(),
        subject: "Andelen".to_owned(),
        unit: Unit::Share,
        all: Some(0.625),
        population: None,
        groups: vec![group(false)],
    };
    all_are_read(&equity);
    for _ in 0..2 {
        equity.groups.push(group(true));
        all_are_read(&equity);
    }
    equity.groups.push(EquityGroup { figure: None, whole: None, population: None, ..group(false) });
    equity.population = Some("Befolkning".to_owned());
    all_are_read(&equity);
    equity.groups.iter_mut().for_each(|group| group.population = Some(0.9));
    all_are_read(&equity);
    equity.groups[0].population = Some(0.1);
    all_are_read(&equity);
    equity.groups.iter_mut().for_each(|group| group.population = Some(0.6));
    all_are_read(&equity);
    all_are_read(&Equity { groups: Vec::new(), ..equity });
    let level = |now, before, moved| LevelShare { name: "Ventetid".into(), now, count: Some(9), before, moved };
    let now = Some((0.6, 0.5, 0.7));
    for levels in [[level(None, None, false)], [level(now, None, false)], [level(now, Some(0.5), false)]] {
        all_are_read(&LevelShift { title: "Ventetid".to_owned(), levels: levels.into() });
    }
    let moved = vec![level(now, Some(0.25), true), level(now, Some(0.3), true)];
    all_are_read(&LevelShift { title: "Ventetid".to_owned(), levels: moved });

    let unit = |place| FunnelUnit { name: Text::record("x"), part: 3, whole: 40, place };
    let funnel = |units| Funnel {
        title: "Ventetid".to_owned(),
        of: "borgere".to_owned(),
        centre: 0.625,
        units,
        limits: Vec::new(),
    };
    let places = [FunnelPlace::Within, FunnelPlace::TooFew, FunnelPlace::Outside95, FunnelPlace::Outside998];
    for count in 0..=4 {
        all_are_read(&funnel(places[..count].iter().map(|place| unit(*place)).collect()));
    }
    all_are_read(&funnel(vec![unit(FunnelPlace::Outside998), unit(FunnelPlace::Outside998)]));
}

#[test]
fn what_one_period_says_is_read() {
    let bin = |from, to, count| Bin { from, to, count };
    let mut waiting = WaitingTimes {
        title: "Ventetid".to_owned(),
        bins: vec![bin(0, Some(6), Some(9)), bin(7, None, Some(5))],
        limit: Some(6),
        median: None,
        ninetieth: None,
    };
    all_are_read(&waiting);
    waiting.median = Some(1.0);
    all_are_read(&waiting);
    waiting.ninetieth = Some(12.5);
    waiting.bins[1].count = None;
    all_are_read(&waiting);

    let loss = |reason: &str, count| Loss { reason: reason.into(), count };
    let stage = |name: &str, count, losses| Stage { name: name.into(), count, losses };
    let mut flow = Flow {
        title: "Ventetid".to_owned(),
        stages: vec![
            stage("Ventetid", Some(40), vec![loss("udeblev", Some(6)), loss("udeblev", None)]),
            stage("Ventetid", Some(30), Vec::new()),
        ],
    };
    all_are_read(&flow);
    flow.stages[1].count = None;
    all_are_read(&flow);

    let row = |means, interval| PairedRow {
        name: "Ventetid".into(),
        unit: "point".to_owned(),
        span: (0.0, 9.0),
        means,
        interval,
    };
    let mut paired = Paired { title: "Ventetid".to_owned(), rows: vec![row(None, None)] };
    all_are_read(&paired);
    paired.rows = vec![row(Some((1.5, 3.0, 9)), Some((0.5, 2.5))), row(Some((3.0, 1.5, 9)), None)];
    all_are_read(&paired);
    paired.rows.extend([row(Some((1.0, 2.0, 9)), None), row(Some((1.0, 2.0, 9)), Some((-0.5, 2.5)))]);
    all_are_read(&paired);

    let bar = |counts| AreaBar { name: "Ventetid".into(), counts };
    all_are_read(&AreaBars { title: "Ventetid".to_owned(), of: "områder".to_owned(), bars: Vec::new() });
    let bars = vec![bar(Some((5, 5))), bar(Some((0, 0))), bar(None)];
    all_are_read(&AreaBars { title: "Ventetid".to_owned(), of: "områder".to_owned(), bars });

    let value = |value, said: &str| ValueBar { name: "Ventetid".into(), value, said: said.to_owned() };
    let values = |bars| ValueBars { title: "Ventetid".into(), of: "Køn".into(), measured: "Ventetid".into(), bars };
    all_are_read(&values(Vec::new()));
    all_are_read(&values(vec![value(Some(5.0), "5"), value(Some(9.0), "9"), value(None, "<5")]));
    all_are_read(&values(vec![value(Some(5.0), "5,5 %"), value(Some(9.0), "9,5 %")]));
    all_are_read(&values(vec![value(Some(5.0), "5")]));
    all_are_read(&values(vec![value(Some(5.0), "5,5 %")]));

    let panel = |signal| Panel {
        name: "Ventetid".into(),
        readings: vec![PointValue::Value(0.5), PointValue::Hidden],
        line: Some(0.5),
        signal,
    };
    let multiples = |panels| Multiples {
        title: "Ventetid".to_owned(),
        unit: Unit::Share,
        periods: vec![("okt.".to_owned(), "oktober 2026".to_owned()), ("nov.".to_owned(), "november 2026".to_owned())],
        panels,
    };
    for signals in 0..=2 {
        let panels = (0..3).map(|at| panel(at < signals)).collect();
        all_are_read(&multiples(panels));
    }
    all_are_read(&multiples(Vec::new()));
}

#[test]
fn what_a_plan_beside_today_says_is_read() {
    let range = |low, middle, high| Some(Range { low, middle, high });
    let row = |today, planned| PlanRow { name: "Ventetid".into(), today, planned };
    for unit in [Unit::Days, Unit::Share, Unit::Count("borgere".to_owned())] {
        let mut plans =
            Plans { title: "Ventetid".to_owned(), of: "Indsats".to_owned(), unit, changed: true, rows: Vec::new() };
        all_are_read(&plans);
        plans.rows = vec![row(range(0.1, 0.2, 0.3), None), row(range(0.1, 0.2, 0.3), range(0.2, 0.3, 0.4))];
        all_are_read(&plans);
        plans.rows.extend(vec![row(range(1.0, 1.0, 2.0), range(4.0, 5.0, 16.0)); 5]);
        all_are_read(&plans);
        plans.changed = false;
        all_are_read(&plans);
    }
}
