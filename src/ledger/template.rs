//! A blank register: with lists to choose from and cells for dates, so that next year nothing need be asked.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError,
};

use crate::form::Form;

/// Lines prepared for entries.
const LINES: u32 = 1_000;

/// What a column takes.
enum Takes {
    Text,
    Day,
    YesNo,
    List(&'static str),
}

/// Head, width, what it takes.
type Head = (&'static str, f64, Takes);

/// Kinds of applicants, in the order of the columns of table 三.
const KINDS: [&str; 6] = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"];
/// Outcomes, in the order of the rows; each is read back without a question.
const OUTCOMES: [(&str, &str); 21] = [
    ("open", "予以公开"),
    ("partial", "部分公开"),
    ("deny1", "不予公开：属于国家秘密"),
    ("deny2", "不予公开：其他法律行政法规禁止公开"),
    ("deny3", "不予公开：危及“三安全一稳定”"),
    ("deny4", "不予公开：保护第三方合法权益"),
    ("deny5", "不予公开：属于三类内部事务信息"),
    ("deny6", "不予公开：属于四类过程性信息"),
    ("deny7", "不予公开：属于行政执法案卷"),
    ("deny8", "不予公开：属于行政查询事项"),
    ("unable1", "无法提供：本机关不掌握相关政府信息"),
    ("unable2", "无法提供：没有现成信息需要另行制作"),
    ("unable3", "无法提供：补正后申请内容仍不明确"),
    ("noproc1", "不予处理：信访举报投诉类申请"),
    ("noproc2", "不予处理：重复申请"),
    ("noproc3", "不予处理：要求提供公开出版物"),
    ("noproc4", "不予处理：无正当理由大量反复申请"),
    ("noproc5", "不予处理：要求确认或重新出具已获取信息"),
    ("other1", "其他处理：申请人无正当理由逾期不补正"),
    ("other2", "其他处理：逾期未按收费通知要求缴纳费用"),
    ("other3", "其他处理：申请人撤回申请"),
];

const REQUESTS: [Head; 12] = [
    ("登记编号", 18.0, Takes::Text),
    ("收到日期", 12.0, Takes::Day),
    ("申请人", 20.0, Takes::Text),
    ("申请人类型", 14.0, Takes::List("kinds")),
    ("申请方式", 12.0, Takes::List("ways")),
    ("申请内容", 40.0, Takes::Text),
    ("是否补正", 9.0, Takes::YesNo),
    ("补正件收到日期", 14.0, Takes::Day),
    ("是否延期", 9.0, Takes::YesNo),
    ("答复日期", 12.0, Takes::Day),
    ("答复类型", 40.0, Takes::List("outcomes")),
    ("备注", 20.0, Takes::Text),
];

const CASES: [Head; 12] = [
    ("类别", 11.0, Takes::List("categories")),
    ("案号", 26.0, Takes::Text),
    ("申请人/原告", 16.0, Takes::Text),
    ("被申请人/被告", 24.0, Takes::Text),
    ("案由", 16.0, Takes::List("causes")),
    ("涉及文书", 24.0, Takes::Text),
    ("收到时间", 12.0, Takes::Day),
    ("审级", 8.0, Takes::List("instances")),
    ("是否先复议", 11.0, Takes::YesNo),
    ("结案时间", 12.0, Takes::Day),
    ("结案方式", 22.0, Takes::List("results")),
    ("备注", 20.0, Takes::Text),
];

/// The other lists, by name.
const LISTS: [(&str, &[&str]); 5] = [
    ("ways", &["当面", "邮寄", "网上申请", "电子邮件", "传真", "其他"]),
    ("categories", &["行政复议", "行政诉讼"]),
    ("causes", &["政府信息公开", "其他行政行为"]),
    ("instances", &["一审", "二审"]),
    (
        "results",
        &[
            "维持",
            "驳回复议请求",
            "驳回诉讼请求",
            "驳回上诉，维持原判",
            "撤销",
            "变更",
            "确认违法",
            "责令重新答复",
            "责令履行",
            "撤回申请",
            "终止",
            "准许撤诉",
            "调解",
        ],
    ),
];

/// The bytes of a blank register for the form.
///
/// # Errors
/// The workbook cannot be written.
pub fn template(form: &Form) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let lists = lists(form);
    page(&mut book, "依申请公开台账", &REQUESTS, &lists)?;
    page(&mut book, "复议诉讼台账", &CASES, &lists)?;
    let sheet = book.add_worksheet().set_name("选项")?;
    for (column, (_, words)) in (0_u16..).zip(&lists) {
        for (row, word) in (0_u32..).zip(words) {
            sheet.write_string(row, column, *word)?;
        }
    }
    sheet.set_hidden(true);
    book.save_to_buffer()
}

/// Every list with its words; rows that the form does not have are left out.
fn lists(form: &Form) -> Vec<(&'static str, Vec<&'static str>)> {
    let folded = form.cell_by_key("other.nat").is_some();
    let has = |row: &str| form.cell_by_key(&format!("{row}.nat")).is_some() || folded && row.starts_with("other");
    let outcomes = OUTCOMES.iter().filter(|(row, _)| has(row)).map(|(_, word)| *word).collect();
    let others = LISTS.iter().map(|(name, words)| (*name, words.to_vec()));
    [("kinds", KINDS.to_vec()), ("outcomes", outcomes)].into_iter().chain(others).collect()
}

fn page(book: &mut Workbook, name: &str, heads: &[Head], lists: &[(&str, Vec<&str>)]) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_border(FormatBorder::Thin).set_align(FormatAlign::Center).set_text_wrap();
    let day = Format::new().set_num_format("yyyy-mm-dd").set_border(FormatBorder::Thin);
    let text = Format::new().set_num_format("@").set_border(FormatBorder::Thin).set_text_wrap();
    let sheet = book.add_worksheet().set_name(name)?;
    for (column, (title, width, takes)) in (0_u16..).zip(heads) {
        sheet.write_string_with_format(0, column, *title, &head)?;
        sheet.set_column_width(column, *width)?;
        sheet.set_column_format(column, if matches!(takes, Takes::Day) { &day } else { &text })?;
        if let Some(validation) = validation(takes, lists)? {
            sheet.add_data_validation(1, column, LINES, column, &validation)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape();
    Ok(())
}

fn validation(takes: &Takes, lists: &[(&str, Vec<&str>)]) -> Result<Option<DataValidation>, XlsxError> {
    let rule = match takes {
        Takes::Text => return Ok(None),
        Takes::YesNo => DataValidation::new().allow_list_strings(&["是", "否"])?,
        Takes::Day => {
            let days = DataValidationRule::Between(ExcelDateTime::from_ymd(2000, 1, 1)?, ExcelDateTime::from_ymd(2099, 12, 31)?);
            DataValidation::new().allow_date(days).set_error_message("请填日期，如 2026-03-05")?
        }
        Takes::List(name) => {
            let Some((column, (_, words))) = ('A'..).zip(lists).find(|(_, (known, _))| known == name) else { return Ok(None) };
            let range = format!("=选项!${column}$1:${column}${}", words.len());
            DataValidation::new().allow_list_formula(range.as_str().into()).set_error_message("请从列表里选")?
        }
    };
    Ok(Some(rule.set_error_style(DataValidationErrorStyle::Stop)))
}
