//! Long texts, long logs, full folders, slow clipboards: nothing stands still. Times are printed, never asserted; `GOUJI_LONG=1`
//! for the full lengths.

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Instant;

use egui::{Context, Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use gouji::export::{self, FileKind, Fonts};
use gouji::model::{Action, Person, Role, Spot};
use gouji::review;
use gouji::session::Session;
use gouji::ui::{Clipboard, Command, Late, Named, Source};

use crate::paper::{book, write_chapter};
use crate::stage;
use crate::support::{self, folder, nth_cell, put, v1};

fn is_long() -> bool {
    std::env::var_os("GOUJI_LONG").is_some()
}

/// Runs it and prints how long it took.
fn timed<T>(what: &str, run: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let result = run();
    println!("{what}: {} ms", began.elapsed().as_millis());
    result
}

#[test]
fn a_text_of_twenty_thousand_lines_is_shown_and_typed_into() {
    let num_lines = if is_long() { 20_000 } else { 2_000 };
    let (form, draft) = support::draft(&[], &"本机关依法公开政府信息，按时答复申请。\n".repeat(num_lines));
    let mut window = stage::window();
    window.state_mut().show(form, draft, None);
    timed(&format!("{num_lines} lines shown"), || {
        let ctx = window.ctx.clone();
        window.state_mut().run(&ctx, Command::Chapter(5));
        window.run();
    });
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::CTRL, Key::End);
    window.run();
    let before = stage::section(&window, 5).chars().count();
    timed("a sign typed at the end", || {
        window.event(Event::Text("政".to_owned()));
        window.step();
    });
    assert_eq!(stage::section(&window, 5).chars().count(), before + 1);
    timed("a frame", || window.step());
}

#[test]
fn a_pdf_of_a_million_signs_is_written_or_refused_with_the_place() {
    let (form, mut draft) = v1();
    for num_chars in [1_000_000, if is_long() { 400_000 } else { 20_000 }] {
        // A line of sixteen signs with its end.
        write_chapter(&mut draft, 1, &"（一）主动公开信息，按时答复了。\n".repeat(num_chars / 16));
        let book = book(&form, &draft);
        match timed(&format!("PDF of {num_chars} signs"), || export::file(FileKind::Pdf, &book, &Fonts::default())) {
            Ok(bytes) => println!("{} KB", bytes.len() / 1000),
            Err(err) => assert!(num_chars == 1_000_000 && err.to_string().contains("位置：“一、总体情况”"), "{err}"),
        }
    }
}

#[test]
fn a_long_log_is_proved_and_shown() {
    let (form, draft) = v1();
    let mut session = Session::new(Arc::clone(&form), draft);
    session.set_person(Some(Person { name: "李四".into(), role: Role::Reviewer }));
    let num_steps = if is_long() { 1_990 } else { 60 };
    for no in 0..num_steps {
        let cell = nth_cell(no % 200);
        session.act(Action::Comment(Spot::Cell(cell)), "与台账不符，请核对", jiff::Timestamp::UNIX_EPOCH).unwrap();
        if no + 1 == num_steps / 2 || no + 1 == num_steps {
            let flaw = timed(&format!("{} steps proved", no + 1), || review::first_flaw(form.report(session.draft())));
            assert_eq!(flaw, None);
        }
    }
    let mut window = stage::window();
    window.state_mut().show(form, session.draft().clone(), None);
    timed("the log page", || {
        let ctx = window.ctx.clone();
        window.state_mut().run(&ctx, Named::Log);
        window.run();
    });
    assert!(window.query_by_label_contains("步全部相符").is_some());
    timed("a frame of it", || window.step());
}

