//! Long walks through the office with somebody tampering at random places and moments: the file edited, its log cut, the form
//! exchanged, the clock moved, another copy put in its place, exported copies altered. Each is named, and no step goes over it.

use std::sync::Arc;

use gouji::export::{self, FileKind, Fonts, sheet::Book};
use gouji::form::{Catalog, Form};
use gouji::model::{Action, ActionKind, Draft, Edit, Entry, Item, Objection, Person, Role, SectionId, Status, Value, may};
use gouji::review::{self, Attempt, Broken};
use gouji::session::Session;
use gouji::store::{Proof, Receipt, decode, encode, prove};

use super::{at, clerk, code_of, person, reviewer, secrecy, signer};
use crate::support::{Dice, catalog, nth_cell, v1};

/// The office: its form, which came as a file of its own, and the same file as somebody else would have it.
struct Office {
    catalog: Catalog,
    exchanged: Vec<Catalog>,
    form: Arc<Form>,
    report: Draft,
    people: [Person; 5],
}

impl Office {
    fn new() -> Self {
        let text = include_str!("../../../assets/forms/f2021.ron");
        let own = text.replacen("\"F2021\"", "\"X2030\"", 1).replacen("(2021, None)", "(2030, None)", 1);
        let with = |text: &str| {
            let mut catalog = catalog();
            catalog.add("x.ron", text).unwrap();
            catalog
        };
        // A title, a label of a cell, the severity of a rule.
        let others = [("2021年格式", "改过的格式"), ("制发件数", "制发数量"), ("severity: Error", "severity: Warning")];
        let exchanged: Vec<Catalog> =
            others.iter().filter(|(from, _)| own.contains(from)).map(|(from, to)| with(&own.replacen(from, to, 1))).collect();
        assert!(exchanged.len() >= 2);
        let (catalog, (_, figures)) = (with(&own), v1());
        let form = catalog.by_id("X2030").unwrap();
        let mut report = form.draft("测试市人民政府".to_owned(), 2030);
        for (cell, _) in form.cells() {
            report.apply(Edit::cell(cell, figures.entry(cell).clone()));
        }
        let people = [clerk(), reviewer(), secrecy(), signer(), person("孙七", Role::Reviewer)];
        Self { catalog, exchanged, form, report, people }
    }

    fn session(&self) -> Session {
        Session::new(Arc::clone(&self.form), self.report.clone())
    }
}

/// What was met on the way.
#[derive(Debug, Default)]
struct Met {
    taken: usize,
    signed: usize,
    clocks: usize,
    edited: usize,
    cut: usize,
    forms: usize,
    swapped: usize,
    copies: usize,
}

/// Somebody does what is mostly his to do, sometimes by a clock that was moved.
fn goes_on(office: &Office, session: &mut Session, dice: &mut Dice, met: &mut Met, no: u32) {
    let status = session.draft().review().status();
    let kind = dice.pick(&ActionKind::ALL);
    let role = may(status, kind).first().copied();
    let who = office.people.iter().find(|person| Some(person.role) == role && dice.roll(5) > 0).cloned();
    session.set_person(Some(who.unwrap_or_else(|| office.people[dice.roll(5) as usize].clone())));
    if kind == ActionKind::Edit {
        let figure = Entry::Whole(i64::from(dice.roll(1_000)));
        session.apply(vec![Edit::cell(nth_cell(7), figure)]);
        return;
    }
    let words = if kind == ActionKind::Sign { code_of(session) } else { "说".to_owned() };
    let moved = if dice.roll(6) == 0 { i64::from(dice.roll(1_000_000)) - 500_000 } else { 0 };
    let Some(action) = kind.plain().filter(|action| *action != Action::Join) else { return };
    let num = session.draft().review().steps().len();
    if session.act(action, &words, at(i64::from(no) + moved)).is_err() {
        return;
    }
    met.taken += 1;
    met.signed += usize::from(kind == ActionKind::Sign);
    let steps = session.draft().review().steps();
    met.clocks += steps[num..].iter().filter(|step| step.witness.as_ref().is_some_and(|witness| witness.clock.is_some())).count();
    assert!(steps.windows(2).all(|pair| pair[0].time <= pair[1].time), "a step before the one before it");
}

