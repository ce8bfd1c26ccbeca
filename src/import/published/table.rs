//! Statutory tables found in the tables of a page: lines by the words left of them, columns by the words above.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::rc::Rc;

use super::account::{How, Place, Scrap};
use super::claim::{Claim, Claims};
use super::figure::{is_figure, plain};
use super::lines::{Line, named};
use super::words::{Label, letters};
use crate::form::{Check, Form};
use crate::model::{CellId, Entry};
use crate::read::{Grid, GridCell, Leaf, Page, Stretch};
use crate::rules;

/// Most signs of a label; longer words are prose.
const MAX_LABEL: usize = 90;

/// A line, the column behind its label, the label's words, and the column of unknown words behind.
type Labelled<'a> = (&'a Line, usize, String, Option<usize>);

/// What the tables of a page say.
pub(super) struct Tables<'a> {
    pub form: &'a Form,
    pub lines: &'a [Line],
    pub claims: Claims,
    pub left_over: Vec<Scrap>,
    pub misspelt: BTreeSet<(String, String)>,
    /// The columns of lines by the table they stand in, its first row of heads and the heads of the line: most lines share them.
    known: HashMap<(usize, usize, String), Option<Rc<Columns>>>,
    /// The order of columns that a head gave, by table of the form: for what goes on in a further table.
    orders: Vec<Option<Vec<usize>>>,
}

/// A table of the page, and where it stands.
struct Source<'p> {
    grid: &'p Grid,
    place: Place,
    /// Columns are the sheet's own: what is not there is empty.
    is_sheet: bool,
}

/// The columns of a line in this table: for each cell its columns and the words above.
struct Columns {
    of: Vec<(Range<usize>, String)>,
}

impl<'a> Tables<'a> {
    pub fn new(form: &'a Form, lines: &'a [Line]) -> Self {
        let orders = vec![None; form.tables.len()];
        Self { form, lines, claims: Claims::default(), left_over: Vec::new(), misspelt: BTreeSet::new(), known: HashMap::new(), orders }
    }

    /// Reads every table of the page.
    pub fn read(&mut self, page: &Page) {
        let mut table = 0;
        for (piece, found) in page.pieces.iter().enumerate() {
            if let Stretch::Table(grid) = &found.what {
                table += 1;
                let place = Place { piece, on: found.on.clone(), table, at: None };
                self.table(&Source { grid, place, is_sheet: matches!(found.on, Leaf::Sheet(_)) });
            }
        }
    }

    fn table(&mut self, source: &Source<'_>) {
        let rows = source.rows();
        let heads: Vec<bool> = rows.iter().map(|row| is_head(self.lines, row)).collect();
        let mut scraps = Vec::new();
        let mut num_lines = 0;
        for (row, cells) in rows.iter().enumerate() {
            if heads.get(row) == Some(&true) {
                continue;
            }
            match self.line_of(cells) {
                Some((line, label, words, unknown)) if self.has_words_for_figure(source, line, row, &heads, unknown) => {
                    num_lines += 1;
                    self.note_spelling(line, &words);
                    self.row(source, row, label, line, &heads);
                }
                None if self.unlabelled(source, row, cells, &heads) => num_lines += 1,
                _ => scraps.extend(cells.iter().filter(|cell| !cell.words.trim().is_empty()).map(|cell| source.scrap(cell))),
            }
        }
        // A table without a line of ours is another table: one word for all of it.
        match (num_lines, scraps.first()) {
            (0, Some(first)) => {
                let text = scraps.iter().map(|scrap| &*scrap.text).take(8).collect::<Vec<_>>().join(" ").chars().take(MAX_LABEL).collect();
                self.left_over.push(Scrap { place: Place { at: None, ..first.place.clone() }, text });
            }
            _ => self.left_over.extend(scraps),
        }
    }

