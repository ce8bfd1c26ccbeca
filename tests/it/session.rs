//! The open draft: undo and redo without limit, findings never out of date, what counts as one step.

use gouji::form::Severity;
use gouji::import::{copy_block, read_block};
use gouji::model::{CellId, Draft, Edit, Entry, SectionId, Splice};
use gouji::rules;
use gouji::session::{Place, Session};
use proptest::prelude::*;

use crate::support::{catalog, nth_cell, v1};

const FIVE: SectionId = SectionId(5);

/// Something done at the window.
#[derive(Clone, Debug)]
enum Act {
    TypeCell(usize, String),
    Splice(u8, usize, usize, String),
    Agency(String),
    Paste(usize, usize, String),
    Suspects,
    Save,
    Undo,
    Redo,
}

fn act() -> impl Strategy<Value = Act> {
    let cell = prop_oneof![0..8usize, 0..200usize];
    let field = prop_oneof!["[0-9]{1,4}", "", "若干", "-[0-9]"];
    let block = prop::collection::vec(prop::collection::vec(field.clone(), 1..4), 1..4)
        .prop_map(|rows| rows.into_iter().map(|row| row.join("\t")).collect::<Vec<_>>().join("\n"));
    prop_oneof![
        4 => (cell, field).prop_map(|(cell, text)| Act::TypeCell(cell, text)),
        3 => (prop::sample::select(vec![1u8, 5, 6]), 0..30usize, 0..4usize, "[字。a\\n]{0,3}").prop_map(|(no, at, cut, text)| Act::Splice(no, at, cut, text)),
        1 => "[局厅]{0,3}".prop_map(Act::Agency),
        1 => (0..28usize, 0..10usize, block).prop_map(|(row, col, block)| Act::Paste(row, col, block)),
        1 => Just(Act::Suspects),
        1 => Just(Act::Save),
        3 => Just(Act::Undo),
        2 => Just(Act::Redo),
    ]
}

fn perform(session: &mut Session, act: Act) {
    match act {
        Act::TypeCell(cell, text) => session.apply(vec![session.typed(nth_cell(cell), &text)]),
        Act::Splice(no, at, cut, text) => {
            let old: Vec<char> = session.draft().section(SectionId(no)).chars().collect();
            let at = at.min(old.len());
            let end = (at + cut).min(old.len());
            let new: String = old[..at].iter().copied().chain(text.chars()).chain(old[end..].iter().copied()).collect();
            session.apply(session.text_edit(SectionId(no), &new).into_iter().collect());
        }
        Act::Agency(name) => session.apply(vec![Edit::agency(name)]),
        Act::Paste(row, col, block) => {
            let block = read_block(session.form(), &session.form().tables[1], (row, col), &block);
            session.apply_alone(session.paste(&block.fields));
        }
        Act::Suspects => {
            session.apply_alone(session.suspects().iter().map(|suspect| Edit::cell(suspect.cell, suspect.should_be.clone())).collect());
        }
        Act::Save => session.mark_saved(session.draft().clone()),
        Act::Undo => drop(session.undo()),
        Act::Redo => drop(session.redo()),
    }
}

