//! `gouji`: no arguments, or a draft or a report of any kind alone, open the window, everything else is a command.
//!
//! On Windows it is a windowed program, without a console behind its window; for the command line `gouji.com` lies beside it,
//! see `launcher.rs`.
#![cfg_attr(windows, windows_subsystem = "windows")]

use std::alloc::System;
use std::ffi::OsString;
use std::io;
use std::panic::{self, PanicHookInfo};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use gouji::read::{SourceKind, apart};

/// Counts what is in use, so that the child that reads files from elsewhere can be held to a measure; no measure otherwise.
#[global_allocator]
static MEMORY: cap::Cap<System> = cap::Cap::new(System, usize::MAX);

fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().collect();
    if let [_, argument, kind] = args.as_slice()
        && argument == apart::ARGUMENT
    {
        return read_apart(&kind.to_string_lossy());
    }
    panic::set_hook(Box::new(on_panic));
    match std::env::current_exe() {
        Ok(program) => apart::use_program(program),
        Err(err) => note(&format!("找不到程序自身的位置，外来文件在本进程里读：{err}")),
    }
    let code = panic::catch_unwind(|| match Wanted::from(args.get(1..).unwrap_or_default()) {
        Some(wanted) => open_window(wanted),
        None => gouji::cli::run(args, &mut io::stdout().lock(), &mut io::stderr().lock()),
    });
    ExitCode::from(u8::try_from(code.unwrap_or(2)).unwrap_or(2))
}

/// The child's whole life: see `read::apart`.
fn read_apart(kind: &str) -> ExitCode {
    if MEMORY.set_limit(apart::MAX_MEMORY).is_err() {
        return ExitCode::from(2);
    }
    ExitCode::from(apart::serve(kind, &mut io::stdin().lock(), &mut io::stdout().lock()))
}

/// Puts on disk what was typed, then says what happened. Only where: the panic's own words may quote the report.
fn on_panic(info: &PanicHookInfo<'_>) {
    let kept = match gouji::store::flush_all() {
        Ok(()) => "窗口里没有保存的改动已经存盘，重新打开勾稽时可以恢复".to_owned(),
        Err(trouble) => format!("窗口里最后的改动没能存盘：{}", trouble.reason),
    };
    let place = info.location().map_or_else(String::new, ToString::to_string);
    note(&format!("勾稽出了内部错误，没有做完。文件没有写坏；{kept}。出错的位置：{place}"));
    #[cfg(feature = "gui")]
    restart::remember(place);
}

/// What the arguments ask of the window: `[--renderer gl|cpu] [--forms DIR] [DRAFT]`.
#[derive(Clone, Default)]
#[cfg_attr(not(feature = "gui"), expect(dead_code, reason = "there is no window to open"))]
struct Wanted {
    renderer: Option<OsString>,
    forms: Option<PathBuf>,
    /// A draft, its backup, a report of any office, which is shown with an account of every cell, or a folder, which is a county.
    draft: Option<PathBuf>,
    /// More of these: each gets a window of its own.
    others: Vec<PathBuf>,
}

impl Wanted {
    /// Nothing where the arguments are a command.
    fn from(args: &[OsString]) -> Option<Self> {
        match args {
            [] => Some(Self::default()),
            [option, name, rest @ ..] if option == "--renderer" => Some(Self { renderer: Some(name.clone()), ..Self::from(rest)? }),
            [option, folder, rest @ ..] if option == "--forms" => Some(Self { forms: Some(folder.into()), ..Self::from(rest)? }),
            files => {
                let mut files = files.iter().map(PathBuf::from);
                if !files.clone().all(|file| is_shown(&file)) {
                    return None;
                }
                Some(Self { draft: files.next(), others: files.collect(), ..Self::default() })
            }
        }
    }

    /// The same, as arguments for a program started anew.
    #[cfg(feature = "gui")]
    fn args(self) -> Vec<OsString> {
        let option = |name: &str, value: Option<OsString>| value.map_or_else(Vec::new, |value| vec![name.into(), value]);
        let mut args = option("--renderer", self.renderer);
        args.extend(option("--forms", self.forms.map(PathBuf::into_os_string)));
        args.extend(self.draft.map(PathBuf::into_os_string));
        args
    }
}

/// A file or folder that a window shows.
fn is_shown(path: &Path) -> bool {
    let is_backup = path.extension().is_some_and(|ending| ending == gouji::store::BACKUP_ENDING);
    // A folder that is named as a command is, is asked for as `./check`.
    let is_county = path.is_dir() && !path.as_os_str().as_encoded_bytes().iter().all(u8::is_ascii_lowercase);
    is_backup || is_county || gouji::store::is_draft_name(path) || SourceKind::of(path).is_some()
}

