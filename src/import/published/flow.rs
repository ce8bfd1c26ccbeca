//! Statutory tables whose borders are lost: one long text, labels between runs of digits.

use super::account::{How, Place};
use super::claim::{Claim, Claims};
use super::lines::Line;
use super::split::{Open, allowed as ways_allowed, settle, ways};
use super::words::{Label, allowed, letters, like, ordinal};
use crate::form::Form;
use crate::model::{Entry, half_width, is_invisible};
use crate::read::{Page, Stretch};

/// Most letters between heads and the first line that are looked through for a label.
const MAX_GAP: usize = 4_000;

/// The words of a page as one text, and where each sign stands.
pub(super) struct Flow {
    /// Signs with the piece they stand in.
    pub signs: Vec<(char, usize)>,
    /// Letters and digits with their place among the signs.
    solid: Vec<(char, usize)>,
}

/// A run of figures behind a label.
struct Run<'a> {
    line: &'a Line,
    tokens: Vec<String>,
    text: String,
    piece: usize,
    /// The words above, for the unit.
    heads: String,
}

impl Flow {
    /// The text of the pieces that are no table.
    pub fn new(page: &Page) -> Self {
        let mut signs = Vec::new();
        for (piece, found) in page.pieces.iter().enumerate() {
            if let Stretch::Text(text) = &found.what {
                signs.extend(text.chars().filter(|c| !is_invisible(*c)).map(|c| (half(c), piece)));
                signs.push(('\n', piece));
            }
        }
        let solid = signs.iter().enumerate().filter(|(_, (c, _))| c.is_alphabetic() || c.is_ascii_digit());
        let solid = solid.map(|(at, (c, _))| (*c, at)).collect();
        Self { signs, solid }
    }

    /// The first place from here on where these letters stand, among the solid signs: begin and end.
    pub fn find(&self, words: &[char], from: usize, to: usize) -> Option<(usize, usize)> {
        let text = self.solid.get(from..to.min(self.solid.len()))?;
        let at = text.windows(words.len().max(1)).position(|window| window.iter().map(|(c, _)| c).eq(words))?;
        Some((from + at, from + at + words.len()))
    }

    fn letters(&self, from: usize, to: usize) -> Vec<char> {
        self.solid.get(from..to).unwrap_or_default().iter().map(|(c, _)| *c).filter(|c| c.is_alphabetic()).collect()
    }

    /// What stands behind a label: the figures as they are set apart by spaces, and the sign after them.
    fn run(&self, end: usize) -> (Vec<String>, String, usize) {
        let start = end.checked_sub(1).and_then(|last| self.solid.get(last)).map_or(0, |(_, at)| at + 1);
        let rest = self.signs.get(start..).unwrap_or_default();
        let skipped = rest.iter().take_while(|(c, _)| c.is_whitespace() || "”\"）)：:」』".contains(*c)).count();
        let rest = rest.get(skipped..).unwrap_or_default();
        let is_run = |c: char| c.is_ascii_digit() || c.is_whitespace() || ".,-+元万件项笔条宗".contains(c);
        let mut len = rest.iter().take_while(|(c, _)| is_run(*c)).count();
        // The number of the next label: `0000000` and `2.其他`.
        let tail: Vec<char> = rest.get(..len).unwrap_or_default().iter().map(|(c, _)| *c).collect();
        let next = rest.get(len).map(|(c, _)| *c);
        let dotted = tail.iter().rfind(|c| !c.is_whitespace()).is_some_and(|last| matches!(last, '.' | ','));
        let is_list = matches!(next, Some('、' | '．')) && tail.last().is_some_and(char::is_ascii_digit);
        if dotted || is_list {
            let kept = tail.iter().rposition(char::is_ascii_digit).unwrap_or(0);
            len = kept;
        } else if next.is_some_and(|c| matches!(c, '年' | '月' | '%' | '％' | '）')) {
            // `…0` and `2024年`: where the figure ends cannot be seen.
            return (Vec::new(), String::new(), start + skipped);
        }
        let text: String = rest.get(..len).unwrap_or_default().iter().map(|(c, _)| *c).collect();
        let tokens = text.split_whitespace().map(str::to_owned).collect();
        (tokens, text.trim().to_owned(), start + skipped + len)
    }

    fn piece(&self, solid: usize) -> usize {
        self.solid.get(solid).and_then(|(_, at)| self.signs.get(*at)).map_or(0, |(_, piece)| *piece)
    }

