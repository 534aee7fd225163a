//! The demo municipality's own questions: one that the leader shares and that answers itself.

use analysis::Question;
use app::questions::{self, QuestionInput};
use domain::permission::Role;

use super::stage::Stage;

/// A question about what comes in, by who refers.
pub async fn saved(stage: &Stage) -> anyhow::Result<()> {
    let question = Question {
        measure: "henvisninger".to_owned(),
        splits: vec!["source".to_owned()],
        filter: None,
        period: "12-maaneder".to_owned(),
    };
    let input = QuestionInput { name: "Hvem henviser til os".to_owned(), shared: true, monthly: true, question };
    questions::save(&stage.app, &stage.who(Role::Leader)?, None, input).await?;
    Ok(())
}
