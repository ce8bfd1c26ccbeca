//! 名册: the bodies that report to a county, as a list that people keep in a spreadsheet beside the reports.
//! Source: 编制主体名册 of domain.md §5.3; vertical bodies R63; own days R69.

use std::collections::HashSet;

use jiff::civil::Date;

use super::rows::{self, Row};
use super::words::WORDS;
use crate::model::plain_name;

/// Name of the list in the county's folder.
pub const FILE: &str = "名册.csv";

/// What a body is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitKind {
    /// The government and its office, in whose name the county reports itself.
    Own,
    /// A department.
    #[default]
    Department,
    /// A town or a township.
    Town,
    /// A street office.
    Street,
    /// An enterprise or institution with public duties.
    Institution,
}

impl UnitKind {
    /// All, in the order of a roster.
    pub const ALL: [Self; 5] = [Self::Own, Self::Department, Self::Town, Self::Street, Self::Institution];

    /// The word for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "本级",
            Self::Department => "部门",
            Self::Town => "乡镇",
            Self::Street => "街道",
            Self::Institution => "企事业单位",
        }
    }

    /// The word in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Department => "department",
            Self::Town => "town",
            Self::Street => "street",
            Self::Institution => "institution",
        }
    }

    /// What a word of a roster means; none for a word that is not known.
    fn read(word: &str) -> Option<Self> {
        let known = [
            ("本级", Self::Own),
            ("政府", Self::Own),
            ("街", Self::Street),
            ("镇", Self::Town),
            ("乡", Self::Town),
            ("企", Self::Institution),
            ("事业", Self::Institution),
            ("部门", Self::Department),
            ("局", Self::Department),
            ("委", Self::Department),
        ];
        known.into_iter().find(|(part, _)| word.contains(part)).map(|(_, kind)| kind)
    }

    /// What a name says of its body.
    fn of_name(name: &str) -> Self {
        let name = name.trim_end_matches("人民政府").trim_end_matches("办事处");
        match name.chars().last() {
            Some('镇' | '乡') => Self::Town,
            _ if name.ends_with("街道") => Self::Street,
            Some('县' | '区' | '市') => Self::Own,
            _ if name.ends_with("人民政府办公室") => Self::Own,
            _ => Self::Department,
        }
    }
}

/// A body on the roster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// Its name as the county writes it.
    pub name: String,
    /// Other ways to write it.
    pub short: Vec<String>,
    /// What it is.
    pub kind: UnitKind,
    /// It is run from above (垂直管理) and does not belong on the roster (R63); none where the roster does not say.
    pub is_vertical: Option<bool>,
    /// Who is in charge there.
    pub contact: String,
    /// How to reach them.
    pub phone: String,
    /// The day until which it is to report (R69); none where only the law's counts.
    pub due: Option<Date>,
}

impl Unit {
    /// A body of which only the name is known.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), kind: UnitKind::of_name(name), ..Self::default() }
    }

    /// It is run from above: by the roster, or by its name where the roster does not say.
    pub fn is_run_from_above(&self) -> bool {
        self.is_vertical.unwrap_or_else(|| WORDS.vertical.iter().any(|end| self.name.ends_with(end)))
    }
}

/// The roster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// The bodies, in its order.
    pub units: Vec<Unit>,
    /// What in it is not understood, each with its line: asked, never dropped in silence.
    pub problems: Vec<String>,
}

/// The columns, as this program heads them and as offices do.
const COLUMNS: [(&str, &[&str]); 7] = [
    ("单位", &["单位", "名称", "机构", "主体"]),
    ("简称", &["简称", "别名", "曾用名"]),
    ("类别", &["类别", "性质", "类型"]),
    ("垂直管理", &["垂直"]),
    ("负责人", &["负责", "联系人", "经办"]),
    ("电话", &["电话", "手机"]),
    ("期限", &["期限", "截止", "时限"]),
];

/// Rows in which the heads are looked for: a title may stand above them.
const MAX_ABOVE: usize = 10;

