//! What differs between two reports on one form: values from old to new, texts word by word, and what was done in the one
//! copy only.

use std::sync::Arc;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::form::Form;
use crate::model::{Change, Draft, Ground, Item, ReasonKey, Spot, Step, Totals, Value};
use crate::rules;

/// Two reports beside each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// Values that differ, in the order they are read.
    pub changes: Vec<Change>,
    /// Steps that only the old one's log has.
    pub only_old: Vec<Arc<Step>>,
    /// Steps that only the new one's log has: comments, answers, actions.
    pub only_new: Vec<Arc<Step>>,
}

/// What differs between two reports on the same form.
pub fn diff(old: &Draft, new: &Draft) -> Diff {
    let only = |a: &Draft, b: &Draft| {
        let steps = a.review().steps().iter().filter(|step| b.review().step(step.id).is_none());
        steps.cloned().collect()
    };
    Diff { changes: new.changes_since(old), only_old: only(old, new), only_new: only(new, old) }
}

/// A piece of a text against its earlier state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// In which of the two it stands.
    pub side: Side,
    /// The words.
    pub text: String,
}

/// Where a piece stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// In both.
    Both,
    /// In the old text only: taken out.
    Old,
    /// In the new text only: put in.
    New,
}

/// Signs kept on each side of a change in an excerpt.
const AROUND: usize = 12;

/// Where the new text differs from the old one, with the words round each change: `…不够[-及时-]{+主动、及时+}，明年…`.
pub fn excerpt(old: &str, new: &str) -> String {
    let pieces = pieces(old, new);
    let last = pieces.len().saturating_sub(1);
    let shown = pieces.iter().enumerate().map(|(place, piece)| match piece.side {
        Side::Both => shortened(&piece.text, if place == 0 { 0 } else { AROUND }, if place == last { 0 } else { AROUND }),
        Side::Old => format!("[-{}-]", piece.text),
        Side::New => format!("{{+{}+}}", piece.text),
    });
    shown.collect::<String>().replace('\n', "⏎")
}

/// So many signs from the beginning and from the end, next to the changes on either side.
pub fn shortened(text: &str, head: usize, tail: usize) -> String {
    let signs: Vec<char> = text.chars().collect();
    if signs.len() <= head + tail + 1 {
        return text.to_owned();
    }
    let before = signs.iter().take(head);
    before.chain(&['…']).chain(signs.iter().skip(signs.len() - tail)).collect()
}

/// Most words compared one by one between two paragraphs; longer ones are shown as replaced. Comparing takes words × words.
const MAX_WORDS: usize = 4000;

/// The new text against the old one. All pieces but `New` give the old text, all but `Old` the new.
pub fn pieces(old: &str, new: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    for (tag, out, put) in runs(&old, &new) {
        let (out, put) = (out.concat(), put.concat());
        match tag {
            DiffTag::Equal => push(&mut pieces, Side::Both, &out),
            DiffTag::Delete | DiffTag::Insert => {
                push(&mut pieces, Side::Old, &out);
                push(&mut pieces, Side::New, &put);
            }
            DiffTag::Replace => by_word(&mut pieces, &out, &put),
        }
    }
    pieces
}

fn by_word(pieces: &mut Vec<Piece>, old: &str, new: &str) {
    let (old_words, new_words) = (words(old), words(new));
    if old_words.len().max(new_words.len()) > MAX_WORDS {
        push(pieces, Side::Old, old);
        return push(pieces, Side::New, new);
    }
    for (tag, out, put) in runs(&old_words, &new_words) {
        if tag == DiffTag::Equal {
            push(pieces, Side::Both, &out.concat());
        } else {
            push(pieces, Side::Old, &out.concat());
            push(pieces, Side::New, &put.concat());
        }
    }
}

