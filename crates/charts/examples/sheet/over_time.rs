//! Run charts, p-charts and small multiples, judged by `indicators` and shown by `charts`.

use charts::{
    CentreLine, Change, ControlLimits, Figure, Multiples, Panel, PeriodStep, Point, PointValue, Series, Signal, Text,
    Unit,
};
use indicators::period::{Every, FigurePeriod};
use indicators::statistics::run_chart::{self, Confirmed, Side, SignalRule};
use indicators::statistics::shewhart::{P_CHART_RULE, p_chart};
use indicators::statistics::{Better, Share};
use jiff::civil::date;

const COMPLETED: [u32; 22] = [68, 71, 66, 70, 73, 69, 67, 72, 70, 68, 74, 69, 76, 78, 75, 79, 77, 80, 78, 76, 81, 79];

pub fn figures() -> Vec<(&'static str, Figure)> {
    vec![
        ("Seriediagram: ny median", Figure::of("new-median", &new_median())),
        ("Seriediagram: signal, hul og skjult", Figure::of("signal", &signal())),
        ("Kontroldiagram", Figure::of("p-chart", &no_shows())),
        ("Seriediagram: 60 punkter, flere ændringer", Figure::of("long", &long())),
        ("Seriediagram: for få punkter", Figure::of("few", &few())),
        ("Små serier", Figure::of("multiples", &multiples())),
    ]
}

fn months(count: i32) -> Vec<FigurePeriod> {
    let last = FigurePeriod::containing(Every::Month, date(2026, 11, 1));
    (0..count).map(|at| last.step(at + 1 - count)).collect()
}

fn points(readings: &[PointValue], counts: &[Option<(u32, u32)>]) -> Vec<Point> {
    let months = months(i32::try_from(readings.len()).unwrap_or(0));
    let last = readings.len().saturating_sub(1);
    let point = |(at, period): (usize, FigurePeriod)| Point {
        label: period.short_label(),
        year: period.from().year(),
        name: period.label(),
        reading: readings[at],
        counts: counts.get(at).copied().flatten(),
        preliminary: at == last,
    };
    months.into_iter().enumerate().map(point).collect()
}

fn values(readings: &[PointValue]) -> Vec<Option<f64>> {
    let value = |reading: &PointValue| if let PointValue::Value(value) = reading { Some(*value) } else { None };
    readings.iter().map(value).collect()
}

fn series(title: &str, readings: &[PointValue], changes: &[run_chart::Change], better: Better) -> Series {
    let stretches = run_chart::read(&values(readings), changes, SignalRule::Chance);
    let line = |stretch: &run_chart::Stretch| CentreLine {
        value: stretch.reading.centre,
        from: stretch.span.own.start,
        to: stretch.span.own.end,
        carried_to: stretch.span.carried_to,
        preliminary: stretch.span.preliminary,
    };
    let signal = |run: &run_chart::Run| Signal {
        from: run.from,
        to: run.to,
        points: run.length,
        above: run.side == Side::Above,
        better: run.side.is_better(better),
    };
    Series {
        title: title.to_owned(),
        subject: "Andelen".to_owned(),
        unit: Unit::Share,
        step: PeriodStep::Month,
        points: points(readings, &[]),
        lines: stretches.iter().map(line).collect(),
        signals: stretches.iter().flat_map(|stretch| &stretch.reading.signals).map(signal).collect(),
        few_crossings: None,
        limits: Vec::new(),
        outside: Vec::new(),
        changes: Vec::new(),
        goal: None,
        rule: Some(SignalRule::Chance.label().to_owned()),
    }
}

fn share(percent: u32) -> PointValue {
    PointValue::Value(f64::from(percent) / 100.0)
}

fn new_median() -> Series {
    let readings = COMPLETED.map(share);
    let who = Confirmed { reason: "Opkald".to_owned(), by: "MK".to_owned(), on: date(2026, 11, 2) };
    let change = run_chart::confirm(&values(&readings), 12, Better::Higher, SignalRule::Chance, who);
    let changes: Vec<_> = change.into_iter().collect();
    let mut series = series("Gennemførte af startede", &readings, &changes, Better::Higher);
    series.changes = vec![Change { at: 12, name: Text::record("Ændring: opkald efter første udeblivelse") }];
    series.points = points(&readings, &COMPLETED.map(|part| Some((part / 2, 50))));
    series.goal = Some(0.85);
    series
}

