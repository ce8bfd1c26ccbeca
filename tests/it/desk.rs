//! The supervisor's half of the window, without a display: a whole round between clerk, reviewer and signer.

use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use gouji::model::{Draft, Person, Role, SectionId, Status};
use gouji::review;
use gouji::ui::{Command, Named, Shown};

use crate::stage::{self, Window, run, shows};

/// From now on this person sits at the window.
fn seat(window: &mut Window, name: &str, role: Role) {
    run(window, Command::SetPerson(Person { name: name.into(), role }, None));
}

fn draft(window: &Window) -> &Draft {
    window.state().work().unwrap().session.draft()
}

fn status(window: &Window) -> Status {
    draft(window).review().status()
}

/// Types text into whatever has the keyboard, then presses Enter.
fn say(window: &mut Window, words: &str) {
    window.event(Event::Text(words.to_owned()));
    window.run();
    window.key_press(Key::Enter);
    stage::finish_jobs(window);
}

/// Presses a key of the window.
fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    stage::finish_jobs(window);
}

fn fill_texts(window: &mut Window) {
    let texts = [(1, "公开工作平稳。"), (5, "公开还不够及时，下一步将改进。"), (6, "发出收费通知210件，实际收取信息处理费400元。")];
    for (no, text) in texts {
        let session = &mut window.state_mut().work_mut().unwrap().session;
        let edit = session.text_edit(SectionId(no), text).unwrap();
        session.apply(vec![edit]);
    }
    window.run();
}

#[test]
fn a_whole_round_from_filling_to_publication() {
    let folder = crate::support::folder();
    let path = folder.path().join("年报.gouji");
    let mut window = stage::window_on_v1_at(&path);
    fill_texts(&mut window);
    stage::type_into(&mut window, "carry_out.nat", "782");

    // F9 asks who sits here first; then the error keeps the report back, with a way to it.
    press(&mut window, Modifiers::NONE, Key::F9);
    say(&mut window, "张三");
    assert!(shows(&window, "还不能送审"));
    window.get_all_by_label("转到").next().unwrap().click();
    window.run();
    assert_eq!(status(&window), Status::Draft);
    stage::type_into(&mut window, "carry_out.nat", "783");
    press(&mut window, Modifiers::NONE, Key::F9);
    assert!(shows(&window, "各格、各章都填了"));
    window.key_press(Key::Enter);
    stage::finish_jobs(&mut window);
    assert_eq!(status(&window), Status::Review);

    // What is submitted is not typed into any more, and the window says why.
    stage::type_into(&mut window, "new.nat", "1");
    assert_eq!(stage::shown(&window, "new.nat"), "13612");
    assert!(window.state().notice().is_some_and(|notice| notice.contains("待审核")), "{:?}", window.state().notice());

    seat(&mut window, "李四", Role::Reviewer);
    assert!(shows(&window, "未看过"));
    for (key, words) in [("new.nat", "与台账不符"), ("open.biz", "请核实"), ("rev.total", "去年为 5")] {
        stage::go_to(&mut window, key);
        press(&mut window, Modifiers::SHIFT, Key::F2);
        say(&mut window, words);
    }
    assert_eq!(draft(&window).review().threads().len(), 3);
    for _ in 0..12 {
        press(&mut window, Modifiers::COMMAND, Key::Enter);
    }
    assert!(shows(&window, "全部看过"));
    press(&mut window, Modifiers::SHIFT, Key::F9);
    window.key_press(Key::Enter);
    stage::finish_jobs(&mut window);
    assert_eq!(status(&window), Status::Returned);

    // The clerk's tasks, in order, by F8; a figure that had to change and did.
    seat(&mut window, "张三", Role::Clerk);
    assert!(shows(&window, "退回意见已办 0 / 3"));
    // The clerk says what he did; whether that settles it is not his to say.
    assert!(shows(&window, "已改…") && shows(&window, "已答复…") && !shows(&window, "已解决"));
    for key in ["new.nat", "open.biz", "rev.total"] {
        press(&mut window, Modifiers::NONE, Key::F8);
        assert_eq!(stage::focus(&window), key);
    }
    stage::type_into(&mut window, "new.nat", "13613");
    stage::type_into(&mut window, "new.sum", "14284");
    assert!(shows(&window, "退回意见已办 1 / 3"));
    run(&mut window, Named::Undo);
    run(&mut window, Named::Undo);
    press(&mut window, Modifiers::NONE, Key::F9);
    window.key_press(Key::Enter);
    stage::finish_jobs(&mut window);
    assert_eq!(status(&window), Status::Review, "{:?}", window.state().notice());

    for (name, role, next) in [("李四", Role::Reviewer, Status::Secrecy), ("王五", Role::Secrecy, Status::Signing)] {
        seat(&mut window, name, role);
        press(&mut window, Modifiers::NONE, Key::F9);
        if role == Role::Secrecy {
            // The checklist first, ticked off by the keyboard alone.
            press(&mut window, Modifiers::NONE, Key::Space);
            for _ in 0..2 {
                press(&mut window, Modifiers::NONE, Key::Tab);
                press(&mut window, Modifiers::NONE, Key::Space);
            }
        }
        window.key_press(Key::Enter);
        stage::finish_jobs(&mut window);
        assert_eq!(status(&window), next);
    }
    seat(&mut window, "赵六", Role::Signer);
    press(&mut window, Modifiers::NONE, Key::F9);
    say(&mut window, "22222-22222");
    assert!(shows(&window, "核对码输错了"));
    assert_eq!(status(&window), Status::Signing);
    press(&mut window, Modifiers::NONE, Key::Escape);
    let code = review::code_now(window.state().work().unwrap().session.form().report(draft(&window)));
    press(&mut window, Modifiers::NONE, Key::F9);
    say(&mut window, &code.to_lowercase());
    assert_eq!(status(&window), Status::Signed);
    assert!(shows(&window, "已锁定"));
}

