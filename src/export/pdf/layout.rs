//! The book on pages: lines of text at a fixed pitch, tables, what goes on each page's edge.

use super::fonts::{Fonts, Style, shown};
use super::line::{self, Line, Setting};
use super::mark::{Bookmark, Drawing, Mark, Sheet, Shown};
use super::table;
use crate::export::ExportError;
use crate::export::paper::{self, Measures, Page, SIZE_FOUR, SIZE_SMALL_FIVE};
use crate::export::sheet::{self, Block, Book, Layout, Orientation};
use crate::export::trend::{self, Picture};

/// Where characters stand in a line, from its upper edge, in units of the size above half the line.
const RISE: f64 = 0.36;
/// Lines that must stand below a heading on its page.
const LINES_BELOW: f64 = 2.0;
/// Lines left free for the seal above the closing lines.
const SEAL_LINES: f64 = 2.0;
/// Size of the watermark.
pub const WATERMARK_SIZE: f64 = 120.0;

/// The pages and the outline.
pub struct Laid {
    /// Pages in order.
    pub pages: Vec<Sheet>,
    /// Headings in order.
    pub bookmarks: Vec<Bookmark>,
}

/// Lays the whole book out.
///
/// # Errors
/// A table has a cell that no page can take.
pub fn lay_out(book: &Book, fonts: &Fonts) -> Result<Laid, ExportError> {
    let (measures, laid) = (paper::measures(book), Laid { pages: Vec::new(), bookmarks: Vec::new() });
    let mut flow = Flow { book, fonts, measures, page: Page::new(Orientation::Portrait, measures), y: 0.0, laid };
    for section in paper::sections(book) {
        flow.page = section.page;
        flow.new_page();
        for (place, block) in section.blocks.iter().enumerate() {
            flow.block(block, section.blocks.get(place + 1).copied())?;
        }
    }
    let mut laid = flow.laid;
    for (place, sheet) in laid.pages.iter_mut().enumerate() {
        sheet.furniture.extend(edge(&sheet.page, place + 1, book, fonts));
    }
    Ok(laid)
}

/// Where the next thing goes.
struct Flow<'a> {
    book: &'a Book,
    fonts: &'a Fonts,
    measures: &'static Measures,
    page: Page,
    /// Used of the type area, from its upper edge.
    y: f64,
    laid: Laid,
}

impl<'a> Flow<'a> {
    fn new_page(&mut self) {
        self.laid.pages.push(Sheet {
            page: self.page,
            marks: Vec::new(),
            pictures: Vec::new(),
            screens: Vec::new(),
            furniture: Vec::new(),
        });
        self.y = 0.0;
    }

    fn free(&self) -> f64 {
        self.page.text_height() - self.y
    }

    /// Goes to the next page unless so much is free here.
    fn need(&mut self, height: f64) {
        // Twenty-two lines fill the page exactly; a sum of fractions must not throw one of them out.
        const TRIFLE: f64 = 0.5;
        if height > self.free() + TRIFLE && self.y > 0.0 {
            self.new_page();
        }
    }

