//! Every screen and question at three sizes, three sizes of letters, in three looks. In each laid-out frame the texts are held
//! against each other: none over another, none cut at the side. `GOUJI_PICTURES=FOLDER cargo test --test it screens` keeps a picture of
//! each, in all sizes and looks; `GOUJI_SCREENS=start,preview` takes these alone, `GOUJI_ONLY=1366x768-100-Dark` these pictures.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use egui::{Pos2, Rect, vec2};
use gouji::model::Edit;
use gouji::ui::Command;
use gouji::ui::theme::{self, LOOKS};

use crate::stage::{self, Window};
use crate::support;

mod questions;
mod seen;
pub mod ways;

use questions::QUESTIONS;
use seen::{faults, is_below_question, num_rings};
use ways::{SCREENS, Way, at_chapter};

/// The window's inside in pixels: the usual notebook, the desk, a small projector.
const SIZES: [(f32, f32); 3] = [(1366.0, 768.0), (1920.0, 1080.0), (1024.0, 700.0)];

/// How large the letters are.
const ZOOMS: [f32; 3] = [1.0, 1.5, 2.0];

/// The window is never smaller, in points: see `ui/window/run.rs`.
const LEAST: egui::Vec2 = vec2(640.0, 400.0);

/// A card lies over the text or the table there.
const FLOATING: [&str; 2] = ["chapter1-card", "offer"];

/// Nothing there takes the keyboard for itself: its keys act on the whole page.
const PAGES: [&str; 7] = ["county-beside", "account-rest", "account-texts", "review-moves", "review-before", "trend", "trend-years"];

fn window_at(folder: &Path) -> Window {
    let mut window = stage::window_at(support::home_in(folder));
    let (form, mut draft) = support::v1();
    draft.apply(Edit::agency("某市人民政府".to_owned()));
    let path = folder.join("某市人民政府2025年.gouji");
    gouji::store::save(&gouji::store::RealDisk, &path, form.report(&draft)).unwrap();
    stage::run(&mut window, Command::OpenPath(path));
    at_chapter(&mut window, 3);
    window
}

/// The window after this way, and the folder its files lie in.
fn window_after(way: Way) -> (tempfile::TempDir, Window) {
    let folder = support::folder();
    theme::set_groups_digits(false);
    let mut window = window_at(folder.path());
    way(&mut window);
    window.run();
    (folder, window)
}

/// The size of the window's inside in points.
fn sized(window: &mut Window, (width, height): (f32, f32), zoom: f32) -> egui::Vec2 {
    // Letters first: egui scales the size it had along with them.
    window.set_pixels_per_point(zoom);
    window.run();
    let size = (vec2(width, height) / zoom).max(LEAST);
    window.set_size(size);
    window.run();
    size
}

fn keep_pictures(window: &mut Window, folder: &Path, name: &str) {
    std::fs::create_dir_all(folder).unwrap();
    let wanted = std::env::var("GOUJI_ONLY").unwrap_or_default();
    for look in LOOKS {
        let file = format!("{name}-{look:?}.png");
        if wanted.split(',').any(|part| file.contains(part)) {
            theme::set_look(&window.ctx, look);
            window.run();
            window.render().unwrap().save(folder.join(file)).unwrap();
        }
    }
    theme::set_look(&window.ctx, LOOKS[0]);
    window.run();
}

#[test]
fn no_text_is_cut_or_lies_over_another_on_any_screen() {
    let pictures = std::env::var_os("GOUJI_PICTURES").map(PathBuf::from);
    let wanted = std::env::var("GOUJI_SCREENS").ok();
    let is_wanted = |name: &str| wanted.as_ref().is_none_or(|wanted| wanted.split(',').any(|wanted| wanted == name));
    let (mut all, mut num_screens, mut num_frames) = (Vec::new(), 0, 0);
    for (name, way) in SCREENS.iter().chain(QUESTIONS).filter(|(name, _)| is_wanted(name)) {
        let (_folder, mut window) = window_after(*way);
        num_screens += 1;
        for (width, height) in SIZES {
            for zoom in ZOOMS {
                let size = sized(&mut window, (width, height), zoom);
                num_frames += 1;
                let at = format!("{name}-{width}x{height}-{:.0}", zoom * 100.0);
                let shapes = &window.output().shapes;
                // A message and a card over the text float.
                let floats = window.state().notice().is_some() || FLOATING.contains(name);
                let half = |fault: &String| !(floats && fault.starts_with("half hidden"));
                all.extend(
                    faults(&window.ctx, shapes, Rect::from_min_size(Pos2::ZERO, size))
                        .into_iter()
                        .filter(half)
                        .map(|fault| format!("{at}: {fault}")),
                );
                if is_below_question(&window.ctx) {
                    all.push(format!("{at}: the keyboard is with what lies below the question"));
                }
                let rings = num_rings(&window.ctx, shapes);
                if rings != 1 && !PAGES.contains(name) {
                    all.push(format!("{at}: {rings} marks of the keyboard's place"));
                }
                if let Some(pictures) = &pictures {
                    keep_pictures(&mut window, pictures, &at);
                }
            }
        }
    }
    println!("{num_screens} screens, {num_frames} frames");
    assert!(wanted.is_some() || num_screens > 100, "some are missing");
    assert!(all.is_empty(), "{} faults:\n{}", all.len(), all.join("\n"));
}

/// Which question is open, as the program calls it.
fn question(window: &Window) -> Option<String> {
    let state = format!("{:?}", window.state());
    let (_, from) = state.split_once(" dialog: Some(")?;
    Some(from.chars().take_while(|c| c.is_alphanumeric()).collect())
}

/// The list of questions to be looked at is whole: each that the program can ask is among them.
#[test]
fn every_question_of_the_program_is_among_the_screens() {
    let source = std::fs::read_to_string(support::project().join("src/ui/dialog/ask.rs")).unwrap();
    let (_, from) = source.split_once("pub enum Dialog {").unwrap();
    let (variants, _) = from.split_once("\n}").unwrap();
    let names =
        variants.lines().filter_map(|line| line.strip_prefix("    ").filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase())));
    let wanted: BTreeSet<String> = names.map(|line| line.chars().take_while(|c| c.is_alphanumeric()).collect()).collect();
    assert!(wanted.len() > 25, "{wanted:?}");
    let shown: BTreeSet<String> = SCREENS.iter().chain(QUESTIONS).filter_map(|(_, way)| question(&window_after(*way).1)).collect();
    assert_eq!(shown, wanted);
}
