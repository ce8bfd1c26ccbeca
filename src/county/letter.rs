//! Letters to bodies: what in a report is to be mended, each with its cell, the figure there and the one expected; and the list of those
//! who have not handed in.

use std::path::{Path, PathBuf};

use jiff::civil::{Date, DateTime};

use super::assembled::County;
use super::behind::WAN;
use super::finding::{Finding, rule as of_county, shown};
use super::journal::{Event, LETTERS, What, add_events};
use super::state::State;
use super::take_in::{clean, make_folder_of};
use super::taken::on_the_years_form;
use super::{rows, source};
use crate::export::{self, ExportError, FileKind, Fonts};
use crate::form::{Catalog, Report, Severity};
use crate::model::{CellId, Entry};
use crate::rules;
use crate::rules::claims::{Certainty, TextFinding, check_text};
use crate::store::{self, Disk, StoreError};

/// A letter of return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The body.
    pub unit: String,
    /// Its title.
    pub title: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
    /// Cells: number, cell, what stands there, what is expected, why.
    pub cells: Vec<Vec<String>>,
}

/// Heads of the cells.
const HEADS: [&str; 5] = ["序号", "格", "现填", "应为", "依据"];

/// Time to mend what is given back.
const MENDING: jiff::SignedDuration = jiff::SignedDuration::from_hours(4 * 24);

/// Why a letter could not be written.
#[derive(Debug, thiserror::Error)]
pub enum LetterError {
    /// The report cannot be read again.
    #[error("{0}")]
    Unread(String),
    /// The document could not be made.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The disk refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl County {
    /// The letter of return to a body, from its report as it is read now.
    ///
    /// # Errors
    /// The report cannot be read.
    pub fn letter(
        &self,
        disk: &dyn Disk,
        folder: &Path,
        place: usize,
        until: Option<Date>,
        catalog: &Catalog,
    ) -> Result<Letter, LetterError> {
        let taken = self.counted(place).ok_or_else(|| LetterError::Unread(format!("{}还没有报", self.name(place))))?;
        let path = folder.join(&taken.lying.path);
        let (reports, _) = source::reports(disk, &path, catalog).map_err(LetterError::Unread)?;
        let (form, draft, _) =
            reports.get(taken.nth).ok_or_else(|| LetterError::Unread(format!("文件里没有这份报告；文件：{}", path.display())))?;
        let (form, draft) = on_the_years_form(form, draft, catalog);
        let (wrong, mut cells) = faults(form.report(&draft));
        cells.extend(self.unit_slips_of(place));
        cells.iter_mut().zip(1..).for_each(|(cell, no)| cell.insert(0, no.to_string()));
        // That two copies differ, and when they came, the body knows.
        let is_theirs = |finding: &&Finding| {
            let is_slip = [of_county::UNIT_SLIP, of_county::EXCHANGED].contains(&finding.rule);
            finding.is_error() && finding.rule != of_county::LEGAL_DAY || is_slip
        };
        let found = self.findings_of(place).filter(is_theirs).map(|finding| finding.message.clone());
        let points: Vec<String> = wrong.into_iter().chain(found).collect();
        let mut paragraphs = vec![format!("{}：", self.name(place))];
        paragraphs.push(format!("你单位 {} 年政府信息公开工作年度报告有 {} 处请核对、修改后重报：", self.year, points.len()));
        paragraphs.extend(points.iter().zip(1..).map(|(point, no)| format!("{no}．{point}")));
        if !cells.is_empty() {
            paragraphs.push("按勾稽关系推算，最可能要改的格：".to_owned());
        }
        let end = until.map(|day| format!("请于 {} 月 {} 日前重报。", day.month(), day.day()));
        let title = format!("关于修改 {} 年政府信息公开工作年度报告的函", self.year);
        let mut letter = Letter { unit: self.name(place).to_owned(), title, paragraphs, cells };
        letter.paragraphs.extend(end);
        Ok(letter)
    }

    /// Amounts of a body that were likely typed in 元: cell, what stands there, what is meant, why.
    fn unit_slips_of(&self, place: usize) -> Vec<Vec<String>> {
        let slips = self.findings_of(place).filter(|finding| finding.rule == of_county::UNIT_SLIP).flat_map(|finding| &finding.cells);
        let row = |cell: &CellId| {
            let value = self.counted(place)?.figures.get(cell.index())?;
            let label = self.form.cell(*cell).label.to_string();
            let [typed, meant] = [value, value / WAN].map(|value| shown(&self.form, *cell, Some(value)));
            Some(vec![label, typed, meant, "像是按元填的".to_owned()])
        };
        slips.filter_map(row).collect()
    }

    /// The day until which what is given back today is to be mended.
    pub fn mending_day(&self) -> Date {
        self.today.checked_add(MENDING).unwrap_or(self.today)
    }

    /// Those who have not handed in: body, in charge, telephone, due, days over; the longest overdue first.
    pub fn not_in(&self) -> Vec<Vec<String>> {
        let mut places: Vec<usize> = self.missing().collect();
        places.sort_by_key(|place| (self.due(*place), *place));
        let row = |place: usize| {
            let unit = self.unit(place)?;
            let due = self.due(place);
            let state = self.standings.get(place)?.state?;
            let over = (self.today - due).get_days();
            let words = if state == State::Overdue { format!("逾期 {over} 天") } else { state.name().to_owned() };
            Some(vec![unit.name.clone(), unit.contact.clone(), unit.phone.clone(), due.to_string(), words])
        };
        places.into_iter().filter_map(row).collect()
    }
}

