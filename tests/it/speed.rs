//! How long things take: printed, never asserted. `GOUJI_SPEED=1 cargo test --release --test it speed -- --nocapture`
//! measures; without the variable everything runs a few times, so that it keeps working.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Context, Event, FullOutput, Key, Modifiers, Pos2, RawInput, Rect, ViewportId, vec2};
use gouji::county::{Asked, County, Lying, Reading, Taken};
use gouji::export::{self, FileKind, Fonts};
use gouji::form::Form;
use gouji::model::{Draft, Edit, SectionId};
use gouji::rules;
use gouji::session::Session;
use gouji::store;
use gouji::ui::{App, Command, Painting, theme};

use crate::support::{self, catalog, nth_cell, type_in, v1};

/// Runs it often; prints the median, the fastest and the slowest twentieth (on a machine that does other work as well, the
/// fastest says more), and how the median stands to the aim.
fn measure(what: &str, aim_us: f64, mut run: impl FnMut()) {
    let is_real = std::env::var_os("GOUJI_SPEED").is_some();
    let budget = Duration::from_millis(if is_real { 1500 } else { 20 });
    for _ in 0..3 {
        run();
    }
    let began = Instant::now();
    run();
    // Short runs are timed in batches, so that the clock does not count.
    let batch = (20_000 / began.elapsed().as_nanos().max(1)).clamp(1, 1_000) as u32;
    let began = Instant::now();
    let mut samples = Vec::new();
    while began.elapsed() < budget || samples.len() < 5 {
        let start = Instant::now();
        for _ in 0..batch {
            run();
        }
        samples.push(start.elapsed().as_secs_f64() * 1e6 / f64::from(batch));
    }
    samples.sort_by(f64::total_cmp);
    let at = |twentieths: usize| samples[samples.len() * twentieths / 20];
    let (fast, median, slow) = (at(1), at(10), at(19));
    println!("{what:<46} {median:>10.2} µs ({fast:.2} … {slow:.2}), {:.2} of the aim of {aim_us} µs", median / aim_us);
}

/// V1 with some cells typed wrong.
fn wrong(cells: &[(&str, &str)]) -> Draft {
    let (form, mut draft) = v1();
    for (key, text) in cells {
        type_in(&form, &mut draft, key, text);
    }
    draft
}

#[test]
fn rules() {
    let (form, right) = v1();
    let one = wrong(&[("unable1.nat", "3057")]);
    let two = wrong(&[("unable1.nat", "3057"), ("deny6.biz", "11")]);
    // Many explanations of the same size: the costliest search that ends in silence.
    let row = wrong(&[("deny1.nat", "14"), ("deny1.biz", "1")]);
    let three = wrong(&[("unable1.nat", "3057"), ("deny6.biz", "11"), ("other3.law", "30")]);
    measure("check", 5.0, || drop(black_box(rules::check(form.report(black_box(&right))))));
    for (what, draft) in
        [("no error", &right), ("one error", &one), ("two errors", &two), ("two errors in a row", &row), ("three errors", &three)]
    {
        measure(&format!("check and suspects, {what}"), 50.0, || {
            black_box(rules::check(form.report(black_box(draft))));
            black_box(rules::suspects(form.report(black_box(draft))));
        });
    }
    let mut session = Session::new(form, right.clone());
    let mut texts = ["3057", "3075"].iter().cycle();
    let cell = session.form().cell_by_key("unable1.nat").unwrap();
    measure("edit of a cell in the session", 50.0, || {
        let edit: Edit = session.typed(cell, texts.next().unwrap());
        session.apply(vec![edit]);
    });
}

/// A chapter as offices write it, figures in every sentence; paragraphs of some 150 characters.
fn chapter_of_figures(num_chars: usize) -> String {
    let paragraph = "（二）依申请公开。2024年，我局新收政府信息公开申请112件，比上年增加81件；上年结转7件，全年办结108件，其中予以公开51件，部分公开15件，不予公开20件，占18.5%，结转下年度11件。通过网络收到申请60件，信函40件，当面12件，均在法定期限内答复，未收取信息处理费。\n（三）政府信息管理。制发行政规范性文件3件，现行有效18件，门户网站发布信息652条，办理建议提案23件，接听热线1300余个。\n";
    paragraph.chars().cycle().take(num_chars).collect()
}

