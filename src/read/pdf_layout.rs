//! Characters and lines on paper → tables and lines of text.

use std::collections::BTreeMap;

use super::{At, Grid, Leaf, Page, Piece, Stretch};

/// How far apart two edges may be and still be the same, in points.
const SAME: f64 = 2.5;
/// Thickest line, in points.
const THIN: f64 = 2.6;
/// Shortest line that parts cells, in points.
const SHORTEST: f64 = 4.0;
/// Most lines of a page; more is a drawing.
const MAX_RULES: usize = 6_000;

/// Farther out than any paper reaches, in points.
const OFF_PAPER: f64 = 1e6;

/// A character.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// Left end of its base line, in points from the left and from below.
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub size: f64,
    pub words: String,
}

/// A line, as the rectangle round it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    left: f64,
    right: f64,
    low: f64,
    high: f64,
}

impl Rule {
    pub fn around(points: &[(f64, f64)]) -> Self {
        let least = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).fold(f64::INFINITY, f64::min);
        let most = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
        Self { left: least(|at| at.0), right: most(|at| at.0), low: least(|at| at.1), high: most(|at| at.1) }
    }

    pub fn is_thin(&self) -> bool {
        let (wide, tall) = (self.right - self.left, self.high - self.low);
        wide.is_finite() && tall.is_finite() && wide.min(tall) <= THIN && wide.max(tall) >= SHORTEST
    }

    fn is_level(&self) -> bool {
        self.right - self.left >= self.high - self.low
    }

    fn meets(&self, other: &Self) -> bool {
        self.left - SAME <= other.right && other.left - SAME <= self.right && self.low - SAME <= other.high && other.low - SAME <= self.high
    }
}

/// The pages as far as they are read.
#[derive(Default)]
pub(super) struct Layout {
    page: Page,
    num_pages: usize,
    /// Where the columns of the last table begin and end, while nothing follows it.
    last: Option<Vec<f64>>,
}

impl Layout {
    /// What stands on the next page.
    pub fn add(&mut self, mut glyphs: Vec<Glyph>, rules: Vec<Rule>) {
        self.num_pages += 1;
        glyphs.retain(|glyph| [glyph.x, glyph.y, glyph.width, glyph.size].iter().all(|at| at.abs() < OFF_PAPER));
        drop_doubles(&mut glyphs);
        let mut tables: Vec<Ruled> =
            if rules.len() > MAX_RULES { Vec::new() } else { groups(rules).into_iter().filter_map(Ruled::new).collect() };
        tables.sort_by(|a, b| b.top().total_cmp(&a.top()));
        let usual = usual_size(&glyphs);
        let mut loose = Vec::new();
        for glyph in glyphs {
            // Letters across the page are a watermark.
            if glyph.size > usual * 3.0 {
                continue;
            }
            if !tables.iter_mut().any(|table| table.put(&glyph)) {
                loose.push(glyph);
            }
        }
        let mut pieces: Vec<(f64, Part)> = tables.into_iter().map(|table| (table.top(), Part::Table(table))).collect();
        pieces.extend(text_lines(loose).into_iter().map(|(y, line)| (y, Part::Line(line))));
        pieces.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (_, part) in pieces {
            self.push(part);
        }
    }

    fn push(&mut self, part: Part) {
        let on = Leaf::Page(self.num_pages);
        match part {
            Part::Line(line) if super::text::is_page_number(&line) => self.page.edges.push(line),
            Part::Line(line) => {
                self.last = None;
                self.page.pieces.push(Piece { on, what: Stretch::Text(line) });
            }
            Part::Table(table) => {
                let cols = table.cols.clone();
                let grid = table.grid();
                let goes_on = self
                    .last
                    .as_ref()
                    .is_some_and(|last| last.len() == cols.len() && last.iter().zip(&cols).all(|(a, b)| (a - b).abs() < SAME * 2.0));
                match self.page.pieces.last_mut() {
                    Some(Piece { what: Stretch::Table(before), .. }) if goes_on => before.append(&grid),
                    _ => self.page.pieces.push(Piece { on, what: Stretch::Table(grid) }),
                }
                self.last = Some(cols);
            }
        }
    }

