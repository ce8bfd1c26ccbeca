//! Going through a report: from finding to finding, from blank to blank, from entry to entry of a list, from one thing not
//! looked at to the next.

use super::work::Work;
use crate::form::{Chapter, CheckId, Severity, Test};
use crate::model::{CellId, Item, ReasonKey, SectionId};
use crate::review::by_size;
use crate::rules::claims::{Certainty, TextFinding};
use crate::rules::{self, Finding};
use crate::session::Place;
use crate::ui::command::places::{List, Reading, Target, order, target_of_item};

/// Where F8 stops.
enum Stop {
    Table(Finding),
    Text(ReasonKey),
}

impl Work {
    /// Goes to where an undo or redo took place.
    pub fn go_to_place(&mut self, place: Option<Place>) {
        match place {
            Some(Place::Cell(cell)) => self.go_to(cell),
            Some(Place::Text(section, at)) => {
                self.show_chapter(section.0);
                self.text_selection = Some((section, at, at));
            }
            Some(Place::Findings | Place::Cover) | None => {}
        }
    }

    /// Goes to the first cell of a finding and tints both its sides.
    pub fn look_at(&mut self, finding: Finding) {
        (self.finding, self.text_finding) = (Some(finding.check), None);
        self.reveal_finding = true;
        let (left, right) = finding.sides(self.session.report());
        if let Some(&cell) = left.cells.first().or(right.cells.first()) {
            self.go_to(cell);
        }
    }

    /// The broken checks worth stepping through with F8: errors, and warnings without a reason, in form order.
    pub fn steps(&self) -> Vec<Finding> {
        let form = self.session.form();
        let mut steps: Vec<Finding> = self.session.open().filter(|finding| finding.severity(form) != Severity::Info).collect();
        steps.sort_by_key(|finding| self.first_cell(*finding));
        steps
    }

    /// The chapter and cell a finding is listed under.
    pub fn first_cell(&self, finding: Finding) -> (u8, CellId, CheckId) {
        let form = self.session.form();
        let cells = &form.check(finding.check).cells;
        if let Test::Copied(section, _) = form.check(finding.check).test {
            return (section.0, CellId::default(), finding.check);
        }
        let first = finding.comparison(form).and_then(|comparison| comparison.terms().find(|term| !term.is_prior)).map(|term| term.cell);
        let cell = first.or(cells.first().copied());
        cell.map_or((0, CellId::default(), finding.check), |cell| (form.chapter_of(cell), cell, finding.check))
    }

    /// Goes to the finding after or before the one looked at, or the nearest to the cursor; round at the ends.
    pub fn step_finding(&mut self, forward: bool) {
        self.commit();
        let stops = self.stops();
        let here = stops.iter().position(|(_, stop)| self.is_at(stop));
        let next = match (here, forward) {
            (Some(at), true) => (at + 1) % stops.len(),
            (Some(at), false) => at.checked_sub(1).unwrap_or(stops.len() - 1),
            (None, true) => {
                let cursor = (self.chapter, self.focused_cell().map_or(0, CellId::index));
                stops.iter().position(|(at, _)| *at >= cursor).unwrap_or(0)
            }
            (None, false) => stops.len().saturating_sub(1),
        };
        match stops.into_iter().nth(next) {
            Some((_, Stop::Table(finding))) => self.look_at(finding),
            Some((_, Stop::Text(key))) => self.look_at_text(&key),
            None => {}
        }
    }

    /// Where F8 stops: what is open in tables and in the text, as the report is read.
    fn stops(&self) -> Vec<((u8, usize), Stop)> {
        let of_table = |finding: Finding| {
            let (chapter, cell, _) = self.first_cell(finding);
            ((chapter, cell.index()), Stop::Table(finding))
        };
        let texts = self.session.open_texts().filter(|text| text.severity() != Severity::Info);
        let of_text = |text: &TextFinding| ((text.section.0, text.chars.start), Stop::Text(text.reason_key()));
        let mut stops: Vec<_> = self.steps().into_iter().map(of_table).chain(texts.map(of_text)).collect();
        stops.sort_by_key(|(at, _)| *at);
        stops
    }

