//! Registers of other styles.

use std::process::Command;

use gouji::ledger::{self, Answers, Counted, Register, State};
use rust_xlsxwriter::{Format, Workbook};

use crate::ledger::count;
use crate::support::{self, catalog, folder, put};

fn figure(counted: &Counted, key: &str) -> (u32, u32) {
    let form = catalog().for_year(2025).unwrap();
    let figure = &counted.figures[&form.cell_by_key(key).unwrap()];
    (figure.certain, figure.proposed)
}

/// A head in two lines with merged cells, merged unit cells beside several lines, month lines, subtotals, a signature, dates as
/// numbers and as text.
pub fn merged_book() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    let merges = [
        (0, 0, 0, 7, "云溪市水务局2025年政府信息公开申请台账"),
        (1, 0, 2, 0, "编号"),
        (1, 1, 2, 1, "收到日期"),
        (1, 2, 1, 3, "申请人"),
        (1, 4, 2, 4, "申请内容"),
        (1, 5, 1, 6, "答复情况"),
        (1, 7, 2, 7, "承办处室"),
    ];
    for (top, left, bottom, right, text) in merges {
        sheet.merge_range(top, left, bottom, right, text, &plain).unwrap();
    }
    for (column, text) in [(2, "姓名或名称"), (3, "申请人类型"), (5, "答复日期"), (6, "答复类型")] {
        sheet.write(2, column, text).unwrap();
    }
    sheet.write(3, 0, "3月").unwrap();
    let lines = [
        (4, "1", "2025.3.7", "王某", "自然人", "图一", "3月20日", "予以公开"),
        (5, "2", "3月7日", "李某", "自然人", "图二", "2025/3/21", "信息不存在"),
        (8, "3", "", "青石科技有限公司", "商业企业", "图三", "", "部分公开"),
    ];
    for (row, number, received, name, kind, matter, answered, outcome) in lines {
        for (column, text) in [number, received, name, kind, matter, answered, outcome].into_iter().enumerate() {
            sheet.write(row, u16::try_from(column).unwrap(), text).unwrap();
        }
    }
    sheet.merge_range(4, 7, 5, 7, "法规处", &plain).unwrap();
    sheet.write(6, 0, "小计").unwrap();
    sheet.write(6, 1, "2件").unwrap();
    sheet.write(7, 0, "4月").unwrap();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_number_with_format(8, 1, 45750.0, &day).unwrap();
    sheet.write_number(8, 5, 45755.0).unwrap();
    sheet.write(9, 0, "合计").unwrap();
    sheet.write(9, 1, "3件").unwrap();
    sheet.write(10, 0, "填表人：赵某　审核：钱某").unwrap();
    book.save_to_buffer().unwrap()
}

/// What may be certain is right: three requests, whatever has to be asked of them.
#[track_caller]
fn three_requests(register: &Register) {
    let counted = count(register, 2025, &Answers::default());
    let lines: Vec<u32> = counted.items.iter().map(|item| item.place.line).collect();
    assert_eq!(lines, [5, 6, 9], "{:?}", counted.remarks);
    for (key, wanted) in [("new.sum", 3), ("open.nat", 1), ("unable1.nat", 1), ("partial.biz", 1), ("carry_out.sum", 0)] {
        let (certain, proposed) = figure(&counted, key);
        assert!(certain <= wanted && proposed == wanted, "{key}: {certain}, {proposed}");
    }
    let num_certain = counted.items.iter().filter(|item| item.state == State::Certain).count();
    println!("merged register: {num_certain} of 3 lines settled without a question");
}

#[test]
fn merged_heads_month_lines_and_subtotals_are_read() {
    three_requests(&ledger::open("a.xlsx", &merged_book()).unwrap());
}

#[test]
fn an_old_workbook_is_read_as_the_new_one() {
    if Command::new("soffice").arg("--version").output().is_err() {
        support::skip("no soffice");
        return;
    }
    let folder = folder();
    let source = folder.path().join("a.xlsx");
    put(&source, &merged_book());
    let mut soffice = Command::new("soffice");
    soffice.arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()));
    soffice.args(["--headless", "--convert-to", "xls:MS Excel 97", "--outdir"]).arg(folder.path()).arg(&source);
    assert!(soffice.output().unwrap().status.success());
    let old = std::fs::read(folder.path().join("a.xls")).unwrap();
    three_requests(&ledger::open("a.xls", &old).unwrap());
    // Half an old workbook is no register.
    assert!(ledger::open("a.xls", &old[..old.len() / 3]).is_err());
}
