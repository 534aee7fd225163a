//! English as the second language of the interface.
//!
//! Pages are written in Danish, and so is what is stored, sent and printed for the citizen. Who asks for English gets the
//! same page read through one catalogue, `english/*.toml`, on its way out: a text of the interface becomes its English
//! one, and what belongs to the record stays as it was written. The record can never become English by mistake, and a
//! Danish page costs nothing.
//!
//! A template says what is not its own: names stand in `<bdi>`, Danish text from the record in an element with
//! `lang="da"`, other values in one with `translate="no"`. Everything else must be in the catalogue; the tests of the pages
//! fail on a text that is not ([`missing`]).

mod catalogue;
#[cfg(test)]
mod figures;
mod holes;
mod page;
mod switch;

pub use page::missing;
pub use switch::{Language, routes};
pub(crate) use switch::{in_the_readers_language, language_of};
