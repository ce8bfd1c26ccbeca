//! A county's sum as files for others: the workbook and the plain list. Returns bytes, touches no disk.

use jiff::civil::Date;

use super::assembled::County;
use super::journal::adjustment_row;
use super::ranking::{RANKED, Ranking, rankings};
use super::rows;
use super::sum::Mended;
use super::totals::Sum;
use crate::export::{self, Consolidated, ExportError, FileKind, Fonts, Indicator, UnitRow};
use crate::model::{CellId, Entry};

/// Most bodies of a workbook; a province goes into a list or a Parquet file.
const MAX_ROWS: usize = 10_000;

impl County {
    /// A body's entry in each cell of the form as it stands in the sum.
    fn entries(&self, place: usize, mended: &Mended<'_>) -> Vec<Entry> {
        let Some(taken) = self.summed(place) else { return vec![Entry::Blank; self.form.cells.len()] };
        let entry = |((cell, spec), figure): ((CellId, &crate::form::Cell), Option<i64>)| match mended.get(&(place, cell)) {
            Some(one) => one.to.plain(),
            None => figure.map_or(Entry::Blank, |figure| Entry::of_value(spec.kind, figure)),
        };
        self.form.cells().zip(taken.figures.iter().chain(std::iter::repeat(None))).map(entry).collect()
    }

    fn state_words(&self, place: usize) -> String {
        let need = self.standings.get(place).and_then(|standing| standing.need);
        need.map_or_else(String::new, |need| need.name().to_owned())
    }
}

/// The workbook of the sum: a row a body with live sums, the official tables fed by them, what was found, what was repaired. Read back
/// before it is handed out.
///
/// # Errors
/// It could not be made, says something else than the county, or the county is larger than a workbook.
pub fn workbook(county: &County, sum: &Sum, made_on: Date) -> Result<Vec<u8>, ExportError> {
    let places: Vec<usize> = county.expected().collect();
    if places.len() > MAX_ROWS {
        let why = format!("有 {} 个单位，工作簿最多放 {MAX_ROWS} 个；请写 .csv 或 .parquet", places.len());
        return Err(ExportError::Write { kind: FileKind::Xlsx, why, sheet: String::new() });
    }
    let mended = county.mended();
    let row = |place: &usize| UnitRow {
        name: county.name(*place).to_owned(),
        state: county.state_words(*place),
        figures: county.entries(*place, &mended),
        mended: mended
            .iter()
            .filter(|((unit, _), _)| unit == place)
            .map(|((_, cell), one)| (cell.index(), format!("报的是 {}；{}（{} {}）", one.from.said(), one.why, one.by, one.time.date())))
            .collect(),
    };
    let all = Consolidated {
        rows: places.iter().map(row).collect(),
        faults: county.fault_rows(),
        mended: mended.values().map(|one| adjustment_row(&county.form, one)).collect(),
        indicators: rankings(county).map(|ranking| indicator(county, ranking)).collect(),
    };
    let book = export::consolidated(county.form.report(&sum.draft(county)), all, made_on);
    export::file(FileKind::Xlsx, &book, &Fonts::default())
}

/// An indicator as the workbook draws it.
fn indicator(county: &County, ranking: Ranking) -> Indicator {
    let ranked = ranking.figures.iter().take(RANKED).map(|(value, place)| (county.name(*place).to_owned(), *value)).collect();
    let spread = ranking.spread().map(|(name, value)| (name.to_owned(), value)).to_vec();
    let year = |(year, num, sum): (u16, usize, i128)| Some((format!("{year}（{num} 个单位）"), i64::try_from(sum).ok()?));
    Indicator { ranked, spread, years: ranking.years.into_iter().filter_map(year).collect(), label: ranking.label }
}

/// A row a body and a last row with the sums that stand, as CSV: money in the unit that its head prints, a blank where there is no figure.
pub fn list(county: &County, sum: &Sum) -> String {
    let (form, mended) = (&county.form, county.mended());
    let word = |text: &str| text.to_owned();
    let head: Vec<String> =
        ["unit", "kind", "state", "year", "form"].map(word).into_iter().chain(form.cells().map(|(_, cell)| cell.key.to_string())).collect();
    let figures = |entries: &mut dyn Iterator<Item = Entry>| -> Vec<String> {
        form.cells().zip(entries).map(|((_, cell), entry)| entry.shown(cell.kind)).collect()
    };
    let row = |place: usize| {
        let unit = county.unit(place);
        let kind = unit.map_or("", |unit| unit.kind.code());
        let state = county.standings.get(place).and_then(|standing| standing.state).map_or("", super::state::State::code);
        let about = [county.name(place), kind, state, &county.year.to_string(), &form.id].map(word);
        about.into_iter().chain(figures(&mut county.entries(place, &mended).into_iter())).collect::<Vec<_>>()
    };
    let draft = sum.draft(county);
    let about = ["合计", "", if sum.is_whole() { "whole" } else { "not_assessable" }, &county.year.to_string(), &form.id].map(word);
    let last: Vec<String> = about.into_iter().chain(figures(&mut draft.entries().iter().cloned())).collect();
    rows::text(std::iter::once(head).chain(county.expected().map(row)).chain([last]))
}
