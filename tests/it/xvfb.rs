//! The built program in a real window: a display without a screen, a window manager, real key events, pictures of what is
//! painted. Every wait is for something to be seen, never for time to pass. The pictures stay in `target/tmp/xvfb`.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use calamine::{Data, Reader as _};
use egui::Color32;
use gouji::ui::theme::palette;
use image::RgbaImage;

use crate::support;

/// Longest wait for anything; only a broken program takes it.
const PATIENCE: Duration = Duration::from_mins(1);

/// Time between two looks.
const LOOK: Duration = Duration::from_millis(40);

/// A child process that does not outlive the test.
struct Guard(Child);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

impl Guard {
    fn ended(&mut self) -> Option<ExitStatus> {
        self.0.try_wait().unwrap()
    }
}

/// The program in its window, and a pair of eyes and hands. Fields are dropped in this order.
struct Desktop {
    program: Guard,
    _manager: Guard,
    _server: Guard,
    display: String,
    window: String,
    pictures: PathBuf,
    num_pictures: usize,
}

fn wait<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(seen) = look() {
            return seen;
        }
        assert!(began.elapsed() < PATIENCE, "not seen in {PATIENCE:?}: {what}");
        std::thread::sleep(LOOK);
    }
}

/// A program that is needed here and cannot be started.
fn missing() -> Option<&'static str> {
    let tools = [("Xvfb", "-help"), ("openbox", "--version"), ("xdotool", "version"), ("import", "-version"), ("xclip", "-version")];
    let is_missing = |tool: &str, arg: &str| Command::new(tool).arg(arg).stdout(Stdio::null()).stderr(Stdio::null()).status().is_err();
    tools.into_iter().find(|(tool, arg)| is_missing(tool, arg)).map(|(tool, _)| tool)
}

/// Starts a display; its number comes from the server, so that several can stand side by side.
fn start_server() -> (Guard, String) {
    let mut server = Command::new("Xvfb");
    server.args(["-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"]);
    let mut server = Guard(server.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap());
    let mut number = String::new();
    BufReader::new(server.0.stdout.take().unwrap()).read_line(&mut number).unwrap();
    assert!(!number.trim().is_empty(), "Xvfb gave no display");
    (server, format!(":{}", number.trim()))
}

impl Desktop {
    fn open(draft: &Path, home: &Path) -> Self {
        let (server, display) = start_server();
        let quiet = |command: &mut Command| Guard(command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap());
        let manager = quiet(Command::new("openbox").env("DISPLAY", &display).env("HOME", home).stderr(Stdio::null()));
        let mut program = Command::new(env!("CARGO_BIN_EXE_gouji"));
        // Nothing of the user's own desktop: no session bus, no file dialogs, no helpers in PATH.
        program.env_clear().arg(draft).env("DISPLAY", &display).env("LIBGL_ALWAYS_SOFTWARE", "1").env("PATH", home).env("HOME", home);
        for name in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"] {
            program.env(name, home.join(name));
        }
        let program = quiet(&mut program);
        let pictures = Path::new(env!("CARGO_TARGET_TMPDIR")).join("xvfb");
        std::fs::create_dir_all(&pictures).unwrap();
        let mut desktop = Self { program, _manager: manager, _server: server, display, window: String::new(), pictures, num_pictures: 0 };
        desktop.window = wait("the window", || {
            assert!(desktop.program.ended().is_none(), "the program ended before it had a window");
            desktop.xdotool(["search", "--onlyvisible", "--class", "^gouji$"]).and_then(|ids| ids.lines().next().map(str::to_owned))
        });
        wait("the keyboard with the window", || desktop.xdotool(["getwindowfocus"]).filter(|id| *id == desktop.window));
        desktop
    }

    fn xdotool<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Option<String> {
        let output = Command::new("xdotool").env("DISPLAY", &self.display).args(args).output().unwrap();
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Presses keys as a person would, one after another.
    fn press(&self, keys: &str) {
        assert!(self.xdotool(["key", "--delay", "30"].into_iter().chain(keys.split(' '))).is_some(), "xdotool key {keys}");
    }

    fn title(&self) -> String {
        self.xdotool(["getwindowname", &self.window]).unwrap_or_default()
    }

    /// Looks at the screen until the picture is as it should be, and keeps that picture, or the last one if it never was.
    fn see(&mut self, what: &str, is_so: impl Fn(&RgbaImage) -> bool) -> RgbaImage {
        self.num_pictures += 1;
        let file = self.pictures.join(format!("{:02}-{what}.png", self.num_pictures));
        wait(&format!("{what}, see {}", file.display()), || {
            assert!(self.program.ended().is_none(), "the program ended before {what}");
            let taken = Command::new("import").env("DISPLAY", &self.display).args(["-window", "root"]).arg(&file).status().unwrap();
            assert!(taken.success(), "no picture of the screen");
            let picture = image::open(&file).unwrap().into_rgba8();
            is_so(&picture).then_some(picture)
        })
    }

    fn saved(&self) {
        wait("a title without ●", || (!self.title().contains('●')).then_some(()));
    }

    fn clipboard(&self) -> String {
        let output = Command::new("xclip").env("DISPLAY", &self.display).args(["-o", "-selection", "clipboard"]).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

/// Pixels of exactly this colour.
fn count(picture: &RgbaImage, colour: Color32) -> usize {
    rows(picture, colour).into_iter().map(|(_, count)| count).sum()
}

/// Rows of the picture with pixels of this colour, and how many.
fn rows(picture: &RgbaImage, colour: Color32) -> Vec<(usize, usize)> {
    let of_row = |row: image::buffer::Pixels<'_, _>| row.filter(|pixel: &&image::Rgba<u8>| pixel.0 == colour.to_array()).count();
    picture.rows().map(of_row).enumerate().filter(|(_, count)| *count > 0).collect()
}

/// A question stands in front: everything behind it is dimmed, so that no pixel has the colour of the desk.
fn has_question(picture: &RgbaImage) -> bool {
    count(picture, palette().desk) == 0
}

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

fn figure_on_disk(draft: &str, key: &str) -> String {
    let said = support::gouji(&["show", draft, "--format", "json"]);
    let shown: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    shown["cells"][key].to_string()
}

#[test]
fn the_main_job_in_a_real_window() {
    if let Some(tool) = missing() {
        println!("skipped: no {tool} on this machine; bash .ci/packages test installs it");
        return;
    }
    let folder = support::folder();
    let home = folder.path().join("home");
    std::fs::create_dir_all(home.join("XDG_RUNTIME_DIR")).unwrap();
    let draft = support::new_draft(&folder, "报告.gouji", "某市人民政府", 2025, &support::case("v1-city-2025.txt"));
    let mut desktop = Desktop::open(Path::new(&draft), &home);

    wait("the draft's title", || desktop.title().contains("报告.gouji").then_some(()));
    let opened = desktop.see("chapter-1", |picture| count(picture, palette().paper) > 100_000 && !has_question(picture));
    desktop.press("ctrl+Next");
    let second = desktop.see("chapter-2", |picture| *picture != opened && count(picture, palette().head) > 10_000);
    desktop.press("ctrl+Next");
    desktop.see("chapter-3", |picture| *picture != second && count(picture, palette().head) > 10_000 && is_clean(picture));

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
    desktop.press("Return");
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
