//! JSON as a borrowed tree. Duplicate keys are refused: two readers could see two different reports.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// A JSON value; strings without escapes point into the report.
#[derive(Debug)]
pub enum Node<'a> {
    Null,
    Bool,
    /// No rule of the profiles asks which of the two, and none has a number: only the type is kept.
    Number,
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
}

impl<'a> Node<'a> {
    /// A member of an object.
    pub fn get(&self, name: &str) -> Option<&Node<'a>> {
        match self {
            Self::Object(members) => members.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text of a string.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a member.
    pub fn text_of(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Node::text)
    }

    /// The items of a list; none for anything else.
    pub fn items(&self) -> &[Node<'a>] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// The items of a member.
    pub fn items_of(&self, name: &str) -> &[Node<'a>] {
        self.get(name).map_or(&[], Node::items)
    }
}

/// Why a text is no JSON: where, and in words without its content.
pub struct Fault {
    line: usize,
    column: usize,
    what: What,
}

enum What {
    Duplicate,
    TooDeep,
    TooWide,
    Broken,
}

impl Fault {
    pub fn text(&self) -> Cow<'static, str> {
        let what = match self.what {
            What::Duplicate => "Samme navn står to gange i et objekt",
            What::TooDeep => "Teksten er indlejret for dybt",
            What::TooWide => "Et objekt har for mange elementer",
            What::Broken => "Teksten er ikke gyldig JSON i UTF-8",
        };
        format!("{what} (linje {}, tegn {}).", self.line, self.column).into()
    }
}

const DUPLICATE: &str = "duplicate key";
const TOO_WIDE: &str = "too many keys";

/// Reads a text; nesting is limited to 128 by the parser.
pub fn parse(json: &[u8]) -> Result<Node<'_>, Fault> {
    serde_json::from_slice(json).map_err(|error| {
        let message = error.to_string();
        let what = if message.starts_with(DUPLICATE) {
            What::Duplicate
        } else if message.starts_with(TOO_WIDE) {
            What::TooWide
        } else if message.starts_with("recursion limit") {
            What::TooDeep
        } else {
            What::Broken
        };
        Fault { line: error.line(), column: error.column(), what }
    })
}

impl<'de> Deserialize<'de> for Node<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Node<'de>, E> {
        Ok(Node::Bool)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Node<'de>, E> {
        Ok(Node::Number)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node<'de>, E> {
        Ok(Node::Number)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node<'de>, E> {
        Ok(Node::Number)
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node<'de>, A::Error> {
        let Some(first) = seq.next_element()? else { return Ok(Node::List(Vec::new())) };
        // Most lists of a report hold one item.
        let mut items = Vec::with_capacity(1);
        items.push(first);
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node<'de>, A::Error> {
        let mut members: Vec<(Cow<'de, str>, Node<'de>)> = Vec::with_capacity(4);
        while let Some(Key(key)) = map.next_key()? {
            if members.iter().any(|(earlier, _)| *earlier == key) {
                return Err(A::Error::custom(DUPLICATE));
            }
            if members.len() == MAX_MEMBERS {
                return Err(A::Error::custom(TOO_WIDE));
            }
            members.push((key, map.next_value()?));
        }
        Ok(Node::Object(members))
    }
}

/// No object of FHIR has half as many elements. The limit keeps looking things up linear in a hostile report.
const MAX_MEMBERS: usize = 128;

struct Key<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(text.to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_stands_twice_is_refused() {
        assert!(parse(br#"{"a":1,"a":2}"#).is_err_and(|fault| matches!(fault.what, What::Duplicate)));
        assert!(parse(br#"{"a":1,"\u0061":2}"#).is_err_and(|fault| matches!(fault.what, What::Duplicate)));
    }

    #[test]
    fn an_object_with_more_elements_than_any_resource_is_refused() {
        let wide = |count: usize| (0..count).map(|i| format!(r#""k{i}":0"#)).collect::<Vec<_>>().join(",");
        assert!(parse(format!("{{{}}}", wide(MAX_MEMBERS)).as_bytes()).is_ok());
        let fault = parse(format!("{{{}}}", wide(MAX_MEMBERS + 1)).as_bytes()).map(drop);
        assert!(fault.is_err_and(|fault| matches!(fault.what, What::TooWide)));
    }

    #[test]
    fn a_text_nested_too_deep_is_refused() {
        let deep = "[".repeat(100_000);
        assert!(parse(deep.as_bytes()).is_err_and(|fault| matches!(fault.what, What::TooDeep)));
    }

    #[test]
    fn strings_with_escapes_are_read() {
        assert!(parse(br#""S\u00f8vn""#).is_ok_and(|node| node.text() == Some("Søvn")));
    }
}
