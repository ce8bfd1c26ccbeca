//! What stands before the first chapter (说明): kept, printed, hashed, and nothing where there is none. Whole reports pasted into a
//! chapter, cut at their titles after a preview.

use egui::{Event, Key};
use gouji::export::{self, FileKind, Fonts};
use gouji::model::{Draft, Edit, SectionId, Splice};
use gouji::store::{self, RealDisk};
use gouji::ui::{Command, Named};
use gouji::{import, review};

use crate::stage;
use crate::support::{self, catalog, gouji, v1};

const WORDS: &str = "本报告依据有关通知编制。\n数据统计期限为全年，有疑问请与本机关办公室联系。";

fn with_preamble() -> (std::sync::Arc<gouji::form::Form>, Draft) {
    let (form, mut draft) = v1();
    draft.apply(Edit::Text(SectionId::PREAMBLE, Splice::between("", WORDS).unwrap()));
    (form, draft)
}

fn format_of(path: &std::path::Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().nth(1).unwrap().trim().to_owned()
}

#[test]
fn a_preamble_is_kept_in_a_format_of_its_own() {
    let folder = support::folder();
    let path = folder.path().join("报告.gouji");
    let (form, draft) = with_preamble();
    store::save(&RealDisk, &path, form.report(&draft)).unwrap();
    assert_eq!(format_of(&path), "format: 7,");
    let (_, read) = store::load(&RealDisk, &path, &catalog()).unwrap();
    assert_eq!(read, draft);
    // An older format has no place for it: such a file was never written.
    let old = std::fs::read_to_string(&path).unwrap().replace("format: 7,", "format: 6,");
    support::put(&path, old.as_bytes());
    assert!(store::load(&RealDisk, &path, &catalog()).is_err());
    let (form, draft) = v1();
    store::save(&RealDisk, &folder.path().join("没有.gouji"), form.report(&draft)).unwrap();
    assert_eq!(format_of(&folder.path().join("没有.gouji")), "format: 1,");
}

#[test]
fn a_preamble_is_hashed_and_none_leaves_the_code_as_it_was() {
    let (form, without) = v1();
    let (_, with) = with_preamble();
    let mut taken_out = with.clone();
    taken_out.apply(Edit::Text(SectionId::PREAMBLE, Splice::between(WORDS, "").unwrap()));
    let code = |draft| review::code_now(form.report(draft));
    assert_ne!(code(&with), code(&without));
    assert_eq!(code(&taken_out), code(&without));
    let changes = with.changes_since(&without);
    assert_eq!(changes.len(), 1, "{changes:?}");
}

#[test]
fn a_preamble_is_printed_before_the_first_chapter_in_every_kind() {
    let (form, draft) = with_preamble();
    let book = export::book(form.report(&draft), None, "2026-01-20".parse().unwrap());
    for kind in FileKind::ALL {
        // Each is read back and held against the book before it is handed out.
        export::file(kind, &book, &Fonts::default()).unwrap();
    }
    let page = String::from_utf8(export::file(FileKind::Html, &book, &Fonts::default()).unwrap()).unwrap();
    let place = |words: &str| page.find(words).unwrap_or_else(|| panic!("no {words}"));
    assert!(place("本报告依据有关通知编制") < place("一、总体情况"));
    let workbook = export::file(FileKind::Xlsx, &book, &Fonts::default()).unwrap();
    let read = import::read(FileKind::Xlsx, &workbook, &catalog()).unwrap();
    assert_eq!(read.draft.section(SectionId::PREAMBLE), WORDS);
}

#[test]
fn a_copy_without_the_preamble_is_another_one() {
    let (form, draft) = with_preamble();
    let book = |draft: &Draft| export::book(form.report(draft), None, "2026-01-20".parse().unwrap());
    let bytes = export::file(FileKind::Docx, &book(&v1().1), &Fonts::default()).unwrap();
    let compared = export::against_copy(FileKind::Docx, &bytes, &book(&draft)).unwrap();
    assert!(compared.differences.iter().any(|line| line.contains("本报告依据有关通知编制")), "{:?}", compared.differences);
}

#[test]
fn the_command_line_sets_and_shows_it() {
    let folder = support::folder();
    let path = support::new_draft(&folder, "报告.gouji", "某局", 2025, &[format!("0={WORDS}")]);
    let said = gouji(&["show", path.as_str(), "--format", "json"]);
    let shown: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(shown["sections"]["0"], WORDS);
    assert!(gouji(&["show", path.as_str()]).out.contains("说明\n本报告依据"));
    support::set(&path, &["0=".to_owned()]);
    let shown: serde_json::Value = serde_json::from_str(&gouji(&["show", path.as_str(), "--format", "json"]).out).unwrap();
    assert!(shown["sections"].get("0").is_none());
}

