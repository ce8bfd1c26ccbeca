//! What leaves the window and comes back to it: every kind at once, stopped on the way; workbooks filled elsewhere.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};

use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use gouji::export::{self, FileKind, Fonts};
use gouji::model::{Draft, Entry};
use gouji::store::{Home, RealDisk};
use gouji::ui::Named;

use crate::disks::Meddled;
use crate::paper::write_chapter;
use crate::stage::{self, Window, run, shows};
use crate::support::{self, names, put, type_in};

/// Types a path into the window's own file dialog.
fn pick(window: &mut Window, path: &Path) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(Event::Text(path.display().to_string()));
    window.run();
    window.key_press(Key::Enter);
    window.run();
}

fn notice(window: &Window) -> String {
    window.state().notice().unwrap_or_default().to_owned()
}

#[test]
fn every_kind_leaves_at_once_and_nothing_is_written_over() {
    let folder = support::folder();
    let mut window = stage::window_on_v1();
    for round in 0..2 {
        run(&mut window, Named::ExportAll);
        pick(&mut window, folder.path());
        stage::finish_jobs(&mut window);
        assert!(notice(&window).contains("✓ 已导出并逐格核对 6 个文件"), "round {round}: {}", notice(&window));
    }
    // A folder that is not there is said to be missing before anything is pressed in vain.
    run(&mut window, Named::ExportAll);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(Event::Text(folder.path().join("没有").display().to_string()));
    stage::finish_jobs(&mut window);
    assert!(shows(&window, "没有这个文件夹"));
    stage::picture(&mut window, "no-folder");
    window.key_press(Key::Escape);
    window.run();
    let stem = "某市人民政府2025年政府信息公开工作年度报告";
    let mut expected = Vec::new();
    for ending in ["docx", "html", "ofd", "pdf", "xlsx", "校验报告.pdf"] {
        expected.push(format!("{stem}.{ending}"));
        let (name, ending) = ending.split_once('.').map_or((String::new(), ending), |(name, ending)| (format!(".{name}"), ending));
        expected.push(format!("{stem}{name}（再次导出）.{ending}"));
    }
    expected.sort();
    assert_eq!(names(folder.path()), expected);
}

#[test]
fn an_export_of_every_kind_can_be_stopped() {
    let folder = support::folder();
    // The first file waits at the disk until the window was told to stop.
    let (go, wait) = mpsc::channel();
    let (wait, is_gated) = (Mutex::new(wait), Arc::new(AtomicBool::new(false)));
    let gate = Arc::clone(&is_gated);
    let disk = Meddled::before(move |_, operation| {
        if operation == "write" && gate.swap(false, Ordering::SeqCst) {
            wait.lock().unwrap().recv().unwrap();
        }
        Ok(())
    });
    let (form, draft) = support::v1();
    let mut window = stage::window_at(Home { disk: Arc::new(disk), folder: folder.path().join("home") });
    window.state_mut().show(form, draft, None);
    window.run();
    run(&mut window, Named::ExportAll);
    let out = folder.path().join("out");
    std::fs::create_dir(&out).unwrap();
    is_gated.store(true, Ordering::SeqCst);
    pick(&mut window, &out);
    while !notice(&window).contains("正在导出 1 / 6") {
        std::thread::yield_now();
        window.run();
    }
    window.get_by_label("停止").click();
    window.run();
    go.send(()).unwrap();
    stage::finish_jobs(&mut window);
    assert_eq!(notice(&window), "没有全部导出：已停止；写好的 1 个文件留在文件夹里");
    assert_eq!(names(&out), ["测试局2025年政府信息公开工作年度报告.docx"]);
}

/// A workbook of V1 with the chapters, some figures changed there, one taken out and one that cannot be read.
pub fn workbook(folder: &Path) -> std::path::PathBuf {
    let (form, mut draft) = support::v1();
    write_chapter(&mut draft, 1, "（一）主动公开\n在表格软件里写的。\n");
    type_in(&form, &mut draft, "new.nat", "13613");
    type_in(&form, &mut draft, "rev.other", "");
    type_in(&form, &mut draft, "lit0.pending", "若干");
    let path = folder.join("填好的.xlsx");
    let book = export::book(form.report(&draft), None, jiff::civil::date(2026, 1, 20));
    put(&path, &export::file(FileKind::Xlsx, &book, &Fonts::default()).unwrap());
    path
}

