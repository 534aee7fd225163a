//! The statement of a question. It is put together of texts that are part of the program and of the catalogue; what was asked
//! for is values beside it, so nothing that is typed is ever read as SQL.
//!
//! One statement gives all that an answer needs: for each group the rows in the filter, and how many citizens stand outside
//! it, since the same question without the filter may be asked too.

use jiff::civil::Date;

use crate::catalogue::MeasureKind;
use crate::period::Span;
use crate::question::{Asked, Split, Wanted};

/// A text made of texts of the program, in order. There is no way to put another text into it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Built(Vec<&'static str>);

impl Built {
    /// Adds a text of the program.
    pub fn add(&mut self, text: &'static str) {
        self.0.push(text);
    }

    /// The whole.
    pub fn text(&self) -> String {
        self.0.concat()
    }
}

/// A value beside a statement, from `$2` on; `$1` is the organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// A day.
    Day(Date),
    /// A word of a vocabulary.
    Word(&'static str),
    /// Yes or no.
    Flag(bool),
}

/// A statement with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The text; `reporting.` stands before views and functions of the schema.
    pub sql: Built,
    /// The values from `$2` on.
    pub values: Vec<Bound>,
}

/// Groups that an answer may have: more than this nobody reads, and the first 400 say so.
pub const MOST_GROUPS: usize = 400;

impl Statement {
    /// The statement of a question. It reads, in order: the value of each split as text or nothing, the rows in the filter, the
    /// citizens in it, the citizens outside it; of a share the rows with a yes, the citizens with a yes and those with a no; of a
    /// mean the rows and citizens with a number, and the average.
    pub fn of(asked: &Asked, span: Span) -> Self {
        let mut sql = Built::default();
        let mut values = vec![Bound::Day(span.from), Bound::Day(span.to)];
        if let Some(filter) = asked.filter {
            values.push(match filter.value {
                Wanted::Word(word) => Bound::Word(word),
                Wanted::Flag(flag) => Bound::Flag(flag),
            });
        }
        sql.add("with chosen as (\n  select citizen_key");
        for (at, split) in asked.splits.iter().enumerate() {
            sql.add(",\n    ");
            add_split(&mut sql, *split, asked.view.day.as_str());
            sql.add(SPLIT_AS[at.min(1)]);
        }
        if let Some(column) = asked.measure.column.as_deref().and_then(|name| asked.view.column(name)) {
            sql.add(",\n    ");
            sql.add(column.name.as_str());
            sql.add(" as measured");
        }
        sql.add(",\n    ");
        match asked.filter {
            None => sql.add("1"),
            Some(filter) => {
                sql.add("case when ");
                sql.add(filter.column.name.as_str());
                sql.add(" = $4 then 1 else 0 end");
            }
        }
        sql.add(" as inside\n  from reporting.");
        sql.add(asked.view.name.as_str());
        sql.add("\n  where organization = $1 and ");
        sql.add(asked.view.day.as_str());
        sql.add(" between $2 and $3\n)\nselect ");
        for name in SPLITS.iter().take(asked.splits.len()) {
            sql.add(name);
            sql.add(", ");
        }
        sql.add("sum(inside) as rows_inside,\n  count(distinct case when inside = 1 then citizen_key end) as citizens_inside,\n  count(distinct case when inside = 0 then citizen_key end) as citizens_outside");
        sql.add(match asked.measure.kind {
            MeasureKind::Count | MeasureKind::Citizens => "",
            MeasureKind::Share => SHARE,
            MeasureKind::Mean => MEAN,
        });
        sql.add("\nfrom chosen");
        sql.add(match asked.splits.len() {
            0 => "",
            1 => "\ngroup by split_1\norder by split_1",
            _ => "\ngroup by split_1, split_2\norder by split_1, split_2",
        });
        sql.add("\nlimit 401");
        Self { sql, values }
    }
}

const SPLITS: [&str; 2] = ["split_1", "split_2"];
const SPLIT_AS: [&str; 2] = [" as split_1", " as split_2"];

const SHARE: &str = ",
  count(case when inside = 1 and measured then 1 end) as rows_yes,
  count(case when inside = 1 and not measured then 1 end) as rows_no,
  count(distinct case when inside = 1 and measured then citizen_key end) as citizens_yes,
  count(distinct case when inside = 1 and not measured then citizen_key end) as citizens_no";

const MEAN: &str = ",
  count(case when inside = 1 then measured end) as rows_known,
  count(distinct case when inside = 1 and measured is not null then citizen_key end) as citizens_known,
  cast(round(cast(avg(case when inside = 1 then measured end) * 100 as numeric)) as bigint) as mean_hundredths";

/// As text, so that every split reads alike: a flag as 1 or 0.
fn add_split(sql: &mut Built, split: Split, day: &'static str) {
    match split {
        Split::Time(grain) => {
            sql.add(grain.function());
            sql.add(day);
            sql.add(")");
        }
        Split::Column(column) if column.kind == crate::Kind::Flag => {
            sql.add("case when ");
            sql.add(column.name.as_str());
            sql.add(" then '1' when not ");
            sql.add(column.name.as_str());
            sql.add(" then '0' end");
        }
        Split::Column(column) => sql.add(column.name.as_str()),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::Question;

    fn question() -> Question {
        Question {
            measure: "fuldfoert".into(),
            splits: vec!["kvartal".into(), "interpreter".into()],
            filter: Some(("sex".into(), "female".into())),
            period: "2025".into(),
        }
    }

    #[test]
    fn the_statement_of_a_question_holds_its_words_and_none_of_its_values() {
        let asked = question().asked().unwrap();
        let statement = Statement::of(&asked, asked.period.span(date(2026, 11, 28)));
        let text = statement.sql.text();
        for part in ["from reporting.intervention", "organization = $1", "granted_on between $2 and $3", "sex = $4"] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(!text.contains("female") && !text.contains("2025"));
        assert_eq!(statement.values[2], Bound::Word("female"));
    }

    #[test]
    fn what_is_typed_never_becomes_part_of_a_statement() {
        let evil = "sex; drop table citizen";
        for change in [
            Question { measure: evil.into(), ..question() },
            Question { splits: vec![evil.into()], ..question() },
            Question { filter: Some((evil.into(), "female".into())), ..question() },
            Question { filter: Some(("sex".into(), evil.into())), ..question() },
            Question { period: evil.into(), ..question() },
            Question { splits: vec!["citizen_key".into()], ..question() },
            Question { filter: Some(("citizen_key".into(), evil.into())), ..question() },
        ] {
            assert!(change.asked().is_err(), "{change:?}");
        }
    }
}
