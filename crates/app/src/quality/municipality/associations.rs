//! The directory of associations.

use domain::activity::{Activity, ConfirmedBy};
use standard::facts::Association;

/// One for each entry that is not closed: an entry is confirmed by itself. The last contact is the newest of what was
/// confirmed by staff or the association and the reminder. Season, and whether there is an agreement, are not recorded.
pub(super) fn of(activities: &[Activity]) -> Vec<Association> {
    let open = activities.iter().filter(|it| !it.closed);
    open.map(|it| Association {
        id: it.id.to_string(),
        last_contact_on: Some(match it.confirmed_by {
            ConfirmedBy::Association | ConfirmedBy::Staff => {
                it.reminded_on.map_or(it.confirmed_on, |day| day.max(it.confirmed_on))
            }
        }),
        confirmed_on: Some(it.confirmed_on),
        ..Association::default()
    })
    .collect()
}
