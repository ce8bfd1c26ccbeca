//! The whole window without a display: every screen, names for screen readers, dialogs, saving, pictures.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gouji::ui::{Command, Named};

use crate::stage::{self, Window, shows};
use crate::support;

fn run(window: &mut Window, command: impl Into<Command>) {
    let ctx = window.ctx.clone();
    window.state_mut().run(&ctx, command);
    window.run();
}

#[test]
fn every_cell_of_table_three_has_its_full_name_value_and_error() {
    let mut window = stage::window_on_v1();
    stage::type_into(&mut window, "open.sum", "5549");
    run(&mut window, Command::Chapter(3));
    let cells: Vec<_> = window.query_all_by_role(Role::Cell).collect();
    assert_eq!(cells.len(), 175);
    let wrong = window.get_by_role_and_label(Role::Cell, "表三 总计 三（一）予以公开");
    assert_eq!(wrong.value().as_deref(), Some("5549"));
    let node = wrong.accesskit_node();
    assert!(node.description().is_some_and(|words| words.contains("相差 1")), "{:?}", node.description());
    assert!(window.query_by_label("表三 商业企业 三（三）1.属于国家秘密").is_some());
}

#[test]
fn every_screen_shows_without_missing_glyphs_or_endless_repaint() {
    let mut window = stage::window();
    window.run();
    run(&mut window, Named::New);
    assert!(window.query_by_label("单位全称").is_some());
    window.key_press(Key::Escape);
    window.run();
    let mut window = stage::window_on_v1();
    for no in 1..=6 {
        run(&mut window, Command::Chapter(no));
    }
    stage::type_into(&mut window, "carry_out.nat", "782");
    run(&mut window, Named::NextFinding);
    assert!(shows(&window, "最可能录错的单元格"));
}

#[test]
fn a_new_report_takes_the_form_of_its_year() {
    let mut window = stage::window();
    run(&mut window, Named::New);
    window.get_by_label("单位全称").type_text("某县应急管理局");
    window.run();
    let year = window.get_by_label_contains("报告年度");
    year.focus();
    window.run();
    for _ in 0..4 {
        window.key_press(Key::Backspace);
    }
    window.event(Event::Text("2018".to_owned()));
    window.run();
    assert!(shows(&window, "2019 年以前"), "2018 is refused, saying why");
    window.key_press(Key::Backspace);
    window.event(Event::Text("9".to_owned()));
    window.run();
    window.key_press(Key::Enter);
    window.run();
    let work = window.state().work().expect("the report is open");
    assert_eq!((&*work.session.form().id, work.session.draft().year), ("F2019", 2019));
    assert_eq!(work.session.draft().agency, "某县应急管理局");
}

#[test]
fn the_suspect_can_be_accepted_and_taken_back() {
    let mut window = stage::window_on_v1();
    stage::type_into(&mut window, "unable1.nat", "3057");
    window.get_by_label("改为 3075").click();
    window.run();
    assert_eq!(stage::shown(&window, "unable1.nat"), "3075");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(stage::shown(&window, "unable1.nat"), "3057");
}

#[test]
fn keys_that_fall_into_one_frame_keep_their_order() {
    let mut window = stage::window_on_v1();
    run(&mut window, Command::Chapter(3));
    let key = |key, pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE };
    let mut burst = Vec::new();
    let typed = [Key::Num7, Key::Num8, Key::Num3, Key::Enter, Key::Num4, Key::Enter, Key::Num5, Key::Tab, Key::Delete, Key::Num6];
    // Arrows behind F2 must reach the text field, not take the focus elsewhere.
    let edited = [Key::Enter, Key::ArrowUp, Key::F2, Key::ArrowLeft, Key::Num1, Key::Enter];
    for pressed in typed.into_iter().chain(edited) {
        burst.push(key(pressed, true));
        if pressed.name().len() == 1 {
            burst.push(Event::Text(pressed.name().to_owned()));
        }
        burst.push(key(pressed, false));
    }
    let mut pace = gouji::ui::Pace::default();
    while !burst.is_empty() || pace.is_holding() {
        pace.deal(window.ctx.memory(egui::Memory::focused), &mut burst);
        window.input_mut().events.append(&mut burst);
        window.step();
    }
    let ctx = window.ctx.clone();
    window.state_mut().run(&ctx, Command::Chapter(2));
    let cells = ["new.nat", "carry_in.nat", "open.nat", "open.biz"];
    assert_eq!(cells.map(|key| stage::shown(&window, key)), ["783", "4", "15", "6"]);
}

