//! Going through a review: from entry to entry of a list, from one thing not looked at to the next.

use super::desk::{Desk, List, Target, order, target_of_item};
use crate::model::{CellId, Item, Person, Role};
use crate::rules;
use crate::ui::work::Work;

impl Work {
    /// From now on this person sits here; the desk is laid for them.
    pub fn seat(&mut self, person: Option<Person>) {
        self.session.set_person(person);
        let prior = self.desk.prior.take();
        self.desk = Desk::opened(&self.session);
        self.desk.prior = prior;
    }

    /// Who sits here reviews rather than fills.
    pub fn is_review(&self) -> bool {
        self.session.role() != Role::Clerk
    }

    /// Goes to the entry of the list on the right after or before the one gone to last; round at the ends.
    pub fn step_list(&mut self, forward: bool) {
        if self.desk.list == List::Findings {
            return self.step_finding(forward);
        }
        self.commit();
        let targets = self.desk.targets(self.session.draft());
        let next = match (self.desk.place, forward) {
            _ if targets.is_empty() => return,
            (Some(at), true) => (at + 1) % targets.len(),
            (Some(at), false) => at.checked_sub(1).unwrap_or(targets.len() - 1),
            (None, true) => 0,
            (None, false) => targets.len() - 1,
        };
        self.desk.place = Some(next);
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
                if let Some(finding) = found {
                    self.look_at(finding);
                }
            }
            Target::Report => self.show_chapter(1),
        }
    }

    /// Marks the selected cells as looked at, or else everything in the chapter, and goes on to what is not yet.
    pub fn mark_seen(&mut self) {
        let selected = self.selected_cells();
        let items: Vec<Item> = if selected.len() > 1 {
            selected.into_iter().map(Item::Cell).collect()
        } else {
            let form = self.session.form();
            let is_here = |item: &&Item| match item {
                Item::Cell(cell) | Item::Control(cell) => form.chapter_of(*cell) == self.chapter,
                Item::Text(section) => section.0 == self.chapter,
                // They have no chapter of their own; they stand beside whatever is looked at.
                Item::Agency | Item::Totals | Item::Reason(_) => true,
            };
            self.desk.unseen().iter().filter(is_here).cloned().collect()
        };
        self.session.mark_seen(items);
        self.desk.refresh(&self.session);
        self.step_unseen();
    }

    /// Goes to the next cell or text that this person has not looked at as it is now; round at the end.
    pub fn step_unseen(&mut self) {
        // A reason has no place of its own, the name of the agency is on no chapter.
        let has_place = |target: &Target| matches!(target, Target::Cell(_) | Target::Text(..));
        let form = self.session.form();
        let here = (self.chapter, self.focused_cell().map_or(0, CellId::index));
        let places = self.desk.unseen().iter().map(target_of_item).filter(has_place);
        let mut places: Vec<_> = places.map(|target| (order(form, &target), target)).collect();
        places.sort_by_key(|(at, _)| *at);
        let next = places.iter().position(|(at, _)| *at > here).unwrap_or(0);
        if let Some((_, target)) = places.into_iter().nth(next) {
            self.visit(target);
        }
    }
}
