//! Repairs of the sum go with the county's own draft: kept in a format of its own, signed, shown at the cell, printed in every kind.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use egui_kittest::kittest::Queryable as _;
use gouji::county::{self, County};
use gouji::export::FileKind;
use gouji::model::{Adjustment, Draft, Edit, Entry};
use gouji::review;
use gouji::store::{self, Proof, RealDisk};
use gouji::ui::Command;
use jiff::civil::date;

use super::set::{self, Set};
use crate::stage;
use crate::support::{catalog, gouji, put};

/// Three repairs: one of a figure, one of a blank cell, one of money; a reason with signs that files must not trip over.
fn repaired() -> (Set, County) {
    let set = set::county();
    let folder = set.folder.path();
    put(&folder.join("名册.csv"), set::roster_without("水利局").as_bytes());
    let county = super::opened(&set);
    let reported = |unit: &str, key: &str| {
        let taken = county.summed(county.place_of(unit).unwrap()).unwrap();
        let cell = set.form.cell_by_key(key).unwrap();
        taken.figures.get(cell.index()).map_or(Entry::Blank, |value| Entry::of_value(set.form.cell(cell).kind, value))
    };
    let whole = |value| Entry::Whole(value);
    let money = Entry::read(set.form.cell(set.form.cell_by_key("a8.fee.amount").unwrap()).kind, "3.25");
    let repairs = [
        ("教育局", "open.nat", whole(7), "李文", "与财政局“重复”，按\"先办\"计; 两处|各一"),
        ("财政局", "new.biz", whole(0), "", "移交"),
        ("教育局", "a8.fee.amount", money, "王 芳", "元错作万元\n已电话核对"),
    ];
    for (no, (unit, key, to, by, why)) in (0..).zip(repairs) {
        let time = date(2026, 2, 3).at(9, no, 0, 0);
        let from = reported(unit, key);
        let one = Adjustment { time, by: by.to_owned(), unit: unit.to_owned(), key: key.into(), from, to, why: why.to_owned() };
        county::add_adjustment(&RealDisk, folder, &set.form, &one).unwrap();
    }
    let county = super::opened(&set);
    assert_eq!(county.mended().len(), 3);
    (set, county)
}

