//! RON text → [`Form`], or what is wrong with it, with file, line and key.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use sm3::{Digest as _, Sm3};

use super::schema::{BodyFile, Each, FormFile, ItemFile, RuleFile, TableFile, Test as TestFile};
use super::table::Placed;
use super::wrong::Wrong;
use super::{
    Body, Cell, Chapter, Check, CheckId, Comparison, FirstYear, Form, Rule, Table, Test, common, explain, formula, limits, names, older,
};
use crate::model::{CellId, Fingerprint, Ground, Kind, SectionId, Thresholds};

/// A form file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("表样文件有误：{problem}（{key}）；位置：{file} 第 {line} 行")]
pub struct FormError {
    /// The file's name.
    pub file: String,
    /// Line of the problem, from 1.
    pub line: usize,
    /// The key, id or label it is about.
    pub key: String,
    /// What is wrong.
    pub problem: String,
}

/// Largest form file read, in bytes; the shipped ones have 40 KB.
const MAX_BYTES: usize = 2_000_000;

/// Nesting that a form file needs, with room to spare.
const MAX_DEPTH: usize = 48;

/// Most cells of a form; the shipped ones have 200.
const MAX_CELLS: usize = 2_000;

/// Most checks of a form; the shipped ones have some 300.
const MAX_CHECKS: usize = 5_000;

/// Most summands of all checks together; the shipped ones have some 4 000.
const MAX_TERMS: usize = 200_000;

impl Form {
    /// Reads and checks a form file. `file` is its name for messages.
    ///
    /// # Errors
    /// The first thing wrong with it.
    pub fn load(file: &str, text: &str) -> Result<Self, FormError> {
        Self::load_with(file, text, &Thresholds::new())
    }

    /// The form with the thresholds that a draft rests on; itself where it has those.
    ///
    /// # Errors
    /// It has no such threshold.
    pub fn on(self: &Arc<Self>, ground: &Ground) -> Result<Arc<Self>, FormError> {
        if self.thresholds == ground.thresholds {
            return Ok(Arc::clone(self));
        }
        let (file, text) = &self.source;
        Ok(Arc::new(Self { is_foreign: self.is_foreign, ..Self::load_with(file, text, &ground.thresholds)? }))
    }

    /// The same with these thresholds in place of the file's own.
    ///
    /// # Errors
    /// The first thing wrong with it, or with the thresholds.
    fn load_with(file: &str, text: &str, thresholds: &Thresholds) -> Result<Self, FormError> {
        let wrong = |line: usize, key: &str, problem: String| FormError { file: file.to_owned(), line, key: key.to_owned(), problem };
        if text.len() > MAX_BYTES {
            return Err(wrong(1, file, "文件太大".to_owned()));
        }
        let text = text.trim_start_matches('\u{feff}');
        let parsed: Result<FormFile, _> = ron::Options::default().with_recursion_limit(MAX_DEPTH).from_str(text);
        let mut read = parsed.map_err(|err| {
            let place = err.span.start;
            wrong(place.line, &format!("第 {} 列", place.col), explain(&err.code, "表样"))
        })?;
        let hash = hash(text, !read.common.is_empty());
        let form = common::take(&mut read).and_then(|()| build(read, hash, thresholds));
        let form = form.map(|form| Self { source: (file.into(), text.into()), ..form });
        form.map_err(|found| wrong(found.line_in(text), &found.key, found.problem))
    }
}

/// SM3 of the file, line ends made plain, and of the common rules where it takes some.
fn hash(text: &str, takes_common: bool) -> Fingerprint {
    let common = if takes_common { common::COMMON } else { "" };
    let plain = [text, common].map(|text| text.replace("\r\n", "\n"));
    Fingerprint(Sm3::digest(plain.join("\0").as_bytes()).into())
}

/// The same in every form: no notice prescribes it, reports have it all the same.
fn preamble() -> Chapter {
    Chapter {
        no: SectionId::PREAMBLE.0,
        title: "说明".into(),
        short: "说明".into(),
        help: "标题下面、第一章前面的话，可以不写：依据哪个通知编制、数据起止日期、联系方式。导出时不印“说明”两个字。".into(),
        source: "公开的报告里常见，通知没有要求".into(),
        body: Body::Text(SectionId::PREAMBLE, Vec::new()),
    }
}

