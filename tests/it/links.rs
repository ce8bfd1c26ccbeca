//! Figures of the text that follow cells: kept through typing, undo, files and joined copies.

use gouji::model::{Edit, Feeds, Ground, Origin, OriginFile, WAYS};
use gouji::session::Session;

/// A session on a chapter one with a linked figure.
fn linked() -> Session {
    let form = crate::support::catalog().for_year(2024).unwrap();
    let mut draft = form.draft("某市某某局".to_owned(), 2024);
    for (key, typed) in [("new.sum", "12"), ("carry_in.sum", "3"), ("total.sum", "14"), ("carry_out.sum", "1")] {
        crate::support::type_in(&form, &mut draft, key, typed);
    }
    let mut session = Session::new(form, draft);
    let edit = session.text_edit(CHAPTER, "（二）依申请公开。本年收到申请件，均按时办理。").unwrap();
    session.apply(vec![edit]);
    let at = session.draft().section(CHAPTER).chars().position(|c| c == '件').unwrap();
    let edits = session.insert_edits(CHAPTER, at, "{new.sum}").unwrap();
    session.apply_alone(edits);
    session
}

const CHAPTER: gouji::model::SectionId = gouji::model::SectionId(1);

fn links(session: &Session) -> Vec<(String, String)> {
    let text: Vec<char> = session.draft().section(CHAPTER).chars().collect();
    session.links().iter().map(|link| (text[link.at.clone()].iter().collect(), link.key.to_string())).collect()
}

fn type_cell(session: &mut Session, key: &str, text: &str) {
    let cell = session.form().cell_by_key(key).unwrap();
    let edit = session.typed(cell, text);
    session.apply(vec![edit]);
}

fn write(session: &mut Session, text: &str) {
    let edit = session.text_edit(CHAPTER, text).unwrap();
    session.apply(vec![edit]);
}

#[test]
fn a_linked_figure_follows_its_cell_and_one_undo_takes_both_back() {
    let mut session = linked();
    let one = |figure: &str| vec![(figure.to_owned(), "new.sum".to_owned())];
    assert_eq!(links(&session), one("12件"));
    let before = session.draft().clone();
    type_cell(&mut session, "new.sum", "1204");
    assert_eq!(links(&session), one("1204件"));
    assert!(session.text_findings().is_empty(), "{:?}", session.text_findings());
    session.undo();
    assert_eq!(session.draft(), &before);
    session.redo();
    assert_eq!(links(&session), one("1204件"));
    session.undo();

    // Written before, behind and into its sentence: the link goes along, letter by letter, and comes back as it was.
    let text = session.draft().section(CHAPTER).to_owned();
    write(&mut session, &format!("开头。{text}"));
    for letter in ["共", "计"] {
        let text = session.draft().section(CHAPTER).replace("12", &format!("{letter}12"));
        write(&mut session, &text);
    }
    assert_eq!(links(&session), one("12件"));
    type_cell(&mut session, "new.sum", "13");
    assert_eq!(links(&session), one("13件"));
    while session.draft() != &before {
        assert!(session.undo().is_some(), "the way back leads to where it began");
    }

    // Typed over, it is an error until both say the same; deleted, the link is gone.
    write(&mut session, &text.replace("12", "15"));
    assert_eq!(links(&session), one("15件"));
    assert_eq!(session.text_findings()[0].severity(), gouji::form::Severity::Error);
    type_cell(&mut session, "new.sum", "16");
    assert_eq!(links(&session), one("15件"), "what was typed over is not overwritten");
    let text = session.draft().section(CHAPTER).replace("15件", "");
    write(&mut session, &text);
    assert_eq!((links(&session), session.draft().reasons().count()), (Vec::new(), 0));
}

#[test]
fn links_go_through_file_and_hash_and_old_drafts_have_none() {
    let session = linked();
    let bytes = gouji::store::encode(session.report());
    let (form, read) = gouji::store::decode(bytes.as_bytes(), &crate::support::catalog()).unwrap();
    assert_eq!(&read, session.draft());
    assert_eq!(links(&Session::new(form, read)), links(&session));
    let mut unlinked = session.draft().clone();
    let filed = session.links()[0].filed.clone();
    unlinked.apply(gouji::model::Edit::reason(filed, None));
    let code = |draft: &gouji::model::Draft| gouji::review::code_now(session.form().report(draft));
    assert_ne!(code(&unlinked), code(session.draft()), "the code covers the link");
    assert_eq!(gouji::rules::orphans(session.report()).len(), 0);
}

