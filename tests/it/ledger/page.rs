//! The register's page in the window, by keyboard alone; where figures come from, in the draft and on screen; privacy.

use std::path::{Path, PathBuf};

use egui::Theme;
use gouji::form::Form;
use gouji::ledger::{self, Answers};
use gouji::model::{Draft, Edit, Ground};
use gouji::store::{RealDisk, load, save};
use gouji::ui::theme::Look;
use gouji::ui::{App, Command, Named, Purpose};

use crate::ledger::count;
use crate::ledger::made_up::made_up;
use crate::stage::{Window, finish_jobs, keys, picture, run, shown, shows, window};
use crate::support::{catalog, folder, put, shared};

pub const REGISTER: &str = "云溪市水务局2025年依申请公开台账
登记编号,收到日期,申请人,申请人类型,申请内容,联系电话,答复日期,答复类型
YX-1,2025-03-03,王某某,自然人,河道图纸甲,13900001111,2025-03-10,予以公开
YX-2,2025-03-04,青石科技有限公司,商业企业,河道图纸乙,13900002222,2025-03-12,信息不存在
YX-3,2025-04-04,赵某某,自然人,河道图纸丙,13900003333,2025-04-12,已答复
YX-4,2025-05-04,青石大学,,河道图纸丁,13900004444,2025-05-12,依申请公开
YX-5,2025-06-04,钱某某,自然人,河道图纸戊,13900005555,,主动公开
YX-6,2023-06-04,孙某某,自然人,河道图纸己,13900006666,2023-06-14,主动公开
";

/// A window on a blank report of 2025 in this file, with the register read.
fn window_on(draft: &Path, register: &Path) -> Window {
    let form = catalog().for_year(2025).unwrap();
    save(&RealDisk, draft, form.report(&form.draft("云溪市水务局".to_owned(), 2025))).unwrap();
    let mut window = window();
    run(&mut window, Command::OpenPath(draft.to_path_buf()));
    run(&mut window, Command::Picked(Purpose::Ledger, register.to_path_buf()));
    window
}

fn settled(app: &App) -> bool {
    app.ledger().is_some_and(|page| page.all.counted.questions.is_empty())
}

#[test]
fn a_register_is_answered_and_taken_by_keyboard_alone() {
    let folder = folder();
    let (draft, register) = (folder.path().join("a.gouji"), folder.path().join("台账.csv"));
    put(&register, REGISTER.as_bytes());
    let mut window = window_on(&draft, &register);
    assert!(window.state().ledger().is_some(), "{:?}", window.state().notice());
    assert!(shows(&window, "从台账取数") && shows(&window, "收到日期"));
    keys(&mut window, "F8");
    assert!(shows(&window, "已答复"), "the word that says nothing is asked");
    picture(&mut window, "ledger-words");
    // Each question is answered by the first way; a day by typing it.
    for _ in 0..12 {
        if settled(window.state()) {
            break;
        }
        let is_day = window.state().ledger().unwrap().question().is_some_and(|question| question.doubt == ledger::Doubt::NoAnswerDate);
        if is_day {
            picture(&mut window, "ledger-question");
            keys(&mut window, "Enter");
            window.event(egui::Event::Text("2025-06-20".to_owned()));
            window.run();
            keys(&mut window, "Enter");
        } else {
            keys(&mut window, "1");
        }
        finish_jobs(&mut window);
    }
    let left = window.state().ledger().unwrap().all.counted.questions.clone();
    assert!(left.is_empty(), "{left:?} {:?}", window.state().notice());
    // Down from a figure to its lines, and back.
    picture(&mut window, "ledger-figures");
    keys(&mut window, "Enter");
    assert!(shows(&window, "第 3 行") && shows(&window, "2025-03-03 → 2025-03-10"));
    picture(&mut window, "ledger-lines");
    keys(&mut window, "Escape ArrowRight ArrowRight");
    assert!(shows(&window, "YX-6"), "a line that counts nowhere is listed");
    keys(&mut window, "Ctrl+Enter");
    finish_jobs(&mut window);
    assert!(window.state().ledger().is_none());
    assert_eq!((shown(&window, "new.sum"), shown(&window, "new.nat"), shown(&window, "unable1.biz")), ("5".into(), "3".into(), "1".into()));
    let origin = window.state().work().unwrap().session.draft().ground().origin.clone();
    assert_eq!(origin.lines_of("new.nat").map(|line| &*line.number).collect::<Vec<_>>(), ["YX-1", "YX-3", "YX-5"]);
    // What was answered is a file that people can read, beside the draft; the draft names nobody.
    let answers = std::fs::read_to_string(folder.path().join("云溪市水务局台账归类.ron")).unwrap();
    assert!(answers.contains("已答复") && Answers::read(&answers).is_ok(), "{answers}");
    run(&mut window, Named::Save);
    private_is_absent(&std::fs::read_to_string(&draft).unwrap(), &["王某某", "青石", "139000", "河道", "赵某某", "孙某某"]);
    crate::stage::go_to(&mut window, "new.nat");
    assert!(shows(&window, "第 3 行　YX-1"));
    picture(&mut window, "ledger-inspector");
    // Everything in one step, and back.
    run(&mut window, Named::Undo);
    assert_eq!(shown(&window, "new.sum"), "");
    assert!(window.state().work().unwrap().session.draft().ground().origin.is_empty());
    // The next reading asks nothing that was answered for the same file.
    run(&mut window, Command::Picked(Purpose::Ledger, register.clone()));
    assert!(settled(window.state()));
}

