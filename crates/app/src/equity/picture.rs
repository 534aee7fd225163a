//! The comparison of the groups as a picture: against the population each group's part of those who take part, else the share
//! of each group's referred that came so far.

use charts::{Equity, EquityGroup, Text, Unit};
use indicators::equity::missing_people::Against;
use indicators::equity::participation::Reached;
use indicators::statistics::{Share, gap, wilson};
use indicators::suppression::SMALL;

use super::figures::{Figures, Group, share};

/// The picture; none when nothing is compared.
pub(super) fn comparison(figures: &Figures, stage: Reached, gap_points: f64) -> Option<Equity> {
    match figures.against? {
        Against::Population => Some(against_population(figures, stage)),
        Against::Referred => Some(against_referred(figures, stage, gap_points)),
    }
}

fn name(group: &Group) -> Text {
    if group.own { Text::record(&*group.name) } else { Text::from(&*group.name) }
}

/// A share with its interval.
pub(super) fn figure(share: Share) -> (f64, f64, f64) {
    let interval = wilson(share);
    (share.value(), interval.low, interval.high)
}

#[expect(clippy::cast_precision_loss, reason = "people of a municipality are far below 2^53")]
fn against_population(figures: &Figures, stage: Reached) -> Equity {
    let group = |group: &Group| {
        let own = group.shown.exact(stage);
        let persons = group.persons.filter(|_| figures.persons > 0);
        EquityGroup {
            name: name(group),
            figure: own.zip(figures.placed).and_then(|(own, all)| Share::new(own, all)).map(figure),
            whole: own,
            population: persons.map(|persons| persons as f64 / figures.persons as f64),
            gap: false,
        }
    };
    Equity {
        title: match stage {
            Reached::Referred => "Gruppernes del af dem, der er henvist",
            Reached::Started => "Gruppernes del af dem, der er begyndt",
            Reached::Completed => "Gruppernes del af dem, der har gennemført",
            Reached::Gained => "Gruppernes del af dem, der har fået gavn",
        }
        .to_owned(),
        subject: "Andelen".to_owned(),
        unit: Unit::Share,
        all: None,
        population: Some("Andel af befolkningen".to_owned()),
        groups: figures.groups.iter().filter(|group| group.is_placed).map(group).collect(),
    }
}

fn against_referred(figures: &Figures, stage: Reached, gap_points: f64) -> Equity {
    let all = figures.placed.zip(figures.referred);
    let group = |group: &Group| {
        let own = share(group.shown, stage);
        EquityGroup {
            name: name(group),
            figure: own.map(figure),
            whole: group.shown.exact(Reached::Referred),
            population: None,
            gap: own.zip(all).is_some_and(|(own, all)| is_gap(own, all, gap_points)),
        }
    };
    Equity {
        title: match stage {
            Reached::Referred | Reached::Started => "Andel af de henviste, der er begyndt",
            Reached::Completed => "Andel af de henviste, der har gennemført",
            Reached::Gained => "Andel af de henviste, der har fået gavn",
        }
        .to_owned(),
        subject: "Andelen".to_owned(),
        unit: Unit::Share,
        all: all.and_then(|(part, whole)| Share::new(part, whole)).map(Share::value),
        population: None,
        groups: figures.groups.iter().filter(|group| group.is_placed).map(group).collect(),
    }
}

/// Certain, and at least as large as the limit (KS-3.4-02); of twenty or more on both sides.
pub(super) fn is_gap(own: Share, (part, whole): (u32, u32), points: f64) -> bool {
    let rest = Share::new(part.saturating_sub(own.part()), whole.saturating_sub(own.whole()));
    let enough = |share: &Share| share.whole() >= SMALL;
    rest.filter(enough).filter(|_| enough(&own)).is_some_and(|rest| gap(own, rest).is_called(points))
}