#[test]
fn text_chapters() {
    use gouji::rules::claims::{Reading, check_text, read::read, rule::WORDS};

    let text = chapter_of_figures(1_000);
    measure("1 000 characters read", 100.0, || drop(black_box(read(1, black_box(&text), &WORDS))));
    let (form, mut draft) = v1();
    let long = chapter_of_figures(20_000);
    draft.apply(Edit::Text(SectionId(1), gouji::model::Splice::between(draft.section(SectionId(1)), &long).unwrap()));
    measure("20 000 characters read and judged", 5_000.0, || drop(black_box(check_text(form.report(&draft)))));
    let mut reading = Reading::of(form.report(&draft));
    measure("20 000 characters taken over unread", 200.0, || reading.refresh(black_box(&draft)));
    measure("20 000 characters judged", 1_000.0, || drop(black_box(reading.judge(form.report(&draft)))));
    let middle = long.chars().take(10_000).collect::<String>();
    let rest = long.chars().skip(10_000).collect::<String>();
    let typed = |what: &str, mut session: Session| {
        let mut texts = [format!("{middle}政{rest}"), long.clone()].into_iter().cycle();
        measure(&format!("keystroke in 20 000 characters, {what}"), 1_500.0, || {
            let edit = session.text_edit(SectionId(1), &texts.next().unwrap());
            session.apply(edit.into_iter().collect());
        });
    };
    typed("in the session", Session::new(form.clone(), draft.clone()));
    let mut linked = Session::new(form.clone(), draft.clone());
    let figures: Vec<_> = linked.text_figures().iter().filter(|figure| !figure.keys.is_empty()).step_by(7).take(50).cloned().collect();
    let links: Vec<Edit> = figures.iter().filter_map(|figure| linked.link_edit(figure, &figure.keys[0])).collect();
    println!("{} links", links.len());
    linked.apply(links);
    typed("50 figures linked", linked);
    let mut session = Session::new(form, draft);
    let cell = session.form().cell_by_key("new.sum").unwrap();
    let mut figures = ["112", "113"].iter().cycle();
    measure("cell typed beside 20 000 characters", 10_000.0, || {
        let edit = session.typed(cell, figures.next().unwrap());
        session.apply(vec![edit]);
    });
}

#[test]
fn files() {
    let (form, draft) = v1();
    let catalog = catalog();
    let text = store::encode(form.report(&draft));
    println!("a draft has {} bytes", text.len());
    measure("draft to text", 1000.0, || drop(black_box(store::encode(form.report(&draft)))));
    measure("text to draft", 1000.0, || drop(black_box(store::decode(text.as_bytes(), &catalog))));
    measure("both forms loaded", 20_000.0, || drop(black_box(gouji::form::Catalog::shipped())));
    let today = jiff::civil::date(2026, 1, 20);
    let book = || export::book(form.report(&draft), None, today);
    let laid = book();
    let kinds = [(FileKind::Xlsx, 15_000.0), (FileKind::Docx, 10_000.0), (FileKind::Html, 10_000.0), (FileKind::Pdf, 25_000.0)];
    measure("report laid out", 1000.0, || drop(black_box(book())));
    for (kind, aim_us) in kinds {
        println!("{} has {} bytes", kind.name(), export::file(kind, &laid, &Fonts::default()).unwrap().len());
        measure(&format!("{} written", kind.name()), aim_us / 2.0, || drop(black_box(export::write(kind, &laid, &Fonts::default()))));
        measure(&format!("{} written and read back", kind.name()), aim_us, || {
            drop(black_box(export::file(kind, &laid, &Fonts::default())));
        });
    }
    measure("all four kinds", 50_000.0, || {
        for (kind, _) in &kinds {
            drop(black_box(export::file(*kind, &laid, &Fonts::default())));
        }
    });
}

