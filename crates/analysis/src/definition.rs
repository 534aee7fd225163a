//! The views of the schema as text: what the database is told. `reporting.` stands before their names and functions, and types
//! stand in braces as in the migrations; the store fills both in.

use crate::catalogue::{CATALOGUE, View};

/// A view and what is said of it in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Its name.
    pub name: &'static str,
    /// Its query, without the limit to one organization that the engine may need: that goes where `{own}` stands.
    pub query: String,
    /// What one row is.
    pub comment: String,
    /// Each column with what it means.
    pub columns: Vec<(&'static str, String)>,
}

/// All views, in order.
pub fn definitions() -> Vec<Definition> {
    CATALOGUE.views.iter().map(define).collect()
}

fn define(view: &'static View) -> Definition {
    let columns: Vec<String> =
        view.columns.iter().map(|column| format!("({}) as {}", column.sql, column.name)).collect();
    let only = view.only.as_ref().map(|only| format!(" and {only}")).unwrap_or_default();
    let query = format!(
        "select x.organization as organization, {}
from {} x
join reporting_secret s on s.organization = x.organization
join citizen c on c.organization = x.organization and c.id = x.citizen
left join record_version v on v.organization = x.organization and v.citizen = x.citizen and v.kind = '{}' and v.id = x.id
    and v.version = x.version
left join record_version p on p.organization = c.organization and p.citizen = c.id and p.kind = 'citizen' and p.id = c.id
    and p.version = c.version
where {{own}}{only}",
        columns.join(", "),
        view.table,
        view.record,
    );
    let comments = view.columns.iter().map(|column| (column.name.as_str(), column.comment()));
    let organization = ("organization", "Kommunens nummer i systemet. Hver læser ser kun sin egen.".to_owned());
    Definition {
        name: view.name.as_str(),
        query,
        comment: view.meaning(),
        columns: std::iter::once(organization).chain(comments).collect(),
    }
}
