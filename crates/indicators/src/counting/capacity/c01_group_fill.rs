//! C01: enrolled at the start of the places in groups that started; cancelled groups apart (KS-1.1-01, SP-004-22).

use crate::counting::{Seen, Tell, Unit};

pub(super) fn count<'a>(seen: &'a Seen<'a>, tell: Tell<'_, 'a>) {
    for group in &seen.at.municipality.tables().groups {
        let Some(on) = group.start_date.filter(|_| group.open_lecture != Some(true)) else { continue };
        let unit = Unit::on(on).of_group(group).except(group.cancelled == Some(true));
        let unit = unit.when(on.yesterday().is_ok_and(|before| seen.is_over(before)));
        let number = |count: Option<i32>| count.and_then(|count| u32::try_from(count).ok());
        tell(match number(group.places).zip(number(group.enrolled_at_start)) {
            Some((places, enrolled)) => unit.weight(places, enrolled),
            None => unit.needs(false),
        });
    }
}
