//! Pages that every capability may answer with.

use askama::Template;

use super::{Frame, Link};

/// What went wrong and what to do.
#[derive(Template)]
#[template(path = "layout/error.html")]
pub struct ErrorPage {
    /// Frame.
    pub frame: Frame,
    /// HTTP status, for the log.
    pub status: u16,
    /// Heading.
    pub what: String,
    /// What was being done; may be empty.
    pub where_: String,
    /// What to do.
    pub next: String,
    /// Ways on.
    pub links: Vec<Link>,
}

/// A heading, a text and ways on.
#[derive(Template)]
#[template(path = "layout/message.html")]
pub struct MessagePage {
    /// Frame.
    pub frame: Frame,
    /// Heading.
    pub heading: String,
    /// Text.
    pub text: String,
    /// What somebody wrote that could not be saved.
    pub unsaved: Vec<String>,
    /// Ways on.
    pub links: Vec<Link>,
}
