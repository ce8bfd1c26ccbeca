//! Ten thousand changed workbooks, journals, forms and drafts through the real program: it ends by itself, with an exit code of
//! its own, in bounded memory and time. A hundred always, all with `GOUJI_LONG=1`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use gouji::store::left_behind;
use jiff::Timestamp;
use tempfile::TempDir;

use super::{beginnings, dice, mutated, mutated_workbook, place};
use crate::hostile::readers;
use crate::support::{Dice, catalog, folder, home_in, put};

/// Set for the process that recovers: the folder it looks into.
const FOLDER: &str = "GOUJI_TEST_RECOVERER";

/// Files of one kind handed over at once.
const BATCH: usize = 50;

/// Changed files of this kind in a folder of their own.
fn files(dice: &mut Dice, reader: &str, ending: &str, number: usize) -> TempDir {
    let (folder, known) = (folder(), beginnings(reader));
    for no in 0..number {
        let [one, other] = [place(dice, known.len()), place(dice, known.len())];
        let change = if reader == "workbook" { mutated_workbook } else { mutated };
        let changed = change(dice, &known[one], &known[other]);
        // Without the right sums nothing behind the first change of a journal would be looked at.
        let changed = if reader == "journal" && dice.roll(8) > 0 { readers::with_sums(&changed) } else { changed };
        put(&folder.path().join(format!("{no:03}.{ending}")), &changed);
    }
    folder
}

/// How a run of the program went.
struct Run {
    code: Option<i32>,
    time: Duration,
    /// Most memory in use by it and its children, in MB; 0 where the system does not tell.
    peak_mb: u64,
    said: String,
}

/// Most memory that a process, or one of its children, has used so far. Source: proc(5).
fn peak_mb(process: u32) -> u64 {
    let of = |process: u32| {
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
        peak.and_then(|peak| peak.parse::<u64>().ok()).unwrap_or(0) / 1024
    };
    let children = std::fs::read_to_string(format!("/proc/{process}/task/{process}/children")).unwrap_or_default();
    let children = children.split_whitespace().filter_map(|child| child.parse().ok()).map(of).max();
    of(process).max(children.unwrap_or(0))
}

fn run(command: &mut Command) -> Run {
    let (said, began) = (tempfile::NamedTempFile::new().unwrap(), Instant::now());
    let errors = said.reopen().unwrap();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(errors).spawn().unwrap();
    let mut peak = 0;
    let status = loop {
        peak = peak.max(peak_mb(child.id()));
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None => std::thread::yield_now(),
        }
    };
    Run { code: status.code(), time: began.elapsed(), peak_mb: peak, said: std::fs::read_to_string(said.path()).unwrap_or_default() }
}

fn program(args: &[&str], files: &Path, home: &Path) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    run(command.args(args).arg(files).env("HOME", home).env("XDG_DATA_HOME", home))
}

/// What the runs of a kind came to.
#[derive(Debug, Default)]
struct Sum {
    files: usize,
    longest: Duration,
    peak_mb: u64,
    wrong: Vec<String>,
}

impl Sum {
    /// Counts a run on so many files; what went wrong is kept with its files.
    fn count(&mut self, run: &Run, num_files: usize, folder: TempDir) {
        self.files += num_files;
        self.longest = self.longest.max(run.time / u32::try_from(num_files.max(1)).unwrap());
        self.peak_mb = self.peak_mb.max(run.peak_mb);
        let is_broken = !matches!(run.code, Some(0..=2)) || run.said.contains("内部错误") || run.said.contains("panicked");
        if is_broken || run.peak_mb > 200 {
            let kept: PathBuf = folder.keep();
            self.wrong.push(format!("{}: {:?} {} MB {}", kept.display(), run.code, run.peak_mb, run.said));
        }
    }
}

#[test]
fn ten_thousand_changed_files_leave_the_program_standing() {
    let is_long = std::env::var_os("GOUJI_LONG").is_some();
    let (mut dice, home) = (dice(is_long), folder());
    let each = if is_long { 2_500 } else { 25 };
    for (reader, ending) in [("workbook", "xlsx"), ("draft", "gouji"), ("journal", "journal"), ("form", "ron")] {
        let mut sum = Sum::default();
        let batch = if reader == "form" { 1 } else { BATCH.min(each) };
        while sum.files < each {
            let folder = files(&mut dice, reader, ending, batch);
            let run = match reader {
                "workbook" => {
                    let out = home.path().join("out").join(sum.files.to_string());
                    program(&["import", "-o", out.to_str().unwrap()], folder.path(), home.path())
                }
                "draft" => program(&["check"], folder.path(), home.path()),
                "form" => program(
                    &["show", concat!(env!("CARGO_MANIFEST_DIR"), "/assets/examples/emergency-bureau-2020.gouji"), "--forms"],
                    folder.path(),
                    home.path(),
                ),
                _ => {
                    let test = Command::new(std::env::current_exe().unwrap());
                    let mut test = test;
                    run(test.args(["--exact", "mutants::program::recoverer"]).env(FOLDER, folder.path()))
                }
            };
            sum.count(&run, batch, folder);
        }
        println!("{reader}: {} files, the longest {} ms, at most {} MB", sum.files, sum.longest.as_millis(), sum.peak_mb);
        assert!(sum.wrong.is_empty(), "{}", sum.wrong.join("\n"));
    }
}

/// Not a test: the process that looks at what a crash left behind, as the start screen does.
#[test]
fn recoverer() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let home = home_in(&folder);
    std::fs::create_dir_all(home.journals()).unwrap();
    let journals: Vec<PathBuf> =
        std::fs::read_dir(&folder).unwrap().map(|item| item.unwrap().path()).filter(|path| path.is_file()).collect();
    for journal in &journals {
        std::fs::rename(journal, home.journals().join(journal.file_name().unwrap())).unwrap();
    }
    let (catalog, now) = (catalog(), Timestamp::now());
    for left in left_behind(&home, &catalog, now) {
        let Ok(lost) = &left.found else { continue };
        let (opened, edits) = lost.reopen(&home, &catalog, now);
        let mut session = gouji::session::Session::new(opened.form, opened.draft);
        session.restore(edits);
        assert!(*session.draft() == lost.replay.draft);
    }
}
