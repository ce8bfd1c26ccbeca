//! Drafts and form files on disk. Everything a save does to the disk passes through [`Disk`], so that tests can make any
//! single operation fail.

use std::path::Path;
use std::sync::Arc;

use crate::form::{Catalog, Form};
use crate::model::Draft;

mod damage;
mod disk;
mod error;
mod file;
mod forms;
mod places;
mod save;

pub use damage::Damage;
pub use disk::{Disk, RealDisk, Standing};
pub use error::StoreError;
pub use file::{decode, encode};
pub use forms::catalog;
pub use places::{documents, recent_paths, remember};
pub use save::{backup_path, load, save, write_whole};

/// The example that comes with the program: the 2020 report of a district emergency-management bureau.
///
/// # Errors
/// It does not fit its form; a test keeps that from happening.
pub fn example(catalog: &Catalog) -> Result<(Arc<Form>, Draft), StoreError> {
    save::decode(EXAMPLE.as_bytes(), Path::new("assets/examples/emergency-bureau-2020.gouji"), || None, catalog)
}

const EXAMPLE: &str = include_str!("../../assets/examples/emergency-bureau-2020.gouji");
