//! 双录 in the window: table 三 keyed by a second person who does not see the first entry, settled cell by cell.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use gouji::model::{Action, CellId, Edit, Entry, Person, Role, Status};
use gouji::store::{self, RealDisk};
use gouji::ui::{Command, Named, Second};

use crate::stage::{self, Window, run, shows};
use crate::support;

fn click(window: &mut Window, words: &str) {
    window.get_by_label(words).click();
    stage::finish_jobs(window);
}

/// Types into whatever has the keyboard.
fn say(window: &mut Window, words: &str) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(egui::Event::Text(words.to_owned()));
    window.run();
}

fn key(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run();
}

fn person(window: &Window) -> String {
    window.state().work().unwrap().session.person().unwrap().name.to_string()
}

#[test]
fn table_three_is_keyed_by_a_second_person_and_settled_cell_by_cell() {
    let folder = support::folder();
    let path = folder.path().join("报告.gouji");
    let (form, first) = support::v1();
    store::save(&RealDisk, &path, form.report(&first)).unwrap();
    let mut window = stage::window();
    run(&mut window, Command::OpenPath(path.clone()));
    run(&mut window, Command::SetPerson(Person { name: "张三".into(), role: Role::Clerk }, None));
    run(&mut window, Command::Chapter(3));

    // Who keyed it first is no second person.
    run(&mut window, Named::KeyTwice);
    say(&mut window, "张三");
    assert!(shows(&window, "第二遍要由另一个人来录"));
    stage::picture(&mut window, "second-asked");
    say(&mut window, "李四");
    key(&mut window, Modifiers::NONE, Key::Enter);
    stage::finish_jobs(&mut window);

    // Blind: nothing of the first entry is there, and it is not to be taken for the report.
    assert_eq!((person(&window).as_str(), stage::shown(&window, "new.nat").as_str()), ("李四", ""));
    assert!(shows(&window, "已录 0 / 175 格"));
    stage::picture(&mut window, "second-blind");
    key(&mut window, Modifiers::NONE, Key::F9);
    assert!(window.state().notice().unwrap().contains("双录的第二遍"));
    let wrong = [("new.nat", "13621"), ("open.biz", "192"), ("deny7.sum", "")];
    let table: Vec<(CellId, String)> = form
        .cells()
        .filter(|(_, cell)| cell.table == 1)
        .map(|(id, cell)| {
            let other = wrong.iter().find(|(key, _)| *key == &*cell.key).map(|(_, text)| (*text).to_owned());
            (id, other.unwrap_or_else(|| first.entry(id).text()))
        })
        .collect();
    let edits = table.iter().map(|(id, text)| Edit::cell(*id, Entry::read(form.cell(*id).kind, text))).collect();
    run(&mut window, Command::Change(edits));
    // One cell is not keyed: it is asked before anything of the first entry is seen.
    click(&mut window, "录完了，与第一遍对照");
    assert!(shows(&window, "还有 1 格没有录"));
    stage::picture(&mut window, "second-unkeyed");
    click(&mut window, "仍要对照");

    // Both beside each other: the second entry, the first, and a third figure.
    assert!(shows(&window, "两遍不同 3 格"), "{:?}", window.state().notice());
    assert_eq!(stage::shown(&window, "new.nat"), "13612");
    key(&mut window, Modifiers::NONE, Key::F8);
    assert_eq!(stage::focus(&window), "new.nat");
    stage::picture(&mut window, "second-beside");
    key(&mut window, Modifiers::NONE, Key::F5);
    assert_eq!((stage::shown(&window, "new.nat").as_str(), stage::focus(&window).as_str()), ("13612", "open.biz"));
    key(&mut window, Modifiers::NONE, Key::F6);
    assert_eq!((stage::shown(&window, "open.biz").as_str(), stage::focus(&window).as_str()), ("192", "deny7.sum"));
    // A wrong choice is taken back like anything else, and asked again.
    run(&mut window, Named::Undo);
    assert!(shows(&window, "两遍不同 2 格"));
    // Put away and taken up again: what was settled is settled.
    run(&mut window, Second::Drop);
    assert_eq!(person(&window), "张三");
    run(&mut window, Named::Save);
    run(&mut window, Command::OpenPath(folder.path().join("报告（双录 李四）.gouji")));
    assert_eq!(person(&window), "李四");
    click(&mut window, "录完了，与第一遍对照");
    click(&mut window, "仍要对照");
    assert!(shows(&window, "两遍不同 2 格"), "{:?}", window.state().notice());
    // What was not keyed the second time takes nothing away from the first.
    stage::go_to(&mut window, "deny7.sum");
    key(&mut window, Modifiers::NONE, Key::F6);
    assert_eq!(stage::shown(&window, "deny7.sum"), "286");
    // Neither is right: what is typed now counts.
    stage::type_into(&mut window, "open.biz", "130");
    click(&mut window, "一录 130");
    click(&mut window, "一录 286");
    assert!(shows(&window, "✓ 两遍一致"));
    click(&mut window, "完成双录");

    let draft = window.state().work().unwrap().session.draft();
    let step = draft.review().last().unwrap();
    assert_eq!((&*step.person.name, &step.action, draft.review().status()), ("李四", &Action::SecondEntry, Status::Draft));
    assert!(step.words.starts_with("表三 175 格录了两遍（一录 张三，二录 李四），3 格两遍不同，已逐格定下来\n"), "{}", step.words);
    for settled in ["一录 13612，二录 13621，取 13612", "一录 129，二录 192，取 130", "一录 286，二录 （空），取 286"]
    {
        assert!(step.words.contains(settled), "{settled} in {}", step.words);
    }
    assert_eq!(stage::shown(&window, "open.biz"), "130");
    assert_eq!(person(&window), "张三");
    assert!(folder.path().join("报告（双录 李四）.gouji").is_file());
}

#[test]
fn a_second_entry_that_was_begun_is_gone_on_with() {
    let folder = support::folder();
    let path = folder.path().join("报告.gouji");
    let (form, first) = support::v1();
    store::save(&RealDisk, &path, form.report(&first)).unwrap();
    let mut window = stage::window();
    for round in ["", "5"] {
        run(&mut window, Command::OpenPath(path.clone()));
        run(&mut window, Command::SetPerson(Person { name: "张三".into(), role: Role::Clerk }, None));
        run(&mut window, Named::KeyTwice);
        say(&mut window, "李四");
        key(&mut window, Modifiers::NONE, Key::Enter);
        stage::finish_jobs(&mut window);
        assert_eq!(stage::shown(&window, "new.nat"), round);
        stage::type_into(&mut window, "new.nat", "5");
        run(&mut window, Named::Save);
    }

    // Laid beside a report that it does not belong to, it is refused by name.
    let other = folder.path().join("别的.gouji");
    store::save(&RealDisk, &other, form.report(&form.draft("别的局".to_owned(), 2025))).unwrap();
    run(&mut window, Command::OpenPath(other));
    run(&mut window, Command::SetPerson(Person { name: "张三".into(), role: Role::Clerk }, None));
    run(&mut window, Named::KeyTwice);
    say(&mut window, "李四");
    click(&mut window, "已经录好，打开第二遍…");
    say(&mut window, &folder.path().join("报告（双录 李四）.gouji").display().to_string());
    key(&mut window, Modifiers::NONE, Key::Enter);
    stage::finish_jobs(&mut window);
    assert!(window.state().notice().unwrap().contains("不是同一份报告的第二遍"), "{:?}", window.state().notice());
}
