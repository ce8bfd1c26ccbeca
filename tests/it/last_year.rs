//! Last year in the window: its report from a published file or keyed in from paper, a report moved to another form, the pictures
//! of several years, last year's chapter beside this year's; and an office's own thresholds.

use std::sync::Arc;

use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gouji::model::{LastYear, PriorSource, SectionId};
use gouji::store::{self, Home, RealDisk, decode};
use gouji::ui::{Command, LastYears, Named, Pictures, Purpose, Shown};
use tempfile::TempDir;

use crate::stage::{self, Window};
use crate::support::{Published, arg, catalog, check, folder, gouji, new_draft, published, put, set, shared};

fn report(name: &str) -> Published {
    published().into_iter().find(|report| report.name == name).unwrap()
}

fn window_in(folder: &TempDir) -> Window {
    stage::window_at(Home { disk: Arc::new(RealDisk), folder: folder.path().join("own") })
}

/// A window on this report, as a draft in the folder.
fn open(folder: &TempDir, name: &str, report: &Published, cells: &[String]) -> Window {
    let path = new_draft(folder, name, &report.agency, report.year, cells);
    let mut window = window_in(folder);
    stage::run(&mut window, Command::OpenPath(path.into()));
    window
}

#[test]
fn a_published_file_is_taken_in_the_window_after_its_account_was_seen() {
    let Some(file) = shared("reports/115.txt") else { return };
    let (folder, old) = (folder(), report("115"));
    let new = Published { year: old.year + 1, ..report("115") };
    let mut window = open(&folder, "本年.gouji", &new, &["carry_in.nat=1".to_owned()]);
    stage::run(&mut window, Command::Picked(Purpose::Prior, file.clone()));
    assert!(stage::shows(&window, "上年报告读成这样") && stage::shows(&window, "没有读出"), "the account is shown");
    assert!(window.state().work().unwrap().session.draft().prior().is_none(), "nothing is taken unseen");
    stage::picture(&mut window, "last-year-account");
    window.get_by_label("收入").click();
    stage::finish_jobs(&mut window);
    let work = window.state().work().unwrap();
    let prior = work.session.draft().prior().unwrap();
    assert_eq!((prior.source, prior.year), (PriorSource::Published, old.year));
    // What could not be read is not known: it is blank, never 0.
    let form = work.session.form();
    for (key, text) in prior.figures() {
        let wanted = old.cells.iter().find_map(|cell| cell.strip_prefix(&format!("{key}=")));
        assert!(text.is_empty() || wanted.is_some() || form.cell_by_key(key).is_none(), "{key} {text}");
    }
    // The same file begins this year's report from the start screen.
    let mut window = window_in(&folder);
    stage::run(&mut window, Command::Picked(Purpose::Last, file));
    window.get_by_label("用它新建").click();
    stage::finish_jobs(&mut window);
    let draft = window.state().work().unwrap().session.draft().clone();
    assert_eq!((draft.year, draft.prior().map(|prior| prior.source)), (old.year + 1, Some(PriorSource::Published)));
    assert!(
        draft.entries().iter().all(gouji::model::Entry::is_blank) && draft.sections().next().is_none(),
        "nothing is typed, no text copied"
    );
}

#[test]
fn last_years_figures_are_keyed_on_a_sheet_like_the_form() {
    let (folder, new) = (folder(), report("126"));
    let mut window = open(&folder, "本年.gouji", &new, &new.cells.clone());
    let before = window.state().work().unwrap().session.draft().clone();
    stage::run(&mut window, Named::KeyPrior);
    assert_eq!(window.state().work().unwrap().session.draft().year, new.year - 1);
    stage::picture(&mut window, "last-year-keyed");
    stage::go_to(&mut window, "carry_out.nat");
    stage::keys(&mut window, "9 Enter");
    // The report behind is neither left nor saved meanwhile.
    for named in [Named::Save, Named::Close, Named::Export, Named::Quit, Named::WayOn] {
        stage::run(&mut window, named);
        assert!(window.state().notice().unwrap().contains("正在录入上年的数"), "{named:?}");
    }
    stage::run(&mut window, LastYears::TakeKeyed);
    let work = window.state().work().unwrap();
    let prior = work.session.draft().prior().unwrap();
    assert_eq!((prior.source, prior.year, work.session.draft().year), (PriorSource::Typed, new.year - 1, new.year));
    let fails: Vec<String> = work.session.fails().map(|finding| work.panel.message(finding.check).to_owned()).collect();
    assert!(fails.iter().any(|words| words.contains("上年第四项＝9")), "{fails:?}");
    // Keyed once more, what is known stands there already; dropped, nothing changes.
    stage::run(&mut window, Named::KeyPrior);
    assert_eq!(stage::shown(&window, "carry_out.nat"), "9");
    let taken = {
        stage::run(&mut window, LastYears::DropKeyed);
        window.state().work().unwrap().session.draft().clone()
    };
    assert_eq!(taken.prior().map(|prior| prior.source), Some(PriorSource::Typed));
    stage::run(&mut window, Named::Undo);
    assert_eq!(*window.state().work().unwrap().session.draft(), before);
    stage::run(&mut window, LastYears::FirstYear);
    assert_eq!(*window.state().work().unwrap().session.draft().last_year(), LastYear::FirstYear);
}

