//! What a county finds beside what each report's own check finds: R61 to R69, and figures that are odd among their peers.

use crate::form::{Form, Severity};
use crate::model::{CellId, Entry};

/// Rules of consolidation by their ids in domain.md §2.8 and §2.9; `C01` to `C03` are ours.
pub mod rule {
    /// The county's figure is its own part and all bodies.
    pub const SUM: &str = "R61";
    /// Every body of the roster has handed in.
    pub const ALL_IN: &str = "R62";
    /// Bodies run from above are not in the sum.
    pub const VERTICAL: &str = "R63";
    /// Documents of several bodies are counted once.
    pub const JOINT: &str = "R64";
    /// The sum keeps the form's own rules.
    pub const HOLDS: &str = "R65";
    /// What was handed in stays as it was.
    pub const CHANGED: &str = "R67";
    /// The law's day.
    pub const LEGAL_DAY: &str = "R68";
    /// The county's own day.
    pub const OWN_DAY: &str = "R69";
    /// An amount in 元 where 万元 stands.
    pub const UNIT_SLIP: &str = "C01";
    /// Two bodies with the very same figures.
    pub const TWINS: &str = "C02";
    /// Two columns in each other's place.
    pub const EXCHANGED: &str = "C03";

    /// What a rule is about, in a word; empty for one of another list.
    pub fn about(rule: &str) -> &'static str {
        match rule {
            SUM => "各单位之和",
            ALL_IN => "是否收齐",
            VERTICAL => "垂直管理",
            JOINT => "联合制发",
            HOLDS => "汇总的勾稽",
            CHANGED => "前后两份",
            LEGAL_DAY | OWN_DAY => "期限",
            UNIT_SLIP => "金额单位",
            TWINS => "与别的单位相同",
            EXCHANGED => "两列填反",
            _ => "",
        }
    }
}

/// Something a county found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static str,
    /// The body, by its place on the roster; none where it concerns the county as a whole.
    pub unit: Option<usize>,
    /// Cells it speaks of, in form order.
    pub cells: Vec<CellId>,
    /// How grave it is.
    pub severity: Severity,
    /// It cannot be decided yet.
    pub is_waiting: bool,
    /// In one sentence: what, where, both figures.
    pub message: String,
}

impl Finding {
    /// About a body.
    pub fn of_unit(rule: &'static str, unit: usize, severity: Severity, message: String) -> Self {
        Self { rule, unit: Some(unit), cells: Vec::new(), severity, is_waiting: false, message }
    }

    /// About the county as a whole.
    pub fn of_all(rule: &'static str, severity: Severity, message: String) -> Self {
        Self { rule, unit: None, cells: Vec::new(), severity, is_waiting: false, message }
    }

    /// About these cells.
    #[must_use]
    pub fn at(self, cells: Vec<CellId>) -> Self {
        Self { cells, ..self }
    }

    /// Not decided yet.
    #[must_use]
    pub fn waiting(self) -> Self {
        Self { is_waiting: true, ..self }
    }

    /// It says something of a body by itself: nothing that others send changes it.
    pub(super) fn is_own(&self) -> bool {
        self.unit.is_some() && ![rule::JOINT, rule::HOLDS, rule::UNIT_SLIP, rule::TWINS].contains(&self.rule)
    }

    /// It keeps the sum from standing.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Cells or bodies named before the rest is counted.
pub(super) const MAX_NAMED: usize = 4;

/// Cells in words: the first few by name, the rest counted.
pub(super) fn named(form: &Form, cells: &[CellId]) -> String {
    let names: Vec<&str> = cells.iter().take(MAX_NAMED).map(|cell| &*form.cell(*cell).label).collect();
    let rest = if cells.len() > MAX_NAMED { format!(" 等 {} 格", cells.len()) } else { String::new() };
    format!("{}{rest}", names.join("、"))
}

/// A figure in words.
pub(super) fn shown(form: &Form, cell: CellId, value: Option<i64>) -> String {
    let kind = form.cell(cell).kind;
    value.map_or_else(|| "空白".to_owned(), |value| Entry::of_value(kind, value).shown(kind))
}
