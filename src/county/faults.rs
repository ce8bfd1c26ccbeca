//! Everything wrong with a body's report in one list: the rules it breaks, with both sides' figures, and what the county finds.

use super::assembled::County;
use crate::form::Severity;
use crate::rules;

/// Something wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rule.
    pub rule: String,
    /// How grave it is.
    pub severity: Severity,
    /// Where: a line of a table, or a cell.
    pub place: String,
    /// What, with both figures.
    pub words: String,
}

impl County {
    /// What is wrong with the report of a body that counts; errors first. What its text says is found when it is read again.
    pub fn faults_of(&self, place: usize) -> Vec<Fault> {
        let form = &self.form;
        let checks = self.counted(place).into_iter().flat_map(|taken| &taken.broken);
        let own = checks.filter_map(|check| form.checks.get(usize::from(*check))).map(|check| {
            let rule = form.rule(check);
            let words = self.sides(place, check).map_or_else(|| rule.says.to_string(), |sides| format!("{}（{sides}）", rule.says));
            Fault { rule: rule.id.to_string(), severity: rule.severity, place: check.line.to_string(), words }
        });
        let found = self.findings_of(place).map(|finding| {
            let cells: Vec<&str> = finding.cells.iter().take(2).map(|cell| &*form.cell(*cell).label).collect();
            let words = finding.message.clone();
            Fault { rule: finding.rule.to_owned(), severity: finding.severity, place: cells.join("、"), words }
        });
        let mut faults: Vec<Fault> = own.chain(found).collect();
        faults.sort_by_key(|fault| fault.severity != Severity::Error);
        faults
    }

    /// The same for every body and the county as a whole, as rows of a list.
    pub fn fault_rows(&self) -> Vec<[String; 5]> {
        let row = |name: &str, fault: Fault| {
            let severity = rules::severity_name(fault.severity).to_owned();
            [name.to_owned(), fault.rule, severity, fault.place, fault.words]
        };
        let of_units = (0..self.standings.len()).flat_map(|place| self.faults_of(place).into_iter().map(move |fault| (place, fault)));
        let mut rows: Vec<[String; 5]> = of_units.map(|(place, fault)| row(self.name(place), fault)).collect();
        let of_all = self.findings.iter().filter(|finding| finding.unit.is_none());
        rows.extend(of_all.map(|finding| {
            let cells: Vec<&str> = finding.cells.iter().take(2).map(|cell| &*self.form.cell(*cell).label).collect();
            let severity = rules::severity_name(finding.severity).to_owned();
            ["全县".to_owned(), finding.rule.to_owned(), severity, cells.join("、"), finding.message.clone()]
        }));
        rows
    }
}
