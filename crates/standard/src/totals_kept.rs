//! The totals as named counts, so that they can be kept and moved by what a course changes them by.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::facts::words::{Fsiii, TargetGroup};
use crate::totals::{Ended, Reach, Totals};

impl Totals {
    /// Every count that is not zero, by a name that says what it counts.
    pub fn named(&self) -> BTreeMap<String, i64> {
        let mut all = BTreeMap::new();
        let mut tell = |name: String, count: i64| {
            if count != 0 {
                all.insert(name, count);
            }
        };
        tell("courses".to_owned(), self.courses);
        tell("educated".to_owned(), self.educated);
        for ((group, code), count) in &self.started {
            tell(format!("started/{}/{}", group.word(), code.word()), *count);
        }
        for ((day, level), Ended { all, completed, compared, improved }) in &self.ended {
            let each = [("all", all), ("completed", completed), ("compared", compared), ("improved", improved)];
            for (what, count) in each {
                tell(format!("ended/{day}/{level}/{what}"), *count);
            }
        }
        for ((day, offer), count) in &self.waiting {
            tell(format!("waiting/{day}/{offer}"), *count);
        }
        for (district, count) in &self.high_need {
            tell(format!("high_need/{district}"), *count);
        }
        for (Reach { month, intervention, disease, district }, count) in &self.reached {
            tell(format!("reached/{month}/{}/{disease}/{district}", intervention.word()), *count);
        }
        for (wish, count) in &self.referrals {
            tell(format!("referrals/{wish}"), *count);
        }
        all
    }

    /// The totals of named counts; a name that says nothing is passed over.
    pub fn of_named<'a>(counts: impl IntoIterator<Item = (&'a str, i64)>) -> Self {
        let mut totals = Self::default();
        for (name, count) in counts.into_iter().filter(|(_, count)| *count != 0) {
            totals.take_in(name, count);
        }
        totals
    }

    fn take_in(&mut self, name: &str, count: i64) -> Option<()> {
        let (what, rest) = name.split_once('/').unwrap_or((name, ""));
        match what {
            "courses" => self.courses = count,
            "educated" => self.educated = count,
            "started" => {
                let (group, code) = rest.split_once('/')?;
                self.started.insert((target_group(group)?, fsiii(code)?), count);
            }
            "ended" => {
                let mut parts = rest.splitn(3, '/');
                let key = (parts.next()?.parse::<Date>().ok()?, parts.next()?.parse::<i32>().ok()?);
                let what = parts.next()?;
                let ended = self.ended.entry(key).or_default();
                match what {
                    "all" => ended.all = count,
                    "completed" => ended.completed = count,
                    "compared" => ended.compared = count,
                    "improved" => ended.improved = count,
                    _ => {}
                }
            }
            "waiting" => {
                let (day, offer) = rest.split_once('/')?;
                self.waiting.insert((day.parse().ok()?, offer.to_owned()), count);
            }
            "high_need" => {
                self.high_need.insert(rest.to_owned(), count);
            }
            "reached" => {
                let mut parts = rest.splitn(4, '/');
                let month = parts.next()?.parse().ok()?;
                let intervention = fsiii(parts.next()?)?;
                let (disease, district) = (parts.next()?.to_owned(), parts.next()?.to_owned());
                self.reached.insert(Reach { month, intervention, disease, district }, count);
            }
            "referrals" => {
                self.referrals.insert(rest.to_owned(), count);
            }
            _ => {}
        }
        Some(())
    }
}

fn target_group(word: &str) -> Option<TargetGroup> {
    TargetGroup::ALL.iter().copied().find(|group| group.word() == word)
}

fn fsiii(word: &str) -> Option<Fsiii> {
    Fsiii::ALL.iter().copied().find(|code| code.word() == word)
}