#[test]
fn forty_differences_are_reviewed_by_keyboard_alone() {
    let folder = crate::support::folder();
    let mut window = stage::window_on_v1_at(&folder.path().join("年报.gouji"));
    fill_texts(&mut window);
    seat(&mut window, "张三", Role::Clerk);
    let act = |window: &mut Window| {
        press(window, Modifiers::NONE, Key::F9);
        window.key_press(Key::Enter);
        stage::finish_jobs(window);
    };
    act(&mut window);
    seat(&mut window, "李四", Role::Reviewer);
    for _ in 0..14 {
        press(&mut window, Modifiers::COMMAND, Key::Enter);
    }
    assert!(shows(&window, "全部看过"));
    press(&mut window, Modifiers::SHIFT, Key::F9);
    say(&mut window, "请全面核对");
    assert_eq!(status(&window), Status::Returned);
    seat(&mut window, "张三", Role::Clerk);
    // Two rows and their totals, in balance: every column of new, carry-over and results.
    let changed = crate::support::case("review-forty.txt");
    for assignment in &changed {
        let (key, text) = assignment.split_once('=').unwrap();
        stage::type_into(&mut window, key, text);
    }
    assert_eq!(changed.len(), 40);
    act(&mut window);
    assert_eq!(status(&window), Status::Review, "{:?}", window.state().notice());

    seat(&mut window, "李四", Role::Reviewer);
    let mut num_keys = 0;
    let mut key = |window: &mut Window, modifiers, key| {
        num_keys += 1;
        press(window, modifiers, key);
    };
    key(&mut window, Modifiers::COMMAND, Key::Num3);
    assert!(shows(&window, "40 处不同"));
    let mut visited = std::collections::BTreeSet::new();
    for _ in 0..40 {
        key(&mut window, Modifiers::NONE, Key::F8);
        visited.insert(stage::focus(&window));
    }
    assert_eq!(visited.len(), 40);
    for _ in 0..3 {
        key(&mut window, Modifiers::COMMAND, Key::Enter);
    }
    assert!(shows(&window, "全部看过"));
    key(&mut window, Modifiers::NONE, Key::F9);
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(status(&window), Status::Secrecy);
    println!("40 differences looked at and passed with {num_keys} keys");
}

#[test]
fn the_supervisors_copy_joins_the_clerks() {
    let folder = crate::support::folder();
    let mut window = stage::window_on_v1_at(&folder.path().join("年报.gouji"));
    fill_texts(&mut window);
    seat(&mut window, "张三", Role::Clerk);
    press(&mut window, Modifiers::NONE, Key::F9);
    window.key_press(Key::Enter);
    stage::finish_jobs(&mut window);
    let submitted = draft(&window).clone();
    let form = window.state().work().unwrap().session.shared_form();

    // The reviewer comments on a copy; meanwhile the clerk withdraws and changes a figure.
    seat(&mut window, "李四", Role::Reviewer);
    stage::go_to(&mut window, "open.biz");
    press(&mut window, Modifiers::SHIFT, Key::F2);
    say(&mut window, "请核实");
    let copy = folder.path().join("审核人的副本.gouji");
    gouji::store::save(&gouji::store::RealDisk, &copy, form.report(draft(&window))).unwrap();
    window.state_mut().show(form, submitted, None);
    window.run();
    seat(&mut window, "张三", Role::Clerk);
    run(&mut window, Command::Act(gouji::model::ActionKind::Withdraw));
    window.key_press(Key::Enter);
    stage::finish_jobs(&mut window);
    // A step goes to disk at once; this report has no file yet, and gets none here.
    assert!(shows(&window, "保存草稿"));
    window.key_press(Key::Escape);
    window.run();
    stage::type_into(&mut window, "a1.reg.made", "4");

    run(&mut window, Named::OpenCopy);
    stage::finish_jobs(&mut window);
    window.get_by_role(egui::accesskit::Role::TextInput).focus();
    window.run();
    press(&mut window, Modifiers::COMMAND, Key::A);
    say(&mut window, &copy.display().to_string());
    stage::finish_jobs(&mut window);
    assert!(shows(&window, "没有两边都改过的地方"), "{:?}", window.state().notice());
    window.key_press(Key::Enter);
    stage::finish_jobs(&mut window);
    assert_eq!(stage::shown(&window, "a1.reg.made"), "4");
    assert_eq!(draft(&window).review().threads().len(), 1);
    assert!(shows(&window, "已合并"));
}

