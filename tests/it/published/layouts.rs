//! Layouts that offices and their web sites make of the same tables: what can be told is read right, the rest is not read.

use gouji::export::FileKind;
use gouji::import::published::{Account, How};
use gouji::model::{Entry, SectionId};
use gouji::read::SourceKind;

use super::damage::{Cell, Tables};
use super::{Score, read};
use crate::support::{catalog, type_in, v1};

const TITLE: &str = "某县某局2025年政府信息公开工作年度报告";

fn cell(words: &str, rows: usize) -> Cell {
    Cell { words: words.to_owned(), span: (rows, 1), is_figure: false }
}

/// Each cell's words changed, figures or labels.
fn mapped(figures: bool, change: impl Fn(&str) -> String) -> Tables {
    let (form, draft) = v1();
    let mut tables = Tables::of(&form, &draft);
    for cell in tables.0.iter_mut().flatten().flatten().filter(|cell| cell.is_figure == figures) {
        cell.words = change(&cell.words);
    }
    tables
}

/// Table 三 changed row by row: number of the row, the row.
fn rows(change: impl Fn(usize, &mut Vec<Cell>)) -> Tables {
    let (form, draft) = v1();
    let mut tables = Tables::of(&form, &draft);
    tables.0[1].iter_mut().enumerate().for_each(|(number, row)| change(number, row));
    tables
}

fn score(bytes: &[u8]) -> (Score, Vec<Account>) {
    let (form, draft) = v1();
    let found = read(SourceKind::Html, bytes);
    let score = Score::of(&form, &found[0], |key| draft.entry(form.cell_by_key(key).unwrap()).value());
    (score, found)
}

#[track_caller]
fn whole(what: &str, page: &[u8]) {
    let (score, _) = score(page);
    score.print(what);
    assert_eq!(score.unread, 0, "{what}");
}

/// What a report is closed with is not what its last chapter says: our own files in every kind, and closings as offices write them.
#[test]
fn a_report_is_closed_below_its_last_chapter() {
    let (form, mut draft) = v1();
    draft.agency = "青禾县教育局".to_owned();
    let last = SectionId(6);
    for text in ["", "本年度没有收取信息处理费。", "本年度收取信息处理费 0 元。\n此外没有需要报告的事项"]
    {
        draft.apply(gouji::model::Edit::Set(gouji::model::Item::Text(last), gouji::model::Value::Text(text.to_owned())));
        let book = gouji::export::book(form.report(&draft), None, jiff::civil::date(2026, 1, 12));
        for kind in [FileKind::Docx, FileKind::Html, FileKind::Pdf, FileKind::Xlsx] {
            let bytes = gouji::export::file(kind, &book, &gouji::export::Fonts::default()).unwrap();
            let source = SourceKind::of(format!("a.{}", kind.ending()).as_ref()).unwrap();
            let accounts = gouji::import::reports(source, &bytes, &catalog()).unwrap();
            assert_eq!(accounts[0].draft().section(last), text, "{kind:?}");
        }
    }
    let begin = "一、总体情况\n本年度公开信息 3 条。\n六、其他需要报告的事项\n无。\n";
    for (closing, kept) in [
        ("青禾县教育局\n2026年1月12日", "无。"),
        ("青禾县教育局　2026年1月12日", "无。"),
        ("青禾县人民政府办公室\n二〇二六年一月十二日", "无。"),
        ("单位负责人：王芳　审核人：李文　填报人：张伟　联系电话：0000-0000000", "无。"),
        ("青禾县教育局（盖章）\n填报日期：2026年1月12日", "无。"),
        // An office may be what a list ends with, and a day may stand in a sentence.
        ("下列单位没有收费：\n青禾县教育局", "无。\n下列单位没有收费：\n青禾县教育局"),
        ("本报告公布于2026年1月12日。", "无。\n本报告公布于2026年1月12日。"),
        ("负责人会议每季度一次", "无。\n负责人会议每季度一次"),
    ] {
        let (_, texts) = gouji::import::published::texts(&form, &format!("{begin}{closing}"));
        assert_eq!(texts.get(&last).map(String::as_str), Some(kept), "{closing}");
    }
}

#[test]
fn other_layouts_are_read_whole() {
    let full = |words: &str| words.chars().map(|c| c.to_digit(10).and_then(|d| char::from_u32(0xFF10 + d)).unwrap_or(c)).collect();
    whole("digits of full width", mapped(true, full).page(TITLE).as_bytes());
    let line = |c: char| format!("{c}<br>");
    let turned = |words: &str| words.chars().map(line).collect();
    whole("labels set upright", mapped(false, turned).page(TITLE).as_bytes());
    let unit = |words: &str| format!("&nbsp;{words}\u{a0}\u{3000}");
    whole("blanks round figures", mapped(true, unit).page(TITLE).as_bytes());
    let serial = |number: usize, row: &mut Vec<Cell>| match number {
        0 => row.insert(0, cell("序号", 3)),
        1 | 2 => {}
        number => row.insert(0, cell(&(number - 2).to_string(), 1)),
    };
    whole("a running number before each row", rows(serial).page(TITLE).as_bytes());
    let remark = |number: usize, row: &mut Vec<Cell>| match number {
        0 => row.push(cell("备注", 3)),
        1 | 2 => {}
        _ => row.push(cell("", 1)),
    };
    whole("a column of remarks", rows(remark).page(TITLE).as_bytes());
    let page = mapped(true, str::to_owned).page(TITLE);
    let (gbk, ..) = encoding_rs::GB18030.encode(&page);
    whole("GBK that nothing declares", &gbk);
    whole(
        "GBK that is declared as UTF-8",
        &encoding_rs::GB18030.encode(&page.replace("<body>", "<head><meta charset=\"utf-8\"></head><body>")).0,
    );
    let layout = format!("<table><tr><td>首页 &gt; 年报</td></tr><tr><td>{page}</td><td>分享 2024 打印</td></tr></table>");
    whole("inside a table that lays out the page", layout.as_bytes());
    let divs = page.replace("<table", "<table class='x'").replace("<p>", "<p style='display:block'><span style='display:none'>9</span>");
    whole("with figures that are not shown", divs.as_bytes());
}

