//! Drafts and form files on disk. Everything done to the disk for a draft passes through [`Disk`], so that tests can make
//! any single operation fail. The clock is not read here: who calls says what time it is.
//!
//! [`open()`] and [`Keeper`] are all that the window needs; [`load`] and [`save`] do for the command line.

use std::path::Path;
use std::sync::Arc;

use crate::form::{Catalog, Form};
use crate::model::Draft;

mod aside;
mod damage;
mod digest;
mod disk;
mod ending;
mod error;
mod file;
mod fonts;
mod forms;
mod generations;
mod hold;
mod home;
mod journal;
mod keeper;
pub mod office;
mod prior;
mod prior_part;
mod profile;
mod proof;
mod receipt;
mod recent;
mod recover;
mod review_part;
mod ron_text;
mod save;
mod saver;
mod settings;
mod sources;

pub use damage::Damage;
pub use digest::{Digest, sum};
pub use disk::{Disk, RealDisk, Seen, Stamp, Standing, written_at};
pub use ending::{BACKUP_ENDING, DRAFT_ENDING, is_draft_name};
pub use error::{StoreError, reason};
pub use file::{NotDraft, decode, encode};
pub use fonts::{font_with, system_font};
pub use forms::catalog;
pub use generations::{Changed, Generation, generations, keep, restore_copy, superfluous};
pub use hold::{Held, Hold, Holder, hold};
pub use home::{Home, documents};
pub use journal::{Flusher, Journal, Replay, Trouble, flush_all, replay};
pub use keeper::{Keeper, Opened, Watch, open};
pub use prior::{earlier_years, find_prior, read_prior};
pub use profile::{load_profile, own_profile, profile_text, read_profile};
pub use proof::{Proof, prove, step_name};
pub use receipt::Receipt;
pub use recent::{leave_out, recent_paths, remember};
pub use recover::{DraftFile, Left, Lost, clear_remains, given_up, left_behind};
pub use save::{
    backup_path, free_beside, load, load_bytes, load_known, may_change, read_draft, read_regular, save, save_known, save_new, second_path,
    write_known, write_output, write_whole,
};
pub use saver::{SaveOrder, Saved, To};
pub use settings::{Look, Settings};
pub use sources::{Stamped, read_source, sources, stamped};

/// A report that comes with the program, of a made-up office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Example {
    /// The current form: a county's bureau of natural resources, 2025, with one fault to find.
    Current,
    /// The form of 2019 and 2020: a district's emergency-management bureau, 2020, without a fault.
    Older,
}

/// The example.
///
/// # Errors
/// It does not fit its form; a test keeps that from happening.
pub fn example(catalog: &Catalog, which: Example) -> Result<(Arc<Form>, Draft), StoreError> {
    let (text, path) = match which {
        Example::Current => {
            (include_str!("../../assets/examples/resources-bureau-2025.gouji"), "assets/examples/resources-bureau-2025.gouji")
        }
        Example::Older => {
            (include_str!("../../assets/examples/emergency-bureau-2020.gouji"), "assets/examples/emergency-bureau-2020.gouji")
        }
    };
    save::decode(text.as_bytes(), Path::new(path), || None, catalog)
}
