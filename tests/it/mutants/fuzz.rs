//! The readers of `tests/fuzz/readers.rs` on bytes changed at random; `GOUJI_LONG=30` for half an hour each, with the clock's
//! seed. What a reader falls over goes into `target/tmp`, to be put beside the others in `tests/cases/hostile`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use super::{beginnings, dice, mutated, mutated_markup, mutated_pdf, mutated_workbook, place};
use crate::hostile::readers;
use crate::support::put;

/// Most inputs kept to be changed further.
const MAX_KEPT: usize = 4_000;

fn fuzz(reader: &str, rounds: u64) {
    let minutes: u64 = std::env::var("GOUJI_LONG").map_or(0, |minutes| minutes.parse().unwrap());
    let (began, time) = (Instant::now(), Duration::from_secs(60 * minutes));
    let (mut dice, mut known) = (dice(minutes > 0), beginnings(reader));
    let num_given = known.len();
    let (mut num, mut slowest, mut slow) = (0_u64, Duration::ZERO, Vec::new());
    while if minutes > 0 { began.elapsed() < time } else { num < rounds } {
        let [one, other] = [place(&mut dice, known.len()), place(&mut dice, known.len())];
        let change = match reader {
            "workbook" | "docx" | "xlsx" => mutated_workbook,
            "html" if dice.roll(3) > 0 => mutated_markup,
            "pdf" => mutated_pdf,
            _ => mutated,
        };
        let bytes = change(&mut dice, &known[one], &known[other]);
        let start = Instant::now();
        let read = catch_unwind(AssertUnwindSafe(|| readers::read(reader, &bytes)));
        let took = start.elapsed();
        if took > slowest {
            slowest = took;
            slow.clone_from(&bytes);
        }
        assert!(read.is_ok(), "{reader} falls over {}", kept(&format!("{reader}-{num}"), &bytes).display());
        num += 1;
        // Some are changed further, so that changes add up; what was given is never thrown away.
        if bytes.len() < 200_000 && dice.roll(8) == 0 {
            if known.len() < num_given + MAX_KEPT {
                known.push(bytes);
            } else {
                let at = num_given + place(&mut dice, MAX_KEPT);
                known[at] = bytes;
            }
        }
    }
    println!("{reader}: {num} inputs in {} s, the slowest {} ms{}", began.elapsed().as_secs(), slowest.as_millis(), memory());
    if minutes > 0 {
        println!("the slowest: {}", kept(&format!("{reader}-slowest"), &slow).display());
    }
}

/// Keeps an input to be looked at.
fn kept(name: &str, bytes: &[u8]) -> std::path::PathBuf {
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    put(&file, bytes);
    file
}

/// The most memory that the tests have held so far, where the system tells.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map_or_else(String::new, |most| format!(", memory at most {}", most.trim()))
}

#[test]
fn numbers_changed_at_random_are_read_or_refused() {
    fuzz("number", 2_000);
}

#[test]
fn blocks_changed_at_random_are_read_or_asked_about() {
    fuzz("clipboard", 200);
}

#[test]
fn texts_changed_at_random_are_read() {
    fuzz("text", 100);
}

#[test]
fn workbooks_changed_at_random_are_read_or_refused() {
    fuzz("workbook", 12);
}

#[test]
fn pages_changed_at_random_are_read_or_refused() {
    fuzz("html", 40);
}

#[test]
fn documents_changed_at_random_are_read_or_refused() {
    fuzz("docx", 40);
}

#[test]
fn sheets_of_others_changed_at_random_are_read_or_refused() {
    fuzz("xlsx", 12);
}

#[test]
fn pdfs_changed_at_random_are_read_or_refused() {
    fuzz("pdf", 12);
}

#[test]
fn runs_of_figures_changed_at_random_are_read_or_refused() {
    fuzz("lines", 40);
}
