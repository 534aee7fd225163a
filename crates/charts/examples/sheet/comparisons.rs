//! Figures of one period: before and after, the way, waiting, equity, funnel, bars.

use charts::{
    AreaBar, AreaBars, Bin, Equity, EquityGroup, Figure, Flow, Funnel, FunnelLimits, FunnelPlace, FunnelUnit, Loss,
    Paired, PairedRow, PlanRow, Plans, Range, Stage, Text, Unit, WaitingTimes,
};
use indicators::statistics::shewhart::{self, funnel};
use indicators::statistics::{Share, gap, wilson};

pub fn figures() -> Vec<(&'static str, Figure)> {
    vec![
        ("Før og efter", Figure::of("paired", &paired())),
        ("Fra henvist til gennemført", Figure::of("flow", &flow())),
        ("Ventetid", Figure::of("waiting", &waiting())),
        ("Lighed", Figure::of("equity", &equity())),
        ("Lighed: mod befolkningen", Figure::of("coverage", &coverage())),
        ("Tragt", Figure::of("funnel", &units())),
        ("Områder", Figure::of("bars", &bars())),
        ("Hvad nu hvis", Figure::of("plans", &plans())),
    ]
}

fn paired() -> Paired {
    let row = |name: &str, unit: &str, span, means, interval| PairedRow {
        name: name.into(),
        unit: unit.to_owned(),
        span,
        means,
        interval,
    };
    Paired {
        title: "Ændring fra start til slut".to_owned(),
        rows: vec![
            row("6 minutters gangtest", "m", (0.0, 700.0), Some((384.0, 429.0, 118)), Some((36.2, 53.8))),
            row("Rejse sig fra stol på 30 sekunder", "gange", (0.0, 25.0), Some((11.2, 13.9, 131)), Some((2.3, 3.1))),
            row("Trivsel (WHO-5)", "point", (0.0, 100.0), Some((52.4, 61.0, 96)), Some((5.1, 12.1))),
            row("Vægt", "kg", (60.0, 140.0), Some((96.4, 94.1, 44)), Some((-3.4, -1.2))),
            row("Afhængighed (Fagerström)", "point", (0.0, 10.0), None, None),
        ],
    }
}

fn flow() -> Flow {
    let loss = |reason: &str, count| Loss { reason: reason.into(), count };
    let stage = |name: &str, count, losses| Stage { name: name.into(), count: Some(count), losses };
    Flow {
        title: "Fra henvist til gennemført, seneste 12 måneder".to_owned(),
        stages: vec![
            stage("Henvist", 412, vec![loss("nået ikke", Some(33)), loss("flyttet eller død", Some(8))]),
            stage("Nået", 371, vec![loss("sagde nej til samtale", Some(38)), loss("udeblev", Some(15))]),
            stage(
                "Samtale holdt",
                318,
                vec![loss("ønskede ingen indsats", Some(21)), loss("fik anden hjælp", Some(11))],
            ),
            stage("Bevilget indsats", 286, vec![loss("startede aldrig", Some(24))]),
            stage(
                "Startet",
                262,
                vec![loss("udeblev", Some(27)), loss("anden sygdom", Some(19)), loss("transport", None)],
            ),
            stage("Gennemført", 204, Vec::new()),
        ],
    }
}

fn waiting() -> WaitingTimes {
    let counts = [21, 46, 58, 34, 18, 12, 9, 5];
    let bin = |(at, count): (u32, u32)| Bin { from: at * 7, to: (at < 7).then_some(at * 7 + 6), count: Some(count) };
    WaitingTimes {
        title: "Dage fra henvisning til afklarende samtale".to_owned(),
        bins: (0..).zip(counts).map(bin).collect(),
        limit: Some(27),
        median: Some(17.0),
        ninetieth: Some(41.0),
    }
}

fn equity() -> Equity {
    let all = Share::new(441, 620);
    let group = |name: &str, part, whole: u32| {
        let share = Share::new(part, whole);
        let rest = share.and_then(|share| Some((share, Share::new(441 - share.part(), 620 - share.whole())?)));
        EquityGroup {
            name: name.into(),
            figure: share.filter(|share| share.whole() >= 20).map(|share| {
                let interval = wilson(share);
                (share.value(), interval.low, interval.high)
            }),
            whole: Some(whole),
            population: None,
            gap: rest.is_some_and(|(one, rest)| one.whole() >= 20 && gap(one, rest).is_called(10.0)),
        }
    };
    Equity {
        title: "Gennemførte efter uddannelse".to_owned(),
        subject: "Andelen, der gennemfører,".to_owned(),
        unit: Unit::Share,
        all: all.map(Share::value),
        population: None,
        groups: vec![
            group("Grundskole", 92, 168),
            group("Erhvervsuddannelse", 176, 238),
            group("Kort videregående uddannelse", 41, 52),
            group("Mellemlang videregående uddannelse", 84, 104),
            group("Lang videregående uddannelse", 9, 13),
            group("Ikke oplyst", 39, 45),
        ],
    }
}