/// V1 whose first chapter begins with a linked figure.
fn linked_v1() -> Session {
    let mut session = crate::review::session();
    let edits = session.insert_edits(CHAPTER, 0, "全年新收政府信息公开申请{new.sum}件。\n").unwrap();
    session.apply_alone(edits);
    session
}

#[test]
fn a_linked_figure_and_its_link_are_right_at_every_step_of_the_report() {
    use gouji::export::{self, FileKind, Fonts};
    use gouji::model::Action;
    use gouji::{import, review, store};

    use crate::review::{act, clerk, code_of, reviewer, secrecy, signer};

    let one = |figure: &str| vec![(format!("{figure}件"), "new.sum".to_owned())];
    let mut session = linked_v1();
    let is_right = |session: &Session, figure: &str| {
        assert_eq!(links(session), one(figure));
        assert!(session.text_figures().iter().any(|found| found.is_linked && found.quote.ends_with(&format!("{figure}件"))));
        assert!(session.draft().section(CHAPTER).contains(&format!("申请{figure}件")));
    };
    is_right(&session, "14069");
    type_cell(&mut session, "new.sum", "14070");
    is_right(&session, "14070");
    session.undo();
    is_right(&session, "14069");

    // On disk, and changed there by the command line: the same code moves the text and says so.
    let folder = crate::support::folder();
    let path = crate::support::arg(&folder, "报告.gouji");
    crate::support::put(path.as_ref(), store::encode(session.report()).as_bytes());
    let on_disk = || {
        let (form, draft) = store::load(&store::RealDisk, path.as_ref(), &crate::support::catalog()).unwrap();
        Session::new(form, draft)
    };
    let said = crate::support::gouji(&["set", &path, "new.sum=14070"]);
    assert!(said.out.contains("14069件→14070件"), "{}", said.out);
    is_right(&on_disk(), "14070");
    crate::support::gouji(&["set", &path, "new.sum=14069"]);
    let mut session = on_disk();
    is_right(&session, "14069");

    // Reviewed: submitted, returned, mended, signed.
    act(&mut session, &clerk(), Action::Submit, "").unwrap();
    session.undo();
    is_right(&session, "14069");
    act(&mut session, &reviewer(), Action::Return, "请补充").unwrap();
    session.set_person(Some(clerk()));
    let reworded = session.draft().section(CHAPTER).replace("全年新收", "全年共新收");
    write(&mut session, &reworded);
    is_right(&session, "14069");
    act(&mut session, &clerk(), Action::Submit, "").unwrap();
    act(&mut session, &reviewer(), Action::Pass, "").unwrap();
    act(&mut session, &secrecy(), Action::Pass, "").unwrap();
    let code = code_of(&session);
    act(&mut session, &signer(), Action::Sign, &code).unwrap();
    is_right(&session, "14069");
    assert!(review::first_flaw(session.report()).is_none());
    let signed = store::encode(session.report());
    let (form, draft) = store::decode(signed.as_bytes(), &crate::support::catalog()).unwrap();
    is_right(&Session::new(form.clone(), draft.clone()), "14069");

    // Exported: plain words everywhere; our own workbook brings the link back.
    let book = export::book(form.report(&draft), None, jiff::civil::date(2026, 1, 20));
    let page = String::from_utf8(export::file(FileKind::Html, &book, &Fonts::default()).unwrap()).unwrap();
    assert!(page.contains("全年共新收政府信息公开申请14069件。") && !page.contains("跟着"));
    let workbook = export::file(FileKind::Xlsx, &book, &Fonts::default()).unwrap();
    let imported = import::read(FileKind::Xlsx, &workbook, &crate::support::catalog()).unwrap();
    assert_eq!(imported.left_out, Vec::<String>::new());
    let mut session = Session::new(imported.form, imported.draft);
    is_right(&session, "14069");
    type_cell(&mut session, "new.sum", "14070");
    is_right(&session, "14070");
}

