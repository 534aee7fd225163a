//! The tables a profile is written in: which elements, how many, of what kind.

use super::path::Path;
use super::{Check, codes::ValueSet, json::Node};
use crate::kind::ResourceKind;

/// An object: what it may hold and what it must not.
pub struct Shape {
    /// Allowed elements.
    pub elements: &'static [Element],
    /// Elements of R4 that the profile prohibits; `x[x]` means every choice of type.
    pub prohibited: &'static [&'static str],
}

/// An element: its name, how often, and of what kind.
pub struct Element {
    pub name: &'static str,
    pub min: u8,
    pub max: u32,
    /// R4 allows several, so that it is a list in JSON whatever the profile says.
    pub list: bool,
    pub kind: Kind,
}

/// What kind of value.
pub enum Kind {
    /// Letters, digits, `-` and `.`, at most 64.
    Id,
    /// Not empty.
    Text,
    /// Not empty, without space at the ends or two in a row.
    Code,
    /// Without spaces.
    Uri,
    /// `true` or `false`.
    Boolean,
    /// A day, or a time with zone.
    DateTime,
    /// A time with zone.
    FullDateTime,
    /// A time with zone.
    Instant,
    /// Exactly this text.
    Fixed(&'static str),
    /// One of these codes.
    OneOf(&'static [&'static str]),
    /// An object of its own.
    Object(&'static Shape),
    /// A CodeableConcept.
    Concept(&'static ConceptRule),
    /// A Coding.
    Coding(&'static ConceptRule),
    /// A reference to something in the report.
    Reference(&'static [ResourceKind]),
    /// A reference to the report's citizen.
    Subject,
    /// Extensions, of which these are known.
    Extensions(&'static [ExtensionSlice]),
    /// Resources inside the resource.
    Contained,
    /// Anything of R4 that the profile leaves alone.
    Any,
    /// What a profile says in its own way.
    Custom(fn(&mut Check<'_>, &Node<'_>, &Path<'_>)),
}

/// What is demanded of a coded value.
pub struct ConceptRule {
    /// Where the codes come from; none when open.
    pub set: Option<&'static ValueSet>,
    /// Exactly one coding.
    pub single: bool,
    /// System and code only: no display, version, userSelected or text.
    pub bare: bool,
    /// No version and no userSelected.
    pub versionless: bool,
}

impl ConceptRule {
    /// Every coding comes from the value set.
    pub const fn of(set: &'static ValueSet) -> Self {
        Self { set: Some(set), single: false, bare: false, versionless: false }
    }

    /// Anything of R4.
    pub const OPEN: Self = Self { set: None, single: false, bare: false, versionless: false };
}

/// A known extension.
pub struct ExtensionSlice {
    pub url: &'static str,
    pub min: u8,
    /// Name of the value element.
    pub value: &'static str,
    pub kind: Kind,
}

/// Exactly one.
pub const fn one(name: &'static str, kind: Kind) -> Element {
    Element { name, min: 1, max: 1, list: false, kind }
}

/// At most one.
pub const fn maybe(name: &'static str, kind: Kind) -> Element {
    Element { name, min: 0, max: 1, list: false, kind }
}

/// A list of `min` to `max`.
pub const fn list(name: &'static str, min: u8, max: u32, kind: Kind) -> Element {
    Element { name, min, max, list: true, kind }
}

/// A list as long as you like.
pub const MANY: u32 = u32::MAX;

/// `meta` of every resource. Which profile it names is the entry's business.
pub static META: Shape = Shape {
    elements: &[
        maybe("versionId", Kind::Id),
        maybe("lastUpdated", Kind::Instant),
        maybe("source", Kind::Uri),
        list("profile", 0, MANY, Kind::Uri),
        list("security", 0, MANY, Kind::Coding(&ConceptRule::OPEN)),
        list("tag", 0, MANY, Kind::Coding(&ConceptRule::OPEN)),
    ],
    prohibited: &[],
};

/// Words for people. Allowed everywhere, but the guide asks for none: they could name the citizen.
static NARRATIVE: Shape = Shape {
    elements: &[
        one("status", Kind::OneOf(&["generated", "extensions", "additional", "empty"])),
        one("div", Kind::Text),
    ],
    prohibited: &[],
};

/// A narrative, and a warning that it stands there.
pub fn narrative(check: &mut Check<'_>, node: &Node<'_>, path: &Path<'_>) {
    check.object(node, path, &NARRATIVE);
    check.warn("narrative", path, "Læsetekst (text) bør ikke sendes; den kan nævne borgeren.");
}

/// A period of days; the start is required in every profile that has one.
pub static PERIOD: Shape =
    Shape { elements: &[one("start", Kind::DateTime), maybe("end", Kind::DateTime)], prohibited: &[] };

/// An official identifier.
pub static IDENTIFIER: Shape = Shape {
    elements: &[
        one("use", Kind::Fixed("official")),
        one("system", Kind::Uri),
        one("value", Kind::Text),
        maybe("type", Kind::Concept(&ConceptRule::OPEN)),
        maybe("period", Kind::Any),
        maybe("assigner", Kind::Any),
    ],
    prohibited: &[],
};

/// Elements of a resource: those every resource has, and the profile's own.
macro_rules! resource {
    ([$($element:expr),* $(,)?], prohibited: [$($name:literal),* $(,)?]) => {
        $crate::check::table::Shape {
            elements: &[
                $crate::check::table::one("resourceType", Kind::Text),
                $crate::check::table::one("id", Kind::Id),
                $crate::check::table::one("meta", Kind::Object(&$crate::check::table::META)),
                $($element,)*
                $crate::check::table::maybe("implicitRules", Kind::Uri),
                $crate::check::table::maybe("language", Kind::Code),
                $crate::check::table::maybe("text", Kind::Custom($crate::check::table::narrative)),
                $crate::check::table::list("contained", 0, $crate::check::table::MANY, Kind::Contained),
                $crate::check::table::list("modifierExtension", 0, $crate::check::table::MANY, Kind::Extensions(&[])),
            ],
            prohibited: &[$($name,)*],
        }
    };
}
pub(super) use resource;