fn build(mut file: FormFile, hash: Fingerprint, thresholds: &Thresholds) -> Result<Form, Wrong> {
    limits::within_limits(&file)?;
    if file.years.1.is_some_and(|last| last < file.years.0) {
        return Err(Wrong::of(&file.id, "适用年度的末年早于首年".to_owned()));
    }
    if file.wordings.has_empty_word() {
        return Err(Wrong::of("wordings", "正文用词里有空的词".to_owned()));
    }
    let mut form = Form {
        id: file.id.as_str().into(),
        name: file.name.as_str().into(),
        document: file.document.as_str().into(),
        years: file.years,
        chapters: Vec::new(),
        preamble: preamble(),
        tables: Vec::new(),
        cells: Vec::new(),
        rules: Vec::new(),
        checks: Vec::new(),
        older: Vec::new(),
        wordings: file.wordings,
        hash,
        thresholds: thresholds.clone(),
        source: Default::default(),
        is_foreign: false,
        by_key: HashMap::new(),
        checks_of: Vec::new(),
    };
    for chapter in &file.chapters {
        let body = match &chapter.body {
            BodyFile::Text(headings) => Body::Text(SectionId(chapter.no), headings.iter().map(|text| text.as_str().into()).collect()),
            BodyFile::Table(table) => Body::Table(add_table(&mut form, table, chapter.no)?),
        };
        if form.chapter(chapter.no).is_some() {
            return Err(Wrong::of(&chapter.title, format!("章号 {} 重复", chapter.no)));
        }
        form.chapters.push(Chapter {
            no: chapter.no,
            title: chapter.title.as_str().into(),
            short: chapter.short.as_str().into(),
            help: chapter.help.as_str().into(),
            source: chapter.source.as_str().into(),
            body,
        });
    }
    let usually: Vec<String> = file.rules.iter().map(|rule| with_thresholds(rule, &rule.says)).collect();
    change(&mut file.rules, thresholds)?;
    for (rule, usually) in file.rules.iter().zip(usually) {
        add_rule(&mut form, rule, &usually)?;
    }
    index_checks(&mut form);
    let keys: Vec<&str> = form.cells.iter().map(|cell| &*cell.key).collect();
    let older = older::read(file.older, &keys)?;
    Ok(Form { older, ..form })
}

/// Smallest and largest threshold that makes sense.
const THRESHOLDS: std::ops::RangeInclusive<u32> = 1..=1_000_000;

/// Gives rules an office's thresholds in place of their own.
fn change(rules: &mut [RuleFile], thresholds: &Thresholds) -> Result<(), Wrong> {
    for (key, value) in thresholds {
        let (id, name) = key.split_once('.').unwrap_or_default();
        let rule = rules.iter_mut().find(|rule| rule.id == id);
        let slot = rule.and_then(|rule| rule.thresholds.iter_mut().find(|(known, _)| known == name));
        let (_, slot) = slot.ok_or_else(|| Wrong::of(key, format!("没有阈值 {key}")))?;
        if !THRESHOLDS.contains(value) {
            return Err(Wrong::of(key, format!("阈值 {key} 应当是 1 到 {} 的整数", THRESHOLDS.end())));
        }
        *slot = *value;
    }
    Ok(())
}

/// Adds the table and its cells; returns the table's place.
fn add_table(form: &mut Form, file: &TableFile, chapter: u8) -> Result<usize, Wrong> {
    if form.tables.iter().any(|table| *table.id == *file.id) {
        return Err(Wrong::again(&file.id, "表的代号重复"));
    }
    let (table, placed) = Table::lay_out(file, chapter, form.cells.len())?;
    let place = form.tables.len();
    for cell in placed {
        let wrong = |problem: &str| Wrong::at_item(file, cell.place, problem.to_owned());
        let id = CellId::new(form.cells.len()).filter(|id| id.index() < MAX_CELLS).ok_or_else(|| wrong("格数太多"))?;
        if let Some(problem) = key_problem(form, &cell.key) {
            return Err(wrong(&problem));
        }
        if form.by_key.insert(cell.key.as_str().into(), id).is_some() {
            return Err(wrong(&format!("格的代号 {} 重复", cell.key)));
        }
        form.cells.push(describe(file, &table, place, &cell));
    }
    form.tables.push(table);
    Ok(place)
}