#[test]
fn what_was_linked_last_year_is_offered_again_in_the_same_sentence_and_never_taken_silently() {
    use gouji::model::{Edit, LastYear, PriorSource};

    let last = linked_v1();
    let prior = gouji::review::take_prior(last.report(), PriorSource::Draft, None);
    assert_eq!(prior.links().count(), 1);
    let mut draft = last.form().draft("测试市人民政府".to_owned(), last.draft().year + 1);
    draft.apply(Edit::last_year(LastYear::Report(std::sync::Arc::new(prior))));
    crate::support::type_in(last.form(), &mut draft, "new.sum", "9");
    let mut session = Session::new(last.shared_form(), draft);
    write(&mut session, "（二）依申请公开。\n全年新收政府信息公开申请9件。全年收到申请9件。");
    let offers: Vec<(String, String)> = session
        .link_offers()
        .iter()
        .map(|offer| (offer.key.to_string(), session.draft().section(CHAPTER).chars().skip(offer.at.start).take(offer.at.len()).collect()))
        .collect();
    assert_eq!(offers, [("new.sum".to_owned(), "9件".to_owned())]);
    assert_eq!(links(&session), Vec::new(), "nothing is taken silently");
    let edit = session.offered_edit(&session.link_offers()[0].clone()).unwrap();
    session.apply(vec![edit]);
    assert_eq!(links(&session), [("9件".to_owned(), "new.sum".to_owned())]);
    assert!(session.link_offers().is_empty());
    // Last year's links go with last year's report through the file.
    let bytes = gouji::store::encode(session.report());
    let (_, read) = gouji::store::decode(bytes.as_bytes(), &crate::support::catalog()).unwrap();
    assert_eq!(&read, session.draft());
}

#[test]
fn a_link_whose_sentence_was_reworded_in_the_workbook_is_lost_and_said_to_be() {
    use gouji::rules::claims::link::{by_marks, marks};

    let session = linked_v1();
    let marks = marks(session.draft());
    let lost = |text: &str| {
        let mut draft = session.form().draft("测试市人民政府".to_owned(), 2025);
        draft.apply(gouji::model::Edit::Set(gouji::model::Item::Text(CHAPTER), gouji::model::Value::Text(text.to_owned())));
        let (edits, num_lost) = by_marks(session.form().report(&draft), marks.iter().map(String::as_str));
        (edits.len(), num_lost)
    };
    assert_eq!(lost("另一句。全年新收政府信息公开申请15件。"), (1, 0), "other sentences and the figure itself may change");
    assert_eq!(lost("全年收到政府信息公开申请14069件。"), (0, 1));
}

#[test]
fn different_links_in_two_copies_are_both_kept_and_one_figure_linked_twice_is_asked() {
    use gouji::model::{Person, Role, Values};
    use gouji::review::{Join, Unjoinable};

    let base = linked();
    let form = base.shared_form();
    let mut text = base.draft().section(CHAPTER).to_owned();
    text.push_str("全年办结政府信息公开申请14件。");
    let mut base = Session::new(form.clone(), base.draft().clone());
    base.apply(base.text_edit(CHAPTER, &text).into_iter().collect());
    let relinked = |figure: usize, key: &str| {
        let mut copy = Session::new(form.clone(), base.draft().clone());
        let edit = copy.link_edit(&copy.text_figures()[figure].clone(), key).unwrap();
        copy.apply(vec![edit]);
        copy.draft().clone()
    };
    let clerk = Person { name: "张三".into(), role: Role::Clerk };
    let joined = |a: &gouji::model::Draft, b: &gouji::model::Draft| {
        Join::new(form.report(a), b).unwrap().finish(&form, &clerk, jiff::Timestamp::UNIX_EPOCH, &Values::new())
    };
    let both = joined(&relinked(1, "total.sum"), base.draft()).unwrap();
    let both: Vec<String> = Session::new(form.clone(), both).links().iter().map(|link| link.key.to_string()).collect();
    assert_eq!(both, ["new.sum", "total.sum"]);
    let asked = joined(&relinked(0, "new.sum+carry_in.sum"), base.draft());
    assert_eq!(asked, Err(Unjoinable::Unsettled(1)));
}