#[test]
fn text_chapters_are_typed_undone_and_counted() {
    let mut window = stage::window_on_v1();
    run(&mut window, Command::Chapter(5));
    for text in ["存在问题", "。", "改进措施", "。"] {
        window.event(Event::Text(text.to_owned()));
        window.run();
    }
    assert_eq!(stage::section(&window, 5), "存在问题。改进措施。");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(stage::section(&window, 5), "存在问题。", "typing is taken back sentence by sentence");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Y);
    window.run();
    assert_eq!(stage::section(&window, 5), "存在问题。改进措施。");
}

#[test]
fn what_is_typed_is_saved_and_closing_asks() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("报告.gouji");
    let mut window = stage::window_on_v1_at(&path);
    stage::type_into(&mut window, "new.nat", "13613");
    assert!(window.state().title().starts_with('●'));
    run(&mut window, Named::Close);
    assert!(window.query_by_label("有改动还没有保存").is_some());
    window.key_press(Key::Escape);
    window.run();
    window.key_press(Key::ArrowUp);
    window.run();
    window.event(Event::Text("13614".to_owned()));
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(stage::shown(&window, "new.nat"), "13614", "the table has the keyboard again");
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    stage::finish_jobs(&mut window);
    assert!(!window.state().title().starts_with('●'), "{:?}", window.state().notice());
    let (_, draft) = gouji::store::load(&gouji::store::RealDisk, &path, &support::catalog()).unwrap();
    assert_eq!(&draft, window.state().work().unwrap().session.draft());
}

#[test]
fn a_save_that_fails_says_so_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = stage::window_on_v1_at(&folder.path().join("gone").join("报告.gouji"));
    stage::type_into(&mut window, "new.nat", "13613");
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    stage::finish_jobs(&mut window);
    assert!(
        window.state().notice().is_some_and(|words| words.contains("没有保存") && words.contains("另存为")),
        "{:?}",
        window.state().notice()
    );
    assert!(window.state().title().starts_with('●'));
    assert_eq!(stage::shown(&window, "new.nat"), "13613");
}

#[test]
fn pictures_of_the_main_screens_stay_as_they_are() {
    let mut window = stage::window_on_v1();
    stage::type_into(&mut window, "carry_out.nat", "782");
    run(&mut window, Named::NextFinding);
    window.snapshot("table3-error");
    run(&mut window, Command::Chapter(4));
    window.snapshot("table4");
}

#[test]
fn an_input_method_writes_into_texts_and_cells() {
    let mut window = stage::window_on_v1();
    run(&mut window, Command::Chapter(6));
    let preedit = |text: &str| Event::Ime(egui::ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None });
    let compose = |window: &mut Window, letters: &str, commit: &str| {
        let mut composed = String::new();
        for letter in letters.chars() {
            composed.push(letter);
            window.event(preedit(&composed));
            window.run();
        }
        window.event(preedit(""));
        window.event(Event::Ime(egui::ImeEvent::Commit(commit.to_owned())));
        window.run();
    };
    compose(&mut window, "wu", "无");
    assert_eq!(stage::section(&window, 6), "无");
    // In a cell: the composition begins in the text field that the first digit opened.
    stage::go_to(&mut window, "new.nat");
    window.event(Event::Text("1".to_owned()));
    window.run();
    window.event(preedit("2"));
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(stage::focus(&window), "new.nat", "Enter while composing does not move the cell");
    window.event(preedit(""));
    window.event(Event::Ime(egui::ImeEvent::Commit("２".to_owned())));
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!((stage::shown(&window, "new.nat"), stage::focus(&window)), ("12".to_owned(), "carry_in.nat".to_owned()));
}

#[test]
fn finding_goes_through_labels_figures_and_texts_and_replaces() {
    let mut window = stage::window_on_v1();
    run(&mut window, Command::Chapter(3));
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.run();
    window.event(Event::Text("重复申请".to_owned()));
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(stage::focus(&window), "noproc2.nat");
    window.key_press(Key::Escape);
    window.run();
    run(&mut window, Command::Chapter(5));
    window.event(Event::Text("去年的问题，去年的措施".to_owned()));
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.run();
    window.event(Event::Text("去年".to_owned()));
    window.run();
    window.get_by_label("替换为").focus();
    window.run();
    window.event(Event::Text("今年".to_owned()));
    window.run();
    window.get_by_label("本章全部替换").click();
    window.run();
    assert_eq!(stage::section(&window, 5), "今年的问题，今年的措施");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(stage::section(&window, 5), "去年的问题，去年的措施");
}

