//! The ways to the questions and menus of the program, each from 表三 of V1.

use egui::accesskit::Role as Node;
use egui_kittest::kittest::Queryable as _;
use gouji::model::{Action, Edit, Entry, Person, Role};
use gouji::store::{self, RealDisk};
use gouji::ui::{Command, Named, Purpose};

use super::ways::{
    Way, after_a_crash, as_reviewer, at_chapter, folder_of, keyed_twice, passed, press, seat, with_county, with_slip, with_texts,
};
use crate::stage::{self, Window};
use crate::support;

fn open_menu(window: &mut Window, name: &str) {
    window.get_by_label(name).click();
    window.run();
}

fn save_twice(window: &mut Window) {
    for figure in ["2", "3"] {
        stage::type_into(window, "new.nat", figure);
        stage::run(window, Named::Save);
    }
    stage::run(window, Named::Versions);
}

/// The draft on disk as somebody else has changed it, in this place.
fn changed_elsewhere(window: &Window, to: &std::path::Path, key: &str, value: i64) {
    let path = window.state().work().unwrap().path.clone().unwrap();
    let (form, mut draft) = store::load(&RealDisk, &path, &support::catalog()).unwrap();
    draft.apply(Edit::cell(form.cell_by_key(key).unwrap(), Entry::Whole(value)));
    store::save(&RealDisk, to, form.report(&draft)).unwrap();
}

