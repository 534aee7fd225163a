//! Sygdomsmestring: disease coping (standard, chapter 4).

use crate::case::Case;
use crate::context::Context;
use crate::evaluate::{Decide, Rule};
use crate::facts::Group;
use crate::facts::words::Fsiii;
use crate::limits::LimitId;
use crate::outcome::Verdict;

pub(super) const RULES: &[Rule] = &[Rule { requirement: "KS-4.3-01", decide: Decide::Group(small_groups) }];

/// KS-4.3-01, section 4.3: a group starts with at most `small_group_max`. The figure is how many it started with.
fn small_groups(group: &Group, at: &Context<'_>) -> Verdict {
    let coping = matches!(
        group.fsiii_code,
        Some(Fsiii::Sygdomshaandtering | Fsiii::MentalHaandtering | Fsiii::Faerdighedstraening)
    );
    let Some(start) = at.in_period(group.start_date).filter(|start| coping && *start <= at.today) else {
        return Verdict::OUTSIDE;
    };
    let enrolled = group.enrolled_at_start;
    Case::on(start)
        .except("open_lecture", group.open_lecture == Some(true))
        .needs("group.enrolled_at_start", enrolled.is_some())
        .holds("too_many", enrolled.is_none_or(|enrolled| enrolled <= at.count(LimitId::SmallGroupMax)))
        .figure(enrolled.map(f64::from))
        .decide(at)
}
