//! Invented bodies of an invented county, with known faults: the truth is worked out here, by another way than the program's.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gouji::export::{self, FileKind, Fonts};
use gouji::form::Form;
use gouji::model::{Action, Draft, Edit, Entry, SectionId, Splice};
use gouji::rules;
use gouji::session::Session;
use gouji::store;
use jiff::civil::{DateTime, date};
use jiff::tz::TimeZone;

use crate::review::{act, clerk, code_of, reviewer, secrecy, signer};
use crate::support::{catalog, put, type_in};

/// The county's own part comes first; the names are on its roster in this order.
pub const NAMES: [&str; 45] = [
    "青禾县人民政府",
    "教育局",
    "公安局",
    "住房和城乡建设局",
    "水利局",
    "农业农村局",
    "卫生健康局",
    "司法局",
    "审计局",
    "国家税务总局青禾县税务局",
    "发展和改革局",
    "财政局",
    "民政局",
    "人力资源和社会保障局",
    "自然资源局",
    "生态环境局",
    "交通运输局",
    "商务局",
    "文化和旅游局",
    "退役军人事务局",
    "应急管理局",
    "市场监督管理局",
    "统计局",
    "医疗保障局",
    "城市管理局",
    "信访局",
    "林业局",
    "科学技术局",
    "工业和信息化局",
    "乡村振兴局",
    "行政审批局",
    "体育局",
    "青禾镇",
    "柳湾镇",
    "石桥镇",
    "南岭镇",
    "白沙镇",
    "龙门乡",
    "双河乡",
    "云台乡",
    "东街街道",
    "西街街道",
    "北关街道",
    "高新区管理委员会",
    "供水总公司",
];

/// The year reported on.
pub const YEAR: u16 = 2025;

/// A county on disk, and what is true of it.
pub struct Set {
    pub folder: tempfile::TempDir,
    pub form: Arc<Form>,
    /// What each body's report that counts says, by its name on the roster.
    pub true_drafts: BTreeMap<&'static str, Draft>,
}

/// A body's report without a fault; no two are alike. Every total follows from its parts.
pub fn plain(form: &Form, place: i64) -> Draft {
    let mut draft = form.draft(full_name(place), YEAR);
    for cell in &form.cells {
        type_in(form, &mut draft, &cell.key, "0");
    }
    let figures = [
        ("new.nat", 20 + place),
        ("new.biz", 3 + place % 4),
        ("carry_in.nat", place % 3),
        ("open.nat", 12 + place),
        ("open.biz", 3 + place % 4),
        ("unable1.nat", 5),
        ("noproc1.nat", 2 + place % 3),
        ("carry_out.nat", 1),
        ("rev.upheld", place % 2),
        ("a1.norm.made", place % 3),
        ("a1.norm.valid", 10 + place),
        ("a5.license.decisions", 100 + place * 7),
    ];
    for (key, value) in figures {
        type_in(form, &mut draft, key, &value.to_string());
    }
    type_in(form, &mut draft, "a8.fee.amount", &format!("{}.5", 2 + place));
    drop(rules::compute_totals(form, &mut draft));
    if let Some(splice) = Splice::between("", "本年度没有收取信息处理费。") {
        draft.apply(Edit::Text(SectionId(6), splice));
    }
    assert!(rules::check(form.report(&draft)).iter().all(|finding| !finding.is_fail()), "{place}");
    draft
}

/// How the body calls itself in its report.
fn full_name(place: i64) -> String {
    let name = NAMES[usize::try_from(place).unwrap()];
    if name.starts_with("青禾县") || name.contains("税务") {
        name.to_owned()
    } else if name.ends_with('镇') || name.ends_with('乡') {
        format!("青禾县{name}人民政府")
    } else if name.ends_with("街道") {
        format!("青禾县{name}办事处")
    } else {
        format!("青禾县{name}")
    }
}

/// Puts a report into the county, in a kind of file that changes from body to body, dated.
pub fn lay(folder: &Path, name: &str, place: usize, form: &Form, draft: &Draft, at: DateTime) -> PathBuf {
    let kinds = [None, Some(FileKind::Xlsx), None, Some(FileKind::Docx), None, Some(FileKind::Html), None, Some(FileKind::Pdf)];
    let kind = kinds[place % kinds.len()].filter(|_| draft.review().is_empty());
    let path = folder.join(format!("{name}.{}", kind.map_or(store::DRAFT_ENDING, FileKind::ending)));
    match kind {
        None => put(&path, store::encode(form.report(draft)).as_bytes()),
        Some(kind) => {
            let book = export::book(form.report(draft), None, date(2026, 1, 12));
            put(&path, &export::file(kind, &book, &Fonts::default()).unwrap());
        }
    }
    dated(&path, at);
    path
}

