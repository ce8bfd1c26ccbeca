//! The reader's desk: what was explained first, each accepted or commented on; what moved since last year, the largest first; what
//! was on the screen, and only that, counts as seen.

use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use gouji::model::{Action, Edit, Entry, Item, Kind, Person, Role, SectionId, Spot, Status};
use gouji::store::{self, Home, RealDisk};
use gouji::ui::{Command, Named};

use crate::stage::{self, Window, run, shows};
use crate::support::{self, folder, nth_cell};

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    stage::finish_jobs(window);
}

fn seat(window: &mut Window, name: &str, role: Role) {
    run(window, Command::SetPerson(Person { name: name.into(), role }, None));
}

fn session(window: &mut Window) -> &mut gouji::session::Session {
    &mut window.state_mut().work_mut().unwrap().session
}

fn status(window: &Window) -> Status {
    window.state().work().unwrap().session.draft().review().status()
}

/// A window on a report that differs from last year's, which lies beside it, in 103 cells, and of which the clerk has explained three
/// warnings; submitted, and a reader sits down.
fn window_of_reader(folder: &tempfile::TempDir) -> Window {
    let (form, mut draft) = support::v1();
    for (key, text) in [("a1.norm.valid", "418"), ("a1.reg.made", "9"), ("a1.reg.valid", "3")] {
        support::type_in(&form, &mut draft, key, text);
    }
    let mut prior = form.draft(draft.agency.clone(), draft.year - 1);
    let mut left = 103;
    for (cell, spec) in form.cells() {
        let entry = match (spec.kind, draft.entry(cell)) {
            (Kind::Count, Entry::Whole(value)) if left > 0 => {
                left -= 1;
                Entry::Whole(value / 2 + i64::from(value / 2 == *value))
            }
            (_, entry) => entry.clone(),
        };
        prior.apply(Edit::cell(cell, entry));
    }
    assert_eq!(left, 0);
    let path = folder.path().join("今年.gouji");
    store::save(&RealDisk, &folder.path().join("上年.gouji"), form.report(&prior)).unwrap();
    store::save(&RealDisk, &path, form.report(&draft)).unwrap();
    let mut window = stage::window_at(Home { disk: std::sync::Arc::new(RealDisk), folder: folder.path().join("own") });
    run(&mut window, Command::OpenPath(path));
    seat(&mut window, "张三", Role::Clerk);
    let clerk = session(&mut window);
    let texts = [
        "总体情况良好，逐项写明。\n".repeat(60),
        "公开还不够主动，明年改进。".to_owned(),
        "发出收费通知210件，实际收取信息处理费400元。".to_owned(),
    ];
    for (no, text) in [1, 5, 6].into_iter().zip(texts) {
        clerk.apply(clerk.text_edit(SectionId(no), &text).into_iter().collect());
    }
    for reason in ["有三件到期自动失效，不是废止", "规章在外单位合并时一并移交，文号见台账", "收费按上年结转的案件计算，票据齐全"]
    {
        let open: Vec<_> = clerk.open().filter(|finding| finding.severity(clerk.form()) == gouji::form::Severity::Warning).collect();
        let edit = clerk.reason_edit(open[0], reason).unwrap();
        clerk.apply(vec![edit]);
    }
    assert_eq!(clerk.unsolved(), (Vec::new(), Vec::new()));
    press(&mut window, Modifiers::NONE, Key::F9);
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(status(&window), Status::Review, "{:?}", window.state().notice());
    seat(&mut window, "李四", Role::Reviewer);
    window
}

