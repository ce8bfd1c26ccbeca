//! Nothing is ever lost: each part is disturbed at every place where it can be, and what is then on disk is read back.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use gouji::form::Form;
use gouji::model::{Draft, Edit, Kind};
use gouji::store::{
    self, Digest, DraftFile, Home, Keeper, Opened, RealDisk, Settings, StoreError, To, Trouble, changes, left_behind, replay,
};
use jiff::{SignedDuration, Timestamp, Zoned};
use tempfile::TempDir;

use crate::disks::Meddled;
use crate::support::{arg, catalog, draft, folder, gouji, names, new_draft, put, set};

const AWKWARD: &str = "　第一段“引号”\"\\\r\n第二段\t\0\u{202e}\u{2028}𠮷👍🏽\n";

fn time() -> Timestamp {
    "2026-01-30T06:03:05.123Z".parse().unwrap()
}

fn now() -> Zoned {
    time().in_tz("Asia/Shanghai").unwrap()
}

/// The program's own folder inside a test's.
fn home(folder: &TempDir, disk: Meddled) -> Home {
    Home { disk: Arc::new(disk), folder: folder.path().join("gouji") }
}

fn real_home(folder: &TempDir) -> Home {
    Home { disk: Arc::new(RealDisk), folder: folder.path().join("gouji") }
}

/// States of one draft, each a few edits on from the one before.
fn states() -> (Arc<Form>, Vec<Draft>) {
    let steps: [(&[(&str, &str)], &str); 6] = [
        (&[("new.nat", "1")], ""),
        (&[("new.nat", "12"), ("new.biz", "无")], ""),
        (&[("new.nat", "12"), ("new.biz", "无"), ("a8.fee.amount", "1.5")], "一段"),
        (&[("new.nat", ""), ("new.biz", AWKWARD), ("a8.fee.amount", "1.5")], AWKWARD),
        (&[("new.nat", "4"), ("a8.fee.amount", "-1")], "二段\n"),
        (&[("new.nat", "5"), ("rev.total", "7")], ""),
    ];
    let mut drafts: Vec<Draft> = steps.iter().map(|(cells, chapter)| draft(cells, chapter).1).collect();
    drafts[4].agency = AWKWARD.to_owned();
    (draft(&[], "").0, drafts)
}

fn keeper(opened: Opened) -> Keeper {
    Keeper::new(opened, time(), || ())
}

fn new_keeper(home: &Home) -> Keeper {
    let (form, empty) = draft(&[], "");
    keeper(Opened::without_file(home, form, empty))
}

/// The only file of this ending in the journals' folder.
fn journal(home: &Home) -> PathBuf {
    let found: Vec<String> = names(&home.journals()).into_iter().filter(|name| name.ends_with(".journal")).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    home.journals().join(&found[0])
}

/// Saves in this thread.
fn save(keeper: &mut Keeper, to: To, draft: &Draft) -> Result<PathBuf, StoreError> {
    let saved = keeper.order(to, draft).perform(&now())?;
    keeper.saved(&saved, time());
    assert_eq!(saved.warnings, [""; 0]);
    Ok(saved.path)
}

fn load(path: &Path) -> Draft {
    store::load(&RealDisk, path, &catalog()).unwrap().1
}

/// The bytes of a journal that holds all the states, one edit line at least for each but the first.
fn written_journal() -> Vec<u8> {
    let folder = folder();
    let home = real_home(&folder);
    let mut keeper = new_keeper(&home);
    for state in states().1 {
        keeper.record(&state, None, time());
        keeper.flush().unwrap();
    }
    std::fs::read(journal(&home)).unwrap()
}

#[test]
fn a_journal_cut_at_any_byte_leads_to_an_earlier_state_or_is_refused() {
    let (bytes, catalog) = (written_journal(), catalog());
    let first = 1 + bytes.iter().position(|byte| *byte == b'\n').unwrap();
    let whole = replay(&bytes, &catalog).unwrap();
    assert_eq!((&whole.draft, whole.num_dropped), (&states().1[5], 0));
    for end in 0..bytes.len() {
        match replay(&bytes[..end], &catalog) {
            Ok(found) => {
                let lines = bytes[..end].iter().filter(|byte| **byte == b'\n').count();
                assert_eq!(found.draft, states().1[lines - 1], "cut at {end}");
            }
            Err(_) => assert!(end < first, "cut at {end}"),
        }
    }
    println!("journal of {} bytes cut at each", bytes.len());
}

