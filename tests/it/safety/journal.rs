//! The journal: cut, changed, too long, on a disk that fails for a while.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use gouji::model::{Draft, Edit};
use gouji::store::{Trouble, left_behind, replay};
use jiff::SignedDuration;

use super::{apply, flush, home, journal, new_keeper, real_home, states, time, write_down};
use crate::disks::Meddled;
use crate::support::{catalog, draft, folder};

/// The bytes of a journal that holds all the states, one edit line at least for each but the first.
fn written_journal() -> Vec<u8> {
    let folder = folder();
    let home = real_home(&folder);
    let mut keeper = new_keeper(&home);
    for state in states().1 {
        write_down(&mut keeper, &state);
    }
    std::fs::read(journal(&home)).unwrap()
}

#[test]
fn a_journal_cut_at_any_byte_leads_to_an_earlier_state_or_is_refused() {
    let (bytes, catalog) = (written_journal(), catalog());
    let first = 1 + bytes.iter().position(|byte| *byte == b'\n').unwrap();
    let (whole, states) = (replay(&bytes, &catalog).unwrap(), states().1);
    assert_eq!((&whole.draft, whole.num_dropped), (&states[5], 0));
    for end in 0..bytes.len() {
        match replay(&bytes[..end], &catalog) {
            Ok(found) => {
                let lines = bytes[..end].split(|byte| *byte == b'\n').count() - 1;
                assert_eq!(found.draft, states[lines - 1], "cut at {end}");
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
    let (_, empty) = draft(&[], "");
    let (_, typed) = draft(&[("new.nat", "12")], "");
    let pending = typed.edits_since(&empty);
    let mut keeper = new_keeper(&home);
    keeper.record(&empty, Some(&pending[0]), time());
    flush(&keeper).unwrap();
    let found = || replay(&std::fs::read(journal(&home)).unwrap(), &catalog()).unwrap().draft;
    assert_eq!(found(), typed);
    write_down(&mut keeper, &empty);
    assert_eq!(found(), empty, "taken back with Esc");
}

#[test]
fn a_long_journal_begins_anew() {
    let folder = folder();
    let home = real_home(&folder);
    let mut keeper = new_keeper(&home);
    let long: Vec<Draft> = ["一", "二"].iter().map(|sign| draft(&[], &sign.repeat(100_000)).1).collect();
    let mut longest = 0;
    for no in 0..16 {
        write_down(&mut keeper, &long[no % 2]);
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
        flush(&keeper)
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
fn an_edit_is_written_and_read_exactly() {
    let (_, states) = states();
    for (from, to) in states.iter().zip(&states[1..]) {
        let mut draft = from.clone();
        let edits: Vec<Edit> = to.edits_since(from);
        assert!(to.edits_since(to).is_empty() && !edits.is_empty());
        apply(&mut draft, edits);
        assert_eq!(draft, *to);
    }
}
