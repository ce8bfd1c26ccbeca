//! The start screen: what is on the desk, by year and turn; the page of the first start; the pages before they are printed.

use egui::Key;
use egui_kittest::kittest::Queryable as _;
use gouji::model::{Person, Role};
use gouji::ui::{Command, Named};

use crate::stage::{self, Window, run, shows};
use crate::support::{self, folder};

fn press(window: &mut Window, key: Key) {
    window.key_press(key);
    stage::finish_jobs(window);
}

#[test]
fn the_first_start_offers_what_fits_whoever_sits_here() {
    let folder = folder();
    let mut window = stage::window_at(support::home_in(folder.path()));
    window.run();
    for words in ["还没有报告", "用上年报告新建…", "找一处错的示例", "十个按键练习", "使用手册"] {
        assert!(shows(&window, words), "{words}");
    }
    window.get_by_label("我来收齐、汇总").click();
    window.run();
    assert!(shows(&window, "县区汇总…") && !shows(&window, "用上年报告新建…"));
    window.get_by_label("我来审核、签发").click();
    window.run();
    assert!(shows(&window, "打开草稿…") && shows(&window, "姓名和身份…"));
    run(&mut window, Named::OpenFaulty);
    assert!(window.state().work().is_some());
}

#[test]
fn recent_reports_stand_by_year_with_whose_turn_it_is_and_leave_the_list_alone() {
    let folder = folder();
    let mut window = stage::window_at(support::home_in(folder.path()));
    let form = support::catalog().for_year(2025).unwrap();
    let mut paths = Vec::new();
    for (name, year) in [("甲局", 2024), ("乙局", 2025)] {
        let path = folder.path().join(format!("{name}.gouji"));
        gouji::store::save(&gouji::store::RealDisk, &path, form.report(&form.draft(name.to_owned(), year))).unwrap();
        run(&mut window, Command::OpenPath(path.clone()));
        paths.push(path);
    }
    run(&mut window, Named::Close);
    let below = |one: &str, other: &str| {
        let top = |words: &str| window.get_by_label_contains(words).rect().top();
        top(one) < top(other)
    };
    assert!(below("打开 乙局 2025年", "打开 甲局 2024年"), "the latest year first");
    // The draft worked on last has the keyboard: Enter goes on with it.
    press(&mut window, Key::Enter);
    assert_eq!(window.state().work().unwrap().session.draft().agency, "乙局");
    run(&mut window, Named::Close);
    press(&mut window, Key::Delete);
    assert!(!shows(&window, "打开 乙局") && shows(&window, "打开 甲局"));
    assert!(paths[1].exists(), "the file stays");
    // Whoever reads sees that it is not their turn.
    run(&mut window, Command::SetPerson(Person { name: "王五".into(), role: Role::Reviewer }, None));
    stage::picture(&mut window, "start-reviewer");
}

#[test]
fn pages_are_seen_before_they_are_printed() {
    let mut window = stage::window_on_v1();
    run(&mut window, Named::Preview);
    assert!(shows(&window, "打印预览") && shows(&window, "第 1"));
    stage::picture(&mut window, "preview");
    window.get_by_label("页宽").click();
    window.run();
    press(&mut window, Key::End);
    assert!(shows(&window, "第 3 页，共 3 页"), "the last page");
    press(&mut window, Key::PageUp);
    assert!(shows(&window, "第 2 页，共 3 页"));
    stage::picture(&mut window, "preview-wide");
    window.get_by_label("签字用的清样").click();
    stage::finish_jobs(&mut window);
    stage::picture(&mut window, "preview-pen");
    assert!(shows(&window, "导出签字用的清样…"), "what goes out is what is seen");
    press(&mut window, Key::Escape);
    assert!(!shows(&window, "打印预览"));
}