/// Why a cell cannot have this key: it is the name of the cell in a workbook and on the command line.
fn key_problem(form: &Form, key: &str) -> Option<String> {
    let is_sign = |c: char| c.is_alphanumeric() || c == '.' || c == '_';
    let letters = key.chars().take_while(char::is_ascii_alphabetic).count();
    let is_place = (1..=3).contains(&letters) && key.chars().skip(letters).all(|c| c.is_ascii_digit()) && key.len() > letters;
    let upper = key.to_uppercase();
    let rest = upper.trim_start_matches(|c: char| c == 'R' || c == 'C' || c.is_ascii_digit());
    let is_row_col = rest.is_empty() && upper.starts_with(['R', 'C']);
    let twin = form.by_key.keys().find(|other| ***other != *key && other.to_uppercase() == upper);
    match () {
        () if key == "agency" => Some(format!("格的代号 {key} 是单位全称的代号，不能再用")),
        () if !key.starts_with(|c: char| c.is_alphabetic() || c == '_') || !key.chars().all(is_sign) || is_place || is_row_col => {
            Some(format!("格的代号 {key} 不能用作 Excel 名称：以字母开头，只用字母、数字、点和下划线，不能像单元格的位置"))
        }
        () => twin.map(|twin| format!("格的代号 {key} 与 {twin} 只有大小写不同")),
    }
}

/// The cell with its names and help.
fn describe(file: &TableFile, table: &Table, place: usize, cell: &Placed<'_>) -> Cell {
    let column = cell.column.and_then(|column| file.columns.get(column));
    let (label, path) = names::cell(table, cell.at, column.is_some());
    let (kind, unit, help, source) = match cell.item {
        ItemFile::Cell { kind, unit, help, source, .. } => (*kind, unit, help.clone(), source),
        ItemFile::Line { unit, help, source, .. } => {
            (Kind::Count, unit, format!("{help}\n{}", column.map_or("", |column| &column.help)), source)
        }
        ItemFile::Head { text, .. } => (Kind::Count, text, String::new(), text),
    };
    Cell {
        key: cell.key.as_str().into(),
        kind,
        unit: unit.as_str().into(),
        table: place,
        at: cell.at,
        cols: cell.cols,
        label: label.into(),
        path: path.into(),
        help: help.trim().into(),
        source: source.as_str().into(),
        total: None,
    }
}

/// Adds the rule and its check at every line.
fn add_rule(form: &mut Form, file: &RuleFile, usually: &str) -> Result<(), Wrong> {
    let wrong = |problem: String| Wrong::of(&file.id, problem);
    if form.rules.iter().any(|rule| *rule.id == *file.id) {
        return Err(Wrong::again(&file.id, "规则编号重复"));
    }
    for (name, text) in [("source", &file.source), ("says", &file.says), ("hint", &file.hint)] {
        if text.trim().is_empty() {
            return Err(wrong(format!("规则没有写 {name}")));
        }
    }
    let rule = form.rules.len();
    let mut is_across_years = file.first_year == FirstYear::Only;
    let mut num_terms: usize = form.checks.iter().flat_map(|check| check.test.comparisons()).map(Comparison::num_terms).sum();
    for line in lines(form, file).map_err(wrong)? {
        for test in tests(form, file, &line.key).map_err(wrong)? {
            let check = check(form, file, rule, &line, test).map_err(wrong)?;
            is_across_years |= !check.prior_cells.is_empty() || matches!(check.test, Test::Repeats(_) | Test::Copied(..));
            num_terms += check.test.comparisons().map(Comparison::num_terms).sum::<usize>();
            form.checks.push(check);
            if form.checks.len() > MAX_CHECKS || num_terms > MAX_TERMS {
                return Err(wrong("校验太多".to_owned()));
            }
        }
    }
    form.rules.push(Rule {
        id: file.id.as_str().into(),
        severity: file.severity,
        basis: file.basis,
        source: file.source.as_str().into(),
        says: with_thresholds(file, &file.says).into(),
        hint: file.hint.as_str().into(),
        hint_computed: file.hint_computed.as_deref().map(Into::into),
        sides: file.sides.as_ref().map(|(left, right)| (left.as_str().into(), right.as_str().into())),
        needs: match file.test {
            TestFile::Needs(need) => Some(need),
            TestFile::Must(_)
            | TestFile::Flag(_)
            | TestFile::Readable(_)
            | TestFile::Registered(_)
            | TestFile::Controls
            | TestFile::Repeats(_)
            | TestFile::Copied(..) => None,
        },
        unless_agency_ends: file.unless_agency_ends.iter().map(|end| end.as_str().into()).collect(),
        unpublished: file.unpublished,
        first_year: file.first_year,
        is_across_years,
        thresholds: file.thresholds.iter().map(|(name, value)| (name.as_str().into(), *value)).collect(),
        says_usually: Some(usually).filter(|usually| **usually != with_thresholds(file, &file.says)).map(Into::into),
    });
    Ok(())
}

