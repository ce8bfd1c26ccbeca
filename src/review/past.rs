//! What the proof of a step asks of the log before it, carried along from step to step: to look through the whole log for each
//! step anew would take minutes where it has thousands.

use std::collections::BTreeSet;

use crate::model::{Action, Person, Role, Status, Step, Workflow, plain_name};

/// What a log says up to a step.
#[derive(Clone, Debug, Default)]
pub(super) struct Past {
    /// The office's steps.
    pub workflow: Workflow,
    /// Who has filled some of the report, as they wrote themselves.
    clerks: BTreeSet<Box<str>>,
    status: Status,
    /// Who has opened the report since it has this status.
    received: BTreeSet<(Role, String)>,
}

impl Past {
    /// With one more step.
    #[must_use]
    pub fn with(mut self, step: &Step) -> Self {
        match &step.action {
            Action::Arrange(workflow) => self.workflow = *workflow,
            Action::Resubmit(_) => self.workflow = Workflow::default(),
            _ => {}
        }
        self.clerks.extend(step.clerks().map(Into::into));
        if step.status != self.status {
            self.received.clear();
        }
        self.status = step.status;
        if step.action == Action::Receive {
            self.received.insert(reader(&step.person));
        }
        self
    }

    /// Somebody of this name, written to the letter, has filled some of the report.
    pub fn has_filled_to_the_letter(&self, name: &str) -> bool {
        self.clerks.contains(name)
    }

    /// Somebody of this name, however it is written, has filled some of the report.
    pub fn has_filled(&self, name: &str) -> bool {
        let name = plain_name(name);
        self.clerks.iter().any(|clerk| plain_name(clerk) == name)
    }

    /// This person has opened the report where it stands, in this place.
    pub fn has_received(&self, person: &Person) -> bool {
        self.received.contains(&reader(person))
    }
}

fn reader(person: &Person) -> (Role, String) {
    (person.role, plain_name(&person.name))
}
