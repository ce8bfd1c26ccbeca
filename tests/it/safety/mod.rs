//! Nothing is ever lost: each part is disturbed at every place where it can be, and what is then on disk is read back.

mod failing;
mod guards;
mod history;
mod journal;
mod killed;
mod recovery;
mod writers;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use gouji::form::Form;
use gouji::model::{Draft, Edit, Entry, Reason, ReasonKey, Totals};
use gouji::store::{self, Home, Keeper, Opened, RealDisk, StoreError, To, Trouble};
use jiff::{Timestamp, Zoned};
use tempfile::TempDir;

use crate::disks::Meddled;
use crate::support::{catalog, draft, home_in, names};

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
    home_in(folder.path())
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
    "某局“引号”\"\\𠮷👍🏽".clone_into(&mut drafts[4].agency);
    let total = draft(&[], "").0.cell_by_key("new.sum").unwrap();
    let reason = |text: &str| Reason { text: text.into(), figures: vec![("new.nat".into(), AWKWARD.into())] };
    let key = |at: &str| ReasonKey { rule: "R38".into(), at: at.into() };
    for state in &mut drafts[3..] {
        state.apply(Edit::totals(Totals::Computed));
        state.apply(Edit::control(total, Entry::Whole(9)));
        state.apply(Edit::reason(key("a"), Some(reason("原因"))));
    }
    drafts[4].apply(Edit::reason(key("a"), Some(reason(AWKWARD))));
    drafts[5].apply(Edit::reason(key("a"), None));
    drafts[5].apply(Edit::reason(key("b"), Some(reason("另一条"))));
    (draft(&[], "").0, drafts)
}

fn keeper(opened: Opened) -> Keeper {
    Keeper::new(opened, time(), || ())
}

fn new_keeper(home: &Home) -> Keeper {
    let (form, empty) = draft(&[], "");
    keeper(Opened::without_file(home, form, empty))
}

/// A keeper of a new draft whose journal holds this state.
fn keeper_with(home: &Home, state: &Draft) -> Keeper {
    let mut keeper = new_keeper(home);
    write_down(&mut keeper, state);
    keeper
}

/// Puts this state into the journal, and waits until it is on disk.
fn write_down(keeper: &mut Keeper, state: &Draft) {
    keeper.record(state, None, time());
    flush(keeper).unwrap();
}

/// The only file of this ending in the journals' folder.
fn journal(home: &Home) -> PathBuf {
    let found: Vec<String> = names(&home.journals()).into_iter().filter(|name| name.ends_with(".journal")).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    home.journals().join(&found[0])
}

/// Waits until all is on disk, or is known not to be. On a busy machine the disk may need longer than the window would wait.
fn flush(keeper: &Keeper) -> Result<(), Trouble> {
    let is_slow = |done: &Result<(), Trouble>| done.as_ref().is_err_and(|trouble| trouble.since == Timestamp::UNIX_EPOCH);
    (0..60).map(|_| keeper.flush()).find(|done| !is_slow(done)).expect("the disk answers within two minutes")
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

/// Makes the edits.
fn apply(draft: &mut Draft, edits: Vec<Edit>) {
    for edit in edits {
        draft.apply(edit);
    }
}
