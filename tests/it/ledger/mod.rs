//! Table 三 and 四 from registers: the study's registers, registers made up from hidden codes, drafts, templates, privacy.

mod hostile;
mod kinds;
mod made_up;
pub mod page;
#[cfg(all(unix, not(target_os = "macos")))]
mod real;
pub mod styles;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

use gouji::ledger::{self, Answers, Counted, Ledger, Register, State, Task};
use gouji::read::lines::Line;
use serde_json::Value;

use crate::support::{arg, catalog, folder, gouji, new_draft, project, put, shared};
use made_up::made_up;

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[track_caller]
fn run(args: &[&str]) -> Value {
    let args: Vec<&str> = ["ledger"].iter().chain(args).chain(&["--format", "json"]).copied().collect();
    let said = gouji(&args);
    assert_eq!(said.code, 0, "{}", said.err);
    serde_json::from_str(&said.out).unwrap()
}

/// Lines of a list of records.
fn lines(list: &Value, is_meant: impl Fn(&Value) -> bool) -> BTreeSet<u64> {
    list.as_array().unwrap().iter().filter(|item| is_meant(item)).map(|item| item["line"].as_u64().unwrap()).collect()
}

/// The answers that the truth records for the lines that must be asked.
fn recorded(truth: &Value) -> String {
    let mut map = String::from("(lines: [\n");
    for row in truth["rows"].as_array().unwrap().iter().filter(|row| !row["ask"].is_null()) {
        let text = |key: &str| row[key].as_str().unwrap_or("none").to_owned();
        writeln!(
            map,
            "(line: {}, received: \"{}\", answered: \"{}\", column: \"{}\", row: \"{}\", count: {}),",
            row["line"],
            text("received"),
            text("answered"),
            text("column"),
            text("result"),
            row["count"]
        )
        .unwrap();
    }
    map + "])"
}

