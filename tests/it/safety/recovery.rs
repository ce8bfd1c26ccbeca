//! A session that ends in a crash, on a disk that fails at every operation in turn, and the start after it.

use std::path::Path;

use gouji::model::Draft;
use gouji::store::{self, DraftFile, Home, RealDisk, StoreError, To, left_behind};

use super::{apply, flush, home, journal, keeper, load, new_keeper, now, real_home, save, states, time};
use crate::disks::Meddled;
use crate::support::{catalog, folder, names, put};

/// One session with a draft that stands in a file: edits, a save, an edit, a crash. What it was promised is returned:
/// the least state that must be found, and whether the save was said to have happened.
fn session(home: &Home, path: &Path, states: &[Draft]) -> (usize, Option<bool>) {
    let (mut promised, mut is_saved) = (0, None);
    let Ok(opened) = store::open(home, path, &catalog(), time()) else { return (0, None) };
    let mut keeper = keeper(opened);
    for (no, state) in states.iter().enumerate().skip(1) {
        keeper.record(state, None, time());
        if flush(&keeper).is_ok() {
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
            store::save(&RealDisk, &path, form.report(&states[0])).unwrap();
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
                apply(&mut draft, edits);
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
            store::save(&RealDisk, &path, form.report(&states[0])).unwrap();
            assert_eq!(session(&real_home(&folder), &path, &states[..4]), (3, Some(true)));
            let disk = Meddled::failing_at(fails_at, stays_dead);
            {
                let home = home(&folder, disk.clone());
                for left in left_behind(&home, &catalog, time()) {
                    let Ok(lost) = &left.found else { continue };
                    let (opened, edits) = lost.reopen(&home, &catalog, time());
                    let mut draft = opened.draft.clone();
                    let mut keeper = keeper(opened);
                    keeper.carries_on(&left.file, time());
                    apply(&mut draft, edits);
                    keeper.record(&draft, None, time());
                    let _crash_anyway = flush(&keeper);
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
fn a_crash_is_offered_and_a_clean_end_leaves_nothing() {
    let folder = folder();
    let home = real_home(&folder);
    let (catalog, states) = (catalog(), states().1);
    let mut first = new_keeper(&home);
    first.record(&states[0], None, time());
    flush(&first).unwrap();
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
    second.carries_on(&left[0].file, time());
    apply(&mut draft, edits);
    second.record(&draft, None, time());
    flush(&second).unwrap();
    assert_ne!(journal(&home), left[0].file, "the old one went when all was safe in the new one");

    let path = folder.path().join("年报.gouji");
    assert_eq!(save(&mut second, To::File(path.clone()), &draft).unwrap(), path);
    flush(&second).unwrap();
    assert!(names(&home.journals()).is_empty(), "all is in the file");
    second.record(&states_of_3(), None, time());
    flush(&second).unwrap();
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
    store::save(&RealDisk, &path, form.report(&states[0])).unwrap();
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
    store::save(&RealDisk, &path, form.report(&states[2])).unwrap();
    assert!(matches!(standing(), Some((DraftFile::Changed(Some(_)), false))));
    assert_eq!(load(&path), states[2]);
    store::save(&RealDisk, &path, form.report(&states[1])).unwrap();
    assert_eq!(standing(), None, "the file holds all of it");
    assert!(names(&home.journals()).is_empty());
}
