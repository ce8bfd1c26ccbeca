//! Our workbooks as other programs and people leave them: what is seen is what is read, and whatever is filled and not taken is named.

use std::io::{Cursor, Read as _, Write as _};

use gouji::export::{self, FileKind, Fonts};
use gouji::import::{self, ImportError, Imported};
use gouji::model::{Draft, Entry};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::paper::{book, write_chapter};
use crate::support::{catalog, shared, type_in, v1};

/// Our own workbook of a whole report with three chapters.
pub fn whole() -> Vec<u8> {
    let (form, mut draft) = v1();
    type_in(&form, &mut draft, "new.nat", "12");
    for (section, text) in [(1, "本年度主动公开信息120条。"), (5, "存在问题若干。"), (6, "无。")] {
        write_chapter(&mut draft, section, text);
    }
    export::file(FileKind::Xlsx, &book(&form, &draft), &Fonts::default()).unwrap()
}

/// The container with its parts changed: a part that becomes `None` is left out.
pub fn changed(bytes: &[u8], change: impl Fn(&str, String) -> Option<String>) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..zip.len() {
        let mut part = zip.by_index(place).unwrap();
        let name = part.name().unwrap().to_string();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        if let Some(text) = change(&name, text) {
            out.start_file(name, SimpleFileOptions::default()).unwrap();
            out.write_all(text.as_bytes()).unwrap();
        }
    }
    out.finish().unwrap().into_inner()
}

/// The workbook with words in one part replaced; they must be there.
#[track_caller]
fn with(part: &str, old: &str, new: &str) -> Vec<u8> {
    changed(&whole(), |name, text| {
        if name != part {
            return Some(text);
        }
        assert!(text.contains(old), "{part} has no {old}");
        Some(text.replacen(old, new, 1))
    })
}

#[track_caller]
fn read(bytes: &[u8]) -> Imported {
    import::read(FileKind::Xlsx, bytes, &catalog()).unwrap()
}

fn figure(imported: &Imported, key: &str) -> String {
    imported.draft.entry(imported.form.cell_by_key(key).unwrap()).text()
}

fn chapter(draft: &Draft, no: u8) -> String {
    draft.sections().find(|(section, _)| section.0 == no).map(|(_, text)| text.to_owned()).unwrap_or_default()
}

#[track_caller]
fn says(imported: &Imported, words: &str) {
    assert!(imported.left_out.iter().any(|line| line.contains(words)), "{words}: {:#?}", imported.left_out);
}

/// The part of the sheet with the cell `new.nat`, and the XML of that cell.
const SHEET: &str = "xl/worksheets/sheet3.xml";

/// The cell `new.nat` of the sheet.
fn new_nat() -> String {
    let mut cell = String::new();
    let place = |text: &str| {
        let at = text.split_once("name=\"new.nat\">").unwrap().1.split_once('<').unwrap().0.rsplit_once('!').unwrap().1.replace('$', "");
        format!("<c r=\"{at}\"")
    };
    let mut start = String::new();
    let mut zip = ZipArchive::new(Cursor::new(whole())).unwrap();
    for (part, is_sheet) in [("xl/workbook.xml", false), (SHEET, true)] {
        let mut text = String::new();
        zip.by_name(part).unwrap().read_to_string(&mut text).unwrap();
        if is_sheet {
            let rest = text.split_once(&start).unwrap().1;
            cell = format!("{start}{}</c>", rest.split_once("</c>").unwrap().0);
        } else {
            start = place(&text);
        }
    }
    cell
}

/// `new.nat` with another inside: its number, its value and what is before it.
#[track_caller]
fn with_cell(new: impl Fn(&str) -> String) -> Vec<u8> {
    let cell = new_nat();
    with(SHEET, &cell, &new(&cell))
}

#[test]
fn our_own_workbook_leaves_nothing_out() {
    let imported = read(&whole());
    assert_eq!(imported.left_out, Vec::<String>::new());
    assert_eq!((figure(&imported, "new.nat").as_str(), chapter(&imported.draft, 1).as_str()), ("12", "本年度主动公开信息120条。"));
}

