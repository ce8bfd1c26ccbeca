//! Commands as scripts see them.

use serde_json::{Value, json};

use crate::support::{Published, arg, case, check, fails, folder, gouji, names, new_draft, published, set};

/// The case of domain.md §7 V1 on disk.
fn v1(folder: &tempfile::TempDir) -> String {
    new_draft(folder, "v1.gouji", "测试市人民政府", 2025, &case("v1-city-2025.txt"))
}

// Source: domain.md §7 V1.
#[test]
fn a_city_report_has_no_error() {
    let folder = folder();
    let report = check(&v1(&folder));
    assert_eq!(fails(&report, &["error"]), []);
    assert_eq!(report["counts"], json!({"error": 0, "warning": 0, "info": 5, "waiting": 0}), "{:?}", fails(&report, &["warning", "info"]));
}

// Source: domain.md §7 V5.
#[test]
fn each_slip_in_the_city_report_gives_exactly_its_findings() {
    let cases = [
        ("carry_out.nat=782", &[("R01", "nat"), ("R03", "carry_out")][..], Some(("carry_out.nat", 783, "wrong_digit"))),
        ("open.sum=5549", &[("R02", "sum"), ("R03", "open")], Some(("open.sum", 5548, "wrong_digit"))),
        ("a1.norm.valid=418", &[("R32", "a1.norm.made")], None),
    ];
    let folder = folder();
    let path = v1(&folder);
    let before = fails(&check(&path), &["error", "warning", "info"]);
    for (slip, expected, suspect) in cases {
        let path = new_draft(&folder, &format!("{slip}.gouji"), "测试市人民政府", 2025, &case("v1-city-2025.txt"));
        set(&path, &[slip.to_owned()]);
        let report = check(&path);
        let new: Vec<_> = fails(&report, &["error", "warning", "info"]).into_iter().filter(|found| !before.contains(found)).collect();
        let new: Vec<(&str, &str)> = new.iter().map(|(rule, at)| (rule.as_str(), at.as_str())).collect();
        assert_eq!(new, expected, "{slip}");
        let suspects: Vec<_> =
            report["suspects"].as_array().unwrap().iter().map(|found| (&found["cell"], &found["should_be"], &found["slip"])).collect();
        let expected: Vec<_> = suspect.iter().map(|(cell, value, slip)| (json!(cell), json!(value), json!(slip))).collect();
        assert_eq!(suspects, expected.iter().map(|(cell, value, slip)| (cell, value, slip)).collect::<Vec<_>>(), "{slip}");
    }
}

#[test]
fn published_reports_break_exactly_the_rules_on_record() {
    for Published { name, agency, year, form, cells, breaks } in published() {
        let folder = folder();
        let path = new_draft(&folder, "r.gouji", &agency, year, &cells);
        let report = check(&path);
        assert_eq!(report["form"], form, "{name}");
        assert_eq!(fails(&report, &["error"]), breaks, "{name}");
        assert_eq!(gouji(&["check", &path]).code, i32::from(!breaks.is_empty()), "{name}");
    }
}

#[test]
fn set_reads_as_the_grid_does() {
    let folder = folder();
    let path = new_draft(&folder, "a.gouji", "测试局", 2020, &[]);
    set(
        &path,
        &["new.nat=１２", "new.biz=1,024", "a9.procure.amount=875050元", "a8.fee.delta=-15", "5=一\r\n二", "agency=新名"]
            .map(str::to_owned),
    );
    let shown =
        |key: &str| -> Value { serde_json::from_str::<Value>(&gouji(&["show", &path, "--format", "json"]).out).unwrap()[key].take() };
    let cells = shown("cells");
    assert_eq!(cells.as_object().unwrap().len(), 198);
    assert_eq!((&cells["new.nat"], &cells["new.biz"], &cells["a8.fee.delta"]), (&json!(12), &json!(1024), &json!(-15)));
    assert_eq!((&cells["a9.procure.amount"], &cells["new.sum"]), (&json!("875050.00"), &Value::Null));
    assert_eq!(shown("sections"), json!({"1": "", "5": "一\n二", "6": ""}));
    assert_eq!(
        (shown("form"), shown("agency"), shown("year"), shown("status")),
        (json!("F2019"), json!("新名"), json!(2020), json!("draft"))
    );
    set(&path, &["new.nat=".to_owned(), "5=".to_owned()]);
    assert_eq!((&shown("cells")["new.nat"], &shown("sections")["5"]), (&Value::Null, &json!("")));
}

