//! Last year's report as it stands in the draft's file: a field of its own with a hash of its own, so that `gouji verify` can
//! say that it was this part that was changed.

use crate::form::Report;
use serde::Deserialize;

use super::ron_text::{Pairs, Quoted};
use crate::form::spelling::value_words;
use crate::model::{Fingerprint, Item, LastYear, Prior, SectionId, Value};
use crate::review::Digests;

/// What is known of last year.
#[derive(Default, Deserialize)]
pub(super) enum PriorFile {
    /// Nothing; never written.
    #[default]
    Unknown,
    /// There is no earlier report.
    FirstYear,
    /// This report.
    Report(Box<ReportFile>),
}

/// Last year's report.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReportFile {
    agency: String,
    year: u16,
    form: String,
    source: String,
    #[serde(default)]
    hash: String,
    /// Cell key of its own form → text; every cell, blank ones too.
    figures: Pairs<String>,
    #[serde(default)]
    texts: Pairs<Vec<String>>,
    /// Keys of this year's cells that were filled from here.
    #[serde(default)]
    carried: Vec<String>,
    /// Links of its text: what each was filed under → the cells it followed.
    #[serde(default)]
    links: Pairs<String>,
    /// SM3 of all the above. Not looked at when a draft is opened, see [`is_changed`].
    #[serde(default, rename = "sm3")]
    _sm3: String,
}

impl PriorFile {
    /// As `form::spelling` has it.
    pub fn words(self) -> Vec<String> {
        let report = match self {
            Self::Unknown => return vec!["prior".to_owned()],
            Self::FirstYear => return ["prior", "first-year"].map(String::from).to_vec(),
            Self::Report(report) => *report,
        };
        let mut words = vec!["prior".to_owned(), report.agency, report.year.to_string(), report.form, report.source, report.hash];
        let mut put = |kind: &str, key: String, text: String| words.extend([kind.to_owned(), key, text]);
        report.figures.0.into_iter().for_each(|(key, text)| put("figure", key, text));
        report.texts.0.into_iter().for_each(|(no, paragraphs)| put("text", no, paragraphs.join("\n")));
        report.carried.into_iter().for_each(|key| put("carried", key, String::new()));
        report.links.0.into_iter().for_each(|(at, key)| put("link", at, key));
        words
    }
}

/// The field as it stands in the file; empty where nothing is known.
pub(super) fn encode(report: Report<'_>) -> String {
    match report.draft.last_year() {
        LastYear::Unknown => String::new(),
        LastYear::FirstYear => "    prior: FirstYear,\n".to_owned(),
        LastYear::Report(prior) => field(prior, digest(report)),
    }
}

fn field(prior: &Prior, sm3: Fingerprint) -> String {
    let figure = |(key, text): (&str, &str)| format!("            {}: {},\n", Quoted(key), Quoted(text));
    let figures: String = prior.figures().map(figure).collect();
    let paragraph = |text: &str| format!("                {},\n", Quoted(text));
    let chapter = |(no, text): (SectionId, &str)| {
        format!("            \"{}\": [\n{}            ],\n", no.0, text.split('\n').map(paragraph).collect::<String>())
    };
    let texts: String = prior.texts().map(chapter).collect();
    let carried: Vec<String> = prior.carried().map(|key| Quoted(key).to_string()).collect();
    let links: String = prior.links().map(figure).collect();
    let links = if links.is_empty() { links } else { format!("        links: {{\n{links}        }},\n") };
    let hash = prior.hash.map_or_else(String::new, |hash| hash.to_string());
    format!(
        "    prior: Report((\n        agency: {},\n        year: {},\n        form: {},\n        source: \"{}\",\n        hash: \"{hash}\",\n        figures: {{\n{figures}        }},\n        texts: {{\n{texts}        }},\n        carried: [{}],\n{links}        sm3: \"{sm3}\",\n    )),\n",
        Quoted(&prior.agency),
        prior.year,
        Quoted(&prior.form),
        prior.source.code(),
        carried.join(", "),
    )
}

/// SM3 of the words that last year's report is spelt in.
fn digest(report: Report<'_>) -> Fingerprint {
    let words = value_words(report.form, &Item::LastYear, &Value::LastYear(report.draft.last_year().clone()));
    let line = |word: &String| format!("{}:{word}\n", word.len());
    let text: String = words.iter().map(line).collect();
    Digests::of(text.as_bytes()).sm3
}

/// The draft was read from these bytes, and its last year's report is not what was written there with its hash.
pub(super) fn is_changed(bytes: &[u8], report: Report<'_>) -> bool {
    let line = format!("        sm3: \"{}\",", digest(report));
    report.draft.prior().is_some() && !bytes.split(|byte| *byte == b'\n').any(|found| found == line.as_bytes())
}

/// This line of the file, counted from 1, stands in last year's report.
pub(super) fn has_line(bytes: &[u8], line: usize) -> bool {
    let lines = || (1..).zip(bytes.split(|byte| *byte == b'\n'));
    let Some((first, _)) = lines().find(|(_, text)| text.starts_with(b"    prior: Report((")) else { return false };
    let end = lines().find(|(no, text)| *no > first && text.starts_with(b"    )),")).map_or(first, |(no, _)| no);
    (first..=end).contains(&line)
}