#[test]
fn a_journal_with_any_byte_changed_leads_to_an_earlier_state_or_is_refused() {
    let (bytes, catalog) = (written_journal(), catalog());
    let first = 1 + bytes.iter().position(|byte| *byte == b'\n').unwrap();
    // The true states after each line.
    let ends: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] == b'\n').map(|at| at + 1).collect();
    let truth: Vec<Draft> = ends.iter().map(|end| replay(&bytes[..*end], &catalog).unwrap().draft).collect();
    for place in 0..bytes.len() {
        for mask in [0x01, 0x20, 0x80, 0xff] {
            let mut changed = bytes.clone();
            changed[place] ^= mask;
            match replay(&changed, &catalog) {
                Ok(found) => {
                    let whole = ends.iter().filter(|end| **end <= place).count();
                    assert_eq!(found.draft, truth[whole - 1], "changed at {place}");
                }
                Err(_) => assert!(place < first, "changed at {place}"),
            }
        }
    }
    // Lines doubled, lost, exchanged.
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    for no in 1..lines.len() {
        let without: Vec<u8> = [&lines[..no], &lines[no + 1..]].concat().concat();
        let doubled: Vec<u8> = [&lines[..=no], &lines[no..]].concat().concat();
        assert_eq!(replay(&without, &catalog).unwrap().draft, truth[no - 1]);
        assert_eq!(replay(&doubled, &catalog).unwrap().draft, truth[no]);
    }
    println!("journal of {} bytes changed 4 ways at each", bytes.len());
}

/// One session with a draft that stands in a file: edits, a save, an edit, a crash. What it was promised is returned:
/// the least state that must be found, and whether the save was said to have happened.
fn session(home: &Home, path: &Path, states: &[Draft]) -> (usize, Option<bool>) {
    let (mut promised, mut is_saved) = (0, None);
    let Ok(opened) = store::open(home, path, &catalog(), time()) else { return (0, None) };
    let mut keeper = keeper(opened);
    for (no, state) in states.iter().enumerate().skip(1) {
        keeper.record(state, None, time());
        if keeper.flush().is_ok() {
            promised = no;
        }
        if no == 2 {
            match keeper.order(To::File(path.to_owned()), state).perform(&now()) {
                Ok(saved) => {
                    keeper.saved(&saved, time());
                    (promised, is_saved) = (no, Some(true));
                }
                Err(StoreError::Unconfirmed { .. }) => (promised, is_saved) = (no, Some(true)),
                Err(_) => is_saved = Some(false),
            }
        }
    }
    (promised, is_saved)
}

#[test]
fn whichever_operation_fails_in_a_session_nothing_promised_is_lost() {
    let (form, states) = states();
    let (states, catalog) = (&states[..4], catalog());
    for stays_dead in [false, true] {
        let mut fails_at = 0;
        loop {
            let folder = folder();
            let path = folder.path().join("年报.gouji");
            store::save(&RealDisk, &path, &form, &states[0]).unwrap();
            let disk = Meddled::failing_at(fails_at, stays_dead);
            let (promised, is_saved) = session(&home(&folder, disk.clone()), &path, states);
            let at = format!("at {fails_at}, stays dead: {stays_dead}");

            let home = real_home(&folder);
            let in_file = load(&path);
            assert_eq!(in_file, states[if is_saved == Some(true) { 2 } else { 0 }], "{at}");
            let left = left_behind(&home, &catalog, time());
            assert!(left.len() <= 1, "{at}");
            let recovered = left.first().map(|left| left.found.as_ref().unwrap_or_else(|err| panic!("{err}, {at}")));
            let last = recovered.map_or(&in_file, |lost| &lost.replay.draft);
            let found = states.iter().position(|state| state == last).unwrap_or_else(|| panic!("a state that never was, {at}"));
            assert!(found >= promised, "found {found}, promised {promised}, {at}");
            if let Some(lost) = recovered {
                // A journal that starts from the old file is not offered over the new one.
                let (opened, edits) = lost.reopen(&home, &catalog, time());
                assert_eq!(opened.path.is_some(), lost.standing == DraftFile::AsBefore, "{at}");
                let mut draft = opened.draft;
                edits.into_iter().for_each(|edit| drop(draft.apply(edit)));
                assert_eq!(&draft, last, "{at}");
            }
            for generation in store::generations(&home, &path, &catalog).unwrap() {
                assert!(states.contains(&load(&generation.file)), "{at}");
            }
            fails_at += 1;
            if disk.num_done() < fails_at {
                assert!(fails_at > 40, "every operation was made to fail");
                println!("{fails_at} operations, each made to fail; stays dead: {stays_dead}");
                break;
            }
        }
    }
}

#[test]
fn whichever_operation_fails_while_recovering_the_next_start_recovers() {
    let (form, states) = states();
    let catalog = catalog();
    for stays_dead in [false, true] {
        for fails_at in 0.. {
            let folder = folder();
            let path = folder.path().join("年报.gouji");
            store::save(&RealDisk, &path, &form, &states[0]).unwrap();
            assert_eq!(session(&real_home(&folder), &path, &states[..4]), (3, Some(true)));
            let disk = Meddled::failing_at(fails_at, stays_dead);
            {
                let home = home(&folder, disk.clone());
                for left in left_behind(&home, &catalog, time()) {
                    let Ok(lost) = &left.found else { continue };
                    let (opened, edits) = lost.reopen(&home, &catalog, time());
                    let mut draft = opened.draft.clone();
                    let mut keeper = keeper(opened);
                    keeper.carries_on(&left, time());
                    edits.into_iter().for_each(|edit| drop(draft.apply(edit)));
                    keeper.record(&draft, None, time());
                    let _crash_anyway = keeper.flush();
                }
            }
            let left = left_behind(&real_home(&folder), &catalog, time());
            assert!(!left.is_empty(), "at {fails_at}");
            for left in left {
                assert_eq!(left.found.unwrap().replay.draft, states[3], "at {fails_at}");
            }
            assert_eq!(load(&path), states[2]);
            if disk.num_done() <= fails_at {
                println!("{fails_at} operations of recovery, each made to fail; stays dead: {stays_dead}");
                break;
            }
        }
    }
}

