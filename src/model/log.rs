//! What a log of the review is made of: who did what, when, about what.

use std::fmt;

use jiff::Timestamp;

use super::status::{ActionKind, Role, Status, Workflow};
use super::{CellId, Fingerprint, Item, ReasonKey, SectionId, Values};

/// Who acts.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Person {
    /// Name as typed.
    pub name: Box<str>,
    /// In whose place.
    pub role: Role,
}

impl fmt::Display for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}（{}）", self.name, self.role)
    }
}

/// What a comment is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// The report as a whole.
    Report,
    /// A chapter, by its number.
    Chapter(u8),
    /// One cell.
    Cell(CellId),
    /// The row that begins with this cell.
    Row(CellId),
    /// A broken check, by the key its reason is filed under.
    Finding(ReasonKey),
    /// A passage of a text chapter. It is found again by its words, nearest to where it stood.
    Passage {
        /// The chapter the passage stands in.
        section: SectionId,
        /// Where it stood, in characters from the start.
        at: usize,
        /// Its words at that time, by which it is found again after edits.
        quote: Box<str>,
    },
}

impl Spot {
    /// The items it speaks of, as far as it names them.
    pub fn item(&self) -> Option<Item> {
        match self {
            Self::Cell(cell) | Self::Row(cell) => Some(Item::Cell(*cell)),
            Self::Passage { section, .. } => Some(Item::Text(*section)),
            Self::Finding(key) => Some(Item::Reason(key.clone())),
            Self::Report | Self::Chapter(_) => None,
        }
    }

    /// Where a passage stands in the text as it is now, in characters; `None` if its words are gone.
    pub fn find_in(&self, text: &str) -> Option<usize> {
        let Self::Passage { at, quote, .. } = self else { return None };
        let places = text.match_indices(&**quote).map(|(byte, _)| text.get(..byte).map_or(0, |before| before.chars().count()));
        places.min_by_key(|place| place.abs_diff(*at))
    }
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A comment on this.
    Comment(Spot),
    /// An answer to the comment with this id.
    Reply(Fingerprint),
    /// The comment with this id is settled (已解决).
    Resolve(Fingerprint),
    /// The comment with this id is open again.
    Unresolve(Fingerprint),
    /// The office's steps from now on.
    Arrange(Workflow),
    /// 双录: a second person has keyed a table anew, and what differed is settled.
    SecondEntry,
    /// 送审.
    Submit,
    /// 收阅: whoever is to pass or sign it has opened it, and his program has drawn a number for the log.
    Receive,
    /// 重新送审 over a log that no longer proves what it says. This is the hash of the log before it, as it was found.
    Resubmit(Fingerprint),
    /// 撤回.
    Withdraw,
    /// 退回修改.
    Return,
    /// 通过.
    Pass,
    /// 签发.
    Sign,
    /// 报送.
    File,
    /// 发布.
    Publish,
    /// 重新打开.
    Reopen,
    /// Another copy's log and values were joined with this one's.
    Join,
}

impl Action {
    /// The line of the table it falls under.
    pub fn kind(&self) -> ActionKind {
        match self {
            Self::Comment(_) | Self::Reply(_) | Self::Resolve(_) | Self::Unresolve(_) => ActionKind::Comment,
            Self::Arrange(_) => ActionKind::Arrange,
            Self::SecondEntry => ActionKind::SecondEntry,
            Self::Submit => ActionKind::Submit,
            Self::Receive => ActionKind::Receive,
            Self::Resubmit(_) => ActionKind::Resubmit,
            Self::Withdraw => ActionKind::Withdraw,
            Self::Return => ActionKind::Return,
            Self::Pass => ActionKind::Pass,
            Self::Sign => ActionKind::Sign,
            Self::File => ActionKind::File,
            Self::Publish => ActionKind::Publish,
            Self::Reopen => ActionKind::Reopen,
            Self::Join => ActionKind::Join,
        }
    }

    /// The word on screen.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Comment(_) => "批注",
            Self::Reply(_) => "答复批注",
            Self::Resolve(_) => "批注已解决",
            Self::Unresolve(_) => "批注重新打开",
            action => action.kind().name(),
        }
    }
}

impl ActionKind {
    /// The action of this kind that says nothing more; `None` where one does, or where the log holds none.
    pub fn plain(self) -> Option<Action> {
        match self {
            Self::Edit | Self::Comment | Self::Arrange | Self::Resubmit => None,
            Self::SecondEntry => Some(Action::SecondEntry),
            Self::Submit => Some(Action::Submit),
            Self::Receive => Some(Action::Receive),
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

/// One entry of the log. Once written it never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// SM3 of everything below, by which other steps name it.
    pub id: Fingerprint,
    /// Who acted, as said at the window or on the command line; nobody proves it.
    pub person: Person,
    /// When, to the second.
    pub time: Timestamp,
    /// What was done, with all that belongs to it.
    pub action: Action,
    /// What was said: comment, answer, reason, remark; for a signature the code as typed.
    pub words: Box<str>,
    /// The status after it.
    pub status: Status,
    /// SM3 of the report and its comments after it.
    pub sm3: Fingerprint,
    /// SHA-256 of the same, for a signature.
    pub sha256: Option<Fingerprint>,
    /// The steps before it: none for the first, two where copies were joined.
    pub parents: Vec<Parent>,
    /// What steps hold since the code has 80 bits; none for those of older programs.
    pub witness: Option<Witness>,
}

/// What bears witness to a step besides its words. A signature by certificate (SM2, GB/T 32918) over the step's id would stand
/// beside it, as a field of its own in the step's line of the file and with a new number of the file's format: see `store`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// SM3 of the form the step was done on.
    pub form: Fingerprint,
    /// A number that nobody could foresee, drawn by the program that wrote the step; zero where copies were joined.
    pub drawn: Fingerprint,
    /// What the machine's clock said, where that was more than a day before the step before.
    pub clock: Option<Timestamp>,
    /// Who typed figures, texts or reasons since the step before, as far as they said who they are.
    pub editors: Vec<Box<str>>,
}

/// A step before another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parent {
    /// Its id.
    pub id: Fingerprint,
    /// What leads from the report after the later step back to the report after this one.
    pub was: Values,
}
