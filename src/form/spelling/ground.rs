//! How the ground of a draft is spelt: three words each, a repair nine.

use std::collections::BTreeSet;

use jiff::civil::DateTime;

use super::words::owned;
use crate::form::Form;
use crate::model::{Adjustment, Entry, Feeds, Ground, Origin, OriginFile, OriginLine};

/// Bytes of a time as it is written.
const TIME_LENGTH: usize = "2026-01-22 09:30:00".len();

/// What its list begins with.
pub(super) const WORD: &str = "ground";

/// `["ground", "threshold", "R40.times", "5", …, "moved", "", sentence]`.
pub(super) fn words(ground: &Ground) -> Vec<String> {
    let mut words = owned(&[WORD]);
    words.extend(ground.thresholds.iter().flat_map(|(key, value)| owned(&["threshold", key, &value.to_string()])));
    if !ground.moved.is_empty() {
        words.extend(owned(&["moved", "", &ground.moved]));
    }
    words.extend(origin_words(&ground.origin));
    words.extend(ground.adjustments.iter().flat_map(adjustment_words));
    words
}

/// `["adjusted", KEY, body, "figures", from, to, "because", why, "2026-01-22 09:30:00 who"]`.
fn adjustment_words(one: &Adjustment) -> Vec<String> {
    let noted = format!("{} {}", one.written_at(), one.by);
    owned(&["adjusted", &one.key, &one.unit, "figures", &one.from.text(), &one.to.text(), "because", &one.why, &noted])
}

/// The way back; `None` where the form has no such cell, it cannot hold such a figure, or the time is not spelt as above.
fn read_adjustment(form: &Form, [key, unit, from, to, why, noted]: [&str; 6]) -> Option<Adjustment> {
    let kind = form.cell(form.cell_by_key(key)?).kind;
    let entry = |text: &str| Some(Entry::read(kind, text)).filter(|entry| !matches!(entry, Entry::Unread { .. }) && entry.text() == text);
    let (time, by) = noted.split_at_checked(TIME_LENGTH)?;
    Some(Adjustment {
        time: DateTime::strptime(Adjustment::TIME, time).ok().filter(|read| read.strftime(Adjustment::TIME).to_string() == time)?,
        by: by.strip_prefix(' ')?.to_owned(),
        unit: unit.to_owned(),
        key: key.into(),
        from: entry(from)?,
        to: entry(to)?,
        why: why.to_owned(),
    })
}

/// `["register", name, "SHA-256 SM3", …, "line", "file sheet line count", "received|answered|number", …, "feeds", KEY, "2 0 1", …,
/// "zeros", "", "KEY KEY"]`.
fn origin_words(origin: &Origin) -> Vec<String> {
    let files = origin.files.iter().flat_map(|file| owned(&["register", &file.name, &format!("{} {}", file.sha256, file.sm3)]));
    let lines = origin.lines.iter().flat_map(|line| {
        let place = format!("{} {} {} {}", line.file, line.sheet, line.line, line.count);
        owned(&["line", &place, &format!("{}|{}|{}", line.received, line.answered, line.number)])
    });
    let (zeros, fed): (Vec<_>, Vec<_>) = origin.cells.iter().partition(|(_, feeds)| **feeds == Feeds::default());
    let fed = fed.into_iter().flat_map(|(key, feeds)| {
        let numbers: Vec<String> = [feeds.count.to_string()].into_iter().chain(feeds.lines.iter().map(usize::to_string)).collect();
        owned(&["feeds", key, &numbers.join(" ")])
    });
    let zeros: Vec<&str> = zeros.iter().map(|(key, _)| &***key).collect();
    let zeros = if zeros.is_empty() { Vec::new() } else { owned(&["zeros", "", &zeros.join(" ")]) };
    files.chain(lines).chain(fed).chain(zeros).collect()
}

/// A register, a line of it, or what feeds a cell.
fn read_origin(one: &[&str], origin: &mut Origin) -> Option<()> {
    match one {
        ["register", name, hashes] => {
            let (sha256, sm3) = hashes.split_once(' ')?;
            origin.files.push(OriginFile { name: (*name).into(), sha256: sha256.into(), sm3: sm3.into() });
        }
        ["line", place, rest] => {
            let [file, sheet, line, count] = numbers(place)?.try_into().ok()?;
            let [received, answered, number] = rest.splitn(3, '|').collect::<Vec<_>>().try_into().ok()?;
            let (file, sheet) = (usize::try_from(file).ok()?, usize::try_from(sheet).ok()?);
            let (number, received, answered) = (number.into(), received.into(), answered.into());
            origin.lines.push(OriginLine { file, sheet, line, count, number, received, answered });
        }
        ["feeds", key, rest] => {
            let (count, lines) = match numbers(rest)?.split_first() {
                Some((count, lines)) => (*count, lines.iter().map(|line| usize::try_from(*line).ok()).collect::<Option<Vec<_>>>()?),
                None => return None,
            };
            let is_there = lines.iter().all(|line| *line < origin.lines.len());
            let is_new = origin.cells.insert((*key).into(), Feeds { count, lines }).is_none();
            (is_there && is_new).then_some(())?;
        }
        ["zeros", "", keys] => {
            for key in keys.split(' ') {
                origin.cells.insert(key.into(), Feeds::default()).is_none().then_some(())?;
            }
        }
        _ => return None,
    }
    Some(())
}

/// Plain numbers between blanks, spelt as this program spells them.
fn numbers(text: &str) -> Option<Vec<u32>> {
    text.split(' ').map(|word| word.parse::<u32>().ok().filter(|number| number.to_string() == word)).collect()
}

/// The way back; `None` for words that say nothing known, or anything twice.
pub(super) fn read(form: &Form, words: &[&str]) -> Option<Ground> {
    let (mut ground, mut repaired) = (Ground::default(), BTreeSet::new());
    let mut rest = words;
    while !rest.is_empty() {
        if let ["adjusted", key, unit, "figures", from, to, "because", why, noted, behind @ ..] = rest {
            repaired.insert((*unit, *key)).then_some(())?;
            ground.adjustments.push(read_adjustment(form, [key, unit, from, to, why, noted])?);
            rest = behind;
            continue;
        }
        let (one, behind) = rest.split_at_checked(3)?;
        rest = behind;
        match one {
            ["threshold", key, value] => {
                let plain = value.parse::<u32>().ok().filter(|number| number.to_string() == **value)?;
                ground.thresholds.insert((*key).into(), plain).is_none().then_some(())?;
            }
            ["moved", "", text] if ground.moved.is_empty() && !text.is_empty() => ground.moved = (*text).into(),
            one => read_origin(one, &mut ground.origin)?,
        }
    }
    Some(ground)
}
