//! The person register from a file, for places where the national one is not connected. Read once, at start.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Context as _;
use domain::identifiers::Cpr;
use domain::person_register::{PersonRegister, RegisteredPerson, parse_register};

/// Everybody in the file, by number.
pub struct FileRegister {
    people: HashMap<Cpr, RegisteredPerson>,
}

impl FileRegister {
    /// Reads the whole file; a fault in it names line and column, never what stands there.
    pub fn open(file: &Path) -> anyhow::Result<Self> {
        let name = file.display();
        let text =
            std::fs::read_to_string(file).with_context(|| format!("the person register {name} cannot be read"))?;
        let people = parse_register(&text).with_context(|| format!("the person register {name} is not usable"))?;
        Ok(Self { people: people.into_iter().map(|person| (person.cpr, person)).collect() })
    }
}

impl PersonRegister for FileRegister {
    fn find(&self, cpr: &Cpr) -> Option<RegisteredPerson> {
        self.people.get(cpr).cloned()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use super::*;
    use domain::person_register::COLUMNS;

    #[test]
    fn a_person_in_the_file_is_found_and_another_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("register.csv");
        std::fs::write(&file, format!("{}\n2512489996;Nancy Ann Test;Berggren;;;;;yes;999;\n", COLUMNS.join(";")))
            .unwrap();
        let register = FileRegister::open(&file).unwrap();
        assert!(register.find(&Cpr::parse("2512489996").unwrap()).unwrap().protected_address);
        assert_eq!(register.find(&Cpr::parse("2509479989").unwrap()), None);
    }

    #[test]
    fn a_fault_in_the_file_names_its_line_and_nothing_of_what_stands_there() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("register.csv");
        std::fs::write(&file, format!("{}\n2512489996;Nancy;Berggren;;;;;perhaps;;\n", COLUMNS.join(";"))).unwrap();
        let message = format!("{:#}", FileRegister::open(&file).err().unwrap());
        assert!(message.contains("line 2") && !message.contains("Berggren") && !message.contains("2512"), "{message}");
    }
}
