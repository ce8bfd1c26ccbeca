//! What has to be asked, and what is reported beside the figures.

/// Why a line is not certain. `code` is public: scripts read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// Two columns may be the day of receipt, and the year differs.
    ReceiptColumn,
    /// No day of receipt.
    NoReceipt,
    /// A date that cannot be read.
    DateUnread,
    /// A date without a year, or with a year that something contradicts.
    YearUnclear,
    /// Answered before it was received, over the end of a year.
    AnsweredBefore,
    /// An outcome without a day.
    NoAnswerDate,
    /// A day without an outcome.
    NoOutcome,
    /// The outcome is a step on the way.
    ResultStep,
    /// The outcome is not understood.
    ResultUnknown,
    /// The outcome may be one of several rows.
    ResultAmbiguous,
    /// The outcome is understood by its words and to be confirmed once.
    ResultProposed,
    /// Two outcomes in one cell.
    TwoOutcomes,
    /// No kind of applicant, or no applicant.
    KindMissing,
    /// The kind may be one of several columns.
    KindAmbiguous,
    /// The kind or name is not understood.
    KindUnknown,
    /// The name contradicts the kind.
    NameAgainstKind,
    /// Several persons on one paper.
    SeveralPersons,
    /// Several numbers on one line.
    SeveralNumbers,
    /// Whether it is a request at all.
    NoRequest,
    /// A correction was asked for, and nothing followed.
    CorrectionOpen,
    /// May be the same request as another line.
    Double,
    /// The day by which table 四 counts makes a difference.
    Basis,
    /// Whether the office is the respondent.
    Respondent,
    /// Whether the case is about disclosure.
    Cause,
    /// Whether a review came before the lawsuit, or whether it is a lawsuit at all.
    Block,
    /// Whether it is the second instance of another line.
    Instance,
}

impl Doubt {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::ReceiptColumn => "which date is the receipt",
            Self::NoReceipt => "no date of receipt",
            Self::DateUnread => "date not understood",
            Self::YearUnclear => "year not clear",
            Self::AnsweredBefore => "answered before received",
            Self::NoAnswerDate => "result without answer date",
            Self::NoOutcome => "answer date without result",
            Self::ResultStep => "result is a step",
            Self::ResultUnknown => "result not understood",
            Self::ResultAmbiguous => "result ambiguous",
            Self::ResultProposed => "result to be confirmed",
            Self::TwoOutcomes => "two outcomes",
            Self::KindMissing => "applicant kind missing",
            Self::KindAmbiguous => "applicant kind ambiguous",
            Self::KindUnknown => "applicant kind not understood",
            Self::NameAgainstKind => "name and kind contradict",
            Self::SeveralPersons => "several applicants",
            Self::SeveralNumbers => "several numbers",
            Self::NoRequest => "a request at all",
            Self::CorrectionOpen => "correction left open",
            Self::Double => "perhaps counted twice",
            Self::Basis => "by decision or by receipt",
            Self::Respondent => "whose case",
            Self::Cause => "a disclosure case at all",
            Self::Block => "review before the lawsuit",
            Self::Instance => "second instance",
        }
    }

    /// The question, for the clerk.
    pub fn asks(self) -> &'static str {
        match self {
            Self::ReceiptColumn => "哪一列是收到日期？两列的年份不同",
            Self::NoReceipt => "没有写收到日期，是哪一天收到的？",
            Self::DateUnread => "这个日期读不出来，是哪一天？",
            Self::YearUnclear => "这个日期是哪一年？",
            Self::AnsweredBefore => "答复早于收到，哪个日期写错了？",
            Self::NoAnswerDate => "有结果没有答复日期：本年答复了，还是结转？",
            Self::NoOutcome => "有答复日期没有结果，结果是什么？",
            Self::ResultStep => "这是办理中的一步，不是结果；结果是什么？",
            Self::ResultUnknown => "看不出结果，归到哪一行？",
            Self::ResultAmbiguous => "几行都像，归到哪一行？",
            Self::ResultProposed => "建议归到这一行，对吗？",
            Self::TwoOutcomes => "一件写了两种结果；区分处理的只计部分公开，对吗？",
            Self::KindMissing => "没有写申请人类型，属于哪一类？",
            Self::KindAmbiguous => "这类申请人归到哪一列？",
            Self::KindUnknown => "看不出申请人属于哪一类",
            Self::NameAgainstKind => "申请人名称与类型不一致，以哪个为准？",
            Self::SeveralPersons => "几个人合写一份申请，计几件？",
            Self::SeveralNumbers => "一行写了几个编号，计几件？",
            Self::NoRequest => "这是一件申请吗？",
            Self::CorrectionOpen => "要求补正后没有下文：还在办，还是逾期不补正？",
            Self::Double => "与另一行像是同一件，计一件还是两件？",
            Self::Basis => "表四按结案年度计，还是按收到年度计？",
            Self::Respondent => "被申请人（被告）是不是本单位？",
            Self::Cause => "是不是政府信息公开案件？",
            Self::Block => "是复议、直接起诉，还是复议后起诉？",
            Self::Instance => "是哪一件的二审？",
        }
    }
}

