//! Questions that are answered by themselves: once for each period that is over, as a file that stands at the question until
//! somebody fetches it.

use domain::workdays::local_date;
use jiff::civil::Date;
use store::Seen;
use uuid::Uuid;

use super::saved::SavedQuestion;
use super::{ask, file, queries};
use crate::quality::FileKind;
use crate::{App, AppError, Caller};

/// Answers what is due in an organization: questions whose period has ended since they were last answered. One that cannot be
/// asked any more is left; its page says why.
///
/// # Errors
///
/// The store cannot be read or written.
pub async fn answer_due(app: &App, who: &Caller) -> Result<u64, AppError> {
    let today = local_date(app.now());
    let due = app
        .store
        .view(who.scope("question.due", app.now()), move |tx| {
            let kept = queries::kept(tx)?;
            let all = queries::all(tx)?.into_iter().map(|one| one.value);
            Ok::<_, AppError>(Seen::nothing(all.filter_map(|one| due(one, &kept, today)).collect::<Vec<_>>()))
        })
        .await?;
    let mut made = 0;
    for (id, name, asked, until) in due {
        let answered = ask(app, who, asked).await?;
        let body = file::make(FileKind::Xlsx, &name, &answered)?;
        app.store
            .write(who.scope("question.kept", app.now()), move |tx| {
                queries::keep(tx, (id, until), &name, &body)?;
                tx.note(&format!("kept {id} {until} {}", store::sha256_hex(&body)));
                Ok::<_, AppError>(())
            })
            .await?;
        made += 1;
    }
    Ok(made)
}

fn due(one: SavedQuestion, kept: &[queries::Kept], today: Date) -> Option<(Uuid, String, analysis::Asked, Date)> {
    if !one.monthly {
        return None;
    }
    let asked = one.question.asked().ok().filter(|asked| super::ask::is_over(asked.period, today))?;
    let until = asked.period.span(today).to;
    let is_kept = kept.iter().any(|it| it.question == one.id && it.until == until);
    (!is_kept).then_some((one.id, one.name, asked, until))
}
