//! The lowest layer: events of the XML reader as start, end and text, with what it leaves unchecked checked here:
//! characters of XML 1.0, `]]>` in text, one root element, the five built-in entities, namespaces.

use std::borrow::Cow;

use quick_xml::{
    Reader, XmlVersion,
    errors::{IllFormedError, SyntaxError},
    events::{
        BytesRef, Event,
        attributes::{Attribute, Attributes},
    },
};

use super::{is_layout, is_space, place};
use crate::{
    encoding::{invalid_character, is_xml_char},
    fault::{Fault, Kind, Read, Reason, safe_name},
};

/// Attributes of this namespace (`schemaLocation`) say nothing about the content and may stand on the root.
const NS_INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// More than any letter has; see [`Tokens::attributes`].
const MOST_ATTRIBUTES: usize = 32;

/// What the readers see.
#[derive(Debug, Clone)]
pub(crate) enum Token<'a> {
    Start {
        /// Local name.
        name: &'a str,
        /// In the expected namespace.
        known: bool,
        /// `<Name/>`.
        empty: bool,
        /// Has attributes other than namespace declarations.
        attributes: bool,
    },
    Text(Cow<'a, str>),
    End,
    Eof,
}

/// What seldom occurs anywhere in a message, so that single texts need not be searched for it.
struct Rare {
    /// `]]>`
    section_end: bool,
    carriage_return: bool,
    /// A character that XML does not allow.
    invalid_at: Option<usize>,
}

struct Binding<'a> {
    depth: usize,
    prefix: &'a str,
    namespace: Cow<'a, str>,
}

pub(super) struct Tokens<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    pub path: Vec<&'a str>,
    bindings: Vec<Binding<'a>>,
    expected: &'static str,
    default_is_expected: bool,
    /// Attributes of the element that was started last, as written.
    attributes: &'a str,
    rare: Rare,
    started: bool,
    root_prefix: &'a str,
    offset: usize,
}

