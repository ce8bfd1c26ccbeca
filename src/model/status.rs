//! How far a report has come, who may do what to it, and why not: one table.

use std::fmt;

use super::named::named;

named! {
    /// How far a report has come. Source: the steps offices have, 经办 → 审核 → 保密审查（条例第十七条）→ 签发 → 报送 → 发布.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Status {
        /// The clerk fills it.
        #[default]
        Draft = "draft", "草稿";
        /// Back with the clerk, with comments.
        Returned = "returned", "退回修改";
        /// With the first reader, in offices that have one.
        FirstReview = "first_review", "待初审";
        /// With the reader.
        Review = "review", "待审核";
        /// With the one who looks for secrets.
        Secrecy = "secrecy", "待保密审查";
        /// With the head of the office.
        Signing = "signing", "待签发";
        /// Locked.
        Signed = "signed", "已签发";
        /// With the government's disclosure office.
        Filed = "filed", "已报送";
        /// On the web.
        Published = "published", "已发布";
    }
}

named! {
    /// In whose place someone acts, in the order a report passes them.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Role {
        /// Who fills the report.
        #[default]
        Clerk = "clerk", "经办人";
        /// Of the first and of the second reading.
        Reviewer = "reviewer", "审核人";
        /// Who looks for secrets.
        Secrecy = "secrecy", "保密审查";
        /// Who signs.
        Signer = "signer", "签发人";
    }
}

named! {
    /// What can be done to a report, as far as the table of who may do what tells it apart.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum ActionKind {
        /// Of figures, texts, reasons. Not in the log.
        Edit = "edit", "修改";
        /// A comment, answering one, settling one.
        Comment = "comment", "写批注";
        /// Which steps this office has.
        Arrange = "arrange", "设定环节";
        /// A table keyed again by a second person.
        SecondEntry = "second_entry", "双录";
        /// To the next step.
        Submit = "submit", "送审";
        /// The report was opened by who is to pass or sign it.
        Receive = "receive", "收阅";
        /// To the first step again, over a log that does not fit.
        Resubmit = "resubmit", "重新送审";
        /// Back to the clerk, by the clerk.
        Withdraw = "withdraw", "撤回";
        /// Back to the clerk, by a reader.
        Return = "return", "退回修改";
        /// To the next step, by a reader.
        Pass = "pass", "通过";
        /// Which locks.
        Sign = "sign", "签发";
        /// To the government's disclosure office.
        File = "file", "报送";
        /// On the web.
        Publish = "publish", "发布";
        /// Which voids the signature.
        Reopen = "reopen", "重新打开";
        /// Of two copies.
        Join = "join", "合并副本";
    }
}

/// The steps an office has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workflow {
    /// 初审 comes before 审核.
    pub has_first_review: bool,
    /// 保密审查 is a step of its own.
    pub has_secrecy: bool,
    /// Who filled the report may also pass and sign it.
    pub allows_same_person: bool,
}

impl Default for Workflow {
    fn default() -> Self {
        Self { has_first_review: false, has_secrecy: true, allows_same_person: false }
    }
}

impl fmt::Display for Workflow {
    /// `审核、保密审查、签发；填报人不能自己审核、签发`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = if self.has_first_review { "初审、" } else { "" };
        let secrecy = if self.has_secrecy { "保密审查、" } else { "" };
        let same = if self.allows_same_person { "允许" } else { "不允许" };
        write!(f, "{first}审核、{secrecy}签发；{same}同一人填报并审核、签发")
    }
}

/// The statuses in which the report is not locked.
pub(super) const OPEN: [Status; 6] =
    [Status::Draft, Status::Returned, Status::FirstReview, Status::Review, Status::Secrecy, Status::Signing];

impl Status {
    /// It carries a signature, and nothing in it changes.
    pub fn is_locked(self) -> bool {
        !OPEN.contains(&self)
    }

    /// Whose turn it is; nobody's once the report is on the web.
    pub fn turn(self) -> Option<Role> {
        match self {
            Self::Draft | Self::Returned | Self::Signed | Self::Filed => Some(Role::Clerk),
            Self::FirstReview | Self::Review => Some(Role::Reviewer),
            Self::Secrecy => Some(Role::Secrecy),
            Self::Signing => Some(Role::Signer),
            Self::Published => None,
        }
    }
}
