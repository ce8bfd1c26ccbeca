//! The ways to the screens of the program, each from 表三 of V1.

use std::path::PathBuf;

use egui::accesskit::Role as Node;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gouji::export::Edition;
use gouji::model::{Action, Edit, Entry, Person, Role, SectionId, Status};
use gouji::ui::{Command, FigureCard, Many, Named, Purpose, Reading, Shown, Since};

use crate::stage::{self, Window};
use crate::support;

/// What leads to a screen.
pub type Way = fn(&mut Window);

pub fn at_chapter(window: &mut Window, no: u8) {
    stage::run(window, Command::Chapter(no));
}

pub fn with_slip(window: &mut Window) {
    let work = window.state_mut().work_mut().unwrap();
    let cell = work.session.form().cell_by_key("carry_out.nat").unwrap();
    work.session.apply(vec![Edit::cell(cell, Entry::Whole(738))]);
    at_chapter(window, 3);
    stage::run(window, Named::NextFinding);
}

pub fn with_texts(window: &mut Window) {
    let words = "全年新收政府信息公开申请14284件，上年结转705件，均依法按期答复。及时更新专栏，公开内容准确。\n（二）依申请公开\n";
    for no in [1, 5, 6] {
        let session = &mut window.state_mut().work_mut().unwrap().session;
        let edit = session.text_edit(SectionId(no), &words.repeat(3)).unwrap();
        session.apply(vec![edit]);
    }
}

/// From now on this person sits at the window.
pub fn seat(window: &mut Window, name: &str, role: Role) {
    stage::run(window, Command::SetPerson(Person { name: name.into(), role }, None));
}

/// The report is submitted, with three warnings that the clerk has explained, and a reader sits down.
pub fn as_reviewer(window: &mut Window) {
    let (form, _) = support::v1();
    let clerk = &mut window.state_mut().work_mut().unwrap().session;
    let cells = [("a1.norm.valid", 418), ("a1.reg.made", 9), ("a1.reg.valid", 3)];
    clerk.apply(cells.map(|(key, value)| Edit::cell(form.cell_by_key(key).unwrap(), Entry::Whole(value))).to_vec());
    let texts = [
        "（一）主动公开\n制定、废止和现行有效的文件都已公开，逐项写明。\n（二）依申请公开\n本年新收政府信息公开申请14069件，上年结转560件。",
        "公开还不够主动，明年改进。",
        "发出收费通知210件，实际收取信息处理费400元。",
    ];
    for (no, text) in [1, 5, 6].into_iter().zip(texts) {
        clerk.apply(clerk.text_edit(SectionId(no), text).into_iter().collect());
    }
    let reasons = ["有三件到期自动失效，不是废止", "规章在外单位合并时一并移交，文号见台账", "收费按上年结转的案件计算，票据齐全"];
    for (no, reason) in reasons.iter().cycle().enumerate() {
        let is_open = |finding: &gouji::rules::Finding| finding.severity(clerk.form()) == gouji::form::Severity::Warning;
        let Some(finding) = clerk.open().find(is_open) else { break };
        clerk.apply(vec![clerk.reason_edit(finding, &format!("{reason}（第{}件）", no + 1)).unwrap()]);
    }
    assert_eq!(clerk.unsolved(), (Vec::new(), Vec::new()));
    seat(window, "李四", Role::Clerk);
    stage::run(window, Command::Do(Action::Submit, String::new()));
    seat(window, "王五", Role::Reviewer);
    assert_eq!(status(window), Status::Review, "{:?}", window.state().notice());
}

fn status(window: &Window) -> Status {
    window.state().work().unwrap().session.draft().review().status()
}