#[test]
fn published_reports() {
    use gouji::import::published::accounts;
    use gouji::read::{SourceKind, apart};

    use crate::published::damage::Tables;
    use crate::published::written::Written;

    let ((form, draft), catalog) = (v1(), catalog());
    let book = export::book(form.report(&draft), None, jiff::civil::date(2026, 1, 20));
    let (tables, title) = (Tables::of(&form, &draft), "某县某局2025年政府信息公开工作年度报告");
    let written = |written: Written| written.file(&tables, title);
    let ours = |kind| export::file(kind, &book, &Fonts::default()).unwrap();
    let files = [
        ("html", SourceKind::Html, written(Written::Html), 20_000.0),
        ("html from Word", SourceKind::Html, written(Written::WordHtml), 20_000.0),
        ("docx", SourceKind::Docx, written(Written::Docx), 20_000.0),
        ("our docx", SourceKind::Docx, ours(FileKind::Docx), 20_000.0),
        ("xlsx", SourceKind::Xlsx, written(Written::Xlsx), 20_000.0),
        ("our pdf", SourceKind::Pdf, ours(FileKind::Pdf), 60_000.0),
    ];
    let published = support::shared("reports").and_then(|folder| std::fs::read(folder.join("010.pdf")).ok());
    let published = published.map(|bytes| ("published pdf", SourceKind::Pdf, bytes, 60_000.0));
    for (what, kind, bytes, aim_us) in files.into_iter().chain(published) {
        measure(&format!("{what} read by a child, with its account"), aim_us, || {
            let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_gouji"));
            let page: gouji::read::Page = apart::by(child.arg(apart::ARGUMENT).arg(kind.key()), &bytes, Duration::from_mins(1)).unwrap();
            drop(black_box(accounts(&page, &catalog)));
        });
        measure(&format!("{what} read in place"), aim_us, || drop(black_box(gouji::read::source::read(kind, &bytes))));
    }
    a_folder_of_mixed_files(
        &tables,
        title,
        &[("docx", ours(FileKind::Docx)), ("pdf", ours(FileKind::Pdf)), ("xlsx", ours(FileKind::Xlsx))],
    );
}

/// By the program itself, on all cores.
fn a_folder_of_mixed_files(tables: &crate::published::damage::Tables, title: &str, ours: &[(&str, Vec<u8>)]) {
    let num = if std::env::var_os("GOUJI_SPEED").is_some() { 1_000 } else { 12 };
    let folder = support::folder();
    let written = crate::published::written::ALL.map(|written| (written.ending(), written.file(tables, title)));
    let files: Vec<(&str, &Vec<u8>)> = written.iter().chain(ours).map(|(ending, bytes)| (*ending, bytes)).collect();
    for number in 0..num {
        let (ending, bytes) = files[number % files.len()];
        support::put(&folder.path().join(format!("{number:04}.{ending}")), bytes);
    }
    let began = Instant::now();
    let mut check = std::process::Command::new(env!("CARGO_BIN_EXE_gouji"));
    let output = check.arg("check").arg(folder.path()).arg("--brief").output().unwrap();
    let out = String::from_utf8_lossy(&output.stdout);
    assert!(out.lines().last().unwrap().starts_with(&format!("共 {num} 份")), "{out}{}", String::from_utf8_lossy(&output.stderr));
    println!(
        "{num} mixed files checked in {:.1} s, {:.1} ms a file",
        began.elapsed().as_secs_f64(),
        began.elapsed().as_secs_f64() * 1e3 / f64::from(u32::try_from(num).unwrap())
    );
}