#[test]
fn set_refuses_what_a_cell_cannot_hold_and_writes_nothing() {
    let folder = folder();
    let path = new_draft(&folder, "a.gouji", "测试局", 2020, &["new.nat=1".to_owned()]);
    let before = std::fs::read(&path).unwrap();
    let huge = format!("new.biz={}", "9".repeat(100_000));
    let refused = [
        ("new.biz=-1", "new.biz：“-1”不能是负数"),
        ("new.biz=1.5", "new.biz：“1.5”应当是整数"),
        ("new.biz=若干", "new.biz：“若干”不是数字"),
        ("new.biz=无", "new.biz：“无”不是数字：没有发生请填 0"),
        ("new.biz=1,02", "new.biz：“1,02”千位分隔符的位置不对"),
        ("new.biz=12元", "new.biz：“12元”单位与本格不符"),
        ("new.biz=4294967296", "new.biz：“4294967296”数字太大"),
        (&huge, "（共 100000 字）”数字太大"),
        ("a9.procure.amount=875050", "没有写单位"),
        ("a9.procure.amount=0.001元", "精确到分即可"),
        ("nwe.biz=1", "nwe.biz：表样 F2019 没有这个代号；相近的有 new.biz"),
        ("2=x", "2：表样 F2019 没有这个代号"),
        ("new.biz", "“new.biz”没有等号"),
        ("new.nat=7", "new.nat：写了两次"),
        ("agency= ", "单位全称不能为空"),
        ("=1", "没有这个代号"),
    ];
    for (assignment, expected) in refused {
        let said = gouji(&["set", &path, "new.nat=5", assignment]);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{assignment}");
        assert!(said.err.contains(expected), "{}\nexpected: {expected}", said.err);
        assert!(said.err.chars().count() < 400, "{}", said.err);
    }
    let said = gouji(&["set", &path, "new.nat=x", "new.sci=3", "new.ngo=y"]);
    assert!(said.err.contains("new.nat：“x”") && said.err.contains("new.ngo：“y”"), "all bad ones: {}", said.err);
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn new_takes_the_form_of_the_year_and_never_overwrites() {
    let folder = folder();
    let made = |args: &[&str]| gouji(&[&["new", "-o", &arg(&folder, "a.gouji")], args].concat());
    let refused = [
        (&["--agency", "甲", "--year", "2018"][..], "2019 年以前的旧统计表"),
        (&["--agency", "甲", "--year", "9999"], "还没有到"),
        (&["--agency", "甲", "--year", "二〇二〇"], "应当是四位数的年份"),
        (&["--agency", "甲", "--year", "2020", "--form", "F2021"], "应当用 F2019"),
        (&["--agency", "甲", "--year", "2020", "--form", "F1"], "没有编号为 F1 的表样"),
        (&["--agency", " ", "--year", "2020"], "没有写单位全称"),
        (&["--agency", "甲"], "缺少 --year"),
    ];
    for (args, expected) in refused {
        let said = made(args);
        assert!(said.code == 2 && said.err.contains(expected), "{}\nexpected: {expected}", said.err);
        assert_eq!(names(folder.path()), [""; 0], "{args:?}");
    }
    assert_eq!(made(&["--agency", "甲", "--year", "2020"]).code, 0);
    let said = made(&["--agency", "乙", "--year", "2021"]);
    assert!(said.code == 2 && said.err.contains("文件已经存在"), "{}", said.err);
    assert!(gouji(&["show", &arg(&folder, "a.gouji")]).out.contains('甲'));
    let nowhere = gouji(&["new", "--agency", "甲", "--year", "2020", "-o", &arg(&folder, "无/b.gouji")]);
    assert!(nowhere.code == 2 && nowhere.err.contains("文件夹不存在"), "{}", nowhere.err);
    let other = gouji(&["new", "--agency", "甲", "--year", "2020", "-o", &arg(&folder, "b.txt")]);
    assert!(other.code == 2 && other.err.contains(".gouji"), "{}", other.err);
}

#[test]
fn an_unwritable_folder_is_named_and_nothing_is_lost() {
    // Tests may run as root, whom no permission stops: these places refuse everybody.
    let place = ["/proc/gouji.gouji", "/sys/gouji.gouji"]
        .into_iter()
        .find(|path| std::path::Path::new(path).parent().is_some_and(std::path::Path::is_dir));
    let Some(place) = place else { return println!("skipped: no unwritable folder here") };
    let said = gouji(&["new", "--agency", "甲", "--year", "2020", "-o", place]);
    assert!(said.code == 2 && said.err.contains("没有保存") && said.err.trim_end().ends_with(place), "{}", said.err);
}

#[test]
fn the_exit_code_is_that_of_the_worst_draft() {
    let folder = folder();
    let good = v1(&folder);
    let bad = new_draft(
        &folder,
        "b.gouji",
        "测试局",
        2025,
        &["rev.upheld=1", "rev.corrected=0", "rev.other=0", "rev.pending=0", "rev.total=2"].map(str::to_owned),
    );
    let broken = arg(&folder, "无.gouji");
    let code = |drafts: &[&str]| gouji(&[&["check"], drafts].concat()).code;
    assert_eq!((code(&[&good]), code(&[&bad]), code(&[&good, &bad]), code(&[&broken])), (0, 1, 1, 2));
    let said = gouji(&["check", &broken, &bad, &good, "--format", "json"]);
    assert_eq!((said.code, said.err.contains("找不到文件")), (2, true));
    let whole: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(whole["reports"].as_array().unwrap().len(), 2, "the others are checked all the same");
    let with_prior = gouji(&["check", &good, "--prior", &bad]);
    assert!(with_prior.code == 2 && with_prior.err.contains("上年报告应当是 2024 年的"), "{}", with_prior.err);
    assert_eq!(gouji(&["check", &good, "--prior", &broken]).code, 2);
}

#[test]
fn text_and_json_say_the_same() {
    let folder = folder();
    let path = v1(&folder);
    set(&path, &["carry_out.nat=782".to_owned(), "rev.total=".to_owned()]);
    let (text, report) = (gouji(&["check", &path]).out, check(&path));
    for found in report["findings"].as_array().unwrap() {
        assert!(text.contains(&format!("{} {}", found["rule"].as_str().unwrap(), found["message"].as_str().unwrap())), "{found}\n{text}");
    }
    let found = &report["findings"][0];
    assert_eq!(
        (&found["rule"], &found["at"], &found["severity"], &found["verdict"]),
        (&json!("R01"), &json!("nat"), &json!("error"), &json!("fail"))
    );
    assert_eq!(found["left"], json!({"cells": ["new.nat", "carry_in.nat"], "value": 14147}));
    assert_eq!(found["right"], json!({"cells": ["total.nat", "carry_out.nat"], "value": 14146}));
    assert_eq!(found["difference"], 1);
    let waiting = report["findings"].as_array().unwrap().iter().find(|found| found["verdict"] == "waiting").unwrap();
    assert_eq!(
        (&waiting["rule"], &waiting["left"]["value"], &waiting["right"]["value"], &waiting["difference"]),
        (&json!("R13"), &Value::Null, &json!(790), &Value::Null)
    );
    assert!(text.contains("最可能录错：表三 自然人 四、结转下年度继续办理 填的是 782，应为 783（一位数字写错）"), "{text}");
    assert!(report["off"].as_array().unwrap().contains(&json!({"rule": "R30", "needs": "prior"})));
    let counts = &report["counts"];
    assert!(
        text.contains(&format!(
            "错误 {}，待核实 {}，提示 {}，待填 {}",
            counts["error"], counts["warning"], counts["info"], counts["waiting"]
        )),
        "{text}"
    );
    assert_eq!(gouji(&["check", &path]).out, text, "the same from run to run");
}

#[test]
fn unreadable_text_in_a_draft_is_kept_and_found() {
    let folder = folder();
    let path = new_draft(&folder, "a.gouji", "测试局", 2025, &["new.nat=3".to_owned()]);
    let text = std::fs::read_to_string(&path).unwrap().replace("\"3\"", "\"三\\u{1b}件\"");
    std::fs::OpenOptions::new()
        .write(true)
        .truncate(true)
        .open(&path)
        .and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()))
        .unwrap();
    let shown: Value = serde_json::from_str(&gouji(&["show", &path, "--format", "json"]).out).unwrap();
    assert_eq!(shown["cells"]["new.nat"], json!({"invalid": "三\u{1b}件"}));
    let report = check(&path);
    assert_eq!(fails(&report, &["error"]), [("R04".to_owned(), "new.nat".to_owned())]);
    let found = report["findings"].as_array().unwrap().iter().find(|found| found["rule"] == "R04").unwrap();
    assert_eq!((&found["left"]["value"], &found["difference"]), (&json!({"invalid": "三\u{1b}件"}), &Value::Null));
    assert!(!gouji(&["show", &path]).out.contains('\u{1b}'), "no control sign reaches the terminal");
    set(&path, &["new.biz=1".to_owned()]);
    assert!(std::fs::read_to_string(&path).unwrap().contains("三\\u{1b}件"), "kept as typed");
}

