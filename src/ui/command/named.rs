//! The table of commands: every command that stands in a menu or has a key. Menus, toolbar, shortcuts, the card of keys (F1) and
//! README's list of keys are read from it.

use egui::{Key, KeyboardShortcut, ModifierNames, Modifiers};

/// What stands in the table for one command.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The words on its button and in its menu.
    pub words: &'static str,
    /// Where it stands in the menus; `None`: on a button or key alone.
    pub menu: Option<(Menu, u8)>,
    /// Its keys, the one that is shown first; empty: none.
    pub keys: &'static [KeyboardShortcut],
    /// When it can be used.
    pub needs: Needs,
    /// What the card of keys says of it; empty only where it has no key.
    pub help: &'static str,
}

/// A menu; the number beside it in [`Row::menu`] is the group between two lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// 文件.
    File,
    /// 编辑.
    Edit,
    /// 查看.
    View,
    /// 办理.
    Review,
    /// 帮助.
    Help,
}

impl Menu {
    /// All, from left to right.
    pub const ALL: [Self; 5] = [Self::File, Self::Edit, Self::View, Self::Review, Self::Help];

    /// What the menu bar calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::File => "文件",
            Self::Edit => "编辑",
            Self::View => "查看",
            Self::Review => "办理",
            Self::Help => "帮助",
        }
    }
}

/// What must be there before a command can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: it works on the start screen too.
    Nothing,
    /// An open report.
    Report,
    /// A step to take back.
    Undo,
    /// A step that was taken back.
    Redo,
    /// Somebody who reviews rather than fills.
    Reviewer,
}

const fn key(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}

const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

