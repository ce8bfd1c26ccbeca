//! What there is to look at in a review: comments, differences, what nobody has looked at yet. Made anew whenever the draft
//! has changed, never mended.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::composer::Composer;
use crate::form::{CheckId, Form, Report, Test};
use crate::model::{Action, CellId, Change, Draft, Edit, Entry, Item, Kind, Prior, Role, SectionId, Spot, Status, Thread, Value};
use crate::review::{self, Approval, BySize, Explained, Judgement, Move, SecondEntry, Task, by_size};
use crate::rules;
use crate::session::Session;
use crate::ui::command::places::{List, Shown, Since, Target, order, target_of_item, target_of_spot};

/// The next panel's version.
static VERSIONS: AtomicU64 = AtomicU64::new(1);

/// What there is to look at, and where one stands in it.
#[derive(Debug, Default)]
pub struct ReviewPanel {
    /// The list on the right.
    pub list: List,
    /// With what the report is compared.
    pub since: Since,
    /// Last year's report on this year's form, if it was opened.
    pub prior: Option<Draft>,
    /// Which year the tables show.
    pub shows: Shown,
    /// Cells of a county's sum in which a repair stands; empty for any other report.
    pub mended: BTreeSet<CellId>,
    offered: Option<Arc<Prior>>,
    proposals: BTreeMap<CellId, Entry>,
    /// Which differences to last year are called large.
    pub by_size: BySize,
    /// The place in the list that F8 has come to.
    pub place: Option<usize>,
    /// The comment or answer being written.
    pub composer: Option<Composer>,
    explained: Vec<Explained>,
    moves: Vec<Move>,
    threads: Vec<Thread>,
    tasks: Vec<Task>,
    changes: Vec<Change>,
    unseen: BTreeSet<Item>,
    old: BTreeMap<CellId, Entry>,
    second: Option<(SecondEntry, PathBuf)>,
    mismatches: Vec<(CellId, Entry)>,
    comments: BTreeMap<CellId, Vec<Thread>>,
    copied: BTreeMap<SectionId, Vec<Range<usize>>>,
    approval: Option<Approval>,
    messages: BTreeMap<CheckId, String>,
    problems: BTreeMap<CellId, String>,
    made_at: Option<(u64, Since, Shown)>,
    version: u64,
}

impl ReviewPanel {
    /// The panel for who opens this draft: the clerk of a returned report sees what was asked for, others what has changed since
    /// they looked at it, or else since it was submitted before.
    pub fn opened(session: &Session) -> Self {
        let review = session.draft().review();
        let role = session.role();
        let list = match (review.status(), role) {
            (Status::Returned, Role::Clerk) => List::Comments,
            (Status::Draft, _) | (_, Role::Clerk) => List::Findings,
            _ => List::Changes,
        };
        let has_looked = session.person().is_some_and(|person| review.seen().contains_key(&person.name));
        let num_submitted = review.steps().iter().filter(|step| step.action == Action::Submit).count();
        let since = match (role, has_looked, num_submitted) {
            (Role::Clerk, ..) | (_, false, 2..) => Since::Submission,
            (_, true, _) => Since::Seen,
            // A first reading: there is nothing else to compare with.
            (_, false, _) => Since::Prior,
        };
        Self { list, since, ..Self::default() }
    }

    /// Sees what there is now, if the draft has changed since.
    pub fn refresh(&mut self, session: &Session) {
        let now = (session.revision(), self.since, self.shows);
        if self.made_at.replace(now) == Some(now) {
            return;
        }
        let draft = session.draft();
        self.prior = draft.prior().map(|prior| review::prior_on(session.form(), prior)).or_else(|| self.prior.take());
        self.proposals = rules::proposals(session.report()).into_iter().collect();
        self.threads = draft.review().threads();
        self.tasks = review::tasks(session.report());
        self.explained = session.explained();
        self.moves = self.prior.as_ref().map_or_else(Vec::new, |prior| review::moves(session.report(), prior));
        self.unseen = session.unseen().into_iter().collect();
        self.changes = match self.since {
            Since::Seen => session.person().map_or_else(Vec::new, |person| review::since_seen(draft, &person.name)),
            Since::Submission => review::since_submission(draft).map_or_else(Vec::new, |(_, changes)| changes),
            Since::Prior => self.prior.as_ref().map_or_else(Vec::new, |prior| draft.changes_since(prior)),
        };
        // Last year's report is no difference from itself.
        if self.since == Since::Prior {
            self.changes.retain(|change| !matches!(change.item, Item::LastYear | Item::Ground));
        }
        let entry = |item: &Item, value: &Value| match (item, value) {
            (Item::Cell(cell), Value::Entry(entry)) => Some((*cell, entry.clone())),
            _ => None,
        };
        self.old = self.changes.iter().filter_map(|change| entry(&change.item, &change.old)).collect();
        let mismatches = self.second.as_ref().map(|(second, _)| second.mismatches(session.report()));
        self.mismatches = mismatches.into_iter().flatten().filter_map(|change| entry(&change.item, &change.new)).collect();
        let order = |item: &Item| order(session.form(), &target_of_item(item));
        self.changes.sort_by_key(|change| order(&change.item));
        if self.since == Since::Prior {
            self.largest_first(session.form());
        }
        self.comments = self.comments_by_cell(session.form());
        self.copied = self.copied_sentences(session);
        self.approval = review::approval(session.report());
        self.word_findings(session);
        self.version = VERSIONS.fetch_add(1, Ordering::Relaxed);
    }

