//! The register's four steps in a real window, by keyboard alone. What comes of it is held against the same keys on the stage.

use std::path::Path;

use gouji::store::{RealDisk, load, save};
use gouji::ui::{Command, Purpose};
use image::RgbaImage;

use crate::desktop::{self, Desktop, has_question, wait};
use crate::stage::{finish_jobs, keys, run, window};
use crate::support::{catalog, folder, put, shared};

/// More than the register has questions; where nothing is open any more, the key does nothing.
const ANSWERS: usize = 40;

/// Every filled cell of the draft in this file.
fn cells(draft: &Path) -> Vec<(String, String)> {
    let (form, draft) = load(&RealDisk, draft, &catalog()).unwrap();
    let filled = form.cells().filter(|(cell, _)| !draft.entry(*cell).is_blank());
    filled.map(|(cell, spec)| (spec.key.to_string(), draft.entry(cell).text())).collect()
}

/// The same keys, without a display.
fn on_the_stage(draft: &Path, register: &Path) -> Vec<(String, String)> {
    let mut window = window();
    run(&mut window, Command::OpenPath(draft.to_path_buf()));
    run(&mut window, Command::Picked(Purpose::Ledger, register.to_path_buf()));
    keys(&mut window, "F8");
    for _ in 0..ANSWERS {
        keys(&mut window, "1");
        finish_jobs(&mut window);
    }
    assert!(window.state().ledger().unwrap().all.counted.questions.is_empty());
    keys(&mut window, "Ctrl+Enter Ctrl+S");
    finish_jobs(&mut window);
    cells(draft)
}

#[test]
fn the_four_steps_in_a_real_window_by_keyboard_alone() {
    if desktop::lacks(&[]) {
        return;
    }
    let Some(shared) = shared("ledger") else { return };
    let folder = folder();
    let form = catalog().for_year(2024).unwrap();
    let [here, there] = ["here", "there"].map(|name| {
        let seat = folder.path().join(name);
        std::fs::create_dir_all(&seat).unwrap();
        put(&seat.join("a.csv"), &std::fs::read(shared.join("ledger-1.csv")).unwrap());
        save(&RealDisk, &seat.join("a.gouji"), form.report(&form.draft("安澜市住房和城乡建设局".to_owned(), 2024))).unwrap();
        seat
    });
    let wanted = on_the_stage(&here.join("a.gouji"), &here.join("a.csv"));
    assert!(wanted.len() > 50, "{wanted:?}");

    let draft = there.join("a.gouji");
    let mut desktop = Desktop::open(&draft, &folder.path().join("home"));
    wait("the draft's title", || desktop.title().contains("a.gouji").then_some(()));
    desktop.press("ctrl+l");
    desktop.see("which-file", has_question);
    assert!(desktop.xdotool(["type", "--delay", "30", "a.csv"]).is_some());
    let asked = desktop.see("typed", has_question);
    desktop.press("Return");
    let columns = desktop.see("columns", |picture| !has_question(picture) && *picture != asked);
    let next = |desktop: &mut Desktop, key: &str, what: &str, before: &RgbaImage| {
        desktop.press(key);
        // Figures are counted on a thread: what is seen first may not be all.
        let mut last = (before.clone(), 0);
        desktop.see(what, |picture| {
            last = if last.0 == *picture { (last.0.clone(), last.1 + 1) } else { (picture.clone(), 0) };
            picture != before && last.1 >= 3
        })
    };
    let words = next(&mut desktop, "Right", "words", &columns);
    let questions = next(&mut desktop, "Right", "questions", &words);
    let figures = next(&mut desktop, "Right", "figures", &questions);
    let lines = next(&mut desktop, "Return", "lines-of-a-figure", &figures);
    next(&mut desktop, "Escape", "figures-again", &lines);
    next(&mut desktop, "F8", "first-question", &figures);
    desktop.press(&vec!["1"; ANSWERS].join(" "));
    next(&mut desktop, "Right", "answered", &questions);
    desktop.press("ctrl+Return");
    desktop.save_change();
    assert_eq!(cells(&draft), wanted);
    desktop.see("taken", |picture| !has_question(picture));
    desktop.press("ctrl+z");
    desktop.save_change();
    assert_eq!(cells(&draft), [], "one step back");
}