/// 100 000 lines with the variable, fewer without.
#[test]
fn registers() {
    use gouji::ledger::{Answers, Ledger, Register, Task};
    use gouji::read::apart;
    use gouji::read::lines::{self, Sheet};

    let num = if std::env::var_os("GOUJI_SPEED").is_some() { 100_000 } else { 1_000 };
    let head = "登记编号,收到日期,申请人,申请人类型,申请内容,答复日期,答复类型";
    let line = |no: usize| {
        let (month, day) = (1 + no % 11, 1 + no % 28);
        format!("YX-{no},2025-{month:02}-{day:02},王某{no},自然人,第{no}号文件,2025-{:02}-{day:02},予以公开", month + 1)
    };
    let text: String = std::iter::once(head.to_owned()).chain((0..num).map(line)).map(|line| line + "\n").collect();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(text.lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            sheet.write(row, column, cell).unwrap();
        }
    }
    let (form, shipped, answers) = (catalog().for_year(2025).unwrap(), Ledger::shipped().unwrap(), Answers::default());
    let count = |sheets: Vec<Sheet>| {
        let registers = [Register { sheets, ..Register::default() }];
        shipped.count(Task { registers: &registers, form: &form, year: 2025, agency: None, answers: &answers }).unwrap()
    };
    for (what, bytes) in [("csv", text.clone().into_bytes()), ("xlsx", book.save_to_buffer().unwrap())] {
        measure(&format!("register of {num} lines, {what}, read in place"), 1e6, || drop(black_box(lines::read(&bytes).unwrap())));
        measure(&format!("register of {num} lines, {what}, by a child, and counted"), 1e6, || {
            let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_gouji"));
            drop(black_box(count(apart::sheets_by(child.arg(apart::ARGUMENT).arg(apart::LINES), &bytes, Duration::from_mins(1)).unwrap())));
        });
    }
}

/// The work screen on V1, as eframe would drive it, without a display.
struct Stage {
    ctx: Context,
    app: App,
}

impl Stage {
    fn new() -> Self {
        let (form, draft) = v1();
        Self::on(form, draft, 3)
    }

    fn on(form: Arc<Form>, draft: Draft, chapter: u8) -> Self {
        let mut stage = Self::before_its_first_frame(form, draft, chapter);
        for _ in 0..10 {
            stage.frame(Vec::new());
        }
        stage
    }

    fn before_its_first_frame(form: Arc<Form>, draft: Draft, chapter: u8) -> Self {
        let mut stage = Self::empty();
        stage.app.show(form, draft, None);
        let ctx = stage.ctx.clone();
        stage.app.run(&ctx, Command::Chapter(chapter));
        stage
    }

    fn empty() -> Self {
        let ctx = Context::default();
        theme::install(&ctx);
        ctx.enable_accesskit();
        Self { ctx, app: App::new(catalog(), crate::stage::home()) }
    }

    /// Lays one frame out.
    fn lay_out(&mut self, events: Vec<Event>) -> FullOutput {
        let screen = Rect::from_min_size(Pos2::ZERO, vec2(1366.0, 768.0));
        let input = RawInput { screen_rect: Some(screen), focused: true, max_texture_side: Some(8192), events, ..RawInput::default() };
        let app = &mut self.app;
        let ctx = self.ctx.clone();
        ctx.run_ui(input, |ui| {
            app.logic(&ui.ctx().clone());
            app.ui(ui);
        })
    }

    /// Lays one frame out and cuts it into triangles; returns how long nothing needs to be painted after it.
    fn frame(&mut self, events: Vec<Event>) -> Duration {
        let output = self.lay_out(events);
        let delay = output.viewport_output.get(&ViewportId::ROOT).map_or(Duration::ZERO, |viewport| viewport.repaint_delay);
        self.paint(output);
        delay
    }

    fn paint(&self, mut output: FullOutput) {
        assert!(output.platform_output.accesskit_update.is_some(), "screen readers are served");
        output.textures_delta.clear();
        black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
    }
}

/// The most that is read of a clipboard, in its worst shapes; a fuzzer found that this took seconds.
#[test]
fn clipboards_full_of_words() {
    let form = catalog().for_year(2025).unwrap();
    let corner = "总计\n".repeat(10_000) + &"总计\t".repeat(9_000) + "1";
    for (what, text) in
        [("one line of words", "总计\t".repeat(19_000) + "1"), ("a column of words", "总计\n".repeat(19_000) + "1"), ("both", corner)]
    {
        measure(&format!("20 000 fields from the clipboard, {what}"), 50_000.0, || {
            black_box(gouji::import::read_block(&form, &form.tables[1], (5, 5), &text));
        });
    }
}

