//! What each line of a sheet is: title, head, month, sum, signature, request.

use super::answers::Answers;
use super::applicant::Who;
use super::columns::{Field, Heads};
use super::date;
use super::error::Family;
use super::words::{Words, plain};
use crate::read::lines::{Line, Sheet};
use crate::workers::in_parts;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Above the head.
    Title,
    /// The head, or a part of it, or the head again.
    Head,
    /// The name of a month.
    Month,
    /// A sum, with the number written.
    Sum(Option<u32>),
    /// A remark, a signature.
    Note,
    /// A number in front and nothing else.
    Empty,
    /// A request or a case.
    Data,
}

/// A column with its head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Place, from 0.
    pub at: usize,
    /// The head as written; two lines are joined by `/`.
    pub head: String,
    /// What it holds, if that is known.
    pub field: Option<Field>,
    /// Up to three of its values; none of a column that is never read.
    pub samples: Vec<String>,
    rank: u8,
}

/// A sheet taken apart.
#[derive(Debug)]
pub(super) struct Layout {
    pub family: Family,
    pub columns: Vec<Column>,
    /// Columns that may both be the day of receipt.
    pub receipts: Vec<usize>,
    /// Columns that say once more what became of a request.
    pub second_outcomes: Vec<usize>,
    /// Columns with ticks below the outcomes: place and outcome. None of them is [`Field::Outcome`].
    pub ticks: Vec<(usize, String)>,
    /// The same below the kinds of applicants.
    pub kind_ticks: Vec<(usize, String)>,
    /// The column of outcomes says whether it was made public: 是, 否, 部分.
    pub says_whether: bool,
    /// What each line of the sheet is.
    pub parts: Vec<Part>,
    /// Lines of the head, as places in the sheet.
    pub head: std::ops::Range<usize>,
    /// The text above the head.
    pub title: String,
}

/// Lines in which the head is looked for.
const MAX_TITLE_LINES: usize = 40;
/// Most lines of a head.
const MAX_HEAD_LINES: usize = 3;