#[test]
fn an_edit_is_on_disk_within_a_second_without_being_asked_for() {
    let folder = folder();
    let home = real_home(&folder);
    let mut keeper = new_keeper(&home);
    for state in &states().1 {
        let began = Instant::now();
        keeper.record(state, None, time());
        let recorded = began.elapsed();
        let is_there = || {
            let files = std::fs::read_dir(home.journals()).into_iter().flatten().flatten().map(|item| item.path());
            let mut journals = files.filter(|path| path.extension().is_some_and(|ending| ending == "journal"));
            journals.any(|path| replay(&std::fs::read(path).unwrap(), &catalog()).is_ok_and(|found| found.draft == *state))
        };
        while !is_there() {
            assert!(began.elapsed() < Duration::from_secs(5), "not on disk");
            std::thread::sleep(Duration::from_millis(5));
        }
        println!("recorded in {recorded:?}, on disk after {:?}", began.elapsed());
    }
    assert_eq!(keeper.trouble(), None);
}

#[test]
fn what_is_typed_into_a_cell_is_safe_before_it_is_taken_over() {
    let folder = folder();
    let home = real_home(&folder);
    let (form, empty) = draft(&[], "");
    let (_, typed) = draft(&[("new.nat", "12")], "");
    let pending = changes(&form, &empty, &typed);
    let mut keeper = new_keeper(&home);
    keeper.record(&empty, Some(&pending[0]), time());
    keeper.flush().unwrap();
    let found = || replay(&std::fs::read(journal(&home)).unwrap(), &catalog()).unwrap().draft;
    assert_eq!(found(), typed);
    keeper.record(&empty, None, time());
    keeper.flush().unwrap();
    assert_eq!(found(), empty, "taken back with Esc");
}

#[test]
fn a_crash_is_offered_and_a_clean_end_leaves_nothing() {
    let folder = folder();
    let home = real_home(&folder);
    let (catalog, states) = (catalog(), states().1);
    let mut first = new_keeper(&home);
    first.record(&states[0], None, time());
    first.flush().unwrap();
    assert!(left_behind(&home, &catalog, time()).is_empty(), "its session lives");
    let panicked = std::thread::spawn(move || {
        let mut keeper = first;
        keeper.record(&states[1], None, time());
        panic!("meant to happen");
    });
    assert!(panicked.join().is_err());
    let left = left_behind(&home, &catalog, time());
    let lost = left[0].found.as_ref().unwrap();
    assert_eq!((lost.standing, lost.replay.num_edits, lost.replay.num_dropped), (DraftFile::Missing, 3, 0));
    assert_eq!((lost.replay.draft.year, lost.replay.path.as_deref()), (2025, None));

    let (opened, edits) = lost.reopen(&home, &catalog, time());
    let mut draft = opened.draft.clone();
    let mut second = keeper(opened);
    second.carries_on(&left[0], time());
    edits.into_iter().for_each(|edit| drop(draft.apply(edit)));
    second.record(&draft, None, time());
    second.flush().unwrap();
    assert_ne!(journal(&home), left[0].file, "the old one went when all was safe in the new one");

    let path = folder.path().join("年报.gouji");
    assert_eq!(save(&mut second, To::File(path.clone()), &draft).unwrap(), path);
    second.flush().unwrap();
    assert!(names(&home.journals()).is_empty(), "all is in the file");
    second.record(&states_of_3(), None, time());
    second.flush().unwrap();
    second.close();
    assert!(names(&home.journals()).is_empty(), "given up by the clerk");
    assert_eq!(names(folder.path()), ["gouji", "年报.gouji"]);
    assert!(left_behind(&home, &catalog, time()).is_empty());
}

fn states_of_3() -> Draft {
    states().1.swap_remove(3)
}