/// A digit, a name, a time, a hash, an opinion changed, a step taken out, one exchanged with the next, a space.
fn edited(text: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let of = |wanted: &dyn Fn(&str) -> bool| (0..lines.len()).filter(|no| wanted(&lines[*no])).collect::<Vec<_>>();
    let steps = of(&|line| line.starts_with("        (id: "));
    let cells = of(&|line| line.starts_with("        \"") && line.ends_with("\",") && line.contains("\": \""));
    let what = dice.roll(8);
    let place = dice.pick(if what == 0 || steps.is_empty() { &cells } else { &steps });
    let line = &mut lines[place];
    match what {
        0 => *line = line.replacen("\": \"", "\": \"9", 1),
        1 => *line = line.replacen("who: \"", "who: \"某", 1),
        2 => *line = line.replacen("at: \"20", "at: \"19", 1),
        3 => *line = line.replacen("form: \"", "form: \"0", 1),
        4 => *line = line.replacen("said: \"", "said: \"不", 1),
        5 => line.push(' '),
        6 => drop(lines.remove(place)),
        _ => {
            let other = dice.pick(&steps);
            lines.swap(place, other);
        }
    }
    lines.join("\n") + "\n"
}

/// The log without its last steps, or without all of them; the seal stays as it is.
fn cut(text: &str, dice: &mut Dice, num_steps: usize) -> String {
    let keeps = dice.roll(u32::try_from(num_steps).unwrap()) as usize;
    let mut no = 0;
    let kept = |line: &&str| {
        no += usize::from(line.starts_with("        (id: "));
        !line.starts_with("        (id: ") || no <= keeps
    };
    text.lines().filter(kept).fold(String::new(), |all, line| all + line + "\n")
}

/// Whoever tries to go on over this file is refused, whatever he tries.
#[track_caller]
fn nobody_goes_on(office: &Office, form: &Form, draft: &Draft, dice: &mut Dice) {
    let (standing, flaw) = (review::standing(form.report(draft)), review::first_flaw(form.report(draft)));
    assert!(flaw.is_some() && standing.code() == "broken" && !standing.name().contains("已签发"), "{standing:?}");
    for _ in 0..3 {
        let person = office.people[dice.roll(5) as usize].clone();
        let Some(action) = dice.pick(&ActionKind::ALL).plain() else { continue };
        let attempt = Attempt { person, time: at(0), action, words: "说".to_owned(), drawn: gouji::model::Fingerprint([7; 32]) };
        assert!(matches!(review::act(form.report(draft), attempt), Err(Objection::Broken { .. })));
    }
}

/// The report as somebody would rather have published it, with the code and signature of the one that was signed.
fn altered_copy(session: &Session, book: &Book, dice: &mut Dice) -> Book {
    let (form, mut draft) = (session.form(), session.draft().clone());
    if dice.roll(3) == 0 {
        let text = format!("{}又改了第 {} 处。", draft.section(SectionId(5)), dice.roll(1_000));
        draft.apply(Edit::Set(Item::Text(SectionId(5)), Value::Text(text)));
    } else {
        let cell = nth_cell(dice.roll(u32::try_from(form.cells.len()).unwrap()) as usize);
        let figure = Entry::read(form.cell(cell).kind, &(90_000 + dice.roll(9_999)).to_string());
        draft.apply(Edit::cell(cell, figure));
    }
    let mut altered = export::book(form.report(&draft), None, book.made_on);
    (altered.code, altered.approval) = (book.code.clone(), book.approval.clone());
    altered
}

/// Exported copies of what is signed now: the true one agrees, an altered one is told.
fn copies(session: &Session, fonts: &Fonts, dice: &mut Dice, met: &mut Met) {
    let kind = dice.pick(&[FileKind::Html, FileKind::Docx, FileKind::Xlsx, FileKind::Html, FileKind::Html, FileKind::Pdf]);
    let book = export::book(session.report(), None, jiff::civil::date(2031, 1, 20));
    let altered = export::write(kind, &altered_copy(session, &book, dice), fonts).unwrap();
    let found = export::against_copy(kind, &altered, &book).unwrap();
    assert!(!found.differences.is_empty(), "{kind:?}: an altered copy was not told");
    met.copies += 1;
}

