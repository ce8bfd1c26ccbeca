//! Drafts and form files on disk. Everything a save does to the disk passes through [`Disk`], so that tests can make any
//! single operation fail.

mod damage;
mod disk;
mod error;
mod file;
mod forms;
mod save;

pub use damage::Damage;
pub use disk::{Disk, RealDisk, Standing};
pub use error::StoreError;
pub use file::{decode, encode};
pub use forms::catalog;
pub use save::{backup_path, load, save};
