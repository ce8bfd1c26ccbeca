//! The report as a web page, and as the fragment of one that is pasted into a website's editor.
//!
//! Editors of websites drop style sheets, classes and scripts, so every style stands on its element. Tables keep their meaning
//! for screen readers: caption, head cells with scope, and for each figure the head cells it belongs to. The same book gives
//! the same bytes.

mod escape;
mod table;

use std::fmt::Write as _;

use escape::escaped;

use super::proof;
use super::sheet::{Block, Book};
use super::trend;
use super::{ExportError, FileKind};
use crate::read::{self, Stretch};

/// Body text as on paper.
const BODY: &str = "font-family:仿宋_GB2312,FangSong,仿宋,STFangsong,serif;font-size:16pt;line-height:1.8;color:#000";
const TITLE: &str =
    "font-family:方正小标宋简体,SimSun,宋体,serif;font-size:22pt;font-weight:bold;text-align:center;line-height:1.5;margin:1em 0";
const HEADING_ONE: &str = "font-family:SimHei,黑体,sans-serif;font-size:16pt;font-weight:normal;text-indent:2em;margin:1em 0 .5em";
const HEADING_TWO: &str =
    "font-family:楷体_GB2312,KaiTi,楷体,STKaiti,serif;font-size:16pt;font-weight:normal;text-indent:2em;margin:.5em 0";
const PARAGRAPH: &str = "text-indent:2em;margin:.5em 0;text-align:justify;white-space:pre-wrap";
const MARK: &str = "font-size:9pt;color:#595959;margin:1.5em 0 0";
const CLOSING: &str = "text-align:right;margin:.5em 2em .5em 0";

/// The page, which stands alone.
///
/// # Errors
/// A sign that HTML cannot hold.
pub fn page(book: &Book) -> Result<String, ExportError> {
    proof::no_hidden_signs(FileKind::Html, book)?;
    let title = escaped(&book.title);
    let headings = book.flow.iter().filter_map(|block| match block {
        Block::Title(text) => Some(format!("<h1 style=\"{TITLE}\">{}</h1>\n", escaped(text))),
        _ => None,
    });
    let heading: String = headings.collect();
    Ok(format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n{}{}{}{}</head>\n\
         <body style=\"max-width:62em;margin:0 auto;padding:1em;background:#fff\">\n<main>\n{heading}{}</main>\n</body>\n</html>\n",
        meta("viewport", "width=device-width, initial-scale=1"),
        meta("author", &book.author),
        meta("generator", concat!("gouji ", env!("CARGO_PKG_VERSION"))),
        meta("gouji.code", &book.code),
        body(book)
    ))
}

/// The fragment: everything below the title.
///
/// # Errors
/// A sign that HTML cannot hold.
pub fn fragment(book: &Book) -> Result<String, ExportError> {
    proof::no_hidden_signs(FileKind::Fragment, book)?;
    Ok(body(book))
}

/// The bytes say what the book says.
///
/// # Errors
/// The first paragraph or cell that differs.
pub fn verify(kind: FileKind, bytes: &[u8], book: &Book) -> Result<(), ExportError> {
    let found = proof::read_back(kind, read::html::page(bytes))?;
    proof::compare(kind, book, &expected(kind, book), &found.stretches())?;
    let text = String::from_utf8_lossy(bytes);
    match (0..book.pictures.len()).find(|place| !text.contains(&picture(book, *place))) {
        None => Ok(()),
        Some(place) => Err(ExportError::ReadBack { kind, why: format!("缺第 {} 张图", place + 1), sheet: String::new() }),
    }
}

/// A picture with what it shows in words, for those who do not see it.
fn picture(book: &Book, place: usize) -> String {
    let svg = book.pictures.get(place).map(|figure| trend::svg(&trend::draw(&figure.chart), &figure.chart.words(), place));
    format!("<div style=\"text-align:center;overflow-x:auto\">\n{}</div>\n", svg.unwrap_or_default())
}

fn expected(kind: FileKind, book: &Book) -> Vec<Stretch> {
    let flow = proof::expected(book, |block| match block {
        Block::Title(_) => kind == FileKind::Html,
        Block::Sign(_) | Block::Picture(_) | Block::Screen(_) => false,
        _ => true,
    });
    flow.into_iter().chain([Stretch::Text(book.mark())]).collect()
}

fn body(book: &Book) -> String {
    let mut html = format!("<div lang=\"zh-CN\" style=\"{BODY}\">\n");
    for block in &book.flow {
        let (tag, style, text) = match block {
            // The title stands before the fragment; nobody signs a web page.
            Block::Title(_) | Block::Sign(_) | Block::Screen(_) => continue,
            Block::Heading(1, text) => ("h2", HEADING_ONE, text),
            Block::Heading(_, text) => ("h3", HEADING_TWO, text),
            Block::Paragraph(text) => ("p", PARAGRAPH, text),
            Block::Closing(text) => ("p", CLOSING, text),
            Block::Table(place) => {
                if let Some(sheet) = book.sheets.get(*place) {
                    table::write(&mut html, sheet, *place);
                }
                continue;
            }
            Block::Picture(place) => {
                html.push_str(&picture(book, *place));
                continue;
            }
        };
        _ = writeln!(html, "<{tag} style=\"{style}\">{}</{tag}>", escaped(text));
    }
    _ = writeln!(html, "<p style=\"{MARK}\">{}</p>", escaped(&book.mark()));
    html + "</div>\n"
}

fn meta(name: &str, content: &str) -> String {
    format!("<meta name=\"{name}\" content=\"{}\">\n", escaped(content).replace("<br>", " "))
}