fn draft(window: &Window) -> &Draft {
    window.state().work().unwrap().session.draft()
}

#[test]
fn a_workbook_filled_elsewhere_goes_into_the_open_report_as_one_step() {
    let folder = support::folder();
    let path = workbook(folder.path());
    let (form, before) = support::v1();
    let mut window = stage::window();
    window.state_mut().show(form, before.clone(), None);
    window.run();
    run(&mut window, Named::Import);
    pick(&mut window, &path);
    stage::finish_jobs(&mut window);
    assert!(shows(&window, "填进当前报告会改 3 处，其中 2 处原来有内容"), "{}", notice(&window));
    assert!(shows(&window, "填的是“若干”，不是数字"));
    stage::picture(&mut window, "import");
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(stage::shown(&window, "new.nat"), "13613");
    assert_eq!(stage::shown(&window, "lit0.pending"), "若干");
    // Blank in the workbook is not a figure that was taken back.
    assert_eq!(stage::shown(&window, "rev.other"), "196");
    assert!(stage::section(&window, 1).contains("在表格软件里写的"));
    run(&mut window, Named::Undo);
    assert_eq!(draft(&window), &before);
}

#[test]
fn a_workbook_becomes_a_report_of_its_own_that_asks_to_be_saved() {
    let folder = support::folder();
    let path = workbook(folder.path());
    let mut window = stage::window();
    run(&mut window, Named::Import);
    pick(&mut window, &path);
    stage::finish_jobs(&mut window);
    window.key_press(Key::Enter);
    window.run();
    assert_eq!((&*draft(&window).agency, draft(&window).year), ("测试局", 2025));
    assert_eq!(stage::shown(&window, "new.nat"), "13613");
    let form = support::catalog().for_year(2025).unwrap();
    assert_eq!(draft(&window).entry(form.cell_by_key("rev.other").unwrap()), &Entry::Blank);
    run(&mut window, Named::Close);
    assert!(shows(&window, "有改动还没有保存"));
    window.key_press(Key::Escape);
    window.run();

    // A file that is no workbook of ours says so, and nothing changes.
    let before = draft(&window).clone();
    let bad = folder.path().join("坏的.xlsx");
    put(&bad, b"PK\x03\x04");
    run(&mut window, Named::Import);
    pick(&mut window, &bad);
    stage::finish_jobs(&mut window);
    assert!(notice(&window).starts_with("没有导入：读不出这个 Excel 文件"), "{}", notice(&window));
    assert_eq!(draft(&window), &before);

    // Nor is a file read whose name says that no report comes in it.
    let other = folder.path().join("报告.zip");
    std::fs::copy(&path, &other).unwrap();
    run(&mut window, Named::Import);
    pick(&mut window, &other);
    stage::finish_jobs(&mut window);
    assert!(notice(&window).starts_with("没有导入：只能读 .gouji 草稿和以 .html"), "{}", notice(&window));
    assert_eq!(draft(&window), &before);
}

#[test]
fn what_stands_beside_last_year_goes_into_the_workbook() {
    let folder = support::folder();
    let old = support::new_draft(&folder, "上年.gouji", "测试局", 2024, &["new.nat=13000".to_owned(), "a8.fee.amount=316440".to_owned()]);
    let (form, new) = support::v1();
    let path = folder.path().join("今年.gouji");
    gouji::store::save(&RealDisk, &path, form.report(&new)).unwrap();
    let out = support::arg(&folder, "报告.xlsx");
    let said = support::gouji(&["export", path.to_str().unwrap(), "--prior", &old, "-o", &out]);
    assert_eq!(said.code, 0, "{}", said.err);
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&out).unwrap();
    let range = calamine::Reader::worksheet_range(&mut book, "上年对照").unwrap();
    let row = |label: &str| {
        let row = range.rows().find(|row| row[0].to_string().contains(label)).unwrap();
        row[1..4].iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(row("表三 自然人 一、"), ["13000", "13612", "612"]);
    assert_eq!(row("行政事业性收费"), ["316440万元", "316441万元", "1万元"]);
    assert_eq!(row("表三 商业企业 一、"), ["", "252", ""]);
}
