//! Small closed vocabularies: one macro gives each its stable word, its Danish label and its parser.

use std::fmt;

use serde::Deserializer;
use serde::de::{Error, Visitor};

/// A text that is none of an enum's words. Holds the text: code words are no personal data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{found}' is not a known {kind}")]
pub struct UnknownWord {
    /// The Rust name of the vocabulary.
    pub kind: &'static str,
    /// What stood there.
    pub found: String,
}

/// A value by the parser of its text, as the text stands in what is read: no copy of it is made.
pub(crate) fn deserialized<'de, D: Deserializer<'de>, T, F: fmt::Display>(
    deserializer: D,
    parse: fn(&str) -> Result<T, F>,
) -> Result<T, D::Error> {
    struct Text<T, F>(fn(&str) -> Result<T, F>);
    impl<T, F: fmt::Display> Visitor<'_> for Text<T, F> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text")
        }
        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            (self.0)(text).map_err(E::custom)
        }
    }
    deserializer.deserialize_str(Text(parse))
}

/// An enum whose variants have a stable word (database, API) and a Danish label (screens, letters).
macro_rules! word_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = ($word:literal, $label:literal),)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vmeta])* $variant,)+ }

        impl $name {
            /// Every variant, in the order people see them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable word of database and API.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// What people read, in Danish.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }

            /// The variant of a stable word.
            pub fn parse(word: &str) -> Result<Self, $crate::words::UnknownWord> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::words::UnknownWord { kind: stringify!($name), found: word.to_owned() }),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::words::deserialized(deserializer, Self::parse)
            }
        }
    };
}
pub(crate) use word_enum;