fn findings_are_fresh(session: &Session) -> bool {
    let (form, draft) = (session.form(), session.draft());
    let worst = |cell: CellId| {
        session.fails().filter(|finding| form.checks_of(cell).contains(&finding.check)).map(|finding| finding.severity(form)).min()
    };
    // Information tints no cell but where it is about that cell's text.
    let marks = form.cells().all(|(id, _)| session.mark(id) == worst(id).filter(|severity| *severity != Severity::Info));
    session.findings() == rules::check(form.report(draft)) && session.suspects() == rules::suspects(form.report(draft)) && marks
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if std::env::var_os("GOUJI_LONG").is_some() { 10_000 } else { 200 }, ..ProptestConfig::default() })]

    #[test]
    fn undoing_all_leads_back_to_the_start_and_redoing_all_to_the_end(acts in prop::collection::vec(act(), 0..60), is_filled in any::<bool>()) {
        let (form, full) = v1();
        let start = if is_filled { full } else { form.draft("局".to_owned(), 2025) };
        let mut session = Session::new(form, start.clone());
        for act in acts {
            let before = session.draft().clone();
            let revision = session.revision();
            perform(&mut session, act);
            prop_assert!(findings_are_fresh(&session));
            prop_assert!(session.revision() > revision || *session.draft() == before, "a change counts up");
        }
        let end = session.draft().clone();
        // Each step taken back and made again leads to the same draft.
        let mut stations = vec![end.clone()];
        let mut ahead = 0;
        while session.redo().is_some() {
            ahead += 1;
        }
        let last = session.draft().clone();
        for _ in 0..ahead {
            session.undo();
        }
        prop_assert_eq!(session.draft(), &end);
        while session.undo().is_some() {
            stations.push(session.draft().clone());
        }
        prop_assert_eq!(session.draft(), &start);
        prop_assert!(findings_are_fresh(&session));
        prop_assert!(!session.can_undo());
        for station in stations.iter().rev().skip(1) {
            prop_assert!(session.redo().is_some());
            prop_assert_eq!(session.draft(), station);
        }
        while session.redo().is_some() {}
        prop_assert_eq!(session.draft(), &last);
        prop_assert!(!session.can_redo());
        prop_assert!(findings_are_fresh(&session));
    }

    #[test]
    fn a_splice_and_its_inverse_cancel_out(before in "[ab字。\\n]{0,20}", after in "[ab字。\\n]{0,20}") {
        match Splice::between(&before, &after) {
            None => prop_assert_eq!(before, after),
            Some(splice) => {
                prop_assert_eq!(splice.apply(&before), after.clone());
                prop_assert_eq!(splice.inverse().apply(&after), before);
                prop_assert!(splice.old != splice.new);
            }
        }
    }

    #[test]
    fn a_block_pasted_where_it_was_copied_changes_nothing(top in 0..28usize, left in 0..10usize, rows in 0..28usize, cols in 0..10usize) {
        let (form, draft) = v1();
        let table = &form.tables[1];
        let range = ((top, left), ((top + rows).min(27), (left + cols).min(9)));
        let block = copy_block(form.report(&draft), table, range);
        let mut pasted = draft.clone();
        let block = read_block(&form, table, (top, left), &block);
        prop_assert!(block.problems.is_empty(), "{:?}", block.problems);
        for (cell, text) in block.fields {
            pasted.apply(Edit::cell(cell, Entry::read(form.cell(cell).kind, &text)));
        }
        prop_assert_eq!(pasted, draft);
    }
}

/// A session on an empty draft.
fn on_empty_draft() -> Session {
    let form = catalog().for_year(2025).unwrap();
    let draft = form.draft("局".to_owned(), 2025);
    Session::new(form, draft)
}

/// Types a text into a cell as one edit.
fn put(session: &mut Session, cell: usize, text: &str) {
    session.apply(vec![session.typed(nth_cell(cell), text)]);
}

/// Types on at the end of chapter 5.
fn write(session: &mut Session, pieces: &[&str]) {
    for piece in pieces {
        let text = format!("{}{piece}", session.draft().section(FIVE));
        session.apply(session.text_edit(FIVE, &text).into_iter().collect());
    }
}

/// The drafts on the way back to the start.
fn way_back<T>(session: &mut Session, look: impl Fn(&Draft) -> T) -> Vec<T> {
    let mut stations = Vec::new();
    while session.undo().is_some() {
        stations.push(look(session.draft()));
    }
    stations
}

fn figures(draft: &Draft) -> Vec<i64> {
    draft.entries().iter().filter_map(Entry::value).collect()
}

#[test]
fn each_entry_is_a_step_of_its_own() {
    let mut session = on_empty_draft();
    for text in ["1", "12", "123"] {
        put(&mut session, 0, text);
    }
    put(&mut session, 1, "5");
    put(&mut session, 0, "4");
    assert_eq!(way_back(&mut session, figures), [vec![123, 5], vec![123], vec![12], vec![1], vec![]]);
}

#[test]
fn a_save_a_paste_and_an_undo_end_a_step() {
    let mut session = on_empty_draft();
    put(&mut session, 0, "1");
    session.mark_saved(session.draft().clone());
    put(&mut session, 0, "2");
    session.apply_alone(vec![session.typed(nth_cell(0), "3")]);
    put(&mut session, 0, "4");
    session.undo();
    session.redo();
    put(&mut session, 0, "5");
    assert_eq!(way_back(&mut session, figures), [vec![4], vec![3], vec![2], vec![1], vec![]]);
}

