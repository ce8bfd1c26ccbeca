//! Making edits: each kind of value goes to its own kind of item.

use super::{CellId, Draft, Edit, Entry, Ground, Item, LastYear, Reason, ReasonKey, Splice, Totals, Value};

impl Edit {
    /// A cell holds this entry; blank empties it.
    pub fn cell(cell: CellId, entry: Entry) -> Self {
        Self::Set(Item::Cell(cell), Value::Entry(entry))
    }

    /// The control figure (控制数) of a computed total, from paper; blank for none.
    pub fn control(cell: CellId, entry: Entry) -> Self {
        Self::Set(Item::Control(cell), Value::Entry(entry))
    }

    /// The agency's full name (单位全称).
    pub fn agency(name: String) -> Self {
        Self::Set(Item::Agency, Value::Text(name))
    }

    /// Whether totals are typed or computed.
    pub fn totals(totals: Totals) -> Self {
        Self::Set(Item::Totals, Value::Totals(totals))
    }

    /// The written reason for a warning; `None` takes it away.
    pub fn reason(key: ReasonKey, reason: Option<Reason>) -> Self {
        Self::Set(Item::Reason(key), Value::Reason(reason))
    }

    /// What is known of last year: its report, or that there was none.
    pub fn last_year(last: LastYear) -> Self {
        Self::Set(Item::LastYear, Value::LastYear(last))
    }

    /// What the draft rests on.
    pub fn ground(ground: Ground) -> Self {
        Self::Set(Item::Ground, Value::Ground(ground))
    }

    /// The edit that leads from one value of an item to another; `None` where they are the same. A text changes in one place.
    pub fn between(item: &Item, from: &Value, to: Value) -> Option<Self> {
        if *from == to {
            return None;
        }
        Some(match (item, from, &to) {
            (Item::Text(section), Value::Text(from), Value::Text(to)) => Self::Text(*section, Splice::between(from, to)?),
            _ => Self::Set(item.clone(), to),
        })
    }

    /// It changes something of this draft.
    pub fn changes(&self, draft: &Draft) -> bool {
        match self {
            Self::Set(item, value) => draft.value(item) != *value,
            Self::Text(_, splice) => splice.old != splice.new,
            Self::Review(review) => draft.review() != &**review,
        }
    }
}
