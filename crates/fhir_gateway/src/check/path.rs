//! Where in a report something stands: a chain on the stack that only becomes text when there is an issue.

use std::fmt;

/// One step and the way to it.
#[derive(Clone, Copy)]
pub struct Path<'p> {
    up: Option<&'p Path<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy)]
enum Step<'p> {
    Name(&'p str),
    At(usize),
}

/// Names longer than this are cut: they come from the report.
const MAX_NAME: usize = 64;

impl<'p> Path<'p> {
    pub const fn root(name: &'p str) -> Self {
        Self { up: None, step: Step::Name(name) }
    }

    pub const fn child(&'p self, name: &'p str) -> Self {
        Self { up: Some(self), step: Step::Name(name) }
    }

    pub const fn at(&'p self, place: usize) -> Self {
        Self { up: Some(self), step: Step::At(place) }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(up) = self.up {
            up.fmt(f)?;
        }
        match (self.step, self.up) {
            (Step::At(place), _) => write!(f, "[{place}]"),
            (Step::Name(name), up) => write!(f, "{}{name:.MAX_NAME$}", if up.is_some() { "." } else { "" }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_written_as_fhir_writes_it() {
        let root = Path::root("Bundle");
        let entries = root.child("entry");
        let third = entries.at(3);
        assert_eq!(third.child("resource").to_string(), "Bundle.entry[3].resource");
    }
}
