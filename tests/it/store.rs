//! The draft file and the disk.

use std::path::Path;

use gouji::model::{Draft, clean_name, without_blanks_at_line_ends};
use gouji::store::{self, RealDisk, StoreError, decode, encode};
use proptest::prelude::*;

use crate::disks::Meddled;
use crate::support::{catalog, draft, folder, gouji, home_in, names, put};

/// Every kind of sign that a file format may trip over.
const AWKWARD: &str = "　　第一段“引号”\"直引号\"\\反斜杠\r\n第二段\t\0\u{1b}[31m\u{200b}\u{202e}\u{feff}\u{2028}\u{85}𠮷👍🏽\n\n\r尾\n";

/// Loads the text and fails with its message.
#[track_caller]
fn loaded(text: &str) -> Draft {
    decode(text.as_bytes(), &catalog()).unwrap_or_else(|err| panic!("{err:?}\n{text}")).1
}

/// What is wrong with the text, said to the clerk.
#[track_caller]
fn refusal(bytes: &[u8]) -> String {
    let folder = folder();
    let path = folder.path().join("坏.gouji");
    put(&path, bytes);
    let message = store::load(&RealDisk, &path, &catalog()).expect_err("must be refused").to_string();
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "left untouched");
    assert!(message.ends_with(path.to_str().unwrap()), "path last: {message}");
    message
}

fn small() -> String {
    let (form, draft) = draft(&[("a1.reg.made", "3"), ("a8.fee.amount", "1.5"), ("new.nat", "无")], "一段\n　二段");
    encode(form.report(&draft))
}

#[test]
fn the_file_reads_well() {
    let expected = "(\n    format: 1,\n    form: \"F2021\",\n    agency: \"测试局\",\n    year: 2025,\n    cells: {\n        \"a1.reg.made\": \"3\",\n        \
        \"a8.fee.amount\": \"1.5万元\",\n        \"new.nat\": \"无\",\n    },\n    sections: {\n        \"5\": [\n            \"一段\",\n            \
        \"　二段\",\n        ],\n    },\n)\n";
    assert_eq!(small(), expected);
}

