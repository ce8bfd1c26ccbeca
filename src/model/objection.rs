//! Why something is not done to a report, in the user's words.

use std::fmt;

use super::status::{ActionKind, Role, Status, may};
use super::{ReasonKey, Review};

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
        /// Broken rules at their places.
        errors: Vec<ReasonKey>,
        /// Warnings without a reason for their present figures.
        warnings: Vec<ReasonKey>,
    },
    /// A reason, a comment, an answer is missing.
    NothingSaid(ActionKind),
    /// What was typed is not the code of the report as it is.
    WrongCode,
    /// There is no such comment.
    NoSuchComment,
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
            Self::Unsolved { errors, warnings } => {
                let places = |keys: &[ReasonKey]| list(keys.iter().map(|key| format!("{} {}", key.rule, key.at)));
                let part =
                    |keys: &[ReasonKey], what: &str| (!keys.is_empty()).then(|| format!("{} 条{what}（{}）", keys.len(), places(keys)));
                let parts = [part(errors, "错误没有改正"), part(warnings, "待核实没有写说明")];
                format!("还不能送审：{}", parts.into_iter().flatten().collect::<Vec<_>>().join("，"))
            }
            Self::NothingSaid(kind) => match kind {
                ActionKind::Return => "请写明退回的原因，或者先在要改的地方写批注".to_owned(),
                kind => format!("{kind}要写明内容"),
            },
            Self::WrongCode => "核对码与现在的内容不符：请照纸上或屏幕上的核对码重新输入；纸上的是旧稿的，请重新打印".to_owned(),
            Self::NoSuchComment => "没有这条批注".to_owned(),
            Self::Full => format!("办理记录已满，不能再添加（最多 {} 步、合并 {} 次）", Review::MAX_STEPS, Review::MAX_JOINS),
        }
    }
}

impl fmt::Display for Objection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words())
    }
}

fn list(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join("、")
}
