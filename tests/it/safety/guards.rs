//! Nothing that is written takes the place of a draft; what is kept stays as it is; what is saved opens again; what is restored is safe.

use std::path::Path;

use gouji::model::Edit;
use gouji::session::Session;
use gouji::store::{self, Opened, RealDisk, StoreError, To};

use super::{journal, keeper, keeper_with, load, real_home, save, states, time, write_down};
use crate::support::{arg, catalog, draft, folder, gouji, names, new_draft, put, shared};

/// Every command that writes a file for others, at a target: each must refuse, and the draft must stand.
#[test]
fn no_output_takes_the_place_of_a_draft() {
    let folder = folder();
    let source = new_draft(&folder, "a.gouji", "某局", 2025, &["new.nat=12".to_owned()]);
    let other = new_draft(&folder, "b.gouji", "某局", 2025, &["new.nat=7".to_owned()]);
    let whole = std::fs::read(&other).unwrap();
    let disguised = arg(&folder, "c.docx");
    put(Path::new(&disguised), &whole);
    let mut targets = vec![source.clone(), other.clone(), disguised.clone()];
    #[cfg(unix)]
    for ending in ["docx", "png", "html"] {
        let link = arg(&folder, &format!("link.{ending}"));
        std::os::unix::fs::symlink(&other, &link).unwrap();
        targets.push(link);
    }
    for target in &targets {
        for command in [&["export"][..], &["export", "--summary"], &["shot", "--screen", "1"]] {
            let args: Vec<&str> = [command[0], &source, "-o", target].into_iter().chain(command[1..].iter().copied()).collect();
            let said = gouji(&args);
            assert_eq!((said.code, said.out.as_str()), (2, ""), "{args:?}");
        }
        let said = gouji(&["join", &source, &other, "-o", target, "--name", "李四"]);
        assert_eq!(said.code, 2, "{target}");
    }
    assert_eq!(std::fs::read(&other).unwrap(), whole);
    assert_eq!(std::fs::read(&disguised).unwrap(), whole);
    assert_eq!(gouji(&["shot", &source, "--screen", "1", "-o", &arg(&folder, "d.txt")]).code, 2);
    let refused = store::write_output(&RealDisk, Path::new(&disguised), b"x").unwrap_err();
    assert!(refused.to_string().contains("这里是一份草稿"), "{refused}");
}

#[cfg(unix)]
#[test]
fn a_path_that_has_become_a_link_is_a_conflict() {
    let folder = folder();
    let home = real_home(&folder);
    let (form, states) = states();
    let (path, other) = (folder.path().join("年报.gouji"), folder.path().join("别人的.gouji"));
    store::save(&RealDisk, &path, form.report(&states[0])).unwrap();
    store::save(&RealDisk, &other, form.report(&states[1])).unwrap();
    let mut keeper = keeper(store::open(&home, &path, &catalog(), time()).unwrap());
    std::fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink(&other, &path).unwrap();
    let refused = save(&mut keeper, To::File(path), &states[2]).unwrap_err();
    assert!(matches!(refused, StoreError::ChangedOnDisk(_)), "{refused}");
    assert_eq!(load(&other), states[1]);
}

#[test]
fn what_is_kept_opens_as_a_copy_and_is_never_written_to() {
    let folder = folder();
    let home = real_home(&folder);
    let (form, states) = states();
    let path = folder.path().join("年报.gouji");
    let mut first = keeper(
        store::open(
            &home,
            {
                store::save(&RealDisk, &path, form.report(&states[0])).unwrap();
                &path
            },
            &catalog(),
            time(),
        )
        .unwrap(),
    );
    save(&mut first, To::File(path.clone()), &states[1]).unwrap();
    let generation = store::generations(&home, &path, &catalog()).unwrap().remove(0).file;
    let backup = store::backup_path(&path);
    for kept in [&backup, &generation] {
        let opened = store::open(&home, kept, &catalog(), time()).unwrap();
        assert_eq!(opened.path, None, "{}", kept.display());
        assert!(matches!(store::may_change(&home, kept), Err(StoreError::IsKept(_))));
    }
    let before = std::fs::read(&backup).unwrap();
    let said = gouji(&["set", backup.to_str().unwrap(), "new.nat=99"]);
    assert!(said.code == 2 && said.err.contains("备份"), "{}", said.err);
    assert_eq!(std::fs::read(&backup).unwrap(), before);
}

#[test]
fn nothing_is_saved_that_could_not_be_opened() {
    let folder = folder();
    let path = folder.path().join("年报.gouji");
    let (form, small) = draft(&[("new.nat", "1")], "一段");
    store::save(&RealDisk, &path, form.report(&small)).unwrap();
    let (_, large) = draft(&[], &"\n".repeat(2_000_000));
    let refused = store::save(&RealDisk, &path, form.report(&large)).unwrap_err().to_string();
    assert!(refused.contains("存下去以后会打不开") && refused.contains("五、"), "{refused}");
    assert_eq!(load(&path), small);
    let long = gouji::export::file_name(&draft(&[], "").0.draft("长".repeat(80), 2025), "gouji");
    let longest = folder.path().join(long);
    store::save(&RealDisk, &longest, form.report(&small)).unwrap();
    store::save(&RealDisk, &longest, form.report(&draft(&[], "").1)).unwrap();
    assert!(store::backup_path(&longest).exists());
}

