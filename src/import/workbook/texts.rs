//! The text chapters: paragraphs between titles, on the sheet of texts whatever it is called.

use super::cover::MAX_LOOKED_AT;
use super::places::line;
use super::{ImportError, titles};
use crate::form::Form;
use crate::model::SectionId;
use crate::read::xlsx::{Workbook, Worksheet};

/// Its name in our workbooks.
const NAME: &str = "文字";
/// Two characters before each paragraph, put there by the export.
const INDENT: &str = "　　";
/// Texts of this length and more, in UTF-16 units, filled their cell: the paragraph goes on in the next.
const FULL: usize = 31_990;

/// The sheet of our name, else one with a title of a text chapter that holds no cells of tables.
pub(super) fn sheet<'w>(workbook: &'w Workbook, form: &Form, tables: &[&str]) -> Result<Option<&'w Worksheet>, ImportError> {
    if let Some(sheet) = workbook.sheet(NAME)? {
        return Ok(Some(sheet));
    }
    for name in workbook.sheet_names().filter(|name| !tables.contains(name)).take(MAX_LOOKED_AT) {
        let has_title = |sheet: &&Worksheet| sheet.cells.values().any(|held| titles::section(form, &held.words()).is_some());
        if let Some(sheet) = workbook.sheet(name)?.filter(has_title) {
            return Ok(Some(sheet));
        }
    }
    Ok(None)
}

/// Section, title and text of each chapter that holds something; what belongs to none is listed.
pub(super) fn chapters(form: &Form, sheet: &Worksheet, left_out: &mut Vec<String>) -> Vec<(SectionId, String, String)> {
    let mut chapters: Vec<(SectionId, String, String)> = Vec::new();
    let (mut current, mut is_full) = (None, false);
    for (at, held) in &sheet.cells {
        let text = held.words();
        // Our own workbook has the preamble first, and only there.
        let preamble = || (chapters.is_empty() && *text == *form.preamble.title).then(|| (SectionId::PREAMBLE, text.clone()));
        if let Some((section, title)) = titles::section(form, &text).or_else(preamble) {
            let known = chapters.iter().position(|(other, ..)| *other == section);
            current = Some(known.unwrap_or(chapters.len()));
            if known.is_none() {
                chapters.push((section, title, String::new()));
            }
            is_full = false;
            continue;
        }
        match current.and_then(|place: usize| chapters.get_mut(place)).filter(|_| at.1 == 0) {
            Some((.., chapter)) => {
                if !chapter.is_empty() && !is_full {
                    chapter.push('\n');
                }
                chapter.push_str(text.strip_prefix(INDENT).unwrap_or(&text));
                is_full = text.encode_utf16().count() >= FULL;
            }
            None => left_out.push(line(&sheet.name, *at, &text)),
        }
    }
    left_out.extend(sheet.struck.values().map(|words| format!("文字部分：“{words:.40}”上有删除线，没有读入")));
    chapters.retain(|(.., text)| !text.is_empty());
    chapters
}