/// The report has passed the review, and the secrecy review too if so wished; the next one sits at the window.
pub fn passed(window: &mut Window, is_secret: bool) {
    as_reviewer(window);
    for explained in window.state().work().unwrap().session.explained() {
        stage::run(window, Command::Judge(explained.key, true));
    }
    stage::run(window, Command::Do(Action::Pass, String::new()));
    assert_eq!(status(window), Status::Secrecy, "{:?}", window.state().notice());
    seat(window, "孙七", Role::Secrecy);
    if !is_secret {
        stage::run(window, Command::Do(Action::Pass, String::new()));
        assert_eq!(status(window), Status::Signing, "{:?}", window.state().notice());
        seat(window, "赵六", Role::Signer);
    }
}

/// The folder the draft lies in.
pub fn folder_of(window: &Window) -> PathBuf {
    window.state().work().unwrap().path.clone().unwrap().parent().unwrap().to_owned()
}

/// Last year's report in a file beside this one, taken in.
pub fn with_prior(window: &mut Window) {
    let path = folder_of(window).join("上年.gouji");
    let (form, mut draft) = support::v1();
    (draft.agency, draft.year) = ("某市人民政府".to_owned(), 2024);
    for (key, text) in [("new.nat", "12000"), ("open.nat", "5012"), ("carry_in.nat", "650"), ("a8.fee.amount", "280")] {
        support::type_in(&form, &mut draft, key, text);
    }
    let mut session = gouji::session::Session::new(form.clone(), draft);
    let edit = session.text_edit(SectionId(1), "全年新收政府信息公开申请12672件。及时更新专栏，公开内容准确。\n").unwrap();
    session.apply(vec![edit]);
    gouji::store::save(&gouji::store::RealDisk, &path, form.report(session.draft())).unwrap();
    stage::run(window, Command::Picked(Purpose::Prior, path));
    at_chapter(window, 3);
}

pub fn with_account(window: &mut Window) {
    let path = folder_of(window).join("某局2025年报告.html");
    let (form, draft) = support::v1();
    support::put(&path, &crate::receiving::page(&form, &draft, 2025, &["open.nat", "deny4.biz", "lit1.total"]));
    crate::receiving::drop_files(window, &[path]);
    assert!(window.state().account().is_some(), "{:?}", window.state().notice());
}

fn page_on(window: &mut Window, num: usize) {
    for _ in 0..num {
        window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::PageDown);
        stage::finish_jobs(window);
    }
}

pub fn with_register(window: &mut Window) {
    let path = folder_of(window).join("台账.csv");
    support::put(&path, crate::ledger::page::REGISTER.as_bytes());
    stage::run(window, Command::Picked(Purpose::Ledger, path));
    assert!(window.state().ledger().is_some(), "{:?}", window.state().notice());
}

/// The reviewer has commented on a cell.
fn commented(window: &mut Window) {
    as_reviewer(window);
    at_chapter(window, 3);
    stage::run(window, Named::Comment);
    window.event(egui::Event::Text("与台账不符，请核实后说明".to_owned()));
    window.run();
    window.key_press(egui::Key::Enter);
    stage::finish_jobs(window);
}

pub fn with_county(window: &mut Window) {
    show_county(window, &crate::county::set::county());
}

fn show_county(window: &mut Window, set: &crate::county::set::Set) {
    stage::run(window, Named::Close);
    let ctx = window.ctx.clone();
    window.state_mut().show_county(&ctx, set.folder.path().to_owned(), crate::county::opened(set).into());
    stage::finish_jobs(window);
}

/// A draft was typed into when the machine went down.
pub fn after_a_crash(window: &mut Window) {
    let home = support::home_in(&folder_of(window));
    let (form, empty) = support::draft(&[], "");
    let mut keeper = gouji::store::Keeper::new(gouji::store::Opened::without_file(&home, form, empty), jiff::Timestamp::now(), || ());
    keeper.record(&support::draft(&[("new.nat", "7"), ("new.biz", "1")], "").1, None, jiff::Timestamp::now());
    drop(keeper);
    stage::run(window, Named::Close);
    let ctx = window.ctx.clone();
    window.state_mut().look_up_recent(&ctx);
    stage::finish_jobs(window);
}

