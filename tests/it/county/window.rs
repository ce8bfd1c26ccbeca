//! The county in the window: board, sum, letters, repairs, by keyboard; the way into a body's report and back to the same place.

use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use gouji::county::{self, State, Wanted};
use gouji::model::Entry;
use gouji::store::RealDisk;
use gouji::ui::theme::{self, Look};
use gouji::ui::{Many, Order};
use jiff::civil::date;

use super::set::{self, Set, lay, plain};
use crate::stage::{self, Window};
use crate::support::{catalog, put, type_in};

/// The board of the county as it stands on 22 January 2026.
fn board(set: &Set) -> Window {
    let folder = set.folder.path().to_owned();
    let wanted = Wanted { paths: vec![folder.clone()], roster: None, agency: None, year: None, today: date(2026, 1, 22) };
    let county = county::open(&RealDisk, &wanted, &catalog(), &AtomicBool::new(false), |_, _| {}).unwrap();
    let mut window = stage::window();
    let ctx = window.ctx.clone();
    window.state_mut().show_county(&ctx, folder, county.into());
    stage::finish_jobs(&mut window);
    window
}

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    stage::finish_jobs(window);
}

fn here(window: &Window) -> String {
    let page = window.state().county().unwrap();
    page.county.name(page.at).to_owned()
}

/// A picture for whoever wants to look at it: `GOUJI_PICTURES=FOLDER`.
fn picture(window: &mut Window, name: &str) {
    if let Ok(folder) = std::env::var("GOUJI_PICTURES") {
        window.run();
        window.render().unwrap().save(std::path::Path::new(&folder).join(format!("{name}.png"))).unwrap();
    }
}

#[test]
fn the_board_puts_first_what_is_to_be_done_and_is_worked_by_keyboard() {
    let set = set::county();
    let mut window = board(&set);
    assert!(stage::shows(&window, "退回函"), "the letter to the first is there to be read");
    picture(&mut window, "county-board");
    assert_eq!(here(&window), "教育局");
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(here(&window), "公安局");
    press(&mut window, Modifiers::NONE, Key::End);
    assert_eq!(window.state().county().unwrap().rows.last(), Some(&window.state().county().unwrap().at));
    stage::run(&mut window, Many::Only(Some(county::Need::Overdue)));
    assert_eq!(here(&window), "水利局");
    press(&mut window, Modifiers::NONE, Key::Escape);
    stage::run(&mut window, Many::Sort(Order::Roster));
    assert_eq!(window.state().county().unwrap().rows[..3], [0, 1, 2]);
    // Into the report and back to the same place.
    stage::run(&mut window, Many::At(2));
    press(&mut window, Modifiers::NONE, Key::Enter);
    let work = window.state().work().expect("the report is on screen");
    assert!(work.is_read_only() && work.session.draft().agency == "青禾县公安局");
    press(&mut window, Modifiers::COMMAND, Key::W);
    assert!(window.state().work().is_none());
    assert_eq!(here(&window), "公安局");
    let ctx = window.ctx.clone();
    for (look, name) in [(Look::Dark, "county-board-dark"), (Look::Contrast, "county-board-contrast")] {
        theme::set_look(&ctx, look);
        picture(&mut window, name);
    }
    theme::set_look(&ctx, Look::Light);
}

#[test]
fn the_sum_opens_into_its_bodies_the_strangest_first_and_a_repair_is_seen() {
    let set = set::county();
    let mut window = board(&set);
    press(&mut window, Modifiers::COMMAND, Key::M);
    let cell = set.form.cell_by_key("open.nat").unwrap();
    let work = |window: &Window| window.state().county().unwrap().shown.as_ref().unwrap().work.focused_cell();
    {
        let page = window.state_mut().county_mut().unwrap();
        page.shown.as_mut().unwrap().work.go_to(cell);
    }
    window.run();
    assert_eq!(work(&window), Some(cell));
    picture(&mut window, "county-sum");
    let part = |window: &Window| {
        let page = window.state().county().unwrap();
        let part = page.shown.as_ref().unwrap().part().unwrap().clone();
        (page.county.name(part.unit).to_owned(), part.value)
    };
    assert!(["教育局", "公安局"].contains(&&*part(&window).0), "{:?}", part(&window));
    // Nothing is typed into a sum.
    window.event(egui::Event::Text("9".to_owned()));
    window.run();
    press(&mut window, Modifiers::NONE, Key::F8);
    press(&mut window, Modifiers::SHIFT, Key::F8);
    let (name, value) = part(&window);
    press(&mut window, Modifiers::NONE, Key::Enter);
    let work_shown = window.state().work().unwrap();
    assert_eq!(work_shown.focused_cell(), Some(cell), "the report opens at the same cell");
    press(&mut window, Modifiers::COMMAND, Key::W);
    assert_eq!((part(&window), work(&window)), ((name.clone(), value), Some(cell)), "back at the same place");
    press(&mut window, Modifiers::NONE, Key::F4);
    assert!(stage::shows(&window, "它的文件不动"));
    press(&mut window, Modifiers::NONE, Key::Escape);
    stage::run(&mut window, Many::Mend("13".to_owned(), "与该局电话核对".to_owned()));
    let page = window.state().county().unwrap();
    assert_eq!(page.county.mended().len(), 1);
    let one = &page.county.journal.adjustments[0];
    assert_eq!((one.unit.as_str(), &one.to), (name.as_str(), &Entry::Whole(13)));
    assert!(stage::shows(&window, "与该局电话核对"));
    picture(&mut window, "county-sum-mended");
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.state().county().unwrap().shown.is_none());
}

