//! The cover: whose report, of which year, on which form. What is seen there counts; what the file says of itself out of sight
//! only where the cover says nothing.

use std::sync::Arc;

use super::{ImportError, titles};
use crate::form::{Catalog, Form};
use crate::model::clean_name;
use crate::read::xlsx::{Workbook, Worksheet};

/// Its name in our workbooks.
const NAME: &str = "填报信息";
/// Sheets that may be the cover or the texts under another name; more are not looked at.
pub(super) const MAX_LOOKED_AT: usize = 8;
/// Lines that people fill in and that a draft has no place for.
const SIGNERS: [&str; 4] = ["填报人", "审核人", "签发人", "联系电话"];

/// What the cover says.
#[derive(Debug, Default)]
pub(super) struct Cover {
    /// Name of its sheet.
    pub sheet: Option<String>,
    /// The agency; empty where none is named.
    pub agency: String,
    year: Option<String>,
    form: Option<String>,
}

/// Reads the cover, whatever its sheet is called; what a draft has no place for is listed.
pub(super) fn read(workbook: &Workbook, left_out: &mut Vec<String>) -> Result<Cover, ImportError> {
    let Some(sheet) = find(workbook)? else {
        left_out.push("没有找到封面（填报信息），单位全称没有读入".to_owned());
        return Ok(Cover::default());
    };
    let line = |label: &str| beside(sheet, label);
    let named = line("单位全称").unwrap_or_default();
    let agency = clean_name(&named);
    if agency.is_empty() {
        left_out.push("封面上没有单位全称".to_owned());
    } else if agency != named.trim() {
        left_out.push(format!("单位全称里有看不见的字符或者太长，已改为“{agency}”"));
    }
    left_out.extend(SIGNERS.iter().filter_map(|label| Some(format!("封面的{label}“{}”没有带过来", line(label)?))));
    left_out.extend(sheet.struck.values().map(|words| format!("封面：“{words}”上有删除线，没有读入")));
    Ok(Cover { sheet: Some(sheet.name.clone()), agency, year: line("报告年度"), form: line("表样") })
}

/// The sheet of our name, else one that has our lines.
fn find(workbook: &Workbook) -> Result<Option<&Worksheet>, ImportError> {
    if let Some(sheet) = workbook.sheet(NAME)? {
        return Ok(Some(sheet));
    }
    for name in workbook.sheet_names().take(MAX_LOOKED_AT) {
        if let Some(sheet) = workbook.sheet(name)?.filter(|sheet| beside(sheet, "单位全称").is_some()) {
            return Ok(Some(sheet));
        }
    }
    Ok(None)
}

/// What stands right of this label.
fn beside(sheet: &Worksheet, label: &str) -> Option<String> {
    let (at, _) = sheet.cells.iter().find(|(_, held)| titles::bare(&held.words()) == label)?;
    let words = sheet.cells.iter().find(|(other, _)| other.0 == at.0 && other.1 > at.1)?.1.words();
    (!words.trim().is_empty()).then_some(words)
}

impl Cover {
    /// The form and the year. Where cover and file differ, the cover counts, with a word.
    pub fn form_and_year(
        &self,
        workbook: &Workbook,
        catalog: &Catalog,
        left_out: &mut Vec<String>,
    ) -> Result<(Arc<Form>, u16), ImportError> {
        let hidden_form = workbook.properties.get("gouji.form").map(String::as_str);
        let seen_form = self.form.as_deref().and_then(id_in);
        let id = hidden_form.or(seen_form).ok_or(ImportError::NotOurs("没有表样编号"))?;
        let hidden_year = workbook.properties.get("gouji.year").and_then(|year| year.trim().parse().ok());
        let seen_year = self.year.as_deref().and_then(year);
        match (&self.year, seen_year, hidden_year) {
            (Some(words), None, Some(hidden)) => left_out.push(format!("封面上的报告年度“{words}”读不出，按文件里记的 {hidden} 年")),
            (_, Some(seen), Some(hidden)) if seen != hidden => {
                left_out.push(format!("封面上的报告年度是 {seen}，文件里记的是 {hidden}：按封面；请核对是不是用了往年的工作簿"));
            }
            _ => {}
        }
        let year = seen_year.or(hidden_year).ok_or(ImportError::NotOurs("没有报告年度"))?;
        Ok((catalog.by_id_and_year(id, year)?, year))
    }
}

/// `2025年`, `２０２５ 年度` → 2025.
fn year(words: &str) -> Option<u16> {
    let plain: String = words.chars().filter(|c| !c.is_whitespace()).map(crate::model::half_width).collect();
    let digits = plain.trim_end_matches(['年', '度']);
    digits.parse().ok().filter(|year| (1000..10_000).contains(year) && digits.len() == 4)
}

/// `2021年格式（F2021）` → `F2021`.
fn id_in(words: &str) -> Option<&str> {
    let (_, id) = words.trim().strip_suffix(['）', ')'])?.rsplit_once(['（', '('])?;
    Some(id.trim())
}
