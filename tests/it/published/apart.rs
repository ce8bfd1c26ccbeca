//! Files made to harm are read by a child that is held to a measure: a clear word, and the program lives on.

use std::io::Write as _;
use std::process::Command;
use std::time::Duration;

use gouji::read::{ReadError, SourceKind, apart, source};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn child(kind: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    command.arg(apart::ARGUMENT).arg(kind);
    command
}

fn by_child(kind: &str, bytes: &[u8]) -> Result<gouji::read::Page, String> {
    apart::by(&mut child(kind), bytes, Duration::from_mins(1)).map_err(|err: ReadError| err.to_string())
}

fn docx(document: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    zip.write_all(document).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_child_reads_what_the_reader_reads() {
    let page = "<table><tr><td rowspan=2>规章</td><td>1</td></tr><tr><td>2</td></tr></table><p>一、总体情况</p>";
    assert_eq!(by_child("html", page.as_bytes()).unwrap(), source::read(SourceKind::Html, page.as_bytes()).unwrap());
}

#[test]
fn bombs_and_broken_files_get_a_clear_word() {
    let deep = "<w:tbl><w:tr><w:tc>".repeat(100_000);
    let many = format!("<table>{}</table>", "<tr><td rowspan=1000 colspan=1000>1</td></tr>".repeat(1000));
    let cases: [(&str, Vec<u8>, &str); 8] = [
        ("docx", docx(&vec![b' '; 70 << 20]), "文件太大"),
        ("docx", docx(deep.as_bytes()), "太深"),
        ("docx", b"\xd0\xcf\x11\xe0encrypted".to_vec(), "密码"),
        ("docx", b"PK no zip".to_vec(), "已经损坏"),
        ("pdf", b"%PDF-1.7 broken".to_vec(), "PDF"),
        ("xls", b"\xd0\xcf\x11\xe0broken".to_vec(), "已经损坏"),
        ("mht", b"MIME-Version: 1.0\r\n\r\nno page".to_vec(), "没有网页"),
        ("doc", b"\xd0\xcf\x11\xe0old".to_vec(), "另存为 .docx"),
    ];
    for (kind, bytes, word) in cases {
        let said = by_child(kind, &bytes).unwrap_err();
        assert!(said.contains(word), "{kind}: {said}");
    }
    // Too large a table is cut and said, entities and nesting without end are text.
    assert!(by_child("html", many.as_bytes()).is_ok());
    assert!(by_child("html", "<div><table>".repeat(50_000).as_bytes()).is_ok());
    assert!(by_child("html", "&lol;".repeat(1_000_000).as_bytes()).is_ok());
}

#[test]
fn a_child_that_takes_too_long_is_ended_and_named() {
    let said = apart::by(&mut child("html"), b"<p>1</p>", Duration::ZERO).unwrap_err().to_string();
    assert!(said.contains("10 秒"), "{said}");
}

#[test]
fn a_program_that_does_not_answer_is_no_page() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    command.arg("--version");
    assert!(apart::by(&mut command, b"", Duration::from_mins(1)).is_err());
}