#[track_caller]
fn same_cells(found: &Value, wanted: &Value) {
    let wrong: Vec<String> = wanted
        .as_object()
        .unwrap()
        .iter()
        .filter(|(key, value)| found[key.as_str()] != **value)
        .map(|(key, value)| format!("{key}: {} instead of {value}", found[key.as_str()]))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn registers_of_the_study_are_counted_as_the_office_counts() {
    let Some(shared) = shared("ledger") else { return };
    for name in ["ledger-1", "ledger-2", "ledger-3"] {
        let truth = shared.join(format!("{name}.truth.json"));
        let file = std::fs::read_dir(&shared)
            .unwrap()
            .map(|item| item.unwrap().path())
            .find(|path| path.file_stem().is_some_and(|stem| stem == name));
        let Some(file) = file.filter(|_| truth.is_file()) else {
            println!("skipped: {name} is not there");
            continue;
        };
        let truth = json(&truth);
        let (file, year) = (file.to_str().unwrap().to_owned(), truth["year"].to_string());
        let found = run(&[&file, "--year", &year]);
        same_cells(&found["cells"], &truth["cells_without_asked_rows"]);

        let must: BTreeSet<u64> = lines(&truth["rows"], |row| !row["ask"].is_null());
        let asked: BTreeSet<u64> = found["questions"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|question| question["lines"].as_array().unwrap())
            .map(|line| line.as_u64().unwrap())
            .collect();
        assert_eq!(asked, must, "{name}: asked, and to be asked");
        let told = lines(&found["reports"], |_| true);
        let to_tell = lines(&truth["must_report"], |_| true);
        assert!(to_tell.is_subset(&told), "{name}: not told {:?}", to_tell.difference(&told));

        let folder = folder();
        let map = arg(&folder, "map.ron");
        put(Path::new(&map), recorded(&truth).as_bytes());
        let answered = run(&[&file, "--year", &year, "--map", &map]);
        same_cells(&answered["cells"], &truth["cells"]);
        assert_eq!(answered["questions"], serde_json::json!([]), "{name}");
    }
}

#[test]
fn cases_of_the_study_are_counted_by_decision_or_by_receipt_as_answered() {
    let Some(shared) = shared("ledger") else { return };
    let truth = json(&shared.join("cases-1.truth.json"));
    let file = shared.join("cases-1.csv").to_str().unwrap().to_owned();
    let found = run(&[&file, "--year", "2024"]);
    for (key, value) in truth["cells"].as_object().unwrap() {
        assert!(found["cells"][key].as_u64() <= value.as_u64(), "{key} is claimed certain");
    }
    let told = lines(&found["reports"], |_| true);
    assert!(lines(&truth["must_report"], |_| true).is_subset(&told), "{told:?}");
    for (basis, cells) in [("decided", "cells"), ("received", "cells_if_received_in_year")] {
        let folder = folder();
        let map = arg(&folder, "map.ron");
        put(Path::new(&map), format!("(basis: {basis}, results: {{\"不予受理\": \"other\", \"裁定驳回起诉\": \"other\"}})").as_bytes());
        let answered = run(&[&file, "--year", "2024", "--map", &map]);
        same_cells(&answered["cells"], &truth[cells]);
        assert_eq!(answered["questions"], serde_json::json!([]));
    }
}

fn count(register: &Register, year: u16, answers: &Answers) -> Counted {
    let form = catalog().for_year(year).unwrap();
    let task = Task { registers: std::slice::from_ref(register), form: &form, year, agency: None, answers };
    Ledger::shipped().unwrap().count(task).unwrap()
}

#[test]
fn nothing_is_claimed_certain_that_is_not_so_in_300_made_up_registers() {
    let (mut num_lines, mut num_certain, mut wrong) = (0, 0, Vec::new());
    for seed in 1..=300 {
        let made = made_up(seed);
        let bytes = if seed % 3 == 0 { encoding_rs::GB18030.encode(&made.text).0.into_owned() } else { made.text.clone().into_bytes() };
        let register = ledger::open("made-up.csv", &bytes).unwrap();
        let counted = count(&register, made.year, &Answers::default());
        let form = catalog().for_year(made.year).unwrap();
        for (line, cells, requests) in &made.truth {
            num_lines += 1;
            let Some(item) = counted.items.iter().find(|item| item.place.line == *line) else {
                wrong.push(format!("{seed}: line {line} is not read"));
                continue;
            };
            let found: Vec<String> = item.cells.iter().map(|cell| form.cell(*cell).key.to_string()).collect();
            let text = made.text.lines().nth(*line as usize - 1).unwrap();
            match item.state {
                State::Certain if found != *cells || item.count != *requests => {
                    wrong.push(format!("{seed}: {text} → {found:?}, not {cells:?}"));
                }
                State::Nowhere(why) if !cells.is_empty() => wrong.push(format!("{seed}: {text} → nowhere ({why}), not {cells:?}")),
                State::Certain | State::Nowhere(_) => num_certain += 1,
                State::Proposed | State::Open => {}
            }
        }
    }
    println!("300 made-up registers: {num_lines} lines, {num_certain} settled without a question ({} %)", num_certain * 100 / num_lines);
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.iter().take(40).cloned().collect::<Vec<_>>().join("\n"));
    assert!(num_certain * 2 > num_lines, "{num_certain} of {num_lines}");
}

#[test]
fn a_system_export_is_read_without_its_personal_columns() {
    let file = project().join("tests/cases/ledger/system.csv").to_str().unwrap().to_owned();
    let found = run(&[&file, "--year", "2023"]);
    let cells = serde_json::json!({ "new.nat": 4, "new.biz": 1, "new.oth": 1, "partial.nat": 1, "deny4.nat": 1, "unable1.biz": 1, "unable1.oth": 1, "total.sum": 4, "carry_out.nat": 2 });
    same_cells(&found["cells"], &cells);
    // Accepted in another year than sent: the one question by which a figure may change.
    let receipt = found["questions"].as_array().unwrap().iter().find(|question| question["kind"] == "which date is the receipt").unwrap();
    assert_eq!(receipt["lines"], serde_json::json!([4]));
    let all = found.to_string();
    assert!(!all.contains("310101") && !all.contains("13800000000"), "{all}");

    let folder = folder();
    let map = arg(&folder, "map.ron");
    put(Path::new(&map), "(columns: {received: \"受理时间\"}, outcomes: {\"已合并\": \"skip\", \"非申请(咨询)\": \"noproc1\"}, lines: [(line: 12, row: \"deny6\")])".as_bytes());
    let answered = run(&[&file, "--year", "2023", "--map", &map]);
    assert_eq!(answered["questions"], serde_json::json!([]));
    same_cells(
        &answered["cells"],
        &serde_json::json!({ "new.nat": 7, "open.nat": 1, "noproc1.nat": 1, "deny6.nat": 1, "total.sum": 7, "new.sum": 9 }),
    );
}

