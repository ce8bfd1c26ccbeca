//! A workbook that we exported comes back as the draft it was made from, also after it went through another program; files
//! that were made to harm are refused before they are opened.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use gouji::export::{self, FileKind, Fonts};
use gouji::form::Form;
use gouji::import::{self, ImportError};
use gouji::model::{Draft, Edit, Entry};
use gouji::store::{decode, encode};
use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::elsewhere::{changed, whole};
use crate::paper::{book, reports, write_chapter};
use crate::support::{arg, catalog, folder, gouji, put, skip, type_in, v1};

fn workbook(form: &Form, draft: &Draft) -> Vec<u8> {
    export::file(FileKind::Xlsx, &book(form, draft), &Fonts::default()).unwrap()
}

/// Chapters as they are printed: no blank lines, no blanks at the ends of lines.
fn printed(draft: &Draft) -> Vec<(u8, Vec<String>)> {
    let lines = |text: &str| text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    draft.sections().map(|(section, text)| (section.0, lines(text))).collect()
}

#[track_caller]
fn same(name: &str, found: &Draft, draft: &Draft) {
    assert_eq!((&found.agency, found.year, &found.form), (&draft.agency, draft.year, &draft.form), "{name}");
    assert_eq!(found.entries(), draft.entries(), "{name}");
    assert_eq!(printed(found), printed(draft), "{name}");
}

/// Reports, blank templates, and one with text where figures belong.
fn drafts() -> Vec<(String, std::sync::Arc<Form>, Draft)> {
    let mut all = reports();
    for form in catalog().forms() {
        all.push((format!("blank {}", form.id), form.clone(), form.draft("某县某局".to_owned(), form.years.0)));
    }
    let (form, mut draft) = v1();
    type_in(&form, &mut draft, "new.nat", "若干件");
    type_in(&form, &mut draft, "a8.fee.amount", "0.000001");
    write_chapter(&mut draft, 5, &format!("（一）问题\n{}\n=1+1\n", "长".repeat(70_000)));
    all.push(("text".to_owned(), form, draft));
    let form = catalog().by_id("F2019").unwrap();
    let mut draft = form.draft("某县某局".to_owned(), 2020);
    type_in(&form, &mut draft, "a9.procure.amount", "87.505万元");
    type_in(&form, &mut draft, "a5.license.delta", "-15");
    all.push(("money".to_owned(), form, draft));
    all
}

#[test]
fn every_workbook_comes_back_as_the_draft_it_was_made_from() {
    for (name, form, draft) in drafts() {
        let imported = import::read(FileKind::Xlsx, &workbook(&form, &draft), &catalog()).unwrap_or_else(|err| panic!("{name}: {err}"));
        same(&name, &imported.draft, &draft);
        assert_eq!(imported.num_filled, draft.entries().iter().filter(|entry| !entry.is_blank()).count(), "{name}");
        assert!(imported.missing.is_empty(), "{name}: {:?}", imported.missing);
    }
}

#[test]
fn workbooks_come_back_the_same_from_libreoffice() {
    if !Path::new("/usr/lib/libreoffice/program/libsclo.so").exists() {
        skip("no LibreOffice Calc");
        return;
    }
    let folder = folder();
    let out = folder.path().join("out");
    let drafts = drafts();
    let mut soffice = Command::new("soffice");
    soffice.arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()));
    soffice.args(["--headless", "--convert-to", "xlsx", "--outdir"]).arg(&out);
    for (name, form, draft) in &drafts {
        let path = folder.path().join(format!("{name}.xlsx"));
        put(&path, &workbook(form, draft));
        soffice.arg(path);
    }
    let output = soffice.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    for (name, _, draft) in &drafts {
        let imported = import::read(FileKind::Xlsx, &std::fs::read(out.join(format!("{name}.xlsx"))).unwrap(), &catalog());
        same(name, &imported.unwrap_or_else(|err| panic!("{name}: {err}")).draft, draft);
    }
    println!("{} workbooks came back the same", drafts.len());
}

