//! The shipped forms: printed words, spans and keys as the notices have them, sums complete; and form files that are
//! broken, each refused with file, line and key.

use std::collections::{BTreeMap, BTreeSet};

use gouji::form::{Catalog, Form, Relation, Rule, Test};
use gouji::model::{CellId, Kind};

use crate::support::{catalog, project};

const F2021: &str = include_str!("../../assets/forms/f2021.ron");
const COMMON: &str = include_str!("../../assets/rules/common.ron");
const F2019: &str = include_str!("../../assets/forms/f2019.ron");

/// What a notice prints, as `tests/cases/forms` lists it.
#[derive(Default)]
struct Listing {
    years: String,
    chapters: Vec<String>,
    tables: Vec<Listed>,
    /// Rule → first letter of its severity.
    rules: BTreeMap<String, String>,
}

/// A table of a listing.
#[derive(Debug, Default, PartialEq, Eq)]
struct Listed {
    id: String,
    /// Rows, columns, and rows of heads where the notice has them on top.
    size: (String, String, Option<String>),
    heads: BTreeSet<Place>,
    cells: BTreeSet<(Place, String, Option<String>)>,
}

/// Row, column, rows spanned, columns spanned, words or key.
type Place = (usize, usize, usize, usize, String);

/// The listing of a form; every form at hand must have one.
fn listing(form: &Form) -> Listing {
    let path = project().join(format!("tests/cases/forms/{}.txt", form.id));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|err| panic!("no listing {}: {err}", path.display()));
    let mut listing = Listing::default();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        listing.take(line).unwrap_or_else(|| panic!("{}: {line}", form.id));
    }
    listing
}

impl Listing {
    fn take(&mut self, line: &str) -> Option<()> {
        let (what, rest) = line.split_once(' ')?;
        let known = |word: &str| (word != "-").then(|| word.to_owned());
        match what {
            "years" => rest.clone_into(&mut self.years),
            "chapter" => self.chapters.push(rest.to_owned()),
            "rule" => self.rules.extend(rest.split_once(' ').map(|(id, severity)| (id.to_owned(), severity.to_owned()))),
            "table" => {
                let [id, rows, cols, head_rows] = rest.split(' ').collect::<Vec<_>>().try_into().ok()?;
                let size = (rows.to_owned(), cols.to_owned(), known(head_rows));
                self.tables.push(Listed { id: id.to_owned(), size, ..Listed::default() });
            }
            "head" | "cell" => {
                let words: Vec<&str> = rest.splitn(5, ' ').collect();
                let at = |place: usize| words.get(place)?.parse::<usize>().ok();
                let (place, words) = ((at(0)?, at(1)?, at(2)?, at(3)?), *words.get(4)?);
                let place = |words: &str| (place.0, place.1, place.2, place.3, words.to_owned());
                let table = self.tables.last_mut()?;
                if what == "head" {
                    table.heads.insert(place(words));
                } else {
                    let [key, kind, unit] = words.split(' ').collect::<Vec<_>>().try_into().ok()?;
                    table.cells.insert((place(key), kind.to_owned(), known(unit)));
                }
            }
            _ => return None,
        }
        Some(())
    }
}

/// A table of the form, told as the listings tell it. What the listing leaves open is left open here.
fn told(form: &Form, place: usize, listed: &Listed) -> Listed {
    let table = &form.tables[place];
    let heads = table.heads.iter().map(|head| (head.at.0, head.at.1, head.span.0, head.span.1, head.text.to_string()));
    let cells = form.cells.iter().filter(|cell| cell.table == place).map(|cell| {
        let kind = match cell.kind {
            Kind::Count => "count",
            Kind::Change => "change",
            Kind::Money(_) => "money",
        };
        let is_open = listed.cells.iter().any(|((.., key), _, unit)| *key == *cell.key && unit.is_none());
        let unit = (!is_open).then(|| cell.unit.to_string());
        ((cell.at.0, cell.at.1, 1, cell.cols, cell.key.to_string()), kind.to_owned(), unit)
    });
    let head_rows = listed.size.2.as_ref().map(|_| table.head_rows.to_string());
    let size = (table.num_rows.to_string(), table.num_cols().to_string(), head_rows);
    Listed { id: table.id.to_string(), size, heads: heads.collect(), cells: cells.collect() }
}

