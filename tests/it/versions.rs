//! Other versions of the draft in the window: earlier saves, what someone else has saved, copies in a second folder, and
//! messages on the start screen.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use gouji::model::{Edit, Entry};
use gouji::store::{self, Home, RealDisk, Settings};
use gouji::ui::{Command, Named};
use tempfile::TempDir;

use crate::stage::{self, Window, run, shows};
use crate::support::{catalog, folder, names, new_draft, put};

/// A draft on disk with this figure in its first cell of 表三, open in the window.
fn open(folder: &TempDir) -> (Window, PathBuf, Home) {
    let path = PathBuf::from(new_draft(folder, "年报.gouji", "测试局", 2025, &["new.nat=1".to_owned()]));
    let home = Home { disk: Arc::new(RealDisk), folder: folder.path().join("gouji") };
    let mut window = stage::window_at(home.clone());
    run(&mut window, Command::OpenPath(path.clone()));
    (window, path, home)
}

fn type_and_save(window: &mut Window, text: &str) {
    stage::type_into(window, "new.nat", text);
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    stage::finish_jobs(window);
}

/// Presses the last button with these words.
fn press(window: &mut Window, words: &str) {
    window.get_all_by_label(words).last().unwrap().click();
    window.run();
    stage::finish_jobs(window);
}

fn notice(window: &Window) -> String {
    window.state().notice().unwrap_or_default().to_owned()
}

fn figure_at(path: &Path) -> Option<i64> {
    let (form, draft) = store::load(&RealDisk, path, &catalog()).unwrap();
    draft.entry(form.cell_by_key("new.nat").unwrap()).value()
}

#[test]
fn earlier_saves_are_listed_compared_and_restored_as_a_copy() {
    let folder = folder();
    let (mut window, path, _) = open(&folder);
    type_and_save(&mut window, "2");
    type_and_save(&mut window, "3");
    run(&mut window, Named::Versions);
    assert_eq!(window.get_all_by_label("恢复为副本").count(), 3);
    assert!(shows(&window, "改了 1 格") && shows(&window, "留下的最早一稿"));
    press(&mut window, "与现在对照");
    assert!(shows(&window, "有 1 处不同") && shows(&window, "表三 自然人 一、本年新收政府信息公开申请数量"));
    press(&mut window, "知道了");
    run(&mut window, Named::Versions);
    press(&mut window, "恢复为副本");
    assert!(notice(&window).contains("已恢复为副本"), "{}", notice(&window));
    let copy = names(folder.path()).into_iter().find(|name| name.contains("的一稿）.gouji")).unwrap();
    assert_eq!((figure_at(&folder.path().join(copy)), figure_at(&path)), (Some(1), Some(3)), "the draft is as it was");
    press(&mut window, "打开");
    assert_eq!(stage::shown(&window, "new.nat"), "1");
}

#[test]
fn a_damaged_or_deleted_draft_is_found_again_among_its_earlier_saves() {
    let folder = folder();
    let (mut window, path, _) = open(&folder);
    type_and_save(&mut window, "2");
    run(&mut window, Named::Close);
    put(&path, b"(format: 1,");
    run(&mut window, Command::OpenPath(path.clone()));
    press(&mut window, "历史版本…");
    assert_eq!(window.query_all_by_label("与现在对照").count(), 0, "nothing is open");
    press(&mut window, "恢复为副本");
    // In the message, over the list of recent drafts.
    window.get_all_by_label("打开").last().unwrap().click();
    stage::finish_jobs(&mut window);
    assert_eq!(stage::shown(&window, "new.nat"), "1");
    assert_eq!(std::fs::read(&path).unwrap(), b"(format: 1,", "the damaged file is as it was");
    std::fs::remove_file(&path).unwrap();
    run(&mut window, Command::OpenPath(path));
    press(&mut window, "历史版本…");
    assert_eq!(window.get_all_by_label("恢复为副本").count(), 2);
}

