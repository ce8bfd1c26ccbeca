//! The exported workbook says what the draft says, and says so in a way that survives reading back, recalculation and
//! hostile text.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use calamine::{Data, Reader as _, Xlsx};
use gouji::export::sheet::{Book, Content, Sheet};
use gouji::export::{self, ExportError, FileKind, Fonts};
use gouji::form::{Body, Form};
use gouji::model::{Draft, Edit, Entry};
use gouji::store;

use crate::paper::{outside, write_chapter};
use crate::support::{self, catalog, type_in};

/// V1 with some text, of an agency that takes as much room as a real one.
fn v1() -> (Arc<Form>, Draft) {
    let (form, mut draft) = support::v1();
    draft.apply(Edit::agency("某市人民政府".to_owned()));
    write_chapter(&mut draft, 1, "（一）主动公开\n全年公开信息。\n");
    write_chapter(&mut draft, 6, "收取信息处理费400元。");
    (form, draft)
}

/// The bundled example, domain.md §7 V3.
fn v3() -> (Arc<Form>, Draft) {
    store::example(&catalog(), store::Example::Older).unwrap()
}

fn book(form: &Form, draft: &Draft) -> Book {
    let date = jiff::civil::date(2021, 1, 8);
    export::book(form.report(draft), None, date)
}

fn bytes(form: &Form, draft: &Draft) -> Vec<u8> {
    export::file(FileKind::Xlsx, &book(form, draft), &Fonts::default()).unwrap()
}

type Workbook = Xlsx<std::io::Cursor<Vec<u8>>>;

fn open(bytes: Vec<u8>) -> Workbook {
    Xlsx::new(std::io::Cursor::new(bytes)).unwrap()
}

fn value(workbook: &mut Workbook, sheet: &str, at: (u32, u32)) -> Data {
    workbook.worksheet_range(sheet).unwrap().get_value(at).cloned().unwrap_or_default()
}

/// The formula of a cell, if it has one.
fn formula(workbook: &mut Workbook, sheet: &str, at: (u32, u32)) -> Option<String> {
    workbook.worksheet_formula(sheet).unwrap().get_value(at).filter(|text| !text.is_empty()).cloned()
}

/// The sheet of a table: number and short name of its chapter.
fn sheet_name(form: &Form, table: usize) -> String {
    let chapter = form.chapters.iter().find(|chapter| matches!(chapter.body, Body::Table(known) if known == table)).unwrap();
    let number = chapter.title.split('、').next().unwrap();
    format!("{number}、{}", chapter.short)
}

/// Sheet, worksheet row and column of a cell of the form: the title stands in the first row.
fn place(form: &Form, key: &str) -> (String, (u32, u32)) {
    let cell = form.cell(form.cell_by_key(key).unwrap());
    (sheet_name(form, cell.table), (u32::try_from(cell.at.0).unwrap() + 1, u32::try_from(cell.at.1).unwrap()))
}

fn note<'book>(book: &'book Book, key: &str) -> Option<&'book str> {
    let items = book.sheets.iter().flat_map(|sheet| &sheet.items);
    let is_cell = |content: &Content| matches!(content, Content::Field(field) if field.key == key);
    items.filter(|item| is_cell(&item.content)).find_map(|item| item.note.as_deref()?.lines().next())
}

#[test]
fn every_figure_of_every_form_is_read_back_where_the_form_prints_it() {
    for (form, draft) in [v1(), v3()].into_iter().chain(support::filled()) {
        let mut workbook = open(bytes(&form, &draft));
        let keys: BTreeMap<String, String> = workbook.defined_names().iter().cloned().collect();
        for (id, cell) in form.cells() {
            let (sheet, at) = place(&form, &cell.key);
            let typed: f64 = match draft.entry(id) {
                Entry::Whole(value) => value.to_string().parse().unwrap(),
                Entry::Money(money) => money.figure().parse().unwrap(),
                other => panic!("{} holds {other:?}", cell.key),
            };
            assert_eq!(value(&mut workbook, &sheet, at), Data::Float(typed), "{}", cell.key);
            assert!(keys[&*cell.key].starts_with(&format!("'{sheet}'!$")), "{} is named {}", cell.key, keys[&*cell.key]);
        }
        let tables = (0..form.tables.len()).map(|table| sheet_name(&form, table));
        let names = ["填报信息".to_owned()].into_iter().chain(tables).chain(["文字", "校验结果", "汇总行"].map(str::to_owned));
        assert_eq!(workbook.sheet_names(), names.collect::<Vec<_>>());
    }
}