#[test]
fn a_warning_wants_a_real_reason_and_asks_again_when_its_figures_change() {
    let mut window = stage::window();
    run(&mut window, Named::OpenExample);
    run(&mut window, Named::NextFinding);
    for (text, refused) in [("", "请写明原因"), ("核实无误。", "不能只写套话"), ("经核实，情况属实", "不能只写套话")]
    {
        let field = window.get_by_label_contains("写明原因：");
        field.focus();
        window.run();
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.event(if text.is_empty() { Event::Text(" ".to_owned()) } else { Event::Text(text.to_owned()) });
        window.run();
        window.get_by_label("记下说明").click();
        window.run();
        assert!(shows(&window, refused), "{text:?} is refused");
    }
    window.get_by_label_contains("写明原因：").focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(Event::Text("两件规范性文件均为2019年机构改革后首次制定".to_owned()));
    window.run();
    window.get_by_label("记下说明").click();
    window.run();
    assert!(shows(&window, "✓ 已说明"));
    stage::type_into(&mut window, "a1.norm.made", "3");
    assert!(shows(&window, "✓ 已说明"), "a figure it does not speak of leaves it alone");
    stage::type_into(&mut window, "a1.norm.total", "5");
    stage::type_into(&mut window, "a1.norm.disclosed", "5");
    assert!(shows(&window, "说明待重新确认"));
}

#[test]
fn computed_totals_follow_and_are_checked_against_control_figures() {
    let mut window = stage::window_on_v1();
    let totals = gouji::model::Edit::totals(gouji::model::Totals::Computed);
    run(&mut window, Command::Change(vec![totals]));
    stage::type_into(&mut window, "open.nat", "5346");
    assert_eq!((stage::shown(&window, "open.sum"), stage::shown(&window, "total.sum")), ("5549".to_owned(), "13811".to_owned()));
    stage::type_into(&mut window, "open.sum", "5548");
    assert_eq!(stage::shown(&window, "open.sum"), "5549", "what is typed into a computed total is its control figure");
    assert!(shows(&window, "控制数 5548，自动合计 5549，相差 1"));
    for _ in 0..2 {
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        window.run();
    }
    assert_eq!((stage::shown(&window, "open.nat"), stage::shown(&window, "total.sum")), ("5345".to_owned(), "13810".to_owned()));
}

#[test]
fn a_table_without_data_is_filled_with_zeros_in_one_step() {
    let mut window = stage::window();
    run(&mut window, Command::Start("某局".to_owned(), 2024));
    run(&mut window, Command::Chapter(4));
    window.get_by_label("本表无数据（全填 0）").click();
    window.run();
    assert_eq!(stage::shown(&window, "lit1.total"), "0");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!((stage::shown(&window, "rev.upheld"), stage::shown(&window, "lit1.total")), (String::new(), String::new()));
}

#[test]
fn the_practice_sheet_is_finished_by_doing_what_it_says() {
    let mut window = stage::window();
    run(&mut window, Named::Practice);
    stage::keys(&mut window, "12 Enter Up Right 3 Tab 0 Tab 0 Enter Up Left F2 Esc Shift+Down Shift+Down Down Up Ctrl+C Down Down");
    window.event(Event::Paste("12".to_owned()));
    window.run();
    stage::keys(&mut window, "Down Ctrl+D Ctrl+Z");
    assert!(shows(&window, "练习 9 / 10"));
    for (key, text) in [("rev.upheld", "0"), ("rev.corrected", "0"), ("rev.other", "0"), ("rev.pending", "0"), ("rev.total", "5")] {
        stage::type_into(&mut window, key, text);
    }
    window.key_press(Key::F8);
    window.run();
    assert!(shows(&window, "练习 10 / 10"));
}