/// Texts of dates, and the certain cells of a request received then and answered on 1 July 2024.
#[test]
fn dates_are_read_in_all_forms_or_asked() {
    let read = [
        "2024-3-5",
        "2024/03/05",
        "2024年3月5日",
        "2024.3.5",
        "20240305",
        "45356",
        "2024-03-05 10:20",
        "２０２４－３－５",
        "二〇二四年三月五日",
        "3.5",
        "3月5日",
        "3/5",
        "2024年3月5日（星期二）",
    ];
    let asked = ["2024-02-30", "2024-3-5、2024-3-8", "24.3.5", "3/5/24", "05/03/2024", "春节前", "2024年3月", "20241305", "99999"];
    let lines: Vec<String> = read.iter().chain(&asked).map(|date| format!("{date},王某,自然人,河道,2024-7-1,公开")).collect();
    let text = format!("云溪市水务局2024年台账\n收到日期,申请人,申请人类型,申请内容,答复日期,答复类型\n{}", lines.join("\n"));
    let counted = count(&ledger::open("dates.csv", text.as_bytes()).unwrap(), 2024, &Answers::default());
    let states: Vec<bool> = counted.items.iter().map(|item| item.state == State::Certain).collect();
    let wanted: Vec<bool> = read.iter().map(|_| true).chain(asked.iter().map(|_| false)).collect();
    // The same content twice without a number is asked too, so only what is wrongly certain or unread counts here.
    let dates: Vec<_> = counted.items.iter().take(read.len()).map(|item| item.received.unwrap().to_string()).collect();
    assert!(dates.iter().all(|date| date == "2024-03-05"), "{dates:?}");
    assert!(states.iter().zip(&wanted).all(|(state, wanted)| !state || *wanted), "{states:?}");
}

#[test]
fn a_register_is_read_whatever_its_separator_and_encoding() {
    let text = std::fs::read_to_string(project().join("tests/cases/ledger/system.csv")).unwrap();
    let whole = ledger::open("a", text.as_bytes()).unwrap().sheets;
    let tabbed = text.replace(',', "\t");
    let mut utf16 = vec![0xFF, 0xFE];
    utf16.extend(tabbed.encode_utf16().flat_map(u16::to_le_bytes));
    let variants = [
        tabbed.clone().into_bytes(),
        text.replace(',', ";").into_bytes(),
        encoding_rs::GB18030.encode(&text).0.into_owned(),
        utf16,
        text.replace('\n', "\r\n").into_bytes(),
    ];
    for variant in variants {
        assert_eq!(ledger::open("a", &variant).unwrap().sheets, whole);
    }
    assert!(ledger::open("a", &[0x81, 0x20, 0xFF, 0xFF, 0x00]).is_err());
    let open = format!("{}\"{}", text, "x,y\n".repeat(60));
    assert!(ledger::open("a", open.as_bytes()).unwrap_err().to_string().contains("引号"));
}

#[test]
fn the_blank_register_needs_no_question() {
    let folder = folder();
    let path = arg(&folder, "blank.xlsx");
    let said = gouji(&["ledger", "--template", "-o", &path]);
    assert_eq!(said.code, 0, "{}", said.err);
    let blank = ledger::open("blank.xlsx", &std::fs::read(&path).unwrap()).unwrap();
    let mut filled = blank;
    let outcomes: Vec<String> = {
        let list = filled.sheets.iter().find(|sheet| sheet.name == "选项").unwrap();
        list.lines.iter().map(|line| line.cell(1).to_owned()).filter(|word| !word.is_empty()).collect()
    };
    assert_eq!(outcomes.len(), 21);
    let names = ["王某", "青石科技有限公司", "青石研究院", "青石志愿者协会", "青石律师事务所", "青石村民委员会"];
    let kinds = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"];
    let sheet = filled.sheets.first_mut().unwrap();
    for (at, outcome) in outcomes.iter().enumerate() {
        let no = u32::try_from(at).unwrap() + 2;
        let is_corrected = if outcome.contains("补正后") { "是" } else { "否" };
        let cells = [
            &format!("2025-{at:03}"),
            "2025-03-03",
            names[at % 6],
            kinds[at % 6],
            "当面",
            "河道",
            is_corrected,
            "",
            "否",
            "2025-03-10",
            outcome,
            "",
        ];
        sheet.lines.push(Line { no, cells: cells.iter().collect(), is_hidden: false });
    }
    let counted = count(&filled, 2025, &Answers::default());
    assert!(counted.questions.is_empty(), "{:?}", counted.questions);
    let form = catalog().for_year(2025).unwrap();
    let total = counted.figures[&form.cell_by_key("total.sum").unwrap()].certain;
    assert_eq!(total, 21);
    for row in ["open", "deny3", "unable3", "noproc5", "other2"] {
        assert_eq!(counted.figures[&form.cell_by_key(&format!("{row}.sum")).unwrap()].certain, 1, "{row}");
    }
}

