//! What is looked for in the report.

/// The strip above the chapter.
#[derive(Debug, Default)]
pub struct FindStrip {
    /// What is looked for.
    pub query: String,
    /// What takes its place in a text.
    pub replacement: String,
    /// The strip is new and takes the focus.
    pub is_new: bool,
    /// What it was asked for.
    pub aim: Aim,
    /// Which of the matches was gone to last.
    pub last: Option<usize>,
}

/// What a strip is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aim {
    /// To find words and figures.
    #[default]
    Find,
    /// To put other words in their place.
    Replace,
    /// To go to a cell by a few letters of its name.
    GoTo,
}

impl FindStrip {
    /// A strip that takes the focus when it is shown.
    pub fn new(aim: Aim) -> Self {
        Self { is_new: true, aim, ..Self::default() }
    }
}

/// Where the query begins in a text, in characters.
pub fn in_text<'a>(text: &'a str, query: &'a str) -> impl Iterator<Item = usize> {
    let (mut chars, mut bytes) = (0, 0);
    text.match_indices(query).map(move |(at, _)| {
        chars += text.get(bytes..at).map_or(0, |between| between.chars().count());
        bytes = at;
        chars
    })
}
