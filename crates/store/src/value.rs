//! Values on their way in and columns on their way out: the one place that knows how each engine keeps a type.
//!
//! SQLite keeps instants and days as ISO text, UUIDs as 16 bytes, flags as 0/1 and JSON as text; PostgreSQL uses its
//! native types. Instants are kept in whole milliseconds on both, so that a value read back equals the one written.

use std::fmt::Write;

use bytes::BytesMut;
use jiff::civil::Date;
use jiff::{Timestamp, Unit};
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use rusqlite::types::{ToSqlOutput, Value as SqliteValue, ValueRef};
use uuid::Uuid;

/// A parameter of a statement; borrowed, so that large bodies are not copied.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    /// SQL null.
    Null,
    /// Text.
    Text(&'a str),
    /// JSON as text.
    Json(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
    /// Whole number.
    Int(i64),
    /// Flag.
    Bool(bool),
    /// Identifier.
    Uuid(Uuid),
    /// Instant, rounded to the millisecond.
    Timestamp(Timestamp),
    /// Day.
    Date(Date),
}

macro_rules! from {
    ($($type:ty => $variant:ident,)+) => {$(
        impl<'a> From<$type> for Value<'a> {
            fn from(value: $type) -> Self {
                Self::$variant(value)
            }
        }
    )+};
}
from! { &'a str => Text, &'a [u8] => Bytes, i64 => Int, bool => Bool, Uuid => Uuid, Timestamp => Timestamp, Date => Date, }

impl<'a> From<&'a String> for Value<'a> {
    fn from(value: &'a String) -> Self {
        Self::Text(value)
    }
}

impl<'a> From<&'a Vec<u8>> for Value<'a> {
    fn from(value: &'a Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Instants as fixed-width text, so that text order is time order.
pub(crate) fn instant_text(at: Timestamp) -> String {
    let mut text = String::with_capacity("2026-01-01T12:00:00.000Z".len());
    let _ = write!(text, "{:.3}", round(at));
    text
}

/// To the millisecond, which both engines keep.
pub fn round(at: Timestamp) -> Timestamp {
    at.round(jiff::TimestampRound::new().smallest(Unit::Millisecond).mode(jiff::RoundMode::Trunc)).unwrap_or(at)
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(SqliteValue::Null),
            Self::Text(text) | Self::Json(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            Self::Int(number) => ToSqlOutput::Owned(SqliteValue::Integer(*number)),
            Self::Bool(flag) => ToSqlOutput::Owned(SqliteValue::Integer(i64::from(*flag))),
            Self::Uuid(id) => ToSqlOutput::Borrowed(ValueRef::Blob(id.as_bytes())),
            Self::Timestamp(at) => ToSqlOutput::Owned(SqliteValue::Text(instant_text(*at))),
            Self::Date(day) => ToSqlOutput::Owned(SqliteValue::Text(day.to_string())),
        })
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Text(text) => text.to_sql(ty, out),
            Self::Json(text) => {
                // jsonb travels as a version byte and the text.
                if *ty == Type::JSONB {
                    out.extend_from_slice(&[1]);
                }
                out.extend_from_slice(text.as_bytes());
                Ok(IsNull::No)
            }
            Self::Bytes(bytes) => bytes.to_sql(ty, out),
            Self::Int(number) => number.to_sql(ty, out),
            Self::Bool(flag) => flag.to_sql(ty, out),
            Self::Uuid(id) => id.to_sql(ty, out),
            Self::Timestamp(at) => round(*at).to_sql(ty, out),
            Self::Date(day) => day.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