#[test]
fn totals_that_add_up_are_formulas_with_their_value() {
    let (form, draft) = v1();
    let mut workbook = open(bytes(&form, &draft));
    let (sheet, at) = place(&form, "new.sum");
    assert_eq!(formula(&mut workbook, &sheet, at).as_deref(), Some("SUM($D$5:$I$5)"));
    let (sheet, at) = place(&form, "total.nat");
    assert_eq!(formula(&mut workbook, &sheet, at).as_deref(), Some("SUM($D$7:$D$27)"));
    let (sheet, at) = place(&form, "rev.total");
    assert_eq!(formula(&mut workbook, &sheet, at).as_deref(), Some("SUM($A$5:$D$5)"));
    // The printed equation, recomputed below the table in every column.
    for col in 3..10 {
        assert_eq!(value(&mut workbook, "三、依申请公开", (30, col)), Data::Float(0.0));
        assert_eq!(value(&mut workbook, "三、依申请公开", (31, col)), Data::String("相符".to_owned()));
    }
}

#[test]
fn a_total_that_differs_stays_the_number_typed_and_says_so() {
    let (form, mut draft) = v1();
    type_in(&form, &mut draft, "rev.total", "791");
    type_in(&form, &mut draft, "carry_out.nat", "782");
    let mut workbook = open(bytes(&form, &draft));
    let (sheet, at) = place(&form, "rev.total");
    assert_eq!(value(&mut workbook, &sheet, at), Data::Float(791.0));
    assert_eq!(formula(&mut workbook, &sheet, at), None);
    let book = book(&form, &draft);
    assert_eq!(note(&book, "rev.total"), Some("填报数 791，按公式应为 790"));
    assert_eq!(note(&book, "carry_out.sum"), Some("填报数 819，按公式应为 818"));
    assert_eq!(value(&mut workbook, "三、依申请公开", (30, 3)), Data::Float(1.0));
    assert_eq!(value(&mut workbook, "三、依申请公开", (31, 3)), Data::String("不符".to_owned()));
    let results = workbook.worksheet_range("校验结果").unwrap();
    let row = |row: u32| (0..9).map(|col| results.get_value((row, col)).unwrap_or(&Data::Empty).to_string()).collect::<Vec<_>>();
    assert_eq!(row(2)[..7], ["R01", "错误", "不符", "自然人", "14147", "14146", "1"]);
    assert_eq!(row(3)[..4], ["R03", "错误", "不符", "四、结转下年度继续办理"]);
    assert!((4..9).map(row).any(|row| row[0] == "R13" && row[4..7] == ["791", "790", "1"]));
    let suspect = (2..20).map(row).find(|row| row[2] == "可能填错").unwrap();
    assert!(suspect[7].contains("现为 782，改为 783"), "{}", suspect[7]);
}

#[test]
fn blank_stays_blank_and_never_becomes_a_number() {
    let (form, mut draft) = v1();
    type_in(&form, &mut draft, "rev.total", "");
    type_in(&form, &mut draft, "lit0.upheld", "");
    type_in(&form, &mut draft, "carry_out.biz", "");
    let mut workbook = open(bytes(&form, &draft));
    for key in ["rev.total", "lit0.upheld", "carry_out.biz"] {
        let (sheet, at) = place(&form, key);
        assert_eq!((value(&mut workbook, &sheet, at), formula(&mut workbook, &sheet, at)), (Data::Empty, None), "{key}");
    }
    let (sheet, at) = place(&form, "lit0.total");
    assert_eq!((value(&mut workbook, &sheet, at), formula(&mut workbook, &sheet, at)), (Data::Float(56.0), None));
    assert_eq!(note(&book(&form, &draft), "lit0.total"), Some("填报数 56；应当相加的格有 1 格没有填，还不能核对"));
    assert_eq!(value(&mut workbook, "三、依申请公开", (30, 4)), Data::String("待填".to_owned()));
    let empty = form.draft("某市某区应急管理局".to_owned(), 2025);
    let mut workbook = open(bytes(&form, &empty));
    for (_, cell) in form.cells() {
        let (sheet, at) = place(&form, &cell.key);
        assert_eq!(value(&mut workbook, &sheet, at), Data::Empty, "{}", cell.key);
    }
}

