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

/// A workbook with one of its parts changed, or its container.
fn mutated_workbook(dice: &mut Dice, bytes: &[u8], other: &[u8]) -> Vec<u8> {
    let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else { return mutated(dice, bytes, other) };
    if dice.roll(8) == 0 || zip.is_empty() {
        return mutated(dice, bytes, other);
    }
    let wrong = place(dice, zip.len());
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for no in 0..zip.len() {
        let Ok(mut part) = zip.by_index(no) else { return mutated(dice, bytes, other) };
        let Ok(name) = part.name().map(|name| name.to_string()) else { return mutated(dice, bytes, other) };
        let mut text = Vec::new();
        if part.by_ref().take(4 << 20).read_to_end(&mut text).is_err() {
            return mutated(dice, bytes, other);
        }
        let text = if no == wrong { mutated(dice, &text, &text.clone()) } else { text };
        if out.start_file(name, SimpleFileOptions::default()).is_err() || out.write_all(&text).is_err() {
            return mutated(dice, bytes, other);
        }
    }
    out.finish().unwrap().into_inner()
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
        "draft" => all.push(gouji::store::encode(&crate::support::v1().0, &crate::support::v1().1).into_bytes()),
        "journal" => {
            all.retain(|bytes| !bytes.starts_with(b"!"));
            let bare =
                |text: String| text.lines().map(|line| line.split_once(' ').map_or(line, |(_, rest)| rest).to_owned() + "\n").collect();
            all.extend(case_files("old/journals").into_iter().map(|(_, text)| -> String { bare(text) }).map(String::into_bytes));
        }
        "form" => all.push(std::fs::read(project().join("assets/forms/f2021.ron")).unwrap()),
        _ => {}
    }
    assert!(!all.is_empty(), "{reader}");
    all
}