    /// The number that stands before a label.
    fn number_before(&self, begin: usize) -> String {
        let at = self.solid.get(begin).map_or(0, |(_, at)| *at);
        let from = at.saturating_sub(5);
        let before: Vec<char> = self.signs.get(from..at).unwrap_or_default().iter().map(|(c, _)| *c).collect();
        // The last digit alone can be the number: what stands before belongs to a figure.
        let words = |len: usize| before.get(before.len().saturating_sub(len)..).unwrap_or_default().iter().collect::<String>();
        (2..=4).rev().map(words).map(|words| ordinal(&words).0).find(|number| number.chars().count() == 1).unwrap_or_default()
    }
}

fn half(c: char) -> char {
    match c {
        '０'..='９' | '．' | '，' | '－' | '＋' => half_width(c),
        '\u{a0}' | '\u{3000}' => ' ',
        c => c,
    }
}

/// Reads what stands in the text, line by line; what tables have already told is left alone.
pub(super) fn read(form: &Form, lines: &[Line], page: &Page, flow: &Flow, claims: &mut Claims) {
    let starts = starts(form, lines, flow);
    for (table, start) in starts.iter().enumerate() {
        let Some(start) = *start else { continue };
        let end = starts.iter().skip(table + 1).flatten().copied().find(|next| *next > start).unwrap_or(flow.solid.len());
        let own: Vec<&Line> = lines.iter().filter(|line| line.table == table && claims.is_open(line)).collect();
        let runs = match own.as_slice() {
            [line] if line.label.is_empty() => bare(flow, line, start, end).into_iter().collect(),
            _ => labelled(lines, flow, &own, start, end),
        };
        take(form, page, runs, claims);
    }
}

/// Where each table begins: at its first heads, behind the table before it.
fn starts(form: &Form, lines: &[Line], flow: &Flow) -> Vec<Option<usize>> {
    let mut from = 0;
    let mut starts = Vec::new();
    for (place, table) in form.tables.iter().enumerate() {
        let has_labels = lines.iter().any(|line| line.table == place && !line.label.is_empty());
        let heads = table.heads.iter().map(|head| letters(&head.text)).filter(|head| head.len() > 3);
        let heads: Vec<Vec<char>> = heads.take(if has_labels { 12 } else { 3 }).collect();
        let found =
            heads.iter().filter(|head| !is_title(head)).filter_map(|head| flow.find(head, from, flow.solid.len())).map(|(at, _)| at).min();
        if let Some(found) = found {
            from = found;
        }
        starts.push(found);
    }
    starts
}

/// Words that also stand in prose.
fn is_title(head: &[char]) -> bool {
    [
        letters("行政复议"),
        letters("行政诉讼"),
        letters("规范性文件"),
        letters("行政规范性文件"),
        letters("行政许可"),
        letters("行政处罚"),
        letters("行政强制"),
    ]
    .contains(&head.to_vec())
}

/// Runs behind the labels of a table, in their order.
fn labelled<'a>(all: &[Line], flow: &Flow, lines: &[&'a Line], start: usize, end: usize) -> Vec<Run<'a>> {
    let mut found: Vec<Option<(usize, usize)>> = Vec::new();
    let mut from = start;
    for line in lines {
        let at = exact(flow, line, from, end);
        if let Some((_, after)) = at {
            from = after;
        }
        found.push(at);
    }
    for place in 0..lines.len() {
        if found.get(place).is_some_and(Option::is_none)
            && let Some(line) = lines.get(place)
        {
            let before = found.iter().take(place).rev().flatten().next().map_or(start, |(_, after)| *after);
            let next = found.iter().skip(place + 1).flatten().next().map_or(end, |(begin, _)| *begin);
            let near = misspelt(all, flow, line, before, next);
            if let Some(slot) = found.get_mut(place) {
                *slot = near;
            }
        }
    }
    let mut runs = Vec::new();
    let mut heads: Vec<char> = Vec::new();
    let mut last = start;
    for (line, at) in lines.iter().zip(&found) {
        let Some((begin, after)) = *at else { continue };
        let gap = flow.letters(last, begin);
        last = after;
        // What stands between two lines and is long enough are heads.
        if gap.len() > 5
            && line
                .heads
                .iter()
                .flatten()
                .any(|head| like(&gap, &letters(head), allowed(letters(head).len())).is_some_and(|_| letters(head).len() > 3))
        {
            heads = gap;
        }
        let (tokens, text, _) = flow.run(after);
        if tokens.is_empty() {
            continue;
        }
        let tokens = if are_in_order(line, &heads) { tokens } else { Vec::new() };
        runs.push(Run { line, tokens, text, piece: flow.piece(begin), heads: heads.iter().collect() });
    }
    runs
}

