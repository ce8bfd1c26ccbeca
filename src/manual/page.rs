//! Pages and what stands on them.

/// The pages in their order; a test holds them against the folder.
const PAGES: [&str; 9] = [
    include_str!("../../assets/manual/1-first-report.md"),
    include_str!("../../assets/manual/2-fill-in.md"),
    include_str!("../../assets/manual/3-review.md"),
    include_str!("../../assets/manual/4-last-year.md"),
    include_str!("../../assets/manual/5-import.md"),
    include_str!("../../assets/manual/6-ledger.md"),
    include_str!("../../assets/manual/7-county.md"),
    include_str!("../../assets/manual/8-trust.md"),
    include_str!("../../assets/manual/9-troubles.md"),
];

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// What it is about.
    pub title: String,
    /// From top to bottom.
    pub blocks: Vec<Block>,
}

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// What the next pieces are about.
    Heading(String),
    /// Running text.
    Paragraph(String),
    /// One of several things to do in this order, with its number.
    Step(usize, String),
    /// One of several things in any order.
    Point(String),
    /// A screen of the program.
    Picture(Picture),
}

/// A picture of a screen, painted from a report on the current form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// What is to be seen on it.
    pub caption: String,
    /// The screen, as `gouji shot --screen` names it.
    pub screen: String,
    /// Which report is open: `blank`, `submitted` (the example, mended, on the supervisor's desk); else the example.
    pub of: String,
    /// The key of the cell that the cursor is on, if it is on one.
    pub focus: Option<String>,
}

impl Block {
    /// Its words, for searching.
    pub fn words(&self) -> &str {
        match self {
            Self::Heading(words) | Self::Paragraph(words) | Self::Step(_, words) | Self::Point(words) => words,
            Self::Picture(picture) => &picture.caption,
        }
    }

    fn of(line: &str) -> Self {
        if let Some(words) = line.strip_prefix("## ") {
            return Self::Heading(words.to_owned());
        }
        if let Some(words) = line.strip_prefix("- ") {
            return Self::Point(words.to_owned());
        }
        if let Some((no, words)) = line.split_once(". ").and_then(|(no, words)| Some((no.parse().ok()?, words))) {
            return Self::Step(no, words.to_owned());
        }
        Picture::of(line).map_or_else(|| Self::Paragraph(line.to_owned()), Self::Picture)
    }
}

impl Picture {
    fn of(line: &str) -> Option<Self> {
        let (caption, what) = line.strip_prefix("![")?.strip_suffix(')')?.split_once("](")?;
        let mut picture = Self { caption: caption.to_owned(), ..Self::default() };
        for (name, value) in what.split(' ').filter_map(|part| part.split_once('=')) {
            match name {
                "screen" => value.clone_into(&mut picture.screen),
                "of" => value.clone_into(&mut picture.of),
                "focus" => picture.focus = Some(value.to_owned()),
                _ => return None,
            }
        }
        Some(picture)
    }
}

impl Page {
    fn of(text: &str) -> Self {
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        let title = lines.next().map_or("", |line| line.trim_start_matches("# ")).to_owned();
        Self { title, blocks: lines.map(Block::of).collect() }
    }

    /// Its title or a piece of it has these words; all pages have nothing.
    pub fn has(&self, words: &str) -> bool {
        self.title.contains(words) || self.blocks.iter().any(|block| block.words().contains(words))
    }
}

/// All pages.
pub fn pages() -> Vec<Page> {
    PAGES.into_iter().map(Page::of).collect()
}
