//! Files changed at random: in every reader, as long as one likes, and through the real program.

mod fuzz;
mod program;

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::stage::case_files;
use crate::support::{Dice, project, shared};

/// Dice that fall differently on every long run; their seed is printed, so that a run can be made again.
fn dice(is_long: bool) -> Dice {
    let clock = jiff::Timestamp::now().as_microsecond();
    let seed = std::env::var("GOUJI_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or(if is_long { u64::try_from(clock).unwrap() | 1 } else { 2026 });
    println!("GOUJI_SEED={seed}");
    Dice(seed)
}

/// A place in so many bytes.
fn place(dice: &mut Dice, length: usize) -> usize {
    dice.roll(u32::try_from(length.max(1)).unwrap()) as usize
}

/// What readers trip over: ends of ranges, signs with a meaning, signs nobody sees.
const WORDS: [&str; 40] = [
    "0",
    "-1",
    "00",
    "9",
    "1e308",
    "4294967296",
    "99999999999999999999",
    "0.5",
    "万",
    "亿",
    "十",
    "百",
    "零",
    "元",
    "件",
    "\t",
    "\n",
    "\r",
    "\"",
    "'",
    "<",
    ">",
    "&",
    "/>",
    "(",
    ")",
    "[",
    "{",
    "}",
    ",",
    ":",
    "=",
    "\u{200b}",
    "\u{202e}",
    "\0",
    "\u{feff}",
    "\u{2028}",
    "A1",
    "XFD1048576",
    "\u{20bb7}",
];

/// The bytes with one to eight changes: a bit, a byte, a word put in, a piece taken out, doubled, moved, or taken from another.
fn mutated(dice: &mut Dice, bytes: &[u8], other: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=dice.roll(8) {
        let (at, length) = (place(dice, bytes.len()), place(dice, 32));
        let end = (at + length).min(bytes.len());
        match dice.roll(8) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << dice.roll(8),
            1 if !bytes.is_empty() => bytes[at] = u8::try_from(dice.roll(256)).unwrap(),
            2 | 3 => drop(bytes.splice(at..at, dice.pick(&WORDS).bytes())),
            4 => drop(bytes.drain(at..end)),
            5 => {
                let piece = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, piece.repeat(1 + place(dice, 4))));
            }
            6 => {
                let piece: Vec<u8> = bytes.drain(at..end).collect();
                let to = place(dice, bytes.len());
                drop(bytes.splice(to..to, piece));
            }
            _ => {
                let from = place(dice, other.len());
                let piece = &other[from..(from + length).min(other.len())];
                drop(bytes.splice(at..end, piece.iter().copied()));
            }
        }
    }
    bytes
}

/// Markup with one to four changes that a parser sees: an element's tag taken out, doubled, moved or taken from another, a number in it
/// changed.
fn mutated_markup(dice: &mut Dice, bytes: &[u8], other: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=dice.roll(4) {
        let tags = |bytes: &[u8]| bytes.iter().enumerate().filter(|(_, byte)| **byte == b'<').map(|(at, _)| at).collect::<Vec<_>>();
        let (own, others) = (tags(&bytes), tags(other));
        if own.is_empty() {
            return mutated(dice, &bytes, other);
        }
        let first = place(dice, own.len());
        let (begin, next) = (own[first], own.get(first + 1 + place(dice, 6)).copied().unwrap_or(bytes.len()));
        match dice.roll(6) {
            0 => drop(bytes.drain(begin..next)),
            1 => {
                let piece = bytes[begin..next].to_vec();
                drop(bytes.splice(begin..begin, piece.repeat(1 + place(dice, 20))));
            }
            2 => {
                let piece: Vec<u8> = bytes.drain(begin..next).collect();
                let to = own[place(dice, own.len())].min(bytes.len());
                drop(bytes.splice(to..to, piece));
            }
            3 if !others.is_empty() => {
                let from = place(dice, others.len());
                let end = others.get(from + 1 + place(dice, 12)).copied().unwrap_or(other.len());
                drop(bytes.splice(begin..begin, other[others[from]..end].iter().copied()));
            }
            4 => {
                let at = begin + bytes[begin..next].iter().position(|byte| *byte == b'>').map_or(0, |at| at + 1);
                drop(bytes.splice(at..at, dice.pick(&WORDS).bytes()));
            }
            _ => bytes = with_other_number(dice, &bytes),
        }
        bytes.truncate(4 << 20);
    }
    bytes
}

