//! The supervisor's half of the job: actions on a report, what its log proves, what differs, how two copies become one.
//!
//! The log itself and the table of who may do what are in `model`; here is all that needs the form's names: hashes, checks
//! of the log, differences in words.

mod about;
mod act;
mod approval;
mod code;
mod diff;
mod digest;
mod explained;
mod history;
mod join;
mod moved;
mod moved_words;
mod moves;
mod past;
mod prior;
mod second;
mod verify;

pub use about::step_about;
pub use act::{Attempt, act, code_of_paper, draw, may, may_edit};
pub use approval::{Approval, Standing, approval, code_now, standing};
pub use code::{code, old_code};
pub use diff::{Diff, Piece, Side, diff, excerpt, item_name, pieces, shortened, spot_name, value_name};
pub use digest::{Digests, canonical, code_hash, digests, old_digests, sm3, step_id};
pub use explained::{Explained, Judgement, explained, judged};
pub use history::{Task, TaskState, changed_by, is_about, since_seen, since_submission, state_after, tasks};
pub use join::{Conflict, Join, Unjoinable};
pub use moved::{Line, Migration, Total, moved};
pub use moved_words::{ledger_words, moved_words, total_words};
pub use moves::{BySize, Move, by_size, moves};
pub use prior::{prior, prior_on, prior_source, take_prior};
pub use second::{SecondEntry, SecondSheet};
pub use verify::{Broken, Flaw, first_flaw, flaw_name};
