//! `gouji`: no arguments or a draft alone open the window, everything else is a command.
//!
//! On Windows the program stays in the console subsystem. As a windowed program it could not write to the console it was
//! started from without attaching to it, and that takes unsafe code.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().collect();
    let code = match wanted_window(args.get(1..).unwrap_or_default()) {
        Some((draft, forms)) => open_window(draft, forms),
        None => gouji::cli::run(args, &mut io::stdout().lock(), &mut io::stderr().lock()),
    };
    ExitCode::from(u8::try_from(code).unwrap_or(2))
}

/// The draft and the folder of forms, where the arguments ask for the window: `[--forms DIR] [DRAFT.gouji]`.
fn wanted_window(args: &[OsString]) -> Option<(Option<PathBuf>, Option<PathBuf>)> {
    let (forms, rest) = match args {
        [option, folder, rest @ ..] if option == "--forms" => (Some(PathBuf::from(folder)), rest),
        rest => (None, rest),
    };
    match rest {
        [] => Some((None, forms)),
        [draft] => {
            let draft = PathBuf::from(draft);
            let is_draft = draft.extension().is_some_and(|ending| ending == "gouji" || ending == "bak");
            is_draft.then_some((Some(draft), forms))
        }
        _ => None,
    }
}

#[cfg(feature = "gui")]
fn open_window(draft: Option<PathBuf>, forms: Option<PathBuf>) -> i32 {
    use gouji::ui::Opening;

    let catalog = match gouji::store::catalog(forms.as_deref()) {
        Ok(catalog) => catalog,
        Err(err) => return fail(&err.to_string()),
    };
    if !has_display() {
        return without_display(draft, forms);
    }
    match gouji::ui::run(catalog, draft.map_or(Opening::Start, Opening::Draft)) {
        Ok(()) => 0,
        Err(why) => {
            rfd::MessageDialog::new().set_level(rfd::MessageLevel::Error).set_title("勾稽").set_description(&why).show();
            fail(&why)
        }
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
fn without_display(draft: Option<PathBuf>, forms: Option<PathBuf>) -> i32 {
    let Some(draft) = draft else { return fail("没有图形桌面，不能打开窗口；可用的命令见 gouji --help") };
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
fn open_window(_draft: Option<PathBuf>, _forms: Option<PathBuf>) -> i32 {
    fail("这个程序没有带窗口；可用的命令见 gouji --help")
}

#[cfg(feature = "gui")]
#[expect(clippy::print_stderr, reason = "the program's own edge")]
fn note(words: &str) {
    eprintln!("{words}");
}

#[expect(clippy::print_stderr, reason = "the program's own edge")]
fn fail(why: &str) -> i32 {
    eprintln!("{why}");
    2
}
