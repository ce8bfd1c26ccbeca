//! The whole manual as one web page, to be printed or put on the office's own network.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::page::{Block, Page, Picture};

const BODY: &str = "max-width:52em;margin:0 auto;padding:1em 1em 4em;color:#1f2937;line-height:1.75;\
                    font-family:'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif";

/// The page, which stands alone. `picture` paints a picture as PNG; one that gives nothing is left out with its caption.
pub fn html(pages: &[Page], picture: impl Fn(&Picture) -> Option<Vec<u8>>) -> String {
    let entry = |(no, page): (usize, &Page)| format!("<li><a href=\"#page-{no}\">{}</a></li>\n", escaped(&page.title));
    let contents: String = pages.iter().enumerate().map(entry).collect();
    let mut all = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>勾稽使用手册</title>\n</head>\n\
         <body style=\"{BODY}\">\n<main>\n<h1>勾稽使用手册</h1>\n<nav><ul>\n{contents}</ul></nav>\n"
    );
    for (no, page) in pages.iter().enumerate() {
        _ = writeln!(all, "<section id=\"page-{no}\" style=\"break-before:page\">\n<h2>{}</h2>", escaped(&page.title));
        for block in &page.blocks {
            all.push_str(&piece(block, &picture));
        }
        all.push_str("</section>\n");
    }
    all + "</main>\n</body>\n</html>\n"
}

fn piece(block: &Block, picture: impl Fn(&Picture) -> Option<Vec<u8>>) -> String {
    match block {
        Block::Heading(words) => format!("<h3>{}</h3>\n", escaped(words)),
        Block::Paragraph(words) => format!("<p>{}</p>\n", escaped(words)),
        // Each in a list of its own that goes on counting: a picture may stand between two.
        Block::Step(no, words) => format!("<ol start=\"{no}\"><li>{}</li></ol>\n", escaped(words)),
        Block::Point(words) => format!("<ul><li>{}</li></ul>\n", escaped(words)),
        Block::Picture(shown) => picture(shown).map_or_else(String::new, |png| {
            let (caption, bytes) = (escaped(&shown.caption), BASE64_STANDARD.encode(png));
            format!(
                "<figure style=\"margin:1em 0\"><img alt=\"{caption}\" style=\"max-width:100%;border:1px solid #d1d5db\" \
                 src=\"data:image/png;base64,{bytes}\"><figcaption style=\"font-size:90%;color:#6b7280\">{caption}</figcaption></figure>\n"
            )
        }),
    }
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
