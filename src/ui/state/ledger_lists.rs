//! The lists of the register's page, one for each part.

use super::tallied::Tallied;
use crate::ledger::{self, Doubt, Field, Item, Place, Question, State, column_name, row_name};
use crate::model::CellId;
use crate::rules::claims::held;
use crate::ui::command::ledger::Tab;

/// How far an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Settled.
    Certain,
    /// There is a proposal to confirm.
    Proposed,
    /// It has to be answered.
    Open,
    /// Something to be looked at.
    Warning,
    /// Neither.
    Plain,
}

/// What an entry is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A question, by its place.
    Question(usize),
    /// A cell.
    Cell(CellId),
    /// A line.
    Line(Place),
    /// Nothing that leads on.
    Nothing,
}

/// One entry: up to four texts side by side.
#[derive(Clone, Debug)]
pub struct Entry {
    /// How far it is.
    pub mark: Mark,
    /// Side by side.
    pub texts: [String; 4],
    /// What it is about.
    pub subject: Subject,
}

/// The step a doubt is settled in.
pub fn is_of(tab: Tab, doubt: Doubt) -> bool {
    let own = match doubt {
        Doubt::ReceiptColumn => Tab::Columns,
        Doubt::ResultProposed
        | Doubt::ResultUnknown
        | Doubt::ResultAmbiguous
        | Doubt::ResultStep
        | Doubt::TwoOutcomes
        | Doubt::KindAmbiguous
        | Doubt::KindUnknown => Tab::Words,
        _ => Tab::Questions,
    };
    own == tab
}

/// What stands above the four texts.
pub fn heads(tab: Tab, has_cell: bool) -> [&'static str; 4] {
    match tab {
        Tab::Columns => ["台账的列", "读作", "里面写的", ""],
        Tab::Words => ["台账写的", "件数", "归到", "把握"],
        Tab::Questions => ["要问的", "台账写的", "行", "建议"],
        Tab::Figures if !has_cell => ["格", "台账", "现填", "相差"],
        Tab::Figures | Tab::Lines => ["行、编号", "收到 → 答复", "内容；写的结果", "计入"],
        Tab::Nowhere => ["行、编号", "收到 → 答复", "内容；写的结果", "为什么不计"],
        Tab::Faults => ["行", "情况", "说明", ""],
    }
}

/// The list of the part on screen.
pub fn entries(page: &Tallied, tab: Tab, of_cell: Option<CellId>) -> Vec<Entry> {
    match (tab, of_cell) {
        (Tab::Columns, _) => questions(page, Tab::Columns).chain(columns(page)).collect(),
        (Tab::Words, _) => words(page),
        (Tab::Questions, _) => questions(page, Tab::Questions).collect(),
        (Tab::Figures, None) => figures(page),
        (Tab::Figures, Some(cell)) => cell_lines(page, cell),
        (Tab::Lines, _) => page.counted.items.iter().map(|item| line(page, item)).collect(),
        (Tab::Nowhere, _) => {
            let is_nowhere = |item: &&Item| matches!(item.state, State::Nowhere(_));
            page.counted.items.iter().filter(is_nowhere).map(|item| line(page, item)).collect()
        }
        (Tab::Faults, _) => changes(page).into_iter().chain(faults(page)).collect(),
    }
}

fn questions(page: &Tallied, tab: Tab) -> impl Iterator<Item = Entry> {
    let of = move |(place, question): (usize, &Question)| {
        let mark = if question.proposal.is_some() { Mark::Proposed } else { Mark::Open };
        let asks =
            if question.lines.is_empty() { "哪一列是收到日期？（本年的数不受影响）" } else { question.doubt.asks() };
        let texts = [asks.to_owned(), question.word.clone(), lines(&question.lines), proposal(page, question)];
        is_of(tab, question.doubt).then_some(Entry { mark, texts, subject: Subject::Question(place) })
    };
    page.counted.questions.iter().enumerate().filter_map(of)
}

fn proposal(page: &Tallied, question: &Question) -> String {
    let first = page.counted.ways(&page.office.form, &page.registers, question).into_iter().next();
    // What has no day is proposed as answered, but its day has to be typed.
    let is_said = question.proposal.is_some() && question.doubt != Doubt::NoAnswerDate;
    first.filter(|_| is_said).map_or_else(String::new, |(words, _)| words)
}

