//! What other people's bug reports led to, step by step through the real code: `shared/faults`, a folder for each. Workbooks among
//! them are read in `elsewhere.rs` as well.

use std::path::{Path, PathBuf};
use std::process::Command as Process;

use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use gouji::form::catalog::usual_year;
use gouji::import::table_beside;
use gouji::ui::Command;

use crate::stage::{self, Window};
use crate::support::{arg, folder, gouji, new_draft, put, shared, skip};

/// The steps of a fault, with its folder.
type Steps = fn(&Path);

/// Every fault, and what shows that it is mended.
const FAULTS: [(&str, Steps); 20] = [
    ("01-paste-blank-first-column", blank_first_column),
    ("02-paste-first-row-unreadable", first_row_unreadable),
    ("03-chinese-numerals", chinese_numerals),
    ("04-copied-sheet-names", |folder| imported(&folder.join("copied-in-libreoffice.xlsx"), "new.nat", "99", "没有读的工作表")),
    ("05-import-date", dates),
    ("06-import-texts-lost", texts),
    ("07-clipboard-html-hidden", hidden),
    ("08-clipboard-html-merged-cell", merged),
    ("09-clipboard-cr-only", |folder| pasted(&read(folder, "cr.txt"), "new.nat", &[("new.nat", "5"), ("carry_in.nat", "6")], "")),
    ("10-paste-one-into-many", one_into_many),
    ("11-word-line-break", line_break),
    ("12-invisible-digits", invisible_digits),
    ("13-chmod-less-disk", chmod_less),
    ("14-window-larger-than-screen", |_| small_screen()),
    ("15-custom-properties-gone", |folder| imported(&folder.join("x_noprops.xlsx"), "", "", "2021年格式")),
    ("16-print-left-in-tmp", |_| prints()),
    ("17-december-year", |_| assert_eq!([usual_year(2025, 12), usual_year(2026, 1), usual_year(2026, 11)], [2025, 2025, 2025])),
    ("18-import-cr", carriage_returns),
    ("19-empty-line-at-the-end", |_| pasted("5\n\n", "new.nat", &[("new.nat", "5"), ("carry_in.nat", "22")], "")),
    ("hostile", hostile),
];

