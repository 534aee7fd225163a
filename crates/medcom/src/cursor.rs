//! One pass over the XML: the readers ask for the element that must come next, and get it or a fault with its place.
//!
//! The schema is compiled into the order of those questions, so there is no tree and nothing is kept that a letter
//! does not keep. Names are compared by local name and namespace; comments and processing instructions are skipped.
#![expect(clippy::unnecessary_box_returns, reason = "faults travel boxed, so that the good path stays small")]

use std::borrow::Cow;

use crate::{
    fault::{Fault, Kind, Place, Read, Reason, safe_name},
    limits::{Limits, OverLimit},
};

mod tokens;

pub(crate) use tokens::Token;
use tokens::Tokens;

/// White space of XML.
pub(crate) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// Whether there is only white space. Bytes will do, and most text that is asked about is layout.
pub(crate) fn is_layout(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r'))
}

/// Where the reader stands in the message.
pub(crate) struct Cursor<'a> {
    tokens: Tokens<'a>,
    next: Option<Token<'a>>,
    /// A fault of content (not of form) that is reported unless the rest of the letter breaks a rule.
    pub later: Option<Box<Fault>>,
    /// Day the message was sent, once the envelope is read.
    pub sent_on: jiff::civil::Date,
    max_depth: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(text: &'a str, limits: &Limits) -> Self {
        let tokens = Tokens::new(text);
        Self { tokens, next: None, later: None, sent_on: jiff::civil::Date::MAX, max_depth: limits.depth }
    }

    /// Sets the namespace that every element must have from now on.
    pub fn expect_namespace(&mut self, namespace: &'static str) {
        self.tokens.expect_namespace(namespace);
    }

    /// The namespace of the root, which was just entered.
    pub fn root_namespace(&self) -> Option<String> {
        self.tokens.root_namespace().map(str::to_owned)
    }

    /// Value of an attribute of the child that comes next, once [`Self::at`] or [`Self::child`] has found it.
    pub fn coming_attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        self.tokens.attribute(name)
    }

    /// Length of the whole text in bytes.
    pub fn text_length(&self) -> usize {
        self.tokens.text().len()
    }

    /// The token that comes next, white space between elements included.
    pub fn token(&mut self) -> Read<Token<'a>> {
        match self.next.take() {
            Some(token) => Ok(token),
            None => self.tokens.next(),
        }
    }

    /// As [`Self::token`], but a start tag stays so that [`Self::step_in`] can follow.
    pub fn child_or_text(&mut self) -> Read<Token<'a>> {
        let token = self.token()?;
        if let Token::Start { .. } = token {
            self.next = Some(token.clone());
        }
        Ok(token)
    }

    /// The next token if it is text; everything else stays.
    pub fn next_text(&mut self) -> Read<Option<Cow<'a, str>>> {
        match self.token()? {
            Token::Text(text) => Ok(Some(text)),
            other => {
                self.next = Some(other);
                Ok(None)
            }
        }
    }

    /// Whether white space is meant where the cursor is.
    pub fn in_fixed_font(&self) -> bool {
        self.path().contains(&"FixedFont")
    }

    /// The next child element's local name and whether it is in the expected namespace; `None` at the end tag.
    pub fn child(&mut self) -> Read<Option<(&'a str, bool)>> {
        loop {
            match &self.next {
                Some(Token::Start { name, known, .. }) => return Ok(Some((name, *known))),
                Some(Token::End | Token::Eof) => return Ok(None),
                Some(Token::Text(text)) if !is_layout(text) => return Err(self.rule(Reason::StrayText)),
                Some(Token::Text(_)) | None => self.next = Some(self.tokens.next()?),
            }
        }
    }

    /// Whether the next child is this element.
    pub fn at(&mut self, name: &str) -> Read<bool> {
        Ok(self.child()?.is_some_and(|(local, known)| known && local == name))
    }

    /// Steps into the next child, which must be this element and have no attributes.
    pub fn enter(&mut self, name: &'static str) -> Read<()> {
        if !self.at(name)? {
            return Err(self.missing(name));
        }
        self.step_in(false)
    }

    /// Steps into the child that [`Self::child`] has just named. Attributes are allowed only if said so.
    pub fn step_in(&mut self, attributes_allowed: bool) -> Read<()> {
        let Some(Token::Start { name, empty, attributes, .. }) = self.next.take() else {
            return Err(self.rule(Reason::Missing { expected: "element", found: None }));
        };
        self.tokens.path.push(name);
        if self.tokens.path.len() > self.max_depth {
            return Err(self.fault(Kind::OverLimit(OverLimit::Depth(self.max_depth))));
        }
        if empty {
            self.next = Some(Token::End);
        }
        if attributes && !attributes_allowed { Err(self.rule(Reason::Attribute)) } else { Ok(()) }
    }

    /// Steps out; a child that is still there is not allowed (or not here, or not once more).
    pub fn leave(&mut self) -> Read<()> {
        if let Some((name, _)) = self.child()? {
            return Err(self.rule(Reason::Unexpected { element: safe_name(name) }));
        }
        self.next = None;
        self.step_out();
        Ok(())
    }

    /// White space is part of the text from here on, or no longer.
    pub fn keep_space(&mut self, keep: bool) {
        self.tokens.keep_space(keep);
    }

    /// The end tag was consumed through [`Self::token`].
    pub fn step_out(&mut self) {
        self.tokens.leave_element();
    }

    /// Names of the elements the cursor is in.
    pub fn path(&self) -> &[&'a str] {
        &self.tokens.path
    }

    /// Reads on without looking at the content until the cursor is in only `depth` elements.
    pub fn skip_to(&mut self, depth: usize) -> Read<()> {
        while self.tokens.path.len() > depth {
            match self.token()? {
                token @ Token::Start { .. } => {
                    self.next = Some(token);
                    self.step_in(true)?;
                }
                Token::End => self.step_out(),
                Token::Text(_) | Token::Eof => {}
            }
        }
        Ok(())
    }

    /// Text of a required element with only text in it, unchanged. The cursor is after it.
    pub fn leaf(&mut self, name: &'static str) -> Read<Cow<'a, str>> {
        self.enter(name)?;
        self.rest_of_leaf()
    }

    /// As [`Self::leaf`] for the child that comes next, for the few elements that have attributes.
    pub fn leaf_with_attributes(&mut self, name: &'static str) -> Read<Cow<'a, str>> {
        if !self.at(name)? {
            return Err(self.missing(name));
        }
        self.step_in(true)?;
        self.rest_of_leaf()
    }

    fn rest_of_leaf(&mut self) -> Read<Cow<'a, str>> {
        let mut text = Cow::Borrowed("");
        self.keep_space(true);
        loop {
            match self.token()? {
                Token::Text(more) if text.is_empty() => text = more,
                Token::Text(more) => text.to_mut().push_str(&more),
                Token::End => {
                    self.keep_space(false);
                    self.step_out();
                    return Ok(text);
                }
                Token::Start { name, .. } => {
                    return Err(self.rule(Reason::Unexpected { element: safe_name(name) }));
                }
                Token::Eof => return Err(self.broken("ends inside an element")),
            }
        }
    }

    /// Required text of 1 to `max` characters, counted with the white space around it; kept without.
    pub fn text(&mut self, name: &'static str, max: usize) -> Read<String> {
        Ok(self.short_text(name, max)?.into_owned())
    }

    /// As [`Self::text`], borrowed when nothing had to be put together.
    pub fn short_text(&mut self, name: &'static str, max: usize) -> Read<Cow<'a, str>> {
        let text = self.leaf(name)?;
        self.check_length(name, &text, max)?;
        let text = trimmed(text);
        if text.is_empty() { Err(self.leaf_rule(name, Reason::Empty)) } else { Ok(text) }
    }

    /// Optional text. An element that is there must not be empty; only white space counts as not there.
    pub fn optional_text(&mut self, name: &'static str, max: usize) -> Read<Option<String>> {
        if !self.at(name)? {
            return Ok(None);
        }
        let text = self.leaf(name)?;
        self.check_length(name, &text, max)?;
        if text.is_empty() {
            return Err(self.leaf_rule(name, Reason::Empty));
        }
        let text = trimmed(text);
        Ok(if text.is_empty() { None } else { Some(text.into_owned()) })
    }

    /// Counts characters only when there are more bytes than allowed characters.
    pub fn check_length(&self, name: &'static str, text: &str, max: usize) -> Read<()> {
        if text.len() > max && text.chars().count() > max {
            return Err(self.leaf_rule(name, Reason::TooLong(max)));
        }
        Ok(())
    }

    /// A required value that `parse` accepts; otherwise the rule that it breaks.
    pub fn value<T>(&mut self, name: &'static str, parse: impl Fn(&str) -> Result<T, Reason>) -> Read<T> {
        let text = self.leaf(name)?;
        if text.is_empty() {
            return Err(self.leaf_rule(name, Reason::Empty));
        }
        parse(&text).map_err(|reason| self.leaf_rule(name, reason))
    }

    /// As [`Self::value`], when the element is there.
    pub fn optional_value<T>(
        &mut self,
        name: &'static str,
        parse: impl Fn(&str) -> Result<T, Reason>,
    ) -> Read<Option<T>> {
        if self.at(name)? { self.value(name, parse).map(Some) } else { Ok(None) }
    }

    /// A rule broken by the element the cursor is in.
    pub fn rule(&self, reason: Reason) -> Box<Fault> {
        self.fault(Kind::Rule(reason))
    }

    /// A rule broken by the leaf that was just read.
    pub fn leaf_rule(&self, name: &str, reason: Reason) -> Box<Fault> {
        let mut fault = self.rule(reason);
        fault.place.path.push('/');
        fault.place.path.push_str(name);
        fault
    }

    pub fn broken(&self, what: &'static str) -> Box<Fault> {
        self.fault(Kind::Broken(Reason::NotWellFormed(what)))
    }

    pub fn fault(&self, kind: Kind) -> Box<Fault> {
        self.tokens.fault(kind)
    }

    /// What came instead of a required element.
    pub fn missing(&mut self, expected: &'static str) -> Box<Fault> {
        match self.child() {
            Ok(found) => {
                let found = found.map(|(name, _)| safe_name(name));
                self.rule(Reason::Missing { expected, found })
            }
            Err(fault) => fault,
        }
    }
}

/// Without white space around it, still borrowed if it was.
fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_matches(is_space)),
        Cow::Owned(text) => Cow::Owned(text.trim_matches(is_space).to_owned()),
    }
}

/// The place of a byte offset.
pub(crate) fn place(text: &str, offset: usize, path: String) -> Place {
    let before = &text.as_bytes()[..offset.min(text.len())];
    Place { path, offset, line: before.split(|b| *b == b'\n').count() }
}