    /// Body text: characters a little closer than their size, so that twenty-eight fill the line.
    fn setting(&self, style: Style, indent_chars: f64) -> Setting<'a> {
        let pitch = Page::new(Orientation::Portrait, self.measures).text_width() / self.measures.chars_a_line;
        Setting {
            fonts: self.fonts,
            style,
            size: self.measures.text,
            tracking: pitch - self.measures.text,
            width: self.page.text_width(),
            indent: indent_chars * pitch,
        }
    }

    fn block(&mut self, block: &Block, next: Option<&Block>) -> Result<(), ExportError> {
        match block {
            Block::Title(text) => self.title(text),
            Block::Heading(level, text) => self.heading(*level, text, next)?,
            Block::Paragraph(text) => self.paragraph(Style::Body, text),
            Block::Sign(text) => {
                self.need(self.measures.line * (4.0 + SEAL_LINES));
                self.y += self.measures.line;
                self.lines(line::lines(text, self.setting(Style::Body, 0.0)), self.measures.text, self.measures.line, |_, _| 0.0);
                self.y += self.measures.line * SEAL_LINES;
            }
            Block::Closing(text) => {
                let setting = self.setting(Style::Body, 0.0);
                let margin = 2.0 * self.measures.text;
                let lines = line::lines(text, Setting { width: setting.width - margin, ..setting });
                // Name and date stay together.
                let and_next = if matches!(next, Some(Block::Closing(_))) { 2.0 } else { 1.0 };
                self.need(self.measures.line * and_next);
                self.lines(lines, self.measures.text, self.measures.line, |line, width| width - margin - line.width());
            }
            Block::Table(place) => {
                if let Some(sheet) = self.book.sheets.get(*place) {
                    self.table(sheet)?;
                }
            }
            Block::Picture(place) => self.picture(*place),
            Block::Screen(place) => self.screen(*place),
        }
        Ok(())
    }

    /// As wide as the text at most, in one piece, with its sentence below it.
    fn picture(&mut self, place: usize) {
        let Some((picture, scale)) = self.drawing(place) else { return };
        let height = f64::from(picture.height) * scale;
        self.need(height + self.below_picture(place));
        let left = self.page.left + (self.page.text_width() - f64::from(picture.width) * scale) / 2.0;
        let at = (left, self.page.top + self.y);
        if let Some(sheet) = self.laid.pages.last_mut() {
            sheet.pictures.push(Drawing { picture, at, scale });
        }
        self.y += height + self.measures.line / 2.0;
    }

    /// As wide as the text, in one piece, with the line below it that says what it shows.
    fn screen(&mut self, screen: usize) {
        let Some(shown) = self.book.screens.get(screen) else { return };
        let width = self.page.text_width();
        let height = width * f64::from(shown.height) / f64::from(shown.width.max(1));
        self.need(height + 2.0 * self.measures.line);
        let at = (self.page.left, self.page.top + self.y);
        if let Some(sheet) = self.laid.pages.last_mut() {
            sheet.screens.push(Shown { screen, at, size: (width, height) });
        }
        self.y += height;
    }

    /// What stands below a picture and belongs to it: its sentence, and its figures a line a year.
    fn below_picture(&self, place: usize) -> f64 {
        let sheet = self.book.pictures.get(place).and_then(|figure| self.book.sheets.get(figure.sheet));
        let figures = sheet.and_then(|sheet| Some(paper::row_height(sheet) * f64::from(u32::try_from(sheet.num_rows).ok()?)));
        self.measures.line * (LINES_BELOW + 0.5) + figures.unwrap_or(0.0)
    }

    fn drawing(&self, place: usize) -> Option<(Picture, f64)> {
        let picture = trend::draw(&self.book.pictures.get(place)?.chart);
        let scale = (self.page.text_width() / f64::from(picture.width)).min(1.0);
        Some((picture, scale))
    }

    fn title(&mut self, text: &str) {
        self.bookmark(1, text);
        let width = self.page.text_width() - 2.0 * self.measures.title;
        let setting = Setting { fonts: self.fonts, style: Style::Title, size: self.measures.title, tracking: 0.0, width, indent: 0.0 };
        let lines = text.split('\n').flat_map(|part| line::even_lines(part, setting)).collect();
        self.lines(lines, self.measures.title, self.measures.title_line, |line, width| (width - line.width()) / 2.0);
        self.y += self.measures.line;
    }

    fn heading(&mut self, level: u8, text: &str, next: Option<&Block>) -> Result<(), ExportError> {
        let table = match next {
            Some(Block::Table(place)) => self.book.sheets.get(*place),
            _ => None,
        };
        let picture = match next {
            Some(Block::Picture(place)) => {
                self.drawing(*place).map(|(picture, scale)| f64::from(picture.height) * scale + self.below_picture(*place))
            }
            _ => None,
        };
        if text == trend::annex::TITLE && self.y > 0.0 {
            self.new_page(); // what is annexed has a page of its own
        }
        let below = match (picture, table) {
            (Some(height), _) => height,
            (None, Some(sheet)) => table::lay_out(sheet, self.fonts, &self.page, self.page.text_height() - self.measures.line)?.height(),
            (None, None) => self.measures.line * LINES_BELOW,
        };
        self.need(self.measures.line + below.min(self.page.text_height() - self.measures.line));
        self.bookmark(level, text);
        self.paragraph(if level == 1 { Style::Heading } else { Style::SubHeading }, text);
        Ok(())
    }

    fn bookmark(&mut self, level: u8, text: &str) {
        let (page, y) = (self.laid.pages.len().saturating_sub(1), self.page.top + self.y);
        self.laid.bookmarks.push(Bookmark { level, text: shown(&text.replace('\n', "")), page, y });
    }

    fn paragraph(&mut self, style: Style, text: &str) {
        let setting = self.setting(style, 2.0);
        let mut lines = line::lines(text, setting);
        for (place, line) in lines.iter_mut().enumerate() {
            if line.goes_on {
                line.spread(if place == 0 { setting.width - setting.indent } else { setting.width });
            }
        }
        let first = std::cell::Cell::new(true);
        self.lines(lines, self.measures.text, self.measures.line, |_, _| if first.replace(false) { setting.indent } else { 0.0 });
    }

    /// Puts lines below each other, on as many pages as it takes.
    fn lines(&mut self, lines: Vec<Line>, size: f64, pitch: f64, left: impl Fn(&Line, f64) -> f64) {
        for line in lines {
            self.need(pitch);
            let x = self.page.left + left(&line, self.page.text_width());
            let baseline = self.page.top + self.y + pitch / 2.0 + size * RISE;
            self.add(Mark::Text { x, baseline, size, line });
            self.y += pitch;
        }
    }

    fn table(&mut self, sheet: &sheet::Sheet) -> Result<(), ExportError> {
        let mut table = table::lay_out(sheet, self.fonts, &self.page, self.page.text_height() - self.measures.line)?;
        if sheet.layout == Layout::Table {
            self.need(table.height());
        }
        while let Some(row) = table.next_row() {
            if table.row_height(row) > self.free() && self.y > 0.0 {
                self.new_page();
                if row > 0 {
                    let (marks, height) = table.heads(self.page.left, self.page.top);
                    if let Some(sheet) = self.laid.pages.last_mut() {
                        sheet.furniture.extend(marks);
                    }
                    self.y += height;
                }
            }
            let rows = table.rows_that_fit(row, self.free());
            for mark in table.place(row..row + rows, self.page.left, self.page.top + self.y) {
                self.add(mark);
            }
            self.y += table.height_of(row..row + rows);
            table.done(row + rows);
        }
        self.y += self.measures.line / 2.0;
        Ok(())
    }

    fn add(&mut self, mark: Mark) {
        if let Some(sheet) = self.laid.pages.last_mut() {
            sheet.marks.push(mark);
        }
    }
}

