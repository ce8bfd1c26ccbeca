//! A figure as a report prints it, with its unit in the cell or in the head.

use crate::model::{Entry, Kind, MoneyUnit, half_width, is_invisible};

/// What pieces are counted in; the form says 件 or 项.
const PIECES: [&str; 12] = ["件", "项", "笔", "宗", "条", "个", "份", "部", "起", "例", "次", "人次"];

/// Signs for nothing that the program's own cells do not know.
const NOTHING: [&str; 4] = ["空", "\u{2013}", "―", "－"];

/// What an entry of this kind is, under a head of these words. `head` empty: not seen.
pub(super) fn entry(kind: Kind, words: &str, head: &str) -> Entry {
    let text = plain(words);
    let text = if NOTHING.contains(&&*text) { "无".to_owned() } else { text };
    let entry = match kind {
        Kind::Count | Kind::Change => Entry::read(kind, without_piece(&text)),
        Kind::Money(_) => money(kind, &text, head),
    };
    // As it will be when a draft with it is opened again.
    let again = Entry::read(kind, &entry.text());
    if entry.value().is_some() && again.value() == entry.value() { again } else { entry }
}

/// The amount in the unit of the head, where it prints another than the form's or the form prints none.
fn money(kind: Kind, text: &str, head: &str) -> Entry {
    let said = unit_in(head);
    let has_unit = text.contains(['元', '万']);
    match (said, kind) {
        (Some(unit), _) if !has_unit && text.ends_with(|c: char| c.is_ascii_digit()) => {
            Entry::read(kind, &format!("{text}{}", unit.name()))
        }
        // Without a word on the unit nothing says that it is the form's.
        (None, Kind::Money(Some(_))) if !has_unit => Entry::read(Kind::Money(None), text),
        _ => Entry::read(kind, text),
    }
}

/// The unit that a head names, however its words are broken; `None` for none, for several, and for those that no form has (千元, 亿元).
fn unit_in(head: &str) -> Option<MoneyUnit> {
    let signs: Vec<char> = head.chars().filter(|c| !c.is_whitespace()).collect();
    let is_many = |c: Option<&char>| c.is_some_and(|c| "十百千亿".contains(*c));
    let mut units = signs.iter().enumerate().filter(|(_, c)| **c == '元').map(|(at, _)| {
        let (before, over) = (at.checked_sub(1).and_then(|at| signs.get(at)), at.checked_sub(2).and_then(|at| signs.get(at)));
        match before {
            Some('万') if !is_many(over) => Some(MoneyUnit::Wan),
            Some('万') => None,
            before if is_many(before) => None,
            _ => Some(MoneyUnit::Yuan),
        }
    });
    let first = units.next()??;
    units.all(|unit| unit == Some(first)).then_some(first)
}

/// The words on one line, digits and brackets of half width, without what cannot be seen.
pub(super) fn plain(words: &str) -> String {
    let half = |c: char| match c {
        c if c.is_whitespace() => ' ',
        c => half_width(c),
    };
    let seen = words.chars().filter(|c| !is_invisible(*c) && !c.is_control() || c.is_whitespace());
    seen.map(half).collect::<String>().split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn without_piece(text: &str) -> &str {
    let bare = |piece: &&str| text.strip_suffix(*piece).map(str::trim_end).filter(|figure| figure.ends_with(|c: char| c.is_ascii_digit()));
    PIECES.iter().rev().find_map(bare).unwrap_or(text)
}

/// The words may be what stands in a cell to fill: a figure, a sign for nothing, or nothing.
pub(super) fn is_figure(words: &str) -> bool {
    let text = plain(words);
    let has_digit = text.chars().any(|c| c.is_ascii_digit());
    text.is_empty()
        || !matches!(entry(Kind::Change, &text, ""), Entry::Unread { why: crate::model::Misread::NotNumber, .. })
        || has_digit && text.chars().all(|c| c.is_ascii_digit() || c == ' ' || ".,+-%元万()".contains(c))
}
