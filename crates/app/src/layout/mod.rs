//! What pages have in common: the frame, the status language, days and times in Danish, the error page.
//!
//! The templates beside these files say in their first lines which fields they show.

pub mod dates;
mod frame;
mod parts;
mod tags;
mod views;

pub(crate) use frame::first_page;
pub use frame::{Counts, Frame, Nav, NavItem, Notice};
pub use parts::{
    Choice, Fact, Field, FormError, Link, Moment, Owner, PersonHeader, Tab, Tag, capitalised, lower_first,
};
pub use views::{ErrorPage, MessagePage};

/// Addresses of the built files; a page that names one that was not built does not compile.
pub mod assets {
    include!(concat!(env!("OUT_DIR"), "/assets.rs"));
}