#[test]
fn a_reason_that_nothing_can_print_is_not_written_down() {
    let set = set::county();
    let mut window = board(&set);
    press(&mut window, Modifiers::COMMAND, Key::M);
    let cell = set.form.cell_by_key("open.nat").unwrap();
    window.state_mut().county_mut().unwrap().shown.as_mut().unwrap().work.go_to(cell);
    window.run();
    let ctx = window.ctx.clone();
    window.state_mut().run(&ctx, Many::Mend("14".to_owned(), "\u{10FFFD}".to_owned()));
    assert!(window.state().notice().unwrap().contains("理由"), "{:?}", window.state().notice());
    assert!(!set.folder.path().join("调整.csv").exists());
}

/// The week: files come in, four are given back, new copies come, the sum is repaired and written.
#[test]
fn a_week_of_the_county_in_the_window() {
    let set = set::county();
    let folder = set.folder.path();
    let mut window = board(&set);
    // Four are chosen and given back.
    for name in ["教育局", "公安局", "司法局", "审计局"] {
        let place = window.state().county().unwrap().county.place_of(name).unwrap();
        stage::run(&mut window, Many::At(place));
        press(&mut window, Modifiers::NONE, Key::Space);
    }
    press(&mut window, Modifiers::COMMAND, Key::R);
    let states = |window: &Window, state: State| {
        let page = window.state().county().unwrap();
        page.county.standings.iter().filter(|standing| standing.state == Some(state)).count()
    };
    assert_eq!(states(&window, State::Returned), 4, "{:?}", window.state().notice());
    assert_eq!(std::fs::read_dir(folder.join("函件")).unwrap().count(), 8);
    press(&mut window, Modifiers::NONE, Key::F9);
    picture(&mut window, "county-returned");
    // The new copies come, with the one that was missing, and one of nobody's.
    let elsewhere = tempfile::tempdir().unwrap();
    let names = ["教育局", "公安局", "水利局", "司法局", "审计局"];
    let mut files: Vec<_> = names
        .iter()
        .map(|name| {
            let place = set::NAMES.iter().position(|other| other == name).unwrap();
            let mut draft = plain(&set.form, i64::try_from(place).unwrap());
            type_in(&set.form, &mut draft, "a1.norm.repealed", "1");
            lay(elsewhere.path(), name, 0, &set.form, &draft, date(2026, 1, 25).at(9, 0, 0, 0))
        })
        .collect();
    let mut stranger = plain(&set.form, 3);
    stranger.agency = "青禾县住房城乡建设局".to_owned();
    files.push(lay(elsewhere.path(), "不知道", 0, &set.form, &stranger, date(2026, 1, 25).at(9, 0, 0, 0)));
    stage::run(&mut window, Many::TakeIn(files.clone()));
    let page = window.state().county().unwrap();
    assert_eq!(page.asked.len(), 1, "{:?}", window.state().notice());
    assert!(stage::shows(&window, "是哪个单位的"));
    picture(&mut window, "county-asked");
    let page = window.state().county().unwrap();
    let question = page.asked[0].clone();
    let place = page.county.place_of("住房和城乡建设局").unwrap();
    assert!(question.likely.contains(&place), "{question:?}");
    stage::run(&mut window, Many::Assign(question.path, Some(place)));
    assert_eq!((states(&window, State::Returned), window.state().county().unwrap().sum.num_missing), (0, 0));
    // The same files again: nothing is taken twice.
    let before = window.state().county().unwrap().county.taken.len();
    stage::run(&mut window, Many::TakeIn(files[..5].to_vec()));
    assert_eq!(window.state().county().unwrap().county.taken.len(), before);
    assert!(window.state().notice().unwrap().contains("5 个以前收过"), "{:?}", window.state().notice());
    assert!(window.state().county().unwrap().sum.is_whole());
    picture(&mut window, "county-whole");
}

