//! The practices that the municipality knows, with what each referred in a period; also those that referred nobody: `GET
//! /samarbejde/praksis`. Two queries.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use domain::workdays::local_date;
use store::{Seen, Tx};

use super::form::{Part, tabs};
use super::period::{PeriodChoice, chosen, word};
use super::practice_figures::{Of, PracticeFigures, of};
use super::{referred, sheet_page};
use crate::layout::{Counts, Frame, Nav, Tab};
use crate::quality;
use crate::web::{Page, Visit};
use crate::{App, AppError, Caller};

#[derive(Template)]
#[template(path = "cooperation/practices.html")]
pub(super) struct PracticesPage {
    frame: Frame,
    tabs: Vec<Tab>,
    periods: Vec<PeriodChoice>,
    rows: Vec<PracticeLine>,
    silent: usize,
}

struct PracticeLine {
    href: String,
    name: String,
    referrals: u32,
    receipts: String,
    told: String,
    wait: String,
}

pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    visit: Visit,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Page<PracticesPage>, AppError> {
    let today = local_date(app.now());
    let (period, periods) = chosen(asked.get("periode").map(String::as_str), today)?;
    let home = app.organization(caller.organization).await?;
    let read = move |tx: &mut Tx<'_>| {
        let limits = quality::limits_in_force(tx, &home)?;
        Ok::<_, AppError>(Seen::nothing((limits, referred::read(tx, (period.from(), period.to()), None)?)))
    };
    let (limits, found) = app.store.view(caller.scope("practice.list", app.now()), read).await?;
    let line = |(practice, answers): &(super::practices::Practice, Vec<referred::Answers>)| {
        let PracticeFigures { referrals, receipts, told, waits, .. } = of(answers, &limits, today);
        PracticeLine {
            href: format!("{}?periode={}", sheet_page::href(practice.id), word(period)),
            name: practice.name.clone(),
            referrals,
            receipts: of_text(receipts),
            told: of_text(told),
            wait: indicators::statistics::median(&waits).map_or_else(nothing, days_text),
        }
    };
    let mut rows: Vec<PracticeLine> = found.iter().map(line).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.referrals));
    Ok(Page(PracticesPage {
        frame: visit.frame(Nav::Cooperation, Counts::default()).await?,
        tabs: tabs(Part::Practices),
        periods,
        silent: rows.iter().filter(|row| row.referrals == 0).count(),
        rows,
    }))
}

fn nothing() -> String {
    "–".to_owned()
}

fn of_text(it: Of) -> String {
    if it.whole == 0 { nothing() } else { format!("{} af {}", it.part, it.whole) }
}

/// "12 dage", "1 dag", "4,5 dage".
pub(crate) fn days_text(days: f64) -> String {
    let text = format!("{days:.1}");
    let text = text.strip_suffix(".0").map_or_else(|| text.replace('.', ","), str::to_owned);
    if text == "1" { "1 dag".to_owned() } else { format!("{text} dage") }
}