#[test]
fn answers_given_while_everything_is_counted_anew_are_not_lost() {
    let folder = folder();
    let (draft, register) = (folder.path().join("a.gouji"), folder.path().join("台账.csv"));
    put(&register, REGISTER.as_bytes());
    let mut window = window_on(&draft, &register);
    let num = |window: &Window| window.state().ledger().unwrap().all.counted.questions.len();
    let before = num(&window);
    keys(&mut window, "F8");
    // Two answers in one frame, as on a busy machine: the second is for the question that is open after the first.
    for _ in 0..2 {
        window.event(egui::Event::Text("1".to_owned()));
    }
    finish_jobs(&mut window);
    assert_eq!(num(&window), before - 2);
}

#[test]
fn a_dropped_workbook_that_looks_like_a_register_asks_what_it_is() {
    let folder = folder();
    let (draft, register) = (folder.path().join("a.gouji"), folder.path().join("台账.xlsx"));
    put(&register, &super::styles::merged_book());
    let form = catalog().for_year(2025).unwrap();
    save(&RealDisk, &draft, form.report(&form.draft("云溪市水务局".to_owned(), 2025))).unwrap();
    let mut window = window();
    run(&mut window, Command::OpenPath(draft));
    crate::receiving::drop_files(&mut window, std::slice::from_ref(&register));
    assert!(shows(&window, "这是台账还是报告？"), "{:?}", window.state().notice());
    picture(&mut window, "ledger-or-report");
    keys(&mut window, "Enter");
    finish_jobs(&mut window);
    assert!(window.state().ledger().is_some(), "{:?}", window.state().notice());
}