#[test]
fn every_printed_word_span_key_and_unit_is_as_listed() {
    for form in catalog().forms() {
        let listing = listing(form);
        let years = format!("{} {}", form.years.0, form.years.1.map_or_else(|| "-".to_owned(), |year| year.to_string()));
        assert_eq!(years, listing.years, "{}", form.id);
        let titles: Vec<&str> = form.chapters.iter().map(|chapter| &*chapter.title).collect();
        assert_eq!(titles, listing.chapters, "{}", form.id);
        assert_eq!(form.tables.len(), listing.tables.len(), "{}", form.id);
        for (place, listed) in listing.tables.iter().enumerate() {
            assert_eq!(told(form, place, listed), *listed, "{} {}", form.id, listed.id);
        }
    }
}

#[test]
fn every_rule_of_the_listing_is_there_with_its_severity() {
    for form in catalog().forms() {
        // Ids that begin with S are the program's own; the listing has those that begin with R.
        let ours = form.rules.iter().filter(|rule| rule.id.starts_with('R'));
        let severity = |rule: &Rule| format!("{:?}", rule.severity).chars().take(1).collect::<String>();
        let found: BTreeMap<String, String> = ours.map(|rule| (rule.id.to_string(), severity(rule))).collect();
        let listed = listing(form).rules.into_iter().map(|(id, severity)| {
            // A rule with no severity of its own speaks with that of the one it stands in for.
            let severity = if severity == "-" { found.get(&id).cloned().unwrap_or_default() } else { severity };
            (id, severity)
        });
        assert_eq!(found, listed.collect(), "{}", form.id);
        assert!(form.rules.is_sorted_by_key(|rule| &rule.id), "{}: findings are listed in the order of ids", form.id);
    }
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
fn no_file_takes_the_place_of_a_shipped_form() {
    let mut catalog = catalog();
    let why = catalog.add("new.ron", &F2021.replacen("2021年格式", "新格式", 1)).unwrap_err().to_string();
    assert!(why.contains("F2021") && why.contains("自带"), "{why}");
    catalog.add("same.ron", F2021).unwrap();
    assert_eq!(catalog.forms().len(), 2);
    assert!(catalog.forms().iter().all(|form| !form.is_foreign));
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
    broken("Items([\"a1.reg\", \"a1.norm\"])", "Items([\"a1.reg\", \"a1.norms\"])", "看不懂“a1.norms.valid”", "R30", "id: \"R30\""),
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

/// The rules in a form's or the common file's text, by id.
fn rules_in(text: &str) -> std::collections::BTreeMap<String, String> {
    let mut rules: Vec<String> = Vec::new();
    for line in text.lines() {
        if line.trim() == "(" {
            rules.push(String::new());
        }
        if let Some(rule) = rules.last_mut() {
            rule.extend([line, "\n"]);
        }
    }
    let id = |rule: &String| rule.split('"').nth(1).unwrap().to_owned();
    let whole = |rule: String| rule.split_inclusive('\n').take_while(|line| line.trim() != "]" && line.trim() != "],").collect::<String>();
    rules.into_iter().map(|rule| (id(&rule), whole(rule))).collect()
}

/// A shipped form with the common rules it takes written out, as a form of one's own may have them.
fn written_out(form: &str) -> String {
    let (head, rest) = form.split_once("    common: [").unwrap();
    let (taken, rest) = rest.split_once("rules: [\n").unwrap();
    let mut rules = rules_in(rest);
    rules.extend(rules_in(COMMON).into_iter().filter(|(id, _)| taken.contains(&format!("\"{id}\""))));
    format!("{head}    rules: [\n{}    ],\n)\n", rules.into_values().collect::<String>())
}

#[test]
fn common_rules_are_those_a_form_would_have_of_its_own() {
    for text in [F2019, F2021] {
        let (taken, own) = (Form::load("a.ron", text).unwrap(), Form::load("b.ron", &written_out(text)).unwrap());
        assert_eq!(format!("{:?}{:?}", taken.rules, taken.checks), format!("{:?}{:?}", own.rules, own.checks));
        let ids: Vec<&str> = taken.rules.iter().map(|rule| &*rule.id).collect();
        assert!(ids.is_sorted() && ids.len() > 30, "{ids:?}");
        for id in rules_in(COMMON).keys() {
            assert!(ids.contains(&id.as_str()), "{id} is common to every shipped form");
        }
    }
    let why = |text: &str| Form::load("f.ron", text).unwrap_err();
    let twice = why(&F2021.replacen("\"R01\", ", "\"R01\", \"R01\", ", 1));
    assert!(twice.key == "R01" && twice.problem.contains("写了两次"), "{twice}");
    let unknown = why(&F2021.replacen("\"R01\", ", "\"R99\", ", 1));
    assert!(unknown.key == "R99" && unknown.problem.contains("没有这条共同规则"), "{unknown}");
}

#[test]
fn a_broken_form_is_refused_with_file_line_and_key() {
    let form = written_out(F2021);
    for Broken { from, to, problem, key, on_line } in BROKEN {
        assert!(form.contains(from), "{from}");
        let text = form.replacen(from, to, 1);
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
    let form = written_out(F2021);
    let table = |widths: usize, rows: usize| {
        let (widths, rows) = ("1,".repeat(widths), "[],".repeat(rows));
        format!(
            "(id:\"X\",name:\"\",document:\"\",years:(2030,None),rules:[],chapters:[(no:1,title:\"\",short:\"\",help:\"\",source:\"\",body:Table((id:\"T\",name:\"\",widths:[{widths}],head_rows:0,rows:[{rows}])))])"
        )
    };
    let rule = |test: &str| format!("(id: \"Z\", severity: Info, basis: Legal, source: \"a\", says: \"a\", hint: \"a\", {test}),");
    let with_rules = |rules: &str| form.replacen("rules: [", &format!("rules: [{rules}"), 1);
    let cases = [
        ("(".repeat(1_000_000), "这里应当是项目名"),
        (form.replacen("years: (2021, None)", &format!("years: {}", "(".repeat(1_000_000)), 1), ""),
        (form.replacen("body: Text([", &format!("body: Text({}", "[".repeat(1_000_000)), 1), ""),
        (form.replacen("short:", &format!("x: {}, short:", "[".repeat(1_000_000)), 1), ""),
        (" ".repeat(2_000_001), "文件太大"),
        (table(300_000, 300_000), "行数、列数不对"),
        (form.replacen("T3 = 0", &format!("T3{} = 0", " + T3".repeat(100_000)), 1), "文字太长"),
        (form.replacen("T3 = 0", &format!("T3{} = 0", " + T3".repeat(400)), 1), "看不懂“T3”"),
        (form.replacen("T3 = 0", &format!("1000000000000{} = 0", " + 1000000000000".repeat(100_000)), 1), "文字太长"),
        (form.replacen("T3 = 0", &format!("{} = 0", "*".repeat(1_000_000)), 1), "文字太长"),
        // What is repeated at every cell, line or check would fill the memory many times over.
        (form.replacen("信息内容", &"长".repeat(500_000), 1), "文字太长"),
        (form.replacen("a1.reg.made", &"k".repeat(1_000_000), 1), "文字太长"),
        (form.replacen("Readable([\"T2\"])", &format!("Readable([{}])", "\"T3\",".repeat(100_000)), 1), "代号太多"),
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

/// A small form with one word of it changed, and what is said: key and problem.
#[test]
fn keys_that_a_workbook_or_the_command_line_cannot_tell_apart_are_refused() {
    let text = include_str!("../cases/hostile/form/small.ron");
    let rows = [
        ("key: \"fee\"", "key: \"agency\"", "agency", "单位全称的代号"),
        ("key: \"fee\"", "key: \"A8\"", "A8", "不能用作 Excel 名称"),
        ("key: \"fee\"", "key: \"R1C1\"", "R1C1", "不能用作 Excel 名称"),
        ("key: \"fee\"", "key: \"1\"", "1", "不能用作 Excel 名称"),
        ("key: \"fee\"", "key: \"fee 2\"", "fee 2", "不能用作 Excel 名称"),
        ("key: \"free\"", "key: \"FEE\"", "FEE", "只有大小写不同"),
        ("widths: [", "widths: [0, ", "T1", "宽度是 0"),
    ];
    for (old, new, key, problem) in rows {
        assert!(text.contains(old), "{old}");
        let refused = gouji::form::Form::load("a.ron", &text.replacen(old, new, 1)).unwrap_err();
        assert!(refused.key == key && refused.problem.contains(problem) && refused.line > 1, "{refused}");
    }
}

#[test]
fn a_form_in_another_encoding_is_refused() {
    let folder = crate::support::folder();
    crate::support::put(&folder.path().join("f.ron"), b"(\n  id: \"F\", name: \"\xb1\xed\"");
    let refused = gouji::store::catalog(Some(folder.path())).unwrap_err().to_string();
    assert!(refused.contains("不是 UTF-8 编码") && refused.contains("第 2 行"), "{refused}");
}