#[test]
fn whatever_is_tampered_with_is_named_and_nobody_goes_on_over_it() {
    let is_long = std::env::var_os("GOUJI_LONG").is_some();
    let num = if is_long { 100_000 } else { 150 };
    let (office, mut dice, mut met) = (Office::new(), Dice(0x5eed_0013), Met::default());
    let fonts = Fonts::needed(FileKind::Pdf, gouji::store::system_font);
    let mut session = office.session();
    let mut receipt: Option<Receipt> = None;
    let mut older: Vec<String> = Vec::new();
    for no in 0..num {
        if session.draft().review().steps().len() > 30 {
            (session, receipt) = (office.session(), None);
            older.clear();
        }
        goes_on(&office, &mut session, &mut dice, &mut met, no);
        let steps = session.draft().review().steps();
        if steps.is_empty() {
            continue;
        }
        if session.draft().review().status() == Status::Filed && steps.last().is_some_and(|step| step.action == Action::File) {
            receipt = Receipt::of(office.form.report(session.draft()));
            assert!(receipt.is_some());
        }
        if dice.roll(3) > 0 {
            continue;
        }
        let text = encode(office.form.report(session.draft()));
        match dice.roll(10) {
            0..=4 => {
                let changed = edited(&text, &mut dice);
                if changed == text {
                    continue;
                }
                met.edited += 1;
                let found = prove(changed.as_bytes(), &office.catalog);
                assert!(matches!(found, Proof::Broken(_)), "try {no}: {found:?}\n{changed}");
                if let Ok((form, draft)) = decode(changed.as_bytes(), &office.catalog) {
                    nobody_goes_on(&office, &form, &draft, &mut dice);
                }
            }
            5 | 6 => {
                let changed = cut(&text, &mut dice, steps.len());
                met.cut += 1;
                assert!(matches!(prove(changed.as_bytes(), &office.catalog), Proof::Broken(_)), "try {no}\n{changed}");
                let (form, draft) = decode(changed.as_bytes(), &office.catalog).unwrap();
                nobody_goes_on(&office, &form, &draft, &mut dice);
                // Nor does saving heal it.
                let saved = encode(form.report(&draft));
                assert!(matches!(prove(saved.as_bytes(), &office.catalog), Proof::Broken(_)), "try {no}");
            }
            7 => {
                let other = &office.exchanged[dice.roll(u32::try_from(office.exchanged.len()).unwrap()) as usize];
                met.forms += 1;
                let (form, draft) = decode(text.as_bytes(), other).unwrap();
                assert_eq!(review::first_flaw(form.report(&draft)).unwrap().what, Broken::Form, "try {no}");
                nobody_goes_on(&office, &form, &draft, &mut dice);
            }
            8 => {
                // An older copy is a true file; that it is another one is told by its code, and by the receipt.
                if let Some(other) = older.iter().rfind(|other| **other != text) {
                    met.swapped += 1;
                    let (form, draft) = decode(other.as_bytes(), &office.catalog).unwrap();
                    assert_eq!(review::first_flaw(form.report(&draft)), None);
                    let differs = review::code_now(form.report(&draft)) != code_of(&session);
                    let is_after = draft.review().status().is_locked() || session.draft().review().status().is_locked();
                    // After a signature the code stays what it was signed with: file and publish do not change it.
                    assert!(differs || is_after, "try {no}");
                    let is_other = receipt.as_ref().is_some_and(|receipt| !receipt.differences(form.report(&draft)).is_empty());
                    assert!(receipt.is_none() || is_other || Receipt::of(form.report(&draft)) == receipt, "try {no}");
                }
                older.push(text);
            }
            _ if session.draft().review().status().is_locked() => copies(&session, &fonts, &mut dice, &mut met),
            _ => {}
        }
    }
    println!("{num} tries: {met:?}");
    assert!(met.taken > 5 && met.edited > 5 && met.cut > 1 && met.forms > 1, "{met:?}");
    assert!(!is_long || met.signed > 100 && met.copies > 100 && met.swapped > 100 && met.clocks > 10, "{met:?}");
}
