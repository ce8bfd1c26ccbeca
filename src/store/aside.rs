//! Journals that are given up are put aside and kept for a while.

use std::io;
use std::path::Path;

use super::home::Home;
use super::save::remove_remains;

/// Puts the journal aside: it is offered no more, but can still be asked for.
pub(super) fn put_aside(home: &Home, journal: &Path) -> io::Result<()> {
    let name = journal.file_name().unwrap_or_default();
    home.disk.make_folder(&home.given_up())?;
    home.disk.replace(journal, &home.given_up().join(name))?;
    remove_remains(&*home.disk, journal);
    Ok(())
}
