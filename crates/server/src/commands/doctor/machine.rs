//! Folders, disk and clock.

use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use jiff::tz::TimeZone;

use super::Finding;
use crate::context::Context;

/// Below this much free disk somebody should act.
const DISK_LOW: u64 = 2 << 30;
/// Below this much nothing can be relied on.
const DISK_OUT: u64 = 200 << 20;

/// What the machine gives.
pub fn findings(context: &Context) -> Vec<Finding> {
    let data = &context.settings.data;
    if !data.is_dir() {
        let text = format!("{} is not there; `forebyg migrate` makes it", data.display());
        return vec![Finding::fail("data folder", text), clock()];
    }
    let mut findings = vec![privacy(data)];
    findings.extend(["mailbox/in", "mailbox/out", "intake", "quarantine"].map(|name| folder(data, name)));
    findings.extend([one_file_system(data), disk(data), clock()]);
    findings
}

fn privacy(data: &Path) -> Finding {
    let mode = fs::metadata(data).map_or(0, |m| m.permissions().mode());
    let (place, open) = (data.display(), mode & 0o007 != 0);
    let text =
        if open { format!("{place} is open to every user of the machine; chmod o-rwx it") } else { place.to_string() };
    Finding::warn_if("data folder", open, text)
}

fn folder(data: &Path, name: &'static str) -> Finding {
    let path = data.join(name);
    if !path.exists() {
        return Finding::warn("folder", format!("{name} is not there yet; `forebyg serve` makes it"));
    }
    match try_to_write(&path) {
        Ok(()) => Finding::ok("folder", format!("{name} can be written to")),
        Err(error) => Finding::fail("folder", format!("{name} cannot be written to: {error}")),
    }
}

fn try_to_write(folder: &Path) -> io::Result<()> {
    let probe = folder.join(".doctor.tmp");
    fs::write(&probe, b"")?;
    fs::remove_file(probe)
}

/// Messages are taken by renaming, which does not reach across file systems.
fn one_file_system(data: &Path) -> Finding {
    let device = |name: &str| fs::metadata(data.join(name)).map(|m| m.dev()).ok();
    match (device("mailbox/in"), device("intake")) {
        (Some(inbox), Some(intake)) if inbox != intake => Finding::fail(
            "file system",
            "mailbox/in and intake are on different file systems; messages cannot be taken in",
        ),
        _ => Finding::ok("file system", "mailbox/in and intake are on the same file system"),
    }
}

fn disk(data: &Path) -> Finding {
    let Ok(disk) = rustix::fs::statvfs(data) else { return Finding::warn("disk", "free space is not known") };
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    let text = format!("{} MB free", free >> 20);
    if free < DISK_OUT { Finding::fail("disk", text) } else { Finding::warn_if("disk", free < DISK_LOW, text) }
}

/// Time limits and letters need Danish time, and a clock that was set.
fn clock() -> Finding {
    let zone = TimeZone::get("Europe/Copenhagen");
    let now = app::Clock::now(&app::SystemClock);
    match zone {
        Err(_) => {
            Finding::fail("clock", "the zone Europe/Copenhagen is not known; install the system's time zone data")
        }
        Ok(zone) => {
            let local = now.to_zoned(zone);
            Finding::warn_if("clock", local.year() < 2026, local.strftime("%Y-%m-%d %H:%M Danish time").to_string())
        }
    }
}