#[test]
fn nothing_is_restored_over_a_newer_file() {
    let folder = folder();
    let home = real_home(&folder);
    let (form, states) = states();
    let path = folder.path().join("年报.gouji");
    store::save(&RealDisk, &path, &form, &states[0]).unwrap();
    let mut crashed = keeper(store::open(&home, &path, &catalog(), time()).unwrap());
    crashed.record(&states[1], None, time());
    drop(crashed);
    let standing = || {
        let left = left_behind(&home, &catalog(), time());
        let lost = left.into_iter().next().map(|left| left.found.unwrap());
        lost.map(|lost| (lost.standing, lost.reopen(&home, &catalog(), time()).0.path.is_some()))
    };
    assert_eq!(standing(), Some((DraftFile::AsBefore, true)));
    put(&path, b"(");
    assert_eq!(standing(), Some((DraftFile::Changed(None), false)));
    std::fs::remove_file(&path).unwrap();
    assert_eq!(standing(), Some((DraftFile::Missing, false)));
    store::save(&RealDisk, &path, &form, &states[2]).unwrap();
    assert!(matches!(standing(), Some((DraftFile::Changed(Some(_)), false))));
    assert_eq!(load(&path), states[2]);
    store::save(&RealDisk, &path, &form, &states[1]).unwrap();
    assert_eq!(standing(), None, "the file holds all of it");
    assert!(names(&home.journals()).is_empty());
}

#[test]
fn a_long_journal_begins_anew() {
    let folder = folder();
    let home = real_home(&folder);
    let mut keeper = new_keeper(&home);
    let long: Vec<Draft> = ["一", "二"].iter().map(|sign| draft(&[], &sign.repeat(100_000)).1).collect();
    let mut longest = 0;
    for no in 0..16 {
        keeper.record(&long[no % 2], None, time());
        keeper.flush().unwrap();
        longest = longest.max(std::fs::metadata(journal(&home)).unwrap().len());
    }
    drop(keeper);
    let left = left_behind(&home, &catalog(), time());
    let found = &left[0].found.as_ref().unwrap().replay;
    assert_eq!((&found.draft, found.num_edits), (&long[1], 16));
    println!("longest journal: {longest} bytes");
    assert!(longest <= 5_000_000);
}

#[test]
fn a_disk_that_recovers_gets_everything() {
    let folder = folder();
    let is_full = Arc::new(AtomicBool::new(false));
    let full = Arc::clone(&is_full);
    let disk = Meddled::before(move |_, _| match full.load(Ordering::SeqCst) {
        true => Err(io::ErrorKind::StorageFull.into()),
        false => Ok(()),
    });
    let home = home(&folder, disk);
    let states = states().1;
    let mut keeper = new_keeper(&home);
    let mut record = |no: usize| {
        keeper.record(&states[no], None, time() + SignedDuration::from_secs(i64::try_from(no).unwrap()));
        keeper.flush()
    };
    record(0).unwrap();
    is_full.store(true, Ordering::SeqCst);
    let trouble = record(1).unwrap_err();
    assert_eq!(trouble, Trouble { since: time() + SignedDuration::from_secs(1), reason: "磁盘空间不足".to_owned() });
    assert!(trouble.to_string().contains("都还在窗口里"), "{trouble}");
    assert_eq!(record(2).unwrap_err(), trouble, "since the first that is not safe");
    is_full.store(false, Ordering::SeqCst);
    record(3).unwrap();
    let found = replay(&std::fs::read(journal(&home)).unwrap(), &catalog()).unwrap();
    assert_eq!((found.draft, found.num_dropped), (states[3].clone(), 0));
}

#[test]
fn a_draft_opened_twice_is_only_looked_at_the_second_time() {
    let folder = folder();
    let home = real_home(&folder);
    let (form, states) = states();
    let path = folder.path().join("年报.gouji");
    store::save(&RealDisk, &path, &form, &states[0]).unwrap();
    // A lock left behind stops nobody.
    put(&folder.path().join(".年报.gouji.lock"), "张三\nPC-01\n1\n2026-01-30T01:00:00Z\n".as_bytes());
    let mut first = keeper(store::open(&home, &path, &catalog(), time()).unwrap());
    assert_eq!(first.holder(), None);
    let opened = store::open(&home, &path, &catalog(), time()).unwrap();
    let holder = opened.holder().unwrap().clone();
    assert_eq!((holder.process, holder.since), (std::process::id(), Some(time())));
    assert!(holder.to_string().contains("起）"), "{holder}");
    let mut second = keeper(opened);
    let refused = save(&mut second, To::File(path.clone()), &states[1]).unwrap_err();
    assert!(refused.to_string().contains(&holder.to_string()), "{refused}");
    let copy = save(&mut second, To::Beside(path.clone()), &states[1]).unwrap();
    assert_eq!(copy.file_name().unwrap(), "年报（副本 2026-01-30 14时03分）.gouji");
    assert_eq!(second.holder(), None, "the copy is its own");
    save(&mut first, To::File(path.clone()), &states[2]).unwrap();
    assert_eq!((load(&path), load(&copy)), (states[2].clone(), states[1].clone()));
    // One takes over when the other leaves, and does not write over what was saved meanwhile.
    let mut third = keeper(store::open(&home, &path, &catalog(), time()).unwrap());
    save(&mut first, To::File(path.clone()), &states[3]).unwrap();
    first.close();
    assert!(matches!(save(&mut third, To::File(path.clone()), &states[4]), Err(StoreError::ChangedOnDisk(_))));
    assert_eq!(load(&path), states[3]);
    drop((second, third));
    assert!(!names(folder.path()).iter().any(|name| name.ends_with(".lock")), "{:?}", names(folder.path()));
}

