//! Who asked, on a line: the column of table 三 by kind and name, or what has to be asked.

use super::answers::{Answers, LineAnswer};
use super::applicant::{self, Who};
use super::columns::Field;
use super::doubt::Doubt;
use super::request::{Context, Taken};
use crate::read::lines::Line;

impl<'a> Context<'a, '_> {
    /// The name of who asked, of whatever kind.
    pub fn applicant(&self, line: &'a Line) -> &'a str {
        [Field::Applicant, Field::Body, Field::Person]
            .into_iter()
            .map(|field| self.cell(line, field))
            .find(|name| !name.is_empty())
            .unwrap_or("")
    }

    /// The column of the kind as typed, held against the name; of the name where there is no kind.
    pub fn column(&mut self, line: &'a Line, answer: Option<&LineAnswer>, taken: &mut Taken<'a>) {
        if let Some(column) = answer.and_then(|answer| answer.column.as_deref()) {
            taken.column = Some(column.into());
            return;
        }
        let (person, body) = (self.cell(line, Field::Person), self.cell(line, Field::Body));
        if !person.is_empty() && !body.is_empty() {
            taken.ask(Doubt::NameAgainstKind, body, None);
            return;
        }
        let name = self.who(taken.applicant);
        let name = if person.is_empty() || matches!(name, Who::Several(_)) { name } else { Who::Column("nat".into()) };
        let is_counted = answer.is_some_and(|answer| answer.count.is_some());
        if let (Who::Several(number), false) = (&name, is_counted) {
            taken.ask(Doubt::SeveralPersons, &number.map_or_else(String::new, |number| format!("{number}人")), Some("1"));
        }
        let kind = self.kind(line);
        let has_kind = self.layout.column(Field::Kind).is_some();
        match if has_kind { applicant::of_kind(self.words, &kind) } else { None } {
            None => self.by_name(&name, body, taken),
            Some(Who::Blank) => {
                let proposal = if let Who::Column(column) | Who::Proposed(_, column) = &name { Some(&**column) } else { None };
                taken.column = proposal.map(Into::into);
                taken.ask(Doubt::KindMissing, "", proposal);
            }
            Some(Who::Column(column)) => against_name(column, &kind, &name, taken),
            Some(who) => self.by_word(&who, &kind, taken),
        }
    }

    /// The kind as typed; the heads of the columns that are ticked, where they are the kinds.
    fn kind(&self, line: &'a Line) -> String {
        if self.layout.kind_ticks.is_empty() {
            return self.cell(line, Field::Kind).to_owned();
        }
        let ticked = self.layout.kind_ticks.iter().filter(|(at, _)| !line.cell(*at).is_empty());
        ticked.map(|(_, kind)| kind.as_str()).collect::<Vec<_>>().join("、")
    }

    fn who(&mut self, name: &'a str) -> Who {
        self.names.entry(name).or_insert_with(|| applicant::of_name(self.words, name)).clone()
    }

    /// The name decides, as where there is no kind.
    fn by_name(&self, name: &Who, body: &str, taken: &mut Taken<'a>) {
        match name {
            Who::Column(column) if &**column == "nat" && !body.is_empty() => {
                taken.ask(Doubt::NameAgainstKind, taken.applicant, None);
            }
            Who::Column(column) => taken.column = Some(column.clone()),
            Who::Several(_) => taken.column = Some("nat".into()),
            Who::Blank => taken.ask(Doubt::KindMissing, "", None),
            who => self.by_word(who, taken.applicant, taken),
        }
    }

    /// A word that the office confirms once.
    fn by_word(&self, who: &Who, typed: &str, taken: &mut Taken<'a>) {
        let (word, proposal) = if let Who::Proposed(word, column) = who { (&**word, Some(&**column)) } else { (typed, None) };
        if let Some(column) = Answers::word(&self.answers.applicants, word) {
            taken.column = Some(column.as_str().into());
            return;
        }
        taken.column = proposal.map(Into::into);
        taken.ask(if proposal.is_some() { Doubt::KindAmbiguous } else { Doubt::KindUnknown }, word, proposal);
    }
}

/// The kind is certain unless the name says otherwise.
fn against_name(column: Box<str>, typed: &str, name: &Who, taken: &mut Taken<'_>) {
    let contradicts = match name {
        Who::Column(named) => *named != column,
        Who::Several(_) => &*column != "nat",
        Who::Proposed(..) => &*column == "nat" && taken.applicant.chars().count() > 4,
        Who::Blank | Who::Unknown => false,
    };
    let named = if let Who::Column(named) = name { named.clone() } else { column.clone() };
    if contradicts {
        taken.ask(Doubt::NameAgainstKind, typed, Some(&*named));
    }
    taken.column = Some(if contradicts { named } else { column });
}
