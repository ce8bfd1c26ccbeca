//! What a county writes down, each a list beside the reports that a spreadsheet opens: what passed between it and its bodies, what it
//! repaired in the sum, which documents several bodies made together. Lines are added and never taken away.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::DateTime;

use super::rows::{self, Row};
use crate::form::Form;
use crate::model::{Adjustment, Entry};
use crate::store::{Disk, StoreError};

/// What passed between the county and its bodies.
pub const EVENTS: &str = "来往.csv";
/// What the county repaired in its sum.
pub const MENDED: &str = "调整.csv";
/// Documents by their numbers, where offices list them (R64).
pub const DOCUMENTS: &str = "文号.csv";
/// Folder of letters to bodies.
pub const LETTERS: &str = "函件";
/// Folder of copies that were taken in, one folder a body.
pub const INBOX: &str = "收件";
/// Folder of receipts.
pub const RECEIPTS: &str = "回执";
/// Folder of what the county makes.
pub const OUT: &str = "汇总";

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A copy came in.
    Received,
    /// A report was given back to be mended.
    Returned,
    /// A body was reminded.
    Reminded,
}

impl What {
    /// All.
    pub const ALL: [Self; 3] = [Self::Received, Self::Returned, Self::Reminded];

    /// The word in the list.
    pub fn name(self) -> &'static str {
        match self {
            Self::Received => "收到",
            Self::Returned => "退回",
            Self::Reminded => "催报",
        }
    }
}

/// One line of what passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When, by this machine's clock.
    pub time: DateTime,
    /// What.
    pub what: What,
    /// The body's name on the roster.
    pub unit: String,
    /// The file, from the county's folder.
    pub file: String,
    /// SM3 of its bytes, in hexadecimal digits.
    pub sm3: String,
    /// Code of its signature; empty where it has none.
    pub code: String,
    /// Who did it.
    pub by: String,
    /// Anything more.
    pub note: String,
}

const EVENT_HEAD: [&str; 8] = ["时间", "事项", "单位", "文件", "SM3", "核对码", "经手", "备注"];

impl Event {
    fn of_row(row: &Row) -> Option<Self> {
        let cell = |place: usize| row.get(place).cloned().unwrap_or_default();
        Some(Self {
            time: time(&cell(0))?,
            what: What::ALL.into_iter().find(|what| what.name() == cell(1))?,
            unit: cell(2),
            file: cell(3),
            sm3: cell(4),
            code: cell(5),
            by: cell(6),
            note: cell(7),
        })
    }

    fn row(&self) -> Row {
        let [unit, file, sm3, code, by, note] = [&self.unit, &self.file, &self.sm3, &self.code, &self.by, &self.note].map(String::clone);
        vec![self.time.strftime(Adjustment::TIME).to_string(), self.what.name().to_owned(), unit, file, sm3, code, by, note]
    }
}

/// A time as lists have it, also as a spreadsheet leaves it: `2026/1/15 14:03`. One before our calendar is a slip.
fn time(text: &str) -> Option<DateTime> {
    let formats = [Adjustment::TIME, "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M"];
    formats.iter().find_map(|format| DateTime::strptime(format, text).ok()).filter(|time| time.year() > 0)
}

const MENDED_HEAD: [&str; 8] = ["时间", "经手", "单位", "代号", "格", "原数", "改为", "理由"];

/// A row of the list of repairs; none where it is not understood.
fn adjustment(form: &Form, row: &Row) -> Option<Adjustment> {
    let cell = |place: usize| row.get(place).map_or("", String::as_str);
    let spec = form.cell(form.cell_by_key(cell(3))?);
    let entry = |text: &str| Some(Entry::read(spec.kind, text)).filter(|entry| !matches!(entry, Entry::Unread { .. }));
    Some(Adjustment {
        time: time(cell(0))?,
        by: cell(1).to_owned(),
        unit: cell(2).to_owned(),
        key: spec.key.clone(),
        from: entry(cell(5))?,
        to: entry(cell(6))?,
        why: cell(7).to_owned(),
    })
}

/// A repair as a row of its list, and of what is printed.
pub(super) fn adjustment_row(form: &Form, one: &Adjustment) -> Row {
    let label = form.label_of(&one.key).unwrap_or_default();
    let [by, unit, key, label, why] = [&*one.by, &*one.unit, &*one.key, label, &*one.why].map(str::to_owned);
    vec![one.written_at(), by, unit, key, label, one.from.text(), one.to.text(), why]
}

/// Everything a county has written down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    /// What passed, oldest first.
    pub events: Vec<Event>,
    /// Repairs, oldest first; of one figure the last counts.
    pub adjustments: Vec<Adjustment>,
    /// Bodies and the numbers of documents they made.
    pub documents: Vec<(String, String)>,
    /// Lines that are not understood, each with its list: shown, never dropped in silence.
    pub problems: Vec<String>,
}

impl Journal {
    /// Reads the lists of a folder.
    ///
    /// # Errors
    /// One cannot be read.
    pub fn load(disk: &dyn Disk, folder: &Path, form: &Form) -> Result<Self, StoreError> {
        let mut journal = Self::default();
        let mut lines = |file: &str, of: &mut dyn FnMut(&mut Self, &Row) -> Option<()>| -> Result<(), StoreError> {
            for (place, row) in rows::below_head(disk, &folder.join(file))?.iter().enumerate() {
                if of(&mut journal, row).is_none() {
                    journal.problems.push(format!("{file} 第 {} 行看不懂，没有用上", place + 2));
                }
            }
            Ok(())
        };
        lines(EVENTS, &mut |journal, row| Event::of_row(row).map(|event| journal.events.push(event)))?;
        lines(MENDED, &mut |journal, row| adjustment(form, row).map(|one| journal.adjustments.push(one)))?;
        lines(DOCUMENTS, &mut |journal, row| {
            let (unit, number) = (row.first()?.clone(), row.get(1)?.clone());
            (!unit.is_empty() && !number.is_empty()).then(|| journal.documents.push((unit, number)))
        })?;
        journal.events.sort_by_key(|event| event.time);
        Ok(journal)
    }

    /// The repairs that count, by body and cell: the last of each figure, unless it takes an earlier one back.
    pub fn in_force(&self) -> impl Iterator<Item = &Adjustment> {
        let last: BTreeMap<_, _> = self.adjustments.iter().map(|one| ((&one.unit, &one.key), one)).collect();
        last.into_values().filter(|one| one.from != one.to)
    }
}

/// Writes down what passed.
///
/// # Errors
/// The disk refuses; nothing is written down.
pub fn add_events(disk: &dyn Disk, folder: &Path, events: &[Event]) -> Result<(), StoreError> {
    rows::add(disk, &folder.join(EVENTS), &EVENT_HEAD, &events.iter().map(Event::row).collect::<Vec<_>>())
}

/// Writes down a repair.
///
/// # Errors
/// The disk refuses; nothing is written down.
pub fn add_adjustment(disk: &dyn Disk, folder: &Path, form: &Form, one: &Adjustment) -> Result<(), StoreError> {
    rows::add(disk, &folder.join(MENDED), &MENDED_HEAD, &[adjustment_row(form, one)])
}