#[test]
fn the_reviewer_sees_what_the_office_decided() {
    let folder = folder();
    let draft = folder.path().join("a.gouji");
    let form = catalog().for_year(2025).unwrap();
    save(&RealDisk, &draft, form.report(&form.draft("云溪市水务局".to_owned(), 2025))).unwrap();
    let mut window = window();
    run(&mut window, Command::OpenPath(draft));
    run(&mut window, Named::Decisions);
    assert!(shows(&window, "还没有归类"));
    keys(&mut window, "Escape");
    let answers = "(columns: {received: \"受理时间\"}, outcomes: {\"已合并\": \"noproc2\", \"依申请公开\": \"open\"}, applicants: {\"大学\": \"sci\"}, basis: decided, decided: {\"outcomes:已合并\": (year: 2025, before: \"skip\"), \"applicants:大学\": (year: 2024)}, lines: [(line: 3, count: 2)])";
    put(&folder.path().join("云溪市水务局台账归类.ron"), answers.as_bytes());
    run(&mut window, Named::Decisions);
    assert!(shows(&window, "⚠ 2025 年改，原来是“不是申请，不计”") && shows(&window, "2024 年定") && shows(&window, "读作收到日期"));
    picture(&mut window, "ledger-decisions");
    run(&mut window, Command::Look(Look::Dark));
    window.ctx.set_theme(Theme::Dark);
    window.run();
    picture(&mut window, "ledger-decisions-dark");
    run(&mut window, Command::Look(Look::Light));
}

#[test]
fn the_register_page_looks_well_in_dark() {
    let Some(shared) = shared("ledger") else { return };
    let folder = folder();
    let draft_of = |year: u16, register: &str, agency: &str| -> Window {
        let path = folder.path().join(format!("{year}.gouji"));
        let form = catalog().for_year(year).unwrap();
        save(&RealDisk, &path, form.report(&form.draft(agency.to_owned(), year))).unwrap();
        let mut window = window();
        run(&mut window, Command::OpenPath(path));
        run(&mut window, Command::Picked(Purpose::Ledger, shared.join(register)));
        window
    };
    let mut window = draft_of(2024, "ledger-1.csv", "安澜市住房和城乡建设局");
    assert!(window.state().ledger().is_some(), "{:?}", window.state().notice());
    picture(&mut window, "ledger-1-columns");
    keys(&mut window, "F8");
    picture(&mut window, "ledger-1-words");
    run(&mut window, Command::Look(Look::Dark));
    window.ctx.set_theme(Theme::Dark);
    window.run();
    picture(&mut window, "ledger-1-words-dark");
    keys(&mut window, "ArrowRight");
    picture(&mut window, "ledger-1-questions-dark");
    keys(&mut window, "ArrowRight ArrowRight");
    picture(&mut window, "ledger-1-lines-dark");
    run(&mut window, Command::Look(Look::Light));
}

fn private_is_absent(text: &str, private: &[&str]) {
    for word in private {
        assert!(!text.contains(word), "{word} is in the draft");
    }
}

/// A draft with all that a register gives, without a question left open or not: every settled figure and its lines.
fn taken(form: &Form, year: u16, registers: &[ledger::Register], counted: &ledger::Counted) -> String {
    let mut draft: Draft = form.draft("某局".to_owned(), year);
    let fill = counted.fill(form.report(&draft), true);
    let ground = Edit::ground(Ground { origin: counted.origin(form, registers), ..Ground::default() });
    for edit in fill.edits.into_iter().chain([ground]) {
        draft.apply(edit);
    }
    let folder = folder();
    let path: PathBuf = folder.path().join("a.gouji");
    save(&RealDisk, &path, form.report(&draft)).unwrap();
    let (_, read) = load(&RealDisk, &path, &catalog()).unwrap();
    assert_eq!(read, draft, "what is kept is read back");
    std::fs::read_to_string(&path).unwrap()
}

/// All words of a register's applicants, matters, telephones, addresses, outcomes: whatever has a letter of Chinese or is long.
fn words_of(register: &ledger::Register) -> Vec<String> {
    let is_private = |text: &str| {
        let signs = text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
        signs >= 2 || text.len() >= 11 && text.chars().all(|c| c.is_ascii_digit())
    };
    let cells = register.sheets.iter().flat_map(|sheet| &sheet.lines).flat_map(|line| line.cells.iter());
    cells.map(|cell| cell.trim().to_owned()).filter(|cell| is_private(cell)).collect()
}