#[test]
fn mistakes_in_the_command_are_said_in_chinese() {
    for (args, expected) in [
        (&["chekc", "x"][..], "没有“chekc”这个命令"),
        (&["check"], "缺少 <报告>"),
        (&["check", "x", "--format", "xml"], "可用：text、json"),
        (&["check", "x", "--nonsense"], "不认得“--nonsense”"),
        (&["new", "--year"], "--year <年度> 后面没有写内容"),
        (&["--forms", "/无", "show", "x"], "找不到"),
    ] {
        let said = gouji(args);
        assert!(said.code == 2 && said.out.is_empty() && said.err.contains(expected), "{args:?}: {}", said.err);
    }
    for args in [&["--help"][..], &["check", "--help"], &["--version"]] {
        assert_eq!(gouji(args).code, 0);
    }
    let help = gouji(&["--help"]).out + &gouji(&["check", "-h"]).out;
    assert!(!["Usage", "Options", "Commands", "Print"].iter().any(|word| help.contains(word)), "{help}");
}

#[test]
fn show_prints_every_row_of_the_form() {
    let folder = folder();
    let text = gouji(&["show", &v1(&folder)]).out;
    for line in [
        "行政事业性收费                      316441万元",
        "一、本年新收政府信息公开申请数量",
        "复议后起诉              74         1        30        51   156",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}
