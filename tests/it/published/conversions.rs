//! Reports written by programs that are not ours, and read back by their labels: no wrong figure, every one without a figure has a
//! reason. `GOUJI_LONG=1` takes every report through every program; otherwise a few.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use gouji::export::{self, Fonts};
use gouji::form::Form;
use gouji::model::Draft;
use gouji::read::{FileKind, SourceKind};
use serde_json::json;

use super::damage::Tables;
use super::written::{self, Written};
use super::{Score, read};
use crate::paper::{book, reports};
use crate::support::{folder, names, project, put};

type Report = (String, Arc<Form>, Draft);

/// The reports with the names that their files get.
fn some() -> Vec<Report> {
    let is_long = std::env::var_os("GOUJI_LONG").is_some();
    let all = reports().into_iter().enumerate().filter(|(place, _)| is_long || place % 9 == 1);
    all.map(|(_, (name, form, draft))| (name.replace(' ', "-"), form, draft)).collect()
}

fn title(draft: &Draft) -> String {
    format!("{}{}年政府信息公开工作年度报告", draft.agency, draft.year)
}

/// How many cells at most may stay unread: one that a report itself left blank makes the figure beside it doubtful.
fn may_stay_unread(all: &[Report]) -> usize {
    let is_blank = |(_, form, draft): &&Report| form.cells().any(|(cell, _)| draft.entry(cell).value().is_none());
    all.iter().filter(is_blank).count()
}

/// Reads one file back; adds what was found to the sum.
#[track_caller]
fn back(what: &str, (name, form, draft): &Report, kind: SourceKind, bytes: &[u8], sum: &mut Score) {
    let found = read(kind, bytes);
    let [account] = found.as_slice() else { panic!("{name} as {what}: {} reports", found.len()) };
    assert_eq!(account.form.id, form.id, "{name} as {what}");
    let score = Score::of(form, account, |key| draft.entry(form.cell_by_key(key).unwrap()).value());
    if score.unread > 0 {
        let value = |cell| draft.entry(cell).value();
        let open = account.open().filter(|(cell, _)| value(*cell).is_some());
        let open: Vec<String> = open.map(|(cell, found)| format!("{}: {} “{}”", form.cell(cell).key, found.why, found.text)).collect();
        println!("  {name} as {what}: {} unread: {}", score.unread, open.iter().take(3).cloned().collect::<Vec<_>>().join("; "));
    }
    assert!(score.wrong.is_empty(), "{name} as {what}: {:?}", score.wrong);
    sum.add(score);
}

#[test]
fn what_we_write_is_read_back_by_its_labels() {
    let all = some();
    for (kind, source) in [
        (FileKind::Docx, SourceKind::Docx),
        (FileKind::Html, SourceKind::Html),
        (FileKind::Fragment, SourceKind::Html),
        (FileKind::Xlsx, SourceKind::Xlsx),
        (FileKind::Pdf, SourceKind::Pdf),
    ] {
        let mut sum = Score::default();
        for report in &all {
            let bytes = export::file(kind, &book(&report.1, &report.2), &Fonts::default()).unwrap();
            back(&format!("{kind:?}"), report, source, &bytes, &mut sum);
        }
        sum.print(&format!("{} reports as our {kind:?}", all.len()));
        assert!(sum.unread <= may_stay_unread(&all), "what we write ourselves is read whole");
    }
}

#[test]
fn what_others_write_is_read_back_by_its_labels() {
    let all = some();
    for written in written::ALL {
        let mut sum = Score::default();
        for report in &all {
            let file = written.file(&Tables::of(&report.1, &report.2), &title(&report.2));
            back(&format!("{written:?}"), report, SourceKind::of(Path::new(&format!("a.{}", written.ending()))).unwrap(), &file, &mut sum);
        }
        sum.print(&format!("{} reports as {written:?}", all.len()));
        assert!(written == Written::Text || sum.unread <= may_stay_unread(&all), "{written:?}");
    }
}

