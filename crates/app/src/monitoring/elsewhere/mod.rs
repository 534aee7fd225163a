//! Figures of other municipalities and of national sources beside our own: a file of figures is taken in, and an indicator is
//! compared with those of the same definition, version and period (KS-9.1-06). The file we give away has the same columns, so
//! what one municipality sends the next can read.

mod commands;
mod compare;
mod file;
mod list;
mod queries;

pub(super) use commands::import;
pub(super) use compare::{Compared, compared, show as compare};
pub(super) use file::FILE_LIMIT;
pub(super) use list::{give, list as sources, send, strike};