#[test]
fn money_keeps_its_unit() {
    let (form, mut draft) = v3();
    let unit_of = |draft: &Draft| {
        let sheets = book(&form, draft).sheets;
        let (row, col) = form.cell(form.cell_by_key("a9.procure.amount").unwrap()).at;
        sheets[1].field((row, col)).unwrap().unit.clone()
    };
    assert_eq!(unit_of(&draft), "元");
    type_in(&form, &mut draft, "a9.procure.amount", "87.505万元");
    assert_eq!(unit_of(&draft), "万元");
    let mut workbook = open(bytes(&form, &draft));
    let (sheet, at) = place(&form, "a9.procure.amount");
    assert_eq!(value(&mut workbook, &sheet, at), Data::Float(87.505));
    // Rows of many agencies are stacked: one unit a column.
    let record = workbook.worksheet_range("汇总行").unwrap();
    let col = (0..201).find(|col| record.get_value((1, *col)) == Some(&Data::String("a9.procure.amount".to_owned()))).unwrap();
    assert_eq!(record.get_value((2, col)), Some(&Data::Float(875_050.0)));
    type_in(&form, &mut draft, "a9.procure.amount", "999999999999.99元");
    let mut workbook = open(bytes(&form, &draft));
    assert_eq!(value(&mut workbook, &sheet, at), Data::Float(999_999_999_999.99));
}

#[test]
fn hostile_text_stays_text() {
    let hostile = [
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\tTab",
        "=1+1",
        "<r>粗</r>",
        "<r><t>x</t></r>",
        "a&b<c>\"d'",
        "_x0041_",
        "_x0001_",
        "\u{1}\u{7}\u{b}",
        "\u{fffe}\u{ffff}",
        "\u{202e}左",
        "\u{feff}",
        "a\rb",
        "🀄👨‍👩‍👧",
        "{=1}",
        "''",
        "'quoted",
    ];
    let form = catalog().by_id("F2021").unwrap();
    for text in hostile {
        let mut draft = form.draft(format!("{text}局"), 2025);
        type_in(&form, &mut draft, "new.nat", text);
        type_in(&form, &mut draft, "a8.fee.amount", text);
        for section in [1, 5, 6] {
            write_chapter(&mut draft, section, &format!("{text}\n{text}。正文\n"));
        }
        let mut workbook = open(bytes(&form, &draft));
        let cell = form.cell_by_key("new.nat").unwrap();
        if let Entry::Unread { text, .. } = draft.entry(cell) {
            let (sheet, at) = place(&form, "new.nat");
            assert_eq!((value(&mut workbook, &sheet, at), formula(&mut workbook, &sheet, at)), (Data::String(text.to_string()), None));
        }
        assert_eq!(value(&mut workbook, "填报信息", (1, 1)), Data::String(format!("{text}局")));
        assert!(workbook.worksheet_formula("文字").unwrap().is_empty(), "{text:?}");
    }
}

#[test]
fn a_chapter_beyond_what_a_cell_holds_loses_nothing() {
    let (form, mut draft) = v3();
    let long: String = "应急管理工作🀄公开。".repeat(12_000);
    write_chapter(&mut draft, 1, &format!("（一）主动公开\n{long}\n末段。\n"));
    type_in(&form, &mut draft, "new.nat", &"九".repeat(50_000));
    draft.apply(Edit::agency("长".repeat(50_000)));
    let mut workbook = open(bytes(&form, &draft));
    let range = workbook.worksheet_range("文字").unwrap();
    let texts: Vec<String> = range.rows().map(|row| row[0].to_string()).filter(|text| !text.is_empty()).collect();
    let joined: String =
        texts.iter().skip(2).take_while(|text| !text.ends_with("末段。")).map(|text| text.trim_start_matches('　')).collect();
    assert_eq!(joined.chars().count(), long.chars().count());
    assert_eq!(joined, long);
    let (sheet, at) = place(&form, "new.nat");
    assert!(value(&mut workbook, &sheet, at).to_string().ends_with("（共 50000 字，全文见草稿）"));
}

