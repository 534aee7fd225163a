//! The text of what is stored: JSON with sorted keys, for PostgreSQL does not keep the order of a text, and the audit's hashes
//! must be the same on both engines.

use std::cell::Cell;
use std::ops::Range;

use serde::Serialize;

thread_local! {
    /// Where a thread writes what it then puts in order; it has grown to what records need.
    static WRITTEN: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// No more than this waits for the next record.
const WRITTEN_MAX: usize = 64 * 1024;

/// As JSON, the members of each object in the order of their names.
pub(crate) fn text<T: Serialize + ?Sized>(what: &T) -> serde_json::Result<String> {
    let mut written = WRITTEN.take();
    written.clear();
    serde_json::to_writer(&mut written, what)?;
    let sorted = sorted(&written);
    written.shrink_to(WRITTEN_MAX);
    WRITTEN.set(written);
    match sorted {
        Some(text) => Ok(text),
        None => serde_json::to_string(&serde_json::to_value(what)?),
    }
}

/// The text in order; none when it has a name that is written with an escape. That stands elsewhere than its letters say, and
/// only free text could be one.
fn sorted(written: &[u8]) -> Option<String> {
    // Members that are put in order stand there twice for a moment.
    let to = Vec::with_capacity(2 * written.len());
    let mut sorted = Sorted { from: written, at: 0, to, members: Vec::new(), escaped: false };
    sorted.value();
    (!sorted.escaped).then_some(sorted.to).and_then(|bytes| String::from_utf8(bytes).ok())
}

/// Copies JSON without spaces, as it is written here, member by member.
struct Sorted<'a> {
    from: &'a [u8],
    at: usize,
    to: Vec<u8>,
    /// Names and places of the members so far, of each object that is open; the innermost last.
    members: Vec<(&'a [u8], Range<usize>)>,
    /// Whether a name was met that is written with an escape.
    escaped: bool,
}

impl<'a> Sorted<'a> {
    fn value(&mut self) {
        match self.from.get(self.at) {
            Some(b'{') => self.object(),
            Some(b'[') => self.array(),
            Some(b'"') => {
                let text = self.string();
                self.to.extend_from_slice(text);
            }
            _ => {
                let rest = &self.from[self.at..];
                let end = rest.iter().position(|byte| matches!(byte, b',' | b']' | b'}')).unwrap_or(rest.len());
                self.at += end;
                self.to.extend_from_slice(&rest[..end]);
            }
        }
    }

    fn array(&mut self) {
        while self.from.get(self.at).is_some_and(|byte| *byte != b']') {
            // The bracket before the first, the comma before another.
            self.to.push(self.from[self.at]);
            self.at += 1;
            if self.from.get(self.at) != Some(&b']') {
                self.value();
            }
        }
        self.at += 1;
        self.to.push(b']');
    }

    /// Members are written as they come and then put in order, where they do not stand in it already.
    fn object(&mut self) {
        self.to.push(b'{');
        let begin = self.to.len();
        let first = self.members.len();
        // The brace before the first, the comma before another.
        while self.from.get(self.at).is_some_and(|byte| *byte != b'}') {
            self.at += 1;
            if self.from.get(self.at) != Some(&b'"') {
                break;
            }
            let start = self.to.len();
            let name = self.string();
            self.escaped |= name.contains(&b'\\');
            self.to.extend_from_slice(name);
            self.to.push(b':');
            self.at += 1;
            self.value();
            self.to.push(b',');
            self.members.push((without_quotes(name), start..self.to.len()));
        }
        self.at += 1;
        let members = &mut self.members[first..];
        if !members.is_sorted_by_key(|(name, _)| *name) {
            members.sort_unstable_by_key(|(name, _)| *name);
            let end = self.to.len();
            for (_, place) in members {
                self.to.extend_from_within(place.clone());
            }
            self.to.drain(begin..end);
        }
        self.members.truncate(first);
        if self.to.len() > begin {
            // The comma after the last one.
            self.to.pop();
        }
        self.to.push(b'}');
    }

    /// The string that begins here, with its quotes.
    fn string(&mut self) -> &'a [u8] {
        let rest = &self.from[self.at..];
        let mut end = 1;
        while let Some(byte) = rest.get(end) {
            end += match byte {
                b'"' => break,
                b'\\' => 2,
                _ => 1,
            };
        }
        let text = &rest[..rest.len().min(end + 1)];
        self.at += text.len();
        text
    }
}

/// The letters alone, by which names are in order: the quote after a name would stand before some letters.
fn without_quotes(name: &[u8]) -> &[u8] {
    name.get(1..name.len() - 1).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::text;

    #[derive(serde::Serialize)]
    struct Unsorted {
        z: Option<Vec<Unsorted>>,
        ab: &'static str,
        a: BTreeMap<String, f64>,
    }

    #[test]
    fn names_are_sorted_at_every_depth_and_nothing_else_moves() {
        let inner =
            Unsorted { z: None, ab: "\"}],{\\", a: BTreeMap::from([("ø".into(), -0.5), ("b\"".into(), 1e300)]) };
        let outer = Unsorted { z: Some(vec![inner]), ab: "", a: BTreeMap::new() };
        let expected = r#"{"a":{},"ab":"","z":[{"a":{"b\"":1e+300,"ø":-0.5},"ab":"\"}],{\\","z":null}]}"#;
        assert_eq!(text(&outer).unwrap_or_default(), expected);
    }

    #[test]
    fn what_is_no_object_stays() {
        for value in [json!([]), json!([[], {}, [1, null]]), json!("a,b"), json!(null), json!(-1)] {
            assert_eq!(text(&value).unwrap_or_default(), value.to_string());
        }
    }

    /// Members in the order they were drawn.
    #[derive(Debug, Clone)]
    enum Any {
        Leaf(Value),
        Array(Vec<Any>),
        Object(Vec<(String, Any)>),
    }

    impl serde::Serialize for Any {
        fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::Leaf(value) => value.serialize(to),
                Self::Array(all) => all.serialize(to),
                Self::Object(all) => to.collect_map(all.iter().map(|(name, value)| (name, value))),
            }
        }
    }

    fn any() -> impl Strategy<Value = Any> {
        let leaf = prop_oneof![
            Just(Value::Null),
            prop::bool::ANY.prop_map(Value::from),
            prop::num::i64::ANY.prop_map(Value::from),
            (-1e9..1e9).prop_map(Value::from),
            "\\PC*".prop_map(Value::from),
        ];
        leaf.prop_map(Any::Leaf).prop_recursive(4, 40, 6, |inner| {
            let named = prop::collection::btree_map("[a-c\"\\\\\nø]{0,3}", inner.clone(), 0..6);
            let shuffled = named.prop_map(|all| all.into_iter().collect::<Vec<_>>()).prop_shuffle();
            prop_oneof![prop::collection::vec(inner, 0..6).prop_map(Any::Array), shuffled.prop_map(Any::Object)]
        })
    }

    proptest! {
        #[test]
        fn it_is_the_text_of_the_same_value(what in any()) {
            let by_value = serde_json::to_value(&what).unwrap_or_default().to_string();
            prop_assert_eq!(text(&what).unwrap_or_default(), by_value);
        }
    }
}