impl<'a> Tokens<'a> {
    pub fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_comments = true;
        reader.config_mut().trim_text_start = true;
        Self {
            text,
            reader,
            path: Vec::with_capacity(16),
            bindings: Vec::with_capacity(4),
            expected: "",
            default_is_expected: false,
            attributes: "",
            rare: Rare {
                section_end: text.contains("]]>"),
                carriage_return: text.contains('\r'),
                invalid_at: invalid_character(text),
            },
            started: false,
            root_prefix: "",
            offset: 0,
        }
    }

    /// Whether white space before text is kept. Between elements it is layout, which the reader skips faster than we can.
    pub fn keep_space(&mut self, keep: bool) {
        self.reader.config_mut().trim_text_start = !keep;
    }

    pub fn text(&self) -> &'a str {
        self.text
    }

    pub fn expect_namespace(&mut self, namespace: &'static str) {
        self.expected = namespace;
        self.default_is_expected = self.namespace("") == Some(namespace);
    }

    /// The namespace that a prefix stands for; the empty prefix is the default namespace.
    pub fn namespace(&self, prefix: &str) -> Option<&str> {
        self.bindings.iter().rev().find(|b| b.prefix == prefix).map(|b| &*b.namespace)
    }

    pub fn root_namespace(&self) -> Option<&str> {
        self.namespace(self.root_prefix)
    }

    pub fn leave_element(&mut self) {
        self.path.pop();
        let depth = self.path.len();
        if self.bindings.last().is_some_and(|b| b.depth > depth) {
            self.bindings.retain(|b| b.depth <= depth);
            self.default_is_expected = self.namespace("") == Some(self.expected);
        }
    }

    pub fn fault(&self, kind: Kind) -> Box<Fault> {
        // Names come from outside until the schema has checked them.
        let path: Vec<String> = self.path.iter().map(|name| safe_name(name)).collect();
        Box::new(Fault { kind, place: place(self.text, self.event_offset(), path.join("/")) })
    }

    /// Where the last event began, layout before it passed over.
    fn event_offset(&self) -> usize {
        let rest = self.text.get(self.offset..).unwrap_or_default();
        self.text.len() - rest.trim_start_matches(is_space).len()
    }

    fn broken(&self, what: &'static str) -> Box<Fault> {
        self.fault(Kind::Broken(Reason::NotWellFormed(what)))
    }

    /// Where the reader is in the text.
    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.text.len())
    }

    pub fn next(&mut self) -> Read<Token<'a>> {
        loop {
            self.offset = self.position();
            let event = self.reader.read_event();
            if self.rare.invalid_at.is_some_and(|at| at < self.position()) {
                return Err(self.broken("a character that XML does not allow"));
            }
            match event {
                Ok(Event::Start(tag)) => return self.start(tag.len(), tag.name().as_ref().len(), false),
                Ok(Event::Empty(tag)) => return self.start(tag.len(), tag.name().as_ref().len(), true),
                Ok(Event::End(_)) => return Ok(Token::End),
                Ok(Event::Text(text)) => {
                    if let Some(token) = self.plain_text(text.into_inner())? {
                        return Ok(token);
                    }
                }
                Ok(Event::CData(text)) => return self.inside(text.into_inner()),
                Ok(Event::GeneralRef(reference)) => return self.reference(&reference),
                Ok(Event::Comment(_) | Event::PI(_)) => {}
                Ok(Event::Decl(_)) if self.offset == 0 => {}
                Ok(Event::Decl(_)) => return Err(self.broken("XML declaration inside the document")),
                Ok(Event::DocType(_)) => return Err(self.fault(Kind::Forbidden)),
                Ok(Event::Eof) => return self.end_of_text(),
                Err(error) => return Err(self.syntax(&error)),
            }
        }
    }

    fn end_of_text(&self) -> Read<Token<'a>> {
        if self.path.is_empty() && self.started { Ok(Token::Eof) } else { Err(self.broken("ends inside an element")) }
    }

    /// Text between tags; `None` for white space outside the root.
    fn plain_text(&mut self, text: Cow<'a, str>) -> Read<Option<Token<'a>>> {
        if self.rare.section_end && text.contains("]]>") {
            return Err(self.broken("]]> in text"));
        }
        if self.path.is_empty() && is_layout(&text) {
            return Ok(None);
        }
        self.inside(text).map(Some)
    }

    fn inside(&self, text: Cow<'a, str>) -> Read<Token<'a>> {
        if self.path.is_empty() {
            return Err(self.broken("text outside the root element"));
        }
        Ok(Token::Text(if self.rare.carriage_return { line_ends(text) } else { text }))
    }

    fn reference(&self, reference: &BytesRef<'_>) -> Read<Token<'a>> {
        let text = match &**reference {
            "amp" => Cow::Borrowed("&"),
            "lt" => Cow::Borrowed("<"),
            "gt" => Cow::Borrowed(">"),
            "quot" => Cow::Borrowed("\""),
            "apos" => Cow::Borrowed("'"),
            _ => match reference.resolve_char_ref() {
                Ok(Some(c)) if is_xml_char(c) => Cow::Owned(c.to_string()),
                _ => return Err(self.broken("unknown entity or impossible character reference")),
            },
        };
        self.inside(text)
    }

    fn start(&mut self, length: usize, name_length: usize, empty: bool) -> Read<Token<'a>> {
        if self.path.is_empty() && self.started {
            return Err(self.broken("more than one root element"));
        }
        self.started = true;
        // The tag is `<content>` or `<content/>`, so its content can be borrowed from the text itself.
        let end = self.position().saturating_sub(1 + usize::from(empty));
        let text: &'a str = self.text;
        let content = text.get(end.saturating_sub(length)..end).unwrap_or_default();
        let (name, rest) = content.split_at_checked(name_length).unwrap_or((content, ""));
        self.attributes = rest;
        let attributes = !rest.is_empty() && self.attributes(rest)?;
        let colon = name.bytes().position(|b| b == b':');
        let (prefix, name) = colon.map_or(("", name), |at| (&name[..at], &name[at + 1..]));
        let known =
            if prefix.is_empty() { self.default_is_expected } else { self.namespace(prefix) == Some(self.expected) };
        if self.path.is_empty() {
            self.root_prefix = prefix;
        }
        Ok(Token::Start { name, known, empty, attributes })
    }

    /// Binds what is declared here; true if there are other attributes.
    fn attributes(&mut self, written: &'a str) -> Read<bool> {
        let depth = self.path.len() + 1;
        let mut others = Vec::new();
        for (count, attribute) in Attributes::new(written, 0).enumerate() {
            // The reader compares each name with all before it, so the number is bounded.
            let Some(attribute) = attribute.ok().filter(|_| count < MOST_ATTRIBUTES) else {
                return Err(self.broken("attributes"));
            };
            let key = attribute.key.0;
            match key.strip_prefix("xmlns") {
                Some("") => self.bind(depth, "", &attribute)?,
                Some(prefix) if prefix.starts_with(':') => self.bind(depth, &prefix[1..], &attribute)?,
                _ => others.push(key),
            }
        }
        self.default_is_expected = self.namespace("") == Some(self.expected);
        Ok(others.iter().any(|key| !self.is_instance_attribute(key)))
    }

    fn is_instance_attribute(&self, key: &str) -> bool {
        key.split_once(':').is_some_and(|(prefix, name)| {
            matches!(name, "schemaLocation" | "noNamespaceSchemaLocation")
                && self.namespace(prefix) == Some(NS_INSTANCE)
        })
    }

    fn bind(&mut self, depth: usize, prefix: &'a str, attribute: &Attribute<'a>) -> Read<()> {
        let Ok(namespace) = attribute.normalized_value(XmlVersion::Explicit1_0) else {
            return Err(self.broken("namespace declaration"));
        };
        self.bindings.push(Binding { depth, prefix, namespace });
        Ok(())
    }

    /// Value of an attribute of the element that was started last.
    pub fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let found = Attributes::new(self.attributes, 0).filter_map(Result::ok).find(|a| a.key.0 == name)?;
        found.normalized_value(XmlVersion::Explicit1_0).ok()
    }

    fn syntax(&self, error: &quick_xml::Error) -> Box<Fault> {
        let rest = self.text.get(self.event_offset()..).unwrap_or_default();
        if rest.starts_with("<!") && !rest.starts_with("<!--") && !rest.starts_with("<![CDATA[") {
            return self.fault(Kind::Forbidden);
        }
        self.broken(match error {
            quick_xml::Error::Syntax(SyntaxError::UnclosedTag) => "a tag is not closed",
            quick_xml::Error::Syntax(_) => "markup is not closed",
            quick_xml::Error::IllFormed(IllFormedError::MismatchedEndTag { .. }) => {
                "the end tag belongs to another element"
            }
            quick_xml::Error::IllFormed(IllFormedError::UnmatchedEndTag(_)) => "an end tag without start tag",
            _ => "markup",
        })
    }
}

/// XML turns CR and CR LF into LF.
fn line_ends(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { text }
}
