//! 校验报告: a page for the file that says how the report stood when it was checked: who reports, the printed equations with
//! their figures, what was found and explained, who did what and when, and the fingerprint that ties it to the draft.

use jiff::civil::Date;

use super::results::{self, Row};
use super::sheet::Edition;
use super::sheet::{Align, Block, Book, Content, Item, Layout, Orientation, Paper, Sheet};
use super::{table, words};
use crate::form::{Body, Report, Severity};
use crate::model::{Entry, SectionId};
use crate::review;
use crate::rules::claims::held::{self, State};
use crate::rules::claims::{Certainty, Reading};
use crate::rules::{self, Answer, Explanation, Finding, Tally};

/// The line to be signed by hand.
const SIGN: &str = "填报人（签字）：　　　　　　　审核人（签字）：　　　　　　　签发人（签字）：";

/// What no program can check.
const PEOPLE: [&str; 3] = ["每件归哪一类是否恰当", "是否含涉密、个人信息", "附件、图片"];

/// The page as a book, to be printed by any writer.
pub fn summary(report: Report<'_>, made_on: Date) -> Book {
    let Report { form, draft } = report;
    let (findings, explanations) = (rules::check(report), rules::explanations(report));
    let parts = [
        ("一、基本情况", "基本情况", Some(about(report, &findings, made_on))),
        ("二、表内关系", "表内关系", equations(report)),
        ("三、核对结果和说明", "核对结果", Some(found(report, &findings, &explanations))),
        ("四、正文里的数", "正文", text(report)),
        ("五、办理记录", "办理记录", log(report)),
    ];
    let title = format!("{}校验报告", words::title(draft));
    let (mut sheets, mut flow) = (Vec::new(), vec![Block::Title(format!("{}校验报告", words::title_lines(draft)))]);
    for (heading, name, list) in parts {
        let Some(list) = list else { continue };
        flow.push(Block::Heading(1, heading.to_owned()));
        flow.extend(list.says.iter().map(|says| Block::Paragraph(says.clone())));
        flow.push(Block::Table(sheets.len()));
        sheets.push(list.sheet(name, heading));
        // On the first page, below what is signed: at the end it might stand alone on a page.
        if sheets.len() == 1 {
            flow.push(Block::Paragraph(SIGN.to_owned()));
        }
    }
    let (author, code, approval) = (words::cut(&draft.agency), review::code_now(report), words::approval(report));
    Book {
        title,
        author,
        form: form.id.to_string(),
        is_foreign: form.is_foreign,
        year: draft.year,
        made_on,
        code,
        links: Vec::new(),
        approval,
        edition: Edition::Office,
        paper: Paper::Annex,
        sheets,
        flow,
        pictures: Vec::new(),
        graphs: Vec::new(),
        screens: Vec::new(),
    }
}

/// A ruled list: heads and rows.
struct List {
    heads: Vec<&'static str>,
    widths: Vec<u16>,
    /// What is said before the table.
    says: Option<String>,
    /// Columns whose words begin at the left.
    left: Vec<usize>,
    rows: Vec<Vec<Content>>,
}

impl List {
    fn sheet(self, name: &str, title: &str) -> Sheet {
        let head_rows = usize::from(!self.heads.is_empty());
        let align = |col: usize| if self.left.contains(&col) { Align::Left } else { Align::Center };
        let heads = self.heads.iter().enumerate().map(|(col, head)| Item::new((0, col), Align::Center, head_words(head)));
        let mut items: Vec<Item> = heads.collect();
        let num_rows = head_rows + self.rows.len();
        for (row, contents) in (head_rows..).zip(self.rows) {
            items.extend(contents.into_iter().enumerate().map(|(col, content)| Item::new((row, col), align(col), content)));
        }
        let layout = if head_rows == 0 { Layout::Cover } else { Layout::List };
        Sheet {
            name: name.to_owned(),
            title: title.to_owned(),
            layout,
            orientation: Orientation::Portrait,
            widths: self.widths,
            num_rows,
            head_rows,
            items,
            balances: Vec::new(),
        }
    }
}

fn head_words(text: &str) -> Content {
    Content::Head(text.to_owned())
}

fn words(text: impl Into<String>) -> Content {
    Content::Text(words::cut(&text.into()))
}

fn about(report: Report<'_>, findings: &[Finding], made_on: Date) -> List {
    let Report { form, draft } = report;
    let filled = draft.entries().iter().filter(|entry| !entry.is_blank()).count();
    let approval = words::approval(report);
    let approval = approval
        .map_or_else(|| "尚未签发".to_owned(), |approval| format!("{}，{}，核对码 {}", approval.by, approval.on, review::code_now(report)));
    let unchecked: Vec<&str> =
        rules::checked(report, findings, &Reading::of(report).judge(report)).unchecked.into_iter().chain(PEOPLE).collect();
    let lines = [
        ("单位全称", draft.agency.clone()),
        ("报告年度和表样", format!("{}年，{}，{}", draft.year, words::form_name(form), form.document)),
        ("填报进度", format!("共 {} 格，已填 {filled} 格", form.cells.len())),
        ("核对结果", words::tally(form, findings)),
        ("没有核对的", unchecked.join("、")),
        ("状态", words::status(report)),
        ("签发", approval),
        ("核对码", review::code_now(report)),
        ("内容指纹（SM3）", review::digests(report, draft.review()).sm3.to_string()),
        ("核对日期和程序", format!("{}，勾稽 {}", words::day(made_on), env!("CARGO_PKG_VERSION"))),
    ];
    let rests = rules::ground_words(report);
    let rows = lines.into_iter().chain(rests).map(|(label, text)| vec![head_words(label), words(text)]).collect();
    List { says: None, heads: Vec::new(), widths: vec![1, 3], left: vec![1], rows }
}

