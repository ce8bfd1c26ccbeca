//! Findings about text in the report of a check.

use serde_json::Value;

use super::figure;
use super::found::{Also, Found, Place, Summed, keys};
use crate::form::{Form, Severity};
use crate::model::Kind;
use crate::rules::claims::{Certainty, TextFinding, TextSide};
use crate::rules::{self, SideValue};

fn verdict(found: &TextFinding) -> &'static str {
    match found.certainty {
        Certainty::Broken => "fail",
        Certainty::Look => "uncertain",
    }
}

/// The finding in the shape of all findings, with its place in the text.
pub(super) fn found(form: &Form, found: &TextFinding) -> Found {
    let is_money =
        [&found.left, &found.right].iter().flat_map(|side| &side.cells).any(|cell| matches!(form.cell(*cell).kind, Kind::Money(_)));
    let side =
        |side: &TextSide| SideValue { cells: side.cells.clone(), prior_cells: Vec::new(), value: side.value.map(i128::from), is_money };
    let (left, right) = (side(&found.left), side(&found.right));
    let summed = |side: &SideValue| Summed { cells: keys(form, side), value: figure::of_side(side) };
    let also = |also: &TextFinding| Also {
        rule: also.rule.id.to_string(),
        start: also.chars.start,
        end: also.chars.end,
        verdict: verdict(also),
        message: also.message(),
    };
    Found {
        rule: found.rule.id.to_string(),
        at: found.at(),
        verdict: verdict(found),
        severity: match found.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        },
        left: summed(&left),
        right: summed(&right),
        difference: if left.value.is_some() && right.value.is_some() { figure::of_difference(&left, &right) } else { Value::Null },
        message: found.message(),
        hint: found.hint().to_owned(),
        source: found.rule.source.to_string(),
        reason: None,
        is_outdated: false,
        text: Some(Place {
            section: found.section.0.to_string(),
            start: found.chars.start,
            end: found.chars.end,
            quote: found.quote.clone(),
            also: found.folded.iter().map(also).collect(),
        }),
        word: if found.certainty == Certainty::Look { "请核对" } else { rules::severity_name(found.severity()) },
    }
}
