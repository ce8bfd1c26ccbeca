//! All tests, in one program: it links once.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a failing test may panic")]

// What several areas need: folders, drafts, running a command.
mod support;
// The window without a display, driven event by event.
mod stage;

// A disk that something happens on before each operation.
mod disks;

// The draft file and the disk: round trips, damage, saves that fail half way.
mod store;

// Nothing is ever lost: journal, recovery, earlier saves, one writer, failing disks, hostile files.
mod safety;

// Commands as scripts see them: output, exit codes, refusals; whole reports typed in and checked.
mod cli;

// The workbook: read back, refused when one cell differs, recalculated by LibreOffice.
mod export;

// What a clerk's keys do in the tables.
mod keys;

// Every screen, names for screen readers, dialogs, saving, pictures.
mod window;

// The built program in a real window, with real key events.
#[cfg(all(unix, not(target_os = "macos")))]
mod xvfb;