#[test]
fn a_draft_takes_settled_figures_in_one_step_and_keeps_what_was_typed() {
    let folder = folder();
    let register = arg(&folder, "台账.csv");
    let text = "云溪市水务局2025年依申请公开台账\n登记编号,收到日期,申请人,申请人类型,申请内容,联系电话,答复日期,答复类型\nYX-1,2025-03-03,王某某,自然人,河道图纸甲,13900001111,2025-03-10,予以公开\nYX-2,2025-03-04,青石科技有限公司,商业企业,河道图纸乙,13900002222,2025-03-12,信息不存在\n";
    put(Path::new(&register), text.as_bytes());
    let draft = new_draft(&folder, "a.gouji", "云溪市水务局", 2025, &["new.nat=5".to_owned()]);
    let out = arg(&folder, "b.gouji");
    let found = run(&[&register, "--year", "2025", "--draft", &draft, "-o", &out]);
    assert_eq!(found["differences"], serde_json::json!([{ "cell": "new.nat", "typed": "5", "counted": 1 }]));
    let shown: Value = serde_json::from_str(&gouji(&["show", &out, "--format", "json"]).out).unwrap();
    same_cells(
        &shown["cells"],
        &serde_json::json!({ "new.nat": 5, "new.biz": 1, "open.nat": 1, "unable1.biz": 1, "total.sum": 2, "deny1.nat": 0, "carry_out.sum": 0 }),
    );
    assert_eq!(shown["cells"]["rev.total"], Value::Null);
    let again = run(&[&register, "--year", "2025", "--draft", &draft, "-o", &arg(&folder, "c.gouji"), "--replace"]);
    assert_eq!(again["written"]["waiting"], 0);
    let kept = std::fs::read_to_string(&out).unwrap();
    for private in ["王某某", "青石", "1390000", "河道"] {
        assert!(!kept.contains(private), "{private} is in the draft");
    }
    assert_eq!(gouji(&["ledger", &register, "--year", "2025", "-o", &out]).code, 2, "a file is never overwritten");
}

#[test]
fn ways_of_receipt_are_counted_for_the_text_or_not_at_all() {
    let folder = folder();
    let (register, out) = (arg(&folder, "台账.csv"), arg(&folder, "a.gouji"));
    let text = |last: &str| {
        let head = "云溪市水务局2025年依申请公开台账\n登记编号,收到日期,申请人,申请人类型,申请方式,申请内容,答复日期,答复类型\n";
        let line = |no: usize, way: &str| format!("YX-{no},2025-03-0{no},王某,自然人,{way},图{no},2025-04-10,予以公开\n");
        let ways = ["现场递交", "EMS邮寄", "信函", "网上申请", "省政府门户网站", "电子邮箱", last];
        let old = "YX-9,2024-12-30,王某,自然人,传真,图九,2025-01-10,予以公开\n";
        head.to_owned() + &(1..).zip(ways).map(|(no, way)| line(no, way)).collect::<String>() + old
    };
    put(Path::new(&register), text("微信").as_bytes());
    let found = run(&[&register, "--year", "2025"]);
    assert_eq!((&found["ways"], &found["questions"]), (&Value::Null, &serde_json::json!([])), "a way that is not understood");
    assert!(gouji(&["ledger", &register, "--year", "2025"]).out.contains("有 1 件没有写或者没有认出"));
    put(Path::new(&register), text("传真").as_bytes());
    let found = run(&[&register, "--year", "2025", "-o", &out]);
    let ways = serde_json::json!({ "way.hand": 1, "way.post": 2, "way.web": 2, "way.mail": 1, "way.fax": 1, "way.else": 0 });
    assert_eq!(found["ways"], ways, "what came in a year before is not counted");
    let (_, draft) = gouji::store::load(&gouji::store::RealDisk, Path::new(&out), &catalog()).unwrap();
    let origin = &draft.ground().origin;
    let lines: Vec<u32> = origin.lines_of("way.post").map(|line| line.line).collect();
    assert_eq!((origin.count("way.post"), lines), (Some(2), vec![4, 5]));
    assert!(!origin.name().contains("way") && origin.name().ends_with(&format!("，{} 格", found["cells"].as_object().unwrap().len())));
}

