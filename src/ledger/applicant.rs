//! Who asked: the column of table 三, from the kind as typed and from the name.

use super::words::{Words, key, plain};

/// What a kind or a name says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// Nothing is written.
    Blank,
    /// This column, without asking.
    Column(Box<str>),
    /// This column by the word, to be confirmed: word and column.
    Proposed(String, Box<str>),
    /// Several persons on one paper: how many, if it is said.
    Several(Option<u32>),
    /// Not understood.
    Unknown,
}

/// The column that the word in the column of kinds stands for. `None` for a word that leaves it to the name.
pub(super) fn of_kind(words: &Words, kind: &str) -> Option<Who> {
    let kind = key(kind);
    if kind.is_empty() || matches!(kind.as_str(), "/" | "-" | "—" | "无") {
        return Some(Who::Blank);
    }
    if let Some((column, certainty)) = words.kinds.get(&kind) {
        let column = column.clone();
        return Some(if *certainty == 1 { Who::Column(column) } else { Who::Proposed(kind, column) });
    }
    if words.file.broad_kinds.iter().any(|broad| key(broad) == kind) {
        return None;
    }
    Some(Who::Unknown)
}

/// The column that a name stands for.
pub(super) fn of_name(words: &Words, name: &str) -> Who {
    let signs = plain(name);
    if signs.is_empty() || matches!(signs.as_slice(), ['/' | '-' | '无' | '—']) {
        return Who::Blank;
    }
    let main = without_brackets(&signs);
    let is_small_trader = ["个体", "合作社", "家庭农场"].iter().find(|word| contains(&signs, word));
    if let Some(word) = is_small_trader {
        return Who::Proposed((*word).to_owned(), "biz".into());
    }
    if let Some(several) = several(words, &main) {
        return several;
    }
    if is_person(words, &main) {
        return Who::Column("nat".into());
    }
    of_ending(words, &main)
}

/// The word a name ends in; the longest counts.
fn of_ending(words: &Words, name: &[char]) -> Who {
    let endings = name.last().and_then(|last| words.endings.get(last));
    match endings.and_then(|endings| endings.iter().find(|(word, ..)| ends(name, word))) {
        Some((_, column, 1)) => Who::Column(column.clone()),
        Some((word, column, _)) => Who::Proposed(word.clone(), column.clone()),
        None => Who::Unknown,
    }
}

fn ends(name: &[char], word: &str) -> bool {
    word.chars().rev().eq(name.iter().rev().copied().take(word.chars().count()))
}

fn contains(name: &[char], word: &str) -> bool {
    let word: Vec<char> = word.chars().collect();
    name.windows(word.len()).any(|part| part == word)
}

/// The name without what stands in brackets: an employer, an agent, a remark.
fn without_brackets(signs: &[char]) -> Vec<char> {
    let mut depth = 0_u32;
    let mut main = Vec::new();
    for sign in signs {
        match sign {
            '(' | '<' => depth += 1,
            ')' | '>' => depth = depth.saturating_sub(1),
            sign if depth == 0 => main.push(*sign),
            _ => {}
        }
    }
    main
}

/// 胡某等3人, 张三、李四.
fn several(words: &Words, name: &[char]) -> Option<Who> {
    let text: String = name.iter().collect();
    if let Some((_, rest)) = text.split_once('等')
        && (rest.ends_with(['人', '位', '户', '名']) || rest.is_empty())
    {
        let number: String = rest.chars().filter(char::is_ascii_digit).collect();
        return Some(Who::Several(number.parse().ok().or_else(|| chinese(rest))));
    }
    let names: Vec<Vec<char>> = text.split([',', '/', '和', '与', ' ']).map(|name| name.chars().collect()).collect();
    let persons = names.iter().filter(|name| is_person(words, name)).count();
    (names.len() > 1 && persons == names.len()).then(|| Who::Several(u32::try_from(names.len()).ok()))
}

fn chinese(text: &str) -> Option<u32> {
    let digit = text.chars().next()?;
    "〇一二三四五六七八九十".chars().zip(0..).find(|(sign, _)| *sign == digit).map(|(_, value)| value).or((digit == '两').then_some(2))
}

/// Titles behind a name.
const TITLES: [&str; 4] = ["先生", "女士", "同志", "小姐"];

/// A person: a family name with one or two characters, or one that was made unreadable (张某, 李**, 王某某).
fn is_person(words: &Words, name: &[char]) -> bool {
    let title = TITLES.iter().find(|title| name.len() > 2 && ends(name, title));
    let name = name.get(..name.len() - title.map_or(0, |title| title.chars().count())).unwrap_or(name);
    let is_compound =
        words.file.compound_surnames.iter().any(|surname| name.iter().copied().zip(surname.chars()).all(|(a, b)| a == b) && name.len() > 2);
    let surname = if is_compound { 2 } else { 1 };
    let Some((family, given)) = name.split_at_checked(surname) else { return false };
    if !is_compound && !family.iter().all(|sign| words.file.surnames.contains(*sign)) {
        return is_of_other_script(name);
    }
    let is_masked = !given.is_empty() && given.len() <= 3 && given.iter().any(|sign| matches!(sign, '某' | '*' | 'X' | 'x' | '×'));
    let is_titled = title.is_some() && given.len() <= 2;
    let is_name = matches!(given.len(), 1 | 2) && given.iter().all(|sign| is_han(*sign)) && of_ending(words, name) == Who::Unknown;
    is_masked || is_titled || is_name
}

/// 阿依古丽·买买提: parts joined by a dot.
fn is_of_other_script(name: &[char]) -> bool {
    let parts: Vec<&[char]> = name.split(|sign| matches!(sign, '·' | '•' | '・')).collect();
    parts.len() > 1 && parts.iter().all(|part| !part.is_empty() && part.len() <= 8 && part.iter().all(|sign| is_han(*sign)))
}

fn is_han(sign: char) -> bool {
    matches!(sign, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')
}
