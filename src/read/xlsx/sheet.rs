//! One sheet: its cells as they show, its merges.

use super::super::{At, ReadError};
use super::book::slot_of;
use super::held::{Held, Worksheet};
use super::limits::broken;
use super::rich::{Rich, Words, signs};
use super::workbook::Opened;
use super::xml::{Sink, Tag, walk};

/// Reads the part of a sheet, taking from the workbook's room.
pub(super) fn read(workbook: &mut Opened<'_>, name: String, text: &str) -> Result<Worksheet, ReadError> {
    let sheet = Worksheet { name, ..Worksheet::default() };
    let mut reading = Reading { workbook, sheet, next: (0, 0), cell: None, rich: Rich::default(), in_value: false };
    walk(text, &mut reading)?;
    Ok(reading.sheet)
}

struct Reading<'w, 'a> {
    workbook: &'w mut Opened<'a>,
    sheet: Worksheet,
    /// Where a cell stands that does not say it.
    next: At,
    cell: Option<Cell>,
    rich: Rich,
    in_value: bool,
}

/// A cell while it is read.
#[derive(Default)]
struct Cell {
    at: At,
    kind: String,
    style: usize,
    value: String,
    is_formula: bool,
}

impl Sink for Reading<'_, '_> {
    fn open(&mut self, name: &str, tag: &Tag<'_>) -> Result<(), ReadError> {
        match name {
            "row" => self.next = (tag.number("r")?.unwrap_or(self.next.0 + 1).clamp(1, 1_048_576) - 1, 0),
            "c" => {
                let at = match tag.get("r")? {
                    Some(name) => slot_of(&name).ok_or_else(|| broken(&format!("格子的位置 {name:.20} 看不懂")))?,
                    None => self.next,
                };
                self.next = (at.0, at.1 + 1);
                let (kind, style) = (tag.get("t")?.unwrap_or_default(), tag.number("s")?.unwrap_or(0));
                self.cell = Some(Cell { at, kind, style, ..Cell::default() });
            }
            "f" => self.cell.iter_mut().for_each(|cell| cell.is_formula = true),
            "v" => self.in_value = true,
            "mergeCell" => self.merge(&tag.get("ref")?.unwrap_or_default())?,
            _ if self.cell.is_some() => self.rich.open(name, tag)?,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "row" => self.next = (self.next.0 + 1, 0),
            "v" => self.in_value = false,
            "c" => {
                if let Some(cell) = self.cell.take() {
                    self.put(&cell)?;
                }
            }
            name => self.rich.close(name),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        match &mut self.cell {
            Some(cell) if self.in_value => cell.value.push_str(text),
            Some(_) => self.rich.text(text),
            None => {}
        }
    }
}

impl Reading<'_, '_> {
    fn put(&mut self, cell: &Cell) -> Result<(), ReadError> {
        let style = self.workbook.styles.get(cell.style).copied().unwrap_or_default();
        let Words { plain, mut struck } = self.words(cell)?;
        let is_number = cell.kind.is_empty() || cell.kind == "n";
        let number = plain.trim().parse::<f64>().ok().filter(|number| is_number && number.is_finite());
        let mut held = match number {
            Some(number) => match style.shows.words(number, self.workbook.dates_from_1904) {
                Some(words) => Some(Held::Text(words)),
                None => Some(Held::Number(number)),
            },
            None if plain.is_empty() && cell.is_formula && is_number => Some(Held::Uncomputed),
            None => (!plain.is_empty()).then_some(Held::Text(plain)),
        };
        if style.is_struck {
            struck.push_str(&held.take().map_or_else(String::new, |held| held.words()));
        }
        self.count(held.is_some() || !struck.is_empty(), held.as_ref(), &struck)?;
        if cell.is_formula {
            self.sheet.formulas.insert(cell.at);
        }
        if !struck.is_empty() {
            self.sheet.struck.insert(cell.at, struck);
        }
        if let (Some(unit), Some(Held::Number(_))) = (style.unit, &held) {
            self.sheet.units.insert(cell.at, unit);
        }
        self.sheet.cells.extend(held.map(|held| (cell.at, held)));
        Ok(())
    }

    /// The words of a cell, shared, its own, or as its value says them.
    fn words(&mut self, cell: &Cell) -> Result<Words, ReadError> {
        let own = self.rich.take();
        Ok(match cell.kind.as_str() {
            "s" => {
                let shared = cell.value.trim().parse::<usize>().ok().and_then(|place| self.workbook.strings.get(place));
                shared.cloned().ok_or_else(|| broken("有一格的文字不在文件里"))?
            }
            "inlineStr" => own,
            "b" => Words { plain: if cell.value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(), struck: String::new() },
            _ => Words { plain: signs(&cell.value), struck: String::new() },
        })
    }

    fn count(&mut self, is_filled: bool, held: Option<&Held>, struck: &str) -> Result<(), ReadError> {
        let words = if let Some(Held::Text(text)) = held { text.len() } else { 0 };
        let room = &mut self.workbook.room;
        room.cells = room.cells.checked_sub(usize::from(is_filled)).ok_or(ReadError::TooLarge("格子太多".into()))?;
        room.words = room.words.checked_sub(words + struck.len()).ok_or(ReadError::TooLarge("文字太多".into()))?;
        Ok(())
    }

    fn merge(&mut self, range: &str) -> Result<(), ReadError> {
        let (start, end) = range.split_once(':').unwrap_or((range, range));
        let (start, end) = slot_of(start).zip(slot_of(end)).ok_or_else(|| broken(&format!("合并单元格 {range:.20} 看不懂")))?;
        let room = &mut self.workbook.room;
        room.cells = room.cells.checked_sub(1).ok_or(ReadError::TooLarge("合并的格子太多".into()))?;
        self.sheet.merges.push((start, (end.0.saturating_sub(start.0) + 1, end.1.saturating_sub(start.1) + 1)));
        Ok(())
    }
}
