//! The manual: whole, with pictures of the program as it is, and found by its words.

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use gouji::manual::{Block, html, pages};
use gouji::store::{Example, example};
use gouji::ui::{Named, card, manual_picture, manual_png};

use crate::stage;
use crate::support::{catalog, project};

#[test]
fn every_page_of_the_folder_is_in_the_manual() {
    let mut files: Vec<_> = std::fs::read_dir(project().join("assets/manual")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let titles: Vec<String> = pages().into_iter().map(|page| page.title).collect();
    let first_lines: Vec<String> =
        files.iter().map(|file| std::fs::read_to_string(file).unwrap().lines().next().unwrap().replacen("# ", "", 1)).collect();
    assert_eq!(titles, first_lines);
}

#[test]
fn every_picture_of_the_manual_can_be_painted() {
    let catalog = catalog();
    let mut num = 0;
    for page in pages() {
        for block in &page.blocks {
            if let Block::Picture(picture) = block {
                num += 1;
                assert!(manual_picture(&catalog, picture).is_some(), "{}: {picture:?}", page.title);
            }
        }
    }
    assert!(num >= 3, "{num} pictures");
}

#[test]
fn steps_count_on_and_no_sign_of_the_markup_is_left() {
    for page in pages() {
        let mut last = 0;
        for block in &page.blocks {
            if let Block::Step(no, _) = block {
                assert_eq!(*no, last + 1, "{}: step {no}", page.title);
                last = *no;
            }
            assert!(!block.words().contains(['`', '[', ']', '#', '*']), "{}: {}", page.title, block.words());
        }
    }
}

/// A key that the manual names is a key that does something.
#[test]
fn keys_named_in_the_manual_are_on_the_card() {
    // `Ctrl+C / X / V` is three keys.
    let card: String =
        card().into_iter().flat_map(|(_, lines)| lines).map(|(keys, _)| keys.replace(" / ", " Ctrl+") + "\n" + &keys + "\n").collect();
    for page in pages() {
        for block in &page.blocks {
            for word in block.words().split(|c: char| !c.is_ascii_alphanumeric() && c != '+') {
                let is_key = word.starts_with("Ctrl+")
                    || word.starts_with("Shift+")
                    || word.strip_prefix('F').is_some_and(|no| no.parse::<u8>().is_ok());
                if is_key && !word.ends_with('+') {
                    assert!(card.contains(word), "{}: {word} in “{}”", page.title, block.words());
                }
            }
        }
    }
}

/// `“文件”→“导入”` is a command of that menu; `提示“…”` quotes words that the program says.
#[test]
fn commands_and_notices_named_in_the_manual_are_the_programs() {
    let sources = crate::tidy::sources();
    let mut num_named = 0;
    for block in pages().iter().flat_map(|page| &page.blocks) {
        for (menu, words) in commands_named(block.words()) {
            let is_it = |named: &&Named| named.row().menu.is_some_and(|(its, _)| its.name() == menu);
            let mut its = Named::ALL.iter().filter(is_it);
            assert!(its.any(|named| named.words().trim_end_matches('…') == words), "“{menu}”→“{words}” in “{}”", block.words());
            num_named += 1;
        }
        if let Some(said) = block.words().strip_prefix("提示“").and_then(|rest| rest.strip_suffix('”')) {
            assert!(sources.iter().any(|(_, text)| text.contains(said)), "nothing says “{said}”");
            num_named += 1;
        }
    }
    assert!(num_named > 8, "{num_named} named");
}

/// Menu and words of each command that is told as `“文件”→“导入”` or `“文件”里“导入”`.
fn commands_named(words: &str) -> Vec<(&str, &str)> {
    let quoted: Vec<(&str, &str)> = words.split('“').skip(1).filter_map(|piece| piece.split_once('”')).collect();
    let leads_on = |between: &str| ["→", "里"].contains(&between);
    quoted.windows(2).filter(|two| leads_on(two[0].1)).map(|two| (two[0].0, two[1].0)).collect()
}

#[test]
fn the_page_has_every_picture_and_every_word() {
    let catalog = catalog();
    let page = html(&pages(), |picture| manual_png(&catalog, picture));
    let read = gouji::read::html::page(page.as_bytes()).unwrap();
    let text: String = read
        .stretches()
        .into_iter()
        .filter_map(|stretch| match stretch {
            gouji::read::Stretch::Text(text) => Some(text + "\n"),
            gouji::read::Stretch::Table(_) => None,
        })
        .collect();
    for block in pages().iter().flat_map(|page| &page.blocks) {
        assert!(text.contains(block.words()), "{}", block.words());
    }
    let num = pages().iter().flat_map(|page| &page.blocks).filter(|block| matches!(block, Block::Picture(_))).count();
    assert_eq!(page.matches("data:image/png;base64,iVBOR").count(), num);
}

#[test]
fn the_manual_leaves_as_a_pdf_with_every_word_and_neither_code_nor_watermark() {
    let folder = crate::support::folder();
    let path = crate::support::arg(&folder, "手册.pdf");
    let said = crate::support::gouji(&["manual", "-o", &path]);
    assert_eq!(said.code, 0, "{}", said.err);
    let bytes = std::fs::read(&path).unwrap();
    let read = gouji::read::pdf::illustrated(&bytes).unwrap();
    // No report has pictures: one that has is no copy of ours.
    assert!(gouji::read::pdf::page(&bytes).is_err());
    let bare = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    for (number, edge) in (1..).zip(&read.edges) {
        assert_eq!(bare(edge), format!("—{number}—"));
    }
    let words = |stretch: gouji::read::Stretch| match stretch {
        gouji::read::Stretch::Text(text) => bare(&text),
        gouji::read::Stretch::Table(_) => panic!("no table in the manual"),
    };
    let text: String = read.stretches().into_iter().map(words).collect();
    for block in pages().iter().flat_map(|page| &page.blocks) {
        assert!(text.contains(&bare(block.words())), "{}", block.words());
    }
    let num = pages().iter().flat_map(|page| &page.blocks).filter(|block| matches!(block, Block::Picture(_))).count();
    let is_picture = b"/Subtype/Image";
    let plain: Vec<u8> = bytes.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    assert_eq!(plain.windows(is_picture.len()).filter(|part| part == is_picture).count(), num);
    assert_eq!(crate::support::gouji(&["manual", "-o", "手册.docx"]).code, 2);
}

#[test]
fn the_manual_opens_and_is_searched() {
    let mut window = stage::window();
    let ctx = window.ctx.clone();
    window.state_mut().illustrated_by(manual_picture);
    window.state_mut().run(&ctx, Named::Manual);
    stage::finish_jobs(&mut window);
    stage::picture(&mut window, "manual");
    assert!(stage::shows(&window, "第一份报告，十步"));
    window.get_by_role(Role::TextInput).type_text("核对码");
    window.run();
    assert!(stage::shows(&window, "核对码能证明什么"), "the page that has the words is shown");
    assert!(!stage::shows(&window, "从台账取数"), "pages without the words are not listed");
    stage::picture(&mut window, "manual-searched");
}

#[test]
fn what_paints_the_window_is_told() {
    let mut window = stage::window();
    let ctx = window.ctx.clone();
    window.state_mut().painted_by("处理器");
    window.state_mut().run(&ctx, Named::About);
    window.run();
    assert!(stage::shows(&window, "处理器") && stage::shows(&window, "accesskit"), "renderer and components");
    stage::picture(&mut window, "about");
}

/// What the manual's first page tells: one cause, and the program names it.
#[test]
fn the_example_has_the_one_fault_it_promises() {
    let (form, draft) = example(&catalog(), Example::Current).unwrap();
    let found = gouji::rules::suspects(form.report(&draft));
    let [one] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(form.cell(one.cell).key.to_string(), "unable1.nat");
    assert!(gouji::rules::claims::check_text(form.report(&draft)).is_empty(), "its text agrees with its tables");
}
