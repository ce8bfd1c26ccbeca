//! A web page, read with the tokenizer of a browser: headings, paragraphs, tables with their merges expanded. What is left
//! out by the rules of HTML (end tags, `tbody`) may be left out; a table inside a table is a piece of its own, and its words
//! stand in the outer cell as well.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::{At, Grid, Leaf, Page, Piece, Span, Stretch};

/// Tables inside each other; deeper ones are taken for the words of their cell.
const MAX_NESTED: usize = 8;

/// Longest title kept, in bytes.
const MAX_TITLE: usize = 1_000;

/// Most rows or columns of a span.
const MAX_SPAN: usize = 1000;

/// What stands in the page's body, in order.
///
/// # Errors
/// It is no UTF-8, or breaks off in the middle of a paragraph or table.
pub fn page(bytes: &[u8]) -> Result<Page, String> {
    let (page, is_whole) = parse(std::str::from_utf8(bytes).map_err(|_other_encoding| "网页不是 UTF-8 编码".to_owned())?);
    if is_whole { Ok(page) } else { Err("网页不完整".to_owned()) }
}

/// What stands in a piece of HTML as the clipboard carries it, which may begin and end anywhere.
pub fn piece(html: &str) -> Page {
    parse(html).0
}

/// The page, and whether everything that was opened was closed.
fn parse(text: &str) -> (Page, bool) {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(text));
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    // The sink never stops the tokenizer, so one call reads all.
    let _done = tokenizer.feed(&queue);
    tokenizer.end();
    let mut reading = tokenizer.sink.0.into_inner();
    let is_whole = reading.tables.is_empty() && reading.open.as_ref().is_none_or(|open| !open.is_marked);
    reading.end_paragraph();
    while !reading.tables.is_empty() {
        reading.end_table();
    }
    (reading.page, is_whole)
}

#[derive(Default)]
struct Sink(RefCell<Reading>);

/// The page as far as it is read.
#[derive(Default)]
struct Reading {
    page: Page,
    open: Option<Paragraph>,
    /// Tables that are open, the innermost last.
    tables: Vec<Table>,
    /// Tables open beyond what is read.
    num_deeper: usize,
    /// The element that is open and not shown, and how many of its kind are open inside each other.
    hidden: Option<(String, usize)>,
}

/// A paragraph while it is read.
struct Paragraph {
    words: String,
    /// It has a tag of its own; else it is text that stands loose.
    is_marked: bool,
}

/// A table while it is read.
struct Table {
    /// Its place among the pieces.
    place: usize,
    grid: Grid,
    /// The row that is open, from 1; 0 before the first.
    row: usize,
    cell: Option<(At, Span, String)>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut reading = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => return reading.tag(&tag),
            Token::CharacterTokens(text) => reading.text(&text),
            Token::NullCharacterToken => reading.text("\0"),
            Token::ParseError(why) => reading.page.strange = Some(why.into_owned()),
            Token::DoctypeToken(_) | Token::CommentToken(_) | Token::EOFToken => {}
        }
        TokenSinkResult::Continue
    }
}

