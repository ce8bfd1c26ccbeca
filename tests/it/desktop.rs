//! A display without a screen, a window manager, the built program in its window; real key events, pictures of what is
//! painted. Every wait is for something to be seen, never for time to pass. The pictures stay in `target/tmp/xvfb`, by test.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use egui::Color32;
use gouji::ui::theme::palette;
use image::RgbaImage;

use crate::support;

/// Longest wait for anything; only a broken program takes it.
const PATIENCE: Duration = Duration::from_mins(1);

/// Time between two looks.
const LOOK: Duration = Duration::from_millis(40);

/// A child process that does not outlive the test.
pub struct Guard(pub Child);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

impl Guard {
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.0.try_wait().unwrap()
    }
}

/// The program in its window, and a pair of eyes and hands. Fields are dropped in this order.
pub struct Desktop {
    pub program: Guard,
    _manager: Guard,
    _server: Guard,
    pub display: String,
    pub window: String,
    /// The program ended and started itself once more.
    pub is_started_anew: bool,
    pictures: PathBuf,
    num_pictures: usize,
}

pub fn wait<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(seen) = look() {
            return seen;
        }
        assert!(began.elapsed() < PATIENCE, "not seen in {PATIENCE:?}: {what}");
        std::thread::sleep(LOOK);
    }
}

/// Says which of the programs that every test here needs, and of these others, is not on this machine.
pub fn lacks(others: &[(&str, &str)]) -> bool {
    let tools = [("Xvfb", "-help"), ("openbox", "--version"), ("xdotool", "version"), ("import", "-version"), ("xclip", "-version")];
    let is_missing = |tool: &str, arg: &str| Command::new(tool).arg(arg).stdout(Stdio::null()).stderr(Stdio::null()).status().is_err();
    let missing = tools.iter().chain(others).find(|(tool, arg)| is_missing(tool, arg));
    if let Some((tool, _)) = missing {
        support::skip(&format!("no {tool}"));
    }
    missing.is_some()
}

/// Starts a program that says nothing.
pub fn start(command: &mut Command) -> Guard {
    Guard(command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap())
}

/// Starts a display of this size in pixels; its number comes from the server, so that several can stand side by side.
pub fn start_server(screen: &str) -> (Guard, String) {
    let mut server = Command::new("Xvfb");
    // No key repeats by itself: on a busy machine a tap would last long enough.
    server.args(["-displayfd", "1", "-screen", "0", &format!("{screen}x24"), "-nolisten", "tcp", "-noreset", "-r"]);
    let mut server = Guard(server.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap());
    let mut number = String::new();
    BufReader::new(server.0.stdout.take().unwrap()).read_line(&mut number).unwrap();
    assert!(!number.trim().is_empty(), "Xvfb gave no display");
    (server, format!(":{}", number.trim()))
}

impl Desktop {
    /// A draft in the program's window, nothing else on the display.
    pub fn open(draft: &Path, home: &Path) -> Self {
        Self::open_with(draft, home, |_| Vec::new())
    }