#[test]
fn awkward_text_comes_back_exactly() {
    for chapter in [AWKWARD, "\n", "\r", "\r\n", "a\n", "\na", ""] {
        let (form, mut draft) = draft(&[("new.nat", AWKWARD), ("rev.total", "一千\u{202e}")], chapter);
        draft.agency = clean_name(AWKWARD);
        let text = encode(form.report(&draft));
        assert_eq!(loaded(&text), draft);
        assert_eq!(loaded(&text.replace('\n', "\r\n")), draft, "saved by an editor on Windows");
        assert_eq!(loaded(&format!("\u{feff}{text}")), draft, "with a byte order mark");
        assert_eq!(encode(form.report(&loaded(&text))), text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn any_text_comes_back_exactly(cells in prop::collection::vec((0usize..200, any::<String>()), 0..20), chapter in any::<String>(), agency in any::<String>()) {
        let form = catalog().for_year(2025).unwrap();
        let cells: Vec<(&str, &str)> = cells.iter().map(|(cell, text)| (&*form.cells[*cell].key, text.as_str())).collect();
        let (form, mut typed) = draft(&cells, &chapter);
        let (_, mut kept) = draft(&cells, &without_blanks_at_line_ends(&chapter));
        typed.agency.clone_from(&agency);
        kept.agency = clean_name(&agency);
        prop_assert_eq!(loaded(&encode(form.report(&typed))), kept, "but for blanks at line ends, and signs in the name that nobody sees");
    }
}

#[test]
fn a_reason_whose_rule_is_gone_is_kept_and_told() {
    let folder = folder();
    let path = folder.path().join("年报.gouji");
    let reasons = "    reasons: [\n        (rule: \"R999\", at: \"nat\", text: \"因为\", figures: {\"gone.key\": \"1\"}),\n    ],\n)\n";
    let text = small().strip_suffix(")\n").unwrap().to_owned() + reasons;
    put(&path, text.as_bytes());
    let (form, draft) = store::load(&RealDisk, &path, &catalog()).unwrap();
    assert_eq!(encode(form.report(&draft)), text, "saved again with its text");
    let said = gouji(&["check", path.to_str().unwrap()]);
    assert!(said.err.contains("R999") && said.err.contains("“因为”"), "{}", said.err);
    assert!(
        gouji(&["set", path.to_str().unwrap(), "new.nat=3"]).code == 0
            && store::load(&RealDisk, &path, &catalog()).unwrap().1.reasons().count() == 1
    );
}

#[test]
fn a_paragraph_broken_by_hand_becomes_two() {
    let text = small().replace("一段", "一\r\n段");
    assert_eq!(loaded(&text).section(gouji::model::SectionId(5)), "一\n段\n　二段");
}

#[test]
fn a_file_cut_at_any_byte_loads_whole_or_is_refused_with_its_place() {
    let text = small();
    let whole = loaded(&text);
    for end in 0..text.len() {
        match decode(&text.as_bytes()[..end], &catalog()) {
            Ok((_, draft)) => assert_eq!(draft, whole, "cut at {end}"),
            Err(err) => assert!(format!("{err:?}").contains("line: "), "cut at {end}: {err:?}"),
        }
    }
    assert!(refusal(&text.as_bytes()[..text.len() / 2]).contains("第 8 行"), "{}", refusal(&text.as_bytes()[..text.len() / 2]));
}

#[test]
fn a_file_with_any_byte_replaced_loads_or_is_refused() {
    let text = small().into_bytes();
    let catalog = catalog();
    for place in 0..text.len() {
        for byte in [0, b'0', b'"', b'(', b'}', b'\\', b'\n', 0x80, 0xff] {
            let mut changed = text.clone();
            changed[place] = byte;
            if let Ok((form, draft)) = decode(&changed, &catalog) {
                assert_eq!(loaded(&encode(form.report(&draft))), draft);
            }
        }
    }
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let text = small();
    let cases = [
        (text.replace("format: 1", "format: 9"), "更新版本的勾稽保存的（文件格式 9"),
        (text.replace("format: 1", "format: 0"), "第 2 行第 5 列，没有格式 0"),
        (text.replace("format: 1,", ""), "缺少项目 format"),
        (text.replace("    year: 2025,\n", ""), "缺少项目 year"),
        (text.replace("year: 2025", "year: 2020"), "第 5 行第 5 列，2020 年报告不用 F2021 表样，应当用 F2019"),
        (text.replace("year: 2025", "year: 2018"), "第 5 行第 5 列，2018 年报告用的是"),
        (text.replace("year: 2025", "year: 99999999"), "第 5 行第 11 列，这里的整数太大"),
        (text.replace("F2021", "F1999"), "第 3 行第 5 列，没有编号为 F1999 的表样"),
        (text.replace("a1.reg.made", "a1.reg.mad"), "第 7 行第 9 列，表样 F2021 没有代号为“a1.reg.mad”的格"),
        (text.replace("a8.fee.amount", "a1.reg.made"), "第 8 行第 9 列，格“a1.reg.made”重复"),
        (text.replace("\"5\":", "\"2\":"), "第 12 行第 9 列，表样 F2021 没有编号为“2”的文字部分"),
        (text.replace("    sections", "    note: \"x\",\n    sections"), "不认得项目 note"),
        (text.replace("\"3\",", "\"3\""), "第 8 行第 9 列，这里缺少逗号"),
        (text.replace("\"3\",", "\"3，"), "第 8 行"),
        (text.replace("\"3\"", "3"), "第 7 行第 23 列，这里应当是用双引号括起来的文字"),
        (text.clone() + "x", "后面多出内容"),
        (String::new(), "第 1 行第 1 列，文件是空的"),
        ("报告\n".to_owned(), "第 1 行第 1 列，这里应当是左圆括号 (，文件可能不是草稿"),
        ("PK\u{3}\u{4}".to_owned(), "第 1 行第 1 列"),
    ];
    for (text, expected) in cases {
        let message = refusal(text.as_bytes());
        assert!(message.contains(expected), "{message}\nexpected: {expected}");
    }
    let gbk = [&text.as_bytes()[..40], &[0xb2, 0xe2]].concat();
    assert!(refusal(&gbk).contains("第 4 行第 5 列，这里不是 UTF-8 文字"), "{}", refusal(&gbk));
}

/// RON cannot keep fields it does not know: a newer file that was read and saved here would lose them.
#[test]
fn a_draft_of_a_newer_version_is_never_rewritten() {
    let folder = folder();
    let path = folder.path().join("年报.gouji");
    let newer = small().replace("format: 1", "format: 9").replace("agency:", "what_comes_next: [1], agency:");
    put(&path, newer.as_bytes());
    let arg = path.to_str().unwrap();
    let home = gouji::store::Home { disk: std::sync::Arc::new(RealDisk), folder: folder.path().join("gouji") };
    let now = jiff::Timestamp::UNIX_EPOCH;
    assert!(store::open(&home, &path, &catalog(), now).unwrap_err().to_string().contains("更新版本的勾稽保存的（文件格式 9"));
    for command in [vec!["set", arg, "new.nat=3"], vec!["check", arg], vec!["show", arg], vec!["export", arg, "-o", "x.xlsx"]] {
        let said = gouji(&command);
        assert!(said.code == 2 && said.err.contains("更新版本"), "{command:?}: {}", said.err);
    }
    assert_eq!(gouji(&["new", "--agency", "局", "--year", "2025", "-o", arg]).code, 2);
    assert_eq!((std::fs::read(&path).unwrap(), names(folder.path())), (newer.into_bytes(), vec!["年报.gouji".to_owned()]));
}

#[test]
fn hostile_files_are_refused_quickly() {
    let deep = "(".repeat(1_000_000);
    assert!(refusal(deep.as_bytes()).contains("第 1 行第 2 列"));
    let deep = small().replace("\"3\"", &"[".repeat(1_000_000));
    assert!(refusal(deep.as_bytes()).contains("第 7 行"));
    let deep = small().replace("format: 1", &format!("x: {}, format: 1", "{".repeat(1_000_000)));
    assert!(refusal(deep.as_bytes()).contains("嵌套太深"));
    assert!(refusal(&vec![b' '; 20_000_001]).contains("超过 20 MB"));
    let digits = loaded(&small().replace("\"3\"", &format!("\"{}\"", "9".repeat(1_000_000))));
    assert!(digits.entries()[0].value().is_none(), "kept as typed, not read");
}

#[test]
fn only_regular_files_are_opened() {
    let folder = folder();
    let message = |path: &Path| store::load(&RealDisk, path, &catalog()).unwrap_err().to_string();
    assert!(message(folder.path()).contains("是文件夹"));
    assert!(message(&folder.path().join("无.gouji")).contains("找不到文件"));
    let (form, draft) = draft(&[], "");
    assert!(store::save(&RealDisk, folder.path(), form.report(&draft)).unwrap_err().to_string().contains("是文件夹"));
    #[cfg(unix)]
    {
        let pipe = folder.path().join("管道.gouji");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert!(message(&pipe).contains("设备或管道"));
        assert!(store::save(&RealDisk, &pipe, form.report(&draft)).unwrap_err().to_string().contains("设备或管道"));
        assert!(message(Path::new("/dev/zero")).contains("设备或管道"));
        // Links are followed, and what they lead to is looked at.
        let link = |to: &Path, name: &str| {
            let link = folder.path().join(name);
            std::os::unix::fs::symlink(to, &link).unwrap();
            link
        };
        assert!(message(&link(Path::new("/dev/zero"), "零.gouji")).contains("设备或管道"));
        assert!(message(&link(&folder.path().join("无"), "断.gouji")).contains("找不到文件"));
        let round = link(&folder.path().join("圈.gouji"), "圈.gouji");
        assert!(message(&round).contains("读不了文件"), "{}", message(&round));
        assert!(store::save(&RealDisk, &round, form.report(&draft)).is_err() && std::fs::symlink_metadata(&round).unwrap().is_symlink());
    }
}

#[test]
fn whichever_operation_fails_the_old_or_the_new_draft_loads_whole() {
    let catalog = catalog();
    let drafts: Vec<_> = ["1", "2", "3"].iter().map(|text| draft(&[("new.nat", text)], text).1).collect();
    let form = catalog.for_year(2025).unwrap();
    for stays_dead in [false, true] {
        for fails_at in 0.. {
            let folder = folder();
            let path = folder.path().join("年报.gouji");
            store::save(&RealDisk, &path, form.report(&drafts[0])).unwrap();
            store::save(&RealDisk, &path, form.report(&drafts[1])).unwrap();
            let disk = Meddled::failing_at(fails_at, stays_dead);
            let result = store::save(&disk, &path, form.report(&drafts[2]));
            let now = store::load(&RealDisk, &path, &catalog).unwrap().1;
            let backup = store::load(&RealDisk, &store::backup_path(&path), &catalog).unwrap().1;
            match &result {
                Ok(()) | Err(StoreError::Unconfirmed { .. }) => assert!(now == drafts[2] && backup == drafts[1], "at {fails_at}"),
                Err(_) => assert!(now == drafts[1] && (backup == drafts[0] || backup == drafts[1]), "at {fails_at}"),
            }
            if !stays_dead {
                assert_eq!(names(folder.path()), ["年报.gouji", "年报.gouji.bak"], "nothing left lying about, at {fails_at}");
            }
            store::save(&RealDisk, &path, form.report(&drafts[2])).expect("the next save works");
            if result.is_ok() {
                assert!(fails_at >= 7, "every operation was made to fail");
                break;
            }
        }
    }
}

#[test]
fn the_save_before_is_kept_and_pointed_to() {
    let folder = folder();
    let path = folder.path().join("年报.gouji");
    let (form, old) = draft(&[("new.nat", "1")], "");
    let (_, new) = draft(&[("new.nat", "2")], "");
    for draft in [&old, &new, &new] {
        store::save(&RealDisk, &path, form.report(draft)).unwrap();
    }
    assert_eq!(store::load(&RealDisk, &store::backup_path(&path), &catalog()).unwrap().1, old, "saving twice keeps it");
    put(&path, b"(");
    let message = store::load(&RealDisk, &path, &catalog()).unwrap_err().to_string();
    assert!(message.contains("文件未改动") && message.contains("年报.gouji.bak"), "{message}");
}

#[cfg(unix)]
#[test]
fn permissions_and_links_survive_a_save_and_read_only_files_are_refused() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder();
    let (path, link) = (folder.path().join("年报.gouji"), folder.path().join("链接.gouji"));
    let (form, draft) = draft(&[("new.nat", "1")], "");
    put(&path, b"old");
    let mode = |mode| std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
    mode(0o600);
    std::os::unix::fs::symlink(&path, &link).unwrap();
    store::save(&RealDisk, &link, form.report(&draft)).unwrap();
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    mode(0o400);
    assert!(store::save(&RealDisk, &path, form.report(&draft)).unwrap_err().to_string().contains("只读"));
}

#[test]
fn forms_of_a_folder_are_added_by_name() {
    let folder = folder();
    let text = include_str!("../../assets/forms/f2021.ron").replacen("F2021", "F2099", 1).replacen("(2021, None)", "(2099, None)", 1);
    put(&folder.path().join("f2099.ron"), text.as_bytes());
    assert_eq!(&*store::catalog(Some(folder.path())).unwrap().for_year(2099).unwrap().id, "F2099");
    let zeros = folder.path().join("a.ron");
    put(&zeros, b"");
    std::fs::OpenOptions::new().write(true).open(&zeros).unwrap().set_len(2_000_000_000).unwrap();
    assert!(store::catalog(Some(folder.path())).unwrap_err().to_string().contains("超过"), "2 GB of zeros");
    std::fs::remove_file(&zeros).unwrap();
    put(&folder.path().join("g.ron"), b"(id: 3)");
    let message = store::catalog(Some(folder.path())).unwrap_err().to_string();
    assert!(message.contains("g.ron") && message.contains("第 1 行"), "{message}");
    assert!(store::catalog(Some(&folder.path().join("无"))).unwrap_err().to_string().contains("找不到"));
}

#[test]
fn last_years_report_is_found_among_those_of_a_whole_county() {
    let folder = folder();
    let (form, mut draft) = draft(&[("new.nat", "7")], "");
    let keep = |name: &str, draft: &Draft| put(&folder.path().join(name), encode(form.report(draft)).as_bytes());
    for office in 0..300 {
        draft.agency = format!("第{office}局");
        draft.year = 2024;
        keep(&format!("{office:03}.gouji"), &draft);
    }
    "测试局".clone_into(&mut draft.agency);
    keep("终.gouji", &draft);
    put(&folder.path().join("坏.gouji"), b"(agency: \"\xe6");
    draft.year = 2025;
    let found = store::find_prior(&home_in(folder.path()), &folder.path().join("今.gouji"), &draft, &catalog()).expect("it is there");
    assert_eq!((&*found.agency, found.year), ("测试局", 2024));
    // However the name is typed; and a renamed agency's, where it is the only one much like it.
    for (name, is_found) in [("测 试局", true), ("测试局\u{200b}", true), ("测试分局", true), ("别的单位", false)] {
        name.clone_into(&mut draft.agency);
        let found = store::find_prior(&home_in(folder.path()), &folder.path().join("今.gouji"), &draft, &catalog());
        assert_eq!(found.is_some(), is_found, "{name}");
    }
}

#[test]
fn last_years_report_is_found_among_ten_thousand() {
    let folder = folder();
    let (form, mut draft) = draft(&[("new.nat", "7")], "");
    draft.year = 2024;
    let text = encode(form.report(&draft));
    let mine = format!("agency: \"{}\"", draft.agency);
    assert!(text.contains(&mine));
    for office in 0..10_000 {
        let text = if office == 9_999 { text.clone() } else { text.replace(&mine, &format!("agency: \"第{office}局\"")) };
        put(&folder.path().join(format!("{office:05}.gouji")), text.as_bytes());
    }
    draft.year = 2025;
    let began = std::time::Instant::now();
    let found = store::find_prior(&home_in(folder.path()), &folder.path().join("今.gouji"), &draft, &catalog()).expect("it is there");
    println!("found among 10 000 drafts in {:?}", began.elapsed());
    assert_eq!(found.agency, draft.agency);
}