#[test]
fn the_command_says_what_it_filled_and_what_not() {
    let folder = folder();
    let (form, mut draft) = v1();
    type_in(&form, &mut draft, "new.nat", "若干件");
    draft.apply(Edit::cell(form.cell_by_key("rev.total").unwrap(), Entry::Blank));
    let (book, back) = (arg(&folder, "a.xlsx"), arg(&folder, "b.gouji"));
    put(Path::new(&book), &workbook(&form, &draft));
    let said = gouji(&["import", &book, "-o", &back]);
    assert_eq!((said.code, &*said.err), (0, ""));
    assert!(said.out.contains("表格 200 格，已填 199 格，空白 1 格"), "{}", said.out);
    assert!(said.out.contains("填的是“若干件”，不是数字，请只填数字"), "{}", said.out);
    let again = gouji(&["import", &book, "-o", &back]);
    assert_eq!((again.code, &*again.out), (2, ""));
    let other = arg(&folder, "c.gouji");
    let said = gouji(&["import", &book, "-o", &other, "--format", "json"]);
    let value: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((&value["form"], &value["filled"], &value["blank"]), (&"F2021".into(), &199.into(), &1.into()));
    assert_eq!(value["unread"][0]["text"], "若干件");
}

/// A container with these parts.
fn container(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn files_made_to_harm_are_refused_before_they_are_opened() {
    let refused = |bytes: &[u8]| import::read(FileKind::Xlsx, bytes, &catalog()).unwrap_err().to_string();
    let bomb = " ".repeat(70 << 20);
    let large = changed(&whole(), |name, text| Some(if name.ends_with("sharedStrings.xml") { text + &bomb } else { text }));
    assert_eq!(refused(&large), "文件太大（展开后超过 64 MB），不像是年度报告的工作簿");
    let many: Vec<String> = (0..20_001).map(|place| format!("p{place}")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (&**name, &b""[..])).collect();
    assert_eq!(refused(&container(&many)), "文件太大（部件太多），不像是年度报告的工作簿");
    assert!(refused(&container(&[("word/document.xml", b"<a/>")])).contains("里面没有工作簿"));
    assert!(refused(b"\xd0\xcf\x11\xe0rest").contains("另存为不加密码的 .xlsx"));
    assert!(refused(b"").starts_with("读不出这个 Excel 文件"));
    let mut other = rust_xlsxwriter::Workbook::new();
    other.add_worksheet().write(1, 1, 5).unwrap();
    assert!(matches!(
        import::read(FileKind::Xlsx, &other.save_to_buffer().unwrap(), &catalog()),
        Err(ImportError::NotOurs("没有表样编号"))
    ));
}

#[test]
fn a_workbook_cut_anywhere_or_with_a_byte_changed_never_panics() {
    let (form, draft) = v1();
    let whole = workbook(&form, &draft);
    for place in (0..whole.len()).step_by(whole.len() / 60) {
        assert!(import::read(FileKind::Xlsx, &whole[..place], &catalog()).is_err());
        let mut changed = whole.clone();
        changed[place] ^= 0x55;
        // Read or refused; some bytes, such as dates, mean nothing.
        drop(import::read(FileKind::Xlsx, &changed, &catalog()));
    }
}

/// A fuzzer found a PDF whose agency began with a sign that asks for another shape of the letter before it.
#[test]
fn what_is_read_is_in_the_draft_as_it_will_be_when_opened_again() {
    for name in ["\u{fe00}某市应急管理局", " 某市\u{200b}应急管理局\u{3000}", "某市\n应急管理局"] {
        let mut draft = v1().1;
        draft.apply(Edit::agency(name.to_owned()));
        gouji::import::Account::clean(&mut draft);
        let (form, _) = v1();
        let (_, again) = decode(encode(form.report(&draft)).as_bytes(), &catalog()).unwrap();
        assert_eq!(again, draft, "{name:?}");
    }
}