#[test]
fn zeros_go_into_blank_cells_and_never_into_a_forgotten_total() {
    let (form, draft) = v1();
    let mut session = Session::new(form, draft);
    let place = |session: &Session, key: &str| session.form().cell_by_key(key).unwrap().index();
    for key in ["deny1.sum", "deny1.ngo", "total.biz", "rev.total"] {
        let cell = place(&session, key);
        put(&mut session, cell, "");
    }
    assert_eq!(session.zeros(1), [Edit::cell(session.form().cell_by_key("deny1.ngo").unwrap(), Entry::Whole(0))]);
    assert_eq!(session.zeros(2), []);
    let empty = on_empty_draft();
    assert_eq!(empty.zeros(1).len(), 175, "a table without any figure is all zeros");
}

#[test]
fn a_block_is_one_step() {
    let mut session = on_empty_draft();
    let block = read_block(session.form(), &session.form().tables[1], (3, 3), "1\t2\n3\t4");
    session.apply_alone(session.paste(&block.fields));
    assert_eq!(way_back(&mut session, figures), [Vec::<i64>::new()]);
}

#[test]
fn typing_is_taken_back_sentence_by_sentence() {
    let text = |draft: &Draft| draft.section(FIVE).to_owned();
    let mut session = on_empty_draft();
    write(&mut session, &["一", "是", "有", "问题", "。", "二", "是", "改进", "；", "三", "\n", "四"]);
    assert_eq!(way_back(&mut session, text), ["一是有问题。二是改进；三\n", "一是有问题。二是改进；", "一是有问题。", ""]);
    let mut long = on_empty_draft();
    write(&mut long, &["一", &"很长的一段".repeat(10), "二"]);
    assert_eq!(way_back(&mut long, text).len(), 3, "a long piece was pasted, not typed");
}

#[test]
fn letters_deleted_one_after_the_other_are_one_step() {
    let mut session = on_empty_draft();
    write(&mut session, &["一二三四"]);
    for end in (1..4).rev() {
        let text: String = session.draft().section(FIVE).chars().take(end).collect();
        session.apply(session.text_edit(FIVE, &text).into_iter().collect());
    }
    assert_eq!(way_back(&mut session, |draft| draft.section(FIVE).to_owned()), ["一二三四", ""]);
}

#[test]
fn what_changes_nothing_is_no_step_and_keeps_what_can_be_redone() {
    let mut session = on_empty_draft();
    put(&mut session, 0, "1");
    session.undo();
    let revision = session.revision();
    put(&mut session, 0, "");
    session.apply(vec![Edit::agency("局".to_owned())]);
    assert!(session.can_redo() && session.revision() == revision && !session.can_undo());
    put(&mut session, 0, "2");
    assert!(!session.can_redo(), "something else was done instead");
}

#[test]
fn undo_and_redo_say_where_they_took_place() {
    let mut session = on_empty_draft();
    put(&mut session, 7, "1");
    write(&mut session, &["一二"]);
    session.apply(vec![Edit::agency("厅".to_owned())]);
    let cell = Place::Cell(nth_cell(7));
    let back = [session.undo(), session.undo(), session.undo(), session.undo()];
    assert_eq!(back, [Some(Place::Cover), Some(Place::Text(FIVE, 0)), Some(cell), None]);
    let again = [session.redo(), session.redo(), session.redo(), session.redo()];
    assert_eq!(again, [Some(cell), Some(Place::Text(FIVE, 2)), Some(Place::Cover), None]);
}

#[test]
fn a_draft_is_modified_when_it_differs_from_what_was_saved() {
    let mut session = on_empty_draft();
    assert!(!session.is_modified());
    put(&mut session, 0, "1");
    assert!(session.is_modified());
    session.mark_saved(session.draft().clone());
    assert!(!session.is_modified());
    session.undo();
    assert!(session.is_modified());
    session.redo();
    assert!(!session.is_modified());
    let older = session.draft().clone();
    put(&mut session, 0, "2");
    session.mark_saved(older);
    assert!(session.is_modified(), "typed on while the save was under way");
}

#[test]
fn a_block_that_does_not_fit_says_why() {
    let session = on_empty_draft();
    let (form, table) = (session.form(), &session.form().tables[1]);
    let why = |at, text: &str| read_block(form, table, at, text).problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("；");
    assert!(why((3, 9), "1\t2").contains("有 1 个数落在表格外"));
    assert!(why((27, 3), "1\n2").contains("有 1 个数落在表格外"));
    assert!(why((2, 3), "5").contains("表头上"));
    assert!(why((3, 3), "若干\t5").contains("“若干”不是数字"));
    assert!(why((3, 3), "五、没有的行\t5\n一、本年新收政府信息公开申请数量\t6").contains("表里没有“五、没有的行”"));
    let block = read_block(form, table, (9, 3), "一、本年新收政府信息公开申请数量\t\t\t5\n");
    assert_eq!(block.fields, [(form.cell_by_key("new.nat").unwrap(), "5".to_owned())], "a label decides the row");
}