#[test]
fn every_fault_is_mended() {
    let Some(faults) = shared("faults") else { return };
    let mut found: Vec<String> = std::fs::read_dir(&faults)
        .unwrap()
        .map(|item| item.unwrap())
        .filter(|item| item.path().is_dir())
        .map(|item| item.file_name().into_string().unwrap())
        .collect();
    found.sort();
    assert_eq!(found, FAULTS.map(|(name, _)| name.to_owned()), "each fault has its steps here");
    for (name, steps) in FAULTS {
        println!("{name}");
        steps(&faults.join(name));
    }
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

/// A window on table 三 or 二 with figures in the first cells, the cursor on this one.
fn window(at: &str) -> Window {
    let (form, draft) = crate::support::draft(&[("new.nat", "11"), ("carry_in.nat", "22"), ("new.biz", "33"), ("new.sci", "44")], "");
    let mut window = stage::window();
    window.state_mut().show(form, draft, None);
    stage::go_to(&mut window, at);
    window
}

/// Pastes the text: cells are these, and these words are asked, or none.
fn pasted(text: &str, at: &str, cells: &[(&str, &str)], asked: &str) {
    let mut window = window(at);
    window.event(Event::Paste(text.to_owned()));
    window.run();
    let asks = window.query_by_label("粘贴前请看一下").is_some();
    assert_eq!(asks, !asked.is_empty(), "{text:?}");
    assert!(asked.is_empty() || window.query_all_by_label_contains(asked).next().is_some(), "{text:?}: {asked}");
    for (key, figure) in cells {
        assert_eq!(stage::shown(&window, key), *figure, "{text:?}: {key}");
    }
}

fn blank_first_column(folder: &Path) {
    let made = [("a1.reg.made", ""), ("a1.reg.repealed", "2"), ("a1.reg.valid", "30")];
    pasted(&read(folder, "t2-row.txt"), "a1.reg.made", &made, "");
    pasted(&read(folder, "t3-row.txt"), "new.nat", &[("new.nat", ""), ("new.biz", "6")], "");
    pasted(&read(folder, "t3-row-slash.txt"), "new.nat", &[("new.nat", "11"), ("new.biz", "33")], "“/”不是数字");
}

fn first_row_unreadable(folder: &Path) {
    let before = [("new.nat", "11"), ("new.biz", "33"), ("carry_in.nat", "22")];
    let block = read(folder, "block.txt");
    pasted(&block, "new.nat", &before, "表三 商业企业 一、本年新收政府信息公开申请数量：“/”不是数字");
    pasted(&block.replacen('/', "约5", 1).replacen('/', "约6", 1), "new.nat", &before, "“约6”不是数字");
}

/// What is typed into a cell by `gouji set`; `None` where it is refused.
fn set(key: &str, text: &str) -> Option<String> {
    let folder = folder();
    let path = new_draft(&folder, "a.gouji", "测试局", 2025, &[]);
    let said = gouji(&["set", &path, &format!("{key}={text}")]);
    if said.code != 0 {
        assert!(said.err.contains("草稿没有改动"), "{}", said.err);
        return None;
    }
    let shown: serde_json::Value = serde_json::from_str(&gouji(&["show", &path, "--format", "json"]).out).unwrap();
    Some(shown["cells"][key].to_string())
}

fn chinese_numerals(_: &Path) {
    // Right, or refused: no third.
    let right = [("一百二", 120), ("一万二", 12_000), ("十2", 12), ("二十3件", 23), ("一百5", -1), ("万件", -1), ("亿", -1)];
    for (text, figure) in right {
        assert!(set("new.nat", text).is_none_or(|set| set == figure.to_string()), "{text}");
    }
    let right = [("十万", "100000.00"), ("10万", "100000.00"), ("十万元", "100000.00"), ("一万", "10000.00"), ("一亿", "100000000.00")];
    for (text, yuan) in right.into_iter().chain([("三万五", "35000.00"), ("万", "-")]) {
        assert!(set("a8.fee.amount", text).is_none_or(|set| set == format!("\"{yuan}\"")), "{text}");
    }
    assert_eq!(set("a8.fee.amount", "10万"), set("a8.fee.amount", "十万"), "numerals as digits");
}

fn invisible_digits(_: &Path) {
    for sign in ['\u{202d}', '\u{200e}', '\u{200f}', '\u{2066}', '\u{2069}', '\u{61c}', '\u{ad}', '\u{202c}'] {
        assert_eq!(set("new.nat", &format!("{sign}12{sign}")).as_deref(), Some("12"), "{:x}", u32::from(sign));
    }
}

/// Imports the workbook: the cell, and words of the account.
fn imported(source: &Path, key: &str, figure: &str, words: &str) {
    let folder = folder();
    let to = arg(&folder, "o.gouji");
    let said = gouji(&["import", source.to_str().unwrap(), "-o", &to]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains(words), "{}: {}", source.display(), said.out);
    let shown: serde_json::Value = serde_json::from_str(&gouji(&["show", &to, "--format", "json"]).out).unwrap();
    let shown_figure = shown["cells"][key].to_string();
    assert!(key.is_empty() || shown_figure == figure, "{}: {shown_figure}", source.display());
    assert!(!shown["agency"].as_str().unwrap().is_empty());
    let texts: String = ["1", "5", "6"].iter().map(|no| shown["sections"][no].as_str().unwrap_or_default()).collect();
    assert!(!texts.contains('\r'), "{}", source.display());
}

fn dates(folder: &Path) {
    let source = folder.join("dates.xlsx");
    for (label, shown) in [("三（一）予以公开", "2025-03-05"), ("6.", "2025-10-20"), ("5.", ""), ("收费", "50%")] {
        let out = arg(&crate::support::folder(), "o.gouji");
        std::fs::create_dir_all(Path::new(&out).parent().unwrap()).unwrap();
        let said = gouji(&["import", source.to_str().unwrap(), "-o", &out]);
        let unread = said.out.lines().filter(|line| line.starts_with("没有读出") && line.contains("填的是"));
        let unread: Vec<&str> = unread.collect();
        assert!(unread.iter().any(|line| line.contains(label) && line.contains(shown)), "{label} {shown}: {unread:?}");
    }
}

fn texts(folder: &Path) {
    for name in ["x_renamed", "z_titlecolon", "x_title", "x_cover", "z_agency"] {
        imported(&folder.join(format!("{name}.xlsx")), "", "", "一、总体情况");
    }
    imported(&folder.join("z_before.xlsx"), "", "", "没有读入：工作表“文字”");
    imported(&folder.join("z_year.xlsx"), "", "", "按封面");
}

fn carriage_returns(folder: &Path) {
    imported(&folder.join("x_cr.xlsx"), "", "", "一、总体情况");
}

/// The clipboard with text and page together.
fn beside(folder: &Path, name: &str, cells: &[(&str, &str)], asked: &str) {
    let (html, plain) = (read(folder, &format!("{name}.html")), read(folder, &format!("{name}.txt")));
    pasted(&table_beside(&html, &plain).unwrap_or(plain), "new.nat", cells, asked);
}

fn hidden(folder: &Path) {
    // The row that nobody sees clears nothing below.
    let block = [("new.nat", "5"), ("carry_in.nat", "7")];
    beside(folder, "a3-excel", &block, "");
    beside(folder, "a4-word", &block, "");
    for name in ["b-del", "c-hidden"] {
        beside(folder, name, &[("new.nat", "5"), ("new.biz", "6")], "");
    }
}

fn merged(folder: &Path) {
    beside(folder, "one", &[("new.nat", "5"), ("new.biz", "33"), ("new.sci", "44"), ("carry_in.nat", "22")], "");
}

fn one_into_many(_: &Path) {
    let mut window = window("new.nat");
    stage::keys(&mut window, "Shift+Right Shift+Right");
    window.event(Event::Paste("3".to_owned()));
    window.run();
    assert_eq!(["new.nat", "new.biz", "new.sci", "carry_in.nat"].map(|key| stage::shown(&window, key)), ["3", "3", "3", "22"]);
    stage::keys(&mut window, "0 Ctrl+Enter");
    assert_eq!(["new.nat", "new.biz", "new.sci", "carry_in.nat"].map(|key| stage::shown(&window, key)), ["0", "0", "0", "22"]);
}

fn line_break(folder: &Path) {
    let mut window = window("new.nat");
    let ctx = window.ctx.clone();
    window.state_mut().run(&ctx, Command::Chapter(1));
    window.run();
    for sign in ["\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}"] {
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.event(Event::Paste(read(folder, "from-word.txt").replace('\u{b}', sign) + "政\u{1e}府\u{1f}\u{fffc}"));
        window.run();
        let text = stage::section(&window, 1);
        assert!(text.contains("。\n（一）"), "{sign:?}: {text:?}");
        assert!(text.ends_with("政-府"), "hyphens of Word, and what stands for a picture: {text:?}");
    }
    let work = window.state().work().unwrap();
    for kind in [gouji::export::FileKind::Docx, gouji::export::FileKind::Html] {
        let book = gouji::export::book(work.session.report(), None, jiff::civil::date(2026, 1, 20));
        gouji::export::file(kind, &book, &gouji::export::Fonts::default()).unwrap();
    }
}

/// A disk that refuses to set permissions, and one without locks.
fn chmod_less(folder: &Path) {
    let own = crate::support::folder();
    let library = own.path().join("pre.so");
    let made = Process::new("cc").args(["-shared", "-fPIC", "-o"]).arg(&library).arg(folder.join("pre.c")).output();
    if !made.is_ok_and(|made| made.status.success()) {
        return skip("no C compiler");
    }
    for (variable, code) in [("NOCHMOD", "95"), ("NOCHMOD", "1"), ("NOFLOCK", "95")] {
        let path = new_draft(&own, &format!("{variable}{code}.gouji"), "测试局", 2025, &["new.nat=1".to_owned()]);
        let mut set = Process::new(env!("CARGO_BIN_EXE_gouji"));
        let done = set.args(["set", &path, "new.nat=21"]).env("LD_PRELOAD", &library).env(variable, code).output().unwrap();
        assert!(done.status.success(), "{variable}={code}: {}", String::from_utf8_lossy(&done.stderr));
        let (form, draft) = gouji::store::load(&gouji::store::RealDisk, Path::new(&path), &crate::support::catalog()).unwrap();
        assert_eq!(draft.entry(form.cell_by_key("new.nat").unwrap()).value(), Some(21));
    }
}

/// 1366 pixels at 150 %: everything has its place in 910 × 512 points.
fn small_screen() {
    let mut window = window("new.nat");
    window.set_size(egui::vec2(910.0, 512.0));
    window.run();
    stage::picture(&mut window, "small-screen");
    for words in ["有改动", "尚未存为文件"] {
        let bar = window.query_all_by_label_contains(words).next().map(|node| node.rect());
        assert!(bar.is_none_or(|rect| rect.max.y <= 512.0 && rect.max.x <= 910.0), "{words}: {bar:?}");
    }
    let zoom = window.get_by_label("100%").rect();
    assert!(zoom.max.y <= 512.0 && zoom.max.x <= 910.0, "{zoom:?}");
    let ctx = window.ctx.clone();
    for _ in 0..3 {
        window.state_mut().run(&ctx, Command::Zoom { larger: false });
        window.run();
    }
    assert!(ctx.zoom_factor() < 0.9, "smaller than 100 % is offered");
}

/// What was printed goes at the next start.
fn prints() {
    let folder = folder();
    let home = crate::support::home_in(folder.path());
    let old = home.prints().join("1");
    home.disk.make_folder(&old).unwrap();
    put(&old.join("a.pdf"), b"%PDF");
    gouji::store::clear_remains(&home);
    assert!(!old.exists());
}

/// The program's answer to a file, in Chinese and within its own exit codes.
fn answer(args: &[&str]) -> (i32, String) {
    let done = Process::new(env!("CARGO_BIN_EXE_gouji")).args(args).output().unwrap();
    let said = String::from_utf8(done.stdout).unwrap() + &String::from_utf8(done.stderr).unwrap();
    let code = done.status.code().unwrap_or(-1);
    assert!((0..=2).contains(&code) && !said.contains("内部错误"), "{args:?}: {code} {said}");
    (code, said)
}

fn hostile(folder: &Path) {
    let own = crate::support::folder();
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|item| item.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    for (no, file) in files.iter().enumerate() {
        let name = file.file_name().unwrap().to_str().unwrap();
        let path = file.to_str().unwrap();
        let out = arg(&own, &format!("{no}.gouji"));
        let (code, said) = match file.extension().and_then(|ending| ending.to_str()) {
            Some("xlsx") => answer(&["import", path, "-o", &out]),
            Some("gouji") => answer(&["check", path]),
            Some("ron") => {
                let forms = own.path().join("forms");
                std::fs::create_dir_all(&forms).unwrap();
                put(&forms.join("f.ron"), &std::fs::read(file).unwrap());
                answer(&["new", "--agency", "某局", "--year", "2025", "-o", &out, "--forms", forms.to_str().unwrap()])
            }
            // The journal is recovered in `safety`, what is packed is saved there.
            _ => continue,
        };
        let foreign = ["expected", "invalid", "error", "failed", "os error", "Cell", "digit", "levels"];
        assert!(foreign.iter().all(|word| !said.replace(path, "").contains(word)), "{name}: {said}");
        match name {
            "signed-then-edited.gouji" => assert!(code == 1 && said.contains("签发无效"), "{said}"),
            "form-73.ron" => assert!(code == 2 && said.contains("宽度是 0"), "{said}"),
            "lo_copied.xlsx" => imported(file, "new.nat", "12", "没有读的工作表"),
            "v-big_5_4e9.xlsx" => assert!(said.contains("4000000000.49"), "{said}"),
            "v-year_2099.xlsx" => assert!(said.contains("按封面"), "{said}"),
            _ => {}
        }
    }
    let (code, said) =
        answer(&["show", &new_draft(&own, "a.gouji", "某局", 2025, &[]), "--forms", folder.join("gbk-form").to_str().unwrap()]);
    assert!(code == 2 && said.contains("不是 UTF-8"), "{said}");
}
