//! Rules about text as data (`assets/text/rules.ron`): id, severity, basis, source, wording.

use std::borrow::Cow;
use std::sync::LazyLock;

use serde::Deserialize;

use super::words::Lexicon;
use crate::form::wording::Wordings;
use crate::form::{Basis, Form, Severity};

/// A rule about the text chapters, written once.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextRule {
    /// Stable id: `R43b`.
    pub id: Box<str>,
    /// What a certain breach means for submission.
    pub severity: Severity,
    /// The kind of reason it rests on.
    pub basis: Basis,
    /// Where it is written down.
    pub source: Box<str>,
    /// What must hold.
    pub says: Box<str>,
    /// Wording where the text is certainly wrong.
    pub message: Box<str>,
    /// Wording where it may be right.
    pub look: Box<str>,
    /// What to look at first.
    pub hint: Box<str>,
}

/// A notice that a form rests on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Id of the form.
    pub form: Box<str>,
    /// Year and number.
    pub number: (u16, u16),
    /// A part of its title that no other notice has.
    pub title: Box<str>,
}

/// Everything the text chapters are judged by, beside the words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextRules {
    /// The rules, in the order findings are weighed.
    pub rules: Vec<TextRule>,
    /// The notices of the forms.
    pub notices: Vec<Notice>,
    /// Number of the decree of the State Council with the regulation.
    pub decree: u16,
    /// The six parts of the report, and words that stand for each.
    pub parts: Vec<(Box<str>, Vec<Box<str>>)>,
    /// Characters that 总体情况 should not exceed, where that is asked for.
    pub overview_limit: Option<usize>,
    /// Words that a template leaves behind.
    pub leftovers: Vec<Box<str>>,
    /// Marks of secrecy.
    pub secrecy: Vec<Box<str>>,
    /// Short names of sums of cells.
    names: Vec<(Box<str>, Box<str>)>,
}

impl TextRules {
    /// Reads them from RON text.
    ///
    /// # Errors
    /// The text has not the shape of `assets/text/rules.ron`, or a rule has no source.
    pub fn load(text: &str) -> Result<Self, String> {
        let rules: Self = ron::from_str(text).map_err(|err| format!("rules.ron: {err}"))?;
        match rules.rules.iter().find(|rule| rule.source.trim().is_empty()) {
            Some(rule) => Err(format!("rules.ron: {} 没有写来源", rule.id)),
            None => Ok(rules),
        }
    }

    /// The clerk's name of a part of a key, if it has a short one.
    pub fn name(&self, key: &str) -> Option<&str> {
        self.names.iter().find(|(of, _)| **of == *key).map(|(_, name)| &**name)
    }

    /// The keys that have a short name, in the order of the tables.
    pub fn named_keys(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|(key, _)| &**key)
    }

    /// The rule with this id.
    pub fn rule(&self, id: &str) -> Option<&TextRule> {
        self.rules.iter().find(|rule| *rule.id == *id)
    }
}

/// The words that come with the program.
#[expect(clippy::expect_used, reason = "part of the program; every test that reads a text loads it")]
pub static WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::build(&[&SHIPPED]).expect("words.ron"));

/// What the words of a form's text chapters mean: its own first, then those that come with the program.
pub fn words_of(form: &Form) -> Cow<'static, Lexicon> {
    if form.wordings.is_empty() {
        return Cow::Borrowed(&WORDS);
    }
    // Read when the program was tested and when the form was loaded: neither has an empty word.
    Lexicon::build(&[&form.wordings, &SHIPPED]).map_or(Cow::Borrowed(&WORDS), Cow::Owned)
}

/// The same, as they are written.
#[expect(clippy::expect_used, reason = "part of the program; every test that reads a text loads it")]
static SHIPPED: LazyLock<Wordings> = LazyLock::new(|| ron::from_str(include_str!("../../../assets/text/words.ron")).expect("words.ron"));

/// The rules about text that come with the program.
#[expect(clippy::expect_used, reason = "part of the program; every test that judges a text loads it")]
pub static RULES: LazyLock<TextRules> =
    LazyLock::new(|| TextRules::load(include_str!("../../../assets/text/rules.ron")).expect("rules.ron"));
