//! What a command does that concerns the open report alone.

use super::find::{Aim, FindStrip};
use super::work::Work;
use crate::model::{CellId, Edit, Item, Objection, ReasonKey, Totals, Value};
use crate::rules;
use crate::session::Session;
use crate::ui::command::Command;
use crate::ui::command::named::Named;
use crate::ui::command::places::{List, Reading, Shown, Take, Target};
use crate::ui::look::rare::is_printable;

impl Work {
    /// Does it. What does not concern the report alone is left to `app`.
    ///
    /// # Errors
    /// Why the report is not to be changed now; then nothing has changed. Where someone else has it open the window says so
    /// all the time.
    pub fn perform(&mut self, command: Command) -> Result<(), Objection> {
        if command == Command::SayReadOnly || command.changes_draft() && self.is_read_only() {
            return self.session.read_only().map_or(Ok(()), Err);
        }
        reasons(&command).try_for_each(|words| is_printable("说明", words))?;
        match command {
            Command::Named(named) => self.perform_named(named),
            Command::Type(edit) => {
                // What is typed into a table is to be seen; last year's text stands beside this year's.
                if !matches!(edit, Edit::Text(..)) {
                    self.panel.shows = Shown::ThisYear;
                }
                self.session.apply(vec![edit]);
            }
            Command::ShowYear(shown) => {
                self.commit();
                self.panel.shows = shown;
            }
            Command::Change(edits) => self.session.apply_alone(edits),
            Command::Zeros(cells) => self.session.apply_alone(self.session.zeros_in(&cells)),
            Command::Paste(block) => self.session.apply_alone(self.session.paste(&block.fields)),
            Command::Settle(cell, take) => self.settle(cell, take),
            Command::Chapter(no) => self.show_chapter(no),
            Command::GoTo(cell) => self.go_to(cell),
            Command::LookAt(finding) => self.look_at(finding),
            Command::LookAway(check) if self.finding == Some(check) => self.finding = None,
            Command::Hover(finding) => self.hovered = finding,
            Command::ShowFigure(card) => self.figure_card = card,
            Command::Visit(target) => self.visit(target),
            Command::Peek(target) => self.peek(target),
            Command::BackToChapter => self.take_focus = true,
            Command::CloseFind => (self.find, self.take_focus) = (None, true),
            Command::Show(list) => self.show_list(list),
            Command::Read(reading) => (self.reading, self.trend.is_open) = (Some(reading), false),
            Command::Judge(key, accepts) => self.judge(key, accepts),
            Command::Order(by) => (self.panel.by_size, self.panel.place) = (by, None),
            Command::MarkSeen(cell) => self.session.mark_seen([Item::Cell(cell)]),
            Command::Compare(since) => (self.panel.since, self.panel.place) = (since, None),
            _ => {}
        }
        Ok(())
    }

    fn perform_named(&mut self, named: Named) {
        match named {
            Named::Undo => {
                self.commit();
                let place = self.session.undo();
                self.go_to_place(place);
            }
            Named::Redo => {
                let place = self.session.redo();
                self.go_to_place(place);
            }
            Named::Find | Named::Replace | Named::GoTo => {
                self.commit();
                let aim = match named {
                    Named::GoTo => Aim::GoTo,
                    Named::Replace => Aim::Replace,
                    _ => Aim::Find,
                };
                self.find = Some(FindStrip::new(aim));
            }
            Named::NextFinding => self.step_list(true),
            Named::PrevFinding => self.step_list(false),
            Named::Reason => self.write_reason(),
            Named::NextBlank if self.is_review() => self.step_unseen(),
            Named::NextBlank => self.step_blank(),
            Named::TakePrior => self.take_prior(),
            Named::ZeroLine => self.fill_zeros(Session::line),
            Named::ZeroColumn => self.fill_zeros(Session::column),
            Named::TakeTotal => self.take_totals(),
            Named::SwitchTotals => self.switch_totals(),
            Named::NextChapter => self.step_chapter(true),
            Named::PrevChapter => self.step_chapter(false),
            Named::Reading if self.is_review() => {
                self.trend.is_open = false;
                self.reading = Some(self.reading.map_or(Reading::Explained, Reading::next));
            }
            Named::Seen if self.is_review() => self.mark_seen(),
            Named::ShowFindings => self.show_list(List::Findings),
            Named::ShowComments => self.show_list(List::Comments),
            Named::ShowChanges => self.show_list(List::Changes),
            Named::TakeFirst => self.settle_here(Take::First),
            Named::TakeSecond => self.settle_here(Take::Second),
            _ => {}
        }
    }