#[test]
fn a_folder_of_a_hundred_thousand_files_is_read_once_and_shown() {
    let num_files = if is_long() { 100_000 } else { 500 };
    let folder = folder();
    for no in 0..num_files {
        put(&folder.path().join(format!("{no:06}.gouji")), b"");
    }
    let draft = support::new_draft(&folder, "a.gouji", "测试局", 2025, &[]);
    let disk = crate::disks::Meddled::before(|_, _| Ok(()));
    let home = gouji::store::Home { disk: Arc::new(disk.clone()), folder: folder.path().join("gouji") };
    let mut window = stage::window_at(home);
    let ctx = window.ctx.clone();
    timed("opened among them", || {
        window.state_mut().run(&ctx, Command::OpenPath(draft.into()));
        stage::finish_jobs(&mut window);
    });
    window.state_mut().run(&ctx, Named::OpenCopy);
    timed("its list", || stage::finish_jobs(&mut window));
    timed("a frame of it", || window.step());
    assert!(window.query_all_by_label("000003.gouji").next().is_some(), "{:?}", window.state().notice());
    let before = disk.num_done();
    window.event(Event::Text("b".to_owned()));
    timed("a letter typed", || stage::finish_jobs(&mut window));
    assert!(disk.num_done() < before + 10, "the folder is not read for each letter");
}

/// Another program: hands over its text when it is let, then a table beside it when it is let again.
struct Owner {
    text: Option<&'static str>,
    wait: std::sync::Mutex<std::sync::mpsc::Receiver<()>>,
}

impl Source for Owner {
    fn plain(&self) -> Option<String> {
        self.wait.lock().unwrap().recv().ok()?;
        self.text.map(str::to_owned)
    }

    fn table(&self, plain: &str) -> Option<String> {
        self.wait.lock().unwrap().recv().ok()?;
        Some(format!("{plain}\t6"))
    }
}

#[test]
fn a_clipboard_that_does_not_answer_holds_nothing_up_for_long() {
    let ctx = Context::default();
    let deal = |clipboard: &mut Clipboard, mut events: Vec<Event>| (clipboard.deal(&ctx, true, &mut events), events);
    // The answer may be there before the first call is over.
    let until_something = |clipboard: &mut Clipboard, events: Vec<Event>| {
        let mut got = deal(clipboard, events);
        while got.1.is_empty() {
            got = deal(clipboard, Vec::new());
        }
        got
    };
    let typed = || Event::Text("7".to_owned());
    let key = |key, modifiers| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
    let (release, wait) = channel::<()>();
    let mut clipboard = Clipboard::new(Owner { text: Some("5"), wait: wait.into() });
    // What is pressed behind the paste waits for it.
    let ctrl_v = || key(Key::V, Modifiers::COMMAND | Modifiers::CTRL);
    assert_eq!(deal(&mut clipboard, vec![typed(), ctrl_v(), typed()]), (None, vec![typed()]));
    assert_eq!(deal(&mut clipboard, vec![typed()]), (None, Vec::new()));
    release.send(()).unwrap();
    release.send(()).unwrap();
    assert_eq!(until_something(&mut clipboard, Vec::new()), (None, vec![Event::Paste("5\t6".to_owned()), typed(), typed()]));
    // The text comes, but no table: the plain text stands, and that is said.
    let paste = vec![Event::Paste("8".to_owned()), typed()];
    assert_eq!(until_something(&mut clipboard, paste), (Some(Late::Table), vec![Event::Paste("8".to_owned()), typed()]));
    // Nobody answers: nothing is pasted, and that is said; what was pressed behind it is not lost.
    let paste = vec![key(Key::Insert, Modifiers::SHIFT), typed()];
    assert_eq!(until_something(&mut clipboard, paste), (Some(Late::Everything), vec![typed()]));
    // Where no table has the keyboard, no table is asked for.
    let mut events = vec![Event::Paste("9".to_owned())];
    assert!(clipboard.deal(&ctx, false, &mut events).is_none() && events.len() == 1);
    // An empty clipboard pastes nothing and says nothing.
    let (release, wait) = channel::<()>();
    let mut empty = Clipboard::new(Owner { text: None, wait: wait.into() });
    release.send(()).unwrap();
    assert_eq!(until_something(&mut empty, vec![ctrl_v(), typed()]), (None, vec![typed()]));
    // The keys of copying and cutting.
    let copying = [key(Key::C, Modifiers::COMMAND), key(Key::Insert, Modifiers::COMMAND)];
    assert_eq!(deal(&mut empty, copying.into()), (None, vec![Event::Copy, Event::Copy]));
    let cutting = [key(Key::X, Modifiers::COMMAND), key(Key::Delete, Modifiers::SHIFT)];
    assert_eq!(deal(&mut empty, cutting.into()), (None, vec![Event::Cut, Event::Cut]));
}
