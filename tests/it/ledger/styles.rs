//! Registers of other styles, and files that are meant to harm.

use std::io::{Cursor, Write as _};
use std::process::Command;

use gouji::ledger::{self, Answers, Counted, Register, State};
use rust_xlsxwriter::{Format, Workbook};

use crate::desktop;
use crate::ledger::count;
use crate::support::{catalog, folder, put};

fn figure(counted: &Counted, key: &str) -> (u32, u32) {
    let form = catalog().for_year(2025).unwrap();
    let figure = &counted.figures[&form.cell_by_key(key).unwrap()];
    (figure.certain, figure.proposed)
}

/// A head in two lines with merged cells, merged unit cells beside several lines, month lines, subtotals, a signature, dates as
/// numbers and as text.
fn merged_book() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    let merges = [
        (0, 0, 0, 7, "云溪市水务局2025年政府信息公开申请台账"),
        (1, 0, 2, 0, "编号"),
        (1, 1, 2, 1, "收到日期"),
        (1, 2, 1, 3, "申请人"),
        (1, 4, 2, 4, "申请内容"),
        (1, 5, 1, 6, "答复情况"),
        (1, 7, 2, 7, "承办处室"),
    ];
    for (top, left, bottom, right, text) in merges {
        sheet.merge_range(top, left, bottom, right, text, &plain).unwrap();
    }
    for (column, text) in [(2, "姓名或名称"), (3, "申请人类型"), (5, "答复日期"), (6, "答复类型")] {
        sheet.write(2, column, text).unwrap();
    }
    sheet.write(3, 0, "3月").unwrap();
    let lines = [
        (4, "1", "2025.3.7", "王某", "自然人", "图一", "3月20日", "予以公开"),
        (5, "2", "3月7日", "李某", "自然人", "图二", "2025/3/21", "信息不存在"),
        (8, "3", "", "青石科技有限公司", "商业企业", "图三", "", "部分公开"),
    ];
    for (row, number, received, name, kind, matter, answered, outcome) in lines {
        for (column, text) in [number, received, name, kind, matter, answered, outcome].into_iter().enumerate() {
            sheet.write(row, u16::try_from(column).unwrap(), text).unwrap();
        }
    }
    sheet.merge_range(4, 7, 5, 7, "法规处", &plain).unwrap();
    sheet.write(6, 0, "小计").unwrap();
    sheet.write(6, 1, "2件").unwrap();
    sheet.write(7, 0, "4月").unwrap();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_number_with_format(8, 1, 45750.0, &day).unwrap();
    sheet.write_number(8, 5, 45755.0).unwrap();
    sheet.write(9, 0, "合计").unwrap();
    sheet.write(9, 1, "3件").unwrap();
    sheet.write(10, 0, "填表人：赵某　审核：钱某").unwrap();
    book.save_to_buffer().unwrap()
}

/// What may be certain is right: three requests, whatever has to be asked of them.
#[track_caller]
fn three_requests(register: &Register) {
    let counted = count(register, 2025, &Answers::default());
    let lines: Vec<u32> = counted.items.iter().map(|item| item.place.line).collect();
    assert_eq!(lines, [5, 6, 9], "{:?}", counted.remarks);
    for (key, wanted) in [("new.sum", 3), ("open.nat", 1), ("unable1.nat", 1), ("partial.biz", 1), ("carry_out.sum", 0)] {
        let (certain, proposed) = figure(&counted, key);
        assert!(certain <= wanted && proposed == wanted, "{key}: {certain}, {proposed}");
    }
    let num_certain = counted.items.iter().filter(|item| item.state == State::Certain).count();
    println!("merged register: {num_certain} of 3 lines settled without a question");
}

#[test]
fn merged_heads_month_lines_and_subtotals_are_read() {
    three_requests(&ledger::open("a.xlsx", &merged_book()).unwrap());
}

#[test]
fn an_old_workbook_is_read_as_the_new_one() {
    if desktop::lacks(&[("soffice", "--version")]) {
        return;
    }
    let folder = folder();
    let source = folder.path().join("a.xlsx");
    put(&source, &merged_book());
    let mut soffice = Command::new("soffice");
    soffice.arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()));
    soffice.args(["--headless", "--convert-to", "xls:MS Excel 97", "--outdir"]).arg(folder.path()).arg(&source);
    assert!(soffice.output().unwrap().status.success());
    let old = std::fs::read(folder.path().join("a.xls")).unwrap();
    three_requests(&ledger::open("a.xls", &old).unwrap());
    // Half an old workbook is no register.
    assert!(ledger::open("a.xls", &old[..old.len() / 3]).is_err());
}

/// A workbook whose only sheet is this text.
fn zipped(sheet: &[u8]) -> Vec<u8> {
    let source = merged_book();
    let mut from = zip::ZipArchive::new(Cursor::new(source.as_slice())).unwrap();
    let mut into = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for at in 0..from.len() {
        let mut part = from.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        into.start_file(name.as_str(), options).unwrap();
        if name.ends_with("sheet1.xml") {
            into.write_all(sheet).unwrap();
        } else {
            std::io::copy(&mut part, &mut into).unwrap();
        }
    }
    into.finish().unwrap().into_inner()
}

#[test]
fn harmful_files_are_refused_in_words_and_nothing_falls_over() {
    let head = r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#;
    let far = r#"<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>"#;
    let bomb = format!("{head}{}", " ".repeat(300_000_000));
    let deep = format!("{head}{}", "<row>".repeat(200_000));
    let rows: Vec<String> = (1..=400_000).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>1</v></c></row>")).collect();
    let many = rows.concat();
    let entities = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&c;&c;&c;</t></is></c></row></sheetData></worksheet>".to_owned();
    let mut locked = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    locked.resize(4096, 0);
    let whole = merged_book();
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("bomb", zipped(bomb.as_bytes())),
        ("far cell", zipped(format!("{head}{far}").as_bytes())),
        ("deep", zipped(deep.as_bytes())),
        ("400 000 lines", zipped(format!("{head}{many}</sheetData></worksheet>").as_bytes())),
        ("entities", zipped(entities.as_bytes())),
        ("locked", locked),
        ("half", whole[..whole.len() / 2].to_vec()),
        ("nothing", Vec::new()),
        ("zeros", vec![0; 100_000]),
        ("one long line", "收到日期,".repeat(1_000_000).into_bytes()),
    ];
    for (name, bytes) in files {
        let came = ledger::open("a", &bytes).and_then(|register| {
            let form = catalog().for_year(2025).unwrap();
            let answers = Answers::default();
            let task = ledger::Task { registers: &[register], form: &form, year: 2025, agency: None, answers: &answers };
            ledger::Ledger::shipped().unwrap().count(task)
        });
        let words = came.expect_err(name).to_string();
        assert!(words.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{name}: {words}");
    }
    for end in (0..whole.len()).step_by(97) {
        let _refused_or_not = ledger::open("a", &whole[..end]);
    }
}
