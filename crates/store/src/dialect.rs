//! The differences between the two engines, each behind a name.

/// Which engine a store speaks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// SQLite, embedded.
    Sqlite,
    /// PostgreSQL 15 or newer.
    Postgres,
}

impl Engine {
    /// A migration's text with its types filled in.
    pub(crate) fn render(self, migration: &str) -> String {
        let words: [(&str, &str); 14] = match self {
            Self::Sqlite => [
                ("{bigint}", "integer"),
                ("{uuid}", "blob"),
                ("{instant}", "text"),
                ("{day}", "text"),
                ("{flag}", "integer"),
                ("{false}", "0"),
                ("{json}", "text"),
                ("{bytes}", "blob"),
                ("{strict}", "strict"),
                // The rows lie in the order of the key: all of a citizen's record on neighbouring pages.
                ("{clustered}", "strict, without rowid"),
                ("{sorted}", "text"),
                ("{computed}", "virtual"),
                ("{answer_2}", "->> '$.answers.\"2\"'"),
                ("{random}", "randomblob(32)"),
            ],
            Self::Postgres => [
                ("{bigint}", "bigint"),
                ("{uuid}", "uuid"),
                ("{instant}", "timestamptz"),
                ("{day}", "date"),
                ("{flag}", "boolean"),
                ("{false}", "false"),
                ("{json}", "jsonb"),
                ("{bytes}", "bytea"),
                ("{strict}", ""),
                ("{clustered}", ""),
                // By its bytes on both engines, so that a beginning is a range whatever language the server is set to.
                ("{sorted}", "text collate \"C\""),
                ("{computed}", "stored"),
                ("{answer_2}", "#>> '{answers,2}'"),
                ("{random}", "decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')"),
            ],
        };
        words.iter().fold(migration.to_owned(), |text, (word, meaning)| text.replace(word, meaning))
    }

    /// A text with the names of the reporting schema as the engine has them: SQLite has no schemas.
    pub fn reporting(self, sql: &str) -> String {
        match self {
            Self::Sqlite => sql.replace("reporting.", "reporting_"),
            Self::Postgres => sql.to_owned(),
        }
    }

    /// Whether the list of shown ids holds the one in `$2`.
    pub const fn contains_bytes(self) -> &'static str {
        match self {
            Self::Sqlite => "instr(shown, $2) > 0",
            Self::Postgres => "position($2 in shown) > 0",
        }
    }
}

/// SQLite numbers parameters `?1`; `$1` would be a name to it, bound by order of appearance.
pub(crate) fn numbered(sql: &str) -> String {
    sql.replace('$', "?")
}