impl Roster {
    /// Reads a list of any shape: columns by their heads, or names alone. Days without a year are of the year after the report's.
    pub fn read(rows: &[Row], report_year: u16) -> Self {
        let mut roster = Self::default();
        let head = rows.iter().take(MAX_ABOVE).position(|row| is_head(row));
        let columns = head.and_then(|at| rows.get(at)).map(|row| places(row));
        let mut known = HashSet::new();
        for (line, row) in rows.iter().enumerate().skip(head.map_or(0, |at| at + 1)) {
            let cell = |column: usize| match &columns {
                Some(places) => places.get(column).copied().flatten().and_then(|place| row.get(place)).map_or("", |cell| cell.trim()),
                None if column == 0 => row.iter().find(|cell| is_name(cell)).map_or("", |cell| cell.trim()),
                None => "",
            };
            if cell(0).is_empty() {
                continue;
            }
            let unit = roster.unit([0, 1, 2, 3, 4, 5, 6].map(cell), line + 1, report_year);
            if known.insert(plain_name(&unit.name)) {
                roster.units.push(unit);
            } else {
                roster.problems.push(format!("名册第 {} 行：“{}”重复", line + 1, unit.name));
            }
        }
        roster
    }

    /// Reads a list from the clipboard.
    pub fn of_text(text: &str, report_year: u16) -> Self {
        Self::read(&rows::of_text(text), report_year)
    }

    fn unit(&mut self, [name, short, kind, vertical, contact, phone, due]: [&str; 7], line: usize, report_year: u16) -> Unit {
        let mut unit = Unit::new(name);
        let apart = |c: char| "、,，;；/ ".contains(c);
        unit.short = short.split(apart).filter(|short| !short.is_empty()).map(str::to_owned).collect();
        (unit.contact, unit.phone) = (contact.to_owned(), phone.to_owned());
        match UnitKind::read(kind) {
            Some(kind) => unit.kind = kind,
            None if kind.is_empty() => {}
            None => self.problems.push(format!("名册第 {line} 行：看不懂类别“{kind}”，按“{}”算", unit.kind.name())),
        }
        unit.is_vertical = match vertical {
            "" => None,
            "是" | "√" | "垂直" | "Y" | "y" | "1" => Some(true),
            _ => Some(false),
        };
        unit.due = day(due, report_year);
        if unit.due.is_none() && !due.is_empty() {
            self.problems.push(format!("名册第 {line} 行：看不懂期限“{due}”"));
        }
        unit
    }

    /// The text of its file.
    pub fn text(&self) -> String {
        let head: Row = COLUMNS.iter().map(|(head, _)| (*head).to_owned()).collect();
        let vertical = |unit: &Unit| unit.is_vertical.map_or("", |is| if is { "是" } else { "否" }).to_owned();
        let row = |unit: &Unit| {
            let due = unit.due.map_or_else(String::new, |due| due.to_string());
            let [name, contact, phone] = [&unit.name, &unit.contact, &unit.phone].map(String::clone);
            vec![name, unit.short.join("、"), unit.kind.name().to_owned(), vertical(unit), contact, phone, due]
        };
        rows::text(std::iter::once(head).chain(self.units.iter().map(row)))
    }
}

/// A row of heads: the body's name and another column, or that name alone. A title says more than a head does.
fn is_head(row: &[String]) -> bool {
    let places = places(row);
    let num_filled = row.iter().filter(|cell| !cell.is_empty()).count();
    let is_alone = num_filled == 1 && row.iter().any(|cell| ["单位", "单位名称", "单位全称", "名称", "机构名称"].contains(&cell.as_str()));
    places.first().is_some_and(Option::is_some) && (places.iter().flatten().count() > 1 || is_alone)
}

/// Where each of our columns stands in a row of heads.
fn places(row: &[String]) -> Vec<Option<usize>> {
    let fits = |cell: &String, words: &[&str]| cell.chars().count() <= 12 && words.iter().any(|word| cell.contains(word));
    COLUMNS.iter().map(|(_, words)| row.iter().position(|cell| fits(cell, words))).collect()
}

/// A cell that may be a body's name: it holds Chinese, and is no number of a line.
fn is_name(cell: &str) -> bool {
    cell.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
}

/// A day: `2026-01-20`, `2026/1/20`, `2026年1月20日`, `1月20日`.
pub(super) fn day(text: &str, report_year: u16) -> Option<Date> {
    let figures: Vec<i16> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).take(3).map(str::parse).collect::<Result<_, _>>().ok()?;
    let (year, month, day) = match figures.as_slice() {
        [month, day] => (i16::try_from(report_year).ok()?.checked_add(1)?, *month, *day),
        [year, month, day] => (*year, *month, *day),
        _ => return None,
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