#[test]
fn frames() {
    let mut stage = Stage::new();
    measure("frame of the work screen with table 三", 400.0, || _ = black_box(stage.frame(Vec::new())));
    let key = |key| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
    let mut keys = [Event::Text("1".to_owned()), Event::Text("2".to_owned()), key(Key::Enter)].into_iter().cycle();
    measure("keystroke with its frame and re-check", 500.0, || _ = black_box(stage.frame(vec![keys.next().unwrap()])));
}

/// A county of so many bodies on the board, all of them in.
fn board(num: usize) -> Stage {
    let form = catalog().for_year(crate::county::set::YEAR).unwrap();
    let taken = (0..num).map(|no| {
        let mut draft = crate::county::set::plain(&form, i64::try_from(no % 40).unwrap());
        draft.agency = format!("某市第{no}局");
        let lying = Lying {
            path: format!("{no}.gouji").into(),
            length: 1,
            modified: jiff::Timestamp::UNIX_EPOCH,
            sm3: gouji::review::sm3(draft.agency.as_bytes()),
        };
        Taken::of(Arc::new(lying), 0, &(form.clone(), draft, None), &catalog())
    });
    let reading = Reading { taken: taken.collect(), ..Reading::default() };
    let asked = Asked { year: crate::county::set::YEAR, agency: String::new(), today: jiff::civil::date(2026, 1, 22) };
    let county = County::new(form.clone(), reading, None, gouji::county::Journal::default(), asked);
    assert_eq!(county.standings.len(), num);
    let mut stage = Stage::empty();
    let ctx = stage.ctx.clone();
    stage.app.show_county(&ctx, "/nowhere".into(), Arc::new(county));
    for _ in 0..10 {
        stage.frame(Vec::new());
    }
    stage
}

#[test]
fn frames_of_a_countys_board() {
    for num in if std::env::var_os("GOUJI_SPEED").is_some() { vec![45, 300, 3_000] } else { vec![45] } {
        let mut stage = board(num);
        measure(&format!("frame of a board of {num} bodies"), 4_000.0, || _ = black_box(stage.frame(Vec::new())));
        let mut steps = [-60.0_f32, -60.0, -60.0, 45.0].into_iter().cycle();
        measure(&format!("board of {num} bodies, scrolled"), 4_000.0, || {
            let wheel = Event::MouseWheel {
                unit: egui::MouseWheelUnit::Point,
                delta: vec2(0.0, steps.next().unwrap()),
                phase: egui::TouchPhase::Move,
                source: egui::MouseWheelSource::Unknown,
                modifiers: Modifiers::NONE,
            };
            _ = black_box(stage.frame(vec![Event::PointerMoved(Pos2::new(400.0, 500.0)), wheel]));
        });
        let key = |key| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
        let mut keys = [Key::PageDown, Key::PageDown, Key::ArrowUp].into_iter().cycle();
        measure(&format!("board of {num} bodies, gone through by keys"), 4_000.0, || {
            _ = black_box(stage.frame(vec![key(keys.next().unwrap())]));
        });
    }
}

/// Where OpenGL does not start.
#[test]
fn frames_painted_by_the_processor() {
    let (form, draft) = v1();
    // The first frame brings the font's texture.
    let mut stage = Stage::before_its_first_frame(form, draft, 3);
    let (size, background) = ([1366, 768], theme::palette().desk);
    let mut painting = Painting::default();
    let paint = |painting: &mut Painting, stage: &mut Stage, events: Vec<Event>| {
        let output = stage.lay_out(events);
        black_box(painting.paint(&stage.ctx, output, size, background))
    };
    for _ in 0..10 {
        drop(paint(&mut painting, &mut stage, Vec::new()));
    }
    let key = |key| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
    let mut keys = [Event::Text("1".to_owned()), Event::Text("2".to_owned()), key(Key::Enter)].into_iter().cycle();
    measure("keystroke painted by the processor", 16_000.0, || drop(paint(&mut painting, &mut stage, vec![keys.next().unwrap()])));
    let changed = |areas: &[gouji::ui::Area]| areas.iter().map(|area| area.columns.len() * area.rows.len()).sum::<usize>();
    let areas: Vec<_> = (0..3).map(|_| changed(&paint(&mut painting, &mut stage, vec![keys.next().unwrap()]))).collect();
    println!("pixels painted for two digits and Enter, of {}: {areas:?}", size[0] * size[1]);
    // Over another background nothing that stands can stay.
    let mut backgrounds = [egui::Color32::WHITE, background].into_iter().cycle();
    measure("the whole window painted by the processor", 33_000.0, || {
        let output = stage.lay_out(Vec::new());
        drop(black_box(painting.paint(&stage.ctx, output, size, backgrounds.next().unwrap())));
    });
}