    fn is_at(&self, stop: &Stop) -> bool {
        match stop {
            Stop::Table(finding) => self.looked_at().is_some_and(|looked_at| looked_at.check == finding.check),
            Stop::Text(key) => self.text_finding.as_ref() == Some(key),
        }
    }

    /// Puts the cursor on the words of a finding about text.
    pub fn look_at_text(&mut self, key: &ReasonKey) {
        let Some(found) = self.session.text_finding(key) else { return };
        let (section, chars) = (found.section, found.chars.clone());
        self.show_chapter(section.0);
        self.text_selection = Some((section, chars.start, chars.end));
        (self.finding, self.text_finding, self.reveal_finding) = (None, Some(key.clone()), true);
    }

    /// Gives the keyboard to the reason of the warning looked at; where that has one, of the first that has none.
    pub fn write_reason(&mut self) {
        self.commit();
        if let Some(key) = self.text_to_explain() {
            self.panel.list = List::Findings;
            self.look_at_text(&key);
            (self.reason.take_focus, self.take_focus) = (true, false);
            return;
        }
        let looked_at = self.looked_at().filter(|finding| finding.severity(self.session.form()) == Severity::Warning);
        let mut open: Vec<Finding> = self.steps();
        open.retain(|finding| finding.severity(self.session.form()) == Severity::Warning);
        let finding = looked_at.filter(|finding| open.contains(finding)).or(open.first().copied()).or(looked_at);
        if let Some(finding) = finding {
            self.panel.list = List::Findings;
            self.look_at(finding);
            (self.reason.take_focus, self.take_focus) = (true, false);
        }
    }

    /// The finding about text that F4 is for: the one looked at; without an open warning in a table the first open one.
    fn text_to_explain(&self) -> Option<ReasonKey> {
        let is_meant = |text: &&TextFinding| text.severity() == Severity::Warning;
        let looked_at = self.text_finding.as_ref().and_then(|key| self.session.text_finding(key)).filter(is_meant);
        let is_warning = |finding: &Finding| finding.severity(self.session.form()) == Severity::Warning;
        let in_tables = self.looked_at().is_some() || self.steps().iter().any(is_warning);
        let is_certain = |text: &&TextFinding| is_meant(text) && text.certainty == Certainty::Broken;
        let first = || self.session.open_texts().find(is_certain).filter(|_| !in_tables);
        looked_at.or_else(first).map(TextFinding::reason_key)
    }

    /// Goes to the next cell or text with nothing in it, behind where the cursor stands; round at the end.
    pub fn step_blank(&mut self) {
        self.commit();
        let here = (self.chapter, self.focused_cell());
        let order = |place: &Place| match place {
            Place::Cell(cell) => (self.session.form().chapter_of(*cell), Some(*cell)),
            Place::Text(section, _) => (section.0, None),
            Place::Findings | Place::Cover => (0, None),
        };
        let blanks = self.session.blanks();
        let next = blanks.iter().find(|place| order(place) > here).or(blanks.first());
        self.go_to_place(next.copied());
    }

    /// Goes to the entry of the list on the right after or before the one gone to last; round at the ends.
    pub fn step_list(&mut self, forward: bool) {
        if self.panel.list == List::Findings {
            return self.step_finding(forward);
        }
        self.commit();
        let targets = self.panel.targets(self.session.draft());
        let next = match (self.panel.place, forward) {
            _ if targets.is_empty() => return,
            (Some(at), true) => (at + 1) % targets.len(),
            (Some(at), false) => at.checked_sub(1).unwrap_or(targets.len() - 1),
            (None, true) => 0,
            (None, false) => targets.len() - 1,
        };
        self.panel.place = Some(next);
        if let Some(target) = targets.into_iter().nth(next) {
            self.visit(target);
        }
        self.reveal_finding = true;
    }

    /// Goes where an entry of a list leads.
    pub fn visit(&mut self, target: Target) {
        match target {
            Target::Cell(cell) => self.go_to(cell),
            Target::Chapter(no) => self.show_chapter(no),
            Target::Text(section, passage) => {
                self.show_chapter(section.0);
                self.text_selection = passage.map(|(first, end)| (section, first, end));
            }
            Target::Finding(key) => {
                let form = self.session.form();
                let found = self.session.fails().find(|finding| rules::reason_key(form, *finding) == key);
                match found {
                    Some(finding) => self.look_at(finding),
                    None => self.look_at_text(&key),
                }
            }
            Target::Report => self.show_chapter(1),
        }
    }

