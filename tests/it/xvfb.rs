//! The main job in a real window.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

use calamine::{Data, Reader as _};
use gouji::ui::theme::palette;
use image::RgbaImage;

use crate::desktop::{self, Desktop, count, figure_on_disk, has_question, rows, wait};
use crate::support;

/// Cells are marked above and below the middle of the screen: both sides of an equation over a column of table 三.
fn has_both_sides_marked(picture: &RgbaImage) -> bool {
    let half = usize::try_from(picture.height() / 2).unwrap();
    let marked: BTreeSet<bool> = rows(picture, palette().error_tint).into_iter().map(|(row, _)| row < half).collect();
    marked.len() == 2
}

/// Some cell is marked. The message about the export takes room, so that the table's top may be out of sight.
fn is_marked(picture: &RgbaImage) -> bool {
    !has_question(picture) && count(picture, palette().error_tint) > 0
}

fn is_clean(picture: &RgbaImage) -> bool {
    let tints = [palette().error_tint, palette().left_tint, palette().right_tint];
    !has_question(picture) && tints.into_iter().all(|tint| count(picture, tint) == 0)
}

#[test]
fn the_main_job_in_a_real_window() {
    main_job(&[]);
}

#[test]
fn the_main_job_in_a_window_painted_by_the_processor() {
    main_job(&["--renderer", "cpu"]);
}

/// Without a compositor the system keeps nothing of what another window covers: it asks for it again.
#[test]
fn what_was_covered_is_painted_again_by_the_processor() {
    if desktop::lacks(&[("display", "-version")]) {
        return;
    }
    let folder = support::folder();
    let home = folder.path().join("home");
    let draft = support::new_draft(&folder, "报告.gouji", "某市人民政府", 2025, &support::case("v1-city-2025.txt"));
    let mut program = Command::new(env!("CARGO_BIN_EXE_gouji"));
    program.args(["--renderer", "cpu"]);
    let mut desktop = Desktop::open_by(program, Path::new(&draft), &home, |_| Vec::new());
    desktop.go_to_table_three();
    let heads = |picture: &RgbaImage| count(picture, palette().head);
    let whole = heads(&desktop.see("open", is_clean));
    let cover = ["-geometry", "+200+200", "-size", "600x400", "xc:black"];
    let cover = desktop::start(Command::new("display").env("DISPLAY", &desktop.display).args(cover).stderr(Stdio::null()));
    desktop.see("covered", |picture| heads(picture) < whole - 20_000);
    drop(cover);
    desktop.see("uncovered", |picture| heads(picture) >= whole);
    let minimized = desktop.xdotool(["windowunmap", "--sync", &desktop.window]);
    assert!(minimized.is_some(), "the window goes");
    desktop.see("hidden", |picture| heads(picture) == 0);
    assert!(desktop.xdotool(["windowmap", "--sync", &desktop.window]).is_some(), "the window comes back");
    desktop.see("back", |picture| heads(picture) >= whole);
}

/// What stood beyond the screen could not be reached where no window manager makes the window smaller.
#[test]
fn a_window_is_no_larger_than_a_small_screen() {
    if desktop::lacks(&[]) {
        return;
    }
    let folder = support::folder();
    for renderer in ["gl", "cpu"] {
        let home = folder.path().join(renderer);
        std::fs::create_dir_all(&home).unwrap();
        let (_server, display) = desktop::start_server("1024x700");
        let mut program = Command::new(env!("CARGO_BIN_EXE_gouji"));
        program.env_clear().args(["--renderer", renderer]).env("DISPLAY", &display).env("HOME", &home).env("LIBGL_ALWAYS_SOFTWARE", "1");
        let _program = desktop::start(program.env("XDG_RUNTIME_DIR", &home));
        let xdotool = ["search", "--sync", "--onlyvisible", "--class", "^gouji$", "getwindowgeometry", "--shell"];
        let told = Command::new("xdotool").env("DISPLAY", &display).args(xdotool).output().unwrap().stdout;
        let told = String::from_utf8(told).unwrap();
        let side = |name: &str| told.lines().find_map(|line| line.strip_prefix(name)?.parse::<u32>().ok()).unwrap();
        assert!(side("WIDTH=") <= 1024 && side("HEIGHT=") <= 700, "{renderer}: {told}");
    }
}

fn main_job(args: &[&str]) {
    if desktop::lacks(&[]) {
        return;
    }
    let folder = support::folder();
    let home = folder.path().join("home");
    let draft = support::new_draft(&folder, "报告.gouji", "某市人民政府", 2025, &support::case("v1-city-2025.txt"));
    let mut program = Command::new(env!("CARGO_BIN_EXE_gouji"));
    program.args(args);
    let mut desktop = Desktop::open_by(program, Path::new(&draft), &home, |_| Vec::new());

    wait("the draft's title", || desktop.title().contains("报告.gouji").then_some(()));
    desktop.go_to_table_three();
    desktop.see("right", is_clean);

    // Down the column of natural persons to what was carried over into the next year; 783 is right.
    desktop.press("ctrl+Down");
    desktop.press("ctrl+c");
    wait("the cell's figure on the clipboard", || (desktop.clipboard().trim() == "783").then_some(()));
    desktop.press("7 8 2 Return");
    desktop.see("wrong", has_both_sides_marked);
    assert!(desktop.title().starts_with('●'), "{}", desktop.title());
    desktop.press("F8");
    desktop.see("looked-at", |picture| [palette().left_tint, palette().right_tint].into_iter().all(|tint| count(picture, tint) > 100));
    desktop.press("ctrl+z");
    desktop.see("undone", is_clean);
    desktop.saved();

    // A wrong figure is saved as it stands, and so is the right one after it.
    desktop.press("ctrl+Home ctrl+Down 7 8 2 Return");
    desktop.see("wrong-again", has_both_sides_marked);
    desktop.press("ctrl+s");
    desktop.saved();
    assert_eq!(figure_on_disk(&draft, "carry_out.nat"), "782");
    desktop.press("ctrl+Home ctrl+Down 7 8 3 Return");
    desktop.see("mended", is_clean);
    desktop.press("ctrl+s");
    desktop.saved();
    assert_eq!(figure_on_disk(&draft, "carry_out.nat"), "783");

    // No portal on this display: the program asks for the path itself.
    desktop.press("ctrl+e");
    desktop.see("export", has_question);
    desktop.press("End BackSpace BackSpace BackSpace BackSpace x l s x Return");
    let workbook = wait("the workbook", || {
        let mut files = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path());
        files.find(|file| file.extension().is_some_and(|ending| ending == "xlsx"))
    });
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(workbook).unwrap();
    let sheet = workbook.sheet_names().into_iter().find(|name| name.starts_with('三')).unwrap();
    let range = workbook.worksheet_range(&sheet).unwrap();
    assert!(range.used_cells().any(|(.., value)| *value == Data::Float(13612.0)), "new.nat is in {sheet}");
    desktop.see("exported", |picture| !has_question(picture));

    // Closing with a change asks; Esc goes back to the window, and without a change it closes.
    desktop.press("ctrl+Home ctrl+Down 7 8 2 Return");
    desktop.see("changed", is_marked);
    desktop.press("alt+F4");
    desktop.see("closing", has_question);
    desktop.press("Escape");
    desktop.see("stays", is_marked);
    desktop.press("ctrl+z");
    desktop.see("unchanged", is_clean);
    desktop.press("alt+F4");
    let status = wait("the end of the program", || desktop.program.ended());
    assert_eq!(status.code(), Some(0));
    assert_eq!(figure_on_disk(&draft, "carry_out.nat"), "783");
}