#[test]
fn the_same_draft_gives_the_same_bytes_at_any_time_of_day() {
    let (form, draft) = v1();
    let first = bytes(&form, &draft);
    assert!(bytes(&form, &draft) == first);
    // No part has the time of its writing, and the workbook the day it was made on.
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(&first)).unwrap();
    for place in 0..parts.len() {
        let part = parts.by_index(place).unwrap();
        assert_eq!(part.last_modified(), Some(zip::DateTime::default()), "{:?}", part.name());
    }
    let days = outside::part(&first, "docProps/core.xml");
    assert_eq!(days.matches("2021-01-08T00:00:00Z").count(), 2, "{days}");
    assert_eq!(days.matches("T00:00:00Z").count(), days.matches("dcterms:W3CDTF").count(), "{days}");
}

#[test]
fn a_writer_that_errs_is_refused() {
    let (form, draft) = v1();
    let book = book(&form, &draft);
    let refused = |change: &dyn Fn(&mut Book)| {
        let mut wrong = book.clone();
        change(&mut wrong);
        match export::xlsx::verify(&export::xlsx::write(&wrong).unwrap(), &book) {
            Err(ExportError::Differs { sheet, cell, .. }) => format!("{sheet} {cell}"),
            other => panic!("{other:?}"),
        }
    };
    let field = |sheet: &mut Sheet, key: &str, entry: Entry| {
        for item in &mut sheet.items {
            if let Content::Field(field) = &mut item.content
                && field.key == key
            {
                field.entry = entry.clone();
            }
        }
    };
    assert_eq!(refused(&|book| field(&mut book.sheets[2], "open.nat", Entry::Whole(5346))), "三、依申请公开 D7");
    assert_eq!(refused(&|book| field(&mut book.sheets[2], "deny3.sci", Entry::Blank)), "三、依申请公开 F11");
    assert_eq!(refused(&|book| field(&mut book.sheets[1], "a8.fee.amount", Entry::Whole(31644))), "二、主动公开 B15");
    assert_eq!(refused(&|book| book.sheets[3].items[0].content = Content::Head("行政复义".to_owned())), "四、复议诉讼 A2");
    assert_eq!(refused(&|book| book.sheets[3].items[0].span = (1, 4)), "四、复议诉讼 A2:D2");
    assert_eq!(refused(&|book| book.sheets[4].items.truncate(1)), "文字 A2");
    assert_eq!(refused(&|book| book.sheets.swap(1, 2)), "二、主动公开 工作表名称");
    let shift = |book: &mut Book| {
        for item in &mut book.sheets[6].items {
            item.at.1 += 1;
        }
        book.sheets[6].widths.push(14);
    };
    assert_eq!(refused(&shift), "汇总行 A1");
    let mut fewer = book.clone();
    let last = fewer.sheets.pop().unwrap();
    let extra = export::xlsx::verify(&export::xlsx::write(&book).unwrap(), &fewer);
    assert!(matches!(extra, Err(ExportError::Differs { sheet, .. }) if sheet == last.name));
    let whole = export::xlsx::write(&book).unwrap();
    for cut in [0, 100, whole.len() / 2, whole.len() - 1] {
        assert!(matches!(export::xlsx::verify(&whole[..cut], &book), Err(ExportError::ReadBack { .. })), "{cut}");
    }
    assert!(export::xlsx::verify(&whole, &book).is_ok());
}