/// The heads above a line stand in the form's order.
fn are_in_order(line: &Line, heads: &[char]) -> bool {
    let mut from = 0;
    let mut names: Vec<Vec<char>> = Vec::new();
    for head in line.nearest().map(letters) {
        // 总计 and 其他 stand in other words as well.
        if head.len() > 2 && !names.contains(&head) {
            names.push(head);
        }
    }
    let are_whole = names.iter().all(|name| {
        let rest = heads.get(from..).unwrap_or_default();
        let at = like(rest, name, allowed(name.len()));
        from += at.map_or(0, |(_, end, _)| end);
        at.is_some()
    });
    are_whole || names.len() >= MANY && are_torn(&names, heads)
}

/// So many heads can be told apart by their first two signs.
const MANY: usize = 5;

/// Heads that were torn apart when the text was taken out of its table: `商业企科研机社会公法律服 … 业构益组织务机构`.
fn are_torn(names: &[Vec<char>], heads: &[char]) -> bool {
    let mut from = 0;
    names.iter().all(|name| {
        let begin = name.get(..2).unwrap_or_default();
        let rest = heads.get(from..).unwrap_or_default();
        let at = rest.windows(2).position(|window| window == begin);
        from += at.map_or(0, |at| at + 1);
        at.is_some()
    })
}

/// Where the label stands as the form or a known alias writes it, with figures behind it.
fn exact(flow: &Flow, line: &Line, from: usize, end: usize) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize)> = None;
    for label in &line.labels {
        for words in [&label.letters, &label.short] {
            let mut at = from;
            while let Some((begin, after)) = flow.find(words, at, end) {
                at = begin + 1;
                let number = flow.number_before(begin);
                let is_short = words.len() <= 2;
                let fits = if is_short && !label.ordinal.is_empty() {
                    number == label.ordinal
                } else {
                    number.is_empty() || label.ordinal.is_empty() || number == label.ordinal
                };
                if fits && !flow.run(after).0.is_empty() {
                    if best.is_none_or(|(first, _)| begin < first) {
                        best = Some((begin, after));
                    }
                    break;
                }
            }
        }
    }
    best
}

/// Where something like the label stands between two others, with figures behind it, and no other line is as near.
fn misspelt(all: &[Line], flow: &Flow, line: &Line, from: usize, to: usize) -> Option<(usize, usize)> {
    let text: Vec<char> = flow.solid.get(from..to.min(from + MAX_GAP))?.iter().map(|(c, _)| *c).collect();
    let label = line.labels.first()?;
    let (begin, end, _) = like(&text, &label.letters, allowed(label.letters.len()))?;
    let words =
        Label { ordinal: flow.number_before(from + begin), letters: text.get(begin..end)?.to_vec(), short: text.get(begin..end)?.to_vec() };
    let own = line.distance(&words)?;
    let is_nearest =
        all.iter().filter(|other| !std::ptr::eq(*other, line)).filter_map(|other| other.distance(&words)).all(|other| other > own);
    (is_nearest && !flow.run(from + end).0.is_empty()).then_some((from + begin, from + end))
}

/// The run of a line that has no label, behind its heads as the form prints them.
fn bare<'a>(flow: &Flow, line: &'a Line, start: usize, end: usize) -> Option<Run<'a>> {
    let last = line.heads.last()?.last().map(|head| letters(head))?;
    let mut at = start;
    let mut behind = None;
    while let Some((_, after)) = flow.find(&last, at, end) {
        at = after;
        if !flow.run(after).0.is_empty() {
            behind = Some(after);
            break;
        }
    }
    let behind = behind?;
    let (tokens, text, _) = flow.run(behind);
    let heads = flow.letters(start, behind);
    // Row by row, as text is taken out of a table.
    let mut order: Vec<&[Box<str>]> = line.heads.iter().map(Vec::as_slice).collect();
    order.sort_by_key(|heads| heads.len());
    let expected: Vec<char> = order.iter().filter_map(|heads| heads.last()).flat_map(|head| letters(head)).collect();
    let groups: Vec<char> = heads_between(line);
    let is_whole = super::words::distance(&heads, &[groups, expected].concat(), 8).is_some() || tells_all(line, &heads);
    let tokens = if is_whole { tokens } else { Vec::new() };
    Some(Run { line, tokens, text, piece: flow.piece(behind - 1), heads: String::new() })
}

