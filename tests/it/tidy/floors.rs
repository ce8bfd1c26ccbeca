//! No circles: no two files of the program name each other, straight or through others; and the floors of the window name
//! only what lies below them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::names::{Arrow, Names};

/// The floors of the window, from the ground up. What stands in `src/ui` itself is the roof; every other folder there stands
/// beside the floors.
const FLOORS: [&str; 6] = ["look", "command", "state", "view", "dialog", "app"];

/// How high a file of the window stands; none for what stands beside the floors.
fn height(file: &str) -> Option<usize> {
    let inner = file.strip_prefix("src/ui/")?.trim_end_matches(".rs");
    let folder = inner.split('/').next().unwrap_or_default();
    let floor = FLOORS.iter().position(|floor| *floor == folder);
    floor.or_else(|| (!inner.contains('/')).then_some(FLOORS.len()))
}

/// Arrows from a floor of the window to a higher one.
fn upward(arrows: &[Arrow]) -> Vec<String> {
    let is_upward = |arrow: &&Arrow| height(&arrow.from).zip(height(&arrow.to)).is_some_and(|(from, to)| from < to);
    arrows.iter().filter(is_upward).map(|arrow| format!("upward: {arrow}")).collect()
}

/// Every arrow that is part of a circle, with the shortest way back; each circle once.
fn circles(arrows: &[Arrow]) -> Vec<String> {
    let mut next: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for arrow in arrows {
        next.entry(&arrow.from).or_default().push(&arrow.to);
    }
    let mut seen = BTreeSet::new();
    let back = arrows.iter().filter_map(|arrow| Some((arrow, way(&next, &arrow.to, &arrow.from)?)));
    let fresh = back.filter(|(_, way)| seen.insert(way.iter().copied().collect::<BTreeSet<_>>()));
    fresh.map(|(arrow, way)| format!("circle: {arrow} → {}", way.get(1..).unwrap_or_default().join(" → "))).collect()
}

/// The shortest way from one file to another, both included.
fn way<'a>(next: &BTreeMap<&'a str, Vec<&'a str>>, from: &'a str, to: &str) -> Option<Vec<&'a str>> {
    let mut came_from = BTreeMap::from([(from, from)]);
    let mut ahead = VecDeque::from([from]);
    while let Some(here) = ahead.pop_front() {
        if here == to {
            let mut way = vec![here];
            while let Some(before) = came_from.get(way[0]).filter(|before| **before != way[0]) {
                way.insert(0, before);
            }
            return Some(way);
        }
        for there in next.get(here).into_iter().flatten() {
            came_from.entry(there).or_insert_with(|| {
                ahead.push_back(there);
                here
            });
        }
    }
    None
}

/// What is wrong with these files.
fn complaints(files: &[(String, String)]) -> Vec<String> {
    let arrows = Names::read(files).arrows();
    [circles(&arrows), upward(&arrows)].concat()
}

