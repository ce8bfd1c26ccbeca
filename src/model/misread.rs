//! Why typed text is not what a cell holds, and what the clerk should do.

/// Why typed text is not what the cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misread {
    /// Not a number.
    NotNumber,
    /// A sign for "nothing to report", which may mean 0 or "not known".
    Placeholder,
    /// Thousands separators in the wrong place.
    Separator,
    /// A count below zero.
    Negative,
    /// A part of a piece.
    Fraction,
    /// More than the cell can hold.
    TooLarge,
    /// An amount without 元 or 万元, where the form prints no unit.
    UnitMissing,
    /// A unit the cell does not have.
    WrongUnit,
    /// An amount finer than 分.
    BelowOneFen,
    /// A number with a remark in brackets: which of the figures is meant?
    Remark,
    /// So many numbers with white space between them.
    Several(usize),
    /// A numeral said in short: 一百二 is 120, or 102.
    TwoReadings,
    /// A control sign is in the text.
    Hidden,
}

impl Misread {
    /// What is wrong and what to do, for the clerk.
    pub fn advice(self) -> &'static str {
        match self {
            Self::NotNumber => "不是数字，请只填数字",
            Self::Placeholder => "不是数字：没有发生请填 0，暂时不清楚请留空",
            Self::Separator => "千位分隔符的位置不对，请核对位数",
            Self::Negative => "不能是负数",
            Self::Fraction => "应当是整数",
            Self::TooLarge => "数字太大，请核对位数",
            Self::UnitMissing => "没有写单位，请在数字后写明“元”或“万元”",
            Self::WrongUnit => "单位与本格不符，请只填数字",
            Self::Remark => "带有括号里的说明，请只填数字，说明写到文字部分",
            Self::Several(2) => "是两个数，一格只填一个；若是一个数，请去掉中间的空格",
            Self::Several(3) => "是三个数，一格只填一个；若是一个数，请去掉中间的空格",
            Self::Several(_) => "是好几个数，一格只填一个；若是一个数，请去掉中间的空格",
            Self::TwoReadings => "有两种读法，请用阿拉伯数字填写",
            Self::Hidden => "里有看不见的控制字符，请删去重填",
            Self::BelowOneFen => "精确到分即可，小数位数太多",
        }
    }
}

/// Takes thousands separators out; they must stand where they belong: `1,024`, never `1,02`.
pub(super) fn without_separators(whole: &str) -> Result<String, Misread> {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let mut separated = false;
    for group in groups {
        separated = true;
        if group.len() != 3 {
            return Err(Misread::Separator);
        }
    }
    if separated && (first.is_empty() || first.len() > 3) { Err(Misread::Separator) } else { Ok(whole.replace(',', "")) }
}
