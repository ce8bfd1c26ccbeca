//! A table of a web page, as the clipboard carries it beside plain text. Plain text loses which cells are merged, so that
//! figures behind a merged head move to the left; here merges are laid out again.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// Longest text read, in bytes; table 三 copied from Excel has some 100 000.
const MAX_BYTES: usize = 4_000_000;

/// Most rows and columns of a table.
const MAX_ROWS: usize = 1_000;
const MAX_COLS: usize = 100;

/// The first table in a piece of HTML as tabbed text: a merged cell's words stand in its first slot, the others are empty.
/// `None` where there is no table, where no cell is merged (then the plain text is as good), or where it is too large to be one
/// of ours.
pub fn table_text(html: &str) -> Option<String> {
    if html.len() > MAX_BYTES {
        return None;
    }
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    // What a script would do to the page is not for us: reading stops there.
    let _script = tokenizer.feed(&queue);
    tokenizer.end();
    let table = tokenizer.sink.0.into_inner();
    let line = |row: &Vec<Option<String>>| row.iter().map(|words| words.as_deref().unwrap_or("").trim_end()).collect::<Vec<_>>().join("\t");
    (table.has_merges && !table.is_too_large).then(|| table.grid.iter().map(line).collect::<Vec<_>>().join("\n"))
}

#[derive(Default)]
struct Sink(RefCell<Table>);

/// The first table as far as it is read.
#[derive(Default)]
struct Table {
    grid: Vec<Vec<Option<String>>>,
    /// Tables that are open inside each other; the outermost counts.
    depth: usize,
    is_over: bool,
    /// The row that is open, from 1; 0 before the first.
    row: usize,
    /// Where the cell that is open stands.
    cell: Option<(usize, usize)>,
    has_merges: bool,
    is_too_large: bool,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut table = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if matches!(&*tag.name, "style" | "script") && tag.kind == TagKind::StartTag => {
                return TokenSinkResult::RawData(RawKind::Rawtext);
            }
            Token::TagToken(tag) => table.tag(&tag),
            Token::CharacterTokens(text) => table.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Table {
    fn tag(&mut self, tag: &Tag) {
        if self.is_over {
            return;
        }
        match (&*tag.name, tag.kind, self.depth) {
            ("table", TagKind::StartTag, _) => self.depth += 1,
            ("table", TagKind::EndTag, _) => {
                self.depth = self.depth.saturating_sub(1);
                self.is_over = self.depth == 0;
            }
            ("tr", _, 1) => {
                // An end tag may be left out, as may that of the last cell.
                self.cell = None;
                self.row += usize::from(tag.kind == TagKind::StartTag);
            }
            ("td" | "th", TagKind::StartTag, 1) => self.open_cell(span(tag, "colspan"), span(tag, "rowspan")),
            ("td" | "th", TagKind::EndTag, 1) => self.cell = None,
            ("br" | "p" | "div", _, _) => self.text(" "),
            _ => {}
        }
    }

    /// Puts a cell into the first free slot of the row, as the HTML standard says, and takes its other slots.
    fn open_cell(&mut self, across: usize, down: usize) {
        let row = self.row.saturating_sub(1);
        let mut col = 0;
        while self.slot(row, col).is_some_and(|slot| slot.is_some()) {
            col += 1;
        }
        self.has_merges |= across > 1 || down > 1;
        for (r, c) in (0..down).flat_map(|r| (0..across).map(move |c| (row + r, col + c))) {
            match self.slot(r, c) {
                Some(slot) => *slot = Some(String::new()),
                None => self.is_too_large = true,
            }
        }
        self.cell = Some((row, col));
    }

    /// The words of a cell stand on one line.
    fn text(&mut self, text: &str) {
        let Some((row, col)) = self.cell else { return };
        let Some(Some(words)) = self.slot(row, col) else { return };
        for c in text.chars() {
            let is_space = c.is_whitespace() && c != '\u{3000}';
            if !is_space {
                words.push(c);
            } else if !words.is_empty() && !words.ends_with(' ') {
                words.push(' ');
            }
        }
    }

    /// A place in the grid, made where it is not there yet; none beyond what a table may have.
    fn slot(&mut self, row: usize, col: usize) -> Option<&mut Option<String>> {
        if row >= MAX_ROWS || col >= MAX_COLS {
            return None;
        }
        if self.grid.len() <= row {
            self.grid.resize(row + 1, Vec::new());
        }
        let line = self.grid.get_mut(row)?;
        if line.len() <= col {
            line.resize(col + 1, None);
        }
        line.get_mut(col)
    }
}

/// A span, 1 where none is written; longer ones than a table may have count as that.
fn span(tag: &Tag, name: &str) -> usize {
    let value = tag.attrs.iter().find(|attribute| &*attribute.name.local == name);
    value.and_then(|attribute| attribute.value.trim().parse().ok()).unwrap_or(1).clamp(1, MAX_COLS)
}
