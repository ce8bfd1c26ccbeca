//! Two reports printed beside each other, as programs that compare years do: told apart by labels that stand twice in one line.

use std::collections::HashSet;

use super::Account;
use super::words::letters;
use crate::form::Catalog;
use crate::read::{Page, Piece, Stretch};

/// Fewest lines with a label on both sides.
const FEWEST: usize = 5;

/// How far from the left edge of its half a label may begin, in signs.
const MAX_LEFT: usize = 16;

/// The left and the right half of the page; `None` where labels stand once.
pub(super) fn halves(page: &Page, catalog: &Catalog) -> Option<[Page; 2]> {
    let labels = catalog.forms().iter().flat_map(|form| &form.tables).flat_map(|table| &table.heads).map(|head| letters(&head.text));
    let labels: HashSet<Vec<char>> = labels.filter(|label| label.len() > 3).collect();
    let lines: Vec<&str> = page.pieces.iter().filter_map(text).flat_map(str::lines).collect();
    let middles: Vec<Option<usize>> = lines.iter().map(|line| middle(line, &labels)).collect();
    if middles.iter().flatten().count() < FEWEST {
        return None;
    }
    let mut halves = [Page::default(), Page::default()];
    let mut now = middles.iter().flatten().next().copied()?;
    for (line, middle) in lines.iter().zip(middles) {
        now = middle.unwrap_or(now);
        let (left, right) = cut(line, now);
        for (half, words) in halves.iter_mut().zip([left, right]) {
            half.pieces.push(Piece { on: crate::read::Leaf::Flow, what: Stretch::Text(words) });
        }
    }
    Some(halves)
}

fn text(piece: &Piece) -> Option<&str> {
    match &piece.what {
        Stretch::Text(text) => Some(text),
        Stretch::Table(_) => None,
    }
}

/// Words of a line with the columns they begin in, in signs. Text is taken out of paper so that signs
/// count alike, narrow and wide ones.
fn fields(line: &str) -> Vec<(usize, String)> {
    let mut fields: Vec<(usize, String)> = Vec::new();
    let (mut col, mut blanks) = (0, 1);
    for c in line.chars() {
        if c == ' ' {
            blanks += 1;
        } else {
            match fields.last_mut() {
                Some((_, words)) if blanks == 0 => words.push(c),
                _ => fields.push((col, c.to_string())),
            }
            blanks = 0;
        }
        col += 1;
    }
    fields
}

/// Where the right half begins: at the second of two equal labels.
fn middle(line: &str, labels: &HashSet<Vec<char>>) -> Option<usize> {
    let fields = fields(line);
    let named: Vec<(usize, Vec<char>)> =
        fields.iter().map(|(col, words)| (*col, letters(words))).filter(|(_, words)| labels.contains(words)).collect();
    named.iter().enumerate().find_map(|(place, (_, words))| {
        // A head such as 结果维持 stands more than once in one report: only what stands exactly twice, and first of its half.
        let second = named.iter().skip(place + 1).filter(|(_, other)| other == words).collect::<Vec<_>>();
        match second.as_slice() {
            [(col, _)] if place == 0 && named.first().is_some_and(|first| first.0 <= MAX_LEFT) => {
                col.checked_sub(named.first().map_or(0, |first| first.0))
            }
            _ => None,
        }
    })
}

/// The two halves of a line; the right one keeps its own columns.
fn cut(line: &str, middle: usize) -> (String, String) {
    let mut halves = (String::new(), String::new());
    let (mut col, mut ends) = (0, [0, 0]);
    for token in line.split_inclusive(' ') {
        let words = token.trim_end_matches(' ');
        let right = col + 2 >= middle;
        let [left_end, right_end] = &mut ends;
        let (half, end, from) = if right { (&mut halves.1, right_end, middle) } else { (&mut halves.0, left_end, 0) };
        if !words.is_empty() {
            let at = col.saturating_sub(from);
            half.extend(std::iter::repeat_n(' ', at.saturating_sub(*end)));
            half.push_str(words);
            *end = (*end).max(at) + words.chars().count();
        }
        col += token.chars().count();
    }
    halves
}

/// Running text cannot be told apart so surely as figures: it is left out and said.
pub(super) fn without_texts(mut account: Account) -> Account {
    account.sections.clear();
    account.preamble.clear();
    account.questions.push("原文两份报告并排，文字部分没有读".to_owned());
    account
}