    /// The differences to last year by size; texts, which have none, last.
    fn largest_first(&mut self, form: &Form) {
        let sorted = by_size(form, &self.moves, self.by_size);
        let places: BTreeMap<CellId, usize> = sorted.iter().enumerate().map(|(place, one)| (one.cell, place)).collect();
        self.changes.sort_by_key(|change| match change.item {
            Item::Cell(cell) => places.get(&cell).copied().unwrap_or(places.len()),
            _ => usize::MAX,
        });
    }

    /// The sentences of each chapter that stand in last year's, or stand there with a few words changed.
    fn copied_sentences(&self, session: &Session) -> BTreeMap<SectionId, Vec<Range<usize>>> {
        let Some(prior) = &self.prior else { return BTreeMap::new() };
        let judged = session.form().checks.iter().filter_map(|check| match check.test {
            Test::Copied(section, _) => Some(section),
            _ => None,
        });
        judged.map(|section| (section, rules::copied(session.draft().section(section), prior.section(section)).sentences)).collect()
    }

    /// Sentences of the chapter that are last year's, in characters.
    pub fn copied(&self, section: SectionId) -> &[Range<usize>] {
        self.copied.get(&section).map_or(&[], Vec::as_slice)
    }

    /// Last year's chapter beside this year's, while last year is shown; none where it is not known or empty.
    pub fn text_beside(&self, section: SectionId) -> Option<&str> {
        let then = self.prior.as_ref().filter(|_| self.shows != Shown::ThisYear)?.section(section);
        Some(then).filter(|then| !then.is_empty())
    }

    /// Puts the broken checks into words, once for each state of the draft and not in each frame.
    fn word_findings(&mut self, session: &Session) {
        let form = session.form();
        (self.messages, self.problems) = (BTreeMap::new(), BTreeMap::new());
        for finding in session.fails() {
            let (check, message) = (form.check(finding.check), rules::message(session.report(), finding));
            for cell in check.cells.iter().filter(|cell| session.mark(**cell).is_some()) {
                let words = self.problems.entry(*cell).or_default();
                let line = if words.is_empty() { "" } else { "\n" };
                words.extend([line, &*form.rule(check).id, " ", &message]);
            }
            self.messages.insert(finding.check, message);
        }
    }

    /// What is broken, in words with the figures; empty for a check that holds.
    pub fn message(&self, check: CheckId) -> &str {
        self.messages.get(&check).map_or("", String::as_str)
    }

    /// Every broken check of the cell in words, a line each; none when all is well.
    pub fn problem(&self, cell: CellId) -> Option<&str> {
        self.problems.get(&cell).map(String::as_str)
    }

    /// Another number for every state of any panel: what was painted from one with the same number is still right.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Last year's report was found: to be looked at beside this year's, and to be taken. Another that was chosen before stays.
    pub fn offer(&mut self, form: &Form, prior: Prior) {
        self.prior.get_or_insert_with(|| review::prior_on(form, &prior));
        self.offered = Some(Arc::new(prior));
        self.made_at = None;
    }

    /// The same, with what another panel knows of last year.
    #[must_use]
    pub fn with_last_year_of(self, other: Self) -> Self {
        Self { prior: other.prior, offered: other.offered, ..self }
    }

    /// Last year's report that was found and could be taken into the draft.
    pub fn offered(&self) -> Option<&Arc<Prior>> {
        self.offered.as_ref()
    }

    /// What a cell shows while last year's figures are on screen, or the change; `None` where it shows its own.
    pub fn shown(&self, cell: CellId, kind: Kind, now: &Entry) -> Option<String> {
        let then = self.prior.as_ref()?.entry(cell);
        match self.shows {
            Shown::ThisYear => None,
            Shown::LastYear => Some(then.shown(kind)),
            Shown::Change => Some(now.value().zip(then.value()).map_or_else(String::new, |(now, then)| change(kind, now, then))),
        }
    }

    /// What a blank cell would hold by last year's report.
    pub fn proposal(&self, cell: CellId) -> Option<&Entry> {
        self.proposals.get(&cell)
    }

    /// How many blank cells would be filled by last year's report.
    pub fn num_proposals(&self) -> usize {
        self.proposals.len()
    }

    /// Compares with last year's report, laid out on this year's form.
    pub fn compare_with(&mut self, prior: Draft) {
        (self.prior, self.since, self.list, self.place) = (Some(prior), Since::Prior, List::Changes, None);
        self.made_at = None;
    }