#[test]
fn a_file_changed_by_someone_else_is_noticed_and_both_are_kept() {
    let folder = folder();
    let home = real_home(&folder);
    let (form, states) = states();
    let path = folder.path().join("年报.gouji");
    store::save(&RealDisk, &path, &form, &states[0]).unwrap();
    let mut keeper = keeper(store::open(&home, &path, &catalog(), time()).unwrap());
    assert!(!keeper.watch()());
    store::save(&RealDisk, &path, &form, &states[1]).unwrap();
    assert!(keeper.watch()());
    for _ in 0..2 {
        let refused = save(&mut keeper, To::File(path.clone()), &states[2]).unwrap_err();
        assert!(matches!(refused, StoreError::ChangedOnDisk(_)), "{refused}");
    }
    let copy = save(&mut keeper, To::Beside(path.clone()), &states[2]).unwrap();
    assert_eq!((load(&path), load(&copy)), (states[1].clone(), states[2].clone()));
    save(&mut keeper, To::File(copy.clone()), &states[3]).expect("goes on in the copy");
    let replaced = save(&mut keeper, To::File(path.clone()), &states[4]).expect("chosen by the user");
    assert_eq!((load(&replaced), load(&store::backup_path(&path))), (states[4].clone(), states[1].clone()));
    let kept: Vec<Draft> = store::generations(&home, &path, &catalog()).unwrap().iter().map(|kept| load(&kept.file)).collect();
    assert_eq!(kept, [states[4].clone(), states[1].clone()], "what was replaced is kept");
    std::fs::remove_file(&path).unwrap();
    save(&mut keeper, To::File(path.clone()), &states[5]).expect("a file that is gone is written anew");
}

#[test]
fn a_file_changed_in_the_middle_of_a_save_is_noticed() {
    let (form, states) = states();
    let mut num_kept = 0;
    for at in 0.. {
        let folder = folder();
        let path = folder.path().join("年报.gouji");
        store::save(&RealDisk, &path, &form, &states[0]).unwrap();
        let known = store::load_known(&RealDisk, &path, &catalog()).unwrap().2;
        let theirs = store::encode(&form, &states[1]);
        let (their_path, bytes) = (path.clone(), theirs.clone());
        let disk = Meddled::before(move |no, _| {
            if no == at {
                put(&their_path, bytes.as_bytes());
            }
            Ok(())
        });
        let done = store::save_known(&disk, &path, &form, &states[2], Some(known));
        if disk.num_done() <= at {
            println!("someone else writes before each of {at} operations of a save: noticed {num_kept} times");
            // Before the last replacement nothing can help who takes no part in our locks; behind it theirs is the newer.
            assert!(num_kept + 1 == at);
            break;
        }
        num_kept += usize::from(load(&path) == states[1]);
        assert!(done.is_ok() == (at >= 9), "at {at}: {done:?}");
    }
}

#[test]
fn saves_of_one_draft_follow_one_another() {
    let folder = folder();
    let home = real_home(&folder);
    let states = states().1;
    let path = folder.path().join("年报.gouji");
    let mut keeper = new_keeper(&home);
    for _ in 0..10 {
        let orders: Vec<_> = states.iter().map(|state| keeper.order(To::File(path.clone()), state)).collect();
        let threads: Vec<_> = orders.into_iter().map(|order| std::thread::spawn(move || order.perform(&now()).unwrap())).collect();
        let saved: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        assert!(saved.iter().any(|saved| saved.draft == states[5]));
        assert_eq!(load(&path), states[5], "the newest order, whichever thread came last");
    }
    assert_eq!(names(folder.path()), [".年报.gouji.lock", "gouji", "年报.gouji", "年报.gouji.bak"]);
}

#[test]
fn two_processes_on_one_draft_overwrite_nothing() {
    let folder = folder();
    let path = new_draft(&folder, "年报.gouji", "测试局", 2025, &[]);
    let keys: Vec<String> = catalog()
        .for_year(2025)
        .unwrap()
        .cells
        .iter()
        .filter(|cell| cell.kind == Kind::Count)
        .take(20)
        .map(|cell| cell.key.to_string())
        .collect();
    let run = |key: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_gouji"));
        command.args(["set", &path, &format!("{key}=7")]).stderr(std::process::Stdio::piped()).stdout(std::process::Stdio::null());
        command.spawn().unwrap()
    };
    let (mut num_done, mut num_refused) = (0, 0);
    for pair in keys.chunks(2) {
        let both: Vec<_> = pair.iter().map(|key| run(key)).collect();
        let outputs: Vec<_> = both.into_iter().map(|child| child.wait_with_output().unwrap()).collect();
        let (form, draft, _) = store::load_known(&RealDisk, Path::new(&path), &catalog()).unwrap();
        for (key, output) in pair.iter().zip(outputs) {
            let is_in = draft.entry(form.cell_by_key(key).unwrap()).value() == Some(7);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            match output.status.code() {
                Some(0) => assert!(is_in, "{key}"),
                code => assert!(code == Some(2) && !is_in && said.contains("正被"), "{key}: {said}"),
            }
            num_done += usize::from(is_in);
            num_refused += usize::from(!is_in);
        }
    }
    assert!(num_done >= 10);
    // A window on it: refused as long as it is open.
    let home = real_home(&folder);
    let opened = store::open(&home, Path::new(&path), &catalog(), time()).unwrap();
    let before = std::fs::read(&path).unwrap();
    let output = run(&keys[0]).wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(std::fs::read(&path).unwrap(), before);
    drop(opened);
    assert_eq!(run(&keys[0]).wait_with_output().unwrap().status.code(), Some(0));
    assert_eq!(names(folder.path()), ["年报.gouji", "年报.gouji.bak"]);
    println!("10 pairs of processes: {num_done} typed in, {num_refused} refused, none lost");
}

