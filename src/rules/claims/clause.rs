//! The clause a figure stands in, and what came out for the figure.

use super::lex::{Counted, Token, TokenKind};
use super::mention::{Base, Strength};
use super::words::{Class, Lexicon};

/// What came out for one figure.
pub(super) struct Bound {
    pub keys: Vec<Box<str>>,
    pub accepts: Vec<Box<str>>,
    pub strength: Strength,
}

/// The clause a figure stands in.
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of the clause, read by name")]
pub(super) struct Clause<'a> {
    pub lexicon: &'a Lexicon,
    pub text: &'a [char],
    pub tokens: &'a [Token],
    /// Everything before the figure in its clause at its depth of brackets.
    pub before: Vec<&'a Token>,
    /// Of `before`, what stands after the figure before it.
    pub lead: Vec<&'a Token>,
    /// What follows up to the next mark or figure.
    pub tail: Vec<&'a Token>,
    /// Characters of the lead that no token covers.
    pub loose: usize,
    /// 其中, 含 governs the figure.
    pub is_part: bool,
    /// In brackets.
    pub is_inner: bool,
    /// The figure.
    pub figure: &'a Token,
    /// The counted figure.
    pub counted: Counted,
    /// What earlier clauses of the sentence spoke of.
    pub object: Option<Class>,
    /// What they said was done with it.
    pub verb: Option<Class>,
    /// The sentence or its part of the report is about requests.
    pub is_request_scope: bool,
    /// The part of the report is the one about requests.
    pub is_request_part: bool,
    /// The sentence is about disclosure.
    pub is_disclosure: bool,
    /// The number of requests stated before.
    pub base: Option<Base>,
}

impl Clause<'_> {
    pub fn in_lead(&self, class: Class) -> bool {
        self.lead.iter().any(|token| token.class() == Some(class))
    }
    pub fn in_before(&self, class: Class) -> bool {
        self.before.iter().any(|token| token.class() == Some(class))
    }
    pub fn in_tail(&self, class: Class) -> bool {
        self.tail.iter().any(|token| token.class() == Some(class))
    }
    /// The last word of the lead with one of these classes.
    /// The characters of a token.
    pub fn words(&self, token: &Token) -> &[char] {
        self.text.get(token.start..token.end).unwrap_or_default()
    }
    /// The sentence has such a word before the figure, in whatever clause.
    pub fn said_before(&self, class: Class) -> bool {
        self.tokens.iter().take_while(|token| token.start < self.figure.start).any(|token| token.class() == Some(class))
    }
    /// The sentence has such a word behind the figure, in whatever clause.
    pub fn said_behind(&self, class: Class) -> bool {
        self.tokens.iter().skip_while(|token| token.start < self.figure.end).any(|token| token.class() == Some(class))
    }
    pub fn last_of(&self, classes: &[Class]) -> Option<Class> {
        self.lead.iter().rev().filter_map(|token| token.class()).find(|class| classes.contains(class))
    }
    /// The word that touches the figure from behind.
    pub fn next(&self) -> Option<Class> {
        self.tail.first().filter(|token| token.start <= self.figure.end + 1).and_then(|token| token.class())
    }
    /// The lead says nothing beyond fillers.
    pub fn is_bare(&self) -> bool {
        let is_filler = |class| {
            matches!(class, Class::Filler | Class::Whole | Class::Among | Class::Rest | Class::InTime | Class::Universal | Class::Own)
        };
        self.loose == 0 && self.lead.iter().all(|token| token.class().is_none_or(is_filler))
    }
}

/// One meaning.
pub(super) fn one(key: &str, strength: Strength) -> Bound {
    Bound { keys: vec![key.into()], accepts: Vec::new(), strength }
}

/// The column an applicant's word names.
pub(super) fn applicant_key<'a>(token: &Token, lexicon: &'a Lexicon) -> Option<&'a str> {
    match token.kind {
        TokenKind::Word(word) if word.class == Class::Applicant => Some(lexicon.key(word)),
        _ => None,
    }
}