#[test]
fn what_was_typed_survives_a_window_that_dies() {
    let folder = tempfile::tempdir().unwrap();
    let home = gouji::store::Home { disk: std::sync::Arc::new(gouji::store::RealDisk), folder: folder.path().join("home") };
    let path = folder.path().join("报告.gouji");
    let form = support::catalog().for_year(2025).unwrap();
    let draft = form.draft("某局".to_owned(), 2025);
    gouji::store::save(&gouji::store::RealDisk, &path, form.report(&draft)).unwrap();
    let mut window = stage::window_at(home.clone());
    run(&mut window, Command::OpenPath(path.clone()));
    stage::finish_jobs(&mut window);
    stage::type_into(&mut window, "new.nat", "12");
    stage::go_to(&mut window, "new.biz");
    window.event(Event::Text("3".to_owned()));
    window.run();
    drop(window); // without being closed, as a crash would
    let mut window = stage::window_at(home);
    let ctx = window.ctx.clone();
    // The journal's thread lets go a moment after the window.
    let began = std::time::Instant::now();
    while !shows(&window, "上次没有正常关闭") {
        assert!(began.elapsed().as_secs() < 20, "nothing is offered");
        window.state_mut().look_up_recent(&ctx);
        stage::finish_jobs(&mut window);
    }
    window.get_by_label("恢复").click();
    stage::finish_jobs(&mut window);
    assert_eq!(
        (stage::shown(&window, "new.nat"), stage::shown(&window, "new.biz")),
        ("12".to_owned(), "3".to_owned()),
        "even what was not entered yet"
    );
    assert_eq!(window.state().work().unwrap().path.as_deref(), Some(path.as_path()), "work goes on in its file");
    assert!(window.state().title().starts_with('●'));
}

#[test]
fn a_draft_open_elsewhere_is_only_shown() {
    let folder = tempfile::tempdir().unwrap();
    let home = gouji::store::Home { disk: std::sync::Arc::new(gouji::store::RealDisk), folder: folder.path().join("home") };
    let path = folder.path().join("报告.gouji");
    let form = support::catalog().for_year(2025).unwrap();
    gouji::store::save(&gouji::store::RealDisk, &path, form.report(&form.draft("某局".to_owned(), 2025))).unwrap();
    let mut first = stage::window_at(home.clone());
    run(&mut first, Command::OpenPath(path.clone()));
    stage::finish_jobs(&mut first);
    let mut second = stage::window_at(home);
    run(&mut second, Command::OpenPath(path));
    stage::finish_jobs(&mut second);
    assert!(second.state().notice().is_some_and(|words| words.contains("只能查看")), "{:?}", second.state().notice());
    stage::type_into(&mut second, "new.nat", "9");
    assert_eq!(stage::shown(&second, "new.nat"), "");
    stage::type_into(&mut first, "new.nat", "9");
    assert_eq!(stage::shown(&first, "new.nat"), "9");
}

#[test]
fn the_agencys_name_is_corrected_in_the_window() {
    let mut window = stage::window_on_v1();
    let ctx = window.ctx.clone();
    window.state_mut().run(&ctx, Named::Rename);
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(Event::Text("某省人民政府".to_owned()));
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert!(window.state().title().contains("某省人民政府2025年"), "{}", window.state().title());
    window.state_mut().run(&ctx, Named::Undo);
    window.run();
    assert!(window.state().title().contains("某市人民政府2025年"), "{}", window.state().title());
}

#[test]
fn warnings_are_answered_by_keyboard_alone() {
    let mut window = stage::window();
    run(&mut window, Named::OpenExample);
    let num_reasons = |window: &Window| window.state().work().unwrap().session.draft().reasons().count();
    for (place, reason) in ["去年底清理后重新制定", "执法事项下放到街道办理", "本年没有办理过此类事项"].into_iter().enumerate()
    {
        window.key_press(Key::F4);
        window.run();
        window.event(Event::Text(reason.to_owned()));
        window.run();
        window.key_press(Key::Enter);
        window.run();
        assert_eq!(num_reasons(&window), place + 1, "{reason}");
    }
    // Nothing is left to answer, and the keyboard is back in the table.
    assert!(shows(&window, "✓ 表内 "));
    let before = stage::focus(&window);
    window.key_press(Key::ArrowUp);
    window.run();
    assert_ne!(stage::focus(&window), before);
}

#[test]
fn a_report_begun_for_the_wrong_year_moves_with_its_form() {
    let mut window = stage::window_on_v1();
    stage::type_into(&mut window, "new.nat", "7");
    run(&mut window, Named::Rename);
    window.get_by_label_contains("报告年度").focus();
    window.run();
    window.key_press(Key::Backspace);
    window.event(Event::Text("0".to_owned()));
    window.run();
    assert!(shows(&window, "2019年格式"));
    window.get_by_label("改好").click();
    window.run();
    // Where every cell goes is shown first; Enter agrees.
    assert!(shows(&window, "换表样：逐格的去向"));
    window.key_press(Key::Enter);
    window.run();
    let session = &window.state().work().unwrap().session;
    assert_eq!((session.draft().year, &*session.form().id, session.is_modified()), (2020, "F2019", true));
    assert_eq!(stage::shown(&window, "new.nat"), "7");
    assert!(window.state().work().unwrap().path.is_none());
}