    /// No words follow the label, or they stand below the heads of figures: `详见附件` instead of a figure. Elsewhere they are another
    /// label, and it is not the line that was thought of.
    fn has_words_for_figure(&mut self, source: &Source<'_>, line: &Line, row: usize, heads: &[bool], unknown: Option<usize>) -> bool {
        let Some(unknown) = unknown else { return true };
        let columns = self.columns(source, line, row, heads);
        columns.is_some_and(|columns| unknown >= columns.left())
    }

    /// The line that the last words before the figures name, the column after them, the words, and the column of unknown words behind.
    fn line_of(&self, cells: &[GridCell<'_>]) -> Option<Labelled<'a>> {
        let (mut found, mut has_words): (Option<Labelled<'_>>, bool) = (None, false);
        for cell in cells {
            if is_figure(cell.words) && has_words {
                break;
            }
            // Before the words there may be a running number.
            if is_figure(cell.words) {
                continue;
            }
            has_words = true;
            if cell.words.chars().count() > MAX_LABEL {
                return None;
            }
            found = match (named(self.lines, &plain(cell.words)), found) {
                (Some((_, line, _)), _) => Some((line, cell.at.1 + cell.span.1, plain(cell.words), None)),
                (None, Some((line, label, words, unknown))) => Some((line, label, words, unknown.or(Some(cell.at.1)))),
                (None, None) => None,
            };
        }
        found
    }

    fn note_spelling(&mut self, line: &Line, words: &str) {
        let official = Label::new(&line.label);
        let found = Label::new(words);
        if found.letters != official.letters && !line.label.is_empty() {
            self.misspelt.insert((words.to_owned(), line.label.to_string()));
        }
    }

    /// A row without a label: table 四 has only heads.
    fn unlabelled(&mut self, source: &Source<'_>, row: usize, cells: &[GridCell<'_>], heads: &[bool]) -> bool {
        let is_filled = |cell: &&GridCell<'_>| !cell.words.trim().is_empty();
        let (figures, words): (Vec<&GridCell<'_>>, Vec<_>) = cells.iter().filter(is_filled).partition(|cell| is_figure(cell.words));
        // A word here and there stands for a figure; with many it is another row.
        if words.len() * 4 > figures.len() {
            return false;
        }
        let lines = self.lines.iter().filter(|line| line.label.is_empty() && line.cells.len() > 1);
        for line in lines.collect::<Vec<_>>() {
            if let Some(columns) = self.columns(source, line, row, heads) {
                let values: Vec<GridCell<'_>> = cells.to_vec();
                self.place(source, row, line, &values, &columns);
                return true;
            }
        }
        false
    }

    fn row(&mut self, source: &Source<'_>, row: usize, label: usize, line: &Line, heads: &[bool]) {
        let values: Vec<GridCell<'_>> = source.row(row).into_iter().filter(|cell| cell.at.1 >= label).collect();
        if let Some(columns) = self.columns(source, line, row, heads) {
            self.place(source, row, line, &values, &columns);
        } else {
            self.without_heads(source, row, line, &values);
        }
    }

    /// Where the cells of a line stand by the nearest rows of heads above that name all of them.
    fn columns(&mut self, source: &Source<'_>, line: &Line, row: usize, heads: &[bool]) -> Option<Rc<Columns>> {
        let names = line.heads.iter().flatten().map(|head| &**head).collect::<Vec<_>>().join("|");
        let mut below = row;
        while below > 0 {
            let last = (0..below).rev().find(|row| heads.get(*row) == Some(&true))?;
            let first = (0..=last).rev().take_while(|row| heads.get(*row) == Some(&true)).last().unwrap_or(last);
            let known = self.known.entry((source.place.table, first, names.clone()));
            if let Some(columns) = known.or_insert_with(|| source.columns_in(line, first..last + 1).map(Rc::new)) {
                return Some(columns.clone());
            }
            below = first;
        }
        None
    }

    /// Figures under their own heads.
    fn place(&mut self, source: &Source<'_>, row: usize, line: &Line, values: &[GridCell<'_>], columns: &Columns) {
        let right = columns.of.iter().map(|(range, _)| range.end).max().unwrap_or(0);
        let left = columns.left();
        let is_shifted =
            values.iter().any(|value| !value.words.trim().is_empty() && (value.at.1 + value.span.1 > right || value.at.1 < left));
        let over = |range: &Range<usize>| values.iter().filter(|value| meets(range, value)).collect::<Vec<_>>();
        let under = |value: &GridCell<'_>| columns.of.iter().filter(|(range, _)| meets(range, value)).count();
        let reaches = source.is_sheet || columns.of.iter().all(|(range, _)| source.grid.is_taken((row, range.start)));
        let is_filled = |value: &&&GridCell<'_>| !value.words.trim().is_empty();
        let is_crooked = columns.of.iter().any(|(range, _)| {
            let over = over(range);
            let filled: Vec<_> = over.iter().filter(is_filled).collect();
            filled.len() > 1 || filled.iter().any(|value| under(value) > 1)
        }) || source.is_sheet && source.has_moved(row, values, left..right);
        let is_straight = columns.of.iter().all(|(range, _)| matches!(over(range).as_slice(), [one] if under(one) == 1));
        if !is_straight && !source.is_sheet && (is_shifted || !reaches || values.len() == line.cells.len()) {
            return self.in_order(source, row, line, values, columns);
        }
        if is_crooked {
            return self.proved(source, row, line, values, columns);
        }
        if is_straight && let Some(known) = self.orders.get_mut(line.table) {
            *known = Some(columns.order());
        }
        for (cell, (range, head)) in line.cells.iter().zip(&columns.of) {
            match over(range).as_slice() {
                [one] if one.span.0 == 1 => self.claims.words(self.form, *cell, one.words, head, source.at(one)),
                [one] => self.tall(source, *cell, one, head),
                [] => self.nothing(source, row, *cell, range),
                [first, ..] => {
                    let one = over(range).into_iter().find(|value| is_filled(&value)).unwrap_or(*first);
                    self.claims.words(self.form, *cell, one.words, head, source.at(one));
                }
            }
        }
    }

    /// Some figures of the row do not stand under one head: only those that a sum bears out stand where they seem to.
    fn proved(&mut self, source: &Source<'_>, row: usize, line: &Line, values: &[GridCell<'_>], columns: &Columns) {
        let mut figures = vec![None; self.form.cells.len()];
        let mut found = Vec::new();
        for (cell, (range, head)) in line.cells.iter().zip(&columns.of) {
            let over: Vec<&GridCell<'_>> = values.iter().filter(|value| meets(range, value) && !value.words.trim().is_empty()).collect();
            let alone = |value: &GridCell<'_>| columns.of.iter().filter(|(range, _)| meets(range, value)).count() == 1;
            let one = if let [one] = over.as_slice() { Some(*one).filter(|one| alone(one) && one.span.0 == 1) } else { None };
            let entry = one.map(|one| super::figure::entry(self.form.cell(*cell).kind, one.words, head));
            if let Some(figure) = figures.get_mut(cell.index()) {
                *figure = entry.and_then(|entry| entry.value());
            }
            found.push((*cell, one, head));
        }
        let why = "这一行的格子没有对着表头，又没有勾稽关系可以印证";
        for (cell, one, head) in found {
            let checks = self.form.checks_of(cell).iter().map(|id| self.form.check(*id));
            let mut own = checks.filter(|check| proves(check) && check.cells.iter().all(|cell| line.cells.contains(cell)));
            match one.filter(|_| own.any(|check| rules::keeps(self.form, check, &figures) == Some(true))) {
                Some(one) => self.claims.words(self.form, cell, one.words, head, source.at(one)),
                None => self.claims.unreadable(&[cell], &source.row_place(row), &joined(values), why),
            }
        }
    }

    /// One figure for several rows is one figure: it is the first row's, and asked about.
    fn tall(&mut self, source: &Source<'_>, cell: CellId, value: &GridCell<'_>, head: &str) {
        let mut one = Claims::default();
        one.words(self.form, cell, value.words, head, source.at(value));
        let found = one.found(cell);
        let (how, why) = match found.how {
            How::Read => (How::Inferred, format!("原文一个数占 {} 行，算在第一行", value.span.0)),
            how => (how, found.why),
        };
        self.claims.add(cell, Claim { how, entry: found.entry, place: source.at(value), text: found.text, why });
    }

    /// No cell of this row stands here: one from above does, or none.
    fn nothing(&mut self, source: &Source<'_>, row: usize, cell: CellId, range: &Range<usize>) {
        let (why, how) = match source.grid.cell((row, range.start)) {
            Some(_) => ("与上面一行合成一格，没有自己的数", How::Empty),
            None => ("原文这一格是空的", How::Empty),
        };
        let place = Place { at: Some((row, range.start)), ..source.place.clone() };
        self.claims.add(cell, Claim { how, entry: Entry::Blank, place, text: String::new(), why: why.to_owned() });
    }

    /// As many figures as columns, which do not stand under their heads: in order, if the rules bear it out.
    fn in_order(&mut self, source: &Source<'_>, row: usize, line: &Line, values: &[GridCell<'_>], columns: &Columns) {
        let order = columns.order();
        if !order.is_sorted() {
            // Heads that are shifted themselves may seem to stand in another order.
            let why = "表头的次序与表样不同，格子又没有对着表头，分不清各是哪一列的数";
            return self.claims.unreadable(&line.cells, &source.row_place(row), &joined(values), why);
        }
        let heads: Vec<&str> = columns.of.iter().map(|(_, head)| &**head).collect();
        let is_overlap = values.len() == order.len()
            && order.iter().zip(values).all(|(cell, value)| columns.of.get(*cell).is_some_and(|(range, _)| meets(range, value)));
        self.ordered(source, row, line, values, &order, &heads, is_overlap);
    }