    pub fn page(self) -> Page {
        self.page
    }
}

enum Part {
    Line(String),
    Table(Ruled),
}

/// Bold type is often made by painting twice: one of two equal characters in one place goes.
fn drop_doubles(glyphs: &mut Vec<Glyph>) {
    let mut seen: BTreeMap<(i64, i64), Vec<Glyph>> = BTreeMap::new();
    #[expect(clippy::cast_possible_truncation, reason = "a place on paper")]
    let near = |x: f64| (x / 2.0).floor().clamp(-OFF_PAPER, OFF_PAPER) as i64;
    glyphs.retain(|glyph| {
        let (col, row) = (near(glyph.x), near(glyph.y));
        let around = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (col + dx, row + dy)));
        let is_same = |other: &Glyph| {
            let most = glyph.size * 0.15;
            other.words == glyph.words && (other.x - glyph.x).abs() < most && (other.y - glyph.y).abs() < most
        };
        let is_double = around.filter_map(|slot| seen.get(&slot)).flatten().any(is_same);
        if !is_double {
            seen.entry((col, row)).or_default().push(glyph.clone());
        }
        !is_double
    });
}

fn usual_size(glyphs: &[Glyph]) -> f64 {
    let mut sizes: Vec<f64> = glyphs.iter().map(|glyph| glyph.size).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(10.0)
}

/// Lines that touch each other belong to one table.
fn groups(rules: Vec<Rule>) -> Vec<Vec<Rule>> {
    let mut groups: Vec<Vec<Rule>> = Vec::new();
    let mut rules = rules;
    while let Some(first) = rules.pop() {
        let mut group = vec![first];
        let mut place = 0;
        while let Some(one) = group.get(place).copied() {
            let (near, far): (Vec<Rule>, Vec<Rule>) = rules.into_iter().partition(|other| one.meets(other));
            group.extend(near);
            rules = far;
            place += 1;
        }
        groups.push(group);
    }
    groups
}

/// A table found by its lines.
struct Ruled {
    rows: Vec<f64>,
    cols: Vec<f64>,
    /// The cell of each slot, row by row.
    cell: Vec<usize>,
    /// What stands in each cell.
    glyphs: Vec<Vec<Glyph>>,
}

impl Ruled {
    fn new(rules: Vec<Rule>) -> Option<Self> {
        let (level, upright): (Vec<Rule>, Vec<Rule>) = rules.into_iter().partition(Rule::is_level);
        let middle = |a: f64, b: f64| f64::midpoint(a, b);
        let mut rows = edges(level.iter().map(|rule| middle(rule.low, rule.high)));
        rows.reverse();
        let cols = edges(upright.iter().map(|rule| middle(rule.left, rule.right)));
        let (num_rows, num_cols) = (rows.len().checked_sub(1)?, cols.len().checked_sub(1)?);
        if num_rows == 0 || num_cols == 0 || num_rows * num_cols < 2 || num_rows * num_cols > 20_000 {
            return None;
        }
        let has_level = |y: f64, x: f64| {
            level.iter().any(|rule| (middle(rule.low, rule.high) - y).abs() < SAME && rule.left - 1.0 <= x && x <= rule.right + 1.0)
        };
        let has_upright = |x: f64, y: f64| {
            upright.iter().any(|rule| (middle(rule.left, rule.right) - x).abs() < SAME && rule.low - 1.0 <= y && y <= rule.high + 1.0)
        };
        let at = |edges: &[f64], place: usize| edges.get(place).copied().unwrap_or_default();
        let mut cell = vec![usize::MAX; num_rows * num_cols];
        let mut num = 0;
        for start in 0..cell.len() {
            if cell.get(start) != Some(&usize::MAX) {
                continue;
            }
            let mut open = vec![start];
            while let Some(slot) = open.pop() {
                if cell.get(slot) != Some(&usize::MAX) {
                    continue;
                }
                if let Some(own) = cell.get_mut(slot) {
                    *own = num;
                }
                let (row, col) = (slot / num_cols, slot % num_cols);
                let (x, y) = (middle(at(&cols, col), at(&cols, col + 1)), middle(at(&rows, row), at(&rows, row + 1)));
                if col + 1 < num_cols && !has_upright(at(&cols, col + 1), y) {
                    open.push(slot + 1);
                }
                if col > 0 && !has_upright(at(&cols, col), y) {
                    open.push(slot - 1);
                }
                if row + 1 < num_rows && !has_level(at(&rows, row + 1), x) {
                    open.push(slot + num_cols);
                }
                if row > 0 && !has_level(at(&rows, row), x) {
                    open.push(slot - num_cols);
                }
            }
            num += 1;
        }
        Some(Self { rows, cols, cell, glyphs: vec![Vec::new(); num] })
    }