fn columns(page: &Tallied) -> impl Iterator<Item = Entry> {
    page.counted.tables.iter().flat_map(|table| &table.columns).map(|column| {
        let field = column.field.map_or("没有认出，不用", Field::name);
        let mark = if column.field.is_some() { Mark::Certain } else { Mark::Plain };
        Entry { mark, texts: [column.head.clone(), field.to_owned(), column.samples.join("　"), String::new()], subject: Subject::Nothing }
    })
}

/// What has to be answered first, then what is proposed, then what is certain.
fn words(page: &Tallied) -> Vec<Entry> {
    let mut all: Vec<Entry> = questions(page, Tab::Words).map(|entry| word(page, entry)).collect();
    all.sort_by_key(|entry| entry.mark != Mark::Open);
    let is_asked = |text: &str| page.counted.questions.iter().any(|question| is_of(Tab::Words, question.doubt) && question.word == text);
    let settled = page.counted.words.iter().filter(|word| !is_asked(&word.text)).map(|word| {
        let row = word.keys.first().map_or_else(|| "没有结果，结转下年度".to_owned(), |key| row_name(&page.office.form, key));
        let is_answered = page.answers.outcomes.contains_key(&word.text) || page.answers.results.contains_key(&word.text);
        let why = if is_answered { "已定　本单位定的" } else { "已定　字面一致" };
        let texts = [word.text.clone(), word.num_lines.to_string(), row, why.to_owned()];
        Entry { mark: Mark::Certain, texts, subject: Subject::Nothing }
    });
    let applicants = page.answers.applicants.iter().map(|(word, column)| {
        let texts = [word.clone(), String::new(), column_name(&page.office.form, column), "已定　本单位定的".to_owned()];
        Entry { mark: Mark::Certain, texts, subject: Subject::Nothing }
    });
    let settled: Vec<Entry> = settled.chain(applicants).collect();
    all.into_iter().chain(settled).collect()
}

/// A question about a word: the word, how many lines, what is proposed, why it is asked.
fn word(page: &Tallied, entry: Entry) -> Entry {
    let Subject::Question(place) = entry.subject else { return entry };
    let Some(question) = page.counted.questions.get(place) else { return entry };
    let [asks, word, _, proposed] = entry.texts;
    let proposed = if proposed.is_empty() { "选一行……".to_owned() } else { proposed };
    let why = if entry.mark == Mark::Open { format!("没定　{asks}") } else { format!("建议　{asks}") };
    Entry { texts: [word, question.lines.len().to_string(), proposed, why], ..entry }
}

fn figures(page: &Tallied) -> Vec<Entry> {
    let form = &page.office.form;
    let of = |(cell, figure): (&CellId, &ledger::Figure)| {
        let typed = page.typed_in(*cell);
        let waiting = figure.proposed - figure.certain;
        let (mark, sum) = match waiting {
            0 => (Mark::Certain, figure.certain.to_string()),
            _ => (Mark::Proposed, format!("{} ＝ {} ＋ {waiting} 待确认", figure.proposed, figure.certain)),
        };
        let difference = typed.as_ref().and_then(|typed| typed.parse::<i64>().ok()).map(|typed| i64::from(figure.certain) - typed);
        let mark = if difference.is_some_and(|difference| difference != 0) { Mark::Warning } else { mark };
        let is_shown = figure.proposed > 0 || typed.as_deref().is_some_and(|typed| typed != "0");
        let difference = difference
            .map_or_else(String::new, |difference| if difference > 0 { format!("+{difference}") } else { difference.to_string() });
        let texts = [form.cell(*cell).label.to_string(), sum, typed.unwrap_or_default(), difference];
        is_shown.then_some(Entry { mark, texts, subject: Subject::Cell(*cell) })
    };
    page.counted.figures.iter().filter_map(of).chain(ways(page)).collect()
}

/// The ways of receipt, for the text.
fn ways(page: &Tallied) -> Vec<Entry> {
    let entry = |mark, words: String, number: String| Entry {
        mark,
        texts: [words, number, String::new(), String::new()],
        subject: Subject::Nothing,
    };
    match page.counted.settled_ways() {
        Some(ways) => {
            let of = |(way, figure): (&str, ledger::Figure)| {
                (figure.certain > 0).then(|| {
                    let words = format!("{}（正文里可以引用）", held::name(&page.office.form, way));
                    entry(Mark::Certain, words, figure.certain.to_string())
                })
            };
            ways.into_iter().filter_map(of).collect()
        }
        None if page.counted.ways.is_empty() || page.counted.num_wayless == 0 => Vec::new(),
        None => {
            vec![entry(Mark::Plain, "申请方式没有写或者没有认出的，所以不供正文引用".to_owned(), page.counted.num_wayless.to_string())]
        }
    }
}

