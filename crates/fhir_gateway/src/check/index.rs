//! The entries of a report by address, so that every reference is found at once, however large the report.

use std::borrow::Cow;
use std::collections::HashMap;

use super::json::Node;
use crate::kind::ResourceKind;

/// The entries, and where each is found.
pub struct Index<'a> {
    pub entries: Vec<Entry<'a>>,
    by_url: HashMap<&'a str, usize>,
    by_tail: HashMap<Cow<'a, str>, usize>,
    /// The first entry with the citizen profile.
    pub citizen: Option<usize>,
}

/// An entry as far as references need it.
pub struct Entry<'a> {
    /// By profile and resource type; none when they do not fit or are not the guide's.
    pub kind: Option<ResourceKind>,
    pub full_url: Option<&'a str>,
    /// What stands before `Type/id` in an address; none for `urn:uuid:` and when there is no address.
    base: Option<&'a str>,
    pub resource: &'a Node<'a>,
}

impl<'a> Index<'a> {
    /// Reads the entries of a Bundle; whatever is malformed is left out here and found by the walk.
    pub fn of(root: &'a Node<'a>) -> Self {
        let nodes = root.items_of("entry");
        let mut index = Self {
            entries: Vec::with_capacity(nodes.len()),
            by_url: HashMap::with_capacity(nodes.len()),
            by_tail: HashMap::with_capacity(nodes.len()),
            citizen: None,
        };
        for (place, node) in nodes.iter().enumerate() {
            index.add(place, node);
        }
        index
    }

    fn add(&mut self, place: usize, node: &'a Node<'a>) {
        let resource = node.get("resource").unwrap_or(&Node::Null);
        let full_url = node.text_of("fullUrl");
        let parts = full_url.and_then(split);
        let kind = kind_of(resource);
        if kind == Some(ResourceKind::Citizen) && self.citizen.is_none() {
            self.citizen = Some(place);
        }
        if let Some(url) = full_url {
            self.by_url.entry(url).or_insert(place);
        }
        let tail = match (parts, full_url) {
            (Some((_, tail)), _) => Some(Cow::Borrowed(tail)),
            (None, None) => own_tail(resource).map(Cow::Owned),
            (None, Some(_)) => None,
        };
        if let Some(tail) = tail {
            self.by_tail.entry(tail).or_insert(place);
        }
        self.entries.push(Entry { kind, full_url, base: parts.map(|(base, _)| base), resource });
    }

    /// The entry a reference leads to, read from where it stands.
    pub fn resolve(&self, from: usize, reference: &str) -> Option<usize> {
        if reference.contains(':') {
            return self.by_url.get(reference).copied();
        }
        let found = *self.by_tail.get(reference)?;
        let (holder, target) = (self.entries.get(from)?, self.entries.get(found)?);
        // An address is optional; without one, type and id are all there is.
        let same_base = holder.full_url.is_none() || target.full_url.is_none() || holder.base == target.base;
        same_base.then_some(found)
    }

    /// Whether an entry is the first with its address.
    pub fn is_first_at(&self, place: usize, url: &str) -> bool {
        self.by_url.get(url).is_none_or(|first| *first == place)
    }

    /// Whether an entry is the first with its type and id.
    pub fn is_first_of(&self, place: usize, tail: &str) -> bool {
        self.by_tail.get(tail).is_none_or(|first| *first == place)
    }
}

/// `base/` and `Type/id` of an address.
pub fn split(url: &str) -> Option<(&str, &str)> {
    if url.starts_with("urn:") {
        return None;
    }
    let id = url.rfind('/')?;
    let name = url[..id].rfind('/')?;
    Some((&url[..=name], &url[name + 1..]))
}

fn own_tail(resource: &Node<'_>) -> Option<String> {
    Some(format!("{}/{}", resource.text_of("resourceType")?, resource.text_of("id")?))
}

/// The first of its profiles that is the guide's and fits the resource type.
fn kind_of(resource: &Node<'_>) -> Option<ResourceKind> {
    let name = resource.text_of("resourceType")?;
    let profiles = resource.get("meta")?.items_of("profile");
    let mut kinds = profiles.iter().filter_map(|profile| ResourceKind::of_profile(profile.text()?));
    kinds.find(|kind| kind.fhir_type() == name)
}