fn coverage() -> Equity {
    let district = |name: &str, figure, population, whole| EquityGroup {
        name: Text::record(name),
        figure,
        whole,
        population: Some(population),
        gap: false,
    };
    Equity {
        title: "Andel af deltagerne og af befolkningen".to_owned(),
        subject: "Andelen, der deltager,".to_owned(),
        unit: Unit::Share,
        all: None,
        population: Some("Andel af de voksne med sygdommen".to_owned()),
        groups: vec![
            district("Byen", Some((0.41, 0.37, 0.45)), 0.33, Some(254)),
            district("Nordby og Skovlandet", Some((0.22, 0.19, 0.25)), 0.24, Some(136)),
            district("Kysten", Some((0.18, 0.15, 0.21)), 0.29, Some(112)),
            district("Øerne", None, 0.05, None),
        ],
    }
}

fn units() -> Funnel {
    let shares: Vec<Share> = [
        (41, 62),
        (88, 130),
        (30, 58),
        (120, 161),
        (66, 90),
        (12, 15),
        (51, 88),
        (140, 180),
        (95, 141),
        (61, 84),
        (33, 71),
        (160, 240),
    ]
    .into_iter()
    .filter_map(|(part, whole)| Share::new(part, whole))
    .collect();
    let judged = funnel(&shares);
    let places = judged.as_ref().map(|judged| judged.places.clone()).unwrap_or_default();
    let unit = |((at, share), place): ((usize, &Share), shewhart::FunnelPlace)| FunnelUnit {
        name: Text::record(format!("Sundhedscenter {}", at + 1)),
        part: share.part(),
        whole: share.whole(),
        place: match place {
            shewhart::FunnelPlace::Within => FunnelPlace::Within,
            shewhart::FunnelPlace::Outside95(_) => FunnelPlace::Outside95,
            shewhart::FunnelPlace::Outside998(_) => FunnelPlace::Outside998,
            shewhart::FunnelPlace::TooFew => FunnelPlace::TooFew,
        },
    };
    let curve = |whole: u32| {
        let judged = judged.as_ref()?;
        let (near, far) = (judged.limits_95(whole), judged.limits_998(whole));
        Some(FunnelLimits { whole, near: (near.low, near.high), far: (far.low, far.high) })
    };
    Funnel {
        title: "Gennemførte efter sted".to_owned(),
        of: "startede".to_owned(),
        centre: judged.as_ref().map_or(0.0, |judged| judged.centre),
        units: shares.iter().enumerate().zip(places).map(unit).collect(),
        limits: (20..=250).step_by(5).filter_map(curve).collect(),
    }
}

fn bars() -> AreaBars {
    let bar = |(name, part, whole): (&str, u32, u32)| AreaBar { name: name.into(), counts: Some((part, whole)) };
    let mut bars: Vec<AreaBar> = [
        ("Målgruppe", 5, 5),
        ("Henvisning", 15, 16),
        ("Afklarende samtale", 15, 17),
        ("Sundhedspædagogik", 9, 9),
        ("Sygdomsmestring", 16, 16),
        ("Nikotin- og tobaksafvænning, herunder snus og e-cigaretter", 22, 26),
        ("Fysisk aktivitet", 26, 28),
        ("Ernæringsindsats", 26, 28),
        ("Opfølgning", 0, 1),
    ]
    .map(bar)
    .to_vec();
    bars.push(AreaBar { name: "Lighed i sundhed".into(), counts: None });
    AreaBars { title: "Opfyldte krav efter område".to_owned(), of: "områder".to_owned(), bars }
}

fn plans() -> Plans {
    let range = |low, middle, high| Some(Range { low, middle, high });
    let row = |name: &str, today, planned| PlanRow { name: name.into(), today, planned };
    Plans {
        title: "Ventetid til første mødegang".to_owned(),
        of: "Indsats".to_owned(),
        unit: Unit::Days,
        changed: true,
        rows: vec![
            row("Fysisk træning", range(34.0, 47.0, 61.0), range(12.0, 15.0, 19.0)),
            row("Sygdomshåndtering", range(18.0, 22.0, 27.0), range(17.0, 22.0, 28.0)),
            row("Nikotinafvænning", range(9.0, 11.0, 13.0), None),
        ],
    }
}
