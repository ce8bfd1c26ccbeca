//! R52, R56: parts and points announced against those named and counted.

use super::finding::{Certainty, TextFinding, TextSide};
use super::lex::Token;
use super::line::Line;
use super::rule::RULES;

/// Six parts; 四个方面 with 一是 to 四是.
pub(super) fn parts(line: &Line) -> Vec<TextFinding> {
    report_parts(line).or_else(|| points(line)).or_else(|| gap(line)).into_iter().collect()
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

/// 从四个方面…：一是…；二是…
fn points(line: &Line) -> Option<TextFinding> {
    let (token, number) = announced(line, &["方面", "个方面", "个问题", "大问题", "项工作", "项措施", "点", "个"])?;
    let behind: String = line.paragraph.quote(&(token.end..line.paragraph.text.len()));
    // The list begins at the next colon or full stop, or in the paragraphs that follow.
    let lead: String = behind.chars().take_while(|c| !"：:。".contains(*c)).collect();
    let is_near = lead.chars().count() <= 22 && !lead.contains(['；', '一']);
    if !is_near || number < 2 {
        return None;
    }
    let own: String = behind.chars().skip(lead.chars().count() + 1).collect();
    let later =
        line.page.paragraphs.get(line.place + 1..).unwrap_or_default().iter().map(|paragraph| paragraph.text.iter().collect::<String>());
    let is_tail = own.trim().is_empty();
    let rest = if is_tail { later.take_while(|text| !is_chapter_title(text)).collect::<Vec<_>>().join("\n") } else { own };
    if !rest.trim_start().starts_with("一是") {
        return None;
    }
    let counted = count_points(&rest);
    if counted == number || counted < 2 {
        return None;
    }
    let side = |value| TextSide { cells: Vec::new(), value: Some(value) };
    let against = format!(
        "后面列到“{}是”，共 {counted} 条",
        ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"].get(usize::try_from(counted).ok()?)?
    );
    Some(line.finding("R56", &(token.start..token.end), Certainty::Broken, against)?.with(side(number), side(counted)))
}

/// 二是 without 一是, 四是 without 三是.
fn gap(line: &Line) -> Option<TextFinding> {
    const FIRST: [&str; 8] = ["一是", "首先", "其一", "第一", "一方面", "一要", "1.", "1、"];
    let text: Vec<char> = line.words().chars().collect();
    (1..text.len()).filter(|at| text.get(*at) == Some(&'是')).find_map(|at| {
        let number = text.get(at - 1)?;
        let before = NUMBERS.get(NUMBERS.iter().position(|known| known == number)?.checked_sub(1)?)?;
        let begins = at.checked_sub(2).and_then(|at| text.get(at)).is_none_or(|c| "，。；：、, ;:".contains(*c));
        let start = line.sentence.chars.start + at - 1;
        let wanted = format!("{before}是");
        let is_there = |said: &str| said.contains(&wanted) || *before == '一' && FIRST.iter().any(|word| said.contains(word));
        if !begins || before_here(line, start).any(|said| is_there(&said)) {
            return None;
        }
        line.finding("R56", &(start..start + 2), Certainty::Look, format!("前面没有“{wanted}”"))
    })
}

/// What the chapter says before this character of the paragraph, the nearest first.
fn before_here<'a>(line: &'a Line, start: usize) -> impl Iterator<Item = String> + 'a {
    let earlier = line.page.paragraphs.get(..line.place).unwrap_or_default().iter().rev();
    std::iter::once(line.paragraph.quote(&(0..start))).chain(earlier.map(|paragraph| paragraph.text.iter().collect()))
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
