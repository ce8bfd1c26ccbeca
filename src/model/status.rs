//! How far a report has come, who may do what to it, and why not: one table.

use std::fmt;

use super::Objection;

/// How far a report has come. Source: the steps offices have, 经办 → 审核 → 保密审查（条例第十七条）→ 签发 → 报送 → 发布.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// 草稿: the clerk fills it.
    #[default]
    Draft,
    /// 退回修改: back with the clerk, with comments.
    Returned,
    /// 待初审: with the first reader, in offices that have one.
    FirstReview,
    /// 待审核.
    Review,
    /// 待保密审查.
    Secrecy,
    /// 待签发.
    Signing,
    /// 已签发: locked.
    Signed,
    /// 已报送 to the government's disclosure office.
    Filed,
    /// 已发布.
    Published,
}

/// In whose place someone acts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 经办人.
    #[default]
    Clerk,
    /// 审核人, of the first and of the second reading.
    Reviewer,
    /// 保密审查.
    Secrecy,
    /// 签发人.
    Signer,
}

/// What can be done to a report, as far as the table tells it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deed {
    /// 修改 figures, texts, reasons.
    Edit,
    /// 批注, answering one, settling one.
    Comment,
    /// 设定环节: which steps this office has.
    Arrange,
    /// 双录: a table keyed again by a second person.
    SecondEntry,
    /// 送审.
    Submit,
    /// 撤回.
    Withdraw,
    /// 退回修改.
    Return,
    /// 通过.
    Pass,
    /// 签发, which locks.
    Sign,
    /// 报送.
    File,
    /// 发布.
    Publish,
    /// 重新打开, which voids the signature.
    Reopen,
    /// 合并 of two copies.
    Join,
}

/// The steps an office has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Office {
    /// 初审 comes before 审核.
    pub has_first_review: bool,
    /// 保密审查 is a step of its own.
    pub has_secrecy: bool,
    /// Who filled the report may also pass and sign it.
    pub allows_same_person: bool,
}

impl Default for Office {
    fn default() -> Self {
        Self { has_first_review: false, has_secrecy: true, allows_same_person: false }
    }
}

/// Where a deed leads.
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
const TABLE: [(Deed, &[Status], &[Role], To); 16] = {
    use {Deed as D, Role as R, Status as S};
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

/// The status that a deed leads to.
///
/// # Errors
/// It is not to be done now, or not by this role.
pub fn step(status: Status, deed: Deed, role: Role, office: Office) -> Result<Status, Objection> {
    let rows = TABLE.iter().filter(|(known, ..)| *known == deed);
    let Some((_, _, roles, to)) = rows.clone().find(|(_, statuses, ..)| statuses.contains(&status)) else {
        return Err(Objection::NotNow { deed, status });
    };
    if !roles.contains(&role) {
        return Err(Objection::NotYou { deed, status, role });
    }
    Ok(match to {
        To::Same => status,
        To::Is(next) => *next,
        To::Next => next(status, office),
    })
}

/// The step that follows in this office.
fn next(status: Status, office: Office) -> Status {
    match status {
        Status::Draft | Status::Returned if office.has_first_review => Status::FirstReview,
        Status::Draft | Status::Returned | Status::FirstReview => Status::Review,
        Status::Review if office.has_secrecy => Status::Secrecy,
        Status::Review | Status::Secrecy | Status::Signing => Status::Signing,
        Status::Signed | Status::Filed | Status::Published => status,
    }
}

/// The roles that may do this in this status.
pub fn may(status: Status, deed: Deed) -> &'static [Role] {
    let row = TABLE.iter().find(|(known, statuses, ..)| *known == deed && statuses.contains(&status));
    row.map_or(&[], |(_, _, roles, _)| roles)
}

impl Status {
    /// All, in the order of the way a report takes.
    pub const ALL: [Self; 9] = [
        Self::Draft,
        Self::Returned,
        Self::FirstReview,
        Self::Review,
        Self::Secrecy,
        Self::Signing,
        Self::Signed,
        Self::Filed,
        Self::Published,
    ];

    /// The word on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "草稿",
            Self::Returned => "退回修改",
            Self::FirstReview => "待初审",
            Self::Review => "待审核",
            Self::Secrecy => "待保密审查",
            Self::Signing => "待签发",
            Self::Signed => "已签发",
            Self::Filed => "已报送",
            Self::Published => "已发布",
        }
    }

    /// The word in files and scripts; never changes.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Returned => "returned",
            Self::FirstReview => "first_review",
            Self::Review => "review",
            Self::Secrecy => "secrecy",
            Self::Signing => "signing",
            Self::Signed => "signed",
            Self::Filed => "filed",
            Self::Published => "published",
        }
    }

    /// It carries a signature, and nothing in it changes.
    pub fn is_locked(self) -> bool {
        !OPEN.contains(&self)
    }
}

impl Role {
    /// All, in the order a report passes them.
    pub const ALL: [Self; 4] = [Self::Clerk, Self::Reviewer, Self::Secrecy, Self::Signer];

    /// The word on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Clerk => "经办人",
            Self::Reviewer => "审核人",
            Self::Secrecy => "保密审查",
            Self::Signer => "签发人",
        }
    }

    /// The word in files and scripts; never changes.
    pub fn code(self) -> &'static str {
        match self {
            Self::Clerk => "clerk",
            Self::Reviewer => "reviewer",
            Self::Secrecy => "secrecy",
            Self::Signer => "signer",
        }
    }
}

impl Deed {
    /// All, in the order of the table.
    pub const ALL: [Self; 13] = [
        Self::Edit,
        Self::Comment,
        Self::Arrange,
        Self::SecondEntry,
        Self::Submit,
        Self::Withdraw,
        Self::Return,
        Self::Pass,
        Self::Sign,
        Self::File,
        Self::Publish,
        Self::Reopen,
        Self::Join,
    ];

    /// The word on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Edit => "修改",
            Self::Comment => "写批注",
            Self::Arrange => "设定环节",
            Self::SecondEntry => "双录",
            Self::Submit => "送审",
            Self::Withdraw => "撤回",
            Self::Return => "退回修改",
            Self::Pass => "通过",
            Self::Sign => "签发",
            Self::File => "报送",
            Self::Publish => "发布",
            Self::Reopen => "重新打开",
            Self::Join => "合并副本",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Deed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
