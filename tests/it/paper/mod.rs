//! The report on paper and on the web: every kind of file says what the draft says, shown by readers that are not ours, and a
//! writer that errs is refused by the proof of its own kind.

mod hostile;
mod ofd;
pub mod outside;
mod refused;

use std::sync::Arc;

use gouji::export::sheet::{Approval, Book};
use gouji::export::{self, ExportError, FileKind, Fonts};
use gouji::form::Form;
use gouji::model::{Draft, Edit, Entry, SectionId, Splice};
use gouji::store;

use crate::support::{Published, catalog, filled, published, type_in, v1};

/// Every kind that is proven piece by piece, the workbook included.
pub const KINDS: [FileKind; 6] = [FileKind::Docx, FileKind::Pdf, FileKind::Ofd, FileKind::Html, FileKind::Fragment, FileKind::Xlsx];

pub fn book(form: &Form, draft: &Draft) -> Book {
    let made_on = jiff::civil::date(2026, 1, 20);
    export::book(form.report(draft), None, made_on)
}

pub fn write_chapter(draft: &mut Draft, chapter: u8, text: &str) {
    if let Some(splice) = Splice::between(draft.section(SectionId(chapter)), text) {
        draft.apply(Edit::Text(SectionId(chapter), splice));
    }
}

/// V1, V3 and the published reports, by name.
pub fn reports() -> Vec<(String, Arc<Form>, Draft)> {
    let (form, mut draft) = v1();
    write_chapter(&mut draft, 1, "（一）主动公开\n全年公开信息。\n");
    let mut all = vec![("v1".to_owned(), form, draft)];
    let (form, draft) = store::example(&catalog(), store::Example::Older).unwrap();
    all.push(("v3".to_owned(), form, draft));
    all.extend(filled().into_iter().map(|(form, draft)| (format!("filled {}", form.id), form, draft)));
    for Published { name, agency, year, form, cells, .. } in published() {
        let form = catalog().by_id(&form).unwrap();
        let mut draft = form.draft(agency, year);
        cells.iter().filter_map(|cell| cell.split_once('=')).for_each(|(key, text)| type_in(&form, &mut draft, key, text));
        write_chapter(&mut draft, 1, "总体情况见网站。\n");
        all.push((name, form, draft));
    }
    all
}

#[test]
fn every_report_leaves_as_every_kind_and_is_proven() {
    let reports = reports();
    for (name, form, draft) in &reports {
        let book = book(form, draft);
        for kind in KINDS {
            let bytes = export::file(kind, &book, &Fonts::default()).unwrap_or_else(|err| panic!("{name} {kind:?}: {err}"));
            assert!(export::write(kind, &book, &Fonts::default()).unwrap() == bytes, "{name} {kind:?}: the same book gives the same bytes");
        }
    }
    println!("{} reports, {} kinds", reports.len(), KINDS.len());
}

#[test]
fn empty_reports_leave_too() {
    for form in catalog().forms() {
        let book = book(form, &form.draft(String::new(), form.years.0));
        for kind in KINDS {
            export::file(kind, &book, &Fonts::default()).unwrap();
        }
    }
}

#[test]
fn figures_too_wide_for_an_upright_page_turn_it() {
    let (form, mut draft) = v1();
    for key in ["new.nat", "new.sum"] {
        let cell = form.cell_by_key(key).unwrap();
        draft.apply(Edit::cell(cell, Entry::Whole(4_294_967_295)));
    }
    let book = book(&form, &draft);
    let docx = outside::part(&export::file(FileKind::Docx, &book, &Fonts::default()).unwrap(), "word/document.xml");
    assert_eq!(docx.matches("w:orient=\"landscape\"").count(), 1);
    assert_eq!(docx.matches("<w:sectPr>").count(), 3);
    let pdf = export::file(FileKind::Pdf, &book, &Fonts::default()).unwrap();
    let pdf = hayro_syntax::Pdf::new(pdf).unwrap();
    let wide = pdf.pages().iter().filter(|page| page.base_dimensions().0 > page.base_dimensions().1).count();
    assert_eq!(wide, 1);
}

#[test]
fn an_approval_stands_on_every_page_and_takes_the_watermark_away() {
    let (form, draft) = v1();
    let mut approved = book(&form, &draft);
    approved.approval = Some(Approval { by: "李审核".to_owned(), on: jiff::civil::date(2026, 1, 20) });
    let Some(draft_text) = outside::pdf_text(&export::file(FileKind::Pdf, &book(&form, &draft), &Fonts::default()).unwrap()) else {
        return;
    };
    let Some(text) = outside::pdf_text(&export::file(FileKind::Pdf, &approved, &Fonts::default()).unwrap()) else { return };
    let pages = text.matches('\u{c}').count();
    assert!(pages >= 3, "{pages}");
    // Who signs reads the code from the paper: it stands there before the signature too.
    let code = gouji::review::code_now(form.report(&draft));
    assert_eq!(text.matches(&format!("核对码 {code}")).count(), pages);
    assert_eq!(text.matches("李审核 2026-01-20 签发").count(), pages);
    assert_eq!((draft_text.matches(&format!("核对码 {code}")).count(), draft_text.matches("未签发").count()), (pages, pages));
    // The words lie at an angle, so that the reader sees each by itself.
    assert_eq!((draft_text.matches("草").count(), draft_text.matches("稿").count()), (pages, pages));
    assert_eq!(text.matches("草").count(), 0);
}