#[test]
fn what_was_explained_comes_first_and_is_accepted_or_commented_on_by_keyboard() {
    let folder = folder();
    let mut window = window_of_reader(&folder);
    assert!(shows(&window, "填报人已说明的 3 条") && shows(&window, "有三件到期自动失效") && shows(&window, "103 处，大的在前"));
    stage::picture(&mut window, "reading");
    let mut num_keys = 0;
    let mut key = |window: &mut Window, modifiers, key| {
        num_keys += 1;
        press(window, modifiers, key);
    };
    // Not before each was looked at.
    key(&mut window, Modifiers::NONE, Key::F9);
    assert!(window.state().notice().unwrap().contains("还有 3 条没有认可"), "{:?}", window.state().notice());
    for _ in 0..3 {
        key(&mut window, Modifiers::NONE, Key::Y);
    }
    assert_eq!(window.get_all_by_label("✓ 已认可").count(), 3);
    stage::picture(&mut window, "reading-accepted");
    // What moved, a screen at a time.
    key(&mut window, Modifiers::COMMAND, Key::Num4);
    stage::picture(&mut window, "reading-moves");
    let left = |window: &Window| {
        let work = window.state().work().unwrap();
        work.panel.moves().iter().filter(|one| work.panel.unseen().contains(&Item::Cell(one.cell))).count()
    };
    assert_eq!(left(&window), 103);
    while left(&window) > 0 {
        let before = left(&window);
        key(&mut window, Modifiers::COMMAND, Key::Enter);
        assert!(left(&window) < before, "nothing more is seen");
        assert!(before - left(&window) < 40, "more than a screen holds was marked");
    }
    key(&mut window, Modifiers::NONE, Key::F9);
    assert!(shows(&window, "✓ 已认可　"), "the page of the step lists them");
    stage::picture(&mut window, "reading-pass");
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(status(&window), Status::Secrecy, "{:?}", window.state().notice());
    let step = window.state().work().unwrap().session.draft().review().last().unwrap().clone();
    assert!(step.action == Action::Pass && step.words.contains("已说明的 3 条：认可 R32"), "{}", step.words);
    println!("103 differences to last year and 3 explained warnings looked at and passed with {num_keys} keys");
    assert!(num_keys < 30);
}

#[test]
fn a_reason_that_is_refused_becomes_a_comment_and_keeps_the_report() {
    let folder = folder();
    let mut window = window_of_reader(&folder);
    press(&mut window, Modifiers::NONE, Key::N);
    window.event(Event::Text("请附文号".to_owned()));
    window.run();
    press(&mut window, Modifiers::NONE, Key::Enter);
    let threads = session(&mut window).draft().review().threads();
    assert!(matches!(&threads[0].spot, Spot::Finding(key) if &*key.rule == "R32"), "{threads:?}");
    assert!(shows(&window, "× 不认可，批注未结"));
    // A reason that is written anew is looked at anew.
    let explained = session(&mut window).explained();
    run(&mut window, Command::Judge(explained[1].key.clone(), true));
    run(&mut window, Command::Judge(explained[1].key.clone(), false));
    assert!(!shows(&window, "✓ 已认可"));
}

#[test]
fn only_what_was_on_the_screen_is_marked() {
    let folder = folder();
    let mut window = window_of_reader(&folder);
    run(&mut window, Command::Chapter(1));
    stage::finish_jobs(&mut window);
    let is_unseen = |window: &Window, item: &Item| window.state().work().unwrap().panel.unseen().contains(item);
    let long = Item::Text(SectionId(1));
    run(&mut window, Named::Seen);
    assert!(is_unseen(&window, &long), "its end was not on the screen");
    for _ in 0..20 {
        run(&mut window, Named::Seen);
        window.run();
    }
    assert!(!is_unseen(&window, &long), "read on to its end");
    let reasons =
        |window: &Window| window.state().work().unwrap().panel.unseen().iter().filter(|item| matches!(item, Item::Reason(_))).count();
    assert_eq!(reasons(&window), 3, "reasons are accepted one by one");
    let other = Item::Cell(nth_cell(150));
    let mut small = window_of_reader_small(&folder);
    run(&mut small, Named::Seen);
    assert!(is_unseen(&small, &other), "below the edge of the window");
}

/// The same report in a low window, at table 三.
fn window_of_reader_small(folder: &tempfile::TempDir) -> Window {
    let mut window = stage::window_at(Home { disk: std::sync::Arc::new(RealDisk), folder: folder.path().join("own-small") });
    window.set_size(egui::vec2(1100.0, 420.0));
    run(&mut window, Command::OpenPath(folder.path().join("今年.gouji")));
    seat(&mut window, "钱二", Role::Reviewer);
    run(&mut window, Command::Chapter(3));
    window
}

#[test]
fn where_last_years_report_is_missing_the_desk_says_so() {
    let mut window = stage::window_on_v1();
    seat(&mut window, "李四", Role::Reviewer);
    run(&mut window, Named::ShowChanges);
    assert!(shows(&window, "没有找到上年的报告"));
    run(&mut window, Named::Reading);
    run(&mut window, Named::Reading);
    assert!(shows(&window, "没有找到上年的报告"));
}
