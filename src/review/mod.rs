//! The supervisor's half of the job: actions on a report, what its log proves, what differs, how two copies become one.
//!
//! The log itself and the table of who may do what are in `model`; here is all that needs the form's names: hashes, checks
//! of the log, differences in words.

mod act;
mod digest;
mod spelling;

pub use act::{Doing, act, may};
pub use digest::{Approval, Digests, approval, canonical, code, digests, is_code, step_id};
pub use spelling::{action_words, read_action, read_spot, read_value, spot_words, value_words};
