//! gouji (勾稽): the annual report on government-information disclosure (政府信息公开工作年度报告), filled, cross-checked and exported
//! on one desktop, without a server.
//!
//! # Bird's eye view
//! A [`form::Form`] says what can be typed and what must hold; it is data (`assets/forms/*.ron`). A [`model::Draft`] is what was
//! typed, and the log of its review. [`rules::check`] decides every rule on a draft, [`review`] takes it through the office and
//! proves what was signed. [`session::Session`] holds one open draft with its undo history and
//! its findings. Round this core stand shells: `store` keeps drafts on disk, `export` prints them, `import` takes filled workbooks back, `cli` and `ui` let
//! people and scripts work on them.
//!
//! One keystroke: the grid's text field takes it (`ui::grid`) → Enter makes a `Command::Type` → `App::run` →
//! `Session::apply`: the draft changes, the way back is kept, all rules are decided anew → the next frame paints what it finds.
//! One draft to paper: `store::load` → `export::book` (checks it and lays it out, the same for every kind of file) →
//! `export::file` (writes it, reads the bytes back, compares) → `store::write_whole`. The window and the command line make the same calls.
//!
//! # Code map (each line may name only what stands above it, as far as shown)
//! | module | what | may name | never |
//! |---|---|---|---|
//! | [`model`] | entries, money, draft, edits; status, log, who may do what | – | disk, clock, window |
//! | [`form`] | forms as data: schema, loader, formulas | model | disk, clock |
//! | [`rules`] | verdicts, findings, wording, most likely wrong cell | model, form | disk, clock, floats |
//! | [`review`] | actions, hashes, proof of the log, differences, joining copies | model, form, rules | disk, clock |
//! | [`session`] | the one mutable aggregate: apply, undo, redo, blocks, actions | model, form, rules, review | disk, clock |
//! | [`store`] | drafts and forms on disk, whole or not at all; fonts of the machine | model, form, review | rules, window |
//! | [`import`] | reports of any office and our own workbooks → drafts, with an account of every cell | read, model, form, rules | disk, clock |
//! | [`export`] | neutral sheets and flow; writers for Excel, Word, PDF, web, each with its proof | model, form, rules, review | disk (returns bytes), clock |
//! | [`cli`] | commands, two voices: text and JSON | all but ui (`shot` excepted) | |
//! | `ui` | the window (feature `gui`) | all but cli | |
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
//! report 报告 · form 表样 · chapter 章 · section 文字部分 · table 表 · cell 格 · entry 填写内容 · draft 草稿 · rule 勾稽关系 · check a
//! rule at one row, column or cell · finding 核对结果 · prior 上年报告 · sheet a laid-out table, ready for any writer.

pub mod cli;
pub mod export;
pub mod form;
pub mod import;
pub mod model;
pub mod read;
pub mod review;
pub mod rules;
pub mod session;
pub mod store;
#[cfg(feature = "gui")]
pub mod ui;
