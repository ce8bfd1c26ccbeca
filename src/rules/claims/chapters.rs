//! R45–R47, R53–R58: what a chapter as a whole must say. An empty chapter is not written yet and is judged elsewhere.

use super::finding::{Certainty, TextFinding, TextSide};
use super::held;
use super::key::KeySum;
use super::lex::Token;
use super::line::{Given, Page};
use super::mention::{Paragraph, Sentence};
use super::read::numbering;
use super::rule::RULES;
use super::words::{Aspect, Class, UnitKind};

/// The rules decided by chapter; `brackets` are its marks by paragraph.
pub(super) fn chapters<'a>(page: &Page, brackets: impl Iterator<Item = (usize, &'a Bracket)>) -> Vec<TextFinding> {
    if page.paragraphs.iter().flat_map(|paragraph| &paragraph.text).all(|c| c.is_whitespace()) {
        return Vec::new();
    }
    let own = match page.section.0 {
        1 => overview(page),
        5 => problems(page, &text(page)),
        6 => others(page, &text(page)),
        _ => Vec::new(),
    };
    own.into_iter().chain(unbalanced(page, &brackets.collect::<Vec<_>>())).collect()
}

/// What a paragraph breaks by itself, beside its sentences.
pub(super) fn apart(given: &Given, paragraph: &Paragraph) -> Vec<TextFinding> {
    title(given, paragraph).into_iter().chain(processing_fees(given, paragraph)).collect()
}

fn text(page: &Page) -> String {
    page.paragraphs.iter().map(|paragraph| paragraph.text.iter().collect::<String>()).collect::<Vec<_>>().join("\n")
}

/// A finding about the chapter as a whole, placed at its beginning.
fn at_start(page: &Page, rule: &str, certainty: Certainty, against: impl Into<String>) -> Option<TextFinding> {
    TextFinding::new(rule, page.section, (0..0, String::new()), certainty, against.into())
}

fn overview(page: &Page) -> Vec<TextFinding> {
    let num_chars = page.paragraphs.iter().flat_map(|paragraph| &paragraph.text).filter(|c| !c.is_whitespace()).count();
    let aspects = [
        (Aspect::Proactive, "主动公开"),
        (Aspect::Requests, "依申请公开"),
        (Aspect::Management, "政府信息管理"),
        (Aspect::Platform, "政府信息公开平台建设"),
        (Aspect::Support, "监督保障"),
    ];
    let missing: Vec<&str> = aspects
        .iter()
        .filter(|(aspect, _)| page.sentences().all(|sentence| sentence.scope.aspect != *aspect))
        .map(|(_, name)| *name)
        .collect();
    let mut findings = Vec::new();
    // Only where the chapter plainly follows the notice's order and leaves one out.
    if let [missing] = missing.as_slice()
        && !text(page).contains(missing)
    {
        findings.extend(at_start(page, "R54", Certainty::Look, format!("没有写到“{missing}”")));
    }
    findings.extend(unassessed(page, num_chars));
    if RULES.overview_limit.is_some_and(|limit| num_chars > limit) {
        findings.extend(at_start(page, "R57", Certainty::Broken, format!("总体情况 {num_chars} 字")));
    }
    let has_figure = page.sentences().any(|sentence| !sentence.mentions.is_empty());
    if !has_figure && num_chars > 200 {
        findings.extend(at_start(page, "R58", Certainty::Look, "总体情况里没有一个数字"));
    }
    findings
}

/// Shorter, 总体情况 is still being written.
const MIN_OVERVIEW: usize = 300;
/// What tells of 工作考核、社会评议、责任追究, in any chapter.
const ASSESSED: [&str; 12] = ["考核", "评议", "评估", "测评", "考评", "评价", "满意度", "责任追究", "追责", "问责", "追究", "督查"];

/// A government's report says how the work was assessed and who was held to account, be it that nobody was.
fn unassessed(page: &Page, num_chars: usize) -> Option<TextFinding> {
    let is_silent = || page.report.draft.sections().all(|(_, text)| !ASSESSED.iter().any(|word| text.contains(word)));
    // Where 监督保障 has no words yet the chapter is still being written.
    let is_written =
        || page.sentences().filter(|sentence| sentence.scope.aspect == Aspect::Support).any(|sentence| sentence.chars.len() > 20);
    let is_meant = num_chars >= MIN_OVERVIEW && page.report.draft.agency.trim_end().ends_with("人民政府") && is_written();
    (is_meant && is_silent()).then(|| at_start(page, "R54b", Certainty::Broken, "没有写到工作考核、社会评议和责任追究"))?
}

