//! The table of commands: menus, keys, the card of keys and README say the same.

use egui_kittest::kittest::Queryable as _;
use gouji::ui::{Named, card};

use crate::stage;
use crate::support::project;

#[test]
fn every_command_has_a_way_to_it_and_every_key_one_command() {
    let mut keys: Vec<String> = Vec::new();
    for named in Named::ALL {
        let row = named.row();
        assert!(!row.words.is_empty(), "{named:?}");
        let on_a_button = [Named::OpenExample];
        assert!(row.menu.is_some() || !row.keys.is_empty() || on_a_button.contains(named), "{named:?} cannot be reached");
        assert_eq!(row.keys.is_empty(), row.help.is_empty(), "{named:?}: what has a key stands on the card, and only that");
        assert_eq!(row.keys.is_empty(), named.keys().is_empty(), "{named:?}");
        keys.extend(row.keys.iter().map(|key| format!("{key:?}")));
    }
    let all = keys.len();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), all, "a key that means two things");
}

#[test]
fn the_card_of_keys_has_every_command_with_a_key_once() {
    let lines: Vec<(String, String)> = card().into_iter().flat_map(|(_, lines)| lines).collect();
    let parts = |words: &str| words.split(" / ").map(str::to_owned).collect::<Vec<_>>();
    for named in Named::ALL.iter().filter(|named| !named.row().keys.is_empty()) {
        let says = |(keys, words): &&(String, String)| {
            parts(keys).iter().zip(parts(words)).any(|(key, word)| *key == named.keys() && word == named.row().help)
        };
        assert_eq!(lines.iter().filter(says).count(), 1, "{named:?} {} {}", named.keys(), named.row().help);
    }
}

#[test]
fn readme_has_the_card_of_keys() {
    let readme = std::fs::read_to_string(project().join("README.md")).unwrap();
    let wanted: String = card()
        .into_iter()
        .flat_map(|(group, lines)| lines.into_iter().map(move |(keys, does)| format!("| {group} | {keys} | {does} |\n")))
        .collect();
    let is_there = readme.replace("\r\n", "\n").contains(&wanted);
    assert!(is_there, "README.md is to have these lines:\n{wanted}");
}

#[test]
fn menus_show_the_table_with_its_keys() {
    let mut window = stage::window_on_v1();
    for (menu, its) in [("文件", 26), ("编辑", 9), ("查看", 8), ("办理", 9), ("帮助", 5)] {
        window.get_by_label(menu).click();
        window.run();
        let rows = Named::ALL.iter().filter(|named| named.row().menu.is_some_and(|(its, _)| its.name() == menu));
        let mut num_rows = 0;
        for named in rows {
            num_rows += 1;
            let shown = window.query_all_by_label_contains(named.words()).count();
            assert!(shown > 0, "{named:?} is not in its menu");
        }
        assert_eq!(num_rows, its, "{menu}");
        window.key_press(egui::Key::Escape);
        window.run();
    }
}
