//! A county on screen: which bodies are listed in what order, where the cursor is, what is chosen; and the sum with the bodies behind
//! the cell at its cursor.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::work::{For, Work};
use crate::county::{Change, County, Glance, Incoming, Need, Part, Sum, UnitKind, Whose};
use crate::model::{CellId, Entry, plain_name};
use crate::ui::command::county::{Order, PartOrder};
use crate::ui::command::places::Shown;

/// The county's page.
#[derive(Debug)]
pub struct CountyPage {
    /// Its folder.
    pub folder: PathBuf,
    /// What lies there.
    pub county: Arc<County>,
    /// Its sum.
    pub sum: Sum,
    /// Only the bodies with this need are listed.
    pub only: Option<Need>,
    /// Only the bodies of this kind are listed.
    pub kind: Option<UnitKind>,
    /// The order of the list.
    pub order: Order,
    /// Words that a body's name or whoever is in charge there must have.
    pub query: String,
    /// The bodies listed, by their places on the roster.
    pub rows: Vec<usize>,
    /// The body at the cursor, by its place on the roster.
    pub at: usize,
    /// Bodies that are chosen.
    pub marked: BTreeSet<usize>,
    /// Bring the cursor into view in the next frame.
    pub reveal: bool,
    /// The sum, while it is on screen.
    pub shown: Option<Box<SumPage>>,
    /// Files that belong to no body for certain.
    pub asked: Vec<Question>,
    /// How many of how many files are read.
    pub reading: Option<(usize, usize)>,
    /// They are no longer to be read.
    pub stop: Arc<AtomicBool>,
    /// The letter to the body at this place, to be read before it is sent.
    pub letter: Option<(usize, String)>,
    /// There is no room beside the board or the sum: what stands there takes their place when asked for.
    pub is_folded: bool,
    /// It is asked for.
    pub is_beside: bool,
    /// The folder is looked at.
    pub watch: Watching,
}

/// A folder that is looked at from time to time.
#[derive(Clone, Debug, Default)]
pub struct Watching {
    /// What lay there when it was read, see [`crate::county::glance`].
    pub known: Option<Arc<Glance>>,
    /// When it is looked at again, by the window's clock in seconds.
    pub next: f64,
    /// It is being looked at.
    pub is_looking: bool,
}

/// A file whose body is asked for.
#[derive(Clone, Debug)]
pub struct Question {
    /// The file.
    pub path: PathBuf,
    /// The name in its title.
    pub agency: String,
    /// Bodies that may be meant.
    pub likely: Vec<usize>,
}

impl Question {
    /// Of a file that is to be taken in; none where it is sure.
    pub fn of(file: &Incoming) -> Option<Self> {
        match &file.whose {
            Whose::Sure(_) => None,
            Whose::Asked(likely) => Some(Self { path: file.path.clone(), agency: file.agency.clone(), likely: likely.clone() }),
        }
    }
}

/// The sum on screen.
#[derive(Debug)]
pub struct SumPage {
    /// Its tables, only to be looked at.
    pub work: Work,
    /// The cell that the bodies are behind.
    pub cell: Option<CellId>,
    /// The bodies behind it.
    pub parts: Vec<Part>,
    /// Their order.
    pub order: PartOrder,
    /// The one at the cursor.
    pub at: usize,
    /// Bring it into view in the next frame.
    pub reveal: bool,
}

impl CountyPage {
    /// A county that was read.
    pub fn new(folder: PathBuf, county: Arc<County>) -> Self {
        let sum = county.sum();
        let mut page = Self {
            folder,
            sum,
            only: None,
            kind: None,
            order: Order::default(),
            query: String::new(),
            rows: Vec::new(),
            at: 0,
            marked: BTreeSet::new(),
            reveal: true,
            shown: None,
            asked: Vec::new(),
            reading: None,
            stop: Arc::default(),
            letter: None,
            is_folded: false,
            is_beside: false,
            watch: Watching::default(),
            county,
        };
        page.list();
        page.at = page.rows.first().copied().unwrap_or_default();
        page
    }

    /// The county was read again: everything stays where it was.
    pub fn renew(&mut self, county: Arc<County>) {
        self.keeping_its_place(|page| {
            page.county = county;
            true
        });
    }

    /// Takes over what changed in the folder, everything stays where it was; false where the county is to be read again.
    pub fn follow(&mut self, changes: Vec<Change>) -> bool {
        self.keeping_its_place(|page| Arc::make_mut(&mut page.county).renew(changes))
    }

    fn keeping_its_place(&mut self, change: impl FnOnce(&mut Self) -> bool) -> bool {
        let name = self.county.name(self.at).to_owned();
        let marked: Vec<String> = self.marked.iter().map(|place| self.county.name(*place).to_owned()).collect();
        let part = self.shown.as_ref().and_then(|shown| shown.part()).map(|part| self.county.name(part.unit).to_owned());
        if !change(self) {
            return false;
        }
        self.sum = self.county.sum();
        self.at = self.county.place_of(&name).unwrap_or_default();
        self.marked = marked.iter().filter_map(|name| self.county.place_of(name)).collect();
        (self.reading, self.letter) = (None, None);
        if let Some(shown) = self.shown.take() {
            let mut page = SumPage::new(&self.county, &self.sum, shown.work.chapter);
            page.order = shown.order;
            page.show_year(shown.work.panel.shows);
            if let Some(cell) = shown.work.focused_cell() {
                page.work.go_to(cell);
            }
            page.look(&self.county);
            let part = part.and_then(|name| self.county.place_of(&name));
            page.at = page.parts.iter().position(|one| Some(one.unit) == part).unwrap_or_default();
            page.reveal = true;
            self.shown = Some(Box::new(page));
        }
        self.list();
        true
    }

