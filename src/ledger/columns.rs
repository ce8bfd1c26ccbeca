//! Which column holds what, by its head (`assets/ledger/columns.ron`).

use serde::{Deserialize, Serialize};

use super::error::{Family, LedgerError};
use super::words::plain;

/// The shipped heads.
const SHIPPED: &str = include_str!("../../assets/ledger/columns.ron");

/// What a column of a register holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Identity numbers, telephones, addresses, other persons: never read.
    Private,
    /// Not needed.
    Unused,
    /// Number of the line.
    Serial,
    /// Number of the request.
    Number,
    /// Requests on the line.
    Count,
    /// Day of receipt (条例 art. 31), or the day a case came in.
    Received,
    /// Name of who asked, of any kind.
    Applicant,
    /// Name of a person who asked.
    Person,
    /// Name of a body that asked.
    Body,
    /// Kind of who asked.
    Kind,
    /// Way of receipt.
    Way,
    /// What was asked for; read to find doubles only.
    Matter,
    /// Whether a correction (补正) was asked for.
    Corrected,
    /// Day the corrected request came in.
    CorrectedOn,
    /// Whether the term was extended.
    Extended,
    /// Whether a third party was asked.
    ThirdParty,
    /// Day by which an answer is due, as typed.
    Deadline,
    /// Day of the answer.
    Answered,
    /// Number of the answer.
    ReplyNumber,
    /// Outcome.
    Outcome,
    /// Reason or item below the outcome.
    Detail,
    /// Finished or not.
    Status,
    /// Whether a review or lawsuit followed.
    Litigation,
    /// Remark.
    Note,
    /// Review or lawsuit.
    Category,
    /// Number of a case.
    CaseNumber,
    /// Who brought the case.
    Plaintiff,
    /// Against whom.
    Respondent,
    /// What the case is about.
    Cause,
    /// The paper it is about.
    Document,
    /// First or second instance.
    Instance,
    /// Whether a review came before the lawsuit.
    AfterReview,
    /// Day the case was closed.
    Closed,
    /// Result of a case.
    Result,
}

impl Field {
    /// Name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Private => "个人信息（不读取）",
            Self::Unused => "用不到",
            Self::Serial => "序号",
            Self::Number => "登记编号",
            Self::Count => "件数",
            Self::Received => "收到日期",
            Self::Applicant => "申请人",
            Self::Person => "申请人（公民）",
            Self::Body => "申请人（法人或其他组织）",
            Self::Kind => "申请人类型",
            Self::Way => "申请方式",
            Self::Matter => "申请内容",
            Self::Corrected => "是否补正",
            Self::CorrectedOn => "补正件收到日期",
            Self::Extended => "是否延期",
            Self::ThirdParty => "征求第三方意见",
            Self::Deadline => "答复期限",
            Self::Answered => "答复日期",
            Self::ReplyNumber => "答复文号",
            Self::Outcome => "办理结果",
            Self::Detail => "理由或具体情形",
            Self::Status => "办理状态",
            Self::Litigation => "复议诉讼",
            Self::Note => "备注",
            Self::Category => "类别",
            Self::CaseNumber => "案号",
            Self::Plaintiff => "申请人或原告",
            Self::Respondent => "被申请人或被告",
            Self::Cause => "案由",
            Self::Document => "涉及文书",
            Self::Instance => "审级",
            Self::AfterReview => "是否先复议",
            Self::Closed => "结案日期",
            Self::Result => "结案方式",
        }
    }
}

/// One record: a head that fits is this field.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadRule {
    field: Field,
    #[serde(default)]
    rank: u8,
    #[serde(default)]
    heads: Vec<String>,
    #[serde(default)]
    has: Vec<Vec<String>>,
    #[serde(default)]
    not: Vec<String>,
}

impl HeadRule {
    fn fits(&self, head: &str) -> bool {
        if self.heads.iter().any(|whole| bare(whole) == head) {
            return true;
        }
        let has_all = !self.has.is_empty() && self.has.iter().all(|any| any.iter().any(|word| head.contains(word.as_str())));
        has_all && !self.not.iter().any(|word| head.contains(word.as_str()))
    }
}

/// How many known heads make a head line.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Needs {
    requests: usize,
    cases: usize,
}

/// All records.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Heads {
    requests: Vec<HeadRule>,
    cases: Vec<HeadRule>,
    needs: Needs,
}

impl Heads {
    /// The shipped heads.
    ///
    /// # Errors
    /// They are no RON of this shape; a test keeps that from happening.
    pub fn shipped() -> Result<Self, LedgerError> {
        ron::from_str(SHIPPED).map_err(|err| LedgerError::Data(format!("columns.ron {err}")))
    }

    /// The field of a head, and its rank among heads for the same field.
    pub fn field(&self, family: Family, head: &str) -> Option<(Field, u8)> {
        let head = bare(head);
        if head.is_empty() || head.chars().count() > 24 {
            return None;
        }
        let rules = match family {
            Family::Requests => &self.requests,
            Family::Cases => &self.cases,
        };
        rules.iter().find(|rule| rule.fits(&head)).map(|rule| (rule.field, rule.rank))
    }

    /// How many known heads make a head line.
    pub fn needed(&self, family: Family) -> usize {
        match family {
            Family::Requests => self.needs.requests,
            Family::Cases => self.needs.cases,
        }
    }
}

/// A head without blanks, signs and brackets' signs: `申请人(公民)姓名 *` is 申请人公民姓名.
pub(super) fn bare(head: &str) -> String {
    plain(head).into_iter().filter(|sign| sign.is_alphanumeric() || *sign == '.').collect()
}