/// Small programs: files and what they say.
fn program(files: &[(&str, &str)]) -> Vec<(String, String)> {
    files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

#[track_caller]
fn finds(files: &[(&str, &str)], expected: &[&str]) {
    assert_eq!(complaints(&program(files)), expected);
}

#[test]
fn two_files_that_name_each_other_are_found_however_they_do() {
    let b = ("src/b.rs", "pub struct B(crate::a::A);");
    for a in [
        "use crate::b::B; pub struct A(B);",
        "use crate::{b::{self as other, B}}; pub struct A;",
        "pub struct A; fn f() { assert!(super::b::B::is(), \"{}\", 1) }",
        "use super::b; pub struct A(b::B);",
        "use crate::b as other; pub struct A(other::B);",
        "pub use crate::b::B; pub struct A(B);",
    ] {
        let found = complaints(&program(&[("src/lib.rs", "pub mod a; pub mod b;"), ("src/a.rs", a), b]));
        let [circle] = found.as_slice() else { panic!("{a}: {found:?}") };
        assert!(circle.contains("src/a.rs") && circle.contains("src/b.rs"), "{circle}");
    }
}

#[test]
fn a_circle_through_others_is_named_file_by_file() {
    let files = [
        ("src/a.rs", "use crate::b::B; pub struct A;"),
        ("src/b.rs", "use crate::c::C; pub struct B;"),
        ("src/c.rs", "use crate::a::A; pub struct C;"),
        ("src/lib.rs", "pub mod a; pub mod b; pub mod c;"),
    ];
    finds(&files, &["circle: src/a.rs → src/b.rs (crate::b::B) → src/c.rs → src/a.rs"]);
}

#[test]
fn what_a_module_hands_on_belongs_to_the_file_that_defines_it() {
    let inner = "mod a; mod b; pub use a::A; pub use b::B;";
    let one = ("src/m/a.rs", "pub struct A;");
    finds(&[("src/lib.rs", "mod m;"), ("src/m/mod.rs", inner), one, ("src/m/b.rs", "use super::A; struct B(super::A);")], &[]);
    let both = [("src/m/a.rs", "use super::B; pub struct A;"), ("src/m/b.rs", "pub struct B(super::A);"), ("src/m/mod.rs", inner)];
    finds(&both, &["circle: src/m/a.rs → src/m/b.rs (super::B) → src/m/a.rs"]);
    // A module that uses its child, while the child uses what the module defines.
    let parent = [("src/m/a.rs", "pub struct A(super::Own);"), ("src/m/mod.rs", "mod a; pub use a::A; pub struct Own; fn f(_: A) {}")];
    finds(&parent, &["circle: src/m/a.rs → src/m/mod.rs (super::Own) → src/m/a.rs"]);
}

#[test]
fn comments_texts_and_other_crates_are_no_names() {
    let a = "//! See [`crate::b::B`].\nuse std::fmt; use b::other; /// crate::b::B\npub struct A; const T: &str = \"crate::b::B\"; // super::b::B";
    finds(&[("src/a.rs", a), ("src/b.rs", "pub struct B(crate::a::A);"), ("src/lib.rs", "pub mod a; pub mod b;")], &[]);
}

#[test]
fn an_arrow_up_between_the_windows_floors_is_found_and_one_down_is_not() {
    let low = ("src/ui/state/work.rs", "use crate::ui::dialog::Question; pub struct Work;");
    let high = ("src/ui/dialog/mod.rs", "mod ask; pub use ask::Question;");
    let ask = ("src/ui/dialog/ask.rs", "use crate::ui::look::Ink; pub struct Question;");
    let beside = ("src/ui/window/mod.rs", "use crate::ui::state::work::Work; pub struct Pace;");
    let look = ("src/ui/look/mod.rs", "pub struct Ink(crate::ui::window::Pace);");
    let files = [ask, high, look, ("src/ui/mod.rs", "pub struct App;"), ("src/ui/state/mod.rs", "pub mod work;"), low, beside];
    let up = "upward: src/ui/state/work.rs → src/ui/dialog/ask.rs (crate::ui::dialog::Question)";
    let through_beside = "circle: src/ui/dialog/ask.rs → src/ui/look/mod.rs (crate::ui::look::Ink) → src/ui/window/mod.rs → src/ui/state/work.rs → src/ui/dialog/ask.rs";
    finds(&files, &[through_beside, up]);
    let roof = [("src/ui/mod.rs", "pub struct App;"), ("src/ui/view/mod.rs", "fn f(_: &crate::ui::App) {}")];
    finds(&roof, &["upward: src/ui/view/mod.rs → src/ui/mod.rs (crate::ui::App)"]);
}

#[test]
fn no_two_files_of_the_program_name_each_other_and_no_floor_names_a_higher_one() {
    let sources = super::sources();
    super::none(&complaints(&sources));
    for floor in FLOORS {
        let inside = format!("src/ui/{floor}/");
        assert!(sources.iter().any(|(name, _)| name.starts_with(&inside)), "no floor {floor}");
    }
}

/// The program with one more line in a file.
fn meddled(file: &str, line: &str) -> Vec<(String, String)> {
    let mut sources = super::sources();
    let (_, text) = sources.iter_mut().find(|(name, _)| name == file).unwrap_or_else(|| panic!("no {file}"));
    text.push_str(line);
    sources
}

#[test]
fn a_circle_put_into_the_program_on_purpose_is_found() {
    let line = "fn meddled(draft: &crate::model::Draft) {}\n";
    let new = |circle: &String| circle.contains("src/model/text.rs") && circle.contains("src/model/draft.rs");
    assert!(!complaints(&super::sources()).iter().any(new));
    assert!(complaints(&meddled("src/model/text.rs", line)).iter().any(new));
}

#[test]
fn the_window_has_neither_circles_nor_arrows_up() {
    let of_window = |files: &[(String, String)]| -> Vec<String> {
        complaints(files).into_iter().filter(|complaint| complaint.contains("src/ui/")).collect()
    };
    assert_eq!(of_window(&super::sources()), Vec::<String>::new());
    let up = of_window(&meddled("src/ui/look/widgets.rs", "fn meddled(_: &crate::ui::app::screen::App) {}\n"));
    let names_both = |complaint: &String| complaint.contains("src/ui/look/widgets.rs") && complaint.contains("src/ui/app/screen.rs");
    assert!(up.iter().any(|complaint| complaint.starts_with("upward: ") && names_both(complaint)), "{up:?}");
    assert!(up.iter().any(|complaint| complaint.starts_with("circle: ") && names_both(complaint)), "{up:?}");
}
