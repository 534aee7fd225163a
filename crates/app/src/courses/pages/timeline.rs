//! The geometry of a course's picture: where each bar, mark and word stands. Whole pixels, no measuring of text.

use jiff::ToSpan;
use jiff::civil::Date;

use super::lanes::{Event, Lane, Shape, Span};
use crate::language::Language;
use crate::layout::dates;

const LEFT: i64 = 184;
const PLOT: i64 = 876;
const RIGHT: i64 = LEFT + PLOT;
const HEAD: i64 = 48;
const LANE: i64 = 40;
/// Half a mark, with air.
const MARK: i64 = 13;
/// A generous width of a letter of 12 px.
const LETTER: i64 = 7;
/// What is planned further ahead than this stands in the table: it would press the past together.
const AHEAD_DAYS: i64 = 56;
/// Letters of a lane's name that fit before the plot.
const NAME: usize = 24;

/// A drawn picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Timeline {
    pub(super) width: i64,
    pub(super) height: i64,
    pub(super) left: i64,
    pub(super) months: Vec<Month>,
    pub(super) weeks: Vec<Week>,
    pub(super) today: Option<i64>,
    pub(super) rows: Vec<Row>,
    /// What lies beyond the right edge.
    pub(super) later: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Month {
    pub(super) x: i64,
    pub(super) width: i64,
    pub(super) label: String,
    pub(super) shaded: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Week {
    pub(super) x: i64,
    /// The number, on those that have room for it.
    pub(super) label: Option<i8>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) y: i64,
    /// Of the line below.
    pub(super) line: i64,
    pub(super) name: String,
    pub(super) bar: Option<Bar>,
    pub(super) marks: Vec<Mark>,
    pub(super) words: Vec<Words>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bar {
    pub(super) x: i64,
    pub(super) y: i64,
    pub(super) width: i64,
    /// It has no end yet.
    pub(super) open: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) x: i64,
    pub(super) shape: &'static str,
    /// What it is and when.
    pub(super) title: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) x: i64,
    /// `end` when they stand before what they belong to.
    pub(super) anchor: &'static str,
    pub(super) text: String,
}

/// The days that the picture spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Days {
    first: Date,
    count: i64,
}

impl Days {
    /// From the Monday before the first thing to a week after the last one that is near.
    fn of(lanes: &[Lane], today: Date, running: bool) -> Self {
        let bars = || lanes.iter().filter_map(|lane| lane.bar.as_ref());
        let events = || lanes.iter().flat_map(|lane| lane.events.iter().map(|event| event.on));
        let limit = plus(today, AHEAD_DAYS);
        let first = events().chain(bars().map(|bar| bar.from)).min().unwrap_or(today);
        let near = events().chain(bars().filter_map(|bar| bar.to)).filter(|day| *day <= limit).max();
        let last = near.unwrap_or(first).max(if running { today } else { first });
        let first = plus(first, -i64::from(first.weekday().to_monday_zero_offset()));
        // Six weeks at least: three dots in a corner are no picture.
        Self { first, count: (days(first, last) + 8).max(42) }
    }

    fn x(self, day: Date) -> i64 {
        LEFT + days(self.first, day).clamp(0, self.count) * PLOT / self.count
    }

    fn last(self) -> Date {
        plus(self.first, self.count)
    }
}