    /// No heads in this table: it goes on from one before.
    fn without_heads(&mut self, source: &Source<'_>, row: usize, line: &Line, values: &[GridCell<'_>]) {
        let one = vec![0];
        let order = if line.cells.len() == 1 { Some(one) } else { self.orders.get(line.table).cloned().flatten() };
        let order = order.filter(|order| order.len() == line.cells.len() && self.has_one_head(line));
        match order {
            Some(order) => self.ordered(source, row, line, values, &order, &[], false),
            None => self.claims.unreadable(&line.cells, &source.row_place(row), &joined(values), "没有找到表头，分不清各是哪一列的数"),
        }
    }

    /// All lines of the table have the same heads, so that the order of one is that of all.
    fn has_one_head(&self, line: &Line) -> bool {
        let heads = |line: &Line| line.nearest().map(str::to_owned).collect::<Vec<_>>();
        line.cells.len() == 1 || self.lines.iter().filter(|other| other.table == line.table).all(|other| heads(other) == heads(line))
    }

    #[expect(clippy::too_many_arguments, reason = "one row with all that is known of it")]
    fn ordered(
        &mut self,
        source: &Source<'_>,
        row: usize,
        line: &Line,
        values: &[GridCell<'_>],
        order: &[usize],
        heads: &[&str],
        is_overlap: bool,
    ) {
        let place = source.row_place(row);
        if values.len() != order.len() || values.iter().any(|value| value.span.0 > 1) {
            let why = format!("这一行应有 {} 个数，原文有 {} 格", order.len(), values.len());
            return self.claims.unreadable(&line.cells, &place, &joined(values), &why);
        }
        let mut figures = vec![None; self.form.cells.len()];
        let mut row_claims: Vec<(CellId, Entry, &GridCell<'_>)> = Vec::new();
        for (cell, value) in order.iter().zip(values) {
            let Some(id) = line.cells.get(*cell) else { continue };
            let head = heads.get(*cell).copied().unwrap_or("");
            let entry = super::figure::entry(self.form.cell(*id).kind, value.words, head);
            if let Some(figure) = figures.get_mut(id.index()) {
                *figure = entry.value();
            }
            row_claims.push((*id, entry, value));
        }
        let checks = self.form.checks().map(|(_, check)| check);
        let own: Vec<Option<bool>> = checks
            .filter(|check| proves(check) && check.cells.iter().all(|cell| line.cells.contains(cell)))
            .map(|check| rules::keeps(self.form, check, &figures))
            .collect();
        let is_kept =
            line.cells.len() == 1 || is_overlap && !own.contains(&Some(false)) || own.contains(&Some(true)) && !own.contains(&Some(false));
        if !is_kept {
            return self.claims.unreadable(&line.cells, &place, &joined(values), "格子没有对着表头，又没有勾稽关系可以印证");
        }
        for (id, entry, value) in row_claims {
            match entry {
                Entry::Whole(_) | Entry::Money(_) if is_overlap => self.claims.words(self.form, id, value.words, "", source.at(value)),
                Entry::Whole(_) | Entry::Money(_) => {
                    self.claims.inferred(id, entry, source.at(value), value.words, "格子没有对着表头，按次序读，与勾稽关系相符");
                }
                Entry::Blank | Entry::Reckoned { .. } | Entry::Unread { .. } => {
                    self.claims.words(self.form, id, value.words, "", source.at(value));
                }
            }
        }
    }
}

impl Columns {
    /// The first of them.
    fn left(&self) -> usize {
        self.of.iter().map(|(range, _)| range.start).min().unwrap_or(0)
    }

    /// The cells of the line from left to right, by their places in it.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.of.len()).collect();
        order.sort_by_key(|cell| self.of.get(*cell).map_or(0, |(range, _)| range.start));
        order
    }
}

