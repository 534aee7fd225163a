//! Commands about news to practices.
//!
//! MedCom has no message that is not about a citizen, and [`crate::notices`] are about one: so news is a letter that the
//! municipality sends by post or mail, and the list of practices keeps to whom it was sent.

use domain::cooperation::{PracticeNews, Recipient};
use domain::ids::{OfferId, OrganizationId, PracticeNewsId};
use domain::workdays::local_date;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::Tx;
use uuid::Uuid;

use super::{kept, practices};
use crate::{App, AppError, Caller, ids};

/// News to practices.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct NewsInput {
    /// Heading.
    pub title: String,
    /// The letter.
    pub text: String,
    /// The offers it is about.
    #[serde(default)]
    #[schema(value_type = Vec<Uuid>)]
    pub offers: Vec<OfferId>,
    /// The practices that get it.
    #[schema(value_type = Vec<Uuid>)]
    pub recipients: Vec<OrganizationId>,
}

fn written(tx: &mut Tx<'_>, id: PracticeNewsId, made_on: Date, input: NewsInput) -> Result<PracticeNews, AppError> {
    let known = practices::all(tx)?;
    let chosen = input.recipients;
    if chosen.iter().any(|id| known.iter().all(|one| one.id != *id)) {
        return Err(AppError::field("recipients", "unknown", "Vælg praksis fra listen."));
    }
    let to = known.into_iter().filter(|one| chosen.contains(&one.id));
    let news = PracticeNews {
        id,
        title: input.title.trim().to_owned(),
        text: input.text.trim().to_owned(),
        made_on,
        offers: input.offers,
        recipients: to.map(|one| Recipient { practice: one.id, name: one.name, sent: None }).collect(),
        struck: None,
    };
    match news.faults().first() {
        Some(fault) => Err(AppError::field(fault.field(), "practice_news", fault.user_message())),
        None => Ok(news),
    }
}

/// Writes news.
///
/// # Errors
///
/// It says nothing, goes to nobody or to somebody who is no practice.
pub async fn add_news(app: &App, who: &Caller, input: NewsInput) -> Result<Uuid, AppError> {
    who.require(domain::permission::Permission::Cooperation)?;
    let now = app.now();
    app.store
        .write(who.scope("practice_news.add", now), move |tx| {
            let news = written(tx, ids::new(now), local_date(now), input)?;
            crate::records::add(tx, &news)?;
            Ok::<_, AppError>(news.id.0)
        })
        .await
}

/// Corrects news that nobody has; what it said stays.
///
/// # Errors
///
/// Somebody has it, it cannot be so, there is none, or a colleague was first.
pub async fn correct_news(app: &App, who: &Caller, of: (Uuid, Option<i64>), input: NewsInput) -> Result<i64, AppError> {
    kept::change(app, who, ("practice_news.correct", None), of, move |tx, it: PracticeNews| {
        it.may_be_changed().map_err(|error| AppError::Rule { code: "already_sent", message: error.user_message() })?;
        written(tx, it.id, it.made_on, input)
    })
    .await
}

/// Strikes news that should not have been written; to whom it was sent stays.
///
/// # Errors
///
/// No reason, there is none, or a colleague was first.
pub async fn strike_news(app: &App, who: &Caller, of: (Uuid, Option<i64>), reason: &str) -> Result<i64, AppError> {
    kept::strike::<PracticeNews>(app, who, "practice_news.strike", of, reason).await
}

/// Says that it was sent to practices. Twice is once.
///
/// # Errors
///
/// There is none.
pub async fn news_sent(app: &App, who: &Caller, id: Uuid, to: Vec<OrganizationId>) -> Result<i64, AppError> {
    let (on, by) = (local_date(app.now()), who.user);
    let action = ("practice_news.sent", None);
    kept::change(app, who, action, (id, None), move |_, it: PracticeNews| Ok(it.send(&to, on, by))).await
}

/// Says that it was not sent to a practice after all.
///
/// # Errors
///
/// There is none.
pub async fn news_not_sent(app: &App, who: &Caller, id: Uuid, to: OrganizationId) -> Result<i64, AppError> {
    let action = ("practice_news.not_sent", None);
    kept::change(app, who, action, (id, None), move |_, it: PracticeNews| Ok(it.not_sent(to))).await
}
