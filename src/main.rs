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
            draft.extension().is_some_and(|ending| ending == "gouji").then_some((Some(draft), forms))
        }
        _ => None,
    }
}

// To be replaced by `gouji::ui::run(draft, forms)` once the window is merged.
#[cfg(feature = "gui")]
fn open_window(draft: Option<PathBuf>, forms: Option<PathBuf>) -> i32 {
    drop((draft, forms));
    no_window()
}

#[cfg(not(feature = "gui"))]
fn open_window(_draft: Option<PathBuf>, _forms: Option<PathBuf>) -> i32 {
    no_window()
}

#[expect(clippy::print_stderr, reason = "the program's own edge")]
fn no_window() -> i32 {
    eprintln!("这个程序没有带窗口；可用的命令见 gouji --help");
    2
}