#[test]
fn what_python_writes_is_read_back_by_its_labels() {
    let script = project().join("tests/it/published/outside.py");
    let has_modules = Command::new("python3").args(["-c", "import docx, openpyxl"]).output().is_ok_and(|output| output.status.success());
    if !has_modules {
        println!("skipped: python3 has no docx and openpyxl; the same shapes are built by hand in what_others_write…");
        return;
    }
    let (folder, all) = (folder(), some());
    for (name, form, draft) in &all {
        let cell = |cell: &super::damage::Cell| json!([cell.words, cell.span.0, cell.span.1]);
        let table = |table: &Vec<Vec<super::damage::Cell>>| table.iter().map(|row| row.iter().map(cell).collect()).collect();
        let tables: Vec<Vec<Vec<serde_json::Value>>> = Tables::of(form, draft).0.iter().map(table).collect();
        put(&folder.path().join(format!("{name}.json")), json!({"title": title(draft), "tables": tables}).to_string().as_bytes());
    }
    let output = Command::new("python3").arg(script).arg(folder.path()).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    for ending in ["docx", "xlsx"] {
        let mut sum = Score::default();
        for report in &all {
            let path = folder.path().join(format!("{}.{ending}", report.0));
            back(&format!("python's {ending}"), report, SourceKind::of(&path).unwrap(), &std::fs::read(&path).unwrap(), &mut sum);
        }
        sum.print(&format!("{} reports as python's {ending}", all.len()));
        assert!(sum.unread <= may_stay_unread(&all));
    }
}

/// What our files are turned into: kind, the filter that `LibreOffice` opens them by, the one it writes by.
const ROUTES: [(FileKind, &str, &str); 10] = [
    (FileKind::Docx, "", "docx"),
    (FileKind::Docx, "", "pdf"),
    (FileKind::Docx, "", "html:HTML (StarWriter)"),
    (FileKind::Docx, "", "doc"),
    (FileKind::Xlsx, "", "xlsx"),
    (FileKind::Xlsx, "", "xls"),
    (FileKind::Xlsx, "", "html"),
    (FileKind::Xlsx, "", "pdf"),
    (FileKind::Html, "HTML (StarWriter)", "docx"),
    (FileKind::Html, "HTML (StarWriter)", "pdf"),
];

#[test]
fn what_libreoffice_makes_of_them_is_read_back_by_its_labels() {
    if !Path::new("/usr/lib/libreoffice/program/libsclo.so").exists() {
        println!("skipped: no LibreOffice Calc");
        return;
    }
    let (folder, all) = (folder(), some());
    for (kind, filter, to) in ROUTES {
        let ending = to.split(':').next().unwrap();
        let what = format!("{kind:?} to {ending}");
        let to_folder = folder.path().join(&what);
        let sources: Vec<PathBuf> = all.iter().map(|report| source(folder.path(), kind, report)).collect();
        let mut soffice = Command::new("soffice");
        soffice.arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()));
        soffice.args((!filter.is_empty()).then(|| format!("--infilter={filter}")));
        let output = soffice.args(["--headless", "--convert-to", to, "--outdir"]).arg(&to_folder).args(sources).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let mut sum = Score::default();
        for report in &all {
            let path = to_folder.join(format!("{}.{ending}", report.0));
            assert!(path.exists(), "{what}: {:?}", names(&to_folder));
            let (kind, bytes) = match ending {
                "doc" => (SourceKind::Docx, gouji::store::office::as_docx(&path).unwrap().unwrap()),
                _ => (SourceKind::of(&path).unwrap(), std::fs::read(&path).unwrap()),
            };
            back(&what, report, kind, &bytes, &mut sum);
        }
        sum.print(&format!("{} reports, {what} by LibreOffice", all.len()));
    }
}

/// Our own file of a report, written once.
fn source(folder: &Path, kind: FileKind, (name, form, draft): &Report) -> PathBuf {
    let path = folder.join(format!("{name}.{}", kind.ending()));
    if !path.exists() {
        put(&path, &export::file(kind, &book(form, draft), &Fonts::default()).unwrap());
    }
    path
}
