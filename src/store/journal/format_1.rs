//! Edits as journals of format 1 have them (gouji before issue 11). Only read.

use serde::Deserialize;

/// An edit by the form's own names.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum Written {
    /// Key and text as typed.
    Cell(String, String),
    /// At character `at` of a chapter `old` became `new`.
    Text { section: u8, at: usize, old: String, new: String },
    /// The agency's full name.
    Agency(String),
    /// Totals are computed.
    Computed(bool),
    /// Key of a total and its control figure as typed.
    Control(String, String),
    /// The reason for a warning; none took it away.
    Reason { rule: String, at: String, text: Option<String>, figures: Vec<(String, String)> },
}

impl Written {
    /// The same edit as it is spelt today.
    pub fn words(self) -> Vec<String> {
        let (word, rest) = match self {
            Self::Cell(key, text) => ("cell", vec![key, text]),
            Self::Control(key, text) => ("control", vec![key, text]),
            Self::Text { section, at, old, new } => ("splice", vec![section.to_string(), at.to_string(), old, new]),
            Self::Agency(name) => ("agency", vec![name]),
            Self::Computed(is_computed) => ("totals", vec![if is_computed { "computed" } else { "typed" }.to_owned()]),
            Self::Reason { rule, at, text: None, .. } => ("reason", vec![rule, at]),
            Self::Reason { rule, at, text: Some(text), figures } => {
                ("reason", [rule, at, text].into_iter().chain(figures.into_iter().flat_map(|(key, figure)| [key, figure])).collect())
            }
        };
        std::iter::once(word.to_owned()).chain(rest).collect()
    }
}