#[test]
fn last_years_report_that_lies_beside_it_is_known() {
    let folder = crate::support::folder();
    let draft = |name: &str, agency: &str, year, cells: &[&str]| {
        let cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        crate::support::new_draft(&folder, name, agency, year, &cells)
    };
    // Another agency's, an older year's, the sheet of a second entry, what is no draft at all.
    draft("别的局.gouji", "别的局", 2024, &["new.nat=1", "new.biz=1"]);
    draft("前年.gouji", "测试局", 2023, &["new.nat=2", "new.biz=1"]);
    draft("上年（双录 李四）.gouji", "测试局", 2024, &["new.nat=3"]);
    crate::support::put(&folder.path().join("坏的.gouji"), b"(");
    draft("上年.gouji", "测试局", 2024, &["new.nat=13000", "new.biz=1", "a8.fee.amount=10.5"]);
    let this = draft("今年.gouji", "测试局", 2025, &["new.nat=13612", "new.biz=252", "a8.fee.amount=8"]);
    let mut window =
        stage::window_at(gouji::store::Home { disk: std::sync::Arc::new(gouji::store::RealDisk), folder: folder.path().join("gouji") });
    run(&mut window, Command::OpenPath(this.into()));
    stage::finish_jobs(&mut window);
    stage::go_to(&mut window, "new.nat");
    assert!(shows(&window, "上年 13000，增加 612"));
    stage::go_to(&mut window, "a8.fee.amount");
    assert!(shows(&window, "上年 10.5万元，减少 2.5万元"));
    // One key takes it into the draft, the same key again what follows from it; nothing before.
    assert!(self::draft(&window).prior().is_none() && shows(&window, "找到上年报告"));
    press(&mut window, Modifiers::NONE, Key::F3);
    assert_eq!(self::draft(&window).prior().map(|prior| prior.year), Some(2024));
    press(&mut window, Modifiers::NONE, Key::F3);
    assert!(self::draft(&window).prior().unwrap().carried().next().is_none(), "last year's cells are blank, so nothing follows");
    // The tables show last year's figures, or the change, until something is typed.
    for (shown, words) in [(Shown::LastYear, "13000"), (Shown::Change, "＋612")] {
        run(&mut window, Command::ShowYear(shown));
        let work = window.state().work().unwrap();
        let (form, cell) = (work.session.form(), work.session.form().cell_by_key("new.nat").unwrap());
        let entry = work.session.draft().entry(cell);
        assert_eq!(work.panel.shown(cell, form.cell(cell).kind, entry).as_deref(), Some(words));
    }
    stage::type_into(&mut window, "new.sci", "3");
    assert_eq!(window.state().work().unwrap().panel.shows, Shown::ThisYear);
    // It is still there when somebody else sits down.
    seat(&mut window, "李四", Role::Reviewer);
    stage::go_to(&mut window, "new.biz");
    assert!(shows(&window, "上年 1，增加 251"));
}

/// Who signed the last report on this computer sits there still.
#[test]
fn what_is_begun_here_is_typed_into_whoever_signed_last() {
    let mut window = stage::window_on_v1();
    for begin in [Command::Start("某县某局".to_owned(), 2025), Named::Practice.into(), Named::OpenExample.into()] {
        seat(&mut window, "赵六", Role::Signer);
        run(&mut window, begin.clone());
        let work = window.state().work().unwrap();
        assert_eq!(work.session.person().unwrap(), &Person { name: "赵六".into(), role: Role::Clerk }, "{begin:?}");
        assert!(!work.is_read_only(), "{begin:?}");
    }
}

#[test]
fn a_draft_in_a_file_is_opened_by_who_sits_there() {
    let folder = crate::support::folder();
    let mut window = stage::window_on_v1_at(&folder.path().join("a.gouji"));
    seat(&mut window, "赵六", Role::Signer);
    let (form, draft) = crate::support::v1();
    window.state_mut().show(form, draft, Some(folder.path().join("b.gouji")));
    assert_eq!(window.state().work().unwrap().session.person().unwrap().role, Role::Signer);
}

#[test]
fn blank_places_are_said_to_who_is_about_to_pass() {
    let mut window = stage::window_on_v1();
    seat(&mut window, "张三", Role::Clerk);
    run(&mut window, Command::Do(gouji::model::Action::Submit, String::new()));
    assert_eq!(status(&window), Status::Review);
    let num = window.state().work().unwrap().session.blanks().len();
    assert!(num > 0, "its text chapters are empty");
    seat(&mut window, "李四", Role::Reviewer);
    run(&mut window, Named::WayOn);
    assert!(shows(&window, &format!("还有 {num} 处没有填")));
}
