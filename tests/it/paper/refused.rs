//! Writers that err, on purpose: each is refused by the proof of its own kind, which names the place.

use gouji::export::sheet::{Approval, Block, Book, Content};
use gouji::export::{self, ExportError, FileKind, Fonts};
use gouji::model::Entry;

use super::book;
use crate::support::v1;

/// Writes a book that was changed and holds it against the one it should be.
fn refused(kind: FileKind, book: &Book, change: impl Fn(&mut Book)) -> String {
    let mut wrong = book.clone();
    change(&mut wrong);
    match export::verify(kind, &export::write(kind, &wrong, &Fonts::default()).unwrap(), book) {
        Err(ExportError::Differs { sheet, cell, .. }) => format!("{sheet} {cell}"),
        other => panic!("{kind:?}: {other:?}"),
    }
}

fn change_field(book: &mut Book, key: &str, to: &Entry) {
    for item in book.sheets.iter_mut().flat_map(|sheet| &mut sheet.items) {
        if let Content::Field(field) = &mut item.content
            && field.key == key
        {
            field.entry = to.clone();
        }
    }
}

fn change_head(book: &mut Book, from: &str, to: &str) {
    for item in book.sheets.iter_mut().flat_map(|sheet| &mut sheet.items) {
        if item.content == Content::Head(from.to_owned()) {
            item.content = Content::Head(to.to_owned());
        }
    }
}

/// Two neighbours change places, as when a writer is off by one cell.
fn shift(book: &mut Book) {
    let items = &mut book.sheets[2].items;
    let place = items.iter().position(|item| matches!(&item.content, Content::Field(field) if field.key == "open.nat")).unwrap();
    let (left, right) = (items[place].content.clone(), items[place + 1].content.clone());
    (items[place].content, items[place + 1].content) = (right, left);
}

#[test]
fn a_shifted_cell_is_refused_by_every_kind() {
    let (form, draft) = v1();
    let book = book(&form, &draft);
    // A workbook has the table's title in its first row.
    for (kind, place) in [
        (FileKind::Docx, "三、依申请公开 D6"),
        (FileKind::Pdf, "三、依申请公开 D6"),
        (FileKind::Ofd, "三、依申请公开 D6"),
        (FileKind::Html, "三、依申请公开 D6"),
        (FileKind::Fragment, "三、依申请公开 D6"),
        (FileKind::Xlsx, "三、依申请公开 D7"),
    ] {
        assert_eq!(refused(kind, &book, shift), place, "{kind:?}");
    }
}

#[test]
fn everything_else_that_differs_is_refused_too() {
    let (form, draft) = v1();
    let book = book(&form, &draft);
    for kind in [FileKind::Docx, FileKind::Pdf, FileKind::Ofd, FileKind::Html, FileKind::Fragment] {
        let refused = |change: &dyn Fn(&mut Book)| refused(kind, &book, change);
        assert_eq!(refused(&|book| change_field(book, "deny3.sci", &Entry::Blank)), "三、依申请公开 F10", "{kind:?}");
        assert_eq!(refused(&|book| change_field(book, "rev.total", &Entry::Whole(791))), "四、复议诉讼 E4", "{kind:?}");
        assert_eq!(refused(&|book| change_head(book, "行政复议", "行政复义")), "四、复议诉讼 A1", "{kind:?}");
        let narrower = |book: &mut Book| book.sheets[3].items[0].span = (1, 4);
        assert_eq!(refused(&narrower), "四、复议诉讼 E1", "{kind:?}");
        let fewer_words = |book: &mut Book| book.flow.retain(|block| !matches!(block, Block::Heading(1, text) if text.starts_with('六')));
        assert!(refused(&fewer_words).starts_with("文字 第 "), "{kind:?}");
        let no_table = |book: &mut Book| book.flow.retain(|block| *block != Block::Table(2));
        assert!(refused(&no_table).ends_with(" 段"), "{kind:?}");
        // Another copy's code, or a paper that calls itself signed.
        let other_code = |book: &mut Book| book.code = "22222-22222".to_owned();
        let signed = |book: &mut Book| book.approval = Some(Approval { by: "无人".to_owned(), on: jiff::civil::date(2026, 1, 20) });
        for change in [&other_code as &dyn Fn(&mut Book), &signed] {
            let place = refused(change);
            assert!(place.starts_with("文字 第 ") || place == " 第 1 页边上", "{kind:?}: {place}");
        }
        let more = |book: &mut Book| book.flow.push(Block::Paragraph("多余的话".to_owned()));
        assert!(refused(&more).starts_with("文字 第 "), "{kind:?}");
    }
}

#[test]
fn torn_bytes_are_refused() {
    let (form, draft) = v1();
    let book = book(&form, &draft);
    for kind in super::KINDS {
        let whole = export::write(kind, &book, &Fonts::default()).unwrap();
        for cut in [0, 100, whole.len() / 3, whole.len() / 2] {
            assert!(export::verify(kind, &whole[..cut], &book).is_err(), "{kind:?} {cut}");
        }
        assert!(export::verify(kind, &whole, &book).is_ok(), "{kind:?}");
    }
}