/// A register that was counted by the ways of receipt.
fn ways() -> Origin {
    let file = OriginFile { name: "台账.xlsx".into(), sha256: "0".repeat(64).into(), sm3: "0".repeat(64).into() };
    let count = |(count, way): (u32, &&str)| ((*way).into(), Feeds { count, lines: Vec::new() });
    Origin { files: vec![file], lines: Vec::new(), cells: (1..).zip(&WAYS).map(count).collect() }
}

#[test]
fn a_figure_of_the_text_follows_the_register_by_the_way_of_receipt() {
    let (form, mut draft) = crate::support::v1();
    let words = "网上提出{way.web}件。";
    assert!(Session::new(form.clone(), draft.clone()).insert_edits(CHAPTER, 0, words).is_none(), "no register, no figure");
    draft.apply(Edit::ground(Ground { origin: ways(), ..draft.ground().clone() }));
    let mut session = Session::new(form, draft);
    session.apply(session.insert_edits(CHAPTER, 0, words).unwrap());
    assert_eq!(session.draft().section(CHAPTER), "网上提出3件。");
    // Another reading of the register: the text goes along, in one step with it.
    let mut origin = ways();
    origin.cells.insert("way.web".into(), Feeds { count: 5, lines: Vec::new() });
    session.apply(vec![Edit::ground(Ground { origin, ..session.draft().ground().clone() })]);
    assert_eq!(session.draft().section(CHAPTER), "网上提出5件。");
    assert!(session.text_findings().is_empty(), "{:?}", session.text_findings());
    let edit = session.text_edit(CHAPTER, "网上提出4件。");
    session.apply(edit.into_iter().collect());
    let [finding] = session.text_findings() else { panic!("{:?}", session.text_findings()) };
    assert_eq!((&*finding.rule.id, finding.certainty), ("R43b", gouji::rules::claims::Certainty::Broken));
}

#[test]
fn every_sentence_that_is_offered_is_right_when_it_is_put_in_and_stays_right() {
    use gouji::rules::claims::template::TEMPLATES;

    let (form, mut draft) = crate::support::v1();
    draft.apply(Edit::ground(Ground { origin: ways(), ..draft.ground().clone() }));
    for template in TEMPLATES.iter().filter(|template| template.chapter == 1) {
        let mut session = Session::new(form.clone(), draft.clone());
        let edits = session.insert_edits(CHAPTER, 0, &template.text).unwrap_or_else(|| panic!("{} cannot be filled", template.title));
        session.apply_alone(edits);
        assert_eq!(session.links().len(), template.text.matches('{').count(), "{}", session.draft().section(CHAPTER));
        assert!(session.text_findings().is_empty(), "{:?}", session.text_findings());
        for link in session.links().to_vec() {
            let cell = session.form().cell_by_key(link.key.split(['+', '*']).next().unwrap());
            let Some(cell) = cell else { continue };
            let edit = session.typed(cell, "7");
            session.apply(vec![edit]);
            assert!(session.text_findings().is_empty(), "{:?}", session.text_findings());
        }
    }
}

#[test]
fn a_figure_is_put_into_the_text_by_keyboard_and_a_composition_beside_it_moves_nothing() {
    use egui::{Event, ImeEvent, Key, Modifiers};
    use gouji::ui::Command;

    let mut window = crate::stage::window_on_v1();
    let ctx = window.ctx.clone();
    window.state_mut().run(&ctx, Command::Chapter(1));
    window.run();
    window.event(Event::Text("全年新收政府信息公开申请".to_owned()));
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::J);
    window.run();
    window.event(Event::Text("本年新收 总计".to_owned()));
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(crate::stage::section(&window, 1), "全年新收政府信息公开申请14069");
    let preedit = |text: &str| Event::Ime(ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None });
    for letters in ["j", "ji", "jia", "jian"] {
        window.event(preedit(letters));
        window.run();
    }
    window.event(preedit(""));
    window.event(Event::Ime(ImeEvent::Commit("件。".to_owned())));
    window.run();
    assert_eq!(crate::stage::section(&window, 1), "全年新收政府信息公开申请14069件。");
    crate::stage::type_into(&mut window, "new.sum", "14070");
    assert_eq!(crate::stage::section(&window, 1), "全年新收政府信息公开申请14070件。");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(crate::stage::section(&window, 1), "全年新收政府信息公开申请14069件。");
    assert_eq!(crate::stage::shown(&window, "new.sum"), "14069");
}
