//! Who may do what to a report, when, and where it leads: one table; and why something is not done, in the user's words.

use std::fmt;

use super::status::{ActionKind, OPEN, Role, Status, Workflow};
use super::{ReasonKey, Review};

/// Where an action leads.
#[derive(Clone, Copy)]
enum To {
    /// It changes nothing.
    Same,
    /// The next step this office has.
    Next,
    /// This status.
    Is(Status),
    /// The first step this office has.
    First,
}

/// Who may do what, when, and where it leads. What is not listed is refused.
const TABLE: [(ActionKind, &[Status], &[Role], To); 20] = {
    use {ActionKind as D, Role as R, Status as S};
    const ANYONE: &[Role] = &Role::ALL;
    [
        (D::Edit, &[S::Draft, S::Returned], &[R::Clerk], To::Same),
        (D::Comment, &OPEN, ANYONE, To::Same),
        (D::Arrange, &[S::Draft, S::Returned], ANYONE, To::Same),
        (D::SecondEntry, &[S::Draft, S::Returned], &[R::Clerk], To::Same),
        (D::Submit, &[S::Draft, S::Returned], &[R::Clerk], To::Next),
        (D::Receive, &[S::FirstReview, S::Review], &[R::Reviewer], To::Same),
        (D::Receive, &[S::Secrecy], &[R::Secrecy], To::Same),
        (D::Receive, &[S::Signing], &[R::Signer], To::Same),
        // Only over a log that does not fit: see `review::act`.
        (D::Resubmit, &Status::ALL, &[R::Clerk], To::First),
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

/// The status that an action leads to.
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
        To::First => next(Status::Draft, workflow),
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

/// Why something is not done to a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Objection {
    /// Not in this status.
    NotNow {
        /// What was asked for.
        kind: ActionKind,
        /// The status.
        status: Status,
    },
    /// Others may.
    NotYou {
        /// What was asked for.
        kind: ActionKind,
        /// The status.
        status: Status,
        /// Who asked.
        role: Role,
    },
    /// Nobody has said who acts.
    Nobody,
    /// Who filled the report may not pass or sign it.
    SamePerson {
        /// What was asked for.
        kind: ActionKind,
        /// Who asked.
        name: Box<str>,
    },
    /// Errors are open or warnings unanswered.
    Unsolved {
        /// What was asked for.
        kind: ActionKind,
        /// Broken rules at their places.
        errors: Vec<ReasonKey>,
        /// Warnings without a reason for their present figures.
        warnings: Vec<ReasonKey>,
    },
    /// A reason, a comment, an answer is missing.
    NothingSaid(ActionKind),
    /// What was typed is not the code of the report as it is.
    WrongCode,
    /// What was typed is no code at all: its check signs do not fit.
    MistypedCode,
    /// The log does not prove what it says.
    Broken {
        /// What was asked for.
        kind: ActionKind,
        /// The first step that does not fit, in words.
        first: Box<str>,
    },
    /// Resubmitting is for a log that does not fit.
    Unbroken,
    /// A sign that nobody sees, or that turns the direction of writing.
    HiddenSign {
        /// Where it stands, in words.
        place: Box<str>,
        /// The sign.
        sign: char,
    },
    /// The system gives no random numbers.
    NoRandom,
    /// There is no such comment.
    NoSuchComment,
    /// Whether a comment is settled is said by those who review, or by who wrote it.
    NotSettledByClerk,
    /// The log takes no more.
    Full,
}

impl Objection {
    /// The words for the user: what is missing, and who may do it when.
    pub fn words(&self) -> String {
        match self {
            Self::NotNow { kind, status } => {
                let when = Status::ALL.into_iter().filter(|status| !may(*status, *kind).is_empty());
                format!("现在是“{status}”，不能{kind}；{}时可以", list(when.map(|status| format!("“{status}”"))))
            }
            Self::NotYou { kind, status, role } => {
                format!("“{status}”时{kind}由{}来做，你现在的身份是{role}", list(may(*status, *kind).iter().map(Role::to_string)))
            }
            Self::Nobody => "还没有选定姓名和身份，请先选定".to_owned(),
            Self::SamePerson { kind, name } => format!("{name}填过这份报告，不能自己{kind}，请换一个人；本单位允许的，先在“环节”里设定"),
            Self::Unsolved { kind, errors, warnings } => {
                let places = |keys: &[ReasonKey]| list(keys.iter().map(|key| format!("{} {}", key.rule, key.at)));
                let part =
                    |keys: &[ReasonKey], what: &str| (!keys.is_empty()).then(|| format!("{} 条{what}（{}）", keys.len(), places(keys)));
                let parts = [part(errors, "错误没有改正"), part(warnings, "待核实没有写说明")];
                format!("还不能{kind}：{}", parts.into_iter().flatten().collect::<Vec<_>>().join("，"))
            }
            Self::NothingSaid(kind) => match kind {
                ActionKind::Return => "请写明退回的原因，或者先在要改的地方写批注".to_owned(),
                kind => format!("{kind}要写明内容"),
            },
            Self::WrongCode => "核对码与现在的内容不符：请照纸上或屏幕上的核对码重新输入；纸上的是旧稿的，请重新打印".to_owned(),
            Self::MistypedCode => {
                "核对码输错了：末组的校验位对不上，请逐组对照重新输入（没有 0、1、B、G、I、L、N、O、Q、S、U、V、Z 这些容易看错的字符）"
                    .to_owned()
            }
            Self::Broken { kind, first } => {
                format!("办理记录与内容不符，不能{kind}。最先不符的是{first}；请经办人核对内容后重新送审，此前的办理和签发作废")
            }
            Self::Unbroken => "办理记录与内容相符，不需要重新送审；要送审请用“送审”".to_owned(),
            Self::HiddenSign { place, sign } => {
                format!("{place}里有看不见的字符（U+{:04X}），显示的和导出的可能不一样，请删去后再办理", u32::from(*sign))
            }
            Self::NoRandom => "系统没有给出随机数，没有办理；请重新启动程序再试".to_owned(),
            Self::NoSuchComment => "没有这条批注".to_owned(),
            Self::NotSettledByClerk => "“已解决”由审核一方确认；经办人请答复“已改”或“已答复”，写明做了什么".to_owned(),
            Self::Full => format!("办理记录已满，不能再添加（最多 {} 步、合并 {} 次）", Review::MAX_STEPS, Review::MAX_JOINS),
        }
    }
}

impl std::error::Error for Objection {}

impl fmt::Display for Objection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words())
    }
}

fn list(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join("、")
}