impl Layout {
    /// The column that holds this.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.columns.iter().find(|column| column.field == Some(field)).map(|column| column.at)
    }

    /// Takes a sheet apart. None where it is no register.
    pub fn of(sheet: &Sheet, heads: &Heads, words: &Words, answers: &Answers) -> Option<Self> {
        let lines = &sheet.lines;
        let (at, family) = head(lines, heads)?;
        let depth = depth(lines.get(at..)?, heads, family);
        let mut columns = columns(lines.get(at..at + depth)?, heads, family);
        let all_outcomes: Vec<usize> = places(&columns, Field::Outcome);
        let receipts = choose(&mut columns, answers);
        let chosen = places(&columns, Field::Outcome);
        let second_outcomes = all_outcomes.into_iter().filter(|at| !chosen.contains(at)).collect();
        let title: Vec<&str> = lines.get(..at)?.iter().flat_map(|line| line.filled().map(|(_, cell)| cell)).collect();
        let mut layout = Self {
            family,
            columns,
            receipts,
            second_outcomes,
            ticks: Vec::new(),
            kind_ticks: Vec::new(),
            says_whether: false,
            parts: Vec::new(),
            head: at..at + depth,
            title: title.join(" "),
        };
        let numbered: Vec<(usize, &Line)> = lines.iter().enumerate().collect();
        layout.parts = in_parts(&numbered, |some| some.iter().map(|(place, line)| layout.part(*place, line, lines, words)).collect());
        layout.settle(sheet, words);
        Some(layout)
    }

    /// Two or more columns whose heads are outcomes, or kinds of applicants, and whose cells are ticks: together they are one column.
    fn find_ticks(&mut self, data: &[&Line], words: &Words) {
        if self.family != Family::Requests {
            return;
        }
        let is_outcome = |head: &str| super::outcome::read(&words.outcomes, head).says == super::outcome::Says::Row || is_group(head);
        let is_kind = |head: &str| matches!(super::applicant::of_kind(words, head), Some(Who::Column(_) | Who::Proposed(..)));
        self.kind_ticks = self.ticked(data, Field::Kind, is_kind);
        self.ticks = self.ticked(data, Field::Outcome, is_outcome);
        let outcome = self.columns.iter().find(|column| column.field == Some(Field::Outcome));
        self.says_whether = outcome.is_some_and(|column| column.head.contains("是否"));
    }

    /// The ticked columns with such heads, if there are several; they hold this field.
    fn ticked(&mut self, data: &[&Line], field: Field, is_meant: impl Fn(&str) -> bool) -> Vec<(usize, String)> {
        let is_ticked = |at: usize| data.iter().map(|line| line.cell(at)).filter(|cell| !cell.is_empty()).all(is_tick);
        let named = |column: &Column| column.head.rsplit('/').next().unwrap_or_default().to_owned();
        let found = self.columns.iter().filter(|column| is_meant(&named(column)) && is_ticked(column.at));
        let found: Vec<(usize, String)> = found.map(|column| (column.at, named(column))).collect();
        if found.len() < 2 {
            return Vec::new();
        }
        for column in self.columns.iter_mut().filter(|column| found.iter().any(|(at, _)| *at == column.at)) {
            column.field = Some(field);
        }
        found
    }

    fn part(&self, place: usize, line: &Line, lines: &[Line], words: &Words) -> Part {
        if place < self.head.start {
            return Part::Title;
        }
        let is_head =
            |other: usize| lines.get(other).is_some_and(|head| head.filled().map(|(_, cell)| cell).eq(line.filled().map(|(_, cell)| cell)));
        if place < self.head.end || self.head.clone().any(is_head) {
            return Part::Head;
        }
        let filled: Vec<(usize, &str)> = line.filled().take(6).collect();
        let Some((_, first)) = filled.first() else { return Part::Empty };
        if is_sum(first, &words.file.totals) {
            return Part::Sum(filled.iter().find_map(|(_, cell)| number_in(cell)));
        }
        if words.file.notes.iter().any(|word| first.starts_with(word.as_str())) && filled.len() <= 4 {
            return Part::Note;
        }
        if filled.len() <= 2 && (is_month(first) || is_period(first)) {
            return Part::Month;
        }
        let tells = self.columns.iter().filter(|column| column.field.is_some_and(is_telling) && !line.cell(column.at).is_empty()).count();
        match (tells, filled.len()) {
            (0, 1) if filled.first().is_some_and(|(at, _)| self.is_numbering(*at)) => Part::Empty,
            (0, _) | (1, 1) if filled.len() == 1 => Part::Note,
            (0, _) => Part::Empty,
            _ => Part::Data,
        }
    }

    fn is_numbering(&self, at: usize) -> bool {
        self.columns.iter().any(|column| column.at == at && matches!(column.field, Some(Field::Serial | Field::Number)))
    }

    /// Corrects guesses by what stands in the columns, and takes samples.
    fn settle(&mut self, sheet: &Sheet, words: &Words) {
        let data: Vec<&Line> =
            sheet.lines.iter().zip(&self.parts).filter(|(_, part)| **part == Part::Data).map(|(line, _)| line).take(400).collect();
        let share = |at: usize, fits: &dyn Fn(&str) -> bool| {
            let cells: Vec<&str> = data.iter().map(|line| line.cell(at)).filter(|cell| !cell.is_empty()).collect();
            (cells.iter().filter(|cell| fits(cell)).count() * 2, cells.len())
        };
        let is_date = |cell: &str| !matches!(date::read(cell), date::Written::Unread);
        let is_kind = |cell: &str| super::applicant::of_kind(words, cell) != Some(Who::Unknown);
        let has_applicant = self.columns.iter().any(|column| matches!(column.field, Some(Field::Applicant | Field::Person | Field::Body)));
        self.find_ticks(&data, words);
        let kind_ticks = &self.kind_ticks;
        for column in &mut self.columns {
            let is_dated = matches!(column.field, Some(Field::Received | Field::Answered | Field::CorrectedOn | Field::Closed));
            let (good, all) = if is_dated {
                share(column.at, &is_date)
            } else if column.field == Some(Field::Kind) && !kind_ticks.iter().any(|(at, _)| *at == column.at) {
                share(column.at, &is_kind)
            } else {
                (0, 0)
            };
            if good < all {
                let may_be_name = column.field == Some(Field::Kind) && !has_applicant && column.head.contains("申请");
                column.field = may_be_name.then_some(Field::Applicant);
            }
            if column.field != Some(Field::Private) {
                let mut samples: Vec<String> =
                    data.iter().map(|line| line.cell(column.at)).filter(|cell| !cell.is_empty()).map(str::to_owned).collect();
                samples.dedup();
                samples.truncate(3);
                column.samples = samples;
            }
        }
        let columns = &self.columns;
        self.receipts.retain(|at| columns.iter().any(|column| column.at == *at && column.field == Some(Field::Received)));
    }
}