/// Somebody else puts a report into the folder: it shows by itself, and the cursor stays.
#[test]
fn what_others_put_into_the_folder_shows_by_itself() {
    let set = set::county();
    let mut window = board(&set);
    window.run();
    stage::finish_jobs(&mut window);
    let before = here(&window);
    let draft = plain(&set.form, 4);
    lay(set.folder.path(), "水利局", 0, &set.form, &draft, date(2026, 1, 21).at(9, 0, 0, 0));
    let state = |window: &Window| {
        let county = &window.state().county().unwrap().county;
        county.standings[county.place_of("水利局").unwrap()].state
    };
    assert_ne!(state(&window), Some(State::Received));
    let page = window.state_mut().county_mut().unwrap();
    assert!(page.watch.known.is_some(), "it was looked at once");
    page.watch.next = 0.0;
    stage::finish_jobs(&mut window);
    window.run();
    stage::finish_jobs(&mut window);
    assert_eq!((state(&window), here(&window)), (Some(State::Received), before));
}

#[test]
fn only_bodies_of_a_kind_are_listed_and_last_year_stands_in_the_sum() {
    let set = set::county();
    let mut window = board(&set);
    stage::run(&mut window, Many::Kind(Some(county::UnitKind::Street)));
    let page = window.state().county().unwrap();
    let names: Vec<&str> = page.rows.iter().map(|place| page.county.name(*place)).collect();
    assert_eq!(names, ["东街街道", "西街街道", "北关街道"]);
    picture(&mut window, "county-kind");
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!(window.state().county().unwrap().rows.len(), 45);
    // Everyone's report of last year comes in; then the sum can show it, and the change.
    assert!(window.state().county().unwrap().shown.is_none());
    for (place, name) in set::NAMES.iter().enumerate() {
        let mut draft = plain(&set.form, i64::try_from(place).unwrap());
        draft.year = 2024;
        lay(set.folder.path(), &format!("{name} 2024"), 0, &set.form, &draft, date(2025, 1, 10).at(9, 0, 0, 0));
    }
    stage::run(&mut window, Many::Again);
    press(&mut window, Modifiers::COMMAND, Key::M);
    press(&mut window, Modifiers::NONE, Key::F7);
    let shown = |window: &Window| {
        let work = &window.state().county().unwrap().shown.as_ref().unwrap().work;
        let cell = set.form.cell_by_key("new.nat").unwrap();
        work.panel.shown(cell, set.form.cell(cell).kind, work.session.draft().entry(cell))
    };
    let sum: i64 = (0..45)
        .filter(|place| !["水利局"].contains(&set::NAMES[*place]) && !set::NAMES[*place].contains("税务"))
        .map(|place| 20 + i64::try_from(place).unwrap())
        .sum();
    assert_eq!(shown(&window), Some(sum.to_string()));
    picture(&mut window, "county-sum-last");
    press(&mut window, Modifiers::NONE, Key::F7);
    assert_eq!(shown(&window).as_deref(), Some("＋4"), "one body has four more");
    press(&mut window, Modifiers::NONE, Key::F7);
    assert_eq!(shown(&window), None);
}

#[test]
fn a_roster_is_made_of_a_pasted_list_or_of_those_who_sent_something() {
    let set = set::county();
    std::fs::remove_file(set.folder.path().join("名册.csv")).unwrap();
    let mut window = board(&set);
    assert!(stage::shows(&window, "由这些文件建名册"));
    window.event(egui::Event::Paste(set::roster()));
    stage::finish_jobs(&mut window);
    let page = window.state().county().unwrap();
    assert!(page.county.has_roster && page.county.standings.len() == 45, "{:?}", window.state().notice());
    // What stands there is never written over.
    let text = std::fs::read_to_string(set.folder.path().join("名册.csv")).unwrap();
    stage::run(&mut window, Many::Roster(None));
    assert_eq!(std::fs::read_to_string(set.folder.path().join("名册.csv")).unwrap(), text);
}

#[test]
fn only_the_lines_on_screen_are_built() {
    let num = if std::env::var_os("GOUJI_LONG").is_some() { 3_000 } else { 300 };
    let folder = tempfile::tempdir().unwrap();
    let form = catalog().for_year(2025).unwrap();
    let mut roster = "单位\t类别\n".to_owned();
    for place in 0..num {
        writeln!(roster, "第{place}局\t部门").unwrap();
    }
    put(&folder.path().join("名册.csv"), roster.as_bytes());
    let mut draft = plain(&form, 3);
    draft.agency = "第7局".to_owned();
    put(&folder.path().join("a.gouji"), gouji::store::encode(form.report(&draft)).as_bytes());
    let set = Set { folder, form, true_drafts: std::collections::BTreeMap::new() };
    let mut window = board(&set);
    let lines = window.query_all_by_role(egui::accesskit::Role::ListBoxOption).count();
    assert!((10..40).contains(&lines), "{lines} lines of {num}");
    let began = std::time::Instant::now();
    for _ in 0..60 {
        press(&mut window, Modifiers::NONE, Key::ArrowDown);
    }
    println!("{num} bodies: {:.2} ms a step with its frames, unoptimised", began.elapsed().as_secs_f64() * 1e3 / 60.0);
    picture(&mut window, &format!("county-{num}"));
}
