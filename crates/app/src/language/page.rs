//! A page, read in English: the texts of its elements and of the attributes that people meet.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use lol_html::html_content::{ContentType, Element, TextType};
use lol_html::{RewriteStrSettings, doc_text, element, rewrite_str};
use quick_xml::escape::{escape, unescape_with};

use super::catalogue::ENGLISH;

/// Attributes that are read by people; `data-title` is a column's name on a narrow screen, `data-say-…` are texts that
/// scripts show.
const READ: [&str; 7] = ["title", "aria-label", "aria-description", "placeholder", "alt", "label", "data-title"];
const SAID_BY_SCRIPTS: &str = "data-say-";

/// Elements whose text is somebody's own, or none.
const OWN: [&str; 6] = ["bdi", "textarea", "kbd", "code", "script", "style"];

/// The page, or a part of one, in English. What is not in the catalogue stays as it is.
pub(super) fn english(html: &str) -> String {
    read(html, |_| {})
}

/// The texts of a page that the catalogue lacks.
pub fn missing(html: &str) -> Vec<String> {
    let found = RefCell::new(Vec::new());
    read(html, |text| found.borrow_mut().push(text.to_owned()));
    found.into_inner()
}

fn read(html: &str, missed: impl Fn(&str)) -> String {
    let own = Rc::new(Cell::new(0_usize));
    let text = RefCell::new(String::new());
    // The rows of a list say the same again and again.
    let known: RefCell<HashMap<String, Option<String>>> = RefCell::default();
    let one = |danish: &str| {
        if let Some(english) = known.borrow().get(danish) {
            return english.clone();
        }
        let english = ENGLISH.english(danish);
        if english.is_none() {
            missed(danish);
        }
        known.borrow_mut().insert(danish.to_owned(), english.clone());
        english
    };
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!("*", |element| {
            if element.tag_name() == "html" {
                element.set_attribute("lang", "en")?;
            } else if is_own(element) {
                enter(element, &own);
            } else if own.get() == 0 {
                attributes(element, &one)?;
            }
            Ok(())
        }))
        .append_document_content_handler(doc_text!(|chunk| {
            if own.get() > 0 || !matches!(chunk.text_type(), TextType::Data | TextType::RCData) {
                return Ok(());
            }
            text.borrow_mut().push_str(chunk.as_str());
            if chunk.last_in_text_node() {
                let danish = text.take();
                chunk.replace(&in_place(&danish, &one), ContentType::Html);
            } else {
                chunk.remove();
            }
            Ok(())
        }));
    rewrite_str(html, settings).unwrap_or_else(|error| {
        tracing::error!(%error, "a page could not be read in English");
        html.to_owned()
    })
}

fn is_own(element: &Element<'_, '_>) -> bool {
    OWN.contains(&element.tag_name().as_str())
        || element.get_attribute("translate").is_some_and(|value| value == "no")
        || element.get_attribute("lang").is_some()
}

/// Counts the element until its end; one without content has none.
fn enter(element: &mut Element<'_, '_>, own: &Rc<Cell<usize>>) {
    if let Some(ends) = element.end_tag_handlers() {
        own.set(own.get() + 1);
        let own = Rc::clone(own);
        ends.push(Box::new(move |_| {
            own.set(own.get().saturating_sub(1));
            Ok(())
        }));
    }
}

fn attributes(
    element: &mut Element<'_, '_>,
    one: &impl Fn(&str) -> Option<String>,
) -> Result<(), lol_html::errors::AttributeNameError> {
    let read: Vec<(String, String)> = element
        .attributes()
        .iter()
        .map(|attribute| (attribute.name(), attribute.value()))
        .filter(|(name, _)| READ.contains(&name.as_str()) || name.starts_with(SAID_BY_SCRIPTS))
        .collect();
    for (name, value) in read {
        element.set_attribute(&name, &in_place(&value, one))?;
    }
    Ok(())
}

/// The text in English with the blanks around it and its signs written as HTML wants them.
fn in_place(source: &str, one: &impl Fn(&str) -> Option<String>) -> String {
    let plain = unescape_with(source, entity).map_or_else(|_| source.to_owned(), std::borrow::Cow::into_owned);
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some(english) = one(&words).filter(|english| *english != words) else { return source.to_owned() };
    let start = &source[..source.len() - source.trim_start().len()];
    let end = &source[source.trim_end().len()..];
    format!("{start}{}{end}", escape(english.as_str()))
}

fn entity(name: &str) -> Option<&'static str> {
    match name {
        "lt" => Some("<"),
        "gt" => Some(">"),
        "amp" => Some("&"),
        "quot" => Some("\""),
        "apos" => Some("'"),
        "nbsp" => Some("\u{a0}"),
        "shy" => Some(""),
        _ => None,
    }
}
