//! Files made to harm are read by a child that is held to a measure: a clear word, and the program lives on.

use std::io::Write as _;
use std::process::Command;
use std::time::Duration;

use gouji::read::{Page, ReadError, SourceKind, Stretch, apart, source};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn child(kind: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    command.arg(apart::ARGUMENT).arg(kind);
    command
}

fn by_child(kind: &str, bytes: &[u8]) -> Result<Page, String> {
    apart::by(&mut child(kind), bytes, Duration::from_mins(1)).map_err(|err: ReadError| err.to_string())
}

fn docx(document: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    zip.write_all(document).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_child_reads_what_the_reader_reads() {
    let page = "<table><tr><td rowspan=2>规章</td><td>1</td></tr><tr><td>2</td></tr></table><p>一、总体情况</p>";
    assert_eq!(by_child("html", page.as_bytes()).unwrap(), source::read(SourceKind::Html, page.as_bytes()).unwrap());
}

#[test]
fn bombs_and_broken_files_get_a_clear_word() {
    let deep = "<w:tbl><w:tr><w:tc>".repeat(100_000);
    let many = format!("<table>{}</table>", "<tr><td rowspan=1000 colspan=1000>1</td></tr>".repeat(1000));
    let cases: [(&str, Vec<u8>, &str); 13] = [
        ("docx", docx(&vec![b' '; 70 << 20]), "文件太大"),
        ("docx", docx(deep.as_bytes()), "太深"),
        ("docx", b"\xd0\xcf\x11\xe0encrypted".to_vec(), "密码"),
        ("docx", b"PK no zip".to_vec(), "已经损坏"),
        ("pdf", b"%PDF-1.7 broken".to_vec(), "PDF"),
        ("xls", b"\xd0\xcf\x11\xe0broken".to_vec(), "已经损坏"),
        ("mht", b"MIME-Version: 1.0\r\n\r\nno page".to_vec(), "没有网页"),
        ("doc", b"\xd0\xcf\x11\xe0old".to_vec(), "另存为 .docx"),
        ("xlsx", sheet(&format!("<row>{}</row>", "<c><v>1</v></c>".repeat(1_000_000))), "格子太多"),
        ("xlsx", sheet(&"<x>".repeat(1_000_000)), "已经损坏"),
        (
            "pdf",
            pdf(
                "",
                "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (01234567890123456789012345678901) /U (01234567890123456789012345678901) >>",
            ),
            "密码",
        ),
        ("pdf", pdf("q 100 0 0 100 0 0 cm /Picture Do Q", ""), "扫描"),
        ("pdf", pdf("/Form Do", ""), "没有文字"),
    ];
    for (kind, bytes, word) in cases {
        let said = by_child(kind, &bytes).unwrap_err();
        assert!(said.contains(word), "{kind}: {said}");
    }
    // Too large a table is cut and said, entities and nesting without end are text.
    assert!(by_child("html", many.as_bytes()).is_ok());
    assert!(by_child("html", "<div><table>".repeat(50_000).as_bytes()).is_ok());
    assert!(by_child("html", "&lol;".repeat(1_000_000).as_bytes()).is_ok());
    let lol = "<!DOCTYPE l [<!ENTITY a \"lollollol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><w:document><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>";
    assert!(
        by_child("docx", &docx(lol.as_bytes())).unwrap().strange.is_some(),
        "what an entity stands for is not looked up, and that is said"
    );
}

/// A workbook with one sheet of these rows.
fn sheet(rows: &str) -> Vec<u8> {
    let kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |kind: &str, target: &str| {
        format!("<Relationships><Relationship Id=\"rId1\" Type=\"{kinds}/{kind}\" Target=\"{target}\"/></Relationships>")
    };
    super::written::package(&[
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", format!("<workbook xmlns:r=\"{kinds}\"><sheets><sheet name=\"表\" r:id=\"rId1\"/></sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "sheet.xml")),
        ("xl/sheet.xml", format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")),
    ])
}

/// A PDF of one page: a font without a table of its signs, a picture, a drawing that draws itself.
fn pdf(content: &str, trailer: &str) -> Vec<u8> {
    let stream = |dict: &str, content: &str| format!("<< {dict} /Length {} >>\nstream\n{content}\nendstream", content.len());
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /Picture 6 0 R /Form 7 0 R >> >> >>".to_owned(),
        stream("", content),
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>".to_owned(),
        stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray", "0"),
        stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Form 7 0 R >> >>", "/Form Do /Form Do"),
    ];
    let (mut bytes, mut places) = (b"%PDF-1.4\n".to_vec(), Vec::new());
    for (number, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).bytes());
    }
    let start = bytes.len();
    let line = |place: &usize| format!("{place:010} 00000 n \n");
    let table: String = places.iter().map(line).collect();
    let size = objects.len() + 1;
    let id = "/ID [(0123456789012345) (0123456789012345)]";
    bytes.extend(format!("xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R {id} {trailer} >>\nstartxref\n{start}\n%%EOF\n").bytes());
    bytes
}

