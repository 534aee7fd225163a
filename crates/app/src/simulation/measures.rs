//! Tests and questionnaires, and what a professional does about a result that worries.

use domain::ids::ResponseId;
use simulation::{CitizenNo, Measurement};
use store::{Seen, Tx};

use super::driver::Driver;
use super::known;
use crate::measures::{self, DecisionInput, ResponseInput};
use crate::{AppError, ids};

impl Driver {
    pub(super) async fn measure(&self, citizen: CitizenNo, measurement: Measurement) -> Result<(), AppError> {
        let citizen = known::of(&self.known.citizens, &citizen, "citizen")?;
        let input = ResponseInput::of(measurement.tool.instrument(), measurement.phase, measurement.answers());
        let id = ids::new(self.app.now());
        measures::record(&self.app, self.cast.anyone(), citizen, id, input).await?;
        if self.worries(id).await? {
            let reason = Some("Talt om det med det samme. Borgeren taler med egen læge om det.".to_owned());
            let input = DecisionInput { reason, ..DecisionInput::default() };
            measures::decide(&self.app, self.cast.anyone(), id, None, input).await?;
        }
        Ok(())
    }

    /// Whether the result made a task that keeps the course from closing.
    async fn worries(&self, id: ResponseId) -> Result<bool, AppError> {
        const SQL: &str = "select exists (select 1 from task
            where organization = $1 and subject = $2 and kind = 'safety' and state = 'open')";
        let read = move |tx: &mut Tx<'_>| {
            Ok::<_, AppError>(Seen::nothing(tx.first(SQL, &[id.0.into()], |r| r.take::<bool>())?))
        };
        let scope = self.cast.anyone().scope("simulation.read", self.app.now());
        Ok(self.app.store.view(scope, read).await?.unwrap_or(false))
    }
}