/// Runs of equal and of differing items, in order.
fn runs<'a, 'text>(old: &'a [&'text str], new: &'a [&'text str]) -> Vec<(DiffTag, &'a [&'text str], &'a [&'text str])> {
    let ops = capture_diff_slices(Algorithm::Myers, old, new);
    let run = |op: similar::DiffOp| {
        let side = |all: &'a [&'text str], range| all.get::<std::ops::Range<usize>>(range).unwrap_or_default();
        (op.tag(), side(old, op.old_range()), side(new, op.new_range()))
    };
    ops.into_iter().map(run).collect()
}

fn push(pieces: &mut Vec<Piece>, side: Side, text: &str) {
    match pieces.last_mut().filter(|last| last.side == side) {
        Some(last) => last.text.push_str(text),
        None if text.is_empty() => {}
        None => pieces.push(Piece { side, text: text.to_owned() }),
    }
}

/// The words of a text: a number or a Latin word is one, every other sign stands alone, as Chinese has no spaces.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let joins = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '%' | '０'..='９');
        let end = if joins(first) { rest.find(|c| !joins(c)).unwrap_or(rest.len()) } else { first.len_utf8() };
        let (word, behind) = rest.split_at(end);
        words.push(word);
        rest = behind;
    }
    words
}

/// What an item is called: `表三 自然人 一、本年新收…`, `五、…`, `说明（R25 …）`.
pub fn item_name(form: &Form, item: &Item) -> String {
    match item {
        Item::Agency => "单位全称".to_owned(),
        Item::Totals => "合计方式".to_owned(),
        Item::Cell(cell) => form.cell(*cell).label.to_string(),
        Item::Control(cell) => format!("控制数 {}", form.cell(*cell).label),
        Item::Text(section) => form.chapter(section.0).map_or_else(|| section.0.to_string(), |chapter| chapter.title.to_string()),
        Item::Reason(key) if *key.rule == *ReasonKey::LINK => format!("正文里的链接 {}", key.at),
        Item::Reason(key) => format!("说明 {} {}", key.rule, key.at),
        Item::LastYear => "上年报告".to_owned(),
        Item::Ground => "报告的依据（阈值、换表样、台账、汇总时的调整）".to_owned(),
    }
}

/// What a comment is about, for people.
pub fn spot_name(form: &Form, spot: &Spot) -> String {
    match spot {
        Spot::Report => "整份报告".to_owned(),
        Spot::Chapter(no) => form.chapter(*no).map_or_else(|| no.to_string(), |chapter| chapter.title.to_string()),
        Spot::Cell(cell) => form.cell(*cell).label.to_string(),
        Spot::Row(cell) => format!("{} 所在的行", form.cell(*cell).label),
        Spot::Finding(key) => format!("核对结果 {} {}", key.rule, key.at),
        Spot::Passage { section, quote, .. } => format!("{}“{quote}”", item_name(form, &Item::Text(*section))),
    }
}

/// What an item holds, for people; blank is said so.
pub fn value_name(form: &Form, item: &Item, value: &Value) -> String {
    let shown = match (item, value) {
        (Item::Cell(cell) | Item::Control(cell), Value::Entry(entry)) => entry.shown(form.cell(*cell).kind),
        (_, Value::Entry(entry)) => entry.text(),
        (_, Value::Text(text)) => text.clone(),
        (_, Value::Totals(Totals::Typed)) => "手工录入".to_owned(),
        (_, Value::Totals(Totals::Computed)) => "自动合计".to_owned(),
        (_, Value::LastYear(last)) => last.name(),
        (_, Value::Ground(ground)) => ground_name(form, ground),
        (_, Value::Reason(reason)) => reason.as_ref().map_or_else(String::new, |reason| reason.text.to_string()),
    };
    if shown.is_empty() { "（空）".to_owned() } else { shown }
}

/// All that a report rests on. Repairs are spelt out: how many there are tells no two copies apart.
fn ground_name(form: &Form, ground: &Ground) -> String {
    let repairs = ground.adjustments.iter().map(|one| format!("汇总时的调整 {}", rules::adjustment_name(form, one)));
    let rest = Some(ground.name()).filter(|rest| !rest.is_empty());
    rest.into_iter().chain(repairs).collect::<Vec<_>>().join("；")
}