fn joined(values: &[GridCell<'_>]) -> String {
    values.iter().map(|value| plain(value.words)).collect::<Vec<_>>().join(" ")
}

fn meets(range: &Range<usize>, value: &GridCell<'_>) -> bool {
    value.at.1 < range.end && value.at.1 + value.span.1 > range.start
}

/// A row of heads: words, no figure, and none of the words names a line.
fn is_head(lines: &[Line], cells: &[GridCell<'_>]) -> bool {
    let words = |cell: &&GridCell<'_>| !cell.words.trim().is_empty();
    let own = cells.iter().filter(words);
    let has_figure = cells.iter().filter(words).any(|cell| is_figure(cell.words));
    let is_line = cells.iter().rfind(words).is_some_and(|cell| {
        named(lines, &plain(cell.words)).is_some_and(|(_, line, _)| !line.nearest().any(|head| letters(head) == letters(cell.words)))
    });
    own.count() > 0 && !has_figure && !is_line
}

impl Source<'_> {
    fn rows(&self) -> Vec<Vec<GridCell<'_>>> {
        (0..self.grid.size().0).map(|row| self.row(row)).collect()
    }

    /// The cells that begin in this row.
    fn row(&self, row: usize) -> Vec<GridCell<'_>> {
        self.grid.row(row)
    }

    fn at(&self, cell: &GridCell<'_>) -> Place {
        Place { at: Some(cell.at), ..self.place.clone() }
    }

    fn row_place(&self, row: usize) -> Place {
        Place { at: Some((row, 0)), ..self.place.clone() }
    }

    /// On a sheet everything has a place of its own: a figure beside the heads of figures, or words below them, tell that the row has
    /// moved.
    fn has_moved(&self, row: usize, values: &[GridCell<'_>], heads: Range<usize>) -> bool {
        let is_filled = |cell: &&GridCell<'_>| !cell.words.trim().is_empty();
        let is_beside = |value: &GridCell<'_>| value.at.1 < heads.start || value.at.1 >= heads.end && is_figure(value.words);
        let cells = self.row(row);
        let words = cells.iter().filter(is_filled).filter(|cell| !is_figure(cell.words) && meets(&heads, cell));
        let labels = words.filter(|cell| values.iter().all(|value| value.at != cell.at));
        values.iter().filter(is_filled).any(is_beside) || labels.count() > 0
    }

    fn scrap(&self, cell: &GridCell<'_>) -> Scrap {
        Scrap { place: self.at(cell), text: plain(cell.words) }
    }

    fn columns_in(&self, line: &Line, rows: Range<usize>) -> Option<Columns> {
        let stacks: Vec<Vec<&str>> = (0..self.grid.size().1).map(|col| self.stack(col, rows.clone())).collect();
        let mut of = Vec::new();
        for heads in &line.heads {
            let is_repeated = line.nearest().filter(|head| heads.last().is_some_and(|own| **own == **head)).count() > 1;
            let near = stacks.iter().enumerate().filter_map(|(col, stack)| Some((col, nearness(heads, is_repeated, stack)?)));
            let near: Vec<(usize, usize)> = near.collect();
            let best = near.iter().map(|(_, far)| *far).min()?;
            let cols: Vec<usize> = near.iter().filter(|(_, far)| *far == best).map(|(col, _)| *col).collect();
            let (first, last) = (*cols.first()?, *cols.last()?);
            let is_whole = last - first + 1 == cols.len() && self.is_one_cell(first, last, rows.clone());
            if !is_whole {
                return None;
            }
            of.push((first..last + 1, stacks.get(first)?.concat()));
        }
        let overlap = of.iter().enumerate().any(|(place, (range, _)): (usize, &(Range<usize>, String))| {
            of.iter().skip(place + 1).any(|(other, _)| other.start < range.end && range.start < other.end)
        });
        (!overlap).then_some(Columns { of })
    }

    /// The lowest words in these columns stand in one cell.
    fn is_one_cell(&self, first: usize, last: usize, rows: Range<usize>) -> bool {
        let lowest = |col: usize| {
            rows.clone().rev().find_map(|row| self.grid.cell((row, col)).filter(|cell| !cell.words.trim().is_empty())).map(|cell| cell.at)
        };
        (first..=last).all(|col| lowest(col) == lowest(first))
    }

    /// The words above a column in these rows, the nearest last.
    fn stack(&self, col: usize, rows: Range<usize>) -> Vec<&str> {
        let mut cells: Vec<GridCell<'_>> =
            rows.filter_map(|row| self.grid.cell((row, col))).filter(|cell| !cell.words.trim().is_empty()).collect();
        cells.dedup_by_key(|cell| cell.at);
        cells.into_iter().map(|cell| cell.words).collect()
    }
}

/// How far the words above a column are from a cell's heads; `None` where they are others. A head may be split in two; where the
/// nearest head stands more than once in its line, the one above it tells which.
fn nearness(heads: &[Box<str>], is_repeated: bool, stack: &[&str]) -> Option<usize> {
    let (own, above) = heads.split_last()?;
    let own = Label::new(own);
    let group = above.last().map(|group| Label::new(group));
    let parts = 1..=stack.len().min(3);
    let near = parts.filter_map(|parts| {
        let (over, words) = stack.split_at(stack.len() - parts);
        let in_group =
            !is_repeated || over.iter().any(|words| group.as_ref().is_some_and(|group| group.distance(&Label::new(words)).is_some()));
        own.distance(&Label::new(&words.concat())).filter(|_| in_group)
    });
    near.min()
}

/// The rule says that one figure is the sum of others: where it holds, the figures stand in their places.
pub(super) fn proves(check: &Check) -> bool {
    check.test.equation().is_some()
}
