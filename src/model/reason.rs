//! Written reasons for warnings (核实性问题的说明). A reason is bound to the figures it explains.

/// The warning a reason belongs to: rule id and place, as in `gouji check`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReasonKey {
    /// Rule id: `R25`.
    pub rule: Box<str>,
    /// Line key or cell key: `a5.license.prev`.
    pub at: Box<str>,
}

impl ReasonKey {
    /// Stands for a rule on the sheet of a second entry (双录): how each cell was settled that was keyed differently.
    pub const SECOND_ENTRY: &str = "双录";
    /// Stands for a cell key among the figures of a reason for a finding about text: the figures of the sentence.
    pub const SENTENCE: &str = "正文";
    /// Stands for a rule on a figure of the text that follows a cell: the place names sentence and figure, the figures name the cell.
    pub const LINK: &str = "链接";
}

/// A written reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What the clerk wrote.
    pub text: Box<str>,
    /// The figures it was written for: cell key and text, in form order. When they change the reason wants a new look.
    pub figures: Vec<(Box<str>, Box<str>)>,
}

/// Why a text is no reason. Source: practice of statutory reporting, "不能只填写核实无误".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing was written.
    Empty,
    /// Too short to say anything.
    Short,
    /// A phrase that says nothing.
    Boilerplate,
    /// The same words as another reason.
    Repeated,
}

impl Refusal {
    /// What is wrong and what to do, for the clerk.
    pub fn words(self) -> &'static str {
        match self {
            Self::Empty => "请写明原因",
            Self::Short => "太短了，请写明具体原因",
            Self::Boilerplate => "不能只写套话，请写明具体原因，例如哪件事、从哪里查到",
            Self::Repeated => "与另一条说明一字不差，请按这一条的实际情况写",
        }
    }
}

/// Phrases that say nothing, alone or put together.
const BOILERPLATE: [&str; 18] = [
    "经核实",
    "核实无误",
    "已核实",
    "核实",
    "情况属实",
    "属实",
    "数据无误",
    "数据准确",
    "无误",
    "准确",
    "正确",
    "没有问题",
    "无问题",
    "确认",
    "实际情况",
    "如此",
    "数据",
    "已",
];

/// Fewest characters of a reason, signs not counted.
const MIN_CHARS: usize = 6;

/// Whether a text will do as a reason beside the others already written.
///
/// # Errors
/// Why not.
pub fn judge<'a>(text: &str, others: impl IntoIterator<Item = &'a str>) -> Result<(), Refusal> {
    let said = essence(text);
    if said.is_empty() {
        return Err(Refusal::Empty);
    }
    let rest = BOILERPLATE.iter().fold(said.clone(), |rest, phrase| rest.replace(phrase, ""));
    if rest.chars().count() < 2 {
        return Err(Refusal::Boilerplate);
    }
    if said.chars().count() < MIN_CHARS {
        return Err(Refusal::Short);
    }
    if others.into_iter().any(|other| essence(other) == said) {
        return Err(Refusal::Repeated);
    }
    Ok(())
}

/// The text without spaces and punctuation.
fn essence(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