#[test]
fn a_report_is_moved_to_the_newer_form_after_its_ledger_was_seen() {
    let (folder, old) = (folder(), report("121"));
    let cells: Vec<String> = old.cells.iter().filter(|cell| !cell.starts_with("a9.procure.amount")).cloned().collect();
    let mut window = open(&folder, "旧.gouji", &old, &cells);
    stage::run(&mut window, Command::MoveTo(old.agency.clone(), 2021));
    for words in ["换表样：逐格的去向", "照旧", "改称", "分开，待定", "新表没有", "新增，待填", "相符"] {
        assert!(stage::shows(&window, words), "{words}");
    }
    stage::picture(&mut window, "move-ledger");
    assert_eq!(window.state().work().unwrap().session.draft().year, 2020, "nothing is moved unseen");
    window.get_by_label("移到新表样").click();
    stage::finish_jobs(&mut window);
    let work = window.state().work().unwrap();
    assert_eq!((&*work.session.draft().form, work.session.draft().year), ("F2021", 2021));
    assert_eq!(stage::shown(&window, "new.nat"), old.cells.iter().find_map(|cell| cell.strip_prefix("new.nat=")).unwrap());
    let moved = &work.session.draft().ground().moved;
    assert!(moved.contains("由 2020 年的") && moved.contains("没有移过去的数：表二"), "{moved}: no figure is lost");
    stage::run(&mut window, Named::Log);
    assert!(stage::shows(&window, "换过表样"), "the log says so");
    stage::run(&mut window, Command::Cancel);
    window.key_press(egui::Key::Escape);
    window.run();
    let moved = window.state().work().unwrap().session.draft().clone();
    stage::run(&mut window, Named::Undo);
    let work = window.state().work().unwrap();
    assert!(*work.session.draft() == moved && !work.session.can_undo(), "no undo leads to an empty form");
    assert!(work.session.is_modified(), "it is still to be saved");
    assert!(folder.path().join("旧.gouji").exists());
}

