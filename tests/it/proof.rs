//! What the window does for the proof: 收阅 when a report is opened, each step on disk at once, the receipt, copies and receipts
//! held against the report, a broken log and a foreign form on top of everything.

use std::path::Path;

use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use gouji::model::{Action, ActionKind, Person, Role, Status};
use gouji::review;
use gouji::store::{Home, RealDisk, encode};
use gouji::ui::{Command, Named};

use crate::review::signed;
use crate::stage::{self, Window, run, shows};
use crate::support::{self, arg, catalog, folder, gouji, put};

fn seat(window: &mut Window, name: &str, role: Role) {
    run(window, Command::SetPerson(Person { name: name.into(), role }, None));
}

fn press(window: &mut Window, key: Key) {
    window.key_press_modifiers(Modifiers::NONE, key);
    stage::finish_jobs(window);
}

fn own_window(folder: &tempfile::TempDir) -> Window {
    stage::window_at(Home { disk: std::sync::Arc::new(RealDisk), folder: folder.path().join("own") })
}

/// The draft's file as it is now.
fn on_disk(path: &str) -> gouji::model::Draft {
    gouji::store::load(&RealDisk, Path::new(path), &catalog()).unwrap().1
}

#[test]
fn who_is_to_judge_opens_the_report_with_a_drawn_number_and_every_step_is_on_disk_at_once() {
    let folder = folder();
    let mut cells = support::case("v1-city-2025.txt");
    cells.extend(["1=总体情况良好。", "5=公开还不够主动，明年改进。", "6=发出收费通知210件，实际收取信息处理费400元。"].map(str::to_owned));
    let path = support::new_draft(&folder, "a.gouji", "某市人民政府", 2025, &cells);
    let mut window = own_window(&folder);
    run(&mut window, Command::OpenPath(path.clone().into()));
    seat(&mut window, "张三", Role::Clerk);
    assert!(on_disk(&path).review().steps().is_empty(), "a clerk receives nothing");
    press(&mut window, Key::F9);
    press(&mut window, Key::Enter);
    assert_eq!(on_disk(&path).review().status(), Status::Review);
    assert!(window.state().notice().unwrap().contains("已保存") && window.state().notice().unwrap().contains("轮到审核人"));

    // Opened by the reader: before he has pressed anything the number is drawn, and on disk.
    seat(&mut window, "李四", Role::Reviewer);
    let received = on_disk(&path);
    assert_eq!(received.review().last().unwrap().action, Action::Receive);
    run(&mut window, Named::Close);
    assert!(shows(&window, "待审核　轮到审核人　"), "the start screen says how far it is");
    stage::picture(&mut window, "start-turns");
    run(&mut window, Command::OpenPath(path.clone().into()));
    assert_eq!(on_disk(&path).review().steps().len(), received.review().steps().len(), "once is enough");

    for (name, role, next) in [("李四", Role::Reviewer, Status::Secrecy), ("王五", Role::Secrecy, Status::Signing)] {
        seat(&mut window, name, role);
        // Whoever comes next is proposed in his own place.
        run(&mut window, Command::Act(ActionKind::Pass));
        for label in ["没有国家秘密", "别人的文件", "没有个人信息"] {
            window.query_all_by_label_contains(label).for_each(|tick| tick.click());
            window.run();
        }
        press(&mut window, Key::Enter);
        assert_eq!(on_disk(&path).review().status(), next);
    }
    run(&mut window, Named::AskPerson);
    assert!(shows(&window, "轮到签发人"));
    press(&mut window, Key::Escape);

    // The paper was printed before the signer's program drew its number: its code is taken, and so is that on screen.
    let paper = code(&window);
    seat(&mut window, "赵六", Role::Signer);
    assert_ne!(code(&window), paper);
    press(&mut window, Key::F9);
    assert!(shows(&window, &paper), "both codes are named");
    stage::picture(&mut window, "sign-codes");
    window.event(Event::Text(paper.to_lowercase()));
    window.run();
    press(&mut window, Key::Enter);
    let signed = on_disk(&path);
    assert_eq!(signed.review().status(), Status::Signed, "{:?}", window.state().notice());
    assert_eq!(gouji(&["verify", &path]).code, 0);
    assert!(gouji(&["verify", &path]).out.contains(&format!("输入的核对码 {paper}")));

    // Handed in: the receipt lies beside it, and the report is held against it, against a copy, and against an edited one.
    seat(&mut window, "张三", Role::Clerk);
    press(&mut window, Key::F9);
    press(&mut window, Key::Enter);
    let receipt = support::names(folder.path()).into_iter().find(|name| name.contains("回执")).expect("a receipt");
    assert!(window.state().notice().unwrap().contains(&receipt), "{:?}", window.state().notice());
    let copy = arg(&folder, "a.html");
    assert_eq!(gouji(&["export", &path, "-o", &copy]).code, 0);
    for (file, words) in [(arg(&folder, &receipt), "与回执一致"), (copy.clone(), "副本与草稿逐格逐段一致")] {
        hold_against(&mut window, &file);
        assert!(shows(&window, words), "{file}: {:?}", window.state().notice());
        press(&mut window, Key::Escape);
    }
    let page = std::fs::read_to_string(&copy).unwrap().replacen("公开还不够主动", "公开非常主动", 1);
    put(Path::new(&copy), page.as_bytes());
    hold_against(&mut window, &copy);
    assert!(shows(&window, "非常"), "{:?}", window.state().notice());
    stage::picture(&mut window, "against");
}

