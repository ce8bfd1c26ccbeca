//! How far a report has come, who may do what to it, and why not: one table.

use super::named::named;
use super::{Action, Objection};

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

/// Where a action leads.
#[derive(Clone, Copy)]
enum To {
    /// It changes nothing.
    Same,
    /// The next step this office has.
    Next,
    /// This status.
    Is(Status),
}

/// The statuses in which the report is not locked.
const OPEN: [Status; 6] = [Status::Draft, Status::Returned, Status::FirstReview, Status::Review, Status::Secrecy, Status::Signing];

/// Who may do what, when, and where it leads. What is not listed is refused.
const TABLE: [(ActionKind, &[Status], &[Role], To); 16] = {
    use {ActionKind as D, Role as R, Status as S};
    const ANYONE: &[Role] = &Role::ALL;
    [
        (D::Edit, &[S::Draft, S::Returned], &[R::Clerk], To::Same),
        (D::Comment, &OPEN, ANYONE, To::Same),
        (D::Arrange, &[S::Draft, S::Returned], ANYONE, To::Same),
        (D::SecondEntry, &[S::Draft, S::Returned], &[R::Clerk], To::Same),
        (D::Submit, &[S::Draft, S::Returned], &[R::Clerk], To::Next),
        (D::Withdraw, &[S::FirstReview, S::Review], &[R::Clerk], To::Is(S::Draft)),
        (D::Return, &[S::FirstReview, S::Review], &[R::Reviewer], To::Is(S::Returned)),
        (D::Return, &[S::Secrecy], &[R::Secrecy], To::Is(S::Returned)),
        (D::Return, &[S::Signing], &[R::Signer], To::Is(S::Returned)),
        (D::Pass, &[S::FirstReview, S::Review], &[R::Reviewer], To::Next),
        (D::Pass, &[S::Secrecy], &[R::Secrecy], To::Next),
        (D::Sign, &[S::Signing], &[R::Signer], To::Is(S::Signed)),
        (D::File, &[S::Signed], &[R::Clerk], To::Is(S::Filed)),
        (D::Publish, &[S::Filed], &[R::Clerk], To::Is(S::Published)),
        (D::Reopen, &[S::Signed, S::Filed, S::Published], &[R::Reviewer, R::Signer], To::Is(S::Returned)),
        (D::Join, &OPEN, ANYONE, To::Same),
    ]
};

/// The status that a action leads to.
///
/// # Errors
/// It is not to be done now, or not by this role.
pub fn step(status: Status, kind: ActionKind, role: Role, workflow: Workflow) -> Result<Status, Objection> {
    let rows = TABLE.iter().filter(|(known, ..)| *known == kind);
    let Some((_, _, roles, to)) = rows.clone().find(|(_, statuses, ..)| statuses.contains(&status)) else {
        return Err(Objection::NotNow { kind, status });
    };
    if !roles.contains(&role) {
        return Err(Objection::NotYou { kind, status, role });
    }
    Ok(match to {
        To::Same => status,
        To::Is(next) => *next,
        To::Next => next(status, workflow),
    })
}

/// The step that follows in this office.
fn next(status: Status, workflow: Workflow) -> Status {
    match status {
        Status::Draft | Status::Returned if workflow.has_first_review => Status::FirstReview,
        Status::Draft | Status::Returned | Status::FirstReview => Status::Review,
        Status::Review if workflow.has_secrecy => Status::Secrecy,
        Status::Review | Status::Secrecy | Status::Signing => Status::Signing,
        Status::Signed | Status::Filed | Status::Published => status,
    }
}

/// The roles that may do this in this status.
pub fn may(status: Status, kind: ActionKind) -> &'static [Role] {
    let row = TABLE.iter().find(|(known, statuses, ..)| *known == kind && statuses.contains(&status));
    row.map_or(&[], |(_, _, roles, _)| roles)
}

impl Status {
    /// It carries a signature, and nothing in it changes.
    pub fn is_locked(self) -> bool {
        !OPEN.contains(&self)
    }
}

impl ActionKind {
    /// The action of this kind that says nothing more; `None` where one does, or where the log holds none.
    pub fn plain(self) -> Option<Action> {
        match self {
            Self::Edit | Self::Comment | Self::Arrange => None,
            Self::SecondEntry => Some(Action::SecondEntry),
            Self::Submit => Some(Action::Submit),
            Self::Withdraw => Some(Action::Withdraw),
            Self::Return => Some(Action::Return),
            Self::Pass => Some(Action::Pass),
            Self::Sign => Some(Action::Sign),
            Self::File => Some(Action::File),
            Self::Publish => Some(Action::Publish),
            Self::Reopen => Some(Action::Reopen),
            Self::Join => Some(Action::Join),
        }
    }
}
