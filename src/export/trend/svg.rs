//! A picture as SVG, whole in itself: no script, no font, no address.

use super::super::markup::escaped;
use super::picture::{Anchor, Fill, INK, Mark, Picture};

/// Families that have Chinese on every system, the plain ones last.
const FONT: &str = "'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif";

/// The picture; `words` say what it shows, for those who do not see it. `id` makes its patterns its own on a page of several.
pub fn svg(picture: &Picture, words: &str, id: usize) -> String {
    let Picture { width, height, marks } = picture;
    let ink = color(INK);
    let marks: String = marks.iter().map(|mark| element(mark, id)).collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" font-family=\"{FONT}\">\n\
         <defs><pattern id=\"s{id}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><path d=\"M0 6L6 0\" stroke=\"{ink}\" stroke-width=\"1\"/></pattern>\
         <pattern id=\"d{id}\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\"><circle cx=\"2.5\" cy=\"2.5\" r=\"0.9\" fill=\"{ink}\"/></pattern></defs>\n\
         <rect width=\"{width:.0}\" height=\"{height:.0}\" fill=\"#fff\"/>\n{marks}</svg>\n",
        escaped(words)
    )
}

fn element(mark: &Mark, id: usize) -> String {
    match mark {
        Mark::Ground([left, top, width, height]) => {
            format!("<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"#fff\"/>\n")
        }
        Mark::Rect([left, top, width, height], fill) => {
            let paint = match fill {
                Fill::Striped => format!("url(#s{id})"),
                Fill::Dotted => format!("url(#d{id})"),
                plain => color(plain.colors().0),
            };
            let edge = color(INK);
            format!(
                "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{paint}\" stroke=\"{edge}\" stroke-width=\"0.6\"/>\n"
            )
        }
        Mark::Line([left, top, width]) => {
            format!("<path d=\"M{left:.1} {top:.1}h{width:.1}\" stroke=\"{}\" stroke-width=\"1\"/>\n", color(INK))
        }
        Mark::Words { at: [x, y], text, size, anchor, on } => {
            let anchor = if *anchor == Anchor::Middle { "middle" } else { "start" };
            format!(
                "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size:.0}\" text-anchor=\"{anchor}\" fill=\"{}\">{}</text>\n",
                color(on.map_or(INK, |fill| fill.colors().1)),
                escaped(text)
            )
        }
    }
}

fn color([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}