/// The equations that the form prints, with the sums of both sides; none where no table prints one.
fn equations(report: Report<'_>) -> Option<List> {
    let (mut rows, mut says) = (Vec::new(), Vec::new());
    for chapter in &report.form.chapters {
        let Body::Table(place) = chapter.body else { continue };
        let Some(printed) = report.form.tables.get(place) else { continue };
        let sheet = table::sheet(report, chapter, printed);
        for balance in &sheet.balances {
            says.push(format!("{}{}", printed.name, balance.words));
            for line in &balance.lines {
                let figure = |value: Option<i64>| value.map_or_else(|| words("待填"), |value| Content::Figure(Entry::Whole(value)));
                let verdict = match sheet.difference(line) {
                    None => "待填",
                    Some(0) => "相符",
                    Some(_) => "不符",
                };
                let col = line.0.first().map_or(0, |at| at.1);
                let name = format!("{} {}", printed.name, head_of(&sheet, col));
                rows.push(vec![
                    words(name),
                    figure(sheet.sum(&line.0)),
                    figure(sheet.sum(&line.1)),
                    figure(sheet.difference(line)),
                    words(verdict),
                ]);
            }
        }
    }
    let heads = vec!["列", "左边", "右边", "差额", "结论"];
    let says = Some(says.join("；"));
    (!rows.is_empty()).then(|| List { says, heads, widths: vec![4, 3, 3, 2, 2], left: Vec::new(), rows })
}

/// The printed head right above the column's figures.
fn head_of(sheet: &Sheet, col: usize) -> String {
    let covers = |item: &&Item| {
        let is_above = item.at.0 < sheet.head_rows && item.at.0 + item.span.0 == sheet.head_rows;
        is_above && (item.at.1..item.at.1 + item.span.1).contains(&col)
    };
    sheet.items.iter().find(covers).map_or_else(String::new, |item| item.content.words())
}

/// What was found, with the reasons that were written.
fn found(report: Report<'_>, findings: &[Finding], explanations: &[Explanation]) -> List {
    let row = |[rule, _, verdict, place, _, _, _, says, _]: Row| vec![rule, verdict, place, says];
    let rows = results::found(report, findings, explanations).into_iter().map(row).collect();
    List { says: None, heads: vec!["规则", "结论", "位置", "说明"], widths: vec![3, 4, 16, 24], left: vec![2, 3], rows }
}

/// What was found in the text with the reasons written, and the figures that follow cells; none where there is neither.
fn text(report: Report<'_>) -> Option<List> {
    let judged = Reading::of(report).judge(report);
    let chapter = |section: SectionId| report.form.chapter(section.0).map_or(String::new(), |chapter| chapter.title.to_string());
    let found = judged.findings.iter().map(|text| {
        let (verdict, reason) = match (rules::answer_text(report, text), text.certainty, text.severity()) {
            (Answer::Given(reason), ..) => ("已说明", format!("。说明：{reason}")),
            (Answer::Outdated(reason), ..) => ("待核实", format!("。说明（写于改动以前，待重新确认）：{reason}")),
            (_, _, Severity::Error) => ("不符", String::new()),
            (_, _, Severity::Info) => ("提示", String::new()),
            (_, Certainty::Look, _) => ("请核对", String::new()),
            (_, Certainty::Broken, _) => ("待核实", String::new()),
        };
        vec![words(&*text.rule.id), words(verdict), words(chapter(text.section)), words(text.message() + &reason)]
    });
    let linked = judged.figures.iter().filter(|figure| figure.is_linked && figure.state == State::Equal).map(|figure| {
        let key = figure.keys.first().map_or(String::new(), |key| held::name(report.form, key));
        vec![words("链接"), words("一致"), words(chapter(figure.section)), words(format!("“{}”跟着{key}", figure.quote))]
    });
    let rows: Vec<_> = found.chain(linked).collect();
    let says = Some(format!("正文里的数：{}", Tally::of(report, &judged, None).words()));
    (!rows.is_empty()).then(|| List {
        says,
        heads: vec!["规则", "结论", "位置", "说明"],
        widths: vec![3, 4, 12, 28],
        left: vec![2, 3],
        rows,
    })
}

/// Who did what and when; none while nothing was done.
fn log(report: Report<'_>) -> Option<List> {
    let threads = report.draft.review().threads();
    let row = |step: &crate::model::Step| {
        let time = words::china(step.time).strftime("%Y-%m-%d %H:%M").to_string();
        let did = format!("{}{}", step.action.name(), review::step_about(report.form, &threads, step));
        vec![words(time), words(step.person.to_string()), words(did), words(step.words.to_string())]
    };
    let rows: Vec<_> = report.draft.review().steps().iter().map(|step| row(step)).collect();
    (!rows.is_empty()).then(|| List {
        says: None,
        heads: vec!["时间", "谁", "做了什么", "意见"],
        widths: vec![8, 8, 13, 14],
        left: vec![2, 3],
        rows,
    })
}
