//! All sheets of all registers → one count.

use std::collections::{BTreeMap, HashMap};

use super::answers::{Answers, LineAnswer, NONE, SKIP};
use super::calendar::Calendar;
use super::columns::Heads;
use super::counted::{Counted, Figure, Item, Place, Question, Remarked, State, Table, Word};
use super::date::years;
use super::doubt::{Doubt, Remark};
use super::error::{Family, LedgerError};
use super::layout::{Layout, Part};
use super::outcome::Says;
use super::pages::Pages;
use super::register::Register;
use super::request::{Context, Taken};
use super::words::Words;
use super::{cases, doubles, faults};
use crate::form::Form;
use crate::model::CellId;
use crate::read::lines::{Line, Sheet};
use crate::workers::in_parts_onto;

/// What is to be counted.
#[derive(Clone, Copy, Debug)]
pub struct Task<'a> {
    /// The registers, in the order given.
    pub registers: &'a [Register],
    /// The form of the report year.
    pub form: &'a Form,
    /// The report year.
    pub year: u16,
    /// Full name of the agency, if it is known.
    pub agency: Option<&'a str>,
    /// What the office has answered so far.
    pub answers: &'a Answers,
}

/// The words, columns and calendar that registers are read with.
#[derive(Debug)]
pub struct Ledger {
    pub(super) words: Words,
    pub(super) heads: Heads,
    pub(super) calendar: Calendar,
}

/// Cells of the form by row and column; rows folded where the form has one for several.
pub(super) struct Cells<'a> {
    pub form: &'a Form,
    folds: Option<&'a BTreeMap<String, String>>,
    fed: HashMap<String, Fed>,
}

/// The cells a line feeds: its own, and the sums above them.
type Fed = (Vec<CellId>, Vec<CellId>);

impl Cells<'_> {
    /// The cell `row.column`.
    pub fn get(&self, row: &str, column: &str) -> Option<CellId> {
        let row = self.folds.and_then(|folds| folds.get(row)).map_or(row, String::as_str);
        self.form.cell_by_key(&format!("{row}.{column}"))
    }

    /// The cells a line feeds; the same for all lines with these rows and this column.
    fn fed(&mut self, family: Family, (first, second): (&str, &str), column: &str) -> &Fed {
        let key = format!("{first} {second} {column}");
        if !self.fed.contains_key(&key) {
            let fed = feeds(family, (first, second), column, self);
            self.fed.insert(key.clone(), fed);
        }
        self.fed.entry(key).or_default()
    }
}

impl Ledger {
    /// With the data that comes with the program.
    ///
    /// # Errors
    /// The data is broken; a test keeps that from happening.
    pub fn shipped() -> Result<Self, LedgerError> {
        Ok(Self { words: Words::shipped()?, heads: Heads::shipped()?, calendar: Calendar::shipped()? })
    }

    /// A sheet has the heads of a register.
    pub fn knows(&self, register: &Register) -> bool {
        let answers = Answers::default();
        register.sheets.iter().any(|sheet| Layout::of(sheet, &self.heads, &self.words, &answers).is_some())
    }

    /// Counts everything anew.
    ///
    /// # Errors
    /// No sheet is a register, an answer names no row or column of the form, or the form has no such table.
    pub fn count(&self, task: Task<'_>) -> Result<Counted, LedgerError> {
        let mut cells = self.cells(task.form);
        check(task.answers, &cells)?;
        let mut pages = Pages::default();
        for (file, register) in task.registers.iter().enumerate() {
            for (sheet, content) in register.sheets.iter().enumerate() {
                self.page(task, (file, sheet), register, content, &mut pages);
            }
        }
        if pages.tables.is_empty() {
            return Err(LedgerError::NoRegister);
        }
        doubles::find(&mut pages);
        cases::join(&mut pages, task.answers);
        Ok(sum(task, pages, &mut cells))
    }

    fn cells<'a>(&'a self, form: &'a Form) -> Cells<'a> {
        Cells { form, folds: self.words.file.folds.get(&*form.id), fed: HashMap::new() }
    }