#[test]
fn a_copied_sheet_does_not_take_the_place_of_the_printed_one() {
    let (from, to) = ("<definedName name=\"new.nat\">", "</definedNames>");
    let both = |global: &str, local: &str| {
        changed(&whole(), |name, text| match name {
            "xl/workbook.xml" => {
                let (before, rest) = text.split_once(from).unwrap();
                let (place, after) = rest.split_once("</definedName>").unwrap();
                let (global, local) = (global.replace('@', place), local.replace('@', place));
                let after = after.replace(to, &format!("<definedName name=\"new.nat\" localSheetId=\"0\">{local}</definedName>{to}"));
                Some(format!("{before}{from}{global}</definedName>{after}"))
            }
            _ => Some(text),
        })
    };
    // The back-up copy of the sheet comes with names of its own.
    assert_eq!(figure(&read(&both("@", "填报信息!$A$1")), "new.nat"), "12");
    // The original is gone, the copy is what is printed.
    assert_eq!(figure(&read(&both("#REF!", "@")), "new.nat"), "12");
    let twice = changed(&whole(), |name, text| match name {
        "xl/workbook.xml" => Some(text.replace(to, &format!("<definedName name=\"new.nat\">填报信息!$A$1</definedName>{to}"))),
        _ => Some(text),
    });
    let imported = read(&twice);
    assert_eq!(figure(&imported, "new.nat"), "");
    assert!(imported.missing.iter().any(|line| line.contains("分不清是哪一处")), "{:?}", imported.missing);
}

#[test]
fn a_cell_is_what_it_shows() {
    let formats = [
        ("yyyy/m/d", "45721", "2025-03-05"),
        ("0%", "0.5", "50%"),
        ("[h]:mm", "0.5", "12:00"),
        ("0!.0,", "123000", "123000（按千或百万显示）"),
    ];
    for (code, value, shown) in formats {
        let cell = new_nat();
        let styled = changed(&whole(), |name, text| match name {
            SHEET => {
                let style = cell.split_once("s=\"").unwrap().1.split_once('"').unwrap().0;
                assert!(text.contains(&cell));
                Some(text.replace(
                    &cell,
                    &cell.replace(&format!("s=\"{style}\""), "s=\"9999\"").replace("<v>12</v>", &format!("<v>{value}</v>")),
                ))
            }
            _ => Some(text),
        });
        let styled = changed(&styled, |name, text| match name {
            "xl/styles.xml" => {
                let count = text.split_once("<cellXfs").unwrap().1.split_once("</cellXfs>").unwrap().0.matches("<xf ").count();
                let more = "<xf numFmtId=\"0\" fontId=\"0\"/>".repeat(9999 - count) + "<xf numFmtId=\"999\" fontId=\"0\"/>";
                let fonts = format!("<numFmts count=\"1\"><numFmt numFmtId=\"999\" formatCode=\"{code}\"/></numFmts><fonts");
                Some(text.replacen("<fonts", &fonts, 1).replace("</cellXfs>", &format!("{more}</cellXfs>")))
            }
            _ => Some(text),
        });
        let imported = read(&styled);
        assert_eq!(figure(&imported, "new.nat"), shown, "{code}");
        assert!(imported.unread.iter().any(|(_, text, _)| text == shown), "{code}: {:?}", imported.unread);
    }
    let fraction = with_cell(|cell| cell.replace("<v>12</v>", "<v>4000000000.49</v>"));
    assert_eq!(figure(&read(&fraction), "new.nat"), "4000000000.49");
    let error = with_cell(|cell| cell.replace("<c ", "<c t=\"e\" ").replace("<v>12</v>", "<v>#DIV/0!</v>"));
    assert!(matches!(read(&error).draft.entry(read(&error).form.cell_by_key("new.nat").unwrap()), Entry::Unread { .. }));
}

#[test]
fn what_no_program_has_computed_is_named() {
    let imported = read(&with_cell(|cell| cell.replace("<v>12</v>", "<f>6+6</f><v></v>")));
    assert_eq!(figure(&imported, "new.nat"), "");
    says(&imported, "公式还没有算出结果");
}

#[test]
fn struck_out_words_are_no_text() {
    let struck = "<is><r><rPr><strike/></rPr><t>9</t></r><r><t>12</t></r></is>";
    let imported = read(&with_cell(|cell| cell.replace("<c ", "<c t=\"inlineStr\" ").replace("<v>12</v>", struck)));
    assert_eq!(figure(&imported, "new.nat"), "12");
    says(&imported, "“9”上有删除线");
}

