//! Figures of the text that follow cells: kept through typing, undo, files and joined copies.

use gouji::session::Session;

/// A session on a chapter one with linked figures: new.sum and carry_in.sum.
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
    let bytes = gouji::store::encode(session.form(), session.draft());
    let (form, read) = gouji::store::decode(bytes.as_bytes(), &crate::support::catalog()).unwrap();
    assert_eq!(&read, session.draft());
    assert_eq!(links(&Session::new(form, read)), links(&session));
    let mut unlinked = session.draft().clone();
    let filed = session.links()[0].filed.clone();
    unlinked.apply(gouji::model::Edit::reason(filed, None));
    let code = |draft: &gouji::model::Draft| gouji::review::code_now(session.form(), draft);
    assert_ne!(code(&unlinked), code(session.draft()), "the code covers the link");
    assert_eq!(gouji::rules::orphans(session.form(), session.draft()).len(), 0);
}
