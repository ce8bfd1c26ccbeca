//! Key scripts: what a clerk types into the tables, and what must come of it. The scripts are data, `tests/cases/keys`.
//!
//! A case begins with `--- its name ---`; `real: yes` sends it through a real window as well (`real_keys.rs`). Lines before
//! `keys:` set the scene, lines after it are what is expected:
//! `form: F2021`, `given: KEY=VALUE …`, `at: KEY`, `keys: 12 Enter Ctrl+Z <full text> …`, then `cells: KEY=VALUE …` (an empty
//! value is a blank), `focus: KEY`, `selected: KEY KEY …`, `marks: KEY …` (cells marked as errors, all of them), `copied: …`,
//! `chapter: N`, `editing: yes|no`, `notice: words`, `shows: words` (somewhere on the screen). `\t` and `\n` stand for themselves
//! in `paste(…)` and `copied:`. The mouse: `click(KEY)`, `Shift+click(KEY)`, `double(KEY)`, `drag(KEY,KEY)`, `fill(KEY,KEY)` by
//! the handle at the corner of the first; a printed head is named by its words.

use egui::{Event, Key, Modifiers, PointerButton, Pos2};
use egui_kittest::kittest::Queryable as _;
use gouji::form::Severity;
use gouji::model::{CellId, Edit, Entry};
use gouji::ui::App;

use crate::stage::{self, Window};
use crate::support;

#[test]
fn every_key_script_ends_as_it_says() {
    let mut failures = Vec::new();
    let mut num_cases = 0;
    for (file, text) in stage::case_files("keys") {
        for (name, body) in stage::cases(&text) {
            num_cases += 1;
            if let Err(what) = run_case(&body) {
                failures.push(format!("{file}: {name}: {what}"));
            }
        }
    }
    println!("{num_cases} key scripts");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// A case while it runs.
struct Script {
    window: Window,
    form: &'static str,
    given: Vec<(String, String)>,
    copied: Option<String>,
}

fn run_case(body: &str) -> Result<(), String> {
    let mut script = Script { window: stage::window(), form: "F2021", given: Vec::new(), copied: None };
    let mut opened = false;
    for line in body.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (what, rest) = line.split_once(':').ok_or_else(|| format!("no colon in {line:?}"))?;
        let rest = rest.trim();
        if matches!(what, "at" | "keys") && !std::mem::replace(&mut opened, true) {
            script.open();
        }
        match what {
            "real" => {}
            "form" => script.form = if rest == "F2019" { "F2019" } else { "F2021" },
            "given" => script.given.extend(pairs(rest)),
            "at" => script.go_to(rest)?,
            "keys" => script.press(rest)?,
            _ => script.expect(what, rest)?,
        }
    }
    Ok(())
}

fn pairs(text: &str) -> Vec<(String, String)> {
    text.split_whitespace().filter_map(|pair| pair.split_once('=')).map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}

impl Script {
    fn app(&self) -> &App {
        self.window.state()
    }

    fn cell(&self, key: &str) -> Result<CellId, String> {
        let work = self.app().work().ok_or("no draft is open")?;
        work.session.form().cell_by_key(key).ok_or_else(|| format!("no cell {key}"))
    }

    fn open(&mut self) {
        let form = support::catalog().by_id(self.form).unwrap();
        let mut draft = form.draft("某县某局".to_owned(), form.years.0);
        for (key, value) in &self.given {
            let zero_all = key == "all";
            for (id, cell) in form.cells().filter(|(_, cell)| zero_all || *cell.key == **key) {
                draft.apply(Edit::cell(id, Entry::read(cell.kind, value)));
            }
        }
        self.window.state_mut().show(form, draft, None);
        self.window.run();
    }

    fn go_to(&mut self, key: &str) -> Result<(), String> {
        let cell = self.cell(key)?;
        self.window.state_mut().work_mut().ok_or("no draft is open")?.go_to(cell);
        self.window.run();
        Ok(())
    }

