//! The county's week in the real window: the board looked at, four reports given back, their new copies come, the sum, one figure repaired,
//! everything written. The keys are counted.

use std::path::Path;

use gouji::store;
use gouji::ui::theme::palette;

use super::set::{self, plain};
use crate::desktop::{self, Desktop, count, has_question, wait};
use crate::support::{names, put};

/// Keys that the week takes, as README has it.
const MOST_KEYS: usize = 24;

/// Presses keys and counts them.
struct Fingers {
    desktop: Desktop,
    num_keys: usize,
}

impl Fingers {
    fn press(&mut self, keys: &str) {
        self.num_keys += keys.split(' ').count();
        self.desktop.press(keys);
    }

    /// Waits until more tiles are those of reports that can be summed, by what is painted of them.
    fn ready(&mut self, what: &str, before: usize) -> usize {
        let ready = |picture: &image::RgbaImage| count(picture, palette().total);
        let seen = self.desktop.see(what, |picture| !has_question(picture) && ready(picture) > before + 500);
        ready(&seen)
    }

    fn board(&mut self, what: &str) {
        self.desktop.see(what, |picture| !has_question(picture) && count(picture, palette().accent_tint) > 5_000);
    }
}

fn num_files(folder: &Path) -> usize {
    std::fs::read_dir(folder).map_or(0, Iterator::count)
}

#[test]
fn the_countys_week_in_a_real_window() {
    if desktop::lacks(&[]) {
        return;
    }
    let set = set::county();
    let (county, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let folder = county.path();
    std::fs::copy(set.folder.path().join("名册.csv"), folder.join("名册.csv")).unwrap();
    let mut hand = Fingers { desktop: Desktop::open(folder, home.path()), num_keys: 0 };
    wait("the county", || hand.desktop.title().contains("青禾县人民政府").then_some(()));
    hand.board("nobody-yet");
    // January: the reports come into the folder.
    for name in names(set.folder.path()).iter().filter(|name| !name.starts_with('.') && *name != "名册.csv") {
        let (from, to) = (set.folder.path().join(name), folder.join(name));
        std::fs::copy(&from, &to).unwrap();
        let time = std::fs::metadata(&from).unwrap().modified().unwrap();
        std::fs::File::options().write(true).open(&to).unwrap().set_modified(time).unwrap();
    }
    hand.press("F5");
    wait("the county", || hand.desktop.title().contains("青禾县人民政府 2025年汇总").then_some(()));
    let num_ready = hand.ready("all-taken-in", 0);
    // Monday: four are given back, those who have not come are listed.
    hand.press("Home space Down space Down space Down space ctrl+r");
    wait("eight letters", || (num_files(&folder.join("函件")) == 8).then_some(()));
    hand.board("given-back");
    hand.press("F9");
    wait("the list of those who have not come", || (num_files(&folder.join("函件")) == 10).then_some(()));
    // Wednesday: the new copies lie in the folder, and that of the one who was missing.
    for name in ["教育局", "公安局", "水利局", "司法局", "审计局"] {
        let place = set::NAMES.iter().position(|other| *other == name).unwrap();
        let draft = plain(&set.form, i64::try_from(place).unwrap());
        put(&folder.join(format!("{name}（改）.gouji")), store::encode(set.form.report(&draft)).as_bytes());
    }
    hand.press("F5");
    hand.ready("new-copies", num_ready);
    // Friday: the sum, the body behind its first cell, a repair, the workbook.
    hand.press("ctrl+m");
    let sum = hand.desktop.see("sum", |picture| count(picture, palette().head) > 10_000);
    hand.press("F8 F4");
    hand.desktop.see("repair", has_question);
    hand.press("ctrl+a 2 2 Tab o k Return");
    wait("the repair", || std::fs::read_to_string(folder.join("调整.csv")).is_ok_and(|text| text.contains(",22,ok")).then_some(()));
    hand.desktop.see("repaired", |picture| *picture != sum && !has_question(picture));
    hand.press("ctrl+e");
    hand.desktop.see("where", has_question);
    hand.press("Return");
    let workbook = folder.join("青禾县人民政府2025年汇总.xlsx");
    wait("the workbook", || workbook.is_file().then_some(()));
    hand.desktop.see("written", |picture| !has_question(picture));
    println!("the county's week: {} keys", hand.num_keys);
    assert!(hand.num_keys <= MOST_KEYS, "README says how many keys the week takes");
}
