//! Two hundred strings that break careless writers, through every kind of file and back: each comes back as it was, or the
//! file is refused in words that name the sign.

use gouji::export::sheet::{Align, Block, Book, Content, Field, Item, Layout, Orientation, Paper, Sheet};
use gouji::export::{self, ExportError, FileKind, Fonts};
use gouji::model::{Entry, Kind, Misread};

use super::{KINDS, book, write_chapter};
use crate::support::{catalog, project};

/// The strings, one JSON string a line, so that every sign can be written.
fn strings() -> Vec<String> {
    let text = std::fs::read_to_string(project().join("tests/cases/hostile.txt")).unwrap();
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| serde_json::from_str(line).expect(line)).collect()
}

/// A book with the text in every place that users write to.
fn small_book(text: &str) -> Book {
    let item = |at, content| Item { at, span: (1, 1), align: Align::Center, content, note: Some(text.to_owned()) };
    let entry = Entry::Unread { text: text.into(), why: Misread::NotNumber };
    let field = Field { key: "new.nat".to_owned(), kind: Kind::Count, entry, unit: String::new(), sums: Vec::new(), feed: None };
    let sheet = Sheet {
        name: "表".to_owned(),
        title: "一、表".to_owned(),
        layout: Layout::Table,
        orientation: Orientation::Portrait,
        widths: vec![1, 1],
        num_rows: 2,
        head_rows: 1,
        items: vec![
            item((0, 0), Content::Head("项目".to_owned())),
            item((0, 1), Content::Head("数量".to_owned())),
            item((1, 0), Content::Text(text.to_owned())),
            item((1, 1), Content::Field(field)),
        ],
        balances: Vec::new(),
    };
    let words = || text.to_owned();
    Book {
        title: format!("{text}局"),
        author: words(),
        form: "F2021".to_owned(),
        is_foreign: false,
        year: 2025,
        made_on: jiff::civil::date(2026, 1, 20),
        code: "7KQ2M-XW94A".to_owned(),
        links: Vec::new(),
        approval: None,
        edition: gouji::export::Edition::Office,
        paper: Paper::Official,
        sheets: vec![sheet],
        flow: vec![
            Block::Title(format!("{text}局")),
            Block::Heading(1, "一、表".to_owned()),
            Block::Table(0),
            Block::Heading(2, words()),
            Block::Paragraph(words()),
            Block::Paragraph(format!("前{text}后")),
            Block::Closing(words()),
        ],
        pictures: Vec::new(),
        graphs: Vec::new(),
        screens: Vec::new(),
    }
}

#[test]
fn hostile_strings_survive_every_kind_or_are_refused_by_name() {
    let strings = strings();
    assert!(strings.len() >= 200, "{}", strings.len());
    let (mut survived, mut refused) = (0, 0);
    for text in &strings {
        // Text chapters know no line ends and no blanks at the ends of a paragraph; figures neither.
        let text = text.trim().replace(['\r', '\n'], " ");
        let book = small_book(&text);
        for kind in KINDS {
            match export::file(kind, &book, &Fonts::default()) {
                Ok(_) => survived += 1,
                Err(ExportError::Sign { kind: of, .. }) if of == kind && kind != FileKind::Xlsx => refused += 1,
                Err(other) => panic!("{text:?} {kind:?}: {other}"),
            }
        }
    }
    println!("{} strings: {survived} files proven, {refused} refused with the sign named", strings.len());
}

#[test]
fn no_text_becomes_markup() {
    let form = catalog().by_id("F2021").unwrap();
    for text in strings() {
        let mut draft = form.draft(text.clone(), 2025);
        write_chapter(&mut draft, 1, &text);
        let Ok(page) = export::file(FileKind::Html, &book(&form, &draft), &Fonts::default()) else { continue };
        let page = String::from_utf8(page).unwrap().to_lowercase();
        for banned in ["<script", "<img", "<iframe", "<svg", "<style", "<a ", " onerror=\"", " onload=\""] {
            assert!(!page.contains(banned), "{text:?}: {banned}");
        }
    }
}