/// One of the numbers in it is another.
fn with_other_number(dice: &mut Dice, bytes: &[u8]) -> Vec<u8> {
    const NUMBERS: [&str; 12] =
        ["0", "1", "2", "7", "-1", "400", "65536", "1e308", "-1e308", "4294967296", "99999999999999999999", ".0001"];
    let at = place(dice, bytes.len());
    let Some(begin) = bytes[at..].iter().position(u8::is_ascii_digit).map(|step| at + step) else { return bytes.to_vec() };
    let end = begin + bytes[begin..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut bytes = bytes.to_vec();
    drop(bytes.splice(begin..end, dice.pick(&NUMBERS).bytes()));
    bytes
}

/// A PDF whose contents are not packed: numbers changed, lines taken out, doubled, moved.
fn mutated_pdf(dice: &mut Dice, bytes: &[u8], other: &[u8]) -> Vec<u8> {
    if dice.roll(3) == 0 {
        return mutated(dice, bytes, other);
    }
    let mut bytes = bytes.to_vec();
    for _ in 0..=dice.roll(12) {
        let line = |bytes: &[u8], from: usize| {
            let begin = bytes[..from].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            let end = bytes[from..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| from + at + 1);
            begin..end
        };
        let (from, to) = (place(dice, bytes.len()), place(dice, bytes.len()));
        match dice.roll(6) {
            0 => drop(bytes.drain(line(&bytes, from))),
            1 => {
                let piece = bytes[line(&bytes, from)].repeat(1 + place(dice, 30));
                drop(bytes.splice(from..from, piece));
            }
            2 => {
                let (piece, to) = (bytes[line(&bytes, from)].to_vec(), line(&bytes, to).start);
                drop(bytes.splice(to..to, piece));
            }
            _ => bytes = with_other_number(dice, &bytes),
        }
        bytes.truncate(4 << 20);
    }
    bytes
}

/// A workbook or document with one of its parts changed, or its container.
fn mutated_workbook(dice: &mut Dice, bytes: &[u8], other: &[u8]) -> Vec<u8> {
    let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else { return mutated(dice, bytes, other) };
    if dice.roll(8) == 0 || zip.is_empty() {
        return mutated(dice, bytes, other);
    }
    // The part that says most is changed most often.
    let most = (0..zip.len()).max_by_key(|no| zip.by_index(*no).map_or(0, |part| part.size())).unwrap_or(0);
    let wrong = if dice.roll(2) == 0 { most } else { place(dice, zip.len()) };
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for no in 0..zip.len() {
        let Ok(mut part) = zip.by_index(no) else { return mutated(dice, bytes, other) };
        let Ok(name) = part.name().map(|name| name.to_string()) else { return mutated(dice, bytes, other) };
        let mut text = Vec::new();
        if part.by_ref().take(4 << 20).read_to_end(&mut text).is_err() {
            return mutated(dice, bytes, other);
        }
        let change = if dice.roll(2) == 0 { mutated } else { mutated_markup };
        let text = if no == wrong { change(dice, &text, &text.clone()) } else { text };
        if out.start_file(name, SimpleFileOptions::default()).is_err() || out.write_all(&text).is_err() {
            return mutated(dice, bytes, other);
        }
    }
    out.finish().unwrap().into_inner()
}

/// Reports as files of the kind: published ones, our own, and those that other programs write.
fn reports(reader: &str) -> Vec<Vec<u8>> {
    let endings: &[&str] = if reader == "lines" { &["txt", "md"] } else { &[reader] };
    let published = shared("reports").into_iter().flat_map(|folder| std::fs::read_dir(folder).unwrap()).map(|item| item.unwrap().path());
    let published = published.filter(|path| path.extension().is_some_and(|ending| endings.iter().any(|own| ending == *own)));
    let mut files: Vec<_> = published.collect();
    files.sort();
    let mut all: Vec<Vec<u8>> = files.iter().map(|path| std::fs::read(path).unwrap()).collect();
    for (_, form, draft) in crate::paper::reports().into_iter().take(4) {
        let kind = gouji::read::FileKind::of(std::path::Path::new(&format!("a.{reader}")));
        let book = crate::paper::book(&form, &draft);
        all.extend(kind.map(|kind| gouji::export::file(kind, &book, &gouji::export::Fonts::default()).unwrap()));
        let tables = crate::published::damage::Tables::of(&form, &draft);
        let written = crate::published::written::ALL.into_iter().filter(|written| written.ending() == endings[0]);
        all.extend(written.map(|written| written.file(&tables, "某县某局2024年政府信息公开工作年度报告")));
    }
    all
}

/// Files to begin with, by the name of their reader.
fn beginnings(reader: &str) -> Vec<Vec<u8>> {
    let folder = |path: std::path::PathBuf| {
        let files = std::fs::read_dir(path).unwrap().map(|item| item.unwrap().path()).filter(|path| path.is_file());
        let mut files: Vec<_> = files.collect();
        files.sort();
        files
    };
    let mut files = folder(project().join("tests/cases/hostile").join(reader));
    let faults = shared("faults/hostile").map_or_else(Vec::new, folder);
    let endings: &[&str] = match reader {
        "workbook" => &["xlsx"],
        "draft" => &["gouji"],
        "journal" => &["journal"],
        "form" => &["ron"],
        _ => &[],
    };
    files.extend(faults.into_iter().filter(|path| endings.iter().any(|ending| path.extension().is_some_and(|is| is == *ending))));
    let mut all: Vec<Vec<u8>> = files.iter().map(|path| std::fs::read(path).unwrap()).filter(|bytes| bytes.len() < 1 << 20).collect();
    let lines = |text: String| text.lines().map(|line| line.as_bytes().to_vec()).collect::<Vec<_>>();
    match reader {
        "workbook" => all.extend([crate::elsewhere::whole(), crate::elsewhere::whole(), crate::elsewhere::whole()]),
        "number" => all.extend(lines(std::fs::read_to_string(project().join("tests/cases/entry.txt")).unwrap())),
        "clipboard" => {
            let blocks =
                std::fs::read_to_string(project().join("tests/cases/blocks.txt")).unwrap().replace("\\t", "\t").replace("\\n", "\n");
            all.extend(lines(blocks).into_iter().map(|line| [b"\x04\x10".to_vec(), line].concat()));
        }
        "text" => all.extend(case_files("text").into_iter().flat_map(|(_, text)| lines(text))),
        "draft" => all.push(gouji::store::encode(crate::support::v1().0.report(&crate::support::v1().1)).into_bytes()),
        "journal" => {
            all.retain(|bytes| !bytes.starts_with(b"!"));
            let bare =
                |text: String| text.lines().map(|line| line.split_once(' ').map_or(line, |(_, rest)| rest).to_owned() + "\n").collect();
            all.extend(case_files("old/journals").into_iter().map(|(_, text)| -> String { bare(text) }).map(String::into_bytes));
        }
        "html" | "docx" | "xlsx" | "pdf" | "lines" => all.extend(reports(reader)),
        "form" => all.push(std::fs::read(project().join("assets/forms/f2021.ron")).unwrap()),
        _ => {}
    }
    assert!(!all.is_empty(), "{reader}");
    all
}
