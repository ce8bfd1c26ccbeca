//! A whole table 三 from the window of Calc (of `LibreOffice`) into the program's window, and back into an empty sheet. Two foreign
//! windows take their time, so it runs only with `GOUJI_LONG=1`.

use std::path::Path;
use std::process::Command;

use crate::desktop::{self, Desktop, Guard, figure_on_disk, wait};
use crate::fewest::{CALC_KEYS, OUR_KEYS, Task};
use crate::support;

/// Figures that are all different, with blanks and zeros among them; never blank at the edge, where Calc would not select.
fn figures(num_rows: usize, num_columns: usize) -> Vec<Vec<String>> {
    let figure = |row: usize, column: usize| match (row * num_columns + column) % 11 {
        3 if (1..num_columns - 1).contains(&column) => String::new(),
        5 => "0".to_owned(),
        _ => (row * 1000 + column * 7 + 1).to_string(),
    };
    (0..num_rows).map(|row| (0..num_columns).map(|column| figure(row, column)).collect()).collect()
}

fn joined(figures: &[Vec<String>], between: &str) -> String {
    figures.iter().map(|row| row.join(between) + "\n").collect()
}

/// Calc on this file, as a person has it open; nothing if it was installed without windows.
fn open_calc(desktop: &Desktop, home: &Path, sheet: &Path) -> Option<(Guard, String)> {
    let profile = format!("-env:UserInstallation=file://{}", home.join("calc").display());
    let mut calc = Command::new("soffice");
    // The plain window system: no toolkit, no session bus.
    calc.env("DISPLAY", &desktop.display).env("HOME", home).env("SAL_USE_VCLPLUGIN", "gen").env_remove("DBUS_SESSION_BUS_ADDRESS");
    calc.args(["--calc", "--norestore", "--nologo", "--nofirststartwizard", "--infilter=CSV:44,34,76,1", &profile]).arg(sheet);
    let mut calc = desktop::start(calc.stderr(std::process::Stdio::null()));
    let pattern = sheet.file_name().unwrap().to_str().unwrap();
    let window = wait("Calc's window", || {
        // An empty name: it ended without ever having had a window.
        desktop.window_called("--name", pattern).or_else(|| calc.ended().map(|_| String::new()))
    });
    (!window.is_empty()).then_some((calc, window))
}

