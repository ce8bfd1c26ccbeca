//! A register as read: sheets of lines of text, whatever file it came in.

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

/// One sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Name in the workbook.
    pub name: String,
    /// The lines that hold something, in order.
    pub lines: Vec<Line>,
    /// Lines in the file, blank ones too.
    pub num_lines: u32,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file, from 1. A line with breaks inside its cells has the number of its first.
    pub no: u32,
    /// Its cells from the left; dates as `2024-03-05`, numbers as digits.
    pub cells: Vec<Box<str>>,
}

impl Line {
    /// The cell in a column, without blanks around it; blank beyond the last.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }

    /// The cells that hold something: column and text.
    pub fn filled(&self) -> impl Iterator<Item = (usize, &str)> {
        self.cells.iter().map(|cell| cell.trim()).enumerate().filter(|(_, cell)| !cell.is_empty())
    }
}

impl Register {
    /// Lines of all its sheets.
    pub fn num_lines(&self) -> u32 {
        self.sheets.iter().map(|sheet| sheet.num_lines).sum()
    }
}