/// Words of a problem.
const PROBLEMS: [&str; 31] = [
    "问题",
    "不足",
    "不够",
    "不高",
    "不强",
    "薄弱",
    "有待",
    "欠缺",
    "滞后",
    "差距",
    "不到位",
    "不全",
    "不及时",
    "不完善",
    "仍需",
    "不规范",
    "短板",
    "还需",
    "缺乏",
    "缺少",
    "较少",
    "偏少",
    "单一",
    "不熟",
    "不准",
    "不深",
    "不充分",
    "不平衡",
    "困难",
    "弱项",
    "空间",
];
/// Words of what is done about it.
const MEASURES: [&str; 13] = ["改进", "下一步", "加强", "完善", "提高", "提升", "将", "措施", "整改", "进一步", "落实", "健全", "强化"];
/// What a problem wants.
const WANTING: [&str; 12] = [
    "需进一步",
    "需要进一步",
    "有待进一步",
    "需加强",
    "需要加强",
    "有待加强",
    "有待提高",
    "有待提升",
    "有待完善",
    "需提升",
    "需提高",
    "需完善",
];

fn problems(page: &Page, text: &str) -> Vec<TextFinding> {
    let words: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let num_chars = words.chars().count();
    let says = |list: &[&str]| list.iter().any(|word| words.contains(word));
    let has_problems = says(&PROBLEMS);
    // 还需进一步规范 is a problem, not yet what is done about it.
    let measures = WANTING.iter().fold(words.clone(), |words, wanting| words.replace(wanting, ""));
    let has_measures = MEASURES.iter().any(|word| measures.contains(word));
    // [……]: the text was cut by whoever copied it; what stood there is not known.
    if words.contains("……") && num_chars < 40 {
        return Vec::new();
    }
    let found = if matches!(&*words, "无" | "无。" | "没有" | "没有。" | "/" | "暂无" | "暂无。") || num_chars < 10 {
        at_start(page, "R55", Certainty::Broken, format!("第五章只写了“{words}”"))
    } else if has_problems && !has_measures {
        at_start(page, "R55", Certainty::Look, "写了问题，没有看到改进措施")
    } else if !has_problems && has_measures {
        at_start(page, "R55", Certainty::Look, "写了做法，没有看到存在的问题")
    } else {
        None
    };
    found.into_iter().collect()
}

fn others(page: &Page, text: &str) -> Vec<TextFinding> {
    let mut findings = Vec::new();
    let names_fee = text.contains("处理费") || text.contains("收费");
    let unpaid = KeySum::value_on(page.report, "other2.sum").filter(|value| *value > 0);
    let has_row = KeySum::on(page.report.form, "other2.sum").is_some();
    if unpaid.is_none() && has_row && !names_fee && !text.contains("费用") {
        findings.extend(at_start(page, "R45", Certainty::Look, ""));
    }
    if let Some(unpaid) = unpaid.filter(|_| !names_fee) {
        let against = held::words(page.report, "other2.sum");
        let right = TextSide { cells: held::cells(page.report.form, "other2.sum"), value: Some(unpaid) };
        findings.extend(at_start(page, "R46", Certainty::Broken, against).map(|found| found.with(TextSide::default(), right)));
    }
    findings
}

/// A quotation mark, a bracket: the character of the paragraph, and the mark in full width.
pub(super) type Bracket = (usize, char);

/// The pairs that must be whole.
const PAIRS: [(char, char); 3] = [('《', '》'), ('“', '”'), ('（', '）')];

/// The marks of a paragraph that must be in pairs.
pub(super) fn brackets(paragraph: &Paragraph) -> Vec<Bracket> {
    let marks = paragraph.text.iter().enumerate().map(|(at, c)| (at, wide(*c)));
    let is_mark = |c: char| PAIRS.iter().any(|(open, close)| c == *open || c == *close);
    marks.filter(|(at, c)| is_mark(*c) && !(*c == '）' && is_numbering(paragraph, *at))).collect()
}

