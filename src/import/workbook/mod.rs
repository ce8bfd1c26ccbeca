//! Our own workbook → a draft: a blank one filled in a spreadsheet, or a report that was changed there. The names that the export
//! gave the cells say where to look, and only their sheets, the cover and the texts are read. Whatever else is filled there is
//! listed: nothing is left behind in silence.

mod cover;
mod places;
mod texts;

use super::titles;
use super::{ImportError, Imported};
use crate::form::{Catalog, Form};
use crate::model::{CellId, Draft, Edit, Entry, Item, Kind, Value, tidied};
use crate::read::At;
use crate::read::xlsx::{Held, Workbook, Worksheet};
use crate::rules::claims::link;
use places::Sheets;

/// Reads a workbook that this program has exported.
///
/// # Errors
/// It is not one, cannot be read, or is made for a form that is not here.
pub(super) fn read(workbook: &Workbook, catalog: &Catalog) -> Result<Imported, ImportError> {
    let mut left_out = Vec::new();
    let cover = cover::read(workbook, &mut left_out)?;
    let (form, year) = cover.form_and_year(workbook, catalog, &mut left_out)?;
    let units = workbook.properties.get("gouji.units").cloned().unwrap_or_default();
    let sheets = Sheets::of(workbook, &form)?;
    let mut draft = form.draft(cover.agency.clone(), year);
    let mut imported = Imported {
        form: form.clone(),
        draft: draft.clone(),
        num_filled: 0,
        unread: Vec::new(),
        missing: Vec::new(),
        chapters: Vec::new(),
        left_out,
    };
    for (cell, spec) in form.cells() {
        match sheets.slot(cell) {
            None => imported.missing.push(sheets.why_missing(&spec.key, &spec.label)),
            Some((sheet, at)) => {
                let unit = unit_of(&units, &spec.key);
                fill(&mut draft, &mut imported, cell, sheet, at, unit);
            }
        }
    }
    if imported.missing.len() == form.cells.len() {
        return Err(ImportError::NotOurs("找不到各格的名称"));
    }
    imported.left_out.extend(sheets.left_out(&form));
    let prose = texts::sheet(workbook, &form, &sheets.names())?;
    if let Some(prose) = prose {
        for (section, title, text) in texts::chapters(&form, prose, &mut imported.left_out) {
            draft.apply(Edit::Set(Item::Text(section), Value::Text(tidied(&text))));
            imported.chapters.push(title);
        }
    }
    let links = (1..).map_while(|place| workbook.properties.get(&format!("gouji.links.{place}")).cloned());
    let links: Vec<String> = links.collect();
    let (edits, num_lost) = link::by_marks(form.report(&draft), links.iter().flat_map(|links| links.split(';')));
    for edit in edits {
        draft.apply(edit);
    }
    if num_lost > 0 {
        imported.left_out.push(format!("正文里有 {num_lost} 个数原来跟着表里的格，所在的句子改过，没有接上；请在正文里重新链接"));
    }
    let read: Vec<&str> = sheets.names().into_iter().chain(cover.sheet.as_deref()).chain(prose.map(|sheet| &*sheet.name)).collect();
    imported.left_out.extend(places::unread_sheets(workbook, &read));
    imported.draft = draft;
    Ok(imported)
}

/// Puts what the slot shows into the cell.
fn fill(draft: &mut Draft, imported: &mut Imported, cell: CellId, sheet: &Worksheet, at: At, unit: &str) {
    let form: &Form = &imported.form;
    let spec = form.cell(cell);
    let entry = Entry::read(spec.kind, &typed(sheet.cells.get(&at), spec.kind, unit));
    if let Entry::Unread { text, why } = &entry {
        imported.unread.push((spec.label.to_string(), text.to_string(), why.advice()));
    }
    if sheet.cells.get(&at) == Some(&Held::Uncomputed) {
        imported.left_out.push(format!("{}：公式还没有算出结果，没有读入；请在 Excel 或 WPS 里打开、保存一次再导入", spec.label));
    }
    if let Some(struck) = sheet.struck.get(&at) {
        imported.left_out.push(format!("{}：“{struck}”上有删除线，没有读入", spec.label));
    }
    if places::is_covered(sheet, at) {
        imported.left_out.push(format!("{}：这一格被合并到别的格里，没有读入；请取消合并再导入", spec.label));
    }
    imported.num_filled += usize::from(!entry.is_blank());
    draft.apply(Edit::cell(cell, entry));
}

/// The unit that a figure without one stands in: `a9.procure.amount=万元;`.
fn unit_of<'a>(units: &'a str, key: &str) -> &'a str {
    units.split(';').find_map(|unit| unit.strip_prefix(key)?.strip_prefix('=')).unwrap_or_default()
}

/// What was typed into a cell, as the program's own cells would take it.
fn typed(held: Option<&Held>, kind: Kind, unit: &str) -> String {
    match held {
        None | Some(Held::Uncomputed) => String::new(),
        Some(Held::Number(number)) => format!("{}{unit}", decimal(*number, kind)),
        Some(Held::Text(text)) => text.clone(),
    }
}

/// The figure a spreadsheet shows for a number. Sums of amounts may end in a speck of binary dust, which is not kept.
fn decimal(number: f64, kind: Kind) -> String {
    let dust = 1e-9_f64.max(number.abs() * 8.0 * f64::EPSILON);
    let places = if matches!(kind, Kind::Money(_)) { 6 } else { 0 };
    let rounded = format!("{number:.places$}");
    let is_dust = rounded.parse::<f64>().is_ok_and(|rounded| (rounded - number).abs() <= dust);
    match (is_dust, rounded.contains('.')) {
        (true, true) => rounded.trim_end_matches('0').trim_end_matches('.').to_owned(),
        (true, false) => rounded,
        (false, _) => number.to_string(),
    }
}