/// Paragraphs of some 200 characters.
fn long_text(num_chars: usize) -> String {
    let sentence = "本机关依法公开政府信息，按时答复申请，逐件登记、审核、归档；";
    let chars = sentence.chars().cycle().take(num_chars).enumerate();
    chars.map(|(place, c)| if place % 200 == 199 { '\n' } else { c }).collect()
}

#[test]
fn frames_of_a_long_chapter() {
    let chapters =
        [(5, 2_000, "", long_text(2_000)), (5, 20_000, "", long_text(20_000)), (1, 20_000, " full of figures", chapter_of_figures(20_000))];
    for (section, num_chars, what, text) in chapters {
        let (form, mut draft) = v1();
        let section = SectionId(section);
        draft.apply(Edit::Text(section, gouji::model::Splice::between(draft.section(section), &text).unwrap()));
        let mut stage = Stage::on(form, draft, section.0);
        let key = |key, modifiers| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
        measure(&format!("frame of a chapter of {num_chars} characters{what}"), 4000.0, || _ = black_box(stage.frame(Vec::new())));
        for (place, corner) in [("beginning", Key::Home), ("end", Key::End)] {
            stage.frame(vec![key(corner, Modifiers::COMMAND | Modifiers::CTRL)]);
            let mut keys = [Event::Text("政".to_owned()), key(Key::Backspace, Modifiers::NONE)].into_iter().cycle();
            let length = |stage: &Stage| stage.app.work().unwrap().session.draft().section(section).chars().count();
            let before = length(&stage);
            stage.frame(vec![keys.next().unwrap()]);
            assert_eq!(length(&stage), before + 1, "the text has the focus");
            stage.frame(vec![keys.next().unwrap()]);
            measure(&format!("keystroke at the {place} of {num_chars}{what}"), 4000.0, || {
                _ = black_box(stage.frame(vec![keys.next().unwrap()]));
            });
        }
    }
}

#[test]
fn an_idle_window_wants_no_frames() {
    let mut stage = Stage::new();
    let mut num_frames = 0;
    while stage.frame(Vec::new()) != Duration::MAX {
        num_frames += 1;
        assert!(num_frames < 60, "the window never comes to rest");
        std::thread::sleep(Duration::from_millis(20));
    }
    println!("at rest after {num_frames} frames");
    assert_eq!(stage.frame(Vec::new()), Duration::MAX);
}

#[test]
fn review_of_a_long_log() {
    use gouji::model::{Action, Person, Role, Spot};

    let (form, draft) = v1();
    let mut session = Session::new(Arc::clone(&form), draft);
    let comment = |session: &mut Session, no: usize| {
        session.set_person(Some(Person { name: "李四".into(), role: Role::Reviewer }));
        let cell = nth_cell(no % 200);
        session.act(Action::Comment(Spot::Cell(cell)), "与台账不符，请核对", jiff::Timestamp::UNIX_EPOCH).unwrap();
    };
    let num_steps = if std::env::var_os("GOUJI_SPEED").is_some() { 400 } else { 40 };
    (0..num_steps).for_each(|no| comment(&mut session, no));
    let bytes = store::encode(form.report(session.draft())).into_bytes();
    println!("log of {num_steps} steps, {} KB", bytes.len() / 1000);
    let catalog = catalog();
    measure("one more comment", 5_000.0, || comment(&mut Session::new(Arc::clone(&form), session.draft().clone()), 7));
    measure("proof of the file", 500_000.0, || drop(black_box(store::prove(black_box(&bytes), &catalog))));
    measure("what is not looked at", 500.0, || drop(black_box(session.unseen())));
    measure("draft file read", 5_000.0, || drop(black_box(store::decode(black_box(&bytes), &catalog))));
}
