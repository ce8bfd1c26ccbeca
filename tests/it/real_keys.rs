//! The key scripts marked `real: yes`, through the window with real keys. What the program has is read from the draft file;
//! where the focus is, is seen by typing a figure.

use std::collections::BTreeMap;
use std::path::Path;

use gouji::form::Form;
use gouji::model::Totals;

use crate::desktop::{self, Desktop, figure_on_disk, wait};
use crate::fewest::Task;
use crate::stage;
use crate::support;

/// Typed to see where the focus is.
const MARKER: &str = "90210";

#[test]
fn the_most_important_key_scripts_in_a_real_window() {
    if desktop::lacks(&[]) {
        return;
    }
    let mut num_cases = 0;
    for (_, text) in stage::case_files("keys") {
        for (name, body) in stage::cases(&text) {
            if body.lines().any(|line| line.trim() == "real: yes") {
                println!("{name}");
                run_case(&body);
                num_cases += 1;
            }
        }
    }
    println!("{num_cases} key scripts in a real window");
    assert!(num_cases >= 10);
}

/// Both reports, whole, both ways of totals: the keys that `fewest` counts, as a hand presses them.
#[test]
fn whole_reports_are_typed_in_a_real_window() {
    if desktop::lacks(&[]) {
        return;
    }
    for (name, totals) in [("007", Totals::Typed), ("007", Totals::Computed), ("016", Totals::Typed), ("016", Totals::Computed)] {
        let task = Task::of(name);
        let folder = support::folder();
        let draft = support::new_draft(&folder, "报告.gouji", "某县某局", 2025, &[]);
        let mut desktop = Desktop::open(Path::new(&draft), &folder.path().join("home"));
        desktop.go_to_table_three();
        if totals == Totals::Computed {
            desktop.press("ctrl+t");
        }
        // Back to 表二, where the tables begin.
        desktop.press("ctrl+Prior");
        let mut num_keys = 0;
        for place in 0..task.form.tables.len() {
            let keys = task.keys(place, totals);
            desktop.press("ctrl+Home");
            for key in &keys {
                press(&desktop, key);
            }
            desktop.press("ctrl+Next");
            num_keys += crate::fewest::count(&keys);
        }
        desktop.save_change();
        let said = support::gouji(&["show", draft.as_str(), "--format", "json"]);
        let shown: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        let table = task.figures.iter().map(|(id, text)| (&task.form.cell(*id).key, text)).filter(|(key, _)| !key.contains("fee"));
        let stands = |key: &str| shown["cells"][key].to_string();
        let wrong: Vec<_> = table.map(|(key, text)| (key, text, stands(key))).filter(|(_, text, is)| *text != is).collect();
        assert!(wrong.is_empty(), "{name} {totals:?}: {wrong:?}");
        println!("{name} {totals:?}: {num_keys} real keys");
    }
}

fn run_case(body: &str) {
    let folder = support::folder();
    let form = support::catalog().for_year(2025).unwrap();
    let lines: Vec<(&str, &str)> = body.lines().filter_map(|line| line.split_once(':')).map(|(what, rest)| (what, rest.trim())).collect();
    let given = lines.iter().filter(|(what, _)| *what == "given").flat_map(|(_, pairs)| pairs.split_whitespace());
    // What is given later counts.
    let given: BTreeMap<String, String> = given.flat_map(|pair| assignments(&form, pair)).collect();
    let given: Vec<String> = given.into_iter().map(|(key, figure)| format!("{key}={figure}")).collect();
    let draft = support::new_draft(&folder, "报告.gouji", "某县某局", 2025, &given);
    let mut desktop = Desktop::open(Path::new(&draft), &folder.path().join("home"));
    desktop.go_to_table_three();
    // Only what comes after the last keys: the figure typed to see it would be in the way of undo and redo.
    let last_focus = lines.iter().rev().take_while(|(what, _)| *what != "keys").find(|(what, _)| *what == "focus").map(|(_, key)| *key);
    for (what, rest) in &lines {
        match *what {
            "at" => go_to(&desktop, &form, rest),
            "keys" => rest.split_whitespace().for_each(|token| press(&desktop, token)),
            "cells" => {
                for (key, figure) in rest.split_whitespace().filter_map(|pair| pair.split_once('=')) {
                    is_saved(&desktop, &draft, key, if figure.is_empty() { "null" } else { figure });
                }
            }
            "copied" => {
                let wanted = unescaped(rest);
                wait("the copied text", || (desktop.clipboard() == wanted).then_some(()));
            }
            _ => {}
        }
    }
    if let Some(key) = last_focus {
        press(&desktop, MARKER);
        desktop.press("Return");
        is_saved(&desktop, &draft, key, MARKER);
    }
}

/// Saves until this figure is on disk: the window takes its time.
fn is_saved(desktop: &Desktop, draft: &str, key: &str, figure: &str) {
    wait(&format!("{key} is {figure}, saved"), || {
        desktop.press("ctrl+s");
        (figure_on_disk(draft, key) == figure).then_some(())
    });
}

fn assignments(form: &Form, pair: &str) -> Vec<(String, String)> {
    match pair.split_once('=').unwrap() {
        ("all", figure) => form.cells().map(|(_, cell)| (cell.key.to_string(), figure.to_owned())).collect(),
        (key, figure) => vec![(key.to_owned(), figure.to_owned())],
    }
}

fn unescaped(text: &str) -> String {
    text.replace("\\t", "\t").replace("\\n", "\n")
}

/// From the first cell of table 三 to this one.
fn go_to(desktop: &Desktop, form: &Form, key: &str) {
    let table = &form.tables[1];
    let (line, column) = key.split_once('.').unwrap();
    let row = table.lines.iter().position(|(name, _)| **name == *line).unwrap();
    let column = table.columns.iter().position(|name| **name == *column).unwrap();
    let keys = [vec!["ctrl+Home"], vec!["Down"; row], vec!["Right"; column]].concat();
    desktop.press(&keys.join(" "));
}

/// A script's word as real keys.
fn press(desktop: &Desktop, token: &str) {
    let inside = |before: &str, after: &str| token.strip_prefix(before).and_then(|token| token.strip_suffix(after));
    if let Some(text) = inside("paste(", ")") {
        desktop.set_clipboard(&unescaped(text));
        desktop.press("ctrl+v");
    } else if let Some(text) = inside("<", ">").or_else(|| token.parse::<f64>().is_ok().then_some(token)) {
        assert!(desktop.xdotool(["type", "--delay", "30", text]).is_some(), "xdotool type {text}");
    } else {
        let (modifiers, name) = token.rsplit_once('+').map_or(("", token), |(modifiers, name)| (modifiers, name));
        let name = match name {
            "Enter" => "Return",
            "Esc" => "Escape",
            "Space" => "space",
            "PageUp" => "Prior",
            "PageDown" => "Next",
            // A letter in capitals would be typed with Shift.
            name if name.len() == 1 => &name.to_lowercase(),
            name => name,
        };
        let modifiers = if modifiers.is_empty() { String::new() } else { modifiers.to_lowercase() + "+" };
        desktop.press(&format!("{modifiers}{name}"));
    }
}