    fn press(&mut self, keys: &str) -> Result<(), String> {
        for token in keys.split_whitespace() {
            if let Some(text) = token.strip_prefix("paste(").and_then(|token| token.strip_suffix(')')) {
                self.window.event(Event::Paste(unescape(text)));
            } else if let Some(text) = token.strip_prefix('<').and_then(|token| token.strip_suffix('>')) {
                self.window.event(Event::Text(text.to_owned()));
            } else if let Some((hand, places)) = token.strip_suffix(')').and_then(|token| token.split_once('(')) {
                self.point(hand, places)?;
            } else if matches!(token, "Ctrl+C" | "Ctrl+X") {
                self.window.event(if token == "Ctrl+C" { Event::Copy } else { Event::Cut });
            } else if token.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '-')) {
                for c in token.chars() {
                    self.window.event(Event::Text(c.to_string()));
                    self.window.run();
                }
            } else {
                let (modifiers, key) = key(token).ok_or_else(|| format!("no key {token}"))?;
                self.window.key_press_modifiers(modifiers, key);
            }
            self.window.step();
            let copied = self.window.output().platform_output.commands.iter().find_map(|command| match command {
                egui::OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            });
            self.copied = copied.or(self.copied.take());
            self.window.run();
        }
        Ok(())
    }

    /// What the hand on the mouse does: at a cell named by its key, or at a head named by its words.
    fn point(&mut self, hand: &str, places_words: &str) -> Result<(), String> {
        let places: Vec<Pos2> = places_words.split(',').map(|place| self.place(place)).collect::<Result<_, _>>()?;
        let modifiers = match hand.split_once('+') {
            Some(("Shift", _)) => Modifiers::SHIFT,
            Some(("Ctrl", _)) => Modifiers::COMMAND | Modifiers::CTRL,
            _ => Modifiers::NONE,
        };
        let button = |pos, pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers };
        let click = |at| vec![Event::PointerMoved(at), button(at, true), button(at, false)];
        let events = match (hand, &*places) {
            ("click" | "Shift+click" | "Ctrl+click", [at]) => click(*at),
            ("double", [at]) => [click(*at), click(*at)].concat(),
            ("drag", [from, to]) => {
                let way = Event::PointerMoved(from.lerp(*to, 0.5));
                vec![Event::PointerMoved(*from), button(*from, true), way, Event::PointerMoved(*to), button(*to, false)]
            }
            // From the lower right corner of the first cell: the handle that fills.
            ("fill", [_, to]) => {
                let key = places_words.split(',').next().unwrap_or_default();
                let from = self.rect(key)?.right_bottom();
                let way = Event::PointerMoved(from.lerp(*to, 0.5));
                vec![Event::PointerMoved(from), button(from, true), way, Event::PointerMoved(*to), button(*to, false)]
            }
            _ => return Err(format!("no hand does {hand}")),
        };
        let held = [Event::ModifiersChanged(modifiers)];
        let events = held.into_iter().chain(events).chain([Event::ModifiersChanged(Modifiers::NONE)]);
        if hand == "double" {
            // A step is a quarter of a second: too slow between two clicks.
            self.window.input_mut().events.extend(events);
        } else {
            events.for_each(|event| self.window.event(event));
        }
        Ok(())
    }

    /// The middle of a cell or a head.
    fn place(&self, name: &str) -> Result<Pos2, String> {
        self.rect(name).map(|rect| rect.center())
    }

    /// Where a cell or a head is.
    fn rect(&self, name: &str) -> Result<egui::Rect, String> {
        let form = self.app().work().ok_or("no draft is open")?.session.form();
        let label = self.cell(name).map_or(name, |cell| &*form.cell(cell).label);
        // The inspector names the cell at the cursor, too, before the table does.
        let nodes = self.window.query_all_by_label(label);
        nodes.last().map(|node| node.rect()).ok_or_else(|| format!("no {label} on the screen"))
    }

    fn expect(&self, what: &str, rest: &str) -> Result<(), String> {
        let work = self.app().work().ok_or("no draft is open")?;
        let (form, draft) = (work.session.form(), work.session.draft());
        let same = |is: String, wanted: String| if is == wanted { Ok(()) } else { Err(format!("{what} is {is:?}, not {wanted:?}")) };
        let keys_of = |cells: Vec<CellId>| cells.into_iter().map(|cell| form.cell(cell).key.to_string()).collect::<Vec<_>>().join(" ");
        match what {
            "cells" => pairs(rest).into_iter().try_for_each(|(key, value)| {
                let cell = self.cell(&key)?;
                let is = draft.entry(cell).shown(form.cell(cell).kind);
                if is == value { Ok(()) } else { Err(format!("{key} is {is:?}, not {value:?}")) }
            }),
            "focus" => same(work.focused_cell().map_or_else(String::new, |cell| form.cell(cell).key.to_string()), rest.to_owned()),
            "selected" => {
                let mut work_window = self.app().work().map(gouji::ui::Work::selection_keys).unwrap_or_default();
                work_window.sort();
                let mut wanted: Vec<String> = rest.split_whitespace().map(str::to_owned).collect();
                wanted.sort();
                same(work_window.join(" "), wanted.join(" "))
            }
            "marks" => {
                let marked = form.cells().filter(|(id, _)| work.session.mark(*id) == Some(Severity::Error)).map(|(id, _)| id).collect();
                same(keys_of(marked), rest.to_owned())
            }
            "chapter" => same(work.chapter.to_string(), rest.to_owned()),
            "copied" => same(self.copied.clone().unwrap_or_default(), unescape(rest)),
            "editing" => same(if work.is_editing() { "yes".to_owned() } else { "no".to_owned() }, rest.to_owned()),
            "shows" => match self.window.query_all_by_label_contains(rest).next() {
                Some(_) => Ok(()),
                None => Err(format!("nothing on the screen has the words {rest:?}")),
            },
            "notice" => match self.app().notice() {
                Some(notice) if notice.contains(rest) => Ok(()),
                other => Err(format!("notice is {other:?}, not {rest:?}")),
            },
            other => Err(format!("nothing called {other} can be expected")),
        }
    }
}

