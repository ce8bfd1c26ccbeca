//! Last year's report as the draft holds it: so that rules stay a function of the draft, and who reviews it sees the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::named::named;
use super::{Entry, Fingerprint, Kind, SectionId};

/// What the draft knows of the year before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LastYear {
    /// Nothing: what wants last year's figures is not decided.
    #[default]
    Unknown,
    /// The agency was founded this year and has no earlier report (domain.md R42).
    FirstYear,
    /// This report.
    Report(Arc<Prior>),
}

named! {
    /// Where last year's figures come from.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum PriorSource {
        /// A draft that was not signed when it was taken.
        Draft = "draft", "未签发的草稿";
        /// A signed draft whose proof held when it was taken.
        Signed = "signed", "已签发的草稿";
        /// The published report, read from its file, or a draft of which the clerk says so.
        Published = "published", "已公布的报告";
        /// Keyed in from paper.
        Typed = "typed", "手工录入";
    }
}

impl PriorSource {
    /// The figures are those that were published: a break with them is an error, not a matter of last year's draft (R38).
    pub fn is_published(self) -> bool {
        matches!(self, Self::Signed | Self::Published)
    }
}

/// Last year's report: every cell of the form it was made on, blank ones too, and its text chapters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prior {
    /// The agency's name in it; may be an older name.
    pub agency: String,
    /// The year it reports on.
    pub year: u16,
    /// Id of the form it was made on.
    pub form: Box<str>,
    /// Where it comes from.
    pub source: PriorSource,
    /// SM3 of the file it was read from; none for typed figures.
    pub hash: Option<Fingerprint>,
    figures: BTreeMap<Box<str>, Box<str>>,
    texts: BTreeMap<SectionId, Box<str>>,
    carried: BTreeSet<Box<str>>,
    links: BTreeMap<Box<str>, Box<str>>,
}

impl Prior {
    /// A report without figures and texts, which its own form then gives.
    pub fn new(agency: String, year: u16, form: &str, source: PriorSource, hash: Option<Fingerprint>) -> Self {
        let (figures, texts, carried, links) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
        Self { agency, year, form: form.into(), source, hash, figures, texts, carried, links }
    }

    /// Puts in a cell of its form, as the draft file spells it; blank as an empty text. Returns whether it is new.
    pub fn put_figure(&mut self, key: &str, text: &str) -> bool {
        self.figures.insert(key.into(), text.into()).is_none()
    }

    /// Puts in a chapter; an empty one is none. Returns whether it is new.
    pub fn put_text(&mut self, section: SectionId, text: &str) -> bool {
        text.is_empty() || self.texts.insert(section, text.into()).is_none()
    }

    /// Notes that this year's cell of this key was filled from here (由上年带入). Returns whether that is new.
    pub fn note_carried(&mut self, key: &str) -> bool {
        self.carried.insert(key.into())
    }

    /// Puts in a link of its text: what it was filed under there, and the cells it followed. Returns whether it is new.
    pub fn put_link(&mut self, at: &str, key: &str) -> bool {
        self.links.insert(at.into(), key.into()).is_none()
    }

    /// The links of its text, by what they were filed under: the cells each followed.
    pub fn links(&self) -> impl Iterator<Item = (&str, &str)> {
        self.links.iter().map(|(at, key)| (&**at, &**key))
    }

    /// The cells that a link of its text followed.
    pub fn link(&self, at: &str) -> Option<&str> {
        self.links.get(at).map(|key| &**key)
    }

    /// What a cell of its form held, read as what this kind of cell holds; `None` where its form has no such cell.
    pub fn entry(&self, key: &str, kind: Kind) -> Option<Entry> {
        self.figures.get(key).map(|text| Entry::read(kind, text))
    }

    /// Its form has this cell.
    pub fn has(&self, key: &str) -> bool {
        self.figures.contains_key(key)
    }

    /// Every cell of its form with its text, by key.
    pub fn figures(&self) -> impl Iterator<Item = (&str, &str)> {
        self.figures.iter().map(|(key, text)| (&**key, &**text))
    }

    /// The text of a chapter; empty where there is none.
    pub fn text(&self, section: SectionId) -> &str {
        self.texts.get(&section).map_or("", |text| text)
    }

    /// The chapters that are not empty, in order.
    pub fn texts(&self) -> impl Iterator<Item = (SectionId, &str)> {
        self.texts.iter().map(|(section, text)| (*section, &**text))
    }

    /// Keys of this year's cells that were filled from here, by key.
    pub fn carried(&self) -> impl Iterator<Item = &str> {
        self.carried.iter().map(|key| &**key)
    }

    /// Where it comes from, for people: `某局 2020 年报告（已公布的报告）`.
    pub fn name(&self) -> String {
        format!("{} {} 年报告（{}）", self.agency, self.year, self.source)
    }
}

impl LastYear {
    /// Last year's report, if there is one here.
    pub fn report(&self) -> Option<&Prior> {
        match self {
            Self::Report(prior) => Some(prior),
            Self::Unknown | Self::FirstYear => None,
        }
    }

    /// What is known of it, for people.
    pub fn name(&self) -> String {
        match self {
            Self::Unknown => String::new(),
            Self::FirstYear => "本机关本年新成立，没有上年报告".to_owned(),
            Self::Report(prior) => prior.name(),
        }
    }
}