/// Presses what has this role and these words in its name: the last of them.
pub fn press(window: &mut Window, role: Node, words: &str) {
    {
        let mut all =
            window.query_all_by_role(role).filter(|node| node.accesskit_node().label().is_some_and(|label| label.contains(words)));
        all.next_back().unwrap_or_else(|| panic!("nothing says {words}")).click();
    }
    stage::finish_jobs(window);
}

/// 表三 keyed a second time, with two figures that differ and one that is left out.
pub fn keyed_twice(window: &mut Window) {
    let first = window.state().work().unwrap().session.draft().clone();
    seat(window, "张三", Role::Clerk);
    stage::run(window, Named::KeyTwice);
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    window.event(egui::Event::Text("李四".to_owned()));
    window.run();
    window.key_press(egui::Key::Enter);
    stage::finish_jobs(window);
    let form = window.state().work().unwrap().session.shared_form();
    let other = |key: &str| [("new.nat", "13621"), ("open.biz", "192"), ("deny7.sum", "")].into_iter().find(|(its, _)| *its == key);
    let cells = form.cells().filter(|(_, cell)| cell.table == 1);
    let edits = cells.map(|(id, cell)| {
        let text = other(&cell.key).map_or_else(|| first.entry(id).text(), |(_, text)| text.to_owned());
        Edit::cell(id, Entry::read(cell.kind, &text))
    });
    stage::run(window, Command::Change(edits.collect()));
}

