//! How decisions lie on the levels now and in the period before: each level with its share, the uncertainty of it, and what the
//! share was. Drawn as groups are; only its words are its own.

use crate::equity::{Equity, EquityGroup};
use crate::figure::{Drawn, Picture, Sheet, Table};
use crate::number::{count, percent};
use crate::scale::Unit;
use crate::text::Text;

/// A level.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelShare {
    /// Its name.
    pub name: Text,
    /// Its share now and the 95 % interval; none when they are hidden.
    pub now: Option<(f64, f64, f64)>,
    /// How many that is.
    pub count: Option<u32>,
    /// Its share in the period before; none when it is hidden or there was nothing.
    pub before: Option<f64>,
    /// The difference is both certain and as large as the limit.
    pub moved: bool,
}

impl LevelShare {
    /// "Kan selv: fra 40 % til 55,5 %, mere end tilfældigt og mere end grænsen."
    fn say_moved(&self) -> Option<String> {
        let (now, before) = (self.now.filter(|_| self.moved)?.0, self.before?);
        let (name, before, now) = (self.name.words(), percent(before, 1), percent(now, 1));
        Some(format!("{name}: fra {before} til {now}, mere end tilfældigt og mere end grænsen."))
    }
}

/// The levels, in their order.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelShift {
    /// What it is about.
    pub title: String,
    /// The levels.
    pub levels: Vec<LevelShare>,
}

impl LevelShift {
    fn as_groups(&self) -> Equity {
        let group = |level: &LevelShare| EquityGroup {
            name: level.name.clone(),
            figure: level.now,
            whole: level.count,
            population: level.before,
            gap: level.moved,
        };
        Equity {
            title: self.title.clone(),
            subject: "Andelen".to_owned(),
            unit: Unit::Share,
            all: None,
            population: Some("Perioden før".to_owned()),
            groups: self.levels.iter().map(group).collect(),
        }
    }
}

impl Picture for LevelShift {
    fn title(&self) -> String {
        self.title.clone()
    }

    fn finding(&self) -> String {
        if self.levels.iter().all(|level| level.now.is_none()) {
            return "Der er ingen tal, som kan vises.".to_owned();
        }
        if self.levels.iter().all(|level| level.before.is_none()) {
            return "Der er ingen tal fra perioden før, som kan vises ved siden af.".to_owned();
        }
        let moved: Vec<String> = self.levels.iter().filter_map(LevelShare::say_moved).collect();
        if moved.is_empty() {
            "Intet niveau har flyttet sig mere end tilfældigt og mere end grænsen.".to_owned()
        } else {
            moved.join(" ")
        }
    }

    fn draw(&self, sheet: Sheet<'_>) -> Drawn {
        self.as_groups().draw(sheet)
    }

    fn table(&self) -> Table {
        let hidden = || "Skjult".to_owned();
        let row = |level: &LevelShare| -> Vec<Text> {
            let interval = level.now.map(|(_, low, high)| format!("{}–{}", Unit::Share.tick(low), percent(high, 1)));
            vec![
                level.name.clone(),
                level.now.map_or_else(hidden, |(now, ..)| percent(now, 1)).into(),
                interval.unwrap_or_else(|| "–".to_owned()).into(),
                level.count.map_or_else(hidden, count).into(),
                level.before.map_or_else(|| "–".to_owned(), |before| percent(before, 1)).into(),
                if level.moved { "Forskel" } else { "" }.into(),
            ]
        };
        let columns = ["Niveau", "Tal", "95\u{a0}% interval", "Antal", "Perioden før", "Bemærk"];
        Table { columns: columns.into_iter().map(Text::from).collect(), rows: self.levels.iter().map(row).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(name: &str, now: Option<f64>, before: Option<f64>, moved: bool) -> LevelShare {
        let now = now.map(|now| (now, now - 0.1, now + 0.1));
        LevelShare { name: name.into(), now, count: now.map(|_| 40), before, moved }
    }

    fn shift(levels: &[LevelShare]) -> LevelShift {
        LevelShift { title: "Niveauer".to_owned(), levels: levels.to_vec() }
    }

    #[test]
    fn each_level_that_moved_is_said_with_where_it_was_and_is() {
        let still = level("Let", Some(0.4), Some(0.38), false);
        let moved = level("Tung", Some(0.3), Some(0.15), true);
        assert_eq!(
            shift(&[still.clone(), moved]).finding().replace('\u{a0}', " "),
            "Tung: fra 15 % til 30 %, mere end tilfældigt og mere end grænsen."
        );
        assert!(shift(&[still]).finding().starts_with("Intet niveau har flyttet sig"));
    }

    #[test]
    fn what_is_hidden_or_was_not_there_before_is_said() {
        assert_eq!(shift(&[level("Let", None, None, false)]).finding(), "Der er ingen tal, som kan vises.");
        let new = shift(&[level("Let", Some(0.4), None, false)]);
        assert!(new.finding().starts_with("Der er ingen tal fra perioden før"));
        let rows = new.table().rows;
        assert_eq!(rows[0][4].words(), "–");
        assert_eq!(shift(&[level("Let", None, Some(0.4), false)]).table().rows[0][1].words(), "Skjult");
    }
}