    /// What the clerk explained, as this person stands to it.
    pub fn explained(&self) -> &[Explained] {
        &self.explained
    }

    /// How many of them this person has not said anything to.
    pub fn num_unjudged(&self) -> usize {
        self.explained.iter().filter(|one| one.judgement == Judgement::Open).count()
    }

    /// What moved since last year, in form order; nothing while last year's report is not known.
    pub fn moves(&self) -> &[Move] {
        &self.moves
    }

    /// The comments, open ones first, each as it stands.
    pub fn threads(&self) -> impl Iterator<Item = &Thread> {
        let open = self.threads.iter().filter(|thread| !thread.is_resolved);
        open.chain(self.threads.iter().filter(|thread| thread.is_resolved))
    }

    /// What was asked for when the report was returned, in form order.
    pub fn tasks(&self) -> &[Task] {
        &self.tasks
    }

    /// What differs, in the order of the report.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// What this person has not looked at as it is now.
    pub fn unseen(&self) -> &BTreeSet<Item> {
        &self.unseen
    }

    /// What else the cell held, and where: when keyed a second time, or else in what the report is compared with.
    pub fn other(&self, cell: CellId) -> Option<(&'static str, &Entry)> {
        match &self.second {
            Some(_) => {
                let place = self.mismatches.binary_search_by_key(&cell, |(other, _)| *other).ok()?;
                self.mismatches.get(place).map(|(_, entry)| ("二录", entry))
            }
            None => self.old.get(&cell).map(|entry| ("原", entry)),
        }
    }

    /// Lays a second entry, which stands in this file, beside the first.
    pub fn settle(&mut self, second: SecondEntry, path: PathBuf) {
        (self.second, self.list, self.place, self.made_at) = (Some((second, path)), List::Second, None, None);
    }

    /// The second entry that is being settled.
    pub fn second(&self) -> Option<&SecondEntry> {
        self.second.as_ref().map(|(second, _)| second)
    }

    /// Cells in which the second entry differs, in form order, with what it has there.
    pub fn mismatches(&self) -> &[(CellId, Entry)] {
        &self.mismatches
    }

    /// Gives both entries of a cell this value; the edit that the first one needs.
    pub fn settle_cell(&mut self, first: Report<'_>, cell: CellId, taken: Entry) -> Option<Edit> {
        self.made_at = None;
        self.second.as_mut()?.0.settle(first, cell, taken)
    }

    /// Puts the second entry away; what was settled is on its sheet, to be kept in its file.
    pub fn put_away(&mut self) -> Option<(SecondEntry, PathBuf)> {
        self.made_at = None;
        self.second.take()
    }

    /// The comments on this cell or its row, open ones first.
    pub fn comments_on(&self, cell: CellId) -> &[Thread] {
        self.comments.get(&cell).map_or(&[], Vec::as_slice)
    }

    fn comments_by_cell(&self, form: &Form) -> BTreeMap<CellId, Vec<Thread>> {
        let mut comments: BTreeMap<CellId, Vec<Thread>> = BTreeMap::new();
        for thread in self.threads().filter(|thread| matches!(thread.spot, Spot::Cell(_) | Spot::Row(_))) {
            for (cell, _) in form.cells().filter(|(cell, _)| review::is_about(form, &thread.spot, &Item::Cell(*cell))) {
                comments.entry(cell).or_default().push(thread.clone());
            }
        }
        comments
    }

    /// The signature in force, if there is one.
    pub fn approval(&self) -> Option<&Approval> {
        self.approval.as_ref()
    }

    /// How many entries a list has that want attention; the findings count themselves.
    pub fn count(&self, list: List) -> usize {
        match list {
            List::Findings => 0,
            List::Second => self.mismatches.len(),
            List::Comments => self.threads.iter().filter(|thread| !thread.is_resolved).count(),
            List::Changes => self.changes.len(),
        }
    }

    /// The places the list on the right leads to, in order; empty for the findings, which lead themselves.
    pub fn targets(&self, draft: &Draft) -> Vec<Target> {
        match self.list {
            List::Findings => Vec::new(),
            List::Comments if !self.tasks.is_empty() => self.tasks.iter().map(|task| target_of_spot(&task.thread.spot, draft)).collect(),
            List::Comments => self.threads().map(|thread| target_of_spot(&thread.spot, draft)).collect(),
            List::Changes => self.changes.iter().map(|change| target_of_item(&change.item)).collect(),
            List::Second => self.mismatches.iter().map(|(cell, _)| Target::Cell(*cell)).collect(),
        }
    }
}

/// The change for people: `＋12`, `－3`, `0`; money in the unit of its head.
fn change(kind: Kind, now: i64, then: i64) -> String {
    let more = now.saturating_sub(then);
    let sign = match more {
        0 => "",
        1.. => "＋",
        _ => "－",
    };
    format!("{sign}{}", Entry::of_value(kind, more.saturating_abs()).shown(kind))
}