/// The text with the rule's thresholds in their places.
fn with_thresholds(file: &RuleFile, text: &str) -> String {
    file.thresholds.iter().fold(text.to_owned(), |text, (name, is)| text.replace(&format!("{{{name}}}"), &is.to_string()))
}

/// The threshold of this name.
fn threshold(file: &RuleFile, name: &str) -> Result<u32, String> {
    let found = file.thresholds.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| *value).ok_or_else(|| format!("没有阈值 {name}"))
}

/// One thing `*` stands for.
struct Line {
    key: String,
    /// What findings say; empty where the first cell's own name serves.
    words: String,
    /// Findings carry the line's key rather than their first cell's.
    named: bool,
}

fn lines(form: &Form, file: &RuleFile) -> Result<Vec<Line>, String> {
    let table = |id: &String| form.tables.iter().find(|table| *table.id == **id).ok_or_else(|| format!("没有表 {id}"));
    Ok(match &file.each {
        Each::Once => vec![Line { key: String::new(), words: String::new(), named: false }],
        Each::Columns(id) => {
            let table = table(id)?;
            let first_row = table.lines.first().map_or(0, |(_, row)| *row);
            let first_col = table.num_cols() - table.columns.len();
            let words = |place: usize| names::column(table, first_row, first_col + place);
            let line = |(place, key): (usize, &str)| Line { key: key.to_owned(), words: words(place), named: true };
            table.columns.iter().map(|key| &**key).enumerate().map(line).collect()
        }
        Each::Lines(id) => {
            let table = table(id)?;
            let line = |(key, row): &(Box<str>, usize)| Line { key: key.to_string(), words: names::line(table, *row), named: true };
            table.lines.iter().map(line).collect()
        }
        Each::Groups(groups) => groups.iter().map(|(key, words)| Line { key: key.clone(), words: words.clone(), named: true }).collect(),
        Each::Items(keys) => keys.iter().map(|key| Line { key: key.clone(), words: String::new(), named: false }).collect(),
    })
}

/// The tests of a rule at one line; one except for `Readable`, which has one a cell.
fn tests(form: &Form, file: &RuleFile, line: &str) -> Result<Vec<Test>, String> {
    let cells_of = |word: &str| match form.tables.iter().position(|table| *table.id == *word) {
        Some(table) => Some(form.cells().filter(|(_, cell)| cell.table == table).map(|(id, _)| id).collect()),
        None => form.cell_by_key(&word.replace('*', line)).map(|cell| vec![cell]),
    };
    let parse = |text: &str| {
        formula::parse(&with_thresholds(file, text), &cells_of).map_err(|word| format!("公式里看不懂“{}”", word.replace('*', line)))
    };
    match &file.test {
        TestFile::Must(text) => match parse(text)?.pop().and_then(|mut alternative| alternative.pop()) {
            Some(comparison) if !text.contains(" and ") && !text.contains(" or ") => Ok(vec![Test::Must(comparison)]),
            _ => Err("Must 只能是一个等式或不等式".to_owned()),
        },
        TestFile::Flag(text) => Ok(vec![Test::Flag(parse(text)?)]),
        TestFile::Readable(tables) => Ok(cells_in_tables(tables, cells_of)?.map(Test::Readable).collect()),
        TestFile::Registered(tables) => Ok(cells_in_tables(tables, cells_of)?.map(Test::Registered).collect()),
        TestFile::Controls => Ok(totals(&form.checks).into_keys().map(Test::Control).collect()),
        TestFile::Repeats(least) => Ok(vec![Test::Repeats(threshold(file, least)?)]),
        TestFile::Copied(chapters, share) => {
            let share = threshold(file, share)?;
            let section = |no: &u8| form.sections().map(|(section, _)| section).find(|section| section.0 == *no);
            let test = |no: &u8| section(no).map(|section| Test::Copied(section, share)).ok_or_else(|| format!("没有文字部分 {no}"));
            chapters.iter().map(test).collect()
        }
        TestFile::Needs(_) => Ok(Vec::new()),
    }
}