/// What is reported beside the questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Remark {
    /// Title, month, sum, signature.
    NotData,
    /// The head goes over two lines.
    HeadInTwoLines,
    /// Counts nowhere because of its dates.
    OutsideTheYear,
    /// Counts nowhere for another reason.
    CountsNowhere,
    /// Not answered by the end of the year, though an answer is written.
    CarriedOver,
    /// Answered before it was received; both in one year.
    AnsweredBefore,
    /// Answered, or still open, after the last day for it.
    Overdue,
    /// The same request twice.
    CountedTwice,
    /// One number for two requests.
    NumberTwice,
    /// No number, or a gap before it.
    NumberMissing,
    /// A sum that does not add up.
    SumWrong,
    /// Everything alike but the number.
    LooksAlike,
    /// The office has to answer something.
    MustBeAsked,
    /// A sheet that is no register.
    SheetNotRead,
    /// An answer for a line that is not there, or not a request.
    AnswerUnused,
    /// A later instance of another line.
    SecondInstance,
    /// A reason of before 2019.
    OldReason,
}

impl Remark {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotData => "not data",
            Self::HeadInTwoLines => "head in two lines",
            Self::OutsideTheYear => "outside the year",
            Self::CountsNowhere => "counts nowhere",
            Self::CarriedOver => "carried over",
            Self::AnsweredBefore => "answered before received",
            Self::Overdue => "overdue",
            Self::CountedTwice => "counted twice",
            Self::NumberTwice => "number used twice",
            Self::NumberMissing => "number missing",
            Self::SumWrong => "sum does not add up",
            Self::LooksAlike => "looks alike",
            Self::MustBeAsked => "must be asked",
            Self::SheetNotRead => "sheet not read",
            Self::AnswerUnused => "answer not used",
            Self::SecondInstance => "second instance",
            Self::OldReason => "reason abolished in 2019",
        }
    }

    /// The name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotData => "不是申请",
            Self::HeadInTwoLines => "表头分两行",
            Self::OutsideTheYear => "不属于本年度",
            Self::CountsNowhere => "不计入",
            Self::CarriedOver => "结转下年度",
            Self::AnsweredBefore => "答复早于收到",
            Self::Overdue => "超过答复期限",
            Self::CountedTwice => "重复登记",
            Self::NumberTwice => "编号重复",
            Self::NumberMissing => "编号缺失",
            Self::SumWrong => "合计不符",
            Self::LooksAlike => "内容相同",
            Self::MustBeAsked => "需要确认",
            Self::SheetNotRead => "没有读的工作表",
            Self::AnswerUnused => "没有用上的回答",
            Self::SecondInstance => "二审",
            Self::OldReason => "2019年已取消的理由",
        }
    }
}