fn cell_lines(page: &Tallied, cell: CellId) -> Vec<Entry> {
    let Some(figure) = page.counted.figures.get(&cell) else { return Vec::new() };
    let places = figure.lines.iter().chain(&figure.proposed_lines);
    places.filter_map(|place| page.counted.item(*place)).map(|item| line(page, item)).collect()
}

/// A line: place and number, dates, matter and outcome as typed, its cells or why it has none.
pub fn line(page: &Tallied, item: &Item) -> Entry {
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(|| "—".to_owned(), |day| day.to_string());
    let text = |field| page.counted.text(&page.registers, item.place, field).replace('\n', " ");
    let outcome = [Field::Outcome, Field::Result].map(text).concat();
    let matter = [Field::Matter, Field::Cause].map(text).concat();
    let labels: Vec<&str> = item.cells.iter().map(|cell| &*page.office.form.cell(*cell).label).collect();
    let (mark, feeds) = match item.state {
        State::Certain => (Mark::Certain, labels.join("；")),
        State::Proposed => (Mark::Proposed, format!("建议　{}", labels.join("；"))),
        State::Open => (Mark::Open, "还没有定".to_owned()),
        State::Nowhere(why) => (Mark::Plain, why.to_owned()),
    };
    let count = if item.count == 1 { String::new() } else { format!("　{} 件", item.count) };
    let texts = [
        format!("第 {} 行　{}{count}", item.place.line, item.number),
        format!("{} → {}", day(item.received), day(item.answered)),
        format!("{matter}；{outcome}"),
        feeds,
    ];
    Entry { mark, texts, subject: Subject::Line(item.place) }
}

/// What has changed since the draft took its figures.
fn changes(page: &Tallied) -> Vec<Entry> {
    if page.office.before().is_empty() {
        return Vec::new();
    }
    let now = page.counted.origin(&page.office.form, &page.registers);
    let same = page.office.before().files == now.files;
    let label = |key: &str| held::name(&page.office.form, key);
    let named = |words: &str, lines: &[String]| if lines.is_empty() { String::new() } else { format!("；{words} {}", lines.join("、")) };
    let of = |change: ledger::Change| {
        let why = format!("上次 {}，现在 {}{}{}", change.before, change.now, named("多了", &change.added), named("少了", &change.gone));
        Entry {
            mark: Mark::Warning, texts: ["与上次取数比".to_owned(), label(&change.key), why, String::new()], subject: Subject::Nothing
        }
    };
    let whole = if same { "台账与上次取数时一字不差" } else { "台账在上次取数以后改过" };
    let head = Entry {
        mark: if same { Mark::Certain } else { Mark::Warning },
        texts: ["与上次取数比".to_owned(), whole.to_owned(), page.office.before().name(), String::new()],
        subject: Subject::Nothing,
    };
    let changed = if now.is_empty() { Vec::new() } else { ledger::changes(page.office.before(), &now) };
    [head].into_iter().chain(changed.into_iter().map(of)).collect()
}

fn faults(page: &Tallied) -> impl Iterator<Item = Entry> {
    let is_told = |remark: &&ledger::Remarked| {
        remark.code != ledger::Remark::MustBeAsked.code()
            && !page.counted.questions.iter().any(|question| question.doubt.code() == remark.code)
    };
    page.counted.remarks.iter().filter(is_told).map(|remark| Entry {
        mark: Mark::Warning,
        texts: [format!("第 {} 行", remark.place.line), remark.name.to_owned(), remark.why.clone(), String::new()],
        subject: Subject::Line(remark.place),
    })
}

/// The first lines of a list.
pub fn lines(places: &[Place]) -> String {
    const SHOWN: usize = 8;
    let numbers: Vec<String> = places.iter().take(SHOWN).map(|place| place.line.to_string()).collect();
    let rest = if places.len() > SHOWN { format!(" 等 {} 行", places.len()) } else { " 行".to_owned() };
    if places.is_empty() { String::new() } else { format!("第 {}{rest}", numbers.join("、")) }
}
