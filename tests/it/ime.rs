//! Pinyin through a real input method: fcitx5 types into a cell and into a text. It takes a session bus and half a minute,
//! so it runs only with `GOUJI_LONG=1`.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::desktop::{self, Desktop, figure_on_disk, wait};
use crate::support;

/// Pinyin is on from the start.
const FILES: [(&str, &str); 2] = [
    (
        "profile",
        "[Groups/0]\nName=Default\nDefault Layout=us\nDefaultIM=pinyin\n[Groups/0/Items/0]\nName=pinyin\nLayout=\n[GroupOrder]\n0=Default\n",
    ),
    ("config", "[Behavior]\nActiveByDefault=True\n"),
];

/// The window with the candidates is to be seen.
fn is_composing(desktop: &Desktop) -> bool {
    desktop.window_called("--name", "^Fcitx5 Input Window$").is_some()
}

/// Types a letter until it is composed: the input method takes a moment to turn to a text field.
fn compose(desktop: &mut Desktop, letter: &str) {
    wait("a composition", || {
        desktop.press(letter);
        std::thread::sleep(Duration::from_millis(500));
        if is_composing(desktop) {
            return Some(());
        }
        desktop.press("BackSpace");
        None
    });
    desktop.see("composing", |_| true);
}

#[test]
fn pinyin_writes_texts_and_never_moves_a_cell() {
    compose_in_a_window(&[]);
}

#[test]
fn pinyin_in_a_window_painted_by_the_processor() {
    compose_in_a_window(&["--renderer", "cpu"]);
}

fn compose_in_a_window(args: &[&str]) {
    if std::env::var_os("GOUJI_LONG").is_none() {
        println!("skipped: needs an input method and half a minute; GOUJI_LONG=1 runs it");
        return;
    }
    if desktop::lacks(&[("dbus-daemon", "--version"), ("xprop", "-version"), ("fcitx5", "--version")]) {
        return;
    }
    let folder = support::folder();
    let home = folder.path().join("home");
    let draft = support::new_draft(&folder, "报告.gouji", "某市人民政府", 2025, &[]);
    let mut helpers = Vec::new();
    let mut program = Command::new(env!("CARGO_BIN_EXE_gouji"));
    program.args(args);
    let mut desktop = Desktop::open_by(program, Path::new(&draft), &home, |display| {
        let settings = home.join("im/fcitx5");
        std::fs::create_dir_all(&settings).unwrap();
        for (name, text) in FILES {
            support::put(&settings.join(name), text.as_bytes());
        }
        let bus = format!("unix:path={}", home.join("bus").display());
        helpers.push(desktop::start(Command::new("dbus-daemon").args(["--session", "--nofork", "--address", &bus])));
        wait("the session bus", || home.join("bus").exists().then_some(()));
        let with_bus = |program: &str| {
            let mut command = Command::new(program);
            command.env("DISPLAY", display).env("HOME", &home).env("XDG_CONFIG_HOME", home.join("im"));
            command.env("DBUS_SESSION_BUS_ADDRESS", &bus).env("LC_ALL", "C.UTF-8").stderr(Stdio::null());
            command
        };
        helpers.push(desktop::start(&mut with_bus("fcitx5")));
        // The display says who composes for its windows.
        wait("the input method", || {
            let said = with_bus("xprop").args(["-root", "XIM_SERVERS"]).output().unwrap();
            String::from_utf8_lossy(&said.stdout).contains("fcitx").then_some(())
        });
        vec![("XMODIFIERS", "@im=fcitx".to_owned()), ("LC_ALL", "C.UTF-8".to_owned())]
    });
    desktop.go_to_table_three();

    // Digits arrive as digits with the input method on, and Enter moves down.
    desktop.press("1 2 Return");
    desktop.save_change();
    assert_eq!(figure_on_disk(&draft, "new.nat"), "12");
    // In a cell being edited a letter is composed; Enter gives it to the cell and stays there, so that 7 joins it.
    desktop.press("F2");
    compose(&mut desktop, "e");
    desktop.press("Return");
    wait("the letter in the cell", || (!is_composing(&desktop)).then_some(()));
    desktop.see("committed", |_| true);
    desktop.press("7 Return");
    desktop.save_change();
    assert_eq!(figure_on_disk(&draft, "carry_in.nat"), r#"{"invalid":"e7"}"#);
    assert_eq!(figure_on_disk(&draft, "open.nat"), "null");

    desktop.press("ctrl+Next ctrl+Next");
    desktop.see("chapter-5", |picture| desktop::count(picture, gouji::ui::theme::palette().paper) > 200_000);
    compose(&mut desktop, "z");
    desktop.press("h e n g f u space x i n x i space g o n g k a i space");
    let text = wait("政府信息公开 in the draft", || {
        desktop.press("ctrl+s");
        let said = support::gouji(&["show", &draft, "--format", "json"]);
        let shown: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        shown["sections"]["5"].as_str().map(str::to_owned).filter(|text| text.chars().count() >= 6)
    });
    assert_eq!(text, "政府信息公开");
    desktop.see("typed", |_| true);
}