#[test]
fn tables_go_from_calc_to_the_program_and_back() {
    if std::env::var_os("GOUJI_LONG").is_none() {
        println!("skipped: takes minutes; GOUJI_LONG=1 runs it");
        return;
    }
    if desktop::lacks(&[("soffice", "--version")]) {
        return;
    }
    for form in support::catalog().forms() {
        let folder = support::folder();
        let home = folder.path().join("home");
        let (year, table) = (form.years.0, &form.tables[1]);
        assert_eq!(table.columns.len(), 7);
        let num_rows = table.lines.len();
        let figures = figures(num_rows, 7);
        let sheet = folder.path().join("calc.csv");
        gouji::store::write_output(&gouji::store::RealDisk, &sheet, joined(&figures, ",").as_bytes()).unwrap();
        let draft = support::new_draft(&folder, "报告.gouji", "某市人民政府", year, &[]);
        let mut desktop = Desktop::open(Path::new(&draft), &home);
        desktop.go_to_table_three();

        let Some((mut calc, calc_window)) = open_calc(&desktop, &home, &sheet) else {
            support::skip("this LibreOffice has no windows");
            return;
        };
        desktop.has_keyboard(&calc_window);
        let copied = wait("the sheet on the clipboard", || {
            desktop.press("ctrl+Home ctrl+shift+End ctrl+c");
            Some(desktop.clipboard()).filter(|text| text.lines().count() == num_rows)
        });
        assert_eq!(copied, joined(&figures, "\t"));

        let ours = desktop.window.clone();
        desktop.go_to_window(&ours);
        desktop.press("ctrl+v");
        desktop.save_change();
        desktop.see(&format!("pasted-{year}"), |picture| !desktop::has_question(picture));
        for ((line, _), row) in table.lines.iter().zip(&figures) {
            for (column, figure) in table.columns.iter().zip(row) {
                let wanted = if figure.is_empty() { "null" } else { figure };
                assert_eq!(figure_on_disk(&draft, &format!("{line}.{column}")), wanted, "{line}.{column}");
            }
        }

        // Back into the same sheet, emptied: Calc asks how to read plain text, and in which format to save.
        desktop.set_clipboard("nothing of Calc's any more");
        desktop.press("ctrl+a ctrl+c");
        wait("the table on the clipboard", || {
            let text = desktop.clipboard();
            (text.trim_end() == joined(&figures, "\t").trim_end()).then_some(())
        });
        desktop.go_to_window(&calc_window);
        desktop.press("ctrl+a Delete ctrl+Home ctrl+v");
        let question = wait("the question about the text", || desktop.window_called("--name", "^Text Import$"));
        desktop.has_keyboard(&question);
        desktop.press("Return");
        desktop.has_keyboard(&calc_window);
        desktop.press("ctrl+s");
        let question = wait("the question about the format", || desktop.window_called("--name", "^Confirm File Format$"));
        desktop.has_keyboard(&question);
        let changed = || std::fs::metadata(&sheet).and_then(|about| about.modified()).ok();
        let before = changed();
        desktop.press("Return");
        desktop.has_keyboard(&calc_window);
        wait("the sheet on disk", || (changed().is_some() && changed() != before).then_some(()));
        desktop.see(&format!("back-in-calc-{year}"), |_| true);
        desktop.press("ctrl+q");
        wait("the end of Calc", || calc.ended());
        assert_eq!(std::fs::read_to_string(&sheet).unwrap(), joined(&figures, ","));
        println!("{num_rows} × 7 figures from Calc and back: identical");
    }
}

/// The whole of 表三 of published reports, copied in Calc and pasted here with one key, both ways of totals: what is pasted onto
/// computed totals is held against them.
#[test]
fn published_tables_are_pasted_from_calc() {
    if std::env::var_os("GOUJI_LONG").is_none() {
        println!("skipped: takes minutes; GOUJI_LONG=1 runs it");
        return;
    }
    if desktop::lacks(&[("soffice", "--version")]) {
        return;
    }
    for (name, is_computed) in [("007", false), ("007", true), ("016", false), ("016", true)] {
        let task = Task::of(name);
        let (folder, table) = (support::folder(), &task.form.tables[1]);
        let home = folder.path().join("home");
        let rows = task.block(1);
        let sheet = folder.path().join("calc.csv");
        gouji::store::write_output(&gouji::store::RealDisk, &sheet, joined(&rows, ",").as_bytes()).unwrap();
        let draft = support::new_draft(&folder, "报告.gouji", "某市人民政府", 2025, &[]);
        let mut desktop = Desktop::open(Path::new(&draft), &home);
        desktop.go_to_table_three();
        if is_computed {
            desktop.press("ctrl+t");
        }
        let Some((_calc, calc_window)) = open_calc(&desktop, &home, &sheet) else {
            support::skip("this LibreOffice has no windows");
            return;
        };
        desktop.has_keyboard(&calc_window);
        wait("the sheet on the clipboard", || {
            desktop.press(CALC_KEYS);
            (desktop.clipboard() == joined(&rows, "\t")).then_some(())
        });
        let ours = desktop.window.clone();
        desktop.go_to_window(&ours);
        desktop.press(OUR_KEYS);
        desktop.save_change();
        for ((line, _), row) in table.lines.iter().zip(&rows) {
            for (column, figure) in table.columns.iter().zip(row) {
                assert_eq!(figure_on_disk(&draft, &format!("{line}.{column}")), *figure, "{name} {line}.{column}");
            }
        }
        let (ours, excel) = (CALC_KEYS.split_whitespace().count() + OUR_KEYS.split_whitespace().count(), task.excel_pasted(1));
        println!("{name}, totals {}: {ours} keys from Calc; Excel with formulas {excel}", if is_computed { "computed" } else { "typed" });
        assert!(ours < excel);
    }
}
