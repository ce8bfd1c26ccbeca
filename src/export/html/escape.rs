//! Text as data in a page.

use crate::export::markup;

/// Text as data: nothing in it can become markup, in an element or in a quoted attribute; lines end as they do in a page.
pub(super) fn escaped(text: &str) -> String {
    markup::escaped(text).replace('\'', "&#39;").replace('\n', "<br>")
}