/// All questions and menus.
pub const QUESTIONS: &[(&str, Way)] = &[
    ("menu-file", |window| open_menu(window, "文件")),
    ("menu-edit", |window| open_menu(window, "编辑")),
    ("menu-view", |window| open_menu(window, "查看")),
    ("menu-review", |window| open_menu(window, "办理")),
    ("menu-cell", |window| {
        window.key_press(egui::Key::Menu);
        window.run();
    }),
    ("dialog-new", |window| {
        stage::run(window, Named::Close);
        stage::run(window, Named::New);
    }),
    ("dialog-rename", |window| stage::run(window, Named::Rename)),
    ("dialog-help", |window| stage::run(window, Named::Help)),
    ("dialog-export", |window| stage::run(window, Named::Export)),
    ("dialog-open", |window| {
        stage::run(window, Named::Close);
        stage::run(window, Named::Open);
    }),
    ("dialog-person", |window| stage::run(window, Named::AskPerson)),
    ("dialog-versions", |window| stage::run(window, Named::Versions)),
    ("dialog-backup", |window| stage::run(window, Named::Backup)),
    ("dialog-insert", |window| {
        with_texts(window);
        at_chapter(window, 1);
        stage::run(window, Named::InsertFigure);
    }),
    ("dialog-twice", |window| stage::run(window, Named::KeyTwice)),
    ("dialog-log", |window| stage::run(window, Named::Log)),
    ("dialog-unsaved", |window| {
        stage::type_into(window, "new.nat", "5");
        stage::run(window, Named::Close);
    }),
    ("dialog-submit", |window| {
        stage::run(window, Command::SetPerson(Person { name: "李四".into(), role: Role::Clerk }, None));
        stage::run(window, Named::WayOn);
    }),
    ("dialog-split", |window| {
        at_chapter(window, 1);
        window.event(egui::Event::Paste(
            "一、总体情况\n全年公开信息12条。\n五、存在的主要问题及改进情况\n公开得还不够快。\n六、其他需要报告的事项\n无。".to_owned(),
        ));
        window.run();
    }),
    ("dialog-new-first", |window| {
        let path = window.state().work().unwrap().path.clone().unwrap();
        stage::run(window, Named::Close);
        stage::run(window, Command::LeaveOut(path));
        stage::run(window, Named::New);
    }),
    ("menu-help", |window| open_menu(window, "帮助")),
    ("menu-totals", |window| press(window, Node::ComboBox, "合计")),
    ("menu-since", |window| {
        stage::run(window, Named::ShowChanges);
        press(window, Node::ComboBox, "处不同");
    }),
    ("dialog-clean", |window| stage::run(window, Named::ExportClean)),
    ("dialog-folder", |window| stage::run(window, Named::ExportAll)),
    ("dialog-conflict", |window| {
        let path = window.state().work().unwrap().path.clone().unwrap();
        changed_elsewhere(window, &path, "new.biz", 77);
        stage::type_into(window, "new.nat", "2");
        stage::run(window, Named::Save);
    }),
    ("dialog-saves", save_twice),
    ("dialog-comparison", |window| {
        save_twice(window);
        press(window, Node::Button, "与现在对照");
    }),
    ("dialog-forget", |window| {
        after_a_crash(window);
        press(window, Node::Button, "不要了");
    }),
    ("dialog-given-up", |window| {
        after_a_crash(window);
        press(window, Node::Button, "不要了");
        press(window, Node::Button, "不要了");
        press(window, Node::Button, "不要了的改动");
    }),
    ("dialog-paste", |window| {
        window.event(egui::Event::Paste("12\t大约三\t14\n5\t6\t7\n".to_owned()));
        window.run();
    }),
    ("dialog-import", |window| {
        let path = crate::handing::workbook(&folder_of(window));
        stage::run(window, Command::Picked(Purpose::Import, path));
    }),
    ("dialog-prior", |window| {
        let path = folder_of(window).join("上年.html");
        let (form, draft) = support::v1();
        let page = crate::receiving::page(&form, &draft, 2024, &["open.nat"]);
        support::put(&path, String::from_utf8(page).unwrap().replace("某县某局", "某市人民政府").as_bytes());
        stage::run(window, Command::Picked(Purpose::Prior, path));
    }),
    ("dialog-moving", |window| {
        stage::run(window, Named::OpenExample);
        let agency = window.state().work().unwrap().session.draft().agency.clone();
        stage::run(window, Command::MoveTo(agency, 2021));
    }),
    ("dialog-join", |window| {
        seat(window, "李四", Role::Clerk);
        let copy = folder_of(window).join("副本.gouji");
        changed_elsewhere(window, &copy, "new.nat", 77);
        stage::type_into(window, "new.nat", "78");
        stage::run(window, Command::Picked(Purpose::Join, copy));
    }),
    ("dialog-second", |window| {
        seat(window, "张三", Role::Clerk);
        stage::run(window, Named::KeyTwice);
    }),
    ("dialog-unkeyed", |window| {
        keyed_twice(window);
        press(window, Node::Button, "录完了");
    }),
    ("dialog-against", |window| {
        let out = folder_of(window).join("报告.docx");
        stage::run(window, Command::Picked(Purpose::Export, out.clone()));
        stage::type_into(window, "new.nat", "2");
        stage::run(window, Command::Picked(Purpose::Against, out));
    }),
    ("county-mend", |window| {
        with_county(window);
        stage::run(window, gouji::ui::Many::Sum(true));
        stage::keys(window, "F8 F4");
    }),
    ("dialog-decisions", |window| {
        let answers = "(columns: {received: \"受理时间\"}, outcomes: {\"已合并\": \"noproc2\", \"依申请公开\": \"open\"}, applicants: {\"大学\": \"sci\"}, basis: decided, decided: {\"outcomes:已合并\": (year: 2025, before: \"skip\"), \"applicants:大学\": (year: 2024)}, lines: [(line: 3, count: 2)])";
        support::put(&folder_of(window).join("某市人民政府台账归类.ron"), answers.as_bytes());
        stage::run(window, Named::Decisions);
    }),
    ("dialog-register", |window| {
        let path = folder_of(window).join("台账.xlsx");
        support::put(&path, &crate::ledger::styles::merged_book());
        crate::receiving::drop_files(window, &[path]);
    }),
    ("dialog-refused", |window| {
        with_slip(window);
        seat(window, "李四", Role::Clerk);
        stage::run(window, Named::WayOn);
    }),
    ("dialog-return", |window| {
        as_reviewer(window);
        stage::run(window, Named::GiveBack);
    }),
    ("dialog-secrecy", |window| {
        passed(window, true);
        stage::run(window, Named::WayOn);
    }),
    ("dialog-sign", |window| {
        passed(window, false);
        stage::run(window, Named::WayOn);
    }),
    ("dialog-steps", |window| {
        as_reviewer(window);
        stage::run(window, Command::Do(Action::Return, "请核实上年结转".to_owned()));
        stage::run(window, Named::Log);
    }),
];