#[test]
fn thinning_keeps_the_last_hour_hours_days_and_months() {
    let now = time();
    let ages = |minutes: &[i64]| -> Vec<Timestamp> { minutes.iter().rev().map(|age| now - SignedDuration::from_mins(*age)).collect() };
    let kept = |times: &[Timestamp]| -> Vec<Timestamp> {
        let gone = store::superfluous(times, now);
        times.iter().enumerate().filter(|(place, _)| !gone.contains(place)).map(|(_, time)| *time).collect()
    };
    assert_eq!(kept(&[]), []);
    let hour = ages(&(0..60).collect::<Vec<_>>());
    assert_eq!(kept(&hour), hour, "all of the last hour");
    // Two years, a save every ten minutes.
    let all = ages(&(0..2 * 365 * 24 * 6).map(|no| no * 10).collect::<Vec<_>>());
    let left = kept(&all);
    assert!(left.len() <= 60, "{}", left.len());
    assert_eq!(left.last(), all.last(), "the newest stays");
    let younger = |hours: i64| left.iter().filter(|time| now.duration_since(**time) < SignedDuration::from_hours(hours)).count();
    assert!(younger(1) >= 5 && younger(24) >= 20 && younger(31 * 24) >= 30, "{} {} {}", younger(1), younger(24), younger(31 * 24));
    assert_eq!(kept(&left), left, "thinning twice gives up no more");
    // A clock that was a year ahead.
    let mut odd = ages(&[-525_600, 0, 10]);
    odd.sort();
    assert_eq!(kept(&odd), odd);
}

#[test]
fn earlier_saves_are_listed_with_what_changed_and_restored_as_a_copy() {
    let folder = folder();
    let home = real_home(&folder);
    let states = states().1;
    let path = folder.path().join("年报.gouji");
    let mut keeper = new_keeper(&home);
    for (minutes, state) in (0..).zip([0, 1, 1, 2]) {
        let now = now() + SignedDuration::from_mins(minutes);
        keeper.order(To::File(path.clone()), &states[state]).perform(&now).unwrap();
    }
    let listed = store::generations(&home, &path, &catalog()).unwrap();
    let changed = |no: usize| listed[no].changed.map(|changed| (changed.num_cells, changed.num_chapters));
    assert_eq!(listed.len(), 3, "the same state twice is one");
    assert_eq!((changed(0), changed(1), changed(2)), (None, Some((1, 1)), Some((2, 0))));
    assert_eq!(load(&listed[2].file), states[0]);
    let copy = store::restore_copy(&home, &listed[2], &path, &catalog()).unwrap();
    let again = store::restore_copy(&home, &listed[2], &path, &catalog()).unwrap();
    assert!(copy != again && load(&copy) == states[0] && load(&again) == states[0] && load(&path) == states[2]);
    assert!(copy.file_name().unwrap().to_str().unwrap().starts_with("年报（2026-01-30 "), "{}", copy.display());
    put(&listed[2].file, b"(");
    assert!(matches!(store::restore_copy(&home, &listed[2], &path, &catalog()), Err(StoreError::Damaged { .. })));
}

#[test]
fn each_save_is_copied_to_the_second_folder_and_a_missing_one_only_warned_of() {
    let folder = folder();
    let home = real_home(&folder);
    let (usb, path) = (folder.path().join("U盘"), folder.path().join("年报.gouji"));
    std::fs::create_dir(&usb).unwrap();
    Settings { second_folder: Some(usb.clone()) }.save(&home).unwrap();
    let states = states().1;
    let mut keeper = new_keeper(&home);
    for state in &states[..2] {
        save(&mut keeper, To::File(path.clone()), state).unwrap();
    }
    assert_eq!(names(&usb), ["年报（2026-01-30 14时03分 2）.gouji", "年报（2026-01-30 14时03分）.gouji"]);
    std::fs::remove_dir_all(&usb).unwrap();
    let saved = keeper.order(To::File(path.clone()), &states[2]).perform(&now()).unwrap();
    assert!(saved.warnings.len() == 1 && saved.warnings[0].contains("草稿已经保存"), "{:?}", saved.warnings);
    assert_eq!((load(&path), usb.exists()), (states[2].clone(), false));
}