    fn page<'a>(&'a self, task: Task<'a>, at: (usize, usize), register: &'a Register, sheet: &'a Sheet, pages: &mut Pages<'a>) {
        let first = Place { file: at.0, sheet: at.1, line: sheet.lines.first().map_or(1, |line| line.no) };
        let Some(layout) = Layout::of(sheet, &self.heads, &self.words, task.answers) else {
            if !sheet.lines.is_empty() && !sheet.is_hidden {
                pages.remarks.push(Remarked::new(first, Remark::SheetNotRead, format!("没有台账的表头：{}", sheet.name)));
            }
            return;
        };
        if sheet.is_hidden {
            // What nobody sees is not counted, and that is said.
            let why = format!("工作表“{}”是隐藏的；要统计它，请先取消隐藏", sheet.name);
            pages.remarks.push(Remarked::new(first, Remark::SheetNotRead, why));
            return;
        }
        let report_year = i16::try_from(task.year).unwrap_or(i16::MAX);
        let year = year_of(task, &layout, sheet, report_year);
        let agency = agency(&layout.title);
        let start = pages.taken.len();
        let context = Context {
            words: &self.words,
            answers: task.answers,
            line_answers: line_answers(task.answers, register, sheet),
            layout: &layout,
            report_year,
            year,
            at,
            meanings: HashMap::new(),
            names: HashMap::new(),
        };
        let data = sheet.lines.iter().zip(&layout.parts).filter(|(_, part)| **part == Part::Data).map(|(line, _)| line);
        let data: Vec<&Line> = data.collect();
        in_parts_onto(&mut pages.taken, &data, |lines| {
            let mut context = context.clone();
            let take = |line: &&'a Line| match layout.family {
                Family::Requests => {
                    let mut taken = context.take(line);
                    faults::term(&context, &self.calendar, line, &mut taken);
                    taken
                }
                Family::Cases => cases::take(&context, line, task.agency.or(agency.as_deref())),
            };
            lines.iter().map(take).map(|taken| (layout.family, taken)).collect()
        });
        let taken = pages.taken.get(start..).unwrap_or_default();
        words(&context, layout.family, taken, &mut pages.words);
        faults::of_sheet(at, sheet, &layout, taken, &mut pages.remarks);
        faults::unused_answers(at, &context.line_answers, taken, &mut pages.remarks);
        if layout.receipts.len() > 1 {
            let heads = layout
                .receipts
                .iter()
                .filter_map(|at| layout.columns.iter().find(|column| column.at == *at))
                .map(|column| column.head.clone());
            let heads: Vec<String> = heads.collect();
            let proposal = heads.iter().find(|head| head.contains("受理") || head.contains('收')).or(heads.first()).cloned();
            pages.receipts.push((heads.join("、"), proposal.unwrap_or_default()));
        }
        pages.tables.push(Table { file: at.0, sheet: at.1, family: layout.family, columns: layout.columns, agency, year: year.ok() });
    }
}

/// The year of dates without one: as answered, as the title says, as the sheet is called; else it is to be asked.
fn year_of(task: Task<'_>, layout: &Layout, sheet: &Sheet, report_year: i16) -> Result<i16, i16> {
    if let Some(year) = task.answers.year {
        return Ok(year);
    }
    let one = |text: &str| if let [year] = years(text).as_slice() { Some(*year) } else { None };
    let year = [&*layout.title, &*sheet.name].into_iter().find_map(one).ok_or(report_year)?;
    // What stands between the lines may be of another year: 上年结转, 2024年12月.
    let is_other = |text: &str| {
        ["上年", "结转", "上一年", "往年"].iter().any(|word| text.contains(word)) || years(text).iter().any(|other| *other != year)
    };
    let between = sheet.lines.iter().zip(&layout.parts).filter(|(_, part)| matches!(part, Part::Month | Part::Note | Part::Empty));
    let is_mixed = is_other(&sheet.name) || between.flat_map(|(line, _)| line.filled()).any(|(_, cell)| is_other(cell));
    if is_mixed { Err(year) } else { Ok(year) }
}

