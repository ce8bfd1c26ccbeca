//! A figure of the text in the window: its card by keyboard and pointer, the lists of counts, and what an input method composes beside it.

use egui::{Event, ImeEvent, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use gouji::model::SectionId;
use gouji::ui::{Command, Named};

use crate::stage::{self, Window, run, section, shows};

/// Right, wrong, to be looked at, linked, and none of the tables'.
const TEXT: &str = "（一）主动公开\n全年制发行政规范性文件9999件，门户网站发布信息652条。\n（二）依申请公开\n本年新收政府信息公开申请14069件，上年结转118件。全年共收到政府信息公开申请20件。组织培训3次。";

/// V1 with these words in its first chapter, which is on screen; the figure behind them is linked.
fn window() -> Window {
    let mut window = stage::window_on_v1();
    run(&mut window, Command::Chapter(1));
    window.event(Event::Text(TEXT.to_owned()));
    window.run();
    let work = window.state().work().unwrap();
    let end = TEXT.chars().count();
    let edits = work.session.insert_edits(SectionId(1), end, "全年办结政府信息公开申请{total.sum}件。").unwrap();
    run(&mut window, Command::Change(edits));
    window
}

/// Puts the cursor of the chapter behind these words.
fn put_cursor(window: &mut Window, words: &str) {
    let text = section(window, 1);
    let at = text.split_once(words).unwrap().0.chars().count() + words.chars().count();
    let target = gouji::ui::Target::Text(SectionId(1), Some((at, at)));
    run(window, Command::Visit(target));
}

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run();
}

fn links(window: &Window) -> Vec<String> {
    let session = &window.state().work().unwrap().session;
    let text: Vec<char> = session.draft().section(SectionId(1)).chars().collect();
    session.links().iter().map(|link| text[link.at.clone()].iter().collect()).collect()
}

#[test]
fn the_card_of_a_figure_opens_and_works_by_keyboard() {
    let mut window = window();
    put_cursor(&mut window, "上年结转118");
    press(&mut window, Modifiers::ALT, Key::ArrowDown);
    assert!(shows(&window, "正文写 118，表里是 "), "both sides stand on the card");
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!shows(&window, "正文写 118，表里是 "));
    // Its first button, by Enter, changes the text; one undo takes it back.
    let before = section(&window, 1);
    press(&mut window, Modifiers::ALT, Key::ArrowDown);
    press(&mut window, Modifiers::NONE, Key::Enter);
    let after = section(&window, 1);
    assert_ne!(after, before);
    assert!(!after.contains("118件") && after.contains("14069件"));
    run(&mut window, Named::Undo);
    assert_eq!(section(&window, 1), before);

    put_cursor(&mut window, "新收政府信息公开申请14069");
    press(&mut window, Modifiers::ALT, Key::ArrowDown);
    assert!(shows(&window, "与表里一致"));
    press(&mut window, Modifiers::ALT, Key::ArrowDown);
    assert!(!shows(&window, "与表里一致"), "the same key puts it away");
    put_cursor(&mut window, "全年办结政府信息公开申请");
    put_cursor(&mut window, "（二）依");
    press(&mut window, Modifiers::ALT, Key::ArrowDown);
    assert!(shows(&window, "光标处没有与表核对的数"));
}

#[test]
fn the_counts_below_a_text_open_their_lists() {
    let mut window = window();
    assert!(shows(&window, "个与表无关") && shows(&window, "个已核对") && shows(&window, "个请核对"));
    for (counts, item) in [("个与表无关", "3次"), ("个已核对", "14069件"), ("个请核对", "118件")] {
        window.get_by_label_contains(counts).click();
        window.run();
        assert!(window.query_all_by_label_contains(item).count() >= 1, "{counts}: {item}");
        press(&mut window, Modifiers::NONE, Key::Escape);
    }
    for legend in ["不一致", "请核对", "跟着表", "已核对"] {
        assert!(shows(&window, legend), "{legend}");
    }
}

#[test]
fn composing_beside_and_inside_a_linked_figure_moves_nothing_and_never_drops_the_link_silently() {
    let preedit = |text: &str| Event::Ime(ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None });
    let mut window = window();
    let linked = links(&window);
    assert_eq!(linked.len(), 1);
    let total = linked[0].clone();
    let digits = total.trim_end_matches('件').to_owned();
    let (first, rest) = digits.split_at(2);
    let before = section(&window, 1);
    let places = [format!("申请{first}"), format!("全年办结政府信息公开申请{digits}"), "全年办结政府信息公开申请".to_owned()];
    for place in places {
        put_cursor(&mut window, &place);
        for letters in ["g", "go", "gon", "gong"] {
            window.event(preedit(letters));
            window.run();
            assert_eq!(section(&window, 1).replace(letters, ""), before, "nothing else moves while {place} is composed");
        }
        // Given up: all is as it was, the link too.
        window.event(preedit(""));
        window.event(Event::Ime(ImeEvent::Commit(String::new())));
        window.run();
        assert_eq!(section(&window, 1), before);
        assert_eq!(links(&window), linked, "{place}");
    }
    // Beside the figure: the link stays, and follows.
    put_cursor(&mut window, "全年办结政府信息公开申请");
    window.event(preedit("gong"));
    window.run();
    window.event(preedit(""));
    window.event(Event::Ime(ImeEvent::Commit("共".to_owned())));
    window.run();
    assert!(section(&window, 1).contains(&format!("申请共{total}")));
    assert_eq!(links(&window), linked);
    stage::type_into(&mut window, "total.sum", "7");
    assert!(section(&window, 1).contains("申请共7件"));
    run(&mut window, Named::Undo);
    // Inside: the figure is no longer the cell's, and that is an error one sees.
    run(&mut window, Command::Chapter(1));
    put_cursor(&mut window, &format!("申请共{first}"));
    window.event(preedit("jian"));
    window.run();
    window.event(preedit(""));
    window.event(Event::Ime(ImeEvent::Commit("件".to_owned())));
    window.run();
    assert!(section(&window, 1).contains(&format!("申请共{first}件{rest}")));
    let session = &window.state().work().unwrap().session;
    let told = session.text_findings().iter().any(|found| found.is_linked && found.severity() == gouji::form::Severity::Error);
    assert!(told || session.links().is_empty(), "kept and told, or gone with its figure");
    assert!(told, "{:?}", session.links());
}

#[test]
fn pictures_of_the_chapter_with_its_card_and_its_dialog() {
    for (look, name) in [(gouji::ui::theme::Look::Light, "light"), (gouji::ui::theme::Look::Dark, "dark")] {
        let mut window = window();
        run(&mut window, Command::Look(look));
        put_cursor(&mut window, "上年结转118");
        press(&mut window, Modifiers::ALT, Key::ArrowDown);
        window.run();
        stage::picture(&mut window, &format!("chapter-card-{name}"));
        press(&mut window, Modifiers::NONE, Key::Escape);
        press(&mut window, Modifiers::COMMAND, Key::J);
        window.run();
        stage::picture(&mut window, &format!("insert-{name}"));
    }
}