#[test]
fn the_pictures_show_the_years_at_hand_and_go_along_where_the_clerk_wants_them() {
    let (folder, old, new) = (folder(), report("015"), report("016"));
    new_draft(&folder, "上年.gouji", &old.agency, old.year, &old.cells);
    let earlier = Published { year: 2021, ..report("015") };
    new_draft(&folder, "更早.gouji", &old.agency, earlier.year, &earlier.cells);
    new_draft(&folder, "以后.gouji", &new.agency, new.year + 1, &[]);
    let mut window = open(&folder, "本年.gouji", &new, &new.cells.clone());
    stage::run(&mut window, Named::Trend);
    let years: Vec<u16> = window.state().work().unwrap().years().iter().map(|(year, _)| year.year).collect();
    assert_eq!(years, [2021, 2023, 2024], "no later year, the gap stays one");
    for words in ["2022年没有报告", "2024年本年新收3525件", "用这句：办理结果", "图里的数"] {
        assert!(stage::shows(&window, words), "{words}");
    }
    stage::picture(&mut window, "trend");
    let charts = window.state().work().unwrap().charts();
    let sentence = charts[0].clone();
    stage::run(&mut window, Pictures::Write { words: sentence.template(), plain: sentence.sentence().replace(' ', "") });
    assert_eq!(stage::section(&window, 1), sentence.sentence().replace(' ', ""));
    // The figures of the sentence follow their cells.
    stage::type_into(&mut window, "new.sum", "3526");
    assert!(stage::section(&window, 1).contains("本年新收3526件"), "{}", stage::section(&window, 1));
    // The share at the cell, this year's and last year's.
    stage::go_to(&mut window, "open.nat");
    assert!(stage::shows(&window, "占 表三 总计 三（一）予以公开") && stage::shows(&window, "，上年 98.7%"), "open.nat");
    let out = folder.path().join("报告.docx");
    stage::run(&mut window, Command::Picked(Purpose::Export, out.clone()));
    let has_charts = |bytes: &[u8]| zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap().by_name("word/charts/chart1.xml").is_ok();
    assert!(!has_charts(&std::fs::read(&out).unwrap()), "nothing goes along unasked");
    stage::run(&mut window, Pictures::Along(true));
    stage::run(&mut window, Command::Picked(Purpose::Export, out.clone()));
    assert!(has_charts(&std::fs::read(&out).unwrap()));
    for ending in ["png", "html", "xlsx"] {
        let out = folder.path().join(format!("图.{ending}"));
        stage::run(&mut window, Command::Picked(Purpose::Pictures, out.clone()));
        assert!(out.exists(), "{ending}: {:?}", window.state().notice());
    }
}

#[test]
fn last_years_chapter_stands_beside_this_years_and_its_sentences_are_marked() {
    let (folder, old, new) = (folder(), report("015"), report("016"));
    let theirs = "全年通过门户网站公开信息一百二十条，其中规范性文件八件。组织两期培训，参加人员六十人。";
    let last = new_draft(&folder, "上年.gouji", &old.agency, old.year, &old.cells);
    set(&last, &[format!("1={theirs}")]);
    let mut window = open(&folder, "本年.gouji", &new, &[]);
    stage::run(&mut window, Named::TakePrior);
    stage::run(&mut window, Command::Chapter(1));
    let own = "全年通过门户网站公开信息一百三十条，其中规范性文件八件。本年新设线下查阅点三处，另有政策解读专栏。";
    let edit = window.state().work().unwrap().session.text_edit(SectionId(1), own).unwrap();
    stage::run(&mut window, Command::Type(edit));
    let copied = window.state().work().unwrap().panel.copied(SectionId(1)).to_vec();
    assert_eq!(copied, std::iter::once(0..own.chars().position(|c| c == '。').unwrap() + 1).collect::<Vec<_>>());
    assert!(stage::shows(&window, "有 1 句与上年相同"));
    stage::run(&mut window, Command::ShowYear(Shown::LastYear));
    assert!(stage::shows(&window, "组织两期培训"), "last year's chapter can be read");
    stage::picture(&mut window, "last-year-beside");
    let edit = window.state().work().unwrap().session.text_edit(SectionId(1), &format!("{own}又写一句。")).unwrap();
    stage::run(&mut window, Command::Type(edit));
    assert!(stage::shows(&window, "组织两期培训"), "it stays while this year's is written");
    // A proposal is not said as a figure that was typed.
    stage::run(&mut window, Command::ShowYear(Shown::ThisYear));
    stage::go_to(&mut window, "carry_in.nat");
    window.run();
    let nodes: Vec<String> = window.query_all_by_label_contains("上年结转").filter_map(|node| node.accesskit_node().value()).collect();
    assert!(nodes.iter().any(|value| value.starts_with("未填，按上年报告可填")), "{nodes:?}");
}