/// Answers name rows and columns of the form.
fn check(answers: &Answers, cells: &Cells<'_>) -> Result<(), LedgerError> {
    let counts = ["new", "carry_in", "total", "carry_out"];
    let row = |row: &str| {
        let is_result = matches!(row, "upheld" | "corrected" | "other" | "pending");
        if row == NONE || row == SKIP || is_result || !counts.contains(&row) && cells.get(row, "nat").is_some() {
            Ok(())
        } else {
            Err(wrong(row))
        }
    };
    answers.outcomes.values().try_for_each(|answer| row(answer))?;
    answers.lines.iter().filter_map(|line| line.row.as_deref()).try_for_each(row)?;
    let columns = answers.applicants.values().map(String::as_str).chain(answers.lines.iter().filter_map(|line| line.column.as_deref()));
    for column in columns {
        if column == "sum" || cells.get("new", column).is_none() {
            return Err(wrong(column));
        }
    }
    for result in answers.results.values() {
        if !matches!(&**result, "upheld" | "corrected" | "other" | "pending" | NONE) {
            return Err(wrong(result));
        }
    }
    if cells.get("new", "nat").is_none() {
        return Err(LedgerError::OtherForm(cells.form.id.to_string()));
    }
    Ok(())
}

fn wrong(key: &str) -> LedgerError {
    LedgerError::Answers(format!("表样没有“{key}”这一行或列"))
}

/// The answers for lines of this sheet. Those made for another file are not used.
fn line_answers<'a>(answers: &'a Answers, register: &Register, sheet: &Sheet) -> HashMap<u32, &'a LineAnswer> {
    let is_here = |line: &&LineAnswer| {
        let file = line.file.as_deref().is_none_or(|name| name == register.name);
        file && line.sheet.as_deref().is_none_or(|name| name == sheet.name)
    };
    if !answers.register.is_empty() && answers.register != register.sha256 {
        return HashMap::new();
    }
    answers.lines.iter().filter(is_here).map(|line| (line.line, line)).collect()
}

/// 安澜市住房和城乡建设局2024年政府信息… → 安澜市住房和城乡建设局.
fn agency(title: &str) -> Option<String> {
    let ends = ["20", "二〇", "（", "(", "依申请", "政府信息", "信息公开", "受理登记", "行政复议", "行政诉讼", "台账", " "];
    let end = ends.iter().filter_map(|word| title.find(word)).min()?;
    let name = title.get(..end)?.trim();
    let last = name.chars().last()?;
    (name.chars().count() >= 3 && "局处府委会院办心部厅所站队署社".contains(last)).then(|| name.to_owned())
}

