//! The window, in floors. Each floor names only those below it, and no two files name each other; `tests/it/tidy/floors.rs` holds both.
//!
//! | floor | what | where the next things go |
//! |---|---|---|
//! | `look` | colours, fonts, widgets that all screens share | |
//! | `command` | everything that can be asked for; `command::named` is the one table of menus, keys and help | a command: one line there |
//! | `state` | the open report (`state::work`), cursor, lists, what is being written; performs what concerns the report alone | 上年: `work` |
//! | `view` | screens: references in, commands out | text marks: `view/text_marks`, called by `view/chapter`; 本年 / 上年 / 增减: `view/grid` |
//! | `dialog` | questions: references in, commands out | the account of an import: `dialog/import` |
//! | `app` | performs; threads as closures; `app::screen` says which screen there is | county: `Screen::County`, `state/county`, `view/county`, `app/county` |
//! | `window`, `shot` | beside each other on top: eframe's window, pictures without a display | |
//!
//! # A keystroke
//! `view::grid::table` hands each key to `keys::act`. From there Enter in a cell takes eight calls and two carriers, a `Command`
//! and the `Edit` in it: `keys::act` → `key_pressed` → `GridState::commit`, which makes the `Command::Type` that the screen
//! returns; then `App::run` → `Work::perform` → `Session::apply` → `make` → `Draft::apply`. All rules are decided anew there, and
//! the next frame paints what they find. `Work::keep` hands the change to the journal's thread.
//!
//! # A file
//! `Named::Save` → `App::save` → `Jobs::start(job, take)`: `job` runs on a thread, `take` is called by `App::logic` with its
//! answer. The window's own thread reads no disk, but for its settings before the first frame; letting go of a draft waits for
//! the journal's thread to end.

mod app;
mod command;
mod dialog;
mod look;
mod shot;
mod state;
mod view;
mod window;

pub use app::screen::App;
pub use command::Command;
pub use command::county::{Many, Order};
pub use command::files::{Ask, Purpose};
pub use command::last_year::LastYears;
pub use command::named::Named;
pub use command::pictures::Pictures;
pub use command::places::{FigureCard, Reading, Shown, Since, Target};
pub use command::second::Second;
pub use look::painting::Painting;
pub use look::raster::{Area, Raster};
pub use look::still::ShotError;
pub use look::theme;
pub use shot::manual::{manual_picture, manual_png, manual_screen};
pub use shot::picture::{Scene, shot};
pub use state::other_years::OtherYear;
pub use state::work::Work;
pub use view::grid::kept::forget_drawings;
pub use view::help::card;
pub use view::trend_still::trend_png;
pub use window::clipboard::{Clipboard, Late, Source};
pub use window::pace::Pace;
pub use window::pane::Opening;
pub use window::run::{NoWindow, Renderer, run};