#[test]
fn an_offices_thresholds_decide_and_are_said_and_printed_wherever_the_report_goes() {
    let folder = folder();
    let listed = gouji(&["profile"]);
    for key in ["R37.times = 5", "R39.least = 5", "R40.times = 3", "R40.least = 20", "R41.share = 90"] {
        assert!(listed.out.contains(key), "{key}");
    }
    let own = folder.path().join("阈值.txt");
    put(&own, listed.out.replace("R40.times = 3", "R40.times = 2").as_bytes());
    let old = new_draft(&folder, "上年.gouji", "某局", 2023, &["new.sum=30".to_owned()]);
    let this = arg(&folder, "本年.gouji");
    let words = ["new", "--agency", "某局", "--year", "2024", "--profile", own.to_str().unwrap(), "-o", &this];
    assert_eq!(gouji(&words).code, 0);
    set(&this, &["new.sum=61".to_owned()]);
    assert_eq!(gouji(&["prior", &this, &old]).code, 0);
    let plain = new_draft(&folder, "照旧.gouji", "某局", 2024, &["new.sum=61".to_owned()]);
    assert_eq!(gouji(&["prior", &plain, &old]).code, 0);
    let fails =
        |path: &str| check(path)["findings"].as_array().unwrap().iter().any(|found| found["rule"] == "R40" && found["verdict"] == "fail");
    assert_eq!((fails(&this), fails(&plain)), (true, false), "61 is more than twice 30, and no more than thrice");
    // Shown and printed.
    let page = arg(&folder, "校验报告.html");
    assert!(gouji(&["export", &this, "--summary", "-o", &page]).code < 2);
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("改过的阈值") && page.contains("超过上年的2倍") && page.contains("程序原来是“本年新收申请超过上年的3倍"));
    assert!(gouji(&["review", &this]).out.contains("改过的阈值"));
    let (form, draft) = decode(&std::fs::read(&this).unwrap(), &catalog()).unwrap();
    assert_eq!(store::prove(store_text(&form, &draft).as_bytes(), &catalog()), store::Proof::NoLog);
    // Taken out again, and the draft is as if it had never been.
    assert_eq!(gouji(&["profile", &this, "--none"]).code, 0);
    assert!(!fails(&this));
    // What a file says wrongly is named.
    for (line, why) in [
        ("R40.times = 0", "1 到"),
        ("R99.times = 2", "没有这个阈值"),
        ("R40.times", "应当写成"),
        ("R40.times = 2\nR40.times = 4", "写了两次"),
    ] {
        put(&own, line.as_bytes());
        let said = gouji(&["profile", own.to_str().unwrap()]);
        assert!(said.code == 2 && said.err.contains(why), "{line}: {}", said.err);
    }
    let text = std::fs::read_to_string(&plain).unwrap();
    let unknown =
        text.replace("    prior:", "    ground: [\"threshold\", \"R40.often\", \"2\"],\n    prior:").replace("format: 4", "format: 5");
    put(&folder.path().join("照旧.gouji"), unknown.as_bytes());
    let said = gouji(&["check", &plain]);
    assert!(said.code == 2 && said.err.contains("R40.often"), "{}", said.err);
}

fn store_text(form: &gouji::form::Form, draft: &gouji::model::Draft) -> String {
    store::encode(form.report(draft))
}

#[test]
fn thresholds_are_covered_by_the_signature() {
    let session = crate::review::signed();
    let text = store::encode(session.report());
    assert!(matches!(store::prove(text.as_bytes(), &catalog()), store::Proof::Fits(_, Some(_))));
    let changed = text.replacen("    steps:", "    ground: [\"threshold\", \"R40.times\", \"2\"],\n    steps:", 1);
    assert!(changed != text && matches!(store::prove(changed.as_bytes(), &catalog()), store::Proof::Broken(_)));
}

#[test]
fn a_new_report_in_the_window_rests_on_the_offices_thresholds() {
    let folder = folder();
    let home = Home { disk: Arc::new(RealDisk), folder: folder.path().join("own") };
    std::fs::create_dir_all(&home.folder).unwrap();
    put(&home.profile(), "# 本机关\nR40.times = 2\nR25.least = 4\n".as_bytes());
    let mut window = window_in(&folder);
    stage::run(&mut window, Named::New);
    stage::run(&mut window, Command::Start("某局".to_owned(), 2024));
    let thresholds = |window: &Window| window.state().work().unwrap().session.draft().ground().thresholds.clone();
    assert_eq!(thresholds(&window).into_iter().collect::<Vec<_>>(), [("R40.times".into(), 2)], "R25 is not on this form");
    stage::run(&mut window, Named::Log);
    assert!(stage::shows(&window, "改过的阈值") && stage::shows(&window, "程序原来是"));
    put(&home.profile(), b"R40.times = many\n");
    stage::run(&mut window, Command::Cancel);
    stage::run(&mut window, Named::New);
    assert!(window.state().notice().unwrap().contains("R40.times = many"), "{:?}", window.state().notice());
}