/// Gives a file this time.
pub fn dated(path: &Path, at: DateTime) {
    let time = at.to_zoned(TimeZone::system()).unwrap().timestamp();
    File::options().write(true).open(path).unwrap().set_modified(time.into()).unwrap();
}

/// Signed by four people.
pub fn signed(form: &Arc<Form>, draft: Draft) -> Draft {
    let mut session = Session::new(Arc::clone(form), draft);
    session.set_person(Some(clerk()));
    act(&mut session, &clerk(), Action::Submit, "请审核").unwrap();
    act(&mut session, &reviewer(), Action::Pass, "").unwrap();
    act(&mut session, &secrecy(), Action::Pass, "").unwrap();
    let code = code_of(&session);
    act(&mut session, &signer(), Action::Sign, &code).unwrap();
    session.draft().clone()
}

/// The roster as an office keeps it: a title on top, columns of its own, one body run from above.
pub fn roster() -> String {
    let mut text = "青禾县政府信息公开年度报告编制主体名册\t\t\t\t\n序号\t单位名称\t简称\t是否垂直管理\t报送期限\n".to_owned();
    for (place, name) in NAMES.iter().enumerate() {
        let (short, vertical) = (if *name == "住房和城乡建设局" { "住建局" } else { "" }, if name.contains("税务") { "是" } else { "" });
        writeln!(text, "{}\t{name}\t{short}\t{vertical}\t2026年1月20日", place + 1).unwrap();
    }
    text
}

/// The same without a body.
pub fn roster_without(name: &str) -> String {
    let roster = roster();
    let lines: Vec<&str> = roster.lines().filter(|line| !line.contains(name)).collect();
    lines.join("\n")
}

/// 45 bodies, nine of them with a fault each.
pub fn county() -> Set {
    let folder = tempfile::tempdir().unwrap();
    let form = catalog().for_year(YEAR).unwrap();
    put(&folder.path().join("名册.csv"), roster().as_bytes());
    let mut true_drafts = BTreeMap::new();
    for (place, name) in NAMES.into_iter().enumerate() {
        let at = date(2026, 1, 10).at(9, i8::try_from(place).unwrap(), 0, 0);
        let mut draft = plain(&form, i64::try_from(place).unwrap());
        let mut typed = |key: &str, text: &str| type_in(&form, &mut draft, key, text);
        match name {
            // Two digits exchanged.
            "教育局" => typed("open.nat", "31"),
            // A row slipped down by one.
            "公安局" => {
                typed("open.nat", "0");
                typed("partial.nat", "14");
            }
            // 元 for 万元.
            "住房和城乡建设局" => typed("a8.fee.amount", "55000"),
            "水利局" => continue,
            "审计局" => {
                let sums: Vec<String> =
                    form.cells.iter().map(|cell| cell.key.to_string()).filter(|key| key.rsplit('.').next() == Some("sum")).collect();
                for key in sums {
                    typed(&key, "");
                }
            }
            "卫生健康局" => {
                lay(folder.path(), "卫生健康局第一稿", 0, &form, &draft, at);
                for (key, text) in [("new.nat", "30"), ("open.nat", "22"), ("new.sum", "35"), ("open.sum", "27")] {
                    type_in(&form, &mut draft, key, text);
                }
                drop(rules::compute_totals(&form, &mut draft));
                lay(folder.path(), "卫生健康局第二稿", 0, &form, &draft, at.checked_add(jiff::Span::new().days(2)).unwrap());
                true_drafts.insert(name, draft);
                continue;
            }
            "司法局" => {
                let path = lay(folder.path(), name, 0, &form, &signed(&form, draft.clone()), at);
                let text = std::fs::read_to_string(&path).unwrap();
                let edited = text.replacen("\"rev.upheld\": \"1\"", "\"rev.upheld\": \"0\"", 1);
                assert_ne!(text, edited);
                put(&path, edited.as_bytes());
                dated(&path, at);
                type_in(&form, &mut draft, "rev.upheld", "0");
                true_drafts.insert(name, draft);
                continue;
            }
            _ => {}
        }
        let at = if name == "农业农村局" { date(2026, 1, 23).at(9, 0, 0, 0) } else { at };
        // Kinds that lose nothing of what the fault is.
        let kind = if name == "审计局" { 0 } else { place };
        lay(folder.path(), name, kind, &form, &draft, at);
        if !name.contains("税务") {
            true_drafts.insert(name, draft);
        }
    }
    Set { folder, form, true_drafts }
}

impl Set {
    /// What all reports that count add up to, cell by cell; none where one has no figure.
    pub fn true_sum(&self) -> BTreeMap<String, Option<i64>> {
        let of = |key: &str| -> Option<i64> {
            let cell = self.form.cell_by_key(key).unwrap();
            self.true_drafts.values().map(|draft| Entry::value(draft.entry(cell))).sum()
        };
        self.form.cells.iter().map(|cell| (cell.key.to_string(), of(&cell.key))).collect()
    }
}