fn days(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

fn plus(day: Date, days: i64) -> Date {
    day.saturating_add(days.days())
}

/// Draws the lanes, which are read in this language. `running` courses reach to today at least.
pub(super) fn draw(lanes: &[Lane], today: Date, running: bool, language: Language) -> Timeline {
    let span = Days::of(lanes, today, running);
    let rows: Vec<Row> = (0..).zip(lanes).map(|(n, lane)| row(lane, HEAD + n * LANE, span, today, language)).collect();
    let beyond = |event: &&Event| event.on > span.last();
    Timeline {
        width: RIGHT + 16,
        height: HEAD + i64::try_from(rows.len()).unwrap_or(0) * LANE + 8,
        left: LEFT,
        months: months(span, today, language),
        weeks: weeks(span),
        today: (span.first..=span.last()).contains(&today).then(|| span.x(today)),
        rows,
        later: lanes.iter().flat_map(|lane| &lane.events).filter(beyond).count(),
    }
}

fn months(span: Days, today: Date, language: Language) -> Vec<Month> {
    let mut starts = vec![span.first];
    let mut next = span.first.first_of_month().saturating_add(1.month());
    while next < span.last() {
        starts.push(next);
        next = next.saturating_add(1.month());
    }
    let ends = starts.iter().skip(1).copied().chain([span.last()]);
    let month = |(from, to): (Date, Date)| {
        let (x, end) = (span.x(from), span.x(to));
        let name = language.text(domain::workdays::month(from));
        let long = if from.year() == today.year() { name.clone() } else { format!("{name} {}", from.year()) };
        let label = if fits(&long, end - x) { long } else { name.chars().take(3).collect() };
        Month {
            x,
            width: end - x,
            label: if end - x < 34 { String::new() } else { label },
            shaded: from.month() % 2 == 1,
        }
    };
    starts.iter().copied().zip(ends).map(month).collect()
}

fn weeks(span: Days) -> Vec<Week> {
    let per_week = (7 * PLOT / span.count).max(1);
    // Every week, every second, every fourth: as many numbers as have air.
    let step = if per_week >= 34 {
        1
    } else if per_week >= 17 {
        2
    } else {
        4
    };
    let mondays = (0..=span.count / 7).map(|n| (n, plus(span.first, n * 7)));
    let week = |(n, monday): (i64, Date)| Week {
        x: span.x(monday),
        label: (n % step == 0 && span.x(monday) < RIGHT - 16).then(|| monday.iso_week_date().week()),
    };
    mondays.map(week).collect()
}

fn fits(text: &str, room: i64) -> bool {
    width(text) <= room
}

fn width(text: &str) -> i64 {
    i64::try_from(text.chars().count()).unwrap_or(i64::MAX / LETTER) * LETTER
}

fn row(lane: &Lane, top: i64, span: Days, today: Date, language: Language) -> Row {
    let y = top + LANE / 2;
    let bar = lane.bar.as_ref().map(|bar| drawn(bar, y, span, today));
    let shown: Vec<&Event> = lane.events.iter().filter(|event| event.on <= span.last()).collect();
    let marks = shown.iter().map(|event| Mark {
        x: span.x(event.on),
        shape: event.shape.word(),
        title: format!("{}, {}", event.text, language.text(&dates::long_day(event.on, today))),
    });
    let words = match (&lane.bar, &bar) {
        (Some(said), Some(bar)) => beside(bar, &said.text).into_iter().collect(),
        _ => labels(&shown, span),
    };
    Row { y, line: top + LANE, name: shortened(&lane.label), bar, marks: marks.collect(), words }
}

fn drawn(bar: &Span, y: i64, span: Days, today: Date) -> Bar {
    let to = bar.to.unwrap_or_else(|| today.max(bar.from));
    // The marks of the first and last day stand inside.
    let (x, end) = (span.x(bar.from) - MARK, span.x(to) + MARK);
    Bar { x, y: y - 11, width: end.min(RIGHT + MARK) - x, open: bar.to.is_none() }
}

/// The words of a bar stand after it, or before it when there is no room.
fn beside(bar: &Bar, text: &str) -> Option<Words> {
    let after = bar.x + bar.width + 8;
    if fits(text, RIGHT - after) {
        return Some(Words { x: after, anchor: "start", text: text.to_owned() });
    }
    fits(text, bar.x - 8 - LEFT).then(|| Words { x: bar.x - 8, anchor: "end", text: text.to_owned() })
}

/// Each mark's words after it, or before it, or only in its title and the table: they never lie on each other.
fn labels(events: &[&Event], span: Days) -> Vec<Words> {
    let mut free_from = LEFT;
    let mut all = Vec::new();
    for (n, event) in events.iter().enumerate() {
        let x = span.x(event.on);
        let next = events.get(n + 1).map_or(RIGHT, |next| span.x(next.on) - MARK);
        let (after, before) = (x + MARK, x - MARK);
        let text = if event.shape == Shape::Referral { shortened_to(&event.text, 34) } else { event.text.clone() };
        if fits(&text, next - after) {
            free_from = after + width(&text);
            all.push(Words { x: after, anchor: "start", text });
        } else if fits(&text, before - free_from) {
            free_from = after;
            all.push(Words { x: before, anchor: "end", text });
        } else {
            free_from = after;
        }
    }
    all
}

fn shortened(text: &str) -> String {
    shortened_to(text, NAME)
}

/// Cut between words when it can be.
fn shortened_to(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most - 1).collect();
    let end = cut.rfind(' ').filter(|at| *at > most / 2).unwrap_or(cut.len());
    format!("{}…", cut.get(..end).unwrap_or(&cut).trim_end_matches([',', ' ', ':']))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn event(on: Date, text: &str) -> Event {
        Event { on, shape: Shape::Talk, text: text.to_owned(), about: None }
    }

    fn lane(events: Vec<Event>) -> Lane {
        Lane { label: "Samtaler".to_owned(), bar: None, events }
    }

    #[test]
    fn words_never_lie_on_each_other_nor_outside() {
        let start = date(2026, 8, 10);
        // Days apart by what no picture is made for: the same day, a day, a week, a month.
        let days = [0, 0, 1, 2, 9, 10, 40, 41, 80, 107];
        let events = days.iter().map(|n| event(plus(start, *n), "Afklarende samtale")).collect();
        let picture = draw(&[lane(events)], date(2026, 11, 25), true, Language::Danish);
        let row = &picture.rows[0];
        assert_eq!(row.marks.len(), days.len());
        assert!(!row.words.is_empty());
        let mut ranges: Vec<(i64, i64)> = row
            .words
            .iter()
            .map(|w| if w.anchor == "end" { (w.x - width(&w.text), w.x) } else { (w.x, w.x + width(&w.text)) })
            .collect();
        ranges.sort_unstable();
        assert!(ranges.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{ranges:?}");
        assert!(ranges.iter().all(|(from, to)| *from >= LEFT && *to <= RIGHT), "{ranges:?}");
    }

    #[test]
    fn a_follow_up_in_a_year_does_not_press_the_past_together() {
        let lanes =
            [lane(vec![event(date(2026, 11, 2), "Afklarende samtale"), event(date(2027, 11, 2), "Opfølgning")])];
        let picture = draw(&lanes, date(2026, 11, 25), true, Language::Danish);
        assert_eq!((picture.later, picture.rows[0].marks.len()), (1, 1));
        assert_eq!(picture.weeks.len(), 7);
    }

    #[test]
    fn months_cover_the_plot_and_say_the_year_when_it_is_another() {
        let lanes = [lane(vec![event(date(2025, 11, 12), "A"), event(date(2026, 2, 3), "B")])];
        let picture = draw(&lanes, date(2026, 11, 25), false, Language::Danish);
        let labels: Vec<&str> = picture.months.iter().map(|m| m.label.as_str()).collect();
        assert_eq!(labels, ["november 2025", "december 2025", "januar", "februar"]);
        assert_eq!(picture.months.iter().map(|m| m.width).sum::<i64>(), PLOT);
        assert_eq!(picture.today, None);
    }

    #[test]
    fn an_unfinished_bar_reaches_today_and_its_words_stand_beside_it() {
        let bar = Span { from: date(2026, 10, 5), to: None, text: "I gang, 5 af 6 gange".to_owned() };
        let lane =
            Lane { label: "Sygdomshåndtering ved type 2-diabetes".to_owned(), bar: Some(bar), events: Vec::new() };
        let picture = draw(&[lane], date(2026, 11, 25), true, Language::Danish);
        let row = &picture.rows[0];
        let bar = row.bar.as_ref().expect("a bar");
        assert_eq!((bar.open, bar.x + bar.width), (true, picture.today.expect("today") + MARK));
        assert_eq!(row.name, "Sygdomshåndtering ved…");
        assert!(row.words.iter().all(|w| w.x > bar.x + bar.width || w.x < bar.x));
    }

    #[test]
    fn an_empty_course_is_an_empty_picture_of_six_weeks() {
        let picture = draw(&[], date(2026, 11, 25), true, Language::Danish);
        assert_eq!((picture.rows.len(), picture.weeks.len()), (0, 7));
    }
}