    /// Lists the bodies anew: those that are asked for, in the order asked for.
    pub fn list(&mut self) {
        let county = &self.county;
        let query = plain_name(&self.query);
        let is_wanted = |place: &usize| {
            let Some((unit, standing)) = county.unit(*place).zip(county.standings.get(*place)) else { return false };
            let has_words = query.is_empty()
                || [&unit.name, &unit.contact].into_iter().chain(&unit.short).any(|words| plain_name(words).contains(&query));
            let is_kind = self.kind.is_none_or(|kind| unit.kind == kind);
            has_words && is_kind && self.only.is_none_or(|need| standing.need == Some(need))
        };
        let mut rows: Vec<usize> = county.by_need().into_iter().filter(is_wanted).collect();
        match self.order {
            Order::Need => {}
            Order::Roster => rows.sort_unstable(),
            Order::Requests => rows.sort_by_cached_key(|place| Reverse(requests(county, *place).0)),
            Order::Change => {
                rows.sort_by_cached_key(|place| {
                    let (now, last) = requests(county, *place);
                    Reverse(now.zip(last).map(|(now, last)| now.abs_diff(last)))
                });
            }
        }
        self.rows = rows;
        if !self.rows.contains(&self.at) {
            self.at = self.rows.first().copied().unwrap_or(self.at);
        }
        self.reveal = true;
    }

    /// Moves the cursor by so many bodies of the list.
    pub fn step(&mut self, by: isize) {
        let here = self.rows.iter().position(|place| *place == self.at).unwrap_or_default();
        let there = here.saturating_add_signed(by).min(self.rows.len().saturating_sub(1));
        if let Some(place) = self.rows.get(there) {
            self.at = *place;
        }
        (self.reveal, self.letter) = (true, None);
    }

    /// The bodies that something is done with: the chosen ones, else the one at the cursor.
    pub fn chosen(&self) -> Vec<usize> {
        if self.marked.is_empty() { vec![self.at] } else { self.marked.iter().copied().collect() }
    }
}

/// New requests of a body this year and last; none where it has no figure.
pub fn requests(county: &County, place: usize) -> (Option<i64>, Option<i64>) {
    let Some(cell) = county.form.cell_by_key("new.sum") else { return (None, None) };
    let now = county.counted(place).and_then(|taken| taken.figures.get(cell.index()));
    (now, county.last(place).and_then(|last| last.get(cell.index())))
}

impl SumPage {
    /// The sum so far, at this chapter.
    pub fn new(county: &County, sum: &Sum, chapter: u8) -> Self {
        let mut work = Work::new(Arc::clone(&county.form), sum.draft_so_far(county), None);
        work.is_for = For::Looking;
        work.show_chapter(chapter);
        work.panel.prior = Sum::draft_last(county);
        work.panel.mended =
            county.form.cells().map(|(cell, _)| cell).zip(&sum.totals).filter(|(_, total)| total.is_mended).map(|(cell, _)| cell).collect();
        work.panel.refresh(&work.session);
        Self { work, cell: None, parts: Vec::new(), order: PartOrder::default(), at: 0, reveal: false }
    }

    /// Lists the bodies behind the cell at the cursor, if that has moved.
    pub fn look(&mut self, county: &County) {
        let cell = self.work.focused_cell();
        if cell != self.cell {
            (self.cell, self.at, self.reveal) = (cell, 0, true);
            self.parts = cell.map_or_else(Vec::new, |cell| county.behind(cell));
            self.sort();
        }
    }

    /// Puts the bodies into the order that is asked for.
    pub fn sort(&mut self) {
        match self.order {
            PartOrder::Odd => self.parts.sort_by_key(|part| (part.odd.is_none(), part.odd.clone(), Reverse(part.value), part.unit)),
            PartOrder::Large => self.parts.sort_by_key(|part| (Reverse(part.value), part.unit)),
            PartOrder::Roster => self.parts.sort_by_key(|part| part.unit),
        }
    }

    /// Shows this year's sums, last year's, or the change.
    pub fn show_year(&mut self, shown: Shown) {
        self.work.panel.shows = shown;
        self.work.panel.refresh(&self.work.session);
    }

    /// The body at the cursor.
    pub fn part(&self) -> Option<&Part> {
        self.parts.get(self.at)
    }

    /// The figure of a body behind the cell, in words of its kind.
    pub fn shown(&self, value: Option<i64>) -> String {
        let (Some(cell), Some(value)) = (self.cell, value) else { return "—".to_owned() };
        let kind = self.work.session.form().cell(cell).kind;
        Entry::of_value(kind, value).shown(kind)
    }
}
