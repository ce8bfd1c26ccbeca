//! R52, R56: parts and points announced against those named and counted.

use super::finding::{Certainty, TextFinding, TextSide};
use super::lex::Token;
use super::line::{Line, Page};
use super::mention::Paragraph;
use super::rule::RULES;

/// Six parts.
pub(super) fn parts(line: &Line) -> Vec<TextFinding> {
    report_parts(line).into_iter().collect()
}

/// The sentence announces points, or begins one whose predecessor does not stand before it in its paragraph.
pub(super) fn may_count(line: &Line) -> bool {
    announcement(line).is_some() || unpreceded(line).next().is_some()
}

/// 四个方面 with 一是 to 四是; 四是 without 三是.
pub(super) fn counted(page: &Page, place: usize, line: &Line) -> Vec<TextFinding> {
    points(page, place, line).or_else(|| gap(page, place, line)).into_iter().collect()
}

/// The figure before 部分 or 方面.
fn announced<'a>(line: &'a Line, units: &[&str]) -> Option<(&'a Token, i64)> {
    line.tokens().iter().find_map(|token| {
        let counted = token.counted()?;
        let unit = line.paragraph.quote(&(counted.unit_start..token.end));
        Some((token, counted.figure.count()?)).filter(|_| units.contains(&&*unit))
    })
}

/// 本报告由…六个部分组成.
fn report_parts(line: &Line) -> Option<TextFinding> {
    let words = line.words();
    let says = |list: &[&str]| list.iter().any(|word| words.contains(word));
    if !says(&["组成", "构成", "包括", "内容", "分为", "报告如下", "汇报", "报告", "共"]) || line.sentence.scope.chapter == 5
    {
        return None;
    }
    let (token, number) = announced(line, &["部分", "个部分", "方面", "个方面", "章", "个章节", "大部分"])?;
    let before = line.paragraph.quote(&(line.sentence.chars.start..token.start));
    let named: Vec<bool> = RULES.parts.iter().map(|(_, words)| words.iter().any(|word| before.contains(&**word))).collect();
    let num_named = named.iter().filter(|named| **named).count();
    let num_items = before.matches(['、', '，', '；']).count();
    let is_report = before.contains("总体情况") || num_named >= 3;
    if !is_report || num_named < 2 {
        return None;
    }
    let side = |value| TextSide { cells: Vec::new(), value: Some(value) };
    let num_parts = i64::try_from(RULES.parts.len()).ok()?;
    if number != num_parts {
        let against = format!("格式是 {num_parts} 个部分");
        return Some(line.finding("R52", &(token.start..token.end), Certainty::Broken, against)?.with(side(number), side(num_parts)));
    }
    // 总体情况、…等六个部分 names only some; 等 closes a full list as well, so five of the six must be there.
    let missing = RULES.parts.iter().zip(&named).find(|(_, named)| !**named).map(|((title, _), _)| title)?;
    (num_named + 1 == RULES.parts.len() && num_items >= 4).then_some(())?;
    line.finding("R52", &(token.start..token.end), Certainty::Broken, format!("列出的各部分里没有“{missing}”"))
}

/// Points that are announced.
struct Announcement<'a> {
    at: &'a Token,
    number: i64,
    /// What follows it in the paragraph; blank where the points stand in the paragraphs below.
    behind: String,
}

/// 从四个方面…：
fn announcement<'a>(line: &'a Line) -> Option<Announcement<'a>> {
    let (at, number) = announced(line, &["方面", "个方面", "个问题", "大问题", "项工作", "项措施", "点", "个"])?;
    let behind: String = line.paragraph.quote(&(at.end..line.paragraph.text.len()));
    // The list begins at the next colon or full stop, or in the paragraphs that follow.
    let lead: String = behind.chars().take_while(|c| !"：:。".contains(*c)).collect();
    let is_near = lead.chars().count() <= 22 && !lead.contains(['；', '一']);
    let behind: String = behind.chars().skip(lead.chars().count() + 1).collect();
    let may_begin = behind.trim().is_empty() || behind.trim_start().starts_with("一是");
    (is_near && number >= 2 && may_begin).then_some(Announcement { at, number, behind })
}

/// 从四个方面…：一是…；二是…
fn points(page: &Page, place: usize, line: &Line) -> Option<TextFinding> {
    let Announcement { at, number, mut behind } = announcement(line)?;
    if behind.trim().is_empty() {
        for paragraph in page.paragraphs.get(place + 1..).unwrap_or_default() {
            let text: String = paragraph.text.iter().collect();
            let begins = behind.trim().is_empty() && !text.trim().is_empty();
            if is_chapter_title(&text) || begins && !text.trim_start().starts_with("一是") || behind.matches("一是").count() > 1 {
                break;
            }
            behind.extend(["\n", &text]);
        }
    }
    let counted = count_points(&behind);
    if counted == number || counted < 2 {
        return None;
    }
    let side = |value| TextSide { cells: Vec::new(), value: Some(value) };
    let last = usize::try_from(counted).ok().and_then(|counted| NUMBERS.get(counted.checked_sub(1)?))?;
    let against = format!("后面列到“{last}是”，共 {counted} 条");
    Some(line.finding("R56", &(at.start..at.end), Certainty::Broken, against)?.with(side(number), side(counted)))
}

/// 二是 without 一是, 四是 without 三是.
fn gap(page: &Page, place: usize, line: &Line) -> Option<TextFinding> {
    let earlier = page.paragraphs.get(..place).unwrap_or_default();
    let (at, before) = unpreceded(line).find(|(_, before)| {
        let is_there = |paragraph: &Paragraph| says(&paragraph.text.iter().collect::<String>(), *before);
        !earlier.iter().rev().any(is_there)
    })?;
    line.finding("R56", &(at..at + 2), Certainty::Look, format!("前面没有“{before}是”"))
}

/// Points whose predecessor does not stand before them in the paragraph: where they begin, and the number wanted.
fn unpreceded<'a>(line: &'a Line) -> impl Iterator<Item = (usize, char)> + 'a {
    let text = line.paragraph.text.get(line.sentence.chars.clone()).unwrap_or_default();
    let point = move |at: usize| {
        let number = text.get(at.checked_sub(1)?).filter(|_| text.get(at) == Some(&'是'))?;
        let before = *NUMBERS.get(NUMBERS.iter().position(|known| known == number)?.checked_sub(1)?)?;
        let begins = at.checked_sub(2).and_then(|at| text.get(at)).is_none_or(|c| "，。；：、, ;:".contains(*c));
        let start = line.sentence.chars.start + at - 1;
        (begins && !says(&line.paragraph.quote(&(0..start)), before)).then_some((start, before))
    };
    (1..text.len()).filter_map(point)
}

/// 三是; for the first one any word of the kind.
fn says(said: &str, number: char) -> bool {
    const FIRST: [&str; 8] = ["一是", "首先", "其一", "第一", "一方面", "一要", "1.", "1、"];
    said.contains(&format!("{number}是")) || number == '一' && FIRST.iter().any(|word| said.contains(word))
}

const NUMBERS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

fn is_chapter_title(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    super::read::numbering(&chars).is_some_and(|(is_chapter, ..)| is_chapter)
}

/// How far 一是, 二是, 三是 … goes.
fn count_points(text: &str) -> i64 {
    let marks = ["一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是"];
    let mut rest = text;
    let mut counted = 0;
    for mark in marks {
        let Some((_, behind)) = rest.split_once(mark) else { break };
        rest = behind;
        counted += 1;
    }
    // A second 一是: two lists, which of them is announced is not known.
    if text.matches("一是").count() > 1 { 0 } else { counted }
}
