//! The text chapters as a sheet: chapter titles and paragraphs, one below the other.

use super::flow;
use super::sheet::{Align, Block, Content, Item, Layout, Orientation, Sheet};
use crate::form::Report;
use crate::model::SectionId;

/// Characters to a row. A spreadsheet row is at most 409 points high, so a longer paragraph spans several.
const CHARS_A_ROW: usize = 700;

/// Most UTF-16 units that one cell of a workbook takes, less the indent; a longer paragraph goes on in the next item.
const MAX_UNITS: usize = 32_000;

/// Two columns, always spanned: not every program fits a single wide column to the page.
const WIDTHS: [u16; 2] = [1, 1];

/// All text chapters in printed order.
pub(super) fn sheet(report: Report<'_>) -> Sheet {
    let (mut items, mut row) = (Vec::new(), 0);
    let mut add = |content: Content, rows: usize| {
        items.push(Item { span: (rows, WIDTHS.len()), ..Item::new((row, 0), Align::Left, content) });
        row += rows;
    };
    let is_there = |section: &SectionId| *section != SectionId::PREAMBLE || !report.draft.section(*section).trim().is_empty();
    for (section, chapter) in report.form.texts().filter(|(section, _)| is_there(section)) {
        add(Content::Heading(1, chapter.title.to_string()), 1);
        let mut blocks: Vec<Block> = flow::paragraphs(report.draft.section(section)).collect();
        if blocks.is_empty() {
            // A place to write in, for those who fill the workbook.
            blocks.push(Block::Paragraph(String::new()));
        }
        for block in blocks {
            match block {
                Block::Heading(level, text) => add(Content::Heading(level, text), 1),
                Block::Paragraph(text) => {
                    for piece in pieces(&text) {
                        let rows = piece.chars().count().div_ceil(CHARS_A_ROW).max(1);
                        add(Content::Paragraph(piece), rows);
                    }
                }
                Block::Title(_) | Block::Table(_) | Block::Picture(_) | Block::Screen(_) | Block::Sign(_) | Block::Closing(_) => {}
            }
        }
    }
    Sheet {
        name: "文字".to_owned(),
        title: String::new(),
        layout: Layout::Prose,
        orientation: Orientation::Portrait,
        widths: WIDTHS.to_vec(),
        num_rows: row,
        head_rows: 0,
        items,
        balances: Vec::new(),
    }
}

/// The paragraph in as few pieces as a workbook cell allows; joined they give it back.
fn pieces(paragraph: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut units = 0;
    for c in paragraph.chars() {
        units += c.len_utf16();
        if units > MAX_UNITS {
            pieces.push(String::new());
            units = c.len_utf16();
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces
}
