//! The text chapters as a sheet: chapter titles and paragraphs, one below the other.

use super::sheet::{Align, Content, Item, Layout, Orientation, Sheet};
use crate::form::{Body, Form};
use crate::model::Draft;

/// Characters to a row. A spreadsheet row is at most 409 points high, so a longer paragraph spans several.
const CHARS_A_ROW: usize = 700;

/// Most UTF-16 units that one cell of a workbook takes, less the indent; a longer paragraph goes on in the next item.
const MAX_UNITS: usize = 32_000;

/// Longest paragraph that is taken for a heading, in characters.
const MAX_HEADING: usize = 30;

/// Two columns, always spanned: not every program fits a single wide column to the page.
const WIDTHS: [u16; 2] = [1, 1];

/// All text chapters in printed order. Blank lines and white space at line ends are left out, nothing else.
pub(super) fn sheet(form: &Form, draft: &Draft) -> Sheet {
    let (mut items, mut row) = (Vec::new(), 0);
    let mut add = |content: Content, rows: usize| {
        items.push(Item { span: (rows, WIDTHS.len()), ..Item::new((row, 0), Align::Left, content) });
        row += rows;
    };
    for chapter in &form.chapters {
        let Body::Text(section, _) = &chapter.body else { continue };
        add(Content::Heading(1, chapter.title.to_string()), 1);
        for paragraph in draft.section(*section).lines().map(str::trim_end).filter(|text| !text.is_empty()) {
            if is_heading(paragraph) {
                add(Content::Heading(2, paragraph.to_owned()), 1);
                continue;
            }
            for piece in pieces(paragraph) {
                let rows = piece.chars().count().div_ceil(CHARS_A_ROW);
                add(Content::Paragraph(piece), rows);
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

/// `（一）主动公开` and the like: a number in brackets and a few words without a full stop.
fn is_heading(paragraph: &str) -> bool {
    let text = paragraph.trim_start();
    text.starts_with('（') && !text.contains(['。', '；', '：']) && text.chars().count() <= MAX_HEADING
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