#[test]
fn what_is_restored_is_the_floor_of_undo() {
    let (form, states) = states();
    let mut session = Session::new(form.clone(), form.draft(states[2].agency.clone(), 2025));
    let edits = states[2].edits_since(session.draft());
    session.restore(edits);
    assert!(session.is_modified() && !session.can_undo());
    assert_eq!(session.undo(), None);
    assert_eq!(session.draft(), &states[2]);
    let cell = form.cell_by_key("new.nat").unwrap();
    session.apply(vec![session.typed(cell, "77")]);
    session.undo();
    assert_eq!(session.draft(), &states[2]);
    // A name comes through the door without what is not seen.
    session.apply(vec![Edit::agency("某\0\u{202e}局".to_owned())]);
    assert_eq!(session.draft().agency, "某局");
}

#[test]
fn what_was_given_up_is_kept_for_thirty_days() {
    let folder = folder();
    let home = real_home(&folder);
    let (_, states) = states();
    let keeper = keeper_with(&home, &states[1]);
    keeper.close();
    let now = jiff::Timestamp::now();
    assert!(store::left_behind(&home, &catalog(), now).is_empty());
    let kept = store::given_up(&home, &catalog(), now);
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].found.as_ref().unwrap().replay.draft, states[1]);
    assert!(store::given_up(&home, &catalog(), now + jiff::SignedDuration::from_hours(24 * 31)).is_empty());
    assert!(store::given_up(&home, &catalog(), now).is_empty(), "older ones are gone for good");
}

#[test]
fn one_unreadable_journal_hides_no_other() {
    let folder = folder();
    let home = real_home(&folder);
    let (_, states) = states();
    drop(keeper_with(&home, &states[1]));
    let whole = std::fs::read(journal(&home)).unwrap();
    for (name, bytes) in [("a.journal", &b"nonsense"[..]), ("b.journal", &whole[..10]), ("c.journal", b"\xff\xfe\n")] {
        put(&home.journals().join(name), bytes);
    }
    if let Some(spliced) = shared("faults/hostile/13-splice.journal") {
        put(&home.journals().join("d.journal"), &std::fs::read(spliced).unwrap());
    }
    let left = store::left_behind(&home, &catalog(), time());
    let whole: Vec<_> = left.iter().filter_map(|left| left.found.as_ref().ok()).filter(|lost| lost.replay.draft == states[1]).collect();
    assert_eq!(whole.len(), 1, "{left:?}");
    assert!(left.len() >= 4);
}

/// Windows removes no folder with a file in it that is open.
#[cfg(unix)]
#[test]
fn a_journal_whose_folder_is_removed_is_made_again() {
    let folder = folder();
    let home = real_home(&folder);
    let (_, states) = states();
    let mut keeper = keeper_with(&home, &states[1]);
    std::fs::remove_dir_all(home.journals()).unwrap();
    write_down(&mut keeper, &states[2]);
    journal(&home);
    assert!(store::left_behind(&home, &catalog(), time()).is_empty(), "its session lives");
    let lock = names(&home.journals()).into_iter().find(|name| !name.ends_with(".journal")).unwrap();
    std::fs::remove_file(home.journals().join(lock)).unwrap();
    write_down(&mut keeper, &states[3]);
    assert!(store::left_behind(&home, &catalog(), time()).is_empty(), "its session lives");
}

#[cfg(unix)]
#[test]
fn nobody_else_reads_what_the_program_keeps() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder();
    let home = real_home(&folder);
    let (form, states) = states();
    let path = folder.path().join("年报.gouji");
    let mut keeper = keeper(Opened::without_file(&home, form, states[0].clone()));
    save(&mut keeper, To::File(path), &states[1]).unwrap();
    write_down(&mut keeper, &states[2]);
    let mut folders = vec![home.journals(), home.folder.join("generations")];
    let mut num_files = 0;
    while let Some(folder) = folders.pop() {
        for item in std::fs::read_dir(&folder).unwrap() {
            let item = item.unwrap();
            let mode = item.metadata().unwrap().permissions().mode() & 0o777;
            if item.path().is_dir() {
                folders.push(item.path());
            } else {
                assert_eq!(mode, 0o600, "{}", item.path().display());
                num_files += 1;
            }
        }
    }
    assert!(num_files >= 3);
    assert_eq!(std::fs::metadata(home.journals()).unwrap().permissions().mode() & 0o777, 0o700);
}
