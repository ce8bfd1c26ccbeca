//! A finding as JSON gives it: the fixed shape, for tables and for text.

use serde::Serialize;
use serde_json::Value;

use crate::form::Form;
use crate::rules::SideValue;

#[derive(Serialize)]
pub(super) struct Found {
    pub rule: String,
    pub at: String,
    pub verdict: &'static str,
    pub severity: &'static str,
    pub left: Summed,
    pub right: Summed,
    /// Left minus right.
    pub difference: Value,
    pub message: String,
    pub hint: String,
    pub source: String,
    /// The written reason for a warning.
    pub reason: Option<String>,
    /// The figures have changed since the reason was written.
    #[serde(rename = "reason_outdated")]
    pub is_outdated: bool,
    /// Where a finding about text stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Place>,
    /// The word that text begins with.
    #[serde(skip)]
    pub word: &'static str,
}

#[derive(Serialize)]
pub(super) struct Summed {
    pub cells: Vec<String>,
    pub value: Value,
}

/// Where in the chapters a finding about text stands.
#[derive(Serialize)]
pub(super) struct Place {
    pub section: String,
    pub start: usize,
    pub end: usize,
    pub quote: String,
    /// What else was found in the same sentence.
    pub also: Vec<Also>,
}

#[derive(Serialize)]
pub(super) struct Also {
    pub rule: String,
    pub start: usize,
    pub end: usize,
    pub verdict: &'static str,
    pub message: String,
}

/// The keys of a side's cells; last year's are `prior.KEY`.
pub(super) fn keys(form: &Form, side: &SideValue) -> Vec<String> {
    let own = side.cells.iter().map(|&cell| form.cell(cell).key.to_string());
    own.chain(side.prior_cells.iter().map(|&cell| format!("prior.{}", form.cell(cell).key))).collect()
}
