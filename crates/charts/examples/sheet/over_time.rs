//! Run charts, p-charts and small multiples, judged by `indicators` and shown by `charts`.

use charts::{Change, Figure, Limits, Line, Multiples, Panel, Point, Reading, Series, Signal, Step, Text, Unit};
use indicators::period::{Every, Period};
use indicators::statistics::run_chart::{self, Confirmed, Rule, Side};
use indicators::statistics::shewhart::p_chart;
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

fn months(count: i32) -> Vec<Period> {
    let last = Period::containing(Every::Month, date(2026, 11, 1));
    (0..count).map(|at| last.step(at + 1 - count)).collect()
}

fn points(readings: &[Reading], counts: &[Option<(u32, u32)>]) -> Vec<Point> {
    let months = months(i32::try_from(readings.len()).unwrap_or(0));
    let last = readings.len().saturating_sub(1);
    let point = |(at, period): (usize, Period)| Point {
        label: period.short_label(),
        year: period.from().year(),
        name: period.label(),
        reading: readings[at],
        counts: counts.get(at).copied().flatten(),
        preliminary: at == last,
    };
    months.into_iter().enumerate().map(point).collect()
}

fn values(readings: &[Reading]) -> Vec<Option<f64>> {
    let value = |reading: &Reading| if let Reading::Value(value) = reading { Some(*value) } else { None };
    readings.iter().map(value).collect()
}

fn series(title: &str, readings: &[Reading], changes: &[run_chart::Change], better: Better) -> Series {
    let phases = run_chart::read(&values(readings), changes, Rule::Chance);
    let line = |phase: &run_chart::Phase| Line {
        value: phase.reading.centre,
        from: phase.span.own.start,
        to: phase.span.own.end,
        carried_to: phase.span.carried_to,
        preliminary: phase.span.preliminary,
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
        step: Step::Month,
        points: points(readings, &[]),
        lines: phases.iter().map(line).collect(),
        signals: phases.iter().flat_map(|phase| &phase.reading.signals).map(signal).collect(),
        few_crossings: None,
        limits: Vec::new(),
        outside: Vec::new(),
        changes: Vec::new(),
        goal: None,
        rule: Some(Rule::Chance.label().to_owned()),
    }
}

fn share(percent: u32) -> Reading {
    Reading::Value(f64::from(percent) / 100.0)
}

fn new_median() -> Series {
    let readings = COMPLETED.map(share);
    let who = Confirmed { reason: "Opkald".to_owned(), by: "MK".to_owned(), on: date(2026, 11, 2) };
    let change = run_chart::confirm(&values(&readings), 12, Better::Higher, Rule::Chance, who);
    let changes: Vec<_> = change.into_iter().collect();
    let mut series = series("Gennemførte af startede", &readings, &changes, Better::Higher);
    series.changes = vec![Change { at: 12, name: Text::record("Ændring: opkald efter første udeblivelse") }];
    series.points = points(&readings, &COMPLETED.map(|part| Some((part / 2, 50))));
    series.goal = Some(0.85);
    series
}

fn signal() -> Series {
    let mut readings: Vec<Reading> = [12, 15, 11, 16, 14, 12, 17, 13, 15, 12, 16, 14, 17, 19, 18, 20, 22, 19, 21, 18]
        .map(|days| Reading::Value(f64::from(days)))
        .to_vec();
    readings[4] = Reading::Missing;
    readings[8] = Reading::Hidden;
    let mut series = series("Dage til afholdt afklarende samtale", &readings, &[], Better::Lower);
    series.subject = "Medianventetiden".to_owned();
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
    let readings: Vec<Reading> = shares.iter().flatten().map(|share| Reading::Value(share.value())).collect();
    let phases = p_chart(&shares, &[], Rule::Chance).unwrap_or_default();
    let mut series = series("Udeblivelser uden afbud", &readings, &[], Better::Lower);
    series.points = points(&readings, &counts.map(Some));
    series.lines = Vec::new();
    for phase in &phases {
        series.lines.push(Line {
            value: phase.reading.centre,
            from: phase.span.own.start,
            to: phase.span.own.end,
            carried_to: phase.span.carried_to,
            preliminary: phase.span.preliminary,
        });
        series
            .limits
            .extend(phase.limits.iter().map(|limits| limits.map(|one| Limits { low: one.low, high: one.high })));
        series.outside.extend(phase.outside.iter().map(|(at, _)| *at));
    }
    series.rule =
        Some("Signal: et punkt uden for grænserne (tre standardfejl), eller seriediagrammets regler.".to_owned());
    series
}

fn long() -> Series {
    let wave = |at: u32| share(44 + (at * 7) % 13 + if at > 40 { 8 } else { 0 });
    let readings: Vec<Reading> = (0..60).map(wave).collect();
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
        let mut readings: Vec<Reading> = (0..18).map(|month| share(62 + at * 4 + (month * (5 + at)) % 11)).collect();
        if at == 3 {
            readings.iter_mut().skip(9).for_each(|reading| *reading = share(52));
        }
        if at == 5 {
            readings[6] = Reading::Hidden;
            readings[7] = Reading::Missing;
        }
        let phases = run_chart::read(&values(&readings), &[], Rule::Chance);
        Panel {
            name: name.into(),
            line: phases.last().map(|phase| phase.reading.centre),
            signal: phases.last().is_some_and(|phase| phase.reading.is_signal()),
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
