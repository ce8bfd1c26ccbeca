//! One writer: two sessions, two processes, someone else, all on one draft.

use std::path::Path;

use gouji::model::{Draft, Kind};
use gouji::store::{self, RealDisk, StoreError, To};

use super::{keeper, load, new_keeper, now, real_home, save, states, time};
use crate::disks::Meddled;
use crate::support::{catalog, draft, folder, names, new_draft, put};

#[test]
fn a_draft_opened_twice_is_only_looked_at_the_second_time() {
    let folder = folder();
    let home = real_home(&folder);
    let (form, states) = states();
    let path = folder.path().join("年报.gouji");
    store::save(&RealDisk, &path, form.report(&states[0])).unwrap();
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
    assert!(!names(folder.path()).join(" ").contains(".lock"), "{:?}", names(folder.path()));
}

#[test]
fn a_file_changed_by_someone_else_is_noticed_and_both_are_kept() {
    let folder = folder();
    let home = real_home(&folder);
    let (form, states) = states();
    let path = folder.path().join("年报.gouji");
    store::save(&RealDisk, &path, form.report(&states[0])).unwrap();
    let mut keeper = keeper(store::open(&home, &path, &catalog(), time()).unwrap());
    assert!(!keeper.watch().is_changed());
    store::save(&RealDisk, &path, form.report(&states[1])).unwrap();
    assert!(keeper.watch().is_changed());
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
        store::save(&RealDisk, &path, form.report(&states[0])).unwrap();
        let known = store::load_known(&RealDisk, &path, &catalog()).unwrap().2;
        let theirs = store::encode(form.report(&states[1]));
        let (their_path, bytes) = (path.clone(), theirs.clone());
        let disk = Meddled::before(move |no, _| {
            if no == at {
                put(&their_path, bytes.as_bytes());
            }
            Ok(())
        });
        let done = store::save_known(&disk, &path, form.report(&states[2]), Some(known));
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
fn what_a_killed_save_left_is_cleared_when_the_draft_is_opened_again() {
    let folder = folder();
    let home = real_home(&folder);
    let (form, draft) = draft(&[], "");
    let path = folder.path().join("年报.gouji");
    store::save(&RealDisk, &path, form.report(&draft)).unwrap();
    for name in [".年报.gouji.new-77-3.part", ".年报.gouji.bak.old-77-4.part", ".年报.gouji.new-notes.part", ".年报2.gouji.new-77-3.part"]
    {
        put(&folder.path().join(name), b"(");
    }
    drop(store::open(&home, &path, &catalog(), time()).unwrap());
    assert_eq!(names(folder.path()), [".年报.gouji.new-notes.part", ".年报2.gouji.new-77-3.part", "年报.gouji"]);
}