/// A whole report as somebody copies it from Word.
const REPORT: &str = "某县某局2025年政府信息公开工作年度报告\n本报告依据有关通知编制，数据为全年。\n一、总体情况\n全年公开信息12条。\n（一）主动公开\n及时更新专栏。\n\
     二、主动公开政府信息情况\n表格\n三、收到和处理政府信息公开申请情况\n表格\n五、存在的主要问题及改进情况\n公开得还不够快。\n六、其他需要报告的事项\n无。";

fn paste(window: &mut stage::Window, text: &str) {
    window.event(Event::Paste(text.to_owned()));
    stage::finish_jobs(window);
}

#[test]
fn a_whole_report_is_cut_into_its_chapters_after_a_preview() {
    let mut window = stage::window_on_v1();
    stage::run(&mut window, Command::Chapter(1));
    paste(&mut window, REPORT);
    assert!(stage::shows(&window, "分到各章") && stage::section(&window, 1).is_empty(), "nothing yet");
    window.key_press(Key::Enter);
    stage::finish_jobs(&mut window);
    assert_eq!(stage::section(&window, 1), "全年公开信息12条。\n（一）主动公开\n及时更新专栏。");
    assert_eq!(stage::section(&window, 5), "公开得还不够快。");
    assert_eq!(stage::section(&window, 6), "无。");
    assert_eq!(stage::section(&window, 0), "本报告依据有关通知编制，数据为全年。");
    stage::run(&mut window, Named::Undo);
    assert_eq!((stage::section(&window, 0), stage::section(&window, 6)), (String::new(), String::new()), "one step");
}

#[test]
fn a_title_that_repeats_the_chapters_is_dropped_with_a_word() {
    let mut window = stage::window_on_v1();
    stage::run(&mut window, Command::Chapter(5));
    paste(&mut window, "五、存在的主要问题及改进情况\r\n第一句。\r\n第二句。");
    assert_eq!(stage::section(&window, 5), "第一句。\n第二句。");
    assert!(window.state().notice().is_some_and(|words| words.contains("本章标题")));
}

#[test]
fn signs_that_nobody_sees_are_taken_out_with_a_word() {
    let mut window = stage::window_on_v1();
    stage::run(&mut window, Command::Chapter(5));
    paste(&mut window, "第一\u{200b}句。\u{2028}第二句。\u{b}第三\u{7}句。");
    assert_eq!(stage::section(&window, 5), "第一句。\n第二句。\n第三句。");
    assert!(window.state().notice().is_some_and(|words| words.contains("看不见的符号")), "{:?}", window.state().notice());
}

#[test]
fn what_is_looked_for_is_found_in_all_chapters_and_tables() {
    let mut window = stage::window_on_v1();
    for (no, text) in [(1, "全年公开信息12条。"), (5, "公开还不够及时。")] {
        let session = &mut window.state_mut().work_mut().unwrap().session;
        let edit = session.text_edit(SectionId(no), text).unwrap();
        session.apply(vec![edit]);
    }
    stage::run(&mut window, Command::Chapter(1));
    stage::run(&mut window, Named::Find);
    window.event(Event::Text("公开".to_owned()));
    window.run();
    let mut chapters = std::collections::BTreeSet::new();
    for _ in 0..40 {
        window.key_press(Key::Enter);
        window.run();
        chapters.insert(window.state().work().unwrap().chapter);
    }
    assert!([1, 3, 5].iter().all(|no| chapters.contains(no)), "{chapters:?}");
}

#[test]
fn a_few_letters_lead_to_a_cell() {
    let mut window = stage::window_on_v1();
    stage::run(&mut window, Command::Chapter(1));
    stage::run(&mut window, Named::GoTo);
    window.event(Event::Text("重复申请 总计".to_owned()));
    window.run();
    window.key_press(Key::Enter);
    stage::finish_jobs(&mut window);
    assert_eq!(stage::focus(&window), "noproc2.sum");
    window.event(Event::Text("5".to_owned()));
    window.run();
    assert!(window.state().work().unwrap().is_editing(), "the keyboard is in the cell");
}

#[test]
fn the_opening_of_a_published_report_comes_along_and_what_else_stands_up_there_does_not() {
    let (form, draft) = v1();
    let page = String::from_utf8(crate::receiving::page(&form, &draft, 2025, &[])).unwrap();
    let opening = "本报告依据有关通知编制，统计期限为2025年全年。有疑问请与某局办公室联系（电话：0000-0000000）。";
    for (before, wanted) in [
        (format!("<p>首页 &gt; 政府信息公开 &gt; 年报</p><p>发布时间：2026-01-20</p><p>{opening}</p>"), opening),
        ("<p>首页 &gt; 年报</p><p>发布时间：2026-01-20</p>".to_owned(), ""),
        ("<p>本站公告：系统维护。</p>".to_owned(), ""),
    ] {
        let page = page.replace("<p>一、总体情况</p>", &format!("{before}<p>一、总体情况</p>"));
        let accounts = import::reports(gouji::read::SourceKind::Html, page.as_bytes(), &catalog()).unwrap();
        assert_eq!(accounts[0].draft().section(SectionId::PREAMBLE), wanted, "{before}");
    }
}