#[test]
fn a_draft_without_a_file_has_no_earlier_saves_and_says_so() {
    let mut window = stage::window_on_v1();
    run(&mut window, Named::Versions);
    assert!(notice(&window).contains("请先保存"), "{}", notice(&window));
}

#[test]
fn a_change_by_someone_else_is_told_when_the_window_comes_back_and_both_versions_are_kept() {
    let folder = folder();
    let (mut window, path, _) = open(&folder);
    let come_back = |window: &mut Window| {
        for focused in [false, true] {
            window.input_mut().focused = focused;
            window.run();
        }
        stage::finish_jobs(window);
    };
    come_back(&mut window);
    assert_eq!(notice(&window), "");
    let (form, mut theirs) = store::load(&RealDisk, &path, &catalog()).unwrap();
    theirs.apply(Edit::cell(form.cell_by_key("new.biz").unwrap(), Entry::Whole(77)));
    theirs.apply(Edit::agency("别的局".to_owned()));
    store::save(&RealDisk, &path, form.report(&theirs)).unwrap();
    stage::type_into(&mut window, "new.nat", "2");
    come_back(&mut window);
    assert!(notice(&window).contains("被别人改过"), "{}", notice(&window));
    press(&mut window, "对照两份");
    assert!(shows(&window, "有 3 处不同") && shows(&window, "别的局") && shows(&window, "文件里（别人保存的）"));
    press(&mut window, "知道了");
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    stage::finish_jobs(&mut window);
    assert!(shows(&window, "没有保存，怕盖掉别人的改动"));
    press(&mut window, "对照两份");
    assert!(shows(&window, "有 3 处不同"));
    press(&mut window, "知道了");
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    stage::finish_jobs(&mut window);
    press(&mut window, "另存一份");
    let copy = names(folder.path()).into_iter().find(|name| name.starts_with("年报（副本 ")).unwrap();
    assert_eq!((figure_at(&path), figure_at(&folder.path().join(copy))), (Some(1), Some(2)));
    assert_eq!(store::load(&RealDisk, &path, &catalog()).unwrap().1, theirs, "theirs is as they saved it");
    come_back(&mut window);
    assert_eq!(notice(&window), "", "the window has its own file now");
}

#[test]
fn copies_go_to_the_folder_set_in_the_window() {
    let folder = folder();
    let (mut window, _, home) = open(&folder);
    let usb = folder.path().join("U盘");
    let type_folder = |window: &mut Window, path: &Path| {
        run(window, Named::Backup);
        window.get_by_label("文件夹的位置").type_text(path.to_str().unwrap());
        window.run();
    };
    type_folder(&mut window, &usb);
    press(&mut window, "从现在起备份");
    assert!(notice(&window).contains("没有这个文件夹"), "{}", notice(&window));
    assert_eq!(Settings::load(&home).unwrap(), Settings::default());
    std::fs::create_dir(&usb).unwrap();
    type_folder(&mut window, &usb);
    press(&mut window, "从现在起备份");
    type_and_save(&mut window, "2");
    assert_eq!(names(&usb).len(), 1);
    assert_eq!(figure_at(&usb.join(&names(&usb)[0])), Some(2));
    run(&mut window, Named::Backup);
    assert!(shows(&window, "现在备份到："));
    press(&mut window, "不再备份");
    type_and_save(&mut window, "3");
    assert_eq!((names(&usb).len(), Settings::load(&home).unwrap().second_folder), (1, None));
}

#[test]
fn the_start_screen_says_why_a_draft_does_not_open() {
    let folder = folder();
    let path = folder.path().join("坏.gouji");
    put(&path, b"(format: 1,");
    let mut window = stage::window_at(Home { disk: Arc::new(RealDisk), folder: folder.path().join("gouji") });
    run(&mut window, Command::OpenPath(path));
    assert!(shows(&window, "草稿损坏，打不开"), "{}", notice(&window));
    press(&mut window, "知道了");
    assert!(!shows(&window, "草稿损坏"));
}

