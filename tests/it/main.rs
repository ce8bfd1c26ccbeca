//! All tests, in one program: it links once.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a failing test may panic")]
#![expect(clippy::print_stdout, reason = "figures and what was skipped; shown with --nocapture")]

// What several areas need: folders, drafts, running a command.
mod support;
// The window without a display, driven event by event.
mod stage;

// The table of commands against menus, keys, card and README.
mod commands;

// Kept drawings of tables against drawings made anew.
mod drawings;
mod elsewhere;

// A disk that something happens on before each operation.
mod disks;

// The draft file and the disk: round trips, damage, saves that fail half way.
mod store;

// Nothing is ever lost: journal, recovery, earlier saves, one writer, failing disks, hostile files.
mod safety;

// Files of earlier versions: drafts, journals, workbooks, forms, settings.
mod old;

// Whatever bytes come from outside: what the fuzzer of `tests/fuzz/` found.
mod hostile;

// Files changed at random: every reader, the real program.
mod manual;
mod mutants;

// Licences of everything that is linked.
mod notices;

// Commands as scripts see them: output, exit codes, refusals; whole reports typed in and checked.
mod cli;

// The workbook: read back, refused when one cell differs, recalculated by LibreOffice.
mod export;

// Word, PDF, pages: proven, read by other people's readers, refused when one cell differs; hostile text.
mod paper;

// Copies for the office, for the pen, for the public.
mod editions;

// What other people's bug reports led to, step by step.
#[cfg(unix)]
mod faults;

// What leaves the window and comes back: every kind at once, workbooks filled elsewhere.
mod handing;

// Workbooks read back into drafts; files made to harm.
mod import;
/// Reports of other offices.
mod published;

// A county's many reports: taken in, checked, summed.
mod county;

// Table 三 and 四 counted from the office's registers.
mod last_year;
mod ledger;

// What a clerk's keys do in the tables.
mod keys;

// How many keys a report takes, beside a spreadsheet with formulas.
mod fewest;

// Where the keyboard is after whatever was done.
mod focus;

// Keys of other programs change nothing.
mod habits;

// The supervisor's half of the window: comments, differences, the steps, by keyboard.
mod desk;

// What the window does for the proof: 收阅, steps on disk, receipts, copies, a broken log on top.
mod processor;
mod proof;

// The reader's desk: explained warnings, what moved, what was on the screen.
mod reading;

// 双录: keyed twice, settled cell by cell.
mod second;

// Every screen, names for screen readers, dialogs, saving, pictures.
mod window;

// The start screen, and the pages before they are printed.
mod start;

// Other versions of the draft in the window: earlier saves, what someone else saved, copies elsewhere.
mod versions;

// The built program in a real window: the hands and eyes, the main job, key scripts, blocks to and from Calc.
#[cfg(all(unix, not(target_os = "macos")))]
mod calc;
#[cfg(all(unix, not(target_os = "macos")))]
mod desktop;
#[cfg(all(unix, not(target_os = "macos")))]
mod ime;
#[cfg(all(unix, not(target_os = "macos")))]
mod quiet;
#[cfg(all(unix, not(target_os = "macos")))]
mod real_keys;
#[cfg(all(unix, not(target_os = "macos")))]
mod real_receiving;
#[cfg(all(unix, not(target_os = "macos")))]
mod real_round;
mod receiving;
#[cfg(all(unix, not(target_os = "macos")))]
mod xvfb;

// The shipped forms as the notices print them; broken form files.
mod forms;

// Every screen and question in every size: nothing cut, nothing over something else; their pictures.
mod screens;

// Text stands out in every look.
mod links;

// A figure of the text in the window: card, counts, composition beside it.
mod figures;
mod looks;

// Spellings of figures and what is read.
mod entry;

// Every rule, decided on small drafts; whole sentences.
mod rules;

// Last year: taken, decided, carried over, signed, moved to another form.
mod years;

// Figures in the text chapters against the tables.
mod text;

// Which cell is most likely wrong.
mod suspects;

// Two thousand random slips: how many are explained, none wrongly.
mod slips;
mod small_screen;

// Where the fields of a pasted block go, and what is asked about.
mod blocks;

// Undo, redo, what counts as one step.
mod session;

// The supervisor's half: who may do what, log, signature, differences, copies joined.
mod review;

// What stands before the first chapter; whole reports pasted into one.
mod preamble;

// Layers, floors, circles, first lines, lengths, reasons, licences.
mod tidy;
mod trend;

// Long texts, long logs, full folders, slow clipboards.
mod long;

// How long things take; prints.
mod speed;
