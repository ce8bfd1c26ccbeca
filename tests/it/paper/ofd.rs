//! What other readers find in our OFD files, and what our own reader refuses. `GOUJI_LONG=1` asks ofdkit too (`pip install ofdkit`).

use std::io::{Cursor, Read as _, Write as _};
use std::process::Command;

use gouji::export::sheet::Block;
use gouji::export::{self, FileKind, Fonts};
use gouji::read;
use serde_json::Value;

use super::{book, reports};
use crate::support::{folder, project, put, v1};

/// Takes what leaves no trace on paper out.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn words(found: &Value) -> Vec<String> {
    found.as_array().unwrap().iter().map(|text| bare(text.as_str().unwrap())).collect()
}

/// Every cell of every table in order, and all text, as the other reader has them.
#[track_caller]
fn as_expected(module: &str, how: &[&str]) {
    let has_module = Command::new("python3").args(["-c", &format!("import {module}")]).output().is_ok_and(|output| output.status.success());
    if !has_module {
        println!("skipped: python3 has no {module}");
        return;
    }
    let (folder, reports) = (folder(), reports());
    for (name, form, draft) in &reports {
        let bytes = export::file(FileKind::Ofd, &book(form, draft), &Fonts::default()).unwrap();
        put(&folder.path().join(format!("{name}.ofd")), &bytes);
    }
    let output = Command::new("python3").arg(project().join("tests/it/paper/ofd.py")).arg(folder.path()).args(how).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut num_cells = 0;
    for (name, form, draft) in &reports {
        let (book, found) = (book(form, draft), &found[format!("{name}.ofd")]);
        let sheets = book.flow.iter().filter_map(|block| if let Block::Table(place) = block { Some(&book.sheets[*place]) } else { None });
        let cells: Vec<String> = sheets.flat_map(|sheet| &sheet.items).map(|item| bare(&item.content.words())).collect();
        assert_eq!(words(&found["cells"]), cells, "{name}");
        let texts = book.flow.iter().filter_map(|block| match block {
            Block::Title(text) | Block::Heading(_, text) | Block::Paragraph(text) | Block::Sign(text) | Block::Closing(text) => {
                Some(bare(text))
            }
            Block::Table(_) | Block::Picture(_) | Block::Screen(_) => None,
        });
        assert_eq!(words(&found["text"]).concat(), texts.collect::<String>(), "{name}");
        num_cells += cells.len();
    }
    println!("{num_cells} cells and all paragraphs of {} reports as expected", reports.len());
}

#[test]
fn pythons_own_parsers_find_every_cell_and_paragraph_of_ofd_files() {
    as_expected("zipfile", &[]);
}

#[test]
fn ofdkit_finds_every_cell_and_paragraph_of_ofd_files() {
    if std::env::var_os("GOUJI_LONG").is_none() {
        println!("skipped: GOUJI_LONG is not set");
    } else {
        as_expected("ofdkit", &["kit"]);
    }
}

/// The file with one part changed.
fn with_part(ofd: &[u8], name: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(ofd)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..zip.len() {
        let mut part = zip.by_index(place).unwrap();
        let (part_name, mut bytes) = (part.name().unwrap().to_string(), Vec::new());
        part.read_to_end(&mut bytes).unwrap();
        out.start_file(&*part_name, zip::write::SimpleFileOptions::default()).unwrap();
        if part_name == name {
            bytes = change(String::from_utf8(bytes).unwrap()).into_bytes();
        }
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn a_figure_that_is_said_but_drawn_as_another_is_refused() {
    let (form, draft) = v1();
    let book = book(&form, &draft);
    let whole = export::write(FileKind::Ofd, &book, &Fonts::default()).unwrap();
    let page = "Doc_0/Pages/Page_0/Content.xml";
    let same = with_part(&whole, page, |text| text);
    export::verify(FileKind::Ofd, &same, &book).unwrap();
    // The glyphs of a line in another order: the words stay as they were.
    let turned = with_part(&whole, page, |text| {
        let (before, rest) = text.split_once("Type=\"Body\"").unwrap();
        let (lead, rest) = rest.split_once("<ofd:Glyphs>").unwrap();
        let (glyphs, after) = rest.split_once('<').unwrap();
        let glyphs: Vec<&str> = glyphs.split(' ').rev().collect();
        format!("{before}Type=\"Body\"{lead}<ofd:Glyphs>{}<{after}", glyphs.join(" "))
    });
    let why = export::verify(FileKind::Ofd, &turned, &book).unwrap_err().to_string();
    assert!(why.contains("OFD 版式文件") && why.contains("字形与文字不一致"), "{why}");
    // A picture laid over the page is nothing that we write.
    let covered = with_part(&whole, page, |text| text.replace("</ofd:Content>", "<ofd:ImageObject ID=\"9999\"/></ofd:Content>"));
    assert!(read::ofd::page(&covered).unwrap_err().contains("不认识的内容"));
}

#[test]
fn a_font_that_goes_by_two_names_is_embedded_once() {
    let (form, draft) = v1();
    let file = std::fs::read(project().join("assets/fonts/NotoSansSC-core-Regular.otf")).unwrap();
    let all = Fonts::found(|_| Some((file.clone(), 0)));
    let bytes = export::file(FileKind::Ofd, &book(&form, &draft), &all).unwrap();
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let fonts = archive.file_names().filter(|name| name.as_ref().is_ok_and(|name| name.contains("Res/font_"))).count();
    assert_eq!(fonts, 1);
}