#[test]
fn figures_with_open_questions_are_left_blank() {
    let folder = folder();
    let register = arg(&folder, "a.csv");
    put(Path::new(&register), "云溪市水务局2025年依申请公开台账\n登记编号,收到日期,申请人,申请内容,答复日期,答复类型\nYX-1,2025-03-03,王某某,图,2025-03-10,已答复\n".as_bytes());
    let out = arg(&folder, "b.gouji");
    let found = run(&[&register, "--year", "2025", "-o", &out]);
    assert_eq!(found["written"]["filled"], 0);
    let shown: Value = serde_json::from_str(&gouji(&["show", &out, "--format", "json"]).out).unwrap();
    assert_eq!(shown["cells"]["new.nat"], Value::Null);
}

#[test]
fn answers_that_name_no_row_are_refused() {
    let folder = folder();
    let (register, map) = (arg(&folder, "a.csv"), arg(&folder, "map.ron"));
    put(Path::new(&register), "登记编号,收到日期,申请人,答复日期,答复类型\n1,2025-03-03,王某,2025-03-10,公开\n".as_bytes());
    for wrong in
        ["(outcomes: {\"公开\": \"opened\"})", "(lines: [(line: 2, column: \"sum\")])", "(words: {})", "(outcomes: {\"公开\": \"total\"})"]
    {
        put(Path::new(&map), wrong.as_bytes());
        let said = gouji(&["ledger", &register, "--year", "2025", "--map", &map]);
        assert_eq!((said.code, said.err.contains("归类文件有误")), (2, true), "{wrong}: {}", said.err);
    }
    let answers = Answers::read("(outcomes: {\"已合并\": \"noproc2\"}, basis: decided, lines: [(line: 3, count: 2)])").unwrap();
    assert_eq!(Answers::read(&answers.write().unwrap()).unwrap(), answers);
}

/// More different words than any report has.
#[test]
fn a_workbook_of_a_hundred_thousand_lines() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for no in 0..100_000_u32 {
        for (column, words) in [format!("YX-{no}"), format!("王某{no}"), format!("第{no}号文件")].into_iter().enumerate() {
            sheet.write(no, u16::try_from(column).unwrap(), words).unwrap();
        }
    }
    sheet.set_row_hidden(4).unwrap();
    let register = ledger::open("large.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    let [sheet] = register.sheets.as_slice() else { panic!("one sheet") };
    let hidden: Vec<u32> = sheet.lines.iter().filter(|line| line.is_hidden).map(|line| line.no).collect();
    assert_eq!((sheet.lines.len(), hidden), (100_000, vec![5]));
}

#[test]
fn a_hundred_thousand_lines() {
    let mut text = String::from("云溪市水务局2025年依申请公开台账\n登记编号,收到日期,申请人,申请人类型,申请内容,答复日期,答复类型\n");
    for no in 0..100_000 {
        let (month, day) = (1 + no % 11, 1 + no % 28);
        writeln!(text, "YX-{no},2025-{month:02}-{day:02},王某{no},自然人,第{no}号文件,2025-{:02}-{day:02},予以公开", month + 1).unwrap();
    }
    let start = Instant::now();
    let register = ledger::open("large.csv", text.as_bytes()).unwrap();
    let opened = start.elapsed();
    let counted = count(&register, 2025, &Answers::default());
    println!("100 000 lines: read {opened:?}, counted {:?}", start.elapsed().saturating_sub(opened));
    let form = catalog().for_year(2025).unwrap();
    assert_eq!(counted.figures[&form.cell_by_key("total.sum").unwrap()].certain, 100_000);
}