fn heads_between(line: &Line) -> Vec<char> {
    let mut seen: Vec<&str> = Vec::new();
    for heads in &line.heads {
        for head in heads.iter().take(heads.len().saturating_sub(1)) {
            if !seen.contains(&&**head) {
                seen.push(head);
            }
        }
    }
    seen.into_iter().flat_map(letters).collect()
}

/// Each nearest head stands there as often as the form has it, in the same order.
fn tells_all(line: &Line, heads: &[char]) -> bool {
    let mut from = 0;
    line.nearest().map(letters).all(|head| {
        let rest = heads.get(from..).unwrap_or_default();
        let at = like(rest, &head, allowed(head.len()));
        if let Some((_, end, _)) = at {
            from += end;
        }
        at.is_some()
    })
}

/// Figures out of the runs of a table.
fn take(form: &Form, page: &Page, runs: Vec<Run<'_>>, claims: &mut Claims) {
    // Where some cells are blank, a run of as many digits as cells need not be one digit each.
    let digits = |run: &Run<'_>| run.tokens.iter().map(|token| token.chars().count()).sum::<usize>();
    let has_blanks = runs.iter().any(|run| !run.tokens.is_empty() && digits(run) < run.line.cells.len());
    let mut open = Vec::new();
    for run in runs {
        let place = place(page, run.piece);
        let num = run.line.cells.len();
        if run.tokens.is_empty() {
            claims.unreadable(&run.line.cells, &place, &run.text, "表头的次序看不清，分不清各是哪一列的数");
        } else if run.tokens.len() == num {
            for (cell, token) in run.line.cells.iter().zip(&run.tokens) {
                claims.words(form, *cell, token, &run.heads, place.clone());
            }
        } else {
            open.push((run, place));
        }
    }
    let known = claims.values(form);
    let cut: Vec<Open<'_>> = open.iter().map(|(run, _)| cut(form, run, has_blanks)).collect();
    let settled = settle(form, &known, &cut);
    for (((run, place), lost), way) in open.iter().zip(&cut).zip(settled) {
        if let Some(way) = way {
            for (cell, figure) in run.line.cells.iter().zip(way) {
                let why = if lost.is_plain {
                    "分格线丢了，一格一个数字"
                } else {
                    "分格线丢了，按勾稽关系只有一种分法"
                };
                let entry = Entry::read(form.cell(*cell).kind, &figure.to_string());
                claims.add(*cell, Claim { how: How::Inferred, entry, place: place.clone(), text: run.text.clone(), why: why.to_owned() });
            }
        } else {
            let why = if digits(run) < run.line.cells.len() {
                format!("应有 {} 个数，原文只有“{}”，不知道空的是哪一格", run.line.cells.len(), run.text)
            } else {
                format!("分格线丢了，“{}”分成 {} 个数不止一种分法，或者与勾稽关系不符", run.text, run.line.cells.len())
            };
            claims.unreadable(&run.line.cells, place, &run.text, &why);
        }
    }
}

/// The ways in which a run can be cut.
fn cut<'a>(form: &Form, run: &Run<'a>, has_blanks: bool) -> Open<'a> {
    let num = run.line.cells.len();
    let tokens: Vec<&str> = run.tokens.iter().map(String::as_str).collect();
    let digits: usize = tokens.iter().map(|token| token.chars().count()).sum();
    let all = ways(&tokens, num).unwrap_or_default();
    let allowed: Vec<Vec<i64>> = ways_allowed(form, &run.line.cells, &all).into_iter().cloned().collect();
    let is_plain = digits == num && all.len() == 1 && (!has_blanks || !allowed.is_empty());
    let kept = if is_plain { all } else { allowed };
    Open { line: run.line, ways: kept, is_plain }
}

fn place(page: &Page, piece: usize) -> Place {
    let on = page.pieces.get(piece).map_or(crate::read::Leaf::Flow, |piece| piece.on.clone());
    Place { piece, on, table: 0, at: None }
}