#[test]
fn a_unit_that_no_form_has_is_asked_about() {
    let fee = |head: &str| {
        let tables = mapped(false, |words| words.replace("万元", head));
        let (score, found) = score(tables.page(TITLE).as_bytes());
        let cell = found[0].form.cell_by_key("a8.fee.amount").unwrap();
        let draft = found[0].draft();
        let again = gouji::store::decode(gouji::store::encode(found[0].form.report(&draft)).as_bytes(), &catalog()).unwrap().1;
        assert_eq!(again.entry(cell), draft.entry(cell), "a draft is the same when it is opened again");
        (draft.entry(cell).value(), score.right)
    };
    assert_eq!(fee("万 元"), (Some(316_441_000_000), 200));
    assert_eq!(fee("元").0, Some(31_644_100));
    for head in ["千元", "百万元", "亿元", "元/万元"] {
        assert_eq!(fee(head), (None, 199), "{head}");
    }
}

#[test]
fn a_table_in_two_pieces_is_read_with_and_without_its_heads() {
    let (form, draft) = v1();
    for with_heads in [false, true] {
        let mut tables = Tables::of(&form, &draft);
        let mut rest = tables.0[1].split_off(15);
        if with_heads {
            rest.splice(0..0, tables.0[1].iter().take(3).cloned().collect::<Vec<_>>());
        }
        tables.0.insert(2, rest);
        whole("a table in two pieces", tables.page(TITLE).as_bytes());
    }
}

#[test]
fn the_same_table_twice_with_other_figures_is_asked_about() {
    let (form, mut draft) = v1();
    let mut tables = Tables::of(&form, &draft);
    type_in(&form, &mut draft, "new.nat", "1");
    tables.0.push(Tables::of(&form, &draft).0.remove(1));
    let (score, found) = score(tables.page(TITLE).as_bytes());
    assert!(score.wrong.is_empty());
    let cell = found[0].found(form.cell_by_key("new.nat").unwrap()).unwrap();
    assert!(cell.how == How::Unreadable && cell.entry == Entry::Blank && cell.why.contains("出现了 2 次"), "{cell:?}");
}

#[test]
fn a_form_that_does_not_fit_its_year_is_asked_about() {
    let (form, draft) = v1();
    let page = Tables::of(&form, &draft).page("某县某局2020年政府信息公开工作年度报告");
    let (_, found) = score(page.as_bytes());
    assert!(
        found[0].form.id == form.id && found[0].questions.iter().any(|question| question.contains("2020 年")),
        "{:?}",
        found[0].questions
    );
    // Table 二 of the older form with the others of the newer one: what fits no line is left over.
    let older = catalog().by_id("F2019").unwrap();
    let mut tables = Tables::of(&form, &draft);
    tables.0[0] = Tables::of(&older, &older.draft("某局".to_owned(), 2020)).0.remove(0);
    let (score, found) = score(tables.page(TITLE).as_bytes());
    assert!(score.wrong.is_empty() && found[0].form.id == form.id, "{:?}", score.wrong);
}

#[test]
fn a_sheet_with_one_unit_a_row_is_as_many_reports() {
    let (form, draft) = v1();
    let keys = ["new.nat", "new.sum", "carry_in.sum", "open.nat", "rev.upheld", "lit1.upheld", "a1.norm.made", "a8.fee.amount"];
    let names = [
        "本年新收政府信息公开申请数量-自然人",
        "本年新收政府信息公开申请数量-总计",
        "上年结转政府信息公开申请数量-总计",
        "予以公开-自然人",
        "行政复议-结果维持",
        "复议后起诉-结果维持",
        "行政规范性文件-本年制发件数",
        "行政事业性收费-本年收费金额（单位：万元）",
    ];
    let value = |key: &&str| draft.entry(form.cell_by_key(key).unwrap()).shown(form.cell(form.cell_by_key(key).unwrap()).kind);
    for heads in [keys, names] {
        let line = |words: &[String]| format!("<tr><td>{}</td></tr>", words.join("</td><td>"));
        let head: Vec<String> =
            ["序号", "单位名称"].iter().chain(&heads).map(|words| (*words).to_owned()).chain(["联系人".to_owned()]).collect();
        let unit = |name: &str| -> Vec<String> {
            ["1".to_owned(), name.to_owned()].into_iter().chain(keys.iter().map(value)).chain(["张三".to_owned()]).collect()
        };
        let page = format!(
            "<h1>某县2025年汇总表</h1><table>{}{}{}{}</table>",
            line(&head),
            line(&unit("甲局")),
            line(&unit("乙局")),
            line(&unit("合计"))
        );
        let found = read(SourceKind::Html, page.as_bytes());
        assert_eq!(found.iter().map(|account| &*account.agency).collect::<Vec<_>>(), ["甲局", "乙局"]);
        for account in found {
            assert_eq!((account.year, &*account.form.id), (Some(2025), "F2021"));
            let score = Score::of(&form, &account, |key| {
                keys.contains(&key).then(|| draft.entry(form.cell_by_key(key).unwrap()).value()).flatten()
            });
            assert!(
                score.wrong.is_empty() && score.right == keys.len() && account.left_over.len() == 2,
                "{:?} {:?}",
                score.wrong,
                account.left_over
            );
        }
    }
}
