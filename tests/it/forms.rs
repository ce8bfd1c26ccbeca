//! The shipped forms: printed words, spans and keys as the notices have them, sums complete; and form files that are
//! broken, each refused with file, line and key.

use std::collections::{BTreeMap, BTreeSet};

use gouji::form::{Catalog, Form, Relation, Table, Test};
use gouji::model::{CellId, Kind};
use serde_json::Value;

use crate::support::{catalog, project};

const F2021: &str = include_str!("../../assets/forms/f2021.ron");
const F2019: &str = include_str!("../../assets/forms/f2019.ron");

/// domain.md of the shared references, if it is at hand.
fn domain() -> Option<String> {
    let path = project().join("../shared/reference/domain.md");
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        println!("skipped: {} is not at hand", path.display());
    }
    text
}

/// The listings of domain.md §1.4 and §1.5.
fn listings(domain: &str) -> Vec<Value> {
    let blocks = domain.split("```json\n").skip(1).filter_map(|rest| rest.split("\n```").next());
    let blocks = blocks.map(|block| serde_json::from_str::<Value>(block).unwrap());
    let mut listings: Vec<Value> = blocks.filter(|block| block["sections"].is_array()).collect();
    assert_eq!(listings.len(), 2);
    // "identical to F2019.T4"
    listings[1]["T4"] = listings[0]["T4"].clone();
    listings
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

/// Row, column, rows spanned, columns spanned, words or key.
type Place = (usize, usize, usize, usize, String);

fn listed(value: &Value) -> Place {
    let at = |name: &str| number(&value[name]);
    (at("r"), at("c"), at("rs"), at("cs"), text(&value["t"]))
}

/// Key → kind and unit as listed.
type Kinds = BTreeMap<String, (String, String)>;

/// Heads, cells and the kinds of cells of 表二 as listed.
fn listed_table_two(table: &Value) -> (BTreeSet<Place>, BTreeSet<Place>, Kinds) {
    let (mut heads, mut cells, mut kinds) = (BTreeSet::new(), BTreeSet::new(), BTreeMap::new());
    let mut row = 0;
    for block in table["blocks"].as_array().unwrap() {
        heads.insert((row, 0, 1, number(&table["grid_cols"]), text(&block["title"])));
        row += 1;
        let mut col = 0;
        for head in block["head"].as_array().unwrap() {
            heads.insert((row, col, 1, number(&head[1]), text(&head[0])));
            col += number(&head[1]);
        }
        row += 1;
        for line in block["rows"].as_array().unwrap() {
            heads.insert((row, 0, 1, 1, text(&line["label"])));
            let mut col = 1;
            for cell in line["cells"].as_array().unwrap() {
                let cols = cell["cs"].as_u64().map_or(1, |cols| usize::try_from(cols).unwrap());
                cells.insert((row, col, 1, cols, text(&cell["key"])));
                kinds.insert(text(&cell["key"]), (text(&cell["type"]), text(&cell["unit"])));
                col += cols;
            }
            row += 1;
        }
    }
    (heads, cells, kinds)
}

/// Heads and cells of 表三 as listed.
fn listed_table_three(table: &Value) -> (BTreeSet<Place>, BTreeSet<Place>) {
    let rows = table["rows"].as_array().unwrap();
    let stubs = rows.iter().flat_map(|row| row["head"].as_array().unwrap());
    let heads = table["header"].as_array().unwrap().iter().chain(stubs).map(listed).collect();
    let columns = table["columns"].as_array().unwrap();
    let cell = |row: &Value, column: &Value| {
        (number(&row["r"]), number(&column["c"]), 1, 1, format!("{}.{}", text(&row["key"]), text(&column["key"])))
    };
    (heads, rows.iter().flat_map(|row| columns.iter().map(move |column| cell(row, column))).collect())
}

/// Heads and cells of 表四 as listed.
fn listed_table_four(table: &Value) -> (BTreeSet<Place>, BTreeSet<Place>) {
    let heads = table["header"].as_array().unwrap().iter().map(listed).collect();
    let cell = |column: &Value| (number(&table["data_row"]), number(&column["c"]), 1, 1, text(&column["key"]));
    (heads, table["columns"].as_array().unwrap().iter().map(cell).collect())
}

fn heads(table: &Table) -> BTreeSet<Place> {
    table.heads.iter().map(|head| (head.at.0, head.at.1, head.span.0, head.span.1, head.text.to_string())).collect()
}

fn cells(form: &Form, place: usize) -> BTreeSet<Place> {
    let cells = form.cells.iter().filter(|cell| cell.table == place);
    cells.map(|cell| (cell.at.0, cell.at.1, 1, cell.cols, cell.key.to_string())).collect()
}

#[test]
fn the_forms_have_198_and_200_cells() {
    for (id, expected) in [("F2019", [22, 161, 15]), ("F2021", [10, 175, 15])] {
        let form = catalog().by_id(id).unwrap();
        let counts = [0, 1, 2].map(|place| cells(&form, place).len());
        assert_eq!(counts, expected, "{id}");
        assert_eq!(form.tables.len(), 3);
    }
}

#[test]
fn every_printed_word_span_and_key_is_as_listed() {
    // Source: domain.md §1.4, §1.5.
    let Some(domain) = domain() else { return };
    for listing in listings(&domain) {
        let form = catalog().by_id(listing["form"].as_str().unwrap()).unwrap();
        let titles: Vec<&str> = form.chapters.iter().map(|chapter| &*chapter.title).collect();
        assert_eq!(listing["sections"], serde_json::json!(titles));
        assert_eq!(listing["report_years"], serde_json::json!([form.years.0, form.years.1]));

        let (two_heads, two_cells, kinds) = listed_table_two(&listing["T2"]);
        let (three, four) = (listed_table_three(&listing["T3"]), listed_table_four(&listing["T4"]));
        for (place, (listed_heads, listed_cells)) in [(two_heads, two_cells), three, four].into_iter().enumerate() {
            assert_eq!(heads(&form.tables[place]), listed_heads, "{} {}", form.id, form.tables[place].id);
            assert_eq!(cells(&form, place), listed_cells, "{} {}", form.id, form.tables[place].id);
        }
        for (key, (kind, unit)) in kinds {
            let cell = form.cell(form.cell_by_key(&key).unwrap());
            let name = match cell.kind {
                Kind::Count => "u32",
                Kind::Change => "i32",
                Kind::Money(_) => "money",
            };
            assert_eq!(name, kind, "{key}");
            assert!(unit.starts_with(&*cell.unit) || unit.starts_with("not printed"), "{key}: {unit}");
        }
        for place in [1, 2] {
            let table = &form.tables[place];
            let grid = &listing[["T2", "T3", "T4"][place]]["grid"];
            let listed = (number(&grid["rows"]), number(&grid["cols"]), number(&grid["header_rows"]));
            assert_eq!((table.num_rows, table.num_cols(), table.head_rows), listed, "{}", table.id);
            assert!(form.cells.iter().filter(|cell| cell.table == place).all(|cell| cell.kind == Kind::Count));
        }
    }
}

#[test]
fn every_rule_of_one_report_is_there_with_its_severity() {
    // Source: domain.md §2.1 to §2.5.
    let Some(domain) = domain() else { return };
    let mut expected: BTreeMap<(&str, String), char> = BTreeMap::new();
    let mut chapter = "";
    for line in domain.lines() {
        if let Some(title) = line.strip_prefix("### 2.") {
            chapter = title;
        }
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let Some(id) = fields.get(1).filter(|id| id.len() == 3 && id.starts_with('R')) else { continue };
        let (forms, severity): (&[&str], &str) = match chapter.chars().next() {
            Some('1') if fields[2] == "F2021" => (&["F2021"], fields[5]),
            Some('1') => (&["F2019", "F2021"], fields[5]),
            Some('3') => (&["F2019"], fields[4]),
            Some('4') => (&["F2021"], fields[4]),
            Some('2' | '5') if chapter.chars().nth(1) == Some(' ') => (&["F2019", "F2021"], fields[4]),
            _ => continue,
        };
        expected.extend(forms.iter().map(|form| ((*form, (*id).to_owned()), severity.chars().next().unwrap())));
    }
    assert!(expected.len() > 50, "{}", expected.len());
    let mut found = BTreeMap::new();
    for form in catalog().forms() {
        // Ids that begin with S are the program's own; domain.md has R01 to R70.
        for rule in form.rules.iter().filter(|rule| rule.id.starts_with('R')) {
            let severity = format!("{:?}", rule.severity).chars().next().unwrap();
            let id = if &*form.id == "F2019" { "F2019" } else { "F2021" };
            // R05 has no severity in domain.md: it is what R01 says while it waits.
            found.insert((id, rule.id.to_string()), if &*rule.id == "R05" { '—' } else { severity });
        }
        assert!(form.rules.is_sorted_by_key(|rule| &rule.id), "{}: findings are listed in the order of ids", form.id);
    }
    assert_eq!(found, expected);
}

/// The sums that must hold with this cell in them.
fn sums_of(form: &Form, cell: CellId) -> Vec<usize> {
    let is_sum = |test: &Test| matches!(test, Test::Must(comparison) if comparison.relation == Relation::Equal);
    let sums = form.checks_of(cell).iter().filter(|check| is_sum(&form.check(**check).test));
    sums.map(|check| check.index()).collect()
}

#[test]
fn every_total_is_summed_by_a_rule() {
    for form in catalog().forms() {
        let totals = form.cells.iter().filter(|cell| cell.path.split(" › ").any(|word| matches!(word, "总计" | "（七）总计")));
        let totals: Vec<_> = totals.collect();
        // A column and a row that cross, and one a group.
        assert_eq!(totals.len(), form.tables[1].lines.len() + 6 + 3, "{}", form.id);
        for cell in totals {
            assert!(cell.total.is_some(), "{}: nothing sums {}", form.id, cell.key);
        }
    }
}

#[test]
fn no_two_cells_of_table_three_stand_in_the_same_sums() {
    for form in catalog().forms() {
        let mut seen = BTreeMap::new();
        for (id, cell) in form.cells().filter(|(_, cell)| cell.table == 1) {
            let sums = sums_of(form, id);
            assert!((2..=3).contains(&sums.len()), "{}", cell.key);
            if let Some(twin) = seen.insert(sums, &cell.key) {
                panic!("{}: {twin} and {} stand in the same sums", form.id, cell.key);
            }
        }
    }
}

#[test]
fn the_report_year_decides_the_form_and_2018_is_refused_saying_why() {
    let catalog = catalog();
    for (year, id) in [(2019, "F2019"), (2020, "F2019"), (2021, "F2021"), (2025, "F2021"), (9999, "F2021")] {
        assert_eq!(&*catalog.for_year(year).unwrap().id, id, "{year}");
    }
    for year in [0, 2008, 2018] {
        let why = catalog.for_year(year).unwrap_err().to_string();
        assert!(why.contains("2019 年以前的旧统计表") && why.contains(&year.to_string()), "{why}");
    }
    let why = catalog.by_id_and_year("F2021", 2020).unwrap_err().to_string();
    assert!(why.contains("应当用 F2019"), "{why}");
    let why = catalog.by_id_and_year("F2021", 2018).unwrap_err().to_string();
    assert!(why.contains("旧统计表"), "{why}");
    let why = catalog.by_id("F2008").unwrap_err().to_string();
    assert!(why.contains("F2019、F2021"), "{why}");
}

#[test]
fn a_form_with_the_same_id_takes_the_place_of_the_shipped_one() {
    let mut catalog = catalog();
    catalog.add("new.ron", &F2021.replacen("2021年格式", "新格式", 1)).unwrap();
    assert_eq!(catalog.forms().len(), 2);
    assert_eq!(&*catalog.for_year(2025).unwrap().name, "新格式");
    catalog.add("f2027.ron", &F2021.replacen("\"F2021\"", "\"F2027\"", 1).replacen("(2021, None)", "(2027, None)", 1)).unwrap();
    assert_eq!((&*catalog.for_year(2026).unwrap().id, &*catalog.for_year(2027).unwrap().id), ("F2021", "F2027"), "the newest of several");
}

/// A shipped form with `from` replaced by `to`, and the refusal: the problem, the key, and words on the line it names
/// (of several such lines the last).
struct Broken {
    from: &'static str,
    to: &'static str,
    problem: &'static str,
    key: &'static str,
    on_line: &'static str,
}

const fn broken(from: &'static str, to: &'static str, problem: &'static str, key: &'static str, on_line: &'static str) -> Broken {
    Broken { from, to, problem, key, on_line }
}

const BROKEN: &[Broken] = &[
    // Formulas.
    broken("> 40% new.sum", "> 40% new.summ", "看不懂“new.summ”", "R06", "id: \"R06\""),
    broken("> 40% new.sum", "40% new.sum", "公式里看不懂", "R06", "id: \"R06\""),
    broken("> 40% new.sum", "> 40% 5 new.sum", "看不懂“5”", "R06", "id: \"R06\""),
    broken("> 40% new.sum", "> 40% +", "看不懂“40% +”", "R06", "id: \"R06\""),
    broken("> 40% new.sum", "> 9999999999999 new.sum", "看不懂“9999999999999”", "R06", "id: \"R06\""),
    broken("> 40% new.sum", "> new.sum carry_in.sum", "看不懂“carry_in.sum”", "R06", "id: \"R06\""),
    broken("Must(\"*.total = *.upheld", "Must(\"*.total = 1 and *.total = *.upheld", "只能是一个", "R13", "id: \"R13\""),
    broken("Items([\"a1.reg\", \"a1.norm\"])", "Items([\"a1.reg\", \"a1.norms\"])", "看不懂“a1.norms.made”", "R32", "id: \"R32\""),
    broken("each: Lines(\"T3\")", "each: Lines(\"T9\")", "没有表 T9", "R03", "id: \"R03\""),
    broken("Readable([\"T2\"])", "Readable([\"T9\"])", "没有表 T9", "R29", "id: \"R29\""),
    broken("Readable([\"T2\"])", "Readable([\"new.sum\"])", "没有表 new.sum", "R29", "id: \"R29\""),
    // Rules.
    broken("source: \"表三表头印明\",", "source: \" \",", "规则没有写 source", "R01", "id: \"R01\""),
    broken("source: \"表三表头印明\",", "", "缺少项目 source", "列", ""),
    broken("says: \"表三全部为0\"", "says: \"\"", "规则没有写 says", "R10", "id: \"R10\""),
    broken("id: \"R06\"", "id: \"R05\"", "规则编号重复", "R05", "id: \"R05\""),
    broken("only_while_waiting: Some(\"R01\")", "only_while_waiting: Some(\"R99\")", "R99 不是前面的规则", "R05", "id: \"R05\""),
    broken("only_while_waiting: Some(\"R01\")", "only_while_waiting: Some(\"R06\")", "R06 不是前面的规则", "R05", "id: \"R05\""),
    broken("only_while_waiting: Some(\"R01\")", "only_while_waiting: Some(\"R03\")", "不核对“nat”", "R05", "id: \"R05\""),
    broken("severity: Info", "severity: Hint", "不认得 Hint，可以写", "列", "severity: Hint"),
    // Tables.
    broken("Head(text: \"其他\")", "Head(text: \"其他\", cols: 2)", "与另一项重叠", "其他", "Head(text: \"其他\""),
    broken("\"申请人情况\", cols: 7", "\"申请人情况\", cols: 6", "缺 1 列", "申请人情况", "申请人情况"),
    broken("\"申请人情况\", cols: 7", "\"申请人情况\", cols: 8", "跨列超出", "申请人情况", "申请人情况"),
    broken("\"申请人情况\", cols: 7", "\"申请人情况\", cols: 0", "至少是 1", "申请人情况", "申请人情况"),
    broken("\"三、本年度办理结果\", rows: 22", "\"三、本年度办理结果\", rows: 24", "跨行超出", "三、本年度办理结果", "rows: 24"),
    broken("rows: 22", "rows: 18446744073709551615", "跨行超出", "三、本年度办理结果", "rows: 184"),
    broken("\"三、本年度办理结果\", rows: 22", "\"三、本年度办理结果\", rows: 23", "已经排满", "carry_out", "key: \"carry_out\""),
    broken(
        "cols: 3),\n                    ],\n                    [\n                        Head(text: \"行政处罚\")",
        "cols: 2), // here\n                    ],\n                    [\n                        Head(text: \"行政处罚\")",
        "缺 1 列",
        "本年处理决定数量",
        "// here",
    ),
    broken("key: \"deny2\"", "key: \"deny1\"", "deny1.nat 重复", "deny1", "法律、行政法规明文禁止"),
    broken("(key: \"biz\"", "(key: \"nat\"", "new.nat 重复", "new", "key: \"new\""),
    broken("id: \"T4\"", "id: \"T3\"", "表的代号重复", "T3", "id: \"T3\""),
    broken("head_rows: 3,\n                columns", "head_rows: 99,\n                columns", "行数、列数不对", "T3", "id: \"T3\""),
    broken("kind: Count,", "kind: Counts,", "不认得 Counts", "列", "kind: Counts"),
    broken("cols: 7)", "cols: -7)", "整数", "列", "cols: -7"),
    // The form as a whole.
    broken("short: \"总体情况\"", "colour: \"red\", short: \"总体情况\"", "不认得项目 colour", "列", "colour"),
    broken("no: 2,", "no: 1,", "章号 1 重复", "二、主动公开政府信息情况", "title: \"二、"),
    broken("years: (2021, None)", "years: (2021, Some(2019))", "末年早于首年", "F2021", "id: \"F2021\""),
    broken("years: (2021, None)", "years: (2021, 2030)", "应当是 Some(…) 或 None", "列", "2030"),
    broken("id: \"F2021\",", "id: \"F2021\"", "缺少逗号", "列", "name: \"2021年格式"),
];

#[test]
fn a_broken_form_is_refused_with_file_line_and_key() {
    for Broken { from, to, problem, key, on_line } in BROKEN {
        assert!(F2021.contains(from), "{from}");
        let text = F2021.replacen(from, to, 1);
        let Err(err) = Form::load("年表.ron", &text) else { panic!("{from} → {to}: loads") };
        let message = err.to_string();
        assert!(err.problem.contains(problem) && err.key.contains(key), "{from} → {to}: {message}");
        let line = text.lines().nth(err.line - 1).unwrap();
        let last = 1 + text.lines().collect::<Vec<_>>().iter().rposition(|line| line.contains(on_line)).unwrap();
        assert!(on_line.is_empty() || err.line == last, "{from} → {to}: line {} is {line:?}, not {last}", err.line);
        assert!(message.contains("年表.ron") && message.contains(&format!("第 {} 行", err.line)), "{message}");
    }
}

#[test]
fn hostile_form_files_are_refused_quickly() {
    let table = |widths: usize, rows: usize| {
        let (widths, rows) = ("1,".repeat(widths), "[],".repeat(rows));
        format!(
            "(id:\"X\",name:\"\",document:\"\",years:(2030,None),rules:[],chapters:[(no:1,title:\"\",short:\"\",help:\"\",source:\"\",body:Table((id:\"T\",name:\"\",widths:[{widths}],head_rows:0,rows:[{rows}])))])"
        )
    };
    let rule = |test: &str| format!("(id: \"Z\", severity: Info, basis: Legal, source: \"a\", says: \"a\", hint: \"a\", {test}),");
    let with_rules = |rules: &str| F2021.replacen("rules: [", &format!("rules: [{rules}"), 1);
    let cases = [
        ("(".repeat(1_000_000), "这里应当是项目名"),
        (F2021.replacen("years: (2021, None)", &format!("years: {}", "(".repeat(1_000_000)), 1), ""),
        (F2021.replacen("body: Text([", &format!("body: Text({}", "[".repeat(1_000_000)), 1), ""),
        (F2021.replacen("short:", &format!("x: {}, short:", "[".repeat(1_000_000)), 1), ""),
        (" ".repeat(2_000_001), "文件太大"),
        (table(300_000, 300_000), "行数、列数不对"),
        (F2021.replacen("T3 = 0", &format!("T3{} = 0", " + T3".repeat(100_000)), 1), "文字太长"),
        (F2021.replacen("T3 = 0", &format!("T3{} = 0", " + T3".repeat(400)), 1), "看不懂“T3”"),
        (F2021.replacen("T3 = 0", &format!("1000000000000{} = 0", " + 1000000000000".repeat(100_000)), 1), "文字太长"),
        (F2021.replacen("T3 = 0", &format!("{} = 0", "*".repeat(1_000_000)), 1), "文字太长"),
        // What is repeated at every cell, line or check would fill the memory many times over.
        (F2021.replacen("信息内容", &"长".repeat(500_000), 1), "文字太长"),
        (F2021.replacen("a1.reg.made", &"k".repeat(1_000_000), 1), "文字太长"),
        (F2021.replacen("Readable([\"T2\"])", &format!("Readable([{}])", "\"T3\",".repeat(100_000)), 1), "代号太多"),
        (
            with_rules(&rule(&format!(
                "each: Groups([{}]), test: Flag(\"{}T3 = T3\")",
                "(\"a\", \"\"),".repeat(4_000),
                "T3 = T3 or ".repeat(200)
            ))),
            "校验太多",
        ),
        (with_rules(&rule("test: Controls").repeat(501)), "500 条规则"),
    ];
    for (text, problem) in cases {
        let err = Form::load("x.ron", &text).unwrap_err();
        assert!(err.problem.contains(problem), "{err}");
    }
}

#[test]
fn line_ends_and_byte_order_marks_of_windows_do_no_harm() {
    for text in [F2019, F2021] {
        let form = Form::load("x.ron", &format!("\u{feff}{}", text.replace('\n', "\r\n"))).unwrap();
        assert_eq!(form.cells.len(), catalog().by_id(&form.id).unwrap().cells.len());
    }
}

#[test]
fn the_catalog_is_not_changed_by_a_form_that_is_refused() {
    let mut catalog = Catalog::shipped().unwrap();
    catalog.add("x.ron", "()").unwrap_err();
    assert_eq!(catalog.forms().len(), 2);
}