    /// Puts 0 into what is blank in these cells beside the focused one.
    fn fill_zeros(&mut self, beside: impl Fn(&Session, CellId) -> Vec<CellId>) {
        self.commit();
        if let Some(cell) = self.focused_cell() {
            self.session.apply_alone(self.session.zeros_in(&beside(&self.session, cell)));
        }
    }

    /// Gives the selected totals what their cells come to.
    fn take_totals(&mut self) {
        self.commit();
        let report = self.session.report();
        let typed = self.selected_cells().into_iter().filter(|cell| !self.session.is_computed(*cell));
        let totals = typed.filter_map(|cell| rules::computed_total(report, cell).map(|total| (cell, total)));
        let edits = totals.filter(|(_, total)| !total.is_blank()).map(|(cell, total)| Edit::cell(cell, total)).collect();
        self.session.apply_alone(edits);
    }

    /// Totals are computed from now on, or typed.
    fn switch_totals(&mut self) {
        self.commit();
        let other = if self.session.draft().totals() == Totals::Typed { Totals::Computed } else { Totals::Typed };
        self.session.apply_alone(self.session.totals_edits(other));
    }

    /// Accepts the reason filed under this, or takes that back.
    fn judge(&mut self, key: ReasonKey, accepts: bool) {
        let item = Item::Reason(key);
        if accepts { self.session.mark_seen([item]) } else { self.session.mark_unseen(&item) }
    }

    fn show_list(&mut self, list: List) {
        (self.reading, self.trend.is_open) = (None, false);
        (self.panel.list, self.panel.place) = (list, None);
    }

    /// Shows it; the keyboard stays where it is, in the strip for finding.
    fn peek(&mut self, target: Target) {
        self.visit(target);
        self.take_focus = false;
    }

    /// Settles a cell that was keyed differently, and goes on to the next.
    fn settle(&mut self, cell: CellId, take: Take) {
        self.commit();
        let taken = match take {
            Take::First => Some(self.session.draft().entry(cell)),
            Take::Second => self.panel.second().map(|second| second.second.entry(cell)),
        };
        // A cell that was not keyed the second time says nothing about the first.
        let Some(taken) = taken.filter(|taken| take == Take::First || !taken.is_blank()).cloned() else { return };
        let edit = self.panel.settle_cell(self.session.report(), cell, taken);
        self.session.apply_alone(edit.into_iter().collect());
        self.panel.refresh(&self.session);
        if self.panel.list == List::Second && !self.panel.mismatches().is_empty() {
            // The next one has moved up into the place of this one.
            self.panel.place = self.panel.place.and_then(|place| place.checked_sub(1));
            self.step_list(true);
        }
    }

    /// Settles the cell that F8 has come to.
    fn settle_here(&mut self, take: Take) {
        let here = self.panel.place.and_then(|place| self.panel.mismatches().get(place)).map(|(cell, _)| *cell);
        let here = here.or_else(|| self.focused_cell().filter(|cell| self.panel.mismatches().iter().any(|(other, _)| other == cell)));
        if let Some(cell) = here {
            self.settle(cell, take);
        }
    }
}

/// The reasons that a command writes down; they are printed with the report.
fn reasons(command: &Command) -> impl Iterator<Item = &str> {
    let edits = if let Command::Change(edits) = command { edits.as_slice() } else { &[] };
    edits.iter().filter_map(|edit| match edit {
        Edit::Set(Item::Reason(_), Value::Reason(Some(reason))) => Some(&*reason.text),
        _ => None,
    })
}
