//! What is looked for in the chapter on screen.

/// The strip above the chapter.
#[derive(Debug, Default)]
pub struct FindStrip {
    /// What is looked for.
    pub query: String,
    /// What takes its place in a text.
    pub replacement: String,
    /// The strip is new and takes the focus.
    pub is_new: bool,
    /// It was asked for to replace words.
    pub replaces: bool,
    /// Which of the matches was gone to last.
    pub last: Option<usize>,
}

impl FindStrip {
    /// A strip that takes the focus when it is shown.
    pub fn new(replaces: bool) -> Self {
        Self { is_new: true, replaces, ..Self::default() }
    }
}