/// Everything a report is given back for, in sentences; and the cells that are most likely wrong: cell, both figures, why.
fn faults(report: Report<'_>) -> (Vec<String>, Vec<Vec<String>>) {
    let is_told = |finding: &&rules::Finding| finding.is_fail() && finding.severity(report.form) != Severity::Info;
    let findings = rules::check(report);
    let mut points: Vec<String> = findings.iter().filter(is_told).map(|finding| rules::message(report, *finding)).collect();
    points.extend(check_text(report).iter().filter(|found| found.certainty == Certainty::Broken).map(TextFinding::message));
    let words = |cell, entry: &Entry| if entry.is_blank() { "空白".to_owned() } else { rules::figure(report.form, cell, entry) };
    let label = |cell: CellId| report.form.cell(cell).label.to_string();
    let row = |one: rules::Suspect| {
        vec![label(one.cell), words(one.cell, &one.typed), words(one.cell, &one.should_be), one.slip.words().to_owned()]
    };
    let cells = rules::suspects(report).into_iter().map(row).collect();
    (points, cells)
}

impl Letter {
    /// The letter as text, for a message.
    pub fn text(&self, from: &str, day: Date) -> String {
        let cells = self.cells.iter().map(|row| match row.as_slice() {
            [_, cell, typed, expected, why] => format!("    {cell}：现填 {typed}，应为 {expected}（{why}）"),
            _ => row.join("　"),
        });
        let mut lines: Vec<String> = self.paragraphs.clone();
        // The list of cells stands before the last line, which says until when.
        let at = lines.iter().position(|line| line.starts_with("按勾稽关系")).map_or(lines.len(), |at| at + 1);
        lines.splice(at..at, cells);
        lines.push(from.to_owned());
        lines.push(format!("{}年{}月{}日", day.year(), day.month(), day.day()));
        lines.retain(|line| !line.is_empty());
        lines.join("\n") + "\n"
    }

    /// The letter as a Word document, read back.
    ///
    /// # Errors
    /// It could not be made.
    pub fn document(&self, county: &County, day: Date) -> Result<Vec<u8>, ExportError> {
        let from = county.form.draft(county.agency.clone(), county.year);
        let book = export::letter(county.form.report(&from), &self.title, &self.paragraphs, (&HEADS, self.cells.clone()), day);
        export::file(FileKind::Docx, &book, &Fonts::default())
    }
}

/// Gives reports back: a letter each, as Word and as text, in the folder of letters, and that it was done. Returns the documents.
///
/// # Errors
/// The first that could not be written; the bodies before it were given their letters, and that is written down.
pub fn give_back(
    disk: &dyn Disk,
    folder: &Path,
    county: &County,
    letters: &[Letter],
    by: &str,
    now: DateTime,
) -> Result<Vec<PathBuf>, LetterError> {
    let mut written = Vec::new();
    for letter in letters {
        let stem = format!("退回函 {} {}", clean(&letter.unit), now.strftime("%Y-%m-%d"));
        let place = |ending: &str| folder.join(LETTERS).join(format!("{stem}.{ending}"));
        make_folder_of(&place("docx"))?;
        store::write_output(disk, &place("docx"), &letter.document(county, now.date())?)?;
        store::write_output(disk, &place("txt"), letter.text(&county.agency, now.date()).as_bytes())?;
        add_events(disk, folder, &[event(What::Returned, &letter.unit, &format!("{LETTERS}/{stem}.docx"), by, now)])?;
        written.push(place("docx"));
    }
    Ok(written)
}

/// Reminds those who have not handed in: their list for the telephone, as CSV and as text to be sent round. Returns the list.
///
/// # Errors
/// The disk refuses.
pub fn remind(disk: &dyn Disk, folder: &Path, county: &County, by: &str, now: DateTime) -> Result<PathBuf, LetterError> {
    let list = county.not_in();
    let stem = format!("催报名单 {}", now.strftime("%Y-%m-%d"));
    let place = |ending: &str| folder.join(LETTERS).join(format!("{stem}.{ending}"));
    make_folder_of(&place("csv"))?;
    let head = ["单位", "负责人", "电话", "期限", "情况"].map(str::to_owned).to_vec();
    store::write_output(disk, &place("csv"), rows::text(std::iter::once(head).chain(list.iter().cloned())).as_bytes())?;
    let lines: String = list.iter().map(|row| row.join("　") + "\n").collect();
    let words = format!("下列 {} 个单位还没有报送 {} 年政府信息公开工作年度报告：\n{lines}", list.len(), county.year);
    store::write_output(disk, &place("txt"), words.as_bytes())?;
    let events: Vec<Event> = list
        .iter()
        .filter_map(|row| row.first())
        .map(|unit| event(What::Reminded, unit, &format!("{LETTERS}/{stem}.csv"), by, now))
        .collect();
    add_events(disk, folder, &events)?;
    Ok(place("csv"))
}

fn event(what: What, unit: &str, file: &str, by: &str, time: DateTime) -> Event {
    let (sm3, code, note) = (String::new(), String::new(), String::new());
    Event { time, what, unit: unit.to_owned(), file: file.to_owned(), sm3, code, by: by.to_owned(), note }
}