fn written(set: &Set, county: &County) -> PathBuf {
    let path = set.folder.path().join("汇总").join("青禾县人民政府2025年.gouji");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    county::write(&RealDisk, county, &county.sum(), &path).unwrap();
    path
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn the_countys_draft_brings_its_repairs_along_in_a_format_of_its_own() {
    let (set, county) = repaired();
    let path = written(&set, &county);
    assert_eq!(text(&path).lines().nth(1).unwrap().trim(), "format: 8,");
    let (form, draft) = store::load(&RealDisk, &path, &catalog()).unwrap();
    let kept: Vec<Adjustment> = county.mended().into_values().cloned().collect();
    assert_eq!(draft.ground().adjustments, kept);
    // A county without repairs writes what older programs read.
    let plain = set::county();
    put(&plain.folder.path().join("名册.csv"), set::roster_without("水利局").as_bytes());
    let without = text(&written(&plain, &super::opened(&plain)));
    assert_eq!(without.lines().nth(1).unwrap().trim(), "format: 1,");
    // An edit that gives the draft its repairs goes through the journal's words.
    let edit = Edit::ground(draft.ground().clone());
    let words = gouji::form::spelling::edit_words(&form, &edit).unwrap();
    assert_eq!(gouji::form::spelling::read_edit(&form, &words), Some(edit));
}

#[test]
fn repairs_are_signed_with_the_figures() {
    let (set, county) = repaired();
    let form = &set.form;
    // The set's sum has planted faults, which nobody signs.
    let without = set::plain(form, 1);
    let mut draft = without.clone();
    draft.apply(Edit::ground(county.sum().draft(&county).ground().clone()));
    assert_ne!(review::code_now(form.report(&draft)), review::code_now(form.report(&without)));
    let signed = store::encode(form.report(&set::signed(form, draft)));
    assert!(matches!(store::prove(signed.as_bytes(), &catalog()), Proof::Fits(_, Some(_))));
    for (is, was) in [("\"移交\"", "\"移走\""), ("09:01:00", "09:01:01"), ("王 芳", "王芳"), ("\"财政局\"", "\"教育局\"")] {
        let changed = signed.replacen(is, was, 1);
        assert!(changed != signed, "{is}");
        assert!(matches!(store::prove(changed.as_bytes(), &catalog()), Proof::Broken(_)), "{is}");
    }
}

#[test]
fn repairs_are_said_at_the_cell_in_the_log_and_on_paper() {
    let (set, county) = repaired();
    let path = written(&set, &county);
    let mut window = stage::window();
    let (form, draft) = store::load(&RealDisk, &path, &catalog()).unwrap();
    window.state_mut().show(form, draft, None);
    window.run();
    stage::go_to(&mut window, "open.nat");
    window.run();
    assert!(stage::shows(&window, "汇总时的调整：教育局"), "at the cell");
    stage::go_to(&mut window, "carry_in.nat");
    window.run();
    assert!(window.query_by_label_contains("汇总时的调整：教育局").is_none(), "and at no other");
    let log = gouji(&["review", path.to_str().unwrap()]);
    assert!(log.out.contains("汇总时的调整：") && log.out.contains("李文 2026-02-03"), "{}", log.out);
    for kind in [FileKind::Docx, FileKind::Pdf, FileKind::Ofd, FileKind::Xlsx, FileKind::Html] {
        let paper = set.folder.path().join(format!("校验报告.{}", kind.ending()));
        let said = gouji(&["export", path.to_str().unwrap(), "--summary", "-o", paper.to_str().unwrap()]);
        assert!(said.code < 2, "{kind:?}: {}", said.err);
    }
    let page = text(&set.folder.path().join("校验报告.html"));
    for words in ["教育局 31 → 7", "财政局 ", "→ 3.25万元", "移交"] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn a_repair_that_no_cell_can_hold_is_named_and_the_file_left_alone() {
    let (set, county) = repaired();
    let path = written(&set, &county);
    let good = text(&path);
    let spoilt = [
        // An older format has no place for it: such a file was never written.
        ("format: 8,", "format: 7,"),
        ("\"adjusted\", \"open.nat\"", "\"adjusted\", \"open.cat\""),
        ("2026-02-03 09:01:00", "2026-02-03 09:61:00"),
        ("2026-02-03 09:01:00", "2026-2-3 9:01:00"),
        ("\"7\", \"because\"", "\"七件\", \"because\""),
        ("\"because\", \"移交\"", "\"since\", \"移交\""),
    ];
    for (is, was) in spoilt {
        let bad = good.replacen(is, was, 1);
        assert!(bad != good, "{is}");
        put(&path, bad.as_bytes());
        let said = gouji(&["check", path.to_str().unwrap()]);
        assert!(said.code == 2 && said.err.contains("调整"), "{was}: {}", said.err);
        assert_eq!(text(&path), bad);
    }
}

#[test]
fn a_reason_with_any_sign_leaves_the_list_whole() {
    let (set, before) = repaired();
    let folder = set.folder.path();
    let first = before.journal.adjustments.first().unwrap().clone();
    let reasons = ["两处\t各一", "=1+1", "\"", "“，”;\t\"\n@"];
    for (minute, why) in (10..).zip(reasons) {
        let time = date(2026, 2, 3).at(9, minute, 0, 0);
        let one = Adjustment { time, why: why.to_owned(), ..first.clone() };
        county::add_adjustment(&RealDisk, folder, &set.form, &one).unwrap();
    }
    let journal = super::opened(&set).journal;
    assert_eq!(journal.problems, [""; 0]);
    let kept: Vec<&str> = journal.adjustments.iter().map(|one| &*one.why).collect();
    assert!(kept.ends_with(&reasons) && kept.len() == 3 + reasons.len(), "{kept:?}");
}

#[test]
fn a_time_that_no_draft_can_hold_is_not_understood_in_the_list_either() {
    let set = set::county();
    put(&set.folder.path().join("名册.csv"), set::roster_without("水利局").as_bytes());
    let head = "时间,经手,单位,代号,格,原数,改为,理由";
    for time in ["-0005-02-03 09:00:00", "-2026-02-03 09:00"] {
        let list = format!("{head}\r\n{time},李文,教育局,open.nat,,31,7,重复\r\n");
        put(&set.folder.path().join("调整.csv"), list.as_bytes());
        let county = super::opened(&set);
        assert_eq!(county.journal.problems, ["调整.csv 第 2 行看不懂，没有用上"], "{time}");
    }
    for time in ["2026-02-03 09:00", "2026/2/3 9:00", "+2026-02-03 09:00:00", "0001-02-03 09:00:00"] {
        let list = format!("{head}\r\n{time},李文,教育局,open.nat,,31,7,重复\r\n");
        put(&set.folder.path().join("调整.csv"), list.as_bytes());
        let county = super::opened(&set);
        let words = store::encode(set.form.report(&county.sum().draft(&county)));
        assert!(store::decode(words.as_bytes(), &catalog()).is_ok() && words.contains("format: 8"), "{time}");
    }
}

#[test]
fn words_of_repairs_are_read_whole_and_once_or_not_at_all() {
    let (set, county) = repaired();
    let form = &set.form;
    let ground = county.sum().draft(&county).ground().clone();
    let words = gouji::form::spelling::edit_words(form, &Edit::ground(ground.clone())).unwrap();
    for num in 0..words.len() {
        let cut = gouji::form::spelling::read_edit(form, &words[..num]);
        assert!(cut != Some(Edit::ground(ground.clone())) && (cut.is_none() || (num - 1) % 9 == 0), "{num}");
    }
    let mut twice = ground.clone();
    twice.adjustments.push(Adjustment { why: "又一次".to_owned(), ..ground.adjustments[0].clone() });
    let words = gouji::form::spelling::edit_words(form, &Edit::ground(twice)).unwrap();
    assert_eq!(gouji::form::spelling::read_edit(form, &words), None);
}

#[test]
fn two_drafts_with_other_repairs_are_told_apart_in_words() {
    let (set, county) = repaired();
    let (form, one) = (&set.form, county.sum().draft(&county));
    let repair = |draft: &Draft| draft.ground().adjustments.iter().find(|one| &*one.key == "open.nat").unwrap().clone();
    let changes: [fn(&mut Adjustment); 4] =
        [|one| one.why.push('乙'), |one| one.key = "open.biz".into(), |one| one.by.push('乙'), |one| one.to = Entry::Whole(8)];
    for change in changes {
        let mut ground = one.ground().clone();
        change(ground.adjustments.iter_mut().find(|one| &*one.key == "open.nat").unwrap());
        let mut other = one.clone();
        other.apply(Edit::ground(ground));
        let found = review::diff(&one, &other).changes;
        let [found] = found.as_slice() else { panic!("{found:?}") };
        let name = |value| review::value_name(form, &found.item, value);
        assert_ne!(name(&found.old), name(&found.new));
        assert!(review::item_name(form, &found.item).contains("调整"));
    }
    let typed = Adjustment { to: Entry::read(form.cell(form.cell_by_key("open.nat").unwrap()).kind, "=12+3"), ..repair(&one) };
    assert!(typed.name().contains("31 → 15（"), "what a calculation comes to: {}", typed.name());
}

#[test]
fn a_draft_that_moves_to_another_form_says_which_sums_were_repaired() {
    let form = catalog().by_id("F2019").unwrap();
    let mut draft = form.draft("青禾县人民政府".to_owned(), 2020);
    let (from, to) = (Entry::Whole(31), Entry::Whole(7));
    let (by, unit, why) = ("李文".to_owned(), "教育局".to_owned(), "两局各计了一次".to_owned());
    let one = Adjustment { time: date(2021, 2, 3).at(9, 0, 0, 0), by, unit, key: "new.nat".into(), from, to, why };
    draft.apply(Edit::ground(gouji::model::Ground { adjustments: vec![one], ..gouji::model::Ground::default() }));
    let folder = crate::support::folder();
    let (old, new) = (crate::support::arg(&folder, "旧.gouji"), crate::support::arg(&folder, "新.gouji"));
    store::save(&RealDisk, Path::new(&old), form.report(&draft)).unwrap();
    let said = gouji(&["move", &old, "--form", "F2021", "--year", "2021", "-o", &new]);
    assert!(said.code < 2, "{}", said.err);
    let log = gouji(&["review", &new]);
    assert!(log.out.contains("教育局 31 → 7（两局各计了一次；李文 2021-02-03）"), "{}", log.out);
}

#[test]
fn a_draft_of_the_wrong_year_keeps_its_repairs_on_the_same_form() {
    let (set, county) = repaired();
    let draft = county.sum().draft(&county);
    let (repairs, agency) = (draft.ground().adjustments.clone(), draft.agency.clone());
    let mut window = stage::window();
    window.state_mut().show(set.form.clone(), draft, None);
    window.run();
    stage::run(&mut window, Command::MoveTo(agency, set::YEAR - 1));
    let moved = window.state().work().unwrap().session.draft();
    assert_eq!((moved.year, &moved.ground().adjustments), (set::YEAR - 1, &repairs));
}

#[test]
fn thousands_of_repairs_are_kept_and_printed() {
    let set = set::county();
    let folder = set.folder.path();
    put(&folder.join("名册.csv"), set::roster_without("水利局").as_bytes());
    let county = super::opened(&set);
    let mut list = "时间,经手,单位,代号,格,原数,改为,理由\r\n".to_owned();
    for place in county.expected().take(12) {
        let Some(taken) = county.summed(place) else { continue };
        for (cell, spec) in set.form.cells() {
            let entry = |value| Entry::of_value(spec.kind, value);
            let (from, to) = (taken.figures.get(cell.index()).map_or(Entry::Blank, entry).text(), entry(77).text());
            writeln!(list, "2026-02-03 09:00:00,李文,{},{},,{from},{to},核对", county.name(place), spec.key).unwrap();
        }
    }
    put(&folder.join("调整.csv"), list.as_bytes());
    let county = super::opened(&set);
    assert_eq!(county.journal.problems, [""; 0]);
    let path = written(&set, &county);
    let (_, draft) = store::load(&RealDisk, &path, &catalog()).unwrap();
    assert!(draft.ground().adjustments.len() > 2000);
    let page = folder.join("校验报告.html");
    let said = gouji(&["export", path.to_str().unwrap(), "--summary", "-o", page.to_str().unwrap()]);
    assert!(said.code < 2, "{}", said.err);
    assert_eq!(text(&page).matches("核对；李文 2026-02-03").count(), draft.ground().adjustments.len());
}
