//! The walk through a report by the tables: structure, cardinality and prohibited elements.

use super::json::Node;
use super::path::Path;
use super::table::{ConceptRule, Element, ExtensionSlice, Kind, MANY, Shape};
use super::{Check, primitives};

type Members<'n, 'a> = &'n [(std::borrow::Cow<'a, str>, Node<'a>)];

impl Check<'_> {
    /// An object against its shape.
    pub fn object(&mut self, node: &Node<'_>, path: &Path<'_>, shape: &Shape) {
        let Some(members) = self.members(node, path) else { return };
        let mut seen = 0_u64;
        let mut next = 0;
        for (name, value) in members {
            let place = path.child(name);
            if let Some(found) = find(shape.elements, name, next) {
                seen |= 1 << found;
                next = found + 1;
                self.element(&shape.elements[found], value, &place);
            } else {
                self.other(shape, name, value, &place);
            }
        }
        for (i, element) in shape.elements.iter().enumerate() {
            if element.min > 0 && seen & (1 << i) == 0 {
                self.error("cardinality", &path.child(element.name), "Elementet mangler.");
            }
        }
    }

    /// The members of an object that is one and is not empty.
    pub fn members<'n, 'a>(&mut self, node: &'n Node<'a>, path: &Path<'_>) -> Option<Members<'n, 'a>> {
        match node {
            Node::Object(members) if members.is_empty() => {
                self.error("ele-1", path, "Objektet er tomt.");
                None
            }
            Node::Object(members) => Some(members),
            Node::Null => {
                self.error("ele-1", path, "Elementet har ingen værdi.");
                None
            }
            _ => {
                self.error("type", path, "Her skal stå et objekt.");
                None
            }
        }
    }

    fn element(&mut self, element: &Element, value: &Node<'_>, path: &Path<'_>) {
        if !element.list {
            return self.value(&element.kind, value, path);
        }
        let Node::List(items) = value else {
            return self.error("type", path, "Her skal stå en liste.");
        };
        if items.is_empty() {
            return self.error("ele-1", path, "Listen er tom.");
        }
        if items.len() < usize::from(element.min) || (element.max != MANY && items.len() > element.max as usize) {
            self.error("cardinality", path, "Listen har ikke det antal, som profilen kræver.");
        }
        // Extensions are counted together, so the list is read as one.
        if let Kind::Extensions(slices) = &element.kind {
            return self.extensions(slices, items, path);
        }
        for (i, item) in items.iter().enumerate() {
            self.value(&element.kind, item, &path.at(i));
        }
    }

    fn value(&mut self, kind: &Kind, node: &Node<'_>, path: &Path<'_>) {
        match kind {
            Kind::Object(shape) => self.object(node, path, shape),
            Kind::Concept(rule) => self.concept(node, path, rule),
            Kind::Coding(rule) => self.coding(node, path, rule),
            Kind::Reference(targets) => {
                self.reference(node, path, targets);
            }
            Kind::Subject => self.subject(node, path),
            Kind::Custom(check) => check(self, node, path),
            // A report's references lead to its entries, so nothing can refer to a contained resource.
            Kind::Contained => {
                self.error("dom-3", path, "En indlejret ressource, som intet henviser til, må ikke medsendes.");
            }
            Kind::Extensions(_) | Kind::Any => self.anything(node, path),
            Kind::Id
            | Kind::Text
            | Kind::Code
            | Kind::Uri
            | Kind::Boolean
            | Kind::DateTime
            | Kind::FullDateTime
            | Kind::Instant
            | Kind::Fixed(_)
            | Kind::OneOf(_) => primitives::check(self, kind, node, path),
        }
    }

    /// A name that the shape does not list.
    fn other(&mut self, shape: &Shape, name: &str, value: &Node<'_>, path: &Path<'_>) {
        if name == "extension" {
            return self.unlisted_extensions(value, path);
        }
        if name == "id" {
            return self.value(&Kind::Text, value, path);
        }
        if shape.prohibited.iter().any(|prohibited| is_choice_of(prohibited, name)) {
            return self.error("prohibited", path, "Elementet må ikke stå i en §119-rapport.");
        }
        let beside = name.strip_prefix('_').and_then(|plain| find(shape.elements, plain, 0));
        match beside.map(|found| &shape.elements[found].kind) {
            Some(kind) if primitives::is_primitive(kind) => self.anything(value, path),
            _ => self.error("unknown-element", path, "Elementet findes ikke i FHIR R4."),
        }
    }

    /// A CodeableConcept.
    pub fn concept(&mut self, node: &Node<'_>, path: &Path<'_>, rule: &ConceptRule) {
        let Some(members) = self.members(node, path) else { return };
        let mut coded = false;
        for (name, value) in members {
            let place = path.child(name);
            match (&**name, value) {
                ("coding", Node::List(items)) if !items.is_empty() => {
                    coded = true;
                    if rule.single && items.len() != 1 {
                        self.error("cardinality", &place, "Der skal stå præcis én kode.");
                    }
                    for (i, item) in items.iter().enumerate() {
                        self.coding(item, &place.at(i), rule);
                    }
                }
                ("coding", Node::List(_)) => self.error("ele-1", &place, "Listen er tom."),
                ("coding", _) => self.error("type", &place, "Her skal stå en liste."),
                ("text", _) if rule.bare => self.error("prohibited", &place, "Kun system og kode må stå her."),
                ("text", value) => self.value(&Kind::Text, value, &place),
                (name, value) => self.other(&NOTHING, name, value, &place),
            }
        }
        if !coded && rule.set.is_some() {
            self.error("binding", path, "Der mangler en kode fra værdisættet.");
        }
    }

    /// Extensions where the profile knows none.
    pub fn unlisted_extensions(&mut self, value: &Node<'_>, path: &Path<'_>) {
        match value {
            Node::List(items) if !items.is_empty() => self.extensions(&[], items, path),
            Node::List(_) => self.error("ele-1", path, "Listen er tom."),
            _ => self.error("type", path, "Her skal stå en liste."),
        }
    }

    /// Extensions: the known ones by their value, how often each stands, and a warning for any other.
    fn extensions(&mut self, slices: &[ExtensionSlice], items: &[Node<'_>], path: &Path<'_>) {
        for (i, item) in items.iter().enumerate() {
            let place = path.at(i);
            let Some(members) = self.members(item, &place) else { continue };
            let Some(url) = item.text_of("url").filter(|url| !url.is_empty()) else {
                self.error("cardinality", &place.child("url"), "Udvidelsen mangler sin adresse.");
                continue;
            };
            match slices.iter().find(|slice| slice.url == url) {
                Some(slice) => self.known_extension(slice, members, &place),
                None => self.unknown_extension(members, &place),
            }
        }
        for slice in slices {
            let count = items.iter().filter(|item| item.text_of("url") == Some(slice.url)).count();
            if count > 1 {
                self.error("cardinality", path, "Udvidelsen må kun stå én gang.");
            }
            if count < usize::from(slice.min) {
                self.error("cardinality", path, "Den påkrævede udvidelse mangler.");
            }
        }
    }

    fn known_extension(&mut self, slice: &ExtensionSlice, members: Members<'_, '_>, path: &Path<'_>) {
        let mut valued = false;
        for (name, value) in members {
            match &**name {
                "url" | "id" => {}
                name if name == slice.value => {
                    valued = true;
                    self.value(&slice.kind, value, &path.child(name));
                }
                name => self.error("type", &path.child(name), "Udvidelsen har en anden slags værdi end profilens."),
            }
        }
        if !valued {
            self.error("cardinality", &path.child(slice.value), "Udvidelsens værdi mangler.");
        }
    }

    /// Formally allowed, but not to be sent: the receivers know only three.
    fn unknown_extension(&mut self, members: Members<'_, '_>, path: &Path<'_>) {
        let has = |wanted: fn(&str) -> bool| members.iter().any(|(name, _)| wanted(name));
        if has(|name| name.starts_with("value")) == has(|name| name == "extension") {
            self.error("ext-1", path, "En udvidelse skal have enten en værdi eller egne udvidelser.");
        }
        for (name, value) in members {
            self.anything(value, &path.child(name));
        }
        self.warn("extension", path, "Kun de tre udvidelser i vejledningen bør sendes.");
    }

    /// Only ele-1: nothing in it may be empty.
    pub fn anything(&mut self, node: &Node<'_>, path: &Path<'_>) {
        match node {
            Node::Null => self.error("ele-1", path, "Elementet har ingen værdi."),
            Node::Text(text) if text.is_empty() => self.error("ele-1", path, "Teksten er tom."),
            Node::List(items) if items.is_empty() => self.error("ele-1", path, "Listen er tom."),
            Node::Object(members) if members.is_empty() => self.error("ele-1", path, "Objektet er tomt."),
            Node::List(items) => {
                for (i, item) in items.iter().enumerate() {
                    self.anything(item, &path.at(i));
                }
            }
            Node::Object(members) => {
                for (name, value) in members {
                    self.anything(value, &path.child(name));
                }
            }
            Node::Bool | Node::Number | Node::Text(_) => {}
        }
    }
}

static NOTHING: Shape = Shape { elements: &[], prohibited: &[] };

/// The place of an element. Reports mostly keep the order of the table, so the search goes on from the last one.
fn find(elements: &[Element], name: &str, from: usize) -> Option<usize> {
    let at = |i: &usize| elements[*i].name == name;
    (from..elements.len()).find(at).or_else(|| (0..from.min(elements.len())).find(at))
}

/// `onset[x]` stands for `onsetDateTime` and all its sisters, and `_x` for what stands beside a primitive.
fn is_choice_of(prohibited: &str, name: &str) -> bool {
    let name = name.strip_prefix('_').unwrap_or(name);
    match prohibited.strip_suffix("[x]") {
        Some(stem) => name.strip_prefix(stem).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase())),
        None => name == prohibited,
    }
}