#[test]
fn settings_come_back_and_unreadable_ones_are_left_alone() {
    let folder = folder();
    let home = real_home(&folder);
    assert_eq!(Settings::load(&home).unwrap(), Settings::default());
    let set = Settings { second_folder: Some("E:\\备份".into()) };
    set.save(&home).unwrap();
    assert_eq!(Settings::load(&home).unwrap(), set);
    for text in ["(format: 2, settings: (colour: 3))", "(", "\u{0}", ""] {
        put(&home.settings(), text.as_bytes());
        let message = Settings::load(&home).unwrap_err().to_string();
        assert!(message.contains("settings.ron") && set.save(&home).is_err(), "{message}");
        assert_eq!(std::fs::read(home.settings()).unwrap(), text.as_bytes());
    }
}

#[test]
fn a_failing_disk_is_told_with_what_is_safe_and_what_to_do() {
    let (form, draft) = draft(&[], "");
    let cases = [
        (io::ErrorKind::StorageFull, "磁盘空间不足", "清理磁盘"),
        (io::ErrorKind::ReadOnlyFilesystem, "磁盘是只读的", "写保护"),
        (io::ErrorKind::NotFound, "共享文件夹断开", "重新插上"),
        (io::ErrorKind::PermissionDenied, "没有权限", "请管理员"),
        (io::ErrorKind::InvalidFilename, "文件名太长", "短一些"),
        (io::ErrorKind::StaleNetworkFileHandle, "断开", "重新连接"),
        (io::ErrorKind::ResourceBusy, "占用", "另存到别处"),
    ];
    for (kind, what, to_do) in cases {
        let folder = folder();
        let path = folder.path().join("年报.gouji");
        let disk = Meddled::before(move |_, name| if name == "write" { Err(kind.into()) } else { Ok(()) });
        let message = store::save(&disk, &path, &form, &draft).unwrap_err().to_string();
        assert!(message.contains(what) && message.contains(to_do) && message.contains("没有改动"), "{message}");
    }
    let folder = folder();
    let long = folder.path().join(format!("{}.gouji", "报".repeat(100)));
    let message = store::save(&RealDisk, &long, &form, &draft).unwrap_err().to_string();
    assert!(cfg!(windows) || message.contains("文件名太长"), "{message}");
    let gone = folder.path().join("无").join("年报.gouji");
    assert!(store::save(&RealDisk, &gone, &form, &draft).unwrap_err().to_string().contains("文件夹不存在"));
}

/// A small file system in memory, gone with the value. `None` where mounting is not permitted.
#[cfg(target_os = "linux")]
struct SmallDisk(PathBuf);