    fn top(&self) -> f64 {
        self.rows.first().copied().unwrap_or_default()
    }

    fn put(&mut self, glyph: &Glyph) -> bool {
        let (x, y) = (glyph.x + glyph.width / 2.0, glyph.y + glyph.size * 0.3);
        let col = self.cols.windows(2).position(|pair| matches!(pair, [left, right] if *left <= x && x < *right));
        let row = self.rows.windows(2).position(|pair| matches!(pair, [top, low] if *low <= y && y < *top));
        let (Some(col), Some(row)) = (col, row) else { return false };
        let num_cols = self.cols.len() - 1;
        if let Some(cell) = self.cell.get(row * num_cols + col).copied().and_then(|cell| self.glyphs.get_mut(cell)) {
            cell.push(glyph.clone());
        }
        true
    }

    fn grid(self) -> Grid {
        let num_cols = self.cols.len() - 1;
        let mut spans: BTreeMap<usize, (At, At)> = BTreeMap::new();
        for (slot, cell) in self.cell.iter().enumerate() {
            let at = (slot / num_cols, slot % num_cols);
            let span = spans.entry(*cell).or_insert((at, at));
            span.0 = (span.0.0.min(at.0), span.0.1.min(at.1));
            span.1 = (span.1.0.max(at.0), span.1.1.max(at.1));
        }
        let mut grid = Grid::default();
        for (cell, (first, last)) in spans {
            let glyphs = self.glyphs.get(cell).cloned().unwrap_or_default();
            let words = text_lines(glyphs).into_iter().map(|(_, line)| line.trim().to_owned()).collect::<Vec<_>>().join("\n");
            grid.put(first, (last.0 - first.0 + 1, last.1 - first.1 + 1), &words);
        }
        grid
    }
}

/// Different edges in order.
fn edges(all: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut edges: Vec<f64> = all.filter(|edge| edge.is_finite()).collect();
    edges.sort_by(f64::total_cmp);
    edges.dedup_by(|next, last| *next - *last < SAME);
    edges
}

/// Characters as lines from above, gaps between them as blanks; each with its height.
fn text_lines(mut glyphs: Vec<Glyph>) -> Vec<(f64, String)> {
    glyphs.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut lines: Vec<(f64, Vec<Glyph>)> = Vec::new();
    for glyph in glyphs {
        match lines.last_mut() {
            Some((y, line)) if (*y - glyph.y).abs() < glyph.size * 0.5 => line.push(glyph),
            _ => lines.push((glyph.y, vec![glyph])),
        }
    }
    lines.into_iter().map(|(y, line)| (y, set(line))).collect()
}

/// One line: a gap as wide as so many blanks is so many blanks.
fn set(mut line: Vec<Glyph>) -> String {
    line.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut text = String::new();
    let mut end = line.first().map_or(0.0, |_| 0.0);
    for glyph in &line {
        let blank = (glyph.size * 0.5).max(1.0);
        let gap = if text.is_empty() { 0.0 } else { glyph.x - end };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded and clamped")]
        let num = (gap / blank + 0.4).clamp(0.0, 60.0) as usize;
        text.extend(std::iter::repeat_n(' ', num));
        text.push_str(&glyph.words);
        end = glyph.x + glyph.width;
    }
    text
}
