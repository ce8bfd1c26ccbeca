//! A page read back, with the tokenizer of a browser: headings, paragraphs, tables with their merges expanded.

use std::cell::RefCell;

use html5ever::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};

use crate::export::proof::{Grid, Piece};

/// What stands in the page's body, in order.
///
/// # Errors
/// It is no UTF-8, or holds something that we do not write.
pub fn pieces(bytes: &[u8]) -> Result<Vec<Piece>, String> {
    let text = std::str::from_utf8(bytes).map_err(|err| err.to_string())?;
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(text));
    let tokenizer = Tokenizer::new(Sink::default(), html5ever::tokenizer::TokenizerOpts::default());
    match tokenizer.feed(&queue) {
        TokenizerResult::Done => {}
        _ => return Err("网页里有脚本".to_owned()),
    }
    tokenizer.end();
    let page = tokenizer.sink.page.into_inner();
    match (page.wrong, page.open) {
        (Some(wrong), _) => Err(wrong),
        (None, Some(_)) => Err("网页不完整".to_owned()),
        (None, None) => Ok(page.pieces),
    }
}

#[derive(Default)]
struct Sink {
    page: RefCell<Page>,
}

/// The page as far as it is read.
#[derive(Default)]
struct Page {
    pieces: Vec<Piece>,
    /// The words of the element that is open.
    open: Option<String>,
    table: Option<Table>,
    wrong: Option<String>,
}

/// A table while it is read.
#[derive(Default)]
struct Table {
    grid: Grid,
    /// The row that is open, from 1; 0 before the first.
    row: usize,
    /// Spans of the cell that is open.
    span: (usize, usize),
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut page = self.page.borrow_mut();
        match token {
            Token::TagToken(tag) if &*tag.name == "title" && tag.kind == TagKind::StartTag => {
                return TokenSinkResult::RawData(RawKind::Rcdata);
            }
            Token::TagToken(tag) => page.tag(&tag),
            Token::CharacterTokens(text) => page.text(&text),
            Token::NullCharacterToken => page.text("\0"),
            Token::ParseError(why) => page.wrong = Some(why.into_owned()),
            Token::DoctypeToken(_) | Token::CommentToken(_) | Token::EOFToken => {}
        }
        TokenSinkResult::Continue
    }
}

impl Page {
    fn text(&mut self, text: &str) {
        if let Some(open) = &mut self.open {
            open.push_str(text);
        }
    }

    fn tag(&mut self, tag: &Tag) {
        match (&*tag.name, tag.kind) {
            ("table", TagKind::StartTag) => self.table = Some(Table::default()),
            ("table", TagKind::EndTag) => self.pieces.extend(self.table.take().map(|table| Piece::Table(table.grid))),
            ("tr", TagKind::StartTag) => {
                if let Some(table) = &mut self.table {
                    table.row += 1;
                }
            }
            ("th" | "td", TagKind::StartTag) => {
                if let Some(table) = &mut self.table {
                    table.span = (number(tag, "rowspan"), number(tag, "colspan"));
                }
                self.open = Some(String::new());
            }
            ("th" | "td", TagKind::EndTag) => {
                if let (Some(table), Some(words)) = (&mut self.table, self.open.take()) {
                    table.put(&words);
                }
            }
            ("h1" | "h2" | "h3" | "p", TagKind::StartTag) => self.open = Some(String::new()),
            ("h1" | "h2" | "h3" | "p", TagKind::EndTag) => self.pieces.extend(self.open.take().map(Piece::Text)),
            ("br", _) => self.text("\n"),
            (
                "html" | "head" | "meta" | "title" | "body" | "main" | "div" | "caption" | "colgroup" | "col" | "thead" | "tbody" | "tr",
                _,
            ) => {}
            (other, _) => self.wrong = Some(format!("网页里有 {other}")),
        }
    }
}

impl Table {
    /// Puts the cell into the first free slot of the row, as the HTML standard says.
    fn put(&mut self, words: &str) {
        let row = self.row.saturating_sub(1);
        let mut col = 0;
        while self.grid.is_taken((row, col)) {
            col += 1;
        }
        self.grid.put((row, col), self.span, words);
    }
}

/// Most rows or columns of a span.
const MAX_SPAN: usize = 1000;

/// A span, 1 where none is written.
fn number(tag: &Tag, name: &str) -> usize {
    let value = tag.attrs.iter().find(|attribute| &*attribute.name.local == name);
    value.and_then(|attribute| attribute.value.parse().ok()).unwrap_or(1).clamp(1, MAX_SPAN)
}