/// All cells of the tables with these ids.
fn cells_in_tables(tables: &[String], cells_of: impl Fn(&str) -> Option<Vec<CellId>>) -> Result<impl Iterator<Item = CellId>, String> {
    let of = |id: &String| cells_of(id).filter(|cells| cells.len() > 1).ok_or_else(|| format!("没有表 {id}"));
    Ok(tables.iter().map(of).collect::<Result<Vec<_>, String>>()?.into_iter().flatten())
}

fn check(form: &Form, file: &RuleFile, rule: usize, line: &Line, test: Test) -> Result<Check, String> {
    let mut cells: Vec<CellId> = match &test {
        Test::Readable(cell) | Test::Control(cell) | Test::Registered(cell) => vec![*cell],
        Test::Must(_) | Test::Flag(_) => cells_in(&test, false).collect(),
        Test::Repeats(_) | Test::Copied(..) => Vec::new(),
    };
    let mut prior_cells: Vec<CellId> = cells_in(&test, true).collect();
    prior_cells.sort_unstable();
    prior_cells.dedup();
    let first = cells.first().map(|&cell| form.cell(cell));
    let (at, words) = match (&test, line.named, first) {
        (Test::Copied(section, _), ..) => {
            let title = form.chapter(section.0).map_or_else(Box::default, |chapter| chapter.title.clone());
            (section.0.to_string().into(), title)
        }
        (_, true, _) | (_, _, None) => (line.key.as_str().into(), line.words.as_str().into()),
        (_, false, Some(first)) => {
            let table = form.tables.get(first.table).filter(|table| cells.len() == table.num_cells());
            (first.key.clone(), table.map_or_else(|| first.label.clone(), |table| table.name.clone()))
        }
    };
    cells.sort_unstable();
    cells.dedup();
    let only_while_waiting = match &file.only_while_waiting {
        None => None,
        Some(id) => {
            let is_meant = |check: &Check| *check.at == *at && form.rules.get(check.rule).is_some_and(|rule| *rule.id == **id);
            let meant = form.checks().find(|(_, check)| is_meant(check)).map(|(id, _)| id);
            Some(meant.ok_or_else(|| format!("only_while_waiting 写的 {id} 不是前面的规则，或者不核对“{at}”"))?)
        }
    };
    Ok(Check { rule, at, line: words, test, only_while_waiting, cells, prior_cells })
}

/// The cells in all comparisons, in the order written: this year's, or last year's.
fn cells_in(test: &Test, is_prior: bool) -> impl Iterator<Item = CellId> {
    test.comparisons().flat_map(Comparison::terms).filter(move |term| term.is_prior == is_prior).map(|term| term.cell)
}

/// Notes at each cell the checks that speak of it, and at each total the check that sums it.
fn index_checks(form: &mut Form) {
    let mut checks_of = vec![Vec::new(); form.cells.len()];
    for (id, check) in form.checks() {
        for cell in &check.cells {
            if let Some(checks) = checks_of.get_mut(cell.index()) {
                checks.push(id);
            }
        }
    }
    for (cell, check) in totals(&form.checks) {
        if let Some(cell) = form.cells.get_mut(cell.index()) {
            cell.total = Some(check);
        }
    }
    form.checks_of = checks_of;
}

/// The totals, in form order, each with the check whose left side it is alone.
/// One that is both a row's and a column's total is summed along its row, the later check.
fn totals(checks: &[Check]) -> BTreeMap<CellId, CheckId> {
    let total = |(index, check): (usize, &Check)| match check.test.equation() {
        Some(Comparison { left, .. }) if left.constant == 0 => match left.terms.as_slice() {
            [total] => Some((total.cell, CheckId(u16::try_from(index).ok()?))),
            _ => None,
        },
        _ => None,
    };
    checks.iter().enumerate().filter_map(total).collect()
}