/// The workbook with other words in one of its parts.
fn meddled(whole: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    let parts = zip::ZipArchive::new(std::io::Cursor::new(whole)).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in parts.file_names().map(|name| name.unwrap().into_owned()).collect::<Vec<_>>() {
        let mut text = outside::part(whole, &name);
        if name == part {
            assert_eq!(text.matches(from).count(), 1, "{from}");
            text = text.replace(from, to);
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn a_formula_that_computes_anything_else_is_refused_with_its_cell() {
    let (form, draft) = v1();
    let (book, whole) = (book(&form, &draft), bytes(&form, &draft));
    let cases = [
        // A summand short, one too many, another function, another value, no formula.
        ("<f>SUM($D$5:$I$5)</f>", "<f>SUM($D$5:$H$5)</f>", "三、依申请公开 J5"),
        ("<f>SUM($D$5:$I$5)</f>", "<f>SUM($D$5:$I$5,$D$6)</f>", "三、依申请公开 J5"),
        ("<f>SUM($D$5:$I$5)</f>", "<f>MAX($D$5:$I$5)</f>", "三、依申请公开 J5"),
        ("<f>SUM($D$5:$I$5)</f><v>14069</v>", "<f>SUM($D$5:$I$5)</f><v>14068</v>", "三、依申请公开 J5"),
        ("<f>SUM($D$5:$I$5)</f>", "", "三、依申请公开 J5"),
        // The running check of natural persons: other sides, another count.
        ("SUM($D$5:$D$6)-SUM($D$28:$D$29))</f><v>0</v>", "SUM($D$5:$D$6)-SUM($D$27:$D$29))</f><v>0</v>", "三、依申请公开 D31"),
        ("COUNT($D$5:$D$6,$D$28:$D$29)&lt;4,\"待填\",SUM", "COUNT($D$5:$D$6,$D$28:$D$29)&lt;3,\"待填\",SUM", "三、依申请公开 D31"),
    ];
    for (from, to, place) in cases {
        match export::xlsx::verify(&meddled(&whole, "xl/worksheets/sheet3.xml", from, to), &book) {
            Err(ExportError::Differs { sheet, cell, .. }) => assert_eq!(format!("{sheet} {cell}"), place, "{to}"),
            other => panic!("{to}: {other:?}"),
        }
    }
    // Written another way it computes the same.
    let same = meddled(&whole, "xl/worksheets/sheet3.xml", "<f>SUM($D$5:$I$5)</f>", "<f>SUM($D$5,$E$5:$I$5)</f>");
    assert!(export::xlsx::verify(&same, &book).is_ok());
}

#[test]
fn the_file_name_is_one_that_every_disk_takes() {
    let name = |agency: &str| export::file_name(&catalog().by_id("F2021").unwrap().draft(agency.to_owned(), 2025), "xlsx");
    assert_eq!(name("某市某区应急管理局"), "某市某区应急管理局2025年政府信息公开工作年度报告.xlsx");
    assert_eq!(name(" a/b\\c:d*e?f\"g<h>i|j\n. "), "abcdefghij2025年政府信息公开工作年度报告.xlsx");
    assert_eq!(name("../../etc"), "etc2025年政府信息公开工作年度报告.xlsx");
    assert_eq!(name("con.局"), "_con.局2025年政府信息公开工作年度报告.xlsx");
    assert_eq!(name(""), "2025年政府信息公开工作年度报告.xlsx");
    let long = name(&"长".repeat(300));
    assert!(long.len() <= 255 && long.ends_with("长2025年政府信息公开工作年度报告.xlsx"), "{long}");
}

#[test]
fn table_four_as_text() {
    let (form, draft) = v1();
    let sheet = &book(&form, &draft).sheets[3];
    let expected = "\
0,0 1x5 行政复议
0,5 1x10 行政诉讼
1,0 2x1 结果维持
1,1 2x1 结果纠正
1,2 2x1 其他结果
1,3 2x1 尚未审结
1,4 2x1 总计
1,5 1x5 未经复议直接起诉
1,10 1x5 复议后起诉
2,5 1x1 结果维持
2,6 1x1 结果纠正
2,7 1x1 其他结果
2,8 1x1 尚未审结
2,9 1x1 总计
2,10 1x1 结果维持
2,11 1x1 结果纠正
2,12 1x1 其他结果
2,13 1x1 尚未审结
2,14 1x1 总计
3,0 1x1 376
3,1 1x1 97
3,2 1x1 196
3,3 1x1 121
3,4 1x1 790 Σ4
3,5 1x1 16
3,6 1x1 1
3,7 1x1 12
3,8 1x1 27
3,9 1x1 56 Σ4
3,10 1x1 74
3,11 1x1 1
3,12 1x1 30
3,13 1x1 51
3,14 1x1 156 Σ4
";
    let line = |item: &gouji::export::sheet::Item| {
        let words = match &item.content {
            Content::Head(text) => text.clone(),
            Content::Field(field) if field.sums.is_empty() => field.entry.text(),
            Content::Field(field) => format!("{} Σ{}", field.entry.text(), field.sums.len()),
            other => format!("{other:?}"),
        };
        format!("{},{} {}x{} {words}\n", item.at.0, item.at.1, item.span.0, item.span.1)
    };
    assert_eq!(sheet.items.iter().map(line).collect::<String>(), expected);
}

/// All values of a workbook by sheet and cell.
fn values(workbook: &mut Workbook) -> BTreeMap<(String, u32, u32), String> {
    let mut values = BTreeMap::new();
    for name in workbook.sheet_names() {
        let range = workbook.worksheet_range(&name).unwrap();
        let (row, col) = range.start().unwrap_or_default();
        for (r, c, value) in range.used_cells() {
            let at = (u32::try_from(r).unwrap() + row, u32::try_from(c).unwrap() + col);
            let text = value.to_string();
            if !text.is_empty() {
                values.insert((name.clone(), at.0, at.1), text);
            }
        }
    }
    values
}

/// Makes `LibreOffice` distrust cached values.
const RECALCULATE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Workflow.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

#[test]
#[expect(clippy::disallowed_methods, reason = "files for another program, in a folder that is thrown away")]
fn libreoffice_recalculates_the_same_numbers() {
    if Command::new("soffice").arg("--version").output().is_err() {
        support::skip("no soffice");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let profile = dir.path().join("profile");
    std::fs::create_dir_all(profile.join("user")).unwrap();
    std::fs::write(profile.join("user/registrymodifications.xcu"), RECALCULATE).unwrap();
    for (name, (form, mut draft)) in [("v1", v1()), ("v3", v3())] {
        if name == "v1" {
            type_in(&form, &mut draft, "lit1.total", "157");
        }
        let source = dir.path().join(format!("{name}.xlsx"));
        std::fs::write(&source, bytes(&form, &draft)).unwrap();
        let out = dir.path().join("out");
        convert(&profile, &source, &out);
        let before = values(&mut open(std::fs::read(&source).unwrap()));
        let after = values(&mut open(std::fs::read(out.join(format!("{name}.xlsx"))).unwrap()));
        assert!(before.len() > 400, "{}", before.len());
        for (at, value) in &before {
            assert_eq!(after.get(at), Some(value), "{name} {at:?}");
        }
        assert_eq!(before.len(), after.len());
        println!("{name}: {} values the same after recalculation", before.len());
    }
}

/// The workbook as `LibreOffice` writes it after reckoning everything anew; none where there is no `LibreOffice`.
#[expect(clippy::disallowed_methods, reason = "files for another program, in a folder that is thrown away")]
pub fn recalculated(folder: &Path, source: &Path) -> Option<std::path::PathBuf> {
    if Command::new("soffice").arg("--version").output().is_err() {
        support::skip("no soffice");
        return None;
    }
    let profile = folder.join("profile");
    std::fs::create_dir_all(profile.join("user")).unwrap();
    std::fs::write(profile.join("user/registrymodifications.xcu"), RECALCULATE).unwrap();
    let out = folder.join("out");
    convert(&profile, source, &out);
    Some(out.join(source.file_name().unwrap()))
}

fn convert(profile: &Path, source: &Path, out: &Path) {
    let mut soffice = Command::new("soffice");
    soffice.arg(format!("-env:UserInstallation=file://{}", profile.display()));
    soffice.args(["--headless", "--convert-to", "xlsx", "--outdir"]).arg(out).arg(source);
    let output = soffice.output().unwrap();
    assert!(output.status.success(), "{output:?}");
}