    /// Marks the selected cells as looked at, or else what has been on the screen, and goes on to what is not yet.
    pub fn mark_seen(&mut self) {
        let selected = self.selected_cells();
        let items: Vec<Item> = if self.reading == Some(Reading::Moves) {
            return self.mark_moves_seen();
        } else if selected.len() > 1 {
            selected.into_iter().map(Item::Cell).collect()
        } else {
            self.seen_here()
        };
        self.session.mark_seen(items);
        self.panel.refresh(&self.session);
        let draft = self.session.draft();
        match self.shown.goes_on(|section| draft.section(section).chars().count()) {
            Some((section, at)) if self.chapter == section.0 => {
                self.text_selection = Some((section, at, at));
                self.take_focus = true;
            }
            _ => self.step_unseen(),
        }
    }

    /// What of this chapter has been on the screen and is not marked yet. Of a text that goes on below, the rest is shown instead.
    fn seen_here(&self) -> Vec<Item> {
        let (form, draft) = (self.session.form(), self.session.draft());
        let length = |section| draft.section(section).chars().count();
        let is_here = |item: &&Item| match item {
            Item::Cell(cell) | Item::Control(cell) => form.chapter_of(*cell) == self.chapter,
            Item::Text(section) => section.0 == self.chapter,
            Item::Agency | Item::Totals | Item::Reason(_) | Item::LastYear | Item::Ground => true,
        };
        let items = self.panel.unseen().iter().filter(is_here).filter(|item| self.shown.has(item, length));
        items.cloned().collect()
    }

    /// Marks the differences on screen as looked at, and shows those below.
    fn mark_moves_seen(&mut self) {
        let shown = std::mem::take(&mut self.moves_on_screen);
        let moves = by_size(self.session.form(), self.panel.moves(), self.panel.by_size);
        let last = shown.last().and_then(|last| moves.iter().position(|one| one.cell == *last));
        self.reading_goes_to = last.and_then(|last| moves.get(last + 1)).map(|one| one.cell);
        self.session.mark_seen(shown.into_iter().map(Item::Cell));
        self.panel.refresh(&self.session);
        if self.reading_goes_to.is_none() {
            // Nothing more below: on to the chapters.
            self.step_unseen();
        }
    }

    /// Goes to the next cell or text that this person has not looked at as it is now; round at the end.
    pub fn step_unseen(&mut self) {
        // A reason has no place of its own, the name of the agency is on no chapter.
        let has_place = |target: &Target| matches!(target, Target::Cell(_) | Target::Text(..));
        let form = self.session.form();
        let here = (self.chapter, self.focused_cell().map_or(0, CellId::index));
        let places = self.panel.unseen().iter().map(target_of_item).filter(has_place);
        let mut places: Vec<_> = places.map(|target| (order(form, &target), target)).collect();
        places.sort_by_key(|(at, _)| *at);
        let next = places.iter().position(|(at, _)| *at > here).unwrap_or(0);
        if let Some((_, target)) = places.into_iter().nth(next) {
            self.visit(target);
        }
    }

    /// Shows the chapter after or before the one on screen; at the ends it stays.
    pub fn step_chapter(&mut self, forward: bool) {
        // The preamble is passed over where there is none.
        let form = self.session.shared_form();
        let has_preamble = self.chapter == SectionId::PREAMBLE.0 || !self.session.draft().section(SectionId::PREAMBLE).is_empty();
        let chapters: Vec<&Chapter> = has_preamble.then_some(&form.preamble).into_iter().chain(&form.chapters).collect();
        let here = chapters.iter().position(|chapter| chapter.no == self.chapter);
        let there = here.and_then(|at| if forward { Some(at + 1) } else { at.checked_sub(1) });
        if let Some(no) = there.and_then(|at| chapters.get(at)).map(|chapter| chapter.no) {
            self.show_chapter(no);
        }
    }
}
