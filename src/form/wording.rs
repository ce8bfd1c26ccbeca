//! The words of the text chapters as data: what each means beside a figure. Those of the notices and of most offices come with the
//! program (`assets/text/words.ron`); a form file adds its own, which come first.

use serde::Deserialize;

/// Words with their meanings, and sentences that are offered for writing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Wordings {
    /// What a word does.
    pub words: Vec<(Class, Vec<String>)>,
    /// Names of rows of table three, by the sum of cells they stand for.
    pub outcomes: Vec<(String, Vec<String>)>,
    /// Names of columns of table three, by the column's key.
    pub applicants: Vec<(String, Vec<String>)>,
    /// Counter words.
    pub units: Vec<(UnitKind, Vec<String>)>,
    /// Words of headings, by what the part is about.
    pub aspects: Vec<(Aspect, Vec<String>)>,
    /// Sentences that are offered for writing.
    pub sentences: Vec<SentenceFile>,
}

/// A sentence that is offered for writing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentenceFile {
    /// The chapter it is offered in.
    pub chapter: u8,
    /// What it says, in short.
    pub title: Box<str>,
    /// Its words; `{new.sum}` is the figure of a cell or of a sum of cells.
    pub text: Box<str>,
}

impl Wordings {
    /// There is none.
    pub fn is_empty(&self) -> bool {
        let Self { words, outcomes, applicants, units, aspects, .. } = self;
        words.is_empty() && outcomes.is_empty() && applicants.is_empty() && units.is_empty() && aspects.is_empty()
    }

    /// A word without a letter, which would be found everywhere.
    pub fn has_empty_word(&self) -> bool {
        let words = self.words.iter().map(|(_, words)| words).chain(self.outcomes.iter().map(|(_, words)| words));
        let words = words.chain(self.applicants.iter().map(|(_, words)| words)).chain(self.units.iter().map(|(_, words)| words));
        words.chain(self.aspects.iter().map(|(_, words)| words)).flatten().any(|word| word.trim().is_empty())
    }
}

/// What a word does in a sentence about the report's figures.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words under each name in assets/text/words.ron say what it means")]
pub enum Class {
    Apply,
    Open,
    Info,
    RunTail,
    Topic,
    Person,
    /// 政府信息公开申请 in any word order, joined by `lex`.
    Request,
    /// 申请 alone.
    BareApply,
    New,
    Receive,
    HandleAll,
    Handle,
    Finish,
    Answer,
    NoneReceived,
    NotOccurred,
    Declined,
    NotDecided,
    Toward,
    This,
    Carry,
    CarryOut,
    CarryIn,
    LastYear,
    NextYear,
    Review,
    Suit,
    SuitDirect,
    SuitAfter,
    Upheld,
    Corrected,
    OtherResult,
    Pending,
    Filing,
    Norm,
    Reg,
    License,
    Penalty,
    Coercion,
    Service,
    Make,
    Publish,
    Repeal,
    Valid,
    Total2,
    Decide,
    Items,
    Item,
    Paper,
    Fee,
    ProcessingFee,
    Procure,
    Stop,
    Way,
    ManyWays,
    Among,
    Elsewhere,
    WholeArea,
    ManyYears,
    Near,
    Over,
    Compare,
    Share,
    Universal,
    InTime,
    Except,
    Cause,
    Plan,
    Rest,
    Whole,
    Own,
    Filler,
    /// A row of table three; its key stands beside it.
    Outcome,
    /// A column of table three; its name stands beside it.
    Applicant,
}

/// What a counter word counts.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum UnitKind {
    /// Pieces: requests, documents, items of a web page. The unit decides nothing, the noun does.
    Count,
    /// Meetings, people, columns: never a cell.
    Other,
    /// A share.
    Percent,
    /// An amount of money.
    Money,
    /// A date or a span of time: no figure of the report.
    Time,
}

/// What a part of the text is about.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
pub enum Aspect {
    /// Before the first heading, or under one that says nothing of the report's order.
    #[default]
    Free,
    /// 总体情况 itself.
    Overview,
    /// 主动公开
    Proactive,
    /// 依申请公开
    Requests,
    /// 政府信息管理
    Management,
    /// 政府信息公开平台建设
    Platform,
    /// 监督保障
    Support,
    /// 行政复议、行政诉讼
    Review,
    /// 存在的主要问题及改进情况: problems and plans.
    Problems,
    /// 其他需要报告的事项
    Others,
}
