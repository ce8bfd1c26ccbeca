//! The report as it is printed: title, chapters in order, tables where they belong, lines to sign.

use jiff::civil::Date;

use super::sheet::{Block, Sheet};
use super::words;
use crate::form::{Body, Report};
use crate::model::SectionId;

/// Longest paragraph that is taken for a heading, in characters.
const MAX_HEADING: usize = 30;

/// The whole report. A chapter with a table names the sheet that bears its title.
pub(super) fn flow(report: Report<'_>, sheets: &[Sheet], made_on: Date) -> Vec<Block> {
    let mut blocks = vec![Block::Title(words::title_lines(report.draft))];
    blocks.extend(paragraphs(report.draft.section(SectionId::PREAMBLE)));
    for chapter in &report.form.chapters {
        blocks.push(Block::Heading(1, chapter.title.to_string()));
        match &chapter.body {
            Body::Text(section, _) => blocks.extend(paragraphs(report.draft.section(*section))),
            Body::Table(_) => blocks.extend(sheets.iter().position(|sheet| *sheet.title == *chapter.title).map(Block::Table)),
        }
    }
    blocks.push(Block::Sign("单位负责人（签字）：　　　　　　　　　填报人：　　　　　　　　".to_owned()));
    blocks.push(Block::Closing(words::cut(report.draft.agency.trim())));
    blocks.push(Block::Closing(words::day(made_on)));
    blocks
}

/// Headings and paragraphs of a chapter. Blank lines and white space at both ends of a line, which is layout, are left out.
pub(super) fn paragraphs(text: &str) -> impl Iterator<Item = Block> {
    let lines = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| if is_heading(line) { Block::Heading(2, line.to_owned()) } else { Block::Paragraph(line.to_owned()) })
}

/// `（一）主动公开` and the like: a number in brackets and a few words without a full stop.
fn is_heading(line: &str) -> bool {
    line.starts_with('（') && !line.contains(['。', '；', '：']) && line.chars().count() <= MAX_HEADING
}