/// All screens.
pub const SCREENS: &[(&str, Way)] = &[
    ("start", |window| stage::run(window, Named::Close)),
    ("start-first", |window| {
        let path = window.state().work().unwrap().path.clone().unwrap();
        stage::run(window, Named::Close);
        stage::run(window, Command::LeaveOut(path));
    }),
    ("start-many", |window| {
        let folder = folder_of(window);
        let form = support::catalog().for_year(2024).unwrap();
        for (name, year) in [("某市某某区自然资源和规划管理局不动产登记中心", 2024), ("某某街道办事处", 2025), ("水务局", 2024)]
        {
            let path = folder.join(format!("{name}{year}.gouji"));
            gouji::store::save(&gouji::store::RealDisk, &path, form.report(&form.draft(name.to_owned(), year))).unwrap();
            stage::run(window, Command::OpenPath(path));
        }
        stage::run(window, Command::OpenPath(folder.join("没有了.gouji")));
        stage::run(window, Named::Close);
    }),
    ("preview", |window| {
        with_texts(window);
        stage::run(window, Named::Preview);
    }),
    ("manual", |window| stage::run(window, Named::Manual)),
    ("about", |window| stage::run(window, Named::About)),
    ("account", with_account),
    ("account-texts", |window| {
        with_account(window);
        for _ in 0..2 {
            window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::PageDown);
            stage::finish_jobs(window);
        }
    }),
    ("ledger", with_register),
    ("ledger-question", |window| {
        with_register(window);
        stage::keys(window, "F8");
    }),
    ("county-board", with_county),
    ("county-beside", |window| {
        with_county(window);
        stage::keys(window, "F6");
    }),
    ("county-asked", |window| {
        let set = crate::county::set::county();
        let mut draft = crate::county::set::plain(&set.form, 3);
        "青禾县住房城乡建设局".clone_into(&mut draft.agency);
        support::put(&set.folder.path().join("不知道是谁的.gouji"), gouji::store::encode(set.form.report(&draft)).as_bytes());
        show_county(window, &set);
        stage::keys(window, "Space Down Space Down");
    }),
    ("county-sum", |window| {
        with_county(window);
        stage::run(window, Many::Sum(true));
    }),
    ("county-sum-beside", |window| {
        with_county(window);
        stage::run(window, Many::Sum(true));
        stage::keys(window, "F6");
    }),
    ("preamble", |window| at_chapter(window, 0)),
    ("chapter1", |window| {
        with_texts(window);
        at_chapter(window, 1);
    }),
    ("chapter2", |window| at_chapter(window, 2)),
    ("chapter3", |window| at_chapter(window, 3)),
    ("chapter3-slip", with_slip),
    ("chapter4", |window| at_chapter(window, 4)),
    ("chapter5-empty", |window| at_chapter(window, 5)),
    ("find", |window| {
        with_texts(window);
        at_chapter(window, 1);
        stage::run(window, Named::Find);
        window.event(egui::Event::Text("公开".to_owned()));
        window.run();
    }),
    ("goto", |window| stage::run(window, Named::GoTo)),
    ("notice", |window| stage::run(window, Named::CopyPage)),
    ("offer", |window| {
        let work = window.state_mut().work_mut().unwrap();
        let cells: Vec<_> =
            ["biz", "sci", "ngo", "law", "oth", "sum"].map(|key| work.session.form().cell_by_key(&format!("deny2.{key}")).unwrap()).into();
        work.session.apply(cells.into_iter().map(|cell| Edit::cell(cell, Entry::Blank)).collect());
        let nat = stage::shown(window, "deny2.nat");
        stage::type_into(window, "deny2.sum", &nat);
    }),
    ("review-explained", |window| {
        as_reviewer(window);
        stage::run(window, Command::Read(Reading::Explained));
    }),
    ("review-chapter", |window| {
        as_reviewer(window);
        at_chapter(window, 3);
    }),
    ("comment", |window| {
        as_reviewer(window);
        at_chapter(window, 3);
        stage::run(window, Named::Comment);
    }),
    ("trend", |window| stage::run(window, Named::Trend)),
    ("practice", |window| stage::run(window, Named::Practice)),
    ("start-crash", after_a_crash),
    ("preview-public", |window| {
        with_texts(window);
        stage::run(window, Command::Preview(Edition::Public));
    }),
    ("account-rest", |window| {
        with_account(window);
        page_on(window, 3);
    }),
    ("batch", |window| {
        let folder = folder_of(window).join("收件");
        std::fs::create_dir(&folder).unwrap();
        let (form, draft) = support::v1();
        for number in 0..9 {
            let unread: &[&str] = if number % 4 == 0 { &["open.nat"] } else { &[] };
            support::put(&folder.join(format!("{number:02}.html")), &crate::receiving::page(&form, &draft, 2025, unread));
        }
        support::put(&folder.join("20.docx"), b"no document");
        crate::receiving::drop_files(window, &[folder]);
    }),
    ("ledger-questions", |window| {
        with_register(window);
        stage::keys(window, "ArrowRight ArrowRight");
    }),
    ("ledger-figures", |window| {
        with_register(window);
        stage::keys(window, "ArrowRight ArrowRight ArrowRight");
    }),
    ("chapter1-card", |window| {
        with_texts(window);
        at_chapter(window, 1);
        stage::run(window, Command::ShowFigure(Some(FigureCard { section: SectionId(1), at: 14, is_by_key: true })));
    }),
    ("chapter1-counts", |window| {
        with_texts(window);
        at_chapter(window, 1);
        press(window, Node::Button, " 个");
    }),
    ("chapter1-beside", |window| {
        with_texts(window);
        with_prior(window);
        at_chapter(window, 1);
        stage::run(window, Command::ShowYear(Shown::LastYear));
    }),
    ("chapter2-2020", |window| {
        stage::run(window, Named::OpenExample);
        at_chapter(window, 2);
    }),
    ("chapter3-2020", |window| {
        stage::run(window, Named::OpenExample);
        at_chapter(window, 3);
    }),
    ("chapter4-2020", |window| {
        stage::run(window, Named::OpenExample);
        at_chapter(window, 4);
    }),
    ("chapter3-blank", |window| {
        stage::run(window, Named::Close);
        stage::run(window, Command::Start("某市某某区人民政府某某街道办事处".to_owned(), 2025));
        at_chapter(window, 3);
    }),
    ("chapter3-blank-computed", |window| {
        stage::run(window, Named::Close);
        stage::run(window, Command::Start("某县某局".to_owned(), 2025));
        at_chapter(window, 3);
        stage::run(window, Named::SwitchTotals);
        stage::type_into(window, "new.nat", "12");
    }),
    ("chapter3-typing", |window| {
        stage::go_to(window, "open.biz");
        window.event(egui::Event::Text("12".to_owned()));
        window.run();
    }),
    ("chapter3-selection", |window| {
        stage::go_to(window, "open.nat");
        stage::keys(window, "Shift+ArrowRight Shift+ArrowRight Shift+ArrowDown");
    }),
    ("chapter3-groups", |window| stage::run(window, Command::GroupDigits(true))),
    ("chapter3-prior-found", |window| {
        let path = folder_of(window).join("上年.gouji");
        let (form, mut draft) = support::v1();
        (draft.agency, draft.year) = ("某市人民政府".to_owned(), 2024);
        gouji::store::save(&gouji::store::RealDisk, &path, form.report(&draft)).unwrap();
        let own = window.state().work().unwrap().path.clone().unwrap();
        stage::run(window, Named::Close);
        stage::run(window, Command::OpenPath(own));
        at_chapter(window, 3);
    }),
    ("chapter3-prior", with_prior),
    ("chapter3-change", |window| {
        with_prior(window);
        stage::run(window, Command::ShowYear(Shown::Change));
    }),
    ("chapter3-warning", |window| {
        stage::type_into(window, "a1.norm.valid", "418");
        stage::type_into(window, "a1.reg.made", "9");
        stage::type_into(window, "a1.reg.valid", "3");
        stage::run(window, Named::NextFinding);
        stage::run(window, Named::Reason);
    }),
    ("changes", |window| {
        with_prior(window);
        stage::run(window, Named::ShowChanges);
        stage::run(window, Command::Compare(Since::Prior));
    }),
    ("changes-none", |window| stage::run(window, Named::ShowChanges)),
    ("comments", |window| {
        commented(window);
        stage::run(window, Named::ShowComments);
    }),
    ("comments-none", |window| stage::run(window, Named::ShowComments)),
    ("replace", |window| {
        with_texts(window);
        at_chapter(window, 1);
        stage::run(window, Named::Replace);
    }),
    ("exported", |window| {
        let out = folder_of(window).join("报告.docx");
        stage::run(window, Command::Picked(Purpose::Export, out));
    }),
    ("failed", |window| {
        let out = folder_of(window).join("没有这个文件夹").join("报告.docx");
        stage::run(window, Command::Picked(Purpose::Export, out));
    }),
    ("prior-keyed", |window| {
        stage::run(window, Named::KeyPrior);
        at_chapter(window, 3);
    }),
    ("second-blind", |window| {
        seat(window, "张三", Role::Clerk);
        keyed_twice(window);
    }),
    ("second-beside", |window| {
        keyed_twice(window);
        press(window, Node::Button, "录完了");
        press(window, Node::Button, "仍要对照");
        stage::run(window, Named::NextFinding);
    }),
    ("review-moves", |window| {
        with_prior(window);
        as_reviewer(window);
        stage::run(window, Command::Read(Reading::Moves));
    }),
    ("review-before", |window| {
        as_reviewer(window);
        stage::run(window, Command::Read(Reading::Before));
    }),
    ("returned", |window| {
        commented(window);
        stage::run(window, Command::Do(Action::Return, "请逐条改".to_owned()));
        seat(window, "李四", Role::Clerk);
    }),
    ("signed", |window| {
        passed(window, false);
        let session = &window.state().work().unwrap().session;
        let code = gouji::review::code_now(session.report());
        stage::run(window, Command::Do(Action::Sign, code));
    }),
    ("trend-years", |window| {
        with_prior(window);
        stage::run(window, Named::Trend);
    }),
];
