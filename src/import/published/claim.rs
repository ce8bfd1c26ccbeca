//! What the readers say of cells, and what is made of it where they say more than one thing.

use std::collections::BTreeMap;

use super::account::{Found, How, Place};
use super::figure;
use super::lines::Line;
use crate::form::Form;
use crate::model::{CellId, Entry};

/// What one place in the source says of a cell.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub how: How,
    pub entry: Entry,
    pub place: Place,
    pub text: String,
    pub why: String,
}

/// All claims.
#[derive(Debug, Default)]
pub(super) struct Claims(BTreeMap<CellId, Vec<Claim>>);

impl Claims {
    /// Nothing was made out of any cell of the line.
    pub fn is_open(&self, line: &Line) -> bool {
        let unread = |claims: &Vec<Claim>| claims.iter().all(|claim| claim.how == How::Unreadable && claim.entry.is_blank());
        line.cells.iter().all(|cell| self.0.get(cell).is_none_or(unread))
    }

    /// How many cells have a figure.
    pub fn num_figures(&self) -> usize {
        self.0.values().filter(|claims| claims.iter().any(|claim| claim.how.has_figure())).count()
    }

    /// How many cells have a place in the source.
    pub fn num_places(&self) -> usize {
        self.0.len()
    }

    /// Figures as they are known so far, in form order; none where claims differ.
    pub fn values(&self, form: &Form) -> Vec<Option<i64>> {
        let value = |cell: CellId| resolved(self.0.get(&cell)?).filter(|claim| claim.how.has_figure())?.entry.value();
        form.cells().map(|(cell, _)| value(cell)).collect()
    }

    pub fn add(&mut self, cell: CellId, claim: Claim) {
        self.0.entry(cell).or_default().push(claim);
    }

    /// The words stand in the cell's own place.
    pub fn words(&mut self, form: &Form, cell: CellId, words: &str, head: &str, place: Place) {
        let entry = figure::entry(form.cell(cell).kind, words, head);
        let (how, why) = match &entry {
            Entry::Blank => (How::Empty, "原文这一格是空的".to_owned()),
            Entry::Unread { why, .. } => (How::Unreadable, why.advice().to_owned()),
            Entry::Reckoned { .. } => (How::Unreadable, "写的是算式，不是数；请核对以后自己填".to_owned()),
            Entry::Whole(_) if has_needless_zero(words) => (How::Unreadable, "数字前面多了 0，可能是两个数写在了一格里".to_owned()),
            Entry::Whole(_) | Entry::Money(_) => (How::Read, String::new()),
        };
        // What a draft would read otherwise than it is meant here (an amount whose unit nobody tells) stays out of it.
        let kind = form.cell(cell).kind;
        let is_other = || Entry::read(kind, &entry.text()) != entry;
        let entry = if how == How::Unreadable && (entry.value().is_some() || is_other()) { Entry::Blank } else { entry };
        self.add(cell, Claim { how, entry, place, text: words.trim().to_owned(), why });
    }

    /// The figure follows from the rules.
    pub fn inferred(&mut self, cell: CellId, entry: Entry, place: Place, text: &str, why: &str) {
        self.add(cell, Claim { how: How::Inferred, entry, place, text: text.trim().to_owned(), why: why.to_owned() });
    }

    /// Nothing can be said for sure of these cells.
    pub fn unreadable(&mut self, cells: &[CellId], place: &Place, text: &str, why: &str) {
        for cell in cells {
            let claim = Claim {
                how: How::Unreadable,
                entry: Entry::Blank,
                place: place.clone(),
                text: text.trim().to_owned(),
                why: why.to_owned(),
            };
            self.add(*cell, claim);
        }
    }

    /// What was found of the cell.
    pub fn found(&self, cell: CellId) -> Found {
        let Some(claims) = self.0.get(&cell) else {
            return Found {
                how: How::Missing,
                entry: Entry::Blank,
                place: None,
                text: String::new(),
                why: "没有找到这一格".to_owned(),
                doubts: Vec::new(),
            };
        };
        let of = |claim: &Claim| Found {
            how: claim.how,
            entry: claim.entry.clone(),
            place: Some(claim.place.clone()),
            text: claim.text.clone(),
            why: claim.why.clone(),
            doubts: Vec::new(),
        };
        if let Some(claim) = resolved(claims) {
            return of(claim);
        }
        let texts: Vec<&str> = claims.iter().map(|claim| &*claim.text).collect();
        let first = claims.first().map(of);
        let why = format!("出现了 {} 次，数不一样：{}", claims.len(), texts.join("、"));
        Found { how: How::Unreadable, entry: Entry::Blank, why, ..first.unwrap_or_else(|| Self::default().found(cell)) }
    }
}

/// `03`, as two figures in one cell look.
fn has_needless_zero(words: &str) -> bool {
    let words = figure::plain(words);
    let digits: Vec<char> = words.trim_start_matches(['-', '+']).chars().take_while(char::is_ascii_digit).collect();
    digits.len() > 1 && digits.first() == Some(&'0')
}

/// The one claim that stands: figures agree, or there is none and the best reason is given.
fn resolved(claims: &[Claim]) -> Option<&Claim> {
    let best = claims.iter().min_by_key(|claim| claim.how)?;
    let differs = |claim: &&Claim| claim.how.has_figure() && claim.entry.value() != best.entry.value();
    let agrees = !best.how.has_figure() || claims.iter().find(differs).is_none();
    agrees.then_some(best)
}
