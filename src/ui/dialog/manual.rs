//! The manual: pages on the left, the page on the right, words to look for above both.

use std::collections::HashMap;

use egui::{Align, Button, Image, Layout, RichText, ScrollArea, TextEdit, TextureHandle, Ui, vec2};

use crate::manual::{Block, Page, pages};
use crate::ui::command::Command;
use crate::ui::look::theme::{bold_font, palette};
use crate::ui::look::widgets::{buttons, field_of, title};

/// Width of the list of pages.
const LIST: f32 = 190.0;

/// The manual as it lies open.
pub struct ManualForm {
    pages: Vec<Page>,
    at: usize,
    query: String,
    /// Pictures that have been painted, by page and piece.
    pictures: HashMap<(usize, usize), TextureHandle>,
}

impl std::fmt::Debug for ManualForm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ManualForm").field("at", &self.at).field("query", &self.query).finish_non_exhaustive()
    }
}

impl ManualForm {
    /// Open at its first page.
    pub fn new() -> Self {
        Self { pages: pages(), at: 0, query: String::new(), pictures: HashMap::new() }
    }

    /// A picture has been painted.
    pub fn show(&mut self, place: (usize, usize), picture: TextureHandle) {
        self.pictures.insert(place, picture);
    }
}

/// Shows it.
pub fn manual_ui(ui: &mut Ui, form: &mut ManualForm) -> Option<Command> {
    let window = ui.ctx().content_rect().size();
    ui.set_width((window.x - 80.0).clamp(300.0, 1_120.0));
    title(ui, "使用手册");
    ui.horizontal(|ui| {
        let field = field_of(ui, "查找", TextEdit::singleline(&mut form.query).desired_width(220.0).hint_text("比如：粘贴、退回、打不开"));
        if field.changed() && !form.pages.get(form.at).is_some_and(|page| page.has(&form.query)) {
            form.at = form.pages.iter().position(|page| page.has(&form.query)).unwrap_or(form.at);
        }
        if !form.pages.iter().any(|page| page.has(&form.query)) {
            ui.label(RichText::new("手册里没有这几个字").color(palette().weak));
        }
    });
    ui.add_space(6.0);
    let height = (window.y - 220.0).max(160.0);
    // A row as high as the window has room for: a question grows with what stands in it.
    let row = vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(row, Layout::left_to_right(Align::TOP), |ui| {
        ui.vertical(|ui| {
            ui.set_width(LIST);
            ScrollArea::vertical().id_salt("pages").max_height(height).show(ui, |ui| contents_ui(ui, form));
        });
        ui.separator();
        ui.vertical(|ui| {
            let page = ScrollArea::vertical().id_salt(("page", form.at)).max_height(height).auto_shrink(false);
            page.show(ui, |ui| page_ui(ui, form));
        });
    });
    buttons(ui, &[("知道了", true, Command::Cancel)])
}

/// The pages that have the words looked for.
fn contents_ui(ui: &mut Ui, form: &mut ManualForm) {
    for (place, page) in form.pages.iter().enumerate().filter(|(_, page)| page.has(&form.query)) {
        let button = Button::selectable(form.at == place, page.title.as_str()).wrap().min_size(vec2(LIST - 12.0, 28.0));
        if ui.add(button).clicked() {
            form.at = place;
        }
    }
}

fn page_ui(ui: &mut Ui, form: &ManualForm) {
    let Some(page) = form.pages.get(form.at) else { return };
    ui.label(RichText::new(page.title.as_str()).font(bold_font(17.0)));
    for (place, block) in page.blocks.iter().enumerate() {
        let is_found = !form.query.is_empty() && block.words().contains(&form.query);
        let ink = |words: &str| {
            let words = RichText::new(words);
            if is_found { words.background_color(palette().accent_tint) } else { words }
        };
        match block {
            Block::Heading(words) => {
                ui.add_space(6.0);
                ui.label(ink(words).font(bold_font(14.0)));
            }
            Block::Paragraph(words) => _ = ui.label(ink(words)),
            Block::Step(no, words) => listed(ui, &format!("{no}."), ink(words)),
            Block::Point(words) => listed(ui, "•", ink(words)),
            Block::Picture(picture) => {
                if let Some(texture) = form.pictures.get(&(form.at, place)) {
                    let image = Image::new(texture).max_width((ui.available_width() - 12.0).max(1.0)).alt_text(&*picture.caption);
                    ui.add(image.corner_radius(4.0));
                }
                ui.label(ink(&picture.caption).small().color(palette().weak));
                ui.add_space(6.0);
            }
        }
    }
}

fn listed(ui: &mut Ui, sign: &str, words: RichText) {
    ui.horizontal_top(|ui| {
        ui.add_sized(vec2(22.0, 20.0), egui::Label::new(sign));
        ui.add(egui::Label::new(words).wrap());
    });
}
