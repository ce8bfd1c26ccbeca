//! Our own workbook → a draft: a blank one filled in a spreadsheet, or a report that was changed there. Only what stands in
//! visible cells counts; the names that the export gave the cells say where to look.

use super::{ImportError, Imported};
use crate::form::{Catalog, Form};
use crate::model::{Edit, Entry, Item, Kind, SectionId, Value};
use crate::read::At;
use crate::read::xlsx::{self, Held, Workbook};

/// Two characters before each paragraph, put there by the export.
const INDENT: &str = "　　";
/// Texts of this length and more, in UTF-16 units, filled their cell: the paragraph goes on in the next.
const FULL: usize = 31_990;

/// Reads a workbook that this program has exported.
///
/// # Errors
/// It is not one, cannot be read, or is made for a form that is not here.
pub(super) fn read(bytes: &[u8], catalog: &Catalog) -> Result<Imported, ImportError> {
    let workbook = xlsx::read(bytes)?;
    let properties = &workbook.properties;
    let id = properties.get("gouji.form").ok_or(ImportError::NotOurs("没有表样编号"))?;
    let year = properties.get("gouji.year").and_then(|year| year.trim().parse().ok()).ok_or(ImportError::NotOurs("没有报告年度"))?;
    let form = catalog.by_id_and_year(id, year)?;
    let units = properties.get("gouji.units").map_or("", String::as_str);
    let mut draft = form.draft(agency(&workbook), year);
    let mut imported =
        Imported { form: form.clone(), draft: draft.clone(), num_filled: 0, unread: Vec::new(), missing: Vec::new(), chapters: Vec::new() };
    for (cell, spec) in form.cells() {
        let place = workbook.names.get(&*spec.key).and_then(|place| place_of(place));
        let Some((sheet, at)) = place.and_then(|(sheet, at)| Some((workbook.sheet(&sheet)?, at))) else {
            imported.missing.push(spec.label.to_string());
            continue;
        };
        let entry = Entry::read(spec.kind, &typed(sheet.cells.get(&at), spec.kind, unit_of(units, &spec.key)));
        if let Entry::Unread { text, why } = &entry {
            imported.unread.push((spec.label.to_string(), text.to_string(), why.advice()));
        }
        imported.num_filled += usize::from(!entry.is_blank());
        draft.apply(Edit::cell(cell, entry));
    }
    if imported.missing.len() == form.cells.len() {
        return Err(ImportError::NotOurs("找不到各格的名称"));
    }
    for (section, title, text) in chapters(&form, &workbook).into_iter().filter(|(.., text)| !text.is_empty()) {
        draft.apply(Edit::Set(Item::Text(section), Value::Text(text)));
        imported.chapters.push(title);
    }
    imported.draft = draft;
    Ok(imported)
}

/// `'三、依申请公开'!$D$5` → the sheet and the cell.
fn place_of(place: &str) -> Option<(String, At)> {
    let (sheet, cell) = place.trim_start_matches('=').rsplit_once('!')?;
    let sheet = sheet.strip_prefix('\'').and_then(|sheet| sheet.strip_suffix('\'')).unwrap_or(sheet).replace("''", "'");
    let cell = cell.split(':').next()?.replace('$', "");
    let letters: String = cell.chars().take_while(char::is_ascii_uppercase).collect();
    let row: usize = cell.strip_prefix(&*letters)?.parse().ok()?;
    let col = letters.bytes().try_fold(0_usize, |col, letter| col.checked_mul(26)?.checked_add(usize::from(letter - b'A') + 1))?;
    Some((sheet, (row.checked_sub(1)?, col.checked_sub(1)?)))
}

/// The unit that a figure without one stands in: `a9.procure.amount=万元;`.
fn unit_of<'a>(units: &'a str, key: &str) -> &'a str {
    units.split(';').find_map(|unit| unit.strip_prefix(key)?.strip_prefix('=')).unwrap_or_default()
}

/// What was typed into a cell, as the program's own cells would take it.
fn typed(held: Option<&Held>, kind: Kind, unit: &str) -> String {
    match held {
        None => String::new(),
        Some(Held::Number(number)) => format!("{}{unit}", decimal(*number, kind)),
        Some(Held::Text(text)) => text.clone(),
    }
}

/// The figure a spreadsheet shows for a number. Sums of amounts may end in a speck of binary dust, which is not kept.
fn decimal(number: f64, kind: Kind) -> String {
    const DUST: f64 = 1e-9;
    let places = if matches!(kind, Kind::Money(_)) { 6 } else { 0 };
    let rounded = format!("{number:.places$}");
    let is_dust = rounded.parse::<f64>().is_ok_and(|rounded| (rounded - number).abs() <= DUST * number.abs().max(1.0));
    match (is_dust, rounded.contains('.')) {
        (true, true) => rounded.trim_end_matches('0').trim_end_matches('.').to_owned(),
        (true, false) => rounded,
        (false, _) => number.to_string(),
    }
}

/// The agency on the cover.
fn agency(workbook: &Workbook) -> String {
    let Some(cover) = workbook.sheet("填报信息") else { return String::new() };
    let label = cover.cells.iter().find(|(at, held)| at.1 == 0 && **held == Held::Text("单位全称".to_owned()));
    let agency = label.and_then(|(at, _)| cover.cells.get(&(at.0, 1)));
    agency.map_or_else(String::new, |agency| agency.words().trim().to_owned())
}

/// The text chapters that the sheet of texts has, by the titles between them.
fn chapters(form: &Form, workbook: &Workbook) -> Vec<(SectionId, String, String)> {
    let mut chapters: Vec<(SectionId, String, String)> = Vec::new();
    let mut is_full = false;
    let cells = workbook.sheet("文字").into_iter().flat_map(|sheet| &sheet.cells);
    for (_, held) in cells.filter(|(at, _)| at.1 == 0) {
        let text = held.words();
        if let Some((section, chapter)) = form.sections().find(|(_, chapter)| *chapter.title == *text.trim()) {
            chapters.push((section, chapter.title.to_string(), String::new()));
            continue;
        }
        let Some((.., chapter)) = chapters.last_mut() else { continue };
        let paragraph = text.strip_prefix(INDENT).unwrap_or(&text);
        if !chapter.is_empty() && !is_full {
            chapter.push('\n');
        }
        chapter.push_str(paragraph);
        is_full = text.encode_utf16().count() >= FULL;
    }
    chapters
}
