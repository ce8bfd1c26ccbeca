//! What the system sees of the built program: no connection to anything but this machine's own desktop, and what is on
//! disk and on screen after a panic.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use gouji::store::{Home, RealDisk, left_behind};
use gouji::ui::theme::palette;

use crate::desktop::{self, Desktop, count, has_question, wait};
use crate::support::{self, arg, catalog};

/// The program strace, if this machine has it and lets it look.
fn strace() -> Option<PathBuf> {
    let found = std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join("strace")).find(|path| path.is_file());
    let works = |path: &PathBuf| {
        let tried = Command::new(path).args(["-o", "/dev/null", "true"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
        tried.is_ok_and(|status| status.success())
    };
    let found = found.filter(works);
    if found.is_none() {
        support::skip("no strace that works here");
    }
    found
}

/// What was connected to or listened on: `AF_UNIX @"/tmp/.X11-unix/X99"`.
fn connections(trace: &Path) -> BTreeSet<String> {
    let trace = std::fs::read_to_string(trace).unwrap();
    assert!(trace.contains("exited with"), "the program was watched to its end");
    let calls = ["connect(", "bind(", "listen(", "sendto("];
    let lines = trace.lines().filter(|line| calls.iter().any(|call| line.contains(call)) && line.contains("sa_family="));
    let address = |line: &str| {
        let (_, rest) = line.split_once("sa_family=").unwrap();
        rest.split('}').next().unwrap().replace(", sun_path=", " ")
    };
    lines.map(address).collect()
}

#[test]
fn a_whole_session_of_commands_connects_to_nothing() {
    let Some(strace) = strace() else { return };
    let folder = support::folder();
    let (draft, trace) = (arg(&folder, "年报.gouji"), folder.path().join("trace"));
    let sessions: [&[&str]; 5] = [
        &["new", "--agency", "测试局", "--year", "2025", "-o", &draft],
        &["set", &draft, "new.nat=3"],
        &["check", &draft],
        &["export", &draft, "-o", &arg(&folder, "年报.xlsx")],
        &["show", &draft, "--format", "json"],
    ];
    for args in sessions {
        let mut command = Command::new(&strace);
        command.args(["-f", "-s", "200", "-e", "trace=%network", "-o"]).arg(&trace).arg(env!("CARGO_BIN_EXE_gouji")).args(args);
        let output = command.output().unwrap();
        assert!(output.status.code().is_some_and(|code| code < 2), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(connections(&trace), BTreeSet::new(), "{args:?}");
    }
}

#[test]
fn a_whole_session_in_the_window_connects_to_the_desktop_alone() {
    let Some(strace) = strace() else { return };
    if desktop::lacks(&[]) {
        return;
    }
    let folder = support::folder();
    let draft = support::new_draft(&folder, "年报.gouji", "测试局", 2025, &[]);
    let trace = folder.path().join("trace");
    let mut watched = Command::new(strace);
    watched.args(["-f", "-s", "200", "-e", "trace=%network", "-o"]).arg(&trace).arg(env!("CARGO_BIN_EXE_gouji"));
    let home = folder.path().join("home");
    let mut desktop = Desktop::open_by(watched, Path::new(&draft), &home, |_| Vec::new());
    desktop.go_to_table_three();
    desktop.press("1 2 Return");
    desktop.save_change();
    desktop.press("ctrl+e");
    desktop.see("export", has_question);
    desktop.press("Return");
    wait("the file", || support::names(folder.path()).join(" ").contains(".docx").then_some(()));
    desktop.see("exported", |picture| !has_question(picture));
    desktop.press("alt+F4");
    wait("the end of the program", || desktop.program.ended());
    let all = connections(&trace);
    println!("a session in the window connects to: {all:?}");
    let display = format!("AF_UNIX @\"/tmp/.X11-unix/X{}\"", desktop.display.trim_start_matches(':'));
    assert!(all.contains(&display) || all.contains(&display.replace('@', "")), "{all:?}");
    // Besides the display: the session bus, on which screen readers and the system's file dialogs are reached, and the
    // system's own cache of user names, which X11's and Mesa's libraries ask.
    let is_local = |address: &&String| ["/.X11-unix/X", "/bus\"", "/nscd/socket\""].iter().any(|known| address.contains(known));
    let others: Vec<_> = all.iter().filter(|address| !address.starts_with("AF_UNIX ") || !is_local(address)).collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn a_panic_keeps_what_was_typed_and_the_next_window_offers_it() {
    if desktop::lacks(&[]) || !cfg!(debug_assertions) {
        return;
    }
    let folder = support::folder();
    let draft = support::new_draft(&folder, "年报.gouji", "测试局", 2025, &[]);
    let (alarm, home) = (folder.path().join("alarm"), folder.path().join("home"));
    let variable = ("GOUJI_PANIC", alarm.to_str().unwrap().to_owned());
    let mut desktop = Desktop::open_with(Path::new(&draft), &home, |_| vec![variable]);
    desktop.go_to_table_three();
    desktop.press("1 2 Return");
    wait("a title with ●", || desktop.title().contains('●').then_some(()));
    let before = std::fs::read(&draft).unwrap();
    support::put(&alarm, b"");
    desktop.press("Right");
    let status = wait("the end of the program", || desktop.program.ended());
    assert_eq!(status.code(), Some(2));
    assert_eq!(std::fs::read(&draft).unwrap(), before, "the draft's file is as it was");
    let own = Home { disk: Arc::new(RealDisk), folder: home.join("XDG_DATA_HOME").join("gouji") };
    let left = left_behind(&own, &catalog(), jiff::Timestamp::now());
    let replay = &left[0].found.as_ref().unwrap().replay;
    assert_eq!(replay.draft.entry(replay.form.cell_by_key("new.nat").unwrap()).value(), Some(12));
    // The program started itself once more.
    desktop.window = wait("the next window", || desktop.window_called("--class", "^gouji$"));
    desktop.is_started_anew = true;
    desktop.see("offered", |picture| count(picture, palette().warning_tint) > 5_000 && count(picture, palette().error_tint) > 5_000);
    assert!(desktop.xdotool(["windowclose", &desktop.window]).is_some());
}
