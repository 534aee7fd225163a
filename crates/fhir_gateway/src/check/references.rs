//! References: all are bundled, so the target stands in the same report, with the profile that is expected.

use super::Check;
use super::json::Node;
use super::path::Path;
use super::table::{Kind, Shape, maybe};
use crate::kind::ResourceKind;

/// The elements of a Reference in R4.
static REFERENCE: Shape = Shape {
    elements: &[
        maybe("reference", Kind::Text),
        maybe("type", Kind::Uri),
        maybe("display", Kind::Text),
        maybe("identifier", Kind::Any),
    ],
    prohibited: &[],
};

impl Check<'_> {
    /// A bundled reference; gives the entry it leads to.
    pub fn reference(&mut self, node: &Node<'_>, path: &Path<'_>, targets: &[ResourceKind]) -> Option<usize> {
        self.object(node, path, &REFERENCE);
        let place = path.child("reference");
        let Some(reference) = node.text_of("reference") else {
            if matches!(node, Node::Object(members) if !members.is_empty()) {
                self.error("cardinality", &place, "Henvisningen mangler.");
            }
            return None;
        };
        if reference.starts_with('#') {
            self.error("ref-1", &place, "Henvisningen peger på en indlejret ressource, som ikke findes.");
            return None;
        }
        let found = self.entry.and_then(|from| self.index.resolve(from, reference));
        let Some(found) = found else {
            self.error("reference-not-bundled", &place, "Det, der henvises til, er ikke med i rapporten.");
            return None;
        };
        if !self.index.entries[found].kind.is_some_and(|kind| targets.contains(&kind)) {
            self.error("own-3", &place, "Det, der henvises til, har ikke den profil, som henvisningen kræver.");
        }
        Some(found)
    }

    /// A reference to the citizen, of whom there is one.
    pub fn subject(&mut self, node: &Node<'_>, path: &Path<'_>) {
        let found = self.reference(node, path, &[ResourceKind::Citizen]);
        if found.is_some() && found != self.index.citizen {
            self.error("own-5", &path.child("reference"), "Henvisningen peger ikke på rapportens borger.");
        }
    }

    /// The resource a reference element leads to.
    pub fn target<'s>(&'s self, node: &Node<'_>) -> Option<(Option<ResourceKind>, &'s Node<'s>)> {
        let found = self.index.resolve(self.entry?, node.text_of("reference")?)?;
        let entry = &self.index.entries[found];
        Some((entry.kind, entry.resource))
    }
}