fn signal() -> Series {
    let mut readings: Vec<PointValue> =
        [12, 15, 11, 16, 14, 12, 17, 13, 15, 12, 16, 14, 17, 19, 18, 20, 22, 19, 21, 18]
            .map(|days| PointValue::Value(f64::from(days)))
            .to_vec();
    readings[4] = PointValue::Missing;
    readings[8] = PointValue::Hidden;
    let mut series = series("Dage til afholdt afklarende samtale", &readings, &[], Better::Lower);
    "Medianventetiden".clone_into(&mut series.subject);
    series.unit = Unit::Days;
    series.changes = vec![Change { at: 12, name: Text::record("To stillinger ubesat") }];
    series
}

fn no_shows() -> Series {
    let counts = [
        (18, 120),
        (15, 110),
        (20, 131),
        (13, 96),
        (17, 118),
        (16, 104),
        (14, 122),
        (19, 127),
        (15, 99),
        (17, 125),
        (12, 88),
        (18, 130),
        (16, 117),
        (40, 121),
        (17, 114),
        (14, 109),
        (19, 133),
        (15, 26),
        (16, 112),
        (13, 108),
    ];
    let shares: Vec<Option<Share>> = counts.iter().map(|(part, whole)| Share::new(*part, *whole)).collect();
    let readings: Vec<PointValue> = shares.iter().flatten().map(|share| PointValue::Value(share.value())).collect();
    let stretches = p_chart(&shares, &[], SignalRule::Chance).unwrap_or_default();
    let mut series = series("Udeblivelser uden afbud", &readings, &[], Better::Lower);
    series.points = points(&readings, &counts.map(Some));
    series.lines = Vec::new();
    for stretch in &stretches {
        series.lines.push(CentreLine {
            value: stretch.reading.centre,
            from: stretch.span.own.start,
            to: stretch.span.own.end,
            carried_to: stretch.span.carried_to,
            preliminary: stretch.span.preliminary,
        });
        series.limits.extend(
            stretch.limits.iter().map(|limits| limits.map(|one| ControlLimits { low: one.low, high: one.high })),
        );
        series.outside.extend(stretch.outside.iter().map(|(at, _)| *at));
    }
    series.rule = Some(P_CHART_RULE.to_owned());
    series
}

fn long() -> Series {
    let wave = |at: u32| share(44 + (at * 7) % 13 + if at > 40 { 8 } else { 0 });
    let readings: Vec<PointValue> = (0..60).map(wave).collect();
    let mut series = series("Elektroniske henvisninger", &readings, &[], Better::Higher);
    let name = "Praksiskonsulenten besøger alle praksis i Nordbyen med et kort om, hvordan man henviser elektronisk";
    series.changes = vec![
        Change { at: 14, name: Text::record("Ny skabelon i lægesystemet") },
        Change { at: 41, name: Text::record(name) },
    ];
    series
}

fn few() -> Series {
    let mut series = series("Ja til afklarende samtale", &[61, 66, 58, 70].map(share), &[], Better::Higher);
    series.rule = None;
    series
}

fn multiples() -> Multiples {
    let names = [
        "Fysisk træning",
        "Sygdomsmestring",
        "Kostvejledning",
        "Nikotin- og tobaksafvænning",
        "Samtale om alkohol",
        "Mental håndtering",
    ];
    let panel = |(at, name): (u32, &str)| {
        let mut readings: Vec<PointValue> = (0..18).map(|month| share(62 + at * 4 + (month * (5 + at)) % 11)).collect();
        if at == 3 {
            readings.iter_mut().skip(9).for_each(|reading| *reading = share(52));
        }
        if at == 5 {
            readings[6] = PointValue::Hidden;
            readings[7] = PointValue::Missing;
        }
        let stretches = run_chart::read(&values(&readings), &[], SignalRule::Chance);
        Panel {
            name: name.into(),
            line: stretches.last().map(|stretch| stretch.reading.centre),
            signal: stretches.last().is_some_and(|stretch| stretch.reading.is_signal()),
            readings,
        }
    };
    Multiples {
        title: "Gennemførte af startede efter indsats".to_owned(),
        unit: Unit::Share,
        periods: months(18).iter().map(|month| (month.short_label(), month.label())).collect(),
        panels: (0_u32..).zip(names).map(panel).collect(),
    }
}
