//! A real process, killed at random moments while it types and saves. 300 times with `GOUJI_LONG=1`, as often as
//! one likes with `KILLS=1000`.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use gouji::model::{Draft, Edit, Entry};
use gouji::session::Session;
use gouji::store::{self, Left, RealDisk, To, left_behind};

use super::{apply, keeper, time};
use crate::support::{catalog, draft, folder, home_in};

/// Set for the process that types: the folder it works in.
const FOLDER: &str = "GOUJI_TEST_TYPIST";

fn path(folder: &Path) -> PathBuf {
    folder.join("年报.gouji")
}

/// The figure last typed.
fn figure(draft: &Draft) -> i64 {
    let form = catalog().for_year(2025).unwrap();
    draft.entry(form.cell_by_key("new.nat").unwrap()).value().unwrap_or(0)
}

/// What the start screen would offer, the latest last.
fn offered(folder: &Path) -> Vec<(i64, Left)> {
    let left = left_behind(&home_in(folder), &catalog(), time());
    let mut left: Vec<_> = left.into_iter().map(|left| (figure(&left.found.as_ref().unwrap().replay.draft), left)).collect();
    left.sort_by_key(|(figure, _)| *figure);
    left
}

/// Not a test: the process that is killed. Takes up what was left, then types 1, 2, 3 … and says so, and saves now and then.
#[test]
fn typist() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let (home, catalog, path) = (home_in(&folder), catalog(), path(&folder));
    let saved = figure(&store::load(&RealDisk, &path, &catalog).unwrap().1);
    let mut left = offered(&folder);
    let newest = left.pop_if(|(figure, _)| *figure > saved);
    let (opened, edits) = match &newest {
        Some((_, left)) => left.found.as_ref().unwrap().reopen(&home, &catalog, time()),
        None => (store::open(&home, &path, &catalog, time()).unwrap(), Vec::new()),
    };
    assert!(opened.path.is_some(), "nobody else wrote to it");
    let mut draft = opened.draft.clone();
    let mut keeper = keeper(opened);
    if let Some((_, left)) = &newest {
        keeper.carries_on(&left.file, time());
    }
    apply(&mut draft, edits);
    keeper.record(&draft, None, time());
    for (_, old) in &left {
        old.discard(&home);
    }
    let cell = catalog.for_year(2025).unwrap().cell_by_key("new.nat").unwrap();
    for figure in figure(&draft) + 1.. {
        draft.apply(Edit::cell(cell, Entry::Whole(figure)));
        keeper.record(&draft, None, time());
        println!("\ntyped {figure}");
        if figure % 60 == 0 {
            let saved = keeper.order(To::File(path.clone()), &draft).perform(&super::now()).unwrap();
            keeper.saved(&saved, time());
        }
        std::thread::sleep(Duration::from_millis(9));
    }
}

/// Restores what was left in a session, as the window does, types once more, and takes back all that can be taken back.
fn undo_loses_nothing(folder: &Path, left: &Left, restored: i64) {
    let (opened, edits) = left.found.as_ref().unwrap().reopen(&home_in(folder), &catalog(), time());
    let mut session = Session::new(Arc::clone(&opened.form), opened.draft.clone());
    session.restore(edits);
    assert!(!session.can_undo() && session.is_modified(), "what was restored is the floor, and is not saved");
    let cell = session.form().cell_by_key("new.nat").unwrap();
    session.apply(vec![session.typed(cell, "7")]);
    for _ in 0..3 {
        session.undo();
    }
    assert_eq!(figure(session.draft()), restored);
    assert!(session.is_modified());
}

#[test]
fn a_killed_process_loses_no_draft_and_no_edit_older_than_a_second() {
    let usual = if std::env::var_os("GOUJI_LONG").is_some() { 300 } else { 4 };
    let num_kills: u64 = std::env::var("KILLS").map_or(usual, |kills| kills.parse().unwrap());
    let folder = folder();
    let (form, empty) = draft(&[], "");
    store::save(&RealDisk, &path(folder.path()), form.report(&empty)).unwrap();
    let (mut num_typed, mut num_offered, mut num_undone, mut oldest_lost) = (0, 0, 0, Duration::ZERO);
    for kill in 0..num_kills {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "safety::killed::typist", "--nocapture"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let typed: Arc<Mutex<Vec<(i64, Instant)>>> = Arc::default();
        let (stdout, heard) = (BufReader::new(child.stdout.take().unwrap()), Arc::clone(&typed));
        let listener = std::thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                if let Some(figure) = line.strip_prefix("typed ").and_then(|figure| figure.parse().ok()) {
                    heard.lock().unwrap().push((figure, Instant::now()));
                }
            }
        });
        // No two kills at the same moment, and some before the first letter.
        std::thread::sleep(Duration::from_millis(20 + (kill + 1) * 7919 % 2600));
        let killed = Instant::now();
        child.kill().unwrap();
        let output = child.wait_with_output().unwrap();
        listener.join().unwrap();
        // Windows gives who is killed an exit code all the same.
        assert!(cfg!(windows) || output.status.code().is_none(), "it ended by itself: {}", String::from_utf8_lossy(&output.stderr));

        let saved = figure(&store::load(&RealDisk, &path(folder.path()), &catalog()).unwrap().1);
        let offered = offered(folder.path());
        let found = offered.last().map_or(saved, |(figure, _)| saved.max(*figure));
        if let Some((restored, left)) = offered.last().filter(|(figure, _)| *figure > saved) {
            undo_loses_nothing(folder.path(), left, *restored);
            num_undone += 1;
        }
        num_offered += usize::from(found > saved);
        let typed = typed.lock().unwrap();
        num_typed += typed.len();
        for (figure, when) in typed.iter().filter(|(figure, _)| *figure > found) {
            let age = killed.saturating_duration_since(*when);
            oldest_lost = oldest_lost.max(age);
            assert!(age < Duration::from_secs(1), "kill {kill}: {figure} typed {age:?} before, {found} found");
        }
    }
    println!(
        "{num_kills} kills, {num_typed} edits: every draft read, {num_offered} times edits restored, {num_undone} times undone as far as it goes and nothing lost, oldest edit lost {oldest_lost:?} old"
    );
}