impl Reading {
    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let is_start = tag.kind == TagKind::StartTag;
        if self.stays_hidden(tag, is_start) {
            return TokenSinkResult::Continue;
        }
        match &*tag.name {
            name @ ("title" | "style" | "script" | "caption") => {
                self.hidden = is_start.then(|| (name.to_owned(), 1));
                if matches!(name, "style" | "script") {
                    self.strange(name);
                }
                match name {
                    "title" if is_start => return TokenSinkResult::RawData(RawKind::Rcdata),
                    "style" | "script" if is_start => return TokenSinkResult::RawData(RawKind::Rawtext),
                    _ => {}
                }
            }
            "table" if is_start => self.start_table(),
            "table" => self.end_table(),
            "tr" if self.num_deeper == 0 => self.row(is_start),
            "td" | "th" if self.num_deeper == 0 => self.cell(tag, is_start),
            "h1" | "h2" | "h3" | "p" => self.paragraph(is_start),
            "br" => self.text("\n"),
            "html" | "head" | "meta" | "body" | "main" | "colgroup" | "col" | "thead" | "tbody" => {}
            "div" => self.block(),
            name => {
                self.strange(name);
                if matches!(name, "h4" | "h5" | "h6" | "li") {
                    self.paragraph(is_start);
                } else if matches!(name, "section" | "article" | "ul" | "ol" | "dl" | "dd" | "dt" | "header" | "footer" | "center") {
                    self.block();
                }
            }
        }
        TokenSinkResult::Continue
    }

    /// The tag stands in something that is not shown, or begins or ends it: notes of cells as `LibreOffice` writes them, and what
    /// says so of itself.
    fn stays_hidden(&mut self, tag: &Tag, is_start: bool) -> bool {
        match &mut self.hidden {
            Some((name, _)) if *name != *tag.name => true,
            Some((name, _)) if is_closed_alone(name) => false,
            Some((_, depth)) => {
                *depth = if is_start { *depth + 1 } else { depth.saturating_sub(1) };
                if *depth == 0 {
                    self.hidden = None;
                }
                true
            }
            None if is_start && !tag.self_closing && is_hidden(tag) => {
                if &*tag.name != DRAWING {
                    self.strange(&tag.name);
                }
                self.hidden = Some((tag.name.to_string(), 1));
                true
            }
            None => false,
        }
    }

    fn strange(&mut self, name: &str) {
        self.page.strange = Some(format!("网页里有 {name}"));
    }

    /// The cell that is open in the innermost table.
    fn words(&mut self) -> Option<&mut String> {
        self.tables.last_mut().and_then(|table| table.cell.as_mut()).map(|(.., words)| words)
    }

    fn text(&mut self, text: &str) {
        if let Some((name, _)) = &self.hidden {
            if name == "title" && self.page.title.len() < MAX_TITLE {
                self.page.title.push_str(text);
            }
            return;
        }
        if let Some(words) = self.words() {
            words.push_str(text);
        } else if let Some(open) = &mut self.open {
            open.words.push_str(text);
        } else if self.tables.is_empty() && !text.trim().is_empty() {
            self.open = Some(Paragraph { words: text.to_owned(), is_marked: false });
        }
    }

    /// In a cell a paragraph is a line of it.
    fn paragraph(&mut self, is_start: bool) {
        if !self.tables.is_empty() {
            return self.block();
        }
        self.end_paragraph();
        if is_start {
            self.open = Some(Paragraph { words: String::new(), is_marked: true });
        }
    }

    /// What follows stands on a line of its own.
    fn block(&mut self) {
        if let Some(words) = self.words() {
            if !words.is_empty() && !words.ends_with('\n') {
                words.push('\n');
            }
        } else if self.open.as_ref().is_some_and(|open| !open.is_marked) {
            self.end_paragraph();
        }
    }

    fn end_paragraph(&mut self) {
        if let Some(Paragraph { words, is_marked }) = self.open.take() {
            let words = if is_marked { words } else { words.trim().to_owned() };
            self.page.pieces.push(Piece { on: Leaf::Flow, what: Stretch::Text(words) });
        }
    }

    fn start_table(&mut self) {
        if self.tables.len() >= MAX_NESTED {
            self.num_deeper += 1;
            return;
        }
        self.end_paragraph();
        let place = self.page.pieces.len();
        self.page.pieces.push(Piece { on: Leaf::Flow, what: Stretch::Table(Grid::default()) });
        self.tables.push(Table { place, grid: Grid::default(), row: 0, cell: None });
    }

    fn end_table(&mut self) {
        if self.num_deeper > 0 {
            self.num_deeper -= 1;
            return;
        }
        let Some(mut table) = self.tables.pop() else { return };
        table.end_cell();
        if table.grid.is_cut() {
            self.page.strange = Some("网页里有太大的表格".to_owned());
        }
        if let Some(outer) = self.words() {
            outer.extend(table.grid.cells().flat_map(|cell| [cell.words, "\n"]));
        }
        if let Some(piece) = self.page.pieces.get_mut(table.place) {
            piece.what = Stretch::Table(table.grid);
        }
    }

    fn row(&mut self, is_start: bool) {
        if let Some(table) = self.tables.last_mut() {
            table.end_cell();
            table.row += usize::from(is_start);
        }
    }

    fn cell(&mut self, tag: &Tag, is_start: bool) {
        let Some(table) = self.tables.last_mut() else { return };
        table.end_cell();
        if is_start {
            let span = (number(tag, "rowspan"), number(tag, "colspan"));
            table.cell = Some((table.free_slot(), span, String::new()));
        }
    }
}

impl Table {
    /// The first free slot of the row, as the HTML standard says.
    fn free_slot(&self) -> At {
        let row = self.row.saturating_sub(1);
        let mut col = 0;
        while self.grid.is_taken((row, col)) {
            col += 1;
        }
        (row, col)
    }

    fn end_cell(&mut self) {
        if let Some((at, span, words)) = self.cell.take() {
            self.grid.put(at, span, &words);
        }
    }
}

/// Elements that never stand inside each other.
fn is_closed_alone(name: &str) -> bool {
    matches!(name, "title" | "style" | "script" | "caption")
}

/// A drawing has no paragraphs; what it shows is written beside it.
const DRAWING: &str = "svg";

/// The element says that it is not shown, or shows no text.
fn is_hidden(tag: &Tag) -> bool {
    let style = tag.attrs.iter().find(|attribute| &*attribute.name.local == "style");
    let says_so = || style.is_some_and(|style| style.value.replace(' ', "").to_ascii_lowercase().contains("display:none"));
    matches!(&*tag.name, "comment" | DRAWING) || matches!(&*tag.name, "span" | "div" | "font" | "a" | "b") && says_so()
}

/// A span, 1 where none is written.
fn number(tag: &Tag, name: &str) -> usize {
    let value = tag.attrs.iter().find(|attribute| &*attribute.name.local == name);
    value.and_then(|attribute| attribute.value.trim().parse().ok()).unwrap_or(1).clamp(1, MAX_SPAN)
}