fn unescape(text: &str) -> String {
    text.replace("\\t", "\t").replace("\\n", "\n")
}

/// The key that a script's word names.
pub fn key(token: &str) -> Option<(Modifiers, Key)> {
    let mut modifiers = Modifiers::NONE;
    let mut rest = token;
    while let Some((modifier, name)) = rest.split_once('+') {
        modifiers |= match modifier {
            "Ctrl" => Modifiers::COMMAND | Modifiers::CTRL,
            "Shift" => Modifiers::SHIFT,
            "Alt" => Modifiers::ALT,
            _ => return None,
        };
        rest = name;
    }
    let key = match rest {
        "Up" => Key::ArrowUp,
        "Down" => Key::ArrowDown,
        "Left" => Key::ArrowLeft,
        "Right" => Key::ArrowRight,
        "Esc" => Key::Escape,
        name => Key::from_name(name)?,
    };
    Some((modifiers, key))
}

/// What the space bar would fill is offered no longer than there is something to fill.
#[test]
fn zeros_are_offered_until_the_table_is_filled_otherwise() {
    let (form, draft) = support::draft(&[("new.nat", "5")], "");
    let mut window = stage::window();
    window.state_mut().show(form, draft, None);
    window.run();
    stage::type_into(&mut window, "new.sum", "5");
    assert!(stage::shows(&window, "相加正好是合计"));
    window.get_by_label("其余空格填 0").click();
    window.run();
    assert_eq!(stage::shown(&window, "new.oth"), "0");
    assert!(!stage::shows(&window, "相加正好是合计"), "nothing is left to be filled");
}