/// Page number, the mark of this copy, and across the page the word that it is not signed.
fn edge(page: &Page, number: usize, book: &Book, fonts: &Fonts) -> Vec<Mark> {
    let set = |text: &str, size: f64| {
        let setting = Setting { fonts, style: Style::Table, size, tracking: 0.0, width: f64::INFINITY, indent: 0.0 };
        line::lines(text, setting).into_iter().next().unwrap_or_default()
    };
    // GB/T 9704-2012: 7 mm below the type area, one character from the outer edge.
    let baseline = page.height - page.bottom + 7.0 * 72.0 / 25.4 + SIZE_FOUR * RISE;
    let line = set(&format!("— {number} —"), SIZE_FOUR);
    let x = if number % 2 == 1 { page.width - page.right - SIZE_FOUR - line.width() } else { page.left + SIZE_FOUR };
    let mut marks = vec![Mark::Text { x, baseline, size: SIZE_FOUR, line }];
    if book.is_marked_draft() {
        marks.insert(0, Mark::Watermark(set(super::mark::WATERMARK, WATERMARK_SIZE)));
    }
    let line = set(&book.mark(), SIZE_SMALL_FIVE);
    let x = if number % 2 == 1 { page.left } else { page.width - page.right - line.width() };
    marks.push(Mark::Text { x, baseline, size: SIZE_SMALL_FIVE, line });
    marks
}