/// Fields that make a line a request or a case.
fn is_telling(field: Field) -> bool {
    use Field::{
        Answered, Applicant, Body, CaseNumber, Cause, Closed, Kind, Matter, Number, Outcome, Person, Plaintiff, Received, Respondent,
        Result, Way,
    };
    matches!(
        field,
        Answered
            | Applicant
            | Body
            | CaseNumber
            | Cause
            | Closed
            | Kind
            | Matter
            | Number
            | Outcome
            | Person
            | Plaintiff
            | Received
            | Respondent
            | Result
            | Way
    )
}

/// The first line of the head. A line above it that adds no known head is a title.
fn head(lines: &[Line], heads: &Heads) -> Option<(usize, Family)> {
    let found = |at: usize| lines.get(at).filter(|line| line.filled().count() > 1).and_then(|_| family(lines.get(at..)?, heads));
    let mut at = (0..lines.len().min(MAX_TITLE_LINES)).find(|at| found(*at).is_some())?;
    while found(at + 1).is_some_and(|(next, _)| found(at).is_some_and(|(this, _)| next >= this)) {
        at += 1;
    }
    found(at).map(|(_, family)| (at, family))
}

/// The kind of register whose heads these lines begin with, and how many heads are known.
fn family(lines: &[Line], heads: &Heads) -> Option<(usize, Family)> {
    let known = |family: Family| {
        let depth = depth(lines, heads, family);
        let fields: std::collections::BTreeSet<Field> = columns(lines.get(..depth).unwrap_or_default(), heads, family)
            .into_iter()
            .filter_map(|column| column.field)
            .filter(|field| is_telling(*field))
            .collect();
        fields
    };
    let (requests, cases) = (known(Family::Requests), known(Family::Cases));
    let is_case = cases.len() >= heads.needed(Family::Cases)
        && cases.contains(&Field::Respondent) | cases.contains(&Field::CaseNumber)
        && cases.contains(&Field::Result) | cases.contains(&Field::Closed)
        && !(requests.contains(&Field::Outcome) && requests.contains(&Field::Answered));
    let is_request = requests.len() >= heads.needed(Family::Requests)
        && requests
            .iter()
            .any(|field| matches!(field, Field::Received | Field::Answered | Field::Outcome | Field::Applicant | Field::Person));
    match (is_case, is_request) {
        (true, _) => Some((cases.len(), Family::Cases)),
        (_, true) => Some((requests.len(), Family::Requests)),
        _ => None,
    }
}

/// How many lines the head has: further ones hold words only, some of them heads under a head above.
fn depth(lines: &[Line], heads: &Heads, family: Family) -> usize {
    let known = |depth: usize| {
        columns(lines.get(..depth).unwrap_or_default(), heads, family).iter().filter(|column| column.field.is_some()).count()
    };
    let mut depth = 1;
    while depth < MAX_HEAD_LINES
        && lines.get(depth).is_some_and(|line| line.filled().all(|(_, cell)| is_words(cell)) && line.filled().count() > 1)
        && known(depth + 1) > known(depth)
    {
        depth += 1;
    }
    depth
}

fn is_words(cell: &str) -> bool {
    cell.chars().count() <= 20 && !cell.chars().any(|sign| sign.is_ascii_digit())
}

/// The columns under a head of one or more lines.
fn columns(head: &[Line], heads: &Heads, family: Family) -> Vec<Column> {
    let width = head.iter().map(|line| line.cells.len()).max().unwrap_or(0);
    let mut groups = vec![String::new(); head.len()];
    let mut columns = Vec::new();
    for at in 0..width {
        let mut parts: Vec<String> = Vec::new();
        for (level, line) in head.iter().enumerate() {
            let cell = line.cell(at);
            let Some(group) = groups.get_mut(level) else { continue };
            let is_below = head.get(level + 1..).unwrap_or_default().iter().any(|line| !line.cell(at).is_empty());
            // A head over several columns stands in the first of them only.
            if !cell.is_empty() || !is_below {
                cell.clone_into(group);
            }
            if !group.is_empty() && parts.last() != Some(group) {
                parts.push(group.clone());
            }
        }
        let joined = heads.field(family, &parts.concat());
        let last = parts.last().and_then(|part| heads.field(family, part));
        let (field, rank) = joined.or(last).map_or((None, 0), |(field, rank)| (Some(field), rank));
        let head = parts.join("/").replace(['\n', '\r'], "");
        if !head.is_empty() {
            columns.push(Column { at, head, field, samples: Vec::new(), rank });
        }
    }
    columns
}