#[test]
fn a_web_pages_table_keeps_its_shape() {
    let text = std::fs::read_to_string(crate::support::project().join("tests/cases/clipboard.txt")).unwrap();
    for (name, body) in crate::stage::cases(&text) {
        let (html, wanted) = body.split_once("=>").unwrap();
        let wanted = wanted.trim().replace("\\t", "\t").replace("\\n", "\n");
        let table = gouji::import::table_text(html.trim()).unwrap_or_else(|| "none".to_owned());
        assert_eq!(table, wanted, "{name}");
    }
    let deep = "<table><tr><td>".repeat(100_000) + "1";
    assert_eq!(gouji::import::table_text(&deep), None, "a page nested without end has no table of ours");
    let wide = "<tr><td rowspan=1000>1".repeat(1001);
    assert_eq!(gouji::import::table_text(&format!("<table>{wide}</table>")), None, "nor is a huge one");
}

#[test]
fn what_the_text_says_wrong_waits_for_a_reason_that_stays_with_its_sentence() {
    use gouji::model::SectionId;

    let form = crate::support::catalog().for_year(2024).unwrap();
    let mut draft = form.draft("某市某某局".to_owned(), 2024);
    for (key, typed) in [("new.sum", "12"), ("carry_in.sum", "0"), ("total.sum", "12"), ("carry_out.sum", "0")] {
        crate::support::type_in(&form, &mut draft, key, typed);
    }
    let mut session = Session::new(form, draft);
    let one = SectionId(1);
    let write = |session: &mut Session, text: &str| {
        let edit = session.text_edit(one, text).unwrap();
        session.apply(vec![edit]);
    };
    write(&mut session, "（二）依申请公开。本年新收政府信息公开申请15件。");
    let [found] = session.text_findings() else { panic!("{:?}", session.text_findings()) };
    let (found, before) = (found.clone(), session.num_open(gouji::form::Severity::Warning));
    assert!(session.unsolved().1.contains(&found.reason_key()));
    assert_eq!(session.text_figures().len(), 1);
    let reason = session.text_reason_edit(&found, "另有三件由政务中心代收，年底才转来").unwrap();
    session.apply(vec![reason]);
    assert_eq!(session.num_open(gouji::form::Severity::Warning), before - 1);
    assert!(!session.unsolved().1.contains(&found.reason_key()));

    // Words before it move the sentence; the reason goes along.
    write(&mut session, "开头的话。\n（二）依申请公开。本年新收政府信息公开申请15件。");
    assert!(matches!(session.answer_text(&session.text_findings()[0]), rules::Answer::Given(_)));
    // Another figure wants a new look at it.
    write(&mut session, "开头的话。\n（二）依申请公开。本年新收政府信息公开申请16件。");
    assert!(matches!(session.answer_text(&session.text_findings()[0]), rules::Answer::Outdated(_)));
    session.undo();
    let cell = session.form().cell_by_key("new.sum").unwrap();
    let edit = session.typed(cell, "15");
    session.apply(vec![edit]);
    assert!(session.text_findings().iter().all(|found| &*found.rule.id != "R43a"), "the table now says the same");
    let fresh = rules::claims::Reading::of(session.report()).judge(session.report());
    assert_eq!(fresh.figures, session.text_figures(), "read again in part is read again whole");
}

#[test]
fn what_may_be_right_in_the_text_keeps_no_report_back() {
    let form = crate::support::catalog().for_year(2024).unwrap();
    let mut draft = form.draft("某市某某局".to_owned(), 2024);
    crate::support::type_in(&form, &mut draft, "new.sum", "12");
    crate::support::type_in(&form, &mut draft, "carry_in.sum", "0");
    crate::support::type_in(&form, &mut draft, "total.sum", "11");
    let mut session = Session::new(form, draft);
    let edit = session.text_edit(gouji::model::SectionId(1), "（二）依申请公开。本年共收到政府信息公开申请15件。").unwrap();
    session.apply(vec![edit]);
    assert_eq!(session.num_to_look_at(), 1);
    let key = session.text_findings()[0].reason_key();
    let (errors, warnings) = session.unsolved();
    assert!(!errors.contains(&key) && !warnings.contains(&key));
}