fn code(window: &Window) -> String {
    let session = &window.state().work().unwrap().session;
    review::code_now(session.report())
}

fn hold_against(window: &mut Window, file: &str) {
    run(window, Named::Against);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(Event::Text(file.to_owned()));
    stage::finish_jobs(window);
    press(window, Key::Enter);
}

#[test]
fn a_broken_proof_stands_on_top_in_red_and_on_the_start_screen() {
    let folder = folder();
    let session = signed();
    let text = encode(session.report());
    let path = arg(&folder, "a.gouji");
    let edited = text.replacen("\"new.biz\": \"", "\"new.biz\": \"1", 1);
    let num_steps = session.draft().review().steps().len();
    let cut: Vec<&str> = text.lines().filter(|line| !line.starts_with("        (id: ") || !line.contains("did: [\"sign\"]")).collect();
    for (changed, name) in [(edited, "签发无效"), (cut.join("\n") + "\n", "办理记录无效")] {
        put(Path::new(&path), changed.as_bytes());
        let mut window = own_window(&folder);
        run(&mut window, Command::OpenPath(path.clone().into()));
        seat(&mut window, "李四", Role::Reviewer);
        assert!(shows(&window, &format!("× {name}：办理记录与内容不符，最先不符的是第")), "{name}");
        assert!(!shows(&window, "已签发"));
        press(&mut window, Key::F9);
        assert!(window.state().notice().unwrap().contains("不符"), "{:?}", window.state().notice());
        stage::picture(&mut window, "broken");
        assert!(on_disk(&path).review().steps().len() <= num_steps, "nothing is received over it");
        run(&mut window, Named::Close);
        assert!(shows(&window, &format!("× {name}　记录与内容不符")) && !shows(&window, "已签发"));
        stage::picture(&mut window, "start-broken");
        // The clerk mends what somebody else has put in, and begins anew.
        run(&mut window, Command::OpenPath(path.clone().into()));
        seat(&mut window, "张三", Role::Clerk);
        stage::type_into(&mut window, "new.biz", "252");
        assert!(shows(&window, &format!("× {name}")), "what was typed does not heal it");
        window.get_all_by_label("重新送审…").next().unwrap().click();
        window.run();
        stage::picture(&mut window, "resubmit");
        press(&mut window, Key::Enter);
        assert_eq!(on_disk(&path).review().status(), Status::Review, "{:?}", window.state().notice());
        assert_eq!(gouji(&["verify", &path]).code, 0);
    }
}

#[test]
fn a_foreign_form_is_named_in_the_window_and_on_every_page() {
    let own =
        include_str!("../../assets/forms/f2021.ron").replacen("\"F2021\"", "\"X2030\"", 1).replacen("(2021, None)", "(2030, None)", 1);
    let mut catalog = catalog();
    catalog.add("x.ron", &own).unwrap();
    let form = catalog.by_id("X2030").unwrap();
    let mut window = stage::window();
    window.state_mut().show(form.clone(), form.draft("测试局".to_owned(), 2030), None);
    window.run();
    assert!(shows(&window, "不是程序自带的，来自外部文件"));
    stage::picture(&mut window, "foreign");
    let book = gouji::export::book(form.report(&form.draft("测试局".to_owned(), 2030)), None, jiff::civil::date(2031, 1, 20));
    assert!(book.mark().contains("表样 X2030 来自外部文件"));
}

#[test]
fn the_page_for_the_file_has_the_places_the_code_and_the_line_to_be_signed_on_its_first_page() {
    let session = signed();
    let (form, draft) = (session.form(), session.draft());
    let book = gouji::export::summary(form.report(draft), jiff::civil::date(2026, 1, 31));
    let fonts = gouji::export::Fonts::needed(gouji::export::FileKind::Pdf, gouji::store::system_font);
    let bytes = gouji::export::file(gouji::export::FileKind::Pdf, &book, &fonts).unwrap();
    let pictures = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    std::fs::create_dir_all(&pictures).unwrap();
    put(&pictures.join("summary.pdf"), &bytes);
    let Some(text) = crate::paper::outside::pdf_text(&bytes) else { return };
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let pages: Vec<String> = text.split('\u{c}').map(bare).filter(|page| !page.is_empty()).collect();
    assert!(pages[0].contains("签发人（签字）") && pages[0].contains("没有核对的"), "{}", pages[0]);
    let code = review::code_now(form.report(draft));
    assert!(pages[0].contains(&format!("核对码{code}")), "{}", pages[0]);
    let all = pages.concat();
    assert!(all.contains("批注（第1号，表三自然人") && all.contains("答复批注（第1号"), "{all}");
    // No page with a line or two alone on it.
    assert!(pages.iter().all(|page| page.chars().count() > 120), "{pages:?}");
}