#[test]
fn a_draft_keeps_no_name_number_or_address_of_any_register() {
    let mut num_words = 0;
    let mut search = |register: ledger::Register, year: u16| {
        let form = catalog().for_year(year).unwrap();
        // Every question out of the way, so that all lines are kept.
        let mut counted = count(&register, year, &Answers::default());
        for item in counted.items.iter_mut().filter(|item| !matches!(item.state, ledger::State::Nowhere(_))) {
            item.state = ledger::State::Certain;
        }
        for figure in counted.figures.values_mut() {
            let more = std::mem::take(&mut figure.proposed_lines);
            figure.lines.extend(more);
        }
        let text = taken(&form, year, std::slice::from_ref(&register), &counted);
        assert!(text.contains("\"register\""));
        for word in words_of(&register) {
            // Numbers and dates are kept; what is not a bare number must not be.
            let is_date = word.chars().all(|c| c.is_ascii_digit() || "年月日号第〔〕-".contains(c));
            num_words += 1;
            assert!(is_date || !text.contains(&word), "{word} of {} is in the draft", register.name);
        }
    };
    for seed in 1..=60 {
        let made = made_up(seed);
        search(ledger::open("made-up.csv", made.text.as_bytes()).unwrap(), made.year);
    }
    for (register, year, _) in super::kinds::kinds() {
        search(register, year);
    }
    let Some(shared) = shared("ledger") else { return };
    for (name, year) in [("ledger-1.csv", 2024), ("ledger-3.csv", 2020), ("cases-1.csv", 2024)] {
        search(ledger::open(name, &std::fs::read(shared.join(name)).unwrap()).unwrap(), year);
    }
    println!("privacy: {num_words} words searched for");
}

#[test]
fn a_number_that_could_be_a_person_is_not_kept() {
    let head = "登记编号,收到日期,申请人,申请人类型,申请内容,答复日期,答复类型\n";
    let kept = |number: &str| {
        let text = format!("某局2025年依申请公开台账\n{head}{number},2025-03-03,王某,自然人,图,2025-03-10,予以公开\n");
        let register = ledger::open("a.csv", text.as_bytes()).unwrap();
        let counted = count(&register, 2025, &Answers::default());
        let origin = counted.origin(&catalog().for_year(2025).unwrap(), &[register]);
        origin.lines.first().map(|line| line.number.to_string()).unwrap_or_default()
    };
    for (number, wanted) in [
        ("YX-1", "YX-1"),
        ("〔2025〕12号", "〔2025〕12号"),
        ("沪水务信收(2025)第5号", "(2025)第5号"),
        ("王某某1", "1"),
        ("1王某某", ""),
        ("13900001111", ""),
        ("31010119900101123X", ""),
        ("310101199001011234", ""),
    ] {
        assert_eq!(kept(number), wanted, "{number}");
    }
}

#[test]
fn a_register_that_changed_says_what_changed() {
    let form = catalog().for_year(2025).unwrap();
    let head = "某局2025年依申请公开台账\n登记编号,收到日期,申请人,申请人类型,申请内容,答复日期,答复类型\nYX-1,2025-03-03,王某,自然人,图,2025-03-10,予以公开\n";
    let origin = |text: &str| {
        let register = ledger::open("a.csv", text.as_bytes()).unwrap();
        count(&register, 2025, &Answers::default()).origin(&form, std::slice::from_ref(&register))
    };
    let (before, now) = (origin(head), origin(&format!("{head}YX-2,2025-03-04,李某,自然人,册,2025-03-11,信息不存在\n")));
    let changes = ledger::changes(&before, &now);
    let change = changes.iter().find(|change| &*change.key == "new.nat").unwrap();
    assert_eq!((change.before, change.now, change.added.as_slice()), (1, 2, ["YX-2".to_owned()].as_slice()));
    assert!(changes.iter().all(|change| &*change.key != "open.nat"));
    assert!(ledger::changes(&before, &before).is_empty());
}