#[test]
fn a_reason_whose_rule_is_gone_is_shown_when_the_draft_is_opened() {
    let folder = folder();
    let path = folder.path().join("年报.gouji");
    let (form, mut draft) = store::example(&catalog(), store::Example::Older).unwrap();
    let key = gouji::model::ReasonKey { rule: "R999".into(), at: "nat".into() };
    draft.apply(Edit::reason(key, Some(gouji::model::Reason { text: "旧表样里的说明".into(), figures: Vec::new() })));
    store::save(&RealDisk, &path, form.report(&draft)).unwrap();
    let mut window = stage::window_at(Home { disk: Arc::new(RealDisk), folder: folder.path().join("gouji") });
    run(&mut window, Command::OpenPath(path));
    assert!(notice(&window).contains("R999（nat）“旧表样里的说明”"), "{}", notice(&window));
}

/// A start screen, after a crash with this figure typed into a draft without a file for each of them.
fn after_crashes(folder: &TempDir, figures: &[&str]) -> Window {
    let home = crate::support::home_in(folder.path());
    for figure in figures {
        let (form, empty) = crate::support::draft(&[], "");
        let mut keeper = store::Keeper::new(store::Opened::without_file(&home, form, empty), jiff::Timestamp::now(), || ());
        keeper.record(&crate::support::draft(&[("new.nat", figure), ("new.biz", "1")], "").1, None, jiff::Timestamp::now());
        drop(keeper);
    }
    let mut window = stage::window_at(home);
    let ctx = window.ctx.clone();
    window.state_mut().look_up_recent(&ctx);
    stage::finish_jobs(&mut window);
    window
}

#[test]
fn what_a_crash_left_is_given_up_by_a_second_question_and_found_again() {
    let folder = folder();
    let mut window = after_crashes(&folder, &["7"]);
    assert!(shows(&window, "改了 2 格，没有保存"));
    press(&mut window, "不要了");
    assert!(shows(&window, "这些改动不要了吗？") && shows(&window, "30 天内"));
    press(&mut window, "留着");
    assert!(shows(&window, "上次没有正常关闭"));
    press(&mut window, "不要了");
    press(&mut window, "不要了");
    assert!(!shows(&window, "上次没有正常关闭"));
    press(&mut window, "不要了的改动…");
    press(&mut window, "恢复");
    assert_eq!(stage::shown(&window, "new.nat"), "7");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(stage::shown(&window, "new.nat"), "7", "what was restored is the floor of undo");
    run(&mut window, Named::Close);
    assert!(shows(&window, "有改动还没有保存"));
}

#[test]
fn what_was_given_up_stands_in_the_list_of_its_draft() {
    let folder = folder();
    let (mut window, _, _) = open(&folder);
    stage::type_into(&mut window, "new.nat", "8");
    run(&mut window, Named::Versions);
    assert!(!shows(&window, "没有保存，最后改于"));
    press(&mut window, "关闭");
    run(&mut window, Named::Close);
    press(&mut window, "不保存");
    run(&mut window, Command::OpenPath(folder.path().join("年报.gouji")));
    assert_eq!(stage::shown(&window, "new.nat"), "1");
    run(&mut window, Named::Versions);
    assert!(shows(&window, "改了 1 格，没有保存"));
    press(&mut window, "恢复");
    assert_eq!(stage::shown(&window, "new.nat"), "8");
}

#[test]
fn cards_of_many_crashes_scroll() {
    let folder = folder();
    let figures: Vec<String> = (1..=20).map(|figure| figure.to_string()).collect();
    let mut window = after_crashes(&folder, &figures.iter().map(String::as_str).collect::<Vec<_>>());
    stage::picture(&mut window, "twenty-crashes");
    let rect = window.get_by_label("还没有报告，从手里有的开始").rect();
    assert!(rect.max.y < 768.0, "{rect:?}");
    assert!(window.query_all_by_label("恢复").count() >= 3);
}