#[test]
fn what_a_kind_cannot_draw_is_refused_by_name() {
    let (form, mut draft) = v1();
    write_chapter(&mut draft, 5, "（一）存在的主要问题\n联系人：𠮷某。\n");
    let refusal = |kind: FileKind, draft: &Draft| export::file(kind, &book(&form, draft), &Fonts::default()).unwrap_err().to_string();
    assert_eq!(
        refusal(FileKind::Pdf, &draft),
        "“五、存在的主要问题及改进情况”有PDF 文件画不出的字 “𠮷”（U+20BB7），请删去或者换一个写法后再导出"
    );
    for kind in [FileKind::Docx, FileKind::Html, FileKind::Fragment, FileKind::Xlsx] {
        export::file(kind, &book(&form, &draft), &Fonts::default()).unwrap();
    }
    write_chapter(&mut draft, 5, "铃\u{7}声");
    for kind in [FileKind::Pdf, FileKind::Ofd, FileKind::Docx, FileKind::Html, FileKind::Fragment] {
        let words = format!("“五、存在的主要问题及改进情况”有{}装不下的不可见字符 U+0007，请删去或者换一个写法后再导出", kind.name());
        assert_eq!(refusal(kind, &draft), words);
    }
    export::file(FileKind::Xlsx, &book(&form, &draft), &Fonts::default()).unwrap();
}

#[test]
fn a_cell_that_no_page_can_take_is_refused_by_name() {
    let (form, mut draft) = v1();
    let cell = form.cell_by_key("new.nat").unwrap();
    draft.apply(Edit::cell(cell, Entry::read(form.cell(cell).kind, &"九".repeat(1500))));
    match export::file(FileKind::Pdf, &book(&form, &draft), &Fonts::default()) {
        Err(ExportError::Write { why, sheet, .. }) => {
            assert_eq!((&*why, &*sheet), ("D4 格的内容太长，一页放不下，请改短", "三、依申请公开"));
        }
        other => panic!("{other:?}"),
    }
    draft.apply(Edit::cell(cell, Entry::read(form.cell(cell).kind, &"九".repeat(60))));
    export::file(FileKind::Pdf, &book(&form, &draft), &Fonts::default()).unwrap();
}

#[test]
fn a_chapter_of_two_hundred_thousand_characters_survives() {
    let (form, mut draft) = v1();
    write_chapter(&mut draft, 1, &format!("（一）主动公开\n{}\n末段。\n", "政府信息公开工作，".repeat(22_300)));
    let book = book(&form, &draft);
    for kind in KINDS {
        let bytes = export::file(kind, &book, &Fonts::default()).unwrap();
        println!("{kind:?}: {} bytes", bytes.len());
    }
}

#[test]
fn the_summary_for_the_file_leaves_as_every_kind() {
    let (form, mut draft) = v1();
    let cell = form.cell_by_key("rev.total").unwrap();
    draft.apply(Edit::cell(cell, Entry::Whole(791)));
    let book = export::summary(form.report(&draft), jiff::civil::date(2026, 1, 20));
    for kind in KINDS {
        export::file(kind, &book, &Fonts::default()).unwrap_or_else(|err| panic!("{kind:?}: {err}"));
    }
    let pdf = hayro_syntax::Pdf::new(export::file(FileKind::Pdf, &book, &Fonts::default()).unwrap()).unwrap();
    assert_eq!(pdf.pages().len(), 1, "a page for the file");
    let fragment = String::from_utf8(export::file(FileKind::Fragment, &book, &Fonts::default()).unwrap()).unwrap();
    let digest = gouji::review::digests(form.report(&draft), draft.review()).sm3.to_string();
    for words in [&*digest, "尚未签发", ">14147<", "R13", "不符", "2026年1月20日"] {
        assert!(fragment.contains(words), "{words}");
    }
}

/// The font file with other permissions to embed it.
fn allowing(font: &[u8], allows: u16) -> Vec<u8> {
    let mut font = font.to_vec();
    let record = font.windows(4).position(|tag| tag == b"OS/2").unwrap();
    let offset = u32::from_be_bytes(font[record + 8..record + 12].try_into().unwrap());
    let at = usize::try_from(offset).unwrap() + 8;
    font[at..at + 2].copy_from_slice(&allows.to_be_bytes());
    font
}

#[test]
fn the_machines_fonts_are_embedded_where_their_makers_allow_it() {
    let (form, mut draft) = v1();
    write_chapter(&mut draft, 1, "正文用仿宋。\n");
    let book = book(&form, &draft);
    let bundled = export::file(FileKind::Pdf, &book, &Fonts::default()).unwrap();
    // The bold font stands in for 仿宋, found under the name that Windows gives it.
    let with = |allows: u16| {
        let file = allowing(export::pdf::BOLD, allows);
        let fonts = Fonts::found(|names| names.contains(&"FangSong").then(|| (file.clone(), 0)));
        export::file(FileKind::Pdf, &book, &fonts).unwrap()
    };
    for (allows, is_used) in [(0x0000, true), (0x0008, true), (0x0004, true), (0x0002, false), (0x0100, false), (0x0200, false)] {
        assert_eq!(with(allows) != bundled, is_used, "fsType {allows:#06x}");
    }
    let broken = Fonts::found(|_| Some((b"no font".to_vec(), 0)));
    assert!(export::file(FileKind::Pdf, &book, &broken).unwrap() == bundled);
    assert!(store::system_font(&["没有这个字体"]).is_none());
}
