//! Items into cells.

use rust_xlsxwriter::{
    ColNum, ConditionalFormatFormula, DataValidation, DataValidationRule, Format, Formula, Note, RowNum, Worksheet, XlsxError,
};

use super::{look, spot};
use crate::export::sheet::{At, Balance, Content, Field, Item, Sheet, Total};
use crate::model::{Entry, Kind};

/// Two characters of indent before a paragraph.
pub const INDENT: &str = "　　";

/// Longest note, in characters; what it speaks of stands in the cell.
const MAX_NOTE: usize = 300;

/// Everything on the sheet: title, items, running checks.
pub fn items(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    // Else the cached value of a sum that is blank would be 0.
    worksheet.set_formula_result_default("");
    if !sheet.title.is_empty() {
        merge(worksheet, (0, 0), (1, sheet.widths.len()), &look::title())?;
        put_text(worksheet, (0, 0), &sheet.title, &look::title())?;
    }
    for item in &sheet.items {
        let at = (spot::first_row(sheet) + item.at.0, item.at.1);
        put_item(worksheet, sheet, item, at)?;
        if let Some(note) = &item.note {
            let (row, col) = cell(at)?;
            let text: String = note.chars().take(MAX_NOTE).collect();
            worksheet.insert_note(row, col, &Note::new(text).set_author("勾稽").add_author_prefix(false).set_width(220))?;
        }
    }
    validations(worksheet, sheet)?;
    running_checks(worksheet, sheet)
}

/// A paragraph as it stands in its cell: indented, unless it brings its own indent.
pub fn indented(paragraph: &str) -> String {
    if paragraph.is_empty() || paragraph.starts_with(char::is_whitespace) { paragraph.to_owned() } else { format!("{INDENT}{paragraph}") }
}

/// Label of the running check's verdicts.
pub const VERDICT: &str = "核对结论";

/// Label of a running check.
pub fn balance_words(balance: &Balance) -> String {
    format!("{}（差额应为 0）", balance.words)
}

/// A figure as the number a spreadsheet holds. Every figure a cell can hold has at most fifteen digits, so none is lost.
pub fn number(entry: &Entry) -> Option<f64> {
    match entry.plain() {
        Entry::Whole(value) => value.to_string().parse().ok(),
        Entry::Money(money) => money.figure().parse().ok(),
        _ => None,
    }
}

fn put_item(worksheet: &mut Worksheet, sheet: &Sheet, item: &Item, at: At) -> Result<(), XlsxError> {
    let mut format = look::item(sheet, item);
    if let Content::Field(field) = &item.content
        && (field.feed.is_some() || sheet.total(field) == Some(Total::Equal))
    {
        format = look::formula(sheet, item);
    }
    merge(worksheet, at, item.span, &format)?;
    match &item.content {
        Content::Head(text) | Content::Heading(_, text) | Content::Text(text) => put_text(worksheet, at, text, &format),
        Content::Paragraph(text) => put_text(worksheet, at, &indented(text), &format),
        Content::Figure(entry) => put_entry(worksheet, at, entry, &format),
        Content::Field(field) => put_field(worksheet, sheet, field, at, &format),
    }
}

fn put_field(worksheet: &mut Worksheet, sheet: &Sheet, field: &Field, at: At, format: &Format) -> Result<(), XlsxError> {
    let (row, col) = cell(at)?;
    if let Some(feed) = &field.feed {
        let formula = Formula::new(spot::fed(feed)).set_result(field.entry.shown(field.kind));
        worksheet.write_formula_with_format(row, col, formula, format)?;
        return Ok(());
    }
    match sheet.total(field) {
        Some(Total::Equal) => {
            let formula = Formula::new(spot::sum(sheet, &field.sums)).set_result(field.entry.text());
            worksheet.write_formula_with_format(row, col, formula, format)?;
        }
        Some(Total::Differs(_) | Total::Undecided(_)) | None => put_entry(worksheet, at, &field.entry, format)?,
    }
    Ok(())
}

/// Lets cells take only what the program takes; one validation for each kind, whatever the number of its cells.
fn validations(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let mut kinds: Vec<(Kind, Vec<At>)> = Vec::new();
    for item in &sheet.items {
        let Content::Field(field) = &item.content else { continue };
        match kinds.iter_mut().find(|(kind, _)| *kind == field.kind) {
            Some((_, cells)) => cells.push(item.at),
            None => kinds.push((field.kind, vec![item.at])),
        }
    }
    for (kind, cells) in kinds {
        let Some(&at) = cells.first() else { continue };
        let (row, col) = cell((spot::first_row(sheet) + at.0, at.1))?;
        let ranges = spot::runs(sheet, &cells).replace('$', "").replace(',', " ");
        worksheet.add_data_validation(row, col, row, col, &validation(kind)?.set_multi_range(ranges))?;
    }
    Ok(())
}