#[cfg(feature = "gui")]
fn open_window(mut wanted: Wanted) -> i32 {
    use gouji::ui::{Opening, Renderer};

    let renderer = match &wanted.renderer {
        None => Renderer::of_desktop(),
        Some(name) => match Renderer::named(&name.to_string_lossy()) {
            Some(renderer) => renderer,
            None => return fail("--renderer 后面写 gl（用显卡）或 cpu（不用显卡）"),
        },
    };
    let opening = match restart::after_panic() {
        Some(place) => {
            restart::wait_for_the_one_before();
            Opening::AfterPanic(place)
        }
        None => wanted.draft.clone().map_or(Opening::Start, Opening::Draft),
    };
    let catalog = match gouji::store::catalog(wanted.forms.as_deref()) {
        Ok(catalog) => catalog,
        Err(err) => return fail(&err.to_string()),
    };
    let others = std::mem::take(&mut wanted.others);
    if !has_display() {
        let each = std::iter::once(wanted.draft.clone()).chain(others.into_iter().map(Some));
        return each.map(|draft| without_display(Wanted { draft, ..wanted.clone() })).max().unwrap_or_default();
    }
    for draft in others {
        if let Err(err) = restart::beside(Wanted { draft: Some(draft.clone()), ..wanted.clone() }) {
            note(&format!("没有能再开一个窗口：{err}；文件：{}", draft.display()));
        }
    }
    match panic::catch_unwind(panic::AssertUnwindSafe(|| gouji::ui::run(catalog, opening, renderer))) {
        Ok(Ok(())) => 0,
        Err(_told_by_the_hook) => restart::again(wanted),
        // One process can make one window; the next one paints without the graphics card.
        Ok(Err(why)) if why.is_graphics && wanted.renderer.is_none() => {
            restart::start(Wanted { renderer: Some("cpu".into()), ..wanted }, None)
        }
        Ok(Err(why)) => {
            let why = why.to_string();
            rfd::MessageDialog::new().set_level(rfd::MessageLevel::Error).set_title("勾稽").set_description(&why).show();
            fail(&why)
        }
    }
}

/// The program is started once more: after a panic, on its start screen, where what was typed is offered; or to paint otherwise.
#[cfg(feature = "gui")]
mod restart {
    use std::io;
    use std::process::{ChildStdin, Command, Stdio};
    use std::sync::OnceLock;

    use super::Wanted;

    /// Tells the program started anew where the one before panicked.
    const VARIABLE: &str = "GOUJI_AFTER_PANIC";

    static PLACE: OnceLock<String> = OnceLock::new();

    /// Open as long as this process lives: how the next one knows when it has ended.
    static HELD: OnceLock<Option<ChildStdin>> = OnceLock::new();

    /// Waits until the program before this one has ended and holds its journals no longer.
    pub fn wait_for_the_one_before() {
        // What cannot be read is not held by anybody either.
        let _ended = io::copy(&mut io::stdin(), &mut io::sink());
    }

    /// Keeps the place of the first panic.
    pub fn remember(place: String) {
        PLACE.get_or_init(|| place);
    }

    /// Where the program before this one panicked, if that is why this one was started.
    pub fn after_panic() -> Option<String> {
        std::env::var(VARIABLE).ok()
    }

    /// Starts the program anew, unless it was started for that already: nobody is to watch it die for ever.
    pub fn again(wanted: Wanted) -> i32 {
        if after_panic().is_none() {
            let place = PLACE.get().map_or("", String::as_str);
            start(Wanted { draft: None, ..wanted }, Some(place));
        }
        2
    }

    /// Opens one more window.
    pub fn beside(wanted: Wanted) -> io::Result<()> {
        Command::new(std::env::current_exe()?).args(wanted.args()).stdin(Stdio::null()).spawn().map(|_its_own_master| ())
    }

    /// Starts the program with a window like this; after a panic there, if it was one.
    pub fn start(wanted: Wanted, place: Option<&str>) -> i32 {
        let started = std::env::current_exe().and_then(|program| {
            let mut command = Command::new(program);
            command.args(wanted.args()).envs(place.map(|place| (VARIABLE, place))).stdin(Stdio::piped());
            command.spawn()
        });
        let held = started.map(|mut its_own_master| HELD.set(its_own_master.stdin.take()));
        held.map_or_else(|err| super::fail(&format!("没有能重新打开勾稽：{err}")), |_once| 0)
    }
}

/// A desktop that a window can be opened on. Elsewhere than on X11 and Wayland there always is one.
#[cfg(feature = "gui")]
fn has_display() -> bool {
    let names = ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"];
    !cfg!(all(unix, not(target_os = "macos"))) || names.iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// The same job without a window: the draft is checked and exported into the folder for temporary files.
#[cfg(feature = "gui")]
fn without_display(Wanted { draft, forms, .. }: Wanted) -> i32 {
    let Some(draft) = draft else { return fail("没有图形桌面，不能打开窗口；可用的命令见 gouji --help") };
    if SourceKind::of(&draft).is_some() || draft.is_dir() {
        note("没有图形桌面，不打开窗口，改为核对这份报告：");
        let args = ["gouji".into(), "check".into(), draft.into_os_string()];
        return gouji::cli::run(args, &mut io::stdout().lock(), &mut io::stderr().lock());
    }
    note("没有图形桌面，不打开窗口，改为核对并导出这份草稿：");
    let forms: Vec<OsString> = forms.map_or_else(Vec::new, |forms| vec!["--forms".into(), forms.into()]);
    let name = draft.with_extension("xlsx");
    let output = std::env::temp_dir().join(name.file_name().unwrap_or_default());
    let command = |words: &[&std::ffi::OsStr]| {
        let args = std::iter::once(OsString::from("gouji")).chain(words.iter().map(OsString::from)).chain(forms.clone());
        gouji::cli::run(args, &mut io::stdout().lock(), &mut io::stderr().lock())
    };
    let checked = command(&["check".as_ref(), draft.as_ref()]);
    let exported = command(&["export".as_ref(), draft.as_ref(), "-o".as_ref(), output.as_ref()]);
    checked.max(exported)
}

#[cfg(not(feature = "gui"))]
fn open_window(_wanted: Wanted) -> i32 {
    fail("这个程序没有带窗口；可用的命令见 gouji --help")
}

#[expect(clippy::print_stderr, reason = "the program's own edge")]
fn note(words: &str) {
    eprintln!("{words}");
}

#[expect(clippy::print_stderr, reason = "the program's own edge")]
fn fail(why: &str) -> i32 {
    eprintln!("{why}");
    2
}