    /// The same after this has been done on the display; gives the program's further variables.
    pub fn open_with(draft: &Path, home: &Path, prepare: impl FnOnce(&str) -> Vec<(&'static str, String)>) -> Self {
        Self::open_by(Command::new(env!("CARGO_BIN_EXE_gouji")), draft, home, prepare)
    }

    /// The same, the program started by this command.
    pub fn open_by(mut program: Command, draft: &Path, home: &Path, prepare: impl FnOnce(&str) -> Vec<(&'static str, String)>) -> Self {
        std::fs::create_dir_all(home.join("XDG_RUNTIME_DIR")).unwrap();
        let (server, display) = start_server("1366x940");
        let manager = start(Command::new("openbox").env("DISPLAY", &display).env("HOME", home).stderr(Stdio::null()));
        let variables = prepare(&display);
        // Nothing of the user's own desktop: no session bus, no file dialogs, no helpers in PATH.
        program.env_clear().arg(draft).env("DISPLAY", &display).env("LIBGL_ALWAYS_SOFTWARE", "1").env("PATH", home).env("HOME", home);
        for name in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"] {
            program.env(name, home.join(name));
        }
        let program = start(program.envs(variables));
        // Tests run side by side, each on a thread of its name.
        let test = std::thread::current().name().unwrap_or("main").to_owned();
        let pictures = Path::new(env!("CARGO_TARGET_TMPDIR")).join("xvfb").join(test.replace("::", "-"));
        std::fs::create_dir_all(&pictures).unwrap();
        let mut desktop = Self {
            program,
            _manager: manager,
            _server: server,
            display,
            window: String::new(),
            is_started_anew: false,
            pictures,
            num_pictures: 0,
        };
        desktop.window = wait("the window", || {
            assert!(desktop.program.ended().is_none(), "the program ended before it had a window");
            desktop.window_called("--class", "^gouji$")
        });
        // High enough for all of table 三, even below a message.
        assert!(desktop.xdotool(["windowsize", &desktop.window, "1366", "880"]).is_some(), "the window keeps its size");
        desktop.has_keyboard(&desktop.window);
        desktop
    }

    /// A window that is to be seen.
    pub fn window_called(&self, by: &str, pattern: &str) -> Option<String> {
        self.xdotool(["search", "--onlyvisible", by, pattern]).and_then(|ids| ids.lines().next().map(str::to_owned))
    }

    /// Waits until keys go to this window.
    pub fn has_keyboard(&self, window: &str) {
        wait("the keyboard with the window", || self.xdotool(["getwindowfocus"]).filter(|id| *id == window));
    }

    /// Brings a window to the front.
    pub fn go_to_window(&self, window: &str) {
        assert!(self.xdotool(["windowactivate", window]).is_some(), "a window comes to the front");
        self.has_keyboard(window);
    }

    /// From chapter 1, where a draft opens, to the first cell of table 三.
    pub fn go_to_table_three(&mut self) {
        let opened = self.see("chapter-1", |picture| count(picture, palette().paper) > 100_000 && !has_question(picture));
        self.press("ctrl+Next");
        let second = self.see("chapter-2", |picture| *picture != opened && count(picture, palette().head) > 10_000);
        self.press("ctrl+Next");
        self.see("chapter-3", |picture| *picture != second && count(picture, palette().head) > 10_000);
    }

    pub fn xdotool<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Option<String> {
        let output = Command::new("xdotool").env("DISPLAY", &self.display).args(args).output().unwrap();
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Presses keys as a person would, one after another.
    pub fn press(&self, keys: &str) {
        assert!(self.xdotool(["key", "--delay", "30"].into_iter().chain(keys.split(' '))).is_some(), "xdotool key {keys}");
    }

    pub fn title(&self) -> String {
        self.xdotool(["getwindowname", &self.window]).unwrap_or_default()
    }

    /// Looks at the screen until the picture is as it should be, and keeps that picture, or the last one if it never was.
    pub fn see(&mut self, what: &str, mut is_so: impl FnMut(&RgbaImage) -> bool) -> RgbaImage {
        self.num_pictures += 1;
        let file = self.pictures.join(format!("{:02}-{what}.png", self.num_pictures));
        wait(&format!("{what}, see {}", file.display()), || {
            assert!(self.is_started_anew || self.program.ended().is_none(), "the program ended before {what}");
            let taken = Command::new("import").env("DISPLAY", &self.display).args(["-window", "root"]).arg(&file).status().unwrap();
            assert!(taken.success(), "no picture of the screen");
            let picture = image::open(&file).unwrap().into_rgba8();
            is_so(&picture).then_some(picture)
        })
    }

    pub fn saved(&self) {
        wait("a title without ●", || (!self.title().contains('●')).then_some(()));
    }

    /// Waits for a change, saves it and waits until it is on disk.
    pub fn save_change(&self) {
        wait("a title with ●", || self.title().contains('●').then_some(()));
        self.press("ctrl+s");
        self.saved();
    }

    pub fn clipboard(&self) -> String {
        let output = Command::new("xclip").env("DISPLAY", &self.display).args(["-o", "-selection", "clipboard"]).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    pub fn set_clipboard(&self, text: &str) {
        let mut xclip = Command::new("xclip");
        xclip.env("DISPLAY", &self.display).args(["-i", "-selection", "clipboard"]);
        let mut xclip = xclip.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        xclip.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        assert!(xclip.wait().unwrap().success(), "no text on the clipboard");
    }
}

/// Pixels of exactly this colour.
pub fn count(picture: &RgbaImage, colour: Color32) -> usize {
    rows(picture, colour).into_iter().map(|(_, count)| count).sum()
}

/// Rows of the picture with pixels of this colour, and how many.
pub fn rows(picture: &RgbaImage, colour: Color32) -> Vec<(usize, usize)> {
    let of_row = |row: image::buffer::Pixels<'_, _>| row.filter(|pixel: &&image::Rgba<u8>| pixel.0 == colour.to_array()).count();
    picture.rows().map(of_row).enumerate().filter(|(_, count)| *count > 0).collect()
}

/// A question stands in front: everything behind it is dimmed, so that no pixel has the colour of the desk.
pub fn has_question(picture: &RgbaImage) -> bool {
    // Some edge of a pale letter may happen to have the colour.
    count(picture, palette().desk) < 50
}

/// What the draft file holds in this cell, as JSON; empty where it is blank.
pub fn figure_on_disk(draft: &str, key: &str) -> String {
    let said = support::gouji(&["show", draft, "--format", "json"]);
    let shown: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    shown["cells"][key].to_string()
}