#[test]
fn signs_that_a_font_gives_no_meaning_are_named() {
    let page = by_child("pdf", &pdf("BT /F 12 Tf 9 9 Td <0001000200030004> Tj ET", "")).unwrap();
    assert_eq!(page.strange.as_deref(), Some("有 4 个字没有写明是什么字"));
}

#[test]
fn words_far_from_the_paper_are_none() {
    let words = |at: &str, word: &str| format!("/Span << /ActualText ({word}) >> BDC BT /F 12 Tf {at} Td <0001> Tj ET EMC\n");
    let page = by_child(
        "pdf",
        &pdf(&(words("9 700", "here") + &words("9 -99999999999999999999", "far") + &words("99999999999999999999 9", "off")), ""),
    )
    .unwrap();
    assert_eq!(page.stretches(), [Stretch::Text("here".to_owned())]);
}

#[test]
fn a_document_is_read_as_its_reader_sees_it() {
    let p = |inside: &str| format!("<w:p>{inside}</w:p>");
    let t = |words: &str| format!("<w:r><w:t>{words}</w:t></w:r>");
    let row = |cells: &[String]| format!("<w:tr><w:tc>{}</w:tc></w:tr>", cells.join("</w:tc><w:tc>"));
    let changed = p(&format!("<w:del><w:r><w:delText>9</w:delText></w:r></w:del><w:ins>{}</w:ins>", t("7")));
    let boxed = p(&format!(
        "<mc:AlternateContent><mc:Choice><w:txbxContent>{}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>{}</w:txbxContent></mc:Fallback></mc:AlternateContent>",
        p(&t("框里的字")),
        p(&t("框里的字"))
    ));
    let field = p(&format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{}<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
        t("8")
    ));
    let nested = format!("{}<w:tbl>{}</w:tbl>", p(&t("外")), row(&[p(&t("里"))]));
    let table = format!("<w:tbl>{}{}</w:tbl>", row(&[changed, field]), row(&[nested, p(&t("3"))]));
    let page = by_child("docx", &super::written::document(&(boxed + &table))).unwrap();
    let texts: Vec<&str> =
        page.pieces.iter().filter_map(|piece| if let Stretch::Text(text) = &piece.what { Some(&**text) } else { None }).collect();
    assert_eq!(texts.iter().filter(|text| **text == "框里的字").count(), 1, "{texts:?}");
    let words: Vec<Vec<&str>> = page.tables().map(|grid| grid.cells().map(|cell| cell.words).collect()).collect();
    assert_eq!(words, [vec!["里"], vec!["7", "8", "外\n里", "3"]]);
}

#[test]
fn a_child_that_takes_too_long_is_ended_and_named() {
    let said = apart::by::<Page>(&mut child("html"), b"<p>1</p>", Duration::ZERO).unwrap_err().to_string();
    assert!(said.contains("10 秒"), "{said}");
}

#[test]
fn a_program_that_does_not_answer_is_no_page() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    command.arg("--version");
    assert!(apart::by::<Page>(&mut command, b"", Duration::from_mins(1)).is_err());
}
