//! What `gouji ledger` says about a count, and its words for people.

use std::path::Path;

use super::columns::{left, right};
use crate::form::Form;
use crate::ledger::{self, Counted, Fill, Place, Register};
use crate::rules::claims::rule::RULES;

/// What was written.
pub(super) struct Saved {
    pub num_filled: usize,
    pub num_waiting: usize,
    /// The figures of the text that went along, for people.
    pub followed: String,
}

/// What is said about a count.
#[derive(Clone, Copy)]
pub(super) struct CountReport<'a> {
    pub form: &'a Form,
    pub registers: &'a [Register],
    pub counted: &'a Counted,
    pub fill: Option<&'a Fill>,
}

impl CountReport<'_> {
    /// The ways of receipt, or how many requests do not tell theirs.
    fn ways(&self) -> Option<String> {
        let counted = self.counted;
        let name = |way: &str| RULES.name(way).map_or_else(|| way.to_owned(), str::to_owned);
        match counted.settled_ways() {
            Some(ways) => {
                let parts: Vec<String> = ways.iter().map(|(way, figure)| format!("  {} {}", name(way), figure.certain)).collect();
                Some(format!("供正文引用的申请方式\n{}\n", parts.join("\n")))
            }
            None if counted.ways.is_empty() => None,
            None => Some(format!("申请方式有 {} 件没有写或者没有认出，不供正文引用\n", counted.num_wayless)),
        }
    }

    /// For people.
    pub fn text(&self, saved: Option<&Saved>, output: Option<&Path>) -> String {
        let counted = self.counted;
        let names: Vec<&str> = self.registers.iter().map(|register| register.name.as_str()).collect();
        let mut out = vec![format!("台账 {}：{} 行，{} 件\n", names.join("、"), counted.num_lines, counted.num_requests)];
        out.push(format!("{}{}{}{}", left("格", 50), right("已定", 8), right("待确认", 8), right("合起来", 8)));
        for (cell, figure) in counted.figures.iter().filter(|(_, figure)| figure.proposed > 0) {
            let waiting = figure.proposed - figure.certain;
            let columns = [figure.certain, waiting, figure.proposed].map(|number| right(&number.to_string(), 8));
            out.push(format!("{}{}", left(&self.form.cell(*cell).label, 50), columns.concat()));
        }
        out.push("没有列出的格都是 0\n".to_owned());
        out.extend(self.ways());
        out.push(format!("要确认的 {} 处", counted.questions.len()));
        for question in &counted.questions {
            let word = if question.word.is_empty() { String::new() } else { format!("“{}”", question.word) };
            let proposal = question.proposal.as_ref().map_or_else(String::new, |key| format!("；建议 {key}"));
            out.push(format!("  {word}{}（{} 行：{}{proposal}）", question.doubt.asks(), question.lines.len(), lines(&question.lines)));
        }
        out.push(format!("\n台账本身的情况 {} 条", counted.remarks.len()));
        out.extend(counted.remarks.iter().map(|remark| format!("  第 {} 行：{}", remark.place.line, said(remark))));
        for one in self.fill.iter().flat_map(|fill| &fill.differences) {
            out.push(format!("与草稿不同：{} 草稿 {}，台账 {}", self.form.cell(one.cell).label, one.typed.text(), one.counted));
        }
        if let (Some(saved), Some(output)) = (saved, output) {
            let waiting = if saved.num_waiting == 0 {
                String::new()
            } else {
                format!("；还有没定的，{} 格留着没有填", saved.num_waiting)
            };
            out.push(format!("{}已填 {} 格{waiting}；文件：{}", saved.followed, saved.num_filled, output.display()));
        }
        out.join("\n") + "\n"
    }
}

fn said(remark: &ledger::Remarked) -> String {
    if remark.why.is_empty() { remark.name.to_owned() } else { format!("{}：{}", remark.name, remark.why) }
}

/// The first lines of a list.
fn lines(places: &[Place]) -> String {
    const SHOWN: usize = 12;
    let numbers: Vec<String> = places.iter().take(SHOWN).map(|place| place.line.to_string()).collect();
    if places.len() > SHOWN { format!("{} …", numbers.join("、")) } else { numbers.join("、") }
}
