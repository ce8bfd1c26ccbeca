//! What other people's readers find in our files: Python's own HTML and XML parsers, `LibreOffice`, poppler. The expected cells
//! come from the form and the draft, not from the book.

use std::io::{Cursor, Read as _};
use std::path::Path;
use std::process::Command;

use gouji::export::{self, FileKind, Fonts};
use gouji::form::{Form, Slot, Table};
use gouji::model::Draft;
use serde_json::Value;

use super::{book, reports};
use crate::support::{folder, project, put, skip};

/// A part of a Word file.
pub fn part(docx: &[u8], name: &str) -> String {
    let mut text = String::new();
    zip::ZipArchive::new(Cursor::new(docx)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The text of a PDF, pages ended by form feeds; `None` without poppler.
pub fn pdf_text(pdf: &[u8]) -> Option<String> {
    let folder = folder();
    let path = folder.path().join("a.pdf");
    put(&path, pdf);
    let Ok(output) = Command::new("pdftotext").args(["-raw", "-enc", "UTF-8"]).arg(&path).arg("-").output() else {
        skip("no pdftotext");
        return None;
    };
    assert!(output.status.success(), "{output:?}");
    Some(String::from_utf8(output.stdout).unwrap())
}

/// A table of the form with the draft's figures, merges expanded: rows of cells.
fn expected_table(form: &Form, draft: &Draft, table: &Table) -> Vec<Vec<String>> {
    let slot = |row, col| match table.slot(row, col).unwrap() {
        Slot::Head(head) => table.heads[head].text.to_string(),
        Slot::Cell(cell) => draft.entry(cell).shown(form.cell(cell).kind),
    };
    (0..table.num_rows).map(|row| (0..table.num_cols()).map(|col| slot(row, col)).collect()).collect()
}

/// The same, each cell once: for readers that know text but no cells.
fn expected_words(form: &Form, draft: &Draft, table: &Table) -> String {
    let mut words = String::new();
    let mut seen: Vec<Slot> = Vec::new();
    for row in 0..table.num_rows {
        for col in 0..table.num_cols() {
            let slot = table.slot(row, col).unwrap();
            if !seen.contains(&slot) {
                seen.push(slot);
                words.push_str(&match slot {
                    Slot::Head(head) => table.heads[head].text.to_string(),
                    Slot::Cell(cell) => draft.entry(cell).shown(form.cell(cell).kind),
                });
            }
        }
    }
    words
}

/// The tables that the Python reader finds in each file, by file name; `None` without Python.
fn python(files: &Path, how: &[&str]) -> Option<Value> {
    let output = Command::new("python3").arg(project().join("tests/it/paper/outside.py")).arg(files).args(how).output();
    let Ok(output) = output else {
        skip("no python3");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

#[track_caller]
fn same_tables(name: &str, form: &Form, draft: &Draft, found: &Value) -> usize {
    let expected: Vec<_> = form.tables.iter().map(|table| expected_table(form, draft, table)).collect();
    assert_eq!(found.as_array().map(Vec::len), Some(expected.len()), "{name}");
    for (table, expected) in expected.iter().enumerate() {
        assert_eq!(found[table], serde_json::to_value(expected).unwrap(), "{name} table {table}");
    }
    expected.iter().flatten().map(Vec::len).sum()
}

#[test]
fn other_readers_find_every_cell_of_word_files_and_pages() {
    let folder = folder();
    let reports = reports();
    for (name, form, draft) in &reports {
        let book = book(form, draft);
        for kind in [FileKind::Docx, FileKind::Html] {
            put(&folder.path().join(format!("{name}.{}", kind.ending())), &export::file(kind, &book, &Fonts::default()).unwrap());
        }
        put(&folder.path().join(format!("{name}-fragment.html")), &export::file(FileKind::Fragment, &book, &Fonts::default()).unwrap());
    }
    let Some(found) = python(folder.path(), &[]) else { return };
    let mut num_slots = 0;
    for (name, form, draft) in &reports {
        for file in [format!("{name}.docx"), format!("{name}.html"), format!("{name}-fragment.html")] {
            num_slots += same_tables(&file, form, draft, &found[&file]);
        }
    }
    println!("{num_slots} slots of {} reports as expected", reports.len());
}

/// The cells of a row, each once. `LibreOffice` rounds widths row by row and splits columns where edges no longer meet, so
/// that only cells can be compared with it, not columns.
fn expected_cells(form: &Form, draft: &Draft, table: &Table) -> Vec<Vec<String>> {
    let expanded = expected_table(form, draft, table);
    let is_new = |row: usize, col: usize| col == 0 || table.slot(row, col) != table.slot(row, col - 1);
    let cells = |(row, texts): (usize, Vec<String>)| {
        texts.into_iter().enumerate().filter(|(col, _)| is_new(row, *col)).map(|(_, text)| text).collect()
    };
    expanded.into_iter().enumerate().map(cells).collect()
}

#[test]
fn libreoffice_finds_every_cell_of_word_files() {
    let writer = Path::new("/usr/lib/libreoffice/program/libswlo.so");
    if !writer.exists() {
        skip("no LibreOffice Writer");
        return;
    }
    let folder = folder();
    let (source, out) = (folder.path().join("in"), folder.path().join("out"));
    std::fs::create_dir_all(&source).unwrap();
    let reports = reports();
    for (name, form, draft) in &reports {
        put(&source.join(format!("{name}.docx")), &export::file(FileKind::Docx, &book(form, draft), &Fonts::default()).unwrap());
    }
    let mut soffice = Command::new("soffice");
    soffice.arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()));
    soffice.args(["--headless", "--convert-to", "docx", "--outdir"]).arg(&out);
    soffice.args(reports.iter().map(|(name, _, _)| source.join(format!("{name}.docx"))));
    let output = soffice.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let Some(found) = python(&out, &["cells"]) else { return };
    for (name, form, draft) in &reports {
        let file = format!("{name}.docx");
        let expected: Vec<_> = form.tables.iter().map(|table| expected_cells(form, draft, table)).collect();
        assert_eq!(found[&file], serde_json::to_value(expected).unwrap(), "{name}");
    }
    println!("{} reports as expected after LibreOffice has read and written them", reports.len());
}

#[test]
fn poppler_finds_every_word_of_pdf_files_in_order() {
    let bare = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    for (name, form, draft) in &reports() {
        let Some(text) = pdf_text(&export::file(FileKind::Pdf, &book(form, draft), &Fonts::default()).unwrap()) else { return };
        let found = bare(&text);
        for table in &form.tables {
            let expected = bare(&expected_words(form, draft, table));
            assert!(found.contains(&expected), "{name}: {expected} in {found}");
        }
        for (_, chapter) in form.sections() {
            assert!(found.contains(&bare(&chapter.title)), "{name}: {}", chapter.title);
        }
        assert!(found.contains(&bare(&draft.agency)), "{name}");
    }
}