/// 《, “, （ without their other half, judged by the chapter: a quotation may run over several paragraphs.
fn unbalanced(page: &Page, brackets: &[(usize, &Bracket)]) -> Option<TextFinding> {
    PAIRS.into_iter().find_map(|(open, close)| {
        let count = |mark: char| brackets.iter().filter(|(_, (_, c))| *c == mark).count();
        let (opens, closes) = (count(open), count(close));
        if opens == closes {
            return None;
        }
        let marks = brackets.iter().filter(|(_, (_, c))| *c == open || *c == close).map(|(place, (at, c))| (*place, *at, *c));
        let (place, at) = odd_one(marks, open, close)?;
        let paragraph = page.paragraphs.get(place)?;
        let line = page.line(paragraph, paragraph.sentences.first()?);
        line.finding("R59", &(at..at + 1), Certainty::Look, format!("本章的“{open}”有 {opens} 个，“{close}”有 {closes} 个"))
    })
}

/// Half-width brackets are brackets too.
fn wide(c: char) -> char {
    match c {
        '(' => '（',
        ')' => '）',
        c => c,
    }
}

/// 1）, 二）: the bracket of a number that begins a point.
fn is_numbering(paragraph: &Paragraph, at: usize) -> bool {
    let Some(before) = paragraph.text.get(..at) else { return false };
    let number = before.iter().rev().take_while(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(**c)).count();
    let lead = before.get(..before.len() - number).and_then(<[char]>::last);
    number > 0 && lead.is_none_or(|c| c.is_whitespace() || "，。；：、,;:".contains(*c))
}

/// The first mark that is opened twice or closed without being open; else the last one opened.
fn odd_one(marks: impl Iterator<Item = (usize, usize, char)>, open: char, close: char) -> Option<(usize, usize)> {
    let mut opened: Option<(usize, usize)> = None;
    for (place, at, c) in marks {
        if c == open {
            if opened.is_some() && open == '“' {
                return opened;
            }
            opened = Some((place, at));
        } else if c == close && opened.take().is_none() {
            return Some((place, at));
        }
    }
    opened
}

/// A title written into a chapter's text: the program prints the titles of all chapters.
fn title(given: &Given, paragraph: &Paragraph) -> Option<TextFinding> {
    let (is_chapter, _, len) = numbering(&paragraph.text)?;
    let text: String = paragraph.text.iter().collect();
    let title = given.report.form.chapters.iter().find(|chapter| text.trim() == &*chapter.title);
    let is_point = text.contains(['。', '；', '，']) || paragraph.text.len() - len > 20;
    let says = match title {
        Some(chapter) if chapter.no == given.section.0 => "导出时各章标题由程序印出",
        Some(_) => "这是另一章的标题，各章分开填写",
        None if is_chapter && !is_point && given.section.0 > 0 => "一、二、三……是六章的序号，章内的小标题用（一）（二）（三）",
        None => return None,
    };
    given.line(paragraph, paragraph.sentences.first()?).finding("R53", &(0..paragraph.text.len()), Certainty::Look, says)
}

/// 收取信息处理费 N 元 against the fees of table two.
fn processing_fees(given: &Given, paragraph: &Paragraph) -> Vec<TextFinding> {
    let Some(sum) = KeySum::on(given.report.form, "a8.fee.amount") else { return Vec::new() };
    let Some(fees) = sum.value(given.report.draft) else { return Vec::new() };
    let found = |sentence: &Sentence| {
        let tokens = paragraph.tokens_of(sentence);
        let fee = tokens.iter().position(|token| token.class() == Some(Class::ProcessingFee))?;
        let words = paragraph.quote(&sentence.chars);
        if !words.contains("收取") || words.contains("应收") || words.contains("通知") {
            return None;
        }
        let is_money = |token: &Token| token.counted().filter(|counted| counted.unit == Some(UnitKind::Money));
        let (token, counted) = tokens.iter().skip(fee).find_map(|token| Some((token, is_money(token)?)))?;
        let fen = counted.figure.scaled(2).filter(|fen| *fen > fees)?;
        let sides = (TextSide { cells: Vec::new(), value: Some(fen) }, TextSide { cells: sum.cells(), value: Some(fees) });
        let against = held::words(given.report, "a8.fee.amount");
        let line = given.line(paragraph, sentence);
        Some(line.finding("R47", &(token.start..token.end), Certainty::Look, against)?.with(sides.0, sides.1))
    };
    paragraph.sentences.iter().filter_map(found).collect()
}
