//! The formulas of rules: `new.* + carry_in.* = total.* + carry_out.*`.
//!
//! Comparisons of sums, joined by `and`, alternatives by `or`. A term is a cell key, a whole number, a key with a whole
//! factor (`5 key`) or a share (`40% key`), or a table's id, which stands for all its cells. `*` stands for the line. `prior.key`
//! is what last year's report holds in its cell of that key.

use crate::model::CellId;

/// A relation between two sums.
#[derive(Debug)]
pub struct Comparison {
    /// The left sum.
    pub left: Side,
    /// How the left stands to the right.
    pub relation: Relation,
    /// The right sum.
    pub right: Side,
}

impl Comparison {
    /// Cells on both sides, as often as they are written.
    pub fn num_terms(&self) -> usize {
        self.terms().count()
    }

    /// All terms, left side first, in the order written.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.left.terms.iter().chain(&self.right.terms)
    }

    /// It speaks of last year's report as well.
    pub fn is_across_years(&self) -> bool {
        self.terms().any(|term| term.is_prior)
    }
}

/// A sum of cells and numbers.
#[derive(Debug, Default)]
pub struct Side {
    /// Cells with their factors, in the order written.
    pub terms: Vec<Term>,
    /// The plain numbers, summed up, in hundredths.
    pub constant: i64,
}

/// One cell of a sum.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    /// The cell.
    pub cell: CellId,
    /// Its factor in hundredths: 100 for a plain summand, -100 for a subtracted one, 40 for `40%`.
    pub factor: i64,
    /// What last year's report holds in its cell of the same key.
    pub is_prior: bool,
}

/// How two sums stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// `=`
    Equal,
    /// `!=`
    Unequal,
    /// `>`
    Above,
    /// `>=`
    AtLeast,
    /// `<`
    Below,
    /// `<=`
    AtMost,
}

impl Relation {
    /// The relation holds.
    pub fn holds(self, left: i128, right: i128) -> bool {
        match self {
            Self::Equal => left == right,
            Self::Unequal => left != right,
            Self::Above => left > right,
            Self::AtLeast => left >= right,
            Self::Below => left < right,
            Self::AtMost => left <= right,
        }
    }

    /// The sign for people.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "＝",
            Self::Unequal => "≠",
            Self::Above => "＞",
            Self::AtLeast => "≥",
            Self::Below => "＜",
            Self::AtMost => "≤",
        }
    }

    /// What holds when this does not.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Equal => Self::Unequal,
            Self::Unequal => Self::Equal,
            Self::Above => Self::AtMost,
            Self::AtLeast => Self::Below,
            Self::Below => Self::AtLeast,
            Self::AtMost => Self::Above,
        }
    }

    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "=" => Self::Equal,
            "!=" => Self::Unequal,
            ">" => Self::Above,
            ">=" => Self::AtLeast,
            "<" => Self::Below,
            "<=" => Self::AtMost,
            _ => return None,
        })
    }
}

/// The largest factor or number a formula may hold; keeps every sum far inside `i128`.
const MAX_NUMBER: i64 = 1_000_000_000_000;

/// Most words of a formula; the longest shipped one has 43.
const MAX_WORDS: usize = 1_000;

/// Most cells of one sum; the largest shipped one has 175.
const MAX_TERMS: usize = 4_000;

/// The word that a term about last year begins with.
const PRIOR: &str = "prior.";

/// Reads one comparison or several alternatives. `cells_of` turns a key or table id into cells.
///
/// # Errors
/// The word that does not fit.
pub(super) fn parse(text: &str, cells_of: &dyn Fn(&str) -> Option<Vec<CellId>>) -> Result<Vec<Vec<Comparison>>, String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() > MAX_WORDS {
        return Err(format!("{}…", words.first().copied().unwrap_or_default()));
    }
    words
        .split(|&word| word == "or")
        .map(|alternative| alternative.split(|&word| word == "and").map(|words| comparison(words, cells_of)).collect())
        .collect()
}

fn comparison(words: &[&str], cells_of: &dyn Fn(&str) -> Option<Vec<CellId>>) -> Result<Comparison, String> {
    let middle = words.iter().position(|word| Relation::parse(word).is_some());
    let (left, rest) = words.split_at(middle.ok_or_else(|| words.join(" "))?);
    let Some((relation, right)) = rest.split_first() else { return Err(words.join(" ")) };
    let relation = Relation::parse(relation).ok_or_else(|| (*relation).to_owned())?;
    Ok(Comparison { left: side(left, cells_of)?, relation, right: side(right, cells_of)? })
}

fn side(words: &[&str], cells_of: &dyn Fn(&str) -> Option<Vec<CellId>>) -> Result<Side, String> {
    let mut side = Side::default();
    let mut sign = Some(1);
    let mut number = None;
    for &word in words {
        match (sign, number, word) {
            (None, _, "+") => sign = Some(1),
            (None, _, "-") => sign = Some(-1),
            (Some(_), None, _) if word.starts_with(|c: char| c.is_ascii_digit()) => {
                number = Some(hundredths(word).ok_or_else(|| word.to_owned())?);
            }
            // A number followed by + or - was a plain summand.
            (Some(now), Some(plain), "+" | "-") => {
                side.constant += now * plain;
                sign = Some(if word == "+" { 1 } else { -1 });
                number = None;
            }
            (Some(now), factor, _) => {
                let factor = now * factor.unwrap_or(100);
                let (key, is_prior) = word.strip_prefix(PRIOR).map_or((word, false), |key| (key, true));
                // Last year's table may have had other cells: they are named one by one.
                let fits = |cells: &Vec<CellId>| cells.len() + side.terms.len() <= MAX_TERMS && (!is_prior || cells.len() == 1);
                let cells = cells_of(key).filter(fits).ok_or_else(|| word.to_owned())?;
                side.terms.extend(cells.into_iter().map(|cell| Term { cell, factor, is_prior }));
                (sign, number) = (None, None);
            }
            (None, _, _) => return Err(word.to_owned()),
        }
    }
    match (sign, number) {
        (Some(now), Some(plain)) => side.constant += now * plain,
        (Some(_), None) => return Err(words.join(" ")),
        (None, _) => {}
    }
    Ok(side)
}

/// `5` is 500 hundredths, `40%` is 40.
fn hundredths(word: &str) -> Option<i64> {
    let (digits, scale) = match word.strip_suffix('%') {
        Some(digits) => (digits, 1),
        None => (word, 100),
    };
    let number: i64 = digits.parse().ok().filter(|number| *number <= MAX_NUMBER)?;
    Some(number * scale)
}
