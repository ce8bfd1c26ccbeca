//! gouji (勾稽): the annual report on government-information disclosure (政府信息公开工作年度报告), filled, cross-checked and exported
//! on one desktop, without a server.
//!
//! # Bird's eye view
//! A [`form::Form`] says what can be typed and what must hold; it is data (`assets/forms/*.ron`, rules of both forms in
//! `assets/rules/common.ron`). A [`model::Draft`] is what was typed, and the log of its review. Whatever judges, prints or
//! keeps a draft reads it on its form: it takes both as one [`form::Report`], which [`form::Form::report`] makes.
//! [`rules::check`] decides every rule on a report, [`rules::claims`] holds figures in its text against its tables, [`review`]
//! takes it through the office and proves what was signed. [`session::Session`] holds one open draft with its undo history and
//! its findings. Round this core stand shells: `store` keeps drafts on disk, `read` says what stands in files of other
//! programs, `import` and `ledger` what that means, `export` writes and proves, `cli` and `ui` let people and scripts work on
//! them.
//!
//! # Two walks
//! One keystroke, Enter in a cell: eight calls on from the first and two carriers, a `Command` and the [`model::Edit`] in it.
//! `grid::keys::act` → `key_pressed` → `GridState::commit`, whose edit becomes the `Command::Type` that the screen returns;
//! `App::run` → `Work::perform` → `Session::apply` → `Session::make` → `link::made`, where linked figures of the text follow
//! → `Draft::apply`. `Session::make` then decides all rules anew, and the next frame paints what they find, taking over the
//! cells that show the same.
//!
//! One draft to paper, two carriers, a `Report` and the `Book` that comes of it: [`store::load`] → [`export::book`], which
//! checks the report and lays it out, the same for every kind of file → [`export::file`], which writes, reads the bytes back
//! and compares → [`store::write_output`]. `cli::export` makes these calls in a row. In the window `App::pick` asks where,
//! `App::export_to` starts a thread, and `ExportJob::write` makes all but the first there.
//!
//! # Code map (each line may name only what stands above it, as far as shown)
//! | module | what | may name | never |
//! |---|---|---|---|
//! | [`workers`] | many things at once, on all cores, taken in their order | – | disk, clock |
//! | [`model`] | entries, money, draft, edits; status, log, who may do what | – | disk, clock, window |
//! | [`read`] | xlsx, docx, html, pdf as one neutral page: tables with spans, paragraphs, where each piece stood; registers as lines; all of it by a child held to a measure | workers, model | disk, forms |
//! | [`form`] | forms as data: schema, loader, formulas; a draft with its form | model | disk, clock |
//! | [`rules`] | verdicts, findings, sums, wording, most likely wrong cell; `claims`: figures in the text | model, form | disk, clock, floats |
//! | [`review`] | actions, hashes, proof of the log, differences, joining copies | model, form, rules | disk, clock |
//! | [`import`] | reports of any office, our own workbooks and pasted blocks become entries, with an account of every cell | read, model, form, rules | disk, clock |
//! | [`ledger`] | 表三 and 表四 counted from the office's register, every figure traceable | workers, read, model, form | disk, clock |
//! | [`manual`] | the pages of the manual, and all of them as one web page | – | disk, clock |
//! | [`session`] | the one mutable aggregate: apply, undo, redo, actions | model, form, rules, review | disk, clock |
//! | [`store`] | drafts and forms on disk, whole or not at all; files that reports come in; fonts of the machine | workers, read, model, form, review | rules, window |
//! | [`export`] | neutral sheets and flow; writers for Excel, Word, PDF, OFD, web, each with its proof | read, model, form, rules, review | disk (returns bytes), clock |
//! | [`county`] | many reports: roster, taking in, sum, findings of consolidation, letters | workers, read, model, form, rules, review, store, import, export | window |
//! | [`cli`] | commands, two voices: text and JSON | all but ui (`shot` and `trend` excepted) | |
//! | `ui` | the window (feature `gui`), itself in floors: look, command, state, view, dialog, app; window and shot on top | all but cli | |
//!
//! # Where a change goes
//! | change | files |
//! |---|---|
//! | a rule | a record in `assets/forms/f2021.ron`, in `assets/rules/common.ron` if both forms take it; its case in `tests/cases/rules` |
//! | a form of a new year | one file in `assets/forms`, a line in `form/catalog.rs`; tests walk the catalog |
//! | a colour | `ui/look/theme.rs` |
//! | a kind of file to export | a row in `read/kind.rs`, a folder beside `export/html`, an arm in `export/mod.rs`, its reader in `read` |
//! | a key, a menu entry | a row in `ui/command/named.rs` (menu, key, help and README are held to it), an arm in `ui/app/perform.rs` or `ui/state/perform.rs` |
//! | a review action | a variant of `model::Action`; `model/permission.rs` who may, `form/spelling/review.rs` how it is spelt: a forgotten one does not compile |
//! | a file to import | `FileKind::IMPORTED` in `read/kind.rs`, a reader in `read`, a row in `read/source.rs`; `import::published` fits it by its labels |
//! | a threshold | `{name}` in formula and words, its figure in `thresholds` of the rule; offices change it in a file (`store/profile.rs`), drafts carry it (`model/ground.rs`), [`form::Form::on`] gives the form that has it |
//! | a picture of several years | `export/trend`: `chart` says what, `bars` and `shares` draw, `svg`, `native` and `pdf/picture.rs` print; `view/trend_page` shows |
//! | a rule about last year | as any rule, with `prior.KEY` in its formula; its case in `tests/cases/rules/years.txt` |
//! | cells of an older form | `older` in the newer form's file says where they go; `review/moved.rs` moves them with a ledger |
//! | a rule about text | a record in `assets/text/rules.ron`, a judge in `rules/claims` if its kind is new; its case in `tests/cases/text` |
//! | a sentence that is offered for writing, a word of the text chapters | a record in `assets/text/sentences.ron`, `assets/text/words.ron`; of one place: `wordings` in its form file |
//! | a word, a head, a holiday of registers | `assets/ledger/*.ron`; what is asked: a variant in `ledger/doubt.rs`, its answers in `ledger/ways.rs`; the page: `ledger.rs` in `ui/state`, `ui/view`, `ui/app` |
//! | a rule of consolidation | its id in `county/finding.rs`, its judge in `county/findings.rs`; thresholds and words in `assets/county/words.ron` |
//! | what a county's screen shows | `Screen::County` in `ui/app/screen.rs`; `ui/state`, `ui/view` and `ui/app` have a file each for it |
//!
//! `tests/it/tidy.rs` holds the table against the code.
//!
//! # Invariants
//! - The core never fails on what a user typed: reading gives an [`model::Entry`], which may be `Unread` and keeps the text.
//! - Blank is not zero. A check with a blank cell waits; it is never broken.
//! - A rule is written once, as a record with its source. Verdict, highlighted cells, wording and tests come from it.
//! - Findings are replaced whole after each edit. There is no cache and no observer to forget.
//! - Figures are whole numbers; money is whole 分. There are no floats below `ui` and `export`.
//! - Status, comments and signature are read from the log alone, and the log only grows.
//! - A save is whole or has not happened. An exported file is read back before it is called exported.
//! - The screen takes references and returns [`ui::Command`]s; only `App::run` performs them.
//! - Nothing here opens a socket. The window library reaches the display and the session bus of this machine, no further.
//! - A panic writes the journal and tells the place in the code, never what was typed; the window starts anew.
//!
//! # Words
//! report 报告, a draft with its form · form 表样 · chapter 章 · section 文字部分 · table 表 · cell 格 · entry 填写内容 · draft 草稿 ·
//! rule 勾稽关系 · check a rule at one row, column or cell · finding 核对结果 · prior 上年报告 · sheet a laid-out table, ready for
//! any writer.

pub mod cli;
pub mod county;
pub mod export;
pub mod form;
pub mod import;
pub mod ledger;
pub mod manual;
pub mod model;
pub mod read;
pub mod review;
pub mod rules;
pub mod session;
pub mod store;
#[cfg(feature = "gui")]
pub mod ui;
pub mod workers;
