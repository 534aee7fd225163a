//! The tables of the municipalities as they were read last. Most changes are of something else, and reading the tables takes
//! longer than judging the citizen who was changed.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use standard::facts::MunicipalityFacts;
use uuid::Uuid;

/// By organization.
#[derive(Debug, Default)]
pub(crate) struct ReadTables {
    tables: HashMap<i64, Tables>,
    /// The pass over everybody that this program began last.
    pub(super) passes: HashMap<i64, Uuid>,
}

#[derive(Debug)]
struct Tables {
    seq: i64,
    on: Date,
    facts: Arc<MunicipalityFacts>,
}

impl ReadTables {
    /// Those that were read for a look which had read the log so far. When another program has looked since, there are none.
    pub(super) fn of(&self, organization: i64, seq: i64, on: Date) -> Option<Arc<MunicipalityFacts>> {
        self.tables.get(&organization).filter(|it| (it.seq, it.on) == (seq, on)).map(|it| Arc::clone(&it.facts))
    }

    /// Keeps those of a look that has read the log so far.
    pub(super) fn keep(&mut self, organization: i64, seq: i64, on: Date, facts: Arc<MunicipalityFacts>) {
        self.tables.insert(organization, Tables { seq, on, facts });
    }
}