#[cfg(target_os = "linux")]
impl SmallDisk {
    fn mount(at: PathBuf) -> Option<Self> {
        std::fs::create_dir(&at).unwrap();
        let mount = std::process::Command::new("mount").args(["-t", "tmpfs", "-o", "size=256k", "gouji-test"]).arg(&at).output();
        mount.is_ok_and(|output| output.status.success()).then_some(Self(at))
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        let unmounted = std::process::Command::new("umount").arg(&self.0).status();
        assert!(unmounted.is_ok_and(|status| status.success()) || std::thread::panicking());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_the_old_draft_stands_and_work_goes_on() {
    let folder = folder();
    let Some(small) = SmallDisk::mount(folder.path().join("小")) else {
        println!("skipped: no permission to mount a small file system here");
        return;
    };
    let home = Home { disk: Arc::new(RealDisk), folder: small.0.join("gouji") };
    let path = small.0.join("年报.gouji");
    let (form, old) = draft(&[("new.nat", "1")], "");
    store::save(&RealDisk, &path, &form, &old).unwrap();
    let mut keeper = keeper(store::open(&home, &path, &catalog(), time()).unwrap());
    let mut last = old.clone();
    let mut num_saved = 0;
    let (mut refused, mut trouble) = (None, None);
    for size in 1..200 {
        let (_, next) = draft(&[("new.nat", "2")], &"长".repeat(size * 700));
        keeper.record(&next, None, time());
        trouble = keeper.flush().err().or(trouble);
        match keeper.order(To::File(path.clone()), &next).perform(&now()) {
            Ok(saved) => {
                keeper.saved(&saved, time());
                (last, num_saved) = (next, num_saved + 1);
            }
            Err(err) => refused = Some(err.to_string()),
        }
        assert_eq!(load(&path), last, "old or new, whole");
        if refused.is_some() && trouble.is_some() {
            break;
        }
    }
    let (refused, trouble) = (refused.unwrap(), trouble.unwrap());
    assert!(refused.contains("磁盘空间不足") && trouble.reason.contains("磁盘空间不足"), "{refused} {trouble}");
    println!("tmpfs of 256 KB: {num_saved} saves, then: {refused}; {trouble}");
    let elsewhere = folder.path().join("别处.gouji");
    let (_, next) = draft(&[("new.nat", "3")], "救下来的");
    keeper.order(To::File(elsewhere.clone()), &next).perform(&now()).expect("save as works");
    assert_eq!(load(&elsewhere), next);
    drop(keeper);
    for left in left_behind(&home, &catalog(), time()) {
        assert!(left.found.is_ok(), "{left:?}");
    }
}

#[test]
fn hostile_files_in_the_place_of_ours_are_refused_quickly() {
    let folder = folder();
    let home = real_home(&folder);
    let catalog = catalog();
    std::fs::create_dir_all(home.journals()).unwrap();
    let began = Instant::now();
    let sparse = |path: &Path| {
        put(path, b"");
        std::fs::OpenOptions::new().write(true).open(path).unwrap().set_len(2_000_000_000).unwrap();
    };
    let zeros = folder.path().join("零.gouji");
    sparse(&zeros);
    assert!(store::open(&home, &zeros, &catalog, time()).unwrap_err().to_string().contains("超过 20 MB"));
    // Lines with a right sum, so that what is inside is looked at.
    let line = |text: &str| format!("{} {text}\n", Digest::of(text.as_bytes()).to_string().split('-').nth(1).unwrap());
    let (form, empty) = draft(&[], "");
    let deep = "[".repeat(1_000_000);
    let quoted = serde_json::to_string(&store::encode(&form, &empty)).unwrap();
    let cases = [
        ("1.journal", Vec::new()),
        ("2.journal", b"\0".repeat(1000)),
        ("3.journal", line(&deep).into_bytes()),
        ("4.journal", line("{\"journal\":2,\"whatever\":1}").into_bytes()),
        ("5.journal", line(&format!("{{\"journal\":1,\"x\":{deep}}}")).into_bytes()),
        ("6.journal", line(&format!("{{\"journal\":1,\"form\":\"\",\"agency\":\"\",\"year\":0,\"path\":null,\"file\":null,\"edits\":0,\"ms\":9223372036854775807,\"draft\":\"{}\"}}", "(".repeat(1_000_000))).into_bytes()),
    ];
    for (name, bytes) in &cases {
        put(&home.journals().join(name), bytes);
    }
    sparse(&home.journals().join("7.journal"));
    std::fs::create_dir(home.journals().join("8.journal")).unwrap();
    let good = format!(
        "{{\"journal\":1,\"form\":\"F2021\",\"agency\":\"\",\"year\":2025,\"path\":null,\"file\":null,\"edits\":18446744073709551615,\"ms\":9223372036854775807,\"draft\":{quoted}}}"
    );
    put(&home.journals().join("9.journal"), line(&good).as_bytes());
    let left = left_behind(&home, &catalog, time());
    assert_eq!(left.len(), 9);
    for left in &left[..8] {
        let message = left.found.as_ref().unwrap_err().to_string();
        assert!(message.contains(left.file.to_str().unwrap()), "{message}");
        assert!(left.file.exists(), "left as it is");
    }
    assert!(left[8].found.is_ok());
    #[cfg(unix)]
    {
        let (pipe, victim) = (folder.path().join("管道.gouji"), folder.path().join("重要.txt"));
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert!(store::open(&home, &pipe, &catalog, time()).unwrap_err().to_string().contains("设备或管道"));
        // A link in the place of the lock does not lead us to empty another file.
        put(&victim, b"important");
        let path = new_draft(&folder, "年报.gouji", "测试局", 2025, &[]);
        std::os::unix::fs::symlink(&victim, folder.path().join(".年报.gouji.lock")).unwrap();
        set(&path, &["new.nat=3".to_owned()]);
        assert_eq!(std::fs::read(&victim).unwrap(), b"important");
        assert_eq!(gouji(&["check", &arg(&folder, "管道.gouji")]).code, 2);
    }
    println!("hostile files in {:?}", began.elapsed());
}

#[test]
fn what_a_killed_save_left_is_cleared_when_the_draft_is_opened_again() {
    let folder = folder();
    let home = real_home(&folder);
    let (form, draft) = draft(&[], "");
    let path = folder.path().join("年报.gouji");
    store::save(&RealDisk, &path, &form, &draft).unwrap();
    for name in [".年报.gouji.new-77-3.part", ".年报.gouji.bak.old-77-4.part", ".年报.gouji.new-notes.part", ".年报2.gouji.new-77-3.part"]
    {
        put(&folder.path().join(name), b"(");
    }
    drop(store::open(&home, &path, &catalog(), time()).unwrap());
    assert_eq!(names(folder.path()), [".年报.gouji.new-notes.part", ".年报2.gouji.new-77-3.part", "年报.gouji"]);
}

#[test]
fn an_edit_is_written_and_read_exactly() {
    let (form, states) = states();
    for (from, to) in states.iter().zip(&states[1..]) {
        let mut draft = from.clone();
        let edits: Vec<Edit> = changes(&form, from, to);
        assert!(changes(&form, to, to).is_empty() && !edits.is_empty());
        edits.into_iter().for_each(|edit| drop(draft.apply(edit)));
        assert_eq!(draft, *to);
    }
}