fn put_entry(worksheet: &mut Worksheet, at: At, entry: &Entry, format: &Format) -> Result<(), XlsxError> {
    let (row, col) = cell(at)?;
    match (entry, number(entry)) {
        (_, Some(number)) => worksheet.write_number_with_format(row, col, number, format)?,
        (Entry::Unread { text, .. }, None) => return put_text(worksheet, at, text, format),
        _ => worksheet.write_blank(row, col, format)?,
    };
    Ok(())
}

/// Writes words that no reader will take for anything else.
fn put_text(worksheet: &mut Worksheet, at: At, text: &str, format: &Format) -> Result<(), XlsxError> {
    let (row, col) = cell(at)?;
    // rust_xlsxwriter 0.102 stores any text that looks like `<r>…</r>` as raw markup. Written as rich text it is escaped.
    match text.strip_prefix("<r>").filter(|rest| rest.ends_with("</r>")) {
        Some(rest) => {
            let plain = Format::new();
            worksheet.write_rich_string_with_format(row, col, &[(&plain, "<r>"), (&plain, rest)], format)?;
        }
        None => {
            worksheet.write_string_with_format(row, col, text, format)?;
        }
    }
    Ok(())
}

fn merge(worksheet: &mut Worksheet, at: At, span: (usize, usize), format: &Format) -> Result<(), XlsxError> {
    if span == (1, 1) {
        return Ok(());
    }
    let (row, col) = cell(at)?;
    let (last_row, last_col) = cell((at.0 + span.0 - 1, at.1 + span.1 - 1))?;
    worksheet.merge_range(row, col, last_row, last_col, "", format)?;
    Ok(())
}

/// What may be typed into the cell later; the same as in the program.
fn validation(kind: Kind) -> Result<DataValidation, XlsxError> {
    let whole =
        |least: &str| DataValidation::new().allow_whole_number_formula(DataValidationRule::Between(least.into(), "4294967295".into()));
    let (validation, advice) = match kind {
        Kind::Count => (whole("0"), "应当填不小于 0 的整数；没有发生填 0。"),
        Kind::Change => (whole("-4294967295"), "应当填整数：增加填正数，减少填负数，没有变化填 0。"),
        Kind::Money(_) => {
            let amount = DataValidation::new().allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0));
            (amount, "应当填不小于 0 的金额，只填数字，精确到分。")
        }
    };
    validation.set_error_title("填报有误")?.set_error_message(advice)
}

/// The equations printed on the form, recomputed below the print area: a difference that should be 0, and words.
fn running_checks(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let format = look::check(sheet);
    for (place, balance) in sheet.balances.iter().enumerate() {
        let row = spot::check_row(sheet, place);
        let label_cols = balance.lines.iter().map(|(left, _)| spot::check_col(left)).min().unwrap_or(0);
        if label_cols > 0 {
            for (row, words) in [(row, balance_words(balance)), (row + 1, VERDICT.to_owned())] {
                merge(worksheet, (row, 0), (1, label_cols), &format)?;
                put_text(worksheet, (row, 0), &words, &format)?;
            }
        }
        for line in &balance.lines {
            let col = spot::check_col(&line.0);
            let (number, words) = match sheet.difference(line) {
                None => (spot::OPEN.to_owned(), spot::OPEN),
                Some(0) => ("0".to_owned(), spot::EVEN),
                Some(off) => (off.to_string(), spot::UNEVEN),
            };
            for (row, formula, result) in [(row, spot::difference(sheet, line), &*number), (row + 1, spot::verdict(sheet, line), words)] {
                let (row, col) = cell((row, col))?;
                worksheet.write_formula_with_format(row, col, Formula::new(formula).set_result(result), &format)?;
            }
            let rows = || line.0.iter().chain(&line.1).map(|at| spot::first_row(sheet) + at.0);
            let alarm = ConditionalFormatFormula::new().set_rule(&*spot::is_uneven(sheet, line)).set_format(look::alarm());
            let (first, col_num) = cell((rows().min().unwrap_or(0), col))?;
            let (last, _) = cell((rows().max().unwrap_or(0), col))?;
            worksheet.add_conditional_format(first, col_num, last, col_num, &alarm)?;
        }
    }
    Ok(())
}

/// A worksheet cell in the writer's own numbers.
pub fn cell((row, col): At) -> Result<(RowNum, ColNum), XlsxError> {
    match (RowNum::try_from(row), ColNum::try_from(col)) {
        (Ok(row), Ok(col)) => Ok((row, col)),
        _ => Err(XlsxError::RowColumnLimitError),
    }
}
