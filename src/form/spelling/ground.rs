//! How the ground of a draft is spelt: three words each.

use super::words::owned;
use crate::model::{Feeds, Ground, Origin, OriginFile, OriginLine};

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
    words
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
pub(super) fn read(words: &[&str]) -> Option<Ground> {
    let mut ground = Ground::default();
    for one in words.chunks(3) {
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