/// Makes the commands and their table at once, so that neither can be without the other:
/// `/// doc` `Name: words, [menu and group], [keys], needs, help;`.
macro_rules! commands {
    ($($(#[$doc:meta])+ $name:ident: $words:literal, [$($menu:ident $group:literal)?], [$($key:expr),*], $needs:ident, $help:literal;)+) => {
        /// A command that stands in a menu or has a key. It carries nothing along: what it is about is what is on screen.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Named {
            $($(#[$doc])+ $name,)+
        }

        impl Named {
            /// All, in the order of the menus.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its row of the table.
            pub fn row(self) -> Row {
                match self {
                    $(Self::$name => Row {
                        words: $words, menu: [$((Menu::$menu, $group))?].first().copied(), keys: &const { [$($key),*] }, needs: Needs::$needs, help: $help,
                    },)+
                }
            }
        }
    };
}

commands! {
    /// Ask for agency and year, then start a draft.
    New: "新建报告…", [File 0], [ctrl(Key::N)], Nothing, "新建";
    /// Ask for last year's report, then start this year's from it.
    NewFromLast: "用上年报告新建…", [File 0], [], Nothing, "";
    /// Ask for a draft to open.
    Open: "打开草稿…", [File 0], [ctrl(Key::O)], Nothing, "打开";
    /// Open the bundled example of the form of 2019 and 2020.
    OpenExample: "打开示例", [], [], Nothing, "";
    /// Open the bundled example of the current form, which has one fault to find.
    OpenFaulty: "找一处错的示例", [Help 0], [], Nothing, "";
    /// Ask for a report that was published or filled elsewhere.
    Import: "导入…", [File 0], [], Nothing, "";
    /// Ask for a county's folder, then show its bodies.
    County: "县区汇总…", [File 0], [], Nothing, "";
    /// Ask for the office's register, then count tables 三 and 四 from it.
    Ledger: "从台账取数…", [File 0], [ctrl(Key::L)], Report, "从台账取数";
    /// Save; asks where if the draft has no file yet.
    Save: "保存", [File 0], [ctrl(Key::S)], Report, "保存";
    /// Save under another name.
    SaveAs: "另存为…", [File 0], [ctrl_shift(Key::S)], Report, "另存为";
    /// Ask for the agency's right name and the right year.
    Rename: "改单位和年度…", [File 0], [], Report, "";
    /// Write a file to hand on; asks where and as what.
    Export: "导出…", [File 1], [ctrl(Key::E)], Report, "导出";
    /// Write the copy to be signed by pen; asks where.
    ExportClean: "导出签字用的清样…", [File 1], [], Report, "";
    /// Write the copy for the public; asks where.
    ExportPublic: "导出公开版…", [File 1], [], Report, "";
    /// Write every kind of file into a folder; asks which.
    ExportAll: "全部导出到文件夹…", [File 1], [], Report, "";
    /// Write the page for the file; asks where.
    ExportSummary: "导出校验报告…", [File 1], [], Report, "";
    /// Copy the report for a website's editor.
    CopyPage: "复制网页代码", [File 1], [], Report, "";
    /// Show the pages as they will be printed.
    Preview: "打印预览…", [File 1], [ctrl_shift(Key::P)], Report, "打印预览";
    /// Have the system show the report, for printing.
    Print: "打印…", [File 1], [ctrl(Key::P)], Report, "打印";
    /// Ask for last year's report.
    OpenPrior: "选上年报告…", [File 2], [], Report, "";
    /// Key last year's figures in from paper, on a sheet like the form.
    KeyPrior: "录入上年的数…", [File 2], [], Report, "";
    /// Take last year's report that was found; then what follows from it into the blank cells.
    TakePrior: "收入上年报告、带入上年数", [File 2], [key(Key::F3)], Report, "收入找到的上年报告；再按一次，带入上年结转等";
    /// Ask for another copy of this report, to join it with this one.
    OpenCopy: "合并另一份副本…", [File 2], [], Report, "";
    /// List the earlier saves of the open draft.
    Versions: "历史版本…", [File 3], [], Report, "";
    /// Show where copies of each save go.
    Backup: "备份文件夹…", [File 3], [], Nothing, "";
    /// Have the system show the file with the office's own thresholds, to be changed there.
    Thresholds: "本机关的阈值…", [File 3], [], Nothing, "";
    /// Leave the draft for the start screen.
    Close: "回到开始页", [File 4], [ctrl(Key::W)], Report, "回到开始页";
    /// Close the window.
    Quit: "退出", [File 4], [], Nothing, "";
    /// Take the last step back.
    Undo: "撤销", [Edit 0], [ctrl(Key::Z)], Undo, "撤销";
    /// Make it again.
    Redo: "重做", [Edit 0], [ctrl(Key::Y), ctrl_shift(Key::Z)], Redo, "重做，次数不限";
    /// Put 0 into what is blank in the line.
    ZeroLine: "本行其余填 0", [Edit 1], [key(Key::F11)], Report, "本行其余填 0";
    /// Put 0 into what is blank in the column.
    ZeroColumn: "本列其余填 0", [Edit 1], [shift(Key::F11)], Report, "本列其余填 0";
    /// Take what the program reckons for the selected totals.
    TakeTotal: "填入算出的合计", [Edit 1], [alt(Key::Equals)], Report, "填入算出的合计";
    /// Have totals typed as a check, or computed.
    SwitchTotals: "合计：照纸面录入 ⇄ 自动", [Edit 1], [ctrl(Key::T)], Report, "合计照纸面录入，或者自动合计";
    /// Look for words or figures in the chapter on screen.
    Find: "查找…", [Edit 2], [ctrl(Key::F)], Report, "查找";
    /// Go to a cell by a few letters of its name.
    GoTo: "转到…", [Edit 2], [ctrl(Key::G)], Report, "转到：键入行名、列名里的几个字";
    /// The same, to put other words in their place.
    Replace: "替换…", [Edit 2], [ctrl(Key::H)], Report, "替换文字";
    /// Go to the next finding.
    NextFinding: "下一处问题", [View 0], [key(Key::F8)], Report, "下一处";
    /// Go to the one before.
    PrevFinding: "上一处问题", [View 0], [shift(Key::F8)], Report, "上一处问题";
    /// Put a figure of the tables, or a sentence with such figures, into the text on screen.
    InsertFigure: "插入表里的数…", [View 0], [ctrl(Key::J)], Report, "正文里插入表里的数";
    /// Show what the figure at the cursor was held against.
    ShowFigure: "看这个数的核对", [View 0], [alt(Key::ArrowDown)], Report, "正文里：看这个数与哪一格核对";
    /// Write the reason of a warning.
    Reason: "写待核实的说明", [View 0], [key(Key::F4)], Report, "写待核实的说明";
    /// Go to the next cell or text with nothing in it; for who reviews, to the next not yet looked at.
    NextBlank: "下一处未填或未看", [View 0], [key(Key::F7)], Report, "下一处未填的格或文字";
    /// Show the pictures of several years.
    Trend: "历年情况图", [View 0], [ctrl(Key::Num5)], Report, "历年情况图";
    /// Show what the office has decided about the words of its registers.
    Decisions: "台账归类…", [View 0], [], Report, "";
    /// Open the manual.
    Manual: "使用手册", [Help 0], [], Nothing, "";
    /// Show the card of keys.
    Help: "按键一览", [Help 0], [key(Key::F1)], Nothing, "本页";
    /// Open the practice sheet.
    Practice: "十个按键练习", [Help 0], [], Nothing, "";
    /// Show what this program is, how its window is painted, and whose work it stands on.
    About: "关于勾稽", [Help 1], [], Nothing, "";
    /// Show the chapter before.
    PrevChapter: "上一章", [], [ctrl(Key::PageUp)], Report, "上一章";
    /// Show the next chapter.
    NextChapter: "下一章", [], [ctrl(Key::PageDown)], Report, "下一章";
    /// Do the step this person is there for.
    WayOn: "送审、通过或签发…", [Review 0], [key(Key::F9)], Report, "送审、通过、签发";
    /// Give the report back.
    GiveBack: "退回修改…", [Review 0], [shift(Key::F9)], Report, "退回修改";
    /// Write a comment on what the cursor is on.
    Comment: "写批注", [Review 0], [shift(Key::F2)], Report, "对格子、整行、选中的文字写批注";
    /// Show the steps of the reading.
    Reading: "审核三步", [Review 0], [ctrl(Key::Num4)], Reviewer, "审核三步：已说明的、与上年的差异、通过前";
    /// Mark what is selected, or else the chapter, as looked at.
    Seen: "已看过", [Review 0], [ctrl(Key::Enter)], Reviewer, "审核时：选中的或屏幕上的已看过";
    /// Have a table keyed a second time; asks by whom.
    KeyTwice: "双录…", [Review 0], [], Report, "";
    /// Show everything that was done.
    Log: "办理记录…", [Review 0], [], Report, "";
    /// Hold a copy that went out, or a receipt, against the report; asks which.
    Against: "与副本或回执核对…", [Review 0], [], Report, "";
    /// Ask for name and role of who sits here.
    AskPerson: "姓名和身份…", [Review 0], [], Nothing, "";
    /// Show the findings on the right.
    ShowFindings: "核对结果", [], [ctrl(Key::Num1)], Report, "核对结果";
    /// Show the comments on the right.
    ShowComments: "批注", [], [ctrl(Key::Num2)], Report, "批注";
    /// Show the differences on the right.
    ShowChanges: "差异", [], [ctrl(Key::Num3)], Report, "差异；F8 逐条看";
    /// Where both entries of a cell differ, take the first.
    TakeFirst: "取一录", [], [key(Key::F5)], Report, "双录对照时：取一录";
    /// Where both entries of a cell differ, take the second.
    TakeSecond: "取二录", [], [key(Key::F6)], Report, "取二录";
}

impl Named {
    /// The words on its button and in its menu.
    pub fn words(self) -> &'static str {
        self.row().words
    }

    /// Its first key in words: `Ctrl+S`; empty where it has none.
    pub fn keys(self) -> String {
        self.row().keys.first().map_or_else(String::new, |key| key.format(&ModifierNames::NAMES, cfg!(target_os = "macos")))
    }

    /// Every key with its command, in the order in which they are to be tried: the Ctrl+Z of 撤销 would answer to the
    /// Ctrl+Shift+Z of 重做 too, therefore the keys with Shift come first.
    pub fn by_key() -> Vec<(KeyboardShortcut, Self)> {
        let mut all: Vec<_> = Self::ALL.iter().flat_map(|named| named.row().keys.iter().map(|key| (*key, *named))).collect();
        all.sort_by_key(|(key, _)| !key.modifiers.shift);
        all
    }
}
