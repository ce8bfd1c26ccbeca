//! A register as read, under the name and the hashes by which its draft knows it again.

use crate::read::lines::Sheet;

/// A file of requests or cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    /// Name of the file, without folders.
    pub name: String,
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
    /// SM3 of the file, in hexadecimal digits.
    pub sm3: String,
    /// Its sheets; a text file has one without a name.
    pub sheets: Vec<Sheet>,
}

impl Register {
    /// Lines of all its sheets.
    pub fn num_lines(&self) -> u32 {
        self.sheets.iter().map(|sheet| sheet.num_lines).sum()
    }
}
