//! A row of an answer, read column by column in the order of the select list.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;
use postgres::types::{FromSql, Type};
use rusqlite::types::ValueRef;
use uuid::Uuid;

use crate::StoreError;

/// One row. `take` reads the next column; the order is that of the `select`.
pub struct Row<'r> {
    inner: Inner<'r>,
    next: usize,
}

enum Inner<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r postgres::Row),
}

impl<'r> Row<'r> {
    pub(crate) const fn sqlite(row: &'r rusqlite::Row<'r>) -> Self {
        Self { inner: Inner::Sqlite(row), next: 0 }
    }

    pub(crate) const fn postgres(row: &'r postgres::Row) -> Self {
        Self { inner: Inner::Postgres(row), next: 0 }
    }

    /// The next column. A value of another type than asked for is an error that names the column.
    pub fn take<T: Column>(&mut self) -> Result<T, StoreError> {
        let index = self.next;
        self.next += 1;
        let found = match &self.inner {
            Inner::Sqlite(row) => row.get_ref(index).ok().and_then(T::from_sqlite),
            Inner::Postgres(row) => T::from_postgres(row, index),
        };
        found.ok_or(StoreError::Column { index })
    }

    /// The next column as text or JSON, as the engine has it in memory: for what is read and not kept.
    pub fn text(&mut self) -> Result<Cow<'r, str>, StoreError> {
        let index = self.next;
        self.next += 1;
        let found = match self.inner {
            Inner::Sqlite(row) => row.get_ref(index).ok().and_then(|value| value.as_str().ok()).map(Cow::Borrowed),
            Inner::Postgres(row) => String::from_postgres(row, index).map(Cow::Owned),
        };
        found.ok_or(StoreError::Column { index })
    }
}

impl Row<'_> {
    /// The next column as a number, whichever width the engine gave it (a literal or a count).
    pub fn take_number(&mut self) -> Result<i64, StoreError> {
        let before = self.next;
        if let Ok(number) = self.take::<i64>() {
            return Ok(number);
        }
        self.next = before;
        self.take::<Narrow>().map(|n| n.0)
    }
}

/// PostgreSQL's `integer`, which a literal has.
struct Narrow(i64);

impl Column for Narrow {
    fn from_sqlite(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok().map(Self)
    }
    fn from_postgres(row: &postgres::Row, index: usize) -> Option<Self> {
        native::<i32>(row, index).map(|n| Self(n.into()))
    }
}

/// A type that a column can be read as.
pub trait Column: Sized {
    /// From SQLite's storage class; none when it is another.
    fn from_sqlite(value: ValueRef<'_>) -> Option<Self>;
    /// From PostgreSQL's native type; none when it is another.
    fn from_postgres(row: &postgres::Row, index: usize) -> Option<Self>;
}

fn native<T: for<'a> FromSql<'a>>(row: &postgres::Row, index: usize) -> Option<T> {
    row.try_get(index).ok()
}

macro_rules! column {
    ($type:ty, $sqlite:expr) => {
        impl Column for $type {
            fn from_sqlite(value: ValueRef<'_>) -> Option<Self> {
                ($sqlite)(value)
            }
            fn from_postgres(row: &postgres::Row, index: usize) -> Option<Self> {
                native(row, index)
            }
        }
    };
}

column!(i64, |v: ValueRef<'_>| v.as_i64().ok());
column!(bool, |v: ValueRef<'_>| v.as_i64().ok().map(|n| n != 0));
column!(Uuid, |v: ValueRef<'_>| Uuid::from_slice(v.as_blob().ok()?).ok());
column!(Timestamp, |v: ValueRef<'_>| v.as_str().ok()?.parse().ok());
column!(Date, |v: ValueRef<'_>| v.as_str().ok()?.parse().ok());
column!(Vec<u8>, |v: ValueRef<'_>| v.as_blob().ok().map(<[u8]>::to_vec));

/// Text columns; JSON columns are read as text too.
impl Column for String {
    fn from_sqlite(value: ValueRef<'_>) -> Option<Self> {
        value.as_str().ok().map(str::to_owned)
    }
    fn from_postgres(row: &postgres::Row, index: usize) -> Option<Self> {
        match *row.columns().get(index)?.type_() {
            Type::JSONB | Type::JSON => native::<serde_json::Value>(row, index).map(|v| v.to_string()),
            _ => native(row, index),
        }
    }
}

impl<T: Column> Column for Option<T> {
    fn from_sqlite(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Null => Some(None),
            other => T::from_sqlite(other).map(Some),
        }
    }
    fn from_postgres(row: &postgres::Row, index: usize) -> Option<Self> {
        match row.try_get::<_, Option<Anything>>(index) {
            Ok(None) => Some(None),
            _ => T::from_postgres(row, index).map(Some),
        }
    }
}

/// Accepts any type, so that a null can be told from a value before its type is known.
struct Anything;

impl<'a> FromSql<'a> for Anything {
    fn from_sql(_: &Type, _: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self)
    }
    fn accepts(_: &Type) -> bool {
        true
    }
}
