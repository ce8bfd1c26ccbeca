//! What a register is read for, and what came out of it so far.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::form::Form;
use crate::ledger::{Answers, Counted, Register};
use crate::model::{CellId, Draft, Origin};

/// What a register is read for: the open draft as it stood.
#[derive(Clone, Debug)]
pub struct Office {
    /// The form of the report year.
    pub form: Arc<Form>,
    /// The open draft.
    pub draft: Draft,
    /// Where the answers are kept; none while the draft has no file.
    pub answers_path: Option<PathBuf>,
}

impl Office {
    /// Of the open draft.
    pub fn of(form: Arc<Form>, draft: Draft, path: Option<&Path>) -> Self {
        let fits = |c: &char| !c.is_control() && !"<>:\"/\\|?*.".contains(*c);
        let name: String = draft.agency.chars().filter(fits).take(50).collect();
        let answers_path = path.map(|path| path.with_file_name(format!("{name}台账归类.ron")));
        Self { form, draft, answers_path }
    }

    /// What the draft keeps of an earlier reading.
    pub fn before(&self) -> &Origin {
        &self.draft.ground().origin
    }
}

/// Registers, answers, and what follows from both.
#[derive(Debug)]
pub struct Tallied {
    /// What it is for.
    pub office: Office,
    /// The files.
    pub registers: Arc<Vec<Register>>,
    /// What the office has answered.
    pub answers: Answers,
    /// What came out.
    pub counted: Counted,
}

impl Tallied {
    /// What is typed in a cell of the draft; none where it is blank.
    pub fn typed_in(&self, cell: CellId) -> Option<String> {
        let entry = self.office.draft.entry(cell);
        (!entry.is_blank()).then(|| entry.plain().text())
    }
}
