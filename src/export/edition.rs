//! For whom a copy is made. The report and its code are the same in each; what stands round it is not.

use super::sheet::{Approval, Block, Book, Content, Edition, Item, Layout, Sheet};

/// Lines of the cover that are for the public. The others say who made the report, how far it is and what it rests on, with names of
/// people, bodies and files.
const PUBLIC: [&str; 6] = ["单位全称", "报告年度", "表样", "文号", "编制日期", "核对码"];

impl Book {
    /// This book as that edition has it. To be called before anything is put behind it: sheets for the office's own use go.
    #[must_use]
    pub fn as_edition(mut self, edition: Edition) -> Self {
        self.edition = edition;
        if edition == Edition::Public {
            self.approval = self.approval.map(|approval| Approval { by: String::new(), ..approval });
            self.flow.retain(|block| !matches!(block, Block::Sign(_)));
            self.sheets.retain(|sheet| !matches!(sheet.layout, Layout::List | Layout::Record));
            self.sheets.iter_mut().filter(|sheet| sheet.layout == Layout::Cover).for_each(without_internal);
            let standing = self.standing();
            for item in self.sheets.iter_mut().filter(|sheet| sheet.layout == Layout::Cover).flat_map(|sheet| &mut sheet.items) {
                if matches!(&item.content, Content::Text(text) if text.starts_with(&*self.code)) {
                    item.content = Content::Text(standing.clone());
                }
            }
        }
        if edition == Edition::Pen && self.approval.is_none() {
            let (code, standing) = (self.code.clone(), format!("{}　未签发", self.code));
            for item in self.sheets.iter_mut().flat_map(|sheet| &mut sheet.items) {
                if item.content == Content::Text(standing.clone()) {
                    item.content = Content::Text(code.clone());
                }
            }
        }
        self
    }
}

/// The cover with no more lines than are for the public.
fn without_internal(cover: &mut Sheet) {
    let is_internal = |item: &Item| !PUBLIC.contains(&&*item.content.words());
    let gone: Vec<usize> = cover.items.iter().filter(|item| item.at.1 == 0 && is_internal(item)).map(|item| item.at.0).collect();
    cover.items.retain(|item| !gone.contains(&item.at.0));
    for item in &mut cover.items {
        item.at.0 -= gone.iter().filter(|row| **row < item.at.0).count();
    }
    cover.num_rows -= gone.len();
}
