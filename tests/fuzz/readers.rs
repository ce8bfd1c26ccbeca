//! What reads bytes from outside, each with the laws that hold whatever the bytes are. Shared by the fuzzer and by
//! `tests/it/hostile.rs`, which goes through the files in `tests/cases/hostile/`.

use std::fmt::Write as _;
use std::sync::LazyLock;

use gouji::form::{Catalog, Form};
use gouji::import::{self, FileKind, How, copy_block, read_block};
use gouji::model::{Draft, Edit, Entry, Item, Kind, MoneyUnit, SectionId, Value, tidied};
use gouji::read::SourceKind;
use gouji::rules::{self, claims};
use gouji::session::Session;
use gouji::store::{NotDraft, decode, encode, replay};

/// The shipped forms.
static CATALOG: LazyLock<Catalog> = LazyLock::new(|| Catalog::shipped().expect("shipped forms load"));

/// Every reader, by the name of its folder in `tests/cases/hostile/`.
pub const READERS: [&str; 12] =
    ["draft", "journal", "form", "number", "clipboard", "workbook", "text", "html", "docx", "xlsx", "pdf", "lines"];

/// Hands the bytes to the reader of this name.
pub fn read(reader: &str, bytes: &[u8]) {
    match reader {
        "draft" => draft(bytes),
        "journal" => journal(bytes),
        "form" => form(bytes),
        "number" => number(bytes),
        "clipboard" => clipboard(bytes),
        "workbook" => workbook(bytes),
        "text" => text(bytes),
        "html" => published(SourceKind::Html, bytes),
        "docx" => published(SourceKind::Docx, bytes),
        "xlsx" => published(SourceKind::Xlsx, bytes),
        "pdf" => published(SourceKind::Pdf, bytes),
        "lines" => published(SourceKind::Text, bytes),
        other => panic!("no reader {other}"),
    }
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A draft is refused at a place in the file, or comes back from its own text.
fn draft(bytes: &[u8]) {
    match decode(bytes, &CATALOG) {
        Ok((form, draft)) => {
            comes_back(&form, &draft);
            work_on(&form.id, draft);
        }
        Err(NotDraft::Newer(format)) => assert!(format > 1),
        Err(NotDraft::Damaged(damage)) => {
            assert!((1..=1 + bytes.len()).contains(&damage.line) && damage.col >= 1, "{damage}");
        }
    }
}

/// What a journal is replayed to is a draft. Lines are given the sums they should have, unless a `!` stands in front: no
/// fuzzer would hit on them.
fn journal(bytes: &[u8]) {
    let summed = match bytes.strip_prefix(b"!") {
        Some(bytes) => bytes.to_vec(),
        None => with_sums(bytes),
    };
    if let Ok(replay) = replay(&summed, &CATALOG) {
        assert!(replay.num_dropped < summed.len());
        comes_back(&replay.form, &replay.draft);
        work_on(&replay.form.id, replay.draft);
    }
}

/// Every line with the running sum (FNV-1a) of all lines up to it in front, as `store` writes them.
pub fn with_sums(bytes: &[u8]) -> Vec<u8> {
    let mut sum: u64 = 0xcbf2_9ce4_8422_2325;
    let mut summed = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        sum = text.iter().fold(sum, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
        summed.extend(format!("{sum:016x} ").bytes());
        summed.extend(line);
    }
    summed
}

/// A form that loads can be filled, checked, spoken of, copied from and pasted into.
fn form(bytes: &[u8]) {
    let Ok(form) = Form::load("form.ron", &text_of(bytes)) else { return };
    let form = std::sync::Arc::new(form);
    let empty = form.draft("测试局".to_owned(), form.years.0);
    for text in ["", "1", "99999999999元", "无"] {
        let mut draft = empty.clone();
        for (cell, spec) in form.cells() {
            draft.apply(Edit::cell(cell, Entry::read(spec.kind, text)));
        }
        let session = Session::new(std::sync::Arc::clone(&form), draft);
        speak_of(&session);
        for table in &form.tables {
            let block = copy_block(form.report(session.draft()), table, ((0, 0), (table.num_rows, table.num_cols())));
            read_block(&form, table, (0, 0), &block);
        }
    }
}

/// An entry reads back from its own text, and so does what is shown of it.
fn number(bytes: &[u8]) {
    let text = text_of(bytes);
    for kind in [Kind::Count, Kind::Change, Kind::Money(None), Kind::Money(Some(MoneyUnit::Wan)), Kind::Money(Some(MoneyUnit::Yuan))] {
        let entry = Entry::read(kind, &text);
        assert_eq!(Entry::read(kind, &entry.text()), entry, "{kind:?}");
        assert_eq!(Entry::read(kind, &entry.typed(kind)), entry, "{kind:?} as edited");
        assert_eq!(Entry::read(kind, &entry.shown(kind)), entry.plain(), "{kind:?} as shown");
        assert!(!matches!(entry, Entry::Whole(value) if kind == Kind::Count && !(0..=i64::from(u32::MAX)).contains(&value)));
    }
}

/// A block goes into cells of its table or is asked about; what was pasted can be taken back, or copied and pasted again.
/// The first two bytes say where the cursor stands.
fn clipboard(bytes: &[u8]) {
    let Some(([place, cursor], bytes)) = bytes.split_first_chunk() else { return };
    let text = text_of(bytes);
    let forms = CATALOG.forms();
    let form = &forms[usize::from(*place) % forms.len()];
    let table = &form.tables[usize::from(*place) / forms.len() % form.tables.len()];
    let at = (usize::from(*cursor) % table.num_rows, usize::from(*cursor) / 8 % table.num_cols());
    let block = read_block(form, table, at, &text);
    for (cell, _) in &block.fields {
        assert_eq!(form.tables.get(form.cell(*cell).table).map(|own| &*own.id), Some(&*table.id));
    }
    let mut draft = form.draft(String::new(), form.years.0);
    let empty = draft.clone();
    let edits = block.fields.iter().map(|(cell, text)| Edit::cell(*cell, Entry::read(form.cell(*cell).kind, text)));
    let inverse: Vec<Edit> = edits.map(|edit| draft.apply(edit)).collect();
    let all = ((0, 0), (table.num_rows - 1, table.num_cols() - 1));
    let again = read_block(form, table, (0, 0), &copy_block(form.report(&draft), table, all));
    assert!(again.fields.len() <= form.cells.len());
    for edit in inverse.into_iter().rev() {
        draft.apply(edit);
    }
    assert_eq!(draft, empty);
}

/// A workbook is refused in words, or is a draft that can be saved and worked on, its figures those that stand in the cells.
fn workbook(bytes: &[u8]) {
    match import::read(FileKind::Xlsx, bytes, &CATALOG) {
        Ok(imported) => {
            assert!(imported.num_filled <= imported.form.cells.len());
            comes_back(&imported.form, &imported.draft);
            work_on(&imported.form.id, imported.draft);
        }
        Err(err) => assert!(!err.to_string().is_ascii(), "{err}"),
    }
    // Any other workbook is read by its labels.
    match import::reports(SourceKind::Xlsx, bytes, &CATALOG) {
        Ok(accounts) => assert!(!accounts.is_empty()),
        Err(err) => assert!(!err.to_string().is_ascii(), "{err}"),
    }
}

/// A report of any office is read with an account of every cell, or refused in words that people here understand. What has a figure
/// has a place, what has none has a reason; the draft made of it can be worked on.
fn published(kind: SourceKind, bytes: &[u8]) {
    let accounts = match import::reports(kind, bytes, &CATALOG) {
        Ok(accounts) => accounts,
        Err(err) => return assert!(!err.to_string().is_ascii(), "{err}"),
    };
    assert!(!accounts.is_empty());
    for account in accounts {
        assert_eq!(account.cells.len(), account.form.cells.len());
        for found in &account.cells {
            assert!(found.how == How::Read || !found.why.is_empty(), "{found:?}");
            assert!(!found.how.has_figure() || matches!(found.entry, Entry::Whole(_) | Entry::Money(_)), "{found:?}");
        }
        let mut draft = account.draft();
        import::Account::clean(&mut draft);
        if !account.form.covers(draft.year) {
            // Asked about, and settled before it is saved.
            draft.year = account.form.years.0;
        }
        comes_back(&account.form, &draft);
        work_on(&account.form.id, draft);
    }
}

/// A chapter is read for figures, whatever stands in it; what is found stands in it.
fn text(bytes: &[u8]) {
    let (form, text) = (CATALOG.for_year(2025).expect("it is shipped"), tidied(&text_of(bytes)));
    let mut draft = form.draft("测试局".to_owned(), 2025);
    let num_chars = text.chars().count();
    for section in [1, 5, 6] {
        draft.apply(Edit::Set(Item::Text(SectionId(section)), Value::Text(text.clone())));
        for paragraph in claims::read::read(section, &text, &claims::rule::WORDS) {
            for sentence in &paragraph.sentences {
                drop(claims::held::hold(form.report(&draft), &paragraph, sentence));
            }
        }
    }
    for finding in claims::check_text(form.report(&draft)) {
        assert!(finding.chars.start <= finding.chars.end && finding.chars.end <= num_chars, "{finding:?}");
    }
}

/// The draft's file has the draft in it, whole.
fn comes_back(form: &Form, draft: &Draft) {
    let text = encode(form.report(draft));
    let (_, again) = decode(text.as_bytes(), &CATALOG).unwrap_or_else(|err| panic!("{err:?}\n{text}"));
    assert!(again == *draft, "{:?}\n{text}", again.changes_since(draft));
}

/// Opens the draft as the window does.
fn work_on(form: &str, draft: Draft) {
    let form = CATALOG.by_id(form).expect("it was found before");
    speak_of(&Session::new(form, draft));
}

/// Puts every finding into words.
fn speak_of(session: &Session) {
    let mut said = String::new();
    for finding in session.findings() {
        said += &rules::message(session.report(), *finding);
        finding.sides(session.report());
    }
    for suspect in session.suspects() {
        write!(said, "{suspect:?}").expect("strings take everything");
    }
}