/// Leaves one column for each field; the columns that may both be the receipt are returned.
fn choose(columns: &mut [Column], answers: &Answers) -> Vec<usize> {
    for (field, head) in &answers.columns {
        if columns.iter().any(|column| column.head == *head) {
            for column in columns.iter_mut().filter(|column| column.field == Some(*field)) {
                column.field = None;
            }
            if let Some(column) = columns.iter_mut().find(|column| column.head == *head) {
                column.field = Some(*field);
            }
        }
    }
    let best = columns.iter().filter(|column| column.field == Some(Field::Received)).map(|column| column.rank).max().unwrap_or(0);
    let receipts: Vec<usize> =
        columns.iter().filter(|column| column.field == Some(Field::Received) && column.rank == best).map(|column| column.at).collect();
    let mut seen: Vec<(Field, u8, usize)> = Vec::new();
    for column in columns.iter() {
        if let Some(field) = column.field {
            match seen.iter_mut().find(|(known, ..)| *known == field) {
                Some(known) if known.1 < column.rank => *known = (field, column.rank, column.at),
                Some(_) => {}
                None => seen.push((field, column.rank, column.at)),
            }
        }
    }
    // A reason without the outcome that it belongs to: 部分公开 or 不予公开 is not known.
    if !seen.iter().any(|(field, ..)| *field == Field::Outcome) {
        seen.retain(|(field, ..)| *field != Field::Detail);
    }
    for column in columns.iter_mut() {
        let is_kept = |field: Field| {
            matches!(field, Field::Private | Field::Unused)
                || seen.iter().any(|(_, _, at)| *at == column.at)
                || field == Field::Received && receipts.contains(&column.at)
        };
        column.field = column.field.filter(|field| is_kept(*field));
    }
    receipts
}

/// A group of outcomes of table 三, without its items.
fn is_group(head: &str) -> bool {
    matches!(head, "不予公开" | "无法提供" | "不予处理" | "其他处理" | "不公开")
}

/// Signs of a period: 第一季度, 1—6月, 上半年, 2024年.
fn is_of_period(sign: char) -> bool {
    sign.is_ascii_digit() || "第一二三四五六七八九十〇季度上下半全本年月份至到-—~～".contains(sign)
}

/// 合计, 小计：, 本月合计 4件, 第一季度小计.
fn is_sum(cell: &str, totals: &[String]) -> bool {
    const LONGEST: usize = 24;
    if cell.chars().count() > LONGEST {
        return false;
    }
    let cell = cell.replace([' ', '　'], "");
    totals.iter().filter_map(|word| cell.split_once(word.as_str())).any(|(before, rest)| {
        before.chars().all(is_of_period) && rest.chars().all(|sign| !sign.is_alphabetic() || matches!(sign, '件' | '宗' | '共'))
    })
}

/// 第一季度, 上半年, 2024年.
fn is_period(cell: &str) -> bool {
    let signs = plain(cell);
    signs.iter().all(|sign| is_of_period(*sign)) && matches!(signs.last(), Some('年' | '度'))
}

/// Where a field stands.
fn places(columns: &[Column], field: Field) -> Vec<usize> {
    columns.iter().filter(|column| column.field == Some(field)).map(|column| column.at).collect()
}

/// A mark in a column whose head says what it means.
fn is_tick(cell: &str) -> bool {
    matches!(cell, "√" | "✓" | "✔" | "☑" | "■" | "●" | "★" | "1" | "是" | "有" | "Y" | "y" | "V" | "v")
}

/// The whole number in a cell: 85, 4件.
fn number_in(cell: &str) -> Option<u32> {
    let digits: String = plain(cell).into_iter().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// 一月, 2月份, 2024年3月, 八月  无.
fn is_month(cell: &str) -> bool {
    let signs: String = plain(cell).into_iter().collect();
    let month = signs.split_once('年').map_or(signs.as_str(), |(_, month)| month);
    let Some((name, rest)) = month.split_once('月') else { return false };
    let is_number = !name.is_empty()
        && name.chars().count() <= 2
        && name.chars().all(|sign| sign.is_ascii_digit() || "一二三四五六七八九十".contains(sign));
    is_number && (rest.is_empty() || rest.starts_with(['份', '无', '（', '(', ',']))
}