#[test]
fn a_cell_under_a_merge_is_named() {
    let cell = new_nat();
    let at = cell.split_once("r=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    let left = format!("{}{}", char::from(at.as_bytes()[0] - 1), at.get(1..).unwrap());
    let imported = read(&with(SHEET, "<mergeCell ", &format!("<mergeCell ref=\"{left}:{at}\"/><mergeCell ")));
    says(&imported, "被合并到别的格里");
}

#[test]
fn what_is_filled_beside_the_tables_is_listed() {
    let beside = with(SHEET, "</sheetData>", "<row r=\"400\"><c r=\"B400\" t=\"inlineStr\"><is><t>见附件</t></is></c></row></sheetData>");
    says(&read(&beside), "第 400 行第 2 列的“见附件”");
}

/// A change of the words of the workbook, and what is read then: agency, year, chapter 1, what is listed.
#[test]
fn cover_and_texts_are_read_as_strictly_as_tables() {
    let strings = "xl/sharedStrings.xml";
    let (text, none) = ("本年度主动公开信息120条。", "");
    let rows = [
        ("xl/workbook.xml", "name=\"文字\"", "name=\"文字部分\"", "测试局", 2025, text, none),
        (strings, ">一、总体情况<", ">一、总体情况：<", "测试局", 2025, text, none),
        (strings, ">一、总体情况<", ">1．总体 情况<", "测试局", 2025, text, none),
        (strings, ">五、存在的主要问题及改进情况<", ">五、存在问题及改进情况<", "测试局", 2025, text, none),
        (strings, ">一、总体情况<", ">另附一段<", "测试局", 2025, none, "另附一段"),
        ("xl/workbook.xml", "name=\"填报信息\"", "name=\"封面\"", "测试局", 2025, text, none),
        (strings, ">单位全称<", ">单位全称：<", "测试局", 2025, text, none),
        (strings, ">2025年<", ">2024年<", "测试局", 2024, text, "封面上的报告年度是 2024，文件里记的是 2025"),
        (strings, ">测试局<", ">测_x0000_试\u{202e}局<", "测试局", 2025, text, "看不见的字符"),
        (strings, "本年度主动公开信息120条。", "甲。&#13;&#10;乙。_x000D_", "测试局", 2025, "甲。\n乙。\n", none),
    ];
    for (part, old, new, agency, year, first, listed) in rows {
        let imported = read(&with(part, old, new));
        let got = (imported.draft.agency.as_str(), imported.draft.year, chapter(&imported.draft, 1));
        assert_eq!(got, (agency, year, first.to_owned()), "{new}: {:?}", imported.left_out);
        assert_eq!(chapter(&imported.draft, 6), "无。", "{new}");
        match listed {
            "" => assert_eq!(imported.left_out, Vec::<String>::new(), "{new}"),
            words => says(&imported, words),
        }
    }
}

#[test]
fn form_and_year_stand_on_the_cover_too() {
    let bare = changed(&whole(), |name, text| (name != "docProps/custom.xml").then_some(text));
    let imported = read(&bare);
    assert_eq!((&*imported.form.id, imported.draft.year, imported.num_filled), ("F2021", 2025, 200));
}

/// What a file made to harm may say of itself, and that it does not matter.
#[test]
fn what_a_file_says_of_its_size_is_not_believed() {
    let promises = ["<sst count=\"99999999999\" uniqueCount=\"99999999999\" ", "<!-- <sst > --><sst uniqueCount=\"99999999999\" "];
    for promise in promises {
        assert_eq!(figure(&read(&with("xl/sharedStrings.xml", "<sst ", promise)), "new.nat"), "12");
    }
    assert_eq!(figure(&read(&with(SHEET, "<dimension ref=\"", "<dimension ref=\"AAAAAAAAAAAAAAAAA1:")), "new.nat"), "12");
    for place in ["A99999999999", "ZZZZZZZZZZ1", "A4294967296", "甲1", ""] {
        let cell = new_nat();
        let at = cell.split_once("r=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
        let refused = import::read(FileKind::Xlsx, &with_cell(|cell| cell.replace(&at, place)), &catalog());
        let why = refused.unwrap_err().to_string();
        assert!(why.contains("看不懂") && why.contains("另存为"), "{place}: {why}");
    }
    let many =
        "<row r=\"999\"><c><v>1</v></c></row>".replace("<c>", &"<c><v>1</v></c>".repeat(250_000).replacen("<c><v>1</v></c>", "<c>", 1));
    let refused = import::read(FileKind::Xlsx, &with(SHEET, "</sheetData>", &format!("{many}</sheetData>")), &catalog());
    assert!(matches!(&refused, Err(ImportError::TooLarge(what)) if what == "格子太多"), "{refused:?}");
}

/// A sheet of another kind is no reason to refuse.
#[test]
fn only_our_sheets_matter() {
    let more = changed(&whole(), |name, text| match name {
        "xl/workbook.xml" => Some(text.replace(
            "</sheets>",
            "<sheet name=\"图\" sheetId=\"77\" r:id=\"rId777\"/><sheet name=\"备忘\" sheetId=\"78\" r:id=\"rId778\"/></sheets>",
        )),
        "xl/_rels/workbook.xml.rels" => {
            let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
            let both = format!(
                "<Relationship Id=\"rId777\" Type=\"{kind}/chartsheet\" Target=\"chartsheets/sheet1.xml\"/><Relationship Id=\"rId778\" Type=\"{kind}/worksheet\" Target=\"worksheets/nowhere.xml\"/></Relationships>"
            );
            Some(text.replace("</Relationships>", &both))
        }
        _ => Some(text),
    });
    let imported = read(&more);
    assert_eq!(imported.left_out, ["没有读的工作表：“备忘”"]);
    assert_eq!(figure(&imported, "new.nat"), "12");
}

/// File, and what is right: key and figure, or words that are said, or words of the refusal.
#[test]
fn workbooks_from_bug_reports() {
    let Some(folder) = shared("faults") else { return };
    let rows = [
        ("04-copied-sheet-names/copied-in-libreoffice.xlsx", "new.nat=99"),
        ("05-import-date/dates.xlsx", "读不出"),
        ("06-import-texts-lost/x_cover.xlsx", "一=本年度"),
        ("06-import-texts-lost/x_renamed.xlsx", "一=本年度"),
        ("06-import-texts-lost/x_title.xlsx", "一=本年度"),
        ("06-import-texts-lost/z_agency.xlsx", "一=本年度"),
        ("06-import-texts-lost/z_before.xlsx", "没有读入"),
        ("06-import-texts-lost/z_titlecolon.xlsx", "一=本年度"),
        ("06-import-texts-lost/z_year.xlsx", "按封面"),
        ("15-custom-properties-gone/x_noprops.xlsx", "F2021"),
        ("18-import-cr/x_cr.xlsx", "F2021"),
        ("hostile/sst-ns-prefix.xlsx", ""),
        ("hostile/v-comment_before.xlsx", ""),
        ("hostile/v-attr_gt_in_value.xlsx", ""),
        ("hostile/v-xl_path_differs.xlsx", ""),
        ("hostile/many-sheets-2000x49k.xlsx", ""),
        ("hostile/agency-nul.xlsx", "看不见的字符"),
        ("hostile/v-dimension_long_col.xlsx", "F2021"),
        ("hostile/v-ref_huge.xlsx", ""),
        ("hostile/v-row_r_4294967296.xlsx", ""),
        ("hostile/v-extra_chartsheet.xlsx", "F2021"),
        ("hostile/lo_copied.xlsx", "new.nat=12"),
        ("hostile/op.xlsx", "公式还没有算出结果"),
        ("hostile/op7.xlsx", "公式还没有算出结果"),
        ("hostile/v-formula_no_cache.xlsx", "公式还没有算出结果"),
        ("hostile/v-date_1_2_typed_46024_shown_2026_1_2_.xlsx", "2026-01-02"),
        ("hostile/v-big_5_4e9.xlsx", "4000000000.49"),
        ("hostile/v-year_2099.xlsx", "按封面"),
        ("hostile/v-cover_renamed.xlsx", "F2021"),
        ("hostile/v-text_title_with_trailing_.xlsx", "F2021"),
        ("hostile/v-文字_renamed.xlsx", "F2021"),
        ("hostile/fz1-271.xlsx", ""),
        ("hostile/fz1-388.xlsx", ""),
        ("hostile/fz1-407.xlsx", ""),
        ("hostile/fz1-434.xlsx", ""),
        ("hostile/fz1-666.xlsx", ""),
    ];
    for (name, right) in rows {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        match import::read(FileKind::Xlsx, &bytes, &catalog()) {
            Err(why) => {
                println!("{name}: refused: {why}");
                assert!(right.is_empty(), "{name}: {why}");
            }
            Ok(imported) => {
                let texts = [chapter(&imported.draft, 1), chapter(&imported.draft, 5), chapter(&imported.draft, 6)];
                let unread: Vec<String> =
                    imported.unread.iter().map(|(label, text, advice)| format!("读不出：{label} {text} {advice}")).collect();
                let said = format!("{} {unread:?} {:?} {:?}", imported.form.id, imported.left_out, imported.missing);
                println!("{name}: {} {} {} {said} {texts:?}", imported.draft.agency, imported.draft.year, imported.num_filled);
                match right.split_once('=') {
                    Some(("一", text)) => assert!(texts[0].starts_with(text) && !imported.draft.agency.is_empty(), "{name}"),
                    Some((key, right)) => assert_eq!(figure(&imported, key), right, "{name}"),
                    None => assert!(said.contains(right), "{name}: {said}"),
                }
                assert!(!texts.concat().contains('\r'), "{name}");
            }
        }
    }
}
