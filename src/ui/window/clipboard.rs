//! Tables on the clipboard. egui hands over plain text only; where another program also put the page's own table there, with
//! merged cells, that one is taken.

use egui::Event;

use crate::import;

/// Puts the table with its merges laid out in the place of plain text that lost them. The clipboard is asked only when
/// something is pasted.
pub fn restore_tables(events: &mut [Event]) {
    for event in events {
        if let Event::Paste(text) = event
            && let Some(table) = table_on_clipboard(text)
        {
            *text = table;
        }
    }
}

/// The table on the clipboard as tabbed text; `None` where there is none with merged cells, where it has other words
/// than the plain text, or the clipboard cannot be read: then the plain text stands.
fn table_on_clipboard(plain: &str) -> Option<String> {
    let html = arboard::Clipboard::new().and_then(|mut clipboard| clipboard.get().html()).ok()?;
    import::table_beside(&html, plain)
}
