//! A sheet's grid laid out: how wide and how high everything is, and where words stand.

use std::ops::Range;

use super::fonts::{Fonts, Style};
use super::line::{self, Line, Setting};
use super::mark::Mark;
use crate::export::paper::{self, CELL_PADDING, Page};
use crate::export::sheet::{Align, Item, Layout, Sheet};
use crate::export::{ExportError, FileKind, cell_name};

/// Height of a line of table text over its size.
const LEADING: f64 = 1.2;
/// Where characters stand below the middle of their line, in units of the size.
const RISE: f64 = 0.36;
/// Sizes a statutory table is tried in, over its own, until it fits on a page.
const SCALES: [f64; 6] = [1.0, 0.9, 0.8, 0.7, 0.6, 0.5];
/// Free at the left of words that begin at the left.
const INDENT: f64 = 3.0;

/// A table with its rows measured.
pub struct Table<'a> {
    sheet: &'a Sheet,
    size: f64,
    /// Left edges of the columns, and the right edge of the last.
    edges: Vec<f64>,
    heights: Vec<f64>,
    /// The lines of each item.
    words: Vec<(&'a Item, Vec<Line>)>,
    next: usize,
}

/// Measures the table. One that belongs on one page is set smaller until it fits.
///
/// # Errors
/// A row is higher than a page, or a table that belongs on one page does not fit there in any size.
pub fn lay_out<'a>(sheet: &'a Sheet, fonts: &Fonts, page: &Page, room: f64) -> Result<Table<'a>, ExportError> {
    for scale in SCALES {
        let table = Table::new(sheet, fonts, page.text_width(), scale);
        let fits = match sheet.layout {
            Layout::Table => table.height() <= room,
            _ => (0..sheet.num_rows).all(|row| table.row_height(row) + table.height_of(0..sheet.head_rows) <= room),
        };
        if fits {
            return Ok(table);
        }
    }
    let longest = sheet.items.iter().max_by_key(|item| item.content.words().chars().count());
    let cell = longest.map_or_else(String::new, |item| format!("{} 格的内容太长，一页放不下，请改短", cell_name(item.at)));
    Err(ExportError::Write { kind: FileKind::Pdf, why: cell, sheet: sheet.name.clone() })
}

impl<'a> Table<'a> {
    fn new(sheet: &'a Sheet, fonts: &Fonts, width: f64, scale: f64) -> Self {
        let size = paper::size(sheet) * scale;
        let mut edges = vec![0.0];
        for width in paper::column_widths(sheet, width) {
            edges.push(edges.last().copied().unwrap_or_default() + width);
        }
        let mut table =
            Self { sheet, size, edges, heights: vec![paper::row_height(sheet) * scale; sheet.num_rows], words: Vec::new(), next: 0 };
        table.words = sheet.items.iter().map(|item| (item, table.lines(item, fonts))).collect();
        table.stretch();
        table
    }

    fn lines(&self, item: &Item, fonts: &Fonts) -> Vec<Line> {
        let (left, right) = self.span(item);
        let width = right - left - 2.0 * CELL_PADDING - indent(item);
        let setting = Setting { fonts, style: Style::Table, size: self.size, tracking: 0.0, width, indent: 0.0 };
        match item.align {
            Align::Center => line::even_lines(&item.content.words(), setting),
            Align::Left => line::lines(&item.content.words(), setting),
        }
    }

    /// Left and right edge of an item.
    fn span(&self, item: &Item) -> (f64, f64) {
        let edge = |col: usize| self.edges.get(col).copied().unwrap_or_default();
        (edge(item.at.1), edge(item.at.1 + item.span.1))
    }

    /// Makes rows as high as their words want: first those in one row, then what spans several shares the rest out.
    fn stretch(&mut self) {
        let wants: Vec<(Range<usize>, f64)> = self.words.iter().map(|(item, lines)| (rows(item), self.want(lines))).collect();
        for is_spanned in [false, true] {
            for (rows, want) in wants.iter().filter(|(rows, _)| (rows.len() > 1) == is_spanned) {
                let missing = want - self.height_of(rows.clone());
                if missing > 0.0 {
                    let each = missing / f64::from(u32::try_from(rows.len()).unwrap_or(1));
                    for height in self.heights.iter_mut().skip(rows.start).take(rows.len()) {
                        *height += each;
                    }
                }
            }
        }
    }

    fn want(&self, lines: &[Line]) -> f64 {
        f64::from(u32::try_from(lines.len()).unwrap_or(u32::MAX)) * self.size * LEADING + 2.0 * CELL_PADDING
    }

    /// Height of the whole.
    pub fn height(&self) -> f64 {
        self.heights.iter().sum()
    }

    /// Height of a row.
    pub fn row_height(&self, row: usize) -> f64 {
        self.heights.get(row).copied().unwrap_or_default()
    }

    /// Height of some rows.
    pub fn height_of(&self, rows: Range<usize>) -> f64 {
        self.heights.iter().skip(rows.start).take(rows.len()).sum()
    }

    /// The first row that is not placed yet.
    pub fn next_row(&self) -> Option<usize> {
        (self.next < self.heights.len()).then_some(self.next)
    }

    /// Rows before this one are placed.
    pub fn done(&mut self, row: usize) {
        self.next = row;
    }

    /// How many rows from this one fit, at least one.
    pub fn rows_that_fit(&self, row: usize, room: f64) -> usize {
        let mut used = 0.0;
        let fit = self.heights.iter().skip(row).take_while(|height| {
            used += **height;
            used <= room
        });
        fit.count().max(1)
    }

    /// The head rows once more, and how high they are.
    pub fn heads(&self, x: f64, y: f64) -> (Vec<Mark>, f64) {
        (self.place(0..self.sheet.head_rows, x, y), self.height_of(0..self.sheet.head_rows))
    }

    /// Frames and words of the items that begin in these rows.
    pub fn place(&self, rows: Range<usize>, x: f64, y: f64) -> Vec<Mark> {
        let mut marks = Vec::new();
        for (item, lines) in self.words.iter().filter(|(item, _)| rows.contains(&item.at.0)) {
            let (left, right) = self.span(item);
            let top = y + self.height_of(rows.start..item.at.0);
            let height = self.height_of(self::rows(item));
            marks.push(Mark::Frame { x: x + left, y: top, width: right - left, height });
            let mut baseline = top + (height - self.want(lines)) / 2.0 + CELL_PADDING + self.size * (LEADING / 2.0 + RISE);
            for line in lines {
                let x = match item.align {
                    Align::Center => x + (left + right - line.width()) / 2.0,
                    Align::Left => x + left + CELL_PADDING + indent(item),
                };
                marks.push(Mark::Text { x, baseline, size: self.size, line: line.clone() });
                baseline += self.size * LEADING;
            }
        }
        marks
    }
}

fn rows(item: &Item) -> Range<usize> {
    item.at.0..item.at.0 + item.span.0
}

fn indent(item: &Item) -> f64 {
    match item.align {
        Align::Center => 0.0,
        Align::Left => INDENT,
    }
}
