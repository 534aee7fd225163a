//! Which files are meant, and their bytes.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The files that the paths name: a folder stands for everything in it, by name. What cannot be listed stays in the
/// list, so that reading it tells why.
pub fn listed(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() { walk(path, &mut files) } else { files.push(path.clone()) }
    }
    files
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return files.push(folder.to_owned()) };
    let mut entries: Vec<_> = entries.flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&path, files),
            _ if half_written(&path) => {}
            _ => files.push(path),
        }
    }
}

/// The names that the mailbox folder passes over, too.
fn half_written(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name.starts_with('.') || path.extension().is_some_and(|end| end == "tmp" || end == "part")
}

/// The bytes of a file, or of standard input for `-`. One above the limit is read just far enough to be refused.
pub fn read(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = limit as u64 + 1;
    if path == Path::new("-") {
        io::stdin().lock().take(most).read_to_end(&mut bytes)?;
    } else {
        File::open(path)?.take(most).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stands_for_its_files_by_name_and_half_written_ones_are_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        for name in ["c.xml", "a.xml", "b/1.xml", ".hidden", "d.xml.tmp", "e.part"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        let names: Vec<_> = listed(&[folder.path().to_owned()])
            .into_iter()
            .map(|path| path.strip_prefix(folder.path()).unwrap().display().to_string())
            .collect();
        assert_eq!(names, ["a.xml", "b/1.xml", "c.xml"]);
    }

    #[test]
    fn a_file_that_is_not_there_stays_in_the_list() {
        let missing = PathBuf::from("no-such-file.xml");
        assert_eq!(listed(std::slice::from_ref(&missing)), [missing]);
    }

    #[test]
    fn a_file_above_the_limit_is_read_one_byte_too_far() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("large.xml");
        fs::write(&file, "123456").unwrap();
        assert_eq!(read(&file, 3).unwrap(), b"1234");
        assert_eq!(read(&file, 6).unwrap(), b"123456");
    }
}