fn words(context: &Context<'_, '_>, family: Family, taken: &[(Family, Taken<'_>)], words: &mut BTreeMap<String, Word>) {
    for (_, taken) in taken.iter().filter(|(_, taken)| !taken.outcome.is_empty()) {
        if let Some(word) = words.get_mut(&taken.outcome) {
            word.num_lines += 1;
            continue;
        }
        let answered = match family {
            Family::Requests => &context.answers.outcomes,
            Family::Cases => &context.answers.results,
        };
        let meaning = match family {
            Family::Requests => super::outcome::read(&context.words.outcomes, &taken.outcome),
            Family::Cases => super::outcome::read_result(&context.words.results, &taken.outcome),
        };
        let answer = Answers::word(answered, &taken.outcome);
        let keys = answer.map_or(meaning.rows, |row| vec![row.as_str().into()]);
        let is_certain = answer.is_some() || matches!(meaning.says, Says::Row | Says::Pending);
        words.insert(taken.outcome.clone(), Word { text: taken.outcome.clone(), num_lines: 1, keys, is_certain });
    }
}

/// Adds everything up.
fn sum(task: Task<'_>, pages: Pages<'_>, cells: &mut Cells<'_>) -> Counted {
    let mut counted = Counted {
        num_lines: task.registers.iter().map(Register::num_lines).sum(),
        remarks: pages.remarks,
        tables: pages.tables,
        words: pages.words.into_values().collect(),
        ..Counted::default()
    };
    counted.words.sort_by_key(|word| std::cmp::Reverse(word.num_lines));
    counted.figures = blank_figures(task.form, &counted.tables);
    let mut questions: BTreeMap<(Doubt, String, Option<String>), Vec<Place>> = BTreeMap::new();
    for (heads, proposal) in pages.receipts {
        questions.insert((Doubt::ReceiptColumn, heads, Some(proposal)), Vec::new());
    }
    for (family, taken) in pages.taken {
        let is_one = taken.asked.iter().any(|asked| asked.doubt == Doubt::ReceiptColumn);
        for asked in &taken.asked {
            let receipt = questions
                .keys()
                .find(|(doubt, ..)| is_one && asked.doubt == Doubt::ReceiptColumn && *doubt == Doubt::ReceiptColumn)
                .cloned();
            let key = receipt.unwrap_or_else(|| (asked.doubt, asked.word.clone(), asked.proposal.clone()));
            let lines = questions.entry(key).or_default();
            if lines.last() != Some(&taken.place) {
                lines.push(taken.place);
            }
        }
        add(&mut counted, family, taken, cells);
    }
    counted.questions = questions.into_iter().map(|((doubt, word, proposal), lines)| Question { doubt, word, proposal, lines }).collect();
    counted.questions.sort_by_key(|question| question.lines.first().copied());
    counted.remarks.sort_by_key(|remark| remark.place);
    counted
}

/// Zero in every cell of the tables that a register was given for.
fn blank_figures(form: &Form, tables: &[Table]) -> BTreeMap<CellId, Figure> {
    let has = |family: Family| tables.iter().any(|table| table.family == family);
    let table_of = |key: &str| form.cell_by_key(key).map(|cell| form.cell(cell).table);
    let requests = table_of("new.nat").filter(|_| has(Family::Requests));
    let case_table = table_of("rev.total").filter(|_| has(Family::Cases));
    let is_counted = |table: usize| Some(table) == requests || Some(table) == case_table;
    form.cells().filter(|(_, cell)| is_counted(cell.table)).map(|(cell, _)| (cell, Figure::default())).collect()
}

fn add(counted: &mut Counted, family: Family, taken: Taken<'_>, cells: &mut Cells<'_>) {
    let is_asked = !taken.asked.is_empty();
    let state = match taken.nowhere {
        Some(why) => State::Nowhere(why),
        None if taken.is_open => State::Open,
        None if is_asked => State::Proposed,
        None => State::Certain,
    };
    if is_asked {
        let why: Vec<&str> = taken.asked.iter().map(|asked| asked.doubt.asks()).collect();
        counted.remarks.extend(taken.asked.iter().map(|asked| Remarked {
            place: taken.place,
            code: asked.doubt.code(),
            name: asked.doubt.asks(),
            why: asked.word.clone(),
        }));
        counted.remarks.push(Remarked::new(taken.place, Remark::MustBeAsked, why.join("")));
    }
    add_way(counted, state, &taken);
    counted.remarks.extend(taken.remarks);
    let none = Fed::default();
    let (own, sums) = match (&taken.rows, &taken.column) {
        (Some((first, second)), Some(column)) => cells.fed(family, (first, second), column),
        _ => &none,
    };
    let is_fed = matches!(state, State::Certain | State::Proposed);
    if is_fed {
        for cell in own.iter().chain(sums) {
            let figure = counted.figures.entry(*cell).or_default();
            figure.proposed += taken.count;
            if state == State::Certain {
                figure.certain += taken.count;
                figure.lines.push(taken.place);
            } else {
                figure.proposed_lines.push(taken.place);
            }
        }
    }
    counted.num_requests += if taken.is_double { 0 } else { taken.count };
    let (received, answered) = (taken.received.day(), taken.answered.day());
    counted.items.push(Item {
        place: taken.place,
        family,
        number: taken.number.into(),
        received,
        answered,
        count: taken.count,
        state,
        cells: if is_fed { own.clone() } else { Vec::new() },
    });
}

/// Counts a request that came in within the year by its way.
fn add_way(counted: &mut Counted, state: State, taken: &Taken<'_>) {
    if state != State::Certain || taken.rows.as_ref().is_none_or(|(first, _)| *first != "new") {
        return;
    }
    let Some(way) = taken.way else {
        counted.num_wayless += taken.count;
        return;
    };
    let figure = counted.ways.entry(way.into()).or_default();
    figure.certain += taken.count;
    figure.proposed += taken.count;
    figure.lines.push(taken.place);
}

fn feeds(family: Family, (first, second): (&str, &str), column: &str, cells: &Cells<'_>) -> Fed {
    if family == Family::Cases {
        return (cells.get(second, column).into_iter().collect(), cells.get(second, "total").into_iter().collect());
    }
    let own = [cells.get(first, column), cells.get(second, column)];
    let mut sums = vec![cells.get(first, "sum"), cells.get(second, "sum")];
    if second != "carry_out" {
        sums.extend([cells.get("total", column), cells.get("total", "sum")]);
    }
    (own.into_iter().flatten().collect(), sums.into_iter().flatten().collect())
}
