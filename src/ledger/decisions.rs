//! The office's decisions about the words of its registers, for who reviews the report: what each stands for, since when, and what
//! it stood for before.

use std::collections::BTreeMap;

use super::answers::{Answers, Basis, Decided, SKIP};
use super::ways::{column_name, row_name};
use crate::form::Form;

/// One decision, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What it is about: 办理结果.
    pub about: &'static str,
    /// The word as it stands in registers.
    pub word: String,
    /// What it stands for.
    pub meaning: String,
    /// The report year in which it was decided; none for files written by hand.
    pub year: Option<u16>,
    /// What it stood for before that year.
    pub before: Option<String>,
}

/// What a list of answers is called: in the file, for people.
const COLUMNS: (&str, &str) = ("columns", "列");
const OUTCOMES: (&str, &str) = ("outcomes", "办理结果");
const APPLICANTS: (&str, &str) = ("applicants", "申请人");
const RESULTS: (&str, &str) = ("results", "复议、诉讼结果");
const RESPONDENTS: (&str, &str) = ("respondents", "被申请人、被告");
const CAUSES: (&str, &str) = ("causes", "案由");
const BASIS: (&str, &str) = ("basis", "表四的年度");

impl Answers {
    /// These answers, each that is not among the `known` ones dated with the report year.
    #[must_use]
    pub fn dated(mut self, known: &Self, year: u16) -> Self {
        let before = known.plain();
        for (key, (_, _, value)) in self.plain() {
            let old = before.get(&key).map(|(_, _, value)| value.clone());
            if old.as_ref() != Some(&value) {
                self.decided.insert(key, Decided { year, before: old });
            }
        }
        self
    }

    /// Every decision, list by list.
    pub fn decisions(&self, form: &Form) -> Vec<Decision> {
        let of = |(key, (about, word, value)): (String, (&'static str, String, String))| {
            let list = key.split(':').next().unwrap_or_default().to_owned();
            let decided = self.decided.get(&key);
            let before = decided.and_then(|decided| decided.before.as_deref()).map(|value| meaning(form, &list, value));
            Decision { about, word, meaning: meaning(form, &list, &value), year: decided.map(|decided| decided.year), before }
        };
        self.plain().into_iter().map(of).collect()
    }

    /// Every answer about a word: its key in `decided`, what it is about, the word, the value.
    fn plain(&self) -> BTreeMap<String, (&'static str, String, String)> {
        let texts = |list: (&'static str, &'static str), words: &BTreeMap<String, String>| -> Vec<_> {
            words.iter().map(|(word, value)| (list, word.clone(), value.clone())).collect()
        };
        let flags = |list: (&'static str, &'static str), words: &BTreeMap<String, bool>| -> Vec<_> {
            words.iter().map(|(word, is_so)| (list, word.clone(), is_so.to_string())).collect()
        };
        let columns = self.columns.iter().map(|(field, head)| (COLUMNS, head.clone(), field.name().to_owned())).collect();
        let basis = self.basis.iter().map(|basis| {
            let value = if *basis == Basis::Decided { "decided" } else { "received" };
            (BASIS, String::new(), value.to_owned())
        });
        let all = [
            columns,
            texts(OUTCOMES, &self.outcomes),
            texts(APPLICANTS, &self.applicants),
            texts(RESULTS, &self.results),
            flags(RESPONDENTS, &self.respondents),
            flags(CAUSES, &self.causes),
            basis.collect(),
        ];
        all.concat().into_iter().map(|((key, about), word, value)| (format!("{key}:{word}"), (about, word, value))).collect()
    }
}

/// A value for people.
fn meaning(form: &Form, list: &str, value: &str) -> String {
    match (list, value) {
        ("outcomes", SKIP) => "不是申请，不计".to_owned(),
        ("outcomes" | "results", row) => row_name(form, row),
        ("applicants", column) => column_name(form, column),
        ("respondents", "true") => "是本单位".to_owned(),
        ("respondents", _) => "不是本单位，不计".to_owned(),
        ("causes", "true") => "是政府信息公开案件".to_owned(),
        ("causes", _) => "不是，不计".to_owned(),
        ("basis", "decided") => "按结案年度计".to_owned(),
        ("basis", _) => "按收到年度计".to_owned(),
        (_, field) => format!("读作{field}"),
    }
}
