//! Files that are meant to harm, given for a register: refused in words that name them, by the reader, by the child that is held to a
//! measure, and on the command line; the program lives on.

use std::io::{Cursor, Write as _};
use std::process::Command;
use std::time::Duration;

use gouji::ledger::{self, Answers, Ledger, LedgerError, Register, Task};
use gouji::read::apart;
use gouji::read::lines::{Sheet, read};

use super::styles::merged_book;
use crate::support::{arg, catalog, folder, put};

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

/// A workbook with a password: kept in a file of the older kind.
fn locked() -> Vec<u8> {
    let mut locked = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    locked.resize(1024, 0);
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    locked.resize(4096, 0);
    locked
}

/// Each with a word of what is said of it.
fn files() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let head = r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#;
    let book = |rows: &str| zipped(format!("{head}{rows}</sheetData></worksheet>").as_bytes());
    let lines =
        |num: usize| (1..=num).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>1</v></c></row>")).collect::<Vec<_>>().concat();
    let wide = (1..=1_000_000).map(|column| format!("<c r=\"A{column}\"><v>1</v></c>")).collect::<Vec<_>>().concat();
    let far = (1..=30_000).map(|row| format!("<row r=\"{row}\"><c r=\"KA{row}\"><v>1</v></c></row>")).collect::<Vec<_>>().concat();
    let entities = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&c;&c;&c;</t></is></c></row></sheetData></worksheet>";
    let whole = merged_book();
    let half = whole[..whole.len() / 2].to_vec();
    let table = format!("<table>{}</table>", "<tr><td rowspan=1000 colspan=1000>1</td></tr>".repeat(1000));
    vec![
        ("炸弹.xlsx", "太大", zipped(format!("{head}{}", " ".repeat(70_000_000)).as_bytes())),
        ("远格.xlsx", "太大", book(r#"<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>"#)),
        ("深.xlsx", "已经损坏", zipped(format!("{head}{}", "<row>".repeat(200_000)).as_bytes())),
        ("三十一万行.xlsx", "太大", book(&lines(310_000))),
        ("百万格.xlsx", "太大", book(&format!("<row>{wide}</row>"))),
        ("稀.xlsx", "太大", book(&far)),
        ("实体.xlsx", "已经损坏", zipped(entities.as_bytes())),
        ("加密.xlsx", "密码", locked()),
        ("旧.xls", "已经损坏", b"\xd0\xcf\x11\xe0broken".to_vec()),
        ("半个.xlsx", "已经损坏", half),
        ("空.csv", "没有找到", Vec::new()),
        ("零.csv", "没有找到", vec![0; 100_000]),
        ("乱.csv", "编码", (0..100_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect()),
        ("一行.csv", "太大", "收到日期,".repeat(1_000_000).into_bytes()),
        ("一格.csv", "没有找到", "收".repeat(10_000_000).into_bytes()),
        ("引号.csv", "引号", format!("收到日期,\"{}", "x,y\n".repeat(100_000)).into_bytes()),
        ("网页.xls", "太大", table.into_bytes()),
        ("套.xls", "没有找到", format!("<html>{}", "<div><table>".repeat(50_000)).into_bytes()),
        ("台账.pdf", "PDF", b"%PDF-1.7 broken".to_vec()),
    ]
}

fn counted(sheets: Vec<Sheet>) -> String {
    let form = catalog().for_year(2025).unwrap();
    let registers = [Register { sheets, ..Register::default() }];
    let task = Task { registers: &registers, form: &form, year: 2025, agency: None, answers: &Answers::default() };
    match Ledger::shipped().unwrap().count(task) {
        Err(err @ LedgerError::NoRegister) => err.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn harmful_files_are_refused_in_words_in_place_and_by_a_child() {
    for (name, word, bytes) in files() {
        let said = read(&bytes).map_or_else(|why| why.to_string(), counted);
        assert!(said.contains(word), "{name}: {said}");
        let mut child = Command::new(env!("CARGO_BIN_EXE_gouji"));
        let told = apart::sheets_by(child.arg(apart::ARGUMENT).arg(apart::LINES), &bytes, Duration::from_mins(1));
        let said = told.map_or_else(|why| why.to_string(), counted);
        // What is too large is refused by its measure, or by the child's memory.
        let is_measured = word == "太大" && said.contains("内存");
        assert!(said.contains(word) || is_measured, "{name}: {said}");
    }
}

/// Programs other than Excel write cells and rows in any order, and one twice.
#[test]
fn cells_in_any_order_stand_where_they_belong_in_place_and_by_a_child() {
    let cell = |at: &str, words: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{words}</t></is></c>");
    let row = |no: usize, cells: &[(&str, &str)]| {
        let cells = cells.iter().fold(String::new(), |cells, (at, words)| cells + &cell(&format!("{at}{no}"), words));
        format!("<row r=\"{no}\">{cells}</row>")
    };
    let early = [
        row(1, &[("C", "丙"), ("A", "甲"), ("B", "乙乙"), ("B", "乙")]),
        row(3, &[("B", "三"), ("D", "末")]),
        row(2, &[("A", "二")]),
        row(3, &[("A", "首"), ("B", "改")]),
    ];
    let rows = (4..=9_000).fold(early.concat(), |rows, no| rows + &row(no, &[("B", &no.to_string())]));
    let head = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>";
    let bytes = zipped(format!("{head}{rows}</sheetData></worksheet>").as_bytes());
    let mut child = Command::new(env!("CARGO_BIN_EXE_gouji"));
    let by_child = apart::sheets_by(child.arg(apart::ARGUMENT).arg(apart::LINES), &bytes, Duration::from_mins(1)).unwrap();
    assert_eq!(read(&bytes).unwrap(), by_child);
    let lines = &by_child[0].lines;
    let words = |at: usize| lines[at].cells.iter().collect::<Vec<_>>().join("|");
    assert_eq!([words(0), words(1), words(2), words(3)], ["甲|乙|丙", "二", "首|改||末", "|4"]);
    assert_eq!((lines.len(), lines.last().unwrap().no, words(8_999)), (9_000, 9_000, "|9000".to_owned()));
}

#[test]
fn a_register_cut_anywhere_is_read_or_refused() {
    let whole = merged_book();
    for end in (0..whole.len()).step_by(97) {
        let _refused_or_not = ledger::open("a", &whole[..end]);
    }
}

#[test]
fn the_command_line_names_a_harmful_file_and_reads_the_next() {
    let folder = folder();
    let ledger = |path: &str| Command::new(env!("CARGO_BIN_EXE_gouji")).args(["ledger", path, "--year", "2025"]).output().unwrap();
    for (name, word, bytes) in files() {
        let path = arg(&folder, name);
        put(path.as_ref(), &bytes);
        let output = ledger(&path);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{name}: {said}");
        // On a busy machine the program's own ten seconds may be over first.
        let is_said = said.contains(word) || word == "太大" && said.contains("内存") || said.contains("10 秒");
        assert!(is_said && said.contains(name) && !said.contains("panicked"), "{name}: {said}");
    }
    let path = arg(&folder, "好.xlsx");
    put(path.as_ref(), &merged_book());
    let output = ledger(&path);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8(output.stdout).unwrap().contains("3 件"));
}
